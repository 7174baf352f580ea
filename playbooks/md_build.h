/* md_build.h - a playbook that is being made from a model; for md_build*.c only. */
#ifndef PLAYBOOKS_MD_BUILD_H
#define PLAYBOOKS_MD_BUILD_H

#include "playbooks/md_private.h"

#define MD_ID 72

struct md_building {
	const struct json *model;
	const struct md_source *source;
	struct md_faults *faults;
	const char *language;
	char id[MD_ID];         /* of the playbook: all other ids hang on it */
	struct json *asks;      /* name -> ask, of the whole plan */
	struct json *asked;     /* names asked so far in the order of the plan */
	struct json *agents;    /* id -> agent */
	struct json *roles;     /* id -> role code */
	struct json *workflow;
	struct json *lines;     /* as md_line_of() wants them */
	struct json *seen;      /* type and text -> how often so far */
	const char *type, *activity; /* of the playbook, for its commands */
	int actions;
	bool calls, parallels, ifs, whiles, switches, times;
};

/* "TYPE--UUID", the same for the same words. */
void md_id(char out[MD_ID], const char *type, const char *words);
/* The agent of that name, defined when it is new; borrowed. */
const char *md_agent(struct md_building *b, const char *name);
/* Emits steps one after another and their end; the id of the first into out. */
void md_sequence(struct md_building *b, char out[MD_ID], const struct json *steps,
	const char *place);
/* From md_decision.c: who decides, into the extension of an action. */
void md_add_decision(struct md_building *b, struct json *ext, const struct json *step);
/* The words of an action for players that do not know suco-step; the caller's. */
char *md_command(const struct md_building *b, const struct json *step);

#endif
