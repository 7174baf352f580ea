/* md_decision.c owns a decision asked of somebody and its fall-back: "Người quyết",
 * "Không gặp được sau: 5 phút; làm gì". */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/md_build.h"

/* Where what is done then begins, behind the time; NULL where the text has no such
 * two parts. */
static const char *
parts(int64_t *after, const char *text)
{
	const char *cut = strchr(text, ';');
	char *span = cut == NULL ? xstrdup("") : xstrndup(text, (size_t)(cut - text));
	bool good = md_parse_span(after, span);

	free(span);
	if (!good) {
		return NULL;
	}
	cut += 1 + strspn(cut + 1, " ");
	return *cut != '\0' ? cut : NULL;
}

void
md_add_decision(struct md_building *b, struct json *ext, const struct json *step)
{
	const char *by = json_get_text(step, "decides");
	const char *text = json_get_text(step, "fallback");
	int line = (int)json_get_int(step, "line", 0);
	struct json *decision;
	const char *fallback;
	int64_t after = 0;

	if (by == NULL && text == NULL) {
		return;
	}
	fallback = text != NULL ? parts(&after, text) : NULL;
	if (by == NULL || fallback == NULL) {
		md_fault(b->faults, line,
			_("a decision says who decides, and what is done when nobody is reached: "
			"Decides: NAME and Not reached after: 5 minutes; WHAT"));
		return;
	}
	decision = json_object();
	json_set_text(decision, "by", md_agent(b, by));
	json_set_int(decision, "fallback_after_ms", after);
	json_set_text(decision, "fallback", fallback);
	json_set(ext, "decision", decision);
}

void
md_model_decision(struct json *out, const struct playbook *playbook,
	const struct step *step, const char *language)
{
	const struct json *decision = json_get(step->ext, "decision");
	const char *by = json_get_text(decision, "by");
	const char *fallback = json_get_text(decision, "fallback");
	char *span, *text;

	if (by == NULL || fallback == NULL) {
		return;
	}
	span = md_span(json_get_int(decision, "fallback_after_ms", 0), language);
	text = xasprintf("%s; %s", span, fallback);
	json_set_text(out, "decides", playbook_agent_name(playbook, by));
	json_set_text(out, "fallback", text);
	free(text);
	free(span);
}
