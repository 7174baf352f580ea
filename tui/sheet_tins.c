/* sheet_tins.c owns the lists of reports: those of the desk, new ones first, then by
 * the promised answer; and the callers of a case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/tin.h"
#include "core/tin_words.h"
#include "core/when.h"
#include "tui/act.h"
#include "tui/filling.h"
#include "tui/tin_forms.h"
#include "tui/views.h"

enum { PRESET_OPEN_ONES, PRESET_PROMISED, PRESET_EVERY };

static const char *const presets[] = {
	N_("not ended"), N_("an answer is promised"), N_("all reports"), NULL,
};

#define TINS_MOST 1000

static const struct hint hints[] = {
	{ CMD_ENTER, N_("read, open a case") },
	{ CMD_NEW, NULL },
	{ CMD_JOIN, N_("add to a case") },
	{ CMD_TIN_REPLY, NULL },
	{ CMD_TIN_TAKE, NULL },
	{ CMD_TIN_HELP, NULL },
	{ CMD_TIN_DONE, NULL },
	{ CMD_TIN_CLOSE, NULL },
	{ CMD_PRESETS, NULL },
	SHEET_HINTS
};

static const struct hint case_hints[] = {
	{ CMD_ENTER, N_("read it") },
	{ CMD_TIN_REPLY, NULL },
	{ CMD_JOIN, N_("add to another case") },
	{ CMD_ALL_CLEAR, NULL },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("tin|REPORT"), 8, 0, false }, { N_("STATE"), 10, 0, false },
	{ N_("ANSWER"), 9, 0, false }, { N_("UNIT, CALLER"), 20, 60, false },
	{ N_("CONTENT"), 0, 0, false }, { N_("WHO"), 8, 70, false },
	{ N_("CALL BACK"), 14, 100, false }, { N_("AT"), 11, 110, false }, { 0 },
};

/* "TB-2026-0007" as people say it: "TB-7" of this year. */
static void
short_number(char *out, size_t size, const struct tin *tin)
{
	snprintf(out, size, "%sTB-%lld", tin->drill ? "D-" : "", (long long)tin->serial);
}

static char *
all_of(const struct tin *tin)
{
	char *down = tin_labels(tin_broken, tin->broken);
	char *done = tin_labels(tin_done_words, tin->done);
	char *text = xasprintf("%s\n%s %s, %s, %s\n%s: %s\n%s: %s\n%s: %s\n%s %s %s %s",
		tin->what, tin->unit_name, tin->caller, tin->post, tin->callback,
		_("Down"), down, _("Was done"), done, _("Secrets?"),
		tin_label(tin_secrets, tin->secret), tin->note, tin->result, tin->reason,
		tin->replied_how);

	free(down);
	free(done);
	return text;
}

/* Among the callers of one case its number says nothing: who has his answer does. */
static const char *
state_text(const struct filling *f, const struct tin *tin)
{
	if (strcmp(tin->state, "joined") != 0) {
		return tin_label(tin_states, tin->state);
	}
	if (strcmp(f->page->about, tin->case_id) != 0) {
		return tin->case_number;
	}
	return tin->reply_by != NO_DUE ? _("waiting")
		: tin->replied_at > 0 || tin->over_told_at > 0 ? _("answered") : "";
}

static void
fill(struct filling *f, struct table_row *row, const struct tin *tin)
{
	int64_t now = desk_now(f->desk);
	bool late = tin->reply_by < now;
	char number[24], due[32] = "";
	char *who = xasprintf("%s%s%s", tin->unit_name,
		tin->unit_name[0] != '\0' && tin->caller[0] != '\0' ? ", " : "", tin->caller);

	short_number(number, sizeof(number), tin);
	if (tin->reply_by != NO_DUE) {
		when_due(due, tin->reply_by, now, i18n_language());
	}
	table_cell(row, 0, number);
	table_cell(row, 1, state_text(f, tin));
	table_cell(row, 2, due);
	table_cell(row, 3, who);
	table_cell(row, 4, tin->what);
	table_cell(row, 5, tin->handler_name[0] != '\0' ? fold_given_name(tin->handler_name)
		: tin->handler);
	table_cell(row, 6, tin->callback);
	filling_when(f, row, 7, tin->reported_at);
	row->signs = late ? 2 : strcmp(tin->state, "new") == 0 ? 1 : 0;
	row->style = late ? ST_LATE : row->signs == 1 ? ST_STRONG : ST_TEXT;
	row->text = all_of(tin);
	memcpy(row->case_id, tin->case_id, sizeof(row->case_id));
	free(who);
}

static bool
add_row(const struct tin *tin, void *arg)
{
	struct filling *f = arg;
	struct table_row *row = table_add(f->out, tin->id, tin->number, tin->state);

	fill(f, row, tin);
	f->count++;
	f->pressing += tin->reply_by != NO_DUE;
	return page_take(f->out, f->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct tin_filter filter = { .open = page->preset == PRESET_OPEN_ONES,
		.promised = page->preset == PRESET_PROMISED, .limit = TINS_MOST };
	struct filling f = { .out = out, .page = page, .desk = desk };
	int64_t untaken, overdue;

	return tin_each(desk, &filter, add_row, &f, err)
		&& tin_count(desk, &untaken, &overdue, err)
		&& filling_counts(&f, _("%lld new, %lld answers overdue"), (long long)untaken,
			(long long)overdue);
}

static bool
load_callers(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct tin_filter filter = { .case_id = page->about, .limit = TINS_MOST };
	struct filling f = { .out = out, .page = page, .desk = desk };

	return tin_each(desk, &filter, add_row, &f, err)
		&& filling_counts(&f, _("callers %d, promised an answer %d"), f.count,
			f.pressing);
}

/* ---- acts ---- */

static void
read_row(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	if (count > 0) {
		open_tin_page(app, rows[0]->id);
	}
}

static bool
run_join(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return tin_join(desk, ref->id, form_word(values, "case"), NULL, err);
}

struct joining {
	struct case_ref *refs;
	int count;
	bool moves; /* one of them is in a case already */
	uint64_t view_id;
};

static void
free_joining(void *arg)
{
	struct joining *j = arg;

	free(j->refs);
	free(j);
}

static bool
join_chosen(struct app *app, void *arg, const char *case_id)
{
	struct joining *j = arg;
	struct view *view = app_view(app, j->view_id);
	struct json *values;

	if (view != NULL) {
		list_unmark_all(&((struct browse *)view)->list);
	}
	if (j->moves) {
		for (int i = 0; i < j->count; i++) {
			snprintf(j->refs[i].item, sizeof(j->refs[i].item), "%s", case_id);
		}
		form_open(app, &tin_move_form, j->refs, j->count, NULL);
		return true;
	}
	values = json_object();
	json_set_text(values, "case", case_id);
	act_post(app, &(struct act_call){ .run = run_join, .said = N_("%s added to the case"),
		.refs = j->refs, .count = j->count, .values = values });
	return true;
}

static void
join(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct joining *j;

	if (count == 0) {
		return;
	}
	j = xcalloc(1, sizeof(*j));
	j->view_id = view->browse.view.id;
	j->refs = xcalloc((size_t)count, sizeof(*j->refs));
	j->count = count;
	for (int i = 0; i < count; i++) {
		sheet_ref(&j->refs[i], rows[i]);
		j->moves |= strcmp(rows[i]->state, "joined") == 0;
	}
	act_pick_case(app, _("to which case do they belong?"), rows[0]->case_id, join_chosen, j,
		free_joining);
}

static const char *
refuse_ended(const struct table_row *row)
{
	return strcmp(row->state, "joined") == 0 ? N_("it is in a case: work there")
		: strcmp(row->state, "closed") == 0 ? N_("it is closed") : NULL;
}

static const char *
refuse_not_help(const struct table_row *row)
{
	return strcmp(row->state, "help") == 0 ? NULL : N_("no help was asked for");
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = read_row },
	{ .command = CMD_JOIN, .run = join, .bulk = true },
	{ .command = CMD_TIN_TAKE, .form = &tin_take_form, .bulk = true },
	{ .command = CMD_TIN_REPLY, .form = &tin_reply_form, .bulk = true },
	{ .command = CMD_TIN_HELP, .form = &tin_help_form, .refuse = refuse_ended },
	{ .command = CMD_TIN_DONE, .form = &tin_done_form, .refuse = refuse_not_help },
	{ .command = CMD_TIN_CLOSE, .form = &tin_close_form, .refuse = refuse_ended,
		.bulk = true },
	{ .command = CMD_NONE },
};

static const struct sheet_act case_acts[] = {
	{ .command = CMD_ENTER, .run = read_row },
	{ .command = CMD_JOIN, .run = join, .bulk = true },
	{ .command = CMD_TIN_REPLY, .form = &tin_reply_form, .bulk = true },
	{ .command = CMD_NONE },
};

const struct sheet tins_sheet = {
	.ops = SHEET_OPS("reports", hints),
	.title = N_("REPORTS"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("no report; F7 takes one") },
	.acts = acts,
	.presets = presets,
};

const struct sheet callers_sheet = {
	.ops = SHEET_OPS("callers", case_hints),
	.title = N_("CALLERS"),
	.source = { .columns = columns, .load = load_callers, .whole = true, .of_case = true,
		.empty = N_("nobody called about this case") },
	.acts = case_acts,
};
