/* case_system.c reads whom to turn to about the system of a case: who holds its
 * account, who supplies it; it stands with the facts and at the steps that ask
 * for those people. */
#include <stdlib.h>

#include "core/asset_turn.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "tui/case_model.h"

static bool
add_row(const char *label, const char *text, void *arg)
{
	char *line = xasprintf("%s: %s", label, text != NULL ? text : _("MISSING"));
	struct case_model *model = arg;

	fact_add(model, TAB_FACTS, model->c.asset_code, line);
	free(line);
	return true;
}

static bool
at_step(struct case_model *model, struct desk *desk, struct plan_line *line,
	struct error *err)
{
	char *words, *beside;

	if (!asset_turn_line(desk, model->c.asset_id, line->turn, &words, err)) {
		return false;
	}
	beside = words[0] == '\0' ? NULL : xasprintf("%s: %s%s%s", model->c.asset_code,
		words, line->beside != NULL && line->beside[0] != '\0' ? "\n" : "",
		line->beside != NULL ? line->beside : "");
	free(words);
	if (beside != NULL) {
		free(line->beside);
		line->beside = beside;
	}
	return true;
}

bool
case_model_system(struct case_model *model, struct desk *desk, struct error *err)
{
	char *title;
	bool ok;

	if (model->c.asset_id[0] == '\0') {
		return true;
	}
	title = xasprintf(_("%s: whom to turn to"), model->c.asset_code);
	fact_heading(model, TAB_FACTS, title);
	free(title);
	ok = asset_turn_each(desk, model->c.asset_id, TURN_ACCOUNT | TURN_SUPPLIER,
		add_row, model, err);
	for (int i = 0; ok && i < model->plan_count; i++) {
		struct plan_line *line = &model->plan[i];

		ok = line->turn == 0 || line->id[0] == '\0' || line->ended_at != 0
			|| at_step(model, desk, line, err);
	}
	return ok;
}
