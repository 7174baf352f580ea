/* verb_point.c: the affected places of a case and the check-lists of its steps. */
#include <stdlib.h>
#include <string.h>

#include "cli/case_json.h"
#include "cli/cli.h"
#include "cli/point_json.h"
#include "cli/point_text.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/point_act.h"
#include "core/point_group.h"
#include "playbooks/check.h"

/* ---- which places: numbers, spans, "all", or those in a state ---- */

struct numbers {
	int *list;
	int count;
};

static void
add_number(struct numbers *out, int n)
{
	for (int i = 0; i < out->count; i++) {
		if (out->list[i] == n) {
			return;
		}
	}
	out->list = xrealloc(out->list, ((size_t)out->count + 1) * sizeof *out->list);
	out->list[out->count++] = n;
}

/* "4" or "3-5". */
static bool
add_span(struct numbers *out, const char *word, struct error *err)
{
	const char *dash = strchr(word, '-');
	char *first = dash == NULL ? xstrdup(word) : xstrndup(word, (size_t)(dash - word));
	int64_t from = 0;
	int64_t to = 0;
	bool ok = cli_number(_("point"), first, 1, INT32_MAX, &from, err) &&
		cli_number(_("point"), dash == NULL ? first : dash + 1, 1, INT32_MAX, &to, err);

	free(first);
	if (ok && (to < from || to - from >= (int64_t)limit(LIMIT_POINTS))) {
		ok = error_set(err, ERR_BAD_INPUT, _("\"%.40s\" is no span of numbers"), word);
	}
	for (int64_t n = from; ok && n <= to; n++) {
		add_number(out, (int)n);
	}
	return ok;
}

static bool
add_word(struct numbers *out, const struct point_list *there, const char *word,
	struct error *err)
{
	bool all = strcmp(word, "all") == 0;
	struct error ignored;
	const char *state = NULL;

	if (word[0] >= '0' && word[0] <= '9') {
		return add_span(out, word, err);
	}
	if (!all && !point_state_of(&state, word, &ignored)) {
		return error_set(err, ERR_BAD_INPUT,
			_("\"%.60s\" is no point: say 4, 3-5, all, or a state"), word);
	}
	for (int i = 0; i < there->count; i++) {
		if (all || strcmp(there->rows[i].state, state) == 0) {
			add_number(out, there->rows[i].n);
		}
	}
	return true;
}

/* The words before the first NAME=VALUE; *from gets where that is. */
static bool
read_numbers(struct cli *cli, const struct point_list *there, struct numbers *out,
	int *from, struct error *err)
{
	int i = 0;
	bool ok = true;

	for (; ok && cli_word(cli, i) != NULL && strchr(cli_word(cli, i), '=') == NULL; i++) {
		ok = add_word(out, there, cli_word(cli, i), err);
	}
	*from = i;
	if (ok && i == 0) {
		return cli_usage(cli, err);
	}
	return ok;
}

/* The words from there on, all NAME=VALUE. */
static const char **
assignments(struct cli *cli, int from, int *count)
{
	const char **list = xcalloc((size_t)cli_word_count(cli) + 1, sizeof *list);

	for (*count = 0; cli_word(cli, from + *count) != NULL; *count += 1) {
		list[*count] = cli_word(cli, from + *count);
	}
	return list;
}

/* ---- adding ---- */

static struct json *
report_json(const struct point_report *report)
{
	struct json *o = json_object();

	json_set_int(o, "added", report->added);
	json_set_int(o, "several", report->several);
	json_set_int(o, "unknown", report->unknown);
	json_set_int(o, "already", report->already);
	return o;
}

static bool
say_report(struct cli *cli, const struct point_report *report, struct error *err)
{
	struct json *o = NULL;
	char *text;

	if (cli->json) {
		if (!case_json(cli, cli->c.id, &o, err)) {
			return false;
		}
		cli_add_appended(cli, o);
		json_set(o, "points_added", report_json(report));
		cli_json(cli, o);
		return true;
	}
	text = point_report_text(report);
	cli_say(cli, "%s: %s", cli->c.number, text);
	free(text);
	return say_point_counts(cli, cli->c.id, err) &&
		(report->several == 0 || say_point_choices(cli, cli->c.id, err));
}

static bool
add_to_step(struct cli *cli, const struct point_lines *lines, struct error *err)
{
	struct step_list list;
	int added = 0;
	bool ok;

	if (!step_list_open(&list, cli->desk, cli->c.id, cli_option(cli, "step"), err)) {
		return false;
	}
	ok = check_list_add(cli->desk, &list.step, lines, &added, err);
	step_list_close(&list);
	cli_note(cli, ngettext("%d line added", "%d lines added", (unsigned long)added), added);
	return ok && (!cli->json || cli_case_result(cli, cli->c.id, err));
}

static bool
add_lines(struct cli *cli, const struct point_lines *lines, struct error *err)
{
	struct point_new what = { .lines = lines, .group = cli_option(cli, "group"),
		.state = cli_option(cli, "state"), .since = cli_option(cli, "since") };
	struct point_report report;
	bool ok;

	if (cli_option(cli, "step") != NULL) {
		return add_to_step(cli, lines, err);
	}
	ok = point_add(cli->desk, cli->c.id, &what, &report, err) &&
		say_report(cli, &report, err);
	point_report_clear(&report);
	return ok;
}

bool
verb_point_add(struct cli *cli, struct error *err)
{
	struct point_lines lines = { 0 };
	bool ok = cli_word(cli, 0) != NULL || cli_option(cli, "group") != NULL ||
		cli_usage(cli, err);

	for (int i = 0; ok && cli_word(cli, i) != NULL; i++) {
		ok = point_lines_add(&lines, cli_word(cli, i), err);
	}
	ok = ok && add_lines(cli, &lines, err);
	point_lines_clear(&lines);
	return ok;
}

bool
verb_point_import(struct cli *cli, struct error *err)
{
	struct point_lines lines = { 0 };
	char *text = NULL;
	size_t len = 0;
	bool ok = cli_slurp(cli_word(cli, 0), &text, &len, err) &&
		point_lines_read(&lines, text, len, err) && add_lines(cli, &lines, err);

	point_lines_clear(&lines);
	free(text);
	return ok;
}

/* ---- changing ---- */

bool
verb_point_set(struct cli *cli, struct error *err)
{
	struct point_change what = { .at = cli_option(cli, "at") };
	struct numbers numbers = { 0 };
	struct point_list there = { 0 };
	const char **list = NULL;
	int from = 0;
	bool ok = point_load(&there, cli->desk, cli->c.id, "", err) &&
		read_numbers(cli, &there, &numbers, &from, err);

	if (ok) {
		list = assignments(cli, from, &what.assignment_count);
		what.numbers = numbers.list;
		what.count = numbers.count;
		what.assignments = list;
		ok = what.assignment_count > 0 ? point_set(cli->desk, cli->c.id, &what, err)
			: cli_usage(cli, err);
	}
	free(list);
	free(numbers.list);
	point_list_clear(&there);
	return ok && cli_case_result(cli, cli->c.id, err) &&
		(cli->json || say_point_counts(cli, cli->c.id, err));
}

bool
verb_point_remove(struct cli *cli, struct error *err)
{
	struct numbers numbers = { 0 };
	struct point_list there = { 0 };
	int from = 0;
	bool ok = point_load(&there, cli->desk, cli->c.id, "", err) &&
		read_numbers(cli, &there, &numbers, &from, err) &&
		point_remove(cli->desk, cli->c.id, numbers.list, numbers.count,
			cli_option(cli, "reason"), err);

	free(numbers.list);
	point_list_clear(&there);
	return ok && cli_case_result(cli, cli->c.id, err);
}

/* ---- the list of a step ---- */

static bool
tick(struct cli *cli, const struct check_step *step, struct error *err)
{
	struct check_tick what = { .at = cli_option(cli, "at"),
		.off = cli_switch(cli, "off") };
	struct numbers numbers = { 0 };
	struct check_list rows;
	const char **list = NULL;
	int from = 0;
	bool ok = check_list_load(&rows, cli->desk, step, err) &&
		read_numbers(cli, &rows.rows, &numbers, &from, err);

	if (ok) {
		list = assignments(cli, from, &what.assignment_count);
		what.numbers = numbers.list;
		what.count = numbers.count;
		what.assignments = list;
		ok = check_list_tick(cli->desk, step, &what, err);
	}
	free(list);
	free(numbers.list);
	check_list_clear(&rows);
	return ok;
}

bool
verb_point_tick(struct cli *cli, struct error *err)
{
	struct step_list list;
	bool ok;

	if (!cli_need(cli, "step", err) || !step_list_open(&list, cli->desk, cli->c.id,
			cli_option(cli, "step"), err)) {
		return false;
	}
	ok = tick(cli, &list.step, err) && cli_case_result(cli, cli->c.id, err) &&
		(cli->json || say_check_count(cli, &list.step, err));
	step_list_close(&list);
	return ok;
}

static bool
list_step(struct cli *cli, const struct check_step *step, struct error *err)
{
	struct json *out = json_array();
	struct check_list list;
	bool ok = check_list_load(&list, cli->desk, step, err);

	for (int i = 0; ok && i < list.rows.count; i++) {
		json_push(out, check_row_json(cli, &list, &list.rows.rows[i]));
	}
	if (ok && !cli->json && !cli->csv) {
		say_check_list(cli, step, &list);
	}
	if (ok) {
		cli_list(cli, out);
	} else {
		json_free(out);
	}
	check_list_clear(&list);
	return ok;
}

static bool
list_places(struct cli *cli, struct error *err)
{
	struct json *list;
	enum point_by by;

	if (!point_by_of(&by, cli_option(cli, "by"), err)) {
		return false;
	}
	if (!cli->json && !cli->csv) {
		return say_point_list(cli, cli->c.id, cli_option(cli, "by"),
			cli_switch(cli, "unconfirmed"), err);
	}
	list = json_array();
	return cli_listed(cli, list, points_json(cli, cli->c.id, list, err), NULL);
}

bool
verb_point_list(struct cli *cli, struct error *err)
{
	struct step_list list;
	bool ok;

	if (cli_option(cli, "step") == NULL) {
		return list_places(cli, err);
	}
	if (!step_list_open(&list, cli->desk, cli->c.id, cli_option(cli, "step"), err)) {
		return false;
	}
	ok = list_step(cli, &list.step, err);
	step_list_close(&list);
	return ok;
}
