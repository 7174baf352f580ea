/* case_json.c prints cases and events for scripts: keys in English, times RFC
 * 3339 in the desk's zone, absent is null. */
#include "cli/case_json.h"

#include <stdlib.h>

#include "cli/count_json.h"
#include "cli/deadline_json.h"
#include "cli/hand_json.h"
#include "cli/json_out.h"
#include "cli/message_json.h"
#include "cli/point_json.h"
#include "cli/steps_json.h"
#include "cli/tin_json.h"
#include "cli/wait_json.h"
#include "cli/watch_json.h"
#include "core/evidence.h"
#include "core/merge.h"
#include "core/observable.h"
#include "core/run_rows.h"
#include "core/secret.h"
#include "core/task.h"
#include "core/words.h"
#include "playbooks/status_offer.h"

static void
set_number_or_null(struct json *object, const char *key, int value)
{
	json_set(object, key, value == 0 ? json_null() : json_int(value));
}

struct json *
case_row_json(struct cli *cli, const struct ir_case *c)
{
	struct json *o = json_object();

	json_set_text(o, "id", c->id);
	json_set_text(o, "number", c->number);
	json_set_text(o, "title", c->title);
	json_set_text(o, "kind", c->kind);
	json_set_or_null(o, "category", c->category);
	json_set_text(o, "status", c->status);
	set_number_or_null(o, "severity", c->severity);
	json_set_or_null(o, "asset", c->asset_code);
	json_set_or_null(o, "owner", c->owner_login);
	json_set_bool(o, "drill", c->drill);
	json_set_text(o, "reportable", c->reportable);
	json_set_time(cli, o, "detected_at", c->detected_at);
	json_set_time(cli, o, "opened_at", c->opened_at);
	json_set_time(cli, o, "acknowledged_at", c->acknowledged_at);
	json_set_time(cli, o, "contained_at", c->contained_at);
	json_set_time(cli, o, "recovered_at", c->recovered_at);
	json_set_time(cli, o, "closed_at", c->closed_at);
	json_set_time(cli, o, "next_deadline", c->is_open ? c->due_at : 0);
	json_set_bool(o, "overdue", c->is_open && c->due_at < desk_now(cli->desk));
	json_set_int(o, "open_tasks", c->open_tasks);
	json_set_int(o, "version", c->version);
	return o;
}

struct gathering {
	struct cli *cli;
	struct json *list;
};

static bool
add_task(const struct task *task, void *arg)
{
	struct gathering *g = arg;
	struct json *o = json_object();

	json_set_int(o, "n", task->n);
	json_set_text(o, "id", task->id);
	json_set_text(o, "title", task->title);
	json_set_text(o, "state", task->state);
	json_set_text(o, "origin", "hand");
	json_set_text(o, "type", "task");
	json_set_or_null(o, "assignee", task->assignee);
	json_set_time(g->cli, o, "due_at", task->due_at);
	json_set_time(g->cli, o, "ended_at", task->ended_at);
	json_set_or_null(o, "note", task->note);
	json_push(g->list, o);
	return true;
}

static bool
add_observable(const struct observable *row, void *arg)
{
	struct gathering *g = arg;
	struct json *o = json_object();

	json_set_int(o, "n", row->n);
	json_set_text(o, "id", row->id);
	json_set_text(o, "type", row->type);
	json_set_text(o, "value", row->value);
	json_set_text(o, "tlp", row->tlp);
	json_set_or_null(o, "note", row->note);
	json_set_time(g->cli, o, "added_at", row->added_at);
	json_push(g->list, o);
	return true;
}

static bool
add_evidence(const struct evidence *row, void *arg)
{
	struct gathering *g = arg;
	struct json *o = json_object();

	json_set_int(o, "n", row->n);
	json_set_text(o, "id", row->id);
	json_set_text(o, "name", row->name);
	json_set_int(o, "bytes", row->bytes);
	json_set_or_null(o, "sha256", row->hash);
	json_set_text(o, "kept", row->kept);
	json_set_or_null(o, "place", row->place);
	json_set_or_null(o, "note", row->note);
	json_set_time(g->cli, o, "added_at", row->added_at);
	json_push(g->list, o);
	return true;
}

static bool
add_linked(const struct linked *row, void *arg)
{
	struct gathering *g = arg;
	struct json *o = json_object();

	json_set_text(o, "number", row->number);
	json_set_text(o, "title", row->title);
	json_set_text(o, "status", row->status);
	json_push(g->list, o);
	return true;
}

static bool
set_merged_into(struct cli *cli, struct json *o, const struct ir_case *c,
	struct error *err)
{
	struct ir_case into = { 0 };
	bool ok = true;

	json_set(o, "merged_into", json_null());
	if (c->merged_into[0] != '\0') {
		ok = case_load(&into, cli->desk, c->merged_into, err);
		json_set_or_null(o, "merged_into", into.number);
		case_clear(&into);
	}
	return ok;
}

static void
set_facts(struct cli *cli, struct json *o, const struct ir_case *c)
{
	json_set_or_null(o, "asset_name", c->asset_name);
	json_set_or_null(o, "owner_name", c->owner_name);
	json_set_or_null(o, "reporter", c->reporter);
	json_set_text(o, "tlp", c->tlp);
	json_set_text(o, "pap", c->pap);
	json_set_text(o, "personal_data", c->personal_data);
	json_set_time(cli, o, "personal_data_known_at", c->personal_data_at);
	json_set_time(cli, o, "beyond_capacity_at", c->beyond_capacity_at);
	json_set_time(cli, o, "reportable_asked_at", c->reportable_asked_at);
	json_set_time(cli, o, "occurred_at", c->occurred_at);
	json_set_or_null(o, "cause", c->cause);
	json_set_or_null(o, "result", c->result);
	json_set_or_null(o, "lessons", c->lessons);
	set_number_or_null(o, "severity_suggested", c->severity_suggested);
	json_set_or_null(o, "severity_rule", c->severity_rule);
	json_set_int(o, "events_count", c->events);
}

/* The status that the plan suggests next, or null. */
static bool
set_status_hint(struct cli *cli, struct json *o, const struct ir_case *c,
	const struct case_runs *runs, struct error *err)
{
	struct status_offer offer;

	if (!status_offer_of(&offer, cli->desk, c, runs, err)) {
		return false;
	}
	json_set(o, "status_hint", status_offer_json(&offer));
	return true;
}

/* Each list of `show` and who fills it. */
static bool
set_lists(struct cli *cli, struct json *o, const struct ir_case *c, struct error *err)
{
	const char *id = c->id;
	struct gathering tasks = { cli, json_array() };
	struct gathering observables = { cli, json_array() };
	struct gathering evidence = { cli, json_array() };
	struct gathering links = { cli, json_array() };
	struct gathering merged = { cli, json_array() };
	struct json *run_list = json_array();
	struct json *messages = json_array();
	struct json *calls = json_array();
	struct json *countdowns = json_array();
	struct json *deadlines = json_array();
	struct json *notices = json_array();
	struct json *holds = json_array();
	struct json *tins = json_array();
	struct json *custody = json_array();
	struct json *waiting = json_array();
	struct json *decisions = json_array();
	struct case_runs runs;
	bool ok;

	json_set(o, "runs", run_list);
	json_set(o, "messages", messages);
	json_set(o, "calls", calls);
	json_set(o, "tasks", tasks.list);
	json_set(o, "countdowns", countdowns);
	json_set(o, "deadlines", deadlines);
	json_set(o, "observables", observables.list);
	json_set(o, "evidence", evidence.list);
	json_set(o, "notices", notices);
	json_set(o, "holds", holds);
	json_set(o, "tins", tins);
	json_set(o, "custody", custody);
	json_set(o, "waiting", waiting);
	json_set(o, "decisions", decisions);
	json_set(o, "links", links.list);
	json_set(o, "merged", merged.list);
	if (!case_runs_load(&runs, cli->desk, id, err)) {
		return false;
	}
	runs_json(cli, &runs, run_list);
	step_tasks_json(cli, &runs, tasks.list);
	ok = set_status_hint(cli, o, c, &runs, err);
	case_runs_finish(&runs);
	return ok && messages_json(cli, &(struct outbox_filter){ .case_id = id }, messages, err) &&
		calls_json(cli, id, calls, err) && case_points_json(cli, id, o, err) &&
		countdowns_json(cli, id, countdowns, err) &&
		task_each(cli->desk, id, add_task, &tasks, err) &&
		waiting_tasks_json(cli, id, tasks.list, err) &&
		waitings_json(cli, id, waiting, err) &&
		decisions_json(cli, id, DECISIONS_ALL, decisions, err) &&
		observable_each(cli->desk, id, add_observable, &observables, err) &&
		evidence_each(cli->desk, id, add_evidence, &evidence, err) &&
		deadlines_json(cli, id, deadlines, err) &&
		notices_json(cli, id, notices, err) &&
		holds_json(cli, id, holds, err) &&
		tins_json(cli, id, tins, err) &&
		custodies_json(cli, id, custody, err) &&
		linked_each(cli->desk, id, add_linked, &links, err) &&
		merged_each(cli->desk, id, add_linked, &merged, err);
}

bool
case_json(struct cli *cli, const char *case_id, struct json **out,
	struct error *err)
{
	struct ir_case c = { 0 };
	struct json *o = NULL;
	bool ok = case_load(&c, cli->desk, case_id, err);

	if (ok) {
		struct json *changes = json_array();

		o = case_row_json(cli, &c);
		set_facts(cli, o, &c);
		json_set(o, "changes", changes);
		ok = set_merged_into(cli, o, &c, err) && set_lists(cli, o, &c, err) &&
			changes_json(cli, &c, changes, err);
	}
	case_clear(&c);
	if (!ok) {
		json_free(o);
		return false;
	}
	*out = o;
	return true;
}

bool
case_list_json(struct cli *cli, const char *case_id, const char *list,
	struct error *err)
{
	struct json *o = NULL;

	if (!case_json(cli, case_id, &o, err)) {
		return false;
	}
	cli_json(cli, json_detach(o, list));
	json_free(o);
	return true;
}

/* Without the values that are secrets: the record itself keeps them, and *masked
 * says that this is not it. */
static struct json *
body_shown(bool *masked, const struct json *body)
{
	struct json *shown = json_copy(body);
	struct json *rows = json_array();

	*masked = false;
	for (const struct json *row = json_first(json_get(body, "variables")); row != NULL;
			row = json_next(row)) {
		struct json *one = json_copy(row);

		if (json_get_text(row, "value") != NULL
				&& answer_is_secret(body, json_text_of(row, "name"))) {
			json_set_text(one, "value", SECRET_MASK);
			*masked = true;
		}
		json_push(rows, one);
	}
	if (*masked) {
		json_set(shown, "variables", rows);
	} else {
		json_free(rows);
	}
	return shown;
}

struct json *
event_json(struct cli *cli, const struct entry *entry)
{
	const struct event *event = entry->event;
	struct json *o = json_object();
	char *text = timeline_text(entry, desk_zone(cli->desk));
	bool masked;

	json_set_int(o, "seq", event->seq);
	json_set_text(o, "id", event->id);
	json_set_text(o, "kind", event->kind);
	json_set_time(cli, o, "recorded_at", event->recorded_at);
	json_set_time(cli, o, "occurred_at", event->occurred_at);
	json_set_text(o, "actor", event->actor_login);
	json_set_or_null(o, "for", event->acts_for);
	json_set_text(o, "text", text);
	json_set(o, "body", body_shown(&masked, entry->body));
	json_set_bool(o, "masked", masked);
	json_set_text(o, "hash", event->hash);
	if (entry->redacted_by != 0) {
		json_set_int(o, "redacted_by", entry->redacted_by);
	}
	if (entry->undone_by != 0) {
		json_set_int(o, "undone_by", entry->undone_by);
	}
	free(text);
	return o;
}
