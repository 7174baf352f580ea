/* duty_change.c owns exceptions, absences and raised watch: made and withdrawn. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/duty_private.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/thing.h"
#include "core/words.h"

SQL(OVERRIDE_NEXT, "", "SELECT n + 1 FROM duty_override ORDER BY n DESC LIMIT 1");
SQL(ABSENCE_NEXT, "", "SELECT n + 1 FROM absence ORDER BY n DESC LIMIT 1");
SQL(RAISED_NEXT, "", "SELECT n + 1 FROM raised_watch ORDER BY n DESC LIMIT 1");

static const char *
name_of(const struct roster *roster, int member)
{
	return member < 0 ? "" : roster->members[member].name;
}

/* ---- exceptions ---- */

/* Whom both speak of in a way that fights; -1: nobody.  Who came by the one may go by
 * the other, and who went may come again, if it was for all of that time. */
static int
fought_over(const struct roster_override *o, const struct duty_exception *e)
{
	bool after = o->from <= e->from && e->until <= o->until;

	if (e->member >= 0 && (o->member == e->member || (o->other == e->member && !after))) {
		return e->member;
	}
	return e->other >= 0 && (o->other == e->other || (o->member == e->other && !after))
		? e->other : -1;
}

/* Two exceptions about one person in one span would fight: the first stands. */
static bool
is_free(const struct roster *roster, const struct duty_exception *e, struct error *err)
{
	for (int i = 0; i < roster->override_count; i++) {
		const struct roster_override *o = &roster->overrides[i];
		int both = fought_over(o, e);

		if (both >= 0 && o->until > e->from && o->from < e->until &&
		    strcmp(o->layer, e->layer) == 0 &&
		    !roster_overruled(roster, o, e->from, e->until)) {
			return error_set(err, ERR_CONFLICT,
				_("exception %d is about %s in this span already: withdraw it first"
				  " (`suco duty withdraw override %d`)"), o->n,
				name_of(roster, both), o->n);
		}
	}
	return true;
}

bool
duty_put_override(struct desk *desk, const struct roster *roster,
	const struct duty_exception *e, int *n, struct error *err)
{
	char id[UUID_SIZE];
	struct json *body;

	if (!is_free(roster, e, err) || !duty_next_n(desk, &OVERRIDE_NEXT, n, err)) {
		return false;
	}
	body = thing_new(desk, "duty_override", id);
	json_set_text(body, "name", name_of(roster, e->member));
	json_set_text(body, "other", name_of(roster, e->other));
	row_int(body, "n", *n);
	row_text(body, "layer", e->layer);
	row_text(body, "kind", e->kind);
	row_text(body, "member_id", e->member < 0 ? NULL : roster->members[e->member].id);
	row_text(body, "other_id", e->other < 0 ? NULL : roster->members[e->other].id);
	row_int(body, "from_at", e->from);
	row_int(body, "to_at", e->until);
	row_text(body, "reason", e->reason);
	row_text(body, "state", "on");
	row_text(body, "by_name", desk_me(desk)->name);
	row_text(body, "swap_id", e->swap_id);
	change_add(desk, "duty_override_added", NULL, body);
	return true;
}

/* Who goes must be there; who comes must not be, and not on leave. */
static bool
makes_sense(const struct roster *roster, const struct duty_exception *e,
	struct error *err)
{
	if (e->other >= 0 && !duty_is_in(roster, e->layer, e->other, e->from, e->until)) {
		return error_set(err, ERR_REFUSED, _("%s is not on the roster of %s then"),
			name_of(roster, e->other), e->layer);
	}
	if (e->member >= 0 && duty_is_all_in(roster, e->layer, e->member, e->from, e->until)) {
		return error_set(err, ERR_REFUSED, _("%s is on the roster of %s then already"),
			name_of(roster, e->member), e->layer);
	}
	return e->member < 0 || duty_is_free(roster, e->member, e->from, e->until, err);
}

static bool
read_override(struct duty_exception *e, char **reason, struct desk *desk,
	const struct roster *roster, const struct duty_override_new *what, struct error *err)
{
	bool comes = strcmp(what->kind, "remove") != 0;
	bool goes = strcmp(what->kind, "add") != 0;

	*e = (struct duty_exception){ .kind = what->kind, .layer = what->layer, .member = -1,
		.other = -1 };
	return duty_layer_there(roster, what->layer, err) &&
		(!comes || duty_worker(&e->member, roster, what->member, err)) &&
		(!goes || roster_member(roster, what->other) >= 0 || error_set(err,
			ERR_NOT_FOUND, _("there is no member %.60s"),
			what->other == NULL ? "" : what->other)) &&
		duty_span_read(&e->from, &e->until, desk, &what->span, err) &&
		duty_line(reason, what->reason, _("reason"), err);
}

bool
duty_override(struct desk *desk, const struct duty_override_new *what, int *n,
	struct error *err)
{
	struct roster roster;
	struct duty_exception e;
	char *reason = NULL;
	bool ok;

	if (strcmp(what->kind, "add") != 0 && strcmp(what->kind, "remove") != 0 &&
	    strcmp(what->kind, "replace") != 0) {
		return error_set(err, ERR_BAD_INPUT,
			_("\"%.20s\" must be add, remove or replace"), what->kind);
	}
	if (!duty_change_begin(&roster, desk, ACT_DUTY, err)) {
		return false;
	}
	ok = read_override(&e, &reason, desk, &roster, what, err);
	if (ok) {
		e.reason = reason;
		e.other = strcmp(what->kind, "add") == 0 ? -1
			: roster_member(&roster, what->other);
		/* A fight is said before what comes of it. */
		ok = is_free(&roster, &e, err) && makes_sense(&roster, &e, err) &&
			duty_put_override(desk, &roster, &e, n, err);
	}
	free(reason);
	return duty_change_end(&roster, desk, ok, err);
}

/* ---- absences ---- */

static bool
same_absence(const struct roster *roster, int member, int64_t from, int64_t until, int *n)
{
	for (int i = 0; i < roster->absence_count; i++) {
		const struct roster_absence *a = &roster->absences[i];

		if (a->member == member && a->from <= from && a->until >= until) {
			*n = a->n;
			return true;
		}
	}
	return false;
}

static bool
put_absence(struct desk *desk, const struct roster *roster,
	const struct roster_absence *a, int *n, struct error *err)
{
	char id[UUID_SIZE];
	struct json *body;

	if (!duty_next_n(desk, &ABSENCE_NEXT, n, err)) {
		return false;
	}
	body = thing_new(desk, "absence", id);
	json_set_text(body, "name", name_of(roster, a->member));
	row_int(body, "n", *n);
	row_text(body, "member_id", roster->members[a->member].id);
	row_int(body, "from_at", a->from);
	row_int(body, "to_at", a->until);
	row_text(body, "reason", a->reason);
	row_text(body, "state", "on");
	row_text(body, "by_name", desk_me(desk)->name);
	change_add(desk, "absence_added", NULL, body);
	return true;
}

bool
duty_away(struct desk *desk, const char *login, const struct duty_span *span,
	const char *reason, int *n, struct error *err)
{
	bool mine = login != NULL && strcmp(login, desk_me(desk)->login) == 0;
	struct roster_absence a = { 0 };
	struct roster roster;
	bool ok;

	if (!duty_change_begin(&roster, desk, mine ? ACT_WORK : ACT_DUTY, err)) {
		return false;
	}
	ok = duty_worker(&a.member, &roster, login, err) &&
		duty_span_read(&a.from, &a.until, desk, span, err) &&
		duty_line(&a.reason, reason, _("reason"), err);
	if (ok && !same_absence(&roster, a.member, a.from, a.until, n)) {
		ok = put_absence(desk, &roster, &a, n, err);
	}
	free(a.reason);
	return duty_change_end(&roster, desk, ok, err);
}

/* ---- raised watch ---- */

/* "first=2,backup=1" */
static bool
read_needs(struct json *out, const struct roster *roster, const char *needs,
	struct error *err)
{
	const char *p = needs == NULL ? "" : needs;

	while (*p != '\0') {
		size_t len = strcspn(p, ",");
		char *one = xstrndup(p, len);
		char *equals = strchr(one, '=');
		int64_t count = equals == NULL ? 0 : strtoll(equals + 1, NULL, 10);
		bool ok;

		if (equals != NULL) {
			*equals = '\0';
		}
		ok = (count >= 1 && count <= ROSTER_MOST) || error_set(err, ERR_BAD_INPUT,
			_("\"%.40s\": say how many a layer needs, as first=2"), p);
		ok = ok && duty_layer_there(roster, one, err);
		if (ok) {
			json_set_int(out, one, count);
		}
		free(one);
		if (!ok) {
			return false;
		}
		p += len + (p[len] == ',');
	}
	if (json_count(out) == 0) {
		(void)error_set(err, ERR_BAD_INPUT, _("how many does each layer need then?"));
		return error_how(err, "--needs first=2");
	}
	return true;
}

struct raising_watch {
	char *name, *source;
	int64_t from, until;
	struct json *extra;
};

static bool
read_raise(struct raising_watch *w, struct desk *desk, const struct roster *roster,
	const struct duty_raise_new *what, struct error *err)
{
	if (!word_check(WORDS_RAISED_WATCH, _("kind of raised watch"), what->kind, err) ||
	    !duty_line(&w->name, what->name, _("name"), err) ||
	    !duty_line(&w->source, what->source, _("source"), err) ||
	    !duty_span_read(&w->from, &w->until, desk, &what->span, err) ||
	    !read_needs(w->extra, roster, what->needs, err)) {
		return false;
	}
	return w->name[0] != '\0' || error_set(err, ERR_BAD_INPUT,
		_("a raised watch needs a name: Tết, the congress, the storm's"));
}

static void
put_raise(struct desk *desk, const struct raising_watch *w, const char *kind, int n)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(desk, "raised_watch", id);
	char *extra = json_line(w->extra);

	row_int(body, "n", n);
	row_text(body, "name", w->name);
	row_text(body, "kind", kind);
	row_int(body, "from_at", w->from);
	row_int(body, "to_at", w->until);
	row_text(body, "extra", extra);
	row_text(body, "state", "on");
	row_text(body, "source", w->source);
	row_text(body, "by_name", desk_me(desk)->name);
	change_add(desk, "raised_watch_added", NULL, body);
	free(extra);
}

bool
duty_raise(struct desk *desk, const struct duty_raise_new *given, int *n,
	struct error *err)
{
	struct duty_raise_new what = *given;
	struct raising_watch w = { .extra = json_object() };
	struct roster roster;
	bool ok;

	what.kind = what.kind == NULL ? "other" : what.kind;
	if (!duty_change_begin(&roster, desk, ACT_DUTY, err)) {
		json_free(w.extra);
		return false;
	}
	ok = read_raise(&w, desk, &roster, &what, err) &&
		duty_next_n(desk, &RAISED_NEXT, n, err);
	if (ok) {
		put_raise(desk, &w, what.kind, *n);
	}
	free(w.name);
	free(w.source);
	json_free(w.extra);
	return duty_change_end(&roster, desk, ok, err);
}

/* ---- withdrawn ---- */

SQL(OVERRIDE_STATE, "i", "SELECT id, state, '' FROM duty_override WHERE n = $1");
SQL(SPELL_STATE, "i", "SELECT id, state, '' FROM duty_spell WHERE n = $1");
SQL(ABSENCE_STATE, "i", "SELECT id, state, member_id FROM absence WHERE n = $1");
SQL(RAISED_STATE, "i", "SELECT id, state, '' FROM raised_watch WHERE n = $1");

static const struct {
	const char *what, *thing, *kind;
	const struct sql *state;
} withdrawals[] = {
	{ "away", "absence", "absence_set", &ABSENCE_STATE },
	{ "override", "duty_override", "duty_override_set", &OVERRIDE_STATE },
	{ "raise", "raised_watch", "raised_watch_set", &RAISED_STATE },
	{ "spell", "duty_spell", "duty_spell_set", &SPELL_STATE },
};

SQL(SWAP_OF, "i", "SELECT swap_id FROM duty_override WHERE n = $1");
SQL(OTHER_HALF, "tii",
	"SELECT n FROM duty_override WHERE to_at > $3 AND swap_id = $1 AND n <> $2"
	" AND state <> 'withdrawn' ORDER BY n LIMIT 1");

/* Who withdraws what he may have made: an absence of his own, or by the roster's. */
static bool
withdraw(struct desk *desk, size_t i, int n, const char *reason, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), withdrawals[i].state, I64(n));
	char id[UUID_SIZE] = "", state[16] = "", member[UUID_SIZE] = "";
	struct json *body;

	if (stmt_row(st)) {
		stmt_put(id, sizeof id, st, 0);
		stmt_put(state, sizeof state, st, 1);
		stmt_put(member, sizeof member, st, 2);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (id[0] == '\0') {
		return error_set(err, ERR_NOT_FOUND, _("there is no %s %d in the roster"),
			withdrawals[i].what, n);
	}
	if (strcmp(member, desk_me(desk)->id) != 0 && !desk_may(desk, ACT_DUTY, err)) {
		return false;
	}
	if (strcmp(state, "withdrawn") == 0) {
		return true;
	}
	body = thing_change(withdrawals[i].thing, id);
	json_set_int(body, "n", n);
	if (reason != NULL && reason[0] != '\0') {
		json_set_text(body, "reason", reason);
	}
	set_text(body, "state", state, "withdrawn");
	change_add(desk, withdrawals[i].kind, NULL, body);
	return true;
}

/* Half a swap is none: what is to come of the other half goes with it. */
static bool
withdraw_swap(struct desk *desk, const struct roster *roster, size_t i, int n,
	const char *reason, struct error *err)
{
	char *swap = NULL;
	int64_t other = 0;
	bool ok = withdraw(desk, i, n, reason, err);

	if (!ok || strcmp(withdrawals[i].what, "override") != 0) {
		return ok;
	}
	ok = db_one_text(desk_db(desk), &SWAP_OF, &swap, err, I64(n));
	if (ok && swap != NULL) {
		ok = db_one_int(desk_db(desk), &OTHER_HALF, &other, err, TXT(swap), I64(n),
				I64(desk_now(desk))) &&
			(other == 0 || withdraw(desk, i, (int)other, reason, err)) &&
			duty_swap_break(desk, roster, swap, reason, err);
	}
	free(swap);
	return ok;
}

bool
duty_withdraw(struct desk *desk, const char *what, int n, const char *reason,
	struct error *err)
{
	struct roster roster;
	char *clean = NULL;
	bool ok;

	for (size_t i = 0; i < sizeof withdrawals / sizeof *withdrawals; i++) {
		if (strcmp(withdrawals[i].what, what) != 0) {
			continue;
		}
		if (!duty_change_begin(&roster, desk, ACT_WORK, err)) {
			return false;
		}
		ok = duty_line(&clean, reason, _("reason"), err) &&
			withdraw_swap(desk, &roster, i, n, clean, err);
		free(clean);
		return duty_change_end(&roster, desk, ok, err);
	}
	return error_set(err, ERR_BAD_INPUT,
		_("\"%.20s\" must be override, spell, away or raise"), what);
}
