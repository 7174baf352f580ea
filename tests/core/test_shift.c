/* The shift log and the hand-over: what is written stands, both sign, nothing
 * that came between is hidden, and the page is one page. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/asset.h"
#include "core/backup.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/handover.h"
#include "core/note.h"
#include "core/now.h"
#include "core/setting.h"
#include "core/shift_log.h"
#include "core/task.h"
#include "core/text.h"
#include "core/thing.h"

#define MINUTE 60000LL

static struct error err;

static void
write_log(struct fixture *f, const char *text, const char *kind, int64_t at)
{
	int64_t n;

	CHECK_OK(shift_log_add(f->desk, &(struct shift_new){ .text = text, .kind = kind,
		.at = at }, &n, &err), err);
}

struct seen {
	int count;
	char first[200];
	char kind[20];
};

static bool
see(const struct shift_entry *entry, void *arg)
{
	struct seen *seen = arg;

	if (seen->count++ == 0) {
		(void)snprintf(seen->first, sizeof seen->first, "%s", entry->text);
		(void)snprintf(seen->kind, sizeof seen->kind, "%s", entry->kind);
	}
	return true;
}

static struct seen
look(struct fixture *f, const struct shift_filter *filter)
{
	struct seen seen = { 0 };

	CHECK_OK(shift_log_each(f->desk, filter, see, &seen, &err), err);
	return seen;
}

/* The page that stands, as text; the caller frees. */
static char *
page(struct fixture *f, const char *words)
{
	struct buf out = { 0 };

	CHECK_OK(handover_page(&out, f->desk, words, &err), err);
	return buf_take(&out);
}

static int
lines_of(const char *text)
{
	int lines = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		CHECK(text_width_n(text, len) <= PAGE_CELLS);
		lines++;
		text += len + (text[len] == '\n');
	}
	return lines;
}

TEST(entries_are_listed_by_when_it_happened_and_found_without_marks)
{
	struct fixture f;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	write_log(&f, "SOC: bình thường", "check", f.now - 60 * MINUTE);
	write_log(&f, "sao lưu CSDL LGSP: đạt", "backup", f.now - 90 * MINUTE);
	CHECK_INT(look(&f, &(struct shift_filter){ 0 }).count, 2);
	CHECK_STR(look(&f, &(struct shift_filter){ 0 }).first, "SOC: bình thường");
	CHECK_INT(look(&f, &(struct shift_filter){ .words = "luu lgsp" }).count, 1);
	CHECK_INT(look(&f, &(struct shift_filter){ .words = "khong co" }).count, 0);
	CHECK_INT(look(&f, &(struct shift_filter){ .words = "..." }).count, 0);
	CHECK_INT(look(&f, &(struct shift_filter){ .from = f.now - 70 * MINUTE }).count, 1);
	CHECK_INT(look(&f, &(struct shift_filter){ .to = f.now - 70 * MINUTE }).count, 1);
	CHECK_INT(look(&f, &(struct shift_filter){ .limit = 1 }).count, 1);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_viewer_an_empty_entry_and_an_unknown_kind_or_system_are_refused)
{
	struct fixture f;
	int64_t n;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	CHECK(!shift_log_add(f.desk, &(struct shift_new){ .text = "  \n" }, &n, &err));
	CHECK_INT(err.code, ERR_BAD_INPUT);
	CHECK(!shift_log_add(f.desk, &(struct shift_new){ .text = "a", .kind = "gossip" },
		&n, &err));
	CHECK_INT(err.code, ERR_BAD_INPUT);
	CHECK(!shift_log_add(f.desk, &(struct shift_new){ .text = "a", .asset = "NONE" },
		&n, &err));
	CHECK_INT(err.code, ERR_NOT_FOUND);
	fixture_as(&f, "xem");
	CHECK(!shift_log_add(f.desk, &(struct shift_new){ .text = "a" }, &n, &err));
	CHECK_INT(err.code, ERR_FORBIDDEN);
	CHECK_INT(look(&f, &(struct shift_filter){ 0 }).count, 0);
	fixture_end(&f);
}

TEST(a_backup_of_the_desk_stands_in_the_log_by_itself)
{
	struct backup_result made;
	struct fixture f;

	fixture_file(&f);
	CHECK_OK(backup_make(f.desk, fixture_path(&f, "copy.db"), &made, &err), err);
	CHECK_STR(look(&f, &(struct shift_filter){ 0 }).kind, "desk_backup");
	CHECK(strstr(look(&f, &(struct shift_filter){ 0 }).first, "copy.db") != NULL);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_shift_is_given_read_with_what_came_since_and_signed)
{
	struct fixture f;
	char before[UUID_SIZE], since[UUID_SIZE];
	struct handover h;
	struct now now;
	bool watch;
	int64_t n;
	char *text;

	fixture_memory(&f);
	CHECK_OK(setting_set(f.desk, "watch", "lan", &err), err);
	fixture_as(&f, "lan");
	fixture_case(&f, "Mất điện TTDL", before);
	write_log(&f, "đổi mã khóa phòng máy", "opened", 0);
	fixture_later(&f, MINUTE);
	CHECK_OK(handover_give(f.desk, "nam", "theo dõi LGSP", &n, &err), err);
	CHECK_INT(n, 1);
	fixture_later(&f, 5 * MINUTE);
	fixture_case(&f, "13 xã mất kết nối", since);

	fixture_as(&f, "nam");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	text = page(&f, NULL);
	CHECK(strstr(text, "Mất điện TTDL") != NULL);
	CHECK(strstr(text, "đổi mã khóa phòng máy") != NULL);
	CHECK(strstr(text, "theo dõi LGSP") != NULL);
	CHECK(strstr(text, "NEW CASE") != NULL && strstr(text, "13 xã mất kết nối") != NULL);
	CHECK(strstr(text, "NOT SIGNED") != NULL);
	free(text);
	CHECK_ERR(handover_take_read(f.desk, 7, &watch, &err), err, ERR_CONFLICT);
	CHECK_OK(handover_take_read(f.desk, 1, &watch, &err), err);
	CHECK(watch);
	CHECK_OK(setting_text(f.desk, "watch", &text, &err), err);
	CHECK_STR(text, "nam");
	free(text);
	CHECK_OK(handover_find(&h, f.desk, 0, &err), err);
	CHECK_STR(h.state, "taken");
	CHECK_INT(h.taken_at, f.now);
	CHECK_INT(strlen(h.head), HASH_SIZE - 1);
	CHECK(strstr(h.sheet, "13 xã mất kết nối") != NULL);
	CHECK(strstr(h.sheet, h.head) != NULL);
	handover_clear(&h);
	CHECK_STR(look(&f, &(struct shift_filter){ 0 }).kind, "shift");
	CHECK(!handover_take(f.desk, &watch, &err));
	CHECK_INT(err.code, ERR_REFUSED);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(the_taker_is_asked_by_now_and_nobody_else_is)
{
	struct fixture f;
	struct now now;
	int64_t n;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	CHECK_OK(handover_give(f.desk, "nam", NULL, &n, &err), err);
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK(now.kind != NOW_HANDOVER_SIGN);
	fixture_as(&f, "nam");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_HANDOVER_SIGN);
	fixture_end(&f);
}

TEST(late_work_of_others_comes_before_a_signature_and_a_missing_engine_after_it)
{
	struct fixture f;
	char id[UUID_SIZE];
	struct now now;
	int64_t given;
	int n;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	CHECK_OK(handover_give(f.desk, "minh", NULL, &given, &err), err);
	fixture_case(&f, "việc của lan", id);
	fixture_status(&f, id, "acknowledged");
	CHECK_OK(case_assign(f.desk, id, "lan", &err), err);
	fixture_later(&f, 5 * MINUTE); /* messages wait, and nobody sends them */
	fixture_as(&f, "minh");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_HANDOVER_SIGN);
	CHECK_OK(task_add(f.desk, id, &(struct task_new){ .title = "gọi", .assignee = "lan",
		.due_at = f.now + MINUTE }, &n, &err), err);
	fixture_later(&f, 5 * MINUTE);
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_OTHERS_LATE);
	fixture_end(&f);
}

TEST(only_who_is_named_takes_and_nobody_gives_to_himself)
{
	struct fixture f;
	bool watch;
	int64_t n;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	CHECK(!handover_give(f.desk, "lan", NULL, &n, &err));
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK(!handover_give(f.desk, "nobody", NULL, &n, &err));
	CHECK_INT(err.code, ERR_NOT_FOUND);
	/* A viewer could not sign it. */
	CHECK_ERR(handover_give(f.desk, "xem", NULL, &n, &err), err, ERR_REFUSED);
	CHECK_OK(handover_give(f.desk, "nam", NULL, &n, &err), err);
	CHECK(!handover_give(f.desk, "minh", NULL, &n, &err));
	CHECK_INT(err.code, ERR_CONFLICT);
	CHECK(!handover_take(f.desk, &watch, &err));
	CHECK_INT(err.code, ERR_REFUSED);
	fixture_as(&f, "minh");
	CHECK(!handover_take(f.desk, &watch, &err));
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK(strstr(err.message, "not to you") != NULL);
	CHECK_INT(look(&f, &(struct shift_filter){ 0 }).count, 0);
	fixture_end(&f);
}

TEST(the_giver_takes_back_and_a_coordinator_does_with_a_reason)
{
	struct fixture f;
	struct handover h;
	bool watch;
	int64_t n;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	CHECK(!handover_withdraw(f.desk, NULL, &err));
	CHECK_OK(handover_give(f.desk, "nam", NULL, &n, &err), err);
	CHECK_OK(handover_withdraw(f.desk, NULL, &err), err);
	CHECK_OK(handover_give(f.desk, "nam", NULL, &n, &err), err);
	CHECK_INT(n, 2);
	fixture_as(&f, "nam");
	CHECK(!handover_withdraw(f.desk, "nhầm", &err));
	CHECK_INT(err.code, ERR_FORBIDDEN);
	fixture_as(&f, "minh");
	CHECK(!handover_withdraw(f.desk, "", &err));
	CHECK_INT(err.code, ERR_REFUSED);
	CHECK_OK(handover_withdraw(f.desk, "nam ốm", &err), err);
	CHECK_OK(handover_find(&h, f.desk, 2, &err), err);
	CHECK_STR(h.state, "withdrawn");
	CHECK_STR(h.reason, "nam ốm");
	handover_clear(&h);
	fixture_as(&f, "nam");
	CHECK(!handover_take(f.desk, &watch, &err));
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_page_given_after_the_one_read_is_signed_only_by_its_number)
{
	struct fixture f;
	bool watch;
	int64_t n;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	CHECK_OK(handover_give(f.desk, "nam", "máy phát còn dầu", &n, &err), err);
	CHECK_OK(handover_withdraw(f.desk, NULL, &err), err);
	CHECK_OK(handover_give(f.desk, "nam", "máy phát hết dầu", &n, &err), err);
	fixture_as(&f, "nam");
	CHECK_ERR(handover_take(f.desk, &watch, &err), err, ERR_CONFLICT);
	CHECK(strstr(err.message, "Thị Lan") != NULL);
	CHECK_ERR(handover_take_read(f.desk, 1, &watch, &err), err, ERR_CONFLICT);
	CHECK_OK(handover_take_read(f.desk, 2, &watch, &err), err);
	/* The next shift begins anew; what another was to sign is not in the way. */
	CHECK_OK(handover_give(f.desk, "lan", NULL, &n, &err), err);
	CHECK_OK(handover_withdraw(f.desk, NULL, &err), err);
	CHECK_OK(handover_give(f.desk, "minh", NULL, &n, &err), err);
	fixture_as(&f, "minh");
	CHECK_OK(handover_take(f.desk, &watch, &err), err);
	fixture_whole(&f);
	fixture_end(&f);
}

/* Rows of a table whose own acts are elsewhere. */
static void
add_waiting(struct fixture *f, const char *case_id, int n)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(f->desk, "waiting", id);

	row_int(body, "n", n);
	row_text(body, "name", "bên điện");
	row_text(body, "what", "cấp lại nguồn");
	row_text(body, "state", "open");
	row_int(body, "promised_at", f->now - MINUTE);
	CHECK_OK(change_begin(f->desk, &err), err);
	change_add(f->desk, "waiting_added", case_id, body);
	CHECK_OK(change_end(f->desk, true, &err), err);
}

static void
add_countdown(struct fixture *f, const char *case_id)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(f->desk, "countdown", id);

	row_int(body, "n", 1);
	row_text(body, "label", "ẮC QUY");
	row_text(body, "state", "running");
	row_int(body, "minutes", 45);
	row_int(body, "read_at", f->now);
	row_int(body, "ends_at", f->now + 45 * MINUTE);
	CHECK_OK(change_begin(f->desk, &err), err);
	change_add(f->desk, "countdown_added", case_id, body);
	CHECK_OK(change_end(f->desk, true, &err), err);
}

TEST(the_page_says_by_the_clock_when_it_must_be_back_and_how_long_that_is)
{
	static const char *const by[] = { "must_be_back_by=07:00",
		"must_be_back_reason=bộ phận một cửa mở" };
	struct fixture f;
	char id[UUID_SIZE];
	char *text, *at;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	fixture_case(&f, "13 xã mất kết nối", id);
	CHECK_OK(case_set(f.desk, id, by, 2, &err), err);
	text = page(&f, NULL);
	at = strstr(text, "must be back by 07:00: bộ phận một cửa mở");
	CHECK(at != NULL);
	while (at > text && at[-1] != '\n') {
		at--;
	}
	CHECK(strncmp(at, "in 4h50", 7) == 0 || strstr(at, "4h50") < strchr(at, '\n'));
	free(text);
	fixture_end(&f);
}

TEST(a_bad_night_fits_on_one_page_and_says_how_much_is_cut)
{
	struct fixture f;
	struct buf words = { 0 };
	char id[UUID_SIZE];
	bool watch;
	int64_t n;
	char *text;

	fixture_memory(&f);
	fixture_as(&f, "lan");
	for (int i = 0; i < 70; i++) {
		fixture_case(&f, "Trang xã hiện nội dung cờ bạc, người dân gọi rất nhiều"
			" và chưa ai trả lời", id);
		add_waiting(&f, id, 1);
		write_log(&f, "kiểm tra phòng máy", "check", 0);
		buf_adds(&words, "dặn lại một câu khá dài cho ca sau biết mà làm. ");
	}
	text = page(&f, buf_text(&words));
	CHECK(lines_of(text) <= PAGE_LINES);
	CHECK(strstr(text, "more: see suco") != NULL);
	CHECK(strstr(text, "promise over 70") != NULL);
	free(text);
	CHECK_OK(handover_give(f.desk, "nam", buf_text(&words), &n, &err), err);
	for (int i = 0; i < 20; i++) {
		fixture_case(&f, "thêm nữa", id);
	}
	fixture_as(&f, "nam");
	CHECK_OK(handover_take(f.desk, &watch, &err), err);
	text = page(&f, NULL);
	free(text);
	{
		struct handover h;

		CHECK_OK(handover_find(&h, f.desk, 0, &err), err);
		CHECK(lines_of(h.sheet) <= PAGE_LINES);
		handover_clear(&h);
	}
	buf_free(&words);
	fixture_whole(&f);
	fixture_end(&f);
}

/* Two see it opened, the seal has a number; the next shift reads it until it is
 * sealed again. */
TEST(an_opened_envelope_stands_on_the_page_until_it_is_sealed_again)
{
	struct shift_new what = { .kind = "envelope_opened", .text = "mật khẩu quản trị LGSP,"
		" trực mở theo lệnh anh Tuấn", .asset = "LGSP", .witness = "Hà, Linh" };
	struct fixture f;
	struct json *given = json_object();
	int64_t n;
	char *text;

	fixture_memory(&f);
	json_set_text(given, "name", "Nền tảng LGSP");
	json_set_text(given, "level", "3");
	CHECK_OK(asset_add(f.desk, "LGSP", given, &err), err);
	json_free(given);
	fixture_as(&f, "lan");
	CHECK_ERR(shift_log_add(f.desk, &what, &n, &err), err, ERR_BAD_INPUT);
	what.seal = "0147";
	CHECK_OK(shift_log_add(f.desk, &what, &n, &err), err);
	fixture_later(&f, 20 * 60 * MINUTE);
	text = page(&f, NULL);
	CHECK(strstr(text, "ENVELOPE OPEN") != NULL && strstr(text, "LGSP") != NULL);
	free(text);
	what = (struct shift_new){ .kind = "envelope_sealed", .text = "niêm phong lại",
		.asset = "LGSP", .witness = "Hà, Nam", .seal = "0148" };
	CHECK_OK(shift_log_add(f.desk, &what, &n, &err), err);
	text = page(&f, NULL);
	CHECK(strstr(text, "ENVELOPE OPEN") == NULL);
	CHECK(strstr(text, "seal no. 0148") != NULL);
	free(text);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_system_on_its_battery_is_abnormal_though_nobody_said_its_state)
{
	static const char *const on[] = { "asset=TTDL" };
	struct fixture f;
	struct json *given = json_object();
	char id[UUID_SIZE];
	char *text, *part;

	fixture_memory(&f);
	json_set_text(given, "name", "Trung tâm dữ liệu");
	json_set_text(given, "level", "3");
	CHECK_OK(asset_add(f.desk, "TTDL", given, &err), err);
	json_free(given);
	fixture_as(&f, "lan");
	fixture_case(&f, "Mất điện", id);
	CHECK_OK(case_set(f.desk, id, on, 1, &err), err);
	text = page(&f, NULL);
	CHECK(strstr(text, "ABNORMAL SYSTEMS: none") != NULL);
	free(text);
	add_countdown(&f, id);
	text = page(&f, NULL);
	part = strstr(text, "ABNORMAL SYSTEMS 1");
	CHECK(part != NULL && strstr(part, "TTDL        ẮC QUY until ") != NULL);
	free(text);
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(entries_are_listed_by_when_it_happened_and_found_without_marks),
		RUN(a_viewer_an_empty_entry_and_an_unknown_kind_or_system_are_refused),
		RUN(a_backup_of_the_desk_stands_in_the_log_by_itself),
		RUN(a_shift_is_given_read_with_what_came_since_and_signed),
		RUN(the_taker_is_asked_by_now_and_nobody_else_is),
		RUN(late_work_of_others_comes_before_a_signature_and_a_missing_engine_after_it),
		RUN(only_who_is_named_takes_and_nobody_gives_to_himself),
		RUN(the_giver_takes_back_and_a_coordinator_does_with_a_reason),
		RUN(a_page_given_after_the_one_read_is_signed_only_by_its_number),
		RUN(the_page_says_by_the_clock_when_it_must_be_back_and_how_long_that_is),
		RUN(a_bad_night_fits_on_one_page_and_says_how_much_is_cut),
		RUN(a_system_on_its_battery_is_abnormal_though_nobody_said_its_state),
		RUN(an_opened_envelope_stands_on_the_page_until_it_is_sealed_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
