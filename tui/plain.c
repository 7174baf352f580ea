/* plain.c owns the line mode: numbered menus for screen readers and terminals
 * that cannot address their cursor.  Same commands, one line at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "core/words.h"
#include "tui/case_model.h"
#include "tui/case_rows.h"
#include "tui/engine_row.h"
#include "tui/model.h"
#include "tui/number.h"
#include "tui/plain_act.h"
#include "tui/tui.h"

#define PAGE 20

static void
print_head(struct desk *desk)
{
	struct summary s;
	struct error err = ERROR_INIT;
	char engine[ENGINE_ROW_SIZE];
	char *now;

	if (!summary_load(&s, desk, &err)) {
		printf("%s: %s\n", _("ERROR"), err.message);
		return;
	}
	now = now_text(&s.now, desk_now(desk));
	printf("\n%s. ", s.desk);
	printf(_("%lld open"), (long long)s.open);
	printf(", ");
	printf(_("%lld LATE"), (long long)s.late);
	printf(".\n%s %s\n", _("NOW>"), now);
	(void)engine_row(engine, &s, desk_now(desk), true);
	if (engine[0] != '\0') {
		printf("%s\n", engine);
	}
	free(now);
}

static void
print_row(const struct case_row *row, int n, struct desk *desk)
{
	char due[32] = "";

	if (row->open && row->due_at != NO_DUE) {
		when_due(due, row->due_at, desk_now(desk), i18n_language());
	}
	printf("%d. %s%s %s, %s, %s%s%s\n", n, row->drill ? _("[drill] ") : "",
		row->number, row->title, word_label(WORDS_STATUS, row->status),
		row->owner[0] != '\0' ? row->owner : _("NOBODY"), due[0] != '\0' ? ", " : "",
		due);
}

/* ---- one case ---- */

static void
print_case(const struct case_model *m, struct desk *desk)
{
	printf("\n%s %s. %s.\n", m->c.number, m->c.title,
		word_label(WORDS_STATUS, m->c.status));
	for (int i = 0; i < m->plan_count; i++) {
		const struct plan_line *line = &m->plan[i];
		char due[32] = "";

		if (line->kind == PLAN_RUN) {
			printf("%s\n", line->name);
			continue;
		}
		if (line->ended_at == 0 && line->due != NO_DUE) {
			when_due(due, line->due, desk_now(desk), i18n_language());
		}
		printf("  %s", _("step"));
		if (line->n > 0) {
			printf(" %d", line->n);
		}
		printf(" %s: %s%s%s\n", line->name, line->passed_by ? _("passed by")
			: word_label(WORDS_STEP_STATE, line->state), due[0] != '\0' ? ", " : "",
			due);
	}
}

static void
print_times(const struct case_model *m, struct desk *desk)
{
	for (int i = m->time_count - 1; i >= 0; i--) {
		char when[WHEN_SHORT_SIZE];

		when_near(when, m->times[i].at, desk_now(desk), desk_zone(desk));
		printf("%s %s: %s\n", when, m->times[i].who, m->times[i].text);
	}
}

static void
work_case(struct desk *desk, const char *id)
{
	char line[32];

	for (;;) {
		struct case_model model;
		struct error err = ERROR_INIT;

		if (!case_model_load(&model, desk, id, 50, &err)) {
			printf("%s: %s\n", _("ERROR"), err.message);
			return;
		}
		print_case(&model, desk);
		printf("\n1. %s\n2. %s\n3. %s\n4. %s\n5. %s\n0. %s\n> ", _("write a note"),
			_("read the timeline"), _("a step is done"), _("take the case"),
			_("facts"), _("back"));
		if (!plain_line(line, sizeof(line)) || line[0] == '0' || line[0] == '\0') {
			case_model_free(&model);
			return;
		}
		switch (line[0]) {
		case '1':
			plain_note(desk, model.c.id);
			break;
		case '2':
			print_times(&model, desk);
			break;
		case '3':
			plain_step(desk, &model);
			break;
		case '4':
			plain_take(desk, &model);
			break;
		case '5':
			for (int i = 0; i < model.fact_count[TAB_FACTS]; i++) {
				printf("%s: %s\n", model.facts[TAB_FACTS][i].label,
					model.facts[TAB_FACTS][i].text);
			}
			break;
		default:
			printf("%s\n", _("type one of the numbers"));
			break;
		}
		case_model_free(&model);
	}
}

/* ---- the desk ---- */

static bool
show_page(struct desk *desk, struct case_rows *rows, const struct rows_ask *ask)
{
	struct error err = ERROR_INIT;

	if (!case_rows_load(rows, desk, ask, &err)) {
		printf("%s: %s\n", _("ERROR"), err.message);
		return false;
	}
	for (int i = 0; i < rows->count; i++) {
		print_row(&rows->rows[i], i + 1, desk);
	}
	if (rows->count == 0) {
		printf("%s\n", _("no case here"));
	}
	return true;
}

static void
next_page(struct rows_ask *ask, const struct case_rows *rows)
{
	if (rows->more_after && rows->count > 0) {
		ask->want = LIST_WANT_AFTER;
		snprintf(ask->from, sizeof(ask->from), "%s",
			rows->rows[rows->count - 1].cursor);
	} else {
		ask->want = LIST_WANT_FIRST;
	}
}

static void
search_words(struct rows_ask *ask)
{
	printf("%s: ", _("words"));
	(void)plain_line(ask->words, sizeof(ask->words));
	ask->preset = ask->words[0] != '\0' ? PRESET_ALL : PRESET_OPEN;
	ask->want = LIST_WANT_FIRST;
}

bool
plain_run(struct desk *desk, const struct tui_options *options, struct error *err)
{
	struct rows_ask ask = { .sort = SORT_DUE, .want = LIST_WANT_FIRST,
		.limit = PAGE };
	char line[64];

	(void)err;
	if (options->open_case != NULL) {
		work_case(desk, options->open_case);
	}
	for (;;) {
		struct case_rows rows = { 0 };
		int n;

		print_head(desk);
		if (!show_page(desk, &rows, &ask)) {
			break;
		}
		printf("%s\n> ", _("number: open; n: new case; +: more; /: search; q: leave"));
		if (!plain_line(line, sizeof(line)) || line[0] == 'q') {
			case_rows_free(&rows);
			break;
		}
		n = number_of(line);
		if (n >= 1 && n <= rows.count) {
			work_case(desk, rows.rows[n - 1].id);
		} else if (line[0] == '+') {
			next_page(&ask, &rows);
		} else if (line[0] == '/') {
			search_words(&ask);
		} else if (line[0] == 'n') {
			plain_new(desk, options->readonly);
		} else {
			ask.want = LIST_WANT_FIRST;
			ask.words[0] = '\0';
			ask.preset = PRESET_OPEN;
		}
		case_rows_free(&rows);
	}
	desk_close(desk);
	return true;
}
