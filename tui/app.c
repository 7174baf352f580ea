/* app.c owns the stack of views: opening, closing, going back and forward,
 * and what answers of the desk change. */
#include "tui/app_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/mem.h"


static int64_t
monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
app_mono(const struct app *app)
{
	return app->options.mono != NULL ? app->options.mono() : monotonic();
}

int64_t
app_now(const struct app *app)
{
	return app->options.clock.now(app->options.clock.arg);
}

/* ---- views ---- */

struct view *
view_new(const struct view_ops *ops)
{
	struct view *view = xcalloc(1, ops->size);

	view->ops = ops;
	return view;
}

bool
view_knows(const struct view *view, enum command command)
{
	for (const struct hint *h = view->ops->hints;
		h != NULL && h->command != CMD_NONE; h++) {
		if (h->command == command) {
			return true;
		}
	}
	return false;
}

unsigned
view_have(const struct view *view)
{
	return view->ops->have != NULL ? view->ops->have(view) : 0;
}

static void
free_view(struct view *view)
{
	if (view->ops->stop != NULL) {
		view->ops->stop(view);
	}
	free(view);
}

struct view *
app_top(struct app *app)
{
	return app->count > 0 ? app->stack[app->count - 1] : NULL;
}

int
app_base_index(const struct app *app)
{
	int at = app->count - 1;

	while (at > 0 && app->stack[at]->ops->popup) {
		at--;
	}
	return at;
}

struct view *
app_base(struct app *app)
{
	return app->count > 0 ? app->stack[app_base_index(app)] : NULL;
}

struct view *
app_view(struct app *app, uint64_t id)
{
	for (int i = 0; i < app->count; i++) {
		if (app->stack[i]->id == id) {
			return app->stack[i];
		}
	}
	return NULL;
}

void
app_dirty_now(struct app *app)
{
	app->dirty = true;
}

bool
app_dirty(const struct app *app)
{
	return app->dirty;
}

void
app_reload(struct app *app, struct view *view)
{
	struct request *request;

	view->stale = false;
	if (view->ops->load == NULL) {
		view->loaded = true;
		return;
	}
	request = view->ops->load(view);
	if (request != NULL) {
		app_ask(app, view, request);
	}
}

static void
forget_forward(struct app *app)
{
	while (app->forward_count > 0) {
		free_view(app->forward[--app->forward_count]);
	}
}

void
app_open(struct app *app, struct view *view)
{
	view->id = ++app->last_id;
	if (app->count == STACK_MAX) {
		/* The oldest place above the desk is forgotten. */
		free_view(app->stack[1]);
		memmove(&app->stack[1], &app->stack[2],
			(size_t)(--app->count - 1) * sizeof(app->stack[0]));
	}
	if (!view->ops->popup) {
		forget_forward(app);
	}
	app->stack[app->count++] = view;
	if (view->ops->start != NULL) {
		view->ops->start(view, app);
	}
	app_reload(app, view);
	app->dirty = true;
}

void
app_close(struct app *app, struct view *view)
{
	for (int i = 0; i < app->count; i++) {
		if (app->stack[i] != view) {
			continue;
		}
		memmove(&app->stack[i], &app->stack[i + 1],
			(size_t)(--app->count - i) * sizeof(app->stack[0]));
		free_view(view);
		if (app->count > 0 && app_top(app)->stale) {
			app_reload(app, app_top(app));
		}
		app->dirty = true;
		return;
	}
}

void
app_home(struct app *app)
{
	while (app->count > 1) {
		app_close(app, app_top(app));
	}
}

/* Back keeps the place for `>`; a popup has no forward. */
bool
app_back(struct app *app)
{
	struct view *view = app_top(app);

	if (app->count < 2) {
		return false;
	}
	app->count--;
	if (view->ops->popup || app->forward_count == STACK_MAX) {
		free_view(view);
	} else {
		app->forward[app->forward_count++] = view;
	}
	if (app_top(app)->stale) {
		app_reload(app, app_top(app));
	}
	app->dirty = true;
	return true;
}

bool
app_forward(struct app *app)
{
	struct view *view;

	if (app->forward_count == 0 || app->count == STACK_MAX) {
		return false;
	}
	view = app->forward[--app->forward_count];
	app->stack[app->count++] = view;
	app_reload(app, view);
	app->dirty = true;
	return true;
}

/* ---- requests ---- */

void
app_ask(struct app *app, struct view *view, struct request *request)
{
	request->view_id = view != NULL ? view->id : 0;
	app->asked++;
	app->opening += request->opens ? 1 : 0;
	if (request->changes) {
		app->saving = true;
	}
	worker_post(app->worker, request);
}

/* What is shown may be old: the top is read at once, the others when seen. */
void
app_all_stale(struct app *app)
{
	app_ask_summary(app);
	for (int i = 0; i < app->count; i++) {
		app->stack[i]->stale = true;
	}
	for (int i = app_base_index(app); i < app->count; i++) {
		app_reload(app, app->stack[i]);
	}
}

static void
remember_case(struct app *app)
{
	const struct view *base = app_base(app);

	if (app_base_index(app) > 0 && base->ops->case_id != NULL
		&& base->ops->case_id(base)[0] != '\0') {
		snprintf(app->last_case, UUID_SIZE, "%s", base->ops->case_id(base));
	}
}

const char *
app_last_case(struct app *app)
{
	return app->last_case;
}

static void
take_answer(struct app *app, struct request *request)
{
	bool wanted = request->view_id == 0
		|| app_view(app, request->view_id) != NULL;

	app->opening -= request->opens ? 1 : 0;
	if (request->changes) {
		app->saving = false;
		if (request->ok) {
			app->saved_at = app_now(app);
		}
	}
	if (wanted || request->always) {
		struct view *view = app_view(app, request->view_id);

		if (view != NULL) {
			view->loaded = true;
		}
		request->done(request, app);
	}
	remember_case(app);
	if (request->changes) {
		app_all_stale(app);
	}
	request->free(request);
	app->dirty = true;
}

bool
app_settled(const struct app *app)
{
	return !worker_busy(app->worker);
}

/* The first two rows are true at once, and so are a view whose rows stay where
 * they are and what stands behind a form, however long somebody types in it. */
static void
others_acted(struct app *app)
{
	struct view *base = app_base(app);

	app_ask_summary(app);
	if (base != NULL && (base->ops->steady || app_top(app) != base)) {
		base->stale = true;
		app_reload(app, base);
	}
}

void
app_tick(struct app *app)
{
	struct request *request;
	struct error err = ERROR_INIT;
	int64_t mono = app_mono(app);

	while ((request = worker_answer(app->worker)) != NULL) {
		take_answer(app, request);
	}
	if (worker_desk_changed(app->worker)) {
		app->changed = true;
		others_acted(app);
	}
	/* Rows never move under a cursor that just moved. */
	if (app->changed && mono - app->key_at >= SETTLED_MS) {
		app->changed = false;
		app_all_stale(app);
	}
	if (!drafts_save(app->drafts, mono, &err)) {
		app_error(app, &err);
	}
	if (app->said_until != 0 && mono >= app->said_until) {
		app->said_until = 0;
		app->line[0] = '\0';
		app->dirty = true;
	}
	if (app->minute != app_now(app) / 60000) {
		app->minute = app_now(app) / 60000;
		app->dirty = true;
		app_minute_on(app);
	}
}

int
app_wait(const struct app *app)
{
	int64_t mono = app_mono(app);
	int64_t wait = 60000 - app_now(app) % 60000 + 1;
	int draft = drafts_wait(app->drafts, mono);

	if (draft >= 0 && draft < wait) {
		wait = draft;
	}
	if (app->changed && app->key_at + SETTLED_MS - mono < wait) {
		wait = app->key_at + SETTLED_MS > mono ? app->key_at + SETTLED_MS - mono : 0;
	}
	if (app->said_until != 0 && app->said_until - mono < wait) {
		wait = app->said_until > mono ? app->said_until - mono : 0;
	}
	return (int)wait;
}

int
app_fd(const struct app *app)
{
	return worker_fd(app->worker);
}

/* ---- beginning and end ---- */

bool
app_new(struct app **out, const struct app_options *options, int rows, int cols,
	struct error *err)
{
	struct app *app = xcalloc(1, sizeof(*app));

	app->options = *options;
	if (app->options.clock.now == NULL) {
		app->options.clock.now = desk_system_clock;
	}
	app->drafts = drafts_new(options->drafts_dir, desk_id(options->desk));
	app->summary.me = *desk_me(options->desk);
	app->summary.demo = desk_is_demo(options->desk);
	app->summary.readonly = options->readonly || desk_readonly(options->desk);
	app->summary.zone = desk_zone(options->desk);
	snprintf(app->summary.desk, sizeof(app->summary.desk), "%s",
		desk_name(options->desk));
	app->worker = worker_start(options->desk, options->threaded, err);
	if (app->worker == NULL) {
		drafts_free(app->drafts);
		free(app);
		return false;
	}
	app->running = true;
	app->key_at = app_mono(app) - SETTLED_MS;
	app->minute = app_now(app) / 60000;
	frame_size(&app->frame, rows, cols);
	app->frame.ascii = options->ascii || options->plain;
	app->frame.plain = options->plain;
	app_ask_summary(app);
	options->begin(app, options->open_case);
	*out = app;
	return true;
}

bool
app_free(struct app *app, int ms)
{
	while (app->count > 0) {
		free_view(app->stack[--app->count]);
	}
	forget_forward(app);
	drafts_free(app->drafts);
	for (int i = 0; i < app->said_count; i++) {
		free(app->said[i].text);
	}
	free(app->said);
	free(app->pasted);
	frame_free(&app->frame);
	/* A worker that does not end is left as it is: the process ends. */
	if (!worker_stop(app->worker, ms)) {
		return false;
	}
	if (app->options.end != NULL) {
		app->options.end(); /* the desk's thread has ended */
	}
	free(app);
	return true;
}

void
app_resize(struct app *app, int rows, int cols)
{
	frame_size(&app->frame, rows, cols);
	app->dirty = true;
}

bool
app_running(const struct app *app)
{
	return app->running;
}

void
app_quit(struct app *app)
{
	app->running = false;
}

void
app_hung_up(struct app *app)
{
	app_save_drafts(app);
	app->running = false;
}
