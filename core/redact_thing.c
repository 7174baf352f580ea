/* redact_thing.c masks what an event says of one thing of the register: precisely,
 * for another may have the same name or the same switchboard. */
#include "core/redact_thing.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/redact_words.h"

/* ---- one thing in an event ---- */

static bool
is_named(const struct masking *m, const char *name)
{
	for (int i = 0; i < m->field_count; i++) {
		if (strcmp(m->fields[i], name) == 0) {
			return true;
		}
	}
	return false;
}

static void
collect_value(struct masking *m, const struct json *value)
{
	if (json_is(value, JSON_STRING)) {
		(void)masking_add(m, json_text(value, ""));
	} else if (json_is(value, JSON_OBJECT)) {
		(void)masking_add(m, json_text_of(value, "value"));
		(void)masking_add(m, json_text_of(value, "text"));
	}
}

/* A person's own texts; role and source of a fact stay. */
static struct json *
masked_value(const struct masking *m, bool named, const struct json *value, bool *found)
{
	static const char *const texts[] = { "value", "text" };
	struct json *copy = json_copy(value);

	if (json_is(value, JSON_STRING)) {
		char *text = named ? xstrdup(REDACTED_TEXT)
			: mask_values(m, json_text(value, ""));

		*found = *found || strcmp(text, json_text(value, "")) != 0;
		json_free(copy);
		copy = json_string(text);
		free(text);
		return copy;
	}
	for (size_t i = 0; json_is(value, JSON_OBJECT) && i < 2; i++) {
		const struct json *part = json_get(value, texts[i]);

		if (json_is(part, JSON_STRING)) {
			json_set(copy, texts[i], masked_value(m, named, part, found));
		}
	}
	return copy;
}

/* The key by which a name is sorted says the name itself. */
static void
mask_key(struct json *set, const char *end)
{
	const struct json *key = json_get(set, "name_key");
	struct json *copy;

	if (json_is(json_get(key, end), JSON_STRING)) {
		copy = json_copy(key);
		json_set_text(copy, end, REDACTED_TEXT);
		json_set(set, "name_key", copy);
	}
}

static bool
mask_set(const struct masking *m, const struct reg_kind *kind, struct json *set,
	const struct json *was)
{
	static const char *const ends[] = { "from", "to" };
	bool any = false;

	for (const struct json *change = json_first(was); change != NULL;
	     change = json_next(change)) {
		const char *name = json_key(change);
		struct json *copy;

		if (redact_text_field(kind, name) == NULL) {
			continue;
		}
		copy = json_copy(change);
		for (size_t i = 0; i < 2; i++) {
			bool found = false;

			json_set(copy, ends[i], masked_value(m, is_named(m, name),
				json_get(change, ends[i]), &found));
			if (found && strcmp(name, "name") == 0) {
				mask_key(set, ends[i]);
			}
			any = any || found;
		}
		json_set(set, name, copy);
	}
	return any;
}

/* The masked copy of the thing; NULL where it says nothing of it. */
static struct json *
masked_thing(const struct masking *m, const struct reg_kind *kind,
	const struct json *thing)
{
	struct json *copy = json_copy(thing);
	struct json *set = json_copy(json_get(thing, "set"));

	if (!mask_set(m, kind, set, json_get(thing, "set"))) {
		json_free(set);
		json_free(copy);
		return NULL;
	}
	json_set(copy, "set", set);
	return copy;
}

/* ---- an event ---- */

static void
collect_thing(struct masking *m, const struct json *thing)
{
	for (int i = 0; i < m->field_count; i++) {
		const struct json *change = json_get(json_get(thing, "set"), m->fields[i]);

		collect_value(m, json_get(change, "from"));
		collect_value(m, json_get(change, "to"));
	}
}

/* The masked copy of it; NULL, and while collecting always. */
static struct json *
visit_thing(struct masking *m, const struct redact_thing *t, const struct json *thing,
	bool collect)
{
	if (strcmp(json_text_of(thing, "id"), t->id) != 0) {
		return NULL;
	}
	if (collect) {
		collect_thing(m, thing);
		return NULL;
	}
	return masked_thing(m, t->kind, thing);
}

/* Of the many of a profile. */
static struct json *
visit_many(struct masking *m, const struct redact_thing *t, const struct json *body,
	bool collect)
{
	const struct json *list = json_get(json_get(body, "things"), t->kind->name);
	struct json *things = json_array();
	struct json *by_kind;
	struct json *copy;
	bool any = false;

	for (const struct json *thing = json_first(list); thing != NULL;
	     thing = json_next(thing)) {
		struct json *masked = visit_thing(m, t, thing, collect);

		any = any || masked != NULL;
		json_push(things, masked != NULL ? masked : json_copy(thing));
	}
	if (!any) {
		json_free(things);
		return NULL;
	}
	copy = json_copy(body);
	by_kind = json_copy(json_get(body, "things"));
	json_set(by_kind, t->kind->name, things);
	json_set(copy, "things", by_kind);
	return copy;
}

static struct json *
visit_body(struct masking *m, const struct redact_thing *t, const char *kind,
	const struct json *body, bool collect)
{
	const struct reg_kind *own = redact_kind_of_event(kind);

	if (own != NULL) {
		return own == t->kind ? visit_thing(m, t, body, collect) : NULL;
	}
	return strcmp(kind, REG_IMPORTED) == 0 ? visit_many(m, t, body, collect) : NULL;
}

/* A redaction carries the body of its target, which may be a redaction. */
struct json *
redact_thing_visit(struct masking *m, const struct redact_thing *t, const char *kind,
	const struct json *body, bool collect)
{
	struct json *inner;
	struct json *copy;

	if (strcmp(kind, "redacted") != 0) {
		return visit_body(m, t, kind, body, collect);
	}
	inner = redact_thing_visit(m, t, json_text_of(body, "of"),
		json_get(body, "replacement"), collect);
	if (inner == NULL) {
		return NULL;
	}
	copy = json_copy(body);
	json_set(copy, "replacement", inner);
	return copy;
}
