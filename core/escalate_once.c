/* escalate_once.c: who is called to a case at its opening gets one message, the call.
 * What else was queued to him of the opening waits a moment for it and is dropped;
 * if no call comes, it leaves. */
#include <string.h>

#include "core/change.h"
#include "core/escalate_private.h"
#include "core/i18n.h"
#include "core/outbox.h"

/* Of the opening: the case is given to him, or a rule tells him of it. */
#define OPENING "template IN ('phan_cong', 'su_co_moi') AND escalation = ''"

SQL(OF_OPENING, "tt",
	"SELECT " MESSAGE_COLUMNS " FROM message WHERE case_id = $1 AND to_id = $2"
	" AND state = 'queued' AND bundle = '' AND " OPENING
	" AND NOT EXISTS (SELECT 1 FROM local_claim l WHERE l.message_id = message.id)"
	" ORDER BY position LIMIT 8");
SQL(TOLD_OF_OPENING, "tt",
	"SELECT COUNT(*) FROM message WHERE case_id = $1 AND to_id = $2 AND " OPENING
	" AND state NOT IN ('failed', 'expired', 'dropped', 'held')");

bool
escalate_instead(struct escalate_work *w, const char *member_id, bool *enough,
	struct error *err)
{
	struct db *db = desk_db(w->desk);
	struct stmt *st;
	int64_t told = 0;
	bool ok = true;

	*enough = false;
	if (strcmp(w->e.subject, "case") != 0 || w->e.ack_at != 0) {
		return true;
	}
	if (w->policy.digest) {
		/* What can wait for the digest he has heard at once. */
		ok = db_one_int(db, &TOLD_OF_OPENING, &told, err, TXT(w->c.id), TXT(member_id));
		*enough = told > 0;
		return ok;
	}
	st = db_query(db, &OF_OPENING, TXT(w->c.id), TXT(member_id));
	while (ok && stmt_row(st)) {
		struct message m;

		message_from_row(&m, st);
		ok = outbox_set(w->desk, &m, "dropped", N_("he is called to the case instead"),
			NULL, err);
		message_clear(&m);
	}
	return stmt_done(st, err) && ok;
}

static bool
is_called(const struct page *page, const char *member_id)
{
	for (int i = 0; i < page->count; i++) {
		if (page->people[i].skipped == NULL &&
		    strcmp(page->people[i].id, member_id) == 0) {
			return true;
		}
	}
	return false;
}

/* The first step that has anybody, as the call will find it. */
static bool
called_first(const struct escalate_work *w, const char *member_id, bool *first,
	struct error *err)
{
	bool found = false;
	bool ok = true;

	for (int i = 0; ok && !found && i < w->policy.count; i++) {
		struct page_of of = { .c = &w->c, .assignee_id = "", .opener_id = w->opener_id };
		struct page page;

		ok = page_find(&page, w->desk, &of, &w->policy.steps[i], w->now, err);
		found = ok && page.calls + page.know > 0;
		*first = found && is_called(&page, member_id);
		page_clear(&page);
	}
	return ok;
}

bool
escalate_calls_soon(bool *soon, struct desk *desk, const char *case_id,
	const char *member_id, struct error *err)
{
	struct escalate_work w = { .desk = desk, .now = desk_now(desk) };
	int64_t since;
	bool wants = false;
	bool ok;

	*soon = false;
	if (!escalate_would_begin(desk, "case", case_id, case_id, &since, &wants, err)) {
		return false;
	}
	if (!wants) {
		return true;
	}
	escalate_name(&w, "case", case_id, case_id);
	ok = escalate_load(&w, err) && policy_choose(&w.policy, desk, &w.c, "case", err) &&
		(w.policy.digest || w.c.drill || called_first(&w, member_id, soon, err));
	escalate_unload(&w);
	return ok;
}
