/* json_read.c owns reading: one strict pass over the bytes, which finds every
 * fault, names its place and lays the values down as cJSON's, in a few blocks of
 * memory that are freed whole.  Integers beyond 2^53, which a double rounds,
 * keep their digits beside it. */
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
#define BYTES_A_VALUE 48 /* of what people write, about */
#define MORE_VALUES 256

struct block {
	struct block *next;
	size_t left;
	cJSON *free; /* the next of nodes */
	cJSON nodes[];
};

struct json_tree {
	cJSON root;
	struct block *blocks; /* the newest first */
	char texts[];
};

/* One reading: where the scanner is, and the tree that grows. */
struct reader {
	struct scan scan;
	struct json_tree *tree;
};

static struct block *
new_block(struct block *next, size_t count)
{
	struct block *block = xmalloc(sizeof *block + count * sizeof(cJSON));

	block->next = next;
	block->left = count;
	block->free = block->nodes;
	return block;
}

static cJSON *
new_value(struct json_tree *tree)
{
	if (tree->blocks->left == 0) {
		tree->blocks = new_block(tree->blocks, MORE_VALUES);
	}
	tree->blocks->left--;
	*tree->blocks->free = (cJSON){ 0 };
	return tree->blocks->free++;
}

static bool
open_level(struct scan *s, bool object)
{
	if (s->depth >= s->max_depth) {
		return scan_fault(s, _("nested deeper than %d levels"), s->max_depth);
	}
	s->levels[s->depth++] = (struct scan_level){
		.object = object,
		.first_name = s->name_count,
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
	s->at++;
}

static int
name_order(const void *a, const void *b)
{
	const struct scan_name *x = a;
	const struct scan_name *y = b;

	if (x->len != y->len) {
		return x->len < y->len ? -1 : 1;
	}
	return memcmp(x->text, y->text, x->len);
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
			if (name_order(&names[k], &names[i]) == 0) {
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
	size_t i;

	if (count == 0) {
		return true;
	}
	struct scan_name *names = s->name_list + first;

	if (count <= FEW) {
		return few_differ(s, names, count);
	}
	qsort(names, count, sizeof(*names), name_order);
	for (i = 1; i < count; i++) {
		if (name_order(&names[i - 1], &names[i]) == 0) {
			return told_twice(s, &names[count - 1], &names[i]);
		}
	}
	return true;
}

static bool
read_name(struct scan *s, char **name)
{
	size_t len;

	if (scan_peek(s) != '"') {
		return scan_unexpected(s, _("a name in quotes"));
	}
	if (!scan_string(s, name, &len)) {
		return false;
	}
	if (s->name_count == s->name_cap) {
		s->name_cap = s->name_cap == 0 ? 32 : s->name_cap * 2;
		s->name_list = xrealloc(s->name_list,
			s->name_cap * sizeof(*s->name_list));
	}
	s->name_list[s->name_count++] = (struct scan_name){ .text = *name, .len = len };
	s->levels[s->depth - 1].named = true;
	scan_blanks(s);
	if (scan_peek(s) != ':') {
		return scan_unexpected(s, _("a colon"));
	}
	s->at++;
	return true;
}

static bool read_value(struct reader *r, cJSON *value);

/* As cJSON keeps them: the first knows the last. */
static cJSON *
add_child(struct json_tree *tree, cJSON *parent)
{
	cJSON *child = new_value(tree);

	if (parent->child == NULL) {
		parent->child = child;
	} else {
		child->prev = parent->child->prev;
		child->prev->next = child;
	}
	parent->child->prev = child;
	return child;
}

/* Elements or members up to the closing bracket, which stays unread. */
static bool
read_children(struct reader *r, cJSON *parent, bool object, int close)
{
	struct scan *s = &r->scan;

	if (scan_peek(s) == close) {
		return true;
	}
	for (;;) {
		cJSON *child = add_child(r->tree, parent);

		s->levels[s->depth - 1].named = false;
		if ((object && !read_name(s, &child->string)) || !read_value(r, child)) {
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
read_container(struct reader *r, cJSON *value, bool object)
{
	struct scan *s = &r->scan;

	value->type = object ? cJSON_Object : cJSON_Array;
	if (!open_level(s, object) ||
		!read_children(r, value, object, object ? '}' : ']') ||
		(object && !names_differ(s))) {
		return false;
	}
	close_level(s);
	return true;
}

static bool
read_word(struct scan *s, cJSON *value)
{
	char word = scan_word(s);

	value->type = word == 't' ? cJSON_True : word == 'f' ? cJSON_False : cJSON_NULL;
	value->valueint = word == 't';
	return word != 0;
}

static bool
read_number(struct scan *s, cJSON *value)
{
	double number = 0;

	value->type = cJSON_Number;
	if (!scan_number(s, &number, &value->valuestring)) {
		return false;
	}
	(void)cJSON_SetNumberHelper(value, number);
	return true;
}

/* With the blanks on both sides. */
static bool
read_value(struct reader *r, cJSON *value)
{
	struct scan *s = &r->scan;
	size_t len;
	bool ok;
	int byte;

	scan_blanks(s);
	byte = scan_peek(s);
	if (byte == '{' || byte == '[') {
		ok = read_container(r, value, byte == '{');
	} else if (byte == '"') {
		value->type = cJSON_String;
		ok = scan_string(s, &value->valuestring, &len);
	} else if (byte == '-' || (byte >= '0' && byte <= '9')) {
		ok = read_number(s, value);
	} else {
		ok = read_word(s, value);
	}
	scan_blanks(s);
	return ok;
}

static bool
read_document(struct reader *r)
{
	struct scan *s = &r->scan;

	if (s->len >= 3 && memcmp(s->text, "\xEF\xBB\xBF", 3) == 0) {
		return scan_fault(s, _("begins with a byte order mark; save without"
			" BOM"));
	}
	if (!read_value(r, &r->tree->root)) {
		return false;
	}
	if (s->at < s->len) {
		return scan_unexpected(s, _("the end of the text"));
	}
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
json_tree_read(struct json_tree **out, const char *text, size_t len,
	const struct json_limits *limits, struct error *err)
{
	size_t most = limits == NULL || limits->bytes == 0 ? DEFAULT_BYTES
		: limits->bytes;
	bool ok;

	if (len > most) {
		return error_set(err, ERR_BAD_INPUT,
			_("the JSON is %zu bytes long; at most %zu are taken"), len, most);
	}
	struct json_tree *tree = xmalloc(sizeof *tree + len + 1);
	struct reader r = {
		.tree = tree,
		.scan = {
			.text = text, .len = len, .store = tree->texts,
			.max_depth = depth_limit(limits),
			.body = limits != NULL && limits->body, .err = err,
		},
	};

	tree->root = (cJSON){ 0 };
	tree->blocks = new_block(NULL, len / BYTES_A_VALUE + 8);
	r.scan.levels = xcalloc((size_t)r.scan.max_depth, sizeof *r.scan.levels);
	ok = read_document(&r);
	free(r.scan.levels);
	free(r.scan.name_list);
	if (!ok) {
		json_tree_free(tree);
		return false;
	}
	*out = tree;
	return true;
}

const struct json *
json_tree_root(const struct json_tree *tree)
{
	return (const struct json *)&tree->root;
}

void
json_tree_free(struct json_tree *tree)
{
	if (tree == NULL) {
		return;
	}
	for (struct block *block = tree->blocks; block != NULL;) {
		struct block *next = block->next;

		free(block);
		block = next;
	}
	free(tree);
}

bool
json_parse(struct json **out, const char *text, size_t len,
	const struct json_limits *limits, struct error *err)
{
	struct json_tree *tree = NULL;

	if (!json_tree_read(&tree, text, len, limits, err)) {
		return false;
	}
	*out = json_copy(json_tree_root(tree));
	json_tree_free(tree);
	return true;
}
