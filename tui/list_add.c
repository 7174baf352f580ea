/* list_add.c owns the form for lines that people type into the list of a step; it
 * begins with what was typed into a list of the case before. */
#include "tui/list_add.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/views.h"

SQL(CASE_OF_STEP, "t", "SELECT case_id FROM step_instance WHERE id = $1");

bool
list_step_open(struct step_list *out, char **case_id, struct desk *desk, const char *instance,
	struct error *err)
{
	*case_id = NULL;
	if (!db_one_text(desk_db(desk), &CASE_OF_STEP, case_id, err, TXT(instance))) {
		return false;
	}
	return *case_id != NULL ? step_list_open(out, desk, *case_id, instance, err)
		: error_set(err, ERR_NOT_FOUND,
			_("this step is gone: its opening was undone"));
}

static const struct form_line lines[] = {
	{ .name = "names", .label = N_("Lines"), .kind = FIELD_AREA,
		.list = true, .rows = 8,
		.required = true, .help = N_("one a line") },
	{ .name = NULL },
};

static bool
add_names(struct desk *desk, const char *instance, const struct point_lines *names,
	struct error *err)
{
	struct step_list step;
	char *case_id;
	int added = 0;
	bool ok;

	if (!list_step_open(&step, &case_id, desk, instance, err)) {
		free(case_id);
		return false;
	}
	ok = check_list_add(desk, &step.step, names, &added, err) && (added > 0 ||
		error_set(err, ERR_REFUSED, _("all of them are in the list already")));
	step_list_close(&step);
	free(case_id);
	return ok;
}

static bool
run_add(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *typed = form_word(values, "names");
	struct point_lines names = { 0 };
	bool ok = point_lines_read(&names, typed, strlen(typed), err)
		&& add_names(desk, ref->id, &names, err);

	point_lines_clear(&names);
	return ok;
}

/* ---- what was typed before ---- */

struct before_request {
	struct request request;
	char instance[UUID_SIZE];
	struct buf names;
};

static bool
run_before(struct request *request, struct desk *desk, struct error *err)
{
	struct before_request *b = (struct before_request *)request;
	struct step_list step;
	char *case_id;
	bool ok = list_step_open(&step, &case_id, desk, b->instance, err);

	if (ok) {
		ok = check_list_before(&b->names, desk, &step.step, err);
		step_list_close(&step);
	}
	free(case_id);
	return ok;
}

static void
done_before(struct request *request, struct app *app)
{
	struct before_request *b = (struct before_request *)request;
	struct view *view = app_view(app, request->view_id);
	struct field *field = form_field(ask_form_fields(view), "names");

	if (!request->ok) {
		app_error(app, &request->err);
	} else if (b->names.len > 0 && field_value(field)[0] == '\0') {
		field_set(field, buf_text(&b->names));
		app_dirty_now(app);
	}
}

static void
free_before(struct request *request)
{
	buf_free(&((struct before_request *)request)->names);
	free(request);
}

static void
fill(struct app *app, struct view *form, const struct table_row *row)
{
	struct before_request *b = xcalloc(1, sizeof(*b));

	(void)row;
	b->request = (struct request){ .run = run_before, .done = done_before,
		.free = free_before };
	(void)snprintf(b->instance, sizeof(b->instance), "%s", app_base(app)->about);
	app_ask(app, form, &b->request);
}

static const struct sheet_form add_form = { .title = N_("add lines"), .lines = lines,
	.fill = fill, .run = run_add, .said = N_("added to the list of %s") };

void
list_add(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	/* The counts of the head end in the step: "3/4  step 5 ...". */
	const char *step = strstr(view->browse.rows.head.counts, "  ");
	struct case_ref ref = { 0 };

	(void)rows;
	(void)count;
	if ((app_have(app) & NEED_WRITE) == 0) {
		app_info(app, "%s", _("opened for reading only, or a viewer's role"));
		return;
	}
	memcpy(ref.id, view->browse.view.about, sizeof(ref.id));
	snprintf(ref.title, sizeof(ref.title), "%s", step != NULL ? step + 2 : "");
	snprintf(ref.number, sizeof(ref.number), "%s", _("the step"));
	form_open(app, &add_form, &ref, 1, NULL);
}
