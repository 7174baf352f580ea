/* rules.h - a playbook that breaks no rule, and a change for each rule. */
#ifndef TESTS_PLAYBOOKS_RULES_H
#define TESTS_PLAYBOOKS_RULES_H

struct rule_case {
	int rule;
	char level;        /* R: refused in both modes; E: refused where strict; W: told */
	const char *at;    /* "/pointer" to change, or words of the base to replace */
	const char *to;    /* NULL: taken out */
	const char *found; /* where the finding is; NULL: at */
};

extern const char rules_base[];
extern const struct rule_case rules_cases[];
extern const int rules_case_count;

#endif
