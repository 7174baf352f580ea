/* view_outbox.h - the outbox's screen, shared by view_outbox.c, outbox_act.c and
 * outbox_show.c. */
#ifndef TUI_VIEW_OUTBOX_H
#define TUI_VIEW_OUTBOX_H

#include "tui/browse.h"
#include "tui/outbox_model.h"

struct draft;

struct outbox_view {
	struct browse browse;
	struct outbox_one one; /* of the row under the cursor, once it came */
	struct outbox_health health;
	bool health_read;
	char wanted[UUID_SIZE]; /* put the cursor here when it is loaded */
};

void outbox_show(struct view *view, const struct screen *screen,
	struct frame *frame);
void outbox_state(const struct view *view, const struct screen *screen,
	struct buf *out);

/* What happens to the message by itself, and what a person can do: one line. */
char *outbox_next_text(const struct outbox_one *one, const struct screen *screen);
/* All that is known of it, for Enter and F2. */
char *outbox_whole_text(const struct outbox_one *one, const struct screen *screen);

/* Acts on the marked messages, else on the one under the cursor. */
unsigned outbox_act(struct outbox_view *outbox, enum command command);
/* Enter: the main action of the row. */
unsigned outbox_enter(struct outbox_view *outbox);
/* Opens the form of a draft again; false: not one of ours. */
bool outbox_reopen_draft(struct app *app, const struct draft *draft);

/* Loads the message under the cursor anew, then reads it out or asks whether to
 * release it. */
enum outbox_then { THEN_PREVIEW, THEN_READ, THEN_RELEASE };
void outbox_ask_one(struct outbox_view *outbox, enum outbox_then then);
void outbox_ask_release(struct app *app, const struct outbox_one *one);

#endif
