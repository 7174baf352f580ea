/* roster_paper.c owns the roster as paper, and taking back one's last act on it. */
#include "tui/roster_paper.h"

#include <stdlib.h>

#include "core/buf.h"
#include "core/duty_undo.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "tui/act.h"
#include "tui/ask.h"
#include "tui/paper.h"

struct keep_request {
	struct request request;
	char *folder, *path, *text; /* folder as of paper_folder() */
};

static bool
run_keep(struct request *request, struct desk *desk, struct error *err)
{
	struct keep_request *r = (struct keep_request *)request;

	return paper_keep(&r->path, desk, r->folder, "roster", r->text, err);
}

static void
done_keep(struct request *request, struct app *app)
{
	struct keep_request *r = (struct keep_request *)request;
	struct buf text = { 0 };

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	buf_addf(&text, "%s\n", r->text);
	buf_addf(&text, _("kept in %s"), r->path);
	ask_read(app, _("DUTY ROSTER"), buf_text(&text));
	app_info(app, _("kept in %s"), r->path);
	buf_free(&text);
}

static void
free_keep(struct request *request)
{
	struct keep_request *r = (struct keep_request *)request;

	free(r->folder);
	free(r->path);
	free(r->text);
	free(r);
}

void
roster_keep(struct app *app, char *text)
{
	struct keep_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_keep, .done = done_keep,
		.free = free_keep, .opens = true };
	r->folder = paper_folder(app);
	r->text = text;
	app_ask(app, app_base(app), &r->request);
}

static bool
run_undo(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	(void)ref;
	(void)values;
	return duty_undo(desk, said, err);
}

void
roster_undo(struct app *app)
{
	const struct case_ref ref = { 0 };

	act_post(app, &(struct act_call){ .run_said = run_undo, .said = "", .refs = &ref,
		.count = 1, .values = json_object() });
}
