/* backup.c makes verified copies of a desk. */
#include "core/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/backup_file.h"
#include "core/change.h"
#include "core/db_file.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/shift_log.h"

SQL(FACT_PUT, "tti",
	"INSERT INTO local_fact (name, value, at) VALUES ($1, $2, $3)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at");
SQL(FACT_AT, "t", "SELECT at FROM local_fact WHERE name = $1");

#define LAST "backup"

/* The copy is a desk whose chain holds, or it is none. */
static bool
prove(const char *path, struct verify_result *proved, struct error *err)
{
	const struct desk_options options = {
		.url = path, .readonly = true, .any_schema = true,
	};
	struct verify_result result = { 0 };
	struct desk *copy = NULL;
	bool ok = desk_open(&copy, &options, err) && db_integrity(desk_db(copy), err) &&
		verify_chain(copy, NULL, &result, err);

	if (ok && !result.chain_ok) {
		ok = error_cause(err, ERR_FAULTS, result.first.text,
			_("the chain of %s is broken at event %lld"), path,
			(long long)result.first.seq);
	}
	desk_close(copy);
	if (ok && proved != NULL) {
		*proved = result;
	}
	return ok;
}

/* The file is ours from its first byte: never into one that is there. */
static bool
claim(const char *path, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0660);

	if (fd < 0 && errno == EEXIST) {
		return error_set(err, ERR_REFUSED, _("%s is there already: a backup never"
			" overwrites"), path);
	}
	if (fd < 0) {
		return error_errno(err, _("cannot make %s"), path);
	}
	(void)close(fd);
	return true;
}

bool
backup_copy(struct db *db, const char *path, struct verify_result *proved,
	struct error *err)
{
	if (!claim(path, err)) {
		return false;
	}
	if (!db_backup_to(db, path, err) || !prove(path, proved, err) ||
	    !backup_sync(path, err)) {
		backup_remove(path);
		return false;
	}
	return true;
}

bool
backup_note(struct desk *desk, const char *path, struct error *err)
{
	struct db *db = desk_db(desk);
	char *real = realpath(path, NULL);
	char *name = xasprintf("backup:%s", real == NULL ? path : real);
	bool ok = db_begin(db, err);

	if (ok) {
		ok = db_run(db, &FACT_PUT, err, TXT(name), TXT(""), I64(desk_now(desk))) &&
			db_run(db, &FACT_PUT, err, TXT(LAST), TXT(real == NULL ? path : real),
				I64(desk_now(desk)));
		if (ok) {
			ok = db_commit(db, err);
		} else {
			db_rollback(db);
		}
	}
	free(name);
	free(real);
	return ok;
}

bool
backup_last(struct desk *desk, int64_t *at, struct error *err)
{
	*at = 0;
	return db_one_int(desk_db(desk), &FACT_AT, at, err, TXT(LAST));
}

/* The name last, and never over another's file. */
static bool
give_name(const char *pending, const char *path, struct error *err)
{
	struct stat there;
	int rc = renameat2(AT_FDCWD, pending, AT_FDCWD, path, RENAME_NOREPLACE);

	if (rc != 0 && errno == EINVAL && lstat(path, &there) != 0) {
		/* A filesystem that knows no such flag. */
		rc = rename(pending, path);
	}
	if (rc != 0 && errno == EEXIST) {
		return error_set(err, ERR_REFUSED,
			_("%s is there already: a backup never overwrites"), path);
	}
	if (rc != 0) {
		return error_errno(err, _("cannot make %s"), path);
	}
	return backup_sync(path, err);
}

/* The shift log says that it was made. */
static bool
log_backup(struct desk *desk, const char *path, int64_t events, struct error *err)
{
	return change_begin(desk, err) &&
		change_end(desk, shift_log_backup(desk, path, events, err), err);
}

bool
backup_make(struct desk *desk, const char *path, struct backup_result *out,
	struct error *err)
{
	const char *live = backup_desk_path(desk);
	struct verify_result proved = { 0 };
	struct stat there;
	char *pending;
	bool ok;

	if (!desk_may(desk, ACT_BACKUP, err)) {
		return false;
	}
	if (path[0] == '\0' || strlen(path) > 480) {
		return error_set(err, ERR_BAD_INPUT, _("\"%.60s\" is no name for a backup"), path);
	}
	if (lstat(path, &there) == 0) {
		return error_set(err, ERR_REFUSED,
			_("%s is there already: a backup never overwrites"), path);
	}
	if (live != NULL && !backup_space(path, backup_size(live), err)) {
		return false;
	}
	pending = xasprintf("%s.part-%ld", path, (long)getpid());
	ok = backup_copy(desk_db(desk), pending, &proved, err);
	if (ok && !give_name(pending, path, err)) {
		backup_remove(pending);
		ok = false;
	}
	free(pending);
	if (!ok) {
		return false;
	}
	*out = (struct backup_result){ .events = proved.events, .bytes = backup_size(path) };
	memcpy(out->head, proved.head, HASH_SIZE);
	return desk_readonly(desk) || (backup_note(desk, path, err) &&
		log_backup(desk, path, proved.events, err));
}
