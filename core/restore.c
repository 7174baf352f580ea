/* restore.c puts a backup's content into the live desk.  What the desk will be is
 * made ready in a file beside it, proved, and only then copied in: at no moment
 * does a program see the backup's messages waiting to go out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/backup.h"
#include "core/backup_file.h"
#include "core/change.h"
#include "core/db_file.h"
#include "core/desk_private.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/outbox.h"
#include "core/shift_log.h"

SQL(HEAD_NOW, "", "SELECT seq, hash FROM head WHERE one = 1");
SQL(CASES_THERE, "", "SELECT COUNT(*) FROM cases");
SQL(LEASES, "", "SELECT name, holder, fence, expires_at FROM local_lease");
SQL(LEASE_CLEAR, "", "DELETE FROM local_lease WHERE name IS NOT NULL");
SQL(CLAIM_CLEAR, "", "DELETE FROM local_claim WHERE message_id IS NOT NULL");
SQL(LEASE_PUT, "ttii",
	"INSERT INTO local_lease (name, holder, fence, expires_at) VALUES ($1, $2, $3, $4)");
SQL(FACTS, "", "SELECT name, value, at FROM local_fact");
SQL(FACT_CLEAR, "", "DELETE FROM local_fact WHERE name IS NOT NULL");
SQL(FACT_PUT, "tti", "INSERT INTO local_fact (name, value, at) VALUES ($1, $2, $3)");

/* That a backup came in stands in the timeline of the desk. */
bool
apply_restored(const struct applying *a, struct error *err)
{
	(void)a;
	(void)err;
	return true;
}

struct head {
	int64_t seq;
	char hash[HASH_SIZE];
};

static bool
read_head(struct db *db, struct head *out, struct error *err)
{
	struct stmt *st = db_query(db, &HEAD_NOW, NOARGS);

	*out = (struct head){ 0 };
	if (stmt_row(st)) {
		const char *hash = stmt_text(st, 1);

		out->seq = stmt_int(st, 0);
		(void)snprintf(out->hash, sizeof out->hash, "%s", hash == NULL ? "" : hash);
	}
	return stmt_done(st, err);
}

/* A backup of another desk may only come into one that was never used. */
static bool
same_desk(struct desk *desk, const struct desk *backup, const char *path,
	struct error *err)
{
	int64_t cases = 0;

	if (strcmp(desk->id, backup->id) == 0) {
		return true;
	}
	if (!db_one_int(desk->db, &CASES_THERE, &cases, err, NOARGS)) {
		return false;
	}
	return cases == 0 || error_set(err, ERR_REFUSED,
		_("%s is of another desk (\"%s\"), and this one has cases of its own"), path,
		backup->name);
}

static bool
check_source(struct desk *desk, const char *path, struct verify_result *proved,
	struct error *err)
{
	const struct desk_options options = { .url = path, .readonly = true };
	struct desk *backup = NULL;
	bool ok = desk_open(&backup, &options, err) && same_desk(desk, backup, path, err) &&
		db_integrity(backup->db, err) && verify_chain(backup, NULL, proved, err);

	if (ok && !proved->chain_ok) {
		ok = error_cause(err, ERR_FAULTS, proved->first.text,
			_("%s is damaged: its chain is broken at event %lld; nothing was changed"),
			path, (long long)proved->first.seq);
	}
	desk_close(backup);
	return ok;
}

/* What belongs to this place and not to the content: who leads the delivery, and
 * which backups there are. */
static bool
keep_local(struct db *to, struct db *from, struct error *err)
{
	struct stmt *st;
	bool ok = true;

	if (!db_begin(to, err)) {
		return false;
	}
	if (!db_run(to, &LEASE_CLEAR, err, NOARGS) || !db_run(to, &FACT_CLEAR, err, NOARGS) ||
	    !db_run(to, &CLAIM_CLEAR, err, NOARGS)) {
		db_rollback(to);
		return false;
	}
	st = db_query(from, &LEASES, NOARGS);
	while (ok && stmt_row(st)) {
		ok = db_run(to, &LEASE_PUT, err, TXT(stmt_text(st, 0)), TXT(stmt_text(st, 1)),
			I64(stmt_int(st, 2)), I64(stmt_int(st, 3)));
	}
	ok = stmt_done(st, err) && ok;
	st = db_query(from, &FACTS, NOARGS);
	while (ok && stmt_row(st)) {
		ok = db_run(to, &FACT_PUT, err, TXT(stmt_text(st, 0)), TXT(stmt_text(st, 1)),
			I64(stmt_int(st, 2)));
	}
	ok = stmt_done(st, err) && ok;
	if (!ok) {
		db_rollback(to);
		return false;
	}
	return db_commit(to, err);
}

struct holding {
	struct desk *desk;
	int held;
	struct error *err;
	bool ok;
};

/* Nobody knows what has gone out since the backup: a person looks first. */
static bool
hold_one(const struct message *m, void *arg)
{
	struct holding *h = arg;

	if (strcmp(m->state, "held") != 0 && strcmp(m->state, "failed") != 0) {
		h->ok = outbox_set(h->desk, m, "held", N_("the desk was restored from a backup"),
			m->reply, h->err);
		h->held++;
	}
	return h->ok;
}

static bool
hold_messages(struct desk *ready, int *held, struct error *err)
{
	const struct outbox_filter open = { .open_only = true, .limit = INT32_MAX };
	struct holding h = { .desk = ready, .err = err, .ok = true };
	bool ok = outbox_each(ready, &open, hold_one, &h, err) && h.ok;

	*held = h.held;
	return ok;
}

/* The event that ends the old content and begins the new. */
static bool
append_restored(struct desk *ready, const struct desk *live, const struct head *was,
	const struct verify_result *proved, const char *path, struct restore_result *out,
	struct error *err)
{
	const char *slash = strrchr(path, '/');
	struct json *body;
	bool ok;

	ready->actor = live->actor;
	ready->me = live->me;
	if (!change_begin(ready, err)) {
		return false;
	}
	body = json_object();
	json_set_text(body, "file", slash == NULL ? path : slash + 1);
	json_set_text(body, "head", proved->head);
	json_set_int(body, "seq", proved->events);
	json_set_text(body, "head_was", was->hash);
	json_set_int(body, "seq_was", was->seq);
	slash = strrchr(out->saved, '/');
	json_set_text(body, "saved", slash == NULL ? out->saved : slash + 1);
	change_add(ready, "restored", NULL, body);
	ok = hold_messages(ready, &out->held, err) &&
		shift_log_restore(ready, slash == NULL ? out->saved : slash + 1, err);
	return change_end(ready, ok, err);
}

/* What was appended there counts as this desk's last change. */
static void
hand_over_appended(struct desk *live, struct desk *ready)
{
	free(live->change.appended);
	live->change.appended = ready->change.appended;
	live->change.appended_count = ready->change.appended_count;
	live->change.appended_cap = ready->change.appended_cap;
	ready->change.appended = NULL;
}

static bool
make_ready(struct desk *live, const char *path, const char *pending,
	const struct head *was, const struct verify_result *proved,
	struct restore_result *out, struct error *err)
{
	const struct desk_options from = { .url = path, .readonly = true };
	const struct desk_options to = { .url = pending, .clock = live->clock };
	struct desk *backup = NULL;
	struct desk *ready = NULL;
	bool ok = desk_open(&backup, &from, err) &&
		backup_copy(backup->db, pending, NULL, err);

	desk_close(backup);
	ok = ok && desk_open(&ready, &to, err) && keep_local(ready->db, live->db, err) &&
		append_restored(ready, live, was, proved, path, out, err);
	if (ok) {
		hand_over_appended(live, ready);
	}
	desk_close(ready);
	return ok;
}

/* Under the lock: the live desk must still be the one that the event speaks of,
 * and is saved as it is now. */
static bool
save_present(const struct desk *live, const struct head *was, const char *saved,
	struct error *err)
{
	struct db *reader = NULL;
	struct head now;
	bool ok = db_open(&reader, backup_desk_path(live), DB_READONLY, err) &&
		read_head(reader, &now, err);

	if (ok && (now.seq != was->seq || strcmp(now.hash, was->hash) != 0)) {
		ok = error_set(err, ERR_CONFLICT,
			_("somebody worked on the desk just now; nothing was changed: try again"));
	}
	ok = ok && backup_copy(reader, saved, NULL, err);
	db_close(reader);
	return ok;
}

static bool
copy_in(struct desk *live, const char *pending, const struct head *was,
	const char *saved, struct error *err)
{
	struct db_restore *restore;
	struct error ignored;

	if (!db_restore_begin(&restore, live->db, pending, err)) {
		return false;
	}
	if (!save_present(live, was, saved, err)) {
		(void)db_restore_finish(restore, false, &ignored);
		return false;
	}
	return db_restore_finish(restore, true, err);
}

/* The handle goes on with what the desk says now. */
static bool
read_again(struct desk *live, struct error *err)
{
	struct actor actor = live->actor;
	struct actor me = live->me;
	bool ok;

	zone_free(live->zone);
	live->zone = NULL;
	ok = desk_read_facts(live, err);
	live->actor = actor;
	live->me = me;
	return ok;
}

static bool
restore_with(struct desk *live, const char *path, const char *pending,
	struct restore_result *out, struct error *err)
{
	const char *own = backup_desk_path(live);
	struct verify_result proved = { 0 };
	struct head was;
	char *wanted;

	if (!check_source(live, path, &proved, err) || !read_head(live->db, &was, err) ||
	    !backup_space(own, backup_size(own) + 2 * backup_size(path), err)) {
		return false;
	}
	wanted = xasprintf("%s.before-restore", own);
	backup_free_name(out->saved, wanted, 1);
	free(wanted);
	memcpy(out->head, proved.head, HASH_SIZE);
	memcpy(out->head_was, was.hash, HASH_SIZE);
	out->seq = proved.events;
	out->seq_was = was.seq;
	return make_ready(live, path, pending, &was, &proved, out, err) &&
		copy_in(live, pending, &was, out->saved, err) && read_again(live, err) &&
		backup_note(live, out->saved, err);
}

static bool
same_file(const char *one, const char *other)
{
	struct stat a;
	struct stat b;

	return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
		a.st_ino == b.st_ino;
}

bool
backup_restore(struct desk *desk, const char *path, struct restore_result *out,
	struct error *err)
{
	const char *own = backup_desk_path(desk);
	char *pending;
	bool ok;

	if (!desk_may(desk, ACT_RESTORE, err)) {
		return false;
	}
	if (own != NULL && same_file(own, path)) {
		return error_set(err, ERR_BAD_INPUT, _("%s is this desk itself"), path);
	}
	if (own == NULL || desk_readonly(desk)) {
		return error_set(err, ERR_REFUSED,
			_("this desk cannot be restored into: it is no file, or open for reading"));
	}
	*out = (struct restore_result){ 0 };
	pending = xasprintf("%s.restore-%ld", own, (long)getpid());
	ok = restore_with(desk, path, pending, out, err);
	backup_remove(pending);
	free(pending);
	return ok;
}
