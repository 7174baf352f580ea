/* flow_words.c owns what stands in and beside the boxes of a drawn plan. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "playbooks/flow.h"
#include "playbooks/md.h"

/* Plans come from anywhere: nothing of them reaches a terminal as it is. */
static char *
clean(char *text)
{
	char *out = text_printable(text, strlen(text));

	free(text);
	return out;
}

char *
flow_title(const struct step *step)
{
	if (step->type == STEP_MISSING) {
		return clean(xasprintf(_("not in the plan: %s"), step->id));
	}
	return clean(step->n > 0 ? xasprintf("%d%s %s", step->n, step->mandatory ? "!" : "",
		step->name) : xstrdup(step->name));
}

static void
add_part(struct buf *out, const char *text)
{
	buf_addf(out, "%s%s", out->len > 0 ? ", " : "", text);
}

char *
flow_under(const struct playbook *playbook, const struct step *step)
{
	struct buf out = { 0 };
	char span[WHEN_SHORT_SIZE];

	if (step->lead != NULL) {
		add_part(&out, playbook_agent_name(playbook, step->lead));
	}
	if (step->delay > 0) {
		when_span(span, step->delay, i18n_language());
		add_part(&out, "");
		buf_addf(&out, _("begin after %s"), span);
	}
	if (step->timeout >= 0) {
		when_span(span, step->timeout, i18n_language());
		add_part(&out, "");
		buf_addf(&out, _("limit %s"), span);
	}
	if (step->ask_count > 0) {
		add_part(&out, "");
		buf_addf(&out, step->ask_count == 1 ? _("%d question") : _("%d questions"),
			step->ask_count);
	}
	return clean(buf_take(&out));
}

/* A step without a name says what it looks at; "" where that is nothing. */
static const char *
asked_of(const struct step *step)
{
	const char *text = step->type == STEP_SWITCH ? step->switch_on
		: json_get_text(step->json, "condition");

	return strcmp(step->name, step->id) == 0
		? text != NULL ? text : step->type == STEP_PARALLEL ? "" : step->name
		: md_bare_name(step);
}

char *
flow_question(const struct step *step)
{
	const char *asked = asked_of(step);

	switch (step->type) {
	case STEP_IF:
		return clean(xasprintf("%s%s", asked, strchr(asked, '?') == NULL ? "?" : ""));
	case STEP_WHILE:
		return clean(xasprintf(_("again while: %s"), asked));
	case STEP_SWITCH:
		return clean(xasprintf(_("which: %s"), asked));
	case STEP_PARALLEL:
		return asked[0] == '\0' ? xstrdup(_("at the same time"))
			: clean(xasprintf(_("at the same time: %s"), asked));
	default:
		return flow_title(step);
	}
}

/* What people read of a switch's case: the label of the answer, else its key. */
static const char *
case_label(const struct playbook *playbook, const struct step *step, const char *key)
{
	const char *on = step->switch_on != NULL ? step->switch_on : "";
	char *name = xstrndup(on, strcspn(on, ":"));
	const struct variable *variable = playbook_find_variable(playbook, name);
	const struct json *choices = variable == NULL ? NULL
		: json_get(variable->ext, "choices");

	free(name);
	for (const struct json *row = json_first(choices); row != NULL; row = json_next(row)) {
		const char *label = json_get_text(row, "label");

		if (label != NULL && strcmp(json_text_of(row, "value"), key) == 0) {
			return label;
		}
	}
	return key;
}

char *
flow_branch(const struct playbook *playbook, const struct step *step, int branch)
{
	const struct branch *b = branch >= 0 ? &step->branches[branch] : NULL;

	if (b == NULL) {
		return xstrdup(_("if it fails"));
	}
	switch (step->type) {
	case STEP_IF:
		return xstrdup(branch == 0 ? _("yes") : _("no"));
	case STEP_WHILE:
		return step->max_rounds >= MAX_ROUNDS ? xstrdup(_("each round"))
			: xasprintf(_("each round, at most %d"), step->max_rounds);
	case STEP_SWITCH:
		return branch == step->otherwise || b->key == NULL ? xstrdup(_("any other"))
			: clean(xstrdup(case_label(playbook, step, b->key)));
	default:
		return b->name != NULL ? clean(xstrdup(b->name))
			: xasprintf(_("branch %d"), branch + 1);
	}
}

char *
flow_jump(const struct step *step)
{
	char *title = step->type == STEP_ACTION || step->type == STEP_CALL
		? flow_title(step) : flow_question(step);
	char *out = xasprintf(_("go on at %s"), title);

	free(title);
	return out;
}
