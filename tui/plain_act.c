/* plain_act.c owns the acts of the line mode. */
#include "tui/plain_act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_open.h"
#include "core/case_set.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/note.h"
#include "core/status.h"
#include "playbooks/player.h"
#include "tui/new_guess.h"
#include "tui/number.h"

bool
plain_line(char *out, size_t size)
{
	(void)fflush(stdout);
	if (fgets(out, (int)size, stdin) == NULL) {
		out[0] = '\0';
		return false;
	}
	out[strcspn(out, "\r\n")] = '\0';
	return true;
}

static void
report(bool ok, const struct error *err, const char *done)
{
	if (ok) {
		printf("%s\n", done);
	} else {
		printf("%s: %s%s%s\n", _("ERROR"), err->message,
			err->cause[0] != '\0' ? "; " : "", err->cause);
	}
}

void
plain_note(struct desk *desk, const char *case_id)
{
	struct error err = ERROR_INIT;
	struct note_new note = { 0 };
	char text[4096];

	printf("%s: ", _("Note"));
	if (!plain_line(text, sizeof(text)) || text[0] == '\0') {
		return;
	}
	note.text = text;
	report(note_add(desk, case_id, &note, &err), &err, _("filed"));
}

void
plain_take(struct desk *desk, const struct case_model *model)
{
	struct error err = ERROR_INIT;
	bool ok = case_assign(desk, model->c.id, desk_me(desk)->login, &err);

	if (ok && strcmp(model->c.status, "new") == 0) {
		ok = status_set(desk, model->c.id, &(struct status_change){
			.to = "acknowledged", .verb = "ack" }, &err);
	}
	report(ok, &err, _("it is yours"));
}

static bool
is_open(const struct plan_line *line)
{
	return line->kind == PLAN_STEP && (strcmp(line->state, "open") == 0
		|| strcmp(line->state, "started") == 0);
}

static void
ask_answers(const struct plan_line *line, struct json *answers)
{
	for (int i = 0; i < line->question_count; i++) {
		const struct question *q = &line->questions[i];
		char text[512];

		printf("%s", q->text);
		for (const struct json *row = json_first(q->choices); row != NULL;
			row = json_next(row)) {
			printf(" [%s: %s]", json_text(json_get(row, "value"), ""),
				json_text(json_get(row, "label"), ""));
		}
		printf(" %s: ", _("(? not known)"));
		if (plain_line(text, sizeof(text)) && text[0] != '\0') {
			json_set_text(answers, q->name, text);
		}
	}
}

void
plain_step(struct desk *desk, const struct case_model *model)
{
	struct error err = ERROR_INIT;
	struct step_act act = { .action = RUN_DONE };
	struct json *answers;
	char text[4096];
	int n, found = -1;

	for (int i = 0; i < model->plan_count; i++) {
		if (is_open(&model->plan[i])) {
			printf("%d. %s\n", model->plan[i].n, model->plan[i].name);
		}
	}
	printf("%s: ", _("which step is done"));
	if (!plain_line(text, sizeof(text)) || (n = number_of(text)) <= 0) {
		return;
	}
	for (int i = 0; i < model->plan_count; i++) {
		if (is_open(&model->plan[i]) && model->plan[i].n == n) {
			found = i;
		}
	}
	if (found < 0) {
		printf("%s\n", _("no open step has this number"));
		return;
	}
	answers = json_object();
	ask_answers(&model->plan[found], answers);
	printf("%s: ", _("Note, proof"));
	(void)plain_line(text, sizeof(text));
	act.note = text[0] != '\0' ? text : NULL;
	act.values = json_count(answers) > 0 ? answers : NULL;
	report(player_step(desk, model->c.id, model->plan[found].spec, &act, &err), &err,
		_("done"));
	json_free(answers);
}

void
plain_new(struct desk *desk, bool readonly)
{
	struct error err = ERROR_INIT;
	struct case_new what = { .detected_at = desk_now(desk) };
	char title[512], id[UUID_SIZE];
	const char *kind;

	if (readonly) {
		printf("%s\n", _("this desk is open for reading only"));
		return;
	}
	printf("%s: ", _("What"));
	if (!plain_line(title, sizeof(title)) || title[0] == '\0') {
		return;
	}
	kind = guess_kind(title);
	what.title = title;
	what.kind = kind != NULL ? kind : "other";
	report(case_open(desk, &what, id, &err), &err, _("case opened"));
}
