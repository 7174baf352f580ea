/* describe_watch.c: the timeline's lines of the watch: calls, points, clocks,
 * decisions, promises, the shift log. */
#include <string.h>

#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/thing.h"

/* What such a row is called, and which of its columns says which one it is. */
static const struct {
	const char *thing;
	const char *word; /* marked for translation */
	const char *title;
} names[] = {
	{ "absence", N_("away"), "name" },
	{ "asking", N_("asked again"), "text" },
	{ "call_turn", N_("called"), "name" },
	{ "confirmation", N_("confirmation"), "name" },
	{ "decision", N_("decision"), "question" },
	{ "duty_layer", N_("layer of the roster"), "name" },
	{ "duty_override", N_("duty changed"), "reason" },
	{ "duty_past", N_("on call"), "name" },
	{ "duty_rota", N_("rotation"), "name" },
	{ "duty_spell", N_("roster for a span"), "name" },
	{ "duty_swap", N_("swap of duty"), "reason" },
	{ "escalation", N_("calling people"), "title" },
	{ "member_wish", N_("how a member is reached"), "name" },
	{ "phone_call", N_("call"), "to_name" },
	{ "raised_watch", N_("raised watch"), "name" },
	{ "waiting", N_("waiting outside"), "what" },
};

static void
say_child(const struct line *l, const struct json *child)
{
	const struct json *set = json_get(child, "set");
	const char *title = "";
	const char *word = "";

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (json_get_text(child, names[i].thing) != NULL) {
			const struct json *row = json_get(child, "row");

			word = _(names[i].word);
			title = line_text(row != NULL ? row : child, names[i].title);
			break;
		}
	}
	buf_adds(l->out, word);
	if (json_get_int(child, "n", 0) > 0) {
		buf_addf(l->out, " %lld", (long long)json_get_int(child, "n", 0));
	}
	if (title[0] != '\0') {
		buf_addf(l->out, ": %s", title);
	}
	for (const struct json *cell = json_first(set); cell != NULL; cell = json_next(cell)) {
		const char *to = json_text(json_get(cell, "to"), "");

		if (to[0] != '\0') {
			buf_addf(l->out, " · %s", to);
		}
	}
}

void
say_watch(const struct line *l)
{
	int count = 0;

	for (const struct json *child = thing_first(l->body); child != NULL;
	     child = thing_next(l->body, child)) {
		count++;
	}
	if (thing_first(l->body) != NULL) {
		say_child(l, thing_first(l->body));
	}
	if (count > 1) {
		buf_addf(l->out, _(" and %d more"), count - 1);
	}
}
