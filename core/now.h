/* now.h - the one thing to do: the NOW line of every screen.
 *
 * One function looks, in the order of now_order[], for the first thing that
 * waits for this member; the order is data and is tested. */
#ifndef CORE_NOW_H
#define CORE_NOW_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"

enum now_kind {
	NOW_NOTHING,
	NOW_COUNTDOWN,       /* minutes run out: the battery of my case */
	NOW_CALLED,          /* I am called to a case and have not answered */
	NOW_CALLED_FOR,      /* the same for a step or a report that is not mine */
	NOW_CALLED_IN_DRILL, /* the same in a drill that pages the team */
	NOW_MY_LATE_URGENT,  /* late step or task of mine on an S4 or S3 case */
	NOW_DECISION_OVER,   /* an order asked for, its time out, nothing taken */
	NOW_DECIDED,         /* it was answered, or taken: the step can go on */
	NOW_MESSAGE_FAILED,  /* a failed message of my case */
	NOW_DECISION_ASKED,  /* an order is asked of me */
	NOW_TIN_WAITING,     /* a report from a caller that nobody took up */
	NOW_UNHANDLED,       /* the engine says that nobody is called (coordinator) */
	NOW_UNACKNOWLEDGED,  /* a new case past its limit */
	NOW_MESSAGE_HELD,    /* a held message of my case waits for a word */
	NOW_NO_OWNER,        /* an open case without owner */
	NOW_SEVERITY,        /* severity undecided */
	NOW_BEGIN_PLAN,      /* inside a case: none was begun */
	NOW_DEADLINE_LATE,   /* a lawful clock late or within the hour */
	NOW_REPORTABLE_ASK,  /* reportable unknown: ask again */
	NOW_PROMISE_RAISE,   /* overdue so long that the next one up is called */
	NOW_PROMISE_OVER,    /* a promise overdue: ask or raise */
	NOW_MY_LATE,         /* other late step or task of mine */
	NOW_POINTS_UNCONFIRMED, /* told and not confirmed */
	NOW_OTHERS_LATE,     /* late steps of others (coordinator) */
	NOW_HANDOVER_SIGN,   /* a hand-over waits for my signature */
	NOW_DUTY_GAP,        /* within a day nobody is on call (coordinator) */
	NOW_NO_ENGINE,       /* calls or messages wait and nobody makes them */
	NOW_NO_CHANNEL,      /* the same where this machine has no server to send by */
	NOW_ENGINE_ILL,      /* it fails, or does not look after itself (coordinator) */
	NOW_NO_RULES,        /* no rule says whom a case calls (coordinator) */
	NOW_NO_BACKUP,       /* none for 48 hours */
	NOW_HOLIDAYS,        /* the holiday table lacks a year that is needed */
	NOW_ALL_CLEAR_LEFT,  /* recovered, and not all were told */
	NOW_TIN_NEW,         /* a new report that nobody took up, not late yet */
	NOW_QUICK_DUE,       /* the next quick report of my case */
	NOW_OBLIGATION,      /* a duty with a period (coordinator) */
	NOW_MY_SOON,         /* mine, due within 30 minutes */
	NOW_RUN_PAUSED,      /* a plan of my case, or that I work in, stands still */
	NOW_OTHERS_PAUSED,   /* a plan of others stands still for long (coordinator) */
	NOW_MY_NEXT,         /* my next step or task */
	NOW_KINDS,
};

struct now {
	enum now_kind kind;
	char case_id[UUID_SIZE]; /* "" */
	char number[24];
	char item[UUID_SIZE];    /* step instance, task or message; "" */
	int n;                   /* number of the step */
	char what[256];          /* name of the step, title of the case */
	char who[208];           /* whose it is */
	int64_t due;             /* NO_DUE */
	int64_t count;           /* how many of this kind there are */
	int severity;            /* suggested, decided or 0 */
	bool drill;
};

/* The order in which they count, with the reasons; ended by NOW_NOTHING. */
extern const enum now_kind now_order[];

#define NOW_ACK_LIMIT_MS (30 * 60000LL)
#define NOW_SOON_MS (30 * 60000LL)
#define NOW_QUICK_MS (10 * 60000LL)
#define NOW_DEADLINE_MS (60 * 60000LL)
#define NOW_ASK_MS (60 * 60000LL)
#define NOW_PAUSED_MS (30 * 60000LL) /* until then whoever paused it knows */
#define NOW_OTHERS_PAUSED_MS (60 * 60000LL) /* until then it is theirs alone */
#define NOW_DUTY_MS (24 * 3600000LL)
#define NOW_BACKUP_MS (48 * 3600000LL)

bool now_find(struct now *out, struct desk *desk, struct error *err);
/* A row of a query of NOW: case, number, item, n, what, who, due, severity, drill. */
void now_read(struct now *out, enum now_kind kind, struct stmt *st);
/* "2026-0042" as people write it: "2026-42". */
void now_short_number(char *out, size_t size, const char *number);

/* One line in the language in force, without keys: `2026-42 step 12 "Read the
 * battery" is 4m LATE`.  now: ms UTC.  The caller frees. */
char *now_text(const struct now *now, int64_t now_ms);
/* The same on the case's own screen, without its number and title. */
char *now_text_here(const struct now *now, int64_t now_ms);
/* Why it is the first thing, for F2.  The caller frees. */
char *now_why(const struct now *now);

#endif
