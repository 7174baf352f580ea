/* condition_tree.h - the tree behind a condition; for condition*.c only. */
#ifndef PLAYBOOKS_CONDITION_TREE_H
#define PLAYBOOKS_CONDITION_TREE_H

#include <stdbool.h>

enum node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_COMPARE };

enum op {
	OP_EQ, OP_NE, OP_GT, OP_GE, OP_LT, OP_LE, OP_IN, OP_LIKE, OP_MATCHES,
	OP_SUBSET, OP_SUPERSET, OP_EXISTS,
};

struct literal {
	char *text;
	bool is_name; /* the value of another variable */
};

struct node {
	enum node_kind kind;
	struct node *left;
	struct node *right; /* NULL for NOT and comparisons */
	char *name;         /* comparisons: the variable */
	enum op op;
	bool negated; /* a NOT = b */
	struct literal *literals;
	int literal_count;
};

struct condition {
	struct node *root;
	const char **names; /* borrowed from the nodes */
	int name_count;
	int style;
};

void node_free(struct node *node); /* NULL is allowed */

#endif
