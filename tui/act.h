/* act.h - changing cases from any screen: the questions that an act needs, and
 * the request that does it. */
#ifndef TUI_ACT_H
#define TUI_ACT_H

#include "core/desk.h"
#include "core/json.h"
#include "tui/app.h"
#include "tui/choices.h"
#include "tui/form.h"

struct case_ref {
	char id[UUID_SIZE];
	char number[72]; /* of a case; else how what was done says what it is */
	char title[160];
	char status[16];
	int severity;
	int64_t version;
	char item[256]; /* a step instance, a message, the key of a row; "" */
	char case_id[UUID_SIZE]; /* of something in a case, where id is its own */
};

/* The case itself, also of something in one. */
const char *case_ref_case(const struct case_ref *ref);
/* The number behind the slash of an item "2026-42/3"; 0: none. */
int case_ref_number(const struct case_ref *ref);

/* On the desk's thread: the rest of a ref whose id is a case's. */
bool case_ref_load(struct case_ref *ref, struct desk *desk, struct error *err);

/* Opens the form of a draft again; false: no form has this kind. */
bool act_reopen_draft(struct app *app, const struct draft *draft,
	const struct case_ref *ref);
/* Asks what the command needs (a form, a picker, a confirmation) and does it
 * for every case.  VIEW_IGNORED: not an act on cases. */
unsigned act_on_cases(struct app *app, enum command command,
	const struct case_ref *refs, int count);

bool act_is_on_cases(enum command command);

/* On the desk's thread, once a case; values are the form's. */
typedef bool act_fn(struct desk *desk, const struct case_ref *ref,
	const struct json *values, struct error *err);

/* The same for all of them at once: one change, or none. */
typedef bool act_all_fn(struct desk *desk, const struct case_ref *refs, int count,
	const struct json *values, struct error *err);

/* The same, and what there is to say of it: the caller's, in the language in force. */
typedef bool act_said_fn(struct desk *desk, const struct case_ref *ref,
	const struct json *values, char **said, struct error *err);

struct act_call {
	act_fn *run;
	act_said_fn *run_said; /* instead of run, or NULL */
	act_all_fn *run_all;  /* instead of run, or NULL */
	const char *said;     /* N_(), with %s for the numbers: "note on %s filed" */
	const struct case_ref *refs; /* copied */
	int count;
	struct json *values;  /* taken; may be NULL */
	const char *event_id; /* of the draft, or NULL */
	uint64_t form;        /* the form to close or to tell; 0: none */
	void (*after)(struct app *app, const struct case_ref *ref); /* or NULL */
	bool guard;           /* refuse what somebody changed after ref.version */
	bool tell;            /* say what the newest entry says instead of `said` */
};
/* Posts it.  Several cases: each is tried; what was refused is said. */
void act_post(struct app *app, const struct act_call *act);

/* What an open form, picker or confirmation will do, and to what: its arg. */
struct act_todo {
	const void *act;      /* a row of the caller's table */
	struct case_ref *refs;
	int count;
	bool asked;           /* once with the guard; again it keeps what was typed */
	char into[UUID_SIZE]; /* the case that was picked; "" */
};
/* refs are copied. */
struct act_todo *act_todo_new(const void *act, const struct case_ref *refs, int count);
void act_todo_free(void *todo);

/* Loads them into the field of the form; the value set before stays chosen. */
void act_load_choices(struct app *app, struct view *form, const char *field,
	enum choices which);

/* A picker over open cases by words, without the case except ("": all); chosen
 * gets the UUID. */
void act_pick_case(struct app *app, const char *title, const char *except,
	bool (*chosen)(struct app *app, void *arg, const char *case_id), void *arg,
	void (*free_arg)(void *arg));
/* The same; name is its number and title. */
void act_pick_case_named(struct app *app, const char *title, const char *except,
	bool (*chosen)(struct app *app, void *arg, const char *case_id,
		const char *name), void *arg, void (*free_arg)(void *arg));

#endif
