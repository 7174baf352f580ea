/* act_undo.c owns the question before an older act is taken back than the last
 * one: it names what stays and what would go. */
#include "tui/act_undo.h"

#include <stdlib.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/undo.h"
#include "core/undo_next.h"
#include "tui/ask.h"
#include "tui/command.h"

struct undo_request {
	struct request request;
	struct case_ref ref;
	const char *said;
	struct undo_next next;
};

/* What the open question will do. */
struct older {
	struct case_ref ref;
	const char *said;
	int64_t seq;
};

bool
act_undo_last(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int64_t seq = json_get_int(values, "seq", 0);

	return seq == 0 ? undo_last(desk, ref->id, err) : undo_event(desk, ref->id, seq, err);
}

static void
post(struct app *app, const struct case_ref *ref, const char *said, int64_t seq)
{
	struct json *values = json_object();

	json_set_int(values, "seq", seq);
	act_post(app, &(struct act_call){ .run = act_undo_last, .said = said, .refs = ref,
		.count = 1, .values = values, .tell = true });
}

static bool
confirmed(struct app *app, void *arg)
{
	const struct older *older = arg;

	post(app, &older->ref, older->said, older->seq);
	return true;
}

static void
ask_older(struct app *app, const struct undo_request *u)
{
	struct older *older = xcalloc(1, sizeof(*older));
	char *text = xasprintf(_("The last that you did here stays (%s): %s. Undo the one"
		" before it? %s"), u->next.never, u->next.passed_text, u->next.text);

	*older = (struct older){ .ref = u->ref, .said = u->said, .seq = u->next.seq };
	ask_confirm(app, &(struct confirm){ .title = command_hint(CMD_UNDO), .text = text,
		.yes = _("Undo the one before"), .done = confirmed, .arg = older,
		.free_arg = free });
	free(text);
}

static bool
run_look(struct request *request, struct desk *desk, struct error *err)
{
	struct undo_request *u = (struct undo_request *)request;

	return undo_next(desk, u->ref.id, &u->next, err);
}

static void
done_look(struct request *request, struct app *app)
{
	struct undo_request *u = (struct undo_request *)request;

	if (!request->ok) {
		app_error(app, &request->err);
	} else if (u->next.passed != 0 && u->next.seq != 0) {
		ask_older(app, u);
	} else {
		/* Also what cannot be: the desk says why. */
		post(app, &u->ref, u->said, 0);
	}
}

static void
free_look(struct request *request)
{
	struct undo_request *u = (struct undo_request *)request;

	undo_next_clear(&u->next);
	free(u);
}

void
act_undo(struct app *app, const struct case_ref *ref, const char *said)
{
	struct undo_request *u = xcalloc(1, sizeof(*u));

	u->request = (struct request){ .run = run_look, .done = done_look,
		.free = free_look, .always = true, .opens = true };
	u->ref = *ref;
	u->said = said;
	app_ask(app, NULL, &u->request);
}
