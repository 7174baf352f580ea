/* case_open.c opens cases: number, owner, first row. */
#include "core/case_open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/deadline_follow.h"
#include "core/duty.h"
#include "core/escalate.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/suggest.h"
#include "core/tell.h"
#include "core/text.h"
#include "core/words.h"

SQL(NEXT_SERIAL, "ii",
	"SELECT serial + 1 FROM cases WHERE drill = $1 AND year = $2"
	" ORDER BY serial DESC LIMIT 1");
SQL(ASSET_BY_CODE, "t", "SELECT id, name FROM asset WHERE code = $1");
SQL(WATCH_SETTING, "", "SELECT value FROM setting WHERE name = 'watch'");
SQL(CASE_INSERT, "ttiii" "tttti" "tittt" "tttti" "iiii",
	"INSERT INTO cases (id, number, year, serial, drill, title, kind, category,"
	" status, severity_suggested, severity_rule, rank, asset_id, owner_id, reporter,"
	" tlp, pap, reportable, personal_data, detected_at, occurred_at, opened_at,"
	" due_at, reportable_asked_at, is_open, merged_into, cause, result, lessons, next_step,"
	" next_n,"
	" steps_done, steps_total, open_tasks, events, last_at, version)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
	" $16, $17, $18, $19, $20, $21, $22, $23, $24, 1, NULL, '', '', '', '', 0, 0, 0, 0,"
	" 0, 0, 0)");

bool
apply_case_opened(const struct applying *a, struct error *err)
{
	const struct json *b = a->body;
	int64_t suggested = json_get_int(b, "severity_suggested", 0);
	bool drill = json_get_bool(b, "drill");

	return db_run(a->db, &CASE_INSERT, err, TXT(a->event->case_id),
		TXT(json_text_of(b, "number")), I64(json_get_int(b, "year", 0)),
		I64(json_get_int(b, "serial", 0)), I64(drill), TXT(json_text_of(b, "title")),
		TXT(json_text_of(b, "kind")), TXT(json_text_of(b, "category")), TXT("new"),
		TIME(suggested), TXT(json_text_of(b, "severity_rule")), I64(10 - suggested),
		TXT(json_get_text(b, "asset")), TXT(json_get_text(b, "owner")),
		TXT(json_text_of(b, "reporter")), TXT("amber"), TXT("amber"), TXT("unknown"),
		TXT("unknown"), I64(json_get_int(b, "detected_at", 0)),
		TIME(json_get_int(b, "occurred_at", 0)), I64(a->event->recorded_at),
		I64(NO_DUE), I64(a->event->recorded_at)) &&
		apply_count(a, drill ? "cases.open.drill" : "cases.open", 1, err);
}

void
search_case_opened(struct buf *out, const struct json *body)
{
	static const char *const keys[] = {
		"number", "title", "asset_code", "asset_name", "reporter", "category",
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		buf_addf(out, "%s ", json_text_of(body, keys[i]));
	}
}

static bool
put_text(struct json *body, const char *key, const char *text, size_t max,
	struct error *err)
{
	char *clean = NULL;

	if (text == NULL) {
		text = "";
	}
	if (!text_accept(&clean, text, strlen(text), TEXT_ONE_LINE, max, key, err)) {
		return false;
	}
	json_set_text(body, key, clean);
	free(clean);
	return true;
}

static bool
put_number(struct desk *desk, struct json *body, bool drill, struct error *err)
{
	int year = zone_civil(desk_zone(desk), desk_now(desk)).year;
	int64_t serial = 1;
	char number[40];

	if (!db_one_int(desk_db(desk), &NEXT_SERIAL, &serial, err, I64(drill),
		    I64(year))) {
		return false;
	}
	(void)snprintf(number, sizeof number, "%s%04d-%04lld", drill ? "D-" : "", year,
		(long long)serial);
	json_set_text(body, "number", number);
	json_set_int(body, "year", year);
	json_set_int(body, "serial", serial);
	json_set_bool(body, "drill", drill);
	return true;
}

static bool
put_asset(struct desk *desk, struct json *body, const char *code, struct error *err)
{
	struct stmt *st;
	bool found = false;

	json_set_text(body, "asset", NULL);
	if (code == NULL || code[0] == '\0') {
		return true;
	}
	st = db_query(desk_db(desk), &ASSET_BY_CODE, TXT(code));
	if (stmt_row(st)) {
		found = true;
		json_set_text(body, "asset", stmt_text(st, 0));
		json_set_text(body, "asset_code", code);
		json_set_text(body, "asset_name", stmt_text(st, 1));
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (!found) {
		return error_set(err, ERR_NOT_FOUND,
			_("there is no asset %.60s in the register; see `suco asset list`"), code);
	}
	return true;
}

/* The setting `watch`, else who is on call in the roster's first layer. */
static bool
find_watch(char **login, struct desk *desk, struct error *err)
{
	char *value = NULL;
	char *name = NULL;
	bool ok = db_one_text(desk_db(desk), &WATCH_SETTING, &value, err, NOARGS);

	*login = NULL;
	if (ok && (value == NULL || strncmp(value, "duty:", 5) == 0)) {
		ok = duty_first(desk, value == NULL ? NULL : value + 5, login, &name, err);
	} else if (ok) {
		*login = xstrdup(value);
	}
	free(value);
	free(name);
	return ok;
}

/* The first owner is whom the caller names, else who has the watch, else who opens
 * the case. */
static bool
put_owner(struct desk *desk, struct json *body, const char *login,
	struct error *err)
{
	char id[UUID_SIZE] = "";
	struct error left;
	char *watch = NULL;
	bool ok = true;

	if (login == NULL) {
		ok = find_watch(&watch, desk, err);
		/* Who has the watch by the setting may have left since: who opens the case
		 * has it then, and no call is refused for that. */
		login = watch != NULL && member_worker(desk, watch, id, &left) ? watch : NULL;
	}
	if (ok && login != NULL && login[0] != '\0') {
		ok = member_worker(desk, login, id, err);
	} else if (ok) {
		(void)snprintf(id, sizeof id, "%s", desk_me(desk)->id);
	}
	free(watch);
	json_set_text(body, "owner", id[0] == '\0' ? NULL : id);
	return ok;
}

static bool
open_body(struct desk *desk, const struct case_new *what, struct json *body,
	struct error *err)
{
	json_set_text(body, "kind", what->kind);
	if (what->drill && what->page) {
		json_set_bool(body, "page", true); /* also what is told later (tell.c) */
	}
	json_set_int(body, "detected_at",
		what->detected_at == 0 ? desk_now(desk) : what->detected_at);
	json_set_text(body, "detected_typed", what->detected_typed);
	if (what->occurred_at != 0) {
		json_set_int(body, "occurred_at", what->occurred_at);
		json_set_text(body, "occurred_typed", what->occurred_typed);
	}
	if (!put_text(body, "title", what->title, limit(LIMIT_TITLE), err) ||
	    !put_text(body, "category", what->category, limit(LIMIT_NAME), err) ||
	    !put_text(body, "reporter", what->reporter, limit(LIMIT_NAME), err)) {
		return false;
	}
	if (json_get_text(body, "title")[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT,
			_("a case needs a title: one line of what was reported"));
	}
	return put_number(desk, body, what->drill, err) &&
		put_asset(desk, body, what->asset, err) &&
		put_owner(desk, body, what->owner, err) &&
		suggest_new(desk, &(struct rule_subject){
			.kind = what->kind, .category = json_get_text(body, "category"),
			.asset = json_get_text(body, "asset_code"), .drill = what->drill,
			.detected_at = json_get_int(body, "detected_at", 0) }, body, err);
}

/* The first owner, when it is not who opens; then who the rules name. */
static bool
tell_opened(struct desk *desk, const char *id, bool page, struct error *err)
{
	int cause = change_mark(desk);
	struct ir_case c = { 0 };
	bool ok = change_flush_keep(desk, &cause, err) && case_load(&c, desk, id, err) &&
		tell_assigned(desk, id, c.owner_id,
			&(struct work){ .what = c.title, .due_at = NO_DUE, .page = page },
			cause, err) &&
		tell_by_rules(desk, id, page, cause, err) && deadline_follow(desk, id, err);

	/* The engine leaves drills alone but where one says to page the team. */
	ok = ok && (!c.drill || !page || escalate_case(desk, id, err));
	case_clear(&c);
	return ok;
}

/* Before anybody is told and called: the words of the first message and the policy of
 * the first call go by it. */
static bool
decide_opened(struct desk *desk, const struct case_new *what, const char *id,
	struct error *err)
{
	return what->severity == 0 || (change_flush(desk, err) && severity_at_first(desk,
		id, what->severity, what->severity_reason, err));
}

bool
case_open(struct desk *desk, const struct case_new *what, char id[UUID_SIZE],
	struct error *err)
{
	struct json *body;

	if (!desk_may(desk, ACT_CASE_NEW, err) ||
	    !word_check(WORDS_KIND, _("kind"), what->kind, err) ||
	    !change_begin(desk, err)) {
		return false;
	}
	body = json_object();
	if (!open_body(desk, what, body, err)) {
		json_free(body);
		return change_end(desk, false, err);
	}
	uuid_v7(id, desk_now(desk));
	change_add(desk, "case_opened", id, body);
	return change_end(desk, decide_opened(desk, what, id, err) &&
		tell_opened(desk, id, what->page, err), err);
}
