/* case_show.c owns how a case looks: plan left, timeline right, tabs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "tui/case_now.h"
#include "tui/case_rows.h"
#include "tui/chrome.h"
#include "tui/model.h"
#include "tui/case_screen.h"

static const char *const tab_labels[TAB_COUNT] = {
	[TAB_PLAN] = N_("plan"),
	[TAB_FACTS] = N_("facts"),
	[TAB_FILES] = N_("files"),
	[TAB_PEOPLE] = N_("people"),
	[TAB_MESSAGES] = N_("outbox"),
};

const char *
case_tab_label(enum case_tab tab)
{
	return _(tab_labels[tab]);
}

/* ---- the plan ---- */

static const struct { const char *state, *mark; } marks[] = {
	{ "open", "[ ]" }, { "started", "[>]" }, { "done", "[x]" },
	{ "failed", "[!]" }, { "skipped", "[-]" }, { "aborted", "[-]" },
	{ "dropped", "[-]" }, { "waiting", " . " },
};

/* An order was asked for, and nobody has answered. */
static bool
is_asked(const struct plan_line *line)
{
	return line->kind == PLAN_STEP && line->order_key[0] != '\0'
		&& strcmp(line->todo, "open") == 0;
}

static const char *
mark_of(const char *state)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (strcmp(marks[i].state, state) == 0) {
			return marks[i].mark;
		}
	}
	return "   ";
}

static bool
is_open(const struct plan_line *line)
{
	return strcmp(line->state, "open") == 0 || strcmp(line->state, "started") == 0
		|| line->undecided;
}

/* Right of a step: late, due, or when it was done. */
static enum style
step_right(char out[40], const struct plan_line *line, const struct screen *screen)
{
	char when[32], ticks[24] = "";

	out[0] = '\0';
	if (is_open(line) && line->kind == PLAN_STEP && line->total > 0) {
		snprintf(ticks, sizeof(ticks), "%d/%d ", line->done, line->total);
		snprintf(out, 40, "%d/%d", line->done, line->total);
	}
	if (is_open(line) && line->blocked) {
		snprintf(out, 40, "%s", _("scene kept"));
		return ST_LATE;
	}
	if (is_open(line) && line->due != NO_DUE) {
		when_due(when, line->due, screen->now, screen->language);
		snprintf(out, 40, "%.12s%.27s", ticks, when);
		return line->late ? ST_LATE : ST_SOON;
	}
	if (line->starts_at > 0 && screen->zone != NULL) {
		when_clock(when, line->starts_at, screen->zone);
		snprintf(out, 40, _("from %s"), when);
		return ST_SOON;
	}
	if (line->ended_at > 0 && screen->zone != NULL) {
		when_clock(when, line->ended_at, screen->zone);
		snprintf(out, 40, "%s", when);
		return ST_TEXT;
	}
	return ST_TEXT;
}

static void
show_run_line(const struct plan_line *line, struct frame *frame, int row,
	const struct pane *pane, bool here)
{
	int end = pane->col + pane->cells;
	char *count;

	if (strcmp(line->state, "fits") == 0) {
		frame_putf(frame, row, pane->col + 1, pane->cells - 1, ST_SOON, "%s: %s",
			here ? _("Enter begins") : _("the plan that fits"), line->name);
		return;
	}
	count = steps_said(line->state, line->done, line->total);
	end = frame_right(frame, row, end, 20, ST_TITLE, count) - 1;
	frame_cut(frame, row, pane->col + 1, end - pane->col - 1, ST_TITLE, line->name);
	free(count);
}

static void
show_step_line(const struct plan_line *line, struct frame *frame, int row,
	const struct pane *pane, const struct screen *screen)
{
	enum style style = is_open(line) ? ST_STRONG
		: strcmp(line->state, "waiting") == 0 ? ST_GREY : ST_TEXT;
	char right[40];
	int end = pane->col + pane->cells, at = pane->col + 1;
	enum style right_style = step_right(right, line, screen);
	int name_room;

	if (right[0] != '\0') {
		end = frame_right(frame, row, end, 16, right_style, right) - 1;
	}
	/* Mark, number and name are one run of one style. */
	frame_fill(frame, row, at, 1, 7, style);
	at += frame_put(frame, row, at, 3, style, is_open(line) && is_asked(line) ? "[?]"
		: line->passed_by ? " - " : mark_of(line->state)) + 1;
	if (line->n > 0) {
		frame_putf(frame, row, at, 4, style, "%2d", line->n);
	}
	at += line->n > 99 ? 4 : 3;
	name_room = end - at;
	if (strcmp(line->state, "waiting") != 0 && line->who != NULL
		&& line->who[0] != '\0' && name_room > 28) {
		int width = text_width(line->who);

		width = width > 12 ? 12 : width;
		frame_put(frame, row, end - width, width, ST_TEXT, line->who);
		name_room -= width + 1;
	}
	frame_cut(frame, row, at, name_room, style, line->name);
}

static int
show_detail_part(struct frame *frame, int row, int last, const struct pane *pane,
	const char *label, const char *text, int most)
{
	int width = text_width(label) + 1;
	int used;

	if (text == NULL || text[0] == '\0' || row >= last) {
		return row;
	}
	most = most > last - row ? last - row : most;
	if (frame != NULL) {
		frame_put(frame, row, pane->col + 5, width, ST_DIM, label);
	}
	used = frame_wrap(frame, row, pane->col + 5 + width, most,
		pane->cells - 6 - width, ST_TEXT, text);
	return row + used;
}

/* Lines below the step under the cursor; frame NULL: only counted. */
static int
show_detail(const struct plan_line *line, struct frame *frame, int row, int last,
	const struct pane *pane, int zoom)
{
	int start = row;
	int most = zoom > 1 ? 12 : 2;
	char *people = NULL;

	if (zoom == 0 || line->kind != PLAN_STEP) {
		return 0;
	}
	people = xasprintf("%s%s%s", line->lead, line->support[0] != '\0' ? "; " : "",
		line->support);
	row = show_detail_part(frame, row, last, pane, _("readings"), line->readings, 2);
	row = show_detail_part(frame, row, last, pane, _("why"), line->why, most);
	row = show_detail_part(frame, row, last, pane, _("cost"), line->cost, most);
	if (zoom == 1 && is_asked(line)) {
		row = show_detail_part(frame, row, last, pane, _("also"), line->beside, 2);
	}
	if (zoom > 1) {
		row = show_detail_part(frame, row, last, pane, _("how"), line->how, 12);
		row = show_detail_part(frame, row, last, pane, _("also"), line->beside, 4);
		row = show_detail_part(frame, row, last, pane, _("proof"), line->proof, 2);
		row = show_detail_part(frame, row, last, pane, _("note"), line->note, 3);
	}
	row = show_detail_part(frame, row, last, pane, _("lead"), people,
		zoom > 1 ? 2 : 1);
	free(people);
	return row - start;
}

static void
show_plan(struct case_screen *s, const struct screen *screen, struct frame *frame,
	const struct pane *pane)
{
	const struct case_model *m = &s->model;
	int zoom = s->zoom >= 0 ? s->zoom : frame->cols >= 110 ? 2 : 1;
	int detail = 0, row = pane->row, last = pane->row + pane->rows;

	s->plan.count = m->plan_count;
	if (s->plan.cursor < m->plan_count) {
		detail = show_detail(&m->plan[s->plan.cursor], NULL, 0, pane->rows - 1, pane,
			zoom);
	}
	s->plan.height = pane->rows - detail > 0 ? pane->rows - detail : 1;
	list_fit(&s->plan);
	if (m->plan_count == 0) {
		frame_cut(frame, row, pane->col + 1, pane->cells - 1, ST_DIM,
			_("no plan runs here; m: begin one, add a task"));
	}
	for (int i = s->plan.top; i < m->plan_count && row < last; i++) {
		const struct plan_line *line = &m->plan[i];
		bool here = i == s->plan.cursor;

		if (line->kind == PLAN_RUN) {
			show_run_line(line, frame, row, pane, here);
		} else {
			show_step_line(line, frame, row, pane, screen);
		}
		if (here) {
			frame_put(frame, row, pane->col, 1, ST_STRONG, ">");
			if (pane->focus) {
				frame_style(frame, row, pane->col, pane->cells, ST_CURSOR);
				frame_cursor(frame, row, pane->col, false);
			}
		}
		row++;
		if (here) {
			row += show_detail(line, frame, row, last, pane, zoom);
		}
	}
}

/* ---- putting it together ---- */

/* The column between the panes; 0: too narrow for two. */
static int
split_of(const struct frame *frame)
{
	return frame->cols >= 70 ? frame->cols * 47 / 80 : 0;
}

static void
show_tabs(const struct case_screen *s, struct frame *frame, int row)
{
	int at = 2;

	for (int tab = 0; tab < TAB_COUNT; tab++) {
		char text[64];
		int count = tab == TAB_FILES ? s->model.files : tab == TAB_PEOPLE
			? s->model.people : tab == TAB_MESSAGES ? s->model.messages : 0;

		snprintf(text, sizeof(text), count > 0 ? "%s %d" : "%s",
			case_tab_label((enum case_tab)tab), count);
		at += frame_putf(frame, row, at, frame->cols - at,
			tab == (int)s->tab ? ST_FOCUS : ST_TEXT,
			tab == (int)s->tab ? "[%s]" : " %s ", text);
	}
}

/* Of all its runs: under way while one is, done where one came to its end. */
static const char *
plan_state(const struct case_model *model)
{
	const char *state = NULL;

	for (int i = 0; i < model->plan_count; i++) {
		const struct plan_line *line = &model->plan[i];

		if (line->kind != PLAN_RUN || strcmp(line->state, "fits") == 0) {
			continue;
		}
		if (strcmp(line->state, "running") == 0) {
			return "running";
		}
		if (state == NULL || strcmp(line->state, "paused") == 0
			|| (strcmp(state, "paused") != 0 && strcmp(line->state, "done") == 0)) {
			state = line->state;
		}
	}
	return state == NULL ? "running" : state;
}

static void
show_pane_titles(const struct case_screen *s, struct frame *frame, int row,
	int split)
{
	const struct ir_case *c = &s->model.c;
	char *steps = steps_said(plan_state(&s->model), c->steps_done, c->steps_total);
	char text[120];
	int used;

	snprintf(text, sizeof(text), " %s %.60s ", _("PLAN"), steps);
	free(steps);
	frame_put(frame, row, 2, split > 0 ? split - 3 : frame->cols - 4,
		s->pane == PANE_PLAN ? ST_TITLE : ST_TEXT, text);
	snprintf(text, sizeof(text), " %s %lld ", _("TIMELINE"), (long long)c->events);
	if (split > 0) {
		frame_glyph(frame, row, split, ST_LINE, GL_TEE_DOWN);
		frame_put(frame, row, split + 3, frame->cols - split - 4,
			s->pane == PANE_TIMES ? ST_TITLE : ST_TEXT, text);
	} else {
		used = text_width(text);
		frame_put(frame, row, frame->cols - used - 2, used,
			s->pane == PANE_TIMES ? ST_TITLE : ST_TEXT, text);
	}
}

static void
show_panes(struct case_screen *s, const struct screen *screen, struct frame *frame,
	int row, int rows)
{
	int split = split_of(frame);
	int left = split > 0 ? split : frame->cols;
	struct pane plan = { row, 0, rows, left, s->pane == PANE_PLAN };
	struct pane times = { row, split > 0 ? split + 1 : 0, rows,
		split > 0 ? frame->cols - split - 1 : frame->cols, s->pane == PANE_TIMES };

	if (split > 0 || s->pane == PANE_PLAN) {
		show_plan(s, screen, frame, &plan);
	}
	if (split > 0 || s->pane == PANE_TIMES) {
		case_show_times(s, screen, frame, &times);
	}
	for (int i = 0; split > 0 && i < rows; i++) {
		frame_glyph(frame, row + i, split, ST_LINE, GL_VLINE);
	}
	if (split > 0) {
		frame_glyph(frame, row + rows, split, ST_LINE, GL_TEE_UP);
	}
}

void
case_show(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct case_screen *s = (struct case_screen *)view;
	bool small = frame->rows < 16;
	int row = small ? 1 : 4;
	int rows = small ? frame->rows - 2 : frame->rows - 7;
	struct pane whole = { row, 0, rows, frame->cols, true };

	case_now_show(s, screen, frame, small ? 0 : 2);
	if (s->model.c.id[0] == '\0') {
		frame_cut(frame, small ? 1 : 0, 1, frame->cols - 2, ST_DIM,
			s->loading_failed ? _("this case cannot be read") : _("reading the case"));
		return;
	}
	if (!small) {
		case_show_head(s, screen, frame);
		chrome_rule(frame, 3, s->tab == TAB_PLAN ? NULL : case_tab_label(s->tab));
		frame_hline(frame, frame->rows - 3, 0, frame->cols, ST_LINE);
	}
	if (s->tab == TAB_PLAN) {
		if (!small) {
			show_pane_titles(s, frame, 3, split_of(frame));
		}
		show_panes(s, screen, frame, row, rows);
	} else {
		case_show_facts(s, frame, &whole);
	}
	if (!small) {
		show_tabs(s, frame, frame->rows - 3);
	}
}
