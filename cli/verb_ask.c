/* verb_ask.c: ask, answer, decisions: orders asked for and what became of them. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "cli/wait_json.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/merge.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/step_decision.h"

/* What to do next, for people: until when, and the sentence of the plan. */
static bool
say_asked(struct cli *cli, int n, struct error *err)
{
	struct decision d = { 0 };
	char until[WHEN_SHORT_SIZE];

	if (cli->json) {
		return true;
	}
	if (!decision_load(&d, cli->desk, cli->c.id, n, err)) {
		return false;
	}
	if (d.until_at == NO_DUE) {
		cli_note(cli, _("decision %d asked of %s: %s"), n, d.name, d.question);
	} else {
		when_near(until, d.until_at, desk_now(cli->desk), desk_zone(cli->desk));
		cli_note(cli, _("decision %d asked of %s, answer by %s: %s"), n, d.name, until,
			d.question);
	}
	if (d.fallback[0] != '\0') {
		cli_note(cli, _("without an answer: %s%s"), d.fallback,
			strcmp(d.authority, "draft") == 0
				? _(" (the plan is a DRAFT: this authorises nobody yet)") : "");
	}
	decision_clear(&d);
	return true;
}

bool
verb_ask(struct cli *cli, struct error *err)
{
	const char *step = cli_option(cli, "step");
	const struct decision_new what = {
		.whom = cli_word(cli, 0), .question = cli_option(cli, "question"),
		.channel = cli_option(cli, "channel"), .at = cli_option(cli, "at"),
		.until = cli_option(cli, "until"), .options = cli_option(cli, "options"),
		.fallback = cli_option(cli, "fallback"),
	};
	int count = 0, n = 0;

	if (step == NULL && (what.whom == NULL || !cli_need(cli, "question", err))) {
		return what.whom != NULL ? false : error_set(err, ERR_USAGE,
			_("ask whom?  A role or a name in words, or --step STEP"));
	}
	if (!(step != NULL
		    ? step_decision_ask(cli->desk, cli->c.id, step, &what, &n, err)
		    : decision_ask(cli->desk, cli->c.id, &what, &n, err))) {
		return false;
	}
	(void)change_appended(cli->desk, &count);
	if (count == 0) {
		cli_note(cli, _("already asked as %d: nothing was added; it is still open"), n);
	}
	return cli_case_result(cli, cli->c.id, err) &&
		(count == 0 || say_asked(cli, n, err));
}

typedef bool answer_fn(struct desk *desk, const char *case_id, int n,
	const struct decision_word *word, struct error *err);

static bool
withdraw(struct desk *desk, const char *case_id, int n, const struct decision_word *word,
	struct error *err)
{
	return decision_withdraw(desk, case_id, n, word->reason, err);
}

/* The first that is given says what it is; --document may stand beside an answer,
 * and beside nothing else: there it would be lost. */
static const struct {
	const char *option;
	answer_fn *act;
} answers[] = {
	{ "answer", decision_answer },
	{ "fallback", decision_fallback },
	{ "no-answer", decision_try },
	{ "withdraw", withdraw },
	{ "document", decision_document },
};

bool
verb_answer(struct cli *cli, struct error *err)
{
	const struct decision_word word = {
		.answer = cli_option(cli, "answer"), .reason = cli_option(cli, "reason"),
		.by = cli_option(cli, "by"), .at = cli_option(cli, "at"),
		.channel = cli_option(cli, "channel"), .document = cli_option(cli, "document"),
		.date = cli_option(cli, "date"),
	};
	answer_fn *act = NULL;
	int count = 0;
	int64_t n;

	if (!cli_number(_("decision"), cli_word(cli, 0), 1, INT32_MAX, &n, err)) {
		return false;
	}
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		if (cli_option(cli, answers[i].option) != NULL) {
			act = act == NULL ? answers[i].act : act;
			count += answers[i].act != decision_document;
		}
	}
	if (act == NULL || count > 1 || (word.document != NULL &&
			act != decision_answer && act != decision_document)) {
		return error_set(err, ERR_USAGE, _("say one of --answer TEXT, --fallback --by NAME,"
			" --no-answer, --document NUMBER, --withdraw --reason TEXT"));
	}
	return act(cli->desk, cli->c.id, (int)n, &word, err);
}

static void
say_reason(struct cli *cli, const char *reason)
{
	if (reason[0] != '\0') {
		cli_say(cli, _("        reason: %s"), reason);
	}
}

static void
say_document(struct cli *cli, const struct decision *d)
{
	if (d->doc_number[0] == '\0') {
		cli_say(cli, "      %s", _("no document yet"));
	} else if (d->doc_date[0] == '\0') {
		cli_say(cli, "      %s%s", _("document "), d->doc_number);
	} else {
		cli_say(cli, _("      document %s of %.2s/%.2s/%.4s"), d->doc_number,
			d->doc_date + 8, d->doc_date + 5, d->doc_date);
	}
}

static bool
outcome(struct cli *cli, const struct decision *d, struct error *err)
{
	struct decision_reasons why;

	if (!decision_reasons(&why, cli->desk, d, err)) {
		return false;
	}
	if (d->fallback_at != 0) {
		cli_say(cli, _("      by authority: \"%s\", taken by %s"), d->fallback,
			d->fallback_by);
		say_reason(cli, why.fallback);
	}
	if (d->answered_at != 0) {
		cli_say(cli, d->fallback_at != 0 ? _("      answered later: %s, %s")
			: _("      answered: %s, %s"), decision_label(d, d->answer),
			d->answered_by);
		say_reason(cli, why.answer);
	}
	decision_reasons_clear(&why);
	if (decision_settled(d)) {
		say_document(cli, d);
	}
	return true;
}

struct saying {
	struct cli *cli;
	struct error *err;
	bool failed;
};

static bool
say_decision(const struct decision *d, void *arg)
{
	struct saying *saying = arg;
	struct cli *cli = saying->cli;
	char at[WHEN_SHORT_SIZE], due[32];
	int64_t now = desk_now(cli->desk);
	char *what = merged_words(d->into, d->question);

	when_near(at, d->asked_at, now, desk_zone(cli->desk));
	when_due(due, d->ended_at != 0 ? NO_DUE : d->until_at, now, i18n_language());
	cli_say(cli, _("%s  %3d  %s  asked %s of %s: %s  (no answer %d times)  %s"),
		d->number, d->n, word_label(WORDS_DECISION_STATE, d->state), at, d->name,
		what, d->tries, due);
	free(what);
	saying->failed = !outcome(cli, d, saying->err);
	return !saying->failed;
}

static bool
list(struct cli *cli, const char *case_id, enum decision_show show, struct error *err)
{
	struct json *rows = json_array();
	struct saying saying = { .cli = cli, .err = err };
	bool ok = cli->json || cli->csv ? decisions_json(cli, case_id, show, rows, err)
		: decision_each(cli->desk, case_id, show, say_decision, &saying, err) &&
			!saying.failed;

	return cli_listed(cli, rows, ok, _("no decision"));
}

bool
verb_ask_list(struct cli *cli, struct error *err)
{
	return list(cli, cli->c.id, DECISIONS_ALL, err);
}

bool
verb_decisions(struct cli *cli, struct error *err)
{
	enum decision_show show = cli_switch(cli, "open") ? DECISIONS_OPEN
		: cli_switch(cli, "no-document") ? DECISIONS_NO_DOCUMENT : DECISIONS_ALL;

	return list(cli, NULL, show, err);
}
