/* What a message of several cases stores of each is redacted with its case: no byte
 * of it stays in any file of the desk. */
#include "tests/test.h"

#include <dirent.h>
#include <stdio.h>

#include "core/member.h"
#include "core/redact.h"
#include "core/setting.h"
#include "tests/notify/scene.h"

#define SECRET "matkhauXK94"

/* In any file of the desk's folder. */
static bool
some_file_holds(const struct scene *s, const char *text)
{
	char folder[160];
	char path[512];
	char *end;
	const struct dirent *entry;
	bool holds = false;
	DIR *dir;

	(void)snprintf(folder, sizeof folder, "%s", s->f.path);
	end = strrchr(folder, '/');
	*end = '\0';
	dir = opendir(folder);
	CHECK(dir != NULL);
	while ((entry = readdir(dir)) != NULL) {
		(void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		holds = (entry->d_type == DT_REG && fixture_holds(path, text)) || holds;
	}
	(void)closedir(dir);
	return holds;
}

static void
put(struct scene *s, const char *case_id, const char *title, const char *work)
{
	struct json *vars = json_object();

	json_set_text(vars, "number", "2026-0001");
	json_set_text(vars, "title", title);
	json_set_text(vars, "work", work);
	json_set_int(vars, "n", 1);
	scene_put(s, &(struct message_new){ .case_id = case_id, .rank = RANK_WORK,
		.vars = vars, .acts = "ack decline pass" }, true);
	json_free(vars);
}

static void
take_out(struct scene *s, const char *case_id, const char *kind, const char *field)
{
	struct redact_result result;
	struct error err = ERROR_INIT;
	char sql[200];

	(void)snprintf(sql, sizeof sql, "SELECT MIN(seq) FROM event WHERE kind = '%s'"
		" AND case_id = '%s'", kind, case_id);
	fixture_as(&s->f, "minh");
	CHECK_OK(redact(s->f.desk, case_id, strtoll(fixture_ask(s->f.path, sql), NULL, 10),
		&(struct redaction){ .fields = &field, .field_count = 1, .law = "Luật 91",
			.reason = "lộ mật khẩu" }, &result, &err), err);
	CHECK(result.compacted);
	json_free(result.left);
	fixture_as(&s->f, "quan");
}

/* One that waits, and one that has gone. */
static void
bundled(bool gone)
{
	struct scene s;
	struct error err;
	char first[UUID_SIZE], second[UUID_SIZE];

	scene_begin(&s);
	CHECK_OK(setting_set(s.f.desk, "bundle_after", "1", &err), err);
	fixture_case(&s.f, "Lộ " SECRET " của trạm", first);
	fixture_case(&s.f, "Đứt cáp quang", second);
	put(&s, first, "Lộ " SECRET " của trạm", "Đổi mật khẩu");
	put(&s, second, "Đứt cáp quang", "Gọi nhà mạng");
	s.fake->verdict = gone ? SEND_HANDED_OVER : SEND_UNREACHABLE;
	scene_rounds(&s);
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM message WHERE template = 'gop'"
		" AND case_id IS NULL"), "1");
	CHECK(strstr(s.fake->sent[s.fake->started - 1].text, SECRET) != NULL);
	CHECK(some_file_holds(&s, SECRET));
	take_out(&s, first, "case_opened", "title");
	CHECK(!some_file_holds(&s, SECRET));
	/* What it says of the other case stays. */
	CHECK_STR(fixture_ask(s.f.path, "SELECT count(*) FROM message WHERE template = 'gop'"
		" AND text LIKE '%Đứt cáp quang%' AND vars LIKE '%Đứt cáp quang%'"), "1");
	if (!gone) {
		s.fake->verdict = SEND_HANDED_OVER;
		fixture_later(&s.f, 3600000);
		scene_rounds(&s);
		CHECK(strstr(s.fake->sent[s.fake->started - 1].text, SECRET) == NULL);
		CHECK(!some_file_holds(&s, SECRET));
	}
	scene_end(&s);
}

TEST(what_went_in_one_message_with_others_is_redacted_there_too)
{
	bundled(true);
}

TEST(what_waits_in_one_message_with_others_is_redacted_and_sent_without_it)
{
	bundled(false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_went_in_one_message_with_others_is_redacted_there_too),
		RUN(what_waits_in_one_message_with_others_is_redacted_and_sent_without_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
