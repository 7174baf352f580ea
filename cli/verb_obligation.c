/* verb_obligation.c: duties with a period and the province's table of them. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/csv.h"
#include "cli/json_out.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/obligation.h"
#include "core/when.h"

struct gathering {
	struct cli *cli;
	struct json *list;
	int rows;
};

static struct json *
obligation_json(struct cli *cli, const struct obligation *o)
{
	struct json *json = json_object();
	char *name = obligation_name(o);

	json_set_text(json, "id", name);
	json_set_text(json, "rule", o->rule);
	json_set_text(json, "title", o->title);
	json_set_or_null(json, "title_en", o->title_en);
	json_set_text(json, "period", o->period);
	json_set_text(json, "label", o->label);
	json_set_time(cli, json, "due_at", o->due_at);
	json_set_bool(json, "late", strcmp(o->result, "done") != 0 &&
		o->due_at < desk_now(cli->desk));
	json_set_or_null(json, "recipient", o->recipient);
	json_set_or_null(json, "channel", o->channel);
	json_set_text(json, "result", o->result);
	json_set_or_null(json, "description", o->description);
	json_set_time(cli, json, "done_at", o->done_at);
	json_set_or_null(json, "done_by", o->done_by);
	json_set_or_null(json, "source", o->source);
	free(name);
	return json;
}

static bool
add_obligation(const struct obligation *o, void *arg)
{
	struct gathering *g = arg;

	json_push(g->list, obligation_json(g->cli, o));
	return true;
}

static bool
say_obligation(const struct obligation *o, void *arg)
{
	struct gathering *g = arg;
	struct cli *cli = g->cli;
	char *name = obligation_name(o);
	char due[32];

	when_due(due, strcmp(o->result, "done") == 0 ? NO_DUE : o->due_at,
		desk_now(cli->desk), i18n_language());
	cli_say(cli, "%-26s %-14s %-16s %s", name, due, obligation_result(o->result),
		obligation_title(o));
	free(name);
	g->rows++;
	return true;
}

/* What the rules want by now is made first: nobody else would.  Who may not make
 * it learns that an empty list says nothing. */
static bool
open_first(struct cli *cli, struct error *err)
{
	int made = 0;

	return obligation_open(cli->desk, &made, err);
}

static void
say_not_yet(struct cli *cli, int count)
{
	struct error none = ERROR_INIT;

	if (count == 0 && (desk_readonly(cli->desk) ||
			!desk_may(cli->desk, ACT_WORK, &none))) {
		cli_warn(cli, "%s", _("no duty is listed: those of this period are added when"
			" somebody who may work on the desk looks at this list"));
	}
}

/* As text, or the rows as scripts read them. */
static bool
print_all(struct cli *cli, bool all, bool text, struct error *err)
{
	struct gathering g = { .cli = cli, .list = text ? NULL : json_array() };
	bool ok = obligation_each(cli->desk, all, 0, text ? say_obligation : add_obligation,
		&g, err);

	if (ok) {
		say_not_yet(cli, text ? g.rows : json_count(g.list));
	}
	if (ok && !text) {
		cli_list(cli, g.list);
	} else {
		json_free(g.list);
	}
	return ok;
}

bool
verb_obligation_list(struct cli *cli, struct error *err)
{
	return open_first(cli, err) &&
		print_all(cli, cli_switch(cli, "all"), !cli->json && !cli->csv, err);
}

/* The heads are those of the province's table, in the language in force. */
static bool
print_row(const struct obligation *o, void *arg)
{
	struct gathering *g = arg;
	struct obligation_cells cells;
	struct json *row = json_object();

	obligation_cells(&cells, o, desk_zone(g->cli->desk));
	json_set_text(row, _(obligation_heads[0]), cells.task);
	json_set_text(row, _(obligation_heads[1]), cells.due);
	json_set_text(row, _(obligation_heads[2]), cells.result);
	json_set_text(row, _(obligation_heads[3]), cells.description);
	json_set_text(row, _(obligation_heads[4]), cells.done);
	csv_row(g->cli, row, g->rows++ == 0);
	json_free(row);
	obligation_cells_clear(&cells);
	return true;
}

bool
verb_obligation_csv(struct cli *cli, struct error *err)
{
	struct gathering g = { .cli = cli };

	if (!open_first(cli, err)) {
		return false;
	}
	return cli->json ? print_all(cli, true, false, err)
		: obligation_each(cli->desk, true, 0, print_row, &g, err);
}

static bool
change(struct cli *cli, const char *result, struct error *err)
{
	struct obligation_change what = { .result = result,
		.description = cli_option(cli, "description"),
		.typed = cli_option(cli, "at") };
	struct obligation o = { 0 };
	char id[UUID_SIZE];
	bool ok;

	if (what.typed != NULL && !when_parse(&what.done_at, what.typed, WHEN_PAST,
		    desk_now(cli->desk), desk_zone(cli->desk), err)) {
		return false;
	}
	if (what.result == NULL && what.description == NULL) {
		return cli_usage(cli, err);
	}
	/* CODE alone is the first that is not done: after the act another one. */
	ok = open_first(cli, err) && obligation_find(&o, cli->desk, cli_word(cli, 0), err);
	memcpy(id, o.id, sizeof id);
	obligation_clear(&o);
	ok = ok && obligation_set(cli->desk, id, &what, err) &&
		obligation_find(&o, cli->desk, id, err);
	if (ok) {
		struct json *json = obligation_json(cli, &o);

		cli_note(cli, "%s/%s  %s", o.rule, o.label, obligation_result(o.result));
		cli_result(cli, json);
	}
	obligation_clear(&o);
	return ok;
}

bool
verb_obligation_done(struct cli *cli, struct error *err)
{
	return change(cli, "done", err);
}

bool
verb_obligation_set(struct cli *cli, struct error *err)
{
	return change(cli, cli_option(cli, "result"), err);
}
