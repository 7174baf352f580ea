/* verb_wait.c: wait, waits: what others promised. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "cli/wait_json.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/when.h"
#include "core/words.h"

bool
verb_wait(struct cli *cli, struct error *err)
{
	const struct waiting_new what = {
		.whom = cli_word(cli, 0), .what = cli_option(cli, "for"),
		.ticket = cli_option(cli, "ticket"), .promised = cli_option(cli, "promised"),
		.said_at = cli_option(cli, "said-at"), .raise = cli_option(cli, "raise-after"),
	};
	int count = 0, n = 0;

	if (!cli_need(cli, "for", err) ||
	    !waiting_add(cli->desk, cli->c.id, &what, &n, err)) {
		return false;
	}
	(void)change_appended(cli->desk, &count);
	if (count == 0) {
		cli_note(cli, _("already waited for as %d: nothing was added; a new promise or"
			" call: `suco wait asked CASE %d`"), n, n);
	} else {
		cli_note(cli, _("waiting %d on %s"), n, what.whom);
	}
	return cli_case_result(cli, cli->c.id, err);
}

static bool
number(struct cli *cli, int *n, struct error *err)
{
	int64_t given;

	if (!cli_number(_("waiting"), cli_word(cli, 0), 1, INT32_MAX, &given, err)) {
		return false;
	}
	*n = (int)given;
	return true;
}

static struct waiting_word
word_of(struct cli *cli)
{
	return (struct waiting_word){ .said = cli_option(cli, "said"),
		.promised = cli_option(cli, "promised"), .whom = cli_option(cli, "whom"),
		.channel = cli_option(cli, "channel"), .at = cli_option(cli, "at") };
}

/* Who else asked a moment ago: both stand, and both learn it. */
struct also {
	int64_t since;
	const char *me;
	char *by;
};

static bool
look_also(const struct asking *asking, void *arg)
{
	struct also *also = arg;

	if (asking->at >= also->since && strcmp(asking->by, also->me) != 0) {
		free(also->by);
		also->by = xstrdup(asking->by);
	}
	return true;
}

#define AT_ONCE_MS (5 * 60000LL)

typedef bool word_fn(struct desk *desk, const char *case_id, int n,
	const struct waiting_word *word, struct error *err);

static bool
speak(struct cli *cli, word_fn *act, struct error *err)
{
	const struct waiting_word word = word_of(cli);
	struct also also = { .since = desk_now(cli->desk) - AT_ONCE_MS,
		.me = desk_me(cli->desk)->name };
	struct waiting w = { 0 };
	int n;
	bool ok = number(cli, &n, err) &&
		waiting_load(&w, cli->desk, cli->c.id, n, err) &&
		asking_each(cli->desk, w.id, look_also, &also, err) &&
		act(cli->desk, cli->c.id, n, &word, err);

	if (ok && also.by != NULL) {
		cli_warn(cli, _("%s asked them too within the last 5 minutes: both are kept"),
			also.by);
	}
	free(also.by);
	waiting_clear(&w);
	return ok;
}

bool
verb_wait_asked(struct cli *cli, struct error *err)
{
	return speak(cli, waiting_asked, err);
}

bool
verb_wait_raise(struct cli *cli, struct error *err)
{
	return speak(cli, waiting_raise, err);
}

bool
verb_wait_done(struct cli *cli, struct error *err)
{
	int n;

	return number(cli, &n, err) &&
		waiting_done(cli->desk, cli->c.id, n, cli_option(cli, "result"), err);
}

bool
verb_wait_set(struct cli *cli, struct error *err)
{
	const struct waiting_change change = { .ticket = cli_option(cli, "ticket"),
		.promised = cli_option(cli, "promised"), .said_at = cli_option(cli, "said-at"),
		.raise = cli_option(cli, "raise-after"), .owner = cli_option(cli, "to") };
	int n;

	return number(cli, &n, err) &&
		waiting_set(cli->desk, cli->c.id, n, &change, err);
}

static bool
say_waiting(const struct waiting *w, void *arg)
{
	struct cli *cli = arg;
	char due[32], clock[WHEN_SHORT_SIZE] = "-";
	int64_t now = desk_now(cli->desk);
	char *what = merged_words(w->into, w->what);

	if (w->promised_at != NO_DUE) {
		when_near(clock, w->promised_at, now, desk_zone(cli->desk));
	}
	when_due(due, w->ended_at != 0 ? NO_DUE : w->next_ask_at, now, i18n_language());
	cli_say(cli, _("%s  %3d  %-7s  %s: %s%s%s  promised %s  asked %d  raised %d  %s"),
		w->number, w->n, word_label(WORDS_WAITING_STATE, w->state), w->name, what,
		w->ticket[0] != '\0' ? "  #" : "", w->ticket, clock, w->asked, w->raised,
		w->ended_at != 0 ? w->result : due);
	free(what);
	return true;
}

static bool
list(struct cli *cli, const char *case_id, struct error *err)
{
	struct json *rows = json_array();
	bool ok = cli->json || cli->csv ? waitings_json(cli, case_id, rows, err)
		: waiting_each(cli->desk, case_id, say_waiting, cli, err);

	return cli_listed(cli, rows, ok, _("nothing is waited for"));
}

bool
verb_wait_list(struct cli *cli, struct error *err)
{
	return list(cli, cli->c.id, err);
}

bool
verb_waits(struct cli *cli, struct error *err)
{
	return list(cli, NULL, err);
}
