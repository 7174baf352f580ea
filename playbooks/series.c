/* series.c owns how readings are shown: in words for people, whole for scripts. */
#include "playbooks/series.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "playbooks/run_private.h"
#include "playbooks/value.h"

#define SHOWN 3 /* times; more do not fit a row */

static const struct variable *
read_variable(const struct run *run, const char *name)
{
	const struct variable *variable = playbook_find_variable(run->playbook, name);

	return variable != NULL && (variable->series || variable->countdown)
		? variable : NULL;
}

/* The reading before this one that is known. */
static const struct value_row *
known_before(const struct run *run, const struct value_row *row)
{
	const struct value_row *before = NULL;

	for (const struct value_row *at = run->values; at < row; at++) {
		if (strcmp(at->name, row->name) == 0 && at->value != NULL) {
			before = at;
		}
	}
	return before;
}

/* -1 down, 0 the same, 1 up, 2 nothing to compare. */
static int
trend_of(const struct run *run, const struct value_row *row, const char *type)
{
	const struct value_row *before = known_before(run, row);
	int by;

	if (before == NULL || row->value == NULL) {
		return 2;
	}
	by = value_compare(type, row->value, before->value);
	return by < 0 ? -1 : by > 0;
}

/* The last moments at which this step's readings were taken, oldest first. */
static int
last_times(int64_t out[SHOWN], const struct run *run, const struct step *step)
{
	int count = 0;

	for (int i = 0; i < run->value_count; i++) {
		const struct value_row *row = &run->values[i];
		bool asked = false;

		for (int j = 0; j < step->ask_count && read_variable(run, row->name); j++) {
			asked = asked || strcmp(step->asks[j], row->name) == 0;
		}
		if (!asked || (count > 0 && out[count - 1] == row->set_at)) {
			continue;
		}
		if (count == SHOWN) {
			memmove(out, out + 1, (SHOWN - 1) * sizeof *out);
			count--;
		}
		out[count++] = row->set_at;
	}
	return count;
}

static void
add_value(struct buf *out, const struct run *run, const struct value_row *row,
	const struct variable *variable)
{
	static const char *const arrows[] = { "↓", "", "↑", "" };
	const char *unit = json_get_text(variable->ext, "unit");
	char span[WHEN_SHORT_SIZE];
	int64_t minutes;

	buf_addc(out, ' ');
	if (row->value == NULL) {
		buf_addc(out, '?');
	} else if (variable->countdown && value_integer(&minutes, row->value)
			&& minutes >= 0 && minutes < 100000) {
		when_span(span, minutes * 60000, i18n_language());
		buf_adds(out, span);
	} else {
		buf_addf(out, "%s%s", row->value, unit != NULL ? unit : "");
	}
	buf_adds(out, arrows[trend_of(run, row, variable->type) + 1]);
}

static void
add_time(struct buf *out, const struct run *run, const struct step *step, int64_t at,
	const struct zone *zone)
{
	char clock[WHEN_SHORT_SIZE];

	when_clock(clock, at, zone);
	buf_addf(out, "%s%s", out->len > 0 ? ", " : "", clock);
	for (int j = 0; j < step->ask_count; j++) {
		const struct variable *variable = read_variable(run, step->asks[j]);

		for (int i = 0; variable != NULL && i < run->value_count; i++) {
			const struct value_row *row = &run->values[i];

			if (row->set_at == at && strcmp(row->name, step->asks[j]) == 0) {
				add_value(out, run, row, variable);
			}
		}
	}
}

char *
step_readings(const struct run *run, const struct step *step, const struct zone *zone)
{
	struct buf readings = { 0 };
	int64_t times[SHOWN];
	int count = run == NULL ? 0 : last_times(times, run, step);

	for (int i = 0; i < count; i++) {
		add_time(&readings, run, step, times[i], zone);
	}
	return buf_take(&readings);
}

char *
step_series(const struct run *run, const struct step *step, const struct zone *zone)
{
	char *readings = step_readings(run, step, zone);
	char *line = readings[0] == '\0' ? xstrdup("")
		: xasprintf(_("readings: %s\n"), readings);

	free(readings);
	return line;
}

static struct json *
reading_json(const struct value_row *row, const struct zone *zone)
{
	struct json *o = json_object();
	char at[WHEN_RFC3339_SIZE];

	when_rfc3339(at, row->set_at, zone);
	json_set_text(o, "at", at);
	json_set(o, "value", json_string(row->value));
	json_set_text(o, "by", row->set_by);
	return o;
}

static struct json *
series_json(const struct run *run, const struct variable *variable,
	const struct zone *zone)
{
	static const char *const words[] = { "down", "same", "up", NULL };
	struct json *o = json_object();
	struct json *readings = json_array();
	const struct value_row *last = run == NULL ? NULL
		: run_last_value(run, variable->name);

	for (int i = 0; run != NULL && i < run->value_count; i++) {
		if (strcmp(run->values[i].name, variable->name) == 0) {
			json_push(readings, reading_json(&run->values[i], zone));
		}
	}
	json_set_text(o, "name", variable->name);
	json_set(o, "unit", json_string(json_get_text(variable->ext, "unit")));
	json_set(o, "readings", readings);
	json_set(o, "last", json_string(last == NULL ? NULL : last->value));
	json_set(o, "trend", json_string(last == NULL ? NULL
		: words[trend_of(run, last, variable->type) + 1]));
	return o;
}

struct json *
step_series_json(const struct run *run, const struct step *step,
	const struct zone *zone)
{
	struct json *list = json_array();

	for (int j = 0; run != NULL && j < step->ask_count; j++) {
		const struct variable *variable = read_variable(run, step->asks[j]);

		if (variable != NULL) {
			json_push(list, series_json(run, variable, zone));
		}
	}
	return list;
}
