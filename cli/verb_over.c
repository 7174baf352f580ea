/* verb_over.c: over: who must hear that it is over, and who has. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/tin_json.h"
#include "cli/verbs_of.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/text.h"
#include "core/when.h"

static void
say_row(struct cli *cli, const struct told *row)
{
	char clock[WHEN_SHORT_SIZE] = "";
	char tried[64] = "";
	char *name = text_column(row->name, 34, true, false);
	char *number = text_column(row->number == NULL ? "" : row->number, 14, true, false);

	if (row->over_at != 0) {
		when_near(clock, row->over_at, desk_now(cli->desk), desk_zone(cli->desk));
	}
	if (row->over_at == 0 && row->tries > 0) {
		when_near(clock, row->tried_at, desk_now(cli->desk), desk_zone(cli->desk));
		(void)snprintf(tried, sizeof tried, _(", %d calls, %s"), row->tries, clock);
	}
	cli_say(cli, "%3d %s %s %s%s %s%s%s", row->n, name, number,
		row->over_at == 0 ? _("NOT TOLD") : clock, tried,
		row->over_at == 0 ? row->how : row->over_how,
		row->over_at != 0 && row->over_by[0] != '\0' ? ", " : "",
		row->over_at != 0 && row->over_by[0] != '\0'
			? PERSON(cli->desk, row->over_by) : "");
	free(name);
	free(number);
}

static bool
is_over(const struct cli *cli)
{
	return strcmp(cli->c.status, "recovered") == 0 || strcmp(cli->c.status, "closed") == 0;
}

static bool
print_list(struct cli *cli, bool changed, struct error *err)
{
	bool over = is_over(cli);
	struct all_clear all;
	struct json *list = json_array();
	char *text = NULL;

	if (!all_clear_load(&all, cli->desk, cli->c.id, err) ||
	    !all_clear_text(&text, cli->desk, cli->c.id, err)) {
		json_free(list);
		return false;
	}
	for (int i = 0; i < all.count; i++) {
		if (cli->json || cli->csv) {
			json_push(list, told_json(cli, &all.rows[i]));
		} else {
			say_row(cli, &all.rows[i]);
		}
	}
	if (all.count == 0) {
		cli_note(cli, _("%s: nobody called and nobody was told"), cli->c.number);
	} else {
		cli_note(cli, _("%s: %d to tell that it is over, %d left"), cli->c.number,
			all.count, all.left);
	}
	if (!cli->csv && all.left > 0) {
		cli_note(cli, "%s", over ? text
			: _("It is not recovered yet: these are to be told when it is."));
	}
	if (changed && cli->json) {
		struct json *object = json_object();

		json_set(object, "told", list);
		json_set_int(object, "left", all.left);
		json_set_text(object, "text", text);
		cli_result(cli, object);
	} else {
		cli_list(cli, list);
	}
	free(text);
	all_clear_free(&all);
	return true;
}

bool
verb_over_list(struct cli *cli, struct error *err)
{
	return print_list(cli, false, err);
}

bool
verb_over_told(struct cli *cli, struct error *err)
{
	bool everybody = cli_switch(cli, "all");
	int count = cli_word_count(cli);
	const char **refs;
	int done = 0;
	bool ok;

	bool nobody = cli_switch(cli, "no-answer");

	if (!nobody && !cli_need(cli, "how", err)) {
		return false;
	}
	if ((count == 0) != everybody || (nobody && everybody)) {
		return cli_usage(cli, err);
	}
	refs = xcalloc((size_t)count + 1, sizeof *refs);
	for (int i = 0; i < count; i++) {
		refs[i] = cli_word(cli, i);
	}
	ok = nobody ? all_clear_tried(cli->desk, cli->c.id, refs, count,
			cli_option(cli, "how"), &done, err)
		: all_clear_told(cli->desk, cli->c.id, everybody ? NULL : refs, count,
			cli_option(cli, "how"), &done, err);
	free(refs);
	if (ok && !nobody) {
		if (done == 0) {
			cli_note(cli, "%s", _("nothing to change, they were told already"));
		} else {
			cli_note(cli, _("%d told now"), done);
		}
		/* One place may be back before the others: it is not refused. */
		if (done > 0 && !is_over(cli)) {
			cli_warn(cli, _("%s is not recovered yet: who was told now will not"
					" stand on the list again"), cli->c.number);
		}
	}
	return ok && print_list(cli, true, err);
}
