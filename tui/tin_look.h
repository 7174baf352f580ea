/* tin_look.h - what the desk says of a report while it is typed: the case that it
 * would be, which unit is meant and its number, what to tell the caller. */
#ifndef TUI_TIN_LOOK_H
#define TUI_TIN_LOOK_H

#include "tui/new_guess.h"

struct tin_look {
	struct guess guess;
	char *unit;      /* "= Xã Ba Tơ", "2 of the register: ..."; "" */
	bool unit_sure;
	char system[64]; /* that serves the unit, where the register says so; "" */
	char *directory; /* the number to call back by; "" */
	char *promise;   /* within which time an answer is promised by itself */
	char *advice;    /* what to tell the caller */
	char *opens;     /* what F8 would open: kind, system, severity, plan, told */
};

struct tin_asked {
	struct guess_ask ask;
	char unit[208];
};

bool tin_look_load(struct tin_look *out, struct desk *desk, const struct tin_asked *asked,
	struct error *err);
void tin_look_free(struct tin_look *look);

/* What the page itself has to say with it. */
struct tin_beside {
	const char *said; /* what was refused; "" */
	bool secret, fresh;
};
/* From row on, as much as there is room for before last. */
void tin_look_show(const struct tin_look *look, const struct tin_beside *beside,
	struct frame *frame, int row, int last);

#endif
