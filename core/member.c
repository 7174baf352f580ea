/* member.c owns the table of members. */
#include "core/member.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"

SQL(MEMBER_INSERT, "tttt" "tttt" "i",
	"INSERT INTO member (id, login, name, name_key, role, unit, skills, language,"
	" active) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
SQL(MEMBER_BY_LOGIN, "t", "SELECT id FROM member WHERE login = $1");
SQL(ADDRESS_INSERT, "tttt",
	"INSERT INTO address (owner, channel, value, origin) VALUES ($1, $2, $3, $4)");

static const char *
body_text(const struct json *body, const char *key)
{
	const char *text = json_get_text(body, key);

	return text == NULL ? "" : text;
}

bool
apply_member_added(const struct applying *a, struct error *err)
{
	const char *id = body_text(a->body, "id");
	const struct json *addresses = json_get(a->body, "addresses");
	bool ok;

	ok = db_run(a->db, &MEMBER_INSERT, err, TXT(id), TXT(body_text(a->body, "login")),
		TXT(body_text(a->body, "name")), TXT(body_text(a->body, "name_key")),
		TXT(body_text(a->body, "role")), TXT(body_text(a->body, "unit")),
		TXT(body_text(a->body, "skills")), TXT(body_text(a->body, "language")),
		I64(1));
	for (const struct json *row = json_first(addresses); ok && row != NULL;
	     row = json_next(row)) {
		ok = db_run(a->db, &ADDRESS_INSERT, err, TXT(id), TXT(json_key(row)),
			TXT(json_text(row, "")), TXT("hand"));
	}
	return ok && apply_version(a, id, "login", err);
}

static bool
login_fits(const char *login, struct error *err)
{
	size_t len = strlen(login);

	if (len == 0 || len > limit(LIMIT_NAME)) {
		return error_set(err, ERR_BAD_INPUT,
			_("a login has 1 to %zu characters"), limit(LIMIT_NAME));
	}
	for (size_t i = 0; i < len; i++) {
		if (!isalnum((unsigned char)login[i]) && strchr("._-@", login[i]) == NULL) {
			return error_set(err, ERR_BAD_INPUT,
				_("a login has only letters, digits and . _ - @: %s"), login);
		}
	}
	return true;
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
		return error_set(err, ERR_NOT_FOUND, _("there is no member %s"), login);
	}
	(void)snprintf(id, UUID_SIZE, "%s", found);
	free(found);
	return true;
}

static bool
put_accepted(struct json *body, const char *key, const char *text, struct error *err)
{
	char *clean = NULL;

	if (text == NULL) {
		text = "";
	}
	if (!text_accept(&clean, text, strlen(text), TEXT_ONE_LINE, limit(LIMIT_NAME),
		    key, err)) {
		return false;
	}
	json_set_text(body, key, clean);
	free(clean);
	return true;
}

static bool
member_body(struct desk *desk, const struct member_new *what, struct json *body,
	struct error *err)
{
	struct json *addresses = json_object();
	char id[UUID_SIZE];
	char *key;

	uuid_v7(id, desk_now(desk));
	json_set(body, "addresses", addresses);
	json_set_text(body, "id", id);
	json_set_text(body, "login", what->login);
	json_set_text(body, "role", role_word(what->role));
	json_set_text(body, "language", what->language == NULL ? "vi" : what->language);
	if (!put_accepted(body, "name", what->name, err) ||
	    !put_accepted(body, "unit", what->unit, err) ||
	    !put_accepted(body, "skills", what->skills, err)) {
		return false;
	}
	key = fold_name_key(json_get_text(body, "name"));
	json_set_text(body, "name_key", key);
	free(key);
	return (what->mail == NULL || put_accepted(addresses, "mail", what->mail, err)) &&
		(what->phone == NULL || put_accepted(addresses, "phone", what->phone, err));
}

bool
member_add(struct desk *desk, const struct member_new *what, struct error *err)
{
	struct json *body;
	char *taken = NULL;
	bool ok;

	if (!desk_may(desk, ACT_MEMBERS, err) || !login_fits(what->login, err)) {
		return false;
	}
	if (!change_begin(desk, err)) {
		return false;
	}
	body = json_object();
	ok = db_one_text(desk_db(desk), &MEMBER_BY_LOGIN, &taken, err, TXT(what->login));
	if (ok && taken != NULL) {
		ok = error_set(err, ERR_REFUSED, _("the login %s is a member already"),
			what->login);
	}
	ok = ok && member_body(desk, what, body, err);
	free(taken);
	if (!ok) {
		json_free(body);
		return change_end(desk, false, err);
	}
	change_add(desk, "member_added", NULL, body);
	return change_end(desk, true, err);
}
