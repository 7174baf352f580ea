/* case_rows.h - windows of case lists: what the desk's screen and the pickers
 * show of each case, loaded by keyset. */
#ifndef TUI_CASE_ROWS_H
#define TUI_CASE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/case.h"
#include "core/list.h"
#include "tui/window.h"

struct case_row {
	char id[UUID_SIZE];
	char number[24];     /* short: 2026-42 */
	char *title;
	char status[16];
	char kind[16];
	int severity, suggested;
	char *owner;         /* given name; "" for nobody */
	char *asset;
	char *next_step;
	int next_n, done, total;
	bool ended, stopped;  /* no plan runs any more; none came to its end */
	int64_t due_at, opened_at, last_at, version;
	bool drill, open, merged;
	char cursor[96];
};

/* Ready filters, in the order of the f menu. */
enum preset {
	PRESET_OPEN, PRESET_MINE, PRESET_LATE, PRESET_NO_OWNER, PRESET_DRILL,
	PRESET_CLOSED, PRESET_ALL, PRESET_COUNT,
};
const char *preset_label(enum preset preset); /* translated */

struct rows_ask {
	enum preset preset;
	enum list_sort sort;
	char words[256];     /* searched for; "" for none */
	char from[96];       /* the cursor of the row from which to go on */
	enum list_want want; /* FIRST, LAST, AFTER or BEFORE `from` */
	bool again;          /* the same window: FIRST up to `limit` rows after from */
	int limit;
};

struct case_rows {
	WINDOW_OF(struct case_row);
	int in_log, in_tins; /* where no case has the words: what else does */
};

/* "2026-0042" as people write it: "2026-42". */
void case_short_number(char out[24], const char *number);
void case_row_from(struct case_row *row, const struct ir_case *c);

/* On the desk's thread. */
bool case_rows_load(struct case_rows *out, struct desk *desk,
	const struct rows_ask *ask, struct error *err);
/* Adds what came at the end or the beginning of what is there, keeps at most
 * max rows (the far side goes).  Takes the rows of more. */
void case_rows_join(struct case_rows *rows, struct case_rows *more,
	enum list_want want, int max);
void case_rows_free(struct case_rows *rows);

#endif
