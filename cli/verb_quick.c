/* verb_quick.c: quick reports: made, shown, recorded as sent. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/count_json.h"
#include "cli/json_out.h"
#include "cli/verbs_of.h"
#include "core/case.h"
#include "core/i18n.h"
#include "core/quick.h"
#include "core/when.h"
#include "playbooks/counted.h"

struct gathering {
	struct cli *cli;
	struct json *list;
};

static struct json *
quick_json(struct cli *cli, const struct quick *q)
{
	struct json *o = json_object();

	json_set_int(o, "n", q->n);
	json_set_text(o, "register", q->address);
	json_set(o, "lines", quick_lines(q));
	json_set_text(o, "text", q->text);
	json_set_time(cli, o, "made_at", q->made_at);
	json_set_time(cli, o, "next_at", q->next_at);
	json_set_text(o, "state", q->state);
	json_set_or_null(o, "to", q->to_name[0] != '\0' ? q->to_name : q->to_role);
	json_set_or_null(o, "channel", q->channel);
	json_set_time(cli, o, "sent_at", q->sent_at);
	json_set_or_null(o, "sent_by", q->sent_by);
	json_set_or_null(o, "approved_by", q->approved_by);
	json_set_time(cli, o, "confirmed_at", q->confirmed_at);
	json_set_or_null(o, "confirmed_by", q->confirmed_by);
	return o;
}

static bool
add_quick(const struct quick *q, void *arg)
{
	struct gathering *g = arg;

	json_push(g->list, quick_json(g->cli, q));
	return true;
}

bool
quick_list_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err)
{
	struct gathering g = { cli, list };

	return quick_each(cli->desk, case_id, add_quick, &g, err);
}

static void
say_quick(struct cli *cli, const struct quick *q)
{
	char at[WHEN_SHORT_SIZE];

	if (strcmp(q->state, "draft") == 0) {
		cli_say(cli, _("QUICK REPORT %d: DRAFT, not sent"), q->n);
	} else {
		when_near(at, q->sent_at, desk_now(cli->desk), desk_zone(cli->desk));
		cli_say(cli, _("QUICK REPORT %d: sent to %s %s"), q->n, q->to_name, at);
	}
	cli_say(cli, "%s", q->text);
}

static bool
find_case(struct cli *cli, int word, struct error *err)
{
	return case_find(&cli->c, cli->desk, cli_word(cli, word), err);
}

static bool
print_one(struct cli *cli, int n, struct error *err)
{
	struct quick q = { 0 };
	bool ok = quick_find(&q, cli->desk, cli->c.id, n, err);

	if (ok && cli->json) {
		struct json *o = quick_json(cli, &q);

		cli_add_appended(cli, o);
		cli_json(cli, o);
	} else if (ok) {
		say_quick(cli, &q);
	}
	quick_clear(&q);
	return ok;
}

/* A text of one's own comes from a file or the standard input. */
static bool
own_text(struct cli *cli, char **text, struct error *err)
{
	const char *given = cli_option(cli, "text");

	*text = NULL;
	return given == NULL || cli_text(given, text, err);
}

bool
verb_quick(struct cli *cli, struct error *err)
{
	struct quick_want want = { .address = cli_option(cli, "register"),
		.to = cli_option(cli, "to"), .wanted = cli_option(cli, "wanted"),
		.typed = cli_option(cli, "next") };
	struct quick q = { 0 };
	char *text = NULL;
	bool ok;

	if (want.typed != NULL && strcmp(want.typed, "none") == 0) {
		want.next_at = NO_DUE;
	} else if (want.typed != NULL && !when_parse(&want.next_at, want.typed, WHEN_DUE,
		    desk_now(cli->desk), desk_zone(cli->desk), err)) {
		return false;
	}
	ok = find_case(cli, 0, err) && own_text(cli, &text, err);
	want.text = text;
	ok = ok && counted_quick(cli->desk, cli->c.id, &want, &q, err) &&
		print_one(cli, q.n, err);
	quick_clear(&q);
	free(text);
	return ok;
}

static bool
number(struct cli *cli, int *n, struct error *err)
{
	int64_t value;

	if (!cli_number(_("N"), cli_word(cli, 1), 1, INT32_MAX, &value, err)) {
		return false;
	}
	*n = (int)value;
	return true;
}

bool
verb_quick_show(struct cli *cli, struct error *err)
{
	int n = 0;

	return find_case(cli, 0, err) && (cli_word(cli, 1) == NULL || number(cli, &n, err)) &&
		print_one(cli, n, err);
}

bool
verb_quick_list(struct cli *cli, struct error *err)
{
	struct json *list;
	bool ok;

	if (!find_case(cli, 0, err)) {
		return false;
	}
	list = json_array();
	ok = quick_list_json(cli, cli->c.id, list, err);
	for (const struct json *row = json_first(list); ok && !cli->json && !cli->csv &&
	     row != NULL; row = json_next(row)) {
		cli_say(cli, "%3lld  %s  %s  %s", (long long)json_get_int(row, "n", 0),
			quick_register_label(json_get_text(row, "register")),
			strcmp(json_get_text(row, "state"), "draft") == 0 ? _("draft") : _("sent"),
			json_text(json_get(row, "to"), ""));
	}
	return cli_listed(cli, list, ok, NULL);
}

static bool
past(struct cli *cli, const char *option, int64_t *out, struct error *err)
{
	const char *typed = cli_option(cli, option);

	return typed == NULL || when_parse(out, typed, WHEN_PAST, desk_now(cli->desk),
		desk_zone(cli->desk), err);
}

bool
verb_quick_confirm(struct cli *cli, struct error *err)
{
	int64_t at = 0;
	int n = 0;

	return past(cli, "confirmed-at", &at, err) && find_case(cli, 0, err) &&
		number(cli, &n, err) && quick_confirm(cli->desk, cli->c.id, n,
			cli_option(cli, "confirmed-by"), at, err) && print_one(cli, n, err);
}

bool
verb_quick_sent(struct cli *cli, struct error *err)
{
	struct quick_sending sending = { .to = cli_option(cli, "to"),
		.channel = cli_option(cli, "channel"),
		.approved_by = cli_option(cli, "approved-by"),
		.confirmed_by = cli_option(cli, "confirmed-by") };
	int n = 0;

	if (!cli_need(cli, "to", err) || !cli_need(cli, "channel", err)) {
		return false;
	}
	return past(cli, "at", &sending.at, err) &&
		past(cli, "confirmed-at", &sending.confirmed_at, err) &&
		find_case(cli, 0, err) && number(cli, &n, err) &&
		quick_sent(cli->desk, cli->c.id, n, &sending, err) && print_one(cli, n, err);
}
