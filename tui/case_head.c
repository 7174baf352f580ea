/* case_head.c owns the first rows of a case: what it is, who has it, what runs
 * out first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alive.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"
#include "tui/case_rows.h"
#include "tui/chrome.h"
#include "tui/case_screen.h"

static void
show_head(const struct case_screen *s, const struct screen *screen,
	struct frame *frame)
{
	const struct ir_case *c = &s->model.c;
	char number[24], severity[16], due[32], span[WHEN_SHORT_SIZE];
	char *open_for = NULL;
	int end = frame->cols - 1, at = 1;

	case_short_number(number, c->number);
	chrome_severity(severity, c->severity, c->severity_suggested, screen->language);
	/* What runs out first; the due time stands in the NOW line as well. */
	if (s->model.clock_ends != 0 && screen->zone != NULL) {
		end = chrome_clock_put(frame, screen, end, "", s->model.clock_label,
			s->model.clock_ends);
	} else {
		end = chrome_clock(frame, screen, end, c->id);
	}
	if (c->is_open && c->due_at != NO_DUE
		&& (s->model.clock_ends == 0 || frame->cols >= 100)) {
		when_due(due, c->due_at, screen->now, screen->language);
		end = frame_right(frame, 0, end, 20, c->due_at < screen->now ? ST_LATE
			: ST_STRONG, due) - 2;
	}
	/* Since it was detected: what others ask first; it may have been opened later. */
	when_span(span, (c->closed_at > 0 ? c->closed_at : screen->now) - c->detected_at,
		screen->language);
	open_for = xasprintf(c->is_open ? _("open %s") : _("took %s"), span);
	end = frame_right(frame, 0, end, 20, ST_HEAD, open_for) - 2;
	free(open_for);
	if (c->drill) {
		at += frame_put(frame, 0, at, end - at, ST_DRILL, _("DRILL")) + 1;
	}
	at += frame_put(frame, 0, at, end - at, ST_HEAD, number) + 1;
	at += frame_put(frame, 0, at, end - at,
		case_severity(c) >= 3 ? ST_LATE : ST_HEAD, severity) + 1;
	if (c->severity > 0) {
		char word[16];

		snprintf(word, sizeof(word), "%d", c->severity);
		at += frame_put(frame, 0, at, end - at, ST_HEAD,
			word_label(WORDS_SEVERITY, word)) + 2;
	}
	frame_cut(frame, 0, at, end - at, ST_HEAD, c->title);
}

#define PART_LEAST 4

/* Whole or not at all before `end`. */
static int
put_whole(struct frame *frame, int at, int end, enum style style, const char *text)
{
	if (text[0] == '\0' || at + (at > 1 ? 3 : 0) + text_width(text) > end) {
		return at;
	}
	if (at > 1) {
		at += frame_put(frame, 1, at, end - at, ST_LINE, " | ");
	}
	return at + frame_put(frame, 1, at, end - at, style, text);
}

static int
put_part(struct frame *frame, int at, enum style style, const char *label,
	const char *text)
{
	int end = frame->cols - 1;

	/* No bar before nothing, no label without a word of its text. */
	if (text == NULL || text[0] == '\0'
		|| end - at < (at > 1 ? 3 : 0) + text_width(label) + 1 + PART_LEAST) {
		return text == NULL || text[0] == '\0' ? at : end;
	}
	if (at > 1) {
		at += frame_put(frame, 1, at, end - at, ST_LINE, " | ");
	}
	if (label[0] != '\0') {
		at += frame_put(frame, 1, at, end - at, ST_TEXT, label) + 1;
	}
	at += frame_cut(frame, 1, at, end - at, style, text);
	return at;
}

/* "report: 24 hours, in 21h50"; with a question mark while nobody has decided
 * whether the case is reportable. */
static void
clock_text(char text[120], const struct case_model *model, const struct screen *screen)
{
	char due[32];

	when_due(due, model->clock_due, screen->now, screen->language);
	snprintf(text, 120, "%.60s%s%s", model->clock,
		model->clock_due == NO_DUE ? "" : ", ", model->clock_due == NO_DUE ? "" : due);
}

static const char *
clock_label(const struct case_model *model)
{
	return model->clock_if ? _("report?") : _("report:");
}

/* Where a crowded row ends for what may be left out: the clock may not. */
static int
room_before_clock(const struct case_model *model, const struct screen *screen,
	const struct frame *frame)
{
	char text[120];

	clock_text(text, model, screen);
	return frame->cols - 1 - 3 - text_width(clock_label(model)) - 1 - text_width(text);
}

static int
put_clock(const struct case_model *model, const struct screen *screen,
	struct frame *frame, int at)
{
	char text[120];
	bool late = model->clock != NULL && model->clock_due < screen->now;

	if (model->clock == NULL) {
		return at;
	}
	clock_text(text, model, screen);
	return put_part(frame, at, late ? ST_LATE : model->clock_if ? ST_SOON : ST_TEXT,
		clock_label(model), text);
}

/* "back by 07:00 the counters open": what it is measured by. */
static int
put_back_by(const struct case_screen *s, const struct screen *screen,
	struct frame *frame, int at)
{
	const struct case_model *model = &s->model;
	char when[WHEN_SHORT_SIZE];
	char *text;

	when_near(when, model->back_by, screen->now, screen->zone);
	text = xasprintf("%s%s%s", when, frame->cols >= 100 ? " " : "",
		frame->cols >= 100 ? model->back_reason : "");
	at = put_part(frame, at, model->back_by < screen->now ? ST_LATE : ST_SOON,
		_("back by"), text);
	free(text);
	return at;
}

/* "New # Acknowledged?" until somebody says so or goes another way. */
static int
put_status(const struct case_model *model, struct frame *frame, int at, int room)
{
	const struct status_offer *offer = &model->offer;
	char key[KEY_NAME_SIZE];

	at = put_part(frame, at, ST_STRONG, "", word_label(WORDS_STATUS, model->c.status));
	command_key(CMD_STATUS_NEXT, key);
	if (offer->to[0] == '\0' || room - at < 16 || (room < frame->cols - 1 && room - at
			< text_width(key) + text_width(word_label(WORDS_STATUS, offer->to)) + 3)) {
		return at;
	}
	at += frame_putf(frame, 1, at, frame->cols - 1 - at, ST_SOON, " %s %s?",
		key, word_label(WORDS_STATUS, offer->to));
	return at;
}

/* Who has it and what it is about; on a row whose clock needs the room, whole or
 * not at all, and without the label. */
static int
put_owner(const struct case_screen *s, const struct screen *screen, struct frame *frame,
	int at, int room)
{
	const struct ir_case *c = &s->model.c;
	bool nobody = c->owner_id[0] == '\0';
	bool tight = room < frame->cols - 1;
	const char *name = nobody ? _("NOBODY") : tight ? fold_given_name(c->owner_name)
		: c->owner_name;
	bool label = !tight || at + 3 + text_width(_("Owner")) + 1 + text_width(name) <= room;

	at = tight && !label ? put_whole(frame, at, room, nobody ? ST_SOON : ST_TEXT, name)
		: put_part(frame, at, nobody ? ST_SOON : ST_TEXT, _("Owner"), name);
	if (s->model.back_by != 0 && c->is_open && screen->zone != NULL) {
		at = put_back_by(s, screen, frame, at);
	}
	at = tight ? put_whole(frame, at, room, ST_TEXT, c->asset_code)
		: put_part(frame, at, ST_TEXT, "", c->asset_code);
	if (alive_state_label(s->model.asset_state)[0] != '\0' && (!tight
			|| at + 1 + text_width(alive_state_label(s->model.asset_state)) <= room)) {
		at++;
		at += frame_cut(frame, 1, at, frame->cols - 1 - at, ST_SOON,
			alive_state_label(s->model.asset_state));
	}
	return at;
}

static void
show_facts_line(const struct case_screen *s, const struct screen *screen,
	struct frame *frame)
{
	const struct ir_case *c = &s->model.c;
	bool red = strcmp(c->tlp, "red") == 0;
	bool full = s->model.changed != NULL && s->model.clock != NULL;
	char tlp[32];
	int at = 1, room;

	snprintf(tlp, sizeof(tlp), "TLP:%s", word_label(WORDS_TLP, c->tlp));
	if (s->model.scene != NULL) {
		at = put_part(frame, at, ST_LATE, "", _("KEEP THE SCENE"));
	}
	if (s->model.secret) {
		at = put_part(frame, at, ST_LATE, "", _("STATE SECRETS"));
	}
	if (red) {
		at = put_part(frame, at, ST_LATE, "", tlp);
	}
	if (burning_short(&s->model.burning) != NULL) {
		at = put_part(frame, at, ST_LATE, "", burning_short(&s->model.burning));
	}
	/* A row that opens with what must not be missed keeps room for the clock. */
	full = s->model.clock != NULL && (full || at > 1);
	room = full && frame->cols < 100 ? room_before_clock(&s->model, screen, frame)
		: frame->cols - 1;
	at = put_status(&s->model, frame, at, room);
	at = put_owner(s, screen, frame, at, room);
	at = put_clock(&s->model, screen, frame, at);
	if (s->model.changed != NULL && c->is_open) {
		at = put_part(frame, at, ST_SOON, _("changed:"), s->model.changed);
	}
	if (s->model.callers > 1) {
		char text[64];

		snprintf(text, sizeof(text), _("%lld callers"), (long long)s->model.callers);
		at = put_part(frame, at, ST_STRONG, "", text);
	}
	at = put_part(frame, at, ST_TEXT, "", word_label(WORDS_KIND, c->kind));
	if (!red) {
		at = put_part(frame, at, ST_TEXT, "", tlp);
	}
	if (strcmp(c->reportable, "unknown") == 0 && s->model.clock == NULL) {
		at = put_part(frame, at, ST_SOON, "", _("reportable? unknown"));
	}
	(void)put_part(frame, at, ST_TEXT, _("from"), c->reporter);
}

void
case_show_head(const struct case_screen *s, const struct screen *screen,
	struct frame *frame)
{
	show_head(s, screen, frame);
	show_facts_line(s, screen, frame);
}
