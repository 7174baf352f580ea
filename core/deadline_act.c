/* deadline_act.c owns what a person does with a clock beside meeting it: finding
 * that it does not apply, starting one by hand. */
#include "core/deadline.h"

#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/deadline_follow.h"
#include "core/deadline_rule.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/person.h"
#include "core/rule.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

SQL(DEADLINE_NEXT_N, "t",
	"SELECT n + 1 FROM deadline WHERE case_id = $1 ORDER BY n DESC LIMIT 1");
SQL(DEADLINE_OF_RULE, "tt",
	"SELECT n FROM deadline WHERE case_id = $1 AND rule = $2 AND state = 'running'");

static bool
may_end(struct desk *desk, const struct deadline *d, struct error *err)
{
	if (!desk_may(desk, d->lawful ? ACT_DEADLINE : ACT_WORK, err)) {
		return false;
	}
	if (strcmp(d->state, "met") == 0) {
		return error_set(err, ERR_CONFLICT,
			_("\"%s\" was recorded as sent already, by %s"), deadline_title(d),
			PERSON(desk, d->decided_by));
	}
	if (strcmp(d->state, "not_applicable") == 0 &&
	    strcmp(d->decided_by, desk_me(desk)->login) != 0) {
		return error_set(err, ERR_CONFLICT,
			_("\"%s\" was found not applicable already, by %s"), deadline_title(d),
			PERSON(desk, d->decided_by));
	}
	return true;
}

static bool
put_reason(char **clean, const char *reason, struct error *err)
{
	if (reason == NULL || reason[strspn(reason, " \t\n")] == '\0') {
		(void)error_set(err, ERR_REFUSED,
			_("that a lawful clock does not apply needs a reason"));
		return error_how(err, "--reason");
	}
	return text_accept(clean, reason, strlen(reason), TEXT_MANY_LINES, limit(LIMIT_NOTE),
		_("reason"), err);
}

bool
deadline_not_applicable(struct desk *desk, const char *case_id, const char *spec,
	const char *reason, struct error *err)
{
	struct deadline d = { 0 };
	struct json *body;
	char *clean = NULL;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = deadline_find(desk, case_id, spec, &d, err) && may_end(desk, &d, err) &&
		put_reason(&clean, reason, err) &&
		change_guard(desk, d.id, "state", "not_applicable", d.state, err);
	if (ok && (strcmp(d.state, "not_applicable") != 0 || strcmp(d.reason, clean) != 0)) {
		body = thing_change("deadline", d.id);
		json_set_int(body, "n", d.n);
		json_set_text(body, "title", d.title);
		json_set_text(body, "title_en", d.title_en);
		set_text(body, "state", d.state, "not_applicable");
		set_text(body, "reason", d.reason, clean);
		set_text(body, "decided_by", d.decided_by, desk_me(desk)->login);
		change_add(desk, "deadline_decided", case_id, body);
	}
	free(clean);
	deadline_clear(&d);
	return change_end(desk, ok, err);
}

static bool
is_deadline(const struct json *rule, struct error *err)
{
	const char *family = json_get_text(rule, "family");

	return (family != NULL && strcmp(family, "deadline") == 0) ||
		error_set(err, ERR_BAD_INPUT,
			_("rule %s is no deadline rule; see `suco rule list`"),
			json_get_text(rule, "code"));
}

/* What it starts from: given, else its event, else now. */
static bool
add_row(struct desk *desk, const struct ir_case *c, const struct json *rule, int64_t at,
	struct error *err)
{
	const struct json *then = json_get(rule, "then");
	struct json *facts = NULL;
	struct json *body;
	int64_t n = 1;
	int64_t due = 0;
	bool ok;

	at = at != 0 ? at : start_event_at(c, json_get_text(then, "start"));
	at = at != 0 ? at : desk_now(desk);
	ok = db_one_int(desk_db(desk), &DEADLINE_NEXT_N, &n, err, TXT(c->id)) &&
		rule_facts_of(desk, c, &facts, err) &&
		deadline_end(desk, json_get_text(then, "span"), at, &due, err);
	if (ok) {
		body = deadline_row(desk, rule, facts, (int)n, at, due, "");
		/* It runs because a person said so: no fact stops it. */
		row_text(body, "start_event", "by_hand");
		row_text(body, "decided_by", desk_me(desk)->login);
		change_add(desk, "deadline_added", c->id, body);
	}
	json_free(facts);
	return ok;
}

bool
deadline_add(struct desk *desk, const char *case_id, const char *code, int64_t at,
	struct error *err)
{
	struct json *rule = NULL;
	struct ir_case c = { 0 };
	int64_t there = 0;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = case_load(&c, desk, case_id, err) && rule_show(desk, code, &rule, err) &&
		is_deadline(rule, err) && db_one_int(desk_db(desk), &DEADLINE_OF_RULE, &there,
			err, TXT(case_id), TXT(code));
	if (ok && strcmp(c.status, "closed") == 0) {
		ok = error_set(err, ERR_REFUSED, _("case %s is closed; reopen it first"),
			c.number);
	} else if (ok && there != 0) {
		ok = error_set(err, ERR_CONFLICT, _("the clock of %s runs already: it is %lld"),
			code, (long long)there);
	}
	ok = ok && add_row(desk, &c, rule, at, err);
	json_free(rule);
	case_clear(&c);
	return change_end(desk, ok, err);
}
