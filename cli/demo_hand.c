/* demo_hand.c: what the demo's people tell by hand: calls, posts, confirmations;
 * and what callers tell them. */
#include <stdlib.h>
#include <string.h>

#include "cli/demo_private.h"
#include "core/call.h"
#include "core/point_act.h"
#include "core/post.h"
#include "core/tin.h"
#include "playbooks/check.h"

/* No name: nobody answered. */
bool
demo_call(struct desk *desk, const char *case_id, char *const *parts, struct error *err)
{
	struct call_done done = { 0 };
	bool ok = call_add(desk, &(struct call_new){ .case_id = case_id, .to = parts[0],
		.outcome = parts[1] == NULL ? "no_answer" : "answered",
		.answered_by = parts[1], .result = parts[2] }, &done, err);

	free(done.also);
	return ok;
}

bool
demo_post(struct desk *desk, const char *case_id, char *const *parts, struct error *err)
{
	char id[UUID_SIZE];
	int asked;

	return post_add(desk, &(struct post_new){ .case_id = case_id, .channel = parts[0],
		.to = parts[1], .text = parts[2] }, id, &asked, err);
}

bool
demo_confirm(struct desk *desk, const char *case_id, char *const *parts,
	struct error *err)
{
	const char *unit = parts[0];
	int done;

	return post_confirm(desk, &(struct confirm_new){ .case_id = case_id,
		.message = "last", .units = &unit, .count = 1, .by_name = parts[1] }, &done, err);
}

/* "+UNIT": of this case, "-UNIT": of none yet; who calls, his number, what. */
bool
demo_caller(struct desk *desk, const char *case_id, char *const *parts,
	struct error *err)
{
	struct tin_said said;
	char id[UUID_SIZE];

	return tin_add(desk, &(struct tin_new){ .unit = parts[0] + 1, .caller = parts[1],
		.callback = parts[2], .what = parts[3] }, id, &said, err) &&
		(parts[0][0] == '-' || tin_join(desk, id, case_id, NULL, err));
}

/* Names with commas between, their state. */
bool
demo_points(struct desk *desk, const char *case_id, char *const *parts,
	struct error *err)
{
	struct point_lines lines = { 0 };
	struct point_report report = { 0 };
	bool ok = point_lines_read(&lines, parts[0], strlen(parts[0]), err) &&
		point_add(desk, case_id, &(struct point_new){ .lines = &lines,
			.state = parts[1] }, &report, err);

	point_report_clear(&report);
	point_lines_clear(&lines);
	return ok;
}

#define NUMBERS 32

/* "1 3 4" */
static int
numbers(int out[NUMBERS], const char *text)
{
	int count = 0;
	char *end;

	for (; count < NUMBERS; text = end) {
		long n = strtol(text, &end, 10);

		if (end == text) {
			break;
		}
		out[count++] = (int)n;
	}
	return count;
}

/* Which, then FIELD=VALUE once or twice. */
bool
demo_points_set(struct desk *desk, const char *case_id, char *const *parts,
	struct error *err)
{
	const char *const assignments[] = { parts[1], parts[2] };
	int which[NUMBERS];
	int count = numbers(which, parts[0]);

	return point_set(desk, case_id, &(struct point_change){ .numbers = which,
		.count = count, .assignments = assignments,
		.assignment_count = parts[2] == NULL ? 1 : 2 }, err);
}

/* A step, which lines of its list, perhaps COLUMN=VALUE. */
bool
demo_tick(struct desk *desk, const char *case_id, char *const *parts, struct error *err)
{
	const char *const assignments[] = { parts[2] };
	int which[NUMBERS];
	struct step_list list;
	bool ok;

	if (!step_list_open(&list, desk, case_id, parts[0], err)) {
		return false;
	}
	ok = check_list_tick(desk, &list.step, &(struct check_tick){ .numbers = which,
		.count = numbers(which, parts[1]), .assignments = assignments,
		.assignment_count = parts[2] == NULL ? 0 : 1 }, err);
	step_list_close(&list);
	return ok;
}
