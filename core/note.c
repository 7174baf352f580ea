/* note.c owns notes: they live in the timeline only, so that apply has no row
 * of its own to write. */
#include "core/note.h"

#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/text.h"

bool
apply_note_added(const struct applying *a, struct error *err)
{
	(void)a;
	(void)err;
	return true;
}

void
search_note_added(struct buf *out, const struct json *body)
{
	const char *text = json_get_text(body, "text");

	buf_adds(out, text == NULL ? "" : text);
}

/* New notes of a merged case go to its target (DATA 4). */
static bool
target_of(struct desk *desk, const char *case_id, char target[UUID_SIZE],
	struct error *err)
{
	struct ir_case c;
	bool ok = case_load(&c, desk, case_id, err);

	if (ok) {
		memcpy(target, c.merged_into[0] == '\0' ? c.id : c.merged_into, UUID_SIZE);
	}
	case_clear(&c);
	return ok;
}

bool
note_add(struct desk *desk, const char *case_id, const struct note_new *what,
	struct error *err)
{
	char target[UUID_SIZE];
	struct json *body;
	char *text = NULL;

	if (!desk_may(desk, ACT_WORK, err) ||
	    !text_accept(&text, what->text, strlen(what->text), TEXT_MANY_LINES,
		    limit(LIMIT_NOTE), _("note"), err)) {
		return false;
	}
	if (text[0] == '\0') {
		free(text);
		return error_set(err, ERR_BAD_INPUT, _("the note is empty"));
	}
	if (!change_begin(desk, err)) {
		free(text);
		return false;
	}
	if (!target_of(desk, case_id, target, err)) {
		free(text);
		return change_end(desk, false, err);
	}
	body = json_object();
	json_set_text(body, "text", text);
	if (what->typed != NULL) {
		json_set_text(body, "typed", what->typed);
	}
	free(text);
	change_add_at(desk, "note_added", target, body,
		(struct event_time){ .at = what->at });
	return change_end(desk, true, err);
}
