/* describe.c says in one line what an event was: one row a kind, in the language
 * in force. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/timeline.h"
#include "core/when.h"
#include "core/words.h"

struct line {
	struct buf *out;
	const struct json *body;
	const struct zone *zone;
};

typedef void line_fn(const struct line *l);

static const char *
text_of(const struct json *object, const char *key)
{
	const char *text = json_get_text(object, key);

	return text == NULL ? "" : text;
}

static void
add_reason(const struct line *l)
{
	const char *reason = text_of(l->body, "reason");

	if (reason[0] != '\0') {
		buf_addf(l->out, ": %s", reason);
	}
}

static void
opened(const struct line *l)
{
	buf_addf(l->out, _("opened: %s"), text_of(l->body, "title"));
	if (text_of(l->body, "reporter")[0] != '\0') {
		buf_addf(l->out, _(" (reported by %s)"), text_of(l->body, "reporter"));
	}
}

static void
noted(const struct line *l)
{
	buf_adds(l->out, text_of(l->body, "text"));
}

static void
status(const struct line *l)
{
	const struct json *change = json_get(json_get(l->body, "set"), "status");

	buf_addf(l->out, "%s -> %s", word_label(WORDS_STATUS, text_of(change, "from")),
		word_label(WORDS_STATUS, text_of(change, "to")));
	add_reason(l);
	if (strcmp(text_of(l->body, "warning"), "reportable_unknown") == 0) {
		buf_addf(l->out, " [%s]", _("closed while it was unknown whether it is reportable"));
	}
}

static void
severity(const struct line *l)
{
	const struct json *change = json_get(json_get(l->body, "set"), "severity");
	int64_t from = json_get_int(change, "from", 0);
	int64_t to = json_get_int(change, "to", 0);

	if (from == 0) {
		buf_addf(l->out, _("severity %lld"), (long long)to);
	} else {
		buf_addf(l->out, _("severity %lld -> %lld"), (long long)from, (long long)to);
	}
	add_reason(l);
}

static void
reportable(const struct line *l)
{
	const struct json *change = json_get(json_get(l->body, "set"), "reportable");

	buf_addf(l->out, _("reportable: %s"),
		word_label(WORDS_REPORTABLE, text_of(change, "to")));
	add_reason(l);
}

static void
assigned(const struct line *l)
{
	const char *to = text_of(l->body, "to");

	if (to[0] == '\0') {
		buf_addf(l->out, _("owner: nobody (was %s)"), text_of(l->body, "from"));
	} else {
		buf_addf(l->out, _("owner: %s"), to);
	}
}

static void
add_value(const struct line *l, const char *column, const struct json *value)
{
	size_t len = strlen(column);

	if (json_is(value, JSON_NUMBER) && len > 3 && strcmp(column + len - 3, "_at") == 0) {
		char at[WHEN_SHORT_SIZE];

		when_full(at, json_integer(value, 0), l->zone);
		buf_adds(l->out, at);
	} else if (json_is(value, JSON_NUMBER)) {
		buf_addf(l->out, "%lld", (long long)json_integer(value, 0));
	} else {
		buf_adds(l->out, json_text(value, "-"));
	}
}

/* "title: old -> new, tlp: amber -> red" */
static void
fields(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");
	bool first = true;

	for (const struct json *change = json_first(set); change != NULL;
	     change = json_next(change)) {
		const char *column = json_key(change);

		buf_addf(l->out, "%s%s: ", first ? "" : ", ", column);
		first = false;
		if (strcmp(column, "asset_id") == 0) {
			buf_adds(l->out, text_of(l->body, "asset_code"));
			continue;
		}
		add_value(l, column, json_get(change, "from"));
		buf_adds(l->out, " -> ");
		add_value(l, column, json_get(change, "to"));
	}
}

static void
task_added(const struct line *l)
{
	buf_addf(l->out, _("task %lld: %s"), (long long)json_get_int(l->body, "n", 0),
		text_of(l->body, "title"));
	if (text_of(l->body, "assignee_login")[0] != '\0') {
		buf_addf(l->out, " (%s)", text_of(l->body, "assignee_login"));
	}
}

static void
task_set(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");

	buf_addf(l->out, _("task %lld \"%s\""), (long long)json_get_int(l->body, "n", 0),
		text_of(l->body, "title"));
	if (json_get(set, "state") != NULL) {
		buf_addf(l->out, " %s",
			word_label(WORDS_STEP_STATE, text_of(json_get(set, "state"), "to")));
	}
	if (json_get(set, "assignee_id") != NULL) {
		buf_addf(l->out, " -> %s", text_of(l->body, "to"));
	}
	if (json_get(set, "due_at") != NULL) {
		buf_addf(l->out, _(" due %s"), text_of(l->body, "typed"));
	}
	if (json_get(set, "note") != NULL) {
		buf_addf(l->out, ": %s", text_of(json_get(set, "note"), "to"));
	}
}

static void
observable(const struct line *l)
{
	buf_addf(l->out, _("observable %s %s"), text_of(l->body, "type"),
		text_of(l->body, "value"));
}

static void
evidence_added(const struct line *l)
{
	buf_addf(l->out, _("evidence %lld: %s, sha256 %.16s..."),
		(long long)json_get_int(l->body, "n", 0), text_of(l->body, "name"),
		text_of(l->body, "hash"));
	if (strcmp(text_of(l->body, "kept"), "elsewhere") == 0) {
		buf_addf(l->out, _(" (too large: kept at %s)"), text_of(l->body, "place"));
	}
}

static void
evidence_taken(const struct line *l)
{
	buf_addf(l->out, _("evidence %lld taken out: %s"),
		(long long)json_get_int(l->body, "n", 0), text_of(l->body, "name"));
}

static void
linked(const struct line *l)
{
	buf_addf(l->out, _("linked to %s"), text_of(l->body, "other_number"));
}

static void
unlinked(const struct line *l)
{
	buf_addf(l->out, _("no longer linked to %s"), text_of(l->body, "other_number"));
}

static void
merged(const struct line *l)
{
	buf_addf(l->out, _("merged into %s"), text_of(l->body, "into"));
}

static void
merged_in(const struct line *l)
{
	buf_addf(l->out, _("%s was merged into this case"), text_of(l->body, "merged_number"));
}

static void
unmerged(const struct line *l)
{
	buf_addf(l->out, _("unmerged from %s"), text_of(l->body, "from"));
}

static void
unmerged_out(const struct line *l)
{
	buf_addf(l->out, _("%s was unmerged from this case"),
		text_of(l->body, "merged_number"));
}

static void
member_added(const struct line *l)
{
	buf_addf(l->out, _("member %s (%s) added"), text_of(l->body, "login"),
		text_of(l->body, "role"));
}

static void
desk_made(const struct line *l)
{
	buf_addf(l->out, _("desk \"%s\" made"), text_of(l->body, "name"));
}

static void
playbook_stored(const struct line *l)
{
	buf_addf(l->out, _("playbook stored: %s %s"), text_of(l->body, "code"),
		text_of(l->body, "name"));
}

static void
run_started(const struct line *l)
{
	const struct json *run = json_get(l->body, "run");

	buf_addf(l->out, _("plan begun: %s %s"), text_of(run, "code"), text_of(run, "name"));
}

static void
add_note(const struct line *l)
{
	if (text_of(l->body, "note")[0] != '\0') {
		buf_addf(l->out, ": %s", text_of(l->body, "note"));
	}
}

static void
run_ended(const struct line *l)
{
	buf_addf(l->out, _("plan stopped: %s"), text_of(json_get(l->body, "run"), "code"));
	add_note(l);
}

/* "step 12 "Read battery" done (phut_con_dien = 25): note" */
static void
step(const struct line *l)
{
	const struct json *is = json_get(l->body, "step");
	const struct json *values = json_get(l->body, "variables");
	bool first = true;

	buf_addf(l->out, _("step %lld \"%s\" %s"), (long long)json_get_int(is, "n", 0),
		text_of(is, "name"), word_label(WORDS_STEP_STATE, text_of(is, "state")));
	for (const struct json *row = json_first(values); row != NULL;
	     row = json_next(row)) {
		buf_addf(l->out, "%s%s = %s", first ? " (" : ", ", text_of(row, "name"),
			json_get_bool(row, "unknown") ? "?" : text_of(row, "value"));
		first = false;
	}
	buf_adds(l->out, first ? "" : ")");
	add_note(l);
}

static void
step_assigned(const struct line *l)
{
	const struct json *is = json_get(l->body, "step");

	buf_addf(l->out, _("step %lld \"%s\" assigned to %s"),
		(long long)json_get_int(is, "n", 0), text_of(is, "name"),
		text_of(l->body, "to"));
	add_note(l);
}

/* Sorted by kind; a kind without a row is shown by its name. */
static const struct {
	const char *kind;
	line_fn *line;
} lines[] = {
	{ "case_linked", linked },
	{ "case_opened", opened },
	{ "case_set", fields },
	{ "case_unlinked", unlinked },
	{ "desk_made", desk_made },
	{ "evidence_added", evidence_added },
	{ "evidence_taken", evidence_taken },
	{ "member_added", member_added },
	{ "merged", merged },
	{ "merged_in", merged_in },
	{ "note_added", noted },
	{ "observable_added", observable },
	{ "owner_assigned", assigned },
	{ "playbook_stored", playbook_stored },
	{ "reportable_decided", reportable },
	{ "run_ended", run_ended },
	{ "run_started", run_started },
	{ "severity_decided", severity },
	{ "status_changed", status },
	{ "step_assigned", step_assigned },
	{ "step_done", step },
	{ "step_failed", step },
	{ "step_skipped", step },
	{ "step_started", step },
	{ "task_added", task_added },
	{ "task_set", task_set },
	{ "unmerged", unmerged },
	{ "unmerged_out", unmerged_out },
};

char *
timeline_text(const struct entry *entry, const struct zone *zone)
{
	struct buf out = { 0 };
	const struct line l = { .out = &out, .body = entry->body, .zone = zone };
	bool known = false;

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		if (strcmp(lines[i].kind, entry->event->kind) == 0) {
			lines[i].line(&l);
			known = true;
		}
	}
	if (!known) {
		buf_adds(&out, entry->event->kind);
	}
	if (entry->redacted_by != 0) {
		buf_addf(&out, _(" [redacted by event %lld]"), (long long)entry->redacted_by);
	}
	if (entry->undone_by != 0) {
		buf_addf(&out, _(" [undone by event %lld]"), (long long)entry->undone_by);
	}
	return buf_take(&out);
}
