/* check.c owns the way from a step of a plan to its list of lines to tick. */
#include "playbooks/check.h"

#include "core/i18n.h"

struct check_step
check_step_of(const char *case_id, const struct case_run *run,
	const struct instance *instance)
{
	const struct step *step = playbook_step(run->playbook, instance->step);

	return (struct check_step){
		.case_id = case_id, .run_id = run->id, .instance = instance->id,
		.n = step->n, .name = step->name,
		.spec = step->checklist,
		.open = run_is_open(run->run) && instance->ended_at == 0,
	};
}

bool
step_list_open(struct step_list *out, struct desk *desk, const char *case_id,
	const char *spec, struct error *err)
{
	const struct instance *instance = NULL;
	struct case_run *run = NULL;

	*out = (struct step_list){ 0 };
	if (!case_runs_load(&out->runs, desk, case_id, err)) {
		return false;
	}
	if (!case_runs_find(&run, &instance, &out->runs, spec, err)) {
		step_list_close(out);
		return false;
	}
	out->step = check_step_of(case_id, run, instance);
	if (out->step.spec == NULL) {
		error_set(err, ERR_REFUSED, _("step \"%s\" has no list to tick"),
			out->step.name);
		step_list_close(out);
		return false;
	}
	return true;
}

void
step_list_close(struct step_list *list)
{
	case_runs_finish(&list->runs);
	*list = (struct step_list){ 0 };
}

bool
check_before_done(int *ticked, int *total, struct desk *desk,
	const struct check_step *step, const char *note, struct error *err)
{
	struct check_list list;

	*ticked = *total = 0;
	if (step->spec == NULL) {
		return true;
	}
	if (!check_list_load(&list, desk, step, err)) {
		check_list_clear(&list);
		return false;
	}
	*ticked = list.ticked;
	*total = list.rows.count;
	/* Who is not found is not hit: nothing is left. */
	if (list.finds && list.places.count > 0) {
		*total = *ticked;
	}
	check_list_clear(&list);
	return *ticked >= *total || (note != NULL && note[0] != '\0')
		|| error_set(err, ERR_REFUSED, _("step \"%s\": %d of %d lines are not"
			" ticked: tick them, or say why in the note"), step->name,
			*total - *ticked, *total);
}
