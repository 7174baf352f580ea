/* imap.h - reads a mailbox over IMAP (libcurl behind it).  Blocks: runs on a
 * thread of its own. */
#ifndef SERVE_IMAP_H
#define SERVE_IMAP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"

#define IMAP_MOST 20 /* mails of one visit */

struct imap_account {
	char *url, *user, *password, *ca_file; /* "imaps://host/INBOX" */
	bool plain;
};

struct imap_visit {
	uint32_t validity;  /* in: 0 for none known; out: the mailbox's */
	uint32_t last;      /* in: the last one read; out: the same, anew where the
	                     * mailbox is another one than it was */
	struct {
		uint32_t uid;
		struct buf bytes;
	} mails[IMAP_MOST]; /* in their order */
	int count;
	char why[320];      /* of a failure */
};

/* Once before the first visit, and once after the last. */
bool imap_start(void);
void imap_end(void);

bool imap_visit(struct imap_visit *visit, const struct imap_account *account,
	const bool *stop);
void imap_visit_clear(struct imap_visit *visit);

#endif
