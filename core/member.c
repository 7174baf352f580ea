/* member.c owns the table of members. */
#include "core/member.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "core/change.h"
#include "core/duty_past.h"
#include "core/fold.h"
#include "core/i18n.h"

SQL(MEMBER_INSERT, "tt",
	"INSERT INTO member (id, login, name, name_key, role, unit, skills, language,"
	" active) VALUES ($1, $2, '', '', 'viewer', '', '', 'vi', 1)");
SQL(MEMBER_BY_LOGIN, "t", "SELECT id FROM member WHERE login = $1");
SQL(MEMBER_CAN, "t", "SELECT role, active, name FROM member WHERE id = $1");
SQL(MEMBER_READ, "t",
	"SELECT id, login, name, name_key, role, unit, skills, language, active,"
	" area, on_site FROM member WHERE login = $1");
SQL(MEMBER_LOGINS, "", "SELECT login FROM member ORDER BY name_key, login");
SQL(ADMINS_LEFT, "t",
	"SELECT COUNT(*) FROM member WHERE role = 'admin' AND active = 1"
	" AND login <> $1");

#define COLUMN(column, type) \
	SQL(MEMBER_SET_##column, type "t", "UPDATE member SET " #column " = $1 WHERE id = $2")
COLUMN(name, "t");
COLUMN(name_key, "t");
COLUMN(role, "t");
COLUMN(unit, "t");
COLUMN(skills, "t");
COLUMN(language, "t");
COLUMN(active, "i");
COLUMN(area, "t");
COLUMN(on_site, "i");

static const struct reg_field fields[] = {
	{ .name = "name", .type = REG_TEXT, .flags = REG_REQUIRED,
	  .update = &MEMBER_SET_name },
	{ .name = "name_key", .type = REG_TEXT, .flags = REG_HIDDEN,
	  .update = &MEMBER_SET_name_key },
	{ .name = "role", .type = REG_WORD, .flags = REG_REQUIRED,
	  .words = "viewer responder coordinator admin", .update = &MEMBER_SET_role },
	{ .name = "unit", .type = REG_TEXT, .update = &MEMBER_SET_unit },
	{ .name = "skills", .type = REG_TEXT, .update = &MEMBER_SET_skills },
	{ .name = "language", .type = REG_WORD, .flags = REG_NO_NULL, .words = "vi en",
	  .update = &MEMBER_SET_language },
	{ .name = "active", .type = REG_FLAG, .flags = REG_NO_NULL,
	  .update = &MEMBER_SET_active },
	{ .name = "area", .type = REG_TEXT, .update = &MEMBER_SET_area },
	{ .name = "on_site", .type = REG_INT, .min = 1, .max = 2880,
	  .update = &MEMBER_SET_on_site },
	ADDRESS_FIELDS,
	ADDRESS_DESKTOP,
	{ 0 },
};

static bool
load(struct desk *desk, const char *login, char id[UUID_SIZE], struct json **out,
	struct error *err)
{
	static const char *const names[] = {
		"name", "name_key", "role", "unit", "skills", "language",
	};
	struct stmt *st = db_query(desk_db(desk), &MEMBER_READ, TXT(login));
	struct json *member = NULL;

	if (stmt_row(st)) {
		member = json_object();
		(void)snprintf(id, UUID_SIZE, "%s", stmt_text(st, 0));
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			json_set(member, names[i], reg_text(stmt_text(st, (int)i + 2)));
		}
		json_set_bool(member, "active", stmt_int(st, 8) != 0);
		json_set(member, "area", reg_text(stmt_text(st, 9)));
		json_set(member, "on_site", stmt_null(st, 10) ? json_null()
			: json_int(stmt_int(st, 10)));
	}
	if (member != NULL) {
		json_set(member, "desktop", json_null());
	}
	if (!stmt_done(st, err) ||
	    (member != NULL && !address_load(desk, id, member, err))) {
		json_free(member);
		return false;
	}
	*out = member;
	return true;
}

/* Somebody must be left who can let members in. */
static bool
admin_left(struct desk *desk, const char *login, const struct json *wanted,
	struct error *err)
{
	const char *role = json_get_text(wanted, "role");
	const struct json *active = json_get(wanted, "active");
	char id[UUID_SIZE];
	struct json *now = NULL;
	int64_t others = 0;
	bool is_admin;

	if ((role == NULL || strcmp(role, "admin") == 0) &&
	    (active == NULL || json_true(active))) {
		return true;
	}
	if (!load(desk, login, id, &now, err)) {
		return false;
	}
	is_admin = now != NULL && json_get_bool(now, "active") &&
		strcmp(json_get_text(now, "role"), "admin") == 0;
	json_free(now);
	if (!is_admin) {
		return true;
	}
	if (!db_one_int(desk_db(desk), &ADMINS_LEFT, &others, err, TXT(login))) {
		return false;
	}
	return others > 0 || error_set(err, ERR_REFUSED,
		_("%s is the last active admin of this desk: make another one first"), login);
}

static bool
check(struct desk *desk, const char *login, struct json *wanted, bool fresh,
	const char *path, struct error *err)
{
	const char *name = json_get_text(wanted, "name");

	if (name != NULL) {
		char *key = fold_name_key(name);

		json_set_text(wanted, "name_key", key);
		free(key);
	}
	return address_check(wanted, path, err) &&
		(fresh || admin_left(desk, login, wanted, err));
}

static bool
insert(const struct reg_write *w, struct error *err)
{
	return db_run(w->a->db, &MEMBER_INSERT, err, TXT(w->id), TXT(w->key));
}

#define MEMBER_KIND(who_may) { \
	.name = N_("member"), .key = "login", .act = (who_may), \
	.added = "member_added", .changed = "member_set", .fields = fields, \
	.load = load, .check = check, .insert = insert, .write = address_write }

const struct reg_kind member_kind = MEMBER_KIND(ACT_MEMBERS);
/* His own addresses are each member's own matter. */
static const struct reg_kind own_kind = MEMBER_KIND(ACT_WORK);

bool
apply_member_change(const struct applying *a, struct error *err)
{
	return reg_apply(a, &member_kind, a->body, err);
}

bool
member_id(struct desk *desk, const char *login, char id[UUID_SIZE],
	struct error *err)
{
	char *found = NULL;

	if (!db_one_text(desk_db(desk), &MEMBER_BY_LOGIN, &found, err, TXT(login))) {
		return false;
	}
	if (found == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("there is no member %.60s"), login);
	}
	(void)snprintf(id, UUID_SIZE, "%s", found);
	free(found);
	return true;
}

bool
member_worker(struct desk *desk, const char *login, char id[UUID_SIZE],
	struct error *err)
{
	enum role role = ROLE_NONE;
	struct error ignored;
	struct stmt *st;
	char *name = NULL;
	bool active = false;
	bool ok;

	if (!member_id(desk, login, id, err)) {
		return false;
	}
	st = db_query(desk_db(desk), &MEMBER_CAN, TXT(id));
	if (stmt_row(st)) {
		role = role_from(stmt_text(st, 0));
		active = stmt_int(st, 1) != 0;
		name = stmt_dup(st, 2);
	}
	ok = stmt_done(st, err);
	if (ok && !active) {
		ok = error_set(err, ERR_REFUSED, _("%s is not active"), login);
	} else if (ok && !role_allows(role, ACT_WORK, &ignored)) {
		ok = error_set(err, ERR_REFUSED,
			_("%s (%s) may not work on cases: give it to somebody who may"), name,
			role_label(role));
	}
	free(name);
	return ok;
}

bool
member_add(struct desk *desk, const struct member_new *what, struct error *err)
{
	struct json *given = json_object();
	bool ok;

	json_set_text(given, "name", what->name);
	json_set_text(given, "role", role_word(what->role));
	json_set_text(given, "unit", what->unit);
	json_set_text(given, "skills", what->skills);
	json_set_text(given, "language", what->language == NULL ? "vi" : what->language);
	json_set_text(given, "mail", what->mail);
	json_set_text(given, "phone", what->phone);
	ok = member_add_json(desk, what->login, given, err);
	json_free(given);
	return ok;
}

bool
member_add_json(struct desk *desk, const char *login, const struct json *given,
	struct error *err)
{
	return reg_add(desk, &member_kind, login, given, err);
}

static bool
own_addresses(const struct desk *desk, const char *login, const struct json *given)
{
	static const struct reg_field addresses[] = { ADDRESS_FIELDS, ADDRESS_DESKTOP, { 0 } };

	for (const struct json *one = json_first(given); one != NULL; one = json_next(one)) {
		const struct reg_field *field = addresses;

		while (field->name != NULL && strcmp(field->name, json_key(one)) != 0) {
			field++;
		}
		if (field->name == NULL) {
			return false;
		}
	}
	return strcmp(login, desk_me(desk)->login) == 0;
}

bool
member_set(struct desk *desk, const char *login, const struct json *given,
	struct error *err)
{
	bool ok;

	if (json_get(given, "active") == NULL && json_get(given, "role") == NULL) {
		return reg_set(desk, own_addresses(desk, login, given) ? &own_kind
			: &member_kind, login, given, err);
	}
	/* Who may be called changes: what was until now is written down as it was. */
	if (!change_begin(desk, err)) {
		return false;
	}
	ok = duty_note_past(desk, desk_now(desk), err) &&
		reg_set(desk, &member_kind, login, given, err) && change_flush(desk, err) &&
		duty_note_past(desk, desk_now(desk), err);
	return change_end(desk, ok, err);
}

bool
member_show(struct desk *desk, const char *login, struct json **out,
	struct error *err)
{
	struct json *member = NULL;
	char id[UUID_SIZE];

	if (!load(desk, login, id, &member, err)) {
		return false;
	}
	if (member == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("there is no member %.60s"), login);
	}
	*out = json_object();
	json_set_text(*out, "id", id);
	json_set_text(*out, "login", login);
	json_remove(member, "name_key");
	address_fold(member);
	for (const struct json *field = json_first(member); field != NULL;
	     field = json_next(field)) {
		json_set(*out, json_key(field), json_copy(field));
	}
	json_free(member);
	return true;
}

bool
member_list(struct desk *desk, struct json **out, struct error *err)
{
	return reg_list(desk, &MEMBER_LOGINS, member_show, out, err);
}
