/* run_private.h - the inside of a run; for run*.c only. */
#ifndef PLAYBOOKS_RUN_PRIVATE_H
#define PLAYBOOKS_RUN_PRIVATE_H

#include "playbooks/run.h"

/* One value that was given, once; the last of a name counts.  The name of a
 * step's own variable carries its instance: "__x__@ID". */
struct value_row {
	char *name;
	int position; /* 1.. within the name */
	char *value;  /* NULL: not known */
	bool unknown;
	char instance[UUID_SIZE];
	char *set_by;
	int64_t set_at;
	bool touched;
};

struct run {
	const struct playbook *playbook;
	char id[UUID_SIZE];
	char state[12];
	int64_t ended_at;
	struct instance *instances; /* by position - 1 */
	int count;
	struct value_row *values;
	int value_count;
	/* As it stood before the act under way, for its undo; ours. */
	struct instance *before;
	int before_count;
	bool kept;
};

struct instance *run_add(struct run *run, int step, int parent,
	const struct run_context *context);
struct instance *run_at(struct run *run, int position); /* NULL for 0 */
void instance_note(struct instance *instance, const char *text);
void instance_end(struct instance *instance, enum instance_state state,
	const struct run_context *context);

const struct value_row *run_last_value(const struct run *run,
	const char *name);
/* Where a name lives, seen from an instance: the declaration and the name of
 * its rows (the caller frees).  False where it is not declared. */
bool run_resolve(struct variable *declared, char **row_name,
	const struct run *run, const struct instance *instance, const char *name);
/* value NULL: not known. */
void run_set_value(struct run *run, const struct instance *instance,
	const char *name, const char *value, const struct run_context *context);

/* run_due.c */
int64_t run_due(const struct run *run, const struct step *step,
	int64_t starts_at, const struct run_context *context);
/* Its limit is the end of a countdown that was read: nobody moves that. */
bool run_counts_down(const struct run *run, const struct step *step);
/* When an open step is due by its plan and by what people gave it more. */
int64_t run_limit(const struct run *run, const struct instance *instance,
	const struct run_context *context);
void run_count_down(struct run *run, const char *name,
	const struct run_context *context);

/* run_flow.c: what follows from an act, until only people can go on. */
enum move_kind {
	MOVE_ENTER, MOVE_LEAVE, MOVE_TEST, MOVE_COMPLETE, MOVE_FAIL,
	MOVE_BRANCH_FAILED,
};
void run_follow(struct run *run, enum move_kind kind, int step, int position,
	const struct run_context *context);

/* run_rows.c */
void run_keep(struct run *run); /* before an act */
struct json *run_effects(struct run *run);

#endif
