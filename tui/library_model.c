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

SQL(RUNS_OF_PLANS, "", "SELECT playbook_id, COUNT(*) FROM run GROUP BY playbook_id");

/* Ours is written strictly; what came from elsewhere is read leniently. */
static bool
check(struct playbook **out, struct findings *found, char **text, struct desk *desk,
	const struct plan *plan, struct error *err)
{
	bool shipped = strcmp(plan->origin, "shipped") == 0;
	struct playbook *read = NULL;
	size_t len = 0;

	if (!library_read(&read, text, &len, desk, plan, err)) {
		return false;
	}
	playbook_free(read);
	*out = NULL;
	(void)playbook_read(out, *text, len, shipped ? PLAYBOOK_STRICT : PLAYBOOK_LENIENT,
		found, err);
	return true;
}

/* A file's check is the same until the file changes; one thread owns the desk. */
static char *
findings_text(struct desk *desk, const struct plan *plan)
{
	static struct { char hash[HASH_SIZE]; int count, errors; } known[64];
	static int next;
	struct error err = ERROR_INIT;
	struct findings found = { 0 };
	struct playbook *playbook = NULL;
	char *text = NULL;
	int at = 0;

	while (at < 64 && strcmp(known[at].hash, plan->hash) != 0) {
		at++;
	}
	if (at == 64) {
		if (!check(&playbook, &found, &text, desk, plan, &err)) {
			return xstrdup("?");
		}
		at = next;
		next = (next + 1) % 64;
		memcpy(known[at].hash, plan->hash, HASH_SIZE);
		known[at].count = found.count;
		known[at].errors = found.errors;
		findings_finish(&found);
		playbook_free(playbook);
		free(text);
	}
	return known[at].errors > 0 ? xasprintf("%d!", known[at].count)
		: xasprintf("%d", known[at].count);
}

static bool
count_runs(struct json **out, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &RUNS_OF_PLANS, NOARGS);

	*out = json_object();
	while (stmt_row(st)) {
		json_set_int(*out, stmt_text(st, 0), stmt_int(st, 1));
	}
	return stmt_done(st, err);
}

static void
add_plan(struct table_rows *out, struct desk *desk, const struct plan *plan,
	const struct json *runs)
{
	struct table_row *row = table_add(out, strlen(plan->id) > 36
		? plan->id + strlen(plan->id) - 36 : plan->id, plan->id, plan->origin);
	char *found = findings_text(desk, plan);
	char used[24], day[16];

	snprintf(used, sizeof(used), "%lld",
		(long long)json_get_int(runs, plan->id, 0));
	snprintf(day, sizeof(day), "%.10s", plan->modified);
	table_cell(row, 0, plan->code[0] != '\0' ? plan->code : "-");
	table_cell(row, 1, plan->name);
	table_cell(row, 2, plan->kind[0] != '\0' ? word_label(WORDS_KIND, plan->kind) : "-");
	table_cell(row, 3, plan->language);
	table_cell(row, 4, plan->status[0] != '\0' ? plan->status
		: strcmp(plan->origin, "imported") == 0 ? _("imported") : "-");
	table_cell(row, 5, day);
	table_cell(row, 6, found);
	table_cell(row, 7, used);
	if (strchr(found, '!') != NULL) {
		row->signs = 2;
		row->style = ST_LATE;
	}
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
	if (!count_runs(&runs, desk, err)) {
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
		add_plan(out, desk, &library.plans[at], runs);
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

		buf_addf(out, "%s: %s: %s\n", finding_word(f->level), f->path, f->text);
	}
}

static void
add_plan_text(struct buf *out, const struct plan *plan, const struct findings *found,
	const struct playbook *playbook)
{
	buf_addf(out, "%s  %s  %s  %.10s\n", plan->code, plan->language,
		plan->status[0] != '\0' ? plan->status : plan->origin, plan->modified);
	buf_addf(out, "%s\n", plan->id);
	add_findings(out, found);
	for (int i = 0; playbook != NULL && i < playbook_step_count(playbook); i++) {
		const struct step *step = playbook_step(playbook, playbook_ordered(playbook, i));

		if (step->n > 0) {
			add_step(out, playbook, step);
		}
	}
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
	ok = plan != NULL ? check(&playbook, &found, &source, desk, plan, err)
		: error_set(err, ERR_NOT_FOUND, _("this plan is gone from the library"));
	if (ok) {
		add_plan_text(&out, plan, &found, playbook);
		*title = xstrdup(plan->name);
		*text = buf_take(&out);
	}
	findings_finish(&found);
	playbook_free(playbook);
	library_finish(&library);
	free(source);
	return ok;
}
