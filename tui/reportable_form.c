/* reportable_form.c owns the question whether a case is reportable: nothing is
 * chosen before the person does, and what hangs on the answer stands above it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_set.h"
#include "core/deadline.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/model.h"
#include "tui/views.h"

static const struct word answers[] = {
	{ "yes", N_("yes: these reports must be sent") },
	{ "no", N_("no: the clocks stop; a coordinator decides") },
	{ "unknown", N_("unknown: the clocks run, asked again in an hour") },
	{ NULL, NULL },
};

static const struct form_line lines[] = {
	{ .name = "clocks", .label = "", .kind = FIELD_LABEL },
	{ .name = "reportable", .label = N_("Reportable"), .kind = FIELD_CHOICE,
		.required = true, .words = answers },
	{ .name = "reason", .label = N_("Reason"), .kind = FIELD_AREA, .required = true },
	{ .name = NULL },
};

/* ---- which clocks ---- */

struct clocks_request {
	struct request request;
	char case_id[UUID_SIZE];
	int64_t now;
	bool runs;        /* a lawful one does: a responder cannot say no */
	struct buf names; /* "Initial notice, 24 hours in 49m; ..." */
};

/* Those that run, and those that only "not reportable" stopped. */
static bool
add_clock(const struct deadline *d, void *arg)
{
	struct clocks_request *c = arg;
	bool running = strcmp(d->state, "running") == 0;
	bool waits = strcmp(d->state, "stopped") == 0
		&& strncmp(d->reason, "reportable=", 11) == 0;
	char due[32];

	if (!d->lawful || (!running && !waits)) {
		return true;
	}
	when_due(due, d->due_at, c->now, i18n_language());
	buf_addf(&c->names, "%s%s %s", c->names.len > 0 ? "; " : "", deadline_title(d),
		d->due_at == NO_DUE ? "" : due);
	c->runs = c->runs || running;
	return true;
}

static bool
run_clocks(struct request *request, struct desk *desk, struct error *err)
{
	struct clocks_request *c = (struct clocks_request *)request;

	c->now = desk_now(desk);
	return deadline_each(desk, c->case_id, true, add_clock, c, err);
}

/* What he may not answer is not offered: "no" with it went after the reason. */
static void
leave_no_out(struct field *field)
{
	char *value = xstrdup(field_value(field));

	field_clear_choices(field);
	for (const struct word *w = answers; w->word != NULL; w++) {
		if (strcmp(w->word, "no") != 0) {
			field_add_choice(field, w->word, _(w->label));
		}
	}
	field_set(field, value);
	free(value);
}

static void
done_clocks(struct request *request, struct app *app)
{
	struct clocks_request *c = (struct clocks_request *)request;
	struct view *view = app_view(app, request->view_id);
	bool denied = c->runs && app_summary(app)->me.role < act_rows[ACT_DEADLINE].least;

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	form_label(view, "clocks", c->names.len > 0
		? xasprintf(_("Clocks: %s.%s"), buf_text(&c->names), denied
			? _(" No: only a coordinator.") : "")
		: xstrdup(_("No clock runs yet: the rules look at severity and kind, too.")));
	if (denied) {
		leave_no_out(form_field(ask_form_fields(view), "reportable"));
	}
	app_dirty_now(app);
}

static void
free_clocks(struct request *request)
{
	buf_free(&((struct clocks_request *)request)->names);
	free(request);
}

static void
fill(struct app *app, struct view *form, const struct table_row *row)
{
	struct clocks_request *c = xcalloc(1, sizeof(*c));
	const char *id = form_value(ask_form_fields(form), "ref.case");

	(void)row;
	c->request = (struct request){ .run = run_clocks, .done = done_clocks,
		.free = free_clocks };
	(void)snprintf(c->case_id, sizeof(c->case_id), "%s", id);
	app_ask(app, form, &c->request);
}

static bool
run(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return reportable_decide(desk, ref->case_id, form_word(values, "reportable"),
		form_word(values, "reason"), err);
}

const struct sheet_form reportable_form = { .draft = "reportable",
	.title = N_("reportable by law?"), .lines = lines, .focus = "reportable",
	.fill = fill, .run = run, .said = N_("%s: decided, with your name") };
