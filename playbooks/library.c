/* library.c owns the list of playbooks: the shipped files, the imported rows,
 * and which of them is meant. */
#include "playbooks/library.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/change.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/place.h"
#include "core/rule.h"
#include "playbooks/library_index.h"

SQL(PLAYBOOK_TEXT, "t", "SELECT text FROM playbook WHERE hash = $1");
SQL(PLAYBOOK_ORIGIN, "t", "SELECT origin FROM playbook WHERE hash = $1");

void
library_finish(struct library *library)
{
	for (int i = 0; i < library->count; i++) {
		plan_finish(&library->plans[i]);
	}
	free(library->plans);
	*library = (struct library){ 0 };
}

static bool
add_file(struct library *library, const struct json *index, const char *path,
	struct error *err)
{
	char *text = NULL;
	size_t len = 0;
	struct plan plan;
	struct error cause = ERROR_INIT;

	if (plan_of_index(&plan, index, path)) {
		library_keep(library, plan);
		return true;
	}
	bool ok = file_read(&text, &len, path, limit(LIMIT_PLAYBOOK), &cause)
		&& library_add_text(library, text, len, "shipped", path, &cause);

	free(text);
	return ok || error_cause(err, cause.code, cause.message,
		_("the plan %s cannot be read"), path);
}

/* "pa-md.vi.json"; not a schema that may lie beside it. */
static bool
is_plan_file(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && len > 5 && strcmp(name + len - 5, ".json") == 0
		&& strstr(name, ".schema.") == NULL;
}

static bool
add_shipped(struct library *library, struct error *err)
{
	struct dirent *entry;
	struct json *index;
	char *folder = NULL;
	DIR *dir;

	if (!place_data(&folder, "plans", err)) {
		return false;
	}
	index = plan_index();
	dir = opendir(folder);
	bool ok = dir != NULL || error_errno(err,
		_("the shipped plans cannot be read: %s"), folder);
	while (ok && dir != NULL && (entry = readdir(dir)) != NULL) {
		if (is_plan_file(entry->d_name)) {
			char *path = xasprintf("%s/%s", folder, entry->d_name);

			ok = add_file(library, index, path, err);
			free(path);
		}
	}
	if (dir != NULL) {
		closedir(dir);
	}
	json_free(index);
	free(folder);
	return ok;
}

static int
compare_plans(const void *left, const void *right)
{
	const struct plan *a = left;
	const struct plan *b = right;
	/* Those without a code come last. */
	int order = (a->code[0] == '\0') - (b->code[0] == '\0');

	order = order != 0 ? order : strcmp(a->code, b->code);
	/* "vi" before "en": the team's language first. */
	order = order != 0 ? order : strcmp(b->language, a->language);
	order = order != 0 ? order : strcmp(a->name, b->name);
	return order != 0 ? order : strcmp(a->id, b->id);
}

bool
library_load(struct library *out, struct desk *desk, struct error *err)
{
	*out = (struct library){ 0 };
	if (!add_shipped(out, err) || (desk != NULL && !library_add_imported(out, desk, err))) {
		library_finish(out);
		return false;
	}
	if (out->count > 1) {
		qsort(out->plans, (size_t)out->count, sizeof *out->plans,
			compare_plans);
	}
	return true;
}

const struct plan *
library_by_id(const struct library *library, const char *id,
	const char *version)
{
	for (int i = 0; i < library->count; i++) {
		const struct plan *plan = &library->plans[i];

		if (strcmp(plan->id, id) == 0 && (version == NULL
				|| strcmp(plan->modified, version) == 0)) {
			return plan;
		}
	}
	return NULL;
}

/* Of the plans with this code the one in the language, else the first. */
static const struct plan *
by_code(const struct library *library, const char *code, const char *language)
{
	const struct plan *found = NULL;

	for (int i = 0; i < library->count; i++) {
		const struct plan *plan = &library->plans[i];

		if (code[0] == '\0' || strcasecmp(plan->code, code) != 0) {
			continue;
		}
		if (found == NULL || (strcmp(found->language, language) != 0
				&& strcmp(plan->language, language) == 0)) {
			found = plan;
		}
	}
	return found;
}

static const struct plan *
by_name(const struct library *library, const char *name)
{
	for (int i = 0; i < library->count; i++) {
		if (strcmp(library->plans[i].name, name) == 0) {
			return &library->plans[i];
		}
	}
	return NULL;
}

bool
library_find(const struct plan **out, const struct library *library,
	const char *spec, const char *language, struct error *err)
{
	const struct plan *found = library_by_id(library, spec, NULL);
	struct buf known = { 0 };

	if (found == NULL) {
		found = by_code(library, spec, language != NULL ? language : "vi");
	}
	if (found == NULL) {
		found = by_name(library, spec);
	}
	if (found != NULL) {
		*out = found;
		return true;
	}
	for (int i = 0; i < library->count; i++) {
		const char *code = library->plans[i].code;

		if (i == 0 || strcmp(library->plans[i - 1].code, code) != 0) {
			buf_addf(&known, "%s%s", known.len > 0 ? ", " : "", code);
		}
	}
	error_set(err, ERR_NOT_FOUND, _("there is no playbook %.80s; there are %s"),
		spec, buf_text(&known));
	buf_free(&known);
	return false;
}

/* How well a plan fits a case; 0 not at all.  A plan for this asset before one
 * for any; a trunk (the shorter code) before its parts. */
static int
fitness(const struct plan *plan, const struct ir_case *c, const char *language)
{
	int points;
	char *wanted;

	if (strcmp(plan->kind, c->kind) != 0) {
		return 0;
	}
	wanted = xasprintf(" %s ", c->asset_code != NULL ? c->asset_code : "");
	points = 1 + 200 * (strlen(wanted) > 2
		&& strstr(plan->assets, wanted) != NULL);
	free(wanted);
	points += strcmp(plan->language, language) == 0 ? 100 : 0;
	return points + 50 - (int)strnlen(plan->code, 49);
}

/* *rules: how many there are, 0 where the one that fits names a plan that this
 * library does not have. */
static bool
by_rules(const struct plan **out, int *rules, const struct library *library,
	struct desk *desk, const struct ir_case *c, const char *language,
	struct error *err)
{
	struct json *facts = NULL;
	struct json *list = NULL;
	char *code = NULL;
	bool ok = rule_facts_of(desk, c, &facts, err)
		&& rule_plan(desk, facts, &code, err)
		&& rule_list(desk, "plan", &list, err);

	if (ok && code != NULL) {
		*out = by_code(library, code, language != NULL ? language : "vi");
	} else if (ok) {
		*rules = json_count(list);
	}
	json_free(list);
	json_free(facts);
	free(code);
	return ok;
}

bool
library_fitting(const struct plan **out, const struct library *library,
	struct desk *desk, const struct ir_case *c, const char *language,
	struct error *err)
{
	int best = 0;
	int rules = 0;

	/* Where the desk has rules for plans, no plan is an answer too; but one
	 * that is named and not here does not leave the case without a plan. */
	*out = NULL;
	if (!by_rules(out, &rules, library, desk, c, language, err)) {
		return false;
	}
	if (*out != NULL || rules > 0) {
		return true;
	}
	for (int i = 0; i < library->count; i++) {
		int points = fitness(&library->plans[i], c,
			language != NULL ? language : "vi");

		if (points > best) {
			best = points;
			*out = &library->plans[i];
		}
	}
	return true;
}

/* The file is the text that the list speaks of; else *text is freed. */
static bool
is_listed(const struct plan *plan, const char *text, size_t len, struct error *err)
{
	char hash[HASH_SIZE];

	hash_bytes(hash, text, len);
	if (strcmp(hash, plan->hash) == 0) {
		return true;
	}
	(void)error_set(err, ERR_IO,
		_("the plan %s is not what the list of plans says: its file was changed"),
		plan->path);
	return error_how(err, "suco playbook import FILE");
}

static bool
read_text(char **text, size_t *len, struct desk *desk, const struct plan *plan,
	struct error *err)
{
	*text = NULL;
	if (plan->path != NULL) {
		return file_read(text, len, plan->path, limit(LIMIT_PLAYBOOK), err);
	}
	if (!db_one_text(desk_db(desk), &PLAYBOOK_TEXT, text, err, TXT(plan->hash))) {
		return false;
	}
	*len = *text == NULL ? 0 : strlen(*text);
	return *text != NULL || error_set(err, ERR_NOT_FOUND,
		_("the desk has no playbook with the hash %.16s"), plan->hash);
}

bool
library_read(struct playbook **out, char **text, size_t *len,
	struct desk *desk, const struct plan *plan, struct error *err)
{
	if (!read_text(text, len, desk, plan, err)) {
		return false;
	}
	*out = library_kept_plan(plan->hash, *text);
	if (*out != NULL || ((plan->path == NULL || is_listed(plan, *text, *len, err))
			&& playbook_read(out, *text, *len, PLAYBOOK_LENIENT, NULL, err))) {
		return true;
	}
	free(*text);
	*text = NULL;
	return false;
}

static struct json *
store_body(const struct playbook *playbook, const char *text,
	const char *origin)
{
	static const char *const keys[] = { "id", "modified", "name" };
	const char *code = playbook_code(playbook);
	const char *language = json_get_text(playbook_ext(playbook), "language");
	struct json *body = json_object();

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *value = playbook_text(playbook, keys[i]);

		json_set_text(body, keys[i], value != NULL ? value : "");
	}
	json_set_text(body, "hash", playbook_hash(playbook));
	json_set_text(body, "code", code != NULL ? code : "");
	json_set_text(body, "language", language != NULL ? language : "");
	json_set_text(body, "origin", origin);
	json_set_text(body, "text", text);
	plan_say(body, playbook);
	return body;
}

bool
library_store(struct desk *desk, const struct playbook *playbook,
	const char *text, size_t len, const char *origin, struct error *err)
{
	char *is = NULL;

	(void)len;
	if (!change_begin(desk, err)) {
		return false;
	}
	bool ok = db_one_text(desk_db(desk), &PLAYBOOK_ORIGIN, &is, err,
		TXT(playbook_hash(playbook)));
	/* What was imported stays in the library when it is run. */
	bool there = is != NULL && (strcmp(is, origin) == 0
		|| strcmp(is, "imported") == 0);
	free(is);
	if (ok && !there) {
		change_add(desk, "playbook_stored", NULL,
			store_body(playbook, text, origin));
	}
	return change_end(desk, ok, err);
}

bool
library_import(struct desk *desk, const char *text, size_t len,
	struct findings *found, char hash[HASH_SIZE], struct error *err)
{
	struct playbook *playbook = NULL;

	if (!desk_may(desk, ACT_RULES, err) || !playbook_read(&playbook, text, len,
			PLAYBOOK_LENIENT, found, err)) {
		return false;
	}
	memcpy(hash, playbook_hash(playbook), HASH_SIZE);
	bool ok = library_store(desk, playbook, text, len, "imported", err);
	playbook_free(playbook);
	return ok;
}
