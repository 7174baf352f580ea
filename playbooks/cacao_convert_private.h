/* cacao_convert_private.h - the inside of a conversion; for cacao_convert*.c only. */
#ifndef PLAYBOOKS_CACAO_CONVERT_PRIVATE_H
#define PLAYBOOKS_CACAO_CONVERT_PRIVATE_H

#include "playbooks/cacao_convert.h"
#include "playbooks/findings.h"

#define MADE_ID_SIZE 80

/* A step as it is being made. */
struct made_step {
	char *old_id;
	char *id;
	struct json *o; /* ours until it is put into the document */
};

struct converter {
	const struct json *doc; /* as it was */
	struct json *out;
	struct conversion *conversion;
	struct made_step *steps;
	int step_count;
	struct json *agents;  /* definitions to be added, by id */
	struct json *targets;
};

void note_change(struct converter *c, const char *path, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* A UUID of version 4's form that follows from the playbook's id and this. */
void made_id(char out[MADE_ID_SIZE], const struct converter *c, const char *type,
	const char *of);

/* ---- cacao_convert_text.c ---- */
/* A copy with variables of version 1 in its texts as version 2 writes them. */
struct json *convert_value(struct converter *c, const struct json *value,
	const char *path);
/* A condition: the same, and == as =. */
struct json *convert_condition(struct converter *c, const struct json *value,
	const char *path);
/* in_args, out_args: names alone. */
struct json *convert_names(struct converter *c, const struct json *value,
	const char *path);
struct json *convert_variables(struct converter *c, const struct json *value,
	const char *path);
/* exact: three digits after the second. */
struct json *convert_time(struct converter *c, const struct json *value,
	const char *path, bool exact);

/* ---- cacao_convert_steps.c ---- */
void convert_steps(struct converter *c, const struct json *workflow);
/* The new id of a step, or the same. */
const char *new_step_id(const struct converter *c, const char *old);

/* ---- cacao_convert_ends.c ---- */
/* Adds the start and the ends that are missing, and parts shared ends. */
void convert_ends(struct converter *c);

#endif
