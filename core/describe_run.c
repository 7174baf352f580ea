/* describe_run.c says what was done in the runs of playbooks. */
#include "core/describe_line.h"

#include <string.h>

#include "core/i18n.h"
#include "core/words.h"

void
say_playbook_stored(const struct line *l)
{
	buf_addf(l->out, _("playbook stored: %s %s"), line_text(l->body, "code"),
		line_text(l->body, "name"));
}

void
say_run_started(const struct line *l)
{
	const struct json *run = json_get(l->body, "run");

	buf_addf(l->out, _("plan begun: %s %s"), line_text(run, "code"), line_text(run, "name"));
}

static void
add_note(const struct line *l)
{
	if (line_text(l->body, "note")[0] != '\0') {
		buf_addf(l->out, ": %s", line_text(l->body, "note"));
	}
}

void
say_run_ended(const struct line *l)
{
	buf_addf(l->out, _("plan stopped: %s"), line_text(json_get(l->body, "run"), "code"));
	add_note(l);
}

/* "step 12 "Read battery" done (phut_con_dien = 25): note" */
void
say_step(const struct line *l)
{
	const struct json *is = json_get(l->body, "step");
	const struct json *values = json_get(l->body, "variables");
	bool first = true;

	if (json_get_int(is, "n", 0) == 0) { /* a call of another plan has no number */
		buf_addf(l->out, "\"%s\" %s", line_text(is, "name"),
			word_label(WORDS_STEP_STATE, line_text(is, "state")));
	} else {
		buf_addf(l->out, _("step %lld \"%s\" %s"),
			(long long)json_get_int(is, "n", 0), line_text(is, "name"),
			word_label(WORDS_STEP_STATE, line_text(is, "state")));
	}
	for (const struct json *row = json_first(values); row != NULL;
	     row = json_next(row)) {
		buf_addf(l->out, "%s%s = %s", first ? " (" : ", ",
			bare_name(line_text(row, "name")).text,
			json_get_bool(row, "unknown") ? "?" : line_text(row, "value"));
		first = false;
	}
	buf_adds(l->out, first ? "" : ")");
	if (json_get_int(l->body, "total", 0) > json_get_int(l->body, "ticked", 0)) {
		buf_addf(l->out, _(", %lld of %lld lines not ticked"),
			(long long)(json_get_int(l->body, "total", 0) -
				json_get_int(l->body, "ticked", 0)),
			(long long)json_get_int(l->body, "total", 0));
	}
	add_note(l);
	say_clocks(l);
}

void
say_step_assigned(const struct line *l)
{
	const struct json *is = json_get(l->body, "step");

	buf_addf(l->out, _("step %lld \"%s\" assigned to %s"),
		(long long)json_get_int(is, "n", 0), line_text(is, "name"),
		line_text(l->body, "to"));
	add_note(l);
}
