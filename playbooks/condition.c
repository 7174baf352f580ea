/* condition.c owns the tree of a condition: its meaning and its checks.  The
 * text is read by condition_parse.c. */
#include "playbooks/condition.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/condition_tree.h"
#include "playbooks/value.h"
#include "playbooks/value_match.h"
#include "playbooks/value_set.h"

static const char *const op_words[] = {
	[OP_EQ] = "=", [OP_NE] = "!=", [OP_GT] = ">", [OP_GE] = ">=",
	[OP_LT] = "<", [OP_LE] = "<=", [OP_IN] = "IN", [OP_LIKE] = "LIKE",
	[OP_MATCHES] = "MATCHES", [OP_SUBSET] = "ISSUBSET",
	[OP_SUPERSET] = "ISSUPERSET", [OP_EXISTS] = "EXISTS",
};

void
node_free(struct node *node)
{
	if (node == NULL) {
		return;
	}
	node_free(node->left);
	node_free(node->right);
	free(node->name);
	for (int i = 0; i < node->literal_count; i++) {
		free(node->literals[i].text);
	}
	free(node->literals);
	free(node);
}

void
condition_free(struct condition *condition)
{
	if (condition == NULL) {
		return;
	}
	node_free(condition->root);
	free(condition->names);
	free(condition);
}

int
condition_style(const struct condition *condition)
{
	return condition->style;
}

int
condition_name_count(const struct condition *condition)
{
	return condition->name_count;
}

const char *
condition_name(const struct condition *condition, int index)
{
	return condition->names[index];
}

struct scope {
	condition_lookup *lookup;
	void *arg;
};

static bool
find(struct condition_value *out, const char *name, const struct scope *scope,
	struct error *err)
{
	if (scope->lookup(out, name, scope->arg)) {
		return true;
	}
	return error_set(err, ERR_BAD_INPUT,
		_("the condition reads %s, which is not declared"), name);
}

static bool
is_pattern(enum op op)
{
	return op == OP_LIKE || op == OP_MATCHES;
}

static bool
is_set(enum op op)
{
	return op == OP_SUBSET || op == OP_SUPERSET;
}

/* Can a variable of the type stand beside the text with this operator? */
static bool
right_fits(const struct node *node, const char *type, const char *text,
	enum error_code kind, struct error *err)
{
	if (is_pattern(node->op)) {
		return true;
	}
	if (!is_set(node->op) && !value_fits(type, text)) {
		return error_set(err, kind, _("'%s' is not of the type of %s (%s)"),
			text, node->name, type);
	}
	return !is_set(node->op) || value_set_fits(type, text)
		|| error_set(err, kind,
			_("'%s' is no network, list or dictionary for %s (%s)"), text,
			node->name, type);
}

static bool
check_literal(const struct literal *literal, const struct node *node,
	const char *type, const struct scope *scope, struct error *err)
{
	struct condition_value other;

	if (literal->is_name) {
		return find(&other, literal->text, scope, err);
	}
	if (node->op == OP_MATCHES) {
		return value_pattern(literal->text, err);
	}
	return right_fits(node, type, literal->text, ERR_BAD_INPUT, err);
}

static bool
check_comparison(const struct node *node, const struct scope *scope,
	struct error *err)
{
	struct condition_value variable;
	bool ordering = node->op == OP_GT || node->op == OP_GE
		|| node->op == OP_LT || node->op == OP_LE;

	if (!find(&variable, node->name, scope, err)) {
		return false;
	}
	if (ordering && !value_ordered(variable.type)) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s is %s, which has no order: %s cannot be asked"),
			node->name, variable.type, op_words[node->op]);
	}
	for (int i = 0; i < node->literal_count; i++) {
		if (!check_literal(&node->literals[i], node, variable.type, scope,
				err)) {
			return false;
		}
	}
	return true;
}

static bool
check_node(const struct node *node, const struct scope *scope,
	struct error *err)
{
	if (node->kind == NODE_COMPARE) {
		return check_comparison(node, scope, err);
	}
	return check_node(node->left, scope, err)
		&& (node->right == NULL || check_node(node->right, scope, err));
}

bool
condition_check(const struct condition *condition, condition_lookup *lookup,
	void *arg, struct error *err)
{
	struct scope scope = { .lookup = lookup, .arg = arg };

	return check_node(condition->root, &scope, err);
}

static bool
value_of(struct condition_value *out, const char *name,
	const struct scope *scope, struct error *err)
{
	if (!find(out, name, scope, err)) {
		return false;
	}
	if (out->value == NULL) {
		return error_set(err, ERR_REFUSED,
			_("the condition reads %s, which has no value yet"), name);
	}
	if (!value_fits(out->type, out->value)) {
		return error_set(err, ERR_REFUSED,
			_("%s is '%s', which is not of its type %s"), name,
			out->value, out->type);
	}
	return true;
}

static bool
holds_order(enum op op, int order)
{
	switch (op) {
	case OP_EQ: case OP_IN:
		return order == 0;
	case OP_NE:
		return order != 0;
	case OP_GT:
		return order > 0;
	case OP_GE:
		return order >= 0;
	case OP_LT:
		return order < 0;
	case OP_LE:
		return order <= 0;
	default:
		return false;
	}
}

static bool
test(bool *out, const struct node *node, const char *type, const char *left,
	const char *right, struct error *err)
{
	switch (node->op) {
	case OP_LIKE:
		return value_like(out, left, right, err);
	case OP_MATCHES:
		return value_matches(out, left, right, err);
	case OP_SUBSET:
		*out = value_subset(type, left, right);
		return true;
	case OP_SUPERSET:
		*out = value_subset(type, right, left);
		return true;
	default:
		*out = holds_order(node->op, value_compare(type, left, right));
		return true;
	}
}

static bool
eval_comparison(bool *out, const struct node *node, const struct scope *scope,
	struct error *err)
{
	struct condition_value variable;
	bool found = false;

	if (node->op == OP_EXISTS) {
		if (!find(&variable, node->name, scope, err)) {
			return false;
		}
		*out = variable.value != NULL;
		return true;
	}
	if (!value_of(&variable, node->name, scope, err)) {
		return false;
	}
	for (int i = 0; i < node->literal_count && !found; i++) {
		struct condition_value right = { .value = node->literals[i].text };

		if (node->literals[i].is_name
				&& !value_of(&right, right.value, scope, err)) {
			return false;
		}
		if (!right_fits(node, variable.type, right.value, ERR_REFUSED, err)
				|| !test(&found, node, variable.type, variable.value,
					right.value, err)) {
			return false;
		}
	}
	*out = found != node->negated;
	return true;
}

static bool
eval_node(bool *out, const struct node *node, const struct scope *scope,
	struct error *err)
{
	bool left;
	bool right;

	if (node->kind == NODE_COMPARE) {
		return eval_comparison(out, node, scope, err);
	}
	if (!eval_node(&left, node->left, scope, err)) {
		return false;
	}
	if (node->kind == NODE_NOT) {
		*out = !left;
		return true;
	}
	/* Both sides are read: an unknown value is told, not hidden by luck. */
	if (!eval_node(&right, node->right, scope, err)) {
		return false;
	}
	*out = node->kind == NODE_AND ? left && right : left || right;
	return true;
}

bool
condition_eval(bool *out, const struct condition *condition,
	condition_lookup *lookup, void *arg, struct error *err)
{
	struct scope scope = { .lookup = lookup, .arg = arg };

	return eval_node(out, condition->root, &scope, err);
}
