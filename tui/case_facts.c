/* case_facts.c reads the tabs of a case that are lists: facts, files, people,
 * messages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/evidence_item.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/observable.h"
#include "core/text.h"
#include "core/tin.h"
#include "core/when.h"
#include "core/words.h"
#include "tui/case_model.h"
#include "tui/case_rows.h"
#include "tui/depends.h"

static void
fact_time(struct case_model *model, struct desk *desk, const char *label,
	int64_t at)
{
	char text[WHEN_SHORT_SIZE];

	if (at > 0) {
		when_full(text, at, desk_zone(desk));
		fact_add(model, TAB_FACTS, label, text);
	}
}

static void
fact_some(struct case_model *model, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0') {
		fact_add(model, TAB_FACTS, label, text);
	}
}

static void
severity_fact(struct case_model *model)
{
	const struct ir_case *c = &model->c;
	char number[8];
	char *text;

	snprintf(number, sizeof(number), "%d", case_severity(c));
	if (c->severity > 0) {
		text = xasprintf("%d %s", c->severity, word_label(WORDS_SEVERITY, number));
	} else if (c->severity_suggested > 0) {
		text = xasprintf(_("not decided; suggested %d %s by rule %s"),
			c->severity_suggested, word_label(WORDS_SEVERITY, number),
			c->severity_rule != NULL ? c->severity_rule : "");
	} else {
		text = xstrdup(_("not decided; no rule fits"));
	}
	fact_add(model, TAB_FACTS, _("Severity"), text);
	free(text);
}

static void
case_facts(struct case_model *model, struct desk *desk)
{
	const struct ir_case *c = &model->c;

	fact_add(model, TAB_FACTS, _("Number"), c->number);
	fact_add(model, TAB_FACTS, _("Title"), c->title);
	fact_add(model, TAB_FACTS, _("Status"), word_label(WORDS_STATUS, c->status));
	severity_fact(model);
	fact_add(model, TAB_FACTS, _("Kind"), word_label(WORDS_KIND, c->kind));
	fact_some(model, _("Category"), c->category);
	fact_add(model, TAB_FACTS, _("Owner"),
		c->owner_name != NULL && c->owner_name[0] != '\0' ? c->owner_name
		: _("NOBODY"));
	fact_some(model, _("Asset"), c->asset_name);
	fact_some(model, _("Reported by"), c->reporter);
	fact_add(model, TAB_FACTS, _("Reportable"),
		word_label(WORDS_REPORTABLE, c->reportable));
	fact_add(model, TAB_FACTS, _("Personal data"),
		word_label(WORDS_REPORTABLE, c->personal_data));
	fact_add(model, TAB_FACTS, "TLP", word_label(WORDS_TLP, c->tlp));
	fact_add(model, TAB_FACTS, "PAP", word_label(WORDS_PAP, c->pap));
	fact_time(model, desk, _("Occurred"), c->occurred_at);
	fact_time(model, desk, _("Detected"), c->detected_at);
	fact_time(model, desk, _("Opened"), c->opened_at);
	fact_time(model, desk, _("Acknowledged"), c->acknowledged_at);
	fact_time(model, desk, _("Contained"), c->contained_at);
	fact_time(model, desk, _("Recovered"), c->recovered_at);
	fact_time(model, desk, _("Closed"), c->closed_at);
	fact_some(model, _("Cause"), c->cause);
	fact_some(model, _("Result"), c->result);
	fact_some(model, _("Lessons"), c->lessons);
}

/* What stands on the asset, documented or only assumed, and its standby. */
static bool
dependants(struct case_model *model, struct desk *desk, struct error *err)
{
	struct json *rows = NULL;

	if (model->c.asset_id[0] == '\0') {
		return true;
	}
	if (!asset_dependants(desk, model->c.asset_code, &rows, err)) {
		return false;
	}
	if (json_count(rows) > 0) {
		fact_heading(model, TAB_FACTS, _("Depends on this asset"));
	}
	for (const struct json *row = json_first(rows); row != NULL;
		row = json_next(row)) {
		char *how = depends_text(row);
		char *text = xasprintf("%s  %s", json_text(json_get(row, "name"), ""), how);

		fact_add(model, TAB_FACTS, json_text(json_get(row, "code"), ""), text);
		free(how);
		free(text);
	}
	json_free(rows);
	return true;
}

static bool
add_linked(const struct linked *linked, void *arg)
{
	char number[24];
	char *text = xasprintf("%s (%s)", linked->title,
		word_label(WORDS_STATUS, linked->status));

	case_short_number(number, linked->number);
	fact_add(arg, TAB_FACTS, number, text);
	free(text);
	return true;
}

static bool
relations(struct case_model *model, struct desk *desk, struct error *err)
{
	int before = model->fact_count[TAB_FACTS];

	fact_heading(model, TAB_FACTS, _("Linked and merged"));
	if (!linked_each(desk, model->c.id, add_linked, model, err)
		|| !merged_each(desk, model->c.id, add_linked, model, err)) {
		return false;
	}
	if (model->fact_count[TAB_FACTS] == before + 1) {
		model->fact_count[TAB_FACTS] = before;
		free(model->facts[TAB_FACTS][before].label);
		free(model->facts[TAB_FACTS][before].text);
	}
	return true;
}

static bool
add_evidence(const struct evidence *e, void *arg)
{
	struct case_model *model = arg;
	struct buf out = { 0 };
	char *label = xasprintf("#%d", e->n);
	const char *note = e->note;
	char *text;

	buf_addf(&out, "%s  ", e->name);
	if (evidence_is_item(e->kept)) {
		item_words(&out, e->place, note);
		free(item_taken_by(note, &note));
	} else {
		buf_addf(&out, "%lld B  sha256 %.12s..  %s", (long long)e->bytes, e->hash,
			e->dropped ? _("redacted") : strcmp(e->kept, "desk") == 0
			? _("in the desk") : e->place);
	}
	buf_addf(&out, "%s%s", note[0] != '\0' ? "  " : "", note);
	text = buf_take(&out);

	model->files++;
	fact_add(model, TAB_FILES, label, text);
	free(label);
	free(text);
	return true;
}

static bool
add_observable(const struct observable *o, void *arg)
{
	struct case_model *model = arg;
	char *text = xasprintf("%s  TLP:%s%s%s", o->value, word_label(WORDS_TLP, o->tlp),
		o->note[0] != '\0' ? "  " : "", o->note);

	model->files++;
	fact_add(model, TAB_FILES, o->type, text);
	free(text);
	return true;
}

SQL(PEOPLE_OF_CASE, "t",
	"SELECT m.name, m.login, m.role, m.unit, COALESCE((SELECT d.value FROM address d"
	" WHERE d.owner = m.id AND d.channel = 'phone'), '') FROM member m WHERE m.id IN"
	" (SELECT owner_id FROM cases WHERE id = $1 UNION SELECT assignee_id FROM"
	" step_instance WHERE case_id = $1 UNION SELECT assignee_id FROM task WHERE"
	" case_id = $1) ORDER BY m.name_key");

static bool
people(struct case_model *model, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &PEOPLE_OF_CASE, TXT(model->c.id));

	while (stmt_row(st)) {
		const char *phone = stmt_text(st, 4);
		char *text = xasprintf("%s%s%s%s%s", role_label(role_from(stmt_text(st, 2))),
			stmt_text(st, 3)[0] != '\0' ? ", " : "", stmt_text(st, 3),
			phone[0] != '\0' ? ", " : "", phone);

		model->people++;
		fact_add(model, TAB_PEOPLE, stmt_text(st, 0), text);
		free(text);
	}
	return stmt_done(st, err);
}

/* "40 reported this", and whose list it is. */
static bool
callers(struct case_model *model, struct desk *desk, struct error *err)
{
	char *text;

	if (!tin_count_of_case(desk, model->c.id, &model->callers, err)) {
		return false;
	}
	model->secret = false;
	if (model->callers == 0) {
		return true;
	}
	if (!tin_secret_of_case(desk, model->c.id, &model->secret, err)) {
		return false;
	}
	if (model->secret) {
		fact_add(model, TAB_FACTS, _("secrets"), _("a caller said that state secrets"
			" are touched: write none of it here, speak in person"));
	}
	text = xasprintf(_("%lld reported this (menu m: callers, all clear)"),
		(long long)model->callers);
	fact_add(model, TAB_PEOPLE, _("callers"), text);
	fact_add(model, TAB_FACTS, _("callers"), text);
	free(text);
	return true;
}

SQL(MESSAGES_OF_CASE, "t",
	"SELECT to_name, channel, state, state_at, COALESCE(subject, template), reply"
	" FROM message WHERE case_id = $1 ORDER BY position DESC LIMIT 200");

static bool
messages(struct case_model *model, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &MESSAGES_OF_CASE, TXT(model->c.id));

	while (stmt_row(st)) {
		char when[WHEN_SHORT_SIZE];
		char *by = text_column(word_label(WORDS_CHANNEL, stmt_text(st, 1)), 8, true,
			false);
		char *state = text_column(word_label(WORDS_MESSAGE_STATE, stmt_text(st, 2)),
			16, true, false);
		char *text;

		when_near(when, stmt_int(st, 3), desk_now(desk), desk_zone(desk));
		text = xasprintf("%s %s %-11s  %s%s%s", by, state, when,
			word_label(WORDS_TEMPLATE, stmt_text(st, 4)),
			stmt_text(st, 5)[0] != '\0' ? ": " : "", stmt_text(st, 5));
		free(by);
		free(state);
		model->messages++;
		fact_add(model, TAB_MESSAGES, stmt_text(st, 0), text);
		free(text);
	}
	return stmt_done(st, err);
}

bool
case_model_facts(struct case_model *model, struct desk *desk, struct error *err)
{
	case_facts(model, desk);
	return dependants(model, desk, err) && relations(model, desk, err)
		&& evidence_each(desk, model->c.id, add_evidence, model, err)
		&& observable_each(desk, model->c.id, add_observable, model, err)
		&& callers(model, desk, err)
		&& people(model, desk, err) && messages(model, desk, err);
}
