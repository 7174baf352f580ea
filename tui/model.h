/* model.h - what the desk's thread tells the screens about the desk as a
 * whole.  What a single screen needs stands beside it (view_*.h). */
#ifndef TUI_MODEL_H
#define TUI_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/burning.h"
#include "core/desk.h"
#include "core/engine_look.h"
#include "core/now.h"

/* The first rows of every screen. */
struct summary {
	bool read;             /* false until the desk's first answer */
	char desk[120];        /* its name */
	bool demo;
	bool readonly;
	struct actor me;
	int64_t open, late;    /* cases, drills not counted */
	int64_t waiting;       /* messages queued, not yet sent */
	int64_t failed, held;
	bool no_engine;        /* something is due and nobody sends */
	int64_t waiting_since; /* of the oldest message then; 0: none waits so long */
	struct engine_look engine;  /* with the calls that nobody makes */
	int64_t cut_since;     /* no channel reaches anybody outside this host; 0 */
	/* The countdown of the desk that ends first. */
	char clock_label[64], clock_number[24], clock_case[UUID_SIZE];
	int64_t clock_ends;    /* 0: none */
	/* Who is on call: the first layer, then the others, as the head says it; "" */
#define DUTY_PARTS 3
	char duty[DUTY_PARTS][80];
	bool duty_hole;        /* nobody is in the first layer */
	struct burning burning; /* what the desk itself stands on */
	struct now now;
	const struct zone *zone; /* the desk's, pure; lives as long as the worker */
};

bool summary_load(struct summary *out, struct desk *desk, struct error *err);

#endif
