/* counted.c owns what the answers of a case's plans count. */
#include "playbooks/counted.h"

#include <stdlib.h>
#include <string.h>

#include "playbooks/case_runs.h"
#include "playbooks/value.h"

#define MOST 16

/* What was counted last under one name, of whatever plan. */
struct counts {
	struct {
		const struct json *names; /* {vi, en}; of a playbook under way */
		int64_t count, at;
	} list[MOST];
	int used;
};

static void
add(struct counts *counts, const struct json *names, int64_t count, int64_t at)
{
	const char *name = json_text_of(names, "vi");
	int i = 0;

	while (i < counts->used && strcmp(json_text_of(counts->list[i].names, "vi"), name) != 0) {
		i++;
	}
	if (i == MOST || (i < counts->used && counts->list[i].at > at)) {
		return;
	}
	counts->used += i == counts->used;
	counts->list[i].names = names;
	counts->list[i].count = count;
	counts->list[i].at = at;
}

static void
add_run(struct counts *counts, const struct case_run *run)
{
	for (int i = 0; i < playbook_variable_count(run->playbook); i++) {
		const struct variable *variable = playbook_variable(run->playbook, i);
		const struct json *names = json_get(variable->ext, "counts");
		struct run_value is = { 0 };
		int64_t count;

		if (names != NULL && run_variable(&is, run->run, NULL, variable->name)
				&& is.set_at != 0 && !is.unknown && is.value != NULL
				&& value_integer(&count, is.value)) {
			add(counts, names, count, is.set_at);
		}
	}
}

static struct json *
counts_json(const struct counts *counts)
{
	struct json *list = json_array();

	for (int i = 0; i < counts->used; i++) {
		struct json *row = json_copy(counts->list[i].names);

		json_set_int(row, "count", counts->list[i].count);
		if (counts->list[i].count > 0) {
			json_push(list, row);
		} else {
			json_free(row);
		}
	}
	return list;
}

bool
counted_quick(struct desk *desk, const char *case_id, const struct quick_want *want,
	struct quick *out, struct error *err)
{
	struct quick_want with = *want;
	struct counts counts = { 0 };
	struct case_runs runs;

	if (!case_runs_load(&runs, desk, case_id, err)) {
		return false;
	}
	for (int i = 0; i < runs.count; i++) {
		add_run(&counts, &runs.list[i]);
	}
	struct json *counted = counts_json(&counts);
	with.counted = counted;
	bool ok = quick_make(desk, case_id, &with, out, err);
	json_free(counted);
	case_runs_finish(&runs);
	return ok;
}
