/* cacao_convert_ends.c owns where a converted workflow begins and ends: a start
 * before the first step, an end where nothing follows, and an end of its own for
 * each branch.  A start and an end do nothing, so adding one changes nothing. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/cacao_convert_private.h"

static const char *const exits[] = { "on_completion", "on_success", "on_failure" };

static const char *
type_of(const struct made_step *step)
{
	return json_text_of(step->o, "type");
}

static int
find_step(const struct converter *c, const char *id)
{
	for (int i = 0; id != NULL && i < c->step_count; i++) {
		if (strcmp(c->steps[i].id, id) == 0) {
			return i;
		}
	}
	return -1;
}

/* Takes o; its id in the new step. */
static const char *
add_step(struct converter *c, const char *type, const char *of, struct json *o)
{
	struct made_step *made;
	char id[MADE_ID_SIZE];

	c->steps = xrealloc(c->steps, ((size_t)c->step_count + 2) * sizeof *c->steps);
	made = &c->steps[c->step_count++];
	*made = (struct made_step){ .old_id = xstrdup(""), .o = o };
	made_id(id, c, type, of);
	made->id = xstrdup(id);
	return made->id;
}

static void
add_start(struct converter *c)
{
	const char *first = json_get_text(c->out, "workflow_start");
	int at = find_step(c, first);
	int start = -1;
	struct json *o;

	for (int i = 0; i < c->step_count; i++) {
		if (strcmp(type_of(&c->steps[i]), "start") == 0) {
			start = start == -1 ? i : -2;
		}
	}
	if (first == NULL && start >= 0) {
		json_set_text(c->out, "workflow_start", c->steps[start].id);
		note_change(c, "/workflow_start", _("is now %s, the only start"),
			c->steps[start].id);
	}
	if (at < 0 || start != -1 || strcmp(type_of(&c->steps[at]), "end") == 0) {
		return;
	}
	o = json_object();
	json_set_text(o, "type", "start");
	json_set_text(o, "on_completion", c->steps[at].id);
	json_set_text(c->out, "workflow_start", add_step(c, "start", "start", o));
	note_change(c, "/workflow", _("a start step stands now before the first one"));
}

static bool
leads_on(const struct json *step)
{
	for (int i = 0; i < 3; i++) {
		if (json_get(step, exits[i]) != NULL) {
			return true;
		}
	}
	return false;
}

/* After the last step of a branch nothing follows: an end says the same. */
static void
add_ends(struct converter *c)
{
	int count = c->step_count;

	for (int i = 0; i < count; i++) {
		const char *type = type_of(&c->steps[i]);
		char path[FINDING_PATH];
		struct json *o;

		if (type[0] == '\0' || strcmp(type, "end") == 0 || strcmp(type, "start") == 0
				|| leads_on(c->steps[i].o)) {
			continue;
		}
		o = json_object();
		json_set_text(o, "type", "end");
		const char *id = add_step(c, "end", c->steps[i].id, o);
		json_set_text(c->steps[i].o, "on_completion", id);
		path_key(path, "/workflow", c->steps[i].old_id);
		note_change(c, path, _("an end of its own follows now"));
	}
}

/* ---- ends that branches share ---- */

struct scopes {
	struct converter *c;
	int *owner; /* of each step: its scope, 0: none yet */
	int room;
	int count;  /* scopes so far */
};

static int
owner_of(const struct scopes *s, int step)
{
	return step < s->room ? s->owner[step] : s->count;
}

/* A copy of the end for this scope, made once. */
static const char *
own_end(struct scopes *s, int end, int scope)
{
	struct converter *c = s->c;
	char *of = xasprintf("%s %d", c->steps[end].id, scope);
	char id[MADE_ID_SIZE];
	int at;

	made_id(id, c, "end", of);
	at = find_step(c, id);
	if (at < 0) {
		char path[FINDING_PATH];

		path_key(path, "/workflow", c->steps[end].old_id[0] == '\0'
			? c->steps[end].id : c->steps[end].old_id);
		note_change(c, path,
			_("branches shared this end: another one has now its own, %s"), id);
		(void)add_step(c, "end", of, json_copy(c->steps[end].o));
		at = c->step_count - 1;
	}
	free(of);
	return c->steps[at].id;
}

/* The id that a reference to this end has within the scope: its own, or NULL
 * where it may stay. */
static const char *
parted(struct scopes *s, const char *id, int scope)
{
	int at = find_step(s->c, id);

	if (at < 0 || at >= s->room || strcmp(type_of(&s->c->steps[at]), "end") != 0) {
		return NULL;
	}
	if (s->owner[at] == 0) {
		s->owner[at] = scope;
	}
	return s->owner[at] == scope ? NULL : own_end(s, at, scope);
}

/* All that follows first within its scope; other scopes' steps are left alone. */
static void
walk_scope(struct scopes *s, int first, int scope)
{
	int *queue = xcalloc((size_t)s->room * 3 + 4, sizeof *queue);
	int head = 0;
	int tail = 0;

	queue[tail++] = first;
	while (head < tail) {
		int at = queue[head++];

		if (at < 0 || owner_of(s, at) != 0
				|| strcmp(type_of(&s->c->steps[at]), "end") == 0) {
			continue;
		}
		s->owner[at] = scope;
		for (int i = 0; i < 3; i++) {
			const char *next = json_get_text(s->c->steps[at].o, exits[i]);
			const char *own = next == NULL ? NULL : parted(s, next, scope);

			if (own != NULL) {
				json_set_text(s->c->steps[at].o, exits[i], own);
			} else if (next != NULL) {
				queue[tail++] = find_step(s->c, next);
			}
		}
	}
	free(queue);
}

/* One branch of a step: value is the reference; the new one, or NULL. */
static struct json *
open_branch(struct scopes *s, const struct json *value)
{
	const char *id = json_text(value, NULL);
	int scope = ++s->count;
	const char *own = id == NULL ? NULL : parted(s, id, scope);

	if (own != NULL) {
		return json_string(own);
	}
	if (id != NULL) {
		walk_scope(s, find_step(s->c, id), scope);
	}
	return json_copy(value);
}

static struct json *
open_branches(struct scopes *s, const struct json *value)
{
	bool object = json_is(value, JSON_OBJECT);
	struct json *made;

	if (!object && !json_is(value, JSON_ARRAY)) {
		return open_branch(s, value);
	}
	made = object ? json_object() : json_array();
	for (const struct json *row = json_first(value); row != NULL;
			row = json_next(row)) {
		struct json *branch = open_branch(s, row);

		if (object) {
			json_set(made, json_key(row), branch);
		} else {
			json_push(made, branch);
		}
	}
	return made;
}

static void
open_step(struct scopes *s, int at, char *opened)
{
	static const char *const branches[] = { "on_true", "on_false", "next_steps", "cases" };

	opened[at] = 1;
	for (int i = 0; i < 4; i++) {
		struct json *was = json_is(s->c->steps[at].o, JSON_OBJECT)
			? json_detach(s->c->steps[at].o, branches[i]) : NULL;

		if (was != NULL) {
			json_set(s->c->steps[at].o, branches[i], open_branches(s, was));
			json_free(was);
		}
	}
}

/* Scope by scope from the start on: a step's branches are opened once its own
 * scope is known, so an outer scope keeps its end. */
static void
part_ends(struct converter *c)
{
	struct scopes s = { .c = c, .room = c->step_count };
	char *opened = xcalloc((size_t)c->step_count + 1, 1);
	bool more = true;

	s.owner = xcalloc((size_t)c->step_count + 1, sizeof *s.owner);
	walk_scope(&s, find_step(c, json_get_text(c->out, "workflow_start")), ++s.count);
	walk_scope(&s, find_step(c, json_get_text(c->out, "workflow_exception")), 1);
	while (more) {
		more = false;
		for (int i = 0; i < s.room; i++) {
			if (s.owner[i] != 0 && !opened[i]) {
				open_step(&s, i, opened);
				more = true;
			}
		}
	}
	free(s.owner);
	free(opened);
}

void
convert_ends(struct converter *c)
{
	add_start(c);
	add_ends(c);
	part_ends(c);
}
