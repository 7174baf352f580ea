/* follow_up.h - what the answers of a step put on the watch's lists: a carrier's
 * ticket and promise wait outside, the time by which it must be back is a clock. */
#ifndef PLAYBOOKS_FOLLOW_UP_H
#define PLAYBOOKS_FOLLOW_UP_H

#include "core/case.h"
#include "core/desk.h"
#include "playbooks/cacao.h"

struct follow_up {
	struct desk *desk;
	const struct ir_case *c;
	const struct playbook *playbook;
	const struct step *step;
	const struct json *values; /* as answered */
	const char *note;          /* what was written beside the answers */
	const char *said_at;       /* as typed; NULL: now */
};

/* Inside the change of the act.  What names no time is an answer and nothing more;
 * what is on the lists already is not put there twice. */
bool follow_up(const struct follow_up *what, struct error *err);

#endif
