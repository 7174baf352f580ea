/* member_names.h - logins of members by their ids. */
#ifndef CLI_MEMBER_NAMES_H
#define CLI_MEMBER_NAMES_H

#include "core/desk.h"

/* NULL where there is none; the caller frees. */
char *member_login_of(struct desk *desk, const char *id);

#endif
