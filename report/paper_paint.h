/* paper_paint.h - marks on a page; for paper_*.c only.  Lengths are points; y goes
 * down.  What is put is drawn only where the painter draws, and gives its height
 * either way: one code measures and paints. */
#ifndef REPORT_PAPER_PAINT_H
#define REPORT_PAPER_PAINT_H

#include <stdbool.h>
#include <stddef.h>

enum paper_font { FONT_TEXT, FONT_STRONG, FONT_TITLE, FONT_HEAD, FONT_SMALL, FONT_BRANCH };

struct painter;
/* write gets the PDF piece by piece. */
struct painter *painter_open(double width, double height, const char *title,
	void (*write)(void *arg, const void *bytes, size_t len), void *arg);
/* False where the PDF could not be made. */
bool painter_close(struct painter *painter);
void painter_draws(struct painter *painter, bool draws);
void painter_next_page(struct painter *painter);

struct paper_place {
	double x, y, width;
};

/* Text wrapped at the width; *end_x, *end_y (may be NULL): where its last line ends
 * and the base of that line, from the place. */
double paint_text(struct painter *painter, struct paper_place at, enum paper_font font,
	const char *text, size_t len, double *end_x, double *end_y);
/* One line that ends at the right side. */
void paint_right(struct painter *painter, struct paper_place at, enum paper_font font,
	const char *text);
/* What paint_text() would give; nothing is drawn. */
double paint_height(struct painter *painter, double width, enum paper_font font,
	const char *text, size_t len);
double paint_width(struct painter *painter, enum paper_font font, const char *text,
	size_t len);
/* A line to write on, or to part with. */
void paint_rule(struct painter *painter, struct paper_place at, double thick);
void paint_shade(struct painter *painter, struct paper_place at, double height);
/* A box to tick, with what stands in it: ' ', 'x', '!', '-', '>'. */
#define PAPER_BOX 9.0
void paint_box(struct painter *painter, double x, double y, char mark);

#endif
