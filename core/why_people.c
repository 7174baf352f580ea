/* why_people.c says of a step that is to come whom it calls, by what, when they can
 * be on site, and why not the others. */
#include "core/why_people.h"

/* Mail is what goes without a channel's name. */
static struct json *
named(struct json *channels)
{
	struct json *out = json_array();

	for (const struct json *one = json_first(channels); one != NULL;
	     one = json_next(one)) {
		const char *channel = json_text(one, "");

		json_push(out, json_string(channel[0] == '\0' ? "mail" : channel));
	}
	json_free(channels);
	return out;
}

static struct json *
person_json(const struct page_person *p)
{
	struct json *one = json_object();

	json_set_text(one, "name", p->name);
	json_set_text(one, "login", p->login);
	json_set_text(one, "who", p->why);
	json_set_text(one, "skipped", p->skipped);
	json_set_bool(one, "knows", p->knows);
	json_set(one, "on_site_at", p->there_at == 0 ? json_null() : json_int(p->there_at));
	json_set_text(one, "far", p->far);
	return one;
}

bool
why_people(struct json *row, struct desk *desk, const struct ir_case *c,
	const struct policy_step *step, const struct page *page, struct error *err)
{
	struct json *people = json_array();

	for (int i = 0; i < page->count; i++) {
		struct json *channels = page_channels(desk, c, page->people[i].id, step->by, err);
		struct json *one;

		if (channels == NULL) {
			json_free(people);
			return false;
		}
		one = person_json(&page->people[i]);
		json_set(one, "channels", named(channels));
		json_push(people, one);
	}
	json_set(row, "people", people);
	return true;
}
