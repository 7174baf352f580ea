/* paper_paint.c owns the marks on a page of paper: letters, lines, boxes. */
#include "report/paper_paint.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

struct painter {
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoLayout *layout;
	PangoFontDescription *fonts[FONT_BRANCH + 1];
	bool draws;
	void (*write)(void *arg, const void *bytes, size_t len);
	void *arg;
};

static const char *const font_names[] = {
	[FONT_TEXT] = "Sans 9", [FONT_STRONG] = "Sans Bold 9.5",
	[FONT_TITLE] = "Sans Bold 15", [FONT_HEAD] = "Sans Bold 10.5",
	[FONT_SMALL] = "Sans 7", [FONT_BRANCH] = "Sans Bold Italic 8.5",
};

static cairo_status_t
pass_on(void *closure, const unsigned char *data, unsigned int length)
{
	struct painter *painter = closure;

	painter->write(painter->arg, data, length);
	return CAIRO_STATUS_SUCCESS;
}

struct painter *
painter_open(double width, double height, const char *title,
	void (*write)(void *arg, const void *bytes, size_t len), void *arg)
{
	struct painter *painter = xcalloc(1, sizeof *painter);

	painter->write = write;
	painter->arg = arg;
	painter->surface = cairo_pdf_surface_create_for_stream(pass_on, painter, width, height);
	cairo_pdf_surface_set_metadata(painter->surface, CAIRO_PDF_METADATA_TITLE, title);
	painter->cairo = cairo_create(painter->surface);
	painter->layout = pango_cairo_create_layout(painter->cairo);
	pango_layout_set_wrap(painter->layout, PANGO_WRAP_WORD_CHAR);
	for (size_t i = 0; i < sizeof font_names / sizeof *font_names; i++) {
		PangoFontDescription *font = pango_font_description_from_string(font_names[i]);

		/* Points are the unit of the page, whatever the screen's dots are. */
		pango_font_description_set_absolute_size(font,
			pango_font_description_get_size(font));
		painter->fonts[i] = font;
	}
	return painter;
}

bool
painter_close(struct painter *painter)
{
	bool ok;

	cairo_surface_finish(painter->surface);
	ok = cairo_status(painter->cairo) == CAIRO_STATUS_SUCCESS
		&& cairo_surface_status(painter->surface) == CAIRO_STATUS_SUCCESS;
	for (size_t i = 0; i < sizeof font_names / sizeof *font_names; i++) {
		pango_font_description_free(painter->fonts[i]);
	}
	g_object_unref(painter->layout);
	cairo_destroy(painter->cairo);
	cairo_surface_destroy(painter->surface);
	free(painter);
	return ok;
}

void
painter_draws(struct painter *painter, bool draws)
{
	painter->draws = draws;
}

void
painter_next_page(struct painter *painter)
{
	cairo_show_page(painter->cairo);
}

static void
lay(struct painter *painter, enum paper_font font, const char *text, size_t len,
	double width)
{
	pango_layout_set_font_description(painter->layout, painter->fonts[font]);
	pango_layout_set_width(painter->layout,
		width < 0 ? -1 : (int)(width * PANGO_SCALE));
	pango_layout_set_text(painter->layout, text, (int)len);
}

static void
show(struct painter *painter, double x, double y)
{
	if (painter->draws) {
		cairo_move_to(painter->cairo, x, y);
		pango_cairo_show_layout(painter->cairo, painter->layout);
	}
}

double
paint_text(struct painter *painter, struct paper_place at, enum paper_font font,
	const char *text, size_t len, double *end_x, double *end_y)
{
	PangoRectangle box, end;

	lay(painter, font, text, len, at.width);
	pango_layout_get_extents(painter->layout, NULL, &box);
	pango_layout_index_to_pos(painter->layout, (int)len, &end);
	if (end_x != NULL) {
		*end_x = (double)end.x / PANGO_SCALE;
	}
	if (end_y != NULL) {
		*end_y = (double)(end.y + end.height) / PANGO_SCALE;
	}
	show(painter, at.x, at.y);
	return (double)box.height / PANGO_SCALE;
}

double
paint_height(struct painter *painter, double width, enum paper_font font,
	const char *text, size_t len)
{
	PangoRectangle box;

	lay(painter, font, text, len, width);
	pango_layout_get_extents(painter->layout, NULL, &box);
	return (double)box.height / PANGO_SCALE;
}

double
paint_width(struct painter *painter, enum paper_font font, const char *text, size_t len)
{
	PangoRectangle box;

	lay(painter, font, text, len, -1);
	pango_layout_get_extents(painter->layout, NULL, &box);
	return (double)box.width / PANGO_SCALE;
}

void
paint_right(struct painter *painter, struct paper_place at, enum paper_font font,
	const char *text)
{
	double width = paint_width(painter, font, text, strlen(text));

	show(painter, at.x + at.width - width, at.y);
}

void
paint_rule(struct painter *painter, struct paper_place at, double thick)
{
	if (painter->draws && at.width > 0) {
		cairo_set_line_width(painter->cairo, thick);
		cairo_move_to(painter->cairo, at.x, at.y);
		cairo_rel_line_to(painter->cairo, at.width, 0);
		cairo_stroke(painter->cairo);
	}
}

void
paint_shade(struct painter *painter, struct paper_place at, double height)
{
	if (painter->draws) {
		cairo_set_source_rgb(painter->cairo, 0.9, 0.9, 0.9);
		cairo_rectangle(painter->cairo, at.x, at.y, at.width, height);
		cairo_fill(painter->cairo);
		cairo_set_source_rgb(painter->cairo, 0, 0, 0);
	}
}

/* Strokes in a box, as parts of its side. */
static const struct {
	char mark;
	double x, y, to_x, to_y;
} strokes[] = {
	{ 'x', 0.2, 0.2, 0.8, 0.8 }, { 'x', 0.8, 0.2, 0.2, 0.8 },
	{ '!', 0.5, 0.15, 0.5, 0.6 }, { '!', 0.5, 0.75, 0.5, 0.85 },
	{ '-', 0.2, 0.5, 0.8, 0.5 },
	{ '>', 0.3, 0.2, 0.75, 0.5 }, { '>', 0.75, 0.5, 0.3, 0.8 },
};

void
paint_box(struct painter *painter, double x, double y, char mark)
{
	cairo_t *cairo = painter->cairo;

	if (!painter->draws) {
		return;
	}
	cairo_set_line_width(cairo, 0.9);
	cairo_rectangle(cairo, x, y, PAPER_BOX, PAPER_BOX);
	cairo_stroke(cairo);
	cairo_set_line_width(cairo, 1.3);
	for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++) {
		if (strokes[i].mark == mark) {
			cairo_move_to(cairo, x + strokes[i].x * PAPER_BOX,
				y + strokes[i].y * PAPER_BOX);
			cairo_line_to(cairo, x + strokes[i].to_x * PAPER_BOX,
				y + strokes[i].to_y * PAPER_BOX);
			cairo_stroke(cairo);
		}
	}
}
