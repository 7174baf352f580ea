/* shift_sheet.h - the parts of a hand-over page: what is read for each, and how
 * they share one page.  For handover*.c and who prints the numbers. */
#ifndef CORE_SHIFT_SHEET_H
#define CORE_SHIFT_SHEET_H

#include "core/buf.h"
#include "core/desk.h"

#define PART_LINES 60 /* more do not fit on a page whatever the others have */

struct sheet_part {
	const char *name;  /* for scripts */
	const char *title; /* translated */
	char *lines[PART_LINES];
	int count;
	int64_t total;     /* how many there are; more than count where cut */
	char *beside;      /* behind the title, or NULL */
	bool uncounted;    /* its lines are no things to count */
	bool newest;       /* what is cut is cut at the beginning */
	bool rare;         /* where there is none, no line says so */
};

enum { SHEET_CASES, SHEET_NEXT, SHEET_PAUSED, SHEET_WAITING, SHEET_DECISIONS,
	SHEET_CLOCKS, SHEET_TINS, SHEET_ASSETS, SHEET_MESSAGES, SHEET_LOG, SHEET_PARTS };

struct shift_sheet {
	struct sheet_part parts[SHEET_PARTS];
	int64_t open, late, no_owner, unknown; /* cases */
	int64_t waiting, promises_over;
	int64_t from_at;
};

bool shift_sheet_read(struct shift_sheet *out, struct desk *desk, int64_t from_at,
	struct error *err);
void shift_sheet_clear(struct shift_sheet *sheet);

/* A case's number as the page has it, "2026-42": out. */
const char *shift_number(const char *number, char out[24]);

/* Title and lines of every part in at most `lines` lines of PAGE_CELLS; what does
 * not fit is counted in a line of its own. */
void shift_sheet_put(struct buf *out, const struct shift_sheet *sheet, int lines);

/* One part in at most `lines` lines, its title among them. */
void sheet_part_put(struct buf *out, const struct sheet_part *part, int lines);
void sheet_part_add(struct sheet_part *part, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void sheet_part_clear(struct sheet_part *part);

#endif
