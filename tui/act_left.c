/* act_left.c says in the form that closes a case who was not told yet that it is
 * over: a word, no wall. */
#include "tui/act_left.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/all_clear.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"

struct left_request {
	struct request request;
	char case_id[UUID_SIZE];
	bool left;
};

static bool
run_left(struct request *request, struct desk *desk, struct error *err)
{
	struct left_request *l = (struct left_request *)request;

	return all_clear_left(desk, l->case_id, &l->left, err);
}

static void
done_left(struct request *request, struct app *app)
{
	const struct left_request *l = (struct left_request *)request;
	struct view *view = app_view(app, request->view_id);

	if (!request->ok) {
		app_error(app, &request->err);
	} else if (l->left) {
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
