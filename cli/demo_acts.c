/* demo_acts.c: what the lines of the demo's scripts can do, each by the same
 * function of core that its verb calls. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/demo_private.h"
#include "core/asset.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/evidence.h"
#include "core/handover.h"
#include "core/hold.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/note.h"
#include "core/notice.h"
#include "core/observable.h"
#include "core/outbox_hand.h"
#include "core/planned.h"
#include "core/shift_log.h"
#include "core/status.h"
#include "core/task.h"
#include "core/undo.h"
#include "core/when.h"
#include "playbooks/answer.h"
#include "playbooks/case_runs.h"
#include "playbooks/player_steer.h"

struct doing {
	struct desk *desk;
	char (*ids)[UUID_SIZE];
	int of;
	const char *id;
	const char *words;
	char *parts[6]; /* words between bars, then NULL */
};

/* The scripts are ours: what is no number is 0. */
static int
number(const char *text)
{
	return (int)strtol(text, NULL, 10);
}

typedef bool doing_fn(const struct doing *d, struct error *err);

static bool
do_open(const struct doing *d, struct error *err)
{
	const struct demo_case *c = &demo_cases[d->of];

	return case_open(d->desk, &(struct case_new){ .kind = c->kind, .title = c->title,
		.asset = c->asset, .reporter = c->reporter, .drill = c->drill },
		d->ids[d->of], err);
}

static bool
change_status(const struct doing *d, const char *to, const char *verb, struct error *err)
{
	return status_set(d->desk, d->id, &(struct status_change){ .to = to, .verb = verb,
		.reason = d->parts[0][0] == '\0' ? NULL : d->parts[0] }, err);
}

static bool
do_ack(const struct doing *d, struct error *err)
{
	return change_status(d, "acknowledged", "ack", err);
}

static bool
do_responding(const struct doing *d, struct error *err)
{
	return change_status(d, "responding", "status", err);
}

static bool
do_contained(const struct doing *d, struct error *err)
{
	return change_status(d, "contained", "status", err);
}

static bool
do_recovered(const struct doing *d, struct error *err)
{
	return change_status(d, "recovered", "status", err);
}

static bool
do_dismissed(const struct doing *d, struct error *err)
{
	return change_status(d, "dismissed", "status", err);
}

static bool
do_reopen(const struct doing *d, struct error *err)
{
	return change_status(d, "responding", "reopen", err);
}

static bool
do_close(const struct doing *d, struct error *err)
{
	return status_set(d->desk, d->id, &(struct status_change){ .to = "closed",
		.verb = "close", .cause = d->parts[0], .result = d->parts[1],
		.lessons = d->parts[2] }, err);
}

static bool
do_severity(const struct doing *d, struct error *err)
{
	return severity_decide(d->desk, d->id, number(d->parts[0]), d->parts[1], err);
}

static bool
do_reportable(const struct doing *d, struct error *err)
{
	return reportable_decide(d->desk, d->id, d->parts[0], d->parts[1], err);
}

/* FORM|NUMBER|CHANNEL */
static bool
do_notice(const struct doing *d, struct error *err)
{
	int n;

	return notice_sent(d->desk, d->id, &(struct notice_new){ .form = d->parts[0],
		.number = d->parts[1], .channel = d->parts[2] }, &n, err);
}

static bool
do_note(const struct doing *d, struct error *err)
{
	return note_add(d->desk, d->id, &(struct note_new){ .text = d->parts[0] }, err);
}

static bool
do_set(const struct doing *d, struct error *err)
{
	const char *assignment = d->parts[0];

	return case_set(d->desk, d->id, &assignment, 1, err);
}

static bool
do_assign(const struct doing *d, struct error *err)
{
	return case_assign(d->desk, d->id, d->parts[0], err);
}

/* TITLE|LOGIN|MINUTES */
static bool
do_task(const struct doing *d, struct error *err)
{
	int64_t minutes = d->parts[2] == NULL ? 0 : number(d->parts[2]);
	int n;

	return task_add(d->desk, d->id, &(struct task_new){ .title = d->parts[0],
		.assignee = d->parts[1],
		.due_at = minutes == 0 ? NO_DUE : desk_now(d->desk) + minutes * 60000 }, &n, err);
}

static bool
do_task_done(const struct doing *d, struct error *err)
{
	return task_done(d->desk, d->id, number(d->parts[0]), d->parts[1], err);
}

static bool
do_observable(const struct doing *d, struct error *err)
{
	int n;

	return observable_add(d->desk, d->id, d->parts[0], d->parts[1], "amber", d->parts[2],
		&n, err);
}

/* A small file of the demo's own, taken in like any other. */
static bool
do_evidence(const struct doing *d, struct error *err)
{
	char path[] = "/tmp/suco-demo-XXXXXX";
	int fd = mkstemp(path);
	bool stored;
	int n;
	bool ok;

	if (fd < 0) {
		return error_errno(err, "mkstemp");
	}
	ok = write(fd, d->parts[1], strlen(d->parts[1])) == (ssize_t)strlen(d->parts[1]);
	ok = close(fd) == 0 && ok;
	ok = ok ? evidence_add(d->desk, d->id, path, d->parts[0], &n, &stored, err)
		: error_errno(err, "%s", path);
	(void)unlink(path);
	return ok;
}

/* The case that many places before or after this one in the table. */
static const char *
other(const struct doing *d)
{
	return d->ids[d->of + number(d->parts[0])];
}

static bool
do_merge(const struct doing *d, struct error *err)
{
	return case_merge(d->desk, d->id, other(d), err);
}

static bool
do_link(const struct doing *d, struct error *err)
{
	return case_link(d->desk, d->id, other(d), err);
}

static bool
do_undo(const struct doing *d, struct error *err)
{
	return undo_last(d->desk, d->id, err);
}

static bool
do_begin(const struct doing *d, struct error *err)
{
	int n;

	return player_begin(d->desk, d->id, d->words[0] == '\0' ? NULL : d->words, &n, err);
}

/* What a calm night would have answered: the first choice, or 45. */
static void
answer(struct json *values, const struct case_run *run, const struct step *step,
	const char *name)
{
	struct variable own;
	const struct variable *v = step_variable(&own, step, name) ? &own
		: playbook_find_variable(run->playbook, name);
	const struct json *first = v == NULL ? NULL : json_at(json_get(v->ext, "choices"), 0);
	struct error ignored;

	if (json_get_text(first, "value") != NULL) {
		json_set_text(values, name, json_get_text(first, "value"));
	} else if (v != NULL && answer_check(v, "45", &ignored) &&
	    strcmp(v->type, "string") != 0) {
		json_set_text(values, name, "45");
	} else {
		json_set_text(values, name, ANSWER_UNKNOWN);
	}
}

static bool
work_one(const struct doing *d, const struct case_run *run, const struct instance *i,
	struct error *err)
{
	const struct step *step = playbook_step(run->playbook, i->step);
	struct step_act act = { .action = RUN_DONE };
	struct json *values = json_object();
	char *id = xstrdup(i->id);
	bool ok;

	for (int n = 0; n < step->ask_count; n++) {
		answer(values, run, step, step->asks[n]);
	}
	for (const struct json *f = json_first(json_get(step->ext, "case_fields")); f != NULL;
	     f = json_next(f)) {
		json_set_text(values, json_text(f, ""), ANSWER_UNKNOWN);
	}
	act.values = values;
	ok = player_step(d->desk, d->id, id, &act, err);
	json_free(values);
	free(id);
	return ok;
}

/* Steps that cannot be done yet (a reading that is due later) end the round. */
static bool
do_work(const struct doing *d, struct error *err)
{
	for (int left = number(d->parts[0]); left > 0; left--) {
		struct case_runs runs;
		const struct instance *next = NULL;
		bool ok = case_runs_load(&runs, d->desk, d->id, err);

		for (int i = 0; ok && next == NULL && i < runs.count; i++) {
			next = run_is_open(runs.list[i].run) ? steps_next(runs.list[i].run) : NULL;
			if (next != NULL) {
				ok = work_one(d, &runs.list[i], next, err);
			}
		}
		case_runs_finish(&runs);
		if (!ok) {
			return err->code == ERR_REFUSED;
		}
		if (next == NULL) {
			return true;
		}
	}
	return true;
}

/* Works what can be worked, and stops what is left with the reason. */
static bool
do_finish(const struct doing *d, struct error *err)
{
	struct doing work = *d;
	char many[] = "30";
	struct case_runs runs;
	bool ok;

	work.parts[0] = many;
	ok = do_work(&work, err) && case_runs_load(&runs, d->desk, d->id, err);
	if (!ok) {
		return false;
	}
	for (int i = runs.count - 1; ok && i >= 0; i--) {
		ok = !run_is_open(runs.list[i].run) ||
			player_change(d->desk, d->id, runs.list[i].n, RUN_STOP, d->parts[0],
				err);
	}
	case_runs_finish(&runs);
	return ok;
}

static bool
find_held(const struct message *m, void *arg)
{
	/* Newest first: the last one that is seen is the oldest. */
	if (strcmp(m->state, "held") == 0 && !message_owed(m->state, m->channel)) {
		memcpy(arg, m->id, sizeof m->id);
	}
	return true;
}

static bool
oldest_held(const struct doing *d, char id[UUID_SIZE], struct error *err)
{
	id[0] = '\0';
	return outbox_each(d->desk, &(struct outbox_filter){ .case_id = d->id }, find_held, id,
		err);
}

static bool
do_release(const struct doing *d, struct error *err)
{
	char id[UUID_SIZE];

	return oldest_held(d, id, err) &&
		(id[0] == '\0' || outbox_release(d->desk, id, NULL, err));
}

static bool
do_by_hand(const struct doing *d, struct error *err)
{
	char id[UUID_SIZE];

	return oldest_held(d, id, err) &&
		(id[0] == '\0' || outbox_by_hand(d->desk, id, d->parts[0], err));
}

/* CODE|state: how a system is. */
static bool
do_state(const struct doing *d, struct error *err)
{
	struct json *given = json_object();
	bool ok;

	json_set_text(given, "state", d->parts[1]);
	ok = asset_set(d->desk, d->parts[0], given, err);
	json_free(given);
	return ok;
}

/* CODE|what|from|until */
static bool
do_planned(const struct doing *d, struct error *err)
{
	struct planned_new what = { .asset = d->parts[0], .what = d->parts[1],
		.by = "Tổ vận hành" };
	int n;

	return planned_time(&what.from_at, d->parts[2], d->desk, err) &&
		planned_time(&what.to_at, d->parts[3], d->desk, err) &&
		planned_add(d->desk, &what, &n, err);
}

/* body|document|what */
static bool
do_scene(const struct doing *d, struct error *err)
{
	bool fresh;
	int n;

	return hold_place(d->desk, &(struct hold_new){ .case_id = d->id,
		.body = d->parts[0], .document = d->parts[1], .date = "today",
		.what = d->parts[2] }, &n, &fresh, err);
}

static bool
do_log(const struct doing *d, struct error *err)
{
	int64_t n;

	return shift_log_add(d->desk, &(struct shift_new){ .kind = d->parts[0],
		.text = d->parts[1], .asset = d->parts[2] }, &n, err);
}

static bool
do_give(const struct doing *d, struct error *err)
{
	int64_t n;

	return handover_give(d->desk, d->parts[0], d->parts[1], &n, err);
}

static bool
do_take(const struct doing *d, struct error *err)
{
	bool watch;

	return handover_take(d->desk, &watch, err);
}

static const struct {
	const char *name;
	doing_fn *act;
} acts[] = {
	{ "open", do_open }, { "ack", do_ack }, { "responding", do_responding },
	{ "contained", do_contained }, { "recovered", do_recovered },
	{ "dismissed", do_dismissed }, { "reopen", do_reopen }, { "close", do_close },
	{ "notice", do_notice },
	{ "severity", do_severity }, { "reportable", do_reportable }, { "note", do_note },
	{ "set", do_set }, { "assign", do_assign }, { "task", do_task },
	{ "task_done", do_task_done }, { "observable", do_observable },
	{ "evidence", do_evidence }, { "merge", do_merge }, { "link", do_link },
	{ "undo", do_undo }, { "begin", do_begin }, { "work", do_work },
	{ "finish", do_finish },
	{ "state", do_state }, { "planned", do_planned }, { "scene", do_scene },
	{ "release", do_release }, { "by_hand", do_by_hand },
	{ "log", do_log }, { "give", do_give }, { "take", do_take },
};

/* What people do on the telephone. */
static const struct {
	const char *name;
	demo_fn *act;
} by_hand[] = {
	{ "call", demo_call }, { "post", demo_post }, { "confirm", demo_confirm },
	{ "caller", demo_caller }, { "wait", demo_wait }, { "asked", demo_asked },
	{ "ask", demo_ask }, { "answer", demo_answer },
	{ "reading", demo_reading }, { "quick", demo_quick },
	{ "points", demo_points }, { "points_set", demo_points_set }, { "tick", demo_tick },
};

bool
demo_do(struct desk *desk, char (*ids)[UUID_SIZE], const struct demo_act *act,
	struct error *err)
{
	struct doing d = { .desk = desk, .ids = ids, .of = act->of, .id = ids[act->of],
		.words = act->words };
	char *text = xstrdup(act->words);
	char *rest = text;
	bool ok = false;

	for (int i = 0; i < 5 && rest != NULL; i++) {
		d.parts[i] = strsep(&rest, "|");
	}
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		if (strcmp(acts[i].name, act->act) == 0) {
			ok = acts[i].act(&d, err);
			break;
		}
	}
	for (size_t i = 0; i < sizeof by_hand / sizeof *by_hand; i++) {
		if (strcmp(by_hand[i].name, act->act) == 0) {
			ok = by_hand[i].act(desk, d.id, d.parts, err);
			break;
		}
	}
	free(text);
	if (!ok) {
		/* Only a fault of ours gets here: say where. */
		char *what = xstrdup(err->message);

		(void)error_cause(err, err->code == ERR_NONE ? ERR_FAULTS : err->code, what,
			"demo: %s, line %d (%s)", demo_cases[act->of].title, act->line, act->act);
		free(what);
	}
	return ok;
}
