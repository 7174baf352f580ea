/* decision_read.c says all that there is to say of one decision, for F2. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/wait_forms.h"

void
reading_text(const struct reading *r, const char *label, const char *text)
{
	if (text[0] != '\0') {
		buf_addf(r->out, "%s: %s\n", label, text);
	}
}

void
reading_time(const struct reading *r, const char *label, int64_t at)
{
	char text[WHEN_SHORT_SIZE];

	if (at != 0 && at != NO_DUE) {
		when_near(text, at, desk_now(r->desk), desk_zone(r->desk));
		reading_text(r, label, text);
	}
}

static bool
add_call(const struct asking *asking, void *arg)
{
	struct reading *r = arg;
	char at[WHEN_SHORT_SIZE];

	when_near(at, asking->at, desk_now(r->desk), desk_zone(r->desk));
	buf_addf(r->out, _("%s  %s (%s): no answer; called by %s\n"), at, asking->whom,
		word_label(WORDS_ASK_CHANNEL, asking->channel), asking->by);
	return true;
}

bool
decision_read(char **title, struct buf *out, struct desk *desk,
	const struct page *page, const struct case_ref *ref, struct error *err)
{
	struct reading r = { out, desk };
	struct decision_reasons why = { 0 };
	struct decision d;
	bool ok;

	(void)page;
	if (!decision_load(&d, desk, ref->case_id, case_ref_number(ref), err)) {
		return false;
	}
	*title = xstrdup(d.question);
	reading_text(&r, _("State"), word_label(WORDS_DECISION_STATE, d.state));
	reading_text(&r, _("Who decides"), d.name);
	reading_text(&r, _("By"), word_label(WORDS_ASK_CHANNEL, d.channel));
	reading_time(&r, _("Asked"), d.asked_at);
	reading_text(&r, _("Asked by"), d.asked_by);
	reading_time(&r, _("Answer by"), d.until_at);
	reading_text(&r, _("Without an answer"), d.fallback);
	if (strcmp(d.authority, "draft") == 0) {
		reading_text(&r, _("Authority"), _("a DRAFT plan: not in force"));
	}
	ok = asking_each(desk, d.id, add_call, &r, err) &&
		decision_reasons(&why, desk, &d, err);
	if (!ok) {
		decision_clear(&d);
		return false;
	}
	reading_time(&r, _("Taken by authority"), d.fallback_at);
	reading_text(&r, _("Taken by"), d.fallback_by);
	reading_text(&r, _("Reason"), why.fallback);
	reading_time(&r, d.fallback_at != 0 ? _("Answered later") : _("Answered"), d.answered_at);
	reading_text(&r, _("Answer"), decision_label(&d, d.answer));
	reading_text(&r, _("Answered by"), d.answered_by);
	reading_text(&r, _("Reason"), why.answer);
	reading_text(&r, _("Document no."), decision_settled(&d) && d.doc_number[0] == '\0'
		? _("no document yet") : d.doc_number);
	reading_text(&r, _("Dated"), d.doc_date);
	decision_reasons_clear(&why);
	decision_clear(&d);
	return true;
}
