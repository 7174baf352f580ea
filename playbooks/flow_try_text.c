/* flow_try_text.c owns what a dry walk says, to people and to scripts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/pages.h"
#include "core/text.h"
#include "core/when.h"
#include "playbooks/flow.h"
#include "playbooks/flow_try.h"

struct said {
	struct buf *out;
	const struct flow_try *try;
	int cols;
};

static const struct step *
step_of(const struct flow_try *try, int index)
{
	return playbook_step(try->playbook, index);
}

/* first, then the text behind it, wrapped; takes the text. */
static void
put(struct said *s, const char *first, char *text)
{
	int indent = text_width(first);
	const char *at = text;

	do {
		size_t len = pages_piece(at, s->cols - indent > 20 ? s->cols - indent : 20);

		if (at == text) {
			buf_addf(s->out, "%s%.*s\n", first, (int)len, at);
		} else {
			buf_addf(s->out, "%*s%.*s\n", indent, "", (int)len, at);
		}
		at += len;
		at += *at == ' ' || *at == '\n';
	} while (*at != '\0');
	free(text);
}

/* "1h10", "at least 1h10" where work without a limit is in it. */
static char *
length_text(int64_t ms, int unlimited)
{
	char span[WHEN_SHORT_SIZE];

	when_span(span, ms, i18n_language());
	return unlimited > 0 ? xasprintf(_("at least %s"), span) : xstrdup(span);
}

/* The number of a step, its name where it has none. */
static char *
short_name(const struct step *step)
{
	return step->n > 0 ? xasprintf("%d", step->n) : flow_title(step);
}

static void
add_choice(struct buf *out, const struct flow_try *try, const struct try_mark *mark)
{
	const struct step *step = step_of(try, mark->step);
	char *question = flow_question(step);
	char *answer = step->type == STEP_WHILE && mark->branch >= 0 ? xstrdup(_("one round"))
		: mark->branch != TRY_NO_BRANCH
		? flow_branch(try->playbook, step, mark->branch)
		: step->type == STEP_IF ? flow_branch(try->playbook, step,
			step->branches[0].first == NO_STEP ? 0 : 1) : xstrdup(_("no round"));

	buf_addf(out, "[%s -> %s]", question, answer);
	free(answer);
	free(question);
}

static char *
way_text(const struct flow_try *try, const struct try_way *way)
{
	struct buf out = { 0 };

	for (int i = 0; i < way->count; i++) {
		const struct try_mark *mark = &way->marks[i];
		char *name = short_name(step_of(try, mark->step));

		switch (mark->kind) {
		case TRY_STEP:
			buf_adds(&out, name);
			break;
		case TRY_CHOICE:
			add_choice(&out, try, mark);
			break;
		case TRY_OPEN: case TRY_NEXT: case TRY_CLOSE:
			buf_adds(&out, mark->kind == TRY_OPEN ? "("
				: mark->kind == TRY_NEXT ? "||" : ")");
			break;
		case TRY_BACK:
			buf_addf(&out, _("on at %s"), name);
			break;
		}
		buf_adds(&out, i + 1 < way->count ? " " : "");
		free(name);
	}
	return buf_take(&out);
}

/* The critical way: each step with its own limit and the time up to its end. */
static void
put_critical(struct said *s)
{
	const struct flow_try *try = s->try;
	int64_t at = 0;

	for (int i = 0; i < try->critical.count; i++) {
		const struct try_mark *mark = &try->critical.marks[i];
		const struct step *step = step_of(try, mark->step);
		char own[WHEN_SHORT_SIZE], sum[WHEN_SHORT_SIZE];
		char *first;

		if (mark->kind == TRY_CHOICE) {
			struct buf choice = { 0 };

			add_choice(&choice, try, mark);
			put(s, "                  ", buf_take(&choice));
		}
		if (mark->kind != TRY_STEP) {
			continue;
		}
		at += step->delay + (step->timeout > 0 ? step->timeout : 0);
		when_span(own, step->timeout > 0 ? step->timeout : 0, i18n_language());
		when_span(sum, at, i18n_language());
		first = xasprintf("  %7s %7s  ", step->timeout < 0 ? "-" : own, sum);
		put(s, first, flow_title(step));
		free(first);
	}
}

typedef bool pick_fn(const struct step *step);

static bool
is_work(const struct step *step)
{
	return step->type == STEP_ACTION || step->type == STEP_CALL;
}

static bool
without_limit(const struct step *step)
{
	return is_work(step) && step->reached && step->timeout < 0;
}

static bool
not_reached(const struct step *step)
{
	return !step->reached && step->type != STEP_END && step->type != STEP_MISSING;
}

static bool
not_there(const struct step *step)
{
	return step->type == STEP_MISSING;
}

static void
put_steps(struct said *s, const char *head, pick_fn *pick)
{
	struct buf out = { 0 };

	for (int i = 0; i < playbook_step_count(s->try->playbook); i++) {
		const struct step *step = step_of(s->try, playbook_ordered(s->try->playbook, i));

		if (pick(step)) {
			char *title = flow_title(step);

			buf_addf(&out, "%s%s", out.len > 0 ? "; " : "", title);
			free(title);
		}
	}
	put(s, head, out.len > 0 ? buf_take(&out) : xstrdup("-"));
	buf_free(&out);
}

static const char *
question_of(const struct flow_try *try, const struct step *step, int i)
{
	const struct variable *variable = playbook_find_variable(try->playbook, step->asks[i]);
	const char *question = variable == NULL ? NULL
		: json_get_text(variable->ext, "question");

	return question != NULL ? question : step->asks[i];
}

static void
put_asked(struct said *s)
{
	for (int i = 0; i < playbook_step_count(s->try->playbook); i++) {
		const struct step *step = step_of(s->try, playbook_ordered(s->try->playbook, i));
		char *name = step->n > 0 ? xasprintf("%4d  ", step->n) : xstrdup("      ");

		for (int a = 0; a < step->ask_count; a++) {
			const char *question = question_of(s->try, step, a);

			put(s, name, text_printable(question, strlen(question)));
		}
		if (step->call != NULL) {
			char *title = flow_title(step);

			put(s, name, xasprintf(_("begins another plan: %s"), title));
			free(title);
		}
		free(name);
	}
}

static void
put_ways(struct said *s)
{
	for (int i = 0; i < s->try->walked_count; i++) {
		const struct try_way *way = &s->try->walked[i];
		char *number = xasprintf("%4d  ", i + 1);
		char *sum = length_text(way->sum, way->unlimited);
		char *length = length_text(way->length, way->unlimited);

		put(s, number, xasprintf(_("%d steps, limits %s, end to end %s"), way->steps,
			sum, length));
		put(s, "      ", way_text(s->try, way));
		free(length);
		free(sum);
		free(number);
	}
}

static char *
count_text(const struct flow_try *try)
{
	char count[24];

	if (try->ways == UINT64_MAX) {
		return xasprintf(_("more ways through it than can be counted; the first %d:"),
			try->walked_count);
	}
	(void)snprintf(count, sizeof count, "%llu", (unsigned long long)try->ways);
	return try->ways > (uint64_t)try->walked_count
		? xasprintf(_("%s ways through it; the first %d:"), count, try->walked_count)
		: xasprintf(_("%s ways through it:"), count);
}

void
flow_try_text(struct buf *out, const struct flow_try *try, int cols)
{
	struct said s = { .out = out, .try = try, .cols = cols };
	const char *code = playbook_code(try->playbook);
	const char *name = playbook_text(try->playbook, "name");
	char *length = length_text(try->longest, try->critical.unlimited);
	char span[WHEN_SHORT_SIZE];

	char *title = xasprintf("%s%s%s", code != NULL ? code : "", code != NULL ? "  " : "",
		name != NULL ? name : "");

	put(&s, "", text_printable(title, strlen(title)));
	free(title);
	when_span(span, try->shortest, i18n_language());
	put(&s, "", xasprintf(_("shortest way %s, longest way %s"), span, length));
	put(&s, "", xstrdup(_("longest way (its limit, all limits up to there; of what is done"
		" at the same time the longest branch, of a loop one round):")));
	put_critical(&s);
	put_steps(&s, _("without a limit: "), without_limit);
	put_steps(&s, _("no way leads to: "), not_reached);
	if (step_of(try, playbook_step_count(try->playbook) - 1)->type == STEP_MISSING) {
		put_steps(&s, _("leads nowhere: "), not_there); /* they are the last */
	}
	put(&s, "", xstrdup(_("asked and called:")));
	put_asked(&s);
	put(&s, "", count_text(try));
	put_ways(&s);
	free(length);
}

/* ---- for scripts ---- */

static struct json *
step_json(const struct step *step)
{
	struct json *o = json_object();

	json_set_text(o, "step", step->id);
	json_set(o, "n", step->n > 0 ? json_int(step->n) : json_null());
	json_set_text(o, "name", step->name);
	return o;
}

/* Where a number is larger than JSON keeps exactly, the largest that it does. */
static struct json *
big(uint64_t value)
{
	const uint64_t most = (UINT64_C(1) << 53) - 1;

	return json_int((int64_t)(value < most ? value : most));
}

static struct json *
way_json(const struct flow_try *try, const struct try_way *way)
{
	struct json *o = json_object();
	struct json *steps = json_array(), *choices = json_array();

	for (int i = 0; i < way->count; i++) {
		const struct try_mark *mark = &way->marks[i];
		const struct step *step = step_of(try, mark->step);

		if (mark->kind == TRY_STEP) {
			json_push(steps, json_string(step->id));
		} else if (mark->kind == TRY_CHOICE) {
			struct json *row = step_json(step);
			char *answer = mark->branch == TRY_NO_BRANCH ? NULL
				: flow_branch(try->playbook, step, mark->branch);

			json_set(row, "branch", mark->branch == TRY_NO_BRANCH ? json_null()
				: json_int(mark->branch));
			json_set_text(row, "answer", answer);
			json_push(choices, row);
			free(answer);
		}
	}
	json_set_int(o, "count", way->steps);
	json_set_int(o, "without_limit", way->unlimited);
	json_set(o, "limits_ms", big((uint64_t)way->sum));
	json_set(o, "length_ms", big((uint64_t)way->length));
	json_set(o, "steps", steps);
	json_set(o, "choices", choices);
	return o;
}

static struct json *
picked_json(const struct flow_try *try, pick_fn *pick)
{
	struct json *list = json_array();

	for (int i = 0; i < playbook_step_count(try->playbook); i++) {
		const struct step *step = step_of(try, playbook_ordered(try->playbook, i));

		if (pick(step)) {
			json_push(list, step_json(step));
		}
	}
	return list;
}

static bool
is_call(const struct step *step)
{
	return step->type == STEP_CALL;
}

static struct json *
calls_json(const struct flow_try *try)
{
	struct json *list = json_array();

	for (int i = 0; i < playbook_step_count(try->playbook); i++) {
		const struct step *step = step_of(try, playbook_ordered(try->playbook, i));

		if (is_call(step)) {
			struct json *row = step_json(step);

			json_set_text(row, "playbook", step->call);
			json_set_text(row, "version", step->call_version);
			json_push(list, row);
		}
	}
	return list;
}

static struct json *
asked_json(const struct flow_try *try)
{
	struct json *list = json_array();

	for (int i = 0; i < playbook_step_count(try->playbook); i++) {
		const struct step *step = step_of(try, playbook_ordered(try->playbook, i));

		for (int a = 0; a < step->ask_count; a++) {
			struct json *row = step_json(step);

			json_set_text(row, "variable", step->asks[a]);
			json_set_text(row, "question", question_of(try, step, a));
			json_push(list, row);
		}
	}
	return list;
}

struct json *
flow_try_json(const struct flow_try *try)
{
	struct json *o = json_object();
	struct json *ways = json_array(), *back = json_array();

	for (int i = 0; i < try->walked_count; i++) {
		json_push(ways, way_json(try, &try->walked[i]));
	}
	for (int i = 0; i < try->back_count; i++) {
		json_push(back, step_json(step_of(try, try->back[i])));
	}
	json_set_text(o, "id", playbook_text(try->playbook, "id"));
	json_set_text(o, "code", playbook_code(try->playbook));
	json_set_text(o, "name", playbook_text(try->playbook, "name"));
	json_set_text(o, "modified", playbook_text(try->playbook, "modified"));
	json_set(o, "ways", big(try->ways));
	json_set_bool(o, "ways_are_all_listed", try->ways == (uint64_t)try->walked_count);
	json_set(o, "shortest_ms", big((uint64_t)try->shortest));
	json_set(o, "longest_ms", big((uint64_t)try->longest));
	json_set(o, "critical", way_json(try, &try->critical));
	json_set(o, "without_limit", picked_json(try, without_limit));
	json_set(o, "unreached", picked_json(try, not_reached));
	json_set(o, "missing", picked_json(try, not_there));
	json_set(o, "goes_back_to", back);
	json_set(o, "asked", asked_json(try));
	json_set(o, "calls", calls_json(try));
	json_set(o, "listed", ways);
	return o;
}
