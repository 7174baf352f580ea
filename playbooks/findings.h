/* findings.h - what a check of a playbook found, in the order seen.
 *
 * The level of a finding hangs on its rule and on how the file is read:
 * strict for what we write and ship, lenient for what others wrote.  What the
 * engine cannot run is an error in both. */
#ifndef PLAYBOOKS_FINDINGS_H
#define PLAYBOOKS_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>

enum playbook_mode {
	PLAYBOOK_STRICT, PLAYBOOK_LENIENT,
	PLAYBOOK_TRUSTED, /* checked when the desk stored it: read, not checked */
};

enum finding_level { FINDING_WARNING, FINDING_ERROR };

/* 1 to 65 are the numbers of reference/cacao.md 3; these come after. */
enum rule {
	RULE_UNREADABLE = 66, /* no JSON that the strict door lets in */
	RULE_CONTROL,         /* control characters in a text */
	RULE_NOT_RUN,         /* a thing this engine does not run */
	RULE_UNREACHABLE,
	RULE_STEP_EXTERNAL,
	RULE_SHADOWING,
	RULE_TWO_WRITERS,
	RULE_SUMMARY,
	RULE_EMAIL,
	RULE_HEX_SIGNATURE,
	RULE_STYLE,           /* liberal form of a condition */
	RULE_NO_TIME,         /* timeout 0 */
	RULE_EXTENSION,       /* the extension suco-step is used wrongly */
	RULE_OBJECT_VALUE,    /* a dictionary given as an object */
	RULE_BORROWED,        /* a variable that only another step declares */
	RULE_COUNT,
};

struct finding {
	char *path; /* JSON pointer, "/workflow/start--.../timeout"; "/": the whole */
	char *text; /* one line in the user's language */
	const char *right;    /* what would be right, where text does not say it; or "" */
	const char *section;  /* of the standard: "CACAO 2.0 4.1" */
	enum finding_level level;
	int rule;
};

struct findings {
	struct finding *list;
	int count;
	int errors;
	enum playbook_mode mode;
};

/* Checks the text of a playbook as findings->mode says and keeps nothing of it
 * (cacao_read.c); false where something found is an error. */
bool findings_of(struct findings *findings, const char *text, size_t len);

void finding_add(struct findings *findings, int rule, const char *path,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* "error" or "warning": never translated. */
const char *finding_word(enum finding_level level);

/* "PATH: error: text; what is right [section]", the caller's. */
char *finding_line(const struct finding *finding);

void findings_finish(struct findings *findings);

/* JSON pointers (RFC 6901), cut when too long for the buffer; base "" is the
 * whole document. */
#define FINDING_PATH 400
void path_key(char out[FINDING_PATH], const char *base, const char *key);
void path_index(char out[FINDING_PATH], const char *base, int index);

#endif
