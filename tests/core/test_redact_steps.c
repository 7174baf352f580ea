/* What was typed into the steps of a plan is redacted like any other text, also
 * after the act was undone. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/redact.h"
#include "core/undo.h"
#include "playbooks/player.h"

#define SECRET "matkhauXK94"

static void
begin(struct fixture *f, char id[UUID_SIZE])
{
	struct error err;
	int n;

	fixture_case(f, "Mất điện trạm chính TTDL", id);
	CHECK_OK(player_begin(f->desk, id, "PA-MD", &n, &err), err);
}

/* The seq of the act. */
static int64_t
act(struct fixture *f, const char *id, enum run_action action, const char *note)
{
	struct json *values = json_object();
	struct error err;

	if (action == RUN_DONE) {
		json_set_text(values, "__gio_mat_dien__", "?");
		json_set_text(values, "__nguoi_bao__", "người báo " SECRET);
	}
	CHECK_OK(player_step(f->desk, id, "1", &(struct step_act){ .action = action,
		.note = note, .values = values }, &err), err);
	json_free(values);
	return strtoll(fixture_ask(f->path, "SELECT max(seq) FROM event"
		" WHERE kind LIKE 'step_%'"), NULL, 10);
}

static int
redacted(struct fixture *f, const char *id, int64_t seq, const char *field)
{
	struct redact_result result;
	struct error err;

	CHECK_OK(redact(f->desk, id, seq, &(struct redaction){ .fields = &field,
		.field_count = 1, .law = "Luật 91/2025/QH15", .reason = "riêng tư" }, &result,
		&err), err);
	json_free(result.left);
	return result.events;
}

TEST(the_note_of_a_step_goes_from_its_row_and_from_later_ones)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t started;

	fixture_file(&f);
	begin(&f, id);
	started = act(&f, id, RUN_START, "mật khẩu " SECRET);
	fixture_whole(&f);
	CHECK(redacted(&f, id, started, "note") >= 1);
	CHECK_STR(fixture_ask(f.path, "SELECT note FROM step_instance WHERE n = 1"),
		REDACTED_TEXT);
	fixture_whole(&f);
	CHECK(!fixture_holds(f.path, SECRET));
	started = act(&f, id, RUN_DONE, NULL);
	fixture_whole(&f);
	CHECK(redacted(&f, id, started, "value") >= 1);
	CHECK(!fixture_holds(f.path, SECRET));
	fixture_whole(&f);
	/* The plan goes on over the masked answer. */
	CHECK_OK(player_step(f.desk, id, "2", &(struct step_act){ .action = RUN_START }, &err),
		err);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_act_that_was_undone_is_redacted_without_touching_what_came_after)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t started;

	fixture_file(&f);
	begin(&f, id);
	started = act(&f, id, RUN_START, "mật khẩu " SECRET);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	(void)act(&f, id, RUN_START, "lần hai");
	CHECK(redacted(&f, id, started, "note") >= 2);
	CHECK_STR(fixture_ask(f.path, "SELECT note FROM step_instance WHERE n = 1"), "lần hai");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_undo_that_brought_the_note_back_is_redacted_too)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t started;

	fixture_file(&f);
	begin(&f, id);
	started = act(&f, id, RUN_START, "mật khẩu " SECRET);
	(void)act(&f, id, RUN_DONE, NULL);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	fixture_whole(&f);
	CHECK(redacted(&f, id, started, "note") >= 2);
	CHECK_STR(fixture_ask(f.path, "SELECT note FROM step_instance WHERE n = 1"),
		REDACTED_TEXT);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_note_of_a_step_goes_from_its_row_and_from_later_ones),
		RUN(an_act_that_was_undone_is_redacted_without_touching_what_came_after),
		RUN(an_undo_that_brought_the_note_back_is_redacted_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
