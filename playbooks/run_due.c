/* run_due.c owns when a step is due: its limit from opening or from detection,
 * working days, or the minutes that were last read off a battery.  A limit is
 * an alarm; it never closes a step. */
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "playbooks/run_private.h"
#include "playbooks/value.h"

#define MINUTE_MS 60000
#define DAY_MS 86400000

/* The same time of day, so many working days later. */
static int64_t
add_working_days(int64_t from, int64_t days, const struct run_context *context)
{
	int64_t most = days * 2 + CALENDAR_SEARCH_MOST;
	int64_t at = from;

	for (; days > 0 && most > 0; most--) {
		at += DAY_MS;
		days -= calendar_works(context->calendar, calendar_day(context->zone, at));
	}
	return at;
}

/* The newest reading of a name that is known: "not known" takes nothing back. */
static const struct value_row *
last_reading(const struct run *run, const char *name)
{
	const struct value_row *newest = NULL;

	for (int i = 0; name != NULL && i < run->value_count; i++) {
		const struct value_row *row = &run->values[i];

		if (strcmp(row->name, name) == 0 && row->value != NULL
				&& (newest == NULL || row->set_at >= newest->set_at)) {
			newest = row;
		}
	}
	return newest;
}

/* The end of the countdown that the step hangs on, less the time that the step
 * itself needs; false without a reading. */
static bool
count_down_end(int64_t *out, const struct run *run, const struct step *step)
{
	const struct value_row *reading = last_reading(run,
		json_get_text(step->ext, "countdown"));
	int64_t minutes;

	if (reading == NULL || !value_integer(&minutes, reading->value)
			|| minutes < 0 || minutes > 1000000) {
		return false;
	}
	*out = reading->set_at + minutes * MINUTE_MS;
	if (step->timeout > 0 && step->timeout < *out) {
		*out -= step->timeout;
	}
	return true;
}

bool
run_counts_down(const struct run *run, const struct step *step)
{
	int64_t end;

	return count_down_end(&end, run, step);
}

int64_t
run_limit(const struct run *run, const struct instance *instance,
	const struct run_context *context)
{
	const struct step *step = playbook_step(run->playbook, instance->step);
	int64_t due = run_due(run, step, instance->starts_at, context);

	return due == RUN_NO_DUE || run_counts_down(run, step) ? due
		: due + instance->extended;
}

int64_t
run_due(const struct run *run, const struct step *step, int64_t starts_at,
	const struct run_context *context)
{
	const char *from = json_get_text(step->ext, "due_from");
	int64_t days = json_get_int(step->ext, "due_working_days", 0);
	int64_t base = starts_at;
	int64_t end;

	if (count_down_end(&end, run, step)) {
		return end;
	}
	if (from != NULL && strcmp(from, "detected") == 0
			&& context->detected_at > 0) {
		base = context->detected_at;
	}
	if (days > 0 && days <= 1000) {
		return add_working_days(base, days, context);
	}
	return step->timeout < 0 || step->timeout > RUN_NO_DUE - base
		? RUN_NO_DUE : base + step->timeout;
}

void
run_count_down(struct run *run, const char *name,
	const struct run_context *context)
{
	for (int i = 0; i < run->count; i++) {
		struct instance *instance = &run->instances[i];
		const struct step *step = playbook_step(run->playbook,
			instance->step);
		const char *watched = json_get_text(step->ext, "countdown");

		if (watched != NULL && strcmp(watched, name) == 0
				&& instance_is_work(run, instance)) {
			instance->due_at = run_limit(run, instance, context);
			instance->touched = true;
		}
	}
}
