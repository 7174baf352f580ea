/* paper_entries.h - what was done on paper while the screens were dark, keyed in
 * afterwards as one table with its real times. */
#ifndef PLAYBOOKS_PAPER_ENTRIES_H
#define PLAYBOOKS_PAPER_ENTRIES_H

#include "core/desk.h"

#define PAPER_ROWS 400

/* As typed.  step: "" for a note, else STEP of CLI.md, with answers behind it where
 * the step asks for them: "12 phut_ac_quy=45". */
struct paper_row {
	char *time, *what, *step, *who;
};

struct paper_filed {
	int notes, steps;
	int again; /* of the notes: rows of steps that were done already */
	int bad; /* 1-based: the row that was refused; 0 */
};

/* Files all rows in one act, in the order of their times: a note each, or the step
 * done at that time with `what` as its note.  One row that cannot be: none is
 * filed, *out says which.  Where somebody (also oneself) has done the step already:
 * with done_as_notes what the paper says of it is a note with its time, else
 * ERR_CONFLICT naming who and when, and how many such rows there are. */
bool paper_file(struct desk *desk, const char *case_id, const struct paper_row *rows,
	int count, bool done_as_notes, struct paper_filed *out, struct error *err);

/* Lines "TIME | WHAT | STEP | WHO", cells parted by a tab or a bar, or without
 * cells "02:36 #15 what was done @Nam"; empty lines, lines that begin with # and a
 * head line are passed over.  The caller frees with
 * paper_rows_free(). */
bool paper_read(struct paper_row **rows, int *count, const char *text,
	struct error *err);
void paper_rows_free(struct paper_row *rows, int count);

#endif
