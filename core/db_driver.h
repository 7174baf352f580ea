/* db_driver.h - what a driver does for db.c.  The SQLite driver is linked in;
 * a module would be handed the same table and link nothing of core. */
#ifndef CORE_DB_DRIVER_H
#define CORE_DB_DRIVER_H

#include "core/db.h"

enum step {
	STEP_ROW, STEP_END, STEP_FAILED,
};

struct db_driver {
	const char *name;
	bool (*open)(void **conn, const char *url, unsigned flags, struct error *err);
	void (*close)(void *conn);
	/* NULL with *err on failure. */
	void *(*prepare)(void *conn, const struct sql *sql, struct error *err);
	void (*finalize)(void *handle);
	bool (*bind)(void *conn, void *handle, int number, const struct arg *arg,
		struct error *err);
	enum step (*step)(void *conn, void *handle, struct error *err);
	void (*reset)(void *handle);
	int64_t (*column_int)(void *handle, int column);
	const char *(*column_text)(void *handle, int column);
	const void *(*column_blob)(void *handle, int column, size_t *len);
	bool (*column_null)(void *handle, int column);
	int (*columns)(void *handle);
	const char *(*column_name)(void *handle, int column);
	bool (*script)(void *conn, const char *text, struct error *err);
	int64_t (*changes)(void *conn);
	int64_t (*data_version)(void *conn);
	bool (*backup)(void *conn, const char *path, struct error *err);
	bool (*restore_begin)(void *conn, const char *path, void **token,
		struct error *err);
	bool (*restore_finish)(void *conn, void *token, bool go, struct error *err);
	bool (*compact)(void *conn, struct error *err);
	bool (*integrity)(void *conn, struct error *err);
	void (*busy_timeout)(void *conn, int ms);
};

extern const struct db_driver db_sqlite;

#endif
