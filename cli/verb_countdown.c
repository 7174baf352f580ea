/* verb_countdown.c: the countdowns of a case. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/count_json.h"
#include "cli/json_out.h"
#include "cli/verbs_of.h"
#include "core/countdown.h"
#include "core/i18n.h"
#include "core/merge.h"
#include "core/when.h"
#include "playbooks/player.h"

struct gathering {
	struct cli *cli;
	struct json *list;
};

static bool
add_countdown(const struct countdown *row, void *arg)
{
	struct gathering *g = arg;
	struct json *o = json_object();
	bool running = strcmp(row->state, "running") == 0;

	json_set_int(o, "n", row->n);
	json_set_text(o, "state", row->state);
	json_set_text(o, "case", row->number);
	json_set_or_null(o, "merged_into", row->into);
	json_set_text(o, "label", row->label);
	json_set_or_null(o, "variable", row->variable);
	json_set_int(o, "minutes", row->minutes);
	json_set_time(g->cli, o, "read_at", row->read_at);
	json_set_time(g->cli, o, "ends_at", row->ends_at);
	json_set_bool(o, "over", running && row->ends_at <= desk_now(g->cli->desk));
	json_set_time(g->cli, o, "stopped_at", row->stopped_at);
	json_set_or_null(o, "stopped_by", row->stopped_by);
	json_set_or_null(o, "reason", row->reason);
	json_push(g->list, o);
	return true;
}

bool
countdowns_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err)
{
	struct gathering g = { cli, list };

	return countdown_each(cli->desk, case_id, add_countdown, &g, err);
}

static bool
say_countdown(const struct countdown *row, void *arg)
{
	struct cli *cli = arg;
	char at[WHEN_SHORT_SIZE];
	char *label, *text;

	if (strcmp(row->state, "running") != 0) {
		when_near(at, row->stopped_at, desk_now(cli->desk), desk_zone(cli->desk));
		cli_say(cli, _("%3d  %s  stopped %s by %s  %s"), row->n, row->label, at,
			row->stopped_by, row->reason);
		return true;
	}
	label = merged_words(row->into, row->label);
	text = countdown_words(label, row->ends_at, desk_now(cli->desk), desk_zone(cli->desk));
	free(label);
	when_near(at, row->read_at, desk_now(cli->desk), desk_zone(cli->desk));
	cli_say(cli, _("%3d  %s  (read at %s: %lld minutes)"), row->n, text, at,
		(long long)row->minutes);
	free(text);
	return true;
}

bool
verb_countdown_list(struct cli *cli, struct error *err)
{
	struct json *list = json_array();
	bool ok = cli->json || cli->csv ? countdowns_json(cli, cli->c.id, list, err)
		: countdown_each(cli->desk, cli->c.id, say_countdown, cli, err);

	return cli_listed(cli, list, ok, NULL);
}

/* "45", and as people write spans: "1g10", "45ph". */
static bool
minutes_of(const char *typed, int64_t *out, struct error *err)
{
	int64_t ms;

	if (typed[0] != '\0' && strspn(typed, "0123456789") == strlen(typed)) {
		return cli_number(_("MINUTES"), typed, 0, COUNTDOWN_MOST, out, err);
	}
	if (!when_parse_span(&ms, typed, err)) {
		return false;
	}
	*out = ms / 60000;
	return true;
}

bool
verb_countdown_add(struct cli *cli, struct error *err)
{
	const char *typed = cli_option(cli, "at");
	int64_t minutes = 0, at = 0;
	int n = 0;

	if (typed != NULL && !when_parse(&at, typed, WHEN_PAST, desk_now(cli->desk),
		    desk_zone(cli->desk), err)) {
		return false;
	}
	return minutes_of(cli_word(cli, 1), &minutes, err) && player_read(cli->desk,
		cli->c.id, cli_word(cli, 0), minutes, at, &n, err);
}

bool
verb_countdown_stop(struct cli *cli, struct error *err)
{
	int64_t n;

	return cli_number(_("N"), cli_word(cli, 0), 1, INT32_MAX, &n, err) &&
		countdown_stop(cli->desk, cli->c.id, (int)n, cli_option(cli, "reason"), err);
}
