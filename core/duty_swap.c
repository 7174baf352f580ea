/* duty_swap.c owns swaps: one asks, the other agrees or refuses, then the exceptions
 * that carry it out are made.  Nothing changes before both agreed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/duty_private.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/outbox_new.h"
#include "core/thing.h"
#include "core/when.h"
#include "core/words.h"

#define TWO_DAYS_MS (INT64_C(2) * 86400000)
#define COLUMNS "s.id, s.n, s.layer, s.asker_id, s.other_id, s.from_at, s.to_at," \
	" s.back_layer, s.back_from_at, s.back_to_at, s.state, s.reason, s.answered_at"

SQL(SWAP_NEXT, "", "SELECT n + 1 FROM duty_swap ORDER BY n DESC LIMIT 1");
SQL(SWAP_BY_N, "i", "SELECT " COLUMNS " FROM duty_swap s WHERE s.n = $1");
SQL(SWAP_BY_ID, "t", "SELECT " COLUMNS " FROM duty_swap s WHERE s.id = $1");
SQL(SWAPS, "",
	"SELECT " COLUMNS ", a.login, a.name, o.login, o.name, s.asked_at"
	" FROM duty_swap s JOIN member a ON a.id = s.asker_id"
	" JOIN member o ON o.id = s.other_id ORDER BY s.n DESC");

struct swap {
	char id[UUID_SIZE];
	int n;
	char layer[64], back_layer[64];
	int asker, other; /* indexes */
	int64_t from, until, back_from, back_until; /* back_from 0: nothing in return */
	int64_t answered_at;                        /* 0 */
	char state[16];
	char *reason;
};

static const char *
layer_called(const struct roster *roster, const char *code)
{
	const struct duty_layer *layer = roster_layer(roster, code);

	return layer == NULL ? code : duty_layer_name(layer);
}

/* ---- asked ---- */

/* What a message to the other side says; the caller's. */
static struct json *
vars_of(const struct roster *roster, const struct swap *s, int who)
{
	struct json *vars = json_object();

	json_set_int(vars, "n", s->n);
	json_set_text(vars, "asker", roster->members[who].name);
	json_set_text(vars, "layer", layer_called(roster, s->layer));
	json_set_int(vars, "from_at", s->from);
	json_set_int(vars, "to_at", s->until);
	if (s->back_from != 0) {
		json_set_text(vars, "back_layer", layer_called(roster, s->back_layer));
		json_set_int(vars, "back_from_at", s->back_from);
		json_set_int(vars, "back_to_at", s->back_until);
	}
	if (s->reason != NULL && s->reason[0] != '\0') {
		json_set_text(vars, "reason", s->reason);
	}
	return vars;
}

static bool
tell(struct desk *desk, const struct roster *roster, const struct swap *s, int from, int to,
	const char *template, struct error *err)
{
	struct json *vars = vars_of(roster, s, from);
	bool ok = outbox_queue(desk, &(struct message_new){ .to_kind = "member",
		.to_id = roster->members[to].id, .template = template, .vars = vars,
		.rank = RANK_WORK, .cause = NO_CAUSE, .lasts_ms = TWO_DAYS_MS }, err);

	json_free(vars);
	return ok;
}

/* All of what is given away must be one's own, and the other must be free for it. */
static bool
is_his(const struct roster *roster, const char *layer, int giver, int taker, int64_t from,
	int64_t until, struct error *err)
{
	if (!duty_is_all_in(roster, layer, giver, from, until)) {
		return error_set(err, ERR_REFUSED,
			_("%s is not on the roster of %s for all of this span: ask for the hours"
			  " that are on it"), roster->members[giver].name,
			layer_called(roster, layer));
	}
	if (duty_is_in(roster, layer, taker, from, until)) {
		return error_set(err, ERR_REFUSED, _("%s is on the roster of %s then already"),
			roster->members[taker].name, layer_called(roster, layer));
	}
	return duty_is_free(roster, taker, from, until, err);
}

static bool
read_swap(struct swap *s, struct desk *desk, const struct roster *roster,
	const struct duty_swap_new *what, struct error *err)
{
	const char *back = what->back_layer == NULL ? what->layer : what->back_layer;

	s->asker = roster_member_id(roster, desk_me(desk)->id);
	if (!duty_layer_there(roster, what->layer, err) ||
	    !duty_worker(&s->other, roster, what->other, err) ||
	    !duty_span_read(&s->from, &s->until, desk, &what->span, err) ||
	    !duty_line(&s->reason, what->reason, _("reason"), err)) {
		return false;
	}
	(void)snprintf(s->layer, sizeof s->layer, "%s", what->layer);
	if (s->asker < 0 || s->asker == s->other) {
		return error_set(err, ERR_BAD_INPUT, _("a swap is with somebody else"));
	}
	if (!is_his(roster, what->layer, s->asker, s->other, s->from, s->until, err)) {
		return false;
	}
	if (what->back.from == NULL) {
		return true;
	}
	(void)snprintf(s->back_layer, sizeof s->back_layer, "%s", back);
	return duty_layer_there(roster, back, err) &&
		duty_span_read(&s->back_from, &s->back_until, desk, &what->back, err) &&
		is_his(roster, back, s->other, s->asker, s->back_from, s->back_until, err);
}

static void
put_swap(struct desk *desk, const struct roster *roster, const struct swap *s)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(desk, "duty_swap", id);

	json_set_text(body, "name", roster->members[s->asker].name);
	json_set_text(body, "other", roster->members[s->other].name);
	row_int(body, "n", s->n);
	row_text(body, "layer", s->layer);
	row_text(body, "asker_id", roster->members[s->asker].id);
	row_text(body, "other_id", roster->members[s->other].id);
	row_int(body, "from_at", s->from);
	row_int(body, "to_at", s->until);
	if (s->back_from != 0) {
		row_text(body, "back_layer", s->back_layer);
		row_int(body, "back_from_at", s->back_from);
		row_int(body, "back_to_at", s->back_until);
	}
	row_text(body, "state", "asked");
	row_int(body, "asked_at", desk_now(desk));
	row_text(body, "reason", s->reason);
	change_add(desk, "duty_swap_added", NULL, body);
}

bool
duty_swap_ask(struct desk *desk, const struct duty_swap_new *what, int *n,
	struct error *err)
{
	struct swap s = { 0 };
	struct roster roster;
	bool ok;

	if (!duty_change_begin(&roster, desk, ACT_WORK, err)) {
		return false;
	}
	ok = read_swap(&s, desk, &roster, what, err) &&
		duty_next_n(desk, &SWAP_NEXT, &s.n, err);
	if (ok) {
		*n = s.n;
		put_swap(desk, &roster, &s);
		ok = tell(desk, &roster, &s, s.asker, s.other, "doi_ca", err);
	}
	free(s.reason);
	return duty_change_end(&roster, desk, ok, err);
}

/* ---- answered ---- */

static void
from_row(struct swap *s, const struct roster *roster, struct stmt *st)
{
	stmt_put(s->id, sizeof s->id, st, 0);
	s->n = (int)stmt_int(st, 1);
	stmt_put(s->layer, sizeof s->layer, st, 2);
	s->asker = roster_member_id(roster, stmt_text(st, 3));
	s->other = roster_member_id(roster, stmt_text(st, 4));
	s->from = stmt_int(st, 5);
	s->until = stmt_int(st, 6);
	stmt_put(s->back_layer, sizeof s->back_layer, st, 7);
	s->back_from = stmt_int(st, 8);
	s->back_until = stmt_int(st, 9);
	stmt_put(s->state, sizeof s->state, st, 10);
	s->reason = stmt_own(st, 11);
	s->answered_at = stmt_int(st, 12);
}

static bool
load(struct swap *s, struct desk *desk, const struct roster *roster, int n,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &SWAP_BY_N, I64(n));

	if (stmt_row(st)) {
		from_row(s, roster, st);
	}
	return stmt_done(st, err) && (s->id[0] != '\0' || error_set(err, ERR_NOT_FOUND,
		_("there is no swap %d; see `suco duty swap list`"), n));
}

static const struct {
	const char *how, *state, *template;
	bool asker; /* it is his to say */
} answers[] = {
	{ "agree", "agreed", "doi_ca_dong_y", false },
	{ "refuse", "refused", "doi_ca_khong", false },
	{ "withdraw", "withdrawn", "doi_ca_rut", true },
};

/* The roster may have changed since it was asked: what is given must still be his. */
static bool
carry_out(struct desk *desk, const struct roster *roster, const struct swap *s,
	struct error *err)
{
	int64_t now = desk_now(desk);
	const struct duty_exception there = { .kind = "replace", .layer = s->layer,
		.member = s->other, .other = s->asker, .from = s->from < now ? now : s->from,
		.until = s->until, .reason = s->reason, .swap_id = s->id };
	const struct duty_exception back = { .kind = "replace", .layer = s->back_layer,
		.member = s->asker, .other = s->other,
		.from = s->back_from < now ? now : s->back_from, .until = s->back_until,
		.reason = s->reason, .swap_id = s->id };
	int n;

	if (s->until <= now || (s->back_from != 0 && s->back_until <= now)) {
		return error_set(err, ERR_REFUSED, _("swap %d: the span is over"), s->n);
	}
	/* The second's number follows the first's only when that is in the desk. */
	return is_his(roster, s->layer, s->asker, s->other, there.from, s->until, err) &&
		duty_put_override(desk, roster, &there, &n, err) && change_flush(desk, err) &&
		(s->back_from == 0 || (is_his(roster, s->back_layer, s->other, s->asker,
			back.from, s->back_until, err) &&
			duty_put_override(desk, roster, &back, &n, err)));
}

/* What it is now; the reason is what the others read. */
static void
put_answer(struct desk *desk, const struct roster *roster, struct swap *s,
	const char *state, const char *reason)
{
	struct json *body = thing_change("duty_swap", s->id);

	json_set_int(body, "n", s->n);
	json_set_text(body, "name", roster->members[s->asker].name);
	json_set_text(body, "other", roster->members[s->other].name);
	if (reason[0] != '\0') {
		json_set_text(body, "reason", reason);
		free(s->reason);
		s->reason = xstrdup(reason);
	}
	set_text(body, "state", s->state, state);
	set_int(body, "answered_at", s->answered_at, desk_now(desk));
	change_add(desk, "duty_swap_set", NULL, body);
}

static bool
answer(struct desk *desk, const struct roster *roster, struct swap *s, size_t how,
	const char *reason, struct error *err)
{
	int me = roster_member_id(roster, desk_me(desk)->id);
	int whose = answers[how].asker ? s->asker : s->other;

	if (strcmp(s->state, answers[how].state) == 0) {
		return true; /* said already */
	}
	if (strcmp(s->state, "asked") != 0) {
		return error_set(err, ERR_CONFLICT, _("swap %d has been answered already: %s"),
			s->n, word_label(WORDS_SWAP_STATE, s->state));
	}
	if (me != whose || s->asker < 0 || s->other < 0) {
		return error_set(err, ERR_FORBIDDEN, _("swap %d is for %s to answer"), s->n,
			whose < 0 ? "-" : roster->members[whose].name);
	}
	if (strcmp(answers[how].how, "agree") == 0 && !carry_out(desk, roster, s, err)) {
		return false;
	}
	put_answer(desk, roster, s, answers[how].state, reason);
	return tell(desk, roster, s, me, answers[how].asker ? s->other : s->asker,
		answers[how].template, err);
}

bool
duty_swap_answer(struct desk *desk, int n, const char *how, const char *reason,
	struct error *err)
{
	struct swap s = { 0 };
	struct roster roster;
	char *clean = NULL;
	size_t i = 0;
	bool ok;

	while (i < sizeof answers / sizeof *answers && strcmp(answers[i].how, how) != 0) {
		i++;
	}
	if (i == sizeof answers / sizeof *answers) {
		return error_set(err, ERR_BAD_INPUT,
			_("\"%.20s\" must be agree, refuse or withdraw"), how);
	}
	if (!duty_change_begin(&roster, desk, ACT_WORK, err)) {
		return false;
	}
	ok = load(&s, desk, &roster, n, err) &&
		duty_line(&clean, reason, _("reason"), err) &&
		answer(desk, &roster, &s, i, clean, err);
	free(clean);
	free(s.reason);
	return duty_change_end(&roster, desk, ok, err);
}

bool
duty_swap_break(struct desk *desk, const struct roster *roster, const char *id,
	const char *reason, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &SWAP_BY_ID, TXT(id));
	int me = roster_member_id(roster, desk_me(desk)->id);
	struct swap s = { .asker = -1, .other = -1 };
	bool ok;

	if (stmt_row(st)) {
		from_row(&s, roster, st);
	}
	ok = stmt_done(st, err);
	if (ok && strcmp(s.state, "agreed") == 0 && me >= 0 && s.asker >= 0 && s.other >= 0) {
		put_answer(desk, roster, &s, "withdrawn", reason);
		ok = (s.asker == me || tell(desk, roster, &s, me, s.asker, "doi_ca_huy", err)) &&
			(s.other == me || tell(desk, roster, &s, me, s.other, "doi_ca_huy", err));
	}
	free(s.reason);
	return ok;
}

/* ---- listed ---- */

static void
set_time(struct json *o, const char *key, int64_t at, const struct zone *zone)
{
	char text[WHEN_RFC3339_SIZE];

	if (at == 0) {
		json_set(o, key, json_null());
		return;
	}
	when_rfc3339(text, at, zone);
	json_set_text(o, key, text);
}

static struct json *
swap_json(struct stmt *st, const struct zone *zone)
{
	static const struct {
		const char *key;
		int column;
		bool time;
	} keys[] = {
		{ "layer", 2, false }, { "asker", 13, false }, { "asker_name", 14, false },
		{ "other", 15, false }, { "other_name", 16, false }, { "from", 5, true },
		{ "to", 6, true }, { "back_layer", 7, false }, { "back_from", 8, true },
		{ "back_to", 9, true }, { "state", 10, false }, { "reason", 11, false },
		{ "asked_at", 17, true }, { "answered_at", 12, true },
	};
	struct json *o = json_object();

	json_set_int(o, "n", stmt_int(st, 1));
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (keys[i].time) {
			set_time(o, keys[i].key, stmt_int(st, keys[i].column), zone);
		} else {
			json_set_text(o, keys[i].key, stmt_text(st, keys[i].column));
		}
	}
	return o;
}

bool
duty_swaps(struct desk *desk, bool open, struct json **out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &SWAPS, NOARGS);

	*out = json_array();
	while (stmt_row(st)) {
		if (!open || strcmp(stmt_text(st, 10), "asked") == 0) {
			json_push(*out, swap_json(st, desk_zone(desk)));
		}
	}
	if (!stmt_done(st, err)) {
		json_free(*out);
		*out = NULL;
		return false;
	}
	return true;
}
