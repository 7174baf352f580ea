/* app_act.c owns what keys do: to the view on top, else what every screen does
 * the same way. */
#include <stdlib.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/app_private.h"
#include "tui/ask.h"
#include "tui/places.h"

#define CTRL_C_TWICE_MS 1500

static unsigned
esc(struct app *app)
{
	if (app_back(app)) {
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	app_info(app, "%s", _("this is the desk; C-c twice or :quit leaves suco"));
	return VIEW_HANDLED | VIEW_DIRTY;
}

/* What every screen does the same way. */
static unsigned
own_command(struct app *app, enum command command)
{
	switch (command) {
	case CMD_BACK:
		return esc(app);
	case CMD_PLACE_BACK:
	case CMD_CLOSE_VIEW:
		if (!app_back(app) && command == CMD_CLOSE_VIEW) {
			ask_quit(app);
		}
		return VIEW_HANDLED;
	case CMD_PLACE_FORWARD:
		if (!app_forward(app)) {
			app_info(app, "%s", _("there is no place ahead"));
		}
		return VIEW_HANDLED;
	case CMD_REFRESH:
		app_all_stale(app);
		return VIEW_HANDLED;
	case CMD_REDRAW:
		if (app->options.host.redraw != NULL) {
			app->options.host.redraw(app->options.host.arg);
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_LINES:
		app_next_lines(app);
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_SUSPEND:
		app_save_drafts(app);
		if (app->options.host.suspend != NULL) {
			app->options.host.suspend(app->options.host.arg);
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	case CMD_QUIT:
		ask_quit(app);
		return VIEW_HANDLED;
	case CMD_DESK:
		app_home(app);
		return VIEW_HANDLED | VIEW_DIRTY;
	default:
		return place_command(app, command);
	}
}

unsigned
app_have(struct app *app)
{
	unsigned have = 0;
	struct view *base = app_base(app);
	struct view *top = app_top(app);

	if (base != NULL) {
		have = view_have(base);
	}
	if (top != NULL && top != base) {
		have |= view_have(top);
	}
	if (!app->summary.readonly && app->summary.me.role >= ROLE_RESPONDER) {
		have |= NEED_WRITE;
	}
	return have;
}

static bool
in_field(const struct view *view)
{
	return view->ops->in_field != NULL && view->ops->in_field(view);
}

/* What a view did is done for it; it may have closed itself, or opened another. */
static unsigned
did_in(struct app *app, uint64_t id, unsigned did)
{
	struct view *view = app_view(app, id);

	if (view != NULL && (did & VIEW_RELOAD) != 0) {
		app_reload(app, view);
	}
	if (view != NULL && (did & VIEW_CLOSE) != 0) {
		app_close(app, view);
	}
	app->dirty = app->dirty || (did & (VIEW_DIRTY | VIEW_CLOSE)) != 0;
	return did;
}

/* What of the app's own goes on while a popup is open. */
static bool
in_popup(const struct view *popup, enum command command)
{
	return command == CMD_BACK || command == CMD_REDRAW || command == CMD_SUSPEND
		|| command == CMD_LINES || (command == CMD_HELP && in_field(popup));
}

/* The telephone rings while a menu or a form stands open: it goes, its text is
 * kept as by Esc. */
static void
leave_popups(struct app *app)
{
	while (app_top(app)->ops->popup) {
		uint64_t id = app_top(app)->id;

		(void)app_do(app, CMD_BACK);
		if (app_top(app)->id == id) {
			return;
		}
	}
}

unsigned
app_do(struct app *app, enum command command)
{
	struct view *top;
	uint64_t id;
	const char *why = command_refusal(command, app_have(app));
	unsigned did = VIEW_IGNORED;

	if (why == NULL && command == CMD_NEW) {
		leave_popups(app);
	}
	top = app_top(app);
	id = top->id;
	if (why != NULL && (view_knows(top, command) || command == CMD_NEW)) {
		app_info(app, _("%s: not now: %s"), command_hint(command), why);
		return VIEW_HANDLED;
	}
	if (top->ops->act != NULL) {
		did = top->ops->act(top, app, command);
	}
	if (did == VIEW_IGNORED && top->ops->popup && !in_popup(top, command)) {
		return VIEW_IGNORED;
	}
	if (did == VIEW_IGNORED) {
		did = own_command(app, command);
	}
	if (did == VIEW_IGNORED && why != NULL) {
		app_info(app, _("%s: not now: %s"), command_hint(command), why);
		did = VIEW_HANDLED;
	}
	return did_in(app, id, did);
}

/* Ctrl-C is Esc; twice within a moment it offers to quit. */
static bool
ctrl_c(struct app *app)
{
	int64_t mono = app_mono(app);
	bool twice = app->ctrl_c_at != 0 && mono - app->ctrl_c_at < CTRL_C_TWICE_MS;

	app->ctrl_c_at = twice ? 0 : mono;
	if (twice) {
		ask_quit(app);
	}
	return twice;
}

static void
unknown_key(struct app *app, const struct key *key)
{
	if (key->text[0] != '\0' && (unsigned char)key->text[0] >= 0x80) {
		app_info(app, "%s", _("Vietnamese input is on: switch it off for commands"));
	}
}

/* Kept whole, NUL bytes too, until a note is opened for it. */
static void
put_aside(struct app *app, struct key *key)
{
	free(app->pasted);
	app->pasted = key->paste;
	app->pasted_len = key->paste_len;
	key->paste = NULL;
	app_info(app, "%s",
		_("a paste outside a text field was put aside; c opens a note for it"));
}

char *
app_take_paste(struct app *app, size_t *len)
{
	char *pasted = app->pasted;

	*len = app->pasted_len;
	app->pasted = NULL;
	app->pasted_len = 0;
	return pasted;
}

static unsigned
give_key(struct app *app, struct view *top, const struct key *key)
{
	uint64_t id = top->id;
	unsigned did = top->ops->key == NULL ? VIEW_IGNORED
		: top->ops->key(top, app, key);

	return did_in(app, id, did);
}

bool
app_takes_keys(const struct app *app)
{
	const struct view *top = app->count == 0 ? NULL : app->stack[app->count - 1];

	return app->opening == 0 && (top == NULL || top->ops->popup
		|| top->ops->load == NULL || top->loaded);
}

void
app_key(struct app *app, struct key *key)
{
	struct view *top = app_top(app);
	enum command command;

	app->keys++;
	app->key_at = app_mono(app);
	app_clear_line(app);
	if (key->code == K_MOUSE && key->mouse != MOUSE_CLICK) {
		(void)app_do(app, key->mouse == MOUSE_WHEEL_UP ? CMD_UP : CMD_DOWN);
		return;
	}
	if (key->code == K_CTRL('c') && ctrl_c(app)) {
		return;
	}
	if (app->opening > 0) {
		/* Meant for what comes, never for the screen below it. */
		app_info(app, "%s", _("one moment, this is being read; the key was not taken"));
	} else if (key->paste_cut) {
		/* Half of a paste is worse than none. */
		app_info(app, _("the paste is longer than %zu MiB: none of it was taken"),
			PASTE_MAX >> 20);
	} else if (give_key(app, top, key) == VIEW_IGNORED) {
		top = app_top(app);
		command = command_of_key(key->code, in_field(top));
		if (key->code == K_PASTE) {
			put_aside(app, key);
		} else if (command == CMD_NONE) {
			unknown_key(app, key);
		} else {
			(void)app_do(app, command);
		}
	}
	free(key->paste);
	key->paste = NULL;
}
