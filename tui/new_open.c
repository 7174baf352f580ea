/* new_open.c owns the change that opens a case: the case, its severity, owner,
 * note, plan and who is told, all or nothing. */
#include "tui/new_open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_open.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/note.h"
#include "core/tell.h"
#include "core/when.h"
#include "playbooks/first_plan.h"
#include "tui/case_library.h"
#include "tui/number.h"

struct open_request {
	struct request request;
	struct json *values;
	struct first_plan first;
	char *join_text;
	char event_id[UUID_SIZE];
	char case_id[UUID_SIZE];
	uint64_t form;
	opened_fn *opened;
	refused_fn *refused;
};

static const char *
value(const struct open_request *o, const char *name)
{
	const char *text = json_get_text(o->values, name);

	return text != NULL ? text : "";
}

static const char *
or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static bool
open_it(struct open_request *o, struct desk *desk, struct error *err)
{
	const char *detected = value(o, "detected");
	const char *severity = value(o, "severity");
	struct case_new what = { .kind = value(o, "kind"), .title = value(o, "title"),
		.asset = or_null(value(o, "asset")), .reporter = or_null(value(o, "reporter")),
		.owner = or_null(value(o, "owner")), .detected_at = desk_now(desk),
		.severity = severity[0] == '\0' ? 0 : number_of(severity),
		.severity_reason = value(o, "reason") };

	if (detected[0] != '\0') {
		if (!when_parse(&what.detected_at, detected, WHEN_PAST, desk_now(desk),
				desk_zone(desk), err)) {
			return false;
		}
		what.detected_typed = detected;
	}
	return case_open(desk, &what, o->case_id, err);
}

static bool
then(struct open_request *o, struct desk *desk, struct error *err)
{
	const char *plan = value(o, "plan");
	struct note_new note = { .text = value(o, "note") };
	const struct library *library;

	if (note.text[0] != '\0' && !note_add(desk, o->case_id, &note, err)) {
		return false;
	}
	return plan[0] == '\0' || (case_library(&library, desk, err)
		&& first_plan_begin(&o->first, desk, library, o->case_id, plan, err));
}

/* Ticked boxes: F10 is the act that releases what the rules propose. */
static bool
tell(struct open_request *o, struct desk *desk, struct error *err)
{
	bool ok = true;

	for (const struct json *row = json_first(o->values); ok && row != NULL;
		row = json_next(row)) {
		const char *name = json_key(row);

		if (strncmp(name, "tell:", 5) == 0 && json_text(row, "")[0] != '\0') {
			ok = tell_release(desk, o->case_id, name + 5, err);
		}
	}
	return ok;
}

static bool
run_open(struct request *request, struct desk *desk, struct error *err)
{
	struct open_request *o = (struct open_request *)request;
	bool ok;

	do {
		desk_set_event_id(desk, o->event_id);
		ok = change_begin(desk, err) && change_end(desk,
			open_it(o, desk, err) && then(o, desk, err) && tell(o, desk, err), err);
		desk_set_event_id(desk, NULL);
	} while (first_plan_again(&o->first, ok));
	return ok;
}

static bool
run_join(struct request *request, struct desk *desk, struct error *err)
{
	struct open_request *o = (struct open_request *)request;
	struct note_new note = { .text = o->join_text };
	bool ok;

	desk_set_event_id(desk, o->event_id);
	ok = note_add(desk, o->case_id, &note, err);
	desk_set_event_id(desk, NULL);
	return ok;
}

static void
done_open(struct request *request, struct app *app)
{
	struct open_request *o = (struct open_request *)request;

	if (!request->ok) {
		o->refused(app, o->form, &request->err);
		return;
	}
	if (o->first.without) {
		app_info(app, _("case opened; plan %s is not begun: %s"),
			o->first.plan, o->first.why.message);
	} else {
		app_info(app, "%s", o->join_text != NULL ? _("filed as a note")
			: _("case opened"));
	}
	o->opened(app, o->form, o->case_id);
}

static void
free_open(struct request *request)
{
	struct open_request *o = (struct open_request *)request;

	json_free(o->values);
	free(o->join_text);
	free(o);
}

static struct open_request *
request_new(struct view *view, const char *event_id, opened_fn *opened,
	refused_fn *refused)
{
	struct open_request *o = xcalloc(1, sizeof(*o));

	o->request = (struct request){ .run = run_open, .done = done_open,
		.free = free_open, .always = true, .changes = true };
	o->form = view->id;
	o->opened = opened;
	o->refused = refused;
	snprintf(o->event_id, sizeof(o->event_id), "%s", event_id);
	return o;
}

void
new_open(struct app *app, struct view *view, struct json *values,
	const char *event_id, opened_fn *opened, refused_fn *refused)
{
	struct open_request *o = request_new(view, event_id, opened, refused);

	o->values = values;
	app_ask(app, view, &o->request);
}

void
new_join(struct app *app, struct view *view, const char *case_id,
	const char *text, const char *event_id, opened_fn *opened, refused_fn *refused)
{
	struct open_request *o = request_new(view, event_id, opened, refused);

	o->request.run = run_join;
	o->join_text = xstrdup(text);
	snprintf(o->case_id, sizeof(o->case_id), "%s", case_id);
	app_ask(app, view, &o->request);
}
