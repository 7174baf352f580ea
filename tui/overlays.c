/* overlays.c owns what is made from the table of commands: the palette, the
 * menu, the keys of a screen; and the list of what the program said. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/case_rows.h"
#include "tui/command_also.h"
#include "tui/model.h"
#include "tui/places.h"
#include "tui/views.h"

#define CASE_WORD "open:" /* before the id of a case in the palette */

static bool
chosen(struct app *app, void *arg, const char *word)
{
	(void)arg;
	if (strncmp(word, CASE_WORD, strlen(CASE_WORD)) == 0) {
		place_open_case(app, word + strlen(CASE_WORD));
	} else {
		(void)app_do(app, command_of_word(word));
	}
	return true;
}

static void
add_command(struct view *pick, enum command command, const char *text,
	const char *refusal)
{
	char keys[64];
	char *label = xasprintf("%s: %s",
		command_group_title(command_rows[command].group), text);
	const char *also = command_also(command);
	char *names = xasprintf("%s%s%s", command_hint(command), also != NULL ? ", " : "",
		also != NULL ? also : "");

	command_keys(command, keys);
	pick_add(pick, command_rows[command].word, label, keys, refusal);
	pick_also(pick, names);
	free(names);
	free(label);
}

/* ---- the palette ---- */

struct found_request {
	struct request request;
	struct rows_ask ask;
	struct case_rows rows;
};

static bool
run_found(struct request *request, struct desk *desk, struct error *err)
{
	struct found_request *f = (struct found_request *)request;

	return case_rows_load(&f->rows, desk, &f->ask, err);
}

static void
done_found(struct request *request, struct app *app)
{
	struct found_request *f = (struct found_request *)request;
	struct view *pick = app_view(app, request->view_id);

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	pick_clear_more(pick);
	for (int i = 0; i < f->rows.count; i++) {
		const struct case_row *row = &f->rows.rows[i];
		char *word = xasprintf(CASE_WORD "%s", row->id);
		char *label = xasprintf(_("case %s %s"), row->number, row->title);

		pick_add(pick, word, label, row->open ? row->owner : _("closed"), NULL);
		free(word);
		free(label);
	}
}

static void
free_found(struct request *request)
{
	case_rows_free(&((struct found_request *)request)->rows);
	free(request);
}

/* Cases from two letters on: commands are what the palette is for. */
static struct request *
ask_found(struct view *pick, const char *words)
{
	struct found_request *f;

	(void)pick;
	if (strlen(words) < 2) {
		return NULL;
	}
	f = xcalloc(1, sizeof(*f));
	f->request = (struct request){ .run = run_found, .done = done_found,
		.free = free_found, .replaces = 1 };
	f->ask = (struct rows_ask){ .preset = PRESET_ALL, .want = LIST_WANT_FIRST,
		.limit = 20 };
	snprintf(f->ask.words, sizeof(f->ask.words), "%s", words);
	return &f->request;
}

/* A command that belongs to another screen is not offered here. */
static bool
offered(struct app *app, enum command command)
{
	const struct command_row *row = &command_rows[command];

	if (row->group == GROUP_MOVE || command == CMD_PALETTE) {
		return false;
	}
	if (command_of_place(command)) {
		return place_of_case(app, command);
	}
	if (row->group == GROUP_CASE || row->group == GROUP_ACT
		|| row->group == GROUP_SELECT) {
		return view_knows(app_base(app), command);
	}
	return place_built(command);
}

void
open_palette(struct app *app)
{
	unsigned have = app_have(app);
	struct view *pick = ask_pick(app, &(struct pick){
		.title = _("command (marks optional)"), .typing = true, .done = chosen });

	for (int i = 1; i < CMD_COUNT; i++) {
		if (offered(app, (enum command)i)) {
			add_command(pick, (enum command)i, command_help((enum command)i),
				command_refusal((enum command)i, have));
		}
	}
	pick_more(pick, ask_found);
}

/* ---- the menu of actions here ---- */

void
open_menu(struct app *app)
{
	const struct view *base = app_base(app);
	unsigned have = app_have(app);
	struct view *pick = ask_pick(app, &(struct pick){
		.title = _("what can be done here"), .done = chosen });

	for (const struct hint *h = base->ops->hints;
		h != NULL && h->command != CMD_NONE; h++) {
		enum command_group group = command_rows[h->command].group;

		if (group == GROUP_MOVE || group == GROUP_GO || group == GROUP_FIND
			|| h->command == CMD_MENU) {
			continue;
		}
		/* What the key does on this screen, as its lowest row says it. */
		add_command(pick, h->command, h->text != NULL ? _(h->text)
			: command_help(h->command), command_refusal(h->command, have));
	}
	for (int i = 1; i < CMD_COUNT; i++) {
		enum command command = (enum command)i;

		if (command_of_place(command) && place_of_case(app, command)
			&& !view_knows(base, command)) {
			add_command(pick, command, command_help(command),
				command_refusal(command, have));
		}
	}
}

/* ---- keys of this screen ---- */

#define HELP_CELLS 55 /* beside the keys, on 80 columns */

/* What does not fit on its row goes on below its beginning, not below the key. */
static void
help_keys(struct buf *out, const char *keys, const char *text)
{
	int pad = 16 - text_width(keys);
	size_t fits = text_fit(text, HELP_CELLS, NULL);

	while (text[fits] != '\0' && fits > 0 && text[fits] != ' ') {
		fits--;
	}
	buf_addf(out, "  %s%*s %.*s\n", keys, pad > 0 ? pad : 0, "",
		fits > 0 ? (int)fits : (int)strlen(text), text);
	if (fits > 0 && text[fits] != '\0') {
		buf_addf(out, "%19s%s\n", "", text + fits + 1);
	}
}

static void
help_line(struct buf *out, bool in_field, enum command command, const char *text)
{
	char keys[64];

	if (in_field) {
		command_field_keys(command, keys);
	} else {
		command_keys(command, keys);
	}
	if (keys[0] == '\0') {
		snprintf(keys, sizeof(keys), "%s",
			command_rows[command].group == GROUP_GO ? ":" : "m :");
	}
	help_keys(out, keys, text);
}

/* A letter is text while a field has the focus: what has only letters is for
 * after it. */
static bool
help_offers(bool in_field, enum command command)
{
	char key[KEY_NAME_SIZE];

	command_field_key(command, key);
	return !in_field || key[0] != '\0';
}

/* What the view itself says of its keys, the most useful first. */
static bool
help_of_view(const struct view *view, enum command command, const char **text)
{
	for (const struct hint *h = view->ops->hints;
		h != NULL && h->command != CMD_NONE; h++) {
		if (h->command == command) {
			*text = command == CMD_ENTER && view->ops->enter != NULL
				? _(view->ops->enter(view))
				: h->text != NULL ? _(h->text) : command_help(command);
			return command_rows[command].group != GROUP_MOVE;
		}
	}
	return false;
}

static bool
hinted_before(const struct hint *hints, const struct hint *at)
{
	for (const struct hint *h = hints; h < at; h++) {
		if (h->command == at->command) {
			return true;
		}
	}
	return false;
}

static void
help_here(struct buf *out, const struct view *view, bool in_field)
{
	const char *text;

	buf_addf(out, "%s\n", _("This screen"));
	for (const struct hint *h = view->ops->hints;
		h != NULL && h->command != CMD_NONE; h++) {
		/* A screen that names a key before the common ones names it twice. */
		if (!hinted_before(view->ops->hints, h) && help_offers(in_field, h->command)
			&& help_of_view(view, h->command, &text)) {
			help_line(out, in_field, h->command, text);
		}
	}
}

static void
help_group(struct buf *out, struct app *app, enum command_group group, bool in_field)
{
	const struct view *base = app_base(app);
	const char *text;
	bool any = false;

	for (int i = 1; i < CMD_COUNT; i++) {
		enum command command = (enum command)i;

		if (command_rows[i].group != group || !help_offers(in_field, command)
			|| help_of_view(base, command, &text) || (!view_knows(base, command)
				&& !(command_of_place(command) ? place_of_case(app, command)
					: place_built(command)))) {
			continue;
		}
		if (!any) {
			buf_addf(out, "\n%s\n", command_group_title(group));
			any = true;
		}
		help_line(out, in_field, command, command_help(command));
	}
}

/* The keys that a field keeps for itself (lineedit.h). */
static void
help_field(struct buf *out)
{
	static const struct { const char *keys, *text; } rows[] = {
		{ "C-u", N_("empty the field; once more brings the text back") },
		{ "C-w", N_("delete the word before the cursor") },
		{ "C-k", N_("delete the rest of the line") },
		{ "C-a C-e", N_("to the beginning, to the end of the line") },
	};

	buf_addf(out, "\n%s\n", _("While writing"));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		help_keys(out, rows[i].keys, _(rows[i].text));
	}
}

/* What a person looks for first is first: this screen, then what else can be
 * done, then where else to go; how to move is last.  From a popup that is written
 * in nothing else can be done. */
void
open_help(struct app *app)
{
	static const enum command_group order[GROUP_COUNT] = { GROUP_ACT, GROUP_CASE,
		GROUP_FIND, GROUP_SELECT, GROUP_WORK, GROUP_GO, GROUP_MOVE };
	const struct view *top = app_top(app);
	bool in_field = top->ops->in_field != NULL && top->ops->in_field(top);
	struct buf out = { 0 };

	help_here(&out, top, in_field);
	if (in_field) {
		help_field(&out);
	}
	for (int i = 0; i < GROUP_COUNT && !top->ops->popup; i++) {
		help_group(&out, app, order[i], in_field);
	}
	if (!in_field) {
		help_field(&out);
	}
	ask_read(app, _("all keys of this screen"), buf_text(&out));
	buf_free(&out);
}

/* ---- what was said ---- */

void
open_messages(struct app *app)
{
	struct buf out = { 0 };
	int count;
	const struct said *said = app_said(app, &count);

	for (int i = count - 1; i >= 0; i--) {
		char when[WHEN_SHORT_SIZE] = "";

		if (app_summary(app)->zone != NULL) {
			when_clock(when, said[i].at, app_summary(app)->zone);
		}
		buf_addf(&out, "%s %s%s\n", when, said[i].error ? _("ERROR: ") : "",
			said[i].text);
	}
	ask_read(app, _("messages, newest first"), count > 0 ? buf_text(&out)
		: _("Nothing was said yet."));
	buf_free(&out);
}

void
open_now_why(struct app *app)
{
	const struct now *now = app_now_line(app);
	char *what = now_text(now, app_now(app));
	char *why = now_why(now);
	char *text = xasprintf("%s\n\n%s\n", what, why);

	free(what);
	free(why);
	/* Of a case: who leads it and who supports, by its kind and severity. */
	if (now->case_id[0] != '\0') {
		read_with_coordination(app, now->case_id, _("why this"), text);
		return;
	}
	ask_read(app, _("why this"), text);
	free(text);
}
