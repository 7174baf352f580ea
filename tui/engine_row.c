/* engine_row.c owns the words of the engine in the state row, the worst first. */
#include "tui/engine_row.h"

#include <stdio.h>

#include "core/engine_look.h"
#include "core/i18n.h"
#include "core/when.h"

static void
put_calls(char out[ENGINE_ROW_SIZE], const struct summary *s, int64_t now, bool room)
{
	char calls[ENGINE_COUNT_SIZE], when[WHEN_SHORT_SIZE];

	engine_count(calls, s->calls);
	when_near(when, s->calls_since, now, s->zone);
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

enum style
engine_row(char out[ENGINE_ROW_SIZE], const struct summary *s, int64_t now, bool room)
{
	out[0] = '\0';
	if (s->zone == NULL) {
		return ST_TEXT;
	}
	if (s->calls > 0) {
		put_calls(out, s, now, room);
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
	if (s->waiting > 0) {
		snprintf(out, ENGINE_ROW_SIZE, _("outbox %lld waiting"), (long long)s->waiting);
	}
	return ST_TEXT;
}
