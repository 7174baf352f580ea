/* The channel of a local command: how it is started, what its end means. */
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/files.h"
#include "core/mem.h"
#include "notify/exec.h"
#include "tests/servers/child.h"

static char folder[200];
static struct config *config;

static struct channel *
open_with(const char *command, int seconds)
{
	char *text = xasprintf("[exec]\ncommand = %s\ntimeout = %d\n", command, seconds);
	struct channel *channel = NULL;
	struct error err = ERROR_INIT;

	config_free(config);
	config = config_read("a.conf", text, strlen(text));
	CHECK_OK(config_strict(config, &err), err);
	CHECK_OK(exec_channel.open(&channel, &(struct channel_config){ .config = config }, &err),
		err);
	free(text);
	return channel;
}

/* A script of /bin/sh in the folder: its path, the caller's. */
static char *
script(const char *body)
{
	char *path = xasprintf("%s/command", folder);
	char *text = xasprintf("#!/bin/sh\n%s\n", body);

	file_put(path, text, 0700);
	free(text);
	return path;
}

static struct send_result
send_to(struct channel *channel, const char *to)
{
	struct send_result result = { .code = -1 };
	int64_t until = steady_ms() + 10000;

	CHECK_INT(exec_channel.room(channel), 1);
	exec_channel.start(channel, &(struct outgoing){ .id = "id-1", .to_address = to,
		.subject = "Sự cố 42", .text = "Đi ngay; $(touch x)\n", .case_number = "2026-0042",
		.severity = 4 });
	while (!exec_channel.result(channel, &result)) {
		CHECK(steady_ms() < until);
		channel_wait(channel, 200);
		exec_channel.work(channel);
	}
	return result;
}

static struct send_result
run(const char *body, const char *arguments, int seconds)
{
	char *path = script(body);
	char *command = xasprintf("%s %s", path, arguments);
	struct channel *channel = open_with(command, seconds);
	struct send_result result = send_to(channel, "0912345678");

	exec_channel.close(channel);
	free(command);
	free(path);
	return result;
}

static char *
kept(const char *name)
{
	char *path = xasprintf("%s/%s", folder, name);
	struct error err = ERROR_INIT;
	char *text = NULL;
	size_t len;

	CHECK_OK(file_read(&text, &len, path, 65536, &err), err);
	free(path);
	return text;
}

TEST(the_text_is_its_input_and_no_shell_sees_the_arguments)
{
	char *body = xasprintf("cat > %s/in; printf '%%s|' \"$@\" > %s/args", folder, folder);
	struct send_result result;
	char *text;

	(void)setenv("SUCO_SECRET_OF_THE_ENGINE", "x", 1);
	result = run(body, "--to {to} \"two words; $HOME\" {case}-{severity}", 5);
	CHECK_STR(send_verdict_word(result.verdict), "handed_over");
	text = kept("in");
	CHECK_STR(text, "Sự cố 42\n\nĐi ngay; $(touch x)\n");
	free(text);
	text = kept("args");
	CHECK_STR(text, "--to|0912345678|two words; $HOME|2026-0042-4|");
	free(text);
	free(body);
}

TEST(its_environment_is_clean)
{
	char *body = xasprintf("env > %s/env; ls /proc/self/fd | wc -l", folder);
	char *text;

	(void)setenv("SUCO_SECRET_OF_THE_ENGINE", "x", 1);
	CHECK_STR(send_verdict_word(run(body, "", 5).verdict), "handed_over");
	text = kept("env");
	CHECK(strstr(text, "SECRET") == NULL);
	CHECK(strstr(text, "PATH=/usr/local/bin:/usr/bin:/bin") != NULL);
	free(text);
	free(body);
}

TEST(each_end_is_told_truly)
{
	static const struct {
		const char *body;
		enum send_verdict verdict;
		const char *words;
	} rows[] = {
		{ "echo sent", SEND_HANDED_OVER, "exit code 0: sent" },
		{ "echo busy >&2; exit 75", SEND_TEMPORARY, "exit code 75: busy" },
		/* A modem that is unplugged says no more than that: nobody gives up. */
		{ "echo no device; exit 1", SEND_TEMPORARY, "exit code 1: no device" },
		{ "exit 255", SEND_TEMPORARY, "exit code 255" },
		{ "exit 65", SEND_PERMANENT, "exit code 65" },
		{ "echo no such number; exit 67", SEND_PERMANENT, "no such number" },
		{ "exit 69", SEND_UNREACHABLE, "exit code 69" },
		{ "exit 64", SEND_CHANNEL_FAULT, "exit code 64" },
		{ "exit 78", SEND_CHANNEL_FAULT, "exit code 78" },
		{ "exit 126", SEND_CHANNEL_FAULT, "exit code 126" },
		{ "kill -9 $$", SEND_UNKNOWN, "signal 9" },
		{ "exec sleep 30", SEND_UNKNOWN, "killed after 1 s" },
		{ "sleep 30 & sleep 30", SEND_UNKNOWN, "killed after 1 s" },
		{ "yes | head -c 1000000", SEND_HANDED_OVER, "exit code 0: y y" },
		/* One that it left behind holds its output open: nobody waits for that. */
		{ "sleep 30 & echo done", SEND_HANDED_OVER, "done" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t begun = steady_ms();
		struct send_result result = run(rows[i].body, "", 1);

		if (result.verdict != rows[i].verdict ||
		    strstr(result.reply, rows[i].words) == NULL ||
		    result.reply[strlen(result.reply) - 1] == ':') {
			fail_msg("%s gave %s \"%s\"", rows[i].body,
				send_verdict_word(result.verdict), result.reply);
		}
		CHECK(steady_ms() - begun < 4000);
	}
}

TEST(an_address_cannot_be_an_option)
{
	char *path = script("exit 0");
	struct channel *channel = open_with(path, 5);

	CHECK_STR(send_verdict_word(send_to(channel, "--help").verdict), "permanent");
	CHECK_STR(send_verdict_word(send_to(channel, "").verdict), "permanent");
	exec_channel.close(channel);
	free(path);
}

TEST(a_command_that_cannot_be_is_refused_when_it_is_opened)
{
	static const char *const commands[] = { "gammu send", "/no/such/program", "/bin/echo \"x" };

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		char *text = xasprintf("[exec]\ncommand = %s\n", commands[i]);
		struct config *c = config_read("a.conf", text, strlen(text));
		struct channel *channel = NULL;
		struct error err = ERROR_INIT;

		CHECK(!exec_channel.open(&channel, &(struct channel_config){ .config = c }, &err));
		CHECK(err.code != ERR_UNAVAILABLE); /* that would mean: not set */
		config_free(c);
		free(text);
	}
}

TEST(closing_kills_what_is_under_way)
{
	char *path = script("exec sleep 30");
	struct channel *channel = open_with(path, 60);
	int64_t begun = steady_ms();

	exec_channel.start(channel, &(struct outgoing){ .id = "id-2", .to_address = "1",
		.subject = "", .text = "" });
	CHECK_INT(exec_channel.room(channel), 0);
	exec_channel.close(channel);
	CHECK(steady_ms() - begun < 2000);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_text_is_its_input_and_no_shell_sees_the_arguments),
		RUN(its_environment_is_clean),
		RUN(each_end_is_told_truly),
		RUN(an_address_cannot_be_an_option),
		RUN(a_command_that_cannot_be_is_refused_when_it_is_opened),
		RUN(closing_kills_what_is_under_way),
	};
	int failed;

	folder_fresh(folder, sizeof folder, "exec");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	config_free(config);
	folder_gone(folder);
	return failed;
}
