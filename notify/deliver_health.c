/* deliver_health.c knows whether a channel works.  While it does not, its
 * messages are not tried; one of them is, as a probe, on the retry ladder. */
#include <stdio.h>
#include <string.h>

#include "core/change.h"
#include "core/json.h"
#include "notify/deliver_private.h"
#include "notify/ladder.h"

#define OK_NOTED_MS 60000 /* how stale "last success" may be */

SQL(CHANNEL_READ, "t",
	"SELECT state, since, tries, next_at, last_ok_at, reply FROM local_channel"
	" WHERE name = $1");
SQL(CHANNEL_WRITE, "ttiiiti",
	"INSERT INTO local_channel (name, state, since, tries, next_at, reply, last_ok_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO UPDATE SET"
	" state = excluded.state, since = excluded.since, tries = excluded.tries,"
	" next_at = excluded.next_at, reply = excluded.reply,"
	" last_ok_at = COALESCE(excluded.last_ok_at, local_channel.last_ok_at)");

bool
health_load(struct deliver *d, struct slot *slot, struct error *err)
{
	struct stmt *st = db_query(desk_db(d->desk), &CHANNEL_READ, TXT(slot->name));

	slot->health = (struct health){ 0 };
	if (stmt_row(st)) {
		slot->health.down = strcmp(stmt_text(st, 0), "down") == 0;
		slot->health.since = stmt_int(st, 1);
		slot->health.tries = stmt_int(st, 2);
		slot->health.next_at = stmt_int(st, 3);
		/* Later than any rung: planned by a clock that was put back since. */
		if (slot->health.next_at > desk_now(d->desk) + LADDER_MOST_MS) {
			slot->health.next_at = desk_now(d->desk);
		}
		slot->health.ok_at = stmt_int(st, 4);
		(void)snprintf(slot->health.reply, sizeof slot->health.reply, "%s",
			stmt_text(st, 5));
	}
	return stmt_done(st, err);
}

/* The event of an end tells since when the channel was down. */
static void
add_event(struct deliver *d, const struct slot *slot, bool down, int code,
	const char *reply)
{
	struct json *body = json_object();

	json_set_text(body, "channel", slot->name);
	if (down) {
		json_set_int(body, "code", code);
		json_set_text(body, "reply", reply);
	} else {
		json_set_int(body, "since", slot->health.since);
	}
	change_add(d->desk, down ? "channel_down" : "channel_up", NULL, body);
}

bool
health_note(struct deliver *d, struct slot *slot, const struct send_result *result,
	struct error *err)
{
	struct health *h = &slot->health;
	int64_t now = desk_now(d->desk);
	bool answered = verdict_speaks(result->verdict);
	bool took = result->verdict == SEND_HANDED_OVER || result->verdict == SEND_ANSWERED;
	bool turned = h->down == answered;

	if (answered && !turned && h->since != 0 &&
	    (!took || (h->ok_at != 0 && now - h->ok_at < OK_NOTED_MS))) {
		return true;
	}
	if (turned) {
		add_event(d, slot, !answered, result->code, result->reply);
	}
	if (turned || h->since == 0) {
		h->since = now;
	}
	h->down = !answered;
	/* Eight mails that failed together are one failure: the first of them
	 * plans the next probe. */
	if (answered) {
		h->tries = 0;
		h->next_at = 0;
		h->ok_at = took ? now : h->ok_at;
	} else if (turned || h->next_at <= now) {
		h->tries++;
		h->next_at = now + ladder_wait(h->tries, d->random(d->arg));
	}
	(void)snprintf(h->reply, sizeof h->reply, "%s", answered ? "" : result->reply);
	return db_run(desk_db(d->desk), &CHANNEL_WRITE, err, TXT(slot->name),
		TXT(h->down ? "down" : "up"), I64(h->since), I64(h->tries), I64(h->next_at),
		TXT(h->reply), TIME(took ? now : 0));
}
