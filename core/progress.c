/* progress.c counts events for who waits at a terminal, and speaks at each percent. */
#include "core/progress.h"

#include <stddef.h>

#include "core/i18n.h"

/* Numbers have no gaps. */
SQL(PROGRESS_ALL, "", "SELECT COALESCE(MAX(seq), 0) FROM event");

struct progress_part
progress_begin(const struct progress *to, const char *what, struct db *db)
{
	struct progress_part part = { .to = to, .what = what, .percent = 0 };
	struct error ignored;

	if (to == NULL) {
		return part;
	}
	if (!db_one_int(db, &PROGRESS_ALL, &part.all, &ignored, NOARGS)) {
		part.to = NULL;
		return part;
	}
	to->show(to->arg, _(what), 0);
	return part;
}

void
progress_one(struct progress_part *part)
{
	int percent;

	if (part->to == NULL || part->all == 0) {
		return;
	}
	part->done++;
	percent = (int)(part->done * 100 / part->all);
	if (percent != part->percent) {
		part->percent = percent;
		part->to->show(part->to->arg, _(part->what), percent);
	}
}
