/* login.h - who runs this program, as the operating system says. */
#ifndef CORE_LOGIN_H
#define CORE_LOGIN_H

#include <stdbool.h>

#include "core/error.h"

/* The login name of the real user: getpwuid(getuid()), never $USER, which
 * anybody may set.  The caller frees *out. */
bool login_name(char **out, struct error *err);

#endif
