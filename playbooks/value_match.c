/* value_match.c owns LIKE and MATCHES of conditions.  A pattern of MATCHES is read
 * here and written anew as a POSIX extended expression, which glibc runs without
 * going back: what would need that (back references) is refused by name. */
#include "playbooks/value_match.h"

#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"

static bool
within(const char *text, const char *pattern, struct error *err)
{
	if (strlen(pattern) > PATTERN_MOST) {
		return error_set(err, ERR_REFUSED,
			_("the pattern is longer than %d bytes"), PATTERN_MOST);
	}
	return strlen(text) <= PATTERN_TEXT || error_set(err, ERR_REFUSED,
		_("the text is longer than the %d bytes that a pattern is tried on"),
		PATTERN_TEXT);
}

/* The byte after the character at p. */
static const char *
after_character(const char *p)
{
	p++;
	while (((unsigned char)*p & 0xC0) == 0x80) {
		p++;
	}
	return p;
}

static bool
is_like(const char *text, const char *pattern)
{
	const char *star = NULL; /* the pattern after the last % */
	const char *retry = NULL; /* where in text that % may still grow */

	while (*text != '\0') {
		if (*pattern == '%') {
			star = ++pattern;
			retry = text;
		} else if (*pattern == '_') {
			pattern++;
			text = after_character(text);
		} else if (*pattern == *text) {
			pattern++;
			text++;
		} else if (star != NULL) {
			pattern = star;
			text = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '%') {
		pattern++;
	}
	return *pattern == '\0';
}

bool
value_like(bool *out, const char *text, const char *pattern, struct error *err)
{
	if (!within(text, pattern, err)) {
		return false;
	}
	*out = is_like(text, pattern);
	return true;
}

#define MOST_DEPTH 32

struct reader {
	const char *p;
	struct buf out;
	/* How many atoms the pattern is when its {n,m} are written out: of each open
	 * group, and of what stands before the cursor. */
	long atoms[MOST_DEPTH];
	long last;
	int depth;
	bool fold;
	const char *wrong; /* N_(), or NULL */
};

static void
add_atoms(struct reader *reader, long atoms)
{
	reader->last = atoms;
	reader->atoms[reader->depth] += atoms;
	if (reader->atoms[reader->depth] > PATTERN_ATOMS) {
		reader->wrong = N_("repeats {n,m} that make it too long");
	}
}

static const struct {
	char letter;
	const char *outside, *inside; /* of [...]; NULL: not there */
} escapes[] = {
	{ 'd', "[0-9]", "0-9" }, { 'D', "[^0-9]", NULL },
	{ 'w', "[[:alnum:]_]", "[:alnum:]_" }, { 'W', "[^[:alnum:]_]", NULL },
	{ 's', "[[:space:]]", "[:space:]" }, { 'S', "[^[:space:]]", NULL },
	{ 't', "\t", "\t" }, { 'n', "\n", "\n" }, { 'r', "\r", "\r" },
	{ 'b', "\\b", NULL }, { 'B', "\\B", NULL },
	{ 'A', "^", NULL }, { 'z', "$", NULL }, { 'Z', "$", NULL },
};

/* The letter after a backslash. */
static void
read_letter(struct reader *reader, bool inside)
{
	char letter = *reader->p;

	for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
		const char *text = inside ? escapes[i].inside : escapes[i].outside;

		if (escapes[i].letter == letter && text != NULL) {
			buf_adds(&reader->out, text);
			reader->p++;
			return;
		}
	}
	reader->wrong = isdigit((unsigned char)letter)
		? N_("a back reference such as \\1")
		: N_("a letter after \\ that has no meaning here");
}

static void
read_escape(struct reader *reader)
{
	reader->p++;
	if (isalnum((unsigned char)*reader->p)) {
		read_letter(reader, false);
	} else if (*reader->p == '\0') {
		reader->wrong = N_("a \\ at the end");
	} else {
		if (strchr(".[]{}()*+?^$|\\", *reader->p) != NULL) {
			buf_addc(&reader->out, '\\');
		}
		buf_addc(&reader->out, *reader->p++);
	}
}

/* "[:alpha:]" inside of [...]; 0: none is here. */
static size_t
class_length(const char *p)
{
	const char *end = strncmp(p, "[:", 2) == 0 ? strstr(p + 2, ":]") : NULL;

	return end == NULL ? 0 : (size_t)(end - p) + 2;
}

/* [...]: ] ^ and - that were escaped go where POSIX takes them as they are. */
static void
read_set(struct reader *reader)
{
	bool square = false, roof = false, dash = false, first = true;
	bool negated = reader->p[1] == '^';
	struct buf before = reader->out;

	reader->out = (struct buf){ 0 };
	reader->p += 1 + negated;
	for (; reader->wrong == NULL && (*reader->p != ']' || first); first = false) {
		size_t class = class_length(reader->p);

		if (*reader->p == '\0') {
			reader->wrong = N_("a [ that is not closed");
		} else if (class > 0) {
			buf_add(&reader->out, reader->p, class);
			reader->p += class;
		} else if (*reader->p == ']') {
			square = true;
			reader->p++;
		} else if (*reader->p != '\\') {
			buf_addc(&reader->out, *reader->p++);
		} else if (isalnum((unsigned char)*++reader->p)) {
			read_letter(reader, true);
		} else if (*reader->p != '\0') {
			square = square || *reader->p == ']';
			roof = roof || *reader->p == '^';
			dash = dash || *reader->p == '-';
			if (strchr("]^-", *reader->p) == NULL) {
				buf_addc(&reader->out, *reader->p);
			}
			reader->p++;
		}
	}
	reader->p += *reader->p == ']';
	/* "[^]" is a roof alone: POSIX would take it for "all but". */
	if (roof && !negated && !square && !dash && reader->out.len == 0) {
		buf_adds(&before, "\\^");
	} else {
		bool lead = dash && roof && !square && reader->out.len == 0 && !negated;

		buf_addf(&before, "[%s%s%s%s%s%s]", negated ? "^" : "", square ? "]" : "",
			lead ? "-" : "", buf_text(&reader->out), roof ? "^" : "",
			dash && !lead ? "-" : "");
	}
	buf_free(&reader->out);
	reader->out = before;
}

/* {n}, {n,}, {n,m}; any other { is itself.  True where it was a repeat. */
static bool
read_bounds(struct reader *reader)
{
	size_t low = strspn(reader->p + 1, "0123456789");
	const char *p = reader->p + 1 + low;
	size_t high = *p == ',' ? strspn(p + 1, "0123456789") : 0;
	long most;

	if (low == 0 || p[*p == ',' ? high + 1 : 0] != '}') {
		buf_adds(&reader->out, "\\{");
		reader->p++;
		return false;
	}
	most = strtol(high > 0 ? p + 1 : reader->p + 1, NULL, 10);
	p += *p == ',' ? high + 2 : 1;
	/* Of {n,} one more atom takes all that follow. */
	most = most > PATTERN_ATOMS ? PATTERN_ATOMS : most;
	add_atoms(reader, reader->last * most);
	buf_add(&reader->out, reader->p, (size_t)(p - reader->p));
	reader->p = p;
	return true;
}

/* What may stand behind a repeat: ? (as short as it can be) asks the same. */
static void
after_repeat(struct reader *reader)
{
	if (*reader->p == '?') {
		reader->p++;
	}
	if (*reader->p != '\0' && strchr("*+?", *reader->p) != NULL) {
		reader->wrong = N_("a repeat of a repeat");
	}
}

static void
read_group(struct reader *reader)
{
	reader->p++;
	if (*reader->p == '?') {
		if (reader->p[1] != ':') {
			reader->wrong = N_("(?, other than (?: and (?i) in front");
			return;
		}
		reader->p += 2;
	}
	if (reader->depth + 1 == MOST_DEPTH) {
		reader->wrong = N_("brackets within brackets");
		return;
	}
	reader->atoms[++reader->depth] = 0;
	buf_addc(&reader->out, '(');
}

static void
end_group(struct reader *reader)
{
	buf_addc(&reader->out, *reader->p++);
	if (reader->depth > 0) {
		reader->depth--;
		add_atoms(reader, reader->atoms[reader->depth + 1] + 1);
	}
}

static void
read_pattern(struct reader *reader)
{
	if (strncmp(reader->p, "(?i)", 4) == 0) {
		reader->fold = true;
		reader->p += 4;
	}
	while (*reader->p != '\0' && reader->wrong == NULL) {
		switch (*reader->p) {
		case '\\':
			add_atoms(reader, 1);
			read_escape(reader);
			break;
		case '[':
			add_atoms(reader, 1);
			read_set(reader);
			break;
		case '(':
			read_group(reader);
			break;
		case ')':
			end_group(reader);
			break;
		case '{':
			if (read_bounds(reader)) {
				after_repeat(reader);
			}
			break;
		case '*': case '+': case '?':
			buf_addc(&reader->out, *reader->p++);
			after_repeat(reader);
			break;
		case '}':
			buf_adds(&reader->out, "\\}");
			reader->p++;
			break;
		default:
			add_atoms(reader, 1);
			buf_addc(&reader->out, *reader->p++);
		}
	}
}

/* *compiled is the caller's (regfree). */
static bool
compile(regex_t *compiled, const char *pattern, struct error *err)
{
	struct reader reader = { .p = pattern };
	char why[128] = "";
	int fault = 0;

	if (!within("", pattern, err)) {
		return false;
	}
	read_pattern(&reader);
	if (reader.wrong == NULL) {
		fault = regcomp(compiled, buf_text(&reader.out),
			REG_EXTENDED | REG_NOSUB | (reader.fold ? REG_ICASE : 0));
	}
	if (fault != 0) {
		(void)regerror(fault, compiled, why, sizeof why);
	}
	buf_free(&reader.out);
	if (reader.wrong == NULL && fault == 0) {
		return true;
	}
	return error_set(err, ERR_BAD_INPUT,
		_("the pattern '%s' cannot be asked: %s"), pattern,
		reader.wrong != NULL ? _(reader.wrong) : why);
}

bool
value_pattern(const char *pattern, struct error *err)
{
	regex_t compiled;

	if (!compile(&compiled, pattern, err)) {
		return false;
	}
	regfree(&compiled);
	return true;
}

bool
value_matches(bool *out, const char *text, const char *pattern, struct error *err)
{
	regex_t compiled;

	if (!within(text, pattern, err) || !compile(&compiled, pattern, err)) {
		return false;
	}
	*out = regexec(&compiled, text, 0, NULL, 0) == 0;
	regfree(&compiled);
	return true;
}
