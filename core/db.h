/* db.h - a database over a driver (SQLite today; a module for PostgreSQL).
 *
 * Statements are prepared once and kept.  Errors stick to a statement: bind
 * and step after a failure do nothing, stmt_done() reports.  One handle is
 * used by one thread. */
#ifndef CORE_DB_H
#define CORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/sql.h"

struct db;
struct stmt;

enum db_flags {
	DB_CREATE = 1 << 0,   /* make the file; it must not be there */
	DB_READONLY = 1 << 1,
};

/* url: a path, "sqlite:PATH", or ":memory:". */
bool db_open(struct db **out, const char *url, unsigned flags, struct error *err);
void db_close(struct db *db); /* NULL is allowed */

/* A parameter. */
struct arg {
	char type; /* i, t, b, or 0 after the last */
	int64_t number;
	const void *bytes; /* t: text, NULL is SQL NULL; b: bytes */
	size_t len;
};
#define I64(value) ((struct arg){ .type = 'i', .number = (value) })
#define TXT(value) ((struct arg){ .type = 't', .bytes = (value) })
#define BLOB(data, size) ((struct arg){ .type = 'b', .bytes = (data), .len = (size) })
/* NULL for an integer parameter. */
#define I64_NULL ((struct arg){ .type = 'n' })
/* An integer, or NULL where it is 0: times that may be absent. */
#define TIME(value) ((value) == 0 ? I64_NULL : I64(value))
#define NOARGS ((struct arg){ .type = 0 })

/* Prepares (or takes the kept one), resets and binds. Never NULL.
 *	struct stmt *st = db_query(db, &CASE_BY_ID, TXT(id));
 *	while (stmt_row(st)) { ... }
 *	return stmt_done(st, err); */
#define db_query(db, sql, ...) \
	db_query_args(db, sql, (const struct arg[]){ __VA_ARGS__, NOARGS })
struct stmt *db_query_args(struct db *db, const struct sql *sql, const struct arg *args);

/* "sqlite" or "postgresql". */
const char *db_engine(const struct db *db);

/* A text composed from constant fragments (never from values), kept by the
 * handle so that it is prepared once. */
const struct sql *db_intern(struct db *db, const char *types, const char *text);

/* Runs a statement that gives no rows. */
#define db_run(db, sql, err, ...) \
	db_run_args(db, sql, (const struct arg[]){ __VA_ARGS__, NOARGS }, err)
bool db_run_args(struct db *db, const struct sql *sql, const struct arg *args,
	struct error *err);

/* Steps to the next row; false at the end or on an error. */
bool stmt_row(struct stmt *st);
/* Releases the statement; false if prepare, bind or a step failed. */
bool stmt_done(struct stmt *st, struct error *err);

int64_t stmt_int(struct stmt *st, int column);      /* NULL gives 0 */
/* NULL gives NULL; borrowed until the next row. */
const char *stmt_text(struct stmt *st, int column);
char *stmt_dup(struct stmt *st, int column);        /* the caller frees; NULL gives NULL */
/* The same with "" for NULL: a copy of the caller's, or cut to size into out. */
char *stmt_own(struct stmt *st, int column);
void stmt_put(char *out, size_t size, struct stmt *st, int column);
const void *stmt_blob(struct stmt *st, int column, size_t *len);
bool stmt_null(struct stmt *st, int column);
int stmt_columns(struct stmt *st);
const char *stmt_column_name(struct stmt *st, int column);

/* One number: *out keeps its value where there is no row. */
#define db_one_int(db, sql, out, err, ...) \
	db_one_int_args(db, sql, (const struct arg[]){ __VA_ARGS__, NOARGS }, out, err)
bool db_one_int_args(struct db *db, const struct sql *sql, const struct arg *args,
	int64_t *out, struct error *err);
/* One text: *out (the caller's) is NULL where there is no row. */
#define db_one_text(db, sql, out, err, ...) \
	db_one_text_args(db, sql, (const struct arg[]){ __VA_ARGS__, NOARGS }, out, err)
bool db_one_text_args(struct db *db, const struct sql *sql, const struct arg *args,
	char **out, struct error *err);

/* Write transactions: BEGIN IMMEDIATE; not nested. */
bool db_begin(struct db *db, struct error *err);
bool db_commit(struct db *db, struct error *err);
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

/* All that is read between these is of one moment, whatever others commit
 * meanwhile.  Inside a write transaction they do nothing.  Keep it short: an open
 * one holds the log's checkpoint up. */
bool db_read_begin(struct db *db, struct error *err);
void db_read_end(struct db *db);
/* Rows changed by the last statement. */
int64_t db_changes(const struct db *db);

/* Several statements of one text: schema and maintenance. */
bool db_script(struct db *db, const char *text, struct error *err);

/* A number that changes when another connection commits (the only polling). */
int64_t db_data_version(struct db *db);

/* How long to wait for another writer, in ms (default 5000). */
void db_busy_timeout(struct db *db, int ms);

#endif
