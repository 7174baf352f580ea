/* new_guess.h - what the desk can say of a case before it is opened: maybe the
 * same, severity, plan, what depends on the asset, who would be told. */
#ifndef TUI_NEW_GUESS_H
#define TUI_NEW_GUESS_H

#include "core/guess.h"
#include "tui/case_rows.h"
#include "tui/form.h"

struct guess_ask {
	char title[320];
	char kind[16];
	char asset[64];
};

struct guess_told {
	char role[64];
	char *name;
	bool propose; /* held until ticked; else by hand */
};

struct guess {
	struct case_rows same;
	int severity;         /* 0: no rule fits */
	char *rule;
	char *plan, *plan_name; /* "" where none fits */
	char *depends;        /* "LGSP documented, standby: unknown\n..." */
	int depends_count;
	char *changed;        /* work on the system in the last day, a line each */
	int changed_count;
	struct guess_told *told;
	int told_count;
	char *members;        /* told by itself: names */
};

bool guess_load(struct guess *out, struct desk *desk, const struct guess_ask *ask,
	struct error *err);
void guess_free(struct guess *guess);

#endif
