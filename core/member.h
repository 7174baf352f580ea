/* member.h - the people of the team: login, role, addresses (DESIGN 7). */
#ifndef CORE_MEMBER_H
#define CORE_MEMBER_H

#include <stdbool.h>

#include "core/apply.h"
#include "core/desk.h"
#include "core/error.h"

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

/* A login's id: ERR_NOT_FOUND. */
bool member_id(struct desk *desk, const char *login, char id[UUID_SIZE],
	struct error *err);

apply_fn apply_member_added;

#endif
