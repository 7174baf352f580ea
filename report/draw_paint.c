/* draw_paint.c owns the look of a drawn plan: fonts, lines, and the file. */
#include <cairo-svg.h>
#include <pango/pangocairo.h>
#include <stdlib.h>

#include "core/buf.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "report/draw.h"

#define PNG_SCALE 1.5       /* dots for a point */
#define PNG_LEAST 0.4       /* below it nobody reads the words */
#define PNG_SIDE 30000.0    /* cairo takes 32767 */
#define PNG_DOTS 40000000.0

struct painter {
	cairo_surface_t *surface; /* to measure on */
	cairo_t *cairo;
	PangoFontDescription *fonts[3]; /* title, under, head */
	cairo_font_options_t *options;
};

struct painter *
painter_new(void)
{
	static const char *const names[] = { "Sans 10", "Sans 8.5", "Sans Bold 15" };
	struct painter *painter = xcalloc(1, sizeof *painter);

	painter->surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
	painter->cairo = cairo_create(painter->surface);
	painter->options = cairo_font_options_create();
	cairo_font_options_set_hint_style(painter->options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(painter->options, CAIRO_HINT_METRICS_OFF);
	for (int i = 0; i < 3; i++) {
		painter->fonts[i] = pango_font_description_from_string(names[i]);
		/* Points are the unit of the picture, whatever the screen's dots are. */
		pango_font_description_set_absolute_size(painter->fonts[i],
			pango_font_description_get_size(painter->fonts[i]));
	}
	return painter;
}

void
painter_free(struct painter *painter)
{
	for (int i = 0; i < 3; i++) {
		pango_font_description_free(painter->fonts[i]);
	}
	cairo_font_options_destroy(painter->options);
	cairo_destroy(painter->cairo);
	cairo_surface_destroy(painter->surface);
	free(painter);
}

/* The caller unrefs. */
static PangoLayout *
words(const struct painter *painter, cairo_t *cairo, enum mark_kind kind, bool under,
	const char *text, double width)
{
	PangoLayout *layout = pango_cairo_create_layout(cairo);
	PangoContext *context = pango_layout_get_context(layout);

	/* What was measured at one scale must break its lines the same at another. */
	pango_cairo_context_set_font_options(context, painter->options);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_layout_context_changed(layout);
	pango_layout_set_font_description(layout, painter->fonts[under ? 1
		: kind == MARK_HEAD ? 2 : 0]);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	if (kind == MARK_LABEL) {
		pango_layout_set_height(layout, -1);
		pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	}
	pango_layout_set_alignment(layout, kind >= MARK_TEXT
		? PANGO_ALIGN_LEFT : PANGO_ALIGN_CENTER);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

double
painter_height(struct painter *painter, enum mark_kind kind, bool under, const char *text,
	double width)
{
	PangoLayout *layout = words(painter, painter->cairo, kind, under, text, width);
	int height;

	pango_layout_get_size(layout, NULL, &height);
	g_object_unref(layout);
	return (double)height / PANGO_SCALE;
}

static const struct {
	double red, green, blue;
} fills[] = {
	[MARK_BOX] = { 1, 1, 1 }, [MARK_CALL] = { 0.90, 0.93, 1 },
	[MARK_DIAMOND] = { 1, 0.97, 0.85 }, [MARK_ROUND] = { 0.93, 0.93, 0.93 },
};

static void
outline(cairo_t *cairo, const struct mark *m)
{
	double r = m->h / 2 < 13 ? m->h / 2 : 13;

	cairo_new_path(cairo);
	switch (m->kind) {
	case MARK_DIAMOND:
		cairo_move_to(cairo, m->x + m->w / 2, m->y);
		cairo_line_to(cairo, m->x + m->w, m->y + m->h / 2);
		cairo_line_to(cairo, m->x + m->w / 2, m->y + m->h);
		cairo_line_to(cairo, m->x, m->y + m->h / 2);
		break;
	case MARK_ROUND:
		cairo_arc(cairo, m->x + m->w - r, m->y + r, r, -G_PI / 2, 0);
		cairo_arc(cairo, m->x + m->w - r, m->y + m->h - r, r, 0, G_PI / 2);
		cairo_arc(cairo, m->x + r, m->y + m->h - r, r, G_PI / 2, G_PI);
		cairo_arc(cairo, m->x + r, m->y + r, r, G_PI, G_PI * 3 / 2);
		break;
	default:
		cairo_rectangle(cairo, m->x, m->y, m->w, m->h);
		break;
	}
	cairo_close_path(cairo);
}

static void
paint_shape(cairo_t *cairo, const struct mark *m)
{
	outline(cairo, m);
	cairo_set_source_rgb(cairo, fills[m->kind].red, fills[m->kind].green,
		fills[m->kind].blue);
	cairo_fill_preserve(cairo);
	cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
	cairo_set_line_width(cairo, m->strong ? 2.2 : 1);
	cairo_stroke(cairo);
	if (m->kind == MARK_CALL) {
		for (int side = 0; side < 2; side++) {
			double x = side == 0 ? m->x + 4 : m->x + m->w - 4;

			cairo_move_to(cairo, x, m->y);
			cairo_line_to(cairo, x, m->y + m->h);
		}
		cairo_stroke(cairo);
	}
}

static void
paint_words(const struct painter *painter, cairo_t *cairo, const struct mark *m)
{
	double width = mark_text_width(m);
	const char *texts[] = { m->text, m->under };
	PangoLayout *layouts[2] = { NULL, NULL };
	double heights[2] = { 0, 0 };
	double y;

	for (int i = 0; i < 2; i++) {
		int height = 0;

		if (texts[i] != NULL && texts[i][0] != '\0') {
			layouts[i] = words(painter, cairo, m->kind, i == 1, texts[i], width);
			pango_layout_get_size(layouts[i], NULL, &height);
			heights[i] = (double)height / PANGO_SCALE + (i == 1 ? 3 : 0);
		}
	}
	y = m->kind >= MARK_TEXT ? m->y
		: m->y + (m->h - heights[0] - heights[1]) / 2;
	cairo_set_source_rgb(cairo, 0, 0, 0);
	for (int i = 0; i < 2; i++) {
		if (layouts[i] != NULL) {
			cairo_move_to(cairo, m->x + (m->w - width) / 2, y + (i == 1 ? 3 : 0));
			pango_cairo_show_layout(cairo, layouts[i]);
			g_object_unref(layouts[i]);
		}
		y += heights[i];
	}
}

static void
paint_line(cairo_t *cairo, const struct mark *m)
{
	double x = m->x + m->w, y = m->y + m->h;
	double back_x = m->w > 0 ? -6 : m->w < 0 ? 6 : 0;
	double back_y = m->h > 0 ? -6 : m->h < 0 ? 6 : 0;

	cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
	cairo_set_line_width(cairo, m->kind == MARK_BAR ? 4 : 1);
	cairo_move_to(cairo, m->x, m->y);
	cairo_line_to(cairo, x, y);
	cairo_stroke(cairo);
	if (m->kind == MARK_ARROW) {
		/* Lines are straight: the head stands across the way it came. */
		cairo_move_to(cairo, x, y);
		cairo_line_to(cairo, x + back_x + back_y / 2, y + back_y + back_x / 2);
		cairo_line_to(cairo, x + back_x - back_y / 2, y + back_y - back_x / 2);
		cairo_close_path(cairo);
		cairo_fill(cairo);
	}
}

static void
paint(const struct picture *picture, const struct painter *painter, cairo_t *cairo)
{
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	for (int i = 0; i < picture->count; i++) {
		if (picture->marks[i].kind >= MARK_LINE) {
			paint_line(cairo, &picture->marks[i]);
		}
	}
	for (int i = 0; i < picture->count; i++) {
		const struct mark *m = &picture->marks[i];

		if (m->kind < MARK_TEXT) {
			paint_shape(cairo, m);
		}
		if (m->kind < MARK_LINE) {
			paint_words(painter, cairo, m);
		}
	}
}

static cairo_status_t
take(void *arg, const unsigned char *bytes, unsigned len)
{
	buf_add(arg, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

static bool
write_svg(struct buf *out, const struct picture *picture, const struct painter *painter)
{
	cairo_surface_t *surface = cairo_svg_surface_create_for_stream(take, out,
		picture->w, picture->h);
	cairo_t *cairo = cairo_create(surface);
	bool ok;

	paint(picture, painter, cairo);
	ok = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(cairo);
	cairo_surface_finish(surface);
	ok = ok && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	return ok;
}

/* As fine as it may be. */
static double
png_scale(const struct picture *picture)
{
	double scale = PNG_SCALE;

	while (scale > PNG_LEAST && (picture->w * scale > PNG_SIDE || picture->h * scale > PNG_SIDE
			|| picture->w * scale * picture->h * scale > PNG_DOTS)) {
		scale *= 0.95;
	}
	return scale;
}

static bool
write_png(struct buf *out, const struct picture *picture, const struct painter *painter,
	double scale)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
		(int)(picture->w * scale), (int)(picture->h * scale));
	cairo_t *cairo = cairo_create(surface);
	bool ok;

	cairo_scale(cairo, scale, scale);
	paint(picture, painter, cairo);
	ok = cairo_status(cairo) == CAIRO_STATUS_SUCCESS
		&& cairo_surface_write_to_png_stream(surface, take, out)
			== CAIRO_STATUS_SUCCESS;
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return ok;
}

bool
picture_write(const struct picture *picture, struct painter *painter, const char *path,
	bool png, struct error *err)
{
	struct buf out = { 0 };
	double scale = png_scale(picture);
	bool ok;

	if (png && scale <= PNG_LEAST) {
		return error_set(err, ERR_REFUSED,
			_("the plan is too large for a PNG that can be read: write an .svg"));
	}
	ok = png ? write_png(&out, picture, painter, scale) : write_svg(&out, picture, painter);
	ok = ok ? file_write(path, out.data, out.len, 0644, err)
		: error_set(err, ERR_IO, _("the picture cannot be painted"));
	buf_free(&out);
	return ok;
}
