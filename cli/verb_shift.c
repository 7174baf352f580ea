/* verb_shift.c: log, handover: the shift's own book. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/clean.h"
#include "cli/cli.h"
#include "cli/json_out.h"
#include "cli/verbs_of.h"
#include "core/duty.h"
#include "core/files.h"
#include "core/handover.h"
#include "core/i18n.h"
#include "core/person.h"
#include "core/shift_log.h"
#include "core/shift_sheet.h"
#include "core/text.h"
#include "core/when.h"

static bool
past(struct cli *cli, const char *option, int64_t *out, struct error *err)
{
	const char *typed = cli_option(cli, option);

	*out = 0;
	return typed == NULL || when_parse(out, typed, WHEN_PAST, desk_now(cli->desk),
		desk_zone(cli->desk), err);
}

static struct json *
entry_json(struct cli *cli, const struct shift_entry *entry)
{
	struct json *o = json_object();

	json_set(o, "n", entry->n == 0 ? json_null() : json_int(entry->n));
	json_set_time(cli, o, "at", entry->at);
	json_set_time(cli, o, "noted_at", entry->noted_at);
	json_set_text(o, "kind", entry->kind);
	json_set_text(o, "text", entry->text);
	json_set_text(o, "by", entry->by);
	json_set_or_null(o, "asset", entry->asset);
	return o;
}

static bool
push_entry(const struct shift_entry *entry, void *arg)
{
	void **both = arg;

	json_push(both[1], entry_json(both[0], entry));
	return true;
}

static bool
print_entry(const struct shift_entry *entry, void *arg)
{
	void **both = arg;
	struct cli *cli = both[0];
	char at[WHEN_SHORT_SIZE], noted[WHEN_SHORT_SIZE];
	char *kind = text_column(shift_kind_label(entry->kind), 12, true, false);
	char *text = text_printable(entry->text, strlen(entry->text));
	char *given = text_column(entry->by, 20, true, false);

	when_near(at, entry->at, desk_now(cli->desk), desk_zone(cli->desk));
	when_near(noted, entry->noted_at, desk_now(cli->desk), desk_zone(cli->desk));
	cli_say(cli, "%-11s  %s %s %s%s%s", at, kind, given, entry->asset,
		entry->asset[0] == '\0' ? "" : ": ", text);
	if (entry->noted_at - entry->at >= 60000) {
		cli_say(cli, _("             (entered %s)"), noted);
	}
	free(given);
	free(text);
	free(kind);
	return true;
}

bool
verb_log(struct cli *cli, struct error *err)
{
	struct shift_new what = { .kind = cli_option(cli, "kind"),
		.asset = cli_option(cli, "asset"), .witness = cli_option(cli, "witness"),
		.seal = cli_option(cli, "seal") };
	struct json *o;
	char *text = NULL;
	int64_t n = 0;
	bool ok = past(cli, "at", &what.at, err) && cli_text(cli_word(cli, 0), &text, err);

	what.text = text;
	ok = ok && shift_log_add(cli->desk, &what, &n, err);
	free(text);
	if (ok) {
		cli_note(cli, _("entry %lld stands in the shift log"), (long long)n);
		o = json_object();
		json_set_int(o, "n", n);
		cli_result(cli, o);
	}
	return ok;
}

bool
verb_log_list(struct cli *cli, struct error *err)
{
	struct shift_filter filter = { 0 };
	int64_t limit = 200;
	struct json *list = cli->json || cli->csv ? json_array() : NULL;
	void *both[2] = { cli, list };
	char *words = cli_joined(cli, 0);
	bool ok = past(cli, "from", &filter.from, err) && past(cli, "to", &filter.to, err) &&
		(cli_option(cli, "limit") == NULL || cli_number("--limit",
			cli_option(cli, "limit"), 1, 100000, &limit, err));

	filter.words = words;
	filter.limit = (int)limit;
	ok = ok && shift_log_each(cli->desk, &filter, list != NULL ? push_entry : print_entry,
		both, err);
	free(words);
	return cli_listed(cli, list, ok, _("nothing in the shift log"));
}

static struct json *
handover_json(struct cli *cli, const struct handover *h)
{
	struct json *o = json_object();

	json_set_int(o, "n", h->n);
	json_set_text(o, "state", h->state);
	json_set_text(o, "giver", h->giver);
	json_set_text(o, "taker", h->taker);
	json_set_time(cli, o, "from", h->from_at);
	json_set_time(cli, o, "given_at", h->given_at);
	json_set_time(cli, o, "taken_at", h->taken_at);
	json_set_time(cli, o, "withdrawn_at", h->withdrawn_at);
	json_set_or_null(o, "withdrawn_by", h->withdrawn_by);
	json_set_or_null(o, "reason", h->reason);
	json_set_or_null(o, "words", h->words);
	json_set_text(o, "head", h->head);
	return o;
}

/* What would be given now, for scripts: the numbers and the lines of each part. */
static bool
draft_json(struct cli *cli, struct json **out, struct error *err)
{
	struct shift_sheet sheet = { 0 };
	int64_t from = 0;
	struct duty_turn taker = { 0 };
	bool ok = shift_began(cli->desk, &from, err) &&
		shift_sheet_read(&sheet, cli->desk, from, err) &&
		duty_taker(cli->desk, &taker, err);
	struct json *parts = json_array();

	for (int i = 0; ok && i < SHEET_PARTS; i++) {
		struct json *part = json_object();
		struct json *lines = json_array();

		for (int line = 0; line < sheet.parts[i].count; line++) {
			json_push(lines, json_string(sheet.parts[i].lines[line]));
		}
		json_set_text(part, "part", sheet.parts[i].name);
		json_set_int(part, "total", sheet.parts[i].total);
		json_set(part, "lines", lines);
		json_push(parts, part);
	}
	*out = json_object();
	json_set(*out, "n", json_null());
	json_set_text(*out, "state", "draft");
	json_set_text(*out, "next", taker.login);
	free(taker.login);
	free(taker.name);
	json_set_time(cli, *out, "from", from);
	json_set_int(*out, "open", sheet.open);
	json_set_int(*out, "overdue", sheet.late);
	json_set_int(*out, "no_owner", sheet.no_owner);
	json_set_int(*out, "reportable_unknown", sheet.unknown);
	json_set_int(*out, "waiting", sheet.waiting);
	json_set_int(*out, "promises_over", sheet.promises_over);
	json_set(*out, "parts", parts);
	shift_sheet_clear(&sheet);
	if (!ok) {
		json_free(*out);
	}
	return ok;
}

/* To the file that was named, or to the output. */
static bool
put_page(struct cli *cli, const struct buf *page, struct error *err)
{
	const char *to = cli_option(cli, "output");
	struct buf shown = { 0 };
	bool ok = true;

	clean_page(&shown, buf_text(page));
	if (to == NULL) {
		buf_add(&cli->out, shown.data, shown.len);
	} else if ((ok = file_write(to, shown.data, shown.len, 0600, err))) {
		cli_note(cli, _("written to %s"), to);
	}
	buf_free(&shown);
	return ok;
}

/* *h is cleared by the caller; id "" where a draft is shown. */
static bool
find_shown(struct cli *cli, struct handover *h, struct error *err)
{
	int64_t n = 0;

	if (cli_word(cli, 0) == NULL) {
		return handover_open(h, cli->desk, err);
	}
	return cli_number(_("hand-over"), cli_word(cli, 0), 1, INT32_MAX, &n, err) &&
		handover_find(h, cli->desk, n, err);
}

bool
verb_handover_show(struct cli *cli, struct error *err)
{
	struct handover h = { 0 };
	struct buf page = { 0 };
	struct json *o = NULL;
	bool ok = find_shown(cli, &h, err) && (h.id[0] == '\0'
		? handover_page(&page, cli->desk, NULL, err)
		: handover_text(&page, cli->desk, &h, err));

	if (ok && cli->json) {
		ok = h.id[0] == '\0' ? draft_json(cli, &o, err)
			: (o = handover_json(cli, &h)) != NULL;
	}
	if (ok && cli->json) {
		json_set_text(o, "sheet", buf_text(&page));
		cli_json(cli, o);
	} else if (ok) {
		ok = put_page(cli, &page, err);
	}
	buf_free(&page);
	handover_clear(&h);
	return ok;
}

static bool
newest_result(struct cli *cli, struct error *err)
{
	struct handover h;
	bool ok = handover_find(&h, cli->desk, 0, err);

	if (ok) {
		cli_result(cli, handover_json(cli, &h));
	}
	handover_clear(&h);
	return ok;
}

/* Nobody signs by a default: the roster's next is said, and who gives names him. */
static bool
named(struct cli *cli, struct error *err)
{
	struct duty_turn taker;
	char from[WHEN_SHORT_SIZE];

	if (cli_option(cli, "to") != NULL) {
		return true;
	}
	if (!duty_taker(cli->desk, &taker, err)) {
		return false;
	}
	if (taker.login == NULL) {
		return cli_need(cli, "to", err);
	}
	when_near(from, taker.from, desk_now(cli->desk), desk_zone(cli->desk));
	error_set(err, ERR_USAGE, _("to whom? By the roster %s is next, on call from %s:"
			" --to %s"), taker.name, from, taker.login);
	free(taker.login);
	free(taker.name);
	return false;
}

bool
verb_handover_give(struct cli *cli, struct error *err)
{
	const char *given = cli_option(cli, "words");
	char *words = NULL;
	int64_t n = 0;
	bool ok = named(cli, err) && (given == NULL || cli_text(given, &words, err)) &&
		handover_give(cli->desk, cli_option(cli, "to"), words, &n, err);

	free(words);
	if (ok) {
		cli_note(cli, _("hand-over %lld waits for %s to read and sign"), (long long)n,
			PERSON(cli->desk, cli_option(cli, "to")));
	}
	return ok && newest_result(cli, err);
}

bool
verb_handover_take(struct cli *cli, struct error *err)
{
	struct buf page = { 0 };
	struct handover h = { 0 };
	int64_t n = 0;
	bool watch = false;
	bool ok = (cli_word(cli, 0) == NULL || cli_number(_("hand-over"), cli_word(cli, 0), 1,
			INT32_MAX, &n, err)) &&
		handover_take_read(cli->desk, n, &watch, err) &&
		handover_find(&h, cli->desk, 0, err) &&
		(cli->json || handover_text(&page, cli->desk, &h, err));

	if (ok) {
		cli_note(cli, "%s", buf_text(&page));
		cli_note(cli, _("you have taken the shift over"));
		if (watch) {
			cli_note(cli, _("new cases are yours first from now on"));
		}
	}
	buf_free(&page);
	handover_clear(&h);
	return ok && newest_result(cli, err);
}

bool
verb_handover_back(struct cli *cli, struct error *err)
{
	if (!handover_withdraw(cli->desk, cli_option(cli, "reason"), err)) {
		return false;
	}
	cli_note(cli, _("the hand-over was taken back: the shift is still yours"));
	return newest_result(cli, err);
}

static bool
push_handover(const struct handover *h, void *arg)
{
	void **both = arg;

	json_push(both[1], handover_json(both[0], h));
	return true;
}

static bool
print_handover(const struct handover *h, void *arg)
{
	static const struct word states[] = {
		{ "given", N_("waits for the signature") }, { "taken", N_("both signed") },
		{ "withdrawn", N_("taken back") }, { 0 },
	};
	void **both = arg;
	struct cli *cli = both[0];
	char at[WHEN_SHORT_SIZE];
	const char *state = h->state;

	for (const struct word *word = states; word->word != NULL; word++) {
		state = strcmp(word->word, h->state) == 0 ? _(word->label) : state;
	}
	when_near(at, h->given_at, desk_now(cli->desk), desk_zone(cli->desk));
	cli_say(cli, "%4lld  %-11s  %s → %s  %s", (long long)h->n, at, h->giver, h->taker,
		state);
	return true;
}

bool
verb_handover_list(struct cli *cli, struct error *err)
{
	struct json *list = cli->json || cli->csv ? json_array() : NULL;
	void *both[2] = { cli, list };
	bool ok = handover_each(cli->desk, 1000,
		list != NULL ? push_handover : print_handover, both, err);

	return cli_listed(cli, list, ok, NULL);
}
