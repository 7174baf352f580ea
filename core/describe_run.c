/* describe_run.c says what was done in the runs of playbooks. */
#include "core/describe_line.h"

#include <string.h>

#include "core/i18n.h"
#include "core/run_rows.h"
#include "core/secret.h"
#include "core/when.h"
#include "core/words.h"

void
say_playbook_stored(const struct line *l)
{
	buf_addf(l->out, _("playbook stored: %s %s"), line_text(l->body, "code"),
		line_text(l->body, "name"));
}

static void
add_note(const struct line *l)
{
	if (line_text(l->body, "note")[0] != '\0') {
		buf_addf(l->out, ": %s", line_text(l->body, "note"));
	}
}

void
say_run_started(const struct line *l)
{
	const struct json *run = json_get(l->body, "run");
	const char *signer = line_text(run, "signed_by");
	const char *code = line_text(run, "code");

	if (code[0] != '\0') {
		buf_addf(l->out, _("plan begun: %s %s"), code, line_text(run, "name"));
	} else {
		buf_addf(l->out, _("plan begun: %s"), line_text(run, "name"));
	}
	if (signer[0] != '\0') {
		buf_addf(l->out, _(", signed by %s"), signer);
	}
	add_note(l);
}

void
say_run_ended(const struct line *l)
{
	const char *code = line_text(l->body, "code");

	if (code[0] != '\0') {
		buf_addf(l->out, _("plan stopped: %s"), code);
	} else {
		buf_adds(l->out, _("plan stopped"));
	}
	add_note(l);
}

/* "Lỗi ở đâu? Ứng dụng": the question up to its first comma, without what stands
 * in brackets, which is for who is asked.  An event from before the questions were
 * kept has but the variable. */
static void
say_question(const struct line *l, const char *name)
{
	const struct json *asked = json_get(json_get(l->body, "asked"), name);
	const char *question = json_get_text(asked, "question");
	const struct bare_name bare = bare_name(name);
	const char *text = question != NULL ? question : bare.text;
	int depth = 0;
	char last = '\0';

	for (const char *at = text; *at != '\0'
			&& (depth > 0 || strchr(",;:", *at) == NULL); at++) {
		depth += *at == '(' ? 1 : 0;
		if (depth == 0 && (*at != ' ' || at[1] != '(')) {
			last = question == NULL && *at == '_' ? ' ' : *at;
			buf_addc(l->out, last);
		}
		depth -= *at == ')' && depth > 0 ? 1 : 0;
	}
	buf_adds(l->out, last == '?' ? " " : ": ");
}

static void
say_answer(const struct line *l, const struct json *row)
{
	const char *value = line_text(row, "value");
	const struct json *asked = json_get(json_get(l->body, "asked"),
		line_text(row, "name"));
	const char *label = json_get_text(json_get(asked, "choices"), value);

	if (label == NULL && value[0] != '\0'
			&& answer_is_secret(l->body, line_text(row, "name"))) {
		value = SECRET_MASK;
	} else if (label == NULL && strcmp(value, "true") == 0) {
		label = _("yes");
	} else if (label == NULL && strcmp(value, "false") == 0) {
		label = _("no");
	}
	buf_adds(l->out, json_get_bool(row, "unknown") ? _("not known")
		: label != NULL ? label : value);
}

void
say_run_paused(const struct line *l)
{
	buf_addf(l->out, _("plan paused: %s"), line_text(l->body, "code"));
	add_note(l);
}

void
say_run_resumed(const struct line *l)
{
	buf_addf(l->out, _("plan goes on: %s"), line_text(l->body, "code"));
	add_note(l);
}

/* step "..." open again, round 2: why */
void
say_step_reopened(const struct line *l)
{
	const struct json *is = json_get(l->body, "step");

	buf_addf(l->out, _("back to step %lld \"%s\""), (long long)json_get_int(is, "n", 0),
		line_text(is, "name"));
	add_note(l);
}

void
say_step_extended(const struct line *l)
{
	const struct json *is = json_get(l->body, "step");
	const struct json *row = json_first(json_get(l->body, "instances"));
	char until[WHEN_SHORT_SIZE];

	when_full(until, json_get_int(row, "due_at", 0), l->zone);
	buf_addf(l->out, _("step %lld \"%s\": %lld more minutes, until %s"),
		(long long)json_get_int(is, "n", 0), line_text(is, "name"),
		(long long)json_get_int(l->body, "minutes", 0), until);
	add_note(l);
}

/* "step 4 "Where is the fault" done (Where? The database; Attack? No): note" */
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
		buf_adds(l->out, first ? " (" : "; ");
		say_question(l, line_text(row, "name"));
		say_answer(l, row);
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
