/* alive_words.c owns how what is not well reads in the desk's lower rows. */
#include "core/alive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"

static const struct {
	const char *state, *label;
} states[] = {
	{ "down", N_("DOWN") },
	{ "no_standby", N_("NO STANDBY") },
	{ "slow", N_("SLOW") },
	{ "maintenance", N_("MAINTENANCE") },
};

const char *
alive_state_label(const char *state)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		if (strcmp(states[i].state, state) == 0) {
			return _(states[i].label);
		}
	}
	return "";
}

bool
alive_says_systems(const struct alive *alive)
{
	return alive->count > 0;
}

bool
alive_says_outside(const struct alive *alive)
{
	return alive->waiting > 0 || alive->deadline_at != NO_DUE || alive->tins > 0 ||
		alive->scenes > 0;
}

/* 2026-0042 as everybody says it: 2026-42. */
static void
short_number(char out[24], const char *number)
{
	const char *dash = strrchr(number, '-');
	const char *serial = dash == NULL ? number : dash + 1;

	(void)snprintf(out, 24, "%.*s%.15s", (int)(serial - number < 8 ? serial - number : 8),
		number, serial + strspn(serial, "0"));
}

char *
alive_system_words(const struct alive_system *system, int64_t now,
	const struct zone *zone)
{
	struct buf out = { 0 };
	char span[WHEN_SHORT_SIZE], number[24];

	short_number(number, system->code);
	buf_addf(&out, "%s", system->asset_id[0] != '\0' ? system->code : number);
	if (alive_state_label(system->state)[0] != '\0') {
		buf_addf(&out, " %s", alive_state_label(system->state));
		/* Minutes that run out say more than minutes that have passed; it may
		 * have no standby for days: then since when. */
		if (strcmp(system->state, "no_standby") == 0 && system->since != 0) {
			when_near(span, system->since, now, zone);
			buf_addf(&out, _(" since %s"), span);
		} else if (system->since != 0 && system->ends_at == 0 &&
				now - system->since >= 60000) {
			when_span(span, now - system->since, i18n_language());
			buf_addf(&out, _(" for %s"), span);
		}
	}
	if (system->ends_at > now) {
		/* As the head says it: a part of a minute is a minute (countdown.h). */
		when_span(span, system->ends_at - now + 59999, i18n_language());
		buf_addf(&out, " %s %s", system->label, span);
	} else if (system->ends_at != 0) {
		buf_addf(&out, " %s %s", system->label, _("OVER"));
	}
	if (system->lost > 0 && system->of > 0) {
		buf_addf(&out, _(" %lld/%lld lost"), (long long)system->lost,
			(long long)system->of);
	} else if (system->lost > 0) {
		buf_addf(&out, _(" %lld lost"), (long long)system->lost);
	}
	return buf_take(&out);
}

bool
alive_system_bad(const struct alive_system *system, int64_t now)
{
	return strcmp(system->state, "down") == 0 || system->ends_at != 0 ||
		(system->lost > 0 && now > 0);
}

char *
alive_rest_words(const struct alive *alive)
{
	return alive->unknown > 0
		? xasprintf(_("%lld nobody has reported on"), (long long)alive->unknown)
		: xstrdup(_("the rest is well"));
}

static char *
say_waiting(const struct alive *alive, int title, int64_t now, bool *late)
{
	/* One more is over since it was read. */
	int64_t over = alive->waiting_over + (alive->next_promise < now ? 1 : 0);

	(void)title;
	*late = over > 0;
	if (alive->waiting == 0) {
		return NULL;
	}
	return over > 0 ? xasprintf(_("Waiting outside %lld, over %lld"),
		(long long)alive->waiting, (long long)over)
		: xasprintf(_("Waiting outside %lld"), (long long)alive->waiting);
}

static char *
say_deadline(const struct alive *alive, int title, int64_t now, bool *late)
{
	char due[32], number[24];
	char *short_title = NULL;
	char *words;

	*late = alive->deadline_at < now;
	if (alive->deadline_at == NO_DUE) {
		return NULL;
	}
	when_due(due, alive->deadline_at, now, i18n_language());
	short_number(number, alive->deadline_case);
	if (title > 0) {
		short_title = text_column(alive->deadline_title, title, false, false);
	}
	words = xasprintf("%s: %s %s", short_title != NULL ? short_title
		: alive->deadline_title, number, due);
	free(short_title);
	return words;
}

static char *
say_tins(const struct alive *alive, int title, int64_t now, bool *late)
{
	(void)now;
	(void)title;
	*late = false;
	return alive->tins == 0 ? NULL
		: xasprintf(_("new reports %lld"), (long long)alive->tins);
}

static char *
say_scenes(const struct alive *alive, int title, int64_t now, bool *late)
{
	(void)now;
	(void)title;
	*late = false;
	return alive->scenes == 0 ? NULL
		: xasprintf(_("scenes to keep %lld"), (long long)alive->scenes);
}

char *
alive_outside_words(const struct alive *alive, int n, int title, int64_t now,
	bool *late)
{
	static char *(*const parts[])(const struct alive *, int, int64_t, bool *) = {
		say_waiting, say_deadline, say_tins, say_scenes,
	};
	int seen = 0;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		char *words = parts[i](alive, title, now, late);

		if (words == NULL) {
			continue;
		}
		if (seen++ == n) {
			return words;
		}
		free(words);
	}
	return NULL;
}
