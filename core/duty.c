/* duty.c owns the door: who is on call in a layer, now, then, and in time to come. */
#include "core/duty.h"

#include <stdlib.h>
#include <string.h>

#include "core/duty_past.h"
#include "core/duty_roster.h"
#include "core/i18n.h"
#include "core/mem.h"

static void
turns_clear(struct duty_turn *turns, int count)
{
	for (int i = 0; i < count; i++) {
		free(turns[i].login);
		free(turns[i].name);
		free(turns[i].why);
	}
	free(turns);
}

void
duty_list_clear(struct duty_list *list)
{
	turns_clear(list->people, list->count);
	turns_clear(list->away, list->away_count);
	*list = (struct duty_list){ 0 };
}

const char *
duty_layer_name(const struct duty_layer *layer)
{
	return duty_layer_name_in(layer, i18n_language());
}

const char *
duty_layer_name_in(const struct duty_layer *layer, const char *language)
{
	bool english = strcmp(language, "en") == 0;
	const char *first = english ? layer->name_en : layer->name;
	const char *second = english ? layer->name : layer->name_en;

	return first[0] != '\0' ? first : second[0] != '\0' ? second : layer->code;
}

/* The history is asked for what lies before now and is written down; what is not
 * yet comes from rules that nobody has changed since. */
bool
duty_who(struct desk *desk, const char *layer, int64_t at, struct duty_list *out,
	struct error *err)
{
	struct roster roster;
	int64_t noted = 0;
	bool ok = true;

	*out = (struct duty_list){ 0 };
	if (at < desk_now(desk)) {
		ok = duty_noted(desk, &noted, err);
	}
	if (!ok || !roster_load(&roster, desk, at, err)) {
		return false;
	}
	if (roster_layer(&roster, layer) == NULL) {
		ok = error_set(err, ERR_NOT_FOUND,
			_("the roster has no layer %.60s; see `suco duty`"), layer);
	} else if (at < noted) {
		ok = duty_past_at(desk, layer, at, out, err);
	} else {
		roster_list(out, &roster, layer, at);
	}
	roster_clear(&roster);
	return ok;
}

void
duty_stretches_clear(struct duty_stretch *stretches, int count)
{
	for (int i = 0; i < count; i++) {
		duty_list_clear(&stretches[i].who);
	}
	free(stretches);
}

static bool
same_turns(const struct duty_turn *a, int count, const struct duty_turn *b, int other)
{
	bool same = count == other;

	for (int i = 0; same && i < count; i++) {
		/* Two exceptions for one person are two: each can be withdrawn.  The history
		 * does not say by which rule he came. */
		same = strcmp(a[i].id, b[i].id) == 0 && (a[i].by == DUTY_BY_PAST ||
			b[i].by == DUTY_BY_PAST || (a[i].by == b[i].by && a[i].n == b[i].n));
	}
	return same;
}

/* Takes it; one that continues the last only makes that longer. */
static void
push(struct duty_stretch **out, int *count, struct duty_stretch *one)
{
	struct duty_stretch *last = *count > 0 ? &(*out)[*count - 1] : NULL;

	/* The same shift before and after now is one. */
	if (last != NULL && (last->past || last->needed == one->needed) &&
	    same_turns(last->who.people, last->who.count, one->who.people, one->who.count) &&
	    same_turns(last->who.away, last->who.away_count, one->who.away,
		    one->who.away_count)) {
		last->until = one->until;
		last->past = one->past;
		last->needed = one->needed;
		duty_list_clear(&one->who);
		return;
	}
	*out = xrealloc(*out, ((size_t)*count + 1) * sizeof **out);
	(*out)[(*count)++] = *one;
}

static bool
stretch_at(struct duty_stretch *one, struct desk *desk, const struct roster *roster,
	const struct duty_layer *layer, int64_t known, struct error *err)
{
	const char *why;

	one->past = one->from < known;
	if (one->past) {
		return duty_past_at(desk, layer->code, one->from, &one->who, err) &&
			duty_past_next(desk, layer->code, one->from, &one->until, err);
	}
	roster_list(&one->who, roster, layer->code, one->from);
	one->needed = roster_needed(roster, layer, one->from, &why);
	one->until = roster_next(roster, layer->code, one->from);
	return true;
}

bool
duty_stretches(struct desk *desk, const char *code, int64_t from, int64_t until,
	struct duty_stretch **out, int *count, struct error *err)
{
	struct roster roster;
	const struct duty_layer *layer;
	int64_t known = 0;
	bool ok;

	*out = NULL;
	*count = 0;
	if (!duty_noted(desk, &known, err) || !roster_load(&roster, desk, from, err)) {
		return false;
	}
	known = known < desk_now(desk) ? known : desk_now(desk);
	layer = roster_layer(&roster, code);
	ok = layer != NULL || error_set(err, ERR_NOT_FOUND,
		_("the roster has no layer %.60s; see `suco duty`"), code);
	for (int64_t t = from; ok && t < until;) {
		struct duty_stretch one = { .from = t };

		ok = stretch_at(&one, desk, &roster, layer, known, err);
		if (ok) {
			one.until = one.past && one.until > known ? known : one.until;
			one.until = one.until > until ? until : one.until;
			t = one.until;
			push(out, count, &one);
		}
	}
	roster_clear(&roster);
	if (!ok) {
		duty_stretches_clear(*out, *count);
	}
	return ok;
}

bool
duty_first(struct desk *desk, const char *layer, char **login, char **name,
	struct error *err)
{
	struct roster roster;
	struct duty_list list = { 0 };

	*login = NULL;
	*name = NULL;
	if (!roster_load(&roster, desk, desk_now(desk), err)) {
		return false;
	}
	if (layer == NULL && roster.layers.count > 0) {
		layer = roster.layers.all[0].code;
	}
	if (layer != NULL && roster_layer(&roster, layer) != NULL) {
		roster_list(&list, &roster, layer, desk_now(desk));
	}
	if (list.count > 0) {
		*login = xstrdup(list.people[0].login);
		*name = xstrdup(list.people[0].name);
	}
	duty_list_clear(&list);
	roster_clear(&roster);
	return true;
}

static void
take_first(struct duty_turn *out, const struct roster *roster, const char *layer, int64_t at)
{
	struct duty_list list;

	roster_list(&list, roster, layer, at);
	*out = (struct duty_turn){ 0 };
	if (list.count > 0) {
		out->name = xstrdup(list.people[0].name);
		out->from = list.people[0].from;
		out->until = list.people[0].until;
	}
	duty_list_clear(&list);
}

bool
duty_now_and_next(struct desk *desk, struct duty_turn *now, struct duty_turn *next,
	struct error *err)
{
	struct roster roster;
	const char *layer;

	*now = *next = (struct duty_turn){ 0 };
	if (!roster_load(&roster, desk, desk_now(desk), err)) {
		return false;
	}
	layer = roster.layers.count > 0 ? roster.layers.all[0].code : NULL;
	if (layer != NULL && roster_is_used(&roster, layer)) {
		take_first(now, &roster, layer, desk_now(desk));
		if (now->name != NULL && now->until != NO_DUE) {
			take_first(next, &roster, layer, now->until);
		}
	}
	roster_clear(&roster);
	return true;
}

#define TURNS_AHEAD 8 /* turns of one's own that are passed over */

bool
duty_taker(struct desk *desk, struct duty_turn *out, struct error *err)
{
	struct roster roster;
	const char *layer;
	int64_t at = desk_now(desk);
	bool found = false;

	*out = (struct duty_turn){ 0 };
	if (!roster_load(&roster, desk, at, err)) {
		return false;
	}
	layer = roster.layers.count > 0 ? roster.layers.all[0].code : NULL;
	for (int i = 0; layer != NULL && !found && at != NO_DUE && i < TURNS_AHEAD; i++) {
		struct duty_list list;

		roster_list(&list, &roster, layer, at);
		found = list.count > 0 && strcmp(list.people[0].login, desk_me(desk)->login) != 0;
		if (found) {
			out->login = xstrdup(list.people[0].login);
			out->name = xstrdup(list.people[0].name);
			out->from = list.people[0].from;
		}
		at = list.count > 0 ? list.people[0].until : roster_next(&roster, layer, at);
		at = at == INT64_MAX ? NO_DUE : at;
		duty_list_clear(&list);
	}
	roster_clear(&roster);
	return true;
}
