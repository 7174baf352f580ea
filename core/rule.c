/* rule.c owns the table of rules: kept, listed, changed. */
#include "core/rule.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/rule_form.h"

SQL(RULE_INSERT, "tt",
	"INSERT INTO rule (id, family, position, conditions, consequence, source,"
	" origin) VALUES ($1, 'severity', 0, '{}', '{}', '', $2)");
SQL(RULE_READ, "t",
	"SELECT family, position, conditions, consequence, source, valid_from, valid_to,"
	" origin FROM rule WHERE id = $1");
#define RULE_COLUMNS "family, position, conditions, consequence, source, valid_from," \
	" valid_to, origin, id"
SQL(RULES_ALL, "", "SELECT " RULE_COLUMNS " FROM rule ORDER BY family, position, id");
SQL(RULES_OF, "t",
	"SELECT " RULE_COLUMNS " FROM rule WHERE family = $1 ORDER BY position, id");

#define COLUMN(column, type) \
	SQL(RULE_SET_##column, type "t", "UPDATE rule SET " #column " = $1 WHERE id = $2")
COLUMN(family, "t");
COLUMN(position, "i");
COLUMN(conditions, "t");
COLUMN(consequence, "t");
COLUMN(source, "t");
COLUMN(valid_from, "t");
COLUMN(valid_to, "t");

static const struct reg_field fields[] = {
	{ .name = "family", .type = REG_WORD, .flags = REG_REQUIRED,
	  .words = RULE_FAMILIES, .update = &RULE_SET_family },
	{ .name = "order", .type = REG_INT, .flags = REG_REQUIRED, .max = 1000000,
	  .update = &RULE_SET_position },
	{ .name = "when", .type = REG_JSON, .flags = REG_REQUIRED,
	  .update = &RULE_SET_conditions },
	{ .name = "then", .type = REG_JSON, .flags = REG_REQUIRED,
	  .update = &RULE_SET_consequence },
	{ .name = "source", .type = REG_LONG, .flags = REG_REQUIRED,
	  .update = &RULE_SET_source },
	{ .name = "valid_from", .type = REG_DATE, .update = &RULE_SET_valid_from },
	{ .name = "valid_to", .type = REG_DATE, .update = &RULE_SET_valid_to },
	{ 0 },
};

static struct json *
stored(const char *text)
{
	struct json *value = NULL;
	struct error ignored;

	return json_parse(&value, text, strlen(text), NULL, &ignored) ? value
		: json_object();
}

static struct json *
rule_of_row(struct stmt *st)
{
	struct json *rule = json_object();

	json_set_text(rule, "family", stmt_text(st, 0));
	json_set_int(rule, "order", stmt_int(st, 1));
	json_set(rule, "when", stored(stmt_text(st, 2)));
	json_set(rule, "then", stored(stmt_text(st, 3)));
	json_set(rule, "source", reg_text(stmt_text(st, 4)));
	json_set(rule, "valid_from", reg_text(stmt_text(st, 5)));
	json_set(rule, "valid_to", reg_text(stmt_text(st, 6)));
	json_set(rule, "origin", reg_text(stmt_text(st, 7)));
	return rule;
}

static bool
read_rule(struct desk *desk, const char *code, struct json **out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &RULE_READ, TXT(code));

	if (stmt_row(st)) {
		*out = rule_of_row(st);
	}
	return stmt_done(st, err);
}

static bool
load(struct desk *desk, const char *code, char id[UUID_SIZE], struct json **out,
	struct error *err)
{
	(void)id;
	if (!read_rule(desk, code, out, err)) {
		return false;
	}
	if (*out != NULL) {
		json_remove(*out, "origin");
	}
	return true;
}

/* The whole rule is checked: what is there, with what changes. */
static bool
check(struct desk *desk, const char *code, struct json *wanted, bool fresh,
	const char *path, struct error *err)
{
	struct json *whole = NULL;
	const char *from;
	const char *to;
	bool ok;

	(void)fresh;
	if (!read_rule(desk, code, &whole, err)) {
		return false;
	}
	if (whole == NULL) {
		whole = json_object();
	}
	for (const struct json *field = json_first(wanted); field != NULL;
	     field = json_next(field)) {
		json_set(whole, json_key(field), json_copy(field));
	}
	from = json_get_text(whole, "valid_from");
	to = json_get_text(whole, "valid_to");
	ok = rule_fits_form(desk, whole, path, err);
	if (ok && from != NULL && to != NULL && strcmp(from, to) > 0) {
		char *place = reg_place(path, "valid_to");

		ok = error_set(err, ERR_BAD_INPUT, _("%s: %s is before valid_from %s"), place,
			to, from);
		free(place);
	}
	json_free(whole);
	return ok;
}

static bool
insert(const struct reg_write *w, struct error *err)
{
	return db_run(w->a->db, &RULE_INSERT, err, TXT(w->key), TXT(w->origin));
}

const struct reg_kind rule_kind = {
	.name = N_("rule"), .key = "code", .act = ACT_RULES, .key_is_id = true,
	.added = "rule_added", .changed = "rule_set", .fields = fields,
	.load = load, .check = check, .insert = insert,
};

bool
apply_rule_change(const struct applying *a, struct error *err)
{
	return reg_apply(a, &rule_kind, a->body, err);
}

bool
rule_add(struct desk *desk, const char *code, const struct json *given,
	struct error *err)
{
	return reg_add(desk, &rule_kind, code, given, err);
}

bool
rule_set(struct desk *desk, const char *code, const struct json *given,
	struct error *err)
{
	return reg_set(desk, &rule_kind, code, given, err);
}

static void
show_row(struct json *rule, const char *code, const char *today)
{
	json_set_text(rule, "code", code);
	json_set_bool(rule, "valid", reg_valid_on(json_get_text(rule, "valid_from"),
		json_get_text(rule, "valid_to"), today));
}

bool
rule_show(struct desk *desk, const char *code, struct json **out, struct error *err)
{
	struct json *rule = NULL;
	char today[REG_DATE_SIZE];

	if (!read_rule(desk, code, &rule, err)) {
		json_free(rule);
		return false;
	}
	if (rule == NULL) {
		return error_set(err, ERR_NOT_FOUND,
			_("there is no rule %.60s; see `suco rule list`"), code);
	}
	reg_today(desk, today);
	show_row(rule, code, today);
	*out = rule;
	return true;
}

bool
rule_list(struct desk *desk, const char *family, struct json **out,
	struct error *err)
{
	struct stmt *st = family == NULL ? db_query(desk_db(desk), &RULES_ALL, NOARGS)
		: db_query(desk_db(desk), &RULES_OF, TXT(family));
	struct json *list = json_array();
	char today[REG_DATE_SIZE];

	reg_today(desk, today);
	while (stmt_row(st)) {
		struct json *rule = rule_of_row(st);

		show_row(rule, stmt_text(st, 8), today);
		json_push(list, rule);
	}
	if (!stmt_done(st, err)) {
		json_free(list);
		return false;
	}
	*out = list;
	return true;
}
