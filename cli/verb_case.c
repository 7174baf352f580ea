/* verb_case.c: new, list, show, timeline, search. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/case_json.h"
#include "cli/csv.h"
#include "cli/verbs_of.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/list.h"
#include "core/member.h"
#include "core/search.h"
#include "core/text.h"
#include "core/timeline.h"
#include "core/when.h"
#include "core/words.h"

static bool
past_option(struct cli *cli, const char *name, int64_t *at, const char **typed,
	struct error *err)
{
	*typed = cli_option(cli, name);
	return *typed == NULL || when_parse(at, *typed, WHEN_PAST, desk_now(cli->desk),
		desk_zone(cli->desk), err);
}

static bool
need_option(struct cli *cli, const char *name, struct error *err)
{
	return cli_option(cli, name) != NULL ||
		error_set(err, ERR_USAGE, _("`suco %s` needs --%s; see `suco help %s`"),
			cli->verb->name, name, cli->verb->name);
}

static bool
open_decided(struct cli *cli, const char *id, struct error *err)
{
	const char *severity = cli_option(cli, "severity");
	int64_t number;

	if (severity == NULL) {
		return true;
	}
	return cli_number("--severity", severity, 1, 4, &number, err) &&
		severity_decide(cli->desk, id, (int)number, cli_option(cli, "reason"), err);
}

bool
verb_new(struct cli *cli, struct error *err)
{
	struct case_new what = {
		.asset = cli_option(cli, "asset"),
		.category = cli_option(cli, "category"),
		.reporter = cli_option(cli, "from"),
		.owner = cli_option(cli, "owner"),
		.drill = cli_switch(cli, "drill"),
	};
	char id[UUID_SIZE];
	bool ok;

	if (!need_option(cli, "kind", err) || !need_option(cli, "title", err)) {
		return false;
	}
	if (cli_option(cli, "severity") != NULL && cli_option(cli, "reason") == NULL) {
		return error_set(err, ERR_USAGE, _("--severity is a decision: it needs --reason"));
	}
	what.kind = cli_option(cli, "kind");
	what.title = cli_option(cli, "title");
	if (!past_option(cli, "detected", &what.detected_at, &what.detected_typed, err) ||
	    !past_option(cli, "occurred", &what.occurred_at, &what.occurred_typed, err) ||
	    !change_begin(cli->desk, err)) {
		return false;
	}
	ok = case_open(cli->desk, &what, id, err) && open_decided(cli, id, err);
	return change_end(cli->desk, ok, err) && cli_case_result(cli, id, err);
}

static bool
word_bits(const char *what, const char *list, enum word_list words, unsigned *bits,
	struct error *err)
{
	const struct word *rows = words_of(words);
	char **parts = NULL;
	int count = 0;
	bool ok = list == NULL || cli_split(list, &parts, &count, err);

	*bits = 0;
	for (int i = 0; ok && i < count; i++) {
		ok = word_check(words, what, parts[i], err);
		for (int j = 0; ok && rows[j].word != NULL; j++) {
			if (strcmp(rows[j].word, parts[i]) == 0) {
				*bits |= 1U << j;
			}
		}
	}
	cli_free_list(parts, count);
	return ok;
}

static bool
read_filter(struct cli *cli, struct list_filter *f, struct error *err)
{
	const char *sort = cli_option(cli, "sort");
	const char *limit_text = cli_option(cli, "limit");
	int64_t rows = 100;

	*f = (struct list_filter){
		.open = cli_switch(cli, "open"),
		.overdue = cli_switch(cli, "overdue"),
		.drill = cli_switch(cli, "drill") ? 1 : 0,
		.owner = cli_switch(cli, "mine") ? desk_me(cli->desk)->id : NULL,
		.after = cli_option(cli, "after"),
	};
	if (sort != NULL && strcmp(sort, "due") == 0) {
		f->sort = SORT_DUE;
	} else if (sort != NULL && strcmp(sort, "newest") != 0) {
		return error_set(err, ERR_BAD_INPUT, _("--sort is newest or due"));
	}
	if (limit_text != NULL && !cli_number("--limit", limit_text, 1, 100000, &rows, err)) {
		return false;
	}
	f->limit = (int)rows;
	return word_bits(_("status"), cli_option(cli, "status"), WORDS_STATUS, &f->statuses,
		       err) &&
		word_bits(_("kind"), cli_option(cli, "kind"), WORDS_KIND, &f->kinds, err);
}

struct listing {
	struct cli *cli;
	struct json *rows; /* NULL unless --json */
	int count;
};

static void
print_row(struct cli *cli, const struct ir_case *c)
{
	char due[32];
	char severity[8] = "--";
	char *status = text_column(word_label(WORDS_STATUS, c->status), 14, true, false);

	if (case_severity(c) != 0) {
		(void)snprintf(severity, sizeof severity, "%s%d%s", _("S"), case_severity(c),
			c->severity == 0 ? "?" : "");
	}
	when_due(due, c->is_open ? c->due_at : NO_DUE, desk_now(cli->desk),
		i18n_language());
	cli_say(cli, "%-11s %-3s %s %s  %s  %s", c->number, severity, status, due, c->title,
		c->owner_name[0] == '\0' ? _("NOBODY") : c->owner_name);
	free(status);
}

static bool
on_case(const struct ir_case *c, const char *cursor, void *arg)
{
	struct listing *l = arg;

	l->count++;
	if (l->rows != NULL) {
		struct json *row = case_row_json(l->cli, c);

		json_set_text(row, "cursor", cursor);
		json_push(l->rows, row);
	} else if (l->cli->csv) {
		struct json *row = case_row_json(l->cli, c);

		csv_row(l->cli, row, l->count == 1);
		json_free(row);
	} else {
		print_row(l->cli, c);
	}
	return true;
}

/* Words: the cases whose text they begin, in the order of a search. */
static bool
on_hit_case(const struct hit *hit, void *arg)
{
	return on_case(&hit->c, "", arg);
}

static bool
list_words(struct cli *cli, const struct list_filter *f, struct listing *l,
	struct error *err)
{
	const struct search_filter filter = {
		.open = f->open, .drill = f->drill, .limit = f->limit, .one_a_case = true,
	};
	struct buf words = { 0 };
	bool ok;

	for (int i = 0; i < cli->count; i++) {
		buf_addf(&words, "%s ", cli->words[i]);
	}
	ok = search_each(cli->desk, buf_text(&words), &filter, on_hit_case, l, err);
	buf_free(&words);
	return ok;
}

bool
verb_list(struct cli *cli, struct error *err)
{
	struct listing l = { .cli = cli };
	struct list_filter f;
	bool ok;

	if (!read_filter(cli, &f, err)) {
		return false;
	}
	l.rows = cli->json ? json_array() : NULL;
	ok = cli->count > 0 ? list_words(cli, &f, &l, err)
		: list_each(cli->desk, &f, on_case, &l, err);
	if (!ok) {
		json_free(l.rows);
		return false;
	}
	if (cli->json) {
		cli_json(cli, l.rows);
	} else if (l.count == 0 && !cli->csv) {
		cli_say(cli, _("no cases"));
	}
	return true;
}

static bool
push_event(const struct entry *entry, void *arg)
{
	struct listing *l = arg;

	json_push(l->rows, event_json(l->cli, entry));
	return true;
}

static bool
print_event(const struct entry *entry, void *arg)
{
	struct listing *l = arg;
	char *text = timeline_text(entry, desk_zone(l->cli->desk));
	char at[WHEN_SHORT_SIZE];

	when_near(at, entry->event->occurred_at, desk_now(l->cli->desk),
		desk_zone(l->cli->desk));
	cli_say(l->cli, "%5lld  %-11s  %-10s  %s", (long long)entry->event->seq, at,
		entry->event->actor_login, text);
	free(text);
	return true;
}

static bool
events_of(struct cli *cli, const char *case_id, int64_t after, struct json *into,
	struct error *err)
{
	const struct timeline_page page = { .case_id = case_id, .after = after };
	struct listing l = { .cli = cli, .rows = into };

	return timeline_each(cli->desk, &page, into != NULL ? push_event : print_event, &l,
		err);
}

static void
print_case(struct cli *cli, const struct ir_case *c)
{
	const struct {
		const char *label, *value;
	} rows[] = {
		{ _("kind"), word_label(WORDS_KIND, c->kind) },
		{ _("asset"), c->asset_name },
		{ _("owner"), c->owner_name[0] == '\0' ? _("NOBODY") : c->owner_name },
		{ _("reported by"), c->reporter },
		{ _("reportable"), word_label(WORDS_REPORTABLE, c->reportable) },
		{ _("next step"), c->next_step },
		{ _("cause"), c->cause },
		{ _("result"), c->result },
		{ _("lessons"), c->lessons },
	};

	print_row(cli, c);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].value[0] != '\0') {
			char *label = text_column(rows[i].label, 16, true, false);

			cli_say(cli, "  %s %s", label, rows[i].value);
			free(label);
		}
	}
}

bool
verb_show(struct cli *cli, struct error *err)
{
	struct ir_case c = { 0 };
	struct json *o = NULL;
	struct json *events;
	bool ok = case_find(&c, cli->desk, cli_word(cli, 0), err);

	if (ok && cli->json) {
		ok = case_json(cli, c.id, &o, err);
		if (ok) {
			events = json_array();
			json_set(o, "events", events);
			ok = events_of(cli, c.id, 0, events, err);
		}
		if (ok) {
			cli_json(cli, o);
		} else {
			json_free(o);
		}
	} else if (ok) {
		print_case(cli, &c);
		ok = events_of(cli, c.id, 0, NULL, err);
	}
	case_clear(&c);
	return ok;
}

struct following {
	struct cli *cli;
	int64_t last;
};

static bool
follow_event(const struct entry *entry, void *arg)
{
	struct following *f = arg;
	struct listing l = { .cli = f->cli };

	f->last = entry->event->seq;
	if (f->cli->json) {
		cli_json(f->cli, event_json(f->cli, entry));
		return true;
	}
	return print_event(entry, &l);
}

/* Prints what is there, then each new event as it is committed, until the
 * reader goes away. */
static bool
follow(struct cli *cli, const char *case_id, struct error *err)
{
	struct following f = { .cli = cli };
	int64_t version = -1;

	for (;;) {
		int64_t now = db_data_version(desk_db(cli->desk));

		if (now != version) {
			const struct timeline_page page = { .case_id = case_id, .after = f.last };

			version = now;
			if (!timeline_each(cli->desk, &page, follow_event, &f, err)) {
				return false;
			}
			if (fwrite(buf_text(&cli->out), 1, cli->out.len, stdout) != cli->out.len ||
			    fflush(stdout) != 0) {
				return true;
			}
			buf_clear(&cli->out);
		}
		(void)usleep(250 * 1000);
	}
}

bool
verb_timeline(struct cli *cli, struct error *err)
{
	struct ir_case c = { 0 };
	struct json *events;
	bool ok = case_find(&c, cli->desk, cli_word(cli, 0), err);

	if (ok && cli_switch(cli, "follow")) {
		ok = follow(cli, c.id, err);
	} else if (ok && cli->json) {
		events = json_array();
		ok = events_of(cli, c.id, 0, events, err);
		if (ok) {
			cli_json(cli, events);
		} else {
			json_free(events);
		}
	} else if (ok) {
		ok = events_of(cli, c.id, 0, NULL, err);
	}
	case_clear(&c);
	return ok;
}

static bool
on_hit(const struct hit *hit, void *arg)
{
	struct listing *l = arg;
	struct json *o;

	l->count++;
	if (l->rows == NULL) {
		cli_say(l->cli, "%-11s  %s  %s", hit->c.number, hit->c.title, hit->snippet);
		return true;
	}
	o = json_object();
	json_set_text(o, "number", hit->c.number);
	json_set_text(o, "title", hit->c.title);
	json_set_text(o, "status", hit->c.status);
	json_set_text(o, "where", hit->place);
	json_set_text(o, "snippet", hit->snippet);
	json_set_bool(o, "marked", hit->marked);
	json_push(l->rows, o);
	return true;
}

bool
verb_search(struct cli *cli, struct error *err)
{
	const char *limit_text = cli_option(cli, "limit");
	struct search_filter filter = { .drill = -1, .limit = 100 };
	struct listing l = { .cli = cli };
	struct buf words = { 0 };
	int64_t rows;
	bool ok;

	if (limit_text != NULL) {
		if (!cli_number("--limit", limit_text, 1, 100000, &rows, err)) {
			return false;
		}
		filter.limit = (int)rows;
	}
	for (int i = 0; i < cli->count; i++) {
		buf_addf(&words, "%s ", cli->words[i]);
	}
	l.rows = cli->json ? json_array() : NULL;
	ok = search_each(cli->desk, buf_text(&words), &filter, on_hit, &l, err);
	buf_free(&words);
	if (!ok) {
		json_free(l.rows);
		return false;
	}
	if (cli->json) {
		cli_json(cli, l.rows);
	} else if (l.count == 0) {
		cli_say(cli, _("nothing found"));
	}
	return true;
}
