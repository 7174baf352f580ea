/* shift_log.h - the shift log (sổ trực): what happened on the watch beside the
 * cases.
 *
 * People write rows; suco adds what it knows by itself: a backup of the desk that
 * was proved (an event of its own), and each shift handed over (read from the
 * hand-overs, never copied). */
#ifndef CORE_SHIFT_LOG_H
#define CORE_SHIFT_LOG_H

#include "core/desk.h"
#include "core/words.h"

/* What people choose from: check, backup, call, visitor, opened, handed_over,
 * other; ended by word NULL. */
extern const struct word shift_kinds[];
/* Also those that suco makes itself: desk_backup, desk_restored, shift. */
const char *shift_kind_label(const char *kind);

struct shift_entry {
	char id[UUID_SIZE];
	int64_t n;        /* 0: derived, it has no row of its own */
	int64_t at;
	int64_t noted_at; /* when it was written down */
	char kind[20];
	const char *text; /* borrowed for the visit, as is what follows; translated */
	const char *by;   /* name */
	const char *asset; /* code or "" */
};

struct shift_new {
	const char *text;
	const char *kind;  /* NULL: other */
	int64_t at;        /* 0: now */
	const char *asset; /* code or NULL */
	/* Of the envelope with an emergency password, opened or sealed again: it needs
	 * its system, the witnesses and the number of its seal.  NULL elsewhere. */
	const char *witness, *seal;
};
/* *n gets its number. */
bool shift_log_add(struct desk *desk, const struct shift_new *what, int64_t *n,
	struct error *err);

/* Inside a change: a backup of the desk was made and proved. */
bool shift_log_backup(struct desk *desk, const char *path, int64_t events,
	struct error *err);
/* Inside a change: an older desk stands here now; the one before it was saved. */
bool shift_log_restore(struct desk *desk, const char *saved, struct error *err);

struct shift_filter {
	int64_t from, to;  /* from <= at < to; 0: open */
	const char *words; /* each the beginning of a word of the entry; or NULL */
	int limit;         /* 0: 200 */
};
typedef bool shift_visit(const struct shift_entry *entry, void *arg);
/* Newest first. */
bool shift_log_each(struct desk *desk, const struct shift_filter *filter,
	shift_visit *visit, void *arg, struct error *err);

/* When this shift began: the last hand-over that was signed, else eight hours
 * ago. */
#define SHIFT_MS (8 * 3600000LL)
bool shift_began(struct desk *desk, int64_t *at, struct error *err);

#endif
