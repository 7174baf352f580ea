/* refusal.c counts refusals by source, in rows that go with the day. */
#include "core/refusal.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#define FREE 5
#define FIRST_MS 1000LL
#define MOST_MS (5 * 60 * 1000LL)
#define FORGET_MS (24 * 3600 * 1000LL)

SQL(REFUSED_BEFORE, "t", "SELECT count, until FROM local_refusal WHERE source = $1");
SQL(REFUSED_AGAIN, "tiii",
	"INSERT INTO local_refusal (source, count, since, until) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (source) DO UPDATE SET count = excluded.count, until = excluded.until");
SQL(REFUSED_SWEEP, "i", "DELETE FROM local_refusal WHERE until < $1 AND since < $1");

static int64_t
wait_of(int64_t count)
{
	int64_t wait = FIRST_MS;

	if (count <= FREE) {
		return 0;
	}
	for (int64_t i = FREE + 1; i < count && wait < MOST_MS; i++) {
		wait *= 2;
	}
	return wait < MOST_MS ? wait : MOST_MS;
}

static bool
write(struct desk *desk, const char *source, int64_t count, int64_t until,
	struct error *err)
{
	struct db *db = desk_db(desk);
	int64_t now = desk_now(desk);

	if (!db_begin(db, err)) {
		return false;
	}
	if (!db_run(db, &REFUSED_SWEEP, err, I64(now - FORGET_MS)) ||
	    !db_run(db, &REFUSED_AGAIN, err, TXT(source), I64(count), I64(now), I64(until))) {
		db_rollback(db);
		return false;
	}
	return db_commit(db, err);
}

bool
refusal_add(struct desk *desk, const char *source, int64_t *wait_ms, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &REFUSED_BEFORE, TXT(source));
	int64_t now = desk_now(desk);
	int64_t count = 0;
	int64_t until = 0;

	if (stmt_row(st)) {
		count = stmt_int(st, 0);
		until = stmt_int(st, 1);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (until < now - FORGET_MS) {
		count = 0;
	}
	*wait_ms = until - now;
	if (until > now && until - now <= MOST_MS) {
		return true;
	}
	*wait_ms = wait_of(count + 1);
	return write(desk, source, count + 1, now + *wait_ms, err);
}

void
refusal_source(char out[REFUSAL_SOURCE_SIZE], const char *door, const char *address)
{
	struct in6_addr six;
	char net[INET6_ADDRSTRLEN];

	if (inet_pton(AF_INET6, address, &six) == 1 && !IN6_IS_ADDR_V4MAPPED(&six)) {
		memset(six.s6_addr + 8, 0, 8);
		(void)inet_ntop(AF_INET6, &six, net, sizeof net);
		(void)snprintf(out, REFUSAL_SOURCE_SIZE, "%s:%s/64", door, net);
		return;
	}
	(void)snprintf(out, REFUSAL_SOURCE_SIZE, "%s:%.46s", door, address);
}
