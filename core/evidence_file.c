/* evidence_file.c takes files into the desk and gives them out again, part by
 * part, with their hash checked each time. */
#include "core/evidence_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/case.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"

#define PART EVIDENCE_PART

SQL(EVIDENCE_NEXT_N, "t",
	"SELECT n + 1 FROM evidence WHERE case_id = $1 ORDER BY n DESC LIMIT 1");
SQL(EVIDENCE_MAX, "", "SELECT value FROM setting WHERE name = 'evidence_max'");
SQL(BLOB_THERE, "t", "SELECT COUNT(*) FROM evidence_blob WHERE hash = $1");
SQL(BLOB_INSERT, "tib",
	"INSERT INTO evidence_blob (hash, part, bytes) VALUES ($1, $2, $3)");
SQL(BLOB_READ, "t", "SELECT bytes FROM evidence_blob WHERE hash = $1 ORDER BY part");
SQL(EVIDENCE_BY_N, "ti",
	"SELECT id, case_id, n, name, bytes, hash, kept, place, note, added_at, dropped"
	" FROM evidence WHERE case_id = $1 AND n = $2");
SQL(EVIDENCE_BY_ID, "tt",
	"SELECT id, case_id, n, name, bytes, hash, kept, place, note, added_at, dropped"
	" FROM evidence WHERE case_id = $1 AND id = $2");

/* Opens without blocking on a FIFO, and accepts a regular file only. */
static int
open_regular(const char *path, struct stat *stat, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0) {
		bool absent = errno == ENOENT;

		(void)error_errno(err, _("cannot read the evidence %s"), path);
		err->code = absent ? ERR_NOT_FOUND : ERR_IO;
		return -1;
	}
	if (fstat(fd, stat) != 0) {
		(void)error_errno(err, _("cannot read the evidence %s"), path);
		(void)close(fd);
		return -1;
	}
	if (!S_ISREG(stat->st_mode)) {
		(void)error_set(err, ERR_BAD_INPUT,
			S_ISDIR(stat->st_mode)
				? _("%s is a folder: pack it into one file first")
				: _("%s is not a regular file"), path);
		(void)close(fd);
		return -1;
	}
	return fd;
}

/* Reads the whole file part by part; visit gets each part. */
typedef bool part_fn(void *arg, int64_t part, const void *bytes, size_t len,
	struct error *err);

static bool
each_part(int fd, const char *path, part_fn *visit, void *arg, int64_t *total,
	struct error *err)
{
	char *part = xmalloc(PART);
	int64_t number = 0;
	bool ok = true;

	*total = 0;
	while (ok) {
		size_t have = 0;
		ssize_t got = 1;

		while (have < PART && (got = read(fd, part + have, PART - have)) > 0) {
			have += (size_t)got;
		}
		if (got < 0) {
			ok = error_errno(err, _("cannot read the evidence %s"), path);
		} else if (have == 0) {
			break;
		} else {
			*total += (int64_t)have;
			ok = visit(arg, number++, part, have, err);
		}
	}
	free(part);
	return ok;
}

static bool
hash_part(void *arg, int64_t part, const void *bytes, size_t len, struct error *err)
{
	(void)part;
	(void)err;
	hasher_add(arg, bytes, len);
	return true;
}

struct storing {
	struct db *db;
	const char *hash;
	struct hasher *hasher;
};

static bool
store_part(void *arg, int64_t part, const void *bytes, size_t len, struct error *err)
{
	struct storing *storing = arg;

	hasher_add(storing->hasher, bytes, len);
	return db_run(storing->db, &BLOB_INSERT, err, TXT(storing->hash), I64(part),
		BLOB(bytes, len));
}

static bool
changed(const char *path, struct error *err)
{
	return error_set(err, ERR_REFUSED,
		_("%s changed while it was read: nothing was kept; copy it first"), path);
}

/* The second reading must give the same bytes as the first. */
static bool
store(struct desk *desk, int fd, const char *path, const char *hash, int64_t bytes,
	struct error *err)
{
	struct storing storing = { .db = desk_db(desk), .hash = hash };
	char again[HASH_SIZE];
	int64_t there = 0;
	int64_t total = 0;
	bool ok;

	if (!db_one_int(storing.db, &BLOB_THERE, &there, err, TXT(hash))) {
		return false;
	}
	if (there > 0) {
		return true;
	}
	if (lseek(fd, 0, SEEK_SET) != 0) {
		return error_errno(err, _("cannot read the evidence %s"), path);
	}
	storing.hasher = hasher_new();
	ok = each_part(fd, path, store_part, &storing, &total, err);
	hasher_finish(storing.hasher, again);
	if (ok && (total != bytes || strcmp(again, hash) != 0)) {
		ok = changed(path, err);
	}
	return ok;
}

static bool
hash_file(int fd, const char *path, const struct stat *before, char hash[HASH_SIZE],
	struct error *err)
{
	struct hasher *hasher = hasher_new();
	struct stat after;
	int64_t total = 0;
	bool ok = each_part(fd, path, hash_part, hasher, &total, err);

	hasher_finish(hasher, hash);
	if (!ok) {
		return false;
	}
	if (fstat(fd, &after) != 0) {
		return error_errno(err, _("cannot read the evidence %s"), path);
	}
	if (total != before->st_size || after.st_size != before->st_size ||
	    after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
	    after.st_mtim.tv_nsec != before->st_mtim.tv_nsec) {
		return changed(path, err);
	}
	return true;
}

static bool
evidence_limit(struct desk *desk, int64_t *max, struct error *err)
{
	char *setting = NULL;

	*max = (int64_t)limit(LIMIT_EVIDENCE);
	if (!db_one_text(desk_db(desk), &EVIDENCE_MAX, &setting, err, NOARGS)) {
		return false;
	}
	if (setting != NULL && setting[0] != '\0') {
		*max = strtoll(setting, NULL, 10);
	}
	free(setting);
	return true;
}

static bool
put_texts(struct json *body, const char *path, const char *note, struct error *err)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	char *clean = text_printable(name, strlen(name));

	json_set_text(body, "name", clean);
	free(clean);
	if (note == NULL) {
		note = "";
	}
	if (!text_accept(&clean, note, strlen(note), TEXT_MANY_LINES, limit(LIMIT_NOTE),
		    _("note"), err)) {
		return false;
	}
	json_set_text(body, "note", clean);
	free(clean);
	return true;
}

/* A file that was opened and read once. */
struct source {
	const char *path;
	int fd;
	struct stat stat;
	char hash[HASH_SIZE];
};

bool
evidence_next_n(struct desk *desk, const char *case_id, int64_t *n, struct error *err)
{
	*n = 1;
	return db_one_int(desk_db(desk), &EVIDENCE_NEXT_N, n, err, TXT(case_id));
}

static bool
take_in(struct desk *desk, const char *case_id, const struct source *source,
	struct json *body, bool *stored, struct error *err)
{
	const struct stat *stat = &source->stat;
	char id[UUID_SIZE];
	int64_t n = 1;
	int64_t max;
	char *real;

	if (!evidence_limit(desk, &max, err)) {
		return false;
	}
	*stored = stat->st_size <= max;
	if (*stored && !store(desk, source->fd, source->path, source->hash, stat->st_size, err)) {
		return false;
	}
	if (!evidence_next_n(desk, case_id, &n, err)) {
		return false;
	}
	uuid_v7(id, desk_now(desk));
	real = *stored ? NULL : realpath(source->path, NULL);
	json_set_text(body, "evidence", id);
	json_set_int(body, "n", n);
	json_set_int(body, "bytes", stat->st_size);
	json_set_text(body, "hash", source->hash);
	json_set_text(body, "kept", *stored ? "desk" : "elsewhere");
	json_set_text(body, "place", real == NULL ? "" : real);
	free(real);
	return true;
}

static bool
add_read(struct desk *desk, const char *case_id, const struct source *source,
	const char *note, int *n, bool *stored, struct error *err)
{
	struct json *body;
	struct ir_case c = { 0 };
	bool ok;

	if (!change_begin(desk, err)) {
		return false;
	}
	body = json_object();
	ok = case_load(&c, desk, case_id, err) && put_texts(body, source->path, note, err) &&
		take_in(desk, case_id, source, body, stored, err);
	case_clear(&c);
	if (!ok) {
		json_free(body);
		return change_end(desk, false, err);
	}
	*n = (int)json_get_int(body, "n", 0);
	change_add(desk, "evidence_added", case_id, body);
	return change_end(desk, true, err);
}

bool
evidence_add(struct desk *desk, const char *case_id, const char *path,
	const char *note, int *n, bool *stored, struct error *err)
{
	struct source source = { .path = path };
	bool ok;

	if (!desk_may(desk, ACT_EVIDENCE, err)) {
		return false;
	}
	source.fd = open_regular(path, &source.stat, err);
	if (source.fd < 0) {
		return false;
	}
	/* A disk image is read for minutes: the desk is not held meanwhile. */
	ok = hash_file(source.fd, path, &source.stat, source.hash, err) &&
		add_read(desk, case_id, &source, note, n, stored, err);
	(void)close(source.fd);
	return ok;
}

static bool
find(struct desk *desk, const char *case_id, const char *spec, struct evidence *out,
	struct error *err)
{
	struct stmt *st = uuid_valid(spec)
		? db_query(desk_db(desk), &EVIDENCE_BY_ID, TXT(case_id), TXT(spec))
		: db_query(desk_db(desk), &EVIDENCE_BY_N, TXT(case_id),
			I64(strtoll(spec, NULL, 10)));
	bool found = false;

	*out = (struct evidence){ 0 };
	if (stmt_row(st)) {
		found = true;
		evidence_from_row(out, st);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	return found || error_set(err, ERR_NOT_FOUND,
		_("there is no evidence %.60s on this case"), spec);
}

static bool
write_all(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;

	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return false;
		}
		p += n;
		len -= (size_t)n;
	}
	return true;
}

static bool
write_out(struct desk *desk, const struct evidence *e, const char *path,
	struct error *err)
{
	struct stmt *st;
	bool ok = true;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0) {
		if (errno == EEXIST) {
			return error_set(err, ERR_REFUSED,
				_("%s is there already: nothing was written over it"), path);
		}
		return error_errno(err, _("cannot make %s"), path);
	}
	st = db_query(desk_db(desk), &BLOB_READ, TXT(e->hash));
	while (ok && stmt_row(st)) {
		size_t len = 0;
		const void *part = stmt_blob(st, 0, &len);

		ok = write_all(fd, part, len) || error_errno(err, _("cannot write %s"), path);
	}
	if (ok) {
		ok = stmt_done(st, err);
	} else {
		struct error ignored;

		(void)stmt_done(st, &ignored);
	}
	if (ok && fsync(fd) != 0) {
		ok = error_errno(err, _("cannot write %s"), path);
	}
	(void)close(fd);
	if (!ok) {
		(void)unlink(path);
	}
	return ok;
}

bool
evidence_get(struct desk *desk, const char *case_id, const char *spec,
	const char *path, struct error *err)
{
	struct evidence e = { 0 };
	struct json *body;
	bool ok;

	if (!desk_may(desk, ACT_EVIDENCE, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = find(desk, case_id, spec, &e, err);
	if (ok && evidence_is_item(e.kept)) {
		ok = error_set(err, ERR_REFUSED,
			_("evidence %d is a thing, no file: it is at %s"), e.n, e.place);
	}
	if (ok && (strcmp(e.kept, "desk") != 0 || e.dropped)) {
		ok = error_set(err, ERR_REFUSED, e.dropped
			? _("the bytes of evidence %d were removed by a redaction%s")
			: _("evidence %d is kept elsewhere: %s"), e.n, e.dropped ? "" : e.place);
	}
	ok = ok && evidence_check(desk_db(desk), e.hash, e.bytes, err) &&
		write_out(desk, &e, path, err);
	if (ok) {
		body = json_object();
		json_set_text(body, "evidence", e.id);
		json_set_int(body, "n", e.n);
		json_set_text(body, "name", e.name);
		json_set_text(body, "hash", e.hash);
		change_add(desk, "evidence_taken", case_id, body);
	}
	evidence_clear(&e);
	return change_end(desk, ok, err);
}
