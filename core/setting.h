/* setting.h - the desk's settings: one table of what there is, and the roles of
 * playbooks ("agent.ROLE"). */
#ifndef CORE_SETTING_H
#define CORE_SETTING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/register.h"

struct setting_row {
	const char *name;
	enum reg_type type;    /* REG_TEXT, REG_INT, REG_WORD */
	const char *words;     /* REG_WORD: blank-separated */
	int64_t min, max;
	const char *otherwise; /* what counts while it is not set; "" nothing */
	const char *label;     /* marked for translation */
};

/* Ended by a row whose name is NULL. */
extern const struct setting_row setting_rows[];

/* Value NULL or "" takes the setting away.  "agent.ROLE" is contact:ROLE,
 * member:LOGIN, duty:LAYER or nothing; "key.NAME" a public key whose signature of
 * plans counts here.  ERR_BAD_INPUT, ERR_NOT_FOUND. */
bool setting_set(struct desk *desk, const char *name, const char *value,
	struct error *err);

/* [{name, value, default, label, origin}]; also all agent.* that are set. */
bool setting_list(struct desk *desk, struct json **out, struct error *err);

/* What counts: the value, else the default; NULL where neither is.  The caller
 * frees *out. */
bool setting_text(struct desk *desk, const char *name, char **out, struct error *err);
bool setting_int(struct desk *desk, const char *name, int64_t *out, struct error *err);

/* Who a playbook's role is here: "contact:dien", "member:ha" (also of duty:LAYER: who
 * is on call now), or NULL where nobody is mapped or on call (then the case's owner
 * acts).  The caller frees. */
bool setting_agent(struct desk *desk, const char *role, char **out,
	struct error *err);

extern const struct reg_kind setting_kind;
apply_fn apply_setting_change;

#endif
