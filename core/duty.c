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
	bool english = strcmp(i18n_language(), "en") == 0;
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
