/* quick.c owns quick reports: made from the case, numbered, edited, recorded as
 * sent by a person. */
#include "core/quick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/handover_page.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/template.h"
#include "core/text.h"
#include "core/thing.h"

#define DRILL_MARK "[DIỄN TẬP]"

#define COLUMNS "SELECT id, case_id, n, register, text, made_at, next_at, state," \
	" to_role, to_name, channel, sent_at, sent_by, approved_by, confirmed_at," \
	" confirmed_by FROM notice WHERE case_id = $1 AND form = 'quick' "

SQL(OF_CASE, "t", COLUMNS "ORDER BY n DESC");
SQL(OF_CASE_N, "ti", COLUMNS "AND n = $2");
SQL(NEWEST, "t", COLUMNS "ORDER BY n DESC LIMIT 1");

const char *const quick_registers[] = { "order", "request", "report", NULL };

const char *
quick_register_label(const char *word)
{
	static const char *const labels[] = {
		N_("order to members"), N_("request to a body"), N_("report to superiors"),
	};

	for (int i = 0; quick_registers[i] != NULL; i++) {
		if (strcmp(quick_registers[i], word) == 0) {
			return _(labels[i]);
		}
	}
	return word;
}

void
quick_clear(struct quick *quick)
{
	free(quick->address);
	free(quick->text);
	free(quick->to_role);
	free(quick->to_name);
	free(quick->channel);
	free(quick->sent_by);
	free(quick->approved_by);
	free(quick->confirmed_by);
	*quick = (struct quick){ 0 };
}

static void
from_row(struct quick *out, struct stmt *st)
{
	*out = (struct quick){ .n = (int)stmt_int(st, 2),
		.address = xstrdup(stmt_text(st, 3)), .text = xstrdup(stmt_text(st, 4)),
		.made_at = stmt_int(st, 5), .next_at = stmt_int(st, 6),
		.to_role = xstrdup(stmt_text(st, 8)), .to_name = xstrdup(stmt_text(st, 9)),
		.channel = xstrdup(stmt_text(st, 10)), .sent_at = stmt_int(st, 11),
		.sent_by = xstrdup(stmt_text(st, 12)),
		.approved_by = xstrdup(stmt_text(st, 13)),
		.confirmed_at = stmt_int(st, 14),
		.confirmed_by = xstrdup(stmt_text(st, 15)) };
	(void)snprintf(out->id, sizeof out->id, "%s", stmt_text(st, 0));
	(void)snprintf(out->case_id, sizeof out->case_id, "%s", stmt_text(st, 1));
	(void)snprintf(out->state, sizeof out->state, "%s", stmt_text(st, 7));
}

bool
quick_each(struct desk *desk, const char *case_id, quick_visit *visit, void *arg,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &OF_CASE, TXT(case_id));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct quick quick;

		from_row(&quick, st);
		go_on = visit(&quick, arg);
		quick_clear(&quick);
	}
	return stmt_done(st, err);
}

/* An empty one (n 0) where there is none. */
static bool
load(struct quick *out, struct desk *desk, const char *case_id, int n,
	struct error *err)
{
	struct stmt *st = n == 0 ? db_query(desk_db(desk), &NEWEST, TXT(case_id))
		: db_query(desk_db(desk), &OF_CASE_N, TXT(case_id), I64(n));

	*out = (struct quick){ 0 };
	if (stmt_row(st)) {
		from_row(out, st);
	}
	return stmt_done(st, err);
}

bool
quick_find(struct quick *out, struct desk *desk, const char *case_id, int n,
	struct error *err)
{
	return load(out, desk, case_id, n, err) && (out->n != 0 ||
		error_set(err, ERR_NOT_FOUND, n == 0
			? _("this case has no quick report yet")
			: _("this case has no quick report %d"), n));
}

struct json *
quick_lines(const struct quick *quick)
{
	struct json *lines = json_array();
	bool head = true;

	for (const char *at = quick->text; *at != '\0'; ) {
		size_t len = strcspn(at, "\n");
		char *line = xstrndup(at, len);

		if (len > 0 && !head && strcmp(line, DRILL_MARK) != 0) {
			json_push(lines, json_string(line));
		}
		head = false;
		free(line);
		at += len + (at[len] == '\n');
	}
	return lines;
}

/* Members read their own language, everybody outside Vietnamese. */
static bool
render(char **text, struct desk *desk, const struct ir_case *c, const char *address,
	const struct json *vars, struct error *err)
{
	bool red = strcmp(c->tlp, "red") == 0;
	bool body = strcmp(address, "request") == 0;
	char *name = xasprintf("quick_%s", red ? "red" : address);
	char *subject = NULL;
	char *lines = NULL;
	bool ok = template_render(&subject, &lines, &(struct template_in){ .name = name,
		.language = strcmp(address, "order") == 0 ? i18n_language() : "vi",
		.vars = vars, .zone = desk_zone(desk), .outside = body, .red = red }, err);

	if (ok) {
		*text = xasprintf("%s%s\n%s%s", c->drill ? DRILL_MARK " " : "", subject, lines,
			c->drill ? DRILL_MARK "\n" : "");
	}
	free(subject);
	free(lines);
	free(name);
	return ok;
}

/* What a person wrote stays, but a drill says that it is one. */
static bool
edited(char **text, const struct ir_case *c, const char *given, struct error *err)
{
	char *clean = NULL;

	if (!text_accept(&clean, given, strlen(given), TEXT_MANY_LINES, limit(LIMIT_NOTE),
		    _("quick report"), err)) {
		return false;
	}
	if (clean[0] == '\0') {
		free(clean);
		return error_set(err, ERR_BAD_INPUT, _("the quick report is empty"));
	}
	*text = c->drill && strncmp(clean, DRILL_MARK, strlen(DRILL_MARK)) != 0
		? xasprintf("%s %s", DRILL_MARK, clean) : xstrdup(clean);
	free(clean);
	return true;
}

static bool
may_say(const struct ir_case *c, const char *address, struct error *err)
{
	for (int i = 0; quick_registers[i] != NULL; i++) {
		if (strcmp(quick_registers[i], address) != 0) {
			continue;
		}
		return strcmp(c->tlp, "red") != 0 || strcmp(address, "request") != 0 ||
			error_set(err, ERR_REFUSED,
				_("case %s is TLP:RED: nothing of it goes to a body"), c->number);
	}
	return error_set(err, ERR_BAD_INPUT,
		_("a quick report is an order, a request or a report, not \"%.40s\""), address);
}

struct making {
	const struct quick_want *want;
	const char *address;
	int n;
	int64_t next_at;
	char *text;
};

/* A draft that is the newest, and of the same register, is made anew. */
static bool
is_again(const struct making *m, const struct quick *newest)
{
	return newest->n != 0 && strcmp(newest->state, "draft") == 0 &&
		strcmp(newest->address, m->address) == 0;
}

static struct json *
new_row(struct desk *desk, const struct making *m, const char *head)
{
	char id[UUID_SIZE];
	struct json *child = thing_new(desk, "notice", id);

	row_int(child, "n", m->n);
	row_text(child, "form", QUICK_FORM);
	row_text(child, "register", m->address);
	row_text(child, "to_role", m->want->to);
	row_int(child, "made_at", desk_now(desk));
	row_int(child, "next_at", m->next_at);
	row_text(child, "head", head);
	row_text(child, "text", m->text);
	row_text(child, "state", "draft");
	return child;
}

/* The same draft, made anew. */
static struct json *
draft_again(struct desk *desk, const struct making *m, const struct quick *is)
{
	struct json *child = thing_change("notice", is->id);

	if (strcmp(is->text, m->text) != 0) {
		set_text(child, "text", is->text, m->text);
		set_int(child, "made_at", is->made_at, desk_now(desk));
	}
	if (is->next_at != m->next_at) {
		set_int(child, "next_at", is->next_at, m->next_at);
	}
	if (m->want->to != NULL && strcmp(is->to_role, m->want->to) != 0) {
		set_text(child, "to_role", is->to_role, m->want->to);
	}
	return child;
}

/* The newest alone says when the next one comes. */
static struct json *
no_next(const struct quick *is)
{
	struct json *child = thing_change("notice", is->id);

	set_int(child, "next_at", is->next_at, NO_DUE);
	return child;
}

static bool
append(struct desk *desk, const struct ir_case *c, struct making *m,
	const struct quick *newest, struct error *err)
{
	bool again = is_again(m, newest);
	struct json *body;
	char head[HASH_SIZE];
	int64_t seq;

	m->n = again ? newest->n : newest->n + 1;
	if (again) {
		body = draft_again(desk, m, newest);
		if (set_count(body) == 0) {
			json_free(body);
			return true;
		}
		if (!change_guard(desk, newest->id, "text", m->text, newest->text, err)) {
			json_free(body);
			return false;
		}
	} else {
		struct json *each;

		if (!chain_end(desk, head, &seq, err)) {
			return false;
		}
		body = new_row(desk, m, head);
		if (newest->n != 0 && newest->next_at != NO_DUE) {
			each = json_array();
			json_push(each, body);
			json_push(each, no_next(newest));
			body = json_object();
			json_set(body, "each", each);
		}
	}
	json_set_int(body, "n", m->n);
	json_set_text(body, "register", m->address);
	if (m->want->typed != NULL) {
		json_set_text(body, "typed", m->want->typed);
	}
	change_add(desk, "quick_made", c->id, body);
	return true;
}

static bool
make(struct desk *desk, const struct ir_case *c, struct making *m, struct error *err)
{
	struct json *vars = json_object();
	struct quick newest = { 0 };
	bool ok = may_say(c, m->address, err) && load(&newest, desk, c->id, 0, err) &&
		quick_facts(vars, desk, c, m->want, err);

	if (ok) {
		bool again = is_again(m, &newest);

		/* What a draft said of the next one holds, unless it is said anew. */
		if (again && m->want->next_at == 0 && newest.next_at > desk_now(desk)) {
			m->next_at = newest.next_at;
		}
		json_set_int(vars, "n", newest.n + !again);
		if (m->next_at != NO_DUE) {
			json_set_int(vars, "next_at", m->next_at);
		}
		ok = m->want->text != NULL ? edited(&m->text, c, m->want->text, err)
			: render(&m->text, desk, c, m->address, vars, err);
	}
	ok = ok && append(desk, c, m, &newest, err);
	json_free(vars);
	quick_clear(&newest);
	return ok;
}

bool
quick_make(struct desk *desk, const char *case_id, const struct quick_want *want,
	struct quick *out, struct error *err)
{
	struct making m = { .want = want,
		.address = want->address == NULL ? "report" : want->address,
		.next_at = want->next_at != 0 ? want->next_at
			: desk_now(desk) + QUICK_NEXT_MS };
	struct ir_case c = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = case_load(&c, desk, case_id, err) && (m.next_at > desk_now(desk) ||
		error_set(err, ERR_BAD_INPUT, _("the next one would be due in the past"))) &&
		make(desk, &c, &m, err);
	case_clear(&c);
	free(m.text);
	return change_end(desk, ok, err) && quick_find(out, desk, case_id, m.n, err);
}
