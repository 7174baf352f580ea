/* flow_try.c owns the numbers of a dry walk: from the last step to the first,
 * each step says how many ways lead on from it to the end of its branch and how
 * long they are; a way is then found by its number alone, so that a plan with
 * more ways than anybody counts costs no more than one with ten. */
#include "playbooks/flow_try.h"

#include <stdlib.h>

#include "core/mem.h"

/* From a step to the end of its branch. */
struct ahead {
	uint64_t ways;           /* from this step on */
	uint64_t own;            /* of them, through its own branches */
	int64_t shortest, longest;
	int64_t own_longest;
	bool open, done;         /* in the walk that sorts them */
};

struct trying {
	const struct playbook *playbook;
	struct ahead *ahead;
	struct flow_try *out;
};

static uint64_t
times(uint64_t a, uint64_t b)
{
	uint64_t out;

	return __builtin_mul_overflow(a, b, &out) ? UINT64_MAX : out;
}

static uint64_t
plus(uint64_t a, uint64_t b)
{
	uint64_t out;

	return __builtin_add_overflow(a, b, &out) ? UINT64_MAX : out;
}

/* Limits come from the plan: any 64 bits that are not negative. */
static int64_t
longer(int64_t a, int64_t b)
{
	int64_t out;

	return __builtin_add_overflow(a, b, &out) ? INT64_MAX : out;
}

static bool
is_work(const struct step *step)
{
	return step->type == STEP_ACTION || step->type == STEP_CALL;
}

static int64_t
own_time(const struct step *step)
{
	return longer(step->delay, is_work(step) && step->timeout > 0 ? step->timeout : 0);
}

static int
way_on(const struct step *step)
{
	return step->on_success != NO_STEP ? step->on_success : step->on_completion;
}

/* A step of which one branch of several is taken can also take none. */
static bool
may_pass(const struct step *step)
{
	if (step->type == STEP_WHILE) {
		return true;
	}
	if (step->type != STEP_IF) {
		return false;
	}
	for (int i = 0; i < step->branch_count; i++) {
		if (step->branches[i].first == NO_STEP) {
			return true;
		}
	}
	return step->branch_count < 2;
}

/* What lies ahead of a step that is not there, or that is a way back. */
static const struct ahead *
ahead_of(const struct trying *t, int step)
{
	static const struct ahead nothing = { .ways = 1, .own = 1 };

	return step == NO_STEP || !t->ahead[step].done ? &nothing : &t->ahead[step];
}

static void
count_parallel(struct trying *t, const struct step *step, struct ahead *a, int64_t *least)
{
	a->own = 1;
	for (int i = 0; i < step->branch_count; i++) {
		const struct ahead *b = ahead_of(t, step->branches[i].first);

		a->own = times(a->own, b->ways);
		a->own_longest = b->longest > a->own_longest ? b->longest : a->own_longest;
		*least = b->shortest > *least ? b->shortest : *least;
	}
}

static void
count_choice(struct trying *t, const struct step *step, struct ahead *a, int64_t *least)
{
	bool pass = may_pass(step);
	bool first = !pass;

	a->own = pass ? 1 : 0;
	for (int i = 0; i < step->branch_count; i++) {
		if (step->branches[i].first == NO_STEP) {
			continue;
		}
		const struct ahead *b = ahead_of(t, step->branches[i].first);

		a->own = plus(a->own, b->ways);
		a->own_longest = b->longest > a->own_longest ? b->longest : a->own_longest;
		*least = first || b->shortest < *least ? b->shortest : *least;
		first = false;
	}
	a->own = a->own == 0 ? 1 : a->own;
}

/* All that lies ahead is counted already. */
static void
count(struct trying *t, int index)
{
	const struct step *step = playbook_step(t->playbook, index);
	struct ahead *a = &t->ahead[index];
	const struct ahead *on = ahead_of(t, way_on(step));
	uint64_t exits = on->ways;
	int64_t least = 0, longest = on->longest, shortest = on->shortest;

	a->own = 1;
	if (step->type == STEP_PARALLEL) {
		count_parallel(t, step, a, &least);
	} else if (step->branch_count > 0) {
		count_choice(t, step, a, &least);
	}
	if (step->on_failure != NO_STEP) {
		const struct ahead *failed = ahead_of(t, step->on_failure);

		exits = plus(exits, failed->ways);
		longest = failed->longest > longest ? failed->longest : longest;
		shortest = failed->shortest < shortest ? failed->shortest : shortest;
	}
	a->ways = times(a->own, exits);
	a->longest = longer(longer(own_time(step), a->own_longest), longest);
	a->shortest = longer(longer(own_time(step), least), shortest);
}

static int
edge_count(const struct step *step)
{
	return step->branch_count + 2;
}

static int
edge(const struct step *step, int i)
{
	return i < step->branch_count ? step->branches[i].first
		: i == step->branch_count ? way_on(step) : step->on_failure;
}

static void
note_back(struct flow_try *out, int step)
{
	for (int i = 0; i < out->back_count; i++) {
		if (out->back[i] == step) {
			return;
		}
	}
	out->back = xrealloc(out->back, ((size_t)out->back_count + 1) * sizeof *out->back);
	out->back[out->back_count++] = step;
}

/* Depth first with a stack of its own: a plan may be long. */
static void
count_from(struct trying *t, int from)
{
	struct place { int step, edge; } *stack = xcalloc(
		(size_t)playbook_step_count(t->playbook) + 1, sizeof *stack);
	int depth = 0;

	if (from != NO_STEP && !t->ahead[from].open) {
		t->ahead[from].open = true;
		stack[depth++] = (struct place){ from, 0 };
	}
	while (depth > 0) {
		struct place *top = &stack[depth - 1];
		const struct step *step = playbook_step(t->playbook, top->step);

		if (top->edge >= edge_count(step)) {
			count(t, top->step);
			t->ahead[top->step].done = true;
			depth--;
			continue;
		}
		int next = edge(step, top->edge++);
		if (next == NO_STEP || t->ahead[next].done) {
			continue;
		}
		if (t->ahead[next].open) {
			note_back(t->out, next);
			continue;
		}
		t->ahead[next].open = true;
		stack[depth++] = (struct place){ next, 0 };
	}
	free(stack);
}

/* ---- one way ---- */

struct walking {
	const struct trying *t;
	struct try_way *way;
	bool longest;  /* the critical way; else the one with the number */
	char *passed;  /* steps on the way so far: each is walked once */
};

static void
mark(struct walking *w, enum try_kind kind, int step, int branch)
{
	struct try_way *way = w->way;

	way->marks = xrealloc(way->marks, ((size_t)way->count + 1) * sizeof *way->marks);
	way->marks[way->count++] = (struct try_mark){ kind, step, branch };
}

static int64_t walk(struct walking *w, int index, uint64_t number);

static int64_t
walk_parallel(struct walking *w, int index, uint64_t number)
{
	const struct step *step = playbook_step(w->t->playbook, index);
	int64_t most = 0;
	int shown = 0;

	mark(w, TRY_OPEN, index, 0);
	for (int i = 0; i < step->branch_count; i++) {
		const struct ahead *b = ahead_of(w->t, step->branches[i].first);
		int64_t length;

		/* Of the critical way only the branch that is waited for. */
		if (w->longest && (b->longest < w->t->ahead[index].own_longest || shown > 0)) {
			continue;
		}
		if (shown++ > 0) {
			mark(w, TRY_NEXT, index, i);
		}
		length = walk(w, step->branches[i].first, number % b->ways);
		number /= b->ways;
		most = length > most ? length : most;
	}
	mark(w, TRY_CLOSE, index, 0);
	return most;
}

static int64_t
walk_choice(struct walking *w, int index, uint64_t number)
{
	const struct step *step = playbook_step(w->t->playbook, index);

	for (int i = 0; i < step->branch_count; i++) {
		int first = step->branches[i].first;
		const struct ahead *b = ahead_of(w->t, first);

		if (first == NO_STEP) {
			continue;
		}
		if (w->longest ? b->longest == w->t->ahead[index].own_longest
				: number < b->ways) {
			mark(w, TRY_CHOICE, index, i);
			return walk(w, first, number);
		}
		number -= w->longest ? 0 : b->ways;
	}
	mark(w, TRY_CHOICE, index, TRY_NO_BRANCH);
	return 0;
}

static int
next_of(struct walking *w, int index, uint64_t *number)
{
	const struct step *step = playbook_step(w->t->playbook, index);
	const struct ahead *on = ahead_of(w->t, way_on(step));
	bool fails;

	if (step->on_failure == NO_STEP) {
		return way_on(step);
	}
	fails = w->longest ? ahead_of(w->t, step->on_failure)->longest > on->longest
		: *number >= on->ways;
	if (!fails) {
		return way_on(step);
	}
	*number -= w->longest ? 0 : on->ways;
	mark(w, TRY_CHOICE, index, TRY_FAILS);
	return step->on_failure;
}

static void
take_step(struct walking *w, const struct step *step, int index)
{
	w->way->sum = longer(w->way->sum, own_time(step));
	if (is_work(step)) {
		mark(w, TRY_STEP, index, 0);
		w->way->steps++;
		w->way->unlimited += step->timeout < 0;
	}
}

/* To the end of the branch; its length. */
static int64_t
walk(struct walking *w, int index, uint64_t number)
{
	int64_t length = 0;

	while (index != NO_STEP) {
		const struct step *step = playbook_step(w->t->playbook, index);
		uint64_t own = w->t->ahead[index].own;

		/* Branches may share their end. */
		if (w->passed[index] && step->type != STEP_END) {
			mark(w, TRY_BACK, index, 0);
			break;
		}
		w->passed[index] = 1;
		length = longer(length, own_time(step));
		take_step(w, step, index);
		if (step->type == STEP_PARALLEL) {
			length = longer(length, walk_parallel(w, index, number % own));
		} else if (step->branch_count > 0) {
			length = longer(length, walk_choice(w, index, number % own));
		}
		number /= own;
		index = next_of(w, index, &number);
	}
	return length;
}

static void
walk_way(const struct trying *t, struct try_way *way, bool longest, uint64_t number)
{
	struct walking w = { .t = t, .way = way, .longest = longest };

	*way = (struct try_way){ 0 };
	w.passed = xcalloc((size_t)playbook_step_count(t->playbook) + 1, 1);
	way->length = walk(&w, playbook_start(t->playbook), number);
	free(w.passed);
}

void
flow_try_make(struct flow_try *out, const struct playbook *playbook)
{
	struct trying t = { .playbook = playbook, .out = out };
	const struct ahead *whole;

	*out = (struct flow_try){ .playbook = playbook };
	t.ahead = xcalloc((size_t)playbook_step_count(playbook) + 1, sizeof *t.ahead);
	count_from(&t, playbook_start(playbook));
	count_from(&t, playbook_exception(playbook));
	whole = ahead_of(&t, playbook_start(playbook));
	out->ways = whole->ways;
	out->shortest = whole->shortest;
	out->longest = whole->longest;
	walk_way(&t, &out->critical, true, 0);
	out->walked_count = out->ways < TRY_WAYS ? (int)out->ways : TRY_WAYS;
	out->walked = xcalloc((size_t)out->walked_count + 1, sizeof *out->walked);
	for (int i = 0; i < out->walked_count; i++) {
		walk_way(&t, &out->walked[i], false, (uint64_t)i);
	}
	free(t.ahead);
}

void
flow_try_finish(struct flow_try *try)
{
	for (int i = 0; i < try->walked_count; i++) {
		free(try->walked[i].marks);
	}
	free(try->walked);
	free(try->critical.marks);
	free(try->back);
	*try = (struct flow_try){ 0 };
}
