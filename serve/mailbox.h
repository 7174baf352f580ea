/* mailbox.h - a mail that came, taken apart (gmime behind it): who sent it, which
 * message of ours it answers, and what it says. */
#ifndef SERVE_MAILBOX_H
#define SERVE_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"

#define MAILBOX_BYTES ((size_t)512 * 1024) /* more of a mail is not read */
#define MAILBOX_REFS 16

struct mail {
	char *from;       /* the address alone, lower case; "" */
	char *id;         /* Message-ID without its brackets; "" */
	char *to;         /* all addresses it was sent to, blank-separated */
	char *subject;    /* "" */
	char *text;       /* UTF-8, as it was written, with what it quotes */
	char *refs[MAILBOX_REFS]; /* ids it answers, the nearest first */
	int ref_count;
	bool automatic;   /* a program sent it: away, bounced, a list */
};

/* Once before the first, and once after the last.  ERR_UNAVAILABLE where the part is
 * not installed. */
bool mailbox_start(struct error *err);
void mailbox_end(void);

/* False: this is no mail at all.  *out is the caller's either way. */
bool mailbox_read(struct mail *out, const void *bytes, size_t len);
void mailbox_clear(struct mail *mail);

#endif
