/* note.h - what somebody writes into a case's timeline. */
#ifndef CORE_NOTE_H
#define CORE_NOTE_H

#include "core/apply.h"
#include "core/desk.h"

struct note_new {
	const char *text;
	int64_t at;        /* when it happened; 0: now */
	const char *typed; /* the time as it was typed, or NULL */
};

/* On a merged case the note goes to the target. */
bool note_add(struct desk *desk, const char *case_id, const struct note_new *what,
	struct error *err);

apply_fn apply_note_added;
search_fn search_note_added;

#endif
