/* group.c owns the tables of groups and what stands in them. */
#include "core/group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/register_words.h"

/* Groups in groups: more than this is a circle or a mistake. */
#define GROUP_DEPTH 16

SQL(GROUP_INSERT, "ttt",
	"INSERT INTO team_group (id, code, name, name_en, of_kind, source, origin)"
	" VALUES ($1, $2, '', '', 'unit', '', $3)");
SQL(GROUP_READ, "t",
	"SELECT id, name, name_en, of_kind, source FROM team_group WHERE code = $1");
SQL(GROUP_CODES, "", "SELECT code FROM team_group ORDER BY code");
SQL(MEMBERS_OF, "t",
	"SELECT member_kind, member_ref FROM group_member WHERE group_id = $1"
	" ORDER BY member_kind, member_ref");
SQL(MEMBERS_DROP, "tt",
	"DELETE FROM group_member WHERE group_id = $1 AND member_kind = $2");
SQL(MEMBERS_DROP_ITEMS, "t",
	"DELETE FROM group_member WHERE group_id = $1 AND member_kind <> 'group'");
SQL(MEMBERS_MOVE, "tt",
	"UPDATE group_member SET member_kind = $1 WHERE group_id = $2"
	" AND member_kind <> 'group'");
SQL(GROUP_OF, "t", "SELECT of_kind FROM team_group WHERE id = $1");
SQL(MEMBER_PUT, "ttt",
	"INSERT INTO group_member (group_id, member_kind, member_ref)"
	" VALUES ($1, $2, $3)");

#define COLUMN(column, type) \
	SQL(GROUP_SET_##column, type "t", \
		"UPDATE team_group SET " #column " = $1 WHERE id = $2")
COLUMN(name, "t");
COLUMN(name_en, "t");
COLUMN(source, "t");
SQL(GROUP_SET_of, "tt", "UPDATE team_group SET of_kind = $1 WHERE id = $2");

/* `of` stands before members: they are written as what it says. */
static const struct reg_field fields[] = {
	{ .name = "name", .type = REG_TEXT, .flags = REG_REQUIRED,
	  .update = &GROUP_SET_name },
	{ .name = "name_en", .type = REG_TEXT, .update = &GROUP_SET_name_en },
	{ .name = "of", .type = REG_WORD, .flags = REG_NO_NULL, .words = GROUP_OF_WORDS },
	{ .name = "source", .type = REG_LONG, .update = &GROUP_SET_source },
	{ .name = "members", .type = REG_WORDS },
	{ .name = "includes", .type = REG_WORDS },
	{ 0 },
};

static const struct sql *
name_query(const char *of)
{
	SQL(NAME_OF_UNIT, "t", "SELECT name FROM unit WHERE code = $1");
	SQL(NAME_OF_CONTACT, "t", "SELECT name FROM contact WHERE role = $1");
	SQL(NAME_OF_ASSET, "t", "SELECT name FROM asset WHERE code = $1");
	SQL(NAME_OF_MEMBER, "t", "SELECT name FROM member WHERE login = $1");
	SQL(NAME_OF_GROUP, "t", "SELECT name FROM team_group WHERE code = $1");
	static const struct {
		const char *of;
		const struct sql *sql;
	} rows[] = {
		{ "unit", &NAME_OF_UNIT }, { "contact", &NAME_OF_CONTACT },
		{ "asset", &NAME_OF_ASSET }, { "member", &NAME_OF_MEMBER },
		{ "group", &NAME_OF_GROUP },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (strcmp(rows[i].of, of) == 0) {
			return rows[i].sql;
		}
	}
	return &NAME_OF_UNIT;
}

static bool
load(struct desk *desk, const char *code, char id[UUID_SIZE], struct json **out,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &GROUP_READ, TXT(code));
	struct json *members = json_array();
	struct json *includes = json_array();
	struct json *group = NULL;
	bool ok;

	if (stmt_row(st)) {
		group = json_object();
		(void)snprintf(id, UUID_SIZE, "%s", stmt_text(st, 0));
		json_set(group, "name", reg_text(stmt_text(st, 1)));
		json_set(group, "name_en", reg_text(stmt_text(st, 2)));
		json_set(group, "of", reg_text(stmt_text(st, 3)));
		json_set(group, "source", reg_text(stmt_text(st, 4)));
	}
	ok = stmt_done(st, err);
	if (ok && group != NULL) {
		st = db_query(desk_db(desk), &MEMBERS_OF, TXT(id));
		while (stmt_row(st)) {
			json_push(strcmp(stmt_text(st, 0), "group") == 0 ? includes : members,
				json_string(stmt_text(st, 1)));
		}
		ok = stmt_done(st, err);
	}
	if (!ok || group == NULL) {
		json_free(members);
		json_free(includes);
		json_free(group);
		return ok;
	}
	json_set(group, "members", members);
	json_set(group, "includes", includes);
	*out = group;
	return true;
}

static bool
refs_exist(struct desk *desk, const struct json *list, const char *of,
	const char *field, const char *path, struct error *err)
{
	int n = 0;

	for (const struct json *ref = json_first(list); ref != NULL;
	     ref = json_next(ref), n++) {
		char *name = NULL;
		char *place;

		if (!db_one_text(desk_db(desk), name_query(of), &name, err,
			    TXT(json_text(ref, "")))) {
			return false;
		}
		if (name != NULL) {
			free(name);
			continue;
		}
		place = reg_place(path, field);
		(void)error_set(err, ERR_NOT_FOUND, _("%s[%d]: there is no %s %.60s"), place,
			n, _(of), json_text(ref, ""));
		free(place);
		return false;
	}
	return true;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted and each once, as the rows give them. */
static void
settle(struct json *wanted, const char *field)
{
	const struct json *list = json_get(wanted, field);
	int count = json_count(list);
	const char **refs;
	struct json *settled;

	if (list == NULL) {
		return;
	}
	settled = json_array();
	refs = xcalloc((size_t)count + 1, sizeof *refs);
	for (int i = 0; i < count; i++) {
		refs[i] = json_text(json_at(list, i), "");
	}
	qsort(refs, (size_t)count, sizeof *refs, by_text);
	for (int i = 0; i < count; i++) {
		if (i == 0 || strcmp(refs[i], refs[i - 1]) != 0) {
			json_push(settled, json_string(refs[i]));
		}
	}
	free(refs);
	json_set(wanted, field, settled);
}

static bool
check(struct desk *desk, const char *code, struct json *wanted, bool fresh,
	const char *path, struct error *err)
{
	const char *of = json_get_text(wanted, "of");
	struct json *now = NULL;
	char id[UUID_SIZE];
	bool ok = true;

	(void)fresh;
	if (of == NULL && !load(desk, code, id, &now, err)) {
		return false;
	}
	if (of == NULL) {
		of = now == NULL ? "unit" : json_get_text(now, "of");
	}
	settle(wanted, "members");
	settle(wanted, "includes");
	ok = refs_exist(desk, json_get(wanted, "members"), of, "members", path, err) &&
		(path[0] != '\0' ||
		 refs_exist(desk, json_get(wanted, "includes"), "group", "includes", path,
			err));
	json_free(now);
	return ok;
}

static bool
insert(const struct reg_write *w, struct error *err)
{
	return db_run(w->a->db, &GROUP_INSERT, err, TXT(w->id), TXT(w->key),
		TXT(w->origin));
}

static bool
put_members(const struct reg_write *w, const char *kind, const struct json *list,
	struct error *err)
{
	bool ok = true;

	for (const struct json *ref = json_first(list); ok && ref != NULL;
	     ref = json_next(ref)) {
		ok = db_run(w->a->db, &MEMBER_PUT, err, TXT(w->id), TXT(kind),
			TXT(json_text(ref, "")));
	}
	return ok;
}

static bool
write_field(const struct reg_write *w, const char *field, const struct json *value,
	struct error *err)
{
	char *of = NULL;
	bool ok;

	if (strcmp(field, "of") == 0) {
		return db_run(w->a->db, &GROUP_SET_of, err, TXT(json_text(value, "unit")),
			TXT(w->id)) &&
			db_run(w->a->db, &MEMBERS_MOVE, err, TXT(json_text(value, "unit")),
				TXT(w->id));
	}
	if (strcmp(field, "includes") == 0) {
		return db_run(w->a->db, &MEMBERS_DROP, err, TXT(w->id), TXT("group")) &&
			put_members(w, "group", value, err);
	}
	ok = db_one_text(w->a->db, &GROUP_OF, &of, err, TXT(w->id)) &&
		db_run(w->a->db, &MEMBERS_DROP_ITEMS, err, TXT(w->id)) &&
		put_members(w, of == NULL ? "unit" : of, value, err);
	free(of);
	return ok;
}

static bool
add_once(struct desk *desk, struct json *into, const char *code, const char *of,
	struct error *err)
{
	struct json *row;
	char *name = NULL;

	for (const struct json *known = json_first(into); known != NULL;
	     known = json_next(known)) {
		if (strcmp(json_get_text(known, "code"), code) == 0) {
			return true;
		}
	}
	if (!db_one_text(desk_db(desk), name_query(of), &name, err, TXT(code))) {
		return false;
	}
	row = json_object();
	json_set_text(row, "code", code);
	json_set_text(row, "name", name == NULL ? code : name);
	json_push(into, row);
	free(name);
	return true;
}

static bool
expand(struct desk *desk, const char *code, int depth, struct json *into,
	struct error *err)
{
	struct json *group = NULL;
	char id[UUID_SIZE];
	bool ok = load(desk, code, id, &group, err);

	if (ok && group == NULL) {
		ok = error_set(err, ERR_NOT_FOUND, _("there is no group %.60s"), code);
	} else if (ok && depth > GROUP_DEPTH) {
		ok = error_set(err, ERR_REFUSED, _("group %s: groups include each other in a"
			" circle, or more than %d deep"), code, GROUP_DEPTH);
	}
	for (const struct json *sub = json_first(json_get(group, "includes"));
	     ok && sub != NULL; sub = json_next(sub)) {
		ok = expand(desk, json_text(sub, ""), depth + 1, into, err);
	}
	for (const struct json *ref = json_first(json_get(group, "members"));
	     ok && ref != NULL; ref = json_next(ref)) {
		ok = add_once(desk, into, json_text(ref, ""), json_get_text(group, "of"),
			err);
	}
	json_free(group);
	return ok;
}

bool
group_expand(struct desk *desk, const char *code, struct json **out,
	struct error *err)
{
	struct json *list = json_array();

	if (!expand(desk, code, 0, list, err)) {
		json_free(list);
		return false;
	}
	*out = list;
	return true;
}

static bool
after(struct desk *desk, const char *code, const char *path, struct error *err)
{
	struct json *all = NULL;
	bool ok = group_expand(desk, code, &all, err);

	(void)path;
	json_free(all);
	return ok;
}

const struct reg_kind group_kind = {
	.name = N_("group"), .key = "code", .act = ACT_REGISTER,
	.added = "group_added", .changed = "group_set", .fields = fields,
	.load = load, .check = check, .after = after, .insert = insert,
	.write = write_field,
};

bool
apply_group_change(const struct applying *a, struct error *err)
{
	return reg_apply(a, &group_kind, a->body, err);
}

bool
group_add(struct desk *desk, const char *code, const struct json *given,
	struct error *err)
{
	return reg_add(desk, &group_kind, code, given, err);
}

bool
group_set(struct desk *desk, const char *code, const struct json *given,
	struct error *err)
{
	return reg_set(desk, &group_kind, code, given, err);
}

bool
group_show(struct desk *desk, const char *code, struct json **out, struct error *err)
{
	struct json *group = NULL;
	struct json *all = NULL;
	char id[UUID_SIZE];

	if (!load(desk, code, id, &group, err)) {
		return false;
	}
	if (group == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("there is no group %.60s"), code);
	}
	if (!group_expand(desk, code, &all, err)) {
		json_free(group);
		return false;
	}
	json_set_text(group, "id", id);
	json_set_text(group, "code", code);
	json_set_int(group, "size", json_count(all));
	json_free(all);
	*out = group;
	return true;
}

bool
group_list(struct desk *desk, struct json **out, struct error *err)
{
	return reg_list(desk, &GROUP_CODES, group_show, out, err);
}
