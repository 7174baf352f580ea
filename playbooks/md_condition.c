/* md_condition.c turns "số phút ắc quy còn < 30 và đã có điện = không" into a
 * condition of CACAO by the questions of the plan, and back. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/condition_tree.h"
#include "playbooks/md_private.h"

#define MOST_DEPTH 20

/* Longer ones first; words end at a blank. */
static const struct {
	const char *said;
	const char *op;
	bool word;
} operators[] = {
	{ "<=", "<=", false }, { ">=", ">=", false }, { "!=", "!=", false },
	{ "<>", "!=", false }, { "≤", "<=", false }, { "≥", ">=", false },
	{ "≠", "!=", false }, { "==", "=", false }, { "=", "=", false },
	{ "<", "<", false }, { ">", ">", false },
	{ "không trong", "NOT IN", true }, { "not in", "NOT IN", true },
	{ "không phải là", "!=", true }, { "không là", "!=", true }, { "is not", "!=", true },
	{ "trong", "IN", true }, { "in", "IN", true }, { "là", "=", true }, { "is", "=", true },
	{ "ít nhất", ">=", true }, { "at least", ">=", true },
	{ "nhiều nhất", "<=", true }, { "at most", "<=", true },
	{ "dưới", "<", true }, { "ít hơn", "<", true }, { "below", "<", true },
	{ "less than", "<", true }, { "trên", ">", true }, { "nhiều hơn", ">", true },
	{ "above", ">", true }, { "more than", ">", true },
};
#define OPERATOR_COUNT (sizeof operators / sizeof operators[0])

struct reading {
	struct md_faults *faults;
	int line;
	const char *p;
	const struct json *asks;
	struct buf out;
	int depth;
	bool bad;
};

static void
skip(struct reading *r)
{
	r->p += strspn(r->p, " ");
}

/* Bytes at text that read as the words (folded), up to a border; 0: they do not. */
static size_t
reads_as(const char *text, const char *words)
{
	char *want = fold_text(words);
	char *whole = fold_text(text);
	size_t found = 0;
	size_t want_len = strlen(want);
	size_t most = strncmp(whole, want, want_len) == 0 ? want_len * 4 + 4 : 0;

	/* Marks make text longer than its folded form, never shorter than a third. */
	for (size_t len = 1; want_len > 0 && found == 0 && len <= most; len++) {
		if (text[len - 1] == '\0') {
			break;
		}
		if (text[len] != '\0' && (isalnum((unsigned char)text[len])
				|| text[len] == '_' || (unsigned char)text[len] >= 0x80)) {
			continue;
		}
		char *start = xstrndup(text, len);
		char *is = fold_text(start);

		found = strcmp(is, want) == 0 ? len : 0;
		free(is);
		free(start);
	}
	free(whole);
	free(want);
	return found;
}

static bool
take_word(struct reading *r, const char *vi, const char *en)
{
	skip(r);
	size_t len = reads_as(r->p, vi);

	len = len > 0 ? len : reads_as(r->p, en);
	r->p += len;
	return len > 0;
}

__attribute__((format(printf, 2, 3)))
static void
fault(struct reading *r, const char *fmt, ...)
{
	char text[500];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	if (!r->bad) {
		md_fault(r->faults, r->line, "%s", text);
	}
	r->bad = true;
}

/* A question mark at its end is no part of what people call it. */
static char *
called(const char *label)
{
	size_t len = strlen(label);

	while (len > 0 && (label[len - 1] == '?' || label[len - 1] == ' ')) {
		len--;
	}
	return xstrndup(label, len);
}

const struct json *
md_ask_find(const struct json *asks, const char *text, size_t *len)
{
	const struct json *best = NULL;

	*len = 0;
	for (const struct json *row = json_first(asks); row != NULL; row = json_next(row)) {
		const char *key = json_key(row);
		char *bare = xstrndup(key + 2, strlen(key) - 4);
		char *label = called(json_text_of(row, "label"));
		size_t by_label = reads_as(text, label);
		size_t by_name = reads_as(text, bare);
		size_t is = by_label > by_name ? by_label : by_name;

		if (is > *len) {
			*len = is;
			best = row;
		}
		free(label);
		free(bare);
	}
	return best;
}

/* All that is asked, for who misspelt one. */
static char *
all_asks(const struct json *asks)
{
	struct buf out = { 0 };

	for (const struct json *row = json_first(asks); row != NULL && out.len < 300;
			row = json_next(row)) {
		buf_addf(&out, "%s%s", out.len > 0 ? ", " : "", json_text_of(row, "label"));
	}
	return buf_take(&out);
}

static void
put_quoted(struct buf *out, const char *text, size_t len)
{
	buf_addc(out, '\'');
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\'' || text[i] == '\\') {
			buf_addc(out, '\\');
		}
		buf_addc(out, text[i]);
	}
	buf_addc(out, '\'');
}

/* Where a bare text ends: before AND, OR, a comma or a bracket. */
static size_t
bare_length(const char *text)
{
	static const char *const stops[] = { " và ", " hoặc ", " and ", " or ", ",", ")" };
	size_t len = strlen(text);

	for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
		const char *at = strstr(text, stops[i]);

		if (at != NULL && (size_t)(at - text) < len) {
			len = (size_t)(at - text);
		}
	}
	while (len > 0 && text[len - 1] == ' ') {
		len--;
	}
	return len;
}

static bool
take_choice(struct reading *r, const struct json *ask)
{
	const char *value = NULL;
	size_t most = 0;

	for (const struct json *row = json_first(json_get(ask, "choices")); row != NULL;
			row = json_next(row)) {
		size_t label = reads_as(r->p, json_text_of(row, "label"));
		size_t word = reads_as(r->p, json_text_of(row, "value"));
		size_t is = label > word ? label : word;

		if (is > most) {
			most = is;
			value = json_text_of(row, "value");
		}
	}
	if (value == NULL) {
		fault(r, _("'%s' is none of the answers to this question"), r->p);
		return false;
	}
	put_quoted(&r->out, value, strlen(value));
	r->p += most;
	return true;
}

static bool
take_yes_no(struct reading *r)
{
	size_t len = bare_length(r->p);
	char *said = xstrndup(r->p, len);
	const char *word = md_enum_word("flag", said);

	free(said);
	if (word == NULL) {
		fault(r, _("'%s' is neither yes nor no"), r->p);
		return false;
	}
	buf_adds(&r->out, strcmp(word, "yes") == 0 ? "true" : "false");
	r->p += len;
	return true;
}

/* "30", "30 phút": what is behind it belongs to it where it is the unit. */
static bool
take_number(struct reading *r, const struct json *ask)
{
	size_t len = strspn(r->p, "+-") + strspn(r->p + strspn(r->p, "+-"), "0123456789.");
	const char *unit = json_get_text(ask, "unit");

	if (strspn(r->p, "+-") > 1 || len == strspn(r->p, "+-")) {
		fault(r, _("a number is missing at '%s'"), r->p);
		return false;
	}
	buf_add(&r->out, r->p, len);
	r->p += len;
	if (unit != NULL) {
		skip(r);
		r->p += reads_as(r->p, unit);
	}
	return true;
}

static bool
take_value(struct reading *r, const struct json *ask)
{
	const char *type = json_text_of(ask, "type");

	skip(r);
	if (json_get(ask, "choices") != NULL) {
		return take_choice(r, ask);
	}
	if (strcmp(type, "bool") == 0) {
		return take_yes_no(r);
	}
	if (strcmp(type, "integer") == 0 || strcmp(type, "float") == 0
			|| strcmp(type, "long") == 0) {
		return take_number(r, ask);
	}
	bool quoted = *r->p == '\'' || *r->p == '"';
	const char *end = quoted ? strchr(r->p + 1, *r->p) : NULL;
	if (quoted && end == NULL) {
		fault(r, _("the quote at '%s' is not closed"), r->p);
		return false;
	}
	size_t len = quoted ? (size_t)(end - r->p - 1) : bare_length(r->p);
	put_quoted(&r->out, r->p + quoted, len);
	r->p += len + (quoted ? 2 : 0);
	return true;
}

/* In brackets, with commas; or one alone. */
static bool
take_list(struct reading *r, const struct json *ask)
{
	bool brackets;

	skip(r);
	brackets = *r->p == '(';
	r->p += brackets;
	buf_addc(&r->out, '(');
	for (;;) {
		if (!take_value(r, ask)) {
			return false;
		}
		skip(r);
		if (!brackets || *r->p != ',') {
			break;
		}
		r->p++;
		buf_adds(&r->out, ", ");
	}
	if (brackets && *r->p++ != ')') {
		r->p--;
		fault(r, _("the list is not closed at '%s'"), r->p);
		return false;
	}
	buf_addc(&r->out, ')');
	return true;
}

/* NULL where no operator is next. */
static const char *
take_operator(struct reading *r)
{
	skip(r);
	for (size_t i = 0; i < OPERATOR_COUNT; i++) {
		size_t len = operators[i].word ? reads_as(r->p, operators[i].said)
			: strncmp(r->p, operators[i].said, strlen(operators[i].said)) == 0
			? strlen(operators[i].said) : 0;

		if (len > 0) {
			r->p += len;
			return operators[i].op;
		}
	}
	return NULL;
}

static bool
read_comparison(struct reading *r)
{
	size_t len;
	const struct json *ask;
	const char *op;

	skip(r);
	ask = md_ask_find(r->asks, r->p, &len);
	if (ask == NULL) {
		char *all = all_asks(r->asks);

		fault(r, _("'%.80s' is asked in no step; asked are: %s"), r->p,
			all[0] != '\0' ? all : "-");
		free(all);
		return false;
	}
	r->p += len;
	buf_addf(&r->out, "%s:value", json_key(ask));
	op = take_operator(r);
	if (op == NULL && strcmp(json_text_of(ask, "type"), "bool") == 0) {
		buf_adds(&r->out, " = true");
		return true;
	}
	if (op == NULL) {
		fault(r, _("behind the question stands =, !=, <, >, <=, >= or in, not '%s'"),
			r->p);
		return false;
	}
	buf_addf(&r->out, " %s ", op);
	return strstr(op, "IN") != NULL ? take_list(r, ask) : take_value(r, ask);
}

static bool read_or(struct reading *r);

static bool
read_and(struct reading *r)
{
	do {
		skip(r);
		if (*r->p == '(') {
			r->p++;
			buf_addc(&r->out, '(');
			if (!read_or(r)) {
				return false;
			}
			skip(r);
			if (*r->p != ')') {
				fault(r, _("a bracket is not closed at '%s'"), r->p);
				return false;
			}
			r->p++;
			buf_addc(&r->out, ')');
		} else if (!read_comparison(r)) {
			return false;
		}
		if (!take_word(r, "và", "and")) {
			return true;
		}
		buf_adds(&r->out, " AND ");
	} while (true);
}

static bool
read_or(struct reading *r)
{
	if (++r->depth > MOST_DEPTH) {
		fault(r, _("nested too deeply at '%s'"), r->p);
		return false;
	}
	while (read_and(r)) {
		if (!take_word(r, "hoặc", "or")) {
			r->depth--;
			return true;
		}
		buf_adds(&r->out, " OR ");
	}
	return false;
}

char *
md_condition_read(struct md_faults *faults, int line, const char *text,
	const struct json *asks)
{
	struct reading r = { .faults = faults, .line = line, .p = text, .asks = asks };

	if (strstr(text, "__:value") != NULL) {
		return xstrdup(text); /* CACAO's own words; checked with the playbook */
	}
	bool good = read_or(&r);
	skip(&r);
	if (good && *r.p != '\0') {
		fault(&r, _("'%s' is left over behind the condition"), r.p);
	}
	if (r.bad) {
		buf_free(&r.out);
		return NULL;
	}
	return buf_take(&r.out);
}
