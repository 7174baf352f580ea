/* quick.h - quick reports (báo cáo nhanh): eight lines of the case's own facts in
 * three registers of address, numbered, kept as a draft until a person says to
 * whom it was sent.  Nothing here is ever sent by a program. */
#ifndef CORE_QUICK_H
#define CORE_QUICK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/case.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

#define QUICK_FORM "quick"
#define QUICK_NEXT_MS (60 * 60000LL) /* the next one, where nobody said */

/* order to members, request to bodies, report to superiors: NULL ended. */
extern const char *const quick_registers[];
const char *quick_register_label(const char *word); /* translated */

/* Texts are never NULL. */
struct quick {
	char id[UUID_SIZE];
	char case_id[UUID_SIZE];
	int n;
	char *address;       /* register of address: a word of quick_registers */
	char *text;          /* the whole, as it is copied or printed */
	int64_t made_at;
	int64_t next_at;     /* NO_DUE: none said */
	char state[12];      /* draft, sent */
	char *to_role, *to_name, *channel;
	int64_t sent_at;     /* 0 */
	char *sent_by, *approved_by;
	int64_t confirmed_at; /* 0 */
	char *confirmed_by;
};

void quick_clear(struct quick *quick);

typedef bool quick_visit(const struct quick *quick, void *arg);
/* Newest first. */
bool quick_each(struct desk *desk, const char *case_id, quick_visit *visit, void *arg,
	struct error *err);
/* n 0: the newest.  ERR_NOT_FOUND. */
bool quick_find(struct quick *out, struct desk *desk, const char *case_id, int n,
	struct error *err);
/* The lines without the marks of a drill and the head: [text]; eight as made. */
struct json *quick_lines(const struct quick *quick);

struct quick_want {
	const char *address; /* NULL: report */
	const char *to;      /* role of a contact, or NULL */
	const char *wanted;  /* what is asked for, or NULL: what the case says */
	const char *text;    /* the text as a person edited it, or NULL */
	int64_t next_at;     /* 0: in an hour; NO_DUE: none */
	const char *typed;
	const struct json *counted; /* how much is hit, [{count, vi, en}], or NULL */
};
/* Makes the next one as a draft; a draft that is the newest and of the same
 * register is made anew under its number.  ERR_REFUSED: TLP:RED to a body. */
bool quick_make(struct desk *desk, const char *case_id, const struct quick_want *want,
	struct quick *out, struct error *err);

struct quick_sending {
	const char *to;           /* role of a contact, or a name */
	const char *channel;      /* phone, zalo, paper, in_person */
	const char *approved_by;  /* NULL: who sent it */
	const char *confirmed_by; /* who there confirmed it, or NULL */
	int64_t at;               /* 0: now */
	int64_t confirmed_at;     /* 0: when it was sent */
};
/* A person sent it: kept beside the outbox, by hand.  Sent already by the same
 * to the same: true, nothing appended but a confirmation that is new; else
 * ERR_CONFLICT names who. */
bool quick_sent(struct desk *desk, const char *case_id, int n,
	const struct quick_sending *sending, struct error *err);

/* Who there said that it came, at: 0 now.  The first word stands, who recorded it
 * may mend it; ERR_REFUSED while it is a draft. */
bool quick_confirm(struct desk *desk, const char *case_id, int n, const char *by,
	int64_t at, struct error *err);

/* For quick.c: what the case says, as the templates' values. */
bool quick_facts(struct json *vars, struct desk *desk, const struct ir_case *c,
	const struct quick_want *want, struct error *err);

#endif
