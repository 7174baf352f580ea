/* rule_form.h - the fields that rules may test, and what their parts look like. */
#ifndef CORE_RULE_FORM_H
#define CORE_RULE_FORM_H

#include "core/json.h"
#include "core/register.h"

struct rule_field {
	const char *name;
	char type;         /* t text, i number, b flag, l a level: number or "unknown" */
	const char *words; /* blank-separated, or NULL */
	int64_t min, max;
	bool decided;      /* not for severity rules: they are what decides it */
	const char *only;  /* the one family that may test it; NULL: all */
};

/* Ended by a row whose name is NULL. */
extern const struct rule_field rule_fields[];

#define RULE_FAMILIES "severity contact deadline plan periodic coordination" \
	" escalation"

/* One condition holds: wanted is a value, a list, or {min, max}. */
bool rule_condition(const struct json *wanted, const struct json *is);

/* Checks conditions and consequence of a rule, path before names. */
bool rule_fits_form(struct desk *desk, const struct json *rule, const char *path,
	struct error *err);

#endif
