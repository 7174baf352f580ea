/* answer_say.c says to the one who answered what became of it. */
#include "core/answer.h"

#include "core/i18n.h"
#include "core/when.h"

/* The values that the sentence has, in this order: number, name, time, why. */
enum given { NOTHING, NUMBER, NAME, NAME_TIME, TIME_ALONE, WHY };

static const struct {
	const char *text;
	enum given given;
} says[] = {
	[ANSWER_TAKEN] = { N_("You have taken on case %s. Nobody else is called any more."),
		NUMBER },
	[ANSWER_NOTED] = { N_("Your answer is recorded."), NOTHING },
	[ANSWER_DECLINED] = { N_("Recorded. Nobody else is called by suco: ring the watch."),
		NOTHING },
	[ANSWER_PASSED] = { N_("Recorded. It is passed on to %s, who is told now."), NAME },
	[ANSWER_LATE] = { N_("Somebody has taken it: %s, %s. Nothing is asked of you."),
		NAME_TIME },
	[ANSWER_OVER] = { N_("Case %s is over. Nothing is asked of you."), NUMBER },
	[ANSWER_NOT] = { N_("Your answer is recorded, but nothing else was done: %s"), WHY },
	[ANSWER_BEFORE] = { N_("You have answered this already, at %s."), TIME_ALONE },
};

void
answer_say(struct buf *out, const struct answer_done *done, const char *language,
	const struct zone *zone, int64_t now)
{
	const char *text = i18n_in(language, says[done->end].text);
	char at[WHEN_SHORT_SIZE];

	when_near(at, done->at, now, zone);
	if (done->end == ANSWER_DECLINED && done->next) {
		text = i18n_in(language, N_("Recorded. The next one is called now."));
	}
	if (done->end == ANSWER_OVER && done->by[0] != '\0') {
		buf_addf(out, i18n_in(language, N_("Case %s was merged into case %s."
			" Nothing is asked of you here.")), done->number, done->by);
		return;
	}
	switch (says[done->end].given) {
	case NOTHING:
		buf_adds(out, text);
		break;
	case NUMBER:
		buf_addf(out, text, done->number);
		break;
	case NAME:
		buf_addf(out, text, done->by);
		break;
	case NAME_TIME:
		buf_addf(out, text, done->by, at);
		break;
	case TIME_ALONE:
		buf_addf(out, text, at);
		break;
	case WHY:
		buf_addf(out, text, done->why);
		break;
	}
}
