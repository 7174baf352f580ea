/* wait_forms.h - what is asked when somebody outside is called, and when an order
 * is asked for or comes in; used by their sheets and by the case. */
#ifndef TUI_WAIT_FORMS_H
#define TUI_WAIT_FORMS_H

#include "core/decision.h"
#include "core/waiting.h"
#include "tui/sheet_form.h"

/* What acts and forms need to know of a row: its key ("NUMBER/N"), its about (a
 * JSON object). */
void waiting_row(struct table_row *row, const struct waiting *waiting,
	struct desk *desk);
/* "Whom to call, tel. number: what stands" of such an about; the caller's. */
char *waiting_call_line(const char *about, bool above);
char *waiting_key(const struct waiting *waiting);     /* the caller's */
char *decision_key(const struct decision *decision);  /* the caller's */
char *decision_about(const struct decision *decision, struct desk *desk);

/* Row states: of a waiting "ask", "raise", "wait"; of a decision its own, or
 * "ask" for a step of a plan that nobody asked for yet. */
void waiting_speak(struct app *app, const struct table_row *row);
void decision_speak(struct app *app, const struct table_row *row);

/* All that there is to say of one, for F2; on the desk's thread. */
struct reading {
	struct buf *out;
	struct desk *desk;
};
/* "Label: text", when there is any. */
void reading_text(const struct reading *reading, const char *label, const char *text);
void reading_time(const struct reading *reading, const char *label, int64_t at);
bool waiting_read(char **title, struct buf *out, struct desk *desk,
	const struct page *page, const struct case_ref *ref, struct error *err);
bool decision_read(char **title, struct buf *out, struct desk *desk,
	const struct page *page, const struct case_ref *ref, struct error *err);

/* How they were called. */
extern const struct word ask_channels[];
extern const struct sheet_form waiting_add_form, waiting_asked_form, waiting_raise_form,
	waiting_done_form, waiting_set_form;
extern const struct sheet_form decision_ask_form, decision_step_form,
	decision_answer_form, decision_try_form, decision_paper_form,
	decision_withdraw_form;

#endif
