/* values.c reads what the words and options hold: numbers, texts, lists. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"

bool
cli_slurp(const char *from, char **out, size_t *len, struct error *err)
{
	if (strcmp(from, "-") == 0) {
		return file_read_fd(out, len, STDIN_FILENO, "-", limit(LIMIT_IMPORT_LINE), err);
	}
	return file_read(out, len, from, limit(LIMIT_IMPORT_LINE), err);
}

bool
cli_number(const char *what, const char *text, int64_t least, int64_t most,
	int64_t *out, struct error *err)
{
	char *end;
	long long value;

	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno != 0 || *text == '\0' || *end != '\0' || value < least || value > most) {
		return most < INT32_MAX
			? error_set(err, ERR_BAD_INPUT,
				_("%s is a whole number from %lld to %lld, not \"%.40s\""),
				what, (long long)least, (long long)most, text)
			: error_set(err, ERR_BAD_INPUT,
				_("%s is a whole number of at least %lld, not \"%.40s\""),
				what, (long long)least, text);
	}
	*out = value;
	return true;
}

bool
cli_text(const char *given, char **out, struct error *err)
{
	size_t len = 0;

	if (strcmp(given, "-") == 0) {
		if (!cli_slurp("-", out, &len, err)) {
			return false;
		}
		if (memchr(*out, '\0', len) != NULL) {
			free(*out);
			*out = NULL;
			return error_set(err, ERR_BAD_INPUT, _("the text has a NUL byte"));
		}
		/* The end of the last line is the pipe's, not the writer's. */
		while (len > 0 && (*out)[len - 1] == '\n') {
			(*out)[--len] = '\0';
		}
		return true;
	}
	*out = xstrdup(given);
	return true;
}

bool
cli_split(const char *text, char ***out, int *count, struct error *err)
{
	char **list = NULL;
	int n = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, ",");

		if (len > 0) {
			if ((size_t)n == limit(LIMIT_LIST)) {
				cli_free_list(list, n);
				return error_set(err, ERR_BAD_INPUT,
					_("a list has at most %zu items"), limit(LIMIT_LIST));
			}
			list = xrealloc(list, ((size_t)n + 1) * sizeof *list);
			list[n++] = xstrndup(text, len);
		}
		text += len + (text[len] == ',');
	}
	*out = list;
	*count = n;
	return true;
}

void
cli_free_list(char **list, int count)
{
	for (int i = 0; i < count; i++) {
		free(list[i]);
	}
	free(list);
}
