/* fixture.c makes the desks that tests work on, and takes them away again. */
#include "tests/fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "core/case_open.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/desk_private.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/note.h"
#include "core/search.h"
#include "core/status.h"

static int64_t
fixture_now(void *arg)
{
	return *(int64_t *)arg;
}

struct desk_clock
fixture_clock(struct fixture *f)
{
	return (struct desk_clock){ .now = fixture_now, .arg = &f->now };
}

void
fixture_later(struct fixture *f, int64_t ms)
{
	f->now += ms;
}

static void
make(struct fixture *f)
{
	static const struct {
		const char *login, *name;
		enum role role;
	} members[] = {
		{ "xem", "Lê Văn Xem", ROLE_VIEWER },
		{ "lan", "Phạm Thị Lan", ROLE_RESPONDER },
		{ "nam", "Đỗ Văn Nam", ROLE_RESPONDER },
		{ "minh", "Võ Quang Minh", ROLE_COORDINATOR },
	};
	const struct desk_new what = {
		.url = f->path, .name = "Thử", .zone = "Asia/Ho_Chi_Minh",
		.login = "quan", .full_name = "Trần Anh Quân", .clock = fixture_clock(f),
	};
	struct error err;

	f->now = FIXTURE_START;
	CHECK_OK(desk_create(&f->desk, &what, &err), err);
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		CHECK_OK(member_add(f->desk, &(struct member_new){
			.login = members[i].login, .name = members[i].name,
			.role = members[i].role }, &err), err);
	}
	f->admin = *desk_me(f->desk);
}

void
fixture_memory(struct fixture *f)
{
	*f = (struct fixture){ .path = ":memory:" };
	make(f);
}

void
fixture_file(struct fixture *f)
{
	*f = (struct fixture){ .folder = "/tmp/suco-test-XXXXXX" };
	assert_non_null(mkdtemp(f->folder));
	(void)snprintf(f->path, sizeof f->path, "%s/desk.db", f->folder);
	make(f);
}

void
fixture_end(struct fixture *f)
{
	desk_close(f->desk);
	if (f->folder[0] != '\0') {
		DIR *folder = opendir(f->folder);

		for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
			(void)unlinkat(dirfd(folder), entry->d_name, 0);
		}
		(void)closedir(folder);
		(void)rmdir(f->folder);
	}
	*f = (struct fixture){ 0 };
}

const char *
fixture_path(const struct fixture *f, const char *name)
{
	static char path[256];

	(void)snprintf(path, sizeof path, "%s/%s", f->folder, name);
	return path;
}

struct desk *
fixture_open(struct fixture *f, const char *login)
{
	const struct desk_options options = {
		.url = f->path, .login = login, .clock = fixture_clock(f),
	};
	struct desk *desk = NULL;
	struct error err;

	CHECK_OK(desk_open(&desk, &options, &err), err);
	return desk;
}

void
fixture_as(struct fixture *f, const char *login)
{
	struct error err;

	CHECK_OK(desk_seat(f->desk, login, NULL, &err), err);
}

void
fixture_case(struct fixture *f, const char *title, char id[UUID_SIZE])
{
	struct error err;

	CHECK_OK(case_open(f->desk, &(struct case_new){ .kind = "power", .title = title },
		id, &err), err);
}

void
fixture_decided(struct fixture *f, const char *id)
{
	struct ir_case c = fixture_load(f, id);
	struct error err;

	if (strcmp(c.reportable, "unknown") == 0) {
		CHECK_OK(reportable_decide(f->desk, id, "no", "thử", &err), err);
	}
	case_clear(&c);
}

void
fixture_status(struct fixture *f, const char *id, const char *to)
{
	bool close = strcmp(to, "closed") == 0;
	const char *verb = close ? "close" : strcmp(to, "acknowledged") == 0 ? "ack" : "status";
	struct error err;

	if (close) {
		fixture_decided(f, id);
	}
	CHECK_OK(status_set(f->desk, id, &(struct status_change){
		.to = to, .verb = verb, .reason = "thử",
		.cause = close ? "nguyên nhân" : NULL, .result = close ? "kết quả" : NULL,
		.lessons = close ? "bài học" : NULL }, &err), err);
}

struct ir_case
fixture_load(struct fixture *f, const char *id)
{
	struct ir_case c = { 0 };
	struct error err;

	CHECK_OK(case_load(&c, f->desk, id, &err), err);
	return c;
}

int64_t
fixture_note(struct fixture *f, const char *id, const char *text)
{
	struct error err;

	CHECK_OK(note_add(f->desk, id, &(struct note_new){ .text = text }, &err), err);
	return fixture_last(f);
}

int64_t
fixture_last(struct fixture *f)
{
	int count = 0;
	const struct appended *rows = change_appended(f->desk, &count);

	assert_true(count > 0);
	return rows[count - 1].seq;
}

struct verify_result
fixture_verify(struct desk *desk)
{
	struct verify_result result = { 0 };
	struct error err;

	CHECK_OK(verify_chain(desk, NULL, &result, &err), err);
	CHECK_OK(verify_replay(desk, &result, &err), err);
	return result;
}

void
fixture_whole(struct fixture *f)
{
	struct verify_result result = fixture_verify(f->desk);

	if (result.faults > 0) {
		fail_msg("event %lld, %s %s.%s: %s", (long long)result.first.seq,
			result.first.table, result.first.id, result.first.field,
			result.first.text);
	}
	assert_true(result.chain_ok && result.replay_ok);
}

void
fixture_sql(const char *path, const char *sql)
{
	struct db *db = NULL;
	struct error err;

	CHECK_OK(db_open(&db, path, 0, &err), err);
	CHECK_OK(db_script(db, "PRAGMA foreign_keys=OFF", &err), err);
	if (!db_script(db, sql, &err)) {
		fail_msg("%s: %s", sql, err.cause);
	}
	db_close(db);
}

const char *
fixture_ask(const char *path, const char *sql)
{
	static char answer[4096];
	struct db *db = NULL;
	struct stmt *st;
	struct error err;

	answer[0] = '\0';
	CHECK_OK(db_open(&db, path, 0, &err), err);
	st = db_query(db, db_intern(db, "", sql), NOARGS);
	if (stmt_row(st)) {
		const char *text = stmt_text(st, 0);

		(void)snprintf(answer, sizeof answer, "%s", text == NULL ? "" : text);
	}
	if (!stmt_done(st, &err)) {
		fail_msg("%s: %s", sql, err.cause);
	}
	db_close(db);
	return answer;
}

void
fixture_write(const char *path, const void *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	CHECK_INT(fwrite(bytes, 1, len, file), len);
	CHECK_INT(fclose(file), 0);
}

char *
fixture_read(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");
	char *bytes;
	long size;

	if (file == NULL) {
		*len = 0;
		return xcalloc(1, 1);
	}
	CHECK_INT(fseek(file, 0, SEEK_END), 0);
	size = ftell(file);
	assert_true(size >= 0);
	rewind(file);
	bytes = xmalloc((size_t)size + 1);
	*len = fread(bytes, 1, (size_t)size, file);
	bytes[*len] = '\0';
	(void)fclose(file);
	return bytes;
}

bool
fixture_holds(const char *path, const char *bytes)
{
	size_t len;
	char *file = fixture_read(path, &len);
	bool found = memmem(file, len, bytes, strlen(bytes)) != NULL;

	free(file);
	return found;
}

static bool
count_hit(const struct hit *hit, void *arg)
{
	(void)hit;
	(*(int *)arg)++;
	return true;
}

int
fixture_hits(struct fixture *f, const char *words)
{
	const struct search_filter filter = { .drill = -1 };
	struct error err;
	int count = 0;

	CHECK_OK(search_each(f->desk, words, &filter, count_hit, &count, &err), err);
	return count;
}
