/* verb_deadline.c: deadline, deadlines, notice, reportable: lawful clocks and the
 * reports that people sent. */
#include <stdlib.h>
#include <string.h>

#include "cli/deadline_json.h"
#include "cli/verbs_of.h"
#include "core/calendar.h"
#include "core/case_set.h"
#include "core/i18n.h"
#include "core/person.h"
#include "core/text.h"
#include "core/when.h"

struct listing {
	struct cli *cli;
	struct json *list; /* NULL: people read */
	bool numbers;      /* say whose clock it is */
};

static void
say_deadline_line(struct cli *cli, const struct deadline *d, bool number)
{
	char due[32];
	char at[CALENDAR_WHEN_SIZE] = "-";
	struct buf why = { 0 };
	bool running = strcmp(d->state, "running") == 0;
	char *left;
	char *state;

	when_due(due, running ? d->due_at : NO_DUE, desk_now(cli->desk), i18n_language());
	if (d->due_at != NO_DUE) {
		calendar_when(at, d->due_at, desk_zone(cli->desk));
	}
	left = text_column(due, 10, true, false);
	state = text_column(deadline_state(d), 20, true, false);
	cli_say(cli, "%s%s%2d  %s %s %s  %s", number ? d->number : "", number ? "  " : "",
		d->n, left, state, at, deadline_title(d));
	if (d->form[0] != '\0' || deadline_to(d)[0] != '\0') {
		cli_say(cli, _("      form %s, to %s, on behalf of %s"),
			d->form[0] == '\0' ? "-" : d->form, deadline_to(d)[0] == '\0' ? "-"
			: deadline_to(d), d->behalf[0] == '\0' ? _("not known") : d->behalf);
	}
	if (d->reason[0] != '\0') {
		deadline_why(&why, d->reason);
		cli_say(cli, "      %s%s%s", buf_text(&why), d->decided_by[0] == '\0' ? "" : ", ",
			d->decided_by[0] == '\0' ? "" : PERSON(cli->desk, d->decided_by));
	}
	buf_free(&why);
	free(left);
	free(state);
}

static bool
on_deadline(const struct deadline *d, void *arg)
{
	struct listing *l = arg;

	if (l->list != NULL) {
		json_push(l->list, deadline_json(l->cli, d));
	} else {
		say_deadline_line(l->cli, d, l->numbers);
	}
	return true;
}

static struct json *
list_for(const struct cli *cli)
{
	return cli->json || cli->csv ? json_array() : NULL;
}

bool
verb_deadline(struct cli *cli, struct error *err)
{
	struct listing l = { .cli = cli, .list = list_for(cli), .numbers = true };
	bool ok = deadline_each(cli->desk, cli->c.id, true, on_deadline, &l, err);

	return cli_listed(cli, l.list, ok, _("no clock runs on this case"));
}

bool
verb_deadlines(struct cli *cli, struct error *err)
{
	struct listing l = { .cli = cli, .list = list_for(cli), .numbers = true };
	const char *limit = cli_option(cli, "limit");
	int64_t rows = 1000;
	bool ok;

	ok = (limit == NULL || cli_number("--limit", limit, 1, 100000, &rows, err)) &&
		deadline_running(cli->desk, 0, "", (int)rows, cli_switch(cli, "drill"),
			on_deadline, &l, err);
	return cli_listed(cli, l.list, ok, _("no clock runs"));
}

bool
verb_deadline_na(struct cli *cli, struct error *err)
{
	return deadline_not_applicable(cli->desk, cli->c.id, cli_word(cli, 0),
		cli_option(cli, "reason"), err);
}

static bool
time_option(struct cli *cli, const char *name, int64_t *at, struct error *err)
{
	const char *typed = cli_option(cli, name);

	*at = 0;
	return typed == NULL || when_parse(at, typed, WHEN_PAST, desk_now(cli->desk),
		desk_zone(cli->desk), err);
}

bool
verb_deadline_add(struct cli *cli, struct error *err)
{
	int64_t at;

	return time_option(cli, "at", &at, err) &&
		deadline_add(cli->desk, cli->c.id, cli_word(cli, 0), at, err);
}

bool
verb_reportable(struct cli *cli, struct error *err)
{
	if (cli_option(cli, "reason") == NULL) {
		return error_set(err, ERR_USAGE,
			_("whether it is reportable is a decision: it needs --reason"));
	}
	return reportable_decide(cli->desk, cli->c.id, cli_word(cli, 0),
		cli_option(cli, "reason"), err);
}

/* `notice WHAT CASE FORM`: the case is the first word after what to do. */
static bool
notice_case(struct cli *cli, struct error *err)
{
	return case_find(&cli->c, cli->desk, cli_word(cli, 0), err);
}

static bool
read_notice(struct cli *cli, struct notice_new *what, struct error *err)
{
	*what = (struct notice_new){
		.form = cli_word(cli, 1), .number = cli_option(cli, "number"),
		.date = cli_option(cli, "date"), .to = cli_option(cli, "to"),
		.channel = cli_option(cli, "channel"), .note = cli_option(cli, "note"),
		.confirmed_by = cli_option(cli, "confirmed-by"),
		.update = cli_switch(cli, "update"),
	};
	return time_option(cli, "at", &what->at, err) &&
		time_option(cli, "confirmed-at", &what->confirmed_at, err);
}

bool
verb_notice_sent(struct cli *cli, struct error *err)
{
	struct notice_new what;
	int n;

	return notice_case(cli, err) && read_notice(cli, &what, err) &&
		notice_sent(cli->desk, cli->c.id, &what, &n, err);
}

bool
verb_notice_confirm(struct cli *cli, struct error *err)
{
	struct notice_new what;

	return notice_case(cli, err) && read_notice(cli, &what, err) &&
		notice_confirm(cli->desk, cli->c.id, &what, err);
}

bool
verb_notice_void(struct cli *cli, struct error *err)
{
	return notice_case(cli, err) && notice_void(cli->desk, cli->c.id, cli_word(cli, 1),
		cli_option(cli, "reason"), err);
}

static bool
on_notice(const struct notice *n, void *arg)
{
	struct listing *l = arg;
	struct cli *cli = l->cli;
	char at[WHEN_SHORT_SIZE];

	if (l->list != NULL) {
		json_push(l->list, notice_json(cli, n));
		return true;
	}
	when_full(at, n->sent_at, desk_zone(cli->desk));
	cli_say(cli, "%s  %s %d  %s  %s  %s%s", at, n->form, n->n,
		n->number[0] == '\0' ? _("no number yet") : n->number, n->to_name,
		notice_channel(n->channel), strcmp(n->state, "void") == 0
			? _("  [recorded by mistake]") : "");
	if (n->confirmed_by[0] != '\0') {
		cli_say(cli, _("      confirmed by %s"), n->confirmed_by);
	}
	return true;
}

bool
verb_notice_list(struct cli *cli, struct error *err)
{
	struct listing l = { .cli = cli, .list = list_for(cli) };
	bool ok = notice_case(cli, err) &&
		notice_each(cli->desk, cli->c.id, on_notice, &l, err);

	return cli_listed(cli, l.list, ok, _("no report is recorded as sent"));
}
