/* outbox_model.h - the outbox as its screen shows it, read on the desk's
 * thread: pages of messages, and all that is known of one. */
#ifndef TUI_OUTBOX_MODEL_H
#define TUI_OUTBOX_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/outbox.h"
#include "tui/table.h"

/* Ready filters, in the order of the f menu. */
enum outbox_preset {
	OUTBOX_ALL,     /* what waits for a person first */
	OUTBOX_FAILED, OUTBOX_HELD, OUTBOX_HAND, OUTBOX_WAITING, OUTBOX_TOLD, OUTBOX_MINE,
	OUTBOX_CASE,    /* of the case that one came from */
	OUTBOX_PRESETS,
};
const char *outbox_preset_label(enum outbox_preset preset); /* translated */

/* Cells of a row; `state` is the message's, `about` its case's id. */
enum { OUT_STATE, OUT_TO, OUT_VIA, OUT_CASE, OUT_WHAT, OUT_TRIES, OUT_AGE };

bool outbox_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err);
/* "mail", translated. */
const char *channel_label(const char *channel);

#define ATTEMPTS_SHOWN 6

struct attempt {
	int64_t at;
	char result[24];
	char reply[200];
};

/* A message whole; texts are never NULL. */
struct outbox_one {
	struct message m;
	char number[24];          /* of its case, short; "" */
	bool sending;             /* somebody has it in hand now */
	int tries;
	int64_t next_at;          /* 0: not planned */
	char why[16];             /* it waits until then: quiet, limit, ...; "" a retry */
	int64_t with;             /* number of the message that carries it; 0 */
	int64_t call_next_at;     /* the next one is called then, if nobody answers; 0 */
	bool channel_down;
	struct attempt attempts[ATTEMPTS_SHOWN]; /* newest first */
	int attempt_count;
	char *subject, *text;     /* as it left, or as it would leave now */
	bool left;                /* it was made for good */
};

bool outbox_one_load(struct outbox_one *out, struct desk *desk, const char *id,
	struct error *err);
void outbox_one_free(struct outbox_one *one);

#define CHANNELS_SHOWN 8

struct channel_health {
	char name[24];
	bool down;
	int64_t since;
	int64_t ok_at; /* something came through last; 0 */
	char reply[120];
};

/* What the screen says of all messages. */
struct outbox_health {
	struct channel_health channels[CHANNELS_SHOWN];
	int channel_count;
	int64_t told_today; /* since midnight, of the newest few thousand */
};

bool outbox_health_load(struct outbox_health *out, struct desk *desk,
	struct error *err);

#endif
