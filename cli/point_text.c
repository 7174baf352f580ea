/* point_text.c prints affected places and check-lists for people. */
#include "cli/point_text.h"

#include <stdlib.h>
#include <string.h>

#include "cli/point_json.h"
#include "core/i18n.h"
#include "core/point_group.h"
#include "core/point_names.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

bool
say_point_counts(struct cli *cli, const char *case_id, struct error *err)
{
	struct json *counts = NULL;
	struct point_counts is;
	char *text;

	if (!point_counts_json(cli, case_id, &counts, err) ||
	    !point_count(&is, cli->desk, case_id, err)) {
		json_free(counts);
		return false;
	}
	text = point_counts_text(&is);
	if (is.total > 0) {
		cli_say(cli, _("%s; down %lld minutes in sum"), text,
			(long long)json_get_int(counts, "outage_minutes", 0));
	}
	free(text);
	json_free(counts);
	return true;
}

static void
say_choices(struct cli *cli, const struct place_names *names, const struct point *p)
{
	struct places places;
	struct buf line = { 0 };

	place_names_find(&places, names, p->name);
	if (p->ref[0] == '\0' && places.count > 1) {
		buf_addf(&line, _("     %d \"%s\" may be: "), p->n, p->name);
		for (int i = 0; i < places.count; i++) {
			buf_addf(&line, "%s%s=%s (%s)", i > 0 ? _(", or ") : "",
				places.list[i]->kind, places.list[i]->code,
				places.list[i]->name);
		}
		cli_say(cli, "%s", buf_text(&line));
		cli_say(cli, _("     choose: suco point %s set %d %s=%s"), cli->c.number, p->n,
			places.list[0]->kind, places.list[0]->code);
	}
	buf_free(&line);
}

bool
say_point_choices(struct cli *cli, const char *case_id, struct error *err)
{
	struct place_names *names = NULL;
	struct point_list list = { 0 };
	bool ok = place_names_load(&names, cli->desk, err) &&
		point_load(&list, cli->desk, case_id, "", err);

	for (int i = 0; ok && i < list.count; i++) {
		say_choices(cli, names, &list.rows[i]);
	}
	point_list_clear(&list);
	place_names_free(names);
	return ok;
}

static void
add_cell(struct buf *line, const char *text, int cells)
{
	char *padded = text_column(text[0] == '\0' ? "-" : text, cells, true, false);

	buf_addf(line, "%s  ", padded);
	free(padded);
}

static void
add_time(struct cli *cli, struct buf *line, int64_t at)
{
	char text[WHEN_SHORT_SIZE] = "";

	if (at != 0) {
		when_near(text, at, desk_now(cli->desk), desk_zone(cli->desk));
	}
	add_cell(line, text, 11);
}

static void
say_point(struct cli *cli, const struct point *p, int64_t end)
{
	struct buf line = { 0 };
	char span[WHEN_SHORT_SIZE];

	buf_addf(&line, "%3d  ", p->n);
	add_cell(&line, p->name, 26);
	add_cell(&line, word_label(WORDS_POINT_STATE, p->state), 12);
	add_time(cli, &line, p->since);
	when_span(span, point_outage_ms(p, end), i18n_language());
	add_cell(&line, point_outage_ms(p, end) == 0 ? "" : span, 6);
	add_cell(&line, p->reserve, 10);
	add_cell(&line, p->confirmed_at != 0
		? p->confirmed_by[0] != '\0' ? p->confirmed_by : _("confirmed")
		: p->told_at != 0 ? _("NOT CONFIRMED") : "", 14);
	buf_adds(&line, p->person);
	cli_say(cli, "%s", buf_text(&line));
	buf_free(&line);
}

static int
count_group(const struct point_list *list, int from, enum point_by by)
{
	const char *group = point_group(&list->rows[from], by);
	int count = 0;

	for (int i = from; i < list->count; i++) {
		count += strcmp(point_group(&list->rows[i], by), group) == 0;
	}
	return count;
}

bool
say_point_list(struct cli *cli, const char *case_id, const char *by, bool unconfirmed,
	struct error *err)
{
	const char *group = "";
	struct point_list list = { 0 };
	enum point_by order;
	int64_t now = desk_now(cli->desk);

	if (!point_by_of(&order, by, err) || !say_point_counts(cli, case_id, err) ||
	    !point_load(&list, cli->desk, case_id, "", err)) {
		point_list_clear(&list);
		return false;
	}
	point_sort(&list, order);
	for (int i = 0; i < list.count; i++) {
		const struct point *p = &list.rows[i];

		if (order != BY_NUMBER && strcmp(group, point_group(p, order)) != 0) {
			group = point_group(p, order);
			cli_say(cli, "%s (%d)", group, count_group(&list, i, order));
		}
		if (!unconfirmed || point_unconfirmed(p, now)) {
			say_point(cli, p, point_outage_end(cli->desk, cli->c.closed_at));
		}
	}
	point_list_clear(&list);
	return say_point_choices(cli, case_id, err);
}

bool
say_check_count(struct cli *cli, const struct check_step *step, struct error *err)
{
	int ticked;
	int total;

	if (!check_list_count(&ticked, &total, cli->desk, step, err)) {
		return false;
	}
	cli_say(cli, _("step %d \"%s\": %d of %d ticked"), step->n, step->name, ticked, total);
	return true;
}

static void
say_check_row(struct cli *cli, const struct check_list *list, const struct point *row)
{
	struct buf line = { 0 };
	char at[WHEN_SHORT_SIZE] = "";

	buf_addf(&line, "%3d  [%c]  ", row->n,
		check_line_ticked(list, row) ? 'x' : ' ');
	add_cell(&line, row->name, 32);
	if (check_list_mark(row)[0] != '\0') {
		add_cell(&line, check_list_mark(row), 16);
	}
	if (row->ticked_at != 0) {
		when_near(at, row->ticked_at, desk_now(cli->desk), desk_zone(cli->desk));
		buf_addf(&line, "%s %s  ", row->ticked_by, at);
	}
	for (int i = 0; i < json_count(list->columns); i++) {
		char *text = check_list_cell(list, row, i, cli->desk);

		if (text[0] != '\0') {
			buf_addf(&line, "%s: %s  ", json_text(json_at(list->columns, i), ""),
				text);
		}
		free(text);
	}
	while (line.len > 0 && line.data[line.len - 1] == ' ') {
		line.data[--line.len] = '\0';
	}
	cli_say(cli, "%s", buf_text(&line));
	buf_free(&line);
}

void
say_check_list(struct cli *cli, const struct check_step *step,
	const struct check_list *list)
{
	char *lack = check_list_lack(list);

	cli_say(cli, _("step %d \"%s\": %d of %d ticked"), step->n, step->name, list->ticked,
		list->rows.count);
	if (lack != NULL) {
		cli_say(cli, "%s", lack);
		cli_say(cli,
			_("name them: suco group add %s --of asset --members A,B; or add"
			" lines: suco point %s add --step %d"),
			list->lacks, cli->c.number, step->n);
		free(lack);
	}
	for (int i = 0; i < list->rows.count; i++) {
		say_check_row(cli, list, &list->rows.rows[i]);
	}
}
