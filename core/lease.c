/* lease.c owns the row that says which engine leads. */
#include "core/lease.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"

SQL(LEASE_READ, "t",
	"SELECT holder, fence, expires_at FROM local_lease WHERE name = $1");
SQL(LEASE_WRITE, "ttii",
	"INSERT INTO local_lease (name, holder, fence, expires_at) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (name) DO UPDATE SET holder = excluded.holder,"
	" fence = excluded.fence, expires_at = excluded.expires_at");
SQL(LEASE_END, "ittii",
	"UPDATE local_lease SET expires_at = $1 WHERE name = $2 AND holder = $3"
	" AND fence = $4 AND expires_at > $5");
/* Counts are kept, not counted (TARGETS.md). */
SQL(WAITING, "",
	"SELECT COALESCE(SUM(value), 0) FROM kept_count"
	" WHERE name IN ('messages.queued', 'messages.unknown')");
SQL(WAITING_SINCE, "t",
	"SELECT queued_at FROM message WHERE is_open = 1 AND state = $1"
	" ORDER BY position LIMIT 1");

void
lease_holder(char out[LEASE_HOLDER_SIZE], const char *program)
{
	char host[65] = "";
	char salt[9];
	uint32_t bits;

	(void)gethostname(host, sizeof host - 1);
	random_bytes(&bits, sizeof bits);
	(void)snprintf(salt, sizeof salt, "%08x", bits);
	(void)snprintf(out, LEASE_HOLDER_SIZE, "%.40s on %.64s, process %ld (%s)", program,
		host, (long)getpid(), salt);
}

static bool
read_row(struct desk *desk, const char *name, struct lease *out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &LEASE_READ, TXT(name));

	*out = (struct lease){ 0 };
	if (stmt_row(st)) {
		(void)snprintf(out->holder, sizeof out->holder, "%s", stmt_text(st, 0));
		out->fence = stmt_int(st, 1);
		out->expires_at = stmt_int(st, 2);
	}
	return stmt_done(st, err);
}

static bool
is_ours(const struct lease *row, const struct lease *lease, int64_t now)
{
	return row->fence == lease->fence && row->expires_at > now &&
		strcmp(row->holder, lease->holder) == 0;
}

static bool
take(struct desk *desk, struct lease *lease, int64_t ms, bool *held,
	char other[LEASE_HOLDER_SIZE], struct error *err)
{
	int64_t now = desk_now(desk);
	struct lease row;

	if (!read_row(desk, lease->name, &row, err)) {
		return false;
	}
	*held = is_ours(&row, lease, now);
	/* No lease is longer: the clock was put back since, and whoever lives under it
	 * has prolonged his. */
	if (!*held && row.expires_at > now && row.expires_at - now <= LEASE_MOST_MS) {
		(void)snprintf(other, LEASE_HOLDER_SIZE, "%s", row.holder);
		return true;
	}
	if (!*held) {
		lease->fence = row.fence + 1;
	}
	*held = true;
	lease->expires_at = now + ms;
	return db_run(desk_db(desk), &LEASE_WRITE, err, TXT(lease->name),
		TXT(lease->holder), I64(lease->fence), I64(lease->expires_at));
}

bool
lease_take(struct desk *desk, struct lease *lease, int64_t ms, bool *held,
	char other[LEASE_HOLDER_SIZE], struct error *err)
{
	struct db *db = desk_db(desk);

	*held = false;
	other[0] = '\0';
	if (!db_begin(db, err)) {
		return false;
	}
	if (!take(desk, lease, ms, held, other, err)) {
		db_rollback(db);
		return false;
	}
	return db_commit(db, err);
}

bool
lease_check(struct desk *desk, const struct lease *lease, bool *held,
	struct error *err)
{
	struct lease row;

	if (!read_row(desk, lease->name, &row, err)) {
		return false;
	}
	*held = is_ours(&row, lease, desk_now(desk));
	return true;
}

bool
lease_give_back(struct desk *desk, struct lease *lease, struct error *err)
{
	int64_t now = desk_now(desk);

	lease->expires_at = 0;
	return db_run(desk_db(desk), &LEASE_END, err, I64(now), TXT(lease->name),
		TXT(lease->holder), I64(lease->fence), I64(now));
}

bool
lease_who(struct desk *desk, const char *name, char holder[LEASE_HOLDER_SIZE],
	struct error *err)
{
	struct lease row;

	if (!read_row(desk, name, &row, err)) {
		return false;
	}
	(void)snprintf(holder, LEASE_HOLDER_SIZE, "%s",
		row.expires_at > desk_now(desk) ? row.holder : "");
	return true;
}

static bool
oldest(struct db *db, const char *state, int64_t *since, struct error *err)
{
	int64_t at = 0;

	if (!db_one_int(db, &WAITING_SINCE, &at, err, TXT(state))) {
		return false;
	}
	if (at != 0 && (*since == 0 || at < *since)) {
		*since = at;
	}
	return true;
}

bool
engine_state(struct desk *desk, struct engine_state *out, struct error *err)
{
	char holder[LEASE_HOLDER_SIZE];
	struct db *db = desk_db(desk);

	*out = (struct engine_state){ 0 };
	if (!lease_who(desk, LEASE_ENGINE, holder, err)) {
		return false;
	}
	out->leads = holder[0] != '\0';
	return db_one_int(db, &WAITING, &out->waiting, err, NOARGS) &&
		oldest(db, "queued", &out->since, err) &&
		oldest(db, "unknown", &out->since, err);
}
