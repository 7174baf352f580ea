/* call_list.c makes a case's call list. */
#include "core/call_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/call.h"
#include "core/call_asked.h"
#include "core/call_next.h"
#include "core/case.h"
#include "core/contact.h"
#include "core/contact_check.h"
#include "core/group.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/rule.h"

SQL(LIST_MESSAGES, "t",
	"SELECT to_id, id, position, state, channel, is_open FROM message WHERE case_id = $1"
	" ORDER BY position");
SQL(LIST_POINTS, "t",
	"SELECT p.n, p.name, p.person, p.state FROM point p WHERE p.case_id = $1"
	" AND p.list = '' AND p.state <> 'back' ORDER BY p.n");
SQL(LIST_CALLING, "tt", "SELECT name, value, at FROM local_fact WHERE name >= $1"
	" AND name < $2 ORDER BY name");
SQL(LIST_LOGIN, "t", "SELECT login FROM member WHERE id = $1");
SQL(LIST_BODY, "t", "SELECT name FROM body WHERE code = $1 AND name <> ''");

struct listing {
	struct desk *desk;
	struct ir_case c;
	struct json *rows;
};

static struct json *
row_of(struct listing *l, const char *to)
{
	for (const struct json *row = json_first(l->rows); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "to"), to) == 0) {
			return (struct json *)(uintptr_t)row;
		}
	}
	return NULL;
}

static struct json *
new_row(struct listing *l, const struct callee *c, const char *to, const char *because)
{
	struct json *row = json_object();

	json_set_int(row, "n", json_count(l->rows) + 1);
	json_set_text(row, "to", to);
	json_set_text(row, "kind", c->kind);
	json_set_text(row, "id", c->id);
	json_set_text(row, "key", c->key);
	json_set_text(row, "name", c->name);
	json_set_text(row, "body", "");
	json_set_text(row, "number", c->number);
	json_set(row, "checked", json_null());
	json_set_text(row, "because", because);
	json_set(row, "stands_for", json_null());
	json_set_bool(row, "by_person", false);
	json_set_text(row, "state", "not_called");
	json_set_int(row, "tries", 0);
	json_set_int(row, "at", 0);
	json_set_text(row, "by", "");
	json_set_text(row, "answered_by", "");
	json_set_text(row, "result", "");
	json_set_text(row, "corrected", "");
	json_set(row, "calling", json_null());
	json_set(row, "message", json_null());
	json_set_bool(row, "told", false);
	json_set_bool(row, "drill", l->c.drill);
	json_set_bool(row, "needed", true);
	json_set(row, "next", json_null());
	return row;
}

/* The role that counts here: of a role that is per system, that system's. */
static bool
real_role(struct listing *l, const struct json *contact, char **role, struct error *err)
{
	const char *per = json_get_text(contact, "per_asset");
	struct json *asset = NULL;
	const char *found;

	*role = NULL;
	if (per == NULL || per[0] == '\0' || l->c.asset_code[0] == '\0') {
		return true;
	}
	if (!asset_show(l->desk, l->c.asset_code, &asset, err)) {
		return false;
	}
	found = json_get_text(json_get(json_get(asset, "facts"), per), "contact");
	if (found != NULL) {
		*role = xstrdup(found);
	}
	json_free(asset);
	return true;
}

static bool
fill_contact(struct listing *l, struct json *row, const struct json *contact,
	struct error *err)
{
	const char *code = json_get_text(contact, "body");
	const char *class = json_get_text(contact, "class");
	struct json *checked = NULL;
	char *body = NULL;

	if (!contact_checked(l->desk, json_get_text(contact, "id"), 0, &checked, err) ||
	    (code != NULL && !db_one_text(desk_db(l->desk), &LIST_BODY, &body, err,
		    TXT(code)))) {
		json_free(checked);
		return false;
	}
	json_set(row, "checked", checked);
	json_set_text(row, "body", body != NULL ? body : "");
	json_set_bool(row, "by_person", class != NULL && contact_by_person_only(class));
	free(body);
	return true;
}

static bool add_contact(struct listing *l, const char *role, const char *because,
	const char *stands_for, struct error *err);

/* Who can be tried in its place: the contacts of its group, for this kind. */
static bool
add_stand_ins(struct listing *l, const struct json *contact, const char *because,
	struct error *err)
{
	const char *group = json_get_text(contact, "group");
	struct json *list = NULL;
	struct json *shown = NULL;
	bool ok;

	if (group == NULL || group[0] == '\0') {
		return true;
	}
	ok = group_show(l->desk, group, &shown, err);
	if (ok && strcmp(json_text(json_get(shown, "of"), ""), "contact") == 0) {
		ok = group_expand(l->desk, group, &list, err);
	}
	for (const struct json *row = json_first(list); ok && row != NULL;
	     row = json_next(row)) {
		ok = add_contact(l, json_get_text(row, "code"), because,
			json_get_text(contact, "role"), err);
	}
	json_free(shown);
	json_free(list);
	return ok;
}

static bool
add_valid(struct listing *l, const struct json *contact, const char *because,
	const char *stands_for, struct error *err)
{
	const char *role = json_get_text(contact, "role");
	struct callee c;
	struct json *row;
	bool ok;

	if (!json_get_bool(contact, "valid") || row_of(l, role) != NULL) {
		return true;
	}
	if (!callee_find(&c, l->desk, l->c.id, role, err)) {
		return false;
	}
	row = new_row(l, &c, role, because);
	callee_clear(&c);
	if (stands_for != NULL) {
		json_set_text(row, "stands_for", stands_for);
	}
	ok = fill_contact(l, row, contact, err);
	json_push(l->rows, row);
	return ok && (stands_for != NULL || add_stand_ins(l, contact, because, err));
}

static bool
add_contact(struct listing *l, const char *role, const char *because,
	const char *stands_for, struct error *err)
{
	struct json *contact = NULL;
	struct json *other = NULL;
	char *real = NULL;
	bool ok = contact_show(l->desk, role, &contact, err);

	ok = ok && real_role(l, contact, &real, err) &&
		(real == NULL || contact_show(l->desk, real, &other, err));
	if (!ok && err->code == ERR_NOT_FOUND) {
		*err = ERROR_INIT; /* a rule or setting names one that is gone */
		ok = true;
	} else if (ok) {
		ok = add_valid(l, other != NULL ? other : contact, because, stands_for, err);
	}
	free(real);
	json_free(other);
	json_free(contact);
	return ok;
}

static bool
add_member(struct listing *l, const char *login, const char *because, struct error *err)
{
	char *to = xasprintf("member:%s", login);
	struct callee c = { 0 };
	bool ok = true;

	/* Nobody calls himself. */
	if (strcmp(login, desk_me(l->desk)->login) != 0 && row_of(l, to) == NULL) {
		ok = callee_find(&c, l->desk, l->c.id, to, err);
		if (ok) {
			json_push(l->rows, new_row(l, &c, to, because));
		}
		callee_clear(&c);
	}
	free(to);
	return ok;
}

/* ---- whom the rules name, whom the steps name, the points ---- */

static const struct json *
at_place(const struct json *found, int place)
{
	static const char *const lists[] = { "tell", "propose", "by_hand" };

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		for (const struct json *row = json_first(json_get(found, lists[i]));
		     row != NULL; row = json_next(row)) {
			if (json_get_int(row, "place", -1) == place) {
				return row;
			}
		}
	}
	return NULL;
}

static bool
add_ruled(struct listing *l, struct error *err)
{
	const char *owner = l->c.owner_login[0] == '\0' ? NULL : l->c.owner_login;
	struct json *facts = NULL;
	struct json *found = NULL;
	const struct json *row;
	bool ok = rule_facts_of(l->desk, &l->c, &facts, err) &&
		rule_contacts(l->desk, facts, owner, &found, err);

	for (int place = 0; ok && (row = at_place(found, place)) != NULL; place++) {
		const char *login = json_get_text(row, "login");
		const char *because = json_get_text(row, "rule");

		ok = login != NULL ? add_member(l, login, because, err)
			: add_contact(l, json_get_text(row, "role"), because, NULL, err);
	}
	json_free(facts);
	json_free(found);
	return ok;
}

static bool
add_named(struct listing *l, const struct json *named, struct error *err)
{
	bool ok = true;

	for (const struct json *row = json_first(named); ok && row != NULL;
	     row = json_next(row)) {
		const char *login = json_get_text(row, "login");
		const char *because = json_get_text(row, "because");

		ok = login != NULL ? add_member(l, login, because, err)
			: add_contact(l, json_get_text(row, "contact"), because, NULL, err);
	}
	return ok;
}

static bool
add_points(struct listing *l, struct error *err)
{
	struct stmt *st = db_query(desk_db(l->desk), &LIST_POINTS, TXT(l->c.id));
	struct json *points = json_array();
	bool ok;

	while (stmt_row(st)) {
		struct json *point = json_object();

		json_set_int(point, "n", stmt_int(st, 0));
		json_set_text(point, "person", stmt_text(st, 2));
		json_push(points, point);
	}
	ok = stmt_done(st, err);
	for (const struct json *point = json_first(points); ok && point != NULL;
	     point = json_next(point)) {
		char *to = xasprintf("point:%lld", (long long)json_get_int(point, "n", 0));
		struct callee c = { 0 };

		ok = callee_find(&c, l->desk, l->c.id, to, err);
		if (ok) {
			struct json *row = new_row(l, &c, to, _("affected point"));

			json_set_text(row, "body", json_get_text(point, "person"));
			json_push(l->rows, row);
		}
		callee_clear(&c);
		free(to);
	}
	json_free(points);
	return ok;
}

struct called {
	struct listing *l;
	struct error *err;
	bool ok;
};

static bool
is_listed(const struct listing *l, const char *id)
{
	for (const struct json *row = json_first(l->rows); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "id"), id) == 0) {
			return true;
		}
	}
	return false;
}

static bool
take_contact_facts(struct called *k, struct json *row, const char *role)
{
	struct json *contact = NULL;
	bool ok = contact_show(k->l->desk, role, &contact, k->err) &&
		fill_contact(k->l, row, contact, k->err);

	if (!ok && k->err->code == ERR_NOT_FOUND) {
		*k->err = ERROR_INIT; /* he was in the register then */
		ok = true;
	}
	json_free(contact);
	return ok;
}

/* Also one whom no rule names; a place that is back has left with its calls. */
static bool
add_called(const struct phone_call *call, void *arg)
{
	struct called *k = arg;
	bool contact = strcmp(call->to_kind, "contact") == 0;
	struct callee c = { 0 };
	struct json *row;
	char *to;

	if (strcmp(call->to_kind, "point") == 0 || strcmp(call->outcome, "corrected") == 0 ||
	    strcmp(call->to_id, desk_me(k->l->desk)->id) == 0 ||
	    is_listed(k->l, call->to_id)) {
		return true;
	}
	if (strcmp(call->to_kind, "member") == 0) {
		k->ok = db_one_text(desk_db(k->l->desk), &LIST_LOGIN, &c.key, k->err,
			TXT(call->to_id));
	}
	to = contact ? xstrdup(call->role) : xasprintf("%s:%s", call->to_kind,
		c.key != NULL ? c.key : call->to_id);
	(void)snprintf(c.kind, sizeof c.kind, "%s", call->to_kind);
	(void)snprintf(c.id, sizeof c.id, "%s", call->to_id);
	c.name = xstrdup(call->to_name);
	c.number = xstrdup(call->number);
	c.key = c.key != NULL ? c.key : xstrdup(to);
	row = new_row(k->l, &c, to, _("not in the rules: somebody called them"));
	json_set_bool(row, "needed", false);
	k->ok = k->ok && (!contact || take_contact_facts(k, row, call->role));
	json_push(k->l->rows, row);
	callee_clear(&c);
	free(to);
	return k->ok;
}

static bool
add_others(struct listing *l, struct error *err)
{
	struct called k = { .l = l, .err = err, .ok = true };

	return phone_call_each(l->desk, l->c.id, add_called, &k, err) && k.ok;
}

/* ---- how far it is ---- */

static bool
take_call(const struct phone_call *call, void *arg)
{
	struct listing *l = arg;

	for (const struct json *at = json_first(l->rows); at != NULL; at = json_next(at)) {
		struct json *row = (struct json *)(uintptr_t)at;

		if (strcmp(json_get_text(row, "id"), call->to_id) != 0) {
			continue;
		}
		if (strcmp(call->outcome, "corrected") == 0) {
			json_set_text(row, "corrected", call->result);
		} else {
			json_set_int(row, "tries", json_get_int(row, "tries", 0) + 1);
			/* An answer stays one, whoever rings later in vain. */
			if (strcmp(json_get_text(row, "state"), "answered") != 0 ||
			    strcmp(call->outcome, "answered") == 0) {
				json_set_text(row, "state", call->outcome);
				json_set_int(row, "at", call->called_at);
				json_set_text(row, "by", call->caller_name);
				json_set_text(row, "answered_by", call->answered_by);
				json_set_text(row, "result", call->result);
			}
		}
	}
	return true;
}

static bool
take_messages(struct listing *l, struct error *err)
{
	struct stmt *st = db_query(desk_db(l->desk), &LIST_MESSAGES, TXT(l->c.id));

	while (stmt_row(st)) {
		const char *state = stmt_text(st, 3);

		for (const struct json *at = json_first(l->rows); at != NULL;
		     at = json_next(at)) {
			struct json *row = (struct json *)(uintptr_t)at;

			if (strcmp(json_get_text(row, "id"), stmt_text(st, 0)) != 0) {
				continue;
			}
			if (stmt_int(st, 5) != 0 || strcmp(state, "expired") == 0) {
				struct json *m = json_object();

				json_set_text(m, "id", stmt_text(st, 1));
				json_set_int(m, "n", stmt_int(st, 2));
				json_set_text(m, "state", state);
				json_set_text(m, "channel", stmt_text(st, 4));
				json_set(row, "message", m);
			} else if (strcmp(state, "dropped") != 0) {
				json_set_bool(row, "told", true);
			}
		}
	}
	return stmt_done(st, err);
}

static bool
take_calling(struct listing *l, struct error *err)
{
	char *from = xasprintf("calling.%s.", l->c.id);
	char *to = xasprintf("calling.%s/", l->c.id);
	struct stmt *st = db_query(desk_db(l->desk), &LIST_CALLING, TXT(from), TXT(to));

	while (stmt_row(st)) {
		const char *id = stmt_text(st, 0) + strlen(from);
		const char *tab = strchr(stmt_text(st, 1), '\t');

		for (const struct json *at = json_first(l->rows); at != NULL && tab != NULL;
		     at = json_next(at)) {
			struct json *row = (struct json *)(uintptr_t)at;

			if (strcmp(json_get_text(row, "id"), id) == 0 &&
			    stmt_int(st, 2) > desk_now(l->desk) - CALLING_MS) {
				struct json *calling = json_object();

				json_set_text(calling, "by", tab + 1);
				json_set_int(calling, "since", stmt_int(st, 2));
				json_set(row, "calling", calling);
			}
		}
	}
	free(from);
	free(to);
	return stmt_done(st, err);
}

bool
call_list(struct desk *desk, const char *case_id, const struct json *named,
	struct json **out, struct error *err)
{
	struct listing l = { .desk = desk, .rows = json_array() };
	/* Whom the step that is open says to call is called first. */
	bool ok = case_load(&l.c, desk, case_id, err) && add_named(&l, named, err) &&
		add_ruled(&l, err) && add_points(&l, err) && add_others(&l, err) &&
		phone_call_each(desk, case_id, take_call, &l, err) &&
		call_asked(desk, case_id, l.rows, err) &&
		take_messages(&l, err) && take_calling(&l, err);

	case_clear(&l.c);
	if (!ok) {
		json_free(l.rows);
		return false;
	}
	call_next_set(l.rows);
	*out = l.rows;
	return true;
}
