/* act_left.c says in the form that closes a case what still stands in its way, and
 * who was not told yet that it is over: before the review is written, no wall. */
#include "tui/act_left.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/all_clear.h"
#include "core/case.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/status.h"
#include "tui/ask.h"

struct left_request {
	struct request request;
	char case_id[UUID_SIZE];
	bool left;
	struct error gate; /* why it cannot be closed as it is now; no code: it can */
};

static bool
run_left(struct request *request, struct desk *desk, struct error *err)
{
	struct left_request *l = (struct left_request *)request;

	struct ir_case c = { 0 };
	bool ok = case_load(&c, desk, l->case_id, err)
		&& all_clear_left(desk, l->case_id, &l->left, err);

	if (ok) {
		(void)status_ready(desk, &c, "closed", &l->gate);
	}
	case_clear(&c);
	return ok;
}

static void
done_left(struct request *request, struct app *app)
{
	const struct left_request *l = (struct left_request *)request;
	struct view *view = app_view(app, request->view_id);

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	if (l->gate.code != ERR_NONE) {
		char *text = xasprintf(_("Not yet: %s. What you write here is kept (Esc)."),
			l->gate.message);

		(void)form_add(ask_form_fields(view), FIELD_LABEL, "gate", text);
		free(text);
		app_dirty_now(app);
	}
	if (l->left) {
		(void)form_add(ask_form_fields(view), FIELD_LABEL, "left",
			_("Not everybody who called or was told knows that it is over: see all"
			" clear in the menu (m) of the case. Closing does not wait for it."));
		app_dirty_now(app);
	}
}

static void
free_left(struct request *request)
{
	free(request);
}

void
act_say_left(struct app *app, struct view *form, const char *case_id)
{
	struct left_request *l = xcalloc(1, sizeof(*l));

	l->request = (struct request){ .run = run_left, .done = done_left,
		.free = free_left };
	snprintf(l->case_id, sizeof(l->case_id), "%s", case_id);
	app_ask(app, form, &l->request);
}
