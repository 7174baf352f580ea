/* tin_help.c makes of a tin a request for help to the rapid support team: held as a
 * proposal where there is an address, to be called by hand where there is none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/contact.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/outbox.h"
#include "core/tin_private.h"

#define RAPID_SUPPORT "ho_tro_nhanh"
#define WEEK_MS (7 * 24 * 3600 * 1000LL)

SQL(HELPER, "t",
	"SELECT c.id, c.name, c.class, a.value, p.value, COALESCE(b.name, c.name)"
	" FROM contact c LEFT JOIN address a ON a.owner = c.id AND a.channel = 'mail'"
	" LEFT JOIN address p ON p.owner = c.id AND p.channel = 'phone'"
	" LEFT JOIN body b ON b.code = c.body WHERE c.role = $1");

struct helper {
	char id[UUID_SIZE];
	char *name, *class_word, *mail, *phone, *body;
};

static void
helper_clear(struct helper *h)
{
	free(h->name);
	free(h->class_word);
	free(h->mail);
	free(h->phone);
	free(h->body);
}

static bool
find_helper(struct helper *h, struct desk *desk, const char *role, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &HELPER, TXT(role));
	bool found = stmt_row(st);

	if (found) {
		(void)snprintf(h->id, sizeof h->id, "%s", stmt_text(st, 0));
		h->name = stmt_dup(st, 1);
		h->class_word = stmt_dup(st, 2);
		h->mail = stmt_dup(st, 3);
		h->phone = stmt_dup(st, 4);
		h->body = stmt_dup(st, 5);
	}
	return stmt_done(st, err) && (found || error_set(err, ERR_NOT_FOUND,
		_("there is no contact %.60s; see `suco contact list`"), role)) &&
		contact_is_current(desk, role, err);
}

static bool
filled(const char *text)
{
	return text != NULL && text[0] != '\0';
}

/* The team's own people are told what it is; others where to call back. */
static char *
request_text(const struct tin *tin, const struct helper *h)
{
	bool own = strcmp(h->class_word, "member") == 0;

	return xasprintf("%s%s%s%s%s%s", tin->unit_name,
		filled(tin->unit_name) && own ? ": " : "", own ? tin->what : "",
		filled(tin->callback) ? " (" : "", tin->callback,
		filled(tin->callback) ? ")" : "");
}

static bool
propose(struct desk *desk, const struct tin *tin, const struct helper *h,
	struct error *err)
{
	struct json *vars = json_object();
	char *request = request_text(tin, h);
	bool ok;

	json_set_text(vars, "number", tin->number);
	json_set_text(vars, "body", h->body);
	json_set_text(vars, "kind", tin->kind);
	json_set_text(vars, "request_vi", request);
	json_set_text(vars, "request_en", request);
	json_set_int(vars, "detected_at", tin->reported_at);
	ok = outbox_queue(desk, &(struct message_new){
		.case_id = tin_place(tin), .to_kind = "contact", .to_id = h->id,
		.template = "yeu_cau_ho_tro", .vars = vars,
		.hold = N_("a request for help: a member releases it"),
		.drill = tin->drill, .cause = change_mark(desk), .lasts_ms = WEEK_MS }, err);
	free(request);
	json_free(vars);
	return ok;
}

/* What the person has to do now. */
static char *
to_do(const struct tin *tin, const struct helper *h, bool by_hand)
{
	const char *phone = filled(h->phone) ? h->phone : _("no number in the register");

	if (tin->drill) {
		return xasprintf(_("an exercise: nobody outside is told; play %s"), h->name);
	}
	if (by_hand || !filled(h->mail)) {
		return xasprintf(_("call %s now: %s"), h->name, phone);
	}
	if (!filled(h->phone)) {
		return xasprintf(_("the mail to %s is held: release it in the outbox"), h->name);
	}
	/* The number first: the row may be narrow. */
	return xasprintf(_("call %s: the mail to %s is held until it is released"), phone,
		h->name);
}

static bool
may_ask(struct desk *desk, const struct tin *tin, bool *already, struct error *err)
{
	*already = strcmp(tin->state, "help") == 0;
	if (*already) {
		return tin_by_me(desk, tin, _("help was asked for already"), err);
	}
	if (strcmp(tin->state, "joined") == 0) {
		return error_set(err, ERR_REFUSED, _("%s is in case %s: work there"), tin->number,
			tin->case_number);
	}
	return change_guard(desk, tin->id, "state", "help", tin->state, err);
}

static void
set_help(struct desk *desk, const struct tin *tin, const char *role,
	const struct helper *h, struct json *body)
{
	const char *me = desk_me(desk)->id;

	set_text(body, "state", tin->state, "help");
	set_text(body, "help_role", tin->help_role, role);
	if (strcmp(tin->handler_id, me) != 0) {
		set_text(body, "handler_id", tin->handler_id[0] == '\0' ? NULL : tin->handler_id,
			me);
	}
	if (tin->ended_at != 0) {
		set_int(body, "ended_at", tin->ended_at, 0);
	}
	json_set_text(body, "to", h->name);
}

static bool
ask(struct desk *desk, const struct tin *tin, const char *role, char **how,
	struct error *err)
{
	struct helper h = { 0 };
	struct json *body;
	bool by_hand = false, already = false;
	bool ok = may_ask(desk, tin, &already, err) && find_helper(&h, desk, role, err);

	if (ok) {
		by_hand = contact_by_person_only(h.class_word);
		*how = to_do(tin, &h, by_hand);
	}
	if (ok && !already) {
		body = tin_body(tin);
		set_help(desk, tin, role, &h, body);
		change_add(desk, "tin_help", tin_place(tin), body);
		ok = by_hand || propose(desk, tin, &h, err);
	}
	helper_clear(&h);
	return ok;
}

bool
tin_help(struct desk *desk, const char *id, const char *role, char **how,
	struct error *err)
{
	struct tin tin = { 0 };
	bool ok;

	*how = NULL;
	if (!desk_may(desk, ACT_MESSAGE, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = change_flush(desk, err) && tin_find(&tin, desk, id, err) &&
		ask(desk, &tin, filled(role) ? role : RAPID_SUPPORT, how, err);
	tin_clear(&tin);
	ok = change_end(desk, ok, err);
	if (!ok) {
		free(*how);
		*how = NULL;
	}
	return ok;
}
