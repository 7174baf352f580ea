/* draw.h - a plan as a picture: layout first, paint after. */
#ifndef REPORT_DRAW_H
#define REPORT_DRAW_H

#include <stdbool.h>

#include "playbooks/flow.h"

enum mark_kind {
	MARK_BOX,      /* work for people */
	MARK_CALL,     /* another plan */
	MARK_DIAMOND,  /* a question that the plan answers by itself */
	MARK_ROUND,    /* beginning, end, "go on at" */
	MARK_TEXT,     /* words alone */
	MARK_LABEL,    /* the same, one line: cut where it is too long */
	MARK_HEAD,     /* the same, large */
	MARK_LINE, MARK_ARROW, /* from x, y to x + w, y + h */
	MARK_BAR,      /* a thick line: branches at the same time */
};

/* Lengths are points of 1/72 inch, the text ours. */
struct mark {
	enum mark_kind kind;
	double x, y, w, h;
	char *text, *under; /* or NULL */
	bool strong;        /* a mandatory step */
};

struct picture {
	struct mark *marks;
	int count;
	double w, h;
};

/* How high a text is when it is wrapped at this width; from draw_paint.c. */
struct painter;
struct painter *painter_new(void);
void painter_free(struct painter *painter);
double painter_height(struct painter *painter, enum mark_kind kind, bool under,
	const char *text, double width);

/* Where the words of a mark stand. */
double mark_text_width(const struct mark *mark);

void picture_lay(struct picture *out, const struct flow *flow, struct painter *painter);
void picture_finish(struct picture *picture);
/* From draw_paint.c: ERR_REFUSED where a PNG would be too large to be read. */
bool picture_write(const struct picture *picture, struct painter *painter,
	const char *path, bool png, struct error *err);

#endif
