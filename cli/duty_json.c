/* duty_json.c owns the roster's objects for scripts. */
#include "cli/duty_json.h"

#include "cli/json_out.h"

struct json *
duty_layer_json(const struct duty_layer *layer)
{
	struct json *o = json_object();

	json_set_text(o, "layer", layer->code);
	json_set_text(o, "name", layer->name);
	json_set_or_null(o, "name_en", layer->name_en);
	json_set_int(o, "position", layer->position);
	json_set_int(o, "needed", layer->needed);
	json_set_bool(o, "counted", layer->counted);
	return o;
}

static struct json *
turns_json(struct cli *cli, const struct duty_turn *turns, int count)
{
	static const char *const by[] = {
		[DUTY_BY_ROTA] = "rotation", [DUTY_BY_SPELL] = "spell",
		[DUTY_BY_OVERRIDE] = "override", [DUTY_BY_SWAP] = "swap",
		[DUTY_BY_PAST] = "history",
	};
	struct json *list = json_array();

	for (int i = 0; i < count; i++) {
		struct json *o = json_object();

		json_set_text(o, "login", turns[i].login);
		json_set_text(o, "name", turns[i].name);
		json_set_time(cli, o, "from", turns[i].from == INT64_MIN ? 0 : turns[i].from);
		json_set_time(cli, o, "until", turns[i].until);
		json_set_text(o, "by", by[turns[i].by]);
		json_set(o, "n", turns[i].n > 0 ? json_int(turns[i].n) : json_null());
		json_set_or_null(o, "why", turns[i].why);
		json_push(list, o);
	}
	return list;
}

void
duty_put_list(struct cli *cli, struct json *object, const struct duty_list *list)
{
	json_set(object, "people", turns_json(cli, list->people, list->count));
	json_set(object, "away", turns_json(cli, list->away, list->away_count));
}
