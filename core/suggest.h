/* suggest.h - the severity that the rules suggest (DESIGN 5): it serves order,
 * rules and screens until a person decides. */
#ifndef CORE_SUGGEST_H
#define CORE_SUGGEST_H

#include "core/case.h"
#include "core/desk.h"
#include "core/json.h"
#include "core/rule.h"

/* Puts severity_suggested and severity_rule into the body of a case that is
 * being opened. */
bool suggest_new(struct desk *desk, const struct rule_subject *subject,
	struct json *body, struct error *err);

/* Adds to body.set of a change what it changes in the suggestion. */
bool suggest_again(struct desk *desk, const struct ir_case *c, struct json *body,
	struct error *err);

#endif
