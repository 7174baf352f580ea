/* print_lists.c owns the lists of printed plans and cases: telephones, and the
 * order in which systems are stopped and started. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/contact.h"
#include "core/document.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/text.h"
#include "playbooks/call_names.h"
#include "playbooks/print_private.h"

SQL(ORDERED, "tt",
	"SELECT a.code, a.name, o.value, COALESCE(m.value, '') FROM asset a"
	" JOIN asset_fact o ON o.asset_id = a.id AND o.field = $1 AND o.value <> ''"
	" LEFT JOIN asset_fact m ON m.asset_id = a.id AND m.field = $2"
	" ORDER BY CAST(o.value AS BIGINT), a.code");

/* Is the role one of the plan's agents? */
static bool
in_plan(const struct playbook *playbook, const char *role)
{
	const struct json *roles = playbook == NULL ? NULL
		: json_get(playbook_ext(playbook), "roles");

	for (const struct json *row = json_first(roles); row != NULL; row = json_next(row)) {
		if (strcmp(json_text(row, ""), role) == 0) {
			return true;
		}
	}
	return false;
}

static bool
has_word(const struct json *list, const char *word)
{
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (strcmp(json_text(row, ""), word) == 0) {
			return true;
		}
	}
	return false;
}

static void
add_phone(struct printing *p, const char *name, const char *phone, const char *verified)
{
	print_row(p, (const struct print_cell[]){
		{ name, 36 }, { phone[0] == '\0' ? "________________" : phone, 18 },
		{ verified, 0 },
	}, 3);
}

static void
add_contact(struct printing *p, const struct json *contact)
{
	const char *phone = json_get_text(json_get(contact, "addresses"), "phone");
	char day[DAY_SIZE];

	document_day_shown(day, json_text(json_get(contact, "verified_at"), ""));
	add_phone(p, json_text(json_get(contact, "name"), ""), phone == NULL ? "" : phone,
		day[0] == '\0' ? _("never verified") : day);
}

static bool
add_contacts(struct printing *p, const struct playbook *playbook, const char *kind,
	struct error *err)
{
	struct json *list = NULL;

	if (!contact_list(p->desk, &list, err)) {
		return false;
	}
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (in_plan(playbook, json_text(json_get(row, "role"), "")) ||
		    (kind != NULL && has_word(json_get(row, "kinds"), kind))) {
			add_contact(p, row);
		}
	}
	json_free(list);
	return true;
}

/* Whom the plan names and the register does not: a blank to write the number into. */
static bool
add_unknown_roles(struct printing *p, const struct playbook *playbook, struct error *err)
{
	const struct json *roles = playbook == NULL ? NULL
		: json_get(playbook_ext(playbook), "roles");
	struct json *list = NULL;

	if (!contact_list(p->desk, &list, err)) {
		return false;
	}
	for (const struct json *row = json_first(roles); row != NULL; row = json_next(row)) {
		bool known = false;

		for (const struct json *c = json_first(list); c != NULL; c = json_next(c)) {
			known = known || strcmp(json_text(json_get(c, "role"), ""),
				json_text(row, "")) == 0;
		}
		if (!known) {
			add_phone(p, playbook_agent_name(playbook, json_key(row)), "", "");
		}
	}
	json_free(list);
	return true;
}

/* "[ ] 1 Bên điện  0255...  2026-11-20", and whom to call where nobody answers. */
static void
add_callee(struct printing *p, const struct json *row)
{
	const struct json *next = json_get(row, "next");
	const char *state = json_text(json_get(row, "state"), "");
	const char *number = json_text(json_get(row, "number"), "");
	const struct json *checked = json_get(row, "checked");
	char day[DAY_SIZE], n[40];

	document_day_shown(day, json_text(json_get(checked, "day"), ""));
	(void)snprintf(n, sizeof n, "%s %2lld", strcmp(state, "answered") == 0 ? "[x]" : "[ ]",
		(long long)json_get_int(row, "n", 0));
	/* Only contacts are verified: members and places have nobody to ask. */
	print_row(p, (const struct print_cell[]){
		{ n, 6 }, { json_text(json_get(row, "name"), ""), 32 },
		{ number[0] == '\0' ? "________________" : number, 17 },
		{ day[0] != '\0' || !json_is(checked, JSON_OBJECT) ? day
			: _("never verified"), 0 },
	}, 4);
	/* Who simply comes next in the list needs no word. */
	if (json_get_text(next, "name") != NULL && strcmp(state, "answered") != 0 &&
	    strcmp(json_text(json_get(next, "to"), ""),
		    json_text(json_get(json_next(row), "to"), "")) != 0) {
		print_add(p, PRINT_TEXT, _("           nobody answers: %s %s"),
			json_get_text(next, "name"), json_text(json_get(next, "number"), ""));
	}
}

bool
print_call_list(struct printing *p, const char *case_id, struct error *err)
{
	struct json *list = NULL;

	if (!case_call_list(p->desk, case_id, &list, err)) {
		return false;
	}
	if (json_count(list) > 0) {
		print_rule(p, _("CALL IN THIS ORDER (number, last verified)"));
	}
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		add_callee(p, row);
	}
	json_free(list);
	return true;
}

bool
print_phones(struct printing *p, const struct playbook *playbook, const char *kind,
	struct error *err)
{
	struct json *members = NULL;

	print_rule(p, _("TELEPHONES (number, last verified)"));
	if (!add_unknown_roles(p, playbook, err) || !add_contacts(p, playbook, kind, err) ||
	    !member_list(p->desk, &members, err)) {
		return false;
	}
	for (const struct json *row = json_first(members); row != NULL; row = json_next(row)) {
		const char *phone = json_get_text(json_get(row, "addresses"), "phone");

		if (json_get_bool(row, "active") && phone != NULL && phone[0] != '\0') {
			add_phone(p, json_text(json_get(row, "name"), ""), phone,
				json_text(json_get(row, "unit"), ""));
		}
	}
	json_free(members);
	for (int i = 0; i < 3; i++) {
		add_phone(p, "....................................", "", "");
	}
	return true;
}

/* "[ ]  1 DB  database  12 min  Time _____ Name ________" */
static void
add_system(struct printing *p, int n, const char *code, const char *name,
	const char *minutes)
{
	char number[16];
	char *takes = xasprintf("%s%s  ", minutes[0] == '\0' ? "__" : minutes, _("min"));

	(void)snprintf(number, sizeof number, "[ ] %2d", n);
	print_row(p, (const struct print_cell[]){
		{ number, 6 }, { code, 10 }, { name, 22 }, { takes, 0 },
		{ _("Time _____ Name ________"), 0 },
	}, 5);
	free(takes);
}

static bool
add_order(struct printing *p, const char *title, const char *field, const char *minutes,
	struct error *err)
{
	struct stmt *st;
	int n = 0;

	print_keep(p);
	print_rule(p, title);
	st = db_query(desk_db(p->desk), &ORDERED, TXT(field), TXT(minutes));
	while (stmt_row(st)) {
		add_system(p, ++n, stmt_text(st, 0), stmt_text(st, 1), stmt_text(st, 3));
	}
	if (n == 0) {
		print_add(p, PRINT_TEXT, "  %s",
			_("the register does not say: write it down as it is done"));
	}
	for (int i = 0; i < (n == 0 ? 8 : 3); i++) {
		print_add(p, PRINT_FORM, "  [ ] %s", _("______________________________"
			"  Time ______ Name ________________"));
	}
	print_keep_end(p);
	return stmt_done(st, err);
}

bool
print_stop_order(struct printing *p, struct error *err)
{
	return add_order(p, _("STOP ORDER"), "stop_order", "stop_minutes", err);
}

bool
print_start_order(struct printing *p, struct error *err)
{
	return add_order(p, _("START ORDER"), "start_order", "start_minutes", err);
}

bool
plan_ticks(const struct playbook *playbook, const char *source)
{
	for (int i = 0; i < playbook_step_count(playbook); i++) {
		const char *of = json_get_text(json_get(playbook_step(playbook, i)->ext,
			"checklist"), "source");

		if (of != NULL && strcmp(of, source) == 0) {
			return true;
		}
	}
	return false;
}
