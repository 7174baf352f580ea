/* chrome.c owns what is the same on every screen: the head with its clock, the
 * NOW line, the state row, the hints. */
#include "tui/chrome.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/countdown.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "tui/engine_row.h"
#include "tui/model.h"
#include "tui/now_go.h"

static const char *const weekdays[] = {
	N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"),
};

static void
clock_text(char out[40], const struct screen *screen)
{
	struct civil at;

	if (screen->zone == NULL) {
		out[0] = '\0';
		return;
	}
	at = zone_civil(screen->zone, screen->now);
	snprintf(out, 40, "%s %02d/%02d %02d:%02d", _(weekdays[at.weekday]), at.day,
		at.month, at.hour, at.minute);
}

int
chrome_clock_put(struct frame *frame, const struct screen *screen, int end,
	const char *number, const char *label, int64_t ends_at)
{
	bool low = ends_at < screen->now + COUNTDOWN_LOW_MS;
	char *left = countdown_words(label, ends_at, screen->now, screen->zone);
	char *text = xasprintf("%s%s%s", number, number[0] != '\0' ? " " : "", left);

	end = frame_right(frame, 0, end, end < 60 ? end / 2 : 40,
		low ? ST_LATE : ST_SOON, text) - 2;
	free(text);
	free(left);
	return end;
}

int
chrome_clock(struct frame *frame, const struct screen *screen, int end,
	const char *case_id)
{
	const struct summary *s = screen->summary;
	bool here = case_id != NULL && strcmp(case_id, s->clock_case) == 0;

	return s->clock_ends == 0 || screen->zone == NULL ? end
		: chrome_clock_put(frame, screen, end, here ? "" : s->clock_number,
			s->clock_label, s->clock_ends);
}

/* What stands at the right of the first row, from the right on. */
enum { HEAD_CLOCK, HEAD_COUNTDOWN, HEAD_LATE, HEAD_OPEN, HEAD_PARTS };

struct head {
	char text[HEAD_PARTS][80];
	enum style style[HEAD_PARTS];
	const char *burns; /* what to do because the desk itself may go; or NULL */
};

static int
head_width(const struct head *head)
{
	int width = head->burns != NULL ? text_width(head->burns) + 2 : 0;

	for (int i = 0; i < HEAD_PARTS; i++) {
		width += head->text[i][0] != '\0' ? text_width(head->text[i]) + 2 : 0;
	}
	return width;
}

static void
head_countdown(struct head *head, const struct screen *screen, bool number)
{
	const struct summary *s = screen->summary;
	char *left = countdown_words(s->clock_label, s->clock_ends, screen->now,
		screen->zone);

	snprintf(head->text[HEAD_COUNTDOWN], sizeof(head->text[0]), "%s%s%s",
		number ? s->clock_number : "",
		number && s->clock_number[0] != '\0' ? " " : "", left);
	head->style[HEAD_COUNTDOWN] = s->clock_ends < screen->now + COUNTDOWN_LOW_MS
		? ST_LATE : ST_SOON;
	free(left);
}

static void
head_fill(struct head *head, const struct screen *screen)
{
	const struct summary *s = screen->summary;
	char clock[40];

	clock_text(clock, screen);
	snprintf(head->text[HEAD_CLOCK], sizeof(head->text[0]), "%s", clock);
	head->style[HEAD_CLOCK] = head->style[HEAD_OPEN] = ST_HEAD;
	head->style[HEAD_LATE] = ST_LATE;
	if (!s->read) {
		return;
	}
	head->burns = burning_text(&s->burning);
	if (s->clock_ends != 0 && screen->zone != NULL) {
		head_countdown(head, screen, true);
	}
	if (s->late > 0) {
		snprintf(head->text[HEAD_LATE], sizeof(head->text[0]), _("%lld LATE"),
			(long long)s->late);
	}
	snprintf(head->text[HEAD_OPEN], sizeof(head->text[0]), _("%lld open"),
		(long long)s->open);
}

/* What is least missed goes first, until the title and what burns have room. */
static void
head_fit(struct head *head, const struct screen *screen, int room)
{
	const char *clock = strrchr(head->text[HEAD_CLOCK], ' ');
	const char *duty = screen->summary->duty[0];
	int all = room;

	/* Who is on call is worth more than these. */
	room -= duty[0] != '\0' ? text_width(duty) + 2 : 0;
	if (head_width(head) > room && clock != NULL) {
		memmove(head->text[HEAD_CLOCK], clock + 1, strlen(clock));
	}
	if (head_width(head) > room && head->text[HEAD_COUNTDOWN][0] != '\0') {
		head_countdown(head, screen, false);
	}
	if (head_width(head) > room) {
		head->text[HEAD_OPEN][0] = '\0';
	}
	room = all;
	if (head_width(head) > room && head->burns != NULL) {
		head->burns = burning_short(&screen->summary->burning);
	}
	if (head_width(head) > room) {
		head->text[HEAD_LATE][0] = '\0';
	}
}

#define NAME_LEAST 8

/* The desk's name gives way to the member's. */
void
chrome_head(struct frame *frame, const struct screen *screen, const char *title)
{
	const struct summary *s = screen->summary;
	int name = text_width(s->me.name) + 2;
	int demo = s->demo ? text_width(_("DEMO")) + 2 : 0;
	struct head head = { 0 };
	int end = frame->cols;
	int at = 1;

	head_fill(&head, screen);
	/* A demo says so on every screen: that is never cut. */
	head_fit(&head, screen, frame->cols - 1 - text_width(title) - demo);
	for (int i = 0; i < HEAD_PARTS; i++) {
		if (head.text[i][0] != '\0') {
			end = frame_right(frame, 0, end, text_width(head.text[i]),
				head.style[i], head.text[i]) - 2;
		}
	}
	at += frame_cut(frame, 0, at, end - at, ST_HEAD, title) + 2;
	if (head.burns != NULL) {
		/* Who reads this must act before the screen is gone. */
		at += frame_cut(frame, 0, at, end - at - demo, ST_LATE, head.burns) + 2;
	}
	if (s->demo) {
		at += frame_put(frame, 0, at, end - at, ST_DRILL, _("DEMO")) + 1;
	}
	for (int i = 0; i < DUTY_PARTS && s->duty[i][0] != '\0' &&
	     text_width(s->duty[i]) <= end - at; i++) {
		at += frame_put(frame, 0, at, end - at, i == 0 && s->duty_hole ? ST_LATE : ST_TEXT,
			s->duty[i]) + 2;
	}
	if (end - at - name > 8) {
		at += frame_cut(frame, 0, at, end - at - name, ST_TEXT, s->desk) + 2;
	}
	/* A letter or two of a name say nothing. */
	if (end - at >= name - 2 || end - at >= NAME_LEAST) {
		at += frame_cut(frame, 0, at, end - at, ST_TEXT, s->me.name) + 2;
	}
	if (screen->readonly) {
		frame_cut(frame, 0, at, end - at, ST_SOON, _("read only"));
	}
}

void
chrome_now_text(struct frame *frame, int row, const char *text, bool late)
{
	enum style style = late ? ST_NOW_LATE : ST_NOW;
	int at = 1;

	at += frame_put(frame, row, at, frame->cols, ST_NOW, _("NOW>")) + 1;
	frame_cut(frame, row, at, frame->cols - at, style, text);
}

void
chrome_now(struct frame *frame, int row, const struct screen *screen,
	enum now_here here)
{
	chrome_now_of(frame, row, screen, &screen->summary->now, here, false);
}

void
chrome_now_of(struct frame *frame, int row, const struct screen *screen,
	const struct now *now, enum now_here here, bool said)
{
	bool late = now->kind != NOW_NOTHING && now->kind < NOW_MY_SOON;
	char keys[64], hint[40] = "";
	char *text;
	int width, end = frame->cols;

	if (!screen->summary->read) {
		return;
	}
	if (now_go_of(now->kind)->hint != NULL) {
		snprintf(hint, sizeof(hint), ". %s", _(now_go_of(now->kind)->hint));
	} else if (here == NOW_IN_CASE) {
		snprintf(hint, sizeof(hint), ". %s", command_hint(now_act_of(now->kind)));
	}
	text = said ? now_text_here(now, screen->now) : now_text(now, screen->now);
	if (now->kind == NOW_NOTHING) {
		keys[0] = '\0';
	} else {
		snprintf(keys, sizeof(keys), "%s%s%s", here == NOW_AT_ROW ? _("Enter do it")
			: hint[0] != '\0' ? hint : _(". go there"),
			screen->how_is_now ? "  " : "", screen->how_is_now ? _("F2 how") : "");
	}
	/* Where there is no head row, what runs out stands here. */
	if (row == 0 && screen->summary->clock_ends != 0) {
		end = chrome_clock(frame, screen, frame->cols - 1, NULL);
		keys[0] = '\0';
	}
	width = text_width(keys);
	if (width > 0 && frame->cols >= 60) {
		end = frame_right(frame, row, frame->cols - 1, width, ST_HINT, keys) - 2;
	}
	frame_put(frame, row, 1, frame->cols, ST_NOW, _("NOW>"));
	width = text_width(_("NOW>")) + 2;
	frame_cut(frame, row, width, end - width, late ? ST_NOW_LATE : ST_NOW, text);
	free(text);
}

void
chrome_top(struct frame *frame, const struct screen *screen, const char *title,
	bool here)
{
	if (frame->rows < 16) {
		chrome_now(frame, 0, screen, here ? NOW_AT_ROW : NOW_AWAY);
		return;
	}
	chrome_head(frame, screen, title);
	chrome_now(frame, 1, screen, here ? NOW_AT_ROW : NOW_AWAY);
	chrome_rule(frame, 2, NULL);
}

void
chrome_rule(struct frame *frame, int row, const char *title)
{
	frame_hline(frame, row, 0, frame->cols, ST_LINE);
	if (title != NULL && title[0] != '\0') {
		int used;

		frame_put(frame, row, 2, 1, ST_TEXT, " ");
		used = frame_cut(frame, row, 3, frame->cols - 8, ST_TITLE, title);
		frame_put(frame, row, 3 + used, 1, ST_TEXT, " ");
	}
}

struct state_part {
	char text[ENGINE_ROW_SIZE];
	enum style style;
	int gap; /* cells to the left of it */
};

static void
state_part(struct state_part *parts, int *count, enum style style, int gap,
	const char *text)
{
	struct state_part *part = &parts[(*count)++];

	snprintf(part->text, sizeof(part->text), "%s", text);
	part->style = style;
	part->gap = gap;
}

static int
state_parts(struct state_part parts[4], const struct screen *screen, bool saving,
	int64_t saved_at, bool room)
{
	const struct summary *s = screen->summary;
	char text[ENGINE_ROW_SIZE], when[WHEN_SHORT_SIZE];
	enum style style;
	int count = 0;

	if (saving) {
		state_part(parts, &count, ST_SOON, 3, _("saving"));
	} else if (saved_at > 0 && screen->zone != NULL) {
		when_clock(when, saved_at, screen->zone);
		snprintf(text, sizeof(text), _("saved %s"), when);
		state_part(parts, &count, ST_TEXT, 3, text);
	}
	style = engine_row(text, s, screen->now, room);
	if (text[0] != '\0') {
		state_part(parts, &count, style, style == ST_TEXT ? 2 : 3, text);
	}
	if (s->failed > 0) {
		snprintf(text, sizeof(text), _("%lld FAILED"), (long long)s->failed);
		state_part(parts, &count, ST_LATE, 2, text);
	}
	if (s->held > 0) {
		snprintf(text, sizeof(text), _("%lld held"), (long long)s->held);
		state_part(parts, &count, ST_SOON, 2, text);
	}
	return count;
}

static int
parts_width(const struct state_part *parts, int count)
{
	int width = 0;

	for (int i = 0; i < count; i++) {
		width += text_width(parts[i].text) + parts[i].gap;
	}
	return width;
}

/* The outbox and the last save, from the right; what the screen says of itself
 * comes before since when the engine stands. */
void
chrome_state(struct frame *frame, int row, const struct screen *screen,
	const char *left, bool saving, int64_t saved_at)
{
	struct state_part parts[4];
	int count = state_parts(parts, screen, saving, saved_at, true);
	int end = frame->cols - 1;

	if (parts_width(parts, count) + 1 + text_width(left) > end) {
		count = state_parts(parts, screen, saving, saved_at, false);
	}
	for (int i = 0; i < count; i++) {
		end = frame_right(frame, row, end, ENGINE_ROW_SIZE, parts[i].style,
				parts[i].text) - parts[i].gap;
	}
	frame_cut(frame, row, 1, end - 1, ST_TEXT, left);
}

/* While a field has the focus a letter or sign is text: no hint may name it. */
static void
hint_key(const struct view *view, enum command command, char key[KEY_NAME_SIZE])
{
	if (view->ops->in_field != NULL && view->ops->in_field(view)) {
		command_field_key(command, key);
	} else {
		command_key(command, key);
	}
}

static int
put_hint(struct frame *frame, int row, int at, int end, const char *key,
	const char *text)
{
	int width = text_width(key) + 1 + text_width(text);
	if (key[0] == '\0' || at + width > end) {
		return at;
	}
	at += frame_put(frame, row, at, end - at, ST_KEY, key) + 1;
	at += frame_put(frame, row, at, end - at, ST_HINT, text) + 2;
	return at;
}

static const char *
hint_text(const struct view *view, const struct hint *hint)
{
	if (hint->command == CMD_ENTER && view->ops->enter != NULL) {
		return _(view->ops->enter(view));
	}
	return hint->text != NULL ? _(hint->text) : command_hint(hint->command);
}

/* As many as fit, in the view's order; the last place is always for `?`. */
void
chrome_hints(struct frame *frame, int row, const struct view *view, unsigned have)
{
	char key[KEY_NAME_SIZE], help_key[KEY_NAME_SIZE];
	bool help = !view->ops->popup;
	int at = 1, end = frame->cols - 1;
	const char *all = command_hint(CMD_HELP);

	hint_key(view, CMD_HELP, help_key);
	if (help) {
		end -= text_width(help_key) + 1 + text_width(all) + 1;
	}
	for (const struct hint *h = view->ops->hints;
		h != NULL && h->command != CMD_NONE; h++) {
		if (command_rows[h->command].group != GROUP_MOVE
			&& command_refusal(h->command, have) == NULL) {
			hint_key(view, h->command, key);
			at = put_hint(frame, row, at, end, key, hint_text(view, h));
		}
	}
	if (help) {
		put_hint(frame, row, end + 1, frame->cols, help_key, all);
	}
}

void
chrome_severity(char out[16], int decided, int suggested, const char *language)
{
	const char *letter = strcmp(language, "vi") == 0 ? "M" : "S";

	if (decided > 0) {
		snprintf(out, 16, "%s%d", letter, decided);
	} else if (suggested > 0) {
		snprintf(out, 16, "%s%d?", letter, suggested);
	} else {
		snprintf(out, 16, "--");
	}
}

struct inside
chrome_box(struct frame *frame, const struct screen *screen, int rows, int cells,
	const char *title)
{
	int row, col;

	rows = rows > screen->rows ? screen->rows : rows;
	cells = cells > frame->cols - 2 ? frame->cols - 2 : cells;
	row = screen->top + (screen->rows - rows) / 3;
	col = (frame->cols - cells) / 2;
	frame_box(frame, row, col, rows, cells, ST_POPUP, title);
	return (struct inside){ row + 1, col + 2, rows - 2, cells - 4 };
}
