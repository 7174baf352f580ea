/* condition_parse.c reads the text of a condition by recursive descent, with
 * a bound on nesting.  Forms that the standard does not write so are read and
 * remembered as style. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/condition.h"
#include "playbooks/condition_tree.h"

#define MAX_NESTING 32
#define MAX_LITERALS 256
#define MAX_TEXT 16384

struct parser {
	const char *start;
	const char *p;
	int depth;
	int style;
	struct error *err;
};

static struct node *parse_or(struct parser *parser);

static struct node *
fault(struct parser *parser, const char *what)
{
	error_set(parser->err, ERR_BAD_INPUT, _("condition, character %d: %s"),
		(int)(parser->p - parser->start) + 1, what);
	return NULL;
}

static void
skip_blanks(struct parser *parser)
{
	while (isspace((unsigned char)*parser->p)) {
		parser->p++;
	}
}

static bool
is_word_byte(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_' || byte == '-'
		|| byte == '.' || (unsigned char)byte >= 0x80;
}

static size_t
word_length(const char *p)
{
	size_t len = 0;

	while (is_word_byte(p[len])) {
		len++;
	}
	return len;
}

/* Takes the keyword when it is next; keywords are whole words in any case. */
static bool
take_word(struct parser *parser, const char *word)
{
	skip_blanks(parser);
	size_t len = word_length(parser->p);

	if (len != strlen(word) || strncasecmp(parser->p, word, len) != 0) {
		return false;
	}
	parser->p += len;
	return true;
}

static bool
take_char(struct parser *parser, char wanted)
{
	skip_blanks(parser);
	if (*parser->p != wanted) {
		return false;
	}
	parser->p++;
	return true;
}

static bool
at_name(struct parser *parser)
{
	skip_blanks(parser);
	return strncmp(parser->p, "__", 2) == 0;
}

static char *
take_name(struct parser *parser)
{
	size_t len = word_length(parser->p);
	char *name = xstrndup(parser->p, len);

	parser->p += len;
	if (strncmp(parser->p, ":value", 6) == 0
			&& !is_word_byte(parser->p[6])) {
		parser->p += 6;
	} else {
		parser->style |= CONDITION_NO_VALUE;
	}
	return name;
}

/* Text in quotes; a backslash keeps a quote or a backslash, before anything else
 * it is itself: C:\Temp and \d are typed so. */
static char *
take_quoted(struct parser *parser)
{
	struct buf text = { 0 };
	char quote = *parser->p;

	for (parser->p++; *parser->p != quote; parser->p++) {
		if (*parser->p == '\\' && parser->p[1] != '\0'
				&& strchr("'\"\\", parser->p[1]) != NULL) {
			parser->p++;
		} else if (*parser->p == '\\') {
			parser->style |= CONDITION_BACKSLASH;
		}
		if (*parser->p == '\0') {
			buf_free(&text);
			fault(parser, _("the quote is not closed"));
			return NULL;
		}
		buf_addc(&text, *parser->p);
	}
	parser->p++;
	return buf_take(&text);
}

/* Of text without quotes: addresses, times and networks are typed so. */
static size_t
bare_length(const char *p)
{
	size_t len = 0;

	while (p[len] != '\0' && !isspace((unsigned char)p[len])
			&& strchr("()[],'\"&|", p[len]) == NULL) {
		len++;
	}
	return len;
}

/* "12", "2.5", "1e3": not "10.1.2.3". */
static size_t
number_length(const char *p)
{
	size_t len = strspn(p, "0123456789");

	len += p[len] == '.' ? 1 + strspn(p + len + 1, "0123456789") : 0;
	return len + (len > 0 && (p[len] == 'e' || p[len] == 'E')
		? 1 + strspn(p + len + 1, "+-0123456789") : 0);
}

static bool
take_literal(struct parser *parser, struct literal *out)
{
	skip_blanks(parser);
	/* STIX's texts that are binary in hexadecimal, and times. */
	if ((*parser->p == 'h' || *parser->p == 't') && parser->p[1] == '\'') {
		parser->p++;
	}
	if (*parser->p == '\'' || *parser->p == '"') {
		if (*parser->p == '"') {
			parser->style |= CONDITION_BARE_TEXT;
		}
		out->text = take_quoted(parser);
		return out->text != NULL;
	}
	if (at_name(parser)) {
		out->text = take_name(parser);
		out->is_name = true;
		return true;
	}
	size_t sign = *parser->p == '-' || *parser->p == '+';
	size_t len = bare_length(parser->p);
	if (len <= sign) {
		return fault(parser, _("a value is missing")) != NULL;
	}
	if (number_length(parser->p + sign) < len - sign
			&& (len != 4 || strncasecmp(parser->p, "true", 4) != 0)
			&& (len != 5 || strncasecmp(parser->p, "false", 5) != 0)) {
		parser->style |= CONDITION_BARE_TEXT;
	}
	out->text = xstrndup(parser->p, len);
	parser->p += len;
	return true;
}

static bool
add_literal(struct parser *parser, struct node *node)
{
	struct literal literal = { 0 };

	if (node->literal_count >= MAX_LITERALS) {
		return fault(parser, _("the list is too long")) != NULL;
	}
	if (!take_literal(parser, &literal)) {
		return false;
	}
	node->literals = xrealloc(node->literals,
		((size_t)node->literal_count + 1) * sizeof literal);
	node->literals[node->literal_count++] = literal;
	return true;
}

static bool
take_list(struct parser *parser, struct node *node)
{
	if (!take_char(parser, '(')) {
		return fault(parser, _("IN needs a list in brackets")) != NULL;
	}
	do {
		if (!add_literal(parser, node)) {
			return false;
		}
	} while (take_char(parser, ','));
	if (!take_char(parser, ')')) {
		return fault(parser, _("the list is not closed")) != NULL;
	}
	return true;
}

static const struct {
	const char *sign;
	enum op op;
	int style;
} signs[] = { /* longer ones first */
	{ "==", OP_EQ, CONDITION_DOUBLE_EQUALS }, { "!=", OP_NE, 0 },
	{ "<>", OP_NE, CONDITION_SIGNS }, { ">=", OP_GE, 0 }, { "<=", OP_LE, 0 },
	{ "=", OP_EQ, 0 }, { ">", OP_GT, 0 }, { "<", OP_LT, 0 },
};

static const struct {
	const char *word;
	enum op op;
} words[] = {
	{ "IN", OP_IN }, { "LIKE", OP_LIKE }, { "MATCHES", OP_MATCHES },
	{ "ISSUBSET", OP_SUBSET }, { "ISSUPERSET", OP_SUPERSET },
};

/* False without a fault when no operator is next. */
static bool
take_operator(struct parser *parser, struct node *node)
{
	node->negated = take_word(parser, "NOT");
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (take_word(parser, words[i].word)) {
			node->op = words[i].op;
			return true;
		}
	}
	skip_blanks(parser);
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		size_t len = strlen(signs[i].sign);

		if (strncmp(parser->p, signs[i].sign, len) == 0) {
			parser->style |= signs[i].style;
			parser->p += len;
			node->op = signs[i].op;
			return true;
		}
	}
	return false;
}

/* AND and OR, and the signs that stand for them elsewhere. */
static bool
take_join(struct parser *parser, const char *word, const char *sign)
{
	if (take_word(parser, word)) {
		return true;
	}
	if (strncmp(parser->p, sign, 2) != 0) {
		return false;
	}
	parser->p += 2;
	parser->style |= CONDITION_SIGNS;
	return true;
}

/* Is the comparison at its end, with a name alone? */
static bool
at_end(struct parser *parser)
{
	struct parser ahead = *parser;

	skip_blanks(parser);
	return strchr(")]", *parser->p) != NULL || take_join(&ahead, "AND", "&&")
		|| take_join(&ahead, "OR", "||");
}

static bool
compare_name(struct parser *parser, struct node *node)
{
	node->name = take_name(parser);
	if (take_operator(parser, node)) {
		return node->op == OP_IN ? take_list(parser, node)
			: add_literal(parser, node);
	}
	if (node->negated || !at_end(parser)) {
		return fault(parser, _("an operator is missing")) != NULL;
	}
	parser->style |= CONDITION_BARE_NAME;
	node->literals = xmalloc(sizeof *node->literals);
	node->literals[node->literal_count++] = (struct literal){
		.text = xstrdup("true") };
	return true;
}

static struct node *
parse_comparison(struct parser *parser)
{
	struct node *node = xcalloc(1, sizeof *node);
	bool ok = false;

	node->kind = NODE_COMPARE;
	if (take_word(parser, "EXISTS")) {
		node->op = OP_EXISTS;
		ok = at_name(parser);
		if (ok) {
			node->name = take_name(parser);
		} else {
			fault(parser, _("EXISTS needs a variable"));
		}
	} else if (!at_name(parser)) {
		fault(parser, _("a variable is missing"));
	} else {
		ok = compare_name(parser, node);
	}
	if (!ok) {
		node_free(node);
		return NULL;
	}
	return node;
}

/* "NOT", or "!" where a comparison begins. */
static bool
take_not(struct parser *parser)
{
	if (take_word(parser, "NOT")) {
		return true;
	}
	if (*parser->p != '!' || parser->p[1] == '=') {
		return false;
	}
	parser->p++;
	parser->style |= CONDITION_SIGNS;
	return true;
}

/* Behind the bracket that was taken. */
static struct node *
parse_bracket(struct parser *parser, char end)
{
	struct node *inner = parse_or(parser);

	if (inner != NULL && !take_char(parser, end)) {
		fault(parser, _("a bracket is not closed"));
		node_free(inner);
		inner = NULL;
	}
	return inner;
}

static struct node *
parse_unary(struct parser *parser)
{
	struct node *inner;

	if (parser->depth >= MAX_NESTING) {
		return fault(parser, _("nested too deeply"));
	}
	parser->depth++;
	if (take_not(parser)) {
		inner = parse_unary(parser);
		if (inner != NULL) {
			struct node *node = xcalloc(1, sizeof *node);

			node->kind = NODE_NOT;
			node->left = inner;
			inner = node;
		}
	} else if (take_char(parser, '(')) {
		inner = parse_bracket(parser, ')');
	} else if (take_char(parser, '[')) {
		parser->style |= CONDITION_SQUARE;
		inner = parse_bracket(parser, ']');
	} else {
		inner = parse_comparison(parser);
	}
	parser->depth--;
	return inner;
}

/* Takes ownership of left; right follows the keyword that was taken. */
static struct node *
join(enum node_kind kind, struct node *left, struct node *right)
{
	if (right == NULL) {
		node_free(left);
		return NULL;
	}
	struct node *node = xcalloc(1, sizeof *node);

	node->kind = kind;
	node->left = left;
	node->right = right;
	return node;
}

static struct node *
parse_and(struct parser *parser)
{
	struct node *left = parse_unary(parser);

	while (left != NULL && take_join(parser, "AND", "&&")) {
		left = join(NODE_AND, left, parse_unary(parser));
	}
	return left;
}

static struct node *
parse_or(struct parser *parser)
{
	struct node *left = parse_and(parser);

	while (left != NULL && take_join(parser, "OR", "||")) {
		left = join(NODE_OR, left, parse_and(parser));
	}
	return left;
}

static void
collect_name(struct condition *condition, const char *name)
{
	for (int i = 0; i < condition->name_count; i++) {
		if (strcmp(condition->names[i], name) == 0) {
			return;
		}
	}
	condition->names = xrealloc(condition->names,
		((size_t)condition->name_count + 1) * sizeof *condition->names);
	condition->names[condition->name_count++] = name;
}

static void
collect(struct condition *condition, const struct node *node)
{
	if (node == NULL) {
		return;
	}
	if (node->name != NULL) {
		collect_name(condition, node->name);
	}
	for (int i = 0; i < node->literal_count; i++) {
		if (node->literals[i].is_name) {
			collect_name(condition, node->literals[i].text);
		}
	}
	collect(condition, node->left);
	collect(condition, node->right);
}

bool
condition_parse(struct condition **out, const char *text, struct error *err)
{
	struct parser parser = { .start = text, .p = text, .err = err };

	/* The trees of AND and OR lean left: their depth is bounded by this. */
	if (strlen(text) > MAX_TEXT) {
		return error_set(err, ERR_BAD_INPUT, _("the condition is too long"));
	}
	struct node *root = parse_or(&parser);
	if (root == NULL) {
		return false;
	}
	skip_blanks(&parser);
	if (*parser.p != '\0') {
		fault(&parser, _("text after the end"));
		node_free(root);
		return false;
	}
	*out = xcalloc(1, sizeof **out);
	(*out)->root = root;
	(*out)->style = parser.style;
	collect(*out, root);
	return true;
}
