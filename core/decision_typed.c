/* decision_typed.c reads what was typed into the acts on orders. */
#include "core/decision_private.h"

#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

bool
decision_line(char **out, const char *text, const char *what, struct error *err)
{
	text = text == NULL ? "" : text;
	return text_accept(out, text, strlen(text), TEXT_ONE_LINE, limit(LIMIT_TITLE), what,
		err);
}

bool
decision_given(const char *text)
{
	return text != NULL && text[strspn(text, " \t\n")] != '\0';
}

bool
decision_channel(const char **out, const char *channel, struct error *err)
{
	*out = decision_given(channel) ? channel : "phone";
	return word_check(WORDS_ASK_CHANNEL, _("channel"), *out, err);
}

bool
decision_past(int64_t *out, struct desk *desk, const char *typed, struct error *err)
{
	*out = desk_now(desk);
	return !decision_given(typed) || when_parse(out, typed, WHEN_PAST, desk_now(desk),
		desk_zone(desk), err);
}
