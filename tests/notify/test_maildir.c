/* Messages as files in a Maildir. */
#include "tests/test.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mem.h"
#include "notify/maildir.h"
#include "tests/servers/child.h"

static char folder[200];

static int
files_in(const char *part)
{
	char *path = xasprintf("%s/box/%s", folder, part);
	DIR *dir = opendir(path);
	struct dirent *entry;
	int count = 0;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		count += entry->d_name[0] != '.';
	}
	if (dir != NULL) {
		(void)closedir(dir);
	}
	free(path);
	return count;
}

static struct send_result
deliver(const char *maildir, const char *id, const char *to)
{
	struct channel_config config = { .maildir = maildir, .from = "suco@team.example" };
	struct channel *channel = NULL;
	struct send_result result = { .code = -1 };
	struct error err = ERROR_INIT;

	CHECK_OK(maildir_channel.open(&channel, &config, &err), err);
	maildir_channel.start(channel, &(struct outgoing){
		.id = id, .message_id = "<msg-1@team.example>", .to_name = "",
		.to_address = to, .subject = "Thử", .text = "Thử\n", .date = 1000 });
	CHECK_INT(maildir_channel.timeout(channel), 0);
	maildir_channel.work(channel);
	CHECK(maildir_channel.result(channel, &result));
	CHECK(!maildir_channel.result(channel, &result));
	CHECK_INT(maildir_channel.timeout(channel), -1);
	maildir_channel.close(channel);
	return result;
}

TEST(a_message_becomes_one_file_however_often_it_is_sent)
{
	char *box = xasprintf("%s/box", folder);

	CHECK_INT(deliver(box, "one", "a@team.example").verdict, SEND_HANDED_OVER);
	CHECK_INT(deliver(box, "one", "a@team.example").verdict, SEND_HANDED_OVER);
	CHECK_INT(deliver(box, "two", "b@team.example").verdict, SEND_HANDED_OVER);
	CHECK_INT(files_in("new"), 2);
	CHECK_INT(files_in("tmp"), 0);
	free(box);
}

TEST(a_bad_address_is_never_sent_to)
{
	char *box = xasprintf("%s/box", folder);

	CHECK_INT(deliver(box, "bad", "nobody").verdict, SEND_PERMANENT);
	free(box);
}

TEST(a_folder_that_is_gone_says_so_and_nothing_is_called_sent)
{
	struct channel_config config = { 0 };
	struct channel *channel = NULL;
	struct error err = ERROR_INIT;
	struct send_result result;
	char *box = xasprintf("%s/lost", folder);

	config.maildir = box;
	CHECK_OK(maildir_channel.open(&channel, &config, &err), err);
	folder_gone(box);
	maildir_channel.start(channel, &(struct outgoing){
		.id = "x", .message_id = "<x@y>", .to_name = "",
		.to_address = "a@b.example", .subject = "", .text = "" });
	CHECK(maildir_channel.result(channel, &result));
	CHECK_INT(result.verdict, SEND_UNREACHABLE);
	CHECK(strstr(result.reply, "lost") != NULL);
	maildir_channel.close(channel);
	free(box);
}

TEST(without_a_folder_the_channel_does_not_open)
{
	struct channel_config config = { 0 };
	struct channel *channel = NULL;
	struct error err = ERROR_INIT;

	CHECK_ERR(maildir_channel.open(&channel, &config, &err), err, ERR_UNAVAILABLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_message_becomes_one_file_however_often_it_is_sent),
		RUN(a_bad_address_is_never_sent_to),
		RUN(a_folder_that_is_gone_says_so_and_nothing_is_called_sent),
		RUN(without_a_folder_the_channel_does_not_open),
	};
	int failed;

	folder_fresh(folder, sizeof folder, "maildir");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	folder_gone(folder);
	return failed;
}
