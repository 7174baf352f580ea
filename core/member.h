/* member.h - the people of the team: login, role, addresses (DESIGN 7). */
#ifndef CORE_MEMBER_H
#define CORE_MEMBER_H

#include <stdbool.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/register.h"

struct member_new {
	const char *login;    /* letters, digits, . _ - @ */
	const char *name;     /* Họ và tên */
	enum role role;
	const char *unit;     /* or NULL */
	const char *skills;   /* or NULL */
	const char *language; /* "vi" (NULL) or "en" */
	const char *mail;     /* or NULL */
	const char *phone;    /* or NULL */
};

/* ERR_FORBIDDEN · ERR_BAD_INPUT · ERR_REFUSED when the login is taken. */
bool member_add(struct desk *desk, const struct member_new *what, struct error *err);
/* The same from an object of option names: name, role, unit, skills, language,
 * mail, phone, zalo, area (of the register), on_site (minutes until he is there in
 * person); texts are converted. */
bool member_add_json(struct desk *desk, const char *login, const struct json *given,
	struct error *err);
/* Also active.  One's own addresses are one's own to change; the rest is for who may
 * change members.  The last active admin stays one: ERR_REFUSED. */
bool member_set(struct desk *desk, const char *login, const struct json *given,
	struct error *err);

/* A login's id: ERR_NOT_FOUND. */
bool member_id(struct desk *desk, const char *login, char id[UUID_SIZE],
	struct error *err);

/* The same of somebody who can be given work: ERR_REFUSED for a viewer and for who
 * is not active. */
bool member_worker(struct desk *desk, const char *login, char id[UUID_SIZE],
	struct error *err);

/* Arrays of {id, login, name, role, unit, skills, language, active, area, on_site,
 * addresses{channel: value}}, by name; show: one, ERR_NOT_FOUND. */
bool member_list(struct desk *desk, struct json **out, struct error *err);
bool member_show(struct desk *desk, const char *login, struct json **out,
	struct error *err);

extern const struct reg_kind member_kind;
apply_fn apply_member_change; /* added and set */

#endif
