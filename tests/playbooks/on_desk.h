/* on_desk.h - a case on a desk in memory, for tests of plans that are played. */
#ifndef TESTS_PLAYBOOKS_ON_DESK_H
#define TESTS_PLAYBOOKS_ON_DESK_H

#include "core/case.h"
#include "core/desk.h"
#include "playbooks/player.h"

extern struct desk *desk;
extern char case_id[UUID_SIZE];
extern int64_t now_ms;
extern struct error err;

/* A desk of Trần Thị Hà (ha, admin) with Lê Văn Bình (binh), and one case. */
void begin_desk(const char *kind);
/* Proves chain and rows, then closes. */
void end_desk(void);
void check_whole(void);

/* Begins a plan on the case; its number. */
int begin(const char *spec);
bool try_step(const char *step, enum run_action action, const char *note,
	const char *answers);
/* A second later the step is done with these answers. */
void done(const char *step, const char *answers);
/* Steps 1 to 3 of PA-MD. */
void first_steps(void);
/* The caller clears it. */
struct ir_case the_case(void);

#endif
