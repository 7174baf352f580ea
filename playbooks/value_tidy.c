/* value_tidy.c owns how a typed answer becomes the value that was meant: blanks,
 * units, thousands, decimal commas, yes and no. */
#include "playbooks/value.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/mem.h"

/* Bytes of the blank at p, those that do not break too; 0: none. */
static size_t
blank_at(const char *p)
{
	static const char *const wide[] = { "\u00a0", "\u2009", "\u202f" };

	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
		if (strncmp(p, wide[i], strlen(wide[i])) == 0) {
			return strlen(wide[i]);
		}
	}
	return *p == ' ' || *p == '\t' || *p == '\n' ? 1 : 0;
}

/* All blanks are one space, none at the ends. */
static char *
one_spaced(const char *text)
{
	struct buf out = { 0 };
	bool space = false;

	while (*text != '\0') {
		size_t blank = blank_at(text);

		if (blank == 0) {
			buf_addf(&out, "%s%c", space && out.len > 0 ? " " : "", *text);
		}
		space = blank != 0;
		text += blank == 0 ? 1 : blank;
	}
	return buf_take(&out);
}

static void
drop_unit(char *text, const char *unit)
{
	size_t len = strlen(text);
	size_t tail = unit == NULL ? 0 : strlen(unit);

	if (tail > 0 && len > tail && strcmp(text + len - tail, unit) == 0) {
		len -= tail;
		len -= text[len - 1] == ' ';
		text[len] = '\0';
	}
}

/* "1 200 000": groups of three after the first of one to three. */
static void
join_thousands(char *text)
{
	size_t first = strspn(text + (*text == '-' || *text == '+'), "0123456789");
	char *p = text + (*text == '-' || *text == '+') + first;

	if (first == 0 || first > 3 || *p != ' ') {
		return;
	}
	while (*p == ' ' && strspn(p + 1, "0123456789") == 3) {
		p += 4;
	}
	if (*p == ' ') {
		return;
	}
	for (p = text; *text != '\0'; text++) {
		if (*text != ' ') {
			*p++ = *text;
		}
	}
	*p = '\0';
}

/* Yes and no in the words of both languages. */
static void
tidy_bool(char **text)
{
	static const char *const words[][2] = {
		{ "yes", "true" }, { "y", "true" }, { "co", "true" }, { "dung", "true" },
		{ "no", "false" }, { "n", "false" }, { "khong", "false" },
		{ "sai", "false" },
	};
	char *folded = fold_text(*text);

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(folded, words[i][0]) == 0) {
			free(*text);
			*text = xstrdup(words[i][1]);
			break;
		}
	}
	free(folded);
}

char *
value_tidy(const char *type, const char *text, const char *unit)
{
	bool real = strcmp(type, "float") == 0;
	char *out;
	char *comma;

	if (strcmp(type, "string") == 0 || !value_type_known(type)) {
		return xstrdup(text);
	}
	out = one_spaced(text);
	if (strcmp(type, "bool") == 0) {
		tidy_bool(&out);
		return out;
	}
	if (!real && strcmp(type, "integer") != 0 && strcmp(type, "long") != 0) {
		return out;
	}
	drop_unit(out, unit);
	join_thousands(out);
	comma = strchr(out, ',');
	/* "1,200" may be either. */
	if (real && comma != NULL && strchr(out, '.') == NULL
			&& strspn(comma + 1, "0123456789") != 3) {
		*comma = '.';
	}
	return out;
}
