/* contact.c owns the table of contacts. */
#include "core/contact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "core/document.h"
#include "core/i18n.h"
#include "core/register_words.h"

SQL(CONTACT_DATES, "t", "SELECT COALESCE(valid_from, ''), COALESCE(valid_to, ''), name"
	" FROM contact WHERE role = $1");
SQL(CONTACT_INSERT, "ttt",
	"INSERT INTO contact (id, role, name, name_en, body, class, kinds, stands_for,"
	" per_asset, per_case, note, source, origin)"
	" VALUES ($1, $2, '', '', '', 'body', '', '', '', 0, '', '', $3)");
SQL(CONTACT_READ, "t",
	"SELECT id, name, name_en, body, class, valid_from, valid_to, verified_at,"
	" stands_for, per_asset, note, source, kinds, per_case, origin"
	" FROM contact WHERE role = $1");
SQL(CONTACT_ROLES, "", "SELECT role FROM contact ORDER BY role");

#define COLUMN(column, type) \
	SQL(CONTACT_SET_##column, type "t", \
		"UPDATE contact SET " #column " = $1 WHERE id = $2")
COLUMN(name, "t");
COLUMN(name_en, "t");
COLUMN(body, "t");
COLUMN(class, "t");
COLUMN(kinds, "t");
COLUMN(valid_from, "t");
COLUMN(valid_to, "t");
COLUMN(verified_at, "t");
COLUMN(stands_for, "t");
COLUMN(per_asset, "t");
COLUMN(per_case, "i");
COLUMN(note, "t");
COLUMN(source, "t");

static const struct reg_field fields[] = {
	{ .name = "name", .type = REG_TEXT, .flags = REG_REQUIRED,
	  .update = &CONTACT_SET_name },
	{ .name = "name_en", .type = REG_TEXT, .update = &CONTACT_SET_name_en },
	{ .name = "body", .type = REG_WORD, .update = &CONTACT_SET_body },
	{ .name = "class", .type = REG_WORD, .flags = REG_NO_NULL, .words = CLASS_WORDS,
	  .update = &CONTACT_SET_class },
	{ .name = "kinds", .type = REG_WORDS, .words = KIND_WORDS,
	  .update = &CONTACT_SET_kinds },
	{ .name = "valid_from", .type = REG_DATE, .update = &CONTACT_SET_valid_from },
	{ .name = "valid_to", .type = REG_DATE, .update = &CONTACT_SET_valid_to },
	{ .name = "verified_at", .type = REG_DATE, .update = &CONTACT_SET_verified_at },
	{ .name = "group", .type = REG_WORD, .update = &CONTACT_SET_stands_for },
	{ .name = "per_asset", .type = REG_WORD, .words = "owner operator",
	  .update = &CONTACT_SET_per_asset },
	{ .name = "per_case", .type = REG_FLAG, .update = &CONTACT_SET_per_case },
	{ .name = "note", .type = REG_LONG, .update = &CONTACT_SET_note },
	{ .name = "source", .type = REG_LONG, .update = &CONTACT_SET_source },
	ADDRESS_FIELDS,
	{ 0 },
};

static bool
load(struct desk *desk, const char *role, char id[UUID_SIZE], struct json **out,
	struct error *err)
{
	static const char *const names[] = {
		"name", "name_en", "body", "class", "valid_from", "valid_to",
		"verified_at", "group", "per_asset", "note", "source",
	};
	struct stmt *st = db_query(desk_db(desk), &CONTACT_READ, TXT(role));
	struct json *contact = NULL;

	if (stmt_row(st)) {
		contact = json_object();
		(void)snprintf(id, UUID_SIZE, "%s", stmt_text(st, 0));
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			json_set(contact, names[i], reg_text(stmt_text(st, (int)i + 1)));
		}
		json_set(contact, "kinds", reg_split(stmt_text(st, 12)));
		json_set_bool(contact, "per_case", stmt_int(st, 13) != 0);
	}
	if (!stmt_done(st, err) ||
	    (contact != NULL && !address_load(desk, id, contact, err))) {
		json_free(contact);
		return false;
	}
	*out = contact;
	return true;
}

static bool
reference(struct desk *desk, const struct reg_kind *kind, const char *key,
	const char *path, const char *field, struct error *err)
{
	struct json *found = NULL;
	char id[UUID_SIZE];
	char *place;

	if (key == NULL) {
		return true;
	}
	if (!kind->load(desk, key, id, &found, err)) {
		return false;
	}
	if (found != NULL) {
		json_free(found);
		return true;
	}
	place = reg_place(path, field);
	(void)error_set(err, ERR_NOT_FOUND, _("%s: there is no %s %.60s"), place,
		_(kind->name), key);
	free(place);
	return false;
}

static bool
check(struct desk *desk, const char *role, struct json *wanted, bool fresh,
	const char *path, struct error *err)
{
	const char *from = json_get_text(wanted, "valid_from");
	const char *to = json_get_text(wanted, "valid_to");

	(void)role;
	(void)fresh;
	if (from != NULL && to != NULL && strcmp(from, to) > 0) {
		char *place = reg_place(path, "valid_to");

		(void)error_set(err, ERR_BAD_INPUT, _("%s: %s is before valid_from %s"),
			place, to, from);
		free(place);
		return false;
	}
	return address_check(wanted, path, err) && (path[0] != '\0' ||
		reference(desk, &body_kind, json_get_text(wanted, "body"), path, "body",
			err));
}

static bool
insert(const struct reg_write *w, struct error *err)
{
	return db_run(w->a->db, &CONTACT_INSERT, err, TXT(w->id), TXT(w->key),
		TXT(w->origin));
}

const struct reg_kind contact_kind = {
	.name = N_("contact"), .key = "role", .act = ACT_REGISTER,
	.added = "contact_added", .changed = "contact_set", .fields = fields,
	.load = load, .check = check, .insert = insert, .write = address_write,
};

bool
apply_contact_change(const struct applying *a, struct error *err)
{
	return reg_apply(a, &contact_kind, a->body, err);
}

bool
contact_is_current(struct desk *desk, const char *role, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &CONTACT_DATES, TXT(role));
	char today[REG_DATE_SIZE], shown[DAY_SIZE];
	char *from = NULL, *to = NULL, *name = NULL;
	bool ok;

	if (stmt_row(st)) {
		from = stmt_dup(st, 0);
		to = stmt_dup(st, 1);
		name = stmt_dup(st, 2);
	}
	ok = stmt_done(st, err);
	reg_today(desk, today);
	if (ok && name != NULL && !reg_valid_on(from, to, today)) {
		bool over = to[0] != '\0' && strcmp(to, today) < 0;

		document_day_shown(shown, over ? to : from);
		ok = error_set(err, ERR_REFUSED, over
			? _("%s was a contact until %s: choose another, or say who it is in"
			    " words")
			: _("%s is a contact only from %s: choose another, or say who it is in"
			    " words"), name, shown);
	}
	free(from);
	free(to);
	free(name);
	return ok;
}

bool
contact_by_person_only(const char *class_word)
{
	return strcmp(class_word, "ministry") == 0 || strcmp(class_word, "police") == 0;
}

/* The option is --verified, the field says when. */
static struct json *
with_verified(const struct json *given)
{
	struct json *copy = json_copy(given);
	struct json *verified = json_detach(copy, "verified");

	if (verified != NULL) {
		json_set(copy, "verified_at", verified);
	}
	return copy;
}

bool
contact_add(struct desk *desk, const char *role, const struct json *given,
	struct error *err)
{
	struct json *copy = with_verified(given);
	bool ok = reg_add(desk, &contact_kind, role, copy, err);

	json_free(copy);
	return ok;
}

bool
contact_set(struct desk *desk, const char *role, const struct json *given,
	struct error *err)
{
	struct json *copy = with_verified(given);
	bool ok = reg_set(desk, &contact_kind, role, copy, err);

	json_free(copy);
	return ok;
}

bool
contact_show(struct desk *desk, const char *role, struct json **out,
	struct error *err)
{
	struct json *contact = NULL;
	char today[REG_DATE_SIZE];
	char id[UUID_SIZE];

	if (!load(desk, role, id, &contact, err)) {
		return false;
	}
	if (contact == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("there is no contact %.60s"), role);
	}
	reg_today(desk, today);
	address_fold(contact);
	*out = json_object();
	json_set_text(*out, "id", id);
	json_set_text(*out, "role", role);
	for (const struct json *field = json_first(contact); field != NULL;
	     field = json_next(field)) {
		json_set(*out, json_key(field), json_copy(field));
	}
	json_set_bool(*out, "valid", reg_valid_on(json_get_text(contact, "valid_from"),
		json_get_text(contact, "valid_to"), today));
	json_free(contact);
	return true;
}

bool
contact_list(struct desk *desk, struct json **out, struct error *err)
{
	return reg_list(desk, &CONTACT_ROLES, contact_show, out, err);
}
