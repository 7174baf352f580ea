/* deliver_fit.c says at the last moment whether a message may still leave, and
 * makes its text once and for all. */
#include <stdlib.h>
#include <string.h>

#include "core/answer_mark.h"
#include "core/case.h"
#include "core/escalate.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/template.h"
#include "notify/deliver_bundle.h"

/* Who was to be told works on the case: he knows.  What the member's own watch
 * writes down in his name is no act of his. */
SQL(ACTED_SINCE, "tit",
	"SELECT COUNT(*) FROM event WHERE case_id = $1 AND seq > $2 AND actor = $3"
	" AND kind NOT IN ('message_rendered', 'message_handed_over', 'message_unknown',"
	" 'message_failed', 'message_expired', 'message_dropped')");

SQL(CALL_STATE, "t", "SELECT state FROM escalation WHERE id = $1");
SQL(NEWER, "ttitit", "SELECT COUNT(*) FROM (SELECT 1 FROM local_delivery d"
	" JOIN message m ON m.id = d.message_id WHERE d.channel = $1 AND d.address = $2"
	" AND d.rank = $3 AND d.fair = $4 AND d.position > $5 AND m.escalation = $6"
	" AND m.state = 'queued' AND m.bundle = '' LIMIT 1) AS found");

static void
judge(const struct message *m, const struct ir_case *c, bool acted,
	struct fitness *fit)
{
	bool outside = strcmp(m->to_kind, "contact") == 0;

	memcpy(fit->number, c->number, sizeof fit->number);
	fit->red = strcmp(c->tlp, "red") == 0;
	if (outside && fit->red) {
		fit->state = "held";
		fit->reason = N_("the case is TLP:RED: nothing of it is told outside");
	} else if (outside && c->drill) {
		fit->state = "dropped";
		fit->reason = N_("a drill: nobody outside is told");
	} else if (!c->is_open && strcmp(m->template, "khoi_phuc") != 0) {
		fit->state = "dropped";
		fit->reason = N_("the case is not open any more");
	} else if (acted) {
		fit->state = "dropped";
		fit->reason = N_("answered before it was sent: works on the case");
	}
}

/* Somebody took the call, or it is over: nobody else is rung out of bed for it. */
static bool
fit_by_call(struct deliver *d, const struct message *m, struct fitness *fit,
	struct error *err)
{
	char *state = NULL;

	if (m->escalation[0] == '\0' || m->rank != RANK_PAGE || fit->state != NULL ||
	    strcmp(m->state, "queued") != 0) {
		return true;
	}
	if (!db_one_text(desk_db(d->desk), &CALL_STATE, &state, err, TXT(m->escalation))) {
		return false;
	}
	if (state != NULL && strcmp(state, "running") != 0) {
		fit->state = "dropped";
		fit->reason = N_("answered before it was sent: somebody has taken it");
	}
	free(state);
	return true;
}

/* Of how it stands, and of calls repeated, only the newest that waits says anything. */
static bool
fit_by_age(struct deliver *d, const struct message *m, struct fitness *fit,
	struct error *err)
{
	bool once = m->rank == RANK_STATUS || (m->rank == RANK_PAGE && m->escalation[0] != '\0');
	int64_t newer = 0;

	if (!once || m->case_id[0] == '\0' || fit->state != NULL ||
	    strcmp(m->state, "queued") != 0 || strcmp(m->to_kind, "member") != 0) {
		return true;
	}
	if (!db_one_int(desk_db(d->desk), &NEWER, &newer, err, TXT(m->channel),
		    TXT(m->address), I64(m->rank), TXT(m->case_id), I64(m->position),
		    TXT(m->escalation))) {
		return false;
	}
	if (newer > 0) {
		fit->state = "dropped";
		fit->reason = N_("a newer one says more");
	}
	return true;
}

static bool
fit_by_case(struct deliver *d, const struct message *m, struct fitness *fit,
	struct error *err)
{
	bool asks = strcmp(m->to_kind, "member") == 0 && m->queued_by != 0 &&
		strcmp(m->state, "queued") == 0;
	struct ir_case c = { 0 };
	int64_t acts = 0;
	bool ok;

	if (m->case_id[0] == '\0') {
		return true;
	}
	ok = case_load(&c, d->desk, m->case_id, err) &&
		(!asks || db_one_int(desk_db(d->desk), &ACTED_SINCE, &acts, err,
			TXT(m->case_id), I64(m->queued_by), TXT(m->to_id)));
	if (ok) {
		judge(m, &c, acts > 0, fit);
	}
	case_clear(&c);
	return ok;
}

bool
fit_to_leave(struct deliver *d, const struct message *m, struct fitness *fit,
	struct error *err)
{
	*fit = (struct fitness){ 0 };
	if (desk_is_demo(d->desk) && strcmp(m->channel, "file") != 0) {
		fit->state = "failed";
		fit->reason = N_("a demo delivers to a local folder only");
		return true;
	}
	return fit_by_case(d, m, fit, err) && fit_by_call(d, m, fit, err) &&
		fit_by_age(d, m, fit, err);
}

bool
fit_wait(struct deliver *d, const struct message *m, int64_t *until, struct error *err)
{
	bool opening = strcmp(m->template, "phan_cong") == 0 ||
		strcmp(m->template, "su_co_moi") == 0;
	int64_t end = m->queued_at + ESCALATE_SOON_MS;
	bool soon = false;

	*until = 0;
	if (!opening || m->escalation[0] != '\0' || m->case_id[0] == '\0' ||
	    strcmp(m->state, "queued") != 0 || strcmp(m->to_kind, "member") != 0 ||
	    end <= desk_now(d->desk) || m->queued_at > desk_now(d->desk)) {
		return true;
	}
	if (!escalate_calls_soon(&soon, d->desk, m->case_id, m->to_id, err)) {
		return false;
	}
	*until = soon ? end : 0;
	return true;
}

bool
fit_render(struct deliver *d, struct message *m, bool red, struct error *err)
{
	struct json *vars = NULL;
	bool ok = json_parse(&vars, m->vars, strlen(m->vars), NULL, err);

	/* The address is a key to answer with: it is put in when the text leaves, and
	 * stands in no row. */
	if (ok && d->ways != NULL && m->acts[0] != '\0' &&
	    strcmp(m->to_kind, "member") == 0) {
		json_set_text(vars, "link", ANSWER_MARK);
	}
	ok = ok && template_render(&m->subject, &m->text, &(struct template_in){
			.name = m->template, .language = m->language, .vars = vars,
			.zone = desk_zone(d->desk), .drill = m->drill, .red = red,
			.outside = strcmp(m->to_kind, "member") != 0 }, err);

	if (ok) {
		outbox_rendered(d->desk, m, m->subject, m->text);
	}
	json_free(vars);
	return ok;
}
