/* db_sqlite.c is the SQLite driver: the only file that knows <sqlite3.h>.
 * WAL, synchronous=FULL, foreign keys, busy timeout; binds $n by name, since
 * SQLite numbers them by first appearance. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/db_driver.h"
#include "core/desk_files.h"
#include "core/i18n.h"
#include "core/mem.h"

#define BUSY_MS 5000

/* Maps SQLite's result to our code; the cause is SQLite's own sentence. */
static bool
fail(sqlite3 *conn, struct error *err, const char *what)
{
	int rc = conn == NULL ? SQLITE_NOMEM : sqlite3_errcode(conn);
	const char *cause = conn == NULL ? "no memory" : sqlite3_errmsg(conn);

	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return error_cause(err, ERR_LOCKED, cause,
			_("the desk is held by another program: %s"), what);
	case SQLITE_FULL:
		return error_cause(err, ERR_IO, cause,
			_("the disk is full; nothing was changed: %s"), what);
	case SQLITE_READONLY:
		return error_cause(err, ERR_IO, cause,
			_("the desk cannot be written; nothing was changed: %s"), what);
	case SQLITE_NOTADB:
		return error_cause(err, ERR_IO, cause,
			_("the file is not a desk: %s"), what);
	case SQLITE_CORRUPT:
		return error_cause(err, ERR_IO, cause,
			_("the desk's file is damaged: %s; see `suco help restore`"), what);
	default:
		return error_cause(err, ERR_IO, cause, _("database failure: %s"), what);
	}
}

/* SQLite's own way sleeps up to 100 ms between tries: beside a program that
 * writes without pause it comes too late each time.  Ours tries about every
 * millisecond, never in step with others. */
static int
wait_for_lock(void *ms, int tries)
{
	unsigned jitter = (unsigned)tries * 2654435761U + (unsigned)getpid() * 40503U;
	const struct timespec pause = { .tv_nsec = 500000 + (jitter >> 16) * 15L };

	if (tries >= (intptr_t)ms) {
		return 0;
	}
	(void)nanosleep(&pause, NULL);
	return 1;
}

static void
sqlite_busy_timeout(void *conn, int ms)
{
	(void)sqlite3_busy_handler(conn, wait_for_lock, (void *)(intptr_t)ms);
}

static bool
run(sqlite3 *conn, const char *text, struct error *err)
{
	if (sqlite3_exec(conn, text, NULL, NULL, NULL) != SQLITE_OK) {
		return fail(conn, err, text);
	}
	return true;
}

/* The mode of the journal is written into the file: another program's database
 * that was named by mistake is left as it is. */
static bool
wants_log(sqlite3 *conn, unsigned flags, bool *wants, struct error *err)
{
	sqlite3_stmt *handle = NULL;
	int rc = SQLITE_ROW;

	if ((flags & (DB_READONLY | DB_CREATE)) == 0) {
		rc = sqlite3_prepare_v2(conn, "SELECT 1 FROM sqlite_schema"
			" WHERE name = 'desk_fact'", -1, &handle, NULL);
		rc = rc == SQLITE_OK ? sqlite3_step(handle) : rc;
	}
	*wants = rc == SQLITE_ROW && (flags & DB_READONLY) == 0;
	if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
		(void)fail(conn, err, _("the file cannot be read"));
	}
	(void)sqlite3_finalize(handle);
	return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

static bool
settings(sqlite3 *conn, unsigned flags, struct error *err)
{
	bool wants;
	int keep = 1;

	sqlite_busy_timeout(conn, BUSY_MS);
	(void)sqlite3_extended_result_codes(conn, 1);
	/* The log's file stays when the last program leaves (its content goes into
	 * the desk): making and unlinking it costs two syncs of the folder. */
	(void)sqlite3_file_control(conn, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
	if (!wants_log(conn, flags, &wants, err) ||
	    (wants && !run(conn, "PRAGMA journal_mode=WAL", err))) {
		return false;
	}
	return run(conn, "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
		" PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF;"
		" PRAGMA journal_size_limit=16777216", err);
}

/* Nobody writes while there is no log; then a desk that we may only read, on a
 * medium that takes no -shm or is full, is read as it lies there. */
static bool
open_as_it_lies(sqlite3 **out, const char *url)
{
	char log[4096];
	char uri[4096 * 3 + 32] = "file:";
	size_t len = strlen(uri);
	struct stat log_stat;
	struct error ignored;

	if ((size_t)snprintf(log, sizeof log, "%s-wal", url) >= sizeof log ||
	    (stat(log, &log_stat) == 0 && log_stat.st_size > 0)) {
		return false;
	}
	for (const char *at = url; *at != '\0'; at++) {
		len += (size_t)snprintf(uri + len, sizeof uri - len,
			strchr("?#%", *at) == NULL ? "%c" : "%%%02X", (unsigned char)*at);
	}
	(void)snprintf(uri + len, sizeof uri - len, "?immutable=1");
	if (sqlite3_open_v2(uri, out, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI |
		    SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
	    settings(*out, DB_READONLY, &ignored)) {
		return true;
	}
	(void)sqlite3_close(*out);
	*out = NULL;
	return false;
}

/* What settings() failed with is something that reading as it lies may mend. */
static bool
only_cannot_write(sqlite3 *conn, unsigned flags)
{
	int whole = sqlite3_extended_errcode(conn);
	int rc = whole & 0xff;

	return (flags & DB_READONLY) != 0 && (rc == SQLITE_READONLY ||
		rc == SQLITE_CANTOPEN || whole == SQLITE_IOERR_SHMSIZE ||
		whole == SQLITE_IOERR_SHMMAP || whole == SQLITE_IOERR_SHMOPEN);
}

static bool
sqlite_open(void **out, const char *url, unsigned flags, struct error *err)
{
	bool memory = strcmp(url, ":memory:") == 0;
	int mode = (flags & DB_READONLY) != 0 ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	sqlite3 *conn = NULL;

	if ((flags & DB_CREATE) != 0 && !memory) {
		int fd = open(url, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0660);

		if (fd < 0) {
			return error_errno(err, _("cannot make the desk %s"), url);
		}
		(void)close(fd);
	}
	if (memory) {
		mode |= SQLITE_OPEN_CREATE;
	}
	if (sqlite3_open_v2(url, &conn, mode | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		(void)fail(conn, err, url);
		if (access(url, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
			(void)error_cause(err, ERR_NOT_FOUND, strerror(errno),
				_("there is no desk at %s"), url);
		}
		(void)sqlite3_close(conn);
		return false;
	}
	if (!settings(conn, flags, err)) {
		sqlite3 *plain = NULL;

		if (only_cannot_write(conn, flags) && open_as_it_lies(&plain, url)) {
			(void)sqlite3_close(conn);
			*out = plain;
			return true;
		}
		if ((sqlite3_errcode(conn) & 0xff) == SQLITE_NOTADB) {
			(void)error_cause(err, ERR_IO, sqlite3_errmsg(conn),
				_("%s is not a desk of suco"), url);
		}
		(void)sqlite3_close(conn);
		if ((flags & DB_CREATE) != 0 && !memory) {
			desk_files_remove(url);
		}
		return false;
	}
	*out = conn;
	return true;
}

static void
sqlite_close(void *conn)
{
	(void)sqlite3_close(conn);
}

static void *
sqlite_prepare(void *conn, const struct sql *sql, struct error *err)
{
	sqlite3_stmt *handle = NULL;

	if (sqlite3_prepare_v3(conn, sql->text, -1, SQLITE_PREPARE_PERSISTENT,
		    &handle, NULL) != SQLITE_OK) {
		(void)fail(conn, err, sql->name);
		return NULL;
	}
	return handle;
}

static void
sqlite_finalize(void *handle)
{
	(void)sqlite3_finalize(handle);
}

static bool
sqlite_bind(void *conn, void *handle, int number, const struct arg *arg,
	struct error *err)
{
	char name[16];
	int index;
	int rc = SQLITE_OK;

	(void)snprintf(name, sizeof name, "$%d", number);
	index = sqlite3_bind_parameter_index(handle, name);
	if (index == 0) {
		return error_set(err, ERR_IO, "statement has no parameter %s: %s",
			name, sqlite3_sql(handle));
	}
	switch (arg->type) {
	case 'i':
		rc = sqlite3_bind_int64(handle, index, arg->number);
		break;
	case 't':
		rc = sqlite3_bind_text(handle, index, arg->bytes, -1, SQLITE_TRANSIENT);
		break;
	case 'b':
		rc = sqlite3_bind_blob64(handle, index, arg->bytes, arg->len,
			SQLITE_TRANSIENT);
		break;
	default:
		rc = sqlite3_bind_null(handle, index);
		break;
	}
	return rc == SQLITE_OK ? true : fail(conn, err, sqlite3_sql(handle));
}

static enum step
sqlite_step(void *conn, void *handle, struct error *err)
{
	switch (sqlite3_step(handle)) {
	case SQLITE_ROW:
		return STEP_ROW;
	case SQLITE_DONE:
		return STEP_END;
	default:
		(void)fail(conn, err, _("a statement failed"));
		return STEP_FAILED;
	}
}

static void
sqlite_reset(void *handle)
{
	(void)sqlite3_reset(handle);
	(void)sqlite3_clear_bindings(handle);
}

static int64_t
sqlite_column_int(void *handle, int column)
{
	return sqlite3_column_int64(handle, column);
}

static const char *
sqlite_column_text(void *handle, int column)
{
	return (const char *)sqlite3_column_text(handle, column);
}

static const void *
sqlite_column_blob(void *handle, int column, size_t *len)
{
	const void *bytes = sqlite3_column_blob(handle, column);

	*len = (size_t)sqlite3_column_bytes(handle, column);
	return bytes;
}

static bool
sqlite_column_null(void *handle, int column)
{
	return sqlite3_column_type(handle, column) == SQLITE_NULL;
}

static int
sqlite_columns(void *handle)
{
	return sqlite3_column_count(handle);
}

static const char *
sqlite_column_name(void *handle, int column)
{
	return sqlite3_column_name(handle, column);
}

static bool
sqlite_script(void *conn, const char *text, struct error *err)
{
	if (sqlite3_exec(conn, text, NULL, NULL, NULL) != SQLITE_OK) {
		return fail(conn, err, _("a script of the schema failed"));
	}
	return true;
}

static int64_t
sqlite_changes(void *conn)
{
	return sqlite3_changes64(conn);
}

static int64_t
sqlite_data_version(void *conn)
{
	sqlite3_stmt *handle = NULL;
	int64_t version = 0;

	if (sqlite3_prepare_v2(conn, "PRAGMA data_version", -1, &handle, NULL) == SQLITE_OK &&
	    sqlite3_step(handle) == SQLITE_ROW) {
		version = sqlite3_column_int64(handle, 0);
	}
	(void)sqlite3_finalize(handle);
	return version;
}

/* All pages in one step: a read transaction over the source, which in WAL mode
 * holds up no writer, so that the copy is of one moment. */
static bool
sqlite_backup(void *conn, const char *path, struct error *err)
{
	sqlite3 *to = NULL;
	sqlite3_backup *backup = NULL;
	bool ok = false;

	if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		    NULL) == SQLITE_OK) {
		(void)sqlite3_busy_timeout(to, BUSY_MS);
		backup = sqlite3_backup_init(to, "main", conn, "main");
	}
	if (backup != NULL) {
		int rc = sqlite3_backup_step(backup, -1);

		ok = sqlite3_backup_finish(backup) == SQLITE_OK && rc == SQLITE_DONE;
	}
	/* A backup is one file: no -wal beside it. */
	ok = ok ? run(to, "PRAGMA journal_mode=DELETE", err) : fail(to, err, path);
	(void)sqlite3_close(to);
	return ok;
}

struct restoring {
	sqlite3 *from;
	sqlite3_backup *backup;
};

static bool
sqlite_restore_begin(void *conn, const char *path, void **token, struct error *err)
{
	struct restoring *r = xcalloc(1, sizeof *r);
	bool ok = false;

	if (sqlite3_open_v2(path, &r->from, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
		(void)fail(r->from, err, path);
	} else if ((r->backup = sqlite3_backup_init(conn, "main", r->from, "main")) == NULL) {
		(void)fail(conn, err, path);
	} else if (sqlite3_backup_step(r->backup, 0) != SQLITE_OK) {
		/* No page was copied, but the target could not be locked. */
		(void)sqlite3_backup_finish(r->backup);
		(void)fail(conn, err, path);
	} else {
		*token = r;
		return true;
	}
	(void)sqlite3_close(r->from);
	free(r);
	return ok;
}

static bool
sqlite_restore_finish(void *conn, void *token, bool go, struct error *err)
{
	struct restoring *r = token;
	int rc = go ? sqlite3_backup_step(r->backup, -1) : SQLITE_DONE;
	bool ok = sqlite3_backup_finish(r->backup) == SQLITE_OK && rc == SQLITE_DONE;

	(void)sqlite3_close(r->from);
	free(r);
	return ok || fail(conn, err, _("the desk was not replaced"));
}

/* The new copy goes to a file without a name, not to memory: a desk may be
 * larger than that. */
static bool
sqlite_compact(void *conn, struct error *err)
{
	sqlite3_stmt *handle = NULL;
	bool ok = run(conn, "PRAGMA temp_store=FILE", err) && run(conn, "VACUUM", err);
	struct error ignored;

	(void)run(conn, "PRAGMA temp_store=MEMORY", &ignored);
	if (!ok) {
		return false;
	}
	if (sqlite3_prepare_v2(conn, "PRAGMA wal_checkpoint(TRUNCATE)", -1, &handle,
		    NULL) != SQLITE_OK || sqlite3_step(handle) != SQLITE_ROW) {
		ok = fail(conn, err, _("the log could not be emptied"));
	} else if (sqlite3_column_int(handle, 0) != 0) {
		ok = error_set(err, ERR_LOCKED, _("somebody reads the desk: its log could not"
			" be emptied"));
	}
	(void)sqlite3_finalize(handle);
	return ok;
}

static bool
sqlite_integrity(void *conn, struct error *err)
{
	sqlite3_stmt *handle = NULL;
	const char *answer = "";
	bool ok;

	if (sqlite3_prepare_v2(conn, "PRAGMA integrity_check(1)", -1, &handle, NULL) != SQLITE_OK ||
	    sqlite3_step(handle) != SQLITE_ROW) {
		(void)fail(conn, err, _("the check of the file failed"));
		(void)sqlite3_finalize(handle);
		return false;
	}
	answer = (const char *)sqlite3_column_text(handle, 0);
	ok = answer != NULL && strcmp(answer, "ok") == 0;
	if (!ok) {
		(void)error_cause(err, ERR_IO, answer == NULL ? "" : answer,
			_("the desk's file is damaged; see `suco help restore`"));
	}
	(void)sqlite3_finalize(handle);
	return ok;
}

const struct db_driver db_sqlite = {
	.name = "sqlite",
	.open = sqlite_open,
	.close = sqlite_close,
	.prepare = sqlite_prepare,
	.finalize = sqlite_finalize,
	.bind = sqlite_bind,
	.step = sqlite_step,
	.reset = sqlite_reset,
	.column_int = sqlite_column_int,
	.column_text = sqlite_column_text,
	.column_blob = sqlite_column_blob,
	.column_null = sqlite_column_null,
	.columns = sqlite_columns,
	.column_name = sqlite_column_name,
	.script = sqlite_script,
	.changes = sqlite_changes,
	.data_version = sqlite_data_version,
	.backup = sqlite_backup,
	.restore_begin = sqlite_restore_begin,
	.restore_finish = sqlite_restore_finish,
	.compact = sqlite_compact,
	.integrity = sqlite_integrity,
	.busy_timeout = sqlite_busy_timeout,
};
