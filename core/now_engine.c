/* now_engine.c owns what NOW says of the engine: who is not called or told because
 * of it, and what a person does about that. */
#include "core/now_engine.h"

#include <stdio.h>
#include <string.h>

#include "core/engine_look.h"
#include "core/i18n.h"
#include "core/lease.h"
#include "core/mem.h"
#include "core/when.h"

#define MOMENT_MS 120000

/* Read as now_read() wants it. */
SQL(NO_ENGINE, "ii",
	"SELECT '', '', g.id, 0, g.to_name, '', g.queued_at, 0, 0, 0 FROM message g"
	" WHERE g.state = 'queued' AND g.is_open = 1 AND g.queued_at < $1"
	" AND NOT EXISTS (SELECT 1 FROM local_lease l WHERE l.name = '" LEASE_ENGINE "'"
	" AND l.expires_at > $2) ORDER BY g.position LIMIT 1");

/* Calls that nobody makes, or messages that nobody sends. */
static bool
find_missing(struct now *out, struct desk *desk, const struct engine_look *look,
	enum now_kind kind, struct error *err)
{
	int64_t now = desk_now(desk);
	struct stmt *st;

	if (look->calls > 0) {
		*out = (struct now){ .kind = kind, .due = look->calls_since,
			.count = look->calls };
		return true;
	}
	st = db_query(desk_db(desk), &NO_ENGINE, I64(now - MOMENT_MS), I64(now));
	if (stmt_row(st)) {
		now_read(out, kind, st);
	}
	return stmt_done(st, err);
}

/* item keeps the word of the problem; "" that no audit was made for long, and then n
 * says that no engine leads. */
static void
put_audit(struct now *out, const struct engine_look *look, enum now_kind kind)
{
	const struct engine_audit *audit = &look->audit;
	bool of_case = audit->worst != NULL && strcmp(audit->worst->key, "case") == 0;

	if (kind == NOW_UNHANDLED ? !of_case : (of_case || (audit->worst == NULL &&
			!audit->old))) {
		return;
	}
	*out = (struct now){ .kind = kind, .due = audit->at, .count = audit->count,
		.n = !look->leads };
	if (audit->worst != NULL) {
		(void)snprintf(out->item, sizeof out->item, "%s", audit->worst->word);
		(void)snprintf(out->what, sizeof out->what, "%s", audit->what);
	}
	if (of_case) {
		memcpy(out->case_id, audit->case_id, UUID_SIZE);
		now_short_number(out->number, sizeof out->number, audit->what);
	}
}

bool
now_engine_find(struct now *out, struct desk *desk, enum now_kind kind, struct error *err)
{
	bool missing = kind == NOW_NO_ENGINE || kind == NOW_NO_CHANNEL;
	struct engine_look look;

	if ((!missing && kind != NOW_UNHANDLED && kind != NOW_ENGINE_ILL &&
		    kind != NOW_NO_RULES) ||
	    (!missing && desk_me(desk)->role < ROLE_COORDINATOR) ||
	    /* Where this machine has no server to send by, only a person can. */
	    (missing && desk_has_no_channel(desk) == (kind == NOW_NO_ENGINE))) {
		return true;
	}
	if (!engine_look(&look, desk, err)) {
		return false;
	}
	if (missing) {
		return find_missing(out, desk, &look, kind, err);
	}
	if (kind == NOW_NO_RULES && look.no_rules) {
		*out = (struct now){ .kind = kind, .due = NO_DUE };
	} else if (kind != NOW_NO_RULES) {
		put_audit(out, &look, kind);
	}
	return true;
}

/* The engine is what calls: a person starts it, or calls in its place. */
static char *
missing_text(const struct now *now, const char *span)
{
	char calls[ENGINE_COUNT_SIZE];

	if (now->count == 0) {
		return xasprintf(now->kind == NOW_NO_ENGINE
			? _("Nobody sends messages; one has waited %s: send now")
			: _("Nobody sends messages; one has waited %s, and no mail server"
				" is set here: call"), span);
	}
	engine_count(calls, now->count);
	return xasprintf(now->kind == NOW_NO_ENGINE
		? _("Run suco serve: nobody is called; calls due: %s, for %s")
		: _("Telephone: no engine, nobody is called; calls due: %s, for %s"),
		calls, span);
}

static char *
audit_text(const struct now *now, const char *span)
{
	const struct engine_problem *p = engine_problem_of(now->item);

	if (p != NULL) {
		return xasprintf(_(p->now), now->number[0] != '\0' ? now->number : now->what);
	}
	return xasprintf(now->n != 0
		? _("Run suco serve: no engine for %s, nobody would be called")
		: _("systemctl restart suco-serve: the engine made no audit for %s"), span);
}

char *
now_engine_text(const struct now *now, int64_t now_ms)
{
	char span[WHEN_SHORT_SIZE];

	when_span(span, now->due < now_ms ? now_ms - now->due : 0, i18n_language());
	switch (now->kind) {
	case NOW_NO_ENGINE:
	case NOW_NO_CHANNEL:
		return missing_text(now, span);
	case NOW_UNHANDLED:
	case NOW_ENGINE_ILL:
		return audit_text(now, span);
	case NOW_NO_RULES:
		return xstrdup(_("Run suco rule import escalation: no rule calls anybody"));
	default:
		break;
	}
	return xstrdup(_("Nothing is waiting for you."));
}

const char *
now_engine_why(enum now_kind kind)
{
	switch (kind) {
	case NOW_NO_ENGINE:
		return N_("Calls or messages wait and no delivery engine runs: F5 here does not"
			" send; \"send now\" in the palette does, once.");
	case NOW_NO_CHANNEL:
		return N_("Messages wait, no delivery engine runs, and suco.conf names no"
			" mail server: tell people by telephone, and record it in the outbox.");
	case NOW_UNHANDLED:
		return N_("The engine looks each minute for cases that wait with nobody at work"
			" for them, and found this one: it cannot help itself any more.");
	case NOW_ENGINE_ILL:
		return N_("Each minute the engine looks whether it still does its work. It does"
			" not, or nobody has looked: the next call may not be made.");
	case NOW_NO_RULES:
		return N_("This desk was made by an older program and has no rules of the family"
			" escalation, so a case calls nobody by itself. Those that are shipped"
			" come by: suco rule import escalation");
	default:
		return NULL;
	}
}
