/* case_set.c owns the fields of a case that are set one by one, the severity
 * decision and the owner. */
#include "core/case_set.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/back_by.h"
#include "core/body.h"
#include "core/buf.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/deadline_follow.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/suggest.h"
#include "core/tell.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

enum field_type {
	FIELD_LINE, FIELD_WORD, FIELD_TIME, FIELD_ASSET, FIELD_BACK_BY,
};

struct field_rule {
	enum field_type type;
	const char *column;
	enum word_list words;
	enum limit max;
	bool required;
};

const struct case_field case_fields[] = {
	{ "title", N_("title") },
	{ "kind", N_("kind") },
	{ "category", N_("category") },
	{ "asset", N_("asset") },
	{ "reporter", N_("reported by") },
	{ "tlp", N_("sharing (TLP)") },
	{ "pap", N_("allowed acts (PAP)") },
	{ "reportable", N_("reportable") },
	{ "personal_data", N_("personal data involved") },
	{ "personal_data_known", N_("personal data known since") },
	{ "beyond_capacity", N_("beyond own capacity since") },
	{ "detected", N_("detected at") },
	{ "occurred", N_("occurred at") },
	{ "must_be_back_by", N_("must be back by") },
	{ "must_be_back_reason", N_("why it must be back by then") },
	{ 0 },
};

/* In the order of case_fields. */
static const struct field_rule rules[] = {
	{ FIELD_LINE, "title", 0, LIMIT_TITLE, true },
	{ FIELD_WORD, "kind", WORDS_KIND, 0, true },
	{ FIELD_LINE, "category", 0, LIMIT_NAME, false },
	{ FIELD_ASSET, "asset_id", 0, 0, false },
	{ FIELD_LINE, "reporter", 0, LIMIT_NAME, false },
	{ FIELD_WORD, "tlp", WORDS_TLP, 0, true },
	{ FIELD_WORD, "pap", WORDS_PAP, 0, true },
	{ FIELD_WORD, "reportable", WORDS_REPORTABLE, 0, true },
	{ FIELD_WORD, "personal_data", WORDS_REPORTABLE, 0, true },
	{ FIELD_TIME, "personal_data_at", 0, 0, false },
	{ FIELD_TIME, "beyond_capacity_at", 0, 0, false },
	{ FIELD_TIME, "detected_at", 0, 0, true },
	{ FIELD_TIME, "occurred_at", 0, 0, false },
	{ FIELD_BACK_BY, "", 0, 0, false },
	{ FIELD_BACK_BY, "", 0, 0, false },
};

static const char *
current_text(const struct ir_case *c, const char *column)
{
	const struct {
		const char *column, *value;
	} values[] = {
		{ "title", c->title }, { "kind", c->kind }, { "category", c->category },
		{ "asset_id", c->asset_id }, { "reporter", c->reporter },
		{ "tlp", c->tlp }, { "pap", c->pap }, { "reportable", c->reportable },
		{ "personal_data", c->personal_data },
	};

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		if (strcmp(values[i].column, column) == 0) {
			return values[i].value;
		}
	}
	return "";
}

static int64_t
current_time(const struct ir_case *c, const char *column)
{
	const struct {
		const char *column;
		int64_t value;
	} values[] = {
		{ "detected_at", c->detected_at }, { "occurred_at", c->occurred_at },
		{ "personal_data_at", c->personal_data_at },
		{ "beyond_capacity_at", c->beyond_capacity_at },
	};

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		if (strcmp(values[i].column, column) == 0) {
			return values[i].value;
		}
	}
	return 0;
}

static bool
set_line(struct desk *desk, const struct ir_case *c, const struct field_rule *rule,
	const char *name, const char *value, struct json *body, struct error *err)
{
	const char *was = current_text(c, rule->column);
	char *clean = NULL;
	bool ok;

	if (!text_accept(&clean, value, strlen(value), TEXT_ONE_LINE, limit(rule->max),
		    name, err)) {
		return false;
	}
	if (rule->required && clean[0] == '\0') {
		free(clean);
		return error_set(err, ERR_BAD_INPUT, _("%s cannot be empty"), name);
	}
	ok = strcmp(clean, was) == 0 ||
		change_guard(desk, c->id, rule->column, clean, was, err);
	if (ok && strcmp(clean, was) != 0) {
		set_text(body, rule->column, was, clean);
	}
	free(clean);
	return ok;
}

static bool
set_word(struct desk *desk, const struct ir_case *c, const struct field_rule *rule,
	const char *name, const char *value, struct json *body, struct error *err)
{
	const char *was = current_text(c, rule->column);

	value = word_meant(rule->words, value);
	if (!word_check(rule->words, name, value, err)) {
		return false;
	}
	if (strcmp(value, was) == 0) {
		return true;
	}
	if (strcmp(rule->column, "reportable") == 0 && strcmp(value, "no") == 0 &&
	    !deadline_may_deny(desk, c, err)) {
		return false;
	}
	if (!change_guard(desk, c->id, rule->column, value, was, err)) {
		return false;
	}
	set_text(body, rule->column, was, value);
	return true;
}

static bool
set_time(struct desk *desk, const struct ir_case *c, const struct field_rule *rule,
	const char *value, struct json *body, struct error *err)
{
	int64_t was = current_time(c, rule->column);
	char theirs[WHEN_RFC3339_SIZE] = "";
	int64_t at = 0;

	if ((value[0] != '\0' || rule->required) &&
	    !when_parse(&at, value, WHEN_PAST, desk_now(desk), desk_zone(desk), err)) {
		return false;
	}
	if (at == was) {
		return true;
	}
	if (was != 0) {
		when_rfc3339(theirs, was, desk_zone(desk));
	}
	if (!change_guard(desk, c->id, rule->column, value, theirs, err)) {
		return false;
	}
	set_int(body, rule->column, was, at);
	json_set_text(body, "typed", value);
	return true;
}

static bool
set_asset(struct desk *desk, const struct ir_case *c, const char *code,
	struct json *body, struct error *err)
{
	char id[UUID_SIZE] = "";
	bool ok = code[0] == '\0' || asset_id_of(id, desk, code, err);

	if (ok && strcmp(id, c->asset_id) != 0) {
		ok = change_guard(desk, c->id, "asset_id", code, c->asset_code, err);
		if (ok) {
			set_text(body, "asset_id", c->asset_id[0] == '\0' ? NULL : c->asset_id,
				id[0] == '\0' ? NULL : id);
			json_set_text(body, "asset_code", code);
		}
	}
	return ok;
}

static bool
no_such_field(const char *assignment, struct error *err)
{
	struct buf names = { 0 };

	for (const struct case_field *field = case_fields; field->name != NULL; field++) {
		buf_addf(&names, "%s%s", names.len == 0 ? "" : ", ", field->name);
	}
	(void)error_set(err, ERR_BAD_INPUT,
		_("\"%.80s\" is not FIELD=VALUE with one of the fields %s"), assignment,
		buf_text(&names));
	buf_free(&names);
	return false;
}

static bool
set_one(struct desk *desk, const struct ir_case *c, const char *assignment,
	struct json *body, struct error *err)
{
	const char *equals = strchr(assignment, '=');
	size_t len = equals == NULL ? 0 : (size_t)(equals - assignment);

	for (size_t i = 0; equals != NULL && case_fields[i].name != NULL; i++) {
		const char *name = case_fields[i].name;

		if (strlen(name) != len || strncmp(name, assignment, len) != 0) {
			continue;
		}
		switch (rules[i].type) {
		case FIELD_LINE:
			return set_line(desk, c, &rules[i], name, equals + 1, body, err);
		case FIELD_WORD:
			return set_word(desk, c, &rules[i], name, equals + 1, body, err);
		case FIELD_TIME:
			return set_time(desk, c, &rules[i], equals + 1, body, err);
		case FIELD_ASSET:
			return set_asset(desk, c, equals + 1, body, err);
		case FIELD_BACK_BY: /* a clock, not a column: case_set() has taken it */
			return true;
		}
	}
	return no_such_field(assignment, err);
}

bool
case_set(struct desk *desk, const char *case_id, const char *const *assignments,
	int count, struct error *err)
{
	struct json *body = json_object();
	struct back_by_given back_by = { 0 };
	struct ir_case c = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		json_free(body);
		return false;
	}
	ok = case_load(&c, desk, case_id, err);
	for (int i = 0; ok && i < count; i++) {
		(void)back_by_take(&back_by, assignments[i]);
		ok = set_one(desk, &c, assignments[i], body, err);
	}
	if (ok) {
		deadline_facts(desk, &c, body);
	}
	ok = ok && back_by_set(desk, &c, &back_by, err) &&
		suggest_again(desk, &c, body, err);
	if (ok && set_count(body) > 0) {
		change_add(desk, "case_set", c.id, body);
		ok = deadline_follow(desk, c.id, err);
	} else {
		json_free(body);
	}
	case_clear(&c);
	return change_end(desk, ok, err);
}

static bool
put_reason(struct json *body, const char *reason, struct error *err)
{
	char *clean = NULL;

	if (reason == NULL || reason[strspn(reason, " \t\n")] == '\0') {
		(void)error_set(err, ERR_REFUSED, _("a decision needs a reason"));
		return error_how(err, "--reason");
	}
	if (!text_accept(&clean, reason, strlen(reason), TEXT_MANY_LINES,
		    limit(LIMIT_NOTE), _("reason"), err)) {
		return false;
	}
	json_set_text(body, "reason", clean);
	free(clean);
	return true;
}

SQL(DECIDED_AT, "t",
	"SELECT seq FROM field_version WHERE subject = $1 AND field = 'severity'");

/* The same number again is a decision too where its reason is new, or it is
 * somebody else's. */
static bool
decided_so(struct desk *desk, const struct ir_case *c, int severity,
	const struct json *body)
{
	struct json *before = NULL;
	struct event event = { 0 };
	struct error ignored;
	int64_t seq = 0;
	bool same;

	same = c->severity == severity &&
		db_one_int(desk_db(desk), &DECIDED_AT, &seq, &ignored, TXT(c->id)) &&
		event_load(&event, desk_db(desk), seq, &ignored) &&
		body_in_force(&before, desk_db(desk), &event, &ignored) &&
		strcmp(event_whose(&event), desk_me(desk)->login) == 0 &&
		strcmp(json_text(json_get(before, "reason"), ""),
			json_text(json_get(body, "reason"), "")) == 0;
	json_free(before);
	event_clear(&event);
	return same;
}

static bool
decide(struct desk *desk, const char *case_id, int severity, const char *reason,
	bool tell, struct error *err)
{
	struct json *body = json_object();
	struct ir_case c = { 0 };
	char yours[16];
	char theirs[16];
	bool same = false;
	bool ok;

	if (severity < 1 || severity > 4) {
		json_free(body);
		return error_set(err, ERR_BAD_INPUT,
			_("severity is 1 (low) to 4 (very serious)"));
	}
	if (!desk_may(desk, ACT_SEVERITY, err) || !put_reason(body, reason, err) ||
	    !change_begin(desk, err)) {
		json_free(body);
		return false;
	}
	ok = case_load(&c, desk, case_id, err);
	if (ok) {
		(void)snprintf(yours, sizeof yours, "%d", severity);
		(void)snprintf(theirs, sizeof theirs, "%d", c.severity);
		same = decided_so(desk, &c, severity, body);
		ok = same || change_guard(desk, c.id, "severity", yours,
			c.severity == 0 ? NULL : theirs, err);
	}
	if (ok && !same) {
		set_int(body, "severity", c.severity, severity);
		change_add(desk, "severity_decided", c.id, body);
		ok = !tell || (tell_by_rules(desk, c.id, false, change_mark(desk), err) &&
			deadline_follow(desk, c.id, err));
	} else {
		json_free(body);
	}
	case_clear(&c);
	return change_end(desk, ok, err);
}

bool
severity_decide(struct desk *desk, const char *case_id, int severity,
	const char *reason, struct error *err)
{
	return decide(desk, case_id, severity, reason, true, err);
}

bool
severity_at_first(struct desk *desk, const char *case_id, int severity,
	const char *reason, struct error *err)
{
	return decide(desk, case_id, severity, reason, false, err);
}

bool
reportable_decide(struct desk *desk, const char *case_id, const char *word,
	const char *reason, struct error *err)
{
	struct json *body = json_object();
	struct ir_case c = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_SEVERITY, err) ||
	    !word_check(WORDS_REPORTABLE, _("reportable"), word, err) ||
	    !put_reason(body, reason, err) || !change_begin(desk, err)) {
		json_free(body);
		return false;
	}
	ok = case_load(&c, desk, case_id, err) &&
		(strcmp(word, "no") != 0 || deadline_may_deny(desk, &c, err)) &&
		change_guard(desk, c.id, "reportable", word, c.reportable, err);
	if (ok) {
		set_text(body, "reportable", c.reportable, word);
		deadline_facts(desk, &c, body);
		change_add(desk, "reportable_decided", c.id, body);
		ok = deadline_follow(desk, c.id, err);
	} else {
		json_free(body);
	}
	case_clear(&c);
	return change_end(desk, ok, err);
}

bool
case_assign(struct desk *desk, const char *case_id, const char *login,
	struct error *err)
{
	return case_give(desk, case_id, login, NULL, err);
}

bool
case_give(struct desk *desk, const char *case_id, const char *login,
	const struct work *work, struct error *err)
{
	char id[UUID_SIZE] = "";
	struct ir_case c = { 0 };
	struct json *body;
	bool ok;

	if (!desk_may(desk, ACT_ASSIGN, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = case_load(&c, desk, case_id, err) &&
		(login[0] == '\0' || member_worker(desk, login, id, err));
	if (ok && strcmp(id, c.owner_id) != 0) {
		ok = change_guard(desk, c.id, "owner_id", login, c.owner_login, err);
		if (ok) {
			body = json_object();
			set_text(body, "owner_id", c.owner_id[0] == '\0' ? NULL : c.owner_id,
				id[0] == '\0' ? NULL : id);
			json_set_text(body, "from", c.owner_login);
			json_set_text(body, "to", login);
			change_add(desk, "owner_assigned", c.id, body);
			ok = tell_assigned(desk, c.id, id, work != NULL ? work
				: &(struct work){ .what = c.title, .due_at = c.due_at },
				change_mark(desk), err);
		}
	}
	case_clear(&c);
	return change_end(desk, ok, err);
}
