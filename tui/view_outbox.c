/* view_outbox.c owns the outbox's screen: loading it, moving in it, what its
 * keys do. */
#include "tui/view_outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/ask.h"
#include "tui/model.h"
#include "tui/number.h"
#include "tui/places.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("release, call, read") },
	{ CMD_RETRY, NULL },
	{ CMD_HOLD, NULL },
	{ CMD_PRESETS, NULL },
	{ CMD_FILTER, NULL },
	{ CMD_MENU, NULL },
	{ CMD_HOW, NULL },
	{ CMD_PLACE_BACK, NULL },
	{ CMD_RELEASE, NULL },
	{ CMD_BY_HAND, NULL },
	{ CMD_MARK, NULL },
	{ CMD_MARK_ALL, NULL },
	{ CMD_COPY, NULL },
	{ CMD_TODAY, NULL },
	{ CMD_UP, NULL }, { CMD_DOWN, NULL }, { CMD_PAGE_UP, NULL },
	{ CMD_PAGE_DOWN, NULL }, { CMD_HALF_UP, NULL }, { CMD_HALF_DOWN, NULL },
	{ CMD_FIRST, NULL }, { CMD_LAST, NULL },
	{ CMD_NONE, NULL },
};

static const struct table_column columns[] = {
	[OUT_STATE] = { N_("STATE"), 16, 0, false },
	[OUT_TO] = { N_("TO"), 13, 0, false, .wide = 28 },
	[OUT_VIA] = { N_("BY"), 7, 70, false },
	[OUT_CASE] = { N_("CASE"), 9, 60, false },
	[OUT_WHAT] = { N_("WHAT"), 0, 0, false },
	[OUT_TRIES] = { N_("TRY"), 3, 80, true },
	[OUT_AGE] = { N_("AGE"), 5, 60, true },
	{ 0 },
};

static const struct browse_source source = {
	.columns = columns, .load = outbox_page, .empty = N_("no message here"),
};

/* ---- the message under the cursor ---- */

struct one_request {
	struct request request;
	char id[UUID_SIZE];
	enum outbox_then then;
	struct outbox_one one;
	struct outbox_health health;
};

static bool
run_one(struct request *request, struct desk *desk, struct error *err)
{
	struct one_request *r = (struct one_request *)request;

	return outbox_health_load(&r->health, desk, err)
		&& (r->id[0] == '\0' || outbox_one_load(&r->one, desk, r->id, err));
}

static void
done_one(struct request *request, struct app *app)
{
	struct one_request *r = (struct one_request *)request;
	struct outbox_view *o = (struct outbox_view *)app_view(app, request->view_id);

	if (!request->ok) {
		app_error(app, &request->err);
		return;
	}
	o->health = r->health;
	o->health_read = true;
	outbox_one_free(&o->one);
	o->one = r->one;
	r->one = (struct outbox_one){ 0 };
	if (r->then == THEN_READ) {
		char *text = outbox_whole_text(&o->one, app_screen(app));

		ask_read(app, o->one.m.to_name, text);
		free(text);
	} else if (r->then == THEN_RELEASE) {
		outbox_ask_release(app, &o->one);
	}
}

static void
free_one(struct request *request)
{
	outbox_one_free(&((struct one_request *)request)->one);
	free(request);
}

void
outbox_ask_one(struct outbox_view *o, enum outbox_then then)
{
	const struct table_row *here = browse_here(&o->browse);
	struct one_request *r = xcalloc(1, sizeof(*r));

	r->request = (struct request){ .run = run_one, .done = done_one,
		.free = free_one, .replaces = then == THEN_PREVIEW ? 2 : 0,
		.opens = then != THEN_PREVIEW };
	r->then = then;
	snprintf(r->id, sizeof(r->id), "%s", here != NULL ? here->id : "");
	app_ask(o->browse.app, &o->browse.view, &r->request);
}

static void
moved(struct browse *browse)
{
	struct outbox_view *o = (struct outbox_view *)browse;

	if (o->wanted[0] != '\0') {
		char id[UUID_SIZE];

		memcpy(id, o->wanted, UUID_SIZE);
		o->wanted[0] = '\0';
		if (browse_to(browse, id)) {
			return;
		}
	}
	outbox_ask_one(o, THEN_PREVIEW);
}

/* The cursor begins on the message that NOW speaks of. */
static void
start(struct view *view, struct app *app)
{
	struct outbox_view *o = (struct outbox_view *)view;

	browse_start(&o->browse, app, &source);
	o->browse.moved = moved;
	snprintf(o->browse.about, sizeof(o->browse.about), "%s", app_last_case(app));
	memcpy(o->wanted, app_now_line(app)->item, UUID_SIZE);
}

static void
stop(struct view *view)
{
	struct outbox_view *o = (struct outbox_view *)view;

	outbox_one_free(&o->one);
	browse_stop(&o->browse);
}

/* ---- acting ---- */

static bool
preset_chosen(struct app *app, void *arg, const char *word)
{
	struct view *base = app_base(app);

	(void)arg;
	if (base->ops == &outbox_view) {
		browse_turn((struct browse *)base, &source, number_of(word));
	}
	return true;
}

static unsigned
pick_preset(struct outbox_view *o)
{
	struct view *pick = ask_pick(o->browse.app, &(struct pick){
		.title = _("show"), .done = preset_chosen });

	for (int i = 0; i < OUTBOX_PRESETS; i++) {
		char word[8];

		snprintf(word, sizeof(word), "%d", i);
		pick_add(pick, word, outbox_preset_label((enum outbox_preset)i), NULL,
			i == OUTBOX_CASE && o->browse.about[0] == '\0'
				? _("no case was opened yet") : NULL);
	}
	return VIEW_HANDLED | VIEW_DIRTY;
}

static unsigned
to_now(struct outbox_view *o)
{
	const struct now *now = &app_summary(o->browse.app)->now;

	return browse_to(&o->browse, now->item) ? VIEW_HANDLED | VIEW_DIRTY
		: place_to_now(o->browse.app);
}

static unsigned
copy(struct outbox_view *o)
{
	const struct table_row *here = browse_here(&o->browse);

	if (here != NULL && strcmp(here->id, o->one.m.id) == 0) {
		char *text = xasprintf("%s\n%s", o->one.subject, o->one.text);

		(void)app_copy(o->browse.app, text);
		free(text);
	}
	return VIEW_HANDLED;
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct outbox_view *o = (struct outbox_view *)view;
	unsigned did;

	(void)app;
	switch (command) {
	case CMD_ENTER:
		return outbox_enter(o);
	case CMD_PRESETS:
		return pick_preset(o);
	case CMD_TODAY:
		return to_now(o);
	case CMD_COPY:
		return copy(o);
	case CMD_HOW:
		if (browse_here(&o->browse) == NULL) {
			return VIEW_IGNORED;
		}
		outbox_ask_one(o, THEN_READ);
		return VIEW_HANDLED;
	default:
		did = outbox_act(o, command);
		return did != VIEW_IGNORED ? did : browse_act(&o->browse, command);
	}
}

static const struct {
	const char *state;
	unsigned have;
} possible[] = {
	{ "queued", NEED_UNTOLD },
	{ "held", NEED_HELD | NEED_UNTOLD },
	{ "owed", NEED_UNTOLD },
	{ "failed", NEED_STUCK | NEED_UNTOLD },
	{ "expired", NEED_STUCK | NEED_UNTOLD },
	{ "unknown", NEED_STUCK | NEED_UNTOLD },
	{ "handed_over", NEED_STUCK | NEED_UNTOLD },
	{ "dropped", NEED_STUCK },
};

static unsigned
possible_for(const struct table_row *row)
{
	for (size_t i = 0; i < sizeof(possible) / sizeof(possible[0]); i++) {
		if (strcmp(possible[i].state, row->state) == 0) {
			return possible[i].have;
		}
	}
	return 0;
}

/* Of several that are marked: what can be done to one of them. */
static unsigned
have(const struct view *view)
{
	const struct browse *b = (const struct browse *)view;
	const struct table_row *here = browse_here(b);
	unsigned bits = 0;

	if (here == NULL) {
		return 0;
	}
	/* The act itself says that some are not shown. */
	if (browse_hidden(b) > 0) {
		bits |= NEED_HELD | NEED_STUCK | NEED_UNTOLD;
	}
	for (int i = 0; i < b->rows.count && b->list.mark_count > 0; i++) {
		bits |= list_marked(&b->list, b->rows.rows[i].id)
			? possible_for(&b->rows.rows[i]) : 0u;
	}
	bits |= b->list.mark_count == 0 ? possible_for(here) : 0u;
	return bits | NEED_ROW | NEED_MESSAGE
		| (here->about[0] != '\0' ? NEED_CASE : 0u);
}

static const char *
case_id(const struct view *view)
{
	const struct table_row *here = browse_here((const struct browse *)view);

	return here != NULL ? here->about : "";
}

const struct view_ops outbox_view = {
	.name = "outbox",
	.size = sizeof(struct outbox_view),
	.hints = hints,
	.start = start,
	.stop = stop,
	.load = browse_load,
	.format = outbox_show,
	.act = act,
	.key = browse_key,
	.in_field = browse_in_field,
	.have = have,
	.state = outbox_state,
	.case_id = case_id,
};
