/* print_steps.c owns the steps of a plan on paper. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "playbooks/flow.h"
#include "playbooks/md.h"
#include "playbooks/print_private.h"
#include "playbooks/step_text.h"

#define INDENT "        "

static const struct {
	const char *state, *box;
} boxes[] = {
	{ "done", "[x]" }, { "failed", "[!]" }, { "skipped", "[-]" }, { "aborted", "[-]" },
	{ "started", "[>]" },
};

static const char *
box_of(const char *state)
{
	for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
		if (strcmp(boxes[i].state, state) == 0) {
			return boxes[i].box;
		}
	}
	return "[ ]";
}

/* The task at which a branch begins on paper: its first, behind control steps. */
static int
first_task(const struct playbook *playbook, int index)
{
	for (int depth = 0; index != NO_STEP && depth < 16; depth++) {
		const struct step *step = playbook_step(playbook, index);

		if (step->type == STEP_ACTION || step->type == STEP_CALL) {
			return index;
		}
		index = step->branch_count > 0 ? step->branches[0].first : step->on_completion;
	}
	return NO_STEP;
}

/* "IF the generator may not run", "AT THE SAME TIME: power". */
static void
branch_title(struct buf *out, const struct playbook *playbook, const struct step *step,
	int branch)
{
	const struct branch *b = &step->branches[branch];
	const char *name = md_bare_name(step);
	char *label = flow_branch(playbook, step, branch);

	if (out->len > 0) {
		buf_adds(out, " · ");
	}
	switch (step->type) {
	case STEP_IF:
		buf_addf(out, branch == 0 ? _("ONLY IF: %s") : _("IF NOT: %s"), name);
		break;
	case STEP_WHILE:
		buf_addf(out, _("AGAIN AND AGAIN WHILE: %s"), name);
		break;
	case STEP_SWITCH:
		buf_addf(out, _("ONLY IF: %s = %s"), name, label);
		break;
	default:
		buf_addf(out, _("AT THE SAME TIME: %s"), b->name != NULL || name[0] == '\0'
			? label : name);
		break;
	}
	free(label);
}

/* Do the branches of a step come together at this task? */
static bool
goes_on_here(const struct playbook *playbook, const struct step *task)
{
	for (int i = 0; i < playbook_step_count(playbook); i++) {
		const struct step *step = playbook_step(playbook, i);
		int first = step->branch_count == 0 ? NO_STEP
			: first_task(playbook, step->on_completion);

		if (first != NO_STEP && playbook_step(playbook, first) == task) {
			return true;
		}
	}
	return false;
}

/* All branches that begin at this task; before them, that others have ended. */
static char *
branches_here(const struct playbook *playbook, const struct step *task)
{
	struct buf out = { 0 };

	if (goes_on_here(playbook, task)) {
		buf_adds(&out, _("THEN GO ON"));
	}

	for (int place = 0; place < playbook_step_count(playbook); place++) {
		const struct step *step = playbook_step(playbook,
			playbook_ordered(playbook, place));

		for (int b = 0; b < step->branch_count; b++) {
			int first = first_task(playbook, step->branches[b].first);

			if (first != NO_STEP && playbook_step(playbook, first) == task) {
				branch_title(&out, playbook, step, b);
			}
		}
	}
	return buf_take(&out);
}

static void
add_people(struct printing *p, const struct playbook *playbook, const struct step *step)
{
	const struct json *support = json_get(step->ext, "support");
	struct buf line = { 0 };

	if (step->lead != NULL) {
		buf_addf(&line, _("lead %s"), playbook_agent_name(playbook, step->lead));
	}
	for (const struct json *row = json_first(support); row != NULL; row = json_next(row)) {
		buf_adds(&line, row != json_first(support) ? ", "
			: line.len > 0 ? _("; support ") : _("support "));
		buf_adds(&line, playbook_agent_name(playbook, json_text(row, "")));
	}
	if (line.len > 0) {
		print_wrap(p, PRINT_TEXT, INDENT, buf_text(&line));
	}
	buf_free(&line);
}

static void
add_lines(struct printing *p, char *text)
{
	for (const char *at = text; *at != '\0'; ) {
		size_t len = strcspn(at, "\n");
		char *line = xstrndup(at, len);

		print_wrap(p, PRINT_TEXT, INDENT, line);
		free(line);
		at += len + (at[len] == '\n');
	}
	free(text);
}

/* What may be answered, a blank for it, the unit behind. */
static void
add_answers(struct buf *line, const struct variable *variable)
{
	const struct json *choices = json_get(variable->ext, "choices");
	const char *unit = json_get_text(variable->ext, "unit");

	if (strcmp(variable->type, "bool") == 0) {
		buf_addf(line, " (%s / %s)", _("yes"), _("no"));
	}
	for (const struct json *row = json_first(choices); row != NULL; row = json_next(row)) {
		buf_addf(line, "%s%s", row == json_first(choices) ? " (" : " / ",
			json_text_of(row, "label"));
	}
	buf_addf(line, "%s ______________%s%s", json_count(choices) > 0 ? ")" : "",
		unit != NULL ? " " : "", unit != NULL ? unit : "");
}

static void
add_asks(struct printing *p, const struct playbook *playbook, const struct step *step)
{
	for (int i = 0; i < step->ask_count; i++) {
		const struct variable *variable = playbook_find_variable(playbook,
			step->asks[i]);
		const char *question = variable == NULL ? NULL
			: json_get_text(variable->ext, "question");
		struct buf line = { 0 };

		buf_adds(&line, question != NULL ? question : step->asks[i]);
		if (variable != NULL) {
			add_answers(&line, variable);
		}
		print_wrap(p, PRINT_FORM, INDENT "? ", buf_text(&line));
		buf_free(&line);
	}
}

/* What is to be done, for a step that is not done yet. */
static void
add_work(struct printing *p, const struct playbook *playbook, const struct run *run,
	const struct step_line *line)
{
	const char *cost = json_get_text(line->step->ext, "cost");
	const char *proof = json_get_text(line->step->ext, "proof");

	add_people(p, playbook, line->step);
	add_lines(p, step_how(playbook, run, line->instance, line->step));
	add_lines(p, step_beside(playbook, run, line->instance, line->step));
	if (line->step->alters) {
		print_wrap(p, PRINT_TEXT, INDENT,
			_("Alters the scene: not while the police want it kept."));
	}
	if (cost != NULL) {
		print_wrap(p, PRINT_TEXT, INDENT, _("Cost:"));
		print_wrap(p, PRINT_TEXT, INDENT "  ", cost);
	}
	if (proof != NULL) {
		print_wrap(p, PRINT_TEXT, INDENT, _("Proof:"));
		print_wrap(p, PRINT_TEXT, INDENT "  ", proof);
	}
	add_asks(p, playbook, line->step);
	print_add(p, PRINT_FORM, INDENT "%s",
		_("Time _______  Name __________________  Signature ____________"));
}

static char *
limit_text(const struct printing *p, const struct step_line *line)
{
	char text[WHEN_SHORT_SIZE];

	if (line->instance != NULL && line->instance->due_at != RUN_NO_DUE) {
		when_near(text, line->instance->due_at, p->now, desk_zone(p->desk));
		return xasprintf(_("  due %s"), text);
	}
	if (line->step->timeout <= 0) {
		return xstrdup("");
	}
	when_span(text, line->step->timeout, i18n_language());
	return xasprintf(_("  within %s"), text);
}

static void
add_done(struct printing *p, const struct step_line *line, const char *title)
{
	char at[WHEN_SHORT_SIZE];
	char *text;

	when_near(at, line->instance->ended_at, p->now, desk_zone(p->desk));
	text = xasprintf("%s  %s %s%s%s", title, at, line->instance->ended_by,
		line->instance->note != NULL && line->instance->note[0] != '\0' ? ": " : "",
		line->instance->note != NULL ? line->instance->note : "");
	print_wrap(p, PRINT_STEP, "", text);
	free(text);
}

static void
add_step(struct printing *p, const struct playbook *playbook, const struct run *run,
	const struct step_line *line)
{
	const struct step *step = line->step;
	bool ended = line->instance != NULL && line->instance->ended_at != 0;
	char *branch = branches_here(playbook, step);
	char *limit = limit_text(p, line);
	char *number, *title;

	number = step->n > 0 ? xasprintf("%2d", step->n) : xstrdup("  ");
	title = xasprintf(line->round > 1 ? "%s %s%s %s (%d)" : "%s %s%s %s",
		line->passed_by ? "[-]" : box_of(line->state),
		number, step->mandatory ? "!" : " ", step->name, line->round);
	free(number);
	print_keep(p);
	if (branch[0] != '\0' && line->round <= 1) {
		print_wrap(p, PRINT_BRANCH, "    ", branch);
	}
	if (ended) {
		add_done(p, line, title);
	} else if (line->passed_by) {
		print_wrap(p, PRINT_STEP, "", title);
	} else {
		char *whole = xasprintf("%s%s", title, limit);

		print_wrap(p, PRINT_STEP, "", whole);
		free(whole);
		add_work(p, playbook, run, line);
	}
	print_keep_end(p);
	free(title);
	free(limit);
	free(branch);
}

void
print_steps(struct printing *p, const struct playbook *playbook, const struct run *run)
{
	int count;
	struct step_line *lines = steps_of(playbook, run, p->now, &count);

	for (int i = 0; i < count; i++) {
		add_step(p, playbook, run, &lines[i]);
	}
	free(lines);
}
