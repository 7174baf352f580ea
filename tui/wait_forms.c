/* wait_forms.c owns the forms about promises of others: a new one, an asking, a
 * raise, its end. */
#include "tui/wait_forms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/raise.h"
#include "tui/ask.h"
#include "tui/case_rows.h"

char *
waiting_key(const struct waiting *w)
{
	return xasprintf("%s/%d", w->number, w->n);
}

/* Between the parts of a row's about: "promise in ms:level", who is asked, who is
 * above, what stands. */
#define PART "\x1f"
enum { PART_SEEN, PART_ASK, PART_ABOVE, PART_WHAT };

/* ---- a new one ---- */

static const struct form_line add_lines[] = {
	{ .name = "role", .label = N_("Who"), .kind = FIELD_PICK, .from = CHOICES_CONTACTS,
		.loaded = true, .help = N_("type a part of the name") },
	{ .name = "name", .label = N_("or in words"), .kind = FIELD_LINE,
		.help = N_("who is not in the register") },
	{ .name = "what", .label = N_("What they are to do"), .kind = FIELD_LINE,
		.required = true },
	{ .name = "ticket", .label = N_("Ticket"), .kind = FIELD_LINE },
	{ .name = "promised", .label = N_("Promised for"), .kind = FIELD_LINE,
		.help = N_("03:30, +40m; empty: none was named") },
	{ .name = "said_at", .label = N_("Said at"), .kind = FIELD_LINE,
		.help = N_("empty: now") },
	{ .name = NULL },
};

static bool
run_add(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	const char *role = form_word(values, "role");
	const struct waiting_new what = {
		.whom = role[0] != '\0' ? role : form_word(values, "name"),
		.what = form_word(values, "what"), .ticket = form_given(values, "ticket"),
		.promised = form_given(values, "promised"),
		.said_at = form_given(values, "said_at"),
	};
	int count, n;

	if (!waiting_add(desk, case_ref_case(ref), &what, &n, err)) {
		return false;
	}
	(void)change_appended(desk, &count);
	if (count == 0) {
		*said = xasprintf(_("already waited for as %d: nothing was added; a new promise"
			" or call goes there"), n);
	}
	return true;
}

const struct sheet_form waiting_add_form = { .draft = "waiting-add",
	.title = N_("wait for somebody outside"), .lines = add_lines, .run_said = run_add,
	.said = N_("%s waits for it now") };

/* ---- asking, raising ---- */

const struct word ask_channels[] = {
	{ "phone", N_("telephone") }, { "in_person", N_("in person") },
	{ "zalo", N_("Zalo") }, { "paper", N_("letter") }, { NULL, NULL },
};

#define WORD_LINES \
	{ .name = "said", .label = N_("What they said"), .kind = FIELD_LINE }, \
	{ .name = "promised", .label = N_("New promise"), .kind = FIELD_LINE, \
		.help = N_("03:30, +40m; empty: the old one stands") }, \
	{ .name = "whom", .label = N_("Spoke with"), .kind = FIELD_LINE }, \
	{ .name = "channel", .label = N_("By"), .kind = FIELD_CHOICE, .words = ask_channels, \
		.value = "phone" }, \
	{ .name = "at", .label = N_("When"), .kind = FIELD_LINE, \
		.help = N_("now, -15m, 14:30; empty: now") }, \
	{ .name = NULL }

static const struct form_line ask_lines[] = {
	{ .name = "who", .label = "", .kind = FIELD_LABEL },
	{ .name = "what", .label = "", .kind = FIELD_LABEL },
	{ .name = "seen", .label = "", .kind = FIELD_HIDDEN },
	WORD_LINES,
};

static char *
part_of(const char *about, int part)
{
	for (; part > 0 && *about != '\0'; part--) {
		about += strcspn(about, PART);
		about += *about != '\0';
	}
	return xstrndup(about, strcspn(about, PART));
}

/* Whom to call; what was promised and how far it was raised is for the conflict with
 * who records another or raises it while the form is open. */
static void
fill_call(struct view *view, const struct table_row *row, int whom)
{
	if (row != NULL && row->about != NULL) {
		char *seen = part_of(row->about, PART_SEEN);

		form_label(view, "who", part_of(row->about, whom));
		form_label(view, "what", part_of(row->about, PART_WHAT));
		field_set(form_field(ask_form_fields(view), "seen"), seen);
		free(seen);
	}
}

char *
waiting_call_line(const char *about, bool above)
{
	char *whom = part_of(about, above ? PART_ABOVE : PART_ASK);
	char *what = part_of(about, PART_WHAT);
	char *text = xasprintf("%s: %s", whom, what);

	free(what);
	free(whom);
	return text;
}

static void
fill_ask(struct app *app, struct view *view, const struct table_row *row)
{
	(void)app;
	fill_call(view, row, PART_ASK);
}

static void
fill_raise(struct app *app, struct view *view, const struct table_row *row)
{
	(void)app;
	fill_call(view, row, PART_ABOVE);
}

static struct waiting_word
word_of(const struct json *values, int64_t *seen)
{
	const char *text = form_word(values, "seen");

	*seen = strtoll(text, NULL, 10);
	return (struct waiting_word){ .seen = text[0] != '\0' ? seen : NULL,
		.said = form_given(values, "said"),
		.promised = form_given(values, "promised"), .whom = form_given(values, "whom"),
		.channel = form_given(values, "channel"), .at = form_given(values, "at") };
}

static bool
run_asked(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int64_t seen;
	const struct waiting_word word = word_of(values, &seen);

	return waiting_asked(desk, case_ref_case(ref), case_ref_number(ref), &word, err);
}

static bool
run_raise(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int64_t seen;
	struct waiting_word word = word_of(values, &seen);
	const char *level = strchr(form_word(values, "seen"), ':');
	int raised = level == NULL ? 0 : (int)strtol(level + 1, NULL, 10);

	word.raised = level == NULL ? NULL : &raised;
	return waiting_raise(desk, case_ref_case(ref), case_ref_number(ref), &word, err);
}

const struct sheet_form waiting_asked_form = { .draft = "waiting-asked",
	.title = N_("asked again"), .lines = ask_lines, .focus = "said", .run = run_asked,
	.fill = fill_ask, .said = N_("%s: asking recorded") };
const struct sheet_form waiting_raise_form = { .draft = "waiting-raise",
	.title = N_("call the one above"), .lines = ask_lines, .focus = "said",
	.run = run_raise, .fill = fill_raise, .said = N_("%s: raised one level") };

void
waiting_speak(struct app *app, const struct table_row *row)
{
	sheet_form(app, strcmp(row->state, "raise") == 0 ? &waiting_raise_form
		: &waiting_asked_form, &row, 1);
}

/* ---- its end, its fields ---- */

static const struct form_line done_lines[] = {
	{ .name = "result", .label = N_("How it ended"), .kind = FIELD_LINE,
		.required = true },
	{ .name = NULL },
};

static bool
run_done(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return waiting_done(desk, case_ref_case(ref), case_ref_number(ref),
		form_word(values, "result"), err);
}

const struct sheet_form waiting_done_form = { .draft = "waiting-done",
	.title = N_("not waited for any more"), .lines = done_lines, .run = run_done,
	.said = N_("%s: waited for no more") };

static const struct form_line set_lines[] = {
	{ .name = "promised", .label = N_("New promise"), .kind = FIELD_LINE,
		.help = N_("empty: as it is; none: no promise") },
	{ .name = "said_at", .label = N_("Said at"), .kind = FIELD_LINE,
		.help = N_("empty: now") },
	{ .name = "ticket", .label = N_("Ticket"), .kind = FIELD_LINE,
		.help = N_("empty: as it is") },
	{ .name = "raise", .label = N_("Raise after"), .kind = FIELD_LINE,
		.help = N_("30m,2h,4h after the promise; none") },
	{ .name = "owner", .label = N_("Followed by"), .kind = FIELD_PICK,
		.from = CHOICES_MEMBERS, .loaded = true, .help = N_("empty: as it is") },
	{ .name = NULL },
};

static bool
run_set(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return waiting_set(desk, case_ref_case(ref), case_ref_number(ref),
		&(struct waiting_change){ .promised = form_given(values, "promised"),
		.said_at = form_given(values, "said_at"),
		.ticket = form_given(values, "ticket"), .raise = form_given(values, "raise"),
		.owner = form_given(values, "owner") }, err);
}

const struct sheet_form waiting_set_form = { .title = N_("reschedule"),
	.lines = set_lines, .run = run_set, .said = N_("%s: promise changed") };

/* ---- reading one ---- */

static bool
read_asking(const struct asking *asking, void *arg)
{
	struct reading *r = arg;
	char at[WHEN_SHORT_SIZE];

	when_near(at, asking->at, desk_now(r->desk), desk_zone(r->desk));
	buf_addf(r->out, "%s  %s, %s", at, asking->by,
		word_label(WORDS_ASK_CHANNEL, asking->channel));
	if (asking->raised > 0) {
		buf_addf(r->out, _(", raised to level %d"), asking->raised);
	}
	buf_addf(r->out, "%s%s%s%s", asking->whom[0] != '\0' ? "; " : "", asking->whom,
		asking->text[0] != '\0' ? ": " : "", asking->text);
	if (asking->promised_at != NO_DUE) {
		when_near(at, asking->promised_at, desk_now(r->desk), desk_zone(r->desk));
		buf_addf(r->out, _("; new promise %s"), at);
	}
	buf_addc(r->out, '\n');
	return true;
}

bool
waiting_read(char **title, struct buf *out, struct desk *desk,
	const struct page *page, const struct case_ref *ref, struct error *err)
{
	struct reading r = { out, desk };
	struct waiting w;
	bool ok;

	(void)page;
	if (!waiting_load(&w, desk, case_ref_case(ref), case_ref_number(ref), err)) {
		return false;
	}
	*title = xasprintf("%s: %s", w.name, w.what);
	reading_text(&r, _("Ticket"), w.ticket);
	reading_time(&r, _("Promised for"), w.promised_at);
	reading_text(&r, _("Followed by"), w.owner);
	reading_text(&r, _("Raise after"), w.raise_after);
	reading_text(&r, _("Raised to"), w.raised_to);
	reading_time(&r, _("Next raise"), w.ended_at == 0 ? w.raise_at : 0);
	reading_time(&r, _("Since"), w.created_at);
	reading_time(&r, _("Ended"), w.ended_at);
	reading_text(&r, _("How it ended"), w.result);
	buf_adds(out, "\n");
	ok = asking_each(desk, w.id, read_asking, &r, err);
	waiting_clear(&w);
	return ok;
}

/* Whom to call at this level, with the number; whom it was raised to by name is
 * called by that. */
static char *
call_text(const struct waiting *w, int level, struct desk *desk)
{
	struct error none = ERROR_INIT;
	struct raise_call call;
	char *text;

	if (!raise_call(&call, desk, w, level, &none)) {
		return xstrdup(w->name);
	}
	if (level > 0 && level == w->raised && w->raised_to[0] != '\0' &&
	    strstr(call.name, w->raised_to) == NULL) {
		raise_call_clear(&call);
		return xstrdup(w->raised_to);
	}
	text = raise_call_text(&call);
	raise_call_clear(&call);
	return text;
}

/* Above the fields: whom to ask again, whom to raise it to, and what stands. */
static char *
waiting_about(const struct waiting *w, struct desk *desk)
{
	char *ask = call_text(w, w->raised, desk);
	char *above = call_text(w, w->raised + 1, desk);
	char due[32];
	char *text;

	when_due(due, w->promised_at, desk_now(desk), i18n_language());
	text = xasprintf("%lld:%d" PART "%s" PART "%s" PART "%s%s%s%s%s%s",
		(long long)w->promised_at, w->raised, ask, above, w->what,
		w->ticket[0] != '\0' ? "; " : "", w->ticket[0] != '\0' ? _("ticket ") : "",
		w->ticket, w->promised_at != NO_DUE ? "; " : "",
		w->promised_at != NO_DUE ? due : "");
	free(above);
	free(ask);
	return text;
}

void
waiting_row(struct table_row *row, const struct waiting *w, struct desk *desk)
{
	memcpy(row->case_id, w->case_id, sizeof(row->case_id));
	row->about = waiting_about(w, desk);
}
