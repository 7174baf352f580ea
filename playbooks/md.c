/* md.c joins the parts: text to checked playbook, playbook to text, and what got lost
 * on the way. */
#include "playbooks/md.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/md_private.h"
#include "playbooks/plan_diff.h"

/* As strict as for what we ship: a finding stands at the line that it speaks of. */
static void
check(struct md_faults *faults, const struct json *doc, const struct json *lines)
{
	struct findings found = { 0 };
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;
	char *text = json_pretty(doc);

	if (playbook_read(&playbook, text, strlen(text), PLAYBOOK_STRICT, &found, &err)) {
		playbook_free(playbook);
	}
	for (int i = 0; i < found.count; i++) {
		const struct finding *finding = &found.list[i];
		int line = md_line_of(lines, finding->path);

		if (finding->level == FINDING_ERROR) {
			md_fault(faults, line, "%s%s%s", line > 0 ? "" : finding->path,
				line > 0 ? "" : ": ", finding->text);
		}
	}
	findings_finish(&found);
	free(text);
}

bool
md_playbook(struct json **out, struct md_faults *faults, const char *text, size_t len,
	const struct md_source *source)
{
	struct json *model = md_read(faults, text, len);
	struct json *lines = NULL;
	struct json *doc;

	if (model == NULL) {
		return false;
	}
	doc = md_build(&lines, model, source, faults);
	if (faults->count == 0) {
		check(faults, doc, lines);
	}
	json_free(lines);
	json_free(model);
	if (faults->count > 0) {
		json_free(doc);
		return false;
	}
	*out = doc;
	return true;
}

char *
md_text(const struct playbook *playbook, const struct md_names *names)
{
	struct json *model = md_model(playbook, names);
	char *text = md_print(model);

	json_free(model);
	return text;
}

/* ---- losses ---- */

/* One line a field, with the steps where it is lost. */
static struct json *
lines_of(const struct plan_diff *diff)
{
	struct json *by = json_object();
	struct json *list = json_array();

	int ids = 0;

	for (int i = 0; i < diff->count; i++) {
		const struct plan_change *change = &diff->list[i];
		bool id = change->field != NULL && strcmp(change->field, "id") == 0
			&& change->step != NULL;

		ids += id;
		if (id) {
			continue;
		}
		const char *what = change->field != NULL ? change->field
			: change->kind == PLAN_REMOVED ? "step" : "order";
		const char *known = json_get_text(by, what);
		char *number = change->n > 0 ? xasprintf("%d", change->n)
			: xasprintf("\"%s\"", change->name);
		char *steps = change->step == NULL ? xstrdup("")
			: known != NULL ? xasprintf("%s, %s", known, number) : xstrdup(number);

		json_set_text(by, what, steps);
		free(number);
		free(steps);
	}
	for (const struct json *row = json_first(by); row != NULL; row = json_next(row)) {
		const char *steps = json_text(row, "");
		char *line = steps[0] == '\0' ? xstrdup(json_key(row))
			: xasprintf(_("%s (steps %s)"), json_key(row), steps);

		json_push(list, json_string(line));
		free(line);
	}
	if (ids > 0) {
		char *line = xasprintf(_("the ids of %d steps"), ids);

		json_push(list, json_string(line));
		free(line);
	}
	json_free(by);
	return list;
}

static struct json *
lines_of_faults(const struct md_faults *faults)
{
	struct json *list = json_array();

	for (int i = 0; i < faults->count; i++) {
		char *line = xasprintf(_("line %d does not read back: %s"), faults->list[i].line,
			faults->list[i].text);

		json_push(list, json_string(line));
		free(line);
	}
	return list;
}

struct json *
md_losses(const struct playbook *playbook, const char *text, const struct md_names *names)
{
	const struct md_source source = { .base = playbook_json(playbook), .names = names };
	struct md_faults faults = { 0 };
	struct playbook *again = NULL;
	struct plan_diff diff = { 0 };
	struct error err = ERROR_INIT;
	struct json *doc = NULL;
	struct json *list = NULL;

	if (md_playbook(&doc, &faults, text, strlen(text), &source)) {
		char *whole = json_line(doc);

		if (playbook_read(&again, whole, strlen(whole), PLAYBOOK_LENIENT, NULL, &err)) {
			plan_diff(&diff, playbook, again, true);
		}
		free(whole);
		list = again != NULL ? lines_of(&diff) : json_array();
		if (again == NULL) {
			json_push(list, json_string(err.message));
		}
	} else {
		list = lines_of_faults(&faults);
	}
	plan_diff_finish(&diff);
	playbook_free(again);
	json_free(doc);
	md_faults_finish(&faults);
	return list;
}
