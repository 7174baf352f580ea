/* policy_form.h - what a rule of the family escalation must look like. */
#ifndef CORE_POLICY_FORM_H
#define CORE_POLICY_FORM_H

#include <stdbool.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

#define POLICY_STEPS 40 /* repeats counted */
#define POLICY_FOR_EVER -1

/* The `then` of such a rule, path before names. */
bool policy_rule_fits(struct desk *desk, const struct json *then, const char *at,
	struct error *err);

#endif
