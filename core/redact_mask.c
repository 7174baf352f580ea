/* redact_mask.c walks the texts of an event's body: which may be masked is said
 * by the table of kinds, so that ids, words and numbers always stay. */
#include "core/redact_mask.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "core/redact.h"
#include "core/redact_rows.h"

/* A shorter text is masked only where it stands alone. */
#define LEAST_INSIDE 4

void
masking_clear(struct masking *m)
{
	for (size_t i = 0; i < m->value_count; i++) {
		free(m->values[i]);
	}
	free(m->values);
	*m = (struct masking){ 0 };
}

static bool
is_among(const char *const *names, const char *name)
{
	for (; names != NULL && *names != NULL; names++) {
		if (strcmp(*names, name) == 0) {
			return true;
		}
	}
	return false;
}

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

/* Undo and redo carry the texts of the kind that they reverse. */
static const char *const *
texts_of(const char *kind, const struct json *body)
{
	const char *of = json_get_text(body, "of");
	const struct redact_kind *row;

	if ((strcmp(kind, "undone") == 0 || strcmp(kind, "redone") == 0) && of != NULL) {
		kind = of;
	}
	row = redact_kind(kind);
	return row == NULL ? NULL : row->texts;
}

struct walk {
	struct masking *collect; /* or NULL: mask */
	const struct masking *m;
	const char *const *texts;
	bool named;
	int found;
};

bool
masking_add(struct masking *m, const char *text)
{
	for (size_t i = 0; i < m->value_count; i++) {
		if (strcmp(m->values[i], text) == 0) {
			return false;
		}
	}
	if (text[0] == '\0' || strcmp(text, REDACTED_TEXT) == 0) {
		return false;
	}
	m->values = xrealloc(m->values, (m->value_count + 1) * sizeof *m->values);
	m->values[m->value_count++] = xstrdup(text);
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

#define LEAST_CUT 8 /* of a value that a column cut short */
#define CUT_MARK "…"

/* Bytes of text that say the value: also where a page broke it over two lines, or a
 * column cut it with a mark; 0: none. */
static size_t
says_here(const char *text, const char *value)
{
	const char *p = text;
	const char *v = value;

	while (*v != '\0' && (*p == *v || (is_blank(*p) && is_blank(*v)))) {
		if (!is_blank(*v)) {
			p++;
			v++;
			continue;
		}
		p += strspn(p, " \n\t");
		v += strspn(v, " \n\t");
	}
	if (*v == '\0') {
		return (size_t)(p - text);
	}
	return v - value >= LEAST_CUT && strncmp(p, CUT_MARK, strlen(CUT_MARK)) == 0
		? (size_t)(p - text) + strlen(CUT_MARK) : 0;
}

/* Every value inside the text, the longest first match at each place. */
static char *
mask_inside(const struct masking *m, const char *text)
{
	struct buf out = { 0 };

	while (*text != '\0') {
		size_t longest = 0;

		for (size_t i = 0; i < m->value_count; i++) {
			size_t len = strlen(m->values[i]) >= LEAST_INSIDE
				? says_here(text, m->values[i]) : 0;

			longest = len > longest ? len : longest;
		}
		if (longest > 0) {
			buf_adds(&out, REDACTED_TEXT);
			text += longest;
		} else {
			buf_addc(&out, *text++);
		}
	}
	return buf_take(&out);
}

char *
mask_values(const struct masking *m, const char *text)
{
	for (size_t i = 0; i < m->value_count; i++) {
		if (strcmp(m->values[i], text) == 0) {
			return xstrdup(REDACTED_TEXT);
		}
	}
	return mask_inside(m, text);
}

static char *
mask_text(const struct walk *w, const char *name, const char *text)
{
	return w->named && is_named(w->m, name) ? xstrdup(REDACTED_TEXT)
		: mask_values(w->m, text);
}

static struct json *
leaf(struct walk *w, const char *name, const struct json *value)
{
	const char *text = json_text(value, "");
	struct json *copy;
	char *masked;

	if (!is_among(w->texts, name)) {
		return json_copy(value);
	}
	if (w->collect != NULL) {
		if (is_named(w->collect, name)) {
			w->found++;
			(void)masking_add(w->collect, text);
		}
		return json_copy(value);
	}
	masked = mask_text(w, name, text);
	w->found += strcmp(masked, text) != 0;
	copy = json_string(masked);
	free(masked);
	return copy;
}

static struct json *walk_body(const struct walk *w, const char *kind,
	const struct json *body, int *found);

/* The key by which a name is found again says the name itself: it goes with it. */
static void
mask_key(struct json *copy, const struct json *was)
{
	const char *name = json_get_text(was, "name");

	if (name != NULL && json_get_text(was, "name_key") != NULL &&
	    strcmp(json_get_text(copy, "name"), name) != 0) {
		json_set_text(copy, "name_key", REDACTED_TEXT);
	}
}

static void
mask_key_set(struct json *copy, const struct json *was)
{
	static const char *const ends[] = { "from", "to" };
	const struct json *old = json_get(was, "name");
	const struct json *name = json_get(copy, "name");
	struct json *key;

	if (old == NULL || json_get(was, "name_key") == NULL) {
		return;
	}
	key = json_copy(json_get(was, "name_key"));
	for (size_t i = 0; i < 2; i++) {
		if (strcmp(json_text(json_get(old, ends[i]), ""),
			    json_text(json_get(name, ends[i]), "")) != 0) {
			json_set_text(key, ends[i], REDACTED_TEXT);
		}
	}
	json_set(copy, "name_key", key);
}

static struct json *walk_set(struct walk *w, const struct json *set);

/* name: what a text found here is called; of a change of a column (set.title.to)
 * it is the column. */
static struct json *
walk_value(struct walk *w, const char *name, bool in_set, const struct json *value)
{
	struct json *copy;

	if (json_is(value, JSON_STRING)) {
		return leaf(w, name, value);
	}
	if (!json_is(value, JSON_OBJECT) && !json_is(value, JSON_ARRAY)) {
		return json_copy(value);
	}
	copy = json_is(value, JSON_OBJECT) ? json_object() : json_array();
	for (const struct json *child = json_first(value); child != NULL;
	     child = json_next(child)) {
		const char *key = json_key(child);

		if (key == NULL) {
			json_push(copy, walk_value(w, name, in_set, child));
		} else if (!in_set && strcmp(key, "set") == 0 && json_is(child, JSON_OBJECT)) {
			json_set(copy, key, walk_set(w, child));
		} else {
			json_set(copy, key, walk_value(w, in_set ? name : key, in_set, child));
		}
	}
	if (json_is(value, JSON_OBJECT)) {
		mask_key(copy, value);
	}
	return copy;
}

static struct json *
walk_set(struct walk *w, const struct json *set)
{
	struct json *copy = json_object();

	for (const struct json *change = json_first(set); change != NULL;
	     change = json_next(change)) {
		json_set(copy, json_key(change), walk_value(w, json_key(change), true, change));
	}
	mask_key_set(copy, set);
	return copy;
}

static struct json *
walk_body(const struct walk *from, const char *kind, const struct json *body, int *found)
{
	struct walk w = *from;
	struct json *copy = json_object();
	const char *of = json_get_text(body, "of");

	w.texts = texts_of(kind, body);
	w.found = 0;
	for (const struct json *child = json_first(body); child != NULL;
	     child = json_next(child)) {
		const char *key = json_key(child);
		struct json *value;

		if (strcmp(key, "set") == 0) {
			value = walk_set(&w, child);
		} else if (strcmp(kind, "redacted") == 0 && of != NULL &&
		    strcmp(key, "replacement") == 0) {
			value = walk_body(&w, of, child, &w.found);
		} else {
			value = walk_value(&w, key, false, child);
		}
		json_set(copy, key, value);
	}
	*found += w.found;
	return copy;
}

int
mask_collect(struct masking *m, const char *kind, const struct json *body)
{
	const struct walk w = { .collect = m, .m = m };
	int found = 0;

	json_free(walk_body(&w, kind, body, &found));
	return found;
}

/* The bytes of evidence go by the hash, wherever the case took them in. */
static bool
drop_bytes(const struct masking *m, const char *kind, struct json *body)
{
	const char *hash = json_get_text(body, "hash");

	if (m->drop_hash == NULL || strcmp(kind, "evidence_added") != 0 || hash == NULL ||
	    strcmp(hash, m->drop_hash) != 0 || json_get_bool(body, "dropped")) {
		return false;
	}
	json_set_bool(body, "dropped", true);
	return true;
}

struct json *
mask_body(const struct masking *m, const char *kind, const struct json *body, bool named)
{
	const struct walk w = { .m = m, .named = named };
	int found = 0;
	struct json *copy = walk_body(&w, kind, body, &found);

	if (drop_bytes(m, kind, copy)) {
		found++;
	}
	if (found == 0) {
		json_free(copy);
		return NULL;
	}
	return copy;
}

bool
mask_says(const struct masking *m, const char *text)
{
	for (size_t i = 0; i < m->value_count; i++) {
		if (strcmp(m->values[i], text) == 0 ||
		    (strlen(m->values[i]) >= LEAST_INSIDE &&
			    strstr(text, m->values[i]) != NULL)) {
			return true;
		}
	}
	return false;
}
