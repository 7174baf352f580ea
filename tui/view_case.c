/* view_case.c owns the case's screen: loading it, moving in it, what its keys
 * do. */
#include "tui/case_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/case_rows.h"
#include "tui/model.h"
#include "tui/case_now.h"
#include "tui/places.h"
#include "tui/register_act.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("step menu") },
	{ CMD_STATUS_NEXT, NULL },
	{ CMD_NOTE, NULL },
	{ CMD_TAKE, N_("hand over") },
	{ CMD_HOW, NULL },
	{ CMD_FILES, NULL },
	{ CMD_MENU, NULL },
	{ CMD_UNDO, NULL },
	{ CMD_PLACE_BACK, NULL },
	{ CMD_PALETTE, NULL },
	{ CMD_ACK, NULL }, { CMD_DECLINE, NULL }, { CMD_PASS, NULL }, { CMD_CALL_NEXT, NULL },
	{ CMD_SEVERITY, NULL },
	{ CMD_STATUS, NULL },
	{ CMD_BEGIN, NULL },
	{ CMD_STEP_DONE, NULL },
	{ CMD_STEP_START, NULL },
	{ CMD_STEP_FAILED, NULL },
	{ CMD_STEP_SKIP, NULL },
	{ CMD_STEP_ASSIGN, NULL },
	{ CMD_STEP_LIST, NULL },
	{ CMD_STEP_EXTEND, NULL },
	{ CMD_STEP_BACK, NULL },
	{ CMD_COMMANDS, NULL },
	{ CMD_RUN_PAUSE, NULL },
	{ CMD_RUN_RESUME, NULL },
	{ CMD_RUN_STOP, NULL },
	{ CMD_TASK_ADD, NULL },
	{ CMD_EVIDENCE_ADD, NULL },
	{ CMD_OBSERVABLE_ADD, NULL },
	{ CMD_SET_FIELD, NULL },
	{ CMD_ASSET_STATE, NULL },
	{ CMD_MERGE, NULL },
	{ CMD_UNMERGE, NULL },
	{ CMD_LINK, NULL },
	{ CMD_CLOSE_CASE, NULL },
	{ CMD_DISMISS, NULL },
	{ CMD_REOPEN, NULL },
	{ CMD_REDO, NULL },
	{ CMD_PRINT_CASE, NULL }, { CMD_CASE_PDF, NULL }, { CMD_RUN_EXPORT, NULL },
	{ CMD_COPY_CASE, NULL },
	{ CMD_PAPER, NULL },
	{ CMD_COPY, NULL },
	{ CMD_TODAY, NULL },
	{ CMD_ZOOM_IN, NULL },
	{ CMD_ZOOM_OUT, NULL },
	{ CMD_HOLD, N_("not waited for any more") },
	{ CMD_PANE_NEXT, NULL },
	{ CMD_LEFT, NULL }, { CMD_RIGHT, NULL },
	{ CMD_UP, NULL }, { CMD_DOWN, NULL }, { CMD_PAGE_UP, NULL },
	{ CMD_PAGE_DOWN, NULL }, { CMD_HALF_UP, NULL }, { CMD_HALF_DOWN, NULL },
	{ CMD_FIRST, NULL }, { CMD_LAST, NULL },
	{ CMD_NONE, NULL },
};

/* ---- loading ---- */

struct case_request {
	struct request request;
	char spec[UUID_SIZE];
	int times;
	struct case_model model;
};

static bool
run_case(struct request *request, struct desk *desk, struct error *err)
{
	struct case_request *r = (struct case_request *)request;

	return case_model_load(&r->model, desk, r->spec, r->times, err);
}

static const char *
plan_id(const void *model, int row)
{
	return ((const struct case_model *)model)->plan[row].id;
}

static void
done_case(struct request *request, struct app *app)
{
	struct case_request *r = (struct case_request *)request;
	struct case_screen *s = (struct case_screen *)app_view(app, request->view_id);
	bool did_wait = case_hands_on(s);
	struct status_offer was = s->model.offer;
	struct case_model old;

	if (!request->ok) {
		s->loading_failed = s->model.c.id[0] == '\0';
		app_error(app, &request->err);
		return;
	}
	old = s->model;
	s->model = r->model;
	r->model = (struct case_model){ 0 };
	memcpy(s->spec, s->model.c.id, UUID_SIZE);
	list_keep(&s->plan, s->model.plan_count, plan_id, &s->model);
	if (!s->placed) {
		s->plan.count = s->model.plan_count;
		case_to_open_step(s);
		s->placed = true;
	} else if (did_wait && !case_hands_on(s)) {
		case_tell_offer(s, &was);
		case_to_step_after(s);
	} else if (!did_wait) {
		case_to_new_round(s, &old);
	}
	case_model_free(&old);
	if (case_plan_here(s) != NULL) {
		memcpy(s->plan.id, case_plan_here(s)->id, UUID_SIZE);
	}
}

static void
free_case(struct request *request)
{
	case_model_free(&((struct case_request *)request)->model);
	free(request);
}

static struct request *
load(struct view *view)
{
	struct case_screen *s = (struct case_screen *)view;
	struct case_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_case, .done = done_case,
		.free = free_case, .replaces = 1 };
	memcpy(r->spec, s->spec, UUID_SIZE);
	r->times = s->times_wanted;
	return &r->request;
}

static void
start(struct view *view, struct app *app)
{
	struct case_screen *s = (struct case_screen *)view;

	s->app = app;
	s->zoom = -1;
	s->times_wanted = TIMES_PAGE;
}

static void
stop(struct view *view)
{
	struct case_screen *s = (struct case_screen *)view;

	case_model_free(&s->model);
	list_free(&s->plan);
	list_free(&s->times);
	for (int i = 0; i < TAB_COUNT; i++) {
		list_free(&s->facts[i]);
	}
}

const struct plan_line *
case_plan_here(const struct case_screen *s)
{
	return s->plan.cursor < s->model.plan_count
		? &s->model.plan[s->plan.cursor] : NULL;
}

void
case_ref_of(const struct case_screen *s, struct case_ref *ref)
{
	const struct ir_case *c = &s->model.c;

	*ref = (struct case_ref){ .severity = c->severity, .version = c->version };
	memcpy(ref->id, c->id, UUID_SIZE);
	case_short_number(ref->number, c->number);
	memcpy(ref->status, c->status, sizeof(ref->status));
	snprintf(ref->title, sizeof(ref->title), "%s", c->title);
}

/* ---- acting ---- */

static struct list *
focused(struct case_screen *s)
{
	return s->tab != TAB_PLAN ? &s->facts[s->tab]
		: s->pane == PANE_PLAN ? &s->plan : &s->times;
}

static unsigned
move(struct case_screen *s, enum command command)
{
	struct list *list = focused(s);
	enum list_want want;

	if (!list_move(list, command, &want)) {
		return VIEW_IGNORED;
	}
	if (list == &s->plan && case_plan_here(s) != NULL) {
		memcpy(s->plan.id, case_plan_here(s)->id, UUID_SIZE);
	}
	if (want == LIST_WANT_AFTER || want == LIST_WANT_LAST) {
		s->times_wanted += want == LIST_WANT_LAST ? 10 * TIMES_PAGE : TIMES_PAGE;
		return VIEW_HANDLED | VIEW_DIRTY | VIEW_RELOAD;
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
to_tab(struct case_screen *s, int tab)
{
	s->tab = (enum case_tab)((tab + TAB_COUNT) % TAB_COUNT);
	return VIEW_HANDLED | VIEW_DIRTY;
}

static void
read_entry(struct case_screen *s)
{
	const struct time_line *line;
	char when[WHEN_SHORT_SIZE];
	char *text;

	if (s->times.cursor >= s->model.time_count) {
		return;
	}
	line = &s->model.times[s->times.cursor];
	when_full(when, line->at, app_summary(s->app)->zone);
	text = xasprintf("%s  %s  #%lld  %s\n\n%s", when, line->who,
		(long long)line->seq, line->kind, line->text);
	ask_read(s->app, _("entry"), text);
	free(text);
}

static void
read_fact(struct case_screen *s)
{
	struct list *list = &s->facts[s->tab];

	if (list->cursor < s->model.fact_count[s->tab]) {
		const struct fact_line *fact = &s->model.facts[s->tab][list->cursor];

		ask_read(s->app, fact->label, fact->text);
	}
}

static unsigned
enter(struct case_screen *s)
{
	if (s->tab != TAB_PLAN) {
		read_fact(s);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	if (s->pane == PANE_TIMES) {
		read_entry(s);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	return case_step_menu(s);
}

static unsigned
copy(struct case_screen *s)
{
	const struct plan_line *line = case_plan_here(s);
	char *text = NULL;

	if (s->tab != TAB_PLAN && s->facts[s->tab].cursor < s->model.fact_count[s->tab]) {
		text = xstrdup(s->model.facts[s->tab][s->facts[s->tab].cursor].text);
	} else if (s->tab == TAB_PLAN && s->pane == PANE_TIMES
		&& s->times.cursor < s->model.time_count) {
		text = xstrdup(s->model.times[s->times.cursor].text);
	} else if (s->tab == TAB_PLAN && s->pane == PANE_PLAN && line != NULL) {
		text = case_step_text(line);
	}
	if (text != NULL) {
		(void)app_copy(s->app, text);
		free(text);
	}
	return VIEW_HANDLED;
}

static unsigned
zoom(struct case_screen *s, int step)
{
	s->zoom = (s->zoom < 0 ? 1 : s->zoom) + step;
	s->zoom = s->zoom < 0 ? 0 : s->zoom > 2 ? 2 : s->zoom;
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
act_on_case(struct case_screen *s, enum command command)
{
	struct case_ref ref;
	unsigned did = case_step_act(s, command);

	if (did == VIEW_IGNORED) {
		did = case_steer_act(s, command);
	}
	if (did != VIEW_IGNORED) {
		return did;
	}
	case_ref_of(s, &ref);
	return act_on_cases(s->app, command, &ref, 1);
}

/* "Running without standby", until somebody says that it is back. */
static unsigned
asset_state(const struct case_screen *s)
{
	if (s->model.c.asset_code == NULL || s->model.c.asset_code[0] == '\0') {
		app_info(s->app, "%s", _("the case has no system yet"));
	} else {
		register_change_state(s->app, s->model.c.asset_code, s->model.asset_state);
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct case_screen *s = (struct case_screen *)view;
	unsigned did = move(s, command);

	if (did != VIEW_IGNORED) {
		return did;
	}
	switch (command) {
	case CMD_ENTER:
		return enter(s);
	case CMD_PANE_NEXT:
	case CMD_PANE_PREV:
		if (s->tab != TAB_PLAN) {
			return to_tab(s, TAB_PLAN);
		}
		s->pane = s->pane == PANE_PLAN ? PANE_TIMES : PANE_PLAN;
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_LEFT:
		return to_tab(s, (int)s->tab - 1);
	case CMD_RIGHT:
		return to_tab(s, (int)s->tab + 1);
	case CMD_FILES:
		return to_tab(s, TAB_FILES);
	case CMD_ZOOM_IN:
	case CMD_ZOOM_OUT:
		return zoom(s, command == CMD_ZOOM_IN ? 1 : -1);
	case CMD_TODAY:
		if (!case_now_is_step(s, app_now_line(app))) {
			return case_now_go(s, app_now_line(app));
		}
		s->tab = TAB_PLAN;
		s->pane = PANE_PLAN;
		case_to_open_step(s);
		list_to(&s->times, 0);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_HOW:
		case_step_how(s);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_COMMANDS:
		case_step_commands(s);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_COPY:
		return copy(s);
	case CMD_ASSET_STATE:
		return asset_state(s);
	case CMD_STATUS_NEXT:
		return case_take_offer(s);
	case CMD_EXPORT: /* F8 is paper everywhere */
		return app_do(app, CMD_PRINT_CASE);
	default:
		return s->model.c.id[0] != '\0' ? act_on_case(s, command) : VIEW_IGNORED;
	}
}

static unsigned
have(const struct view *view)
{
	const struct case_screen *s = (const struct case_screen *)view;
	const struct ir_case *c = &s->model.c;
	unsigned bits = NEED_CASE | NEED_ROW | NEED_UNDO | NEED_REDO;

	if (c->id[0] == '\0') {
		return 0;
	}
	bits |= c->is_open ? NEED_OPEN_CASE : NEED_CLOSED_CASE;
	bits |= c->merged_into[0] != '\0' ? NEED_MERGED_CASE : 0;
	bits |= strcmp(c->status, "new") == 0 ? NEED_UNACKED : 0;
	bits |= case_step_waits(s) ? NEED_STEP : 0;
	bits |= s->model.offer.to[0] != '\0' ? NEED_OFFER : 0;
	bits |= NEED_PLAN | NEED_SHEET;
	return bits;
}

static const char *
enter_hint(const struct view *view)
{
	const struct case_screen *s = (const struct case_screen *)view;
	const struct plan_line *line = case_plan_here(s);

	if (s->tab != TAB_PLAN || s->pane != PANE_PLAN) {
		return N_("read");
	}
	if (line != NULL && (line->kind == PLAN_WAIT || line->kind == PLAN_ORDER)) {
		return line->kind == PLAN_ORDER ? N_("record the answer")
			: line->ended_at == 0 ? N_("record an asking") : N_("read");
	}
	return line != NULL && line->kind == PLAN_RUN && strcmp(line->state, "fits") == 0
		? N_("begin plan") : N_("step menu");
}

static void
state(const struct view *view, const struct screen *screen, struct buf *out)
{
	const struct case_screen *s = (const struct case_screen *)view;

	(void)screen;
	if (s->tab == TAB_PLAN && s->pane == PANE_TIMES) {
		buf_addf(out, _("entry %d of %lld, newest first"), s->times.cursor + 1,
			(long long)s->model.c.events);
	} else if (s->tab == TAB_PLAN) {
		buf_addf(out, "%s", _("Tab: timeline  Left Right: facts, files, people"));
	} else {
		buf_addf(out, "%s", _("Left Right: other tabs  Tab: plan"));
	}
}

static const char *
case_id(const struct view *view)
{
	return ((const struct case_screen *)view)->model.c.id;
}

static const struct now *
now_line(const struct view *view, const struct now *desk)
{
	return case_now((const struct case_screen *)view, desk);
}

const struct view_ops case_view = {
	.name = "case",
	.steady = true,
	.size = sizeof(struct case_screen),
	.hints = hints,
	.start = start,
	.stop = stop,
	.load = load,
	.format = case_show,
	.act = act,
	.have = have,
	.enter = enter_hint,
	.state = state,
	.now = now_line,
	.case_id = case_id,
};

struct view *
case_view_of(const char *spec)
{
	struct case_screen *s = (struct case_screen *)view_new(&case_view);

	snprintf(s->spec, sizeof(s->spec), "%s", spec);
	return &s->view;
}
