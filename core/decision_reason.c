/* decision_reason.c owns the two reasons that one decision can have: why its
 * fall-back was taken, and why it was then answered as it was.  The row keeps the
 * first; the second is read from the answer's own event. */
#include "core/decision.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

SQL(DECISION_TOLD_BY, "tt",
	"SELECT e.body FROM field_version v JOIN event e ON e.seq = v.seq"
	" WHERE v.subject = $1 AND v.field = $2");

/* The reason that the change of this field was given; NULL: none, or masked. */
static bool
given_with(char **out, struct desk *desk, const struct decision *d, const char *field,
	struct error *err)
{
	struct json *body = NULL;
	struct error ignored;
	const char *reason;
	char *text = NULL;

	*out = NULL;
	if (!db_one_text(desk_db(desk), &DECISION_TOLD_BY, &text, err, TXT(d->id),
		    TXT(field))) {
		return false;
	}
	if (text != NULL && json_parse(&body, text, strlen(text), NULL, &ignored)) {
		reason = json_get_text(body, "reason");
		if (reason == NULL) {
			reason = json_get_text(json_get(json_get(body, "set"), "reason"), "to");
		}
		*out = reason == NULL ? NULL : xstrdup(reason);
	}
	json_free(body);
	free(text);
	return true;
}

bool
decision_reasons(struct decision_reasons *out, struct desk *desk,
	const struct decision *d, struct error *err)
{
	*out = (struct decision_reasons){ 0 };
	if (d->fallback_at == 0 || d->answered_at == 0) {
		out->fallback = xstrdup(d->fallback_at != 0 ? d->reason : "");
		out->answer = xstrdup(d->fallback_at == 0 ? d->reason : "");
		return true;
	}
	if (!given_with(&out->answer, desk, d, "answered_at", err) ||
	    !given_with(&out->fallback, desk, d, "fallback_at", err)) {
		decision_reasons_clear(out);
		return false;
	}
	out->answer = out->answer == NULL ? xstrdup("") : out->answer;
	out->fallback = out->fallback == NULL ? xstrdup(d->reason) : out->fallback;
	return true;
}

void
decision_reasons_clear(struct decision_reasons *reasons)
{
	free(reasons->answer);
	free(reasons->fallback);
	*reasons = (struct decision_reasons){ 0 };
}
