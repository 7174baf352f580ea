/* Undo reverses by events of its own, tells who built on what, and can be taken
 * back; chain and replay stay whole all the way. */
#include "tests/core/hand_world.h"

#include <stdio.h>

#include "core/body.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/deadline_follow.h"
#include "core/evidence.h"
#include "core/merge.h"
#include "core/observable.h"
#include "core/status.h"
#include "core/task.h"
#include "core/timeline.h"
#include "core/undo.h"
#include "core/undo_next.h"

static void
set_title(struct fixture *f, const char *id, const char *title)
{
	char *text = NULL;
	struct error err;

	CHECK(asprintf(&text, "title=%s", title) > 0);
	CHECK_OK(case_set(f->desk, id, (const char *const[]){ text }, 1, &err), err);
	free(text);
}

static void
check_title(struct fixture *f, const char *id, const char *title)
{
	struct ir_case c = fixture_load(f, id);

	CHECK_STR(c.title, title);
	case_clear(&c);
}

TEST(undo_and_redo_walk_back_and_forth_over_a_field)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	set_title(&f, id, "hai");
	set_title(&f, id, "ba");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	check_title(&f, id, "hai");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	check_title(&f, id, "một");
	fixture_whole(&f);
	CHECK_ERR(undo_last(f.desk, id, &err), err, ERR_NOT_FOUND);
	CHECK_OK(redo_last(f.desk, id, &err), err);
	check_title(&f, id, "hai");
	CHECK_OK(redo_last(f.desk, id, &err), err);
	check_title(&f, id, "ba");
	CHECK_ERR(redo_last(f.desk, id, &err), err, ERR_NOT_FOUND);
	fixture_whole(&f);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	check_title(&f, id, "hai");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	check_title(&f, id, "một");
	CHECK_OK(redo_last(f.desk, id, &err), err);
	check_title(&f, id, "hai");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(undoing_a_status_takes_its_times_back_too)
{
	struct fixture f;
	struct ir_case c;
	struct error err;
	char id[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "mất điện", id);
	fixture_status(&f, id, "acknowledged");
	fixture_later(&f, 60000);
	fixture_status(&f, id, "responding");
	fixture_status(&f, id, "contained");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.status, "responding");
	CHECK_INT(c.contained_at, 0);
	case_clear(&c);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.status, "new");
	CHECK_INT(c.acknowledged_at, 0);
	case_clear(&c);
	CHECK_OK(redo_last(f.desk, id, &err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.status, "acknowledged");
	CHECK_INT(c.acknowledged_at, FIXTURE_START);
	case_clear(&c);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(undoing_the_close_opens_the_case_again)
{
	static const char *const way[] = {
		"acknowledged", "responding", "contained", "recovered", "closed",
	};
	struct fixture f;
	struct ir_case c;
	struct error err;
	char id[UUID_SIZE];

	fixture_memory(&f);
	fixture_case(&f, "mất điện", id);
	for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
		fixture_status(&f, id, way[i]);
	}
	CHECK_OK(undo_last(f.desk, id, &err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.status, "recovered");
	CHECK(c.is_open);
	CHECK_INT(c.closed_at, 0);
	CHECK_STR(c.cause, "");
	case_clear(&c);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_undone_note_stays_in_the_timeline_and_leaves_the_search)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	struct marks marks;
	int64_t note;

	fixture_memory(&f);
	fixture_case(&f, "mất điện", id);
	note = fixture_note(&f, id, "máy phát hỏng");
	CHECK_INT(fixture_hits(&f, "may phat"), 1);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_INT(fixture_hits(&f, "may phat"), 0);
	CHECK_OK(marks_read(&marks, desk_db(f.desk), note, &err), err);
	CHECK_INT(marks.undone_by, fixture_last(&f));
	CHECK_OK(redo_last(f.desk, id, &err), err);
	CHECK_INT(fixture_hits(&f, "máy phát"), 1);
	CHECK_OK(marks_read(&marks, desk_db(f.desk), note, &err), err);
	CHECK_INT(marks.undone_by, 0);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_task_goes_and_comes_back_as_it_was)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	struct ir_case c;
	int n = 0;

	fixture_memory(&f);
	fixture_case(&f, "mất điện", id);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "gọi bên điện",
		.due_at = f.now + 60000 }, &n, &err), err);
	fixture_later(&f, 30000);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	c = fixture_load(&f, id);
	CHECK_INT(c.open_tasks, 0);
	CHECK(c.due_at == NO_DUE);
	case_clear(&c);
	CHECK_OK(redo_last(f.desk, id, &err), err);
	c = fixture_load(&f, id);
	CHECK_INT(c.open_tasks, 1);
	CHECK_INT(c.due_at, FIXTURE_START + 60000);
	case_clear(&c);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_was_built_on_is_refused_and_named)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t added, done, first;
	int n = 0;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "gọi" }, &n, &err), err);
	added = fixture_last(&f);
	CHECK_OK(task_done(f.desk, id, n, NULL, &err), err);
	done = fixture_last(&f);
	CHECK_ERR(undo_event(f.desk, id, added, &err), err, ERR_CONFLICT);
	{
		char seq[40];

		(void)snprintf(seq, sizeof seq, "\"seq\":%lld,\"kind\":\"task_set\"",
			(long long)done);
		assert_non_null(strstr(err.detail, seq));
		assert_true(strstr(err.detail, "\"by\":\"quan\"") && strstr(err.message, "Quân"));
	}
	set_title(&f, id, "hai");
	first = fixture_last(&f);
	set_title(&f, id, "ba");
	CHECK_ERR(undo_event(f.desk, id, first, &err), err, ERR_CONFLICT);
	check_title(&f, id, "ba");
	/* A field that nobody touched since goes back, whatever came later. */
	CHECK_OK(undo_event(f.desk, id, done, &err), err);
	CHECK_OK(undo_event(f.desk, id, added, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_redo_is_refused_when_its_number_or_field_is_taken)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int n = 0;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "gọi" }, &n, &err), err);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "khác" }, &n, &err), err);
	CHECK_INT(n, 1);
	CHECK_ERR(redo_last(f.desk, id, &err), err, ERR_CONFLICT);
	set_title(&f, id, "hai");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	set_title(&f, id, "ba");
	CHECK_ERR(redo_last(f.desk, id, &err), err, ERR_CONFLICT);
	check_title(&f, id, "ba");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_redone_act_stands_in_the_way_of_what_was_before_it)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t first, second;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	set_title(&f, id, "hai");
	first = fixture_last(&f);
	set_title(&f, id, "ba");
	second = fixture_last(&f);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_OK(redo_last(f.desk, id, &err), err);
	CHECK_ERR(undo_event(f.desk, id, first, &err), err, ERR_CONFLICT);
	CHECK_OK(undo_event(f.desk, id, second, &err), err);
	CHECK_OK(undo_event(f.desk, id, first, &err), err);
	check_title(&f, id, "một");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(only_a_coordinator_undoes_what_another_did)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t note;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	fixture_case(&f, "mất điện", id);
	note = fixture_note(&f, id, "của Lan");
	fixture_as(&f, "nam");
	CHECK_ERR(undo_last(f.desk, id, &err), err, ERR_NOT_FOUND);
	CHECK_ERR(undo_event(f.desk, id, note, &err), err, ERR_FORBIDDEN);
	fixture_as(&f, "xem");
	CHECK_ERR(undo_event(f.desk, id, note, &err), err, ERR_FORBIDDEN);
	fixture_as(&f, "minh");
	CHECK_ERR(undo_last(f.desk, id, &err), err, ERR_NOT_FOUND);
	CHECK_OK(undo_event(f.desk, id, note, &err), err);
	CHECK_ERR(undo_event(f.desk, id, note, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "undone already"));
	/* Lan's undo cannot be taken back by Lan: it is Minh's. */
	fixture_as(&f, "lan");
	CHECK_ERR(redo_last(f.desk, id, &err), err, ERR_NOT_FOUND);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_can_never_be_undone_says_why)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	char other[UUID_SIZE];
	int64_t opened;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	opened = fixture_last(&f);
	fixture_case(&f, "hai", other);
	CHECK_ERR(undo_event(f.desk, id, opened, &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "dismissed with a reason"));
	CHECK_OK(case_merge(f.desk, id, other, &err), err);
	CHECK_ERR(undo_event(f.desk, other, fixture_last(&f), &err), err, ERR_REFUSED);
	assert_non_null(strstr(err.message, "unmerge the case instead"));
	CHECK_ERR(undo_event(f.desk, id, 9999, &err), err, ERR_NOT_FOUND);
	CHECK_ERR(undo_event(f.desk, other, opened, &err), err, ERR_NOT_FOUND);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(undo_honours_the_version_that_the_caller_saw)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t seen;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	seen = fixture_last(&f);
	set_title(&f, id, "hai");
	desk_set_guard(f.desk, seen);
	CHECK_ERR(undo_last(f.desk, id, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.detail, "\"field\":\"title\""));
	desk_set_guard(f.desk, seen + 1);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	desk_set_guard(f.desk, 0);
	fixture_end(&f);
}

TEST(what_stands_in_the_way_of_an_undo_is_named_with_both_values)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t before;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	CHECK_OK(case_assign(f.desk, id, "lan", &err), err);
	before = fixture_last(&f);
	CHECK_OK(severity_decide(f.desk, id, 3, "rộng", &err), err);
	desk_set_guard(f.desk, before);
	CHECK_ERR(undo_last(f.desk, id, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.message, "\"3\" now"));
	assert_non_null(strstr(err.message, "you wanted \"empty\""));
	assert_non_null(strstr(err.detail, "\"theirs\":\"3\""));
	desk_set_guard(f.desk, 0);
	CHECK_OK(severity_decide(f.desk, id, 4, "rộng hơn", &err), err);
	before = fixture_last(&f);
	CHECK_OK(case_assign(f.desk, id, "minh", &err), err);
	desk_set_guard(f.desk, before);
	CHECK_ERR(undo_last(f.desk, id, &err), err, ERR_CONFLICT);
	assert_non_null(strstr(err.message, "\"minh\" now, you wanted \"lan\""));
	fixture_end(&f);
}

TEST(observables_and_tasks_undo_among_other_work)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t seen;
	int n = 0;

	fixture_memory(&f);
	fixture_case(&f, "một", id);
	CHECK_OK(observable_add(f.desk, id, "ip", "203.0.113.7", NULL, "lạ", &n, &err), err);
	seen = fixture_last(&f);
	(void)fixture_note(&f, id, "ghi");
	CHECK_OK(observable_add(f.desk, id, "domain", "xau.example", NULL, NULL, &n, &err),
		err);
	CHECK_OK(undo_event(f.desk, id, seen, &err), err);
	CHECK_INT(fixture_hits(&f, "203"), 0);
	CHECK_INT(fixture_hits(&f, "xau"), 1);
	CHECK_OK(redo_last(f.desk, id, &err), err);
	CHECK_INT(fixture_hits(&f, "203"), 1);
	fixture_whole(&f);
	fixture_end(&f);
}

/* A call is told to somebody: it stays.  The note before it does not go instead. */
TEST(undo_names_the_last_act_that_stays_and_takes_nothing_older_back_unasked)
{
	struct undo_next next;
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t note, called;

	world(&f, id);
	fixture_later(&f, 60000);
	note = fixture_note(&f, id, "đã gọi trực ca");
	fixture_later(&f, 60000);
	(void)call(&f, id, "dien", "Minh", "22 giờ có điện");
	called = strtoll(fixture_ask(f.path, "SELECT MAX(seq) FROM event WHERE kind ="
		" 'phone_call_added'"), NULL, 10);
	CHECK_OK(undo_next(f.desk, id, &next, &err), err);
	CHECK_INT(next.seq, note);
	CHECK_INT(next.passed, called);
	contains(next.text, "02:11");
	contains(next.text, "đã gọi trực ca");
	contains(next.passed_text, "02:12");
	undo_next_clear(&next);
	CHECK_ERR(undo_last(f.desk, id, &err), err, ERR_REFUSED);
	contains(err.message, "đã gọi trực ca");
	contains(err.message, "untold");
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM event WHERE kind = 'undone'"), "0");
	CHECK_OK(undo_event(f.desk, id, note, &err), err);
	/* Before the call there is nothing left. */
	CHECK_ERR(undo_last(f.desk, id, &err), err, ERR_REFUSED);
	contains(err.message, "nothing");
	fixture_later(&f, 60000);
	note = fixture_note(&f, id, "sau cuộc gọi");
	fixture_later(&f, 60000);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_a_status_brings_with_it_is_no_act_of_its_own)
{
	struct fixture f;
	struct error err;
	struct ir_case c;
	char id[UUID_SIZE];

	world(&f, id);
	fixture_later(&f, 60000);
	fixture_status(&f, id, "acknowledged");
	fixture_later(&f, 60000);
	CHECK_OK(status_set(f.desk, id, &(struct status_change){ .to = "dismissed",
		.verb = "status", .reason = "báo nhầm" }, &err), err);
	/* The messages that it dropped stand after it, and the clocks. */
	fixture_later(&f, 60000);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	fixture_later(&f, 60000);
	CHECK_OK(undo_last(f.desk, id, &err), err);
	c = fixture_load(&f, id);
	CHECK_STR(c.status, "new");
	case_clear(&c);
	fixture_later(&f, 60000);
	CHECK_ERR(undo_last(f.desk, id, &err), err, ERR_NOT_FOUND);
	fixture_whole(&f);
	fixture_end(&f);
}

/* On a slow machine the clocks of a decision are written long after it. */
TEST(clocks_that_follow_stand_in_nobodys_way_however_late_they_are_written)
{
	struct fixture f;
	struct error err;
	char id[UUID_SIZE];
	int64_t note;

	world(&f, id);
	note = fixture_note(&f, id, "đã gọi trực ca");
	rule(&f, "d1", "{'family': 'deadline', 'order': 10, 'when': {'kind': 'power'},"
		" 'then': {'start': 'detected', 'span': '24h', 'recipient': 'ca',"
		" 'form': 'x-24h', 'behalf': 'owner', 'title': {'vi': 'thử', 'en': 'x'}},"
		" 'source': 'x'}");
	fixture_later(&f, 60000);
	CHECK(change_begin(f.desk, &err));
	CHECK_OK(change_end(f.desk, deadline_follow(f.desk, id, &err), &err), err);
	CHECK_STR(fixture_ask(f.path, "SELECT kind FROM event ORDER BY seq DESC LIMIT 1"),
		"deadline_added");
	CHECK_OK(undo_last(f.desk, id, &err), err);
	CHECK_INT(strtoll(fixture_ask(f.path, "SELECT seq FROM field_version WHERE field ="
		" 'undone'"), NULL, 10) > note, 1);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(undo_and_redo_walk_back_and_forth_over_a_field),
		RUN(undoing_a_status_takes_its_times_back_too),
		RUN(undoing_the_close_opens_the_case_again),
		RUN(an_undone_note_stays_in_the_timeline_and_leaves_the_search),
		RUN(a_task_goes_and_comes_back_as_it_was),
		RUN(what_was_built_on_is_refused_and_named),
		RUN(a_redo_is_refused_when_its_number_or_field_is_taken),
		RUN(a_redone_act_stands_in_the_way_of_what_was_before_it),
		RUN(only_a_coordinator_undoes_what_another_did),
		RUN(what_can_never_be_undone_says_why),
		RUN(undo_honours_the_version_that_the_caller_saw),
		RUN(what_stands_in_the_way_of_an_undo_is_named_with_both_values),
		RUN(observables_and_tasks_undo_among_other_work),
		RUN(undo_names_the_last_act_that_stays_and_takes_nothing_older_back_unasked),
		RUN(what_a_status_brings_with_it_is_no_act_of_its_own),
		RUN(clocks_that_follow_stand_in_nobodys_way_however_late_they_are_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
