/* new_guess.c owns what is said of a case before it is opened. */
#include "tui/new_guess.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alike.h"
#include "core/asset.h"
#include "core/buf.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/planned.h"
#include "core/rule.h"
#include "tui/case_library.h"
#include "tui/depends.h"

/* ---- maybe the same ---- */

static bool
add_same(const struct ir_case *c, void *arg)
{
	struct case_rows *rows = arg;

	if (rows->cap == 0) {
		rows->cap = ALIKE_MOST;
		rows->rows = xcalloc(ALIKE_MOST, sizeof(*rows->rows));
	}
	case_row_from(&rows->rows[rows->count++], c);
	return rows->count < rows->cap;
}

/* ---- rules ---- */

static void
add_told(struct guess *out, const struct json *row, bool propose)
{
	struct guess_told *told;

	out->told = xrealloc(out->told,
		(size_t)(out->told_count + 1) * sizeof(*out->told));
	told = &out->told[out->told_count++];
	*told = (struct guess_told){ .propose = propose };
	snprintf(told->role, sizeof(told->role), "%s", json_text(json_get(row, "role"), ""));
	told->name = xstrdup(json_text(json_get(row, "name"), told->role));
}

static void
add_contacts(struct guess *out, struct desk *desk, const struct json *contacts)
{
	struct buf members = { 0 };
	struct error ignored;

	for (const struct json *row = json_first(json_get(contacts, "propose"));
		row != NULL; row = json_next(row)) {
		add_told(out, row, true);
	}
	for (const struct json *row = json_first(json_get(contacts, "by_hand"));
		row != NULL; row = json_next(row)) {
		add_told(out, row, false);
	}
	for (const struct json *row = json_first(json_get(contacts, "tell"));
		row != NULL; row = json_next(row)) {
		const char *login = json_text(json_get(row, "login"), "");
		struct json *member = NULL;
		const char *name = member_show(desk, login, &member, &ignored)
			? fold_given_name(json_text(json_get(member, "name"), login)) : login;

		buf_addf(&members, "%s%s", members.len > 0 ? ", " : "", name);
		json_free(member);
	}
	free(out->members);
	out->members = buf_take(&members);
}

static bool
ask_rules(struct guess *out, struct desk *desk, const struct guess_ask *ask,
	struct error *err)
{
	struct rule_subject subject = { .kind = ask->kind, .asset = ask->asset,
		.detected_at = desk_now(desk) };
	struct json *facts = NULL;
	struct json *contacts = NULL;
	bool ok = rule_facts(desk, &subject, &facts, err)
		&& rule_severity(desk, facts, &out->severity, &out->rule, err)
		&& rule_plan(desk, facts, &out->plan, err)
		&& rule_contacts(desk, facts, desk_me(desk)->login, &contacts, err);

	if (ok) {
		add_contacts(out, desk, contacts);
	}
	json_free(contacts);
	json_free(facts);
	return ok;
}

static bool
name_plan(struct guess *out, struct desk *desk, struct error *err)
{
	const struct library *library;
	const struct plan *plan = NULL;
	struct error none = ERROR_INIT;

	if (out->plan == NULL || out->plan[0] == '\0') {
		return true;
	}
	if (!case_library(&library, desk, err)) {
		return false;
	}
	if (library_find(&plan, library, out->plan, desk_me(desk)->language, &none)) {
		out->plan_name = xasprintf("%s: %s", plan->code, plan->name);
	}
	return true;
}

/* ---- what stops when the asset stops ---- */

static bool
ask_dependants(struct guess *out, struct desk *desk, const char *asset,
	struct error *err)
{
	struct json *rows = NULL;
	struct buf text = { 0 };

	if (asset[0] == '\0') {
		return true;
	}
	if (!asset_dependants(desk, asset, &rows, err)) {
		return err->code == ERR_NOT_FOUND;
	}
	for (const struct json *row = json_first(rows); row != NULL;
		row = json_next(row)) {
		char *how = depends_text(row);

		out->depends_count++;
		buf_addf(&text, "%s%s (%s)", text.len > 0 ? "\n" : "",
			json_text(json_get(row, "code"), ""), how);
		free(how);
	}
	out->depends = buf_take(&text);
	json_free(rows);
	return true;
}

/* ---- what was changed on it ---- */

struct changes {
	struct guess *out;
	struct desk *desk;
	struct buf text;
};

static bool
add_change(const struct planned *work, void *arg)
{
	struct changes *c = arg;
	char *words = planned_words(work, desk_now(c->desk), desk_zone(c->desk));

	buf_addf(&c->text, "%s%s", c->text.len > 0 ? "\n" : "", words);
	free(words);
	return ++c->out->changed_count < 3;
}

static bool
ask_changes(struct guess *out, struct desk *desk, const char *asset,
	struct error *err)
{
	struct changes changes = { .out = out, .desk = desk };
	bool ok = asset[0] == '\0' || planned_near_code(desk, asset, desk_now(desk),
		add_change, &changes, err);

	out->changed = buf_take(&changes.text);
	return ok;
}

bool
guess_load(struct guess *out, struct desk *desk, const struct guess_ask *ask,
	struct error *err)
{
	const struct alike_ask alike = { .title = ask->title, .kind = ask->kind,
		.asset = ask->asset };

	*out = (struct guess){ 0 };
	if (!alike_each(desk, &alike, add_same, &out->same, err)
		|| !ask_rules(out, desk, ask, err)
		|| !name_plan(out, desk, err)
		|| !ask_dependants(out, desk, ask->asset, err)
		|| !ask_changes(out, desk, ask->asset, err)) {
		guess_free(out);
		return false;
	}
	return true;
}

void
guess_free(struct guess *guess)
{
	case_rows_free(&guess->same);
	free(guess->rule);
	free(guess->plan);
	free(guess->plan_name);
	free(guess->depends);
	free(guess->changed);
	free(guess->members);
	for (int i = 0; i < guess->told_count; i++) {
		free(guess->told[i].name);
	}
	free(guess->told);
	*guess = (struct guess){ 0 };
}
