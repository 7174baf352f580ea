/* sheet.c owns what the screens described by a struct sheet do: their acts, the
 * rows these are done on, the case they belong to. */
#include "tui/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/act.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/model.h"
#include "tui/number.h"
#include "tui/places.h"

/* A key that means the same of a message or a step: here the act itself says
 * whether it can be done. */
#define OF_OTHER_LISTS (NEED_MESSAGE | NEED_STUCK | NEED_HELD | NEED_UNTOLD \
	| NEED_STEP | NEED_PLAN | NEED_UNACKED | NEED_FORM)

const struct sheet *
sheet_of(const struct view *view)
{
	return (const struct sheet *)(const void *)view->ops;
}

static const struct browse_source *
first_source(const struct sheet *sheet)
{
	return sheet->lists != NULL ? &sheet->lists[0].source : &sheet->source;
}

static const struct sheet_act *
acts_of(const struct view *view)
{
	const struct sheet *sheet = sheet_of(view);

	return sheet->lists != NULL
		? sheet->lists[((const struct browse *)view)->preset].acts : sheet->acts;
}

/* The cursor begins on what NOW speaks of. */
static void
moved(struct browse *browse)
{
	struct sheet_view *v = (struct sheet_view *)browse;
	char id[UUID_SIZE];

	if (v->wanted[0] != '\0') {
		memcpy(id, v->wanted, UUID_SIZE);
		v->wanted[0] = '\0';
		(void)browse_to(browse, id);
	}
}

void
sheet_start(struct view *view, struct app *app)
{
	struct sheet_view *v = (struct sheet_view *)view;

	browse_start(&v->browse, app, first_source(sheet_of(view)));
	v->browse.moved = moved;
	/* Whoever made the view may have said more than fits there. */
	if (v->browse.about[0] == '\0') {
		snprintf(v->browse.about, sizeof(v->browse.about), "%s",
			sheet_of(view)->last_case ? app_last_case(app) : view->about);
	}
	memcpy(v->wanted, app_now_line(app)->item, UUID_SIZE);
}

void
sheet_stop(struct view *view)
{
	browse_stop(&((struct sheet_view *)view)->browse);
}

const char *
sheet_case_id(const struct view *view)
{
	const struct browse *b = (const struct browse *)view;
	const struct table_row *here = browse_here(b);

	if (sheet_of(view)->source.of_case) {
		return b->about;
	}
	return here != NULL ? here->case_id : "";
}

/* What is known of the case: of a row only that there is one. */
unsigned
sheet_have(const struct view *view)
{
	const struct browse *b = (const struct browse *)view;
	const struct table_head *head = &b->rows.head;
	unsigned have = NEED_UNDO | NEED_REDO;

	have |= browse_here(b) != NULL ? NEED_ROW : 0u;
	for (const struct sheet_act *act = acts_of(view);
		act != NULL && act->command != CMD_NONE; act++) {
		have |= command_rows[act->command].needs & OF_OTHER_LISTS;
	}
	if (sheet_case_id(view)[0] == '\0') {
		return have;
	}
	have |= NEED_CASE;
	if (!sheet_of(view)->source.of_case) {
		return have | NEED_OPEN_CASE;
	}
	have |= head->open ? NEED_OPEN_CASE : NEED_CLOSED_CASE;
	return have | (head->merged ? NEED_MERGED_CASE : 0u);
}

const char *
sheet_enter(const struct view *view)
{
	const struct sheet *sheet = sheet_of(view);
	const struct table_row *here = browse_here((const struct browse *)view);
	const char *text = here != NULL && sheet->enter != NULL ? sheet->enter(here)
		: NULL;

	for (const struct hint *h = view->ops->hints;
		text == NULL && h->command != CMD_NONE; h++) {
		text = h->command == CMD_ENTER ? h->text : NULL;
	}
	return text != NULL ? text : command_rows[CMD_ENTER].hint;
}

/* ---- acts ---- */

/* The command as this sheet's hints call it. */
static const char *
called_here(const struct view *view, enum command command)
{
	for (const struct hint *h = view->ops->hints; h->command != CMD_NONE; h++) {
		if (h->command == command && h->text != NULL) {
			return _(h->text);
		}
	}
	return command_hint(command);
}

/* The first row that stands in the way, with the reason. */
static bool
refused(struct app *app, const struct view *view, const struct sheet_act *act,
	const struct table_row *const *rows, int count)
{
	const char *why = count > 1 && !act->bulk ? N_("one row at a time") : NULL;

	for (int i = 0; i < count && why == NULL && act->refuse != NULL; i++) {
		why = act->refuse(rows[i]);
	}
	if (why == NULL && count == 0 && !act->always) {
		why = N_("nothing is under the cursor");
	}
	if (why == NULL && act->form != NULL && (app_have(app) & NEED_WRITE) == 0) {
		why = N_("opened for reading only, or a viewer's role");
	}
	if (why != NULL) {
		app_info(app, _("%s: not now: %s"), act->command == CMD_ENTER
			? _(sheet_enter(view)) : called_here(view, act->command), _(why));
	}
	return why != NULL;
}

/* A form without rows is about the sheet's case, if it has one. */
static void
open_on_nothing(struct app *app, const struct sheet_view *v,
	const struct sheet_form *form)
{
	const struct table_head *head = &v->browse.rows.head;
	struct case_ref ref = { 0 };

	if (sheet_of(&v->browse.view)->source.of_case) {
		memcpy(ref.id, v->browse.view.about, sizeof(ref.id));
		memcpy(ref.case_id, ref.id, sizeof(ref.case_id));
		memcpy(ref.number, head->number, sizeof(ref.number));
	}
	form_open(app, form, &ref, 1, NULL);
}

static unsigned
do_act(struct app *app, struct sheet_view *v, const struct sheet_act *act)
{
	const struct table_row **rows = NULL;
	bool adds = act->always && !act->bulk && act->form != NULL; /* of no row */
	int count = adds ? 0 : browse_take(&v->browse, &rows);

	if (count < 0) {
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	if (act->always && !act->bulk) {
		count = count > 1 ? 1 : count;
	}
	if (!refused(app, &v->browse.view, act, rows, count)) {
		if (act->run != NULL) {
			act->run(app, v, rows, count);
		} else if (count == 0) {
			open_on_nothing(app, v, act->form);
		} else {
			sheet_form(app, act->form, rows, count);
		}
	}
	free(rows);
	return VIEW_HANDLED | VIEW_DIRTY;
}

static bool
preset_chosen(struct app *app, void *arg, const char *word)
{
	struct view *base = app_base(app);

	(void)arg;
	if (base->ops->act == sheet_do) {
		browse_turn((struct browse *)base, &sheet_of(base)->source,
			number_of(word));
	}
	return true;
}

static unsigned
pick_preset(struct app *app, const struct sheet *sheet)
{
	struct view *pick = ask_pick(app, &(struct pick){
		.title = _("show"), .done = preset_chosen });

	for (int i = 0; sheet->presets[i] != NULL; i++) {
		char word[16];

		snprintf(word, sizeof(word), "%d", i);
		pick_add(pick, word, _(sheet->presets[i]), NULL, NULL);
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

/* The other sheet takes the place of this one, so that `<` leaves both. */
static unsigned
turn(struct app *app, struct view *view)
{
	struct view *other = view_new(sheet_of(view)->tab);

	memcpy(other->about, view->about, UUID_SIZE);
	app_close(app, view);
	app_open(app, other);
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
turn_list(struct browse *b, const struct sheet_list *lists, int step)
{
	int count = 0, list;

	while (lists[count].label != NULL) {
		count++;
	}
	list = (b->preset + step + count) % count;
	browse_turn(b, &lists[list].source, list);
	return VIEW_HANDLED | VIEW_DIRTY;
}

void
sheet_copy_key(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count)
{
	(void)view;
	(void)count;
	(void)app_copy(app, rows[0]->key);
}

void
sheet_copy_value(struct app *app, struct sheet_view *view,
	const struct table_row *const *rows, int count)
{
	(void)view;
	(void)count;
	(void)app_copy(app, rows[0]->cells[1] != NULL ? rows[0]->cells[1] : "");
}

static void
copy_rows(struct app *app, const struct sheet_view *v)
{
	const struct table_row **rows;
	int count = browse_take(&v->browse, &rows);
	struct buf out = { 0 };

	for (int i = 0; i < count; i++) {
		bool first = true;

		for (int cell = 0; cell < TABLE_CELLS; cell++) {
			if (rows[i]->cells[cell] != NULL && rows[i]->cells[cell][0] != '\0') {
				buf_addf(&out, "%s%s", first ? "" : "\t", rows[i]->cells[cell]);
				first = false;
			}
		}
		buf_addf(&out, "%s", i + 1 < count ? "\n" : "");
	}
	if (count > 0) {
		(void)app_copy(app, buf_text(&out));
	}
	buf_free(&out);
	free(rows);
}

/* My newest act on the case that this is about. */
static unsigned
take_back(struct app *app, struct sheet_view *v, enum command command)
{
	struct case_ref ref = { 0 };

	if (!sheet_of(&v->browse.view)->source.of_case || v->browse.about[0] == '\0') {
		return VIEW_IGNORED;
	}
	snprintf(ref.id, sizeof(ref.id), "%.36s", v->browse.about);
	snprintf(ref.number, sizeof(ref.number), "%s", v->browse.rows.head.number);
	return act_on_cases(app, command, &ref, 1);
}

static unsigned
own_command(struct app *app, struct sheet_view *v, enum command command)
{
	struct view *view = &v->browse.view;
	const struct sheet *sheet = sheet_of(view);

	switch (command) {
	case CMD_PRESETS:
		return sheet->presets != NULL ? pick_preset(app, sheet) : VIEW_IGNORED;
	case CMD_LEFT:
	case CMD_RIGHT:
		return sheet->lists != NULL ? turn_list(&v->browse, sheet->lists,
			command == CMD_LEFT ? -1 : 1) : VIEW_IGNORED;
	case CMD_PANE_NEXT:
	case CMD_PANE_PREV:
		if (sheet->lists != NULL) {
			return own_command(app, v, command == CMD_PANE_PREV ? CMD_LEFT
				: CMD_RIGHT);
		}
		return sheet->tab != NULL ? turn(app, view) : VIEW_IGNORED;
	case CMD_CASE:
		if (sheet_case_id(view)[0] == '\0') {
			return VIEW_IGNORED;
		}
		place_open_case(app, sheet_case_id(view));
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_HOW:
		if (browse_here(&v->browse) == NULL) {
			return VIEW_IGNORED;
		}
		sheet_read(app, v);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_UNDO:
	case CMD_REDO:
		return take_back(app, v, command);
	case CMD_EXPORT:
		sheet_print(app, v);
		return VIEW_HANDLED;
	case CMD_COPY:
		copy_rows(app, v);
		return VIEW_HANDLED;
	case CMD_TODAY:
		return browse_to(&v->browse, app_summary(app)->now.item)
			? VIEW_HANDLED | VIEW_DIRTY : VIEW_IGNORED;
	case CMD_ENTER:
		return browse_here(&v->browse) == NULL ? VIEW_HANDLED
			: own_command(app, v, CMD_HOW);
	default:
		return browse_act(&v->browse, command);
	}
}

unsigned
sheet_do(struct view *view, struct app *app, enum command command)
{
	struct sheet_view *v = (struct sheet_view *)view;

	for (const struct sheet_act *act = acts_of(view);
		act != NULL && act->command != CMD_NONE; act++) {
		if (act->command == command) {
			return do_act(app, v, act);
		}
	}
	return own_command(app, v, command);
}
