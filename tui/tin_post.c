/* tin_post.c owns the change that a report page makes: recorded, made into a case
 * with its plan, added to one, or a request for help; all or nothing. */
#include "tui/tin_post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/tin.h"
#include "playbooks/first_plan.h"
#include "tui/act.h"
#include "tui/case_library.h"
#include "tui/guess_fill.h"
#include "tui/places.h"
#include "tui/tin_fields.h"

struct tin_request {
	struct request request;
	struct json *values;
	char event_id[UUID_SIZE];
	char into[UUID_SIZE];
	enum tin_then then;
	struct first_plan first;
	struct tin_result result;
	tin_done_fn *done;
	tin_refused_fn *refused;
	uint64_t form;
};

static bool
record(struct tin_request *r, struct desk *desk, struct error *err)
{
	struct tin_said said = { 0 };
	struct tin_new what;

	if (r->values == NULL) {
		return true;
	}
	if (!tin_from_values(&what, r->values, desk, err)) {
		return false;
	}
	if (r->result.id[0] != '\0'
		? !tin_set(desk, r->result.id, &what, &said, err)
		: !tin_add(desk, &what, r->result.id, &said, err)) {
		return false;
	}
	snprintf(r->result.said, sizeof(r->result.said), "%s", said.unit);
	return true;
}

static bool
follow(struct tin_request *r, struct desk *desk, struct error *err)
{
	const struct library *library;
	char *how = NULL;
	bool ok = true;

	switch (r->then) {
	case TIN_KEEP:
		break;
	case TIN_CASE:
		ok = tin_open_case(desk, r->result.id, r->result.case_id, err)
			&& case_library(&library, desk, err) && first_plan_begin(&r->first, desk,
				library, r->result.case_id, NULL, err);
		break;
	case TIN_JOIN:
		memcpy(r->result.case_id, r->into, UUID_SIZE);
		ok = tin_join(desk, r->result.id, r->into, NULL, err);
		break;
	case TIN_HELP:
		ok = tin_help(desk, r->result.id, NULL, &how, err);
		snprintf(r->result.said, sizeof(r->result.said), "%s",
			how != NULL ? how : "");
		free(how);
		break;
	}
	return ok;
}

static bool
change(struct tin_request *r, struct desk *desk, struct error *err)
{
	bool ok;

	desk_set_event_id(desk, r->event_id);
	ok = change_begin(desk, err) && change_end(desk, record(r, desk, err)
		&& change_flush(desk, err) && follow(r, desk, err), err);
	desk_set_event_id(desk, NULL);
	return ok;
}

static bool
run(struct request *request, struct desk *desk, struct error *err)
{
	struct tin_request *r = (struct tin_request *)request;
	struct tin tin = { 0 };
	char given[UUID_SIZE];
	bool ok;

	memcpy(given, r->result.id, sizeof(given)); /* "": recorded anew each time */
	do {
		memcpy(r->result.id, given, sizeof(given));
		ok = change(r, desk, err);
	} while (first_plan_again(&r->first, ok));
	r->result.plan = r->first.begun;
	if (r->first.without) {
		snprintf(r->result.not_begun, sizeof(r->result.not_begun), "%s: %s",
			r->first.plan, r->first.why.message);
	}
	if (ok && tin_find(&tin, desk, r->result.id, err)) {
		snprintf(r->result.number, sizeof(r->result.number), "%s", tin.number);
	}
	tin_clear(&tin);
	return ok;
}

static void
done(struct request *request, struct app *app)
{
	struct tin_request *r = (struct tin_request *)request;

	if (request->ok) {
		r->done(app, r->form, &r->result);
	} else {
		r->refused(app, r->form, &request->err);
	}
}

static void
free_request(struct request *request)
{
	json_free(((struct tin_request *)request)->values);
	free(request);
}

void
tin_post(struct app *app, struct view *view, const struct tin_post *what)
{
	struct tin_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run, .done = done, .free = free_request,
		.always = true, .changes = true };
	r->values = what->values;
	r->then = what->then;
	r->done = what->done;
	r->refused = what->refused;
	r->form = view->id;
	snprintf(r->event_id, sizeof(r->event_id), "%s",
		what->event_id != NULL ? what->event_id : "");
	snprintf(r->into, sizeof(r->into), "%s", what->case_id != NULL ? what->case_id : "");
	snprintf(r->result.id, sizeof(r->result.id), "%s",
		what->tin_id != NULL ? what->tin_id : "");
	app_ask(app, view, &r->request);
}

void
tin_is_case(struct app *app, const struct tin_result *result)
{
	if (result->not_begun[0] != '\0') {
		app_info(app, _("%s is a case; not begun: %s"), result->number,
			result->not_begun);
	} else {
		app_info(app, result->plan ? _("%s is a case, its plan begun")
			: _("%s is a case; no plan fits it"), result->number);
	}
	place_open_case(app, result->case_id);
}

void
tin_pick_case(struct app *app, const struct guess *guess, const char *except,
	bool (*chosen)(struct app *app, void *arg, const char *case_id))
{
	if (guess->same.count > 0) {
		guess_pick_same(app, guess,
			_("the same as which case? the caller is added to it"), chosen);
	} else {
		act_pick_case(app, _("to which case does the caller belong?"), except, chosen,
			NULL, NULL);
	}
}
