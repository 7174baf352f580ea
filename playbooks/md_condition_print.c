/* md_condition_print.c writes a condition of CACAO in the words of the questions;
 * what does not read back as the same stays as CACAO has it. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "playbooks/condition.h"
#include "playbooks/condition_tree.h"
#include "playbooks/md_private.h"

static const char *const signs[] = {
	[OP_EQ] = "=", [OP_NE] = "!=", [OP_GT] = ">", [OP_GE] = ">=", [OP_LT] = "<",
	[OP_LE] = "<=",
};

struct writing {
	struct buf out;
	const struct json *asks;
	const char *language;
	bool bad;
};

char *
md_ask_call(const struct json *ask, const char *name)
{
	const char *label = json_text_of(ask, "label");
	char *bare = xstrndup(name + 2, strlen(name) - 4);
	char *slug = md_slug(label);
	size_t len = strlen(label);

	if (strcmp(slug, bare) == 0) {
		free(bare);
		while (len > 0 && (label[len - 1] == '?' || label[len - 1] == ' ')) {
			len--;
		}
		bare = xstrndup(label, len);
	}
	free(slug);
	return bare;
}

static void
put_value(struct writing *w, const struct json *ask, const struct literal *literal)
{
	const char *type = json_text_of(ask, "type");

	w->bad = w->bad || literal->is_name;
	for (const struct json *row = json_first(json_get(ask, "choices")); row != NULL;
			row = json_next(row)) {
		if (strcmp(json_text_of(row, "value"), literal->text) == 0) {
			buf_adds(&w->out, json_text_of(row, "label"));
			return;
		}
	}
	if (strcmp(type, "bool") == 0) {
		buf_adds(&w->out, md_enum_say("flag",
			strcmp(literal->text, "true") == 0 ? "yes" : "no", w->language));
	} else if (strcmp(type, "integer") == 0 || strcmp(type, "float") == 0
			|| strcmp(type, "long") == 0) {
		buf_adds(&w->out, literal->text);
	} else {
		buf_addf(&w->out, "'%s'", literal->text);
	}
}

static void
put_comparison(struct writing *w, const struct node *node)
{
	const struct json *ask = json_get(w->asks, node->name);
	bool en = strcmp(w->language, "en") == 0;
	char *call;

	if (ask == NULL || (node->op != OP_IN && (node->op > OP_LE || node->negated))) {
		w->bad = true;
		return;
	}
	call = md_ask_call(ask, node->name);
	buf_addf(&w->out, "%s ", call);
	free(call);
	if (node->op != OP_IN) {
		buf_addf(&w->out, "%s ", signs[node->op]);
		put_value(w, ask, &node->literals[0]);
		return;
	}
	buf_addf(&w->out, "%s%s (", node->negated ? en ? "not " : "không " : "",
		en ? "in" : "trong");
	for (int i = 0; i < node->literal_count; i++) {
		buf_adds(&w->out, i > 0 ? ", " : "");
		put_value(w, ask, &node->literals[i]);
	}
	buf_addc(&w->out, ')');
}

static void
put_node(struct writing *w, const struct node *node, bool inside_and)
{
	bool en = strcmp(w->language, "en") == 0;
	bool brackets = node->kind == NODE_OR && inside_and;

	if (node->kind == NODE_COMPARE) {
		put_comparison(w, node);
		return;
	}
	if (node->kind == NODE_NOT) {
		w->bad = true;
		return;
	}
	buf_adds(&w->out, brackets ? "(" : "");
	put_node(w, node->left, node->kind == NODE_AND);
	buf_addf(&w->out, " %s ", node->kind == NODE_AND ? en ? "and" : "và"
		: en ? "or" : "hoặc");
	put_node(w, node->right, node->kind == NODE_AND);
	buf_adds(&w->out, brackets ? ")" : "");
}

char *
md_condition_print(const char *condition, const struct json *asks, const char *language)
{
	struct writing w = { .asks = asks, .language = language };
	struct condition *tree = NULL;
	struct md_faults faults = { 0 };
	struct error err = ERROR_INIT;
	char *again = NULL;

	if (condition_parse(&tree, condition, &err)) {
		put_node(&w, tree->root, false);
		if (!w.bad) {
			again = md_condition_read(&faults, 0, buf_text(&w.out), asks);
		}
	}
	condition_free(tree);
	md_faults_finish(&faults);
	if (again != NULL && strcmp(again, condition) == 0
			&& strstr(buf_text(&w.out), "__:value") == NULL) {
		free(again);
		return buf_take(&w.out);
	}
	free(again);
	buf_free(&w.out);
	return xstrdup(condition);
}
