/* rule.h - rules as rows (DATA 7): severity, plan, contact, deadline,
 * escalation. */
#ifndef CORE_RULE_H
#define CORE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/case.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/register.h"

/* Fields: family, order, when, then, source, valid_from, valid_to (as in
 * docs/profiles.md). */
bool rule_add(struct desk *desk, const char *code, const struct json *given,
	struct error *err);
bool rule_set(struct desk *desk, const char *code, const struct json *given,
	struct error *err);
/* {code, family, order, when, then, source, valid_from, valid_to, origin, valid}
 * by family, order, code. family NULL: all. */
bool rule_list(struct desk *desk, const char *family, struct json **out,
	struct error *err);
bool rule_show(struct desk *desk, const char *code, struct json **out,
	struct error *err);

/* What rules test, of a case and of one that is about to be opened (asset a
 * code or NULL, detected_at ms).  The caller's. */
bool rule_facts_of(struct desk *desk, const struct ir_case *c, struct json **out,
	struct error *err);
struct rule_subject {
	const char *kind, *category; /* category NULL or "": none */
	const char *asset;           /* code; NULL or "": none */
	int severity, suggested;     /* 0: none */
	bool drill;
	const char *reportable;      /* NULL: unknown */
	const char *personal_data;   /* NULL: unknown */
	bool beyond_capacity;
	int64_t detected_at;
};
bool rule_facts(struct desk *desk, const struct rule_subject *subject,
	struct json **out, struct error *err);

/* The first rule of a family that fits: {code, then, source}; *out NULL where
 * none does. */
bool rule_first(struct desk *desk, const char *family, const struct json *facts,
	struct json **out, struct error *err);

/* The suggestion of severity (0: no rule fits); *rule (the caller's) names it. */
bool rule_severity(struct desk *desk, const struct json *facts, int *severity,
	char **rule, struct error *err);
/* The code of the fitting plan (the caller's), NULL where none fits. */
bool rule_plan(struct desk *desk, const struct json *facts, char **code,
	struct error *err);

/* Who is to be told, by all contact rules that fit:
 *	tell     [{login, rule}]   members, queued by itself
 *	propose  [{role, name, body, class, rule, request_vi, request_en}]
 *	         contacts, held until a member releases them
 *	by_hand  [{role, name, body, class, rule}]  a person calls or writes
 *	unmet    [{word, rule, reason}]  words that lead to nobody
 * Each row of the first three has its `place` in the rules' order over all.
 * Each member and contact once, by the first rule that names it. "owner" in
 * tell is the login given (NULL: nobody). */
bool rule_contacts(struct desk *desk, const struct json *facts, const char *owner,
	struct json **out, struct error *err);

/* Every rule and what it says of the case: [{code, family, order, fits, wins,
 * why: [{field, wanted, is, fits}], reason, then, source}]. */
bool rule_test(struct desk *desk, const struct json *facts, struct json **out,
	struct error *err);

extern const struct reg_kind rule_kind;
apply_fn apply_rule_change;

#endif
