/* app_show.c owns the picture: the views from the base up, the state row, the
 * hints, what the program says. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "tui/app_private.h"
#include "tui/chrome.h"

#define FADE_MS 6000
#define SAID_MAX 200

/* ---- what the program says ---- */

static void
say(struct app *app, bool error, const char *text)
{
	if (app->said_count == SAID_MAX) {
		free(app->said[0].text);
		memmove(&app->said[0], &app->said[1],
			(size_t)--app->said_count * sizeof(app->said[0]));
	}
	if (app->said_count == app->said_cap) {
		app->said_cap = app->said_cap == 0 ? 16 : app->said_cap * 2;
		app->said = xrealloc(app->said,
			(size_t)app->said_cap * sizeof(*app->said));
	}
	app->said[app->said_count++] = (struct said){ .at = app_now(app),
		.error = error, .text = text_printable(text, strlen(text)) };
	snprintf(app->line, sizeof(app->line), "%s",
		app->said[app->said_count - 1].text);
	app->line_error = error;
	app->said_until = error ? 0 : app_mono(app) + FADE_MS;
	app->dirty = true;
}

void
app_info(struct app *app, const char *fmt, ...)
{
	char text[LINE_MAX_BYTES];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	say(app, false, text);
}

void
app_error(struct app *app, const struct error *err)
{
	char *text = xasprintf("%s%s%s%s", err->message,
		err->cause[0] != '\0' ? " (" : "", err->cause,
		err->cause[0] != '\0' ? ")" : "");

	say(app, true, text);
	free(text);
}

/* An error is read when the next key comes; info may stay its time. */
void
app_clear_line(struct app *app)
{
	if (app->line[0] != '\0') {
		app->line[0] = '\0';
		app->said_until = 0;
		app->dirty = true;
	}
}

const struct said *
app_said(const struct app *app, int *count)
{
	*count = app->said_count;
	return app->said;
}

/* ---- small services ---- */

void
app_next_lines(struct app *app)
{
	struct frame *frame = &app->frame;

	if (!frame->ascii) {
		frame->ascii = true;
		app_info(app, "%s", _("lines: ASCII"));
	} else if (!frame->plain) {
		frame->plain = true;
		app_info(app, "%s", _("letters: without accents"));
	} else {
		frame->ascii = frame->plain = false;
		app_info(app, "%s", _("lines: box characters"));
	}
	if (app->options.host.redraw != NULL) {
		app->options.host.redraw(app->options.host.arg);
	}
}

void
app_set_lines(struct app *app, bool ascii, bool plain)
{
	app->frame.ascii = ascii || plain;
	app->frame.plain = plain;
}

void
app_save_drafts(struct app *app)
{
	struct error err = ERROR_INIT;

	if (!drafts_save(app->drafts, INT64_MAX, &err)) {
		app_error(app, &err);
	}
}

void
app_forget_drafts(struct app *app)
{
	drafts_forget(app->drafts);
}

bool
app_copy(struct app *app, const char *text)
{
	if (app->options.host.copy == NULL
		|| !app->options.host.copy(app->options.host.arg, text, strlen(text))) {
		app_info(app, "%s", _("too long for the clipboard"));
		return false;
	}
	app_info(app, "%s", _("copied"));
	return true;
}

bool
app_send(struct app *app, struct error *err)
{
	if (app->options.host.send == NULL) {
		return error_set(err, ERR_UNAVAILABLE, "%s", _("nothing here can send"));
	}
	return app->options.host.send(app->options.host.arg, err);
}

static bool
read_back(const char *path, char **text, struct error *err)
{
	FILE *file = fopen(path, "re");
	struct buf all = { 0 };
	char chunk[4096];
	size_t got;

	if (file == NULL) {
		return error_errno(err, _("cannot read the text back from %s"), path);
	}
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0
		&& all.len < (1u << 20)) {
		buf_add(&all, chunk, got);
	}
	fclose(file);
	/* Editors end the last line; a field does not. */
	while (all.len > 0 && all.data[all.len - 1] == '\n') {
		all.data[--all.len] = '\0';
	}
	free(*text);
	*text = buf_take(&all);
	return true;
}

bool
app_edit(struct app *app, char **text, struct error *err)
{
	const char *dir = drafts_dir(app->drafts, err);
	char *path;
	FILE *file;
	bool ok;

	app_save_drafts(app);
	if (dir == NULL) {
		return false;
	}
	if (app->options.host.edit == NULL) {
		return error_set(err, ERR_UNAVAILABLE, "%s", _("no editor here"));
	}
	path = xasprintf("%s/edit-%d.txt", dir, (int)getpid());
	file = fopen(path, "we");
	ok = file != NULL && fputs(*text, file) >= 0;
	ok = file != NULL && fclose(file) == 0 && ok;
	if (!ok) {
		error_errno(err, _("cannot write %s"), path);
	} else {
		ok = app->options.host.edit(app->options.host.arg, path, err)
			&& read_back(path, text, err);
	}
	/* After a failure the file stays: the text may be in it. */
	if (ok) {
		(void)unlink(path);
	}
	free(path);
	app->dirty = true;
	return ok;
}

struct summary *
app_summary(struct app *app)
{
	return &app->summary;
}

const struct now *
app_now_line(struct app *app)
{
	const struct view *view = app_base(app);

	return app->led_by != NULL ? app->led_by
		: view != NULL && view->ops->now != NULL
		? view->ops->now(view, &app->summary.now) : &app->summary.now;
}

void
app_go_by(struct app *app, const struct now *now)
{
	app->led_by = now;
}

struct drafts *
app_drafts(struct app *app)
{
	return app->drafts;
}

/* ---- the picture ---- */

const struct screen *
app_screen(struct app *app)
{
	const struct view *base = app_base(app);

	app->screen = (struct screen){
		.summary = &app->summary,
		.now = app_now(app),
		.zone = app->summary.zone,
		.language = i18n_language(),
		.readonly = app->summary.readonly,
		.slow = app->options.slow,
		.how_is_now = base == NULL || strcmp(base->ops->name, "desk") == 0
			|| !view_knows(base, CMD_HOW),
		.top = 3,
		.rows = app->frame.rows - 5,
	};
	if (app->frame.rows < 16) {
		app->screen.top = 1;
		app->screen.rows = app->frame.rows - 2;
	}
	return &app->screen;
}

static void
show_state(struct app *app, const struct screen *screen)
{
	struct frame *frame = &app->frame;
	const struct view *base = app_base(app);
	struct buf left = { 0 };
	int row = frame->rows - 2;

	if (app->line[0] != '\0') {
		row = frame->rows < 16 ? frame->rows - 1 : row;
		frame_fill(frame, row, 0, 1, frame->cols, ST_TEXT);
		if (app->line_error) {
			int used = frame_putf(frame, row, 1, frame->cols, ST_ERROR, "%s: ",
				_("ERROR"));

			frame_cut(frame, row, 1 + used, frame->cols - 1 - used, ST_ERROR,
				app->line);
		} else {
			frame_cut(frame, row, 1, frame->cols - 1, ST_INFO, app->line);
		}
		return;
	}
	if (frame->rows < 16) {
		return;
	}
	if (base->ops->state != NULL) {
		base->ops->state(base, screen, &left);
	}
	chrome_state(frame, row, screen, buf_text(&left), app->saving, app->saved_at);
	buf_free(&left);
}

const struct frame *
app_frame(struct app *app)
{
	const struct screen *screen = app_screen(app);
	struct frame *frame = &app->frame;

	frame_clear(frame);
	app->dirty = false;
	if (frame->rows < 8 || frame->cols < 40) {
		frame_put(frame, 0, 0, frame->cols, ST_STRONG, _("Too small."));
		frame_put(frame, 1, 0, frame->cols, ST_TEXT, _("Nothing is lost."));
		return frame;
	}
	for (int i = app_base_index(app); i < app->count; i++) {
		app->stack[i]->ops->format(app->stack[i], screen, frame);
	}
	show_state(app, screen);
	if (frame->rows >= 16) {
		chrome_hints(frame, frame->rows - 1, app_top(app), app_have(app));
	}
	return frame;
}
