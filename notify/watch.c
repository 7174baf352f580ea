/* watch.c is the `desktop` channel of one member: a delivery of its own with
 * one channel, whose results come from what is on the screen, and the answers
 * that the member clicks. */
#include "notify/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/answer.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/outbox.h"
#include "notify/results.h"

#define ROUNDS_MOST 8      /* claims, shows and records in one call */
#define PENDING_MOST 64
#define NOT_LEADING_MS 5000
#define PENDING_MS 1000

/* A click that the desk could not take yet: locked, a full disk. */
struct pending {
	char id[UUID_SIZE];
	enum bubble_act act;
};

struct watch {
	struct channel channel; /* it is the delivery's only one */
	struct desk *desk;
	struct shower *shower;
	struct deliver *deliver;
	struct result_queue results;
	struct pending pending[PENDING_MOST];
	int pending_count;
	bool working;     /* claims and lease may be ours */
	int64_t version;  /* the desk's, when we last looked */
	int64_t looked_at, due_at, pending_at;
};

/* ---- the channel ---- */

static enum bubble_urgency
urgency(const struct outgoing *m)
{
	static const enum bubble_urgency of_severity[] = {
		BUBBLE_NORMAL, BUBBLE_LOW, BUBBLE_NORMAL, BUBBLE_CRITICAL, BUBBLE_CRITICAL,
	};
	enum bubble_urgency u = m->severity >= 1 && m->severity <= 4
		? of_severity[m->severity] : BUBBLE_NORMAL;

	return m->urgent && u == BUBBLE_LOW ? BUBBLE_NORMAL : u;
}

static void
start(struct channel *channel, const struct outgoing *m)
{
	struct watch *w = (struct watch *)channel;
	char reply[SEND_REPLY_SIZE] = "";
	const struct bubble bubble = {
		.id = m->id, .key = m->case_number == NULL ? m->id : m->case_number,
		.summary = m->subject, .body = m->text, .urgency = urgency(m),
	};

	/* A screen of one member says nothing of other members' screens: what it
	 * did not take is tried again, the channel is not down. */
	result_push(&w->results, m->id, w->shower->type->show(w->shower, &bubble, reply)
		? SEND_HANDED_OVER : SEND_TEMPORARY, 0, reply);
}

static int
room(const struct channel *channel)
{
	const struct watch *w = (const struct watch *)channel;

	return w->shower->type->ready(w->shower) ? ROUNDS_MOST : 0;
}

static int
no_fd(const struct channel *channel __attribute__((unused)))
{
	return -1;
}

static int
wait_ms(const struct channel *channel)
{
	const struct watch *w = (const struct watch *)channel;

	return w->results.first < w->results.count ? 0 : -1;
}

static void
nothing(struct channel *channel __attribute__((unused)))
{
}

static bool
take_result(struct channel *channel, struct send_result *out)
{
	return result_pop(&((struct watch *)channel)->results, out);
}

/* Its memory is the watch's: close frees nothing. */
static const struct channel_type type = {
	.name = "desktop", .close = nothing, .room = room, .start = start, .fd = no_fd,
	.timeout = wait_ms, .work = nothing, .result = take_result,
};

/* ---- answers ---- */

/* What the bubble's first row says; below it stands what became of the answer. */
static const char *const ends[] = {
	[ANSWER_TAKEN] = N_("%s: you took it on"),
	[ANSWER_NOTED] = N_("%s: your answer is recorded"),
	[ANSWER_LATE] = N_("%s: somebody has it already"),
	[ANSWER_OVER] = N_("%s: it is over"),
	[ANSWER_NOT] = N_("%s: your answer is recorded"),
	[ANSWER_BEFORE] = N_("%s: you answered this before"),
};

/* The case number by which the bubble and the person know it, else its id. */
static void
number_of(struct watch *w, const char *id, char *out, size_t size)
{
	struct message m = { 0 };
	struct json *vars = NULL;
	struct error ignored;
	const char *number = NULL;

	if (message_find(&m, w->desk, id, &ignored) && m.vars != NULL &&
	    json_parse(&vars, m.vars, strlen(m.vars), NULL, &ignored)) {
		number = json_get_text(vars, "number");
	}
	(void)snprintf(out, size, "%s", number == NULL || m.case_id[0] == '\0' ? id : number);
	json_free(vars);
	message_clear(&m);
}

static void
say(struct watch *w, const char *id, const char *format, const char *body)
{
	char number[80];
	char *summary;

	number_of(w, id, number, sizeof number);
	summary = xasprintf(format, number);
	w->shower->type->say(w->shower, number, summary, body);
	free(summary);
}

/* Not now, but later perhaps; a rule's no is for ever. */
static bool
may_pass(const struct error *err)
{
	return err->code == ERR_LOCKED || err->code == ERR_IO || err->code == ERR_UNAVAILABLE;
}

static bool
record(struct watch *w, const struct pending *deed, struct error *err)
{
	struct answer_done done;
	struct buf text = { 0 };
	const struct answer answer = { .message_id = deed->id, .what = ANSWER_ACK,
		.channel = "desktop", .proof = desk_me(w->desk)->login };

	if (deed->act == BUBBLE_SEEN) {
		return answer_seen(w->desk, deed->id, err);
	}
	if (!answer_message(w->desk, &answer, &done, err)) {
		return false;
	}
	answer_say(&text, &done, i18n_language(), desk_zone(w->desk), desk_now(w->desk));
	say(w, deed->id, _(ends[done.end]), buf_text(&text));
	buf_free(&text);
	return true;
}

static void
on_acted(void *arg, const char *id, enum bubble_act act)
{
	struct watch *w = arg;
	struct pending deed = { .act = act };
	struct error err = ERROR_INIT;

	(void)snprintf(deed.id, sizeof deed.id, "%s", id);
	if (record(w, &deed, &err)) {
		return;
	}
	if (may_pass(&err) && w->pending_count < PENDING_MOST) {
		w->pending[w->pending_count++] = deed;
		w->pending_at = desk_now(w->desk) + PENDING_MS;
	}
	if (act == BUBBLE_ANSWERED) {
		say(w, id, may_pass(&err) ? _("%s: your answer is NOT RECORDED YET")
			: _("%s: your answer is NOT RECORDED"), err.message);
	}
}

static void
try_pending(struct watch *w)
{
	struct error err = ERROR_INIT;
	int kept = 0;

	if (w->pending_count == 0 || desk_now(w->desk) < w->pending_at) {
		return;
	}
	for (int i = 0; i < w->pending_count; i++) {
		const struct pending deed = w->pending[i];

		if (!record(w, &deed, &err)) {
			if (may_pass(&err)) {
				w->pending[kept++] = deed;
			} else if (deed.act == BUBBLE_ANSWERED) {
				say(w, deed.id, _("%s: your answer is NOT RECORDED"), err.message);
			}
		}
	}
	w->pending_count = kept;
	w->pending_at = desk_now(w->desk) + PENDING_MS;
}

/* ---- the watch ---- */

struct watch *
watch_new(struct desk *desk, struct shower *shower)
{
	struct watch *w = xcalloc(1, sizeof *w);
	char *lease = xasprintf("watch:%s", desk_me(desk)->login);

	w->channel.type = &type;
	w->desk = desk;
	w->shower = shower;
	shower->acted = on_acted;
	shower->arg = w;
	w->deliver = deliver_new(desk, &(struct deliver_options){ .lease = lease,
		.program = "suco-watch", .lease_ms = WATCH_LEASE_MS,
		.only_to = desk_me(desk)->id });
	deliver_add(w->deliver, "desktop", &w->channel, NULL);
	free(lease);
	return w;
}

void
watch_free(struct watch *w)
{
	if (w == NULL) {
		return;
	}
	w->shower->acted = NULL;
	deliver_free(w->deliver);
	result_free(&w->results);
	free(w);
}

static bool
rest(struct watch *w, struct error *err)
{
	struct deliver_report report = { 0 };

	if (!w->working) {
		return true;
	}
	if (!deliver_stop(w->deliver, &report, err)) {
		return false;
	}
	w->working = false;
	w->due_at = 0;
	return true;
}

/* Nothing changed, nothing is due, and the clock did not jump. */
static bool
idle(const struct watch *w, int64_t version, int64_t now)
{
	return version == w->version && now < w->due_at && now >= w->looked_at;
}

bool
watch_round(struct watch *w, struct deliver_report *report, struct error *err)
{
	int64_t version, now;

	try_pending(w);
	if (!w->shower->type->ready(w->shower)) {
		return rest(w, err);
	}
	version = db_data_version(desk_db(w->desk));
	now = desk_now(w->desk);
	if (idle(w, version, now)) {
		return true;
	}
	w->working = true;
	for (int i = 0; i < ROUNDS_MOST; i++) {
		if (!deliver_round(w->deliver, report, err)) {
			return false;
		}
		if (report->under_way == 0) {
			break;
		}
	}
	w->version = version;
	w->looked_at = now;
	w->due_at = now + (report->leads ? WATCH_LEASE_MS / 4 : NOT_LEADING_MS);
	if (report->under_way > 0 || report->next_at < w->due_at) {
		w->due_at = report->under_way > 0 ? now : report->next_at;
	}
	return true;
}

bool
watch_stop(struct watch *w, struct error *err)
{
	if (w->pending_count > 0) {
		w->pending_at = 0;
		try_pending(w);
	}
	return rest(w, err);
}
