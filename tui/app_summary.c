/* app_summary.c owns when the first rows are read: asked for after changes, and
 * once a minute. */
#include <stdlib.h>

#include "core/mem.h"
#include "tui/app_private.h"

struct summary_request {
	struct request request;
	struct summary summary;
};

static bool
run_summary(struct request *request, struct desk *desk, struct error *err)
{
	return summary_load(&((struct summary_request *)request)->summary, desk, err);
}

static void
done_summary(struct request *request, struct app *app)
{
	int64_t cut;

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	cut = app->summary.cut_since;
	app->summary = ((struct summary_request *)request)->summary;
	if (cut == 0 && app->summary.cut_since != 0 && app->options.host.bell != NULL) {
		app->options.host.bell(app->options.host.arg); /* once: the banner stays */
	}
	app->summary.readonly = app->summary.readonly || app->options.readonly;
}

static void
free_request(struct request *request)
{
	free(request);
}

void
app_ask_summary(struct app *app)
{
	struct summary_request *ask = xcalloc(1, sizeof(*ask));

	ask->request = (struct request){ .run = run_summary, .done = done_summary,
		.free = free_request, .replaces = 1 };
	app_ask(app, NULL, &ask->request);
}

/* What NOW asks for hangs on the time too, not only on what was written; so do
 * rows that say "in 9m".  Nothing is read behind a form or a moving cursor. */
void
app_minute_on(struct app *app)
{
	struct view *base = app_base(app);

	app_ask_summary(app);
	if (base != NULL && base->ops->ages && app_top(app) == base
		&& app_mono(app) - app->key_at >= SETTLED_MS) {
		app_reload(app, base);
	}
}
