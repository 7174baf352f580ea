/* case_offer.c owns the offer of the next status on the case's screen: said when a
 * step is done, one key sets it, nothing waits for it. */
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"
#include "tui/act_run.h"
#include "tui/app.h"
#include "tui/case_screen.h"

/* The answer to a step that was done ends with what it makes of the case. */
void
case_tell_offer(struct case_screen *s, const struct status_offer *was)
{
	const struct status_offer *now = &s->model.offer;
	char key[KEY_NAME_SIZE];

	if (now->to[0] == '\0' || strcmp(now->to, was->to) == 0) {
		return;
	}
	command_key(CMD_STATUS_NEXT, key);
	app_info(s->app, now->refused[0] == '\0'
		? _("step %d done, z takes it back. Status now %s? %s sets it")
		: _("step %d done, z takes it back. %s comes next, not yet: %s"), now->n,
		word_label(WORDS_STATUS, now->to), now->refused[0] == '\0' ? key
		: now->refused);
}

/* Row 2 has no room for the status at 80 columns: the answer names it. */
static bool
take_status(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	const char *to = json_text_of(values, "to");

	if (!act_do_status(desk, ref, values, err)) {
		return false;
	}
	*said = xasprintf(_("%s now; z takes it back"), word_label(WORDS_STATUS, to));
	return true;
}

/* One key sets what row 2 asks; closing has its own form, which says what is left. */
unsigned
case_take_offer(struct case_screen *s)
{
	const char *to = s->model.offer.to;
	struct json *values;
	struct case_ref ref;

	case_ref_of(s, &ref);
	if (strcmp(to, "closed") == 0) {
		return act_on_cases(s->app, CMD_CLOSE_CASE, &ref, 1);
	}
	if (strcmp(to, "acknowledged") == 0) {
		return act_on_cases(s->app, CMD_ACK, &ref, 1);
	}
	values = json_object();
	json_set_text(values, "to", to);
	json_set_text(values, "verb", "status");
	act_post(s->app, &(struct act_call){ .run_said = take_status,
		.said = N_("status of %s changed; z takes it back"), .refs = &ref, .count = 1,
		.values = values, .guard = true });
	return VIEW_HANDLED | VIEW_DIRTY;
}
