/* verb_show.c: show, timeline: one case whole, and its events. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/case_json.h"
#include "cli/case_text.h"
#include "cli/new_text.h"
#include "cli/verbs_of.h"
#include "core/calendar.h"
#include "core/deadline.h"
#include "core/decision.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/merge.h"
#include "core/text.h"
#include "core/timeline.h"
#include "core/waiting.h"
#include "core/when.h"
#include "core/words.h"

struct printing {
	struct cli *cli;
	struct json *rows; /* NULL unless --json */
};

static bool
push_event(const struct entry *entry, void *arg)
{
	struct printing *l = arg;

	json_push(l->rows, event_json(l->cli, entry));
	return true;
}

static bool
print_event(const struct entry *entry, void *arg)
{
	struct printing *l = arg;
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
	struct printing l = { .cli = cli, .rows = into };

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

	print_case_row(cli, c);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].value[0] != '\0') {
			char *label = text_column(rows[i].label, 16, true, false);

			cli_say(cli, "  %s %s", label, rows[i].value);
			free(label);
		}
	}
}

/* Clocks that run: what is owed, until when. */
static bool
print_clock(const struct deadline *d, void *arg)
{
	struct cli *cli = arg;
	char at[CALENDAR_WHEN_SIZE] = "-";
	char due[32];

	if (strcmp(d->state, "running") != 0) {
		return true;
	}
	if (d->due_at != NO_DUE) {
		calendar_when(at, d->due_at, desk_zone(cli->desk));
	}
	when_due(due, d->due_at, desk_now(cli->desk), i18n_language());
	cli_say(cli, "  %s: %s, %s (%s)", deadline_title(d), at, due, deadline_state(d));
	return true;
}

static bool
print_waiting(const struct waiting *w, void *arg)
{
	struct cli *cli = arg;
	char due[32], *what;

	if (w->ended_at == 0) {
		when_due(due, w->next_ask_at, desk_now(cli->desk), i18n_language());
		what = merged_words(w->into, w->what);
		cli_say(cli, "  %s: %s: %s  %s", _("waiting outside"), w->name, what, due);
		free(what);
	}
	return true;
}

static bool
print_order(const struct decision *d, void *arg)
{
	struct cli *cli = arg;
	char *what = merged_words(d->into, d->question);
	char due[32];

	when_due(due, d->until_at, desk_now(cli->desk), i18n_language());
	cli_say(cli, "  %s: %s: %s  %s", _("order asked for"), d->name, what, due);
	free(what);
	return true;
}

/* What must be known before anybody touches anything. */
static bool
print_warnings(struct cli *cli, const struct ir_case *c, struct error *err)
{
	return say_changes(cli, c, err) &&
		deadline_each(cli->desk, c->id, true, print_clock, cli, err) &&
		waiting_each(cli->desk, c->id, print_waiting, cli, err) &&
		decision_each(cli->desk, c->id, DECISIONS_OPEN, print_order, cli, err);
}

bool
verb_show(struct cli *cli, struct error *err)
{
	struct json *o = NULL;
	struct json *events = json_array();

	if (!cli->json) {
		json_free(events);
		print_case(cli, &cli->c);
		return print_warnings(cli, &cli->c, err) && events_of(cli, cli->c.id, 0, NULL, err);
	}
	if (!case_json(cli, cli->c.id, &o, err) ||
	    !events_of(cli, cli->c.id, 0, events, err)) {
		json_free(events);
		json_free(o);
		return false;
	}
	json_set(o, "events", events);
	cli_json(cli, o);
	return true;
}

struct following {
	struct cli *cli;
	int64_t last;
};

static bool
follow_event(const struct entry *entry, void *arg)
{
	struct following *f = arg;
	struct printing l = { .cli = f->cli };

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
	struct json *events;

	if (cli_switch(cli, "follow")) {
		return follow(cli, cli->c.id, err);
	}
	if (!cli->json) {
		return events_of(cli, cli->c.id, 0, NULL, err);
	}
	events = json_array();
	if (!events_of(cli, cli->c.id, 0, events, err)) {
		json_free(events);
		return false;
	}
	cli_json(cli, events);
	return true;
}
