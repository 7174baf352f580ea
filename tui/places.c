/* places.c owns which screens there are and what opens them. */
#include "tui/places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/case_library.h"
#include "tui/case_model.h"
#include "tui/case_rows.h"
#include "tui/model.h"
#include "tui/now_go.h"
#include "tui/sheet_hand.h"
#include "tui/tui.h"
#include "tui/papers.h"
#include "tui/pdf.h"
#include "tui/run_file.h"
#include "tui/tin_forms.h"
#include "tui/views.h"
#include "tui/wait_forms.h"

/* A screen that only needs to be opened; the others stand in the switch. */
static const struct place {
	enum command command;
	const struct view_ops *ops;
} places[] = {
	{ CMD_DESK, &desk_view },
	{ CMD_ROSTER, &roster_view },
	{ CMD_OUTBOX, &outbox_view },
	{ CMD_REGISTER, &register_sheet.ops },
	{ CMD_LIBRARY, &library_sheet.ops },
	{ CMD_SETTINGS, &settings_sheet.ops },
	{ CMD_WISHES, &wishes_sheet.ops },
	{ CMD_ROTAS, &rotas_sheet.ops },
	{ CMD_COORDINATION, &coordination_sheet.ops },
	{ CMD_HANDOVER, &handover_sheet.ops },
	{ CMD_LOG, &log_sheet.ops },
	{ CMD_PLANNED, &planned_sheet.ops },
	{ CMD_SCENES, &scenes_sheet.ops },
	{ CMD_CLOCKS, &clocks_sheet.ops },
	{ CMD_HOLIDAYS, &holidays_sheet.ops },
	{ CMD_WAITS, &waits_sheet.ops },
	{ CMD_DECISIONS, &decisions_sheet.ops },
	{ CMD_PERIODIC, &periodic_sheet.ops },
	{ CMD_GAPS, &gaps_sheet.ops },
	{ CMD_TINS, &tins_sheet.ops },
};

/* What is opened of the case under the cursor or open: a screen, a form, or
 * whatever open() does.  Ended by CMD_NONE. */
static const struct place_of_case {
	enum command command;
	const struct view_ops *ops;
	const struct sheet_form *form;
	void (*open)(struct app *app, const struct case_ref *ref);
} of_case[] = {
	{ .command = CMD_COUNTDOWNS, .ops = &countdown_sheet.ops },
	{ .command = CMD_QUICK, .ops = &quick_sheet.ops },
	{ .command = CMD_HOLD_POLICE, .ops = &scene_sheet.ops },
	{ .command = CMD_CUSTODY, .ops = &custody_sheet.ops },
	{ .command = CMD_VARS, .ops = &vars_sheet.ops },
	{ .command = CMD_CALLS, .ops = &call_sheet.ops },
	{ .command = CMD_CALLED, .ops = &called_sheet.ops },
	{ .command = CMD_POSTED, .ops = &posted_sheet.ops },
	{ .command = CMD_COPY_CASE, .open = copy_case_open },
	{ .command = CMD_PAPER, .form = &paper_form },
	{ .command = CMD_PRINT_CASE, .open = print_case_open },
	{ .command = CMD_CASE_PDF, .open = pdf_of_case },
	{ .command = CMD_RUN_EXPORT, .open = run_files_of },
	{ .command = CMD_CASE_CLOCKS, .ops = &case_clocks_sheet.ops },
	{ .command = CMD_NOTICES, .ops = &notices_sheet.ops },
	{ .command = CMD_REPORTABLE, .form = &reportable_form },
	{ .command = CMD_BACK_BY, .form = &back_by_form },
	{ .command = CMD_CALLERS, .ops = &callers_sheet.ops },
	{ .command = CMD_ALL_CLEAR, .ops = &over_sheet.ops },
	{ .command = CMD_POINTS, .ops = &points_sheet.ops },
	{ .command = CMD_POINTS_PASTE, .form = &points_paste_form },
	{ .command = CMD_WAIT, .form = &waiting_add_form },
	{ .command = CMD_ASK, .form = &decision_ask_form },
	{ .command = CMD_NONE },
};

/* Forms whose drafts go on after a restart.  Ended by NULL. */
static const struct sheet_form *const forms[] = {
	&clock_add_form,
	&clock_na_form,
	&countdown_add_form,
	&custody_form,
	&handover_give_form,
	&item_form,
	&log_form,
	&paper_form,
	&holiday_add_form,
	&notice_confirm_form,
	&notice_sent_form,
	&notice_update_form,
	&notice_void_form,
	&reportable_form, &back_by_form,
	&planned_add_form,
	&points_paste_form,
	&quick_make_form,
	&quick_text_form,
	&scene_hold_form,
	&scene_release_form,
	&waiting_add_form, &waiting_asked_form, &waiting_raise_form, &waiting_done_form,
	&decision_ask_form, &decision_answer_form, &decision_paper_form,
	&decision_withdraw_form,
	&call_form, &correct_form,
	&posted_form,
	&confirm_paste_form,
	&tin_close_form,
	&tin_done_form,
	&tin_reply_form,
	NULL,
};

void
place_begin(struct app *app, const char *open_case)
{
	app_open(app, view_new(&desk_view));
	if (open_case != NULL) {
		place_open_case(app, open_case);
	}
	place_offer_drafts(app);
}

/* Once, while the person looks at the first frame: the plans are read, and the
 * statements of a case and of the list's end are prepared, so that the first
 * case opens as fast as the second. */
static bool
run_warm(struct request *request, struct desk *desk, struct error *err)
{
	const struct rows_ask last = { .preset = PRESET_OPEN, .sort = SORT_DUE,
		.want = LIST_WANT_LAST, .limit = 1 };
	const struct library *library;
	struct case_model model;
	struct case_rows rows;
	bool ok;

	(void)request;
	if (!case_library(&library, desk, err) || !case_rows_load(&rows, desk, &last, err)) {
		return false;
	}
	ok = rows.count == 0 ||
		case_model_load(&model, desk, rows.rows[0].id, TIMES_PAGE, err);
	if (ok && rows.count > 0) {
		case_model_free(&model);
	}
	case_rows_free(&rows);
	return ok;
}

static void
done_warm(struct request *request, struct app *app)
{
	if (!request->ok) {
		app_error(app, &request->err);
	}
}

static void
free_warm(struct request *request)
{
	free(request);
}

void
place_warm(struct app *app)
{
	struct request *request = xcalloc(1, sizeof(*request));

	*request = (struct request){ .run = run_warm, .done = done_warm,
		.free = free_warm };
	app_ask(app, NULL, request);
}

void
place_end(void)
{
	case_library_drop();
}

/* A case that is open somewhere on the stack is brought up, not opened twice. */
void
place_open_case(struct app *app, const char *spec)
{
	struct view *base = app_base(app);

	if (base->ops == &case_view && base->ops->case_id(base) != NULL
		&& strcmp(base->ops->case_id(base), spec) == 0) {
		return;
	}
	app_open(app, case_view_of(spec));
}

static void
send_now(struct app *app)
{
	struct error err = ERROR_INIT;

	if (app_send(app, &err)) {
		app_info(app, "%s", _("sending in the background what is due"));
	} else {
		app_error(app, &err);
	}
}

static unsigned
last_case(struct app *app)
{
	const char *id = app_last_case(app);

	if (app_base(app)->ops == &case_view) {
		return VIEW_HANDLED;
	}
	if (id[0] == '\0') {
		app_info(app, "%s", _("no case was opened yet"));
	} else {
		place_open_case(app, id);
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

/* ---- of a case ---- */

static const struct place_of_case *
find_of_case(enum command command)
{
	for (const struct place_of_case *p = of_case; p->command != CMD_NONE; p++) {
		if (p->command == command) {
			return p;
		}
	}
	return NULL;
}

static const char *
case_here(struct app *app)
{
	const struct view *base = app_base(app);

	return base->ops->case_id != NULL ? base->ops->case_id(base) : "";
}

bool
place_of_case(struct app *app, enum command command)
{
	return find_of_case(command) != NULL && app_base(app)->ops->case_id != NULL;
}

/* Its number and title are read before a form about it opens. */
struct ref_request {
	struct request request;
	const struct place_of_case *place;
	struct case_ref ref;
};

static bool
run_ref(struct request *request, struct desk *desk, struct error *err)
{
	return case_ref_load(&((struct ref_request *)request)->ref, desk, err);
}

static void
done_ref(struct request *request, struct app *app)
{
	struct ref_request *r = (struct ref_request *)request;

	if (!request->ok) {
		app_error(app, &request->err);
	} else if (r->place->form != NULL) {
		form_open(app, r->place->form, &r->ref, 1, NULL);
	} else {
		r->place->open(app, &r->ref);
	}
}

static void
free_ref(struct request *request)
{
	free(request);
}

static void
open_about(struct app *app, const struct place_of_case *place, const char *id)
{
	struct view *base = app_base(app);
	struct ref_request *r;

	if (place->ops == NULL) {
		r = xcalloc(1, sizeof(*r));
		r->request = (struct request){ .run = run_ref, .done = done_ref,
			.free = free_ref, .opens = true };
		r->place = place;
		memcpy(r->ref.id, id, UUID_SIZE);
		app_ask(app, NULL, &r->request);
	} else if (base->ops != place->ops || strcmp(base->about, id) != 0) {
		struct view *view = view_new(place->ops);

		memcpy(view->about, id, UUID_SIZE);
		app_open(app, view);
	}
}

static unsigned
open_of_case(struct app *app, const struct place_of_case *place)
{
	const char *why;

	if (place == NULL) {
		return VIEW_IGNORED;
	}
	why = command_refusal(place->command, app_have(app)
		& ~(case_here(app)[0] == '\0' ? NEED_CASE : 0U));
	if (why != NULL) {
		app_info(app, _("%s: not now: %s"), command_hint(place->command), why);
	} else {
		open_about(app, place, case_here(app));
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

unsigned
place_to_now(struct app *app)
{
	const struct now line = *app_now_line(app);
	const struct now *now = &line;
	enum command command = now_go_of(now->kind)->command;
	const struct place_of_case *place = find_of_case(command);

	app_go_by(app, now);
	if (place != NULL && now->case_id[0] != '\0') {
		open_about(app, place, now->case_id);
	} else if (command != CMD_NONE) {
		(void)place_command(app, command);
	} else if (now->case_id[0] != '\0') {
		place_open_case(app, now->case_id);
	} else {
		open_now_why(app);
	}
	app_go_by(app, NULL);
	return VIEW_HANDLED | VIEW_DIRTY;
}

bool
place_reopen_draft(struct app *app, const struct draft *draft)
{
	return form_reopen(app, forms, draft);
}

unsigned
place_command(struct app *app, enum command command)
{
	switch (command) {
	case CMD_CASE:
		return last_case(app);
	case CMD_NEW:
		open_tin(app, NULL);
		break;
	case CMD_NEW_CASE:
		open_new_case(app, NULL);
		break;
	case CMD_PALETTE:
		open_palette(app);
		break;
	case CMD_MENU:
		open_menu(app);
		break;
	case CMD_HELP:
		open_help(app);
		break;
	case CMD_HOW:
		open_now_why(app);
		break;
	case CMD_TODAY:
		return place_to_now(app);
	case CMD_SEND_NOW:
		send_now(app);
		break;
	case CMD_MESSAGES:
		open_messages(app);
		break;
	case CMD_DRAFTS:
		open_drafts(app);
		break;
	default:
		for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
			if (places[i].command == command) {
				app_home(app);
				if (places[i].ops != &desk_view) {
					app_open(app, view_new(places[i].ops));
				}
				return VIEW_HANDLED | VIEW_DIRTY;
			}
		}
		return open_of_case(app, find_of_case(command));
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

bool
place_built(enum command command)
{
	static const enum command everywhere[] = {
		CMD_CASE, CMD_NEW, CMD_NEW_CASE, CMD_PALETTE, CMD_HELP, CMD_HOW, CMD_MESSAGES,
		CMD_DRAFTS,
		CMD_SEND_NOW,
		CMD_BACK, CMD_PLACE_BACK, CMD_PLACE_FORWARD, CMD_CLOSE_VIEW, CMD_ENTER,
		CMD_MENU, CMD_REFRESH, CMD_REDRAW, CMD_LINES, CMD_SUSPEND, CMD_QUIT,
	};

	for (size_t i = 0; i < sizeof(everywhere) / sizeof(everywhere[0]); i++) {
		if (everywhere[i] == command) {
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (places[i].command == command) {
			return true;
		}
	}
	return find_of_case(command) != NULL;
}

bool
tui_has_command(enum command command)
{
	return (command_rows[command].group != GROUP_GO && !command_of_place(command))
		|| place_built(command);
}
