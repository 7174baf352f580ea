/* tin_page.c reads a recorded report and says it in labelled lines. */
#include "tui/tin_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/tin_words.h"
#include "core/when.h"
#include "core/words.h"
#include "tui/tin_fields.h"

static void
fact(struct tin_page_model *model, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0' && model->facts_count < TIN_FACTS) {
		model->facts[model->facts_count].label = xstrdup(label);
		model->facts[model->facts_count++].text = xstrdup(text);
	}
}

/* "a, b" of what is there. */
static void
fact_of(struct tin_page_model *model, const char *label, const char *a, const char *b)
{
	char *text = xasprintf("%s%s%s", a, a[0] != '\0' && b[0] != '\0' ? ", " : "", b);

	fact(model, label, text);
	free(text);
}

static void
fact_time(struct tin_page_model *model, const char *label, int64_t at, struct desk *desk,
	const char *by)
{
	char text[WHEN_SHORT_SIZE] = "";

	if (at != 0 && at != NO_DUE) {
		when_near(text, at, desk_now(desk), desk_zone(desk));
		fact_of(model, label, text, by);
	}
}

SQL(TIN_MEMBER_NAME, "t", "SELECT name FROM member WHERE login = $1");

/* Written down by his login, read by his name. */
static void
fact_verified(struct tin_page_model *model, struct desk *desk)
{
	const struct tin *tin = &model->tin;
	struct error none = ERROR_INIT;
	char *name = NULL;

	(void)db_one_text(desk_db(desk), &TIN_MEMBER_NAME, &name, &none,
		TXT(tin->verified_by));
	fact_time(model, _("Verified"), tin->verified_at, desk, name != NULL ? name
		: tin->verified_by);
	free(name);
}

static void
add_facts(struct tin_page_model *model, struct desk *desk)
{
	const struct tin *tin = &model->tin;
	char *down = tin_labels(tin_broken, tin->broken);
	char *done = tin_labels(tin_done_words, tin->done);
	char due[32] = "";

	fact(model, _("Content"), tin->what);
	fact(model, _("Unit"), tin->unit_name);
	fact_of(model, _("Caller"), tin->caller, tin->post);
	fact_of(model, _("Call back"), tin->callback, model->look.directory);
	fact_verified(model, desk);
	fact_time(model, _("Reported"), tin->reported_at, desk,
		tin_label(tin_channels, tin->channel));
	fact_time(model, _("Detected"), tin->detected_at, desk, "");
	fact(model, _("Down"), down);
	fact(model, _("Was done"), done);
	fact(model, _("Secrets?"), strcmp(tin->secret, "unknown") == 0 ? ""
		: tin_label(tin_secrets, tin->secret));
	fact_of(model, _("Kind"), tin->kind[0] != '\0' ? word_label(WORDS_KIND, tin->kind)
		: "", tin->asset);
	fact(model, _("More"), tin->note);
	if (tin->reply_by != NO_DUE) {
		when_due(due, tin->reply_by, desk_now(desk), i18n_language());
		fact_time(model, _("Answer by"), tin->reply_by, desk, due);
	}
	fact_time(model, _("Answered"), tin->replied_at, desk, tin->replied_how);
	fact(model, _("Handled by"), tin->handler_name);
	fact(model, _("Result"), tin->result);
	fact(model, _("Reason"), tin->reason);
	fact_time(model, _("Told it is over"), tin->over_told_at, desk, tin->over_told_how);
	free(down);
	free(done);
}

bool
tin_page_load(struct tin_page_model *out, struct desk *desk, const char *id,
	struct error *err)
{
	struct tin_asked asked = { 0 };

	if (!tin_find(&out->tin, desk, id, err)) {
		return false;
	}
	snprintf(asked.ask.title, sizeof(asked.ask.title), "%s", out->tin.what);
	snprintf(asked.ask.kind, sizeof(asked.ask.kind), "%s",
		out->tin.kind[0] != '\0' ? out->tin.kind : "other");
	snprintf(asked.ask.asset, sizeof(asked.ask.asset), "%.63s", out->tin.asset);
	snprintf(asked.unit, sizeof(asked.unit), "%.200s", out->tin.unit_name);
	if (!tin_look_load(&out->look, desk, &asked, err)
		|| !tin_receipt(&out->receipt, desk, &out->tin, err)) {
		return false;
	}
	out->values = tin_values(&out->tin, desk_now(desk), desk_zone(desk));
	add_facts(out, desk);
	return true;
}

void
tin_page_free(struct tin_page_model *model)
{
	for (int i = 0; i < model->facts_count; i++) {
		free(model->facts[i].label);
		free(model->facts[i].text);
	}
	tin_clear(&model->tin);
	tin_look_free(&model->look);
	free(model->receipt);
	json_free(model->values);
	*model = (struct tin_page_model){ 0 };
}
