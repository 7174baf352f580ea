/* mailbox_part.h - what suco-inbox.so, the part with gmime in it, has for the engine:
 * one table by the name of MAILBOX_PART. */
#ifndef SERVE_MAILBOX_PART_H
#define SERVE_MAILBOX_PART_H

#include "serve/mailbox.h"

#define MAILBOX_FILE "suco-inbox.so"
#define MAILBOX_PART "suco_mailbox_part"

struct mailbox_part {
	const char *version; /* SUCO_VERSION of both must be the same */
	void (*start)(void);
	void (*end)(void);
	bool (*read)(struct mail *out, const void *bytes, size_t len);
	void (*clear)(struct mail *mail);
};

/* Within the part; the engine asks for it by its name. */
extern const struct mailbox_part suco_mailbox_part;

#endif
