/* outbox_act.c owns what a person does to messages: release, hold, send again,
 * record that it was told by hand.  What leaves the desk is shown first, with
 * the focus on Back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/told.h"
#include "tui/act.h"
#include "tui/ask.h"
#include "tui/view_outbox.h"
#include "tui/views.h"

static bool
do_release(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)values;
	return outbox_release(desk, ref->id, NULL, err);
}

static bool
do_resend(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)values;
	return outbox_resend(desk, ref->id, err);
}

static bool
do_hold(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return outbox_hold(desk, ref->id, json_get_text(values, "reason"), err);
}

static const struct {
	const char *word, *label;
} ways[] = {
	{ "phone", N_("telephone") },
	{ "zalo", N_("Zalo") },
	{ "paper", N_("paper") },
	{ "in_person", N_("in person") },
};

static bool
do_by_hand(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *way = json_get_text(values, "way");
	const char *who = json_get_text(values, "who");

	return message_told(desk, ref->id, &(struct told_how){
		.channel = way != NULL ? way : "phone", .who = who != NULL ? who : "",
		.said = json_get_text(values, "answer") }, err);
}

static void
hold_fields(struct form *form)
{
	struct field *reason = form_add(form, FIELD_LINE, "reason", _("Reason"));

	reason->required = true;
	reason->edit.max = limit(LIMIT_NAME);
}

static void
by_hand_fields(struct form *form)
{
	struct field *way = form_add(form, FIELD_CHOICE, "way", _("How"));
	struct field *who, *answer;

	way->required = true;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		field_add_choice(way, ways[i].word, _(ways[i].label));
	}
	field_set(way, ways[0].word);
	who = form_add(form, FIELD_LINE, "who", _("Who answered"));
	who->required = true;
	who->edit.max = limit(LIMIT_NAME);
	answer = form_add(form, FIELD_AREA, "answer", _("What was said"));
	answer->rows = 3;
	answer->edit.max = limit(LIMIT_NOTE);
	form_focus(form, "who");
}

static const struct message_act {
	enum command command;
	act_fn *run;
	void (*fields)(struct form *form); /* NULL: a confirmation */
	const char *draft;
	const char *said;
} acts[] = {
	{ CMD_RELEASE, do_release, NULL, NULL, N_("released: %s") },
	{ CMD_RETRY, do_resend, NULL, NULL, N_("goes out again: %s") },
	{ CMD_HOLD, do_hold, hold_fields, "message-hold", N_("held back: %s") },
	{ CMD_BY_HAND, do_by_hand, by_hand_fields, "message-hand",
		N_("recorded as told by hand: %s") },
};

/* The name stands where a case's number would: in what is said. */
static void
ref_of(struct case_ref *ref, const char *id, const char *name)
{
	*ref = (struct case_ref){ 0 };
	snprintf(ref->id, sizeof(ref->id), "%s", id);
	snprintf(ref->number, sizeof(ref->number), "%.*s",
		(int)text_fit(name, 12, NULL) < 23 ? (int)text_fit(name, 12, NULL) : 0, name);
	if (ref->number[0] == '\0') {
		snprintf(ref->number, sizeof(ref->number), "%.8s", id);
	}
	snprintf(ref->title, sizeof(ref->title), "%s", name);
}

/* What was done hands the cursor on to the next row. */
static void
hand_on(struct app *app, const struct case_ref *ref)
{
	struct view *base = app_base(app);

	(void)ref;
	if (base->ops == &outbox_view) {
		list_unmark_all(&((struct browse *)base)->list);
		((struct browse *)base)->hand_on = true;
	}
}

static bool
post(struct app *app, const struct act_todo *todo, struct view *form)
{
	const struct message_act *act = todo->act;

	act_post(app, &(struct act_call){ .run = act->run, .said = act->said,
		.refs = todo->refs, .count = todo->count, .after = hand_on,
		.values = form != NULL ? form_to_json(ask_form_fields(form)) : NULL,
		.event_id = form != NULL ? ask_form_event_id(form) : NULL,
		.form = form != NULL ? form->id : 0 });
	return true;
}

static bool
form_done(struct app *app, struct view *form, void *arg)
{
	return post(app, arg, form);
}

static bool
confirmed(struct app *app, void *arg)
{
	return post(app, arg, NULL);
}

/* "3 messages: Lan, Nam, Minh". */
static char *
names_of(const struct case_ref *refs, int count)
{
	struct buf out = { 0 };

	if (count > 1) {
		buf_addf(&out, _("%d messages: "), count);
	}
	for (int i = 0; i < count; i++) {
		buf_addf(&out, "%s%s", i > 0 ? ", " : "", refs[i].title);
	}
	return buf_take(&out);
}

static void
open_form(struct app *app, const struct message_act *act, const struct case_ref *refs,
	int count, const struct draft *draft)
{
	char *names = names_of(refs, count);
	char *title = xasprintf("%s: %s", command_hint(act->command), names);
	struct view *view = ask_form(app, &(struct ask_form){ .title = title,
		.draft_kind = count == 1 ? act->draft : NULL, .case_id = refs[0].id,
		.number = refs[0].number, .draft = draft, .done = form_done,
		.arg = act_todo_new(act, refs, count), .free_arg = act_todo_free });

	act->fields(ask_form_fields(view));
	ask_form_ready(view);
	free(title);
	free(names);
}

static void
open_confirm(struct app *app, const struct message_act *act,
	const struct case_ref *refs, int count, const char *text)
{
	ask_confirm(app, &(struct confirm){ .title = command_help(act->command),
		.text = text, .yes = command_hint(act->command), .done = confirmed,
		.arg = act_todo_new(act, refs, count), .free_arg = act_todo_free });
}

/* The text and the recipient first: this is what leaves the desk. */
void
outbox_ask_release(struct app *app, const struct outbox_one *one)
{
	const struct message *m = &one->m;
	char *text = xasprintf("%s: %s\n%s %s\n\n%s\n%s", _("To"), m->to_name,
		channel_label(m->channel), m->address[0] != '\0' ? m->address
			: _("(no address)"), one->subject, one->text);
	struct case_ref ref;

	ref_of(&ref, m->id, m->to_name);
	open_confirm(app, &acts[0], &ref, 1, text);
	free(text);
}

static int
refs_of(const struct outbox_view *o, struct case_ref **refs)
{
	const struct table_row **rows;
	int count = browse_take(&o->browse, &rows);

	*refs = count > 0 ? xcalloc((size_t)count, sizeof(**refs)) : NULL;
	for (int i = 0; i < count; i++) {
		ref_of(&(*refs)[i], rows[i]->id, rows[i]->cells[OUT_TO]);
	}
	free(rows);
	return count;
}

/* Held back can be what may still go by itself. */
static bool
can_hold(const struct outbox_view *o)
{
	const struct table_row *here = browse_here(&o->browse);

	return o->browse.list.mark_count > 0 || here == NULL
		|| strcmp(here->state, "queued") == 0 || strcmp(here->state, "unknown") == 0;
}

unsigned
outbox_act(struct outbox_view *o, enum command command)
{
	if (command == CMD_HOLD && !can_hold(o)) {
		app_info(o->browse.app, _("%s: not now: %s"), command_hint(command),
			_("it does not go out by itself"));
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		struct case_ref *refs;
		int count;

		if (acts[i].command != command) {
			continue;
		}
		count = refs_of(o, &refs);
		if (count == 1 && command == CMD_RELEASE) {
			/* The one that is marked need not be the one under the cursor. */
			(void)browse_to(&o->browse, refs[0].id);
			outbox_ask_one(o, THEN_RELEASE);
		} else if (count > 0 && acts[i].fields != NULL) {
			open_form(o->browse.app, &acts[i], refs, count, NULL);
		} else if (count > 0) {
			char *names = names_of(refs, count);

			open_confirm(o->browse.app, &acts[i], refs, count, names);
			free(names);
		}
		free(refs);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	return VIEW_IGNORED;
}

static bool
chosen(struct app *app, void *arg, const char *word)
{
	(void)arg;
	(void)app_do(app, command_of_word(word));
	return true;
}

/* What did not arrive: two ways on, the telephone first. */
static unsigned
choose_way(struct outbox_view *o, const struct table_row *here)
{
	static const enum command offered[] = { CMD_BY_HAND, CMD_RETRY, CMD_HOW };
	struct app *app = o->browse.app;
	unsigned have = app_have(app);
	struct view *pick = ask_pick(app, &(struct pick){
		.title = here->cells[OUT_TO], .done = chosen });

	for (size_t i = 0; i < sizeof(offered) / sizeof(offered[0]); i++) {
		const struct command_row *row = &command_rows[offered[i]];
		char key[KEY_NAME_SIZE];

		command_key(offered[i], key);
		pick_add(pick, row->word, offered[i] == CMD_HOW ? _("read all of it")
			: command_help(offered[i]), key, command_refusal(offered[i], have));
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

unsigned
outbox_enter(struct outbox_view *o)
{
	static const char *const stuck[] = { "failed", "expired", "unknown", "dropped" };
	const struct table_row *here = browse_here(&o->browse);
	unsigned have = app_have(o->browse.app);

	if (here == NULL) {
		return VIEW_HANDLED;
	}
	if (strcmp(here->state, "owed") == 0) {
		return outbox_act(o, CMD_BY_HAND);
	}
	if (strcmp(here->state, "held") == 0
		&& command_refusal(CMD_RELEASE, have) == NULL) {
		outbox_ask_one(o, THEN_RELEASE);
		return VIEW_HANDLED;
	}
	for (size_t i = 0; i < sizeof(stuck) / sizeof(stuck[0]); i++) {
		if (strcmp(stuck[i], here->state) == 0) {
			return choose_way(o, here);
		}
	}
	outbox_ask_one(o, THEN_READ);
	return VIEW_HANDLED;
}

bool
outbox_reopen_draft(struct app *app, const struct draft *draft)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (acts[i].draft != NULL && strcmp(acts[i].draft, draft->kind) == 0) {
			struct case_ref ref;

			ref_of(&ref, draft->case_id, draft->number);
			open_form(app, &acts[i], &ref, 1, draft);
			return true;
		}
	}
	return false;
}
