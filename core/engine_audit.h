/* engine_audit.h - what the engine found when it looked after itself (serve/audit.c
 * writes it, each minute at most): every screen reads it, and says what to do. */
#ifndef CORE_ENGINE_AUDIT_H
#define CORE_ENGINE_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"

/* In local_fact: value "" where all is well, else an array of problems as JSON:
 * {"problem": WORD, "case"|"channel"|"module": .., "since": ..}.  Its time is that
 * of the last audit, renewed where nothing has changed for ENGINE_AUDIT_KEPT_MS. */
#define ENGINE_AUDIT_FACT "engine.audit"
#define ENGINE_AUDIT_KEPT_MS 300000
#define ENGINE_AUDIT_OLD_MS 900000

/* The kinds of problems, the worst first. */
struct engine_problem {
	const char *word;  /* for scripts */
	const char *key;   /* what it names: case, channel, module */
	const char *says;  /* N_(), with one %s: for the log */
	const char *row;   /* N_(), with one %s: short, for the state row */
	const char *now;   /* N_(), with one %s: what to do, for NOW */
};
/* NULL: no such word. */
const struct engine_problem *engine_problem_of(const char *word);

struct engine_audit {
	int64_t at;    /* of the last; 0: no engine has ever looked */
	bool old;      /* it should have been renewed since */
	int count;     /* problems that still stand */
	const struct engine_problem *worst; /* NULL: none */
	char what[80]; /* the case's number, the channel's word, the module */
	char case_id[UUID_SIZE]; /* "" */
};

bool engine_audit_read(struct engine_audit *out, struct desk *desk, struct error *err);

#endif
