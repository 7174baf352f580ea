/* draft.h - texts that were begun: on disk a second after the last key.
 *
 * A draft has the id that its event will have; once the desk holds that event
 * the draft is removed, never before.  One file a draft, written beside and
 * renamed, synced; readable by its writer only.  Drafts of a program that still
 * runs are not offered to another. */
#ifndef TUI_DRAFT_H
#define TUI_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/ids.h"
#include "core/json.h"

struct draft {
	char id[UUID_SIZE];      /* of the event it will become */
	char desk[UUID_SIZE];
	char kind[32];           /* "note", "case", "step", ...: who can reopen it */
	char case_id[UUID_SIZE]; /* "" */
	char number[72];         /* for people */
	int64_t begun_at;        /* ms UTC */
	struct json *fields;     /* ours */
	int64_t touched;         /* monotonic ms of the last key; 0: all is on disk */
	bool on_disk;
	struct draft *next;
};

struct drafts;

/* dir NULL: $XDG_STATE_HOME/suco/drafts.  The folder is made with the first
 * draft.  desk: drafts of other desks are left alone. */
struct drafts *drafts_new(const char *dir, const char *desk);
/* Saves what is not on disk and frees. */
void drafts_free(struct drafts *drafts);

/* Borrowed until draft_done() or draft_put_away(). */
struct draft *draft_begin(struct drafts *drafts, const char *kind,
	const char *case_id, const char *number, int64_t now_ms);
/* New text: saved at mono + 1000.  Takes fields. */
void draft_touch(struct draft *draft, struct json *fields, int64_t mono);
/* The desk has it, or the person emptied it: the file goes. */
void draft_done(struct drafts *drafts, struct draft *draft);
/* The form was closed with text in it: saved now, offered later. */
bool draft_put_away(struct drafts *drafts, struct draft *draft, struct error *err);

/* Milliseconds until something must be saved; -1: nothing. */
int drafts_wait(const struct drafts *drafts, int64_t mono);
/* Saves what is due; at INT64_MAX everything. */
bool drafts_save(struct drafts *drafts, int64_t mono, struct error *err);

/* As after a crash: what is unsaved stays unsaved, what is on disk stays. */
void drafts_forget(struct drafts *drafts);

/* Reads the drafts of this desk that no running program holds, oldest first.
 * The list is the caller's: draft_list_free(). */
struct draft *drafts_read(struct drafts *drafts);
void draft_list_free(struct draft *list);
/* The oldest kept of this kind, case and thing ("ref.item"; NULL: of none), or NULL;
 * the caller's. */
struct draft *drafts_kept(struct drafts *drafts, const char *kind, const char *case_id,
	const char *item);
/* Makes a draft that was read a live one again. */
struct draft *draft_adopt(struct drafts *drafts, const struct draft *read);
void draft_remove(struct drafts *drafts, const char *id);

/* Folder of the drafts: also for files given to $EDITOR. */
const char *drafts_dir(struct drafts *drafts, struct error *err);

#endif
