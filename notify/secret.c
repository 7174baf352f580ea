/* secret.c reads password files: the mode is checked on the open file, so that
 * what was checked is what is read. */
#include "notify/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"

#define SECRET_MAX 8192 /* a pair of tokens is longer than a password */

static bool
check_file(int fd, const char *path, struct error *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0) {
		return error_errno(err, _("cannot look at %s"), path);
	}
	if (!S_ISREG(st.st_mode)) {
		return error_set(err, ERR_BAD_INPUT, _("%s is not a plain file"), path);
	}
	if (st.st_uid != 0 && st.st_uid != geteuid()) {
		return error_set(err, ERR_FORBIDDEN,
			_("%s belongs to another user; it must be yours or root's"), path);
	}
	if ((st.st_mode & 077) != 0) {
		return error_set(err, ERR_FORBIDDEN,
			_("%s can be read by others: chmod 600 %s"), path, path);
	}
	return true;
}

bool
secret_read(char **out, const char *path, const char *key, struct error *err)
{
	char bytes[SECRET_MAX + 1];
	ssize_t len;
	bool ok;
	int fd;

	if (path == NULL || path[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("%s is not set"), key);
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		return error_errno(err, _("cannot open %s (%s)"), path, key);
	}
	ok = check_file(fd, path, err);
	len = ok ? read(fd, bytes, SECRET_MAX) : 0;
	if (ok && len < 0) {
		ok = error_errno(err, _("cannot read %s"), path);
	}
	(void)close(fd);
	if (!ok) {
		return false;
	}
	bytes[len] = '\0';
	bytes[strcspn(bytes, "\r\n")] = '\0';
	if (bytes[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("%s is empty"), path);
	}
	*out = xstrdup(bytes);
	explicit_bzero(bytes, sizeof bytes);
	return true;
}

void
secret_free(char *secret)
{
	if (secret != NULL) {
		explicit_bzero(secret, strlen(secret));
		free(secret);
	}
}
