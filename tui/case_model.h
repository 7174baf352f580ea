/* case_model.h - all that the case's screen shows, read on the desk's thread.
 * Texts are never NULL. */
#ifndef TUI_CASE_MODEL_H
#define TUI_CASE_MODEL_H

#include "core/burning.h"
#include "core/case.h"
#include "core/json.h"
#include "core/now.h"
#include "playbooks/case_runs.h"
#include "playbooks/status_offer.h"

/* What a step asks when it is done. */
struct question {
	char *name;
	char *text;           /* the question */
	char *type;           /* CACAO's: "integer", "string", "bool" */
	char *unit;
	bool reading, output; /* read off: it has a time; what a command says, pasted */
	struct json *choices; /* [{value, label}] or NULL; ours */
	char *known;          /* what the desk knows of it, a line each; or NULL */
	char *told, *told_by; /* what a caller said of it, in which report; or NULL */
};

enum plan_line_kind {
	PLAN_RUN, PLAN_STEP, PLAN_TASK,
	PLAN_WAIT,  /* somebody outside promised it: spec is its key */
	PLAN_ORDER, /* an order asked for: spec is its key */
};

struct plan_line {
	enum plan_line_kind kind;
	char id[UUID_SIZE];    /* instance, task; "" for a step not reached */
	char after[UUID_SIZE]; /* of what has ended: where its branch goes on, or "" */
	char spec[80];         /* STEP of CLI.md */
	int n, round;
	char *name;
	char state[12];        /* waiting open started done failed skipped aborted */
	char *who;             /* who ended it; assignee, else the lead's role */
	char *lead, *support;
	bool late, undecided, mandatory, mine, alters; /* alters: the scene */
	bool blocked, passed_by; /* the police want it kept; the plan went another way */
	unsigned turn;         /* what its people need of the system: asset_turn.h */
	int64_t due, ended_at;
	int64_t starts_at;     /* of a step reached that waits its time, else 0 */
	char *why, *cost, *how, *proof, *note; /* how: one line each */
	char *readings, *beside; /* read off last; who decides, lists; or "" */
	struct question *questions;
	int question_count;
	struct json *commands; /* for machines: command_text.h */
	int done, total;       /* PLAN_RUN; lines ticked of a step's list, -1: none */
	bool to_type;          /* by people: that list's lines */
	char *about, todo[16]; /* of what others decide or promised: its form, its state */
	char order_key[40];    /* of the step's decision, once it was asked */
	char *fills, *filled;  /* the variable that its answer gives, and the answer */
};

struct time_line {
	int64_t seq, at;
	char *who, *kind, *text;
	bool undone;
};

struct fact_line {
	char *label, *text;
	bool heading;
};

enum case_tab { TAB_PLAN, TAB_FACTS, TAB_FILES, TAB_PEOPLE, TAB_MESSAGES, TAB_COUNT };

struct case_model {
	struct ir_case c;
	struct now now;            /* what to do on this case */
	struct plan_line *plan;
	int plan_count, plan_cap;
	struct time_line *times;   /* newest first */
	int time_count, time_cap;
	bool more_times;
	struct fact_line *facts[TAB_COUNT]; /* of the tabs that are lists of facts */
	int fact_count[TAB_COUNT], fact_cap[TAB_COUNT];
	int files, people, messages;
	int64_t callers;           /* reports that joined it, of merged ones too */
	bool secret;               /* one of them said that state secrets are touched */
	/* What counts down on it first, and when it ends; when it must be back. */
	char clock_label[64], back_reason[120];
	int64_t clock_ends, back_by; /* 0: nothing */
	bool plan_fits;            /* none was begun and one could be */
	struct status_offer offer; /* the status that the plan suggests */
	struct burning burning;    /* what the desk stands on, touched by this case */
	char *scene;               /* who wants it kept, by which paper; or NULL */
	char asset_state[16];      /* of its system, when it is not well; or "" */
	char *changed;             /* the newest work on the system; or NULL */
	char *clock;               /* the nearest lawful clock in words; or NULL */
	int64_t clock_due;
	bool clock_if;             /* it runs only if the case is reportable */
};

#define TIMES_PAGE 100

/* spec: CASE of CLI.md or UUID.  times: so many entries, the newest. */
bool case_model_load(struct case_model *out, struct desk *desk, const char *spec,
	int times, struct error *err);
void case_model_free(struct case_model *model);

void fact_add(struct case_model *model, enum case_tab tab, const char *label,
	const char *text);
void fact_heading(struct case_model *model, enum case_tab tab, const char *text);
bool case_model_facts(struct case_model *model, struct desk *desk,
	struct error *err);
bool case_model_scene(struct case_model *model, struct desk *desk, struct error *err);
bool case_model_system(struct case_model *model, struct desk *desk, struct error *err);
bool case_model_clocks(struct case_model *model, struct desk *desk, struct error *err);
/* A fresh line at the end of the plan side; borrowed until the next one. */
struct plan_line *case_plan_line(struct case_model *model, enum plan_line_kind kind);
bool case_model_waits(struct case_model *model, struct desk *desk, struct error *err);
bool case_model_decision(struct plan_line *line, struct desk *desk,
	const struct case_run *run, const struct step_line *at, struct error *err);
bool case_model_plan(struct case_model *model, struct desk *desk, struct error *err);

#endif
