/* cacao_convert.c owns the conversion of the document around its steps, the list
 * of changes, and identifiers that follow from what they stand for. */
#include "playbooks/cacao_convert_private.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/ids.h"
#include "core/limits.h"
#include "core/mem.h"
#include "playbooks/cacao.h"

void
note_change(struct converter *c, const char *path, const char *fmt, ...)
{
	struct conversion *all = c->conversion;
	char text[400];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	all->list = xrealloc(all->list, ((size_t)all->count + 1) * sizeof *all->list);
	all->list[all->count++] = (struct change){
		.path = xstrdup(path[0] == '\0' ? "/" : path), .text = xstrdup(text),
	};
}

void
made_id(char out[MADE_ID_SIZE], const struct converter *c, const char *type,
	const char *of)
{
	char *source = xasprintf("%s\n%s\n%s", json_text_of(c->doc, "id"), type, of);
	char hash[HASH_SIZE];

	hash_bytes(hash, source, strlen(source));
	free(source);
	(void)snprintf(out, MADE_ID_SIZE, "%.30s--%.8s-%.4s-4%.3s-8%.3s-%.12s", type, hash,
		hash + 8, hash + 13, hash + 17, hash + 20);
}

/* ---- members of the document ---- */

static struct json *
convert_version(struct converter *c, const struct json *value, const char *path)
{
	if (cacao_old_version(c->doc) == NULL) {
		return json_copy(value);
	}
	note_change(c, path, _("%s is now cacao-2.0"), json_text(value, ""));
	return json_string("cacao-2.0");
}

static struct json *
exact_time(struct converter *c, const struct json *value, const char *path)
{
	return convert_time(c, value, path, true);
}

static struct json *
free_time(struct converter *c, const struct json *value, const char *path)
{
	return convert_time(c, value, path, false);
}

static struct json *
convert_step_name(struct converter *c, const struct json *value, const char *path)
{
	(void)path; /* that the step has a new id is told there */
	return json_is(value, JSON_STRING) ? json_string(new_step_id(c,
		json_text(value, ""))) : json_copy(value);
}

static struct json *
convert_one_to_list(struct converter *c, const struct json *value, const char *path)
{
	struct json *list;

	if (!json_is(value, JSON_STRING)) {
		return json_copy(value);
	}
	note_change(c, path, _("one text is now a list of one"));
	list = json_array();
	json_push(list, json_copy(value));
	return list;
}

/* Put in last, by convert_ends() and finish(). */
static struct json *
leave_for_later(struct converter *c, const struct json *value, const char *path)
{
	(void)c;
	(void)path;
	return json_copy(value);
}

static const struct {
	const char *name;
	const char *now; /* in version 2, where it differs */
	struct json *(*convert)(struct converter *, const struct json *, const char *);
} members[] = {
	{ "spec_version", NULL, convert_version },
	{ "created", NULL, exact_time },
	{ "modified", NULL, exact_time },
	{ "valid_from", NULL, free_time },
	{ "valid_until", NULL, free_time },
	{ "derived_from", NULL, convert_one_to_list },
	{ "related_to", NULL, convert_one_to_list },
	{ "features", "playbook_processing_summary", NULL },
	{ "targets", "target_definitions", NULL },
	{ "playbook_variables", NULL, convert_variables },
	{ "workflow_start", NULL, convert_step_name },
	{ "workflow_exception", NULL, convert_step_name },
	{ "workflow", NULL, leave_for_later },
	{ "signatures", NULL, leave_for_later },
};

static void
convert_member(struct converter *c, const struct json *member)
{
	const char *name = json_key(member);
	const char *now = name;
	struct json *(*convert)(struct converter *, const struct json *, const char *)
		= convert_value;
	char path[FINDING_PATH];

	path_key(path, "", name);
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
		if (strcmp(members[i].name, name) != 0) {
			continue;
		}
		convert = members[i].convert != NULL ? members[i].convert : convert;
		if (members[i].now != NULL && json_get(c->doc, members[i].now) == NULL) {
			now = members[i].now;
			note_change(c, path, _("%s is now called %s"), name, now);
		}
	}
	json_set(c->out, now, convert(c, member, path));
}

/* A signature of the old text would not hold; without a change it does. */
static void
drop_signatures(struct converter *c)
{
	if (json_get(c->out, "signatures") != NULL && c->conversion->count > 0) {
		json_remove(c->out, "signatures");
		note_change(c, "/signatures",
			_("taken out: they are of the text as it was; sign it anew"));
	}
}

static void
add_definitions(struct converter *c, const char *name, struct json *more)
{
	struct json *all = json_detach(c->out, name);

	if (json_count(more) > 0 && (all == NULL || json_is(all, JSON_OBJECT))) {
		all = all == NULL ? json_object() : all;
		for (const struct json *row = json_first(more); row != NULL;
				row = json_next(row)) {
			if (json_get(all, json_key(row)) == NULL) {
				json_set(all, json_key(row), json_copy(row));
			}
		}
	}
	if (all != NULL) {
		json_set(c->out, name, all);
	}
}

static void
put_steps(struct converter *c)
{
	struct json *workflow = json_object();

	for (int i = 0; i < c->step_count; i++) {
		json_set(workflow, c->steps[i].id, c->steps[i].o);
		free(c->steps[i].old_id);
		free(c->steps[i].id);
	}
	free(c->steps);
	json_set(c->out, "workflow", workflow);
}

static void
convert_document(struct converter *c)
{
	const struct json *workflow = json_get(c->doc, "workflow");

	c->out = json_object();
	c->agents = json_object();
	c->targets = json_object();
	if (json_is(workflow, JSON_OBJECT)) {
		convert_steps(c, workflow);
	}
	for (const struct json *row = json_first(c->doc); row != NULL;
			row = json_next(row)) {
		convert_member(c, row);
	}
	if (json_is(workflow, JSON_OBJECT)) {
		convert_ends(c);
		put_steps(c);
	}
	add_definitions(c, "agent_definitions", c->agents);
	add_definitions(c, "target_definitions", c->targets);
	json_free(c->agents);
	json_free(c->targets);
	drop_signatures(c);
}

bool
cacao_convert(struct json **out, struct conversion *conversion,
	const char *text, size_t len, struct error *err)
{
	const struct json_limits limits = {
		.bytes = limit(LIMIT_PLAYBOOK),
		.depth = (int)limit(LIMIT_PLAYBOOK_DEPTH),
	};
	struct converter c = { .conversion = conversion };
	struct json *doc = NULL;
	const char *old;

	*conversion = (struct conversion){ .version = "" };
	if (!json_parse(&doc, text, len, &limits, err)) {
		return false;
	}
	if (!json_is(doc, JSON_OBJECT)) {
		json_free(doc);
		return error_set(err, ERR_BAD_INPUT, _("a playbook is a JSON object"));
	}
	c.doc = doc;
	old = cacao_old_version(doc);
	if (old != NULL) {
		conversion->version = old;
	} else if (strcmp(json_text_of(doc, "spec_version"), "cacao-2.0") == 0) {
		conversion->version = "2.0";
	}
	convert_document(&c);
	*out = c.out;
	json_free(doc);
	return true;
}

void
conversion_finish(struct conversion *conversion)
{
	for (int i = 0; i < conversion->count; i++) {
		free(conversion->list[i].path);
		free(conversion->list[i].text);
	}
	free(conversion->list);
	*conversion = (struct conversion){ .version = "" };
}
