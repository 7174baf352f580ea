/* tell.c turns rules and assignments into messages. */
#include "core/tell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/page.h"
#include "core/rule.h"

#define WEEK_MS (7 * 24 * 3600 * 1000LL)

SQL(TOLD_ALREADY, "tt",
	"SELECT COUNT(*) FROM message WHERE case_id = $1 AND to_id = $2"
	" AND template <> 'phan_cong'");
SQL(CONTACT_ID, "t", "SELECT id FROM contact WHERE role = $1");
SQL(BODY_NAME, "t", "SELECT name FROM body WHERE code = $1 AND name <> ''");
SQL(HELD_FOR_ROLE, "tt",
	"SELECT id FROM message WHERE case_id = $1 AND role = $2 AND state = 'held'"
	" ORDER BY position");

/* What every template may use.  Times are ms: they are written in the
 * recipient's form when the text is. */
struct json *
tell_vars(const struct ir_case *c)
{
	struct json *vars = json_object();

	json_set_text(vars, "number", c->number);
	json_set_text(vars, "title", c->title);
	json_set_text(vars, "kind", c->kind);
	json_set_int(vars, "severity", c->severity);
	json_set_int(vars, "suggested", c->severity_suggested);
	json_set_text(vars, "asset", c->asset_code);
	json_set_text(vars, "asset_name", c->asset_name);
	json_set_text(vars, "owner", c->owner_name);
	json_set_int(vars, "detected_at", c->detected_at);
	return vars;
}

static bool
told(struct desk *desk, const char *case_id, const char *to, bool *out,
	struct error *err)
{
	int64_t count = 0;

	if (!db_one_int(desk_db(desk), &TOLD_ALREADY, &count, err, TXT(case_id), TXT(to))) {
		return false;
	}
	*out = count > 0;
	return true;
}

struct telling {
	struct desk *desk;
	const struct ir_case *c;
	bool page;
	int cause;
};

SQL(OPENED_AS, "t",
	"SELECT body FROM event WHERE case_id = $1 AND kind = 'case_opened' ORDER BY seq LIMIT 1");
SQL(IS_CALLED, "t", "SELECT COUNT(*) FROM escalation WHERE case_id = $1"
	" AND subject = 'case'");

/* Whether the drill pages the team was said when it was opened, and holds for all that
 * follows in it.  One of an older program shows it by being called for. */
static bool
drill_pages(struct telling *t, struct error *err)
{
	struct error ignored = ERROR_INIT;
	struct json *opened = NULL;
	char *body = NULL;
	int64_t calls = 0;

	if (!t->c->drill || t->page) {
		return true;
	}
	if (!db_one_text(desk_db(t->desk), &OPENED_AS, &body, err, TXT(t->c->id)) ||
	    !db_one_int(desk_db(t->desk), &IS_CALLED, &calls, err, TXT(t->c->id))) {
		free(body);
		return false;
	}
	t->page = calls > 0 || (body != NULL &&
		json_parse(&opened, body, strlen(body), NULL, &ignored) &&
		json_get_bool(opened, "page"));
	json_free(opened);
	free(body);
	return true;
}

/* In a drill messages stay in the drill outbox unless it says to page the team. */
static const char *
drill_hold(const struct telling *t)
{
	return t->c->drill && !t->page ? N_("a drill: stays in the drill outbox") : NULL;
}

static bool
tell_member(const struct telling *t, const char *login, struct error *err)
{
	char id[UUID_SIZE];
	struct json *vars;
	bool before;
	bool ok;

	if (!member_id(t->desk, login, id, err) || !told(t->desk, t->c->id, id, &before, err)) {
		return false;
	}
	if (before || strcmp(id, desk_actor(t->desk)->id) == 0) {
		return true;
	}
	vars = tell_vars(t->c);
	ok = outbox_queue(t->desk, &(struct message_new){
		.case_id = t->c->id, .to_kind = "member", .to_id = id,
		.template = "su_co_moi", .rank = RANK_PAGE, .vars = vars, .hold = drill_hold(t),
		.acts = "ack decline pass",
		.drill = t->c->drill, .cause = t->cause }, err);
	json_free(vars);
	return ok;
}

static void
copy_text(struct json *to, const struct json *from, const char *key)
{
	json_set_text(to, key, json_get_text(from, key));
}

/* A letter opens with the body's name, never with its code. */
static bool
address_body(const struct telling *t, const struct json *row, struct json *vars,
	struct error *err)
{
	const char *code = json_get_text(row, "body");
	char *name = NULL;

	if (code != NULL && !db_one_text(desk_db(t->desk), &BODY_NAME, &name, err, TXT(code))) {
		return false;
	}
	json_set_text(vars, "body", name != NULL ? name : json_get_text(row, "name"));
	free(name);
	return true;
}

/* by_person: nobody but a member may tell it (ministries, police, and whom the
 * rule says). */
static bool
propose(const struct telling *t, const struct json *row, bool by_person,
	struct error *err)
{
	const char *class = json_get_text(row, "class");
	bool superior = class != NULL && strcmp(class, "superior") == 0;
	char *id = NULL;
	struct json *vars;
	bool before = false;
	bool ok;

	if (!db_one_text(desk_db(t->desk), &CONTACT_ID, &id, err,
		    TXT(json_get_text(row, "role")))) {
		return false;
	}
	ok = id == NULL || told(t->desk, t->c->id, id, &before, err);
	if (!ok || id == NULL || before) {
		free(id);
		return ok;
	}
	vars = tell_vars(t->c);
	copy_text(vars, row, "request_vi");
	copy_text(vars, row, "request_en");
	ok = address_body(t, row, vars, err) && outbox_queue(t->desk, &(struct message_new){
		.case_id = t->c->id, .to_kind = "contact", .to_id = id,
		.template = superior ? "bao_cao_nhanh" : "de_nghi", .vars = vars,
		.hold = by_person ? N_("a person tells: call, write or go")
			: N_("proposed by a rule: a member releases it"),
		.drill = t->c->drill, .cause = t->cause, .lasts_ms = WEEK_MS,
		.by_person = by_person }, err);
	json_free(vars);
	free(id);
	return ok;
}

static bool
tell_all(const struct telling *t, const struct json *found, struct error *err)
{
	const struct json *row;

	for (row = json_first(json_get(found, "tell")); row != NULL; row = json_next(row)) {
		if (!tell_member(t, json_get_text(row, "login"), err)) {
			return false;
		}
	}
	for (row = json_first(json_get(found, "propose")); row != NULL; row = json_next(row)) {
		if (!propose(t, row, false, err)) {
			return false;
		}
	}
	for (row = json_first(json_get(found, "by_hand")); row != NULL; row = json_next(row)) {
		if (!propose(t, row, true, err)) {
			return false;
		}
	}
	return true;
}

bool
tell_by_rules(struct desk *desk, const char *case_id, bool page, int cause,
	struct error *err)
{
	struct ir_case c = { 0 };
	struct telling t = { .desk = desk, .c = &c, .page = page, .cause = cause };
	struct json *facts = NULL;
	struct json *found = NULL;
	bool ok;

	/* The rules read the case's row: it must be there.  The mark counts from
	 * the flush, so the cause is what was flushed last. */
	ok = change_flush_keep(desk, &t.cause, err) && case_load(&c, desk, case_id, err) &&
		drill_pages(&t, err) && rule_facts_of(desk, &c, &facts, err) &&
		rule_contacts(desk, facts,
			c.owner_login[0] == '\0' ? NULL : c.owner_login, &found, err) &&
		tell_all(&t, found, err);
	json_free(facts);
	json_free(found);
	case_clear(&c);
	return ok;
}

static bool
queue_work_by(const struct telling *t, const char *member_id, const struct work *work,
	const struct json *vars, const char *channel, struct error *err)
{
	return outbox_queue(t->desk, &(struct message_new){
		.case_id = t->c->id, .to_kind = "member", .to_id = member_id,
		.template = "phan_cong", .rank = work->called ? RANK_PAGE : RANK_WORK,
		.vars = vars, .acts = "ack decline pass", .escalation = work->escalation,
		.channel = channel, .hold = drill_hold(t), .drill = t->c->drill,
		.cause = t->cause }, err);
}

static bool
queue_work(const struct telling *t, const char *member_id, const struct work *work,
	const struct json *vars, struct error *err)
{
	struct json *channels;
	bool ok = true;

	if (work->escalation == NULL || work->escalation[0] == '\0') {
		return queue_work_by(t, member_id, work, vars, NULL, err);
	}
	channels = page_channels(t->desk, t->c, member_id, NULL, err);
	if (channels == NULL) {
		return false;
	}
	if (json_count(channels) == 0) {
		json_push(channels, json_string("")); /* stands as failed: told by hand */
	}
	for (const struct json *one = json_first(channels); ok && one != NULL;
	     one = json_next(one)) {
		const char *channel = json_text(one, "");

		ok = queue_work_by(t, member_id, work, vars,
			channel[0] == '\0' ? NULL : channel, err);
		if (desk_is_demo(t->desk)) {
			break; /* whatever the channel, one file */
		}
	}
	json_free(channels);
	return ok;
}

bool
tell_assigned(struct desk *desk, const char *case_id, const char *member_id,
	const struct work *work, int cause, struct error *err)
{
	struct telling t = { .desk = desk, .page = work->page, .cause = cause };
	struct ir_case c = { 0 };
	struct json *vars;
	bool ok;

	if (member_id[0] == '\0' || strcmp(member_id, desk_actor(desk)->id) == 0) {
		return true;
	}
	t.c = &c;
	ok = case_load(&c, desk, case_id, err) && drill_pages(&t, err);
	if (ok) {
		vars = tell_vars(&c);
		json_set_text(vars, "work", work->what);
		json_set_int(vars, "n", work->n);
		if (work->due_at != NO_DUE && work->due_at != 0) {
			json_set_int(vars, "due_at", work->due_at);
		}
		ok = queue_work(&t, member_id, work, vars, err);
		json_free(vars);
	}
	case_clear(&c);
	return ok;
}

bool
tell_release(struct desk *desk, const char *case_id, const char *role,
	struct error *err)
{
	struct stmt *st;
	char ids[16][UUID_SIZE];
	int count = 0;
	bool ok;

	if (!change_begin(desk, err)) {
		return false;
	}
	ok = change_flush(desk, err);
	st = db_query(desk_db(desk), &HELD_FOR_ROLE, TXT(case_id), TXT(role));
	while (ok && count < 16 && stmt_row(st)) {
		(void)snprintf(ids[count++], UUID_SIZE, "%s", stmt_text(st, 0));
	}
	ok = stmt_done(st, err) && ok;
	if (ok && count == 0) {
		ok = error_set(err, ERR_REFUSED,
			_("no message to %.40s is proposed on this case; see `suco outbox`"), role);
	}
	for (int i = 0; ok && i < count; i++) {
		ok = outbox_release(desk, ids[i], NULL, err);
	}
	return change_end(desk, ok, err);
}
