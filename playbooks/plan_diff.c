/* plan_diff.c compares two editions of a plan: which steps came, went, moved, and
 * what was changed in those that stayed. */
#include "playbooks/plan_diff.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "playbooks/plan_diff_private.h"

#define MOST_ORDERED 4000 /* more steps than this are not looked at for moves */

static const char *const words[] = {
	[PLAN_ADDED] = "added", [PLAN_REMOVED] = "removed", [PLAN_MOVED] = "moved",
	[PLAN_CHANGED] = "changed",
};

const char *
plan_change_word(enum plan_change_kind kind)
{
	return words[kind];
}

void
plan_diff_add(struct plan_diff *out, struct plan_change change)
{
	out->list = xrealloc(out->list, ((size_t)out->count + 1) * sizeof change);
	out->list[out->count++] = change;
}

void
plan_diff_finish(struct plan_diff *diff)
{
	for (int i = 0; i < diff->count; i++) {
		free(diff->list[i].step);
		free(diff->list[i].name);
		free(diff->list[i].field);
		free(diff->list[i].before);
		free(diff->list[i].after);
	}
	free(diff->list);
	*diff = (struct plan_diff){ 0 };
}

/* A start or a bare end is part of the shape, not a step that people know. */
static bool
counts(const struct step *step)
{
	return step->type != STEP_START
		&& (step->type != STEP_END || json_count(step->json) > 1);
}

static const struct step *
at(const struct side *side, int index)
{
	return playbook_step(side->playbook, index);
}

/* Marks a chain as standing in a branch of a step. */
static void
mark_chain(struct side *side, int first, int owner, int branch)
{
	int left = side->count;

	for (int i = first; i != NO_STEP && left-- > 0;) {
		const struct step *step = at(side, i);

		if (side->within[i] != NO_STEP) {
			return;
		}
		side->within[i] = owner;
		side->branch[i] = branch;
		i = step->on_completion != NO_STEP ? step->on_completion : step->on_success;
	}
}

static void
side_open(struct side *side, const struct playbook *playbook)
{
	size_t size = (size_t)playbook_step_count(playbook) + 1;

	*side = (struct side){
		.playbook = playbook, .count = playbook_step_count(playbook),
		.partner = xcalloc(size, sizeof(int)), .within = xcalloc(size, sizeof(int)),
		.branch = xcalloc(size, sizeof(int)), .place = xcalloc(size, sizeof(int)),
		.before = xcalloc(size, sizeof(int)),
	};
	for (int i = 0; i < side->count; i++) {
		side->partner[i] = side->within[i] = side->before[i] = NO_STEP;
	}
	for (int i = 0, last = NO_STEP; i < side->count; i++) {
		int step = playbook_ordered(playbook, i);

		side->place[step] = i;
		if (counts(at(side, step))) {
			side->before[step] = last;
			last = step;
		}
	}
	for (int i = 0; i < side->count; i++) {
		const struct step *step = at(side, i);

		for (int k = 0; k < step->branch_count; k++) {
			mark_chain(side, step->branches[k].first, i, k);
		}
	}
}

static void
side_close(struct side *side)
{
	free(side->partner);
	free(side->within);
	free(side->branch);
	free(side->place);
	free(side->before);
}

static void
pair(struct side *a, int i, struct side *b, int k)
{
	a->partner[i] = k;
	b->partner[k] = i;
}

static void
match(struct side *a, struct side *b)
{
	for (int i = 0; i < a->count; i++) {
		int k = playbook_find_step(b->playbook, at(a, i)->id);

		if (k != NO_STEP && at(b, k)->type == at(a, i)->type) {
			pair(a, i, b, k);
		}
	}
	for (int i = 0; i < a->count; i++) {
		const struct step *step = at(a, playbook_ordered(a->playbook, i));
		int index = playbook_find_step(a->playbook, step->id);

		for (int k = 0; a->partner[index] == NO_STEP && k < b->count; k++) {
			int other = playbook_ordered(b->playbook, k);
			const struct step *is = at(b, other);
			bool bare = !counts(step) && !counts(is);

			if (b->partner[other] == NO_STEP && is->type == step->type
					&& (bare || strcmp(is->name, step->name) == 0)) {
				pair(a, index, b, other);
			}
		}
	}
}

static struct plan_change
change_of(enum plan_change_kind kind, const struct step *step)
{
	return (struct plan_change){
		.kind = kind, .step = xstrdup(step->id), .name = xstrdup(step->name),
		.n = step->n,
	};
}

static char *
name_at(const struct side *side, int index)
{
	return index == NO_STEP ? NULL : xstrdup(at(side, index)->name);
}

/* The pairs in the order of a whose places in b rise: the longest such row stays,
 * the others have moved. */
static void
mark_moved(const struct side *a, const struct side *b, bool *moved)
{
	int *row = xcalloc((size_t)a->count + 1, sizeof *row);
	int *length = xcalloc((size_t)a->count + 1, sizeof *length);
	int *from = xcalloc((size_t)a->count + 1, sizeof *from);
	int count = 0, best = -1;

	for (int i = 0; i < a->count; i++) {
		int step = playbook_ordered(a->playbook, i);

		if (a->partner[step] != NO_STEP && counts(at(a, step))) {
			row[count++] = step;
		}
	}
	for (int i = 0; i < count && count <= MOST_ORDERED; i++) {
		length[i] = 1;
		from[i] = -1;
		for (int k = 0; k < i; k++) {
			if (b->place[a->partner[row[k]]] < b->place[a->partner[row[i]]]
					&& length[k] + 1 > length[i]) {
				length[i] = length[k] + 1;
				from[i] = k;
			}
		}
		best = best < 0 || length[i] > length[best] ? i : best;
		moved[row[i]] = true;
	}
	for (int i = best; i >= 0; i = from[i]) {
		moved[row[i]] = false;
	}
	free(from);
	free(length);
	free(row);
}

static bool
other_branch(const struct side *a, int i, const struct side *b, int k)
{
	int owner = a->within[i];

	if (owner == NO_STEP || b->within[k] == NO_STEP) {
		return owner != b->within[k];
	}
	return a->partner[owner] != b->within[k] || a->branch[i] != b->branch[k];
}

static void
say_moves(struct plan_diff *out, const struct side *a, const struct side *b)
{
	bool *moved = xcalloc((size_t)a->count + 1, sizeof *moved);

	mark_moved(a, b, moved);
	for (int place = 0; place < b->count; place++) {
		int k = playbook_ordered(b->playbook, place);
		int i = b->partner[k];

		if (i != NO_STEP && counts(at(b, k))
				&& (moved[i] || other_branch(a, i, b, k))) {
			struct plan_change change = change_of(PLAN_MOVED, at(b, k));

			change.before = name_at(a, a->before[i]);
			change.after = name_at(b, b->before[k]);
			plan_diff_add(out, change);
		}
	}
	free(moved);
}

static void
say_alone(struct plan_diff *out, const struct side *side, enum plan_change_kind kind,
	bool exact)
{
	for (int place = 0; place < side->count; place++) {
		int i = playbook_ordered(side->playbook, place);

		if (side->partner[i] == NO_STEP && (exact || counts(at(side, i)))) {
			plan_diff_add(out, change_of(kind, at(side, i)));
		}
	}
}

void
plan_diff(struct plan_diff *out, const struct playbook *a, const struct playbook *b,
	bool exact)
{
	struct side one, two;

	*out = (struct plan_diff){ 0 };
	side_open(&one, a);
	side_open(&two, b);
	match(&one, &two);
	plan_diff_plan(out, &one, &two, exact);
	say_alone(out, &one, PLAN_REMOVED, exact);
	say_alone(out, &two, PLAN_ADDED, exact);
	say_moves(out, &one, &two);
	for (int place = 0; place < two.count; place++) {
		int k = playbook_ordered(b, place);

		if (two.partner[k] != NO_STEP) {
			plan_diff_step(out, &one, &two, k, exact);
		}
	}
	side_close(&one);
	side_close(&two);
}
