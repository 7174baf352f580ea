/* print_ticks.c owns the lists of a case's steps on paper: what is ticked, by whom
 * and when, and what is not, so that the work goes on where the screen left it. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/when.h"
#include "playbooks/check.h"
#include "playbooks/print_private.h"

/* "[x] 02:31 TTDL-DB  máy chủ CSDL 12 phút  Lê Minh Tuấn" */
static void
put_line(struct printing *p, const struct check_list *list, const struct point *row)
{
	char when[WHEN_SHORT_SIZE] = "___________";
	bool ticked = check_line_ticked(list, row);
	struct buf text = { 0 };
	char *first;

	if (row->ticked_at != 0) {
		when_near(when, row->ticked_at, p->now, desk_zone(p->desk));
	}
	buf_addf(&text, "%s", row->name);
	for (int i = 0; i < json_count(list->columns); i++) {
		char *cell = check_list_cell(list, row, i, p->desk);

		if (cell[0] != '\0' && strcmp(cell, row->name) != 0) {
			buf_addf(&text, " · %s", cell);
		}
		free(cell);
	}
	if (row->ticked_by[0] != '\0') {
		buf_addf(&text, " · %s", PERSON(p->desk, row->ticked_by));
	} else if (!ticked) {
		buf_addf(&text, " %s", _("Name ________"));
	}
	first = xasprintf("  %s %-11s %2d ", ticked ? "[x]" : "[ ]", when, row->n);
	print_wrap(p, PRINT_FORM, first, buf_text(&text));
	free(first);
	buf_free(&text);
}

static bool
put_list(struct printing *p, const struct check_step *step, struct error *err)
{
	struct check_list list;
	bool ok = check_list_load(&list, p->desk, step, err);
	char *lack = ok ? check_list_lack(&list) : NULL;

	if (ok && (list.rows.count > 0 || lack != NULL)) {
		char *title = xasprintf(_("LIST OF STEP %d: %s (%d of %d)"), step->n, step->name,
			list.ticked, list.rows.count);

		print_rule(p, title);
		free(title);
	}
	if (lack != NULL) {
		print_wrap(p, PRINT_TEXT, "  ", lack);
		free(lack);
	}
	for (int i = 0; ok && i < list.rows.count; i++) {
		put_line(p, &list, &list.rows.rows[i]);
	}
	check_list_clear(&list);
	return ok;
}

bool
print_ticks(struct printing *p, const char *case_id, const struct case_runs *runs,
	struct error *err)
{
	for (int i = 0; i < runs->count; i++) {
		const struct case_run *run = &runs->list[i];

		for (int n = 1; n <= run_instance_count(run->run); n++) {
			const struct instance *instance = run_instance(run->run, n);
			struct check_step step;

			if (instance->is_branch) {
				continue;
			}
			step = check_step_of(case_id, run, instance);
			if (step.spec != NULL && !put_list(p, &step, err)) {
				return false;
			}
		}
	}
	return true;
}

bool
runs_reached(const struct case_runs *runs, const char *source)
{
	for (int i = 0; i < runs->count; i++) {
		const struct case_run *run = &runs->list[i];

		for (int n = 1; n <= run_instance_count(run->run); n++) {
			const struct instance *instance = run_instance(run->run, n);
			const struct json *list = instance->is_branch ? NULL : json_get(
				playbook_step(run->playbook, instance->step)->ext, "checklist");
			const char *of = json_get_text(list, "source");
			const char *group = json_get_text(list, "group");

			/* A part of the order is not the order. */
			if (of != NULL && strcmp(of, source) == 0 &&
			    (group == NULL || strcmp(group, "all") == 0)) {
				return true;
			}
		}
	}
	return false;
}
