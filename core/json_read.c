/* json_read.c owns reading: one strict pass over the bytes, which finds every
 * fault and names its place, and only then cJSON, which would let most of them
 * pass.  Integers beyond 2^53, which cJSON rounds, are noted on the way and
 * written back into the tree afterwards. */
#include "core/json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json_scan.h"
#include "core/mem.h"

#define DEFAULT_BYTES ((size_t)4 << 20)
#define DEFAULT_DEPTH 64
#define FEW 12
#define DEEPEST 900 /* cJSON itself stops at 1000 */

static bool
open_level(struct scan *s, bool object)
{
	if (s->depth >= s->max_depth) {
		return scan_fault(s, _("nested deeper than %d levels"), s->max_depth);
	}
	s->levels[s->depth++] = (struct scan_level){
		.object = object,
		.first_name = s->name_count,
		.names_len = s->names.len,
	};
	s->at++;
	scan_blanks(s);
	return true;
}

static void
close_level(struct scan *s)
{
	const struct scan_level *level = &s->levels[--s->depth];

	s->name_count = level->first_name;
	s->names.len = level->names_len;
	s->at++;
}

static int
name_order(const void *a, const void *b, void *text)
{
	const struct scan_name *x = a;
	const struct scan_name *y = b;
	const char *names = text;

	if (x->len != y->len) {
		return x->len < y->len ? -1 : 1;
	}
	if (x->len == 0) {
		return 0; /* where all names are empty there is no text yet */
	}
	return memcmp(names + x->at, names + y->at, x->len);
}

static bool
told_twice(struct scan *s, struct scan_name *last, const struct scan_name *again)
{
	*last = *again; /* the path's last part */
	return scan_fault(s, _("this name stands twice in one object;"
		" keep one of them"));
}

/* A handful, as most objects have: each with each, which sorts nothing. */
static bool
few_differ(struct scan *s, struct scan_name *names, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		for (size_t k = 0; k < i; k++) {
			if (name_order(&names[k], &names[i], s->names.data) == 0) {
				return told_twice(s, &names[count - 1], &names[i]);
			}
		}
	}
	return true;
}

/* Looked at when the object closes: then one sort does for all its names. */
static bool
names_differ(struct scan *s)
{
	size_t first = s->levels[s->depth - 1].first_name;
	size_t count = s->name_count - first;
	struct scan_name *names = NULL;
	char *text = s->names.data;
	size_t i;

	if (count == 0) {
		return true;
	}
	names = s->name_list + first;
	if (count <= FEW) {
		return few_differ(s, names, count);
	}
	qsort_r(names, count, sizeof(*names), name_order, text);
	for (i = 1; i < count; i++) {
		if (name_order(&names[i - 1], &names[i], text) == 0) {
			return told_twice(s, &names[count - 1], &names[i]);
		}
	}
	return true;
}

static bool
read_name(struct scan *s)
{
	size_t from = s->names.len;

	if (scan_peek(s) != '"') {
		return scan_unexpected(s, _("a name in quotes"));
	}
	if (!scan_string(s, &s->names)) {
		return false;
	}
	if (s->name_count == s->name_cap) {
		s->name_cap = s->name_cap == 0 ? 32 : s->name_cap * 2;
		s->name_list = xrealloc(s->name_list,
			s->name_cap * sizeof(*s->name_list));
	}
	s->name_list[s->name_count++] = (struct scan_name){
		.at = from, .len = s->names.len - from,
	};
	s->levels[s->depth - 1].named = true;
	scan_blanks(s);
	if (scan_peek(s) != ':') {
		return scan_unexpected(s, _("a colon"));
	}
	s->at++;
	return true;
}

static bool read_value(struct scan *s);

/* Elements or members up to the closing bracket, which stays unread. */
static bool
read_children(struct scan *s, bool object, int close)
{
	if (scan_peek(s) == close) {
		return true;
	}
	for (;;) {
		s->levels[s->depth - 1].named = false;
		if ((object && !read_name(s)) || !read_value(s)) {
			return false;
		}
		if (scan_peek(s) == close) {
			return true;
		}
		if (scan_peek(s) != ',') {
			return scan_unexpected(s, object ? _("a comma or }")
				: _("a comma or ]"));
		}
		s->at++;
		s->levels[s->depth - 1].index++;
		scan_blanks(s);
		if (scan_peek(s) == close) {
			return scan_fault(s, _("a comma before the closing %c; take it"
				" out"), close);
		}
	}
}

static bool
read_container(struct scan *s, bool object)
{
	if (!open_level(s, object) ||
		!read_children(s, object, object ? '}' : ']') ||
		(object && !names_differ(s))) {
		return false;
	}
	close_level(s);
	return true;
}

/* With the blanks on both sides. */
static bool
read_value(struct scan *s)
{
	bool ok;
	int byte;

	scan_blanks(s);
	byte = scan_peek(s);
	if (byte == '{' || byte == '[') {
		ok = read_container(s, byte == '{');
	} else if (byte == '"') {
		ok = scan_string(s, NULL);
	} else if (byte == '-' || (byte >= '0' && byte <= '9')) {
		ok = scan_number(s);
	} else {
		ok = scan_word(s);
	}
	scan_blanks(s);
	return ok;
}

static bool
read_document(struct scan *s)
{
	if (s->len >= 3 && memcmp(s->text, "\xEF\xBB\xBF", 3) == 0) {
		return scan_fault(s, _("begins with a byte order mark; save without"
			" BOM"));
	}
	if (!read_value(s)) {
		return false;
	}
	if (s->at < s->len) {
		return scan_unexpected(s, _("the end of the text"));
	}
	return true;
}

/* Visits the numbers in the order of the text. */
static void
restore_bigs(cJSON *item, const struct scan *s, size_t *ordinal, size_t *next)
{
	cJSON *child;

	if (*next == s->big_count) {
		return;
	}
	if (cJSON_IsNumber(item)) {
		if (s->bigs[*next].ordinal == (*ordinal)++) {
			item->valuestring = xstrdup(s->bigs[(*next)++].digits);
		}
		return;
	}
	for (child = item->child; child != NULL; child = child->next) {
		restore_bigs(child, s, ordinal, next);
	}
}

static bool
build(struct json **out, const struct scan *s, struct error *err)
{
	cJSON *tree = cJSON_ParseWithLengthOpts(s->text, s->len, NULL, false);
	size_t ordinal = 0;
	size_t next = 0;

	if (tree == NULL) {
		return error_set(err, ERR_BAD_INPUT, _("the JSON cannot be read"));
	}
	restore_bigs(tree, s, &ordinal, &next);
	*out = (struct json *)tree;
	return true;
}

static int
depth_limit(const struct json_limits *limits)
{
	if (limits == NULL || limits->depth <= 0) {
		return DEFAULT_DEPTH;
	}
	return limits->depth < DEEPEST ? limits->depth : DEEPEST;
}

bool
json_parse(struct json **out, const char *text, size_t len,
	const struct json_limits *limits, struct error *err)
{
	size_t most = limits == NULL || limits->bytes == 0 ? DEFAULT_BYTES
		: limits->bytes;
	struct scan s = {
		.text = text, .len = len, .max_depth = depth_limit(limits),
		.body = limits != NULL && limits->body, .err = err,
	};
	bool ok;

	if (len > most) {
		return error_set(err, ERR_BAD_INPUT,
			_("the JSON is %zu bytes long; at most %zu are taken"), len, most);
	}
	s.levels = xcalloc((size_t)s.max_depth, sizeof(*s.levels));
	ok = read_document(&s) && build(out, &s, err);
	free(s.levels);
	free(s.name_list);
	free(s.bigs);
	buf_free(&s.names);
	return ok;
}
