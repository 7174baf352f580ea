/* sheet_vars.c owns the screen of the variables of a case's plans: what each is, who
 * set it when, and what it was before. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/case_runs.h"
#include "playbooks/run_vars.h"
#include "playbooks/value.h"
#include "tui/filling.h"
#include "tui/views.h"

enum { VAR_PLAN, VAR_QUESTION, VAR_VALUE, VAR_AT, VAR_BY, VAR_STEP, VAR_TYPE };

static const struct table_column columns[] = {
	[VAR_PLAN] = { N_("PLAN"), 8, 60, false, 10 },
	[VAR_QUESTION] = { N_("WHAT IS KNOWN"), 0, 0, false },
	[VAR_VALUE] = { N_("VALUE"), 20, 0, false, 26 },
	[VAR_AT] = { N_("SINCE"), 11, 0, false },
	[VAR_BY] = { N_("RECORDED BY"), 12, 70, false, 14 },
	[VAR_STEP] = { N_("STEP"), 5, 0, true },
	[VAR_TYPE] = { N_("TYPE"), 9, 110, false },
	{ 0 },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("all its values") },
	SHEET_HINTS
};

/* Yes and no as the form that asked them wrote them. */
static const char *
value_words(const struct run_var *var, const char *value, bool unknown)
{
	if (unknown) {
		return _("not known");
	}
	if (value != NULL && strcmp(var->type, "bool") == 0) {
		return value_compare("bool", value, "true") == 0 ? _("yes") : _("no");
	}
	return value != NULL ? value : "-";
}

/* Newest first, with the step that asked. */
static char *
history(const struct filling *f, const struct case_run *run, const struct run_var *var)
{
	struct buf out = { 0 };

	buf_addf(&out, "%s\n%s  (%s)\n", var->question != NULL ? var->question
		: bare_name(var->name).text, bare_name(var->name).text, var->type);
	for (int i = var->count - 1; i >= 0; i--) {
		const struct run_reading *one = &var->readings[i];
		const struct step *step = one->instance == NULL ? NULL
			: playbook_step(run->playbook, one->instance->step);
		char at[WHEN_SHORT_SIZE];

		when_near(at, one->set_at, desk_now(f->desk), desk_zone(f->desk));
		buf_addf(&out, "%s  %s  %s", at,
			value_words(var, one->value, one->unknown),
			PERSON(f->desk, one->set_by));
		if (step != NULL) {
			buf_addf(&out, "  %d %s", step->n, step->name);
		}
		buf_addc(&out, '\n');
	}
	if (var->count == 0) {
		buf_addf(&out, "%s\n", var->value != NULL ? _("a value of the plan itself")
			: _("not asked yet"));
	}
	if (var->secret) {
		buf_addf(&out, "%s\n", _("a secret: nobody is shown it"));
	}
	return buf_take(&out);
}

static void
fill_value(const struct filling *f, struct table_row *row, const struct case_run *run,
	const struct run_var *var)
{
	const struct run_reading *last = run_var_last(var);
	char n[12] = "";

	table_cell(row, VAR_VALUE, last == NULL && var->value == NULL ? NULL
		: var->label != NULL ? var->label
		: value_words(var, var->value, var->unknown));
	if (last == NULL) {
		row->style = ST_HINT;
		table_cell(row, VAR_BY, var->value != NULL ? _("the plan") : NULL);
		return;
	}
	if (last->instance != NULL) {
		snprintf(n, sizeof(n), "%d",
			playbook_step(run->playbook, last->instance->step)->n);
	}
	filling_when(f, row, VAR_AT, last->set_at);
	table_cell(row, VAR_BY, PERSON(f->desk, last->set_by));
	table_cell(row, VAR_STEP, n);
}

static bool
add_row(struct filling *f, const struct case_run *run, const struct run_var *var,
	int position)
{
	struct table_row *row;
	char key[80], id[UUID_SIZE];

	snprintf(key, sizeof(key), "%03d/%04d", run->n, position);
	snprintf(id, sizeof(id), "%d/%d", run->n, position);
	row = table_add(f->out, id, key, var->count > 0 ? "set" : "unset");
	memcpy(row->case_id, f->page->about, UUID_SIZE);
	table_cell(row, VAR_PLAN, run->code[0] != '\0' ? run->code : run->name);
	table_cell(row, VAR_QUESTION, var->question != NULL ? var->question
		: bare_name(var->name).text);
	table_cell(row, VAR_TYPE, var->type);
	fill_value(f, row, run, var);
	row->about = var->value != NULL ? xstrdup(var->value) : NULL;
	row->text = history(f, run, var);
	f->count += var->count > 0;
	f->pressing += 1;
	return page_take(f->out, f->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct filling f = { .out = out, .page = page, .desk = desk };
	struct case_runs runs;
	bool more = true;

	if (!case_runs_load(&runs, desk, page->about, err)) {
		return false;
	}
	for (int r = 0; r < runs.count; r++) {
		struct run_vars vars;

		run_vars_of(&vars, runs.list[r].run);
		for (int i = 0; more && i < vars.count; i++) {
			more = add_row(&f, &runs.list[r], &vars.list[i], i);
		}
		run_vars_finish(&vars);
	}
	case_runs_finish(&runs);
	return filling_counts(&f, _("%d of %d known"), f.count, f.pressing);
}

static void
copy_value(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	(void)app_copy(app, rows[0]->about != NULL ? rows[0]->about : "");
}

static const struct sheet_act acts[] = {
	{ .command = CMD_COPY, .run = copy_value },
	{ .command = CMD_NONE },
};

const struct sheet vars_sheet = {
	.ops = SHEET_OPS("variables", hints),
	.title = N_("WHAT THE PLANS KNOW"),
	.source = { .columns = columns, .load = load, .whole = true, .of_case = true,
		.empty = N_("no plan has begun, or it asks nothing") },
	.acts = acts,
};
