/* player_clock.c owns the way from what was answered to the countdowns of the
 * case: minutes that were typed run down, the answer that ends them stops them. */
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/countdown.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"
#include "playbooks/answer.h"
#include "playbooks/player_private.h"
#include "playbooks/value.h"

/* What the clock is called: the plan's short label, else the variable's name. */
static char *
label_of(const struct variable *variable)
{
	const char *label = json_get_text(variable->ext, "label");
	char *name;

	if (label != NULL) {
		return xstrdup(label);
	}
	name = xstrdup(bare_name(variable->name).text);
	for (char *p = name; *p != '\0'; p++) {
		*p = *p == '_' ? ' ' : *p;
	}
	return name;
}

/* Does this answer end the countdown of another variable? */
static const char *
stopped_by(const struct variable *variable, const char *text)
{
	const struct json *stops = json_get(variable->ext, "stops");
	const char *when = json_get_text(stops, "when");

	return when != NULL && text != NULL && strcmp(when, text) == 0
		? json_get_text(stops, "countdown") : NULL;
}

static bool
stopped_here(const struct playbook *playbook, const struct step *step,
	const struct json *values, const char *name)
{
	for (int i = 0; i < step->ask_count; i++) {
		const struct variable *variable = playbook_find_variable(playbook,
			step->asks[i]);
		const char *of = variable == NULL ? NULL
			: stopped_by(variable, answer_find(values, step->asks[i]));

		if (of != NULL && strcmp(of, name) == 0) {
			return true;
		}
	}
	return false;
}

/* One answer: *child is the change of a countdown, or NULL. */
static bool
clock_of(struct json **child, struct session *session, const struct step *step,
	const struct variable *variable, const char *text, struct reading *reading,
	bool stopped, struct error *err)
{
	const char *of = stopped_by(variable, text);
	int64_t minutes;
	bool ok = true;
	char *label;

	*child = NULL;
	if (of != NULL) {
		return countdown_decide_stop(child, session->desk, session->c.id,
			bare_name(of).text, step->name, err);
	}
	if (!variable->countdown || stopped || !value_integer(&minutes, text)
			|| minutes < 0 || minutes > COUNTDOWN_MOST) {
		return true;
	}
	const struct bare_name bare = bare_name(variable->name);

	label = label_of(variable);
	reading->variable = bare.text;
	reading->label = label;
	reading->minutes = minutes;
	ok = countdown_decide(child, session->desk, session->c.id, reading, err);
	free(label);
	return ok;
}

static int64_t
read_at(const struct session *session)
{
	return session->context.at != 0 ? session->context.at : session->context.now;
}

static void
add_clock(struct json *effects, struct json *child)
{
	struct json *clocks = json_detach(effects, "clocks");

	if (clocks == NULL) {
		clocks = json_array();
	}
	json_push(clocks, child);
	json_set(effects, "clocks", clocks);
}

bool
player_clocks(struct json *effects, struct session *session,
	const struct case_run *run, const struct step *step, const char *instance,
	const struct json *values, struct error *err)
{
	struct reading reading = { .read_at = read_at(session), .instance = instance };

	for (int i = 0; i < step->ask_count; i++) {
		const struct variable *variable = playbook_find_variable(run->playbook,
			step->asks[i]);
		const char *text = answer_find(values, step->asks[i]);
		struct json *child = NULL;

		if (variable == NULL || answer_value(text) == NULL) {
			continue;
		}
		if (!clock_of(&child, session, step, variable, text, &reading,
				stopped_here(run->playbook, step, values, variable->name), err)) {
			return false;
		}
		if (child != NULL) {
			reading.fresh += json_get(child, "row") != NULL;
			add_clock(effects, child);
		}
	}
	return true;
}

/* The open run that asks for minutes of this name, or goes by this label. */
static struct case_run *
run_that_asks(struct session *session, const char *bare, const char *label,
	const struct variable **out)
{
	for (int i = 0; i < session->runs.count; i++) {
		struct case_run *run = &session->runs.list[i];

		for (int j = 0; run_is_open(run->run)
				&& j < playbook_variable_count(run->playbook); j++) {
			const struct variable *variable = playbook_variable(run->playbook, j);
			const char *called = json_get_text(variable->ext, "label");

			if (variable->countdown && (strcmp(bare_name(variable->name).text,
					bare) == 0 || (called != NULL
					&& countdown_same(called, label)))) {
				*out = variable;
				return run;
			}
		}
	}
	return NULL;
}

static bool
read_for_run(struct session *session, struct case_run *run,
	const struct variable *variable, int64_t minutes, int *n, struct error *err)
{
	const struct bare_name bare = bare_name(variable->name);
	char *label = label_of(variable);
	char *text = xasprintf("%lld", (long long)minutes);
	struct reading reading = { .variable = bare.text, .label = label,
		.minutes = minutes, .read_at = read_at(session) };
	struct json *effects = NULL;
	struct json *child = NULL;
	bool ok = countdown_decide(&child, session->desk, session->c.id, &reading, err)
		&& (child != NULL || countdown_late(&child, session->desk, session->c.id,
			&reading, n, err));

	if (ok && child != NULL) { /* else it is there already */
		const struct json *row = json_get(child, "row");

		*n = (int)json_get_int(row != NULL ? row : child, "n", 0);
		session->acting = run;
		ok = run_read(&effects, run->run, variable->name, text, &session->context,
			err);
	}
	if (ok && effects != NULL) {
		add_clock(effects, child);
		child = NULL;
		ok = player_settle(session, run->id, "reading_added", effects, NULL, NULL,
			err);
	}
	json_free(child);
	free(text);
	free(label);
	return ok;
}

bool
player_read(struct desk *desk, const char *case_id, const char *label,
	int64_t minutes, int64_t at, int *n, struct error *err)
{
	struct session session = { 0 };
	const struct variable *variable = NULL;
	struct case_run *run = NULL;
	char *bare = NULL;

	if (!desk_may(desk, ACT_WORK, err) || !countdown_minutes_fit(minutes, err)
		|| !change_begin(desk, err)) {
		return false;
	}
	bool ok = session_open(&session, desk, case_id, err)
		&& countdown_variable(&bare, desk, case_id, label, err);
	session.context.at = at;
	run = ok ? run_that_asks(&session, bare, label, &variable) : NULL;
	if (run != NULL) {
		ok = read_for_run(&session, run, variable, minutes, n, err);
	} else if (ok) {
		ok = countdown_read(desk, case_id, &(struct reading){ .variable = bare,
			.label = label, .minutes = minutes, .read_at = at }, n, err);
	}
	free(bare);
	session_close(&session);
	return change_end(desk, ok, err);
}
