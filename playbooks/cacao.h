/* cacao.h - a CACAO v2.0 playbook, read, checked and ready to be run.
 *
 * The graph is immutable; strings and JSON values are borrowed from it and
 * live as long as it does.  Steps are known by their index. */
#ifndef PLAYBOOKS_CACAO_H
#define PLAYBOOKS_CACAO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/json.h"
#include "playbooks/condition.h"
#include "playbooks/findings.h"

/* The extension suco-step, for steps, variables and the playbook. */
#define SUCO_EXTENSION \
	"extension-definition--5c0c0a11-7e5d-4a57-9d3c-3f1c5e8a2b01"
#define NO_STEP (-1)
#define MAX_ROUNDS 1000

enum step_type {
	STEP_START, STEP_END, STEP_ACTION, STEP_CALL, STEP_PARALLEL, STEP_IF,
	STEP_WHILE, STEP_SWITCH,
	STEP_MISSING, /* what the workflow names and has not: fails where it is reached */
};

struct branch {
	int first;       /* its first step */
	const char *key; /* switch: the value; else NULL */
	const char *name; /* parallel: from the extension, or NULL */
};

struct step {
	const char *id;
	const char *name; /* the id where it has none */
	const char *text; /* description, or NULL */
	enum step_type type;
	int n;     /* the number that is printed; 0: none */
	int order; /* place in the walk through the plan */
	bool reached;
	int64_t delay;      /* ms */
	int64_t timeout;    /* ms; -1: none */
	int on_completion, on_success, on_failure; /* step or NO_STEP */
	struct branch *branches; /* if: true, false; while: body; switch; parallel */
	int branch_count;
	int otherwise; /* switch: the default's branch, or -1 */
	struct condition *condition;
	const char *switch_on; /* name of a variable */
	int max_rounds;
	const char *call, *call_version; /* playbook-action */
	const char *lead;                /* agent id, or NULL */
	bool mandatory;
	bool alters; /* the scene: blocked while the police want it kept */
	const char **asks; /* names of variables, answered when done */
	int ask_count;
	const struct json *json;
	const struct json *ext; /* suco-step's object, or NULL */
	const struct json *checklist; /* suco-step's, else its commands; or NULL */
	struct json *commands;        /* ours: checklist where that is the commands */
};

struct variable {
	const char *name;
	const char *type;
	const char *value; /* the first value, or NULL */
	const char *unknown; /* what conditions take for "not known", or NULL */
	bool constant, external, countdown, series;
	const struct json *json;
	const struct json *ext; /* question, choices, unit, min, max; or NULL */
};

struct playbook;

/* Reads and checks.  false: *err says the first error, all are in found (which
 * may be NULL); true with findings that are warnings.  *out is the caller's. */
bool playbook_read(struct playbook **out, const char *text, size_t len,
	enum playbook_mode mode, struct findings *found, struct error *err);
/* One reference more, to be freed too: the graph itself never changes, so several
 * threads may read it. */
struct playbook *playbook_share(struct playbook *playbook);
/* Drops a reference; the last one frees.  NULL is allowed. */
void playbook_free(struct playbook *playbook);
/* "1.0" or "1.1" where the document says that it is of that version, else NULL. */
const char *cacao_old_version(const struct json *doc);

const struct json *playbook_json(const struct playbook *playbook);
/* suco's extension of the playbook (code, kind, assets, ...), or NULL. */
const struct json *playbook_ext(const struct playbook *playbook);
/* A text property of the playbook ("id", "modified", "name") or NULL. */
const char *playbook_text(const struct playbook *playbook, const char *name);
/* SHA-256 of the text as it was read, hex. */
const char *playbook_hash(const struct playbook *playbook);
/* The plan's short code (PA-MD), else NULL. */
const char *playbook_code(const struct playbook *playbook);

int playbook_step_count(const struct playbook *playbook);
const struct step *playbook_step(const struct playbook *playbook, int index);
int playbook_find_step(const struct playbook *playbook, const char *id);
int playbook_start(const struct playbook *playbook);
int playbook_exception(const struct playbook *playbook); /* or NO_STEP */
/* The index-th step in the order of the plan. */
int playbook_ordered(const struct playbook *playbook, int place);

int playbook_variable_count(const struct playbook *playbook);
const struct variable *playbook_variable(const struct playbook *playbook,
	int index);
const struct variable *playbook_find_variable(const struct playbook *playbook,
	const char *name);
/* A variable of the step itself, copied to *out; false if none. */
bool step_variable(struct variable *out, const struct step *step, const char *name);

/* An agent's name, the id when it has none; its role code or NULL. */
const char *playbook_agent_name(const struct playbook *playbook, const char *id);
const char *playbook_agent_role(const struct playbook *playbook, const char *id);

const char *step_type_word(enum step_type type);

#endif
