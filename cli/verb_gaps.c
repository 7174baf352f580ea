/* verb_gaps.c: register gaps, and contact verify, unverified, sheet: what is not
 * known before something happens, and who says that a number is right. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/register_text.h"
#include "cli/verbs_of.h"
#include "core/contact.h"
#include "core/contact_check.h"
#include "core/document.h"
#include "core/gaps.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "playbooks/register_gaps.h"

static void
push_row(struct json *list, const char *what, const char *code, const char *name,
	const char *lacks)
{
	struct json *row = json_object();

	json_set_text(row, "what", what);
	json_set_text(row, "code", code);
	json_set_text(row, "name", name);
	json_set_text(row, "lacks", lacks);
	json_push(list, row);
}

/* One row a thing that is missing. */
static struct json *
flat(const struct json *gaps)
{
	struct json *list = json_array();

	for (const struct json *row = json_first(json_get(gaps, "systems")); row != NULL;
	     row = json_next(row)) {
		for (const struct json *fact = json_first(json_get(row, "missing"));
		     fact != NULL; fact = json_next(fact)) {
			push_row(list, "system", json_get_text(row, "code"),
				json_get_text(row, "name"), json_text(fact, ""));
		}
		for (int i = 0; i < 2; i++) {
			static const char *const follows[] = { "contact", "number" };
			const char *cell = json_get_text(json_get(row, "cells"), follows[i]);

			if (strcmp(cell, "missing") == 0) {
				push_row(list, "system", json_get_text(row, "code"),
					json_get_text(row, "name"), follows[i]);
			}
		}
	}
	for (const struct json *row = json_first(json_get(gaps, "contacts")); row != NULL;
	     row = json_next(row)) {
		for (const struct json *lack = json_first(json_get(row, "lacks"));
		     lack != NULL; lack = json_next(lack)) {
			push_row(list, "contact", json_get_text(row, "role"),
				json_get_text(row, "name"), json_text(lack, ""));
		}
	}
	for (const struct json *row = json_first(json_get(gaps, "roles")); row != NULL;
	     row = json_next(row)) {
		push_row(list, "role", json_get_text(row, "role"), json_get_text(row, "name"),
			"nobody");
	}
	for (const struct json *row = json_first(json_get(gaps, "groups")); row != NULL;
	     row = json_next(row)) {
		push_row(list, "group", json_get_text(row, "code"), json_get_text(row, "name"),
			"empty");
	}
	for (const struct json *row = json_first(json_get(gaps, "holidays")); row != NULL;
	     row = json_next(row)) {
		char *year = xasprintf("%lld", (long long)json_get_int(row, "year", 0));

		push_row(list, "holidays", year, year, "none");
		free(year);
	}
	for (const struct json *row = json_first(json_get(gaps, "settings")); row != NULL;
	     row = json_next(row)) {
		push_row(list, "setting", json_get_text(row, "name"),
			json_get_text(row, "label"), "not_set");
	}
	return list;
}

bool
verb_register_gaps(struct cli *cli, struct error *err)
{
	struct json *gaps = NULL;
	struct buf text = { 0 };

	if (!register_gaps(cli->desk, &gaps, err)) {
		return false;
	}
	cli->status = json_get_int(gaps, "count", 0) > 0
		? error_exit_status(ERR_FAULTS) : 0;
	if (cli->json) {
		cli_json(cli, gaps);
		return true;
	}
	if (cli->csv) {
		cli_list(cli, flat(gaps));
	} else {
		gaps_text(&text, gaps);
		cli_say(cli, "%.*s", (int)(text.len - 1), buf_text(&text));
	}
	buf_free(&text);
	json_free(gaps);
	return true;
}

bool
verb_contact_verify(struct cli *cli, struct error *err)
{
	const char *role = cli_word(cli, 0);
	struct json *contact = NULL;
	struct json *checked = NULL;

	if (!contact_verify(cli->desk, role, cli_option(cli, "at"), cli_option(cli, "note"),
		    err)) {
		return false;
	}
	if (!cli->json) {
		say_changed(cli, role);
		return true;
	}
	if (!contact_show(cli->desk, role, &contact, err) ||
	    !contact_checked(cli->desk, json_get_text(contact, "id"), 0, &checked, err)) {
		json_free(contact);
		return false;
	}
	json_set(contact, "checked", checked);
	cli_result(cli, contact);
	return true;
}

bool
verb_contact_unverified(struct cli *cli, struct error *err)
{
	const char *given = cli_option(cli, "days");
	struct json *list = NULL;
	int64_t days = 0;

	if ((given != NULL && !cli_number("--days", given, 1, 3650, &days, err)) ||
	    !contact_unverified(cli->desk, (int)days, false, &list, err)) {
		return false;
	}
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		const struct json *checked = json_get(row, "checked");
		char *name = text_column(json_get_text(row, "name"), 36, true, false);
		const char *number = json_get_text(json_get(row, "addresses"), "phone");
		char *phone = text_column(number != NULL ? number : "-", 16, true, false);
		char day[DAY_SIZE];

		document_day_shown(day, json_text(json_get(checked, "day"), ""));
		cli_note(cli, "%s %s %s %s", name, phone,
			contact_check_label(json_get_text(checked, "state")), day);
		free(name);
		free(phone);
	}
	return cli_listed(cli, list, true, _("every contact is verified"));
}

bool
verb_contact_sheet(struct cli *cli, struct error *err)
{
	struct buf text = { 0 };
	bool ok = contact_sheet(&text, cli->desk, err);

	if (ok && cli->json) {
		struct json *o = json_object();

		json_set_text(o, "text", buf_text(&text));
		cli_json(cli, o);
	} else if (ok) {
		cli_say(cli, "%.*s", (int)(text.len - 1), buf_text(&text));
	}
	buf_free(&text);
	return ok;
}
