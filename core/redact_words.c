/* redact_words.c owns which fields of the register are people's words, and carries
 * their redaction into the rows. */
#include "core/redact_words.h"

#include <string.h>

#include "core/asset.h"
#include "core/asset_fact.h"
#include "core/buf.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/i18n.h"
#include "core/member.h"

/* Rules and settings hold words, not people. */
static const struct reg_kind *const kinds[] = {
	&asset_kind, &body_kind, &contact_kind, &group_kind, &member_kind, &unit_kind,
};
#define KINDS (sizeof kinds / sizeof *kinds)

const struct reg_kind *
redact_kind_of_event(const char *event_kind)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (kinds[i]->added != NULL && (strcmp(kinds[i]->added, event_kind) == 0 ||
			    strcmp(kinds[i]->changed, event_kind) == 0)) {
			return kinds[i];
		}
	}
	return NULL;
}

const struct reg_kind *
redact_kind_of_word(const char *word)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (strcmp(kinds[i]->name, word) == 0) {
			return kinds[i];
		}
	}
	return NULL;
}

/* ---- which fields are people's words ---- */

static bool
is_fact_text(const char *name)
{
	const struct fact_type *type = fact_type_of(name);

	return type != NULL && type->type == REG_TEXT;
}

/* An asset's "source" goes into its facts, and is no field of the row. */
static bool
is_text(const struct reg_kind *kind, const struct reg_field *f)
{
	if ((f->flags & REG_HIDDEN) != 0) {
		return false;
	}
	if (kind == &asset_kind && f->update == NULL) {
		return is_fact_text(f->name);
	}
	return f->type == REG_TEXT || f->type == REG_LONG;
}

const struct reg_field *
redact_text_field(const struct reg_kind *kind, const char *name)
{
	for (const struct reg_field *f = kind->fields; f->name != NULL; f++) {
		if (strcmp(f->name, name) == 0) {
			return is_text(kind, f) ? f : NULL;
		}
	}
	return NULL;
}

bool
redact_texts_fit(const struct reg_kind *kind, const struct redaction *what,
	struct error *err)
{
	struct buf all = { 0 };
	const char *odd = what->field_count == 0 ? "" : NULL;

	for (int i = 0; odd == NULL && i < what->field_count; i++) {
		odd = redact_text_field(kind, what->fields[i]) == NULL ? what->fields[i] : NULL;
	}
	if (odd == NULL) {
		return true;
	}
	for (const struct reg_field *f = kind->fields; f->name != NULL; f++) {
		if (is_text(kind, f)) {
			buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", f->name);
		}
	}
	(void)error_set(err, ERR_BAD_INPUT, _("a %s has no text \"%.40s\"; it may have: %s"),
		_(kind->name), odd, buf_text(&all));
	buf_free(&all);
	return false;
}

/* ---- the rows ---- */

static bool
remask_things(const struct applying *a, const struct reg_kind *kind,
	const struct json *first, bool many, struct error *err)
{
	for (const struct json *thing = first; thing != NULL;
	     thing = many ? json_next(thing) : NULL) {
		for (const struct json *change = json_first(json_get(thing, "set"));
		     change != NULL; change = json_next(change)) {
			const char *name = json_key(change);

			if ((redact_text_field(kind, name) != NULL ||
				    strcmp(name, "name_key") == 0) &&
			    !reg_rewrite(a, kind, thing, change, err)) {
				return false;
			}
		}
	}
	return true;
}

bool
remask_register(const struct applying *a, struct error *err)
{
	const struct reg_kind *own = redact_kind_of_event(a->event->kind);
	const struct json *things = json_get(a->body, "things");

	if (own != NULL) {
		return remask_things(a, own, a->body, false, err);
	}
	for (size_t i = 0; i < KINDS; i++) {
		if (!remask_things(a, kinds[i], json_first(json_get(things, kinds[i]->name)),
			    true, err)) {
			return false;
		}
	}
	return true;
}
