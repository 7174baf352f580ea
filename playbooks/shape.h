/* shape.h - which properties an object of CACAO has, as tables. */
#ifndef PLAYBOOKS_SHAPE_H
#define PLAYBOOKS_SHAPE_H

#include "core/json.h"
#include "playbooks/findings.h"

enum shape_kind {
	SHAPE_TEXT, SHAPE_BOOL, SHAPE_INTEGER, SHAPE_LIST, SHAPE_OBJECT,
	SHAPE_TEXTS, /* a list of texts */
	SHAPE_FULL,  /* an object that is not empty */
	SHAPE_VALUE, /* text, null or, for a dictionary, an object */
	SHAPE_ANY,
};

struct property {
	const char *name;
	enum shape_kind kind;
	int missing_rule; /* 0: optional */
	int type_rule;    /* 0: 13, wrong JSON type */
};

struct shape {
	const char *what; /* a step type, a command type, ... */
	const struct property *own;
	int own_count;
	const struct property *common; /* shared by all of its family */
	int common_count;
};

/* Checks types (13), presence, what is empty (17) and unknown names (18). */
void shape_check(struct findings *findings, const struct json *object,
	const char *path, const struct shape *shape);

/* A list of nothing but texts? */
bool shape_texts(const struct json *list);

/* The row with this name, or NULL. */
const struct shape *shape_find(const struct shape *shapes, int count,
	const char *what);

#define SHAPE_ROWS(table) (table), (int)(sizeof (table) / sizeof (table)[0])

#endif
