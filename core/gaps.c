/* gaps.c finds what the register lacks: of systems, contacts, groups, holidays. */
#include "core/gaps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/burning.h"
#include "core/address.h"
#include "core/asset.h"
#include "core/buf.h"
#include "core/contact_check.h"
#include "core/group.h"
#include "core/i18n.h"
#include "core/member.h"
#include "core/register.h"

SQL(HOLIDAYS_OF, "tt", "SELECT COUNT(*) FROM holiday WHERE day >= $1"
	" AND day < $2 AND kind IN ('holiday', 'suggested')");

const struct gap_column gap_columns[] = {
	{ "owner", N_("OWNED BY") },
	{ "operator", N_("OPERATOR") },
	{ "level", N_("LEVEL") },
	{ "contact", N_("CONTACT") },
	{ "number", N_("NUMBER") },
	{ "admin_holder", N_("ADMIN") },
	{ "admin_second", N_("ADMIN 2") },
	{ "standby", N_("STANDBY") },
	{ "backup", N_("BACKUP") },
	{ "site", N_("SITE") },
	{ "supplier", N_("SUPPLIER") },
	{ "key_holder", N_("KEY") },
	{ 0 },
};

static const struct {
	const char *word;
	const char *label; /* marked for translation */
} lack_labels[] = {
	{ "no_address", N_("no address") },
	{ "no_number", N_("no number") },
	{ "never", N_("never verified") },
	{ "old", N_("verified long ago") },
	{ "changed", N_("changed, not verified since") },
	{ "wrong_number", N_("WRONG NUMBER") },
}, fact_labels[] = {
	{ "level", N_("level of the system") },
	{ "owner", N_("owner") },
	{ "operator", N_("operator") },
	{ "contact", N_("contact to telephone") },
	{ "number", N_("telephone number") },
	{ "standby", N_("standby") },
	{ "backup", N_("backup") },
	{ "site", N_("site") },
	{ "rack", N_("rack") },
	{ "supplier", N_("supplier") },
	{ "warranty", N_("warranty until") },
	{ "serial", N_("serial number") },
	{ "contract", N_("contract of upkeep") },
	{ "users", N_("how many use it") },
	{ "admin_holder", N_("who holds the administrator's account") },
	{ "admin_second", N_("second holder of that account") },
	{ "admin_envelope", N_("its sealed envelope: where, who opens it") },
	{ "key_holder", N_("who has the room's key") },
	{ "key_second", N_("second holder of the key") },
	{ "stop_order", N_("place in the order of stopping") },
	{ "stop_minutes", N_("minutes to stop it") },
	{ "start_order", N_("place in the order of starting") },
	{ "start_minutes", N_("minutes to start it") },
	{ "aliases", N_("also called") },
};

const char *
gap_label(const char *lack)
{
	for (size_t i = 0; i < sizeof lack_labels / sizeof *lack_labels; i++) {
		if (strcmp(lack_labels[i].word, lack) == 0) {
			return _(lack_labels[i].label);
		}
	}
	return lack;
}

const char *
gap_fact_label(const char *fact)
{
	for (size_t i = 0; i < sizeof fact_labels / sizeof *fact_labels; i++) {
		if (strcmp(fact_labels[i].word, fact) == 0) {
			return _(fact_labels[i].label);
		}
	}
	return fact;
}

/* ---- systems ---- */

static bool
in_list(const struct json *list, const char *word)
{
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (strcmp(json_text(row, ""), word) == 0) {
			return true;
		}
	}
	return false;
}

/* The number of the first contact that the system's facts name. */
static const char *
contact_of(const struct json *asset, const struct json *contacts, const char **number)
{
	static const char *const facts[] = { "operator", "owner" };

	*number = NULL;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		const char *role = json_get_text(json_get(json_get(asset, "facts"), facts[i]),
			"contact");

		for (const struct json *row = json_first(contacts);
		     role != NULL && row != NULL; row = json_next(row)) {
			if (strcmp(json_get_text(row, "role"), role) == 0) {
				*number = json_get_text(json_get(row, "addresses"), "phone");
				return role;
			}
		}
	}
	return NULL;
}

static const char *
cell_of(const struct json *asset, const struct json *contacts, const char *column)
{
	const struct json *facts = json_get(asset, "facts");
	const char *number;

	if (strcmp(column, "contact") == 0 || strcmp(column, "number") == 0) {
		const char *role = contact_of(asset, contacts, &number);

		return strcmp(column, "contact") == 0 ? (role != NULL ? "has" : "missing")
			: number != NULL && number[0] != '\0' ? "has" : "missing";
	}
	if (in_list(json_get(asset, "missing"), column)) {
		return "missing";
	}
	return json_get(facts, column) != NULL ? "has" : "none";
}

static void
add_system(struct json *systems, const struct json *asset, const struct json *contacts)
{
	struct json *row = json_object();
	struct json *cells = json_object();
	int lacks = json_count(json_get(asset, "missing"));

	for (const struct gap_column *c = gap_columns; c->name != NULL; c++) {
		const char *cell = cell_of(asset, contacts, c->name);

		json_set_text(cells, c->name, cell);
		lacks += strcmp(cell, "missing") == 0 && !in_list(json_get(asset, "missing"),
			c->name);
	}
	json_set_text(row, "code", json_get_text(asset, "code"));
	json_set_text(row, "name", json_get_text(asset, "name"));
	json_set(row, "cells", cells);
	json_set(row, "missing", json_copy(json_get(asset, "missing")));
	json_set_int(row, "lacks", lacks);
	if (lacks > 0) {
		json_push(systems, row);
	} else {
		json_free(row);
	}
}

/* ---- contacts ---- */

static void
add_contact(struct json *contacts, const struct json *contact)
{
	const struct json *addresses = json_get(contact, "addresses");
	const char *mail = json_get_text(addresses, "mail");
	const char *phone = json_get_text(addresses, "phone");
	const struct json *checked = json_get(contact, "checked");
	const char *state = json_get_text(checked, "state");
	struct json *row;
	struct json *lacks;

	/* Whoever it is follows from the system or the case: its own row counts. */
	if (json_get_text(contact, "per_asset") != NULL || json_get_bool(contact, "per_case")) {
		return;
	}
	lacks = json_array();
	if (phone == NULL || phone[0] == '\0') {
		json_push(lacks, json_string("no_number"));
	}
	if (strcmp(state, "ok") != 0) {
		json_push(lacks, json_string(state));
	}
	if ((mail == NULL || mail[0] == '\0' || address_is_example(mail)) &&
	    json_get_text(addresses, "zalo") == NULL) {
		json_push(lacks, json_string("no_address"));
	}
	if (json_count(lacks) == 0) {
		json_free(lacks);
		return;
	}
	row = json_object();
	json_set_text(row, "role", json_get_text(contact, "role"));
	json_set_text(row, "name", json_get_text(contact, "name"));
	json_set_text(row, "body", json_get_text(contact, "body"));
	json_set(row, "lacks", lacks);
	json_set_text(row, "day", json_get_text(checked, "day"));
	json_set_text(row, "number", phone);
	json_push(contacts, row);
}

/* ---- the rest ---- */

/* A member who has left or only reads does no step; a contact that is no longer
 * valid answers no call.  known: the valid contacts. */
static bool
is_somebody(struct desk *desk, const char *to, const struct json *known)
{
	struct error ignored;
	char id[UUID_SIZE];

	if (to != NULL && strncmp(to, "member:", 7) == 0) {
		return member_worker(desk, to + 7, id, &ignored);
	}
	if (to == NULL || strncmp(to, "contact:", 8) != 0) {
		return to != NULL;
	}
	for (const struct json *row = json_first(known); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "role"), to + 8) == 0) {
			return true;
		}
	}
	return false;
}

static void
add_roles(struct json *into, struct desk *desk, const struct json *roles,
	const struct json *known)
{
	for (const struct json *role = json_first(roles); role != NULL; role = json_next(role)) {
		if (!is_somebody(desk, json_get_text(role, "to"), known)) {
			struct json *row = json_copy(role);

			json_remove(row, "to");
			json_push(into, row);
		}
	}
}

static bool
add_groups(struct json *into, struct desk *desk, struct error *err)
{
	struct json *groups = NULL;

	if (!group_list(desk, &groups, err)) {
		return false;
	}
	for (const struct json *group = json_first(groups); group != NULL;
	     group = json_next(group)) {
		if (json_get_int(group, "size", 0) == 0) {
			struct json *row = json_object();

			json_set_text(row, "code", json_get_text(group, "code"));
			json_set_text(row, "name", json_get_text(group, "name"));
			json_push(into, row);
		}
	}
	json_free(groups);
	return true;
}

/* Working days cannot be counted over a year whose holidays nobody entered. */
static bool
add_holidays(struct json *into, struct desk *desk, struct error *err)
{
	struct civil now = zone_civil(desk_zone(desk), desk_now(desk));

	for (int year = now.year; year <= now.year + 1; year++) {
		char from[24], to[24];
		int64_t days = 0;

		(void)snprintf(from, sizeof from, "%04d-01-01", year);
		(void)snprintf(to, sizeof to, "%04d-01-01", year + 1);
		if (!db_one_int(desk_db(desk), &HOLIDAYS_OF, &days, err, TXT(from), TXT(to))) {
			return false;
		}
		if (days == 0) {
			struct json *row = json_object();

			json_set_int(row, "year", year);
			json_push(into, row);
		}
	}
	return true;
}

static void
count_all(struct json *gaps)
{
	int count = json_count(json_get(gaps, "roles")) + json_count(json_get(gaps, "groups")) +
		json_count(json_get(gaps, "holidays")) + json_count(json_get(gaps, "settings"));

	for (const struct json *row = json_first(json_get(gaps, "systems")); row != NULL;
	     row = json_next(row)) {
		count += (int)json_get_int(row, "lacks", 0);
	}
	for (const struct json *row = json_first(json_get(gaps, "contacts")); row != NULL;
	     row = json_next(row)) {
		count += json_count(json_get(row, "lacks"));
	}
	json_set_int(gaps, "count", count);
}

bool
gaps_find(struct desk *desk, const struct json *roles, struct json **out,
	struct error *err)
{
	struct json *systems = json_array(), *contacts = json_array();
	struct json *empty = json_array(), *holidays = json_array(), *open = json_array();
	struct json *assets = NULL, *known = NULL, *settings = json_array();
	bool ok = asset_list(desk, &assets, err) &&
		contact_unverified(desk, 0, true, &known, err) &&
		add_groups(empty, desk, err) && add_holidays(holidays, desk, err) &&
		burning_unset(desk, settings, err);

	for (const struct json *row = json_first(assets); ok && row != NULL;
	     row = json_next(row)) {
		add_system(systems, row, known);
	}
	for (const struct json *row = json_first(known); ok && row != NULL;
	     row = json_next(row)) {
		add_contact(contacts, row);
	}
	add_roles(open, desk, roles, known);
	json_free(assets);
	json_free(known);
	*out = json_object();
	json_set(*out, "systems", systems);
	json_set(*out, "contacts", contacts);
	json_set(*out, "roles", open);
	json_set(*out, "groups", empty);
	json_set(*out, "holidays", holidays);
	json_set(*out, "settings", settings);
	if (!ok) {
		json_free(*out);
		return false;
	}
	count_all(*out);
	return true;
}
