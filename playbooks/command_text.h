/* command_text.h - the commands of a step that a machine could run (bash, ssh,
 * http-api, ...), as text for a person: decoded, variables replaced, secrets masked,
 * without control characters.  suco never runs one. */
#ifndef PLAYBOOKS_COMMAND_TEXT_H
#define PLAYBOOKS_COMMAND_TEXT_H

#include "playbooks/run.h"

struct step_command {
	const char *type; /* CACAO's word */
	char *text;       /* many lines; none is "" */
	char *target;     /* "web-01 192.0.2.7, web-02", or "" */
};

struct step_commands {
	struct step_command *list;
	int count;
};

/* run and instance may be NULL. */
void step_commands_of(struct step_commands *out, const struct playbook *playbook,
	const struct run *run, const struct instance *instance, const struct step *step);
void step_commands_finish(struct step_commands *commands);

/* [{type, text, target}]; the caller frees. */
struct json *step_commands_json(const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const struct step *step);

/* A text of the plan with its variables replaced, those that are secrets by a mask,
 * and printable line by line; the caller frees. */
char *plan_text(const struct playbook *playbook, const struct run *run,
	const struct instance *instance, const char *text);

/* May nobody be shown its value: by its name, or because an account of the plan is
 * opened with it. */
bool variable_is_secret(const struct playbook *playbook, const char *name);

/* Decoded, as it is; *len gets its bytes.  The caller frees. */
char *plan_base64(const char *text, size_t *len);

#endif
