/* upgrade.c brings a desk of an older schema to this program's: the events are
 * copied as they are, every other row is written anew by applying them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/backup.h"
#include "core/backup_file.h"
#include "core/db_file.h"
#include "core/desk_private.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/verify.h"

SQL(SCHEMA_NUMBER, "", "SELECT schema_number FROM head WHERE one = 1");
SQL(MEMBERS_ACTIVE, "", "SELECT COUNT(*) FROM member WHERE active = 1");
SQL(EVENTS_ALL, "", "SELECT " EVENT_COLUMNS " FROM event ORDER BY seq");
SQL(BLOBS_ALL, "", "SELECT hash, part, bytes FROM evidence_blob ORDER BY hash, part");
SQL(BLOB_PUT, "tib", "INSERT INTO evidence_blob (hash, part, bytes) VALUES ($1, $2, $3)");
SQL(FACTS_ALL, "", "SELECT name, value, at FROM local_fact");
SQL(FACT_PUT, "tti", "INSERT INTO local_fact (name, value, at) VALUES ($1, $2, $3)");
SQL(HEAD_LAST, "", "SELECT seq, hash, recorded_at FROM event ORDER BY seq DESC LIMIT 1");
SQL(HEAD_PUT, "iti",
	"UPDATE head SET seq = $1, hash = $2, recorded_at = $3 WHERE one = 1");
SQL(EVENT_SEQ, "", "SELECT seq FROM head WHERE one = 1");

static bool
may_upgrade(struct desk *desk, struct error *err)
{
	int64_t members = 0;

	if (desk->me.role >= act_rows[ACT_UPGRADE].least) {
		return true;
	}
	return db_one_int(desk->db, &MEMBERS_ACTIVE, &members, err, NOARGS) &&
		(members == 1 || desk_may(desk, ACT_UPGRADE, err));
}

static bool
copy_events(struct db *to, struct db *from, const struct progress *progress,
	struct error *err)
{
	struct progress_part part = progress_begin(progress, N_("copying the events"), from);
	struct stmt *st = db_query(from, &EVENTS_ALL, NOARGS);
	bool ok = true;

	while (ok && stmt_row(st)) {
		struct event event = { 0 };

		ok = event_from_row(&event, st) || error_set(err, ERR_FAULTS,
			_("event %lld is damaged; run `suco verify` with the suco that made this"
			  " desk"), (long long)event.seq);
		ok = ok && event_insert(to, &event, err);
		event_clear(&event);
		progress_one(&part);
	}
	return stmt_done(st, ok ? err : &(struct error){ 0 }) && ok;
}

static bool
copy_blobs(struct db *to, struct db *from, struct error *err)
{
	struct stmt *st = db_query(from, &BLOBS_ALL, NOARGS);
	bool ok = true;

	while (ok && stmt_row(st)) {
		size_t len = 0;
		const void *bytes = stmt_blob(st, 2, &len);

		ok = db_run(to, &BLOB_PUT, err, TXT(stmt_text(st, 0)), I64(stmt_int(st, 1)),
			BLOB(bytes, len));
	}
	return stmt_done(st, ok ? err : &(struct error){ 0 }) && ok;
}

static bool
copy_facts(struct db *to, struct db *from, struct error *err)
{
	struct stmt *st = db_query(from, &FACTS_ALL, NOARGS);
	bool ok = true;

	while (ok && stmt_row(st)) {
		ok = db_run(to, &FACT_PUT, err, TXT(stmt_text(st, 0)), TXT(stmt_text(st, 1)),
			I64(stmt_int(st, 2)));
	}
	return stmt_done(st, ok ? err : &(struct error){ 0 }) && ok;
}

static bool
set_head(struct db *to, struct error *err)
{
	struct stmt *st = db_query(to, &HEAD_LAST, NOARGS);
	char hash[HASH_SIZE] = "";
	int64_t seq = 0;
	int64_t at = 0;

	if (stmt_row(st)) {
		seq = stmt_int(st, 0);
		(void)snprintf(hash, sizeof hash, "%s", stmt_text(st, 1));
		at = stmt_int(st, 2);
	}
	return stmt_done(st, err) &&
		db_run(to, &HEAD_PUT, err, I64(seq), TXT(hash), I64(at));
}

/* Leases, claims and tries stay behind: the engine takes them anew. */
static bool
copy_truth(struct db *to, struct db *from, const struct progress *progress,
	struct error *err)
{
	if (!db_begin(to, err)) {
		return false;
	}
	if (!copy_events(to, from, progress, err) || !copy_blobs(to, from, err) ||
	    !copy_facts(to, from, err) || !set_head(to, err)) {
		db_rollback(to);
		return false;
	}
	return db_commit(to, err);
}

static bool
rebuild(struct desk *old, const char *pending, struct error *err)
{
	struct fault bad = { 0 };
	struct db *fresh = NULL;
	bool ok;

	if (!desk_file(&fresh, pending, old->id, err)) {
		return false;
	}
	ok = copy_truth(fresh, old->db, old->progress, err) &&
		replay_into(fresh, old->db, old->progress, &bad, err);
	if (!ok && bad.seq != 0) {
		ok = error_cause(err, ERR_FAULTS, bad.text,
			_("event %lld cannot be applied; the desk stays as it was"),
			(long long)bad.seq);
	}
	db_close(fresh);
	return ok && backup_sync(pending, err);
}

/* What was rebuilt must be whole, and the old desk the one that it was made of. */
static bool
swap(struct desk *old, const char *pending, int64_t seq, const char *saved,
	struct error *err)
{
	struct db_restore *restore;
	struct db *reader = NULL;
	struct error ignored;
	int64_t now = 0;
	bool ok;

	if (!db_restore_begin(&restore, old->db, pending, err)) {
		return false;
	}
	ok = db_open(&reader, backup_desk_path(old), DB_READONLY, err) &&
		db_one_int(reader, &EVENT_SEQ, &now, err, NOARGS);
	if (ok && now != seq) {
		ok = error_set(err, ERR_CONFLICT,
			_("somebody worked on the desk just now; nothing was changed: try again"));
	}
	ok = ok && backup_copy(reader, saved, NULL, err);
	db_close(reader);
	if (!ok) {
		(void)db_restore_finish(restore, false, &ignored);
		return false;
	}
	return db_restore_finish(restore, true, err);
}

static bool
prove_whole(const char *pending, const struct progress *progress, struct error *err)
{
	const struct desk_options options = { .url = pending, .readonly = true,
		.progress = progress };
	struct verify_result result = { 0 };
	struct desk *fresh = NULL;
	bool ok = desk_open(&fresh, &options, err) &&
		verify_chain(fresh, NULL, &result, err) && verify_replay(fresh, &result, err);

	desk_close(fresh);
	if (ok && result.faults > 0) {
		ok = error_cause(err, ERR_FAULTS, result.first.text,
			_("the desk is not whole at event %lld %s; it stays as it was"),
			(long long)result.first.seq, result.first.table);
	}
	return ok;
}

static bool
upgrade_file(struct desk *old, int64_t number, struct upgrade_result *out,
	struct error *err)
{
	const char *path = backup_desk_path(old);
	char *pending = xasprintf("%s.upgrade-%ld", path, (long)getpid());
	char *wanted = xasprintf("%s.before-%lld", path, (long long)number);
	int64_t seq = 0;
	bool ok;

	backup_free_name(out->saved, wanted, 0);
	ok = backup_space(path, 3 * backup_size(path), err) &&
		db_one_int(old->db, &EVENT_SEQ, &seq, err, NOARGS) &&
		rebuild(old, pending, err) && prove_whole(pending, old->progress, err) &&
		swap(old, pending, seq, out->saved, err) && backup_note(old, out->saved, err);
	backup_remove(pending);
	free(pending);
	free(wanted);
	return ok;
}

bool
desk_upgrade(const struct desk_options *options, struct upgrade_result *out,
	struct error *err)
{
	struct desk_options any = *options;
	struct desk *desk = NULL;
	int64_t number = DESK_SCHEMA;
	bool ok;

	any.any_schema = true;
	if (!desk_open(&desk, &any, err)) {
		return false;
	}
	*out = (struct upgrade_result){ .to = DESK_SCHEMA };
	ok = may_upgrade(desk, err) &&
		db_one_int(desk->db, &SCHEMA_NUMBER, &number, err, NOARGS);
	out->from = number;
	if (ok && number < DESK_SCHEMA) {
		ok = backup_desk_path(desk) == NULL
			? error_set(err, ERR_REFUSED, _("only a desk in a file is upgraded"))
			: upgrade_file(desk, number, out, err);
	}
	desk_close(desk);
	return ok;
}
