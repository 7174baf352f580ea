/* http_child.c starts the HTTP server of the tests, gives it its script, reads what
 * it saw, and drives one channel against it. */
#include "tests/servers/http_child.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/files.h"
#include "core/mem.h"
#include "tests/test.h"

#define WAIT_MS 20000

static struct config *configs[256];
static int config_count;

void
http_child_start(struct http_child *child, const char *tls)
{
	*child = (struct http_child){ 0 };
	child_start(&child->at, &(struct child_program){ .name = "http", .script = HTTP_SERVER,
		.tls = tls, .seconds = "200", .missing = "python3 or openssl is missing" });
	(void)snprintf(child->host, sizeof child->host, "127.0.0.1:%d", child->at.port);
	(void)snprintf(child->url, sizeof child->url, "%s://%s",
		strcmp(tls, "none") == 0 ? "http" : "https", child->host);
}

void
http_child_stop(struct http_child *child)
{
	child_stop(&child->at);
	while (config_count > 0) {
		config_free(configs[--config_count]);
	}
}

void
http_child_script(struct http_child *child, const char *steps)
{
	char *path = xasprintf("%s/script", child->at.folder);
	char *text = xstrdup(steps);
	struct json *list = NULL;
	struct error err = ERROR_INIT;

	for (char *at = text; *at != '\0'; at++) {
		*at = *at == '\'' ? '"' : *at;
	}
	CHECK_OK(json_parse(&list, text, strlen(text), NULL, &err), err);
	child->expected += json_count(list);
	json_free(list);
	file_put(path, text, 0600);
	free(text);
	free(path);
}

static char *
seen_path(const struct http_child *child, int n)
{
	return xasprintf("%s/seen/%04d.json", child->at.folder, n);
}

struct json *
http_child_seen(const struct http_child *child, int from_end)
{
	char *path = seen_path(child, child->expected + 1 - from_end);
	struct error err = ERROR_INIT;
	struct json *request = NULL;
	char *text = NULL;
	size_t len = 0;

	CHECK_OK(file_read(&text, &len, path, 1 << 20, &err), err);
	CHECK_OK(json_parse(&request, text, len, NULL, &err), err);
	free(text);
	free(path);
	return request;
}

void
http_child_check(const struct http_child *child)
{
	char *unexpected = xasprintf("%s/unexpected", child->at.folder);
	char *last = seen_path(child, child->expected);

	if (access(unexpected, F_OK) == 0) {
		fail_msg("a request that nobody expected: see %s", unexpected);
	}
	if (child->expected > 0 && access(last, F_OK) != 0) {
		fail_msg("a request of %d did not come", child->expected);
	}
	free(unexpected);
	free(last);
}

char *
http_child_file(const struct http_child *child, const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", child->at.folder, name);

	file_put(path, text, 0600);
	return path;
}

struct channel *
channel_with(const struct channel_type *type, const char *conf)
{
	struct config *config = config_read("test.conf", conf, strlen(conf));
	struct channel *channel = NULL;
	struct error err = ERROR_INIT;

	CHECK_OK(config_strict(config, &err), err);
	CHECK_OK(type->open(&channel, &(struct channel_config){ .config = config }, &err),
		err);
	CHECK(config_count < (int)(sizeof configs / sizeof *configs));
	configs[config_count++] = config;
	return channel;
}

void
channel_end(struct channel *channel)
{
	channel->type->close(channel);
}

static struct send_result
wait_result(struct channel *channel)
{
	struct send_result result = { .code = -1 };
	int64_t until = steady_ms() + WAIT_MS;

	while (!channel->type->result(channel, &result)) {
		if (steady_ms() > until) {
			fail_msg("no result in %d ms", WAIT_MS);
		}
		channel_wait(channel, 200);
		channel->type->work(channel);
	}
	return result;
}

struct send_result
channel_send(struct channel *channel, const struct outgoing *message)
{
	CHECK(channel->type->room(channel) > 0);
	channel->type->start(channel, message);
	return wait_result(channel);
}

struct send_result
channel_probe(struct channel *channel)
{
	channel->type->probe(channel);
	return wait_result(channel);
}

struct outgoing
message_to(const char *address)
{
	return (struct outgoing){
		.id = "01900000-0000-7000-8000-000000000001",
		.message_id = "<msg-1@team.example>", .case_number = "2026-0042",
		.to_name = "Trần Thị Minh Châu", .to_address = address,
		.subject = "[SỰ CỐ 2026-0042] Mất điện: trạm A <chính> & phụ",
		.text = "Đề nghị nhận xử lý.\nHệ thống: LGSP.\nsuco show 2026-0042\n",
		.date = 1795241760000, .utc_offset = 25200, .severity = 4,
	};
}
