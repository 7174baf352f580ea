/* cacao_check_ids.c owns the forms of identifiers and timestamps: rules 3 to
 * 11, 27, 46 to 48 and the names of variables (54). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/i18n.h"
#include "core/ids.h"
#include "core/mem.h"
#include "playbooks/cacao_graph.h"

/* 8-4-4-4-12 hex digits, version 1 to 5, variant 8 9 a b. */
static bool
uuid_form(const char *text)
{
	if (strlen(text) != UUID_SIZE - 1) {
		return false;
	}
	for (int i = 0; i < UUID_SIZE - 1; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text[i] != '-' : !isxdigit((unsigned char)text[i])) {
			return false;
		}
	}
	return text[14] >= '1' && text[14] <= '5'
		&& strchr("89abAB", text[19]) != NULL;
}

/* The UUID behind "type--", or NULL. */
static const char *
uuid_of(const char *id)
{
	const char *dashes = strstr(id, "--");

	return dashes == NULL ? NULL : dashes + 2;
}

bool
cacao_identifier(const char *text)
{
	const char *uuid = uuid_of(text);
	size_t len = uuid == NULL ? 0 : (size_t)(uuid - 2 - text);

	if (uuid == NULL || len < 2 || !islower((unsigned char)text[0])) {
		return false;
	}
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (!islower(byte) && !isdigit(byte) && byte != '-') {
			return false;
		}
	}
	return text[len - 1] != '-' && uuid_form(uuid);
}

bool
cacao_has_prefix(const char *id, const char *type)
{
	size_t len = strlen(type);

	return strncmp(id, type, len) == 0 && strncmp(id + len, "--", 2) == 0;
}

bool
cacao_name_form(const char *name)
{
	size_t len = strlen(name);

	if (len < 5 || len > 250 || strncmp(name, "__", 2) != 0
			|| strcmp(name + len - 2, "__") != 0
			|| !(isalpha((unsigned char)name[2]) || name[2] == '_')) {
		return false;
	}
	for (size_t i = 2; i < len; i++) {
		unsigned char byte = (unsigned char)name[i];

		if (!isalnum(byte) && byte != '_' && byte != '-') {
			return false;
		}
	}
	return true;
}

/* How many fraction digits; -1 when the form is none of RFC 3339 with Z. */
static int
timestamp_digits(const char *text)
{
	static const char form[] = "dddd-dd-ddTdd:dd:dd";
	int digits = 0;

	for (size_t i = 0; i < sizeof form - 1; i++) {
		bool good = form[i] == 'd' ? isdigit((unsigned char)text[i]) != 0
			: text[i] == form[i];
		if (!good) {
			return -1;
		}
	}
	const char *p = text + sizeof form - 1;
	if (*p == '.') {
		for (p++; isdigit((unsigned char)*p); p++) {
			digits++;
		}
		if (digits == 0) {
			return -1;
		}
	}
	return strcmp(p, "Z") == 0 ? digits : -1;
}

static bool
real_date(const char *text)
{
	static const int lengths[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};
	int year = (int)strtol(text, NULL, 10);
	int month = (int)strtol(text + 5, NULL, 10);
	int day = (int)strtol(text + 8, NULL, 10);
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12 || day < 1) {
		return false;
	}
	return day <= lengths[month - 1] + (month == 2 && leap)
		&& strtol(text + 11, NULL, 10) < 24
		&& strtol(text + 14, NULL, 10) < 60
		&& strtol(text + 17, NULL, 10) <= 60;
}

bool
cacao_check_time(const struct json *object, const char *base, const char *name,
	bool exact, struct findings *findings)
{
	const char *text = json_get_text(object, name);
	char path[FINDING_PATH];

	path_key(path, base, name);
	if (text == NULL) {
		return false;
	}
	int digits = timestamp_digits(text);
	if (digits < 0) {
		finding_add(findings, 8, path,
			_("a time is 2026-01-31T08:00:00.000Z, with Z: %s"), text);
		return false;
	}
	if (!real_date(text)) {
		finding_add(findings, 9, path, _("there is no such date: %s"), text);
		return false;
	}
	if (exact && digits != 3) {
		finding_add(findings, digits == 6 ? 7 : 6, path,
			_("exactly three digits after the second are wanted: %s"), text);
	}
	return true;
}

/* <0, 0, >0; both have passed timestamp_digits(), which leaves the fraction
 * as the only part of free length. */
static int
compare_times(const struct json *doc, const char *left, const char *right)
{
	const char *a = json_get_text(doc, left);
	const char *b = json_get_text(doc, right);
	int order = strncmp(a, b, 19);

	for (a += 19, b += 19; order == 0 && (*a != 'Z' || *b != 'Z');) {
		int digit_a = *a == '.' ? *++a : *a;
		int digit_b = *b == '.' ? *++b : *b;

		digit_a = digit_a == 'Z' ? '0' : digit_a;
		digit_b = digit_b == 'Z' ? '0' : digit_b;
		order = digit_a - digit_b;
		a += *a != 'Z';
		b += *b != 'Z';
	}
	return order;
}

static void
check_times(const struct json *doc, struct findings *findings)
{
	bool created = cacao_check_time(doc, "", "created", true, findings);
	bool modified = cacao_check_time(doc, "", "modified", true, findings);
	bool from = cacao_check_time(doc, "", "valid_from", false, findings);
	bool until = cacao_check_time(doc, "", "valid_until", false, findings);

	if (created && modified
			&& compare_times(doc, "modified", "created") < 0) {
		finding_add(findings, 10, "/modified",
			_("modified before it was created"));
	}
	if (from && until
			&& compare_times(doc, "valid_until", "valid_from") <= 0) {
		finding_add(findings, 11, "/valid_until",
			_("must be later than valid_from"));
	}
}

static void
check_identity(const struct json *value, const char *path, int rule,
	struct findings *findings)
{
	const char *id = json_text(value, NULL);

	if (id != NULL && (!cacao_has_prefix(id, "identity")
			|| !cacao_identifier(id))) {
		finding_add(findings, rule, path,
			_("must be an identity--UUID: %s"), id);
	}
}

static void
check_list(const struct json *doc, const char *name, const char *prefix,
	struct findings *findings)
{
	char path[FINDING_PATH];
	int index = 0;

	for (const struct json *row = json_first(json_get(doc, name));
			row != NULL; row = json_next(row)) {
		const char *id = json_text(row, "");

		path_key(path, "", name);
		path_index(path, path, index++);
		if (!cacao_identifier(id)) {
			finding_add(findings, 4, path, _("no identifier: %s"), id);
		} else if (prefix != NULL && !cacao_has_prefix(id, prefix)) {
			finding_add(findings, 3, path, _("must be a %s--UUID"), prefix);
		}
	}
}

static void
check_playbook_id(const char *id, const char *path, struct findings *findings)
{
	if (id == NULL) {
		return;
	}
	if (!cacao_has_prefix(id, "playbook")) {
		finding_add(findings, 3, path, _("must be a playbook--UUID: %s"),
			id);
	} else if (!cacao_identifier(id)) {
		finding_add(findings, 4, path, _("no identifier: %s"), id);
	}
}

static void
check_calls(const struct playbook *playbook, struct findings *findings)
{
	char path[FINDING_PATH];

	for (int i = 0; i < playbook->step_count; i++) {
		if (playbook->steps[i].type == STEP_CALL) {
			path_key(path, "/workflow", playbook->steps[i].id);
			path_key(path, path, "playbook_id");
			check_playbook_id(playbook->steps[i].call, path, findings);
		}
	}
}

/* Every id of the document, to find one UUID under two prefixes (47). */
struct ids {
	struct id {
		const char *uuid, *whole;
	} *list;
	size_t count, cap;
};

static int
compare_uuids(const void *left, const void *right)
{
	const struct id *a = left;
	const struct id *b = right;
	int order = strcasecmp(a->uuid, b->uuid);

	return order != 0 ? order : strcmp(a->whole, b->whole);
}

static void
add_id(struct ids *ids, const char *id)
{
	const char *uuid = id == NULL ? NULL : uuid_of(id);

	if (uuid == NULL) {
		return;
	}
	if (ids->count == ids->cap) {
		ids->cap = ids->cap == 0 ? 64 : ids->cap * 2;
		ids->list = xrealloc(ids->list, ids->cap * sizeof *ids->list);
	}
	ids->list[ids->count++] = (struct id){ .uuid = uuid, .whole = id };
}

static void
check_key(const struct json *row, const char *base, bool step,
	struct findings *findings)
{
	const char *key = json_key(row);
	const char *type = json_get_text(row, "type");
	char path[FINDING_PATH];

	path_key(path, base, key);
	if (!cacao_identifier(key)) {
		finding_add(findings, 4, path, _("no identifier: %s"), key);
	} else if (step && key[strlen(key) - UUID_SIZE + 15] != '4') {
		finding_add(findings, 46, path,
			_("the UUID of a step must be of version 4"));
	}
	if (type != NULL && !cacao_has_prefix(key, type)) {
		finding_add(findings, 27, path,
			_("the key does not begin with its type %s"), type);
	}
	if (step) {
		path_key(path, path, "owner");
		check_identity(json_get(row, "owner"), path, 48, findings);
	}
}

static void
check_keys(const struct json *doc, struct findings *findings)
{
	static const char *const names[] = {
		"workflow", "agent_definitions", "target_definitions",
		"authentication_info_definitions", "extension_definitions",
		"data_marking_definitions",
	};
	struct ids ids = { 0 };
	char base[FINDING_PATH];

	add_id(&ids, json_get_text(doc, "id"));
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const struct json *rows = json_get(doc, names[i]);

		path_key(base, "", names[i]);
		for (const struct json *row = json_is(rows, JSON_OBJECT)
				? json_first(rows) : NULL;
				row != NULL; row = json_next(row)) {
			check_key(row, base, i == 0, findings);
			add_id(&ids, json_key(row));
		}
	}
	if (ids.count > 1) {
		qsort(ids.list, ids.count, sizeof *ids.list, compare_uuids);
	}
	for (size_t i = 1; i < ids.count; i++) {
		const struct id *before = &ids.list[i - 1], *id = &ids.list[i];

		if (strcasecmp(before->uuid, id->uuid) == 0
				&& strcmp(before->whole, id->whole) != 0) {
			finding_add(findings, 47, "", _("one UUID for %s and %s"),
				before->whole, id->whole);
		}
	}
	free(ids.list);
}

void
cacao_check_ids(const struct playbook *playbook, struct findings *findings)
{
	const struct json *doc = playbook->doc;

	check_playbook_id(json_get_text(doc, "id"), "/id", findings);
	check_calls(playbook, findings);
	check_identity(json_get(doc, "created_by"), "/created_by", 5, findings);
	check_times(doc, findings);
	check_list(doc, "derived_from", "playbook", findings);
	check_list(doc, "related_to", NULL, findings);
	check_keys(doc, findings);
}
