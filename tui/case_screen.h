/* case_screen.h - the case's screen, shared by view_case.c, case_show.c, case_head.c. */
#ifndef TUI_CASE_SCREEN_H
#define TUI_CASE_SCREEN_H

#include "tui/act.h"
#include "tui/case_model.h"
#include "tui/list.h"
#include "tui/view.h"

enum case_pane { PANE_PLAN, PANE_TIMES };

struct case_screen {
	struct view view;
	char spec[UUID_SIZE];     /* what was asked for; the id once it is loaded */
	struct case_model model;
	bool loading_failed;
	enum case_tab tab;
	enum case_pane pane;
	struct list plan, times;
	struct list facts[TAB_COUNT];
	int times_wanted;
	int zoom;                 /* 0: no detail, 1: a few lines, 2: all */
	bool placed;              /* the cursor was put on the open step once */
	struct app *app;
};

/* A part of the screen that a list stands in. */
struct pane {
	int row, col, rows, cells;
	bool focus;
};
void case_show_times(struct case_screen *s, const struct screen *screen,
	struct frame *frame, const struct pane *pane);
void case_show_facts(struct case_screen *s, struct frame *frame,
	const struct pane *pane);

void case_show_head(const struct case_screen *s, const struct screen *screen,
	struct frame *frame);
void case_show(struct view *view, const struct screen *screen, struct frame *frame);
const char *case_tab_label(enum case_tab tab); /* translated */

/* The line under the cursor of the plan, or NULL. */
const struct plan_line *case_plan_here(const struct case_screen *s);

/* case_cursor.c: to the step that NOW speaks of, else the most urgent open one,
 * else a plan that fits; or to where the branch of the step under the cursor goes
 * on; whether that one waits; whether there is work under the cursor. */
void case_to_open_step(struct case_screen *s);
void case_to_step_after(struct case_screen *s);
/* To the line of this id and step, by its name where it has no id yet; false: there
 * is none any more. */
bool case_to_line(struct case_screen *s, const char *id, const char *spec,
	const char *name);
bool case_step_waits(const struct case_screen *s);
bool case_hands_on(const struct case_screen *s);
void case_to_new_round(struct case_screen *s, const struct case_model *old);

/* case_offer.c: says what the plan suggests when that is new; sets it. */
void case_tell_offer(struct case_screen *s, const struct status_offer *was);
unsigned case_take_offer(struct case_screen *s);

/* Enter on a step, a task or a plan that fits: the menu of what can be done. */
unsigned case_step_menu(struct case_screen *s);
/* CMD_STEP_*; VIEW_IGNORED when the command is none of them. */
unsigned case_step_act(struct case_screen *s, enum command command);
/* step_steer.c: more time, back, pause, resume, stop; VIEW_IGNORED else. */
unsigned case_steer_act(struct case_screen *s, enum command command);
/* Why no act on this step now: its plan is paused; NULL where it is not. */
const char *case_paused(const struct case_screen *s, const struct plan_line *line);
/* Why a step, or task, cannot be worked on now; NULL: it can. */
const char *case_step_refusal(const struct case_screen *s, const struct plan_line *line,
	bool waiting, bool ended);
/* step_ask.c: somebody else decides this step, and can be asked; asks him, or
 * records what he said; the same for Enter on a promise or an order; and as the
 * first row of a step's menu, where there is anything to ask. */
bool case_line_asks(const struct plan_line *line);
void case_line_speak(struct case_screen *s, const struct plan_line *line);
bool case_line_end(struct case_screen *s, const struct plan_line *line);
unsigned case_line_talk(struct case_screen *s, const struct plan_line *line);
void case_line_offer(struct view *pick, const struct plan_line *line);
/* step_question.c: the fields of the step's form that ask this, with what the desk
 * knows of it. */
void step_add_question(struct form *form, const struct question *question);
/* What F2 shows. */
void case_step_how(struct case_screen *s);
/* Its commands for machines, one at a time. */
void case_step_commands(struct case_screen *s);
char *case_step_text(const struct plan_line *line);
void case_ref_of(const struct case_screen *s, struct case_ref *ref);

#endif
