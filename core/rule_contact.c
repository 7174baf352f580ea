/* rule_contact.c turns the contact rules that fit into people: members who are
 * told, contacts who are proposed, contacts whom a person tells. */
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/contact.h"
#include "core/duty.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/rule.h"

SQL(LOGINS_OF_ROLE, "t",
	"SELECT login FROM member WHERE role = $1 AND active = 1 ORDER BY login");
SQL(LOGIN_ACTIVE, "t", "SELECT login FROM member WHERE login = $1 AND active = 1");

struct telling {
	struct desk *desk;
	const struct json *facts;
	const struct json *rule;
	const char *owner;
	int places; /* so that the three lists can be read as one, in the rules' order */
	struct json *tell, *propose, *by_hand, *unmet;
};

static bool
known(const struct json *list, const char *key, const char *value)
{
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, key), value) == 0) {
			return true;
		}
	}
	return false;
}

static void
unmet(struct telling *t, const char *word, const char *reason)
{
	struct json *row = json_object();

	json_set_text(row, "word", word);
	json_set_text(row, "rule", json_get_text(t->rule, "code"));
	json_set_text(row, "reason", reason);
	json_push(t->unmet, row);
}

static void
add_login(struct telling *t, const char *login)
{
	struct json *row;

	if (known(t->tell, "login", login)) {
		return;
	}
	row = json_object();
	json_set_text(row, "login", login);
	json_set_text(row, "rule", json_get_text(t->rule, "code"));
	json_set_int(row, "place", t->places++);
	json_push(t->tell, row);
}

static bool
tell_query(struct telling *t, const struct sql *query, const char *key,
	const char *word, struct error *err)
{
	struct stmt *st = db_query(desk_db(t->desk), query, TXT(key));
	int found = 0;

	while (stmt_row(st)) {
		add_login(t, stmt_text(st, 0));
		found++;
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (found == 0) {
		unmet(t, word, _("no active member"));
	}
	return true;
}

/* All who are on call in a layer of the roster; a layer that is not there has
 * nobody. */
static bool
tell_duty(struct telling *t, const char *word, struct error *err)
{
	struct duty_list list = { 0 };

	if (!duty_who(t->desk, word + strlen("duty:"), desk_now(t->desk), &list, err)) {
		if (err->code != ERR_NOT_FOUND) {
			return false;
		}
		*err = ERROR_INIT;
	}
	for (int i = 0; i < list.count; i++) {
		add_login(t, list.people[i].login);
	}
	if (list.count == 0) {
		unmet(t, word, _("nobody is on call"));
	}
	duty_list_clear(&list);
	return true;
}

static bool
tell_word(struct telling *t, const char *word, struct error *err)
{
	if (strcmp(word, "owner") == 0) {
		if (t->owner == NULL || t->owner[0] == '\0') {
			unmet(t, word, _("the case has no owner"));
			return true;
		}
		return tell_query(t, &LOGIN_ACTIVE, t->owner, word, err);
	}
	if (strncmp(word, "role:", 5) == 0) {
		return tell_query(t, &LOGINS_OF_ROLE, word + 5, word, err);
	}
	if (strncmp(word, "duty:", 5) == 0) {
		return tell_duty(t, word, err);
	}
	return tell_query(t, &LOGIN_ACTIVE, word + strlen("member:"), word, err);
}

/* asset:operator is the role that the asset's fact names. */
static bool
role_of(struct telling *t, const char *word, char **role, struct error *err)
{
	const char *code = json_get_text(t->facts, "asset");
	struct json *asset = NULL;
	const char *found;

	*role = NULL;
	if (strncmp(word, "asset:", 6) != 0) {
		*role = xstrdup(word);
		return true;
	}
	if (code == NULL) {
		unmet(t, word, _("the case has no asset"));
		return true;
	}
	if (!asset_show(t->desk, code, &asset, err)) {
		return false;
	}
	found = json_get_text(json_get(json_get(asset, "facts"), word + 6), "contact");
	if (found == NULL) {
		unmet(t, word, _("the register names nobody for this asset"));
	} else {
		*role = xstrdup(found);
	}
	json_free(asset);
	return true;
}

static void
add_contact(struct telling *t, const struct json *contact, struct json *list)
{
	static const char *const copied[] = { "role", "name", "body", "class" };
	const struct json *request = json_get(json_get(t->rule, "then"), "request");
	struct json *row = json_object();

	for (size_t i = 0; i < sizeof copied / sizeof *copied; i++) {
		json_set(row, copied[i], json_copy(json_get(contact, copied[i])));
	}
	json_set_text(row, "rule", json_get_text(t->rule, "code"));
	json_set_int(row, "place", t->places++);
	json_set_text(row, "request_vi", json_get_text(request, "vi"));
	json_set_text(row, "request_en", json_get_text(request, "en"));
	json_push(list, row);
}

static bool
contact_word(struct telling *t, const char *word, bool box, struct error *err)
{
	struct json *contact = NULL;
	char *role = NULL;

	if (!role_of(t, word, &role, err)) {
		return false;
	}
	if (role == NULL || known(t->propose, "role", role) ||
	    known(t->by_hand, "role", role)) {
		free(role);
		return true;
	}
	if (!contact_show(t->desk, role, &contact, err)) {
		bool gone = err->code == ERR_NOT_FOUND;

		if (gone) {
			*err = ERROR_INIT;
			unmet(t, word, _("there is no such contact"));
		}
		free(role);
		return gone;
	}
	free(role);
	if (!json_get_bool(contact, "valid")) {
		unmet(t, word, _("the contact is not valid today"));
	} else {
		/* Whatever the rule says, ministries and police never get a box. */
		add_contact(t, contact, box && !contact_by_person_only(
			json_get_text(contact, "class")) ? t->propose : t->by_hand);
	}
	json_free(contact);
	return true;
}

static bool
follow(struct telling *t, struct error *err)
{
	const struct json *then = json_get(t->rule, "then");
	bool ok = true;

	for (const struct json *word = json_first(json_get(then, "tell"));
	     ok && word != NULL; word = json_next(word)) {
		ok = tell_word(t, json_text(word, ""), err);
	}
	for (const struct json *word = json_first(json_get(then, "propose"));
	     ok && word != NULL; word = json_next(word)) {
		ok = contact_word(t, json_text(word, ""), true, err);
	}
	for (const struct json *word = json_first(json_get(then, "by_hand"));
	     ok && word != NULL; word = json_next(word)) {
		ok = contact_word(t, json_text(word, ""), false, err);
	}
	return ok;
}

bool
rule_contacts(struct desk *desk, const struct json *facts, const char *owner,
	struct json **out, struct error *err)
{
	struct telling t = { .desk = desk, .facts = facts, .owner = owner,
		.tell = json_array(), .propose = json_array(), .by_hand = json_array(),
		.unmet = json_array() };
	struct json *tests = NULL;
	struct json *all = json_object();
	bool ok = rule_test(desk, facts, &tests, err);

	for (const struct json *rule = json_first(tests); ok && rule != NULL;
	     rule = json_next(rule)) {
		if (strcmp(json_get_text(rule, "family"), "contact") == 0 &&
		    json_get_bool(rule, "wins")) {
			t.rule = rule;
			ok = follow(&t, err);
		}
	}
	json_set(all, "tell", t.tell);
	json_set(all, "propose", t.propose);
	json_set(all, "by_hand", t.by_hand);
	json_set(all, "unmet", t.unmet);
	json_free(tests);
	if (!ok) {
		json_free(all);
		return false;
	}
	*out = all;
	return true;
}
