/* deadline.c reads the clocks of cases. */
#include "core/deadline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/back_by.h"
#include "core/deadline_rule.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"

#define COLUMNS "SELECT d.id, d.case_id, c.number, c.drill, d.n, d.rule, d.form, d.title," \
	" d.title_en, d.behalf, d.recipient, COALESCE(r.name, ''), d.start_event, d.span," \
	" d.start_at, d.due_at, d.state, d.condition, d.lawful, d.met_at, d.notice_id," \
	" d.reason, d.decided_by, d.source" \
	" FROM deadline d CROSS JOIN cases c LEFT JOIN contact r ON r.role = d.recipient" \
	" WHERE c.id = d.case_id AND "

SQL(DEADLINES_OF_CASE, "t", COLUMNS "d.case_id = $1"
	" ORDER BY CASE WHEN d.state = 'running' THEN 0 ELSE 1 END, d.due_at, d.n");
/* Its own first, then those of the cases that were merged into it. */
SQL(DEADLINES_WITH_MERGED, "t", COLUMNS
	"d.case_id IN (SELECT w.id FROM cases w WHERE w.id = $1 OR w.merged_into = $1)"
	" ORDER BY CASE WHEN d.case_id = $1 THEN 0 ELSE 1 END, d.case_id,"
	" CASE WHEN d.state = 'running' THEN 0 ELSE 1 END, d.due_at, d.n");
/* The index gives them in this order: no more is read than is shown.  CROSS JOIN:
 * the clocks lead, not the thousand times more cases. */
SQL(DEADLINES_RUNNING, "itii", COLUMNS
	"d.state = 'running' AND (d.due_at, d.id) > ($1, $2) AND c.drill = $3"
	" ORDER BY d.due_at, d.id LIMIT $4");
SQL(DEADLINE_NEAREST, "t", COLUMNS
	"d.case_id IN (SELECT w.id FROM cases w WHERE w.id = $1"
	" OR w.merged_into = $1) AND d.state = 'running' AND d.lawful = 1"
	" ORDER BY d.due_at, d.id LIMIT 1");
SQL(DEADLINES_COUNT, "i",
	"SELECT COUNT(*), COALESCE(SUM(CASE WHEN w.due_at < $1 THEN 1 ELSE 0 END), 0),"
	" MIN(w.due_at) FROM (SELECT d.due_at FROM deadline d CROSS JOIN cases c"
	" WHERE c.id = d.case_id AND d.state = 'running' AND c.drill = 0"
	" ORDER BY d.due_at, d.id LIMIT 1000) w");
SQL(UNDECIDED, "t",
	"SELECT number FROM cases WHERE reportable = 'unknown' AND id IN"
	" (SELECT w.id FROM cases w WHERE w.id = $1 OR w.merged_into = $1)"
	" ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END, id LIMIT 1");

void
deadline_clear(struct deadline *d)
{
	free(d->rule);
	free(d->form);
	free(d->title);
	free(d->title_en);
	free(d->behalf);
	free(d->recipient);
	free(d->recipient_name);
	free(d->start_event);
	free(d->span);
	free(d->reason);
	free(d->decided_by);
	free(d->source);
	*d = (struct deadline){ 0 };
}

/* Of such a clock only the reason is stored, in whatever language it was typed. */
static void
name_back_by(struct deadline *d)
{
	char *title;

	if (strcmp(d->rule, BACK_BY_RULE) != 0) {
		return;
	}
	title = d->title[0] == '\0' ? xstrdup(_("must be back"))
		: xasprintf(_("must be back: %s"), d->title);
	free(d->title);
	free(d->title_en);
	d->title = title;
	d->title_en = xstrdup(title);
}

static void
from_row(struct deadline *d, struct stmt *st)
{
	*d = (struct deadline){ 0 };
	stmt_put(d->id, sizeof d->id, st, 0);
	stmt_put(d->case_id, sizeof d->case_id, st, 1);
	stmt_put(d->number, sizeof d->number, st, 2);
	d->drill = stmt_int(st, 3) != 0;
	d->n = (int)stmt_int(st, 4);
	d->rule = stmt_own(st, 5);
	d->form = stmt_own(st, 6);
	d->title = stmt_own(st, 7);
	d->title_en = stmt_own(st, 8);
	name_back_by(d);
	d->behalf = stmt_own(st, 9);
	d->recipient = stmt_own(st, 10);
	d->recipient_name = stmt_own(st, 11);
	d->start_event = stmt_own(st, 12);
	d->span = stmt_own(st, 13);
	d->start_at = stmt_int(st, 14);
	d->due_at = stmt_int(st, 15);
	stmt_put(d->state, sizeof d->state, st, 16);
	stmt_put(d->condition, sizeof d->condition, st, 17);
	d->lawful = stmt_int(st, 18) != 0;
	d->met_at = stmt_int(st, 19);
	stmt_put(d->notice_id, sizeof d->notice_id, st, 20);
	d->reason = stmt_own(st, 21);
	d->decided_by = stmt_own(st, 22);
	d->source = stmt_own(st, 23);
}

const char *
deadline_title(const struct deadline *d)
{
	return strcmp(i18n_language(), "en") == 0 && d->title_en[0] != '\0' ? d->title_en
		: d->title;
}

const char *
deadline_to(const struct deadline *d)
{
	return d->recipient_name[0] != '\0' ? d->recipient_name
		: deadline_role(d->recipient);
}

/* The only ones who are told by law and are no contact of the register. */
const char *
deadline_role(const char *role)
{
	return strcmp(role, "chu_the_du_lieu") == 0 ? _("the data subjects") : role;
}

const char *
deadline_state(const struct deadline *d)
{
	if (strcmp(d->state, "running") == 0) {
		return d->condition[0] != '\0' ? _("if reportable") : Q_("clock|running");
	}
	if (strcmp(d->state, "met") == 0) {
		return d->met_at > d->due_at ? _("reported late") : _("reported");
	}
	return strcmp(d->state, "stopped") == 0 ? Q_("clock|stopped") : _("not applicable");
}

static const char *
field_word(const char *field)
{
	static const struct {
		const char *field, *word;
	} words[] = {
		{ "reportable", N_("reportable") },
		{ "severity", N_("severity") },
		{ "personal_data", N_("personal data involved") },
		{ "beyond_capacity", N_("beyond own capacity") },
		{ "status", N_("status") },
		{ "kind", N_("kind") },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(words[i].field, field) == 0) {
			return _(words[i].word);
		}
	}
	return field;
}

void
deadline_why(struct buf *out, const char *reason)
{
	const char *equals = strchr(reason, '=');
	char field[40];

	if (equals == NULL || (size_t)(equals - reason) >= sizeof field) {
		buf_adds(out, reason);
		return;
	}
	(void)snprintf(field, sizeof field, "%.*s", (int)(equals - reason), reason);
	if (strcmp(field, "start") == 0) {
		buf_addf(out, _("no longer: %s"), start_event_label(equals + 1));
		return;
	}
	buf_addf(out, "%s: %s", field_word(field), strcmp(field, "status") == 0
		? word_label(WORDS_STATUS, equals + 1)
		: word_label(WORDS_REPORTABLE, equals + 1));
}

static bool
visit_rows(struct stmt *st, deadline_visit *visit, void *arg, struct error *err)
{
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct deadline d;

		from_row(&d, st);
		go_on = visit(&d, arg);
		deadline_clear(&d);
	}
	return stmt_done(st, err);
}

bool
deadline_each(struct desk *desk, const char *case_id, bool merged, deadline_visit *visit,
	void *arg, struct error *err)
{
	return visit_rows(db_query(desk_db(desk), merged ? &DEADLINES_WITH_MERGED
		: &DEADLINES_OF_CASE, TXT(case_id)), visit, arg, err);
}

bool
deadline_running(struct desk *desk, int64_t after_due, const char *after_id, int limit,
	bool drill, deadline_visit *visit, void *arg, struct error *err)
{
	return visit_rows(db_query(desk_db(desk), &DEADLINES_RUNNING,
		I64(after_id[0] == '\0' ? INT64_MIN : after_due), TXT(after_id), I64(drill),
		I64(limit <= 0 ? INT64_MAX : limit)), visit, arg, err);
}

bool
deadline_nearest(struct desk *desk, const char *case_id, struct deadline *out,
	bool *found, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &DEADLINE_NEAREST, TXT(case_id));

	*found = stmt_row(st);
	if (*found) {
		from_row(out, st);
	}
	return stmt_done(st, err);
}

bool
deadline_count(struct desk *desk, struct deadline_count *out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &DEADLINES_COUNT, I64(desk_now(desk)));

	*out = (struct deadline_count){ .nearest = NO_DUE };
	if (stmt_row(st)) {
		out->running = stmt_int(st, 0);
		out->late = stmt_int(st, 1);
		out->nearest = stmt_null(st, 2) ? NO_DUE : stmt_int(st, 2);
	}
	return stmt_done(st, err);
}

static bool
is_it(const struct deadline *d, const char *spec)
{
	char n[16];

	(void)snprintf(n, sizeof n, "%d", d->n);
	return spec[0] != '\0' && (strcmp(spec, n) == 0 || strcmp(spec, d->form) == 0 ||
		strcmp(spec, d->rule) == 0 || strcmp(spec, d->id) == 0);
}

/* Of two with the same form the one that runs is meant. */
static bool
is_rather(const struct deadline *d, const struct deadline *found)
{
	return found->rule == NULL || (strcmp(d->state, "running") == 0 &&
		strcmp(found->state, "running") != 0);
}

/* What there is to name, so that a wrong word can be mended: every clock with its
 * number, or the forms alone of the law's that run. */
static void
name_one(struct buf *all, const struct deadline *d, bool forms)
{
	if (!forms) {
		buf_addf(all, "%s%d %s (%s)", all->len > 0 ? ", " : "", d->n, d->form,
			deadline_title(d));
	} else if (d->lawful && strcmp(d->state, "running") == 0) {
		buf_addf(all, "%s%s", all->len > 0 ? ", " : "", d->form);
	}
}

static bool
not_found(const char *spec, const struct buf *all, bool forms, struct error *err)
{
	if (all->len == 0) {
		return error_set(err, ERR_NOT_FOUND, "%s", forms
			? _("no clock of the law runs on this case; `suco deadline CASE add RULE`"
				" starts one")
			: _("no clock runs on this case; `suco deadline CASE add RULE` starts"
				" one"));
	}
	return error_set(err, ERR_NOT_FOUND, forms
		? _("there is no form \"%.60s\" on this case; those that run: %s")
		: _("there is no clock \"%.60s\" on this case; there are: %.360s"), spec,
		buf_text(all));
}

static bool
find(struct desk *desk, const char *case_id, const char *spec, bool forms,
	struct deadline *out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &DEADLINES_OF_CASE, TXT(case_id));
	struct buf all = { 0 };
	bool found = false;

	*out = (struct deadline){ 0 };
	while (stmt_row(st)) {
		struct deadline d;

		from_row(&d, st);
		name_one(&all, &d, forms);
		if (is_it(&d, spec) && is_rather(&d, out)) {
			deadline_clear(out);
			*out = d;
			found = true;
		} else {
			deadline_clear(&d);
		}
	}
	if (!stmt_done(st, err)) {
		deadline_clear(out);
		found = false;
	} else if (!found) {
		(void)not_found(spec, &all, forms, err);
	}
	buf_free(&all);
	return found;
}

bool
deadline_find(struct desk *desk, const char *case_id, const char *spec,
	struct deadline *out, struct error *err)
{
	return find(desk, case_id, spec, false, out, err);
}

bool
deadline_find_form(struct desk *desk, const char *case_id, const char *spec,
	struct deadline *out, struct error *err)
{
	return find(desk, case_id, spec, true, out, err);
}

bool
deadline_all_met(struct desk *desk, const char *case_id, struct error *err)
{
	char *number = NULL;
	struct stmt *st;
	bool met = true;

	if (!db_one_text(desk_db(desk), &UNDECIDED, &number, err, TXT(case_id))) {
		return false;
	}
	if (number != NULL) {
		(void)error_set(err, ERR_REFUSED,
			_("case %s cannot be closed: whether it is reportable is not decided; a"
			  " coordinator says yes or no, and why"), number);
		(void)error_how(err, "suco reportable %s yes|no --reason \"...\"", number);
		free(number);
		return false;
	}
	st = db_query(desk_db(desk), &DEADLINE_NEAREST, TXT(case_id));
	if (stmt_row(st)) {
		struct deadline d;

		from_row(&d, st);
		met = false;
		(void)error_set(err, ERR_REFUSED,
			_("case %s cannot be closed: \"%s\" to %s is neither recorded as sent nor"
			  " found not applicable"), d.number, deadline_title(&d), deadline_to(&d));
		(void)error_how(err, "suco notice sent %s %.40s | suco deadline %s na %d"
			" --reason \"...\"", d.number, d.form, d.number, d.n);
		deadline_clear(&d);
	}
	return stmt_done(st, err) && met;
}
