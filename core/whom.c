/* whom.c finds who is meant by a role, a login or words. */
#include "core/whom.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/contact.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/setting.h"
#include "core/text.h"

SQL(CONTACT_NAME, "t", "SELECT name FROM contact WHERE role = $1");
SQL(MEMBER_NAME, "t", "SELECT name FROM member WHERE login = $1 AND active = 1");

void
whom_clear(struct whom *whom)
{
	free(whom->role);
	free(whom->name);
	*whom = (struct whom){ 0 };
}

/* What a setting says: contact:ROLE, member:LOGIN, the latter also of a duty. */
static bool
mapped(char **name, bool *person, struct desk *desk, const char *role, struct error *err)
{
	char *value = NULL;
	bool ok = setting_agent(desk, role, &value, err);

	*name = NULL;
	*person = false;
	if (ok && value != NULL && strncmp(value, "contact:", 8) == 0) {
		ok = db_one_text(desk_db(desk), &CONTACT_NAME, name, err, TXT(value + 8));
	} else if (ok && value != NULL && strncmp(value, "member:", 7) == 0) {
		*person = true;
		ok = db_one_text(desk_db(desk), &MEMBER_NAME, name, err, TXT(value + 7));
	}
	free(value);
	return ok;
}

/* A role is written as a key; people's words have blanks, capitals or marks. */
static bool
is_key(const char *text)
{
	return text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_.-@")] == '\0';
}

static bool
words(struct whom *out, const char *given, struct error *err)
{
	if (!text_accept(&out->name, given, strlen(given), TEXT_ONE_LINE, limit(LIMIT_NAME),
		    _("name"), err)) {
		return false;
	}
	if (out->name[0] == '\0') {
		whom_clear(out);
		return error_set(err, ERR_BAD_INPUT,
			_("who? a contact's role, a member's login, or a name in words"));
	}
	out->role = xstrdup("");
	return true;
}

bool
whom_find(struct whom *out, struct desk *desk, const char *given, struct error *err)
{
	char *name = NULL;
	bool person;

	*out = (struct whom){ 0 };
	/* As settings and calls name a member. */
	if (strncmp(given, "member:", 7) == 0) {
		given += 7;
	}
	if (given[0] == '\0' || !is_key(given)) {
		return words(out, given, err);
	}
	if (!db_one_text(desk_db(desk), &CONTACT_NAME, &name, err, TXT(given)) ||
	    (name == NULL && !mapped(&name, &person, desk, given, err)) ||
	    (name == NULL && !db_one_text(desk_db(desk), &MEMBER_NAME, &name, err,
		    TXT(given)))) {
		return false;
	}
	if (name == NULL) {
		return error_set(err, ERR_NOT_FOUND,
			_("there is no contact, role or member %.60s; somebody who is not in the"
			  " register is named in words: \"Anh Bình, thợ điện\""), given);
	}
	*out = (struct whom){ .role = xstrdup(given), .name = name };
	if (!contact_is_current(desk, given, err)) {
		whom_clear(out);
		return false;
	}
	return true;
}

bool
whom_of_agent(struct whom *out, struct desk *desk, const char *role, const char *name,
	struct error *err)
{
	char *who = NULL;
	char *contact = NULL;
	bool person = false;
	bool ok = mapped(&who, &person, desk, role, err) &&
		db_one_text(desk_db(desk), &CONTACT_NAME, &contact, err, TXT(role));

	*out = (struct whom){ 0 };
	if (ok) {
		out->role = xstrdup(role);
		/* A body has no given name: "Cơ quan bị sự cố (cố)". */
		out->name = who != NULL && person
			? xasprintf("%s (%s)", name, fold_given_name(who))
			: xstrdup(name[0] != '\0' ? name : contact != NULL ? contact : role);
	}
	free(who);
	free(contact);
	return ok;
}

bool
whom_same_words(const char *one, const char *other)
{
	struct buf a = { 0 }, b = { 0 };
	bool same;

	(void)fold_words(one, &a, NULL);
	(void)fold_words(other, &b, NULL);
	same = strcmp(buf_text(&a), buf_text(&b)) == 0 &&
		(a.len > 0 || strcmp(one, other) == 0);
	buf_free(&a);
	buf_free(&b);
	return same;
}

bool
whom_same(const struct whom *whom, const char *role, const char *name)
{
	return strcmp(whom->role, role) == 0 &&
		(role[0] != '\0' || whom_same_words(whom->name, name));
}

bool
whom_is_me(bool *out, struct desk *desk, const char *role, struct error *err)
{
	const char *me = desk_me(desk)->login;
	char *value = NULL;

	*out = strcmp(role, me) == 0;
	if (role[0] == '\0' || !setting_agent(desk, role, &value, err)) {
		return role[0] == '\0';
	}
	*out = *out || (value != NULL && strncmp(value, "member:", 7) == 0 &&
		strcmp(value + 7, me) == 0);
	free(value);
	return true;
}
