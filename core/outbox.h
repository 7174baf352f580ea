/* outbox.h - messages to members and contacts, each with a truthful state
 * (DESIGN 8, DATA 5).  A verb queues in its own transaction; the engine sends;
 * a member holds, releases, sends again, or records what was told by hand. */
#ifndef CORE_OUTBOX_H
#define CORE_OUTBOX_H

#include "core/apply.h"
#include "core/change.h"
#include "core/desk.h"
#include "core/outbox_new.h"

/* Texts are never NULL; subject and text are NULL until rendered. */
struct message {
	char id[UUID_SIZE];
	char case_id[UUID_SIZE]; /* "" */
	int64_t position;
	char to_kind[12];        /* member, contact, address */
	char to_id[UUID_SIZE];   /* "" for a bare address (notify test) */
	char *to_name;
	char *role;              /* contact role, or "" */
	char channel[16];
	char *address;
	char language[4];
	char template[24];
	char *vars;              /* canonical JSON that the template is filled from */
	char state[16];
	char *reason;            /* why held, dropped, failed */
	char *reply;             /* the other side's own words */
	char *subject;
	char *text;
	bool drill;
	int64_t queued_by;       /* seq of the event that caused it; 0 */
	int64_t queued_at, state_at, expires_at;
	int64_t rank;            /* the lower the sooner: enum message_rank */
	int64_t not_before;      /* quiet hours; 0 */
	char escalation[UUID_SIZE]; /* whose call it is; "" */
	char bundle[UUID_SIZE];  /* the message that was sent in its place; "" */
	char *acts;              /* what the receiver may answer: "ack decline pass"; "" */
	char *provider;          /* its id on the other side; "" */
};

void message_clear(struct message *m);
void message_from_row(struct message *m, struct stmt *st);
#define MESSAGE_COLUMNS "id, case_id, position, to_kind, to_id, to_name, role, channel," \
	" address, language, template, vars, state, reason, reply, subject, text, drill," \
	" queued_by, queued_at, state_at, expires_at, rank, not_before, escalation," \
	" bundle, acts, provider"

/* spec: the id, a unique start of it, or the message's number (position). */
bool message_find(struct message *out, struct desk *desk, const char *spec,
	struct error *err);

struct outbox_filter {
	const char *case_id; /* NULL: all */
	const char *state;   /* NULL: all */
	bool open_only;      /* queued, sending, held, unknown, failed */
	int64_t before;      /* position; 0: from the newest */
	int limit;           /* 0: 200 */
};
typedef bool message_visit(const struct message *m, void *arg);
/* Newest first. */
bool outbox_each(struct desk *desk, const struct outbox_filter *filter,
	message_visit *visit, void *arg, struct error *err);

/* How many are in a state; kept, not counted. */
bool outbox_count(struct desk *desk, const char *state, int64_t *out, struct error *err);

/* A member's acts: ERR_REFUSED in a state that does not allow it; to what
 * already is: true, nothing appended. */
bool outbox_hold(struct desk *desk, const char *id, const char *reason, struct error *err);
bool outbox_release(struct desk *desk, const char *id, const char *reason,
	struct error *err);
bool outbox_resend(struct desk *desk, const char *id, struct error *err);
bool outbox_by_hand(struct desk *desk, const char *id, const char *how,
	struct error *err);
/* Those of this cause that are not handed over become dropped; *handed_over
 * counts the others. */
bool outbox_drop_caused(struct desk *desk, int64_t seq, const char *reason,
	int *handed_over, struct error *err);

/* The engine's results, inside a change; state is a word of WORDS_MESSAGE_STATE. */
bool outbox_set(struct desk *desk, const struct message *m, const char *state,
	const char *reason, const char *reply, struct error *err);
/* provider: the message's id on the other side; "". */
bool outbox_handed_over(struct desk *desk, const struct message *m, const char *reply,
	const char *provider, struct error *err);
/* The text as it leaves the desk, once: repeated unchanged from then on. */
void outbox_rendered(struct desk *desk, const struct message *m, const char *subject,
	const char *text);

bool message_state_open(const char *state);

apply_fn apply_message_queued, apply_message_state, apply_message_rendered;

#endif
