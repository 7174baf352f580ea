/* login.c owns the question who runs this program. */
#include "core/login.h"

#include <errno.h>
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"

#define RECORD_MAX ((size_t)1024 * 1024)

bool
login_name(char **out, struct error *err)
{
	uid_t uid = getuid();
	size_t size = 1024;
	char *record = xmalloc(size);
	struct passwd entry;
	struct passwd *found = NULL;
	int result;

	while ((result = getpwuid_r(uid, &entry, record, size, &found)) == ERANGE
			&& size < RECORD_MAX) {
		size *= 2;
		record = xrealloc(record, size);
	}
	if (found != NULL && found->pw_name[0] != '\0') {
		*out = xstrdup(found->pw_name);
		free(record);
		return true;
	}
	free(record);
	return error_cause(err, ERR_NOT_FOUND, result == 0 ? "" : strerror(result),
		_("the system knows no login for user number %ju"), (uintmax_t)uid);
}
