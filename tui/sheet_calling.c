/* sheet_calling.c owns who has the telephone in his hand: others see it from now
 * on, until the call is recorded or the form is left. */
#include <stdlib.h>

#include "core/call.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/sheet_hand.h"

/* Others see from now on that somebody calls; he sees whether another does. */
struct begin_request {
	struct request request;
	struct case_ref ref;
	char *who;
	int64_t since;
};

static bool
run_begin(struct request *request, struct desk *desk, struct error *err)
{
	struct begin_request *r = (struct begin_request *)request;
	struct callee to = { 0 };
	struct error unseen = ERROR_INIT;
	bool ok = callee_find(&to, desk, r->ref.case_id, r->ref.item, err) &&
		call_under_way(desk, r->ref.case_id, to.id, &r->who, &r->since, err);

	if (ok && r->who == NULL) {
		/* A full disk must not stop a telephone call. */
		(void)call_began(desk, r->ref.case_id, to.id, &unseen);
	}
	callee_clear(&to);
	return ok;
}

static void
open_form(struct app *app, const struct case_ref *ref)
{
	form_open(app, &call_form, ref, 1, NULL);
}

static bool
call_too(struct app *app, void *arg)
{
	open_form(app, arg);
	return true;
}

static void
done_begin(struct request *request, struct app *app)
{
	struct begin_request *r = (struct begin_request *)request;
	char clock[WHEN_SHORT_SIZE];
	struct case_ref *ref;
	char *text;

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	if (r->who == NULL) {
		open_form(app, &r->ref);
		return;
	}
	when_clock(clock, r->since, app_screen(app)->zone);
	text = xasprintf(_("%s has been calling them since %s."), r->who, clock);
	ref = xcalloc(1, sizeof(*ref));
	*ref = r->ref;
	ask_confirm(app, &(struct confirm){ .title = r->ref.title, .text = text,
		.yes = _("I called them too"), .done = call_too, .arg = ref,
		.free_arg = free });
	free(text);
}

static void
free_begin(struct request *request)
{
	free(((struct begin_request *)request)->who);
	free(request);
}

void
call_open(struct app *app, struct view *view, const struct case_ref *ref)
{
	struct begin_request *r;

	if ((app_have(app) & NEED_WRITE) == 0) {
		app_info(app, "%s", _("opened for reading only, or a viewer's role"));
		return;
	}
	r = xcalloc(1, sizeof(*r));
	r->request = (struct request){ .run = run_begin, .done = done_begin,
		.free = free_begin, .opens = true };
	r->ref = *ref;
	app_ask(app, view, &r->request);
}

/* ---- nobody was called after all ---- */

static bool
run_left(struct request *request, struct desk *desk, struct error *err)
{
	struct begin_request *r = (struct begin_request *)request;
	struct callee to = { 0 };
	bool ok = callee_find(&to, desk, r->ref.case_id, r->ref.item, err) &&
		call_not_made(desk, r->ref.case_id, to.id, err);

	callee_clear(&to);
	return ok;
}

/* It ends by itself in some minutes where this fails: nothing to say. */
static void
done_left(struct request *request, struct app *app)
{
	(void)request;
	app_reload(app, app_base(app));
}

void
call_left(struct app *app, const struct case_ref *ref)
{
	struct begin_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_left, .done = done_left,
		.free = free_begin };
	r->ref = *ref;
	app_ask(app, NULL, &r->request);
}
