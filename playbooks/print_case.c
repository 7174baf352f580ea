/* print_case.c owns the printed case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/burning.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/timeline.h"
#include "core/when.h"
#include "core/words.h"
#include "playbooks/print.h"
#include "playbooks/print_private.h"

/* Each list of the case that may have rows: due, then texts put side by side, the
 * first of them in English or '', the number of the merged case that it is of: its
 * open work is this one's. */
#define OF(alias) ", CASE WHEN " alias ".case_id = $1 THEN '' ELSE" \
	" (SELECT z.number FROM cases z WHERE z.id = " alias ".case_id) END"
#define HERE(alias) " WHERE " alias ".case_id IN (SELECT y.id FROM cases y" \
	" WHERE y.id = $1 OR y.merged_into = $1)"
SQL(PAPER_WAITING, "t",
	"SELECT w.promised_at, w.name, w.what, w.ticket, ''" OF("w") " FROM waiting w" HERE("w")
	" AND w.ended_at IS NULL ORDER BY w.promised_at, w.n");
SQL(PAPER_DECISIONS, "t",
	"SELECT d.until_at, d.name, d.question, d.fallback, ''" OF("d") " FROM decision d"
	HERE("d") " AND d.ended_at IS NULL ORDER BY d.until_at, d.n");
SQL(PAPER_CLOCKS, "t",
	"SELECT d.due_at, d.title, d.behalf, COALESCE(c.name, d.recipient), d.title_en" OF("d")
	" FROM deadline d LEFT JOIN contact c ON c.role = d.recipient" HERE("d")
	" AND d.state = 'running' AND d.rule <> 'back_by' ORDER BY d.due_at, d.n");
SQL(PAPER_BACK_BY, "t",
	"SELECT d.due_at, d.title, '', '', ''" OF("d") " FROM deadline d" HERE("d")
	" AND d.state = 'running' AND d.rule = 'back_by' ORDER BY d.due_at, d.n");
SQL(PAPER_COUNTDOWNS, "t",
	"SELECT d.ends_at, d.label, '', '', ''" OF("d") " FROM countdown d" HERE("d")
	" AND d.state = 'running' ORDER BY d.ends_at, d.n");
SQL(PAPER_TASKS, "t",
	"SELECT t.due_at, t.title, COALESCE(m.name, ''), '', ''" OF("t") " FROM task t"
	" LEFT JOIN member m ON m.id = t.assignee_id" HERE("t")
	" AND t.state = 'open' ORDER BY t.due_at, t.n");
SQL(PAPER_POINTS, "t",
	"SELECT p.since, p.name, p.person, p.reserve, ''" OF("p") " FROM point p" HERE("p")
	" AND p.list = '' AND p.back_at IS NULL ORDER BY p.n");

static const struct {
	const char *title; /* marked for translation */
	const struct sql *query;
} lists[] = {
	{ N_("COUNTING DOWN"), &PAPER_COUNTDOWNS },
	{ N_("MUST BE BACK BY"), &PAPER_BACK_BY },
	{ N_("CLOCKS"), &PAPER_CLOCKS },
	{ N_("ASKED FOR ORDERS, NOT ANSWERED"), &PAPER_DECISIONS },
	{ N_("WAITING OUTSIDE"), &PAPER_WAITING },
	{ N_("OTHER TASKS"), &PAPER_TASKS },
	{ N_("POINTS NOT BACK YET (since)"), &PAPER_POINTS },
};

/* In the language of who reads; what has no English is said as it was written. */
static const char *
text_at(struct stmt *st, int column)
{
	const char *in_english = column == 1 && strcmp(i18n_language(), "en") == 0
		? stmt_text(st, 4) : NULL;

	return in_english != NULL && in_english[0] != '\0' ? in_english
		: stmt_text(st, column);
}

static void
put_row(struct printing *p, struct stmt *st)
{
	char when[WHEN_SHORT_SIZE] = "-";
	struct buf text = { 0 };
	int64_t at = stmt_int(st, 0);
	char *first, *whole;

	if (at != NO_DUE && at != 0) {
		when_near(when, at, p->now, desk_zone(p->desk));
	}
	for (int i = 1; i < 4; i++) {
		const char *part = text_at(st, i);

		if (part != NULL && part[0] != '\0') {
			buf_addf(&text, "%s%s", text.len > 0 ? " · " : "", part);
		}
	}
	if (stmt_text(st, 5)[0] != '\0') {
		buf_addf(&text, " (%s)", stmt_text(st, 5));
	}
	first = xasprintf("  [ ] %-11s ", when);
	whole = text_printable(buf_text(&text), text.len);
	print_wrap(p, PRINT_FORM, first, whole);
	free(whole);
	free(first);
	buf_free(&text);
}

static bool
put_lists(struct printing *p, const char *case_id, struct error *err)
{
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct stmt *st = db_query(desk_db(p->desk), lists[i].query, TXT(case_id));
		bool any = false;

		while (stmt_row(st)) {
			if (!any) {
				print_rule(p, _(lists[i].title));
			}
			any = true;
			put_row(p, st);
		}
		if (!stmt_done(st, err)) {
			return false;
		}
	}
	return true;
}

static void
put_fact(struct printing *p, const char *label, const char *value)
{
	char *first = xasprintf("  %s: ", label);

	if (value[0] != '\0') {
		print_wrap(p, PRINT_TEXT, first, value);
	}
	free(first);
}

static bool
put_head(struct printing *p, const struct ir_case *c, struct error *err)
{
	struct burning burning;
	char when[WHEN_SHORT_SIZE], severity[8] = "-";

	if (case_severity(c) > 0) {
		(void)snprintf(severity, sizeof severity, "%s%d%s",
			strcmp(i18n_language(), "vi") == 0 ? "M" : "S", case_severity(c),
			c->severity == 0 ? "?" : "");
	}
	if (c->drill) {
		print_add(p, PRINT_TEXT, "%s", _("[DRILL] [DRILL] [DRILL] no real case"));
	}
	if (strcmp(c->tlp, "red") == 0) {
		print_add(p, PRINT_TEXT, "%s",
			_("TLP:RED: only for the persons named by the case's owner"));
	}
	print_wrap(p, PRINT_TITLE, "", c->title);
	print_add(p, PRINT_TEXT, "%s   %s   %s   %s", c->number, severity,
		word_label(WORDS_STATUS, c->status), word_label(WORDS_KIND, c->kind));
	if (!print_chain_end(p, err) ||
	    !burning_look(&burning, p->desk, c->id, err)) {
		return false;
	}
	if (burning_text(&burning) != NULL) {
		print_add(p, PRINT_TEXT, "!! %s", burning_text(&burning));
	}
	when_full(when, c->detected_at, desk_zone(p->desk));
	put_fact(p, _("detected"), when);
	put_fact(p, _("owner"), c->owner_name[0] == '\0' ? _("NOBODY") : c->owner_name);
	put_fact(p, _("asset"), c->asset_name);
	put_fact(p, _("reported by"), c->reporter);
	put_fact(p, _("reportable"), word_label(WORDS_REPORTABLE, c->reportable));
	return true;
}

/* Plans that have begun; else the one that would. */
static bool
put_plans(struct printing *p, const struct ir_case *c, const struct playbook **last,
	struct case_runs *runs, struct playbook **fitting, struct error *err)
{
	struct library library;
	const struct plan *plan = NULL;
	char *text = NULL;
	size_t len;
	bool ok;

	for (int i = 0; i < runs->count; i++) {
		const struct case_run *run = &runs->list[i];
		char *title = xasprintf(_("PLAN %s   %s"), run->code, run->name);

		print_rule(p, title);
		print_version(p, run->playbook);
		print_steps(p, run->playbook, run->run);
		*last = run->playbook;
		free(title);
	}
	if (runs->count > 0) {
		return true;
	}
	if (!library_load(&library, p->desk, err)) {
		return false;
	}
	ok = library_fitting(&plan, &library, p->desk, c, i18n_language(), err);
	if (ok && plan == NULL) {
		print_rule(p, _("NO PLAN FITS"));
	} else if (ok && (ok = library_read(fitting, &text, &len, p->desk, plan, err))) {
		char *title = xasprintf(_("PLAN %s   %s   (not begun)"), plan->code, plan->name);

		print_rule(p, title);
		print_version(p, *fitting);
		print_steps(p, *fitting, NULL);
		*last = *fitting;
		free(title);
	}
	free(text);
	library_finish(&library);
	return ok;
}

/* What is done in the dark is written here and keyed in afterwards. */
static void
put_table(struct printing *p)
{
	print_break(p);
	print_add(p, PRINT_HEAD, "%s",
		_("WRITE HERE WHAT IS DONE; key it in afterwards: suco paper"));
	print_add(p, PRINT_COLUMNS, "%s", _("Time   Step  What was done"
		"                                  By whom"));
	for (int i = 0; i < 26; i++) {
		print_add(p, PRINT_TEXT, "%s", "");
		print_add(p, PRINT_COLUMNS, "%s",
			"_____  ____  ________________________________________"
			"______  _____________");
	}
}

static bool
put_case(struct printing *p, const struct ir_case *c, struct error *err)
{
	const struct playbook *last = NULL;
	struct playbook *fitting = NULL;
	struct case_runs runs = { 0 };
	bool ok = put_head(p, c, err) && put_lists(p, c->id, err) &&
		print_call_list(p, c->id, err) &&
		case_runs_load(&runs, p->desk, c->id, err) &&
		put_plans(p, c, &last, &runs, &fitting, err) &&
		print_ticks(p, c->id, &runs, err) &&
		print_phones(p, last, c->kind, err);

	if (ok && (strcmp(c->kind, "power") == 0 ||
	    (last != NULL && plan_ticks(last, "stop_order")))) {
		/* What is on the list of a step already stands there, with its ticks. */
		ok = (runs_reached(&runs, "stop_order") || print_stop_order(p, err)) &&
			(runs_reached(&runs, "start_order") || print_start_order(p, err));
	}
	case_runs_finish(&runs);
	playbook_free(fitting);
	return ok;
}

/* *c is cleared by the caller in every case. */
static bool
load_and_put(struct printing *p, struct ir_case *c, const char *case_id,
	struct error *err)
{
	return case_load(c, p->desk, case_id, err) && put_case(p, c, err);
}

bool
print_case(struct buf *out, struct desk *desk, const char *case_id, struct error *err)
{
	struct printing p = { .desk = desk, .now = desk_now(desk) };
	struct ir_case c = { 0 };
	bool ok = load_and_put(&p, &c, case_id, err);

	if (ok) {
		char *foot = xasprintf("%s %s", c.number, c.title);

		put_table(&p);
		pages_take(out, &p.pages, foot);
		free(foot);
	}
	print_clear(&p);
	case_clear(&c);
	return ok;
}

bool
print_case_lines(struct buf *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct printing p = { .desk = desk, .now = desk_now(desk) };
	struct ir_case c = { 0 };
	bool ok = load_and_put(&p, &c, case_id, err);

	if (ok) {
		pages_plain(out, &p.pages);
	}
	print_clear(&p);
	case_clear(&c);
	return ok;
}

bool
print_case_document(struct json **out, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct printing p = { .desk = desk, .now = desk_now(desk), .items = json_array() };
	struct ir_case c = { 0 };
	bool ok = load_and_put(&p, &c, case_id, err);

	if (ok) {
		char *foot = xasprintf("%s %s", c.number, c.title);

		put_table(&p);
		*out = print_document(&p, foot, NULL);
		free(foot);
	}
	print_clear(&p);
	case_clear(&c);
	return ok;
}
