/* redact_register.c takes texts of a thing of the register out: its own events, what
 * else of the desk repeats them, and who must look at his case himself. */
#include "core/redact_register.h"

#include <stdlib.h>
#include <string.h>

#include "core/body.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/redact_private.h"
#include "core/redact_thing.h"
#include "core/redact_words.h"

SQL(REGISTER_EVENTS, "i", "SELECT " EVENT_COLUMNS " FROM event"
	" WHERE (case_id IS NULL OR kind = 'asset_set') AND seq > $1"
	" AND kind IN ('asset_added', 'asset_set', 'contact_added',"
	" 'contact_set', 'group_added', 'group_set', 'member_added', 'member_set',"
	" 'profile_imported', 'redacted', 'unit_added', 'unit_set') ORDER BY seq LIMIT 1");
SQL(CASE_BODIES, "", "SELECT case_id, body FROM event WHERE case_id IS NOT NULL"
	" AND body IS NOT NULL");
SQL(CASE_NUMBER, "t", "SELECT number FROM cases WHERE id = $1");

bool
redact_is_kind(const char *word)
{
	return redact_kind_of_word(word) != NULL;
}

static bool
next_event(struct redacting *r, int64_t *after, bool *more, bool collect,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(r->desk), &REGISTER_EVENTS, I64(*after));
	struct event event = { 0 };
	struct json *body = NULL;
	bool ok = true;

	*more = stmt_row(st);
	if (*more && !event_from_row(&event, st)) {
		ok = error_set(err, ERR_IO, _("event %lld is damaged; run `suco verify`"),
			(long long)event.seq);
	}
	*after = event.seq;
	ok = stmt_done(st, err) && ok;
	if (ok && *more && event.has_body &&
	    (ok = json_parse(&body, event.body, strlen(event.body), NULL, err))) {
		struct json *replacement = redact_thing_visit(&r->m, r->thing, event.kind, body,
			collect);

		if (replacement != NULL) {
			redact_add(r, &event, replacement);
		}
	}
	json_free(body);
	event_clear(&event);
	return ok;
}

/* What is appended waits for the end of the change: the walk does not see it. */
static bool
walk(struct redacting *r, bool collect, struct error *err)
{
	bool more = true;
	bool ok = true;

	for (int64_t after = 0; ok && more;) {
		ok = next_event(r, &after, &more, collect, err);
	}
	return ok;
}

static bool
decide(struct redacting *r, struct error *err)
{
	if (!walk(r, true, err)) {
		return false;
	}
	if (mask_says(&r->m, r->what->law) || mask_says(&r->m, r->what->reason)) {
		return error_set(err, ERR_REFUSED,
			_("the law or the reason repeats what is to be redacted"));
	}
	return r->m.value_count == 0 || (walk(r, false, err) && redact_others(r, err));
}

/* ---- who else says it ---- */

/* As it stands in a body: between quotes, escaped. */
static struct json *
written(const struct masking *m)
{
	struct json *list = json_array();

	for (size_t i = 0; i < m->value_count; i++) {
		struct json *value = json_string(m->values[i]);
		char *text = json_canonical(value);
		size_t len = strlen(text);

		if (len > 2 + 3) {
			text[len - 1] = '\0';
			json_push(list, json_string(text + 1));
		}
		free(text);
		json_free(value);
	}
	return list;
}

static bool
says(const struct json *list, const char *body)
{
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		if (strstr(body, json_text(one, "")) != NULL) {
			return true;
		}
	}
	return false;
}

static bool
name_cases(struct desk *desk, const struct json *counts, struct json **out,
	struct error *err)
{
	bool ok = true;

	*out = json_array();
	for (const struct json *one = json_first(counts); ok && one != NULL;
	     one = json_next(one)) {
		struct json *row = json_object();
		char *number = NULL;

		ok = db_one_text(desk_db(desk), &CASE_NUMBER, &number, err, TXT(json_key(one)));
		json_set_text(row, "number", number);
		json_set_int(row, "events", json_integer(one, 0));
		json_push(*out, row);
		free(number);
	}
	return ok;
}

/* Read once, without parsing: a redaction is rare, and writes the file anew. */
static bool
find_cases(struct redacting *r, struct json **out, struct error *err)
{
	struct json *list = written(&r->m);
	struct json *counts = json_object();
	struct stmt *st = db_query(desk_db(r->desk), &CASE_BODIES, NOARGS);
	bool ok;

	while (json_first(list) != NULL && stmt_row(st)) {
		const char *id = stmt_text(st, 0);

		if (says(list, stmt_text(st, 1))) {
			json_set_int(counts, id, json_get_int(counts, id, 0) + 1);
		}
	}
	ok = stmt_done(st, err) && name_cases(r->desk, counts, out, err);
	json_free(list);
	json_free(counts);
	return ok;
}

static bool
run(struct desk *desk, const struct redact_thing *thing, const struct redaction *what,
	struct redact_result *out, struct error *err)
{
	struct redacting r = {
		.desk = desk, .case_id = "", .thing = thing, .what = what, .decide = decide,
	};
	bool ok = redact_run(&r, out, err) && find_cases(&r, &out->cases, err);

	masking_clear(&r.m);
	return ok;
}

bool
redact_register(struct desk *desk, const char *word, const char *key,
	const struct redaction *what, struct redact_result *out, struct error *err)
{
	struct redact_thing thing = { .kind = redact_kind_of_word(word) };
	struct json *current = NULL;
	char id[UUID_SIZE] = "";
	bool ok;

	if (thing.kind == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("the register has no kind %.40s"), word);
	}
	if (!thing.kind->load(desk, key, id, &current, err)) {
		return false;
	}
	ok = current != NULL || error_set(err, ERR_NOT_FOUND, _("there is no %s %.60s"),
		_(thing.kind->name), key);
	json_free(current);
	thing.id = thing.kind->key_is_id ? key : id;
	return ok && redact_texts_fit(thing.kind, what, err) && run(desk, &thing, what, out, err);
}

/* The thing that an event of the register is about: kind and key, the caller's. */
static bool
thing_of_event(struct desk *desk, int64_t seq, const struct reg_kind **kind, char **key,
	struct error *err)
{
	struct event event = { 0 };
	struct json *body = NULL;
	bool ok = event_load(&event, desk_db(desk), seq, err) &&
		body_in_force(&body, desk_db(desk), &event, err);

	*kind = NULL;
	*key = NULL;
	if (ok && strcmp(event.kind, REG_IMPORTED) == 0) {
		ok = error_set(err, ERR_REFUSED, _("event %lld brought many things: name the one"
			" that it is about: redact contact KEY FIELD"), (long long)seq);
	} else if (ok && (*kind = redact_kind_of_event(event.kind)) != NULL) {
		*key = xstrdup(json_text_of(body, "key"));
	}
	json_free(body);
	event_clear(&event);
	return ok;
}

bool
redact_event(struct desk *desk, const char *case_id, int64_t seq,
	const struct redaction *what, struct redact_result *out, struct error *err)
{
	const struct reg_kind *kind = NULL;
	char *key = NULL;
	bool ok;

	if (case_id[0] == '\0' && !thing_of_event(desk, seq, &kind, &key, err)) {
		return false;
	}
	ok = kind != NULL ? redact_register(desk, kind->name, key, what, out, err)
		: redact(desk, case_id, seq, what, out, err);
	free(key);
	return ok;
}
