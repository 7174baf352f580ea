/* unit.c owns the tables of bodies (organisations) and units (places and
 * offices).  They come with a profile. */
#include <stdio.h>

#include "core/contact.h"
#include "core/i18n.h"
#include "core/register_words.h"

SQL(BODY_INSERT, "tt",
	"INSERT INTO body (code, name, name_en, class, parent, place, duty, source,"
	" origin) VALUES ($1, '', '', 'body', '', '', '', '', $2)");
SQL(BODY_READ, "t",
	"SELECT name, name_en, class, parent, place, duty, valid_from, valid_to, source"
	" FROM body WHERE code = $1");
SQL(BODY_CODES, "", "SELECT code FROM body ORDER BY code");
SQL(UNIT_INSERT, "tt",
	"INSERT INTO unit (code, name, kind, area, named, body, aliases, carrier, island,"
	" source, origin) VALUES ($1, '', 'commune', '', 0, '', '', '', 0, '', $2)");
SQL(UNIT_READ, "t",
	"SELECT name, kind, area, body, aliases, carrier, source, named, island FROM unit"
	" WHERE code = $1");
SQL(UNIT_CODES, "", "SELECT code FROM unit ORDER BY code");

#define COLUMN(table, column, type) \
	SQL(table##_SET_##column, type "t", \
		"UPDATE " #table " SET " #column " = $1 WHERE code = $2")
COLUMN(body, name, "t");
COLUMN(body, name_en, "t");
COLUMN(body, class, "t");
COLUMN(body, parent, "t");
COLUMN(body, place, "t");
COLUMN(body, duty, "t");
COLUMN(body, valid_from, "t");
COLUMN(body, valid_to, "t");
COLUMN(body, source, "t");
COLUMN(unit, name, "t");
COLUMN(unit, kind, "t");
COLUMN(unit, area, "t");
COLUMN(unit, named, "i");
COLUMN(unit, body, "t");
COLUMN(unit, aliases, "t");
COLUMN(unit, carrier, "t");
COLUMN(unit, island, "i");
COLUMN(unit, source, "t");

static const struct reg_field body_fields[] = {
	{ .name = "name", .type = REG_TEXT, .flags = REG_REQUIRED,
	  .update = &body_SET_name },
	{ .name = "name_en", .type = REG_TEXT, .update = &body_SET_name_en },
	{ .name = "class", .type = REG_WORD, .flags = REG_REQUIRED, .words = CLASS_WORDS,
	  .update = &body_SET_class },
	{ .name = "parent", .type = REG_WORD, .update = &body_SET_parent },
	{ .name = "address", .type = REG_LONG, .update = &body_SET_place },
	{ .name = "duty", .type = REG_LONG, .update = &body_SET_duty },
	{ .name = "valid_from", .type = REG_DATE, .update = &body_SET_valid_from },
	{ .name = "valid_to", .type = REG_DATE, .update = &body_SET_valid_to },
	{ .name = "source", .type = REG_LONG, .update = &body_SET_source },
	{ 0 },
};

static const struct reg_field unit_fields[] = {
	{ .name = "name", .type = REG_TEXT, .flags = REG_REQUIRED,
	  .update = &unit_SET_name },
	{ .name = "kind", .type = REG_WORD, .flags = REG_REQUIRED,
	  .words = UNIT_KIND_WORDS, .update = &unit_SET_kind },
	{ .name = "area", .type = REG_TEXT, .update = &unit_SET_area },
	{ .name = "named", .type = REG_FLAG, .update = &unit_SET_named },
	{ .name = "body", .type = REG_WORD, .update = &unit_SET_body },
	{ .name = "aliases", .type = REG_LONG, .update = &unit_SET_aliases },
	{ .name = "carrier", .type = REG_TEXT, .update = &unit_SET_carrier },
	{ .name = "island", .type = REG_FLAG, .update = &unit_SET_island },
	{ .name = "source", .type = REG_LONG, .update = &unit_SET_source },
	{ 0 },
};

static struct json *
row_texts(struct stmt *st, const char *const *names)
{
	struct json *row = json_object();

	for (int i = 0; names[i] != NULL; i++) {
		json_set(row, names[i], reg_text(stmt_text(st, i)));
	}
	return row;
}

static bool
body_load(struct desk *desk, const char *code, char id[UUID_SIZE], struct json **out,
	struct error *err)
{
	static const char *const names[] = {
		"name", "name_en", "class", "parent", "address", "duty", "valid_from",
		"valid_to", "source", NULL,
	};
	struct stmt *st = db_query(desk_db(desk), &BODY_READ, TXT(code));

	(void)id;
	if (stmt_row(st)) {
		*out = row_texts(st, names);
	}
	return stmt_done(st, err);
}

static bool
unit_load(struct desk *desk, const char *code, char id[UUID_SIZE], struct json **out,
	struct error *err)
{
	static const char *const names[] = {
		"name", "kind", "area", "body", "aliases", "carrier", "source", NULL,
	};
	struct stmt *st = db_query(desk_db(desk), &UNIT_READ, TXT(code));

	(void)id;
	if (stmt_row(st)) {
		*out = row_texts(st, names);
		json_set_bool(*out, "named", stmt_int(st, 7) != 0);
		json_set_bool(*out, "island", stmt_int(st, 8) != 0);
	}
	return stmt_done(st, err);
}

static bool
body_insert(const struct reg_write *w, struct error *err)
{
	return db_run(w->a->db, &BODY_INSERT, err, TXT(w->key), TXT(w->origin));
}

static bool
unit_insert(const struct reg_write *w, struct error *err)
{
	return db_run(w->a->db, &UNIT_INSERT, err, TXT(w->key), TXT(w->origin));
}

const struct reg_kind body_kind = {
	.name = N_("body"), .key = "code", .act = ACT_REGISTER, .key_is_id = true,
	.fields = body_fields, .load = body_load, .insert = body_insert,
};

const struct reg_kind unit_kind = {
	.name = N_("unit"), .key = "code", .act = ACT_REGISTER, .key_is_id = true,
	.added = "unit_added", .changed = "unit_set",
	.fields = unit_fields, .load = unit_load, .insert = unit_insert,
};

bool
apply_unit_change(const struct applying *a, struct error *err)
{
	return reg_apply(a, &unit_kind, a->body, err);
}

bool
unit_add(struct desk *desk, const char *code, const struct json *given,
	struct error *err)
{
	return reg_add(desk, &unit_kind, code, given, err);
}

bool
unit_set(struct desk *desk, const char *code, const struct json *given,
	struct error *err)
{
	return reg_set(desk, &unit_kind, code, given, err);
}

static bool
show(struct desk *desk, const struct reg_kind *kind, const char *code,
	struct json **out, struct error *err)
{
	char id[UUID_SIZE];
	struct json *row = NULL;

	if (!kind->load(desk, code, id, &row, err)) {
		json_free(row);
		return false;
	}
	if (row == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("there is no %s %.60s"), _(kind->name),
			code);
	}
	json_set_text(row, "code", code);
	*out = row;
	return true;
}

static bool
body_show(struct desk *desk, const char *code, struct json **out, struct error *err)
{
	return show(desk, &body_kind, code, out, err);
}

bool
unit_show(struct desk *desk, const char *code, struct json **out, struct error *err)
{
	return show(desk, &unit_kind, code, out, err);
}

bool
body_list(struct desk *desk, struct json **out, struct error *err)
{
	return reg_list(desk, &BODY_CODES, body_show, out, err);
}

bool
unit_list(struct desk *desk, struct json **out, struct error *err)
{
	return reg_list(desk, &UNIT_CODES, unit_show, out, err);
}
