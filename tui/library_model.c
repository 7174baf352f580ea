/* library_model.c owns what the library's screen shows of plans: rows with what
 * a check finds and the runs that use them, and a plan's steps as text. */
#include "tui/library_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/library.h"
#include "playbooks/step_text.h"
#include "tui/library_uses.h"

/* "12!": errors among them; "?": it cannot be read. */
static char *
findings_text(struct desk *desk, const struct plan *plan)
{
	const struct plan_look *look = plan_look(desk, plan);

	return look == NULL ? xstrdup("?")
		: xasprintf("%d%s", look->count, look->errors > 0 ? "!" : "");
}

static const char *
origin_label(const struct plan *plan)
{
	return strcmp(plan->origin, "imported") == 0 ? _("imported")
		: Q_("plan|shipped");
}

static void
add_plan(struct table_rows *out, struct desk *desk, const struct library *library,
	const struct plan *plan, const struct json *runs)
{
	struct table_row *row = table_add(out, strlen(plan->id) > 36
		? plan->id + strlen(plan->id) - 36 : plan->id, plan->id, plan->origin);
	char *found = findings_text(desk, plan);
	char *signer = plan_signer(desk, plan);
	char used[24], called[24], day[16];

	snprintf(used, sizeof(used), "%lld",
		(long long)json_get_int(runs, plan->id, 0));
	snprintf(called, sizeof(called), "%d",
		plan_callers(NULL, desk, library, plan->id));
	snprintf(day, sizeof(day), "%.10s", plan->modified);
	table_cell(row, PLAN_CODE, plan->code[0] != '\0' ? plan->code : "-");
	table_cell(row, PLAN_NAME, plan->name);
	table_cell(row, PLAN_KIND, plan->kind[0] == '\0' ? "-" : strcmp(plan->kind, "any") == 0
		? _("any kind") : word_label(WORDS_KIND, plan->kind));
	table_cell(row, PLAN_LANGUAGE, plan->language);
	table_cell(row, PLAN_STATUS, plan->status[0] != '\0' ? plan->status
		: strcmp(plan->origin, "imported") == 0 ? _("imported") : "-");
	table_cell(row, PLAN_VERSION, day);
	table_cell(row, PLAN_ORIGIN, origin_label(plan));
	table_cell(row, PLAN_SIGNED, signer[0] != '\0' ? signer : "-");
	table_cell(row, PLAN_FINDS, found);
	table_cell(row, PLAN_RUNS, used);
	table_cell(row, PLAN_CALLED, called);
	if (strchr(found, '!') != NULL) {
		row->signs = 2;
		row->style = ST_LATE;
	}
	free(signer);
	free(found);
}

bool
library_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct library library;
	struct json *runs = NULL;
	bool back = page_backwards(page);
	int step = back ? -1 : 1;
	bool go = true;
	int at;

	if (!library_load(&library, desk, err)) {
		return false;
	}
	if (!plan_runs(&runs, desk, err)) {
		library_finish(&library);
		json_free(runs);
		return false;
	}
	at = back ? library.count - 1 : 0;
	for (int i = 0; page->from[0] != '\0' && i < library.count; i++) {
		if (strcmp(library.plans[i].id, page->from) == 0) {
			at = i + step;
		}
	}
	for (; go && at >= 0 && at < library.count; at += step) {
		add_plan(out, desk, &library, &library.plans[at], runs);
		go = page_take(out, page);
	}
	page_end(out, page);
	library_finish(&library);
	json_free(runs);
	return true;
}

/* ---- a plan as text ---- */

static void
add_agents(struct buf *out, const struct playbook *playbook, const struct step *step)
{
	const struct json *support = json_get(step->ext, "support");

	if (step->lead != NULL) {
		buf_addf(out, "   %s: %s\n", _("lead"),
			playbook_agent_name(playbook, step->lead));
	}
	for (const struct json *id = json_first(support); id != NULL; id = json_next(id)) {
		buf_addf(out, "%s%s", id == json_first(support) ? "   " : ", ", "");
		if (id == json_first(support)) {
			buf_addf(out, "%s: ", _("support"));
		}
		buf_adds(out, playbook_agent_name(playbook, json_text(id, "")));
	}
	if (json_count(support) > 0) {
		buf_addc(out, '\n');
	}
}

static void
add_line(struct buf *out, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0') {
		buf_addf(out, "   %s: %s\n", label, text);
	}
}

/* Each line of a text, set in. */
static void
add_lines(struct buf *out, const char *text)
{
	while (text[0] != '\0') {
		size_t len = strcspn(text, "\n");

		buf_addf(out, "   %.*s\n", (int)len, text);
		text += len + (text[len] == '\n' ? 1 : 0);
	}
}

static void
add_step(struct buf *out, const struct playbook *playbook, const struct step *step)
{
	char span[WHEN_SHORT_SIZE];
	char *how = step_how(playbook, NULL, NULL, step);
	char *beside = step_beside(playbook, NULL, NULL, step);

	buf_addf(out, "\n%d %s%s\n", step->n, step->name,
		step->mandatory ? _("  (must be done)") : "");
	add_agents(out, playbook, step);
	if (step->timeout > 0) {
		when_span(span, step->timeout, i18n_language());
		add_line(out, _("limit"), span);
	}
	add_line(out, _("why"), json_get_text(step->ext, "why"));
	add_line(out, _("cost"), json_get_text(step->ext, "cost"));
	add_lines(out, how);
	add_lines(out, beside);
	add_line(out, _("proof"), json_get_text(step->ext, "proof"));
	free(how);
	free(beside);
}

static void
add_findings(struct buf *out, const struct findings *found)
{
	for (int i = 0; i < found->count; i++) {
		const struct finding *f = &found->list[i];

		char *line = finding_line(f);

		buf_addf(out, "%s\n", line);
		free(line);
	}
}

/* Whose it is and what uses it. */
static bool
add_uses(struct buf *out, struct desk *desk, const struct library *library,
	const struct plan *plan, struct error *err)
{
	char *signer = plan_signer(desk, plan);
	struct buf cases = { 0 }, callers = { 0 };
	bool ok = plan_cases(&cases, desk, plan->id, err);

	(void)plan_callers(&callers, desk, library, plan->id);
	buf_addf(out, "%s: %s\n", _("origin"), origin_label(plan));
	buf_addf(out, "%s: %s\n", _("signed by"), signer[0] != '\0' ? signer
		: _("nobody whom this desk trusts"));
	buf_addf(out, "%s:%s%s", _("under way on"), cases.len > 0 ? "\n" : " -\n",
		buf_text(&cases));
	buf_addf(out, "%s:%s%s", _("called by"), callers.len > 0 ? "\n" : " -\n",
		buf_text(&callers));
	buf_free(&cases);
	buf_free(&callers);
	free(signer);
	return ok;
}

static bool
add_plan_text(struct buf *out, struct desk *desk, const struct library *library,
	const struct plan *plan, const struct findings *found,
	const struct playbook *playbook, struct error *err)
{
	buf_addf(out, "%s  %s  %s  %.10s\n", plan->code, plan->language,
		plan->status[0] != '\0' ? plan->status : plan->origin, plan->modified);
	buf_addf(out, "%s\n", plan->id);
	if (!add_uses(out, desk, library, plan, err)) {
		return false;
	}
	buf_addf(out, "%s: %d\n", _("findings"), found->count);
	add_findings(out, found);
	for (int i = 0; playbook != NULL && i < playbook_step_count(playbook); i++) {
		const struct step *step = playbook_step(playbook, playbook_ordered(playbook, i));

		if (step->n > 0) {
			add_step(out, playbook, step);
		}
	}
	return true;
}

static bool
gone(struct error *err)
{
	return error_set(err, ERR_NOT_FOUND, _("this plan is gone from the library"));
}

bool
library_plan_text(char **title, char **text, struct desk *desk, const char *id,
	struct error *err)
{
	struct library library;
	struct findings found = { 0 };
	struct playbook *playbook = NULL;
	const struct plan *plan;
	struct buf out = { 0 };
	char *source = NULL;
	bool ok;

	if (!library_load(&library, desk, err)) {
		return false;
	}
	plan = library_by_id(&library, id, NULL);
	ok = (plan != NULL || gone(err)) &&
		plan_check(&playbook, &found, &source, desk, plan, err) &&
		add_plan_text(&out, desk, &library, plan, &found, playbook, err);
	if (ok) {
		*title = xstrdup(plan->name);
		*text = buf_take(&out);
	}
	buf_free(&out);
	findings_finish(&found);
	playbook_free(playbook);
	library_finish(&library);
	free(source);
	return ok;
}

bool
library_plan_read(struct playbook **out, char **title, struct desk *desk, const char *id,
	struct error *err)
{
	struct library library;
	const struct plan *plan;
	char *text = NULL;
	size_t len = 0;
	bool ok;

	if (!library_load(&library, desk, err)) {
		return false;
	}
	plan = library_by_id(&library, id, NULL);
	ok = (plan != NULL || gone(err)) && library_read(out, &text, &len, desk, plan, err);
	if (ok) {
		*title = xasprintf("%s %s %.10s", plan->code[0] != '\0' ? plan->code
			: plan->name, plan->language, plan->modified);
	}
	free(text);
	library_finish(&library);
	return ok;
}
