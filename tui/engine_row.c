/* engine_row.c owns the words of the engine in the state row, the worst first. */
#include "tui/engine_row.h"

#include <stdio.h>

#include "core/engine_look.h"
#include "core/i18n.h"
#include "core/when.h"
#include "tui/case_rows.h"

static void
put_calls(char out[ENGINE_ROW_SIZE], const struct summary *s, int64_t now, bool room)
{
	char calls[ENGINE_COUNT_SIZE], when[WHEN_SHORT_SIZE];

	engine_count(calls, s->engine.calls);
	when_near(when, s->engine.calls_since, now, s->zone);
	if (s->waiting > 0 && room) {
		snprintf(out, ENGINE_ROW_SIZE, _("NO ENGINE: calls due %s since %s, messages %lld"),
			calls, when, (long long)s->waiting);
	} else {
		snprintf(out, ENGINE_ROW_SIZE, _("NO ENGINE: calls due %s since %s"), calls, when);
	}
}

static void
put_since(char out[ENGINE_ROW_SIZE], const struct summary *s)
{
	char when[WHEN_SHORT_SIZE];

	when_clock(when, s->no_engine ? s->waiting_since : s->cut_since, s->zone);
	if (s->no_engine) {
		snprintf(out, ENGINE_ROW_SIZE, _("NO ENGINE: %lld waiting since %s"),
			(long long)s->waiting, when);
	} else {
		snprintf(out, ENGINE_ROW_SIZE, _("NO CHANNEL WORKS since %s: telephone"), when);
	}
}

/* What the engine itself says: the case's number as the screens write it. */
static void
put_audit(char out[ENGINE_ROW_SIZE], const struct engine_audit *audit)
{
	char number[24];
	char text[ENGINE_ROW_SIZE - 16];

	if (audit->case_id[0] != '\0') {
		case_short_number(number, audit->what);
	}
	snprintf(text, sizeof(text), _(audit->worst->row),
		audit->case_id[0] != '\0' ? number : audit->what);
	if (audit->count > 1) {
		snprintf(out, ENGINE_ROW_SIZE, "%s +%d", text, audit->count - 1);
	} else {
		snprintf(out, ENGINE_ROW_SIZE, "%s", text);
	}
}

/* Nobody looked for long; or there is nothing by which anybody would be called. */
static bool
put_idle(char out[ENGINE_ROW_SIZE], const struct summary *s, int64_t now, bool room)
{
	char when[WHEN_SHORT_SIZE];

	if (s->engine.audit.old) {
		when_near(when, s->engine.audit.at, now, s->zone);
		snprintf(out, ENGINE_ROW_SIZE, s->engine.leads ? _("ENGINE: no audit since %s")
			: _("NO ENGINE since %s"), when);
	} else if (s->engine.no_rules && room) {
		snprintf(out, ENGINE_ROW_SIZE, "%s",
			_("NOBODY IS CALLED: suco rule import escalation"));
	} else if (s->engine.no_rules) {
		snprintf(out, ENGINE_ROW_SIZE, "%s", _("NOBODY IS CALLED"));
	}
	return out[0] != '\0';
}

enum style
engine_row(char out[ENGINE_ROW_SIZE], const struct summary *s, int64_t now, bool room)
{
	out[0] = '\0';
	if (s->zone == NULL) {
		return ST_TEXT;
	}
	if (s->engine.calls > 0) {
		put_calls(out, s, now, room);
		return ST_LATE;
	}
	if (!s->no_engine && s->engine.audit.worst != NULL &&
	    (s->cut_since == 0 || s->engine.audit.case_id[0] != '\0')) {
		put_audit(out, &s->engine.audit);
		return ST_LATE;
	}
	if (s->no_engine || s->cut_since > 0) {
		if (room) {
			put_since(out, s);
		} else {
			snprintf(out, ENGINE_ROW_SIZE, "%s", s->no_engine ? _("NO ENGINE")
				: _("NO CHANNEL WORKS"));
		}
		return s->no_engine ? ST_LATE : ST_ERROR;
	}
	if (put_idle(out, s, now, room)) {
		return ST_LATE;
	}
	if (s->waiting > 0) {
		snprintf(out, ENGINE_ROW_SIZE, _("outbox %lld waiting"), (long long)s->waiting);
	}
	return ST_TEXT;
}
