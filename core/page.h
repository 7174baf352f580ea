/* page.h - whom a step of a policy reaches at a moment, and whom not, and why: the
 * same answer for who calls now and for who asks what will be. */
#ifndef CORE_PAGE_H
#define CORE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/case.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"
#include "core/policy.h"

struct page_person {
	char id[UUID_SIZE];
	char *login, *name;
	char *why;           /* word of the policy: "duty:first" */
	const char *skipped; /* why not, marked for translation; NULL: is called */
	bool knows;          /* not called because it is his own doing */
	int64_t there_at;    /* when he can be on site; 0: unknown, or the case is nowhere */
	char *far;           /* why not earlier: "Kon Tum is reached 05:00-18:00 only" */
};

struct page {
	struct page_person *people;
	int count;
	int calls;           /* of them are called */
	int know;            /* of them know without a call */
	struct json *empty;  /* words that lead to nobody; ours */
};

struct page_of {
	const struct ir_case *c;
	const char *assignee_id; /* of a step; "" */
	const char *opener_id;   /* who opened the case and so knows of it; "" */
	bool digest;             /* it waits for the digest anyway: no hours are quiet */
};

void page_clear(struct page *page);
bool page_find(struct page *out, struct desk *desk, const struct page_of *of,
	const struct policy_step *step, int64_t at, struct error *err);

/* The channels by which a person is called to this case: the step's that he has,
 * else those that he wishes for its severity, else his own.  [""]: mail, and the
 * desktop beside it.  Empty: he cannot be reached. */
struct json *page_channels(struct desk *desk, const struct ir_case *c,
	const char *member_id, const struct json *by, struct error *err); /* NULL: *err */

/* A word of a policy as people say it, marked for translation: "first on call". */
const char *page_word(const char *word);

#endif
