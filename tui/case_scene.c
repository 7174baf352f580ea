/* case_scene.c reads what must be known before anybody touches anything: scenes
 * that the police want kept, work done on the system in the last day. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/hold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/planned.h"
#include "tui/case_model.h"

static bool
add_hold(const struct hold *hold, void *arg)
{
	struct case_model *model = arg;
	char *words = hold_words(hold);
	char *text = xasprintf("%s%s%s", words, hold->what[0] != '\0' ? ": " : "",
		hold->what);

	if (model->scene == NULL) {
		fact_heading(model, TAB_FACTS, _("KEEP THE SCENE"));
		model->scene = xstrdup(words);
	}
	fact_add(model, TAB_FACTS, hold->case_id[0] != '\0' ? _("Case") : hold->asset,
		text);
	free(words);
	free(text);
	return true;
}

struct changes {
	struct case_model *model;
	struct desk *desk;
};

static bool
add_change(const struct planned *work, void *arg)
{
	struct changes *c = arg;
	char *text = planned_words(work, desk_now(c->desk), desk_zone(c->desk));

	if (c->model->changed == NULL) {
		fact_heading(c->model, TAB_FACTS, _("changed in the last 24 hours"));
		c->model->changed = xasprintf("%s %s", work->asset, work->what);
	}
	fact_add(c->model, TAB_FACTS, work->asset, text);
	free(text);
	return true;
}

/* Steps that alter the scene say by themselves that they wait. */
static void
block_steps(struct case_model *model)
{
	for (int i = 0; i < model->plan_count; i++) {
		struct plan_line *line = &model->plan[i];
		char *beside;

		line->blocked = line->alters && model->scene != NULL;
		if (!line->blocked) {
			continue;
		}
		beside = xasprintf("%s: %s\n%s", _("KEEP THE SCENE"), model->scene,
			line->beside != NULL ? line->beside : "");
		free(line->beside);
		line->beside = beside;
	}
}

SQL(SCENE_ASSET_STATE, "t", "SELECT state FROM asset WHERE id = $1");

/* "Running without standby" stands at the case until it is back. */
static bool
read_state(struct case_model *model, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &SCENE_ASSET_STATE,
		TXT(model->c.asset_id));

	if (stmt_row(st)) {
		snprintf(model->asset_state, sizeof(model->asset_state), "%s",
			stmt_text(st, 0));
	}
	return stmt_done(st, err);
}

bool
case_model_scene(struct case_model *model, struct desk *desk, struct error *err)
{
	const struct ir_case *c = &model->c;
	struct changes changes = { model, desk };

	if (!read_state(model, desk, err)
		|| !hold_each(desk, c->id, true, add_hold, model, err)
		|| !planned_near(desk, c->asset_id, c->detected_at != 0 ? c->detected_at
			: c->opened_at, add_change, &changes, err)) {
		return false;
	}
	block_steps(model);
	return true;
}
