/* case_open.h - opening a case. */
#ifndef CORE_CASE_OPEN_H
#define CORE_CASE_OPEN_H

#include "core/apply.h"
#include "core/desk.h"

/* NULL or 0 where nothing was said. */
struct case_new {
	const char *kind;  /* required, a word of WORDS_KIND */
	const char *title; /* required */
	const char *asset; /* code */
	const char *category;
	const char *reporter;
	const char *owner; /* login; else the setting `watch`, else who opens */
	int64_t detected_at;
	const char *detected_typed;
	int64_t occurred_at;
	const char *occurred_typed;
	bool drill;
	bool page; /* in a drill: messages to members go out */
	int severity; /* decided with the opening, or 0: nobody is told another */
	const char *severity_reason;
};

/* Opens the case in one change; id gets its UUID.  Severity is suggested by the
 * rules (DESIGN 5), decided by a person: here, or by severity_decide(). */
bool case_open(struct desk *desk, const struct case_new *what, char id[UUID_SIZE],
	struct error *err);

apply_fn apply_case_opened;
search_fn search_case_opened;

#endif
