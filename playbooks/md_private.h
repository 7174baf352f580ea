/* md_private.h - the words, the lines and the model; for md_*.c only.
 *
 * Model: {title, language, code, kind, starts_when, assets, status, description,
 * roles: [{name, role, type}], asks, steps, exception}; a step: {line, kind,
 * title, phase, and what the table of words names}; a branch: {line, name, steps,
 * otherwise}. */
#ifndef PLAYBOOKS_MD_PRIVATE_H
#define PLAYBOOKS_MD_PRIVATE_H

#include "playbooks/md.h"

enum md_group {
	MD_PLAN = 1 << 0,    /* above the steps */
	MD_STEP = 1 << 1,    /* under an action */
	MD_CONTROL = 1 << 2, /* under any other step */
	MD_OPEN = 1 << 3,    /* opens a step or a branch */
	MD_HEAD = 1 << 4,    /* a heading */
};

/* What stands behind the colon. */
enum md_form {
	MD_TEXT, MD_SPAN, MD_FLAG, MD_NAMES, MD_LINES, MD_ASK, MD_NUMBER, MD_ENUM,
};

enum md_key {
	MD_FIELD, /* nothing but its row */
	MD_IF, MD_ELSE, MD_WHILE, MD_PARALLEL, MD_CALL, MD_SWITCH, MD_CASE, MD_OTHERWISE,
	MD_STEPS, MD_ROLES, MD_EXCEPTION,
};

struct md_word {
	enum md_key key;
	unsigned groups;
	enum md_form form;
	const char *json;   /* its name in the model */
	const char *vi, *en; /* as it is written */
	const char *folded; /* as it is read, marks off, with | between */
};

/* One of two words for what the model keeps as a word. */
struct md_enum {
	const char *of; /* name in the model */
	const char *word;
	const char *vi, *en;
	const char *folded;
};

extern const struct md_word md_words[]; /* ended by json and vi NULL */

/* "Key: value": its row and what stands behind the colon, or NULL. */
const struct md_word *md_field(const char *text, unsigned groups, const char **value);
/* A row of the openers at the start of the text, and the rest behind it. */
const struct md_word *md_opener(const char *text, const char **rest);
const struct md_word *md_heading(const char *text);
/* The row that a field was perhaps meant to be, or NULL. */
const struct md_word *md_near(const char *text, unsigned groups);
const struct md_word *md_row(enum md_key key);
const struct md_word *md_row_of(const char *json);
/* 1: the words at the start are Vietnamese, -1: English, 0: both. */
int md_language_of(const struct md_word *row, const char *text);
const char *md_say(const struct md_word *row, const char *language);

/* NULL where there is no such word. */
const char *md_enum_word(const char *of, const char *said);
const char *md_enum_say(const char *of, const char *word, const char *language);
/* The words that may be said, "a, b"; the caller's. */
char *md_enum_all(const char *of, const char *language);

bool md_parse_span(int64_t *out, const char *text);
/* "so_phut" of "Số phút?"; "" where nothing is left of it.  The caller's. */
char *md_slug(const char *text);
/* Is text (folded here) one of the words between the bars? */
bool md_one_of(const char *folded, const char *text);

/* Reads the text into the model; NULL where there are faults. */
struct json *md_read(struct md_faults *faults, const char *text, size_t len);
char *md_print(const struct json *model);
/* Who decides, from the step into its model. */
void md_model_decision(struct json *out, const struct playbook *playbook,
	const struct step *step, const char *language);
struct json *md_model(const struct playbook *playbook, const struct md_names *names);
/* lines: as md_line_of() wants them; the caller's. */
struct json *md_build(struct json **lines, const struct json *model,
	const struct md_source *source, struct md_faults *faults);
/* What a step without a name of its own is called; the caller's. */
char *md_own_name(const struct json *step, const char *language);

/* From md_where.c.  Where the step with this id, its fields and branches stand. */
void md_where_step(struct json *lines, const char *id, const struct json *step);
/* The same of the plan itself, of what it asks and its agents, id -> agent. */
void md_where_plan(struct json *lines, const struct json *model, const struct json *asks,
	const struct json *agents);
/* The line of that place of what was built, else of what it is part of; 0: not known. */
int md_line_of(const struct json *lines, const char *path);

/* "số phút còn (số); chưa rõ: 0" -> {line, label, type, choices, name, unknown, ...};
 * NULL with a fault. */
struct json *md_ask_read(struct md_faults *faults, int line, const char *text);
/* bare: the question was told whole above. */
char *md_ask_print(const struct json *ask, const char *language, bool bare);
/* The variable it fills, "__x__"; the caller's. */
char *md_ask_name(const struct json *ask);

/* asks: name of the variable -> ask.  NULL with a fault at the line. */
char *md_condition_read(struct md_faults *faults, int line, const char *text,
	const struct json *asks);
/* The variable that the words name, or NULL; borrowed from asks. */
const struct json *md_ask_find(const struct json *asks, const char *text, size_t *len);
char *md_condition_print(const char *condition, const struct json *asks,
	const char *language);
/* What people call the variable; the caller's. */
char *md_ask_call(const struct json *ask, const char *name);

#endif
