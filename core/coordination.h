/* coordination.h - the coordination table (bảng phối hợp): by kind and severity
 * who leads, who supports, by which channel, until when, to whom it is reported.
 * Its rows are rules of the family `coordination`. */
#ifndef CORE_COORDINATION_H
#define CORE_COORDINATION_H

#include "core/buf.h"
#include "core/case.h"
#include "core/desk.h"

/* All texts in the language in force, never NULL. */
struct coordination {
	char *code;
	char *kinds;    /* "power loss", "any kind" */
	char kind_words[100]; /* " power link "; "" for any */
	char severity[16]; /* "4", "1-2", "" for any */
	char *lead, *support, *channel, *report, *source;
	int64_t limit;  /* ms; 0: none is said */
	bool valid;     /* today */
};

void coordination_clear(struct coordination *row);
/* Can it hold for a case of this kind?  A row of any kind can. */
bool coordination_fits(const struct coordination *row, const char *kind);

typedef bool coordination_visit(const struct coordination *row, void *arg);
/* Those valid today, in the order in which they are tried. */
bool coordination_each(struct desk *desk, coordination_visit *visit, void *arg,
	struct error *err);
/* The row that holds for the case; *found false: the table has none. */
bool coordination_of(struct coordination *out, bool *found, struct desk *desk,
	const struct ir_case *c, struct error *err);

/* "Lead: ...\nSupport: ...\n...", a line each; nothing where it says nothing. */
void coordination_words(struct buf *out, const struct coordination *row);
/* The table as an annex, for printing: A4 width. */
bool coordination_paper(struct buf *out, struct desk *desk, struct error *err);
/* The same in pages, no row of the table broken over two. */
bool coordination_pages(struct buf *out, struct desk *desk, struct error *err);

#endif
