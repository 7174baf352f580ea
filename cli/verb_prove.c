/* verb_prove.c: verify, undo, redact. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/case.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/redact_register.h"
#include "core/timeline.h"
#include "core/undo.h"
#include "core/verify.h"

static struct json *
bad_json(const struct fault *fault)
{
	struct json *o = json_object();

	if (fault->seq != 0) {
		json_set_int(o, "seq", fault->seq);
	}
	if (fault->table[0] != '\0') {
		json_set_text(o, "table", fault->table);
		json_set_text(o, "id", fault->id);
	}
	json_set_text(o, "field", fault->field);
	json_set_text(o, "text", fault->text);
	return o;
}

static void
print_json(struct cli *cli, const struct verify_result *r, bool head_asked)
{
	struct json *o = json_object();

	json_set_int(o, "events", r->events);
	json_set_text(o, "head", r->head[0] == '\0' ? NULL : r->head);
	json_set_text(o, "chain", r->chain_ok ? "ok" : "broken");
	json_set_text(o, "replay",
		!r->replayed ? "skipped" : r->replay_ok ? "ok" : "differs");
	if (head_asked) {
		json_set_bool(o, "head_found", r->head_found);
	}
	json_set(o, "first_bad", r->faults == 0 ? json_null() : bad_json(&r->first));
	cli_json(cli, o);
}

static void
print_text(struct cli *cli, const struct verify_result *r)
{
	if (r->faults == 0) {
		cli_say(cli, r->replayed
			? _("whole: %lld events, the chain holds and the rows are what it says")
			: _("whole: %lld events, the chain holds"), (long long)r->events);
		cli_say(cli, _("head %s"), r->head);
		return;
	}
	if (r->first.table[0] != '\0' && strcmp(r->first.table, "event") != 0) {
		cli_say(cli, _("NOT WHOLE: row %s of table %s, %s: %s"), r->first.id,
			r->first.table, r->first.field, r->first.text);
	} else if (r->first.seq == 0) {
		cli_say(cli, _("NOT WHOLE: %s"), r->first.text);
	} else {
		cli_say(cli, _("NOT WHOLE: event %lld, %s: %s"), (long long)r->first.seq,
			r->first.field, r->first.text);
	}
	cli_say(cli, _("%lld faults in all"), (long long)r->faults);
}

static bool
is_head(const char *text, struct error *err)
{
	return (strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64) ||
		error_set(err, ERR_BAD_INPUT,
			_("a head is 64 hexadecimal digits, not \"%.80s\""), text);
}

bool
verb_verify(struct cli *cli, struct error *err)
{
	const char *head = cli_option(cli, "head");
	struct verify_result r = { .chain_ok = true };
	struct ir_case c = { 0 };
	bool one = cli_word(cli, 0) != NULL;
	bool ok = (head == NULL || is_head(head, err)) &&
		(!one || case_find(&c, cli->desk, cli_word(cli, 0), err));

	ok = ok && verify_chain(cli->desk, one ? c.id : NULL, &r, err);
	if (ok && cli_switch(cli, "replay")) {
		ok = verify_replay(cli->desk, &r, err);
	}
	if (ok && head != NULL) {
		ok = verify_head(cli->desk, head, &r, err);
	}
	case_clear(&c);
	if (!ok) {
		return false;
	}
	if (cli->json) {
		print_json(cli, &r, head != NULL);
	} else {
		print_text(cli, &r);
	}
	cli->status = r.faults == 0 ? 0 : 6;
	return true;
}

static bool
say_entry(const struct entry *entry, void *arg)
{
	struct cli *cli = arg;
	char *text = timeline_text(entry, desk_zone(cli->desk));

	cli_note(cli, "%s", text);
	free(text);
	return false;
}

/* Undo names what it undid, redo what it brought back. */
static bool
say_undone(struct cli *cli, struct error *err)
{
	int count;
	const struct appended *row = change_appended(cli->desk, &count);

	return count == 0 || timeline_each(cli->desk,
		&(struct timeline_page){ .case_id = cli->c.id, .after = row->seq - 1 },
		say_entry, cli, err);
}

static bool
undo(struct cli *cli, struct error *err)
{
	const char *event = cli_option(cli, "event");
	int64_t seq;

	if (cli_switch(cli, "redo")) {
		return redo_last(cli->desk, cli->c.id, err);
	}
	if (event == NULL) {
		return undo_last(cli->desk, cli->c.id, err);
	}
	return cli_number("--event", event, 1, INT64_MAX - 1, &seq, err) &&
		undo_event(cli->desk, cli->c.id, seq, err);
}

bool
verb_undo(struct cli *cli, struct error *err)
{
	return undo(cli, err) && say_undone(cli, err);
}

#define CASES_SAID 8

static void
say_cases(struct cli *cli, const struct json *cases)
{
	int left = CASES_SAID;

	for (const struct json *row = json_first(cases); row != NULL; row = json_next(row)) {
		const char *number = json_text_of(row, "number");

		if (left-- == 0) {
			cli_note(cli, _("... and %d cases more (--json lists them)"),
				json_count(cases) - CASES_SAID);
			return;
		}
		cli_note(cli, _("still in %lld events of %s: `suco redact %s SEQ FIELD`"),
			(long long)json_get_int(row, "events", 0), number, number);
	}
}

/* Which copies still hold the text: the verb says it, whoever reads decides. */
static void
say_redacted(struct cli *cli, const struct redact_result *r)
{
	cli_note(cli, _("%d events masked%s"), r->events,
		r->compacted ? _("; no byte of it is left in the desk's files") : "");
	if (r->told > 0) {
		cli_note(cli, _("%lld messages had gone out with it"), (long long)r->told);
	}
	for (const struct json *row = json_first(r->left); row != NULL; row = json_next(row)) {
		cli_note(cli, _("still in the backup %s"), json_get_text(row, "backup"));
	}
	say_cases(cli, r->cases);
	cli_note(cli, _("heads from before still prove the old text"));
}

static void
redacted_result(struct cli *cli, const struct redact_result *r, int64_t seq)
{
	struct json *o = json_object();

	say_redacted(cli, r);
	json_set_text(o, "number", cli->c.number);
	json_set_int(o, "seq", seq);
	json_set_int(o, "events", r->events);
	json_set_bool(o, "compacted", r->compacted);
	json_set_int(o, "told", r->told);
	json_set(o, "left", r->left == NULL ? json_array() : r->left);
	json_set(o, "cases", r->cases == NULL ? json_array() : r->cases);
	cli_result(cli, o);
}

/* redact CASE|desk SEQ FIELD...; redact contact|unit|... KEY FIELD... */
bool
verb_redact(struct cli *cli, struct error *err)
{
	const struct redaction what = {
		.fields = &cli->words[cli->first + 1], .field_count = cli_word_count(cli) - 1,
		.law = cli_option(cli, "law"), .reason = cli_option(cli, "reason"),
	};
	struct redact_result r = { 0 };
	int64_t seq = 0;

	if (!cli_need(cli, "law", err) || !cli_need(cli, "reason", err)) {
		return false;
	}
	if (redact_is_kind(cli->words[0])
		? !redact_register(cli->desk, cli->words[0], cli_word(cli, 0), &what, &r, err)
		: !cli_number(_("the event"), cli_word(cli, 0), 1, INT64_MAX - 1, &seq, err) ||
		!redact_event(cli->desk, cli->c.id, seq, &what, &r, err)) {
		return false;
	}
	redacted_result(cli, &r, seq);
	return true;
}
