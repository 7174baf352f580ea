/* run_export.h - a run for others: who did which step, from when, how it ended, in
 * the public form execution-status.
 *
 *	{"type": "suco-run", "case", "run": {n, id, name, state, started_at, ended_at,
 *	 why, signed_by}, "playbook": {id, modified, name, hash},
 *	 "identities": [STIX 2.1 identities: names, no addresses],
 *	 "records": [execution-status], "variables": [{name, value, unknown, record,
 *	 set_at, set_by}]}
 * One record for each execution of a step, in the order in which they began; what
 * was not reached has none.  Ids are made from our own: the same at every export. */
#ifndef PLAYBOOKS_RUN_EXPORT_H
#define PLAYBOOKS_RUN_EXPORT_H

#include "core/case.h"
#include "playbooks/case_runs.h"

/* When a step failed, and who said so: its row keeps only who decided how to go on,
 * which may be hours later. */
struct run_failure {
	char instance[UUID_SIZE];
	int64_t at;
	char by[208];
};

struct run_export {
	const struct case_run *run;
	const char *case_number;
	const struct run_failure *failures; /* of the case, in any order */
	int failure_count;
	/* What people call this login, in out (256 bytes). */
	const char *(*called)(char *out, const char *login, void *arg);
	void *arg;
};

struct json *run_export(const struct run_export *what); /* the caller's */
/* The same of a run on the desk; *out is the caller's. */
bool run_export_desk(struct json **out, struct desk *desk, const struct ir_case *c,
	const struct case_run *run, struct error *err);

#endif
