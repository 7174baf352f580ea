/* policy.h - who is called, how and after how long, until somebody answers: rules
 * of the family escalation (docs/profiles.md).
 *
 * The rule is read once, when calling begins, and kept as JSON in the row of the
 * escalation: later changes of the rules are for later cases.  People are found
 * each time anew. */
#ifndef CORE_POLICY_H
#define CORE_POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/case.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"
#include "core/policy_form.h"

struct policy_step {
	const struct json *who; /* list of words, the policy's */
	const struct json *by;  /* list of channels, or NULL: as each person wishes */
	int64_t after_ms;       /* to the next step */
	int64_t on_site_ms;     /* only who can be there within; 0: anybody */
};

struct policy {
	struct json *plan;      /* ours: what is kept in the row */
	const char *code;       /* of the rule; plan's */
	int severity;           /* it was chosen for; 0 */
	struct policy_step steps[POLICY_STEPS];
	int count;
	int64_t rounds;         /* or POLICY_FOR_EVER */
	int64_t from_round;     /* they are counted from: calling may begin again */
	int64_t ack_lasts_ms;   /* a silent answer; 0: it lasts */
	int64_t ask_again_ms;   /* how long he who is asked again has */
	int64_t before_ms;      /* of a deadline: how long before it is due */
	bool digest;            /* can wait for the digest */
};

void policy_clear(struct policy *policy);

/* The rule that fits the case for this subject (case, step, deadline); count 0
 * and plan NULL where none does: nobody is called. */
bool policy_choose(struct policy *out, struct desk *desk, const struct ir_case *c,
	const char *subject, struct error *err);

/* The rounds count from this one; the plan says so. */
void policy_begin_at(struct policy *policy, int64_t round);

/* As it was kept.  ERR_IO for what no policy can be. */
bool policy_read(struct policy *out, const char *plan, struct error *err);

/* How long an answer lasts by a kept plan; 0: for ever, or no plan. */
int64_t policy_ack_lasts(const char *plan);

/* The longest time before due that a rule gives: where to look for deadlines. */
bool policy_longest_before(struct desk *desk, int64_t *ms, struct error *err);

#endif
