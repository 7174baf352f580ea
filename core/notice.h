/* notice.h - reports that a person sent to somebody who must be told.  suco sends
 * none by itself: a notice here is the record of what was sent, to whom, when, by
 * what, with the end of the desk's chain at that moment. */
#ifndef CORE_NOTICE_H
#define CORE_NOTICE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"
#include "core/words.h"

/* Texts are never NULL. */
struct notice {
	char id[UUID_SIZE];
	char case_id[UUID_SIZE];
	int n; /* of its form on the case */
	char *form;
	char deadline_id[UUID_SIZE]; /* "" */
	char *number;   /* of the document; may be "" */
	char *doc_date; /* 2026-11-21 or "" */
	char *to_role, *to_name;
	char *channel;
	int64_t sent_at, confirmed_at; /* 0 */
	char *sent_by;      /* login */
	char *confirmed_by;
	char *head;         /* hash of the chain's last event before it */
	char state[16];     /* sent, void; of quick reports their own */
	char *text;
};

void notice_clear(struct notice *n);
typedef bool notice_visit(const struct notice *n, void *arg); /* false stops */
/* All of a case, as they were recorded. */
bool notice_each(struct desk *desk, const char *case_id, notice_visit *visit, void *arg,
	struct error *err);
/* By what it was sent; ended by a word that is NULL.  The label is translated. */
extern const struct word notice_channels[];
#define NOTICE_CHANNELS "official_letter e_office email phone fax portal in_person other"
const char *notice_channel(const char *word);

struct notice_new {
	const char *form;   /* form, number or rule of the clock that it meets */
	const char *number; /* of the document; NULL or "": not known, may come later */
	const char *date;   /* of the document, as typed; NULL */
	const char *to;     /* role of a contact, or a name; NULL: the clock's own */
	const char *channel;
	int64_t at;           /* 0: now */
	int64_t confirmed_at; /* 0: not confirmed yet */
	const char *confirmed_by;
	const char *note;     /* what it said, in a line or more; NULL */
	bool update;          /* a further one of a form that is met already */
};

/* Records it and meets the clock, in one change.  ERR_NOT_FOUND lists the clocks
 * there are; met already by another: ERR_CONFLICT names who, unless update. */
bool notice_sent(struct desk *desk, const char *case_id, const struct notice_new *what,
	int *n, struct error *err);
/* The receiver confirmed the last notice of the form; number may come late too. */
bool notice_confirm(struct desk *desk, const char *case_id, const struct notice_new *what,
	struct error *err);
/* The last notice of the form was recorded by mistake: it stays, marked, and its
 * clock runs again. */
bool notice_void(struct desk *desk, const char *case_id, const char *form,
	const char *reason, struct error *err);

#endif
