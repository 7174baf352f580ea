/* cacao_graph.h - the inside of a playbook; for cacao_*.c only. */
#ifndef PLAYBOOKS_CACAO_GRAPH_H
#define PLAYBOOKS_CACAO_GRAPH_H

#include <stdatomic.h>

#include "core/ids.h"
#include "playbooks/cacao.h"
#include "playbooks/findings.h"

#define MAX_NESTED_BRANCHES 128

struct step_name {
	const char *id;
	int index;
};

struct playbook {
	atomic_int references;
	struct json_tree *tree; /* ours; everything below borrows from it */
	const struct json *doc;
	const struct json *workflow;
	const struct json *ext;
	char hash[HASH_SIZE];
	struct step *steps;
	int step_count;
	struct step_name *by_id; /* sorted */
	int *ordered;            /* steps in the order of the plan */
	struct variable *variables;
	int variable_count;
	int start;
	int exception;
};

/* The steps of the workflow, their references resolved (29). */
void cacao_compile(struct playbook *playbook, struct findings *findings);
/* Fills one variable from its JSON. */
void cacao_variable(struct variable *out, const struct json *json,
	const struct json *questions);
/* Walks from the start: order, numbers, reached. */
void cacao_order(struct playbook *playbook, struct findings *findings);

/* All ways out of a step: branches, then completion, success, failure.
 * NO_STEP where the index-th is not there; the count is step_edge_count(). */
int step_edge_count(const struct step *step);
int step_edge(const struct step *step, int index);

/* The checks, each on its own topic; they only add findings. */
void cacao_check_document(const struct playbook *playbook,
	struct findings *findings);
void cacao_check_markings(const struct playbook *playbook,
	struct findings *findings);
void cacao_check_ids(const struct playbook *playbook,
	struct findings *findings);
void cacao_check_steps(const struct playbook *playbook,
	struct findings *findings);
void cacao_check_commands(const struct playbook *playbook,
	struct findings *findings);
void cacao_check_flow(const struct playbook *playbook,
	struct findings *findings);
void cacao_check_variables(const struct playbook *playbook,
	struct findings *findings);
void cacao_check_agents(const struct playbook *playbook,
	struct findings *findings);
void cacao_check_parts(const struct playbook *playbook,
	struct findings *findings);
void cacao_check_extension(const struct playbook *playbook,
	struct findings *findings);
void cacao_check_words(const struct playbook *playbook, struct findings *findings);

/* From cacao_check_ids.c. */
bool cacao_identifier(const char *text); /* type--UUID */
bool cacao_has_prefix(const char *id, const char *type);
bool cacao_name_form(const char *name); /* __name__ */
/* The form of a time (6 to 9); exact: three digits after the second are wanted.
 * False where it is absent or no time. */
bool cacao_check_time(const struct json *object, const char *base, const char *name,
	bool exact, struct findings *findings);

#endif
