/* outbox_show.c owns how the outbox looks: list, the message under the cursor,
 * the channels. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/text.h"
#include "core/mem.h"
#include "core/outbox_hand.h"
#include "core/when.h"
#include "core/words.h"
#include "tui/chrome.h"
#include "tui/model.h"
#include "tui/view_outbox.h"

/* Reasons are kept as they stand in the source and translated when shown. */
static const char *
own_words(const char *reason)
{
	return reason == NULL || reason[0] == '\0' ? "" : _(reason);
}

static void
near(char out[WHEN_SHORT_SIZE], int64_t at, const struct screen *screen)
{
	out[0] = '\0';
	if (screen->zone != NULL && at > 0) {
		when_near(out, at, screen->now, screen->zone);
	}
}

/* Why it goes no sooner. */
static const struct {
	const char *why, *text;
} waits[] = {
	{ "quiet", N_("Waits for the end of quiet hours, %s.  x holds it") },
	{ "limit", N_("Too many to this address: waits until %s.  x holds it") },
	{ "limit_all", N_("As many as the channel may: waits until %s.  x holds it") },
	{ "asked", N_("The other side asked for time, until %s.  x holds it") },
};

static char *
queued_text(const struct outbox_one *one, const struct screen *screen)
{
	char next[WHEN_SHORT_SIZE], last[WHEN_SHORT_SIZE];

	near(next, one->next_at, screen);
	near(last, one->m.expires_at, screen);
	if (one->sending) {
		return xstrdup(_("Somebody sends it now."));
	}
	if (screen->summary->no_engine) {
		return xasprintf(_("NO ENGINE: nobody sends. It waits until %s."), last);
	}
	if (one->channel_down) {
		return xasprintf(_("The channel is down: goes out when it is back, until %s."),
			last);
	}
	if (one->with > 0) {
		return xasprintf(_("Goes with others in message %lld."), (long long)one->with);
	}
	for (size_t i = 0; i < sizeof(waits) / sizeof(*waits); i++) {
		if (one->next_at > screen->now && strcmp(waits[i].why, one->why) == 0) {
			return xasprintf(_(waits[i].text), next);
		}
	}
	if (one->next_at > screen->now) {
		return xasprintf(_("Next automatic try %s, until %s.  x holds it"), next, last);
	}
	return xasprintf(_("Goes out next, until %s.  x holds it"), last);
}

static const struct {
	const char *state, *text;
} nexts[] = {
	{ "held", N_("Stays here until somebody releases it.  Enter shows and releases") },
	{ "failed", N_("Nothing more by itself.  Enter: record a call, or send again") },
	{ "expired", N_("Too late to go by itself.  Enter: record a call, or send again") },
	{ "handed_over", N_("The server took it; not known whether it was read.") },
	{ "delivered", N_("It arrived; nothing more happens by itself.") },
	{ "read", N_("It was read; nothing more happens by itself.") },
	{ "answered", N_("It was answered.") },
	{ "by_hand", N_("Told by a person.") },
	{ "dropped", N_("Taken back before it left.") },
};

static char *
of_state(const struct outbox_one *one, const struct screen *screen)
{
	char next[WHEN_SHORT_SIZE];

	if (strcmp(one->m.state, "queued") == 0) {
		return queued_text(one, screen);
	}
	if (message_owed(one->m.state, one->m.channel)) {
		return xstrdup(_("No program sends this.  Call or write, then Enter records it"));
	}
	if (strcmp(one->m.state, "unknown") == 0) {
		near(next, one->next_at, screen);
		return xasprintf(_("Sent again by itself, as the same message%s%s."),
			next[0] != '\0' ? ", " : "", next);
	}
	for (size_t i = 0; i < sizeof(nexts) / sizeof(nexts[0]); i++) {
		if (strcmp(nexts[i].state, one->m.state) == 0) {
			return xstrdup(_(nexts[i].text));
		}
	}
	return xstrdup("");
}

/* A call goes on with others whatever becomes of this message. */
char *
outbox_next_text(const struct outbox_one *one, const struct screen *screen)
{
	char at[WHEN_SHORT_SIZE];
	char *text = of_state(one, screen);
	char *both;

	if (one->call_next_at == 0) {
		return text;
	}
	near(at, one->call_next_at, screen);
	both = xasprintf(_("Nobody answers: the next is called %s.  %s"), at, text);
	free(text);
	return both;
}

static void
add_tries(struct buf *out, const struct outbox_one *one, const struct screen *screen,
	const char *between)
{
	for (int i = 0; i < one->attempt_count; i++) {
		const struct attempt *a = &one->attempts[i];
		char at[WHEN_SHORT_SIZE];

		near(at, a->at, screen);
		buf_addf(out, "%s%s %s", i > 0 ? between : "", at,
			a->reply[0] != '\0' ? a->reply : a->result);
	}
}

/* A mail address says nothing of what was told by hand. */
static const char *
reached_at(const struct message *m)
{
	bool hand = strcmp(m->channel, CHANNEL_HAND) == 0 || strcmp(m->state, "by_hand") == 0;

	if (hand && (m->address[0] == '\0' || strchr(m->address, '@') != NULL)) {
		return "";
	}
	return m->address[0] != '\0' ? m->address : _("(no address)");
}

char *
outbox_whole_text(const struct outbox_one *one, const struct screen *screen)
{
	const struct message *m = &one->m;
	char at[WHEN_SHORT_SIZE];
	struct buf out = { 0 };
	char *next = outbox_next_text(one, screen);

	near(at, m->state_at, screen);
	buf_addf(&out, "%s, %s %s\n", m->to_name, channel_label(m->channel),
		reached_at(m));
	buf_addf(&out, "%s: %s %s%s%s\n", _("State"),
		message_state_label(one->sending ? "sending" : m->state, m->channel), at,
		m->reason[0] != '\0' ? ": " : "", own_words(m->reason));
	if (m->reply[0] != '\0') {
		buf_addf(&out, "%s: %s\n", _("The other side said"), m->reply);
	}
	buf_addf(&out, "%s\n", next);
	if (one->number[0] != '\0') {
		buf_addf(&out, "%s: %s\n", _("Case"), one->number);
	}
	buf_addf(&out, "\n%s: %s\n%s\n\n", one->left ? _("As it left") : _("As it would leave"),
		one->subject, one->text);
	buf_addf(&out, _("Tries: %d"), one->tries);
	buf_adds(&out, "\n");
	add_tries(&out, one, screen, "\n");
	free(next);
	return buf_take(&out);
}

static int
preview_rows(const struct screen *screen, const struct frame *frame)
{
	return screen->slow || frame->rows < 22 ? 0 : frame->rows >= 34 ? 12 : 6;
}

/* Line feeds of the text become blanks: the preview has few lines. */
static char *
flat(const char *text)
{
	return text_printable(text, strlen(text));
}

static void
show_preview(const struct outbox_view *o, const struct screen *screen,
	struct frame *frame, int row, int rows)
{
	const struct table_row *here = browse_here(&o->browse);
	const struct outbox_one *one = &o->one;
	const struct message *m = &one->m;
	int wide = frame->cols - 2;
	struct buf line = { 0 };
	char *next, *text;

	if (here == NULL || strcmp(here->id, m->id) != 0) {
		chrome_rule(frame, row, NULL);
		return;
	}
	buf_addf(&line, "%s  %s %s", m->to_name, channel_label(m->channel),
		reached_at(m));
	chrome_rule(frame, row, buf_text(&line));
	buf_clear(&line);
	buf_addf(&line, "%s%s%s  ", message_state_label(one->sending ? "sending" : m->state,
		m->channel), m->reason[0] != '\0' ? ": " : "",
		own_words(m->reason));
	if (strcmp(m->state, "by_hand") == 0 && m->reply[0] != '\0') {
		buf_addf(&line, "%s  ", m->reply);
	}
	add_tries(&line, one, screen, "  ");
	frame_cut(frame, row + 1, 1, wide, here->style, buf_text(&line));
	buf_clear(&line);
	text = flat(one->text);
	buf_addf(&line, "%s: %s | %s", _("Text"), one->subject, text);
	(void)frame_wrap(frame, row + 2, 1, rows - 3, wide, ST_TEXT, buf_text(&line));
	next = outbox_next_text(one, screen);
	frame_cut(frame, row + rows - 1, 1, wide, ST_STRONG, next);
	free(next);
	free(text);
	buf_free(&line);
}

/* "mail ok   SMS DOWN since 13:54: no route". */
static void
show_channels(const struct outbox_view *o, const struct screen *screen,
	struct frame *frame, int row)
{
	int at = 1, end = frame->cols - 1;
	char told[80];

	if (o->health_read) {
		snprintf(told, sizeof(told), _("%lld told today"),
			(long long)o->health.told_today);
		end = frame_right(frame, row, end, 40, ST_DIM, told) - 2;
	}
	for (int i = 0; i < o->health.channel_count && at < end; i++) {
		const struct channel_health *c = &o->health.channels[i];
		char since[WHEN_SHORT_SIZE];
		char *text;

		near(since, c->down ? c->since : c->ok_at, screen);
		text = c->down ? xasprintf(_("%s DOWN since %s: %s"), channel_label(c->name),
			since, c->reply) : c->ok_at == 0
			? xasprintf(_("%s ok"), channel_label(c->name))
			: xasprintf(_("%s ok %s"), channel_label(c->name), since);
		at += frame_cut(frame, row, at, end - at,
			c->down ? ST_ERROR : ST_DIM, text) + 3;
		free(text);
	}
	if (o->health_read && o->health.channel_count == 0) {
		at += frame_cut(frame, row, at, end - at, ST_DIM,
			_("no channel was used yet")) + 3;
	}
	if (screen->summary->no_engine && at < end) {
		frame_cut(frame, row, at, end - at, ST_ERROR, _("NO ENGINE"));
	}
}

static char *
title(const struct summary *s)
{
	struct buf out = { 0 };

	buf_adds(&out, _("OUTBOX"));
	buf_adds(&out, "  ");
	buf_addf(&out, _("%lld waiting"), (long long)s->waiting);
	if (s->failed > 0) {
		buf_adds(&out, "  ");
		buf_addf(&out, _("%lld FAILED"), (long long)s->failed);
	}
	if (s->held > 0) {
		buf_adds(&out, "  ");
		buf_addf(&out, _("%lld held"), (long long)s->held);
	}
	return buf_take(&out);
}

void
outbox_show(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct outbox_view *o = (struct outbox_view *)view;
	const struct table_row *here = browse_here(&o->browse);
	char *head = title(screen->summary);
	int preview = preview_rows(screen, frame);
	int channels = frame->rows >= 16 ? 1 : 0;
	int rows = screen->rows - preview - channels;

	chrome_top(frame, screen, head, here != NULL
		&& strcmp(here->id, screen->summary->now.item) == 0);
	free(head);
	browse_show(&o->browse, frame, screen->top, rows);
	if (preview > 0) {
		show_preview(o, screen, frame, screen->top + rows, preview);
	}
	if (channels > 0) {
		show_channels(o, screen, frame, screen->top + screen->rows - 1);
	}
}

void
outbox_state(const struct view *view, const struct screen *screen, struct buf *out)
{
	const struct outbox_view *o = (const struct outbox_view *)view;

	(void)screen;
	browse_state(&o->browse, out);
	buf_addf(out, "  %s: %s", _("filter"),
		outbox_preset_label((enum outbox_preset)o->browse.preset));
}
