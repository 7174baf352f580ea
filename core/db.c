/* db.c owns the statements that are kept prepared, the errors that stick to
 * them, and the write transaction.  The engine's calls are the driver's. */
#include "core/db.h"
#include "core/db_file.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/db_driver.h"
#include "core/i18n.h"
#include "core/mem.h"

/* A hash table of prepared statements, keyed by the text's address: constants,
 * and composed texts that db_intern() keeps. */
#define SLOTS 512

struct stmt {
	struct db *db;
	const struct sql *sql;
	void *handle; /* the driver's; NULL if prepare failed */
	bool busy;    /* between db_query and stmt_done */
	bool failed;
	struct error err;
	struct stmt *next; /* same slot */
};

/* A composed statement's text; see db_intern(). */
struct interned {
	struct sql sql;
	struct interned *next;
};

struct db {
	const struct db_driver *driver;
	struct interned *interned;
	void *conn;
	bool in_transaction;
	int readers; /* db_read_begin() without its end */
	struct stmt *slots[SLOTS];
};

SQL_SQLITE(SQL_BEGIN, "", "BEGIN IMMEDIATE");
SQL_POSTGRESQL(SQL_BEGIN_PG, "", "BEGIN");
SQL_SQLITE(SQL_READ, "", "BEGIN DEFERRED");
SQL_POSTGRESQL(SQL_READ_PG, "", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
SQL(SQL_COMMIT, "", "COMMIT");
SQL(SQL_ROLLBACK, "", "ROLLBACK");

bool
db_open(struct db **out, const char *url, unsigned flags, struct error *err)
{
	struct db *db;
	void *conn;

	if (strncmp(url, "postgresql:", 11) == 0 || strncmp(url, "postgres:", 9) == 0) {
		return error_cause(err, ERR_UNAVAILABLE,
			_("the PostgreSQL driver is not part of this build"),
			_("cannot open the desk %s"), url);
	}
	if (strncmp(url, "sqlite:", 7) == 0) {
		url += 7;
	}
	if (!db_sqlite.open(&conn, url, flags, err)) {
		return false;
	}
	db = xcalloc(1, sizeof *db);
	db->driver = &db_sqlite;
	db->conn = conn;
	*out = db;
	return true;
}

void
db_close(struct db *db)
{
	if (db == NULL) {
		return;
	}
	if (db->in_transaction) {
		db_rollback(db);
	}
	for (size_t i = 0; i < SLOTS; i++) {
		struct stmt *next;

		for (struct stmt *st = db->slots[i]; st != NULL; st = next) {
			next = st->next;
			if (st->handle != NULL) {
				db->driver->finalize(st->handle);
			}
			free(st);
		}
	}
	for (struct interned *in = db->interned, *next; in != NULL; in = next) {
		next = in->next;
		free((void *)(uintptr_t)in->sql.text);
		free((void *)(uintptr_t)in->sql.types);
		free(in);
	}
	db->driver->close(db->conn);
	free(db);
}

const char *
db_engine(const struct db *db)
{
	return db->driver->name;
}

const struct sql *
db_intern(struct db *db, const char *types, const char *text)
{
	struct interned *in;

	for (in = db->interned; in != NULL; in = in->next) {
		if (strcmp(in->sql.text, text) == 0) {
			return &in->sql;
		}
	}
	in = xcalloc(1, sizeof *in);
	in->sql.name = "composed";
	in->sql.types = xstrdup(types);
	in->sql.text = xstrdup(text);
	in->next = db->interned;
	db->interned = in;
	return &in->sql;
}

static struct stmt **
slot_of(struct db *db, const struct sql *sql)
{
	return &db->slots[((uintptr_t)sql->text >> 3) % SLOTS];
}

/* A statement may be asked for again while its rows are being read (a
 * recursive walk): then a second one is prepared and kept beside it. */
static struct stmt *
kept(struct db *db, const struct sql *sql)
{
	struct stmt **slot = slot_of(db, sql);
	struct stmt *st;

	for (st = *slot; st != NULL; st = st->next) {
		if (st->sql->text == sql->text && !st->busy) {
			return st;
		}
	}
	st = xcalloc(1, sizeof *st);
	st->db = db;
	st->sql = sql;
	st->next = *slot;
	*slot = st;
	return st;
}

struct stmt *
db_query_args(struct db *db, const struct sql *sql, const struct arg *args)
{
	struct stmt *st = kept(db, sql);
	int n = 0;

	st->busy = true;
	st->failed = false;
	st->err.code = ERR_NONE;
	if (st->handle == NULL) {
		st->handle = db->driver->prepare(db->conn, sql, &st->err);
		st->failed = st->handle == NULL;
	}
	for (; args[n].type != 0; n++) {
		assert(sql->types[n] != '\0');
		assert(args[n].type == 'n' || args[n].type == sql->types[n]);
		if (!st->failed &&
		    !db->driver->bind(db->conn, st->handle, n + 1, &args[n], &st->err)) {
			st->failed = true;
		}
	}
	assert(sql->types[n] == '\0');
	return st;
}

bool
stmt_row(struct stmt *st)
{
	enum step step;

	if (st->failed) {
		return false;
	}
	step = st->db->driver->step(st->db->conn, st->handle, &st->err);
	st->failed = step == STEP_FAILED;
	return step == STEP_ROW;
}

bool
stmt_done(struct stmt *st, struct error *err)
{
	bool ok = !st->failed;

	if (st->handle != NULL) {
		st->db->driver->reset(st->handle);
	}
	st->busy = false;
	if (!ok) {
		*err = st->err;
	}
	return ok;
}

bool
db_run_args(struct db *db, const struct sql *sql, const struct arg *args,
	struct error *err)
{
	struct stmt *st = db_query_args(db, sql, args);

	while (stmt_row(st)) {
	}
	return stmt_done(st, err);
}

int64_t
stmt_int(struct stmt *st, int column)
{
	return st->db->driver->column_int(st->handle, column);
}

const char *
stmt_text(struct stmt *st, int column)
{
	return st->db->driver->column_text(st->handle, column);
}

char *
stmt_dup(struct stmt *st, int column)
{
	return xstrdup(stmt_text(st, column));
}

char *
stmt_own(struct stmt *st, int column)
{
	const char *text = stmt_text(st, column);

	return xstrdup(text == NULL ? "" : text);
}

void
stmt_put(char *out, size_t size, struct stmt *st, int column)
{
	const char *text = stmt_text(st, column);

	(void)snprintf(out, size, "%s", text == NULL ? "" : text);
}

const void *
stmt_blob(struct stmt *st, int column, size_t *len)
{
	return st->db->driver->column_blob(st->handle, column, len);
}

bool
stmt_null(struct stmt *st, int column)
{
	return st->db->driver->column_null(st->handle, column);
}

int
stmt_columns(struct stmt *st)
{
	return st->failed ? 0 : st->db->driver->columns(st->handle);
}

const char *
stmt_column_name(struct stmt *st, int column)
{
	return st->db->driver->column_name(st->handle, column);
}

bool
db_one_int_args(struct db *db, const struct sql *sql, const struct arg *args,
	int64_t *out, struct error *err)
{
	struct stmt *st = db_query_args(db, sql, args);

	if (stmt_row(st)) {
		*out = stmt_int(st, 0);
	}
	return stmt_done(st, err);
}

bool
db_one_text_args(struct db *db, const struct sql *sql, const struct arg *args,
	char **out, struct error *err)
{
	struct stmt *st = db_query_args(db, sql, args);
	char *text = NULL;

	if (stmt_row(st)) {
		text = stmt_dup(st, 0);
	}
	if (!stmt_done(st, err)) {
		free(text);
		return false;
	}
	*out = text;
	return true;
}

static bool
is_sqlite(const struct db *db)
{
	return strcmp(db_engine(db), "sqlite") == 0;
}

bool
db_read_begin(struct db *db, struct error *err)
{
	if (!db->in_transaction && db->readers == 0 &&
	    !db_run(db, is_sqlite(db) ? &SQL_READ : &SQL_READ_PG, err, NOARGS)) {
		return false;
	}
	db->readers++;
	return true;
}

void
db_read_end(struct db *db)
{
	struct error ignored;

	assert(db->readers > 0);
	if (--db->readers == 0 && !db->in_transaction) {
		(void)db_run(db, &SQL_COMMIT, &ignored, NOARGS);
	}
}

bool
db_begin(struct db *db, struct error *err)
{
	assert(!db->in_transaction && db->readers == 0);
	if (!db_run(db, is_sqlite(db) ? &SQL_BEGIN : &SQL_BEGIN_PG, err, NOARGS)) {
		return false;
	}
	db->in_transaction = true;
	return true;
}

bool
db_commit(struct db *db, struct error *err)
{
	assert(db->in_transaction);
	if (!db_run(db, &SQL_COMMIT, err, NOARGS)) {
		db_rollback(db);
		return false;
	}
	db->in_transaction = false;
	return true;
}

void
db_rollback(struct db *db)
{
	struct error ignored;

	/* Some failures have rolled back already: then this says so, and the
	 * end is the same. */
	(void)db_run(db, &SQL_ROLLBACK, &ignored, NOARGS);
	db->in_transaction = false;
}

bool
db_in_transaction(const struct db *db)
{
	return db->in_transaction;
}

int64_t
db_changes(const struct db *db)
{
	return db->driver->changes(db->conn);
}

bool
db_script(struct db *db, const char *text, struct error *err)
{
	return db->driver->script(db->conn, text, err);
}

int64_t
db_data_version(struct db *db)
{
	return db->driver->data_version(db->conn);
}

bool
db_backup_to(struct db *db, const char *to, struct error *err)
{
	return db->driver->backup(db->conn, to, err);
}

struct db_restore {
	struct db *db;
	void *token; /* the driver's */
};

bool
db_restore_begin(struct db_restore **out, struct db *db, const char *from,
	struct error *err)
{
	void *token;

	assert(!db->in_transaction);
	if (!db->driver->restore_begin(db->conn, from, &token, err)) {
		return false;
	}
	*out = xcalloc(1, sizeof **out);
	**out = (struct db_restore){ .db = db, .token = token };
	return true;
}

bool
db_restore_finish(struct db_restore *restore, bool go, struct error *err)
{
	bool ok = restore->db->driver->restore_finish(restore->db->conn, restore->token, go,
		err);

	free(restore);
	return ok;
}

bool
db_compact(struct db *db, struct error *err)
{
	assert(!db->in_transaction);
	return db->driver->compact(db->conn, err);
}

bool
db_integrity(struct db *db, struct error *err)
{
	return db->driver->integrity(db->conn, err);
}

void
db_busy_timeout(struct db *db, int ms)
{
	db->driver->busy_timeout(db->conn, ms);
}
