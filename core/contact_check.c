/* contact_check.c keeps when a contact was last verified, and by whom. */
#include "core/contact_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/contact.h"
#include "core/document.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/when.h"

#define DAY_MS (24 * 3600 * 1000LL)

SQL(CHECK_SET, "tt", "UPDATE contact SET verified_at = $1 WHERE id = $2");
SQL(CHECK_SEQS, "t", "SELECT field, seq FROM field_version WHERE subject = $1"
	" AND field IN ('phone', 'mail', 'zalo', 'verified_at')");
SQL(CHECK_DAY, "t", "SELECT verified_at FROM contact WHERE id = $1");
SQL(CHECK_BY, "i",
	"SELECT COALESCE(e.acts_for, e.actor_login) FROM event e"
	" WHERE e.seq = $1");
SQL(CHECK_AT, "i", "SELECT recorded_at FROM event WHERE seq = $1");
/* Those by hand: what a profile brings was the number before it was loaded too. */
SQL(CHECK_CHANGES, "t",
	"SELECT v.field, v.seq, e.recorded_at, e.body FROM field_version v"
	" JOIN event e ON e.seq = v.seq WHERE v.subject = $1"
	" AND v.field IN ('phone', 'mail', 'zalo') AND e.kind = 'contact_set'");
SQL(CHECK_WRONG, "t",
	"SELECT called_at FROM phone_call WHERE to_id = $1 AND outcome = 'wrong_number'"
	" ORDER BY called_at DESC LIMIT 1");

static const struct {
	const char *state;
	const char *label; /* marked for translation */
} labels[] = {
	{ "ok", N_("verified") },
	{ "old", N_("verified long ago") },
	{ "changed", N_("changed, not verified since") },
	{ "wrong_number", N_("WRONG NUMBER") },
	{ "never", N_("never verified") },
};

const char *
contact_check_label(const char *state)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		if (strcmp(labels[i].state, state) == 0) {
			return _(labels[i].label);
		}
	}
	return state;
}

struct checks {
	int64_t verified; /* seq of the events */
	int64_t changed;
	char *day;
	char *by;
	int64_t verified_at; /* when that was recorded */
	int64_t changed_at;  /* when a number was last replaced by hand; 0 */
	int64_t wrong_at;
};

static void
put_day(char out[REG_DATE_SIZE], struct desk *desk, int64_t ms)
{
	struct civil civil = zone_civil(desk_zone(desk), ms);

	(void)snprintf(out, REG_DATE_SIZE, "%04d-%02d-%02d", civil.year, civil.month,
		civil.day);
}

/* Was it on a later day than the call that verified?  Recorded later it may be of
 * an older number. */
static bool
after_day(struct desk *desk, int64_t at, const char *day)
{
	char on[REG_DATE_SIZE];

	put_day(on, desk, at);
	return at != 0 && strcmp(on, day) > 0;
}

/* Did another stand there?  Of one that was only missing no call verified an old
 * one. */
static bool
replaces(const char *text, const char *field)
{
	struct json *body = NULL;
	struct error ignored;
	const char *from;
	bool was;

	if (text == NULL || !json_parse(&body, text, strlen(text), NULL, &ignored)) {
		return false;
	}
	from = json_get_text(json_get(json_get(body, "set"), field), "from");
	was = from != NULL && from[0] != '\0';
	json_free(body);
	return was;
}

/* Set together with its day: that is the number which was verified. */
static bool
load_changes(struct checks *c, struct db *db, const char *id, struct error *err)
{
	struct stmt *st = db_query(db, &CHECK_CHANGES, TXT(id));

	while (stmt_row(st)) {
		if (stmt_int(st, 1) != c->verified && stmt_int(st, 2) > c->changed_at &&
		    replaces(stmt_text(st, 3), stmt_text(st, 0))) {
			c->changed_at = stmt_int(st, 2);
		}
	}
	return stmt_done(st, err);
}

static bool
load(struct checks *c, struct desk *desk, const char *id, struct error *err)
{
	struct db *db = desk_db(desk);
	struct stmt *st = db_query(db, &CHECK_SEQS, TXT(id));

	*c = (struct checks){ 0 };
	while (stmt_row(st)) {
		int64_t seq = stmt_int(st, 1);

		if (strcmp(stmt_text(st, 0), "verified_at") == 0) {
			c->verified = seq;
		} else if (seq > c->changed) {
			c->changed = seq;
		}
	}
	return stmt_done(st, err) && db_one_text(db, &CHECK_DAY, &c->day, err, TXT(id)) &&
		db_one_text(db, &CHECK_BY, &c->by, err, I64(c->verified)) &&
		db_one_int(db, &CHECK_AT, &c->verified_at, err, I64(c->verified)) &&
		load_changes(c, db, id, err) &&
		db_one_int(db, &CHECK_WRONG, &c->wrong_at, err, TXT(id));
}

static void
clear(struct checks *c)
{
	free(c->day);
	free(c->by);
}

static const char *
state_of(struct desk *desk, const struct checks *c, const char *oldest)
{
	const char *day = c->day == NULL ? "" : c->day;

	if (c->wrong_at > c->verified_at ||
	    (day[0] != '\0' && after_day(desk, c->wrong_at, day))) {
		return "wrong_number";
	}
	if (day[0] == '\0') {
		return "never";
	}
	if (c->changed > c->verified || after_day(desk, c->changed_at, day)) {
		return "changed";
	}
	return strcmp(day, oldest) < 0 ? "old" : "ok";
}

static bool
how_old(struct desk *desk, int days, char out[REG_DATE_SIZE], struct error *err)
{
	int64_t set = 365;

	if (days == 0 && !setting_int(desk, "contact.verify_days", &set, err)) {
		return false;
	}
	put_day(out, desk, desk_now(desk) - (days == 0 ? set : days) * DAY_MS);
	return true;
}

static bool
checked(struct desk *desk, const char *id, const char *oldest, struct json **out,
	struct error *err)
{
	struct checks c;
	bool ok = load(&c, desk, id, err);

	if (ok) {
		*out = json_object();
		json_set_text(*out, "state", state_of(desk, &c, oldest));
		json_set_text(*out, "day", c.day);
		json_set_text(*out, "by", c.day == NULL ? NULL : c.by);
	}
	clear(&c);
	return ok;
}

bool
contact_checked(struct desk *desk, const char *id, int days, struct json **out,
	struct error *err)
{
	char oldest[REG_DATE_SIZE];

	return how_old(desk, days, oldest, err) && checked(desk, id, oldest, out, err);
}

bool
contact_unverified(struct desk *desk, int days, bool all, struct json **out,
	struct error *err)
{
	char oldest[REG_DATE_SIZE];
	struct json *contacts = NULL;
	struct json *list;
	bool ok = how_old(desk, days, oldest, err) && contact_list(desk, &contacts, err);

	if (!ok) {
		return false;
	}
	list = json_array();
	for (const struct json *row = json_first(contacts); ok && row != NULL;
	     row = json_next(row)) {
		struct json *check = NULL;

		if (!json_get_bool(row, "valid")) {
			continue;
		}
		ok = checked(desk, json_get_text(row, "id"), oldest, &check, err);
		if (ok && (all || strcmp(json_get_text(check, "state"), "ok") != 0)) {
			struct json *one = json_copy(row);

			json_set(one, "checked", check);
			json_push(list, one);
		} else {
			json_free(check);
		}
	}
	json_free(contacts);
	if (!ok) {
		json_free(list);
		return false;
	}
	*out = list;
	return true;
}

/* ---- verifying ---- */

bool
apply_contact_verified(const struct applying *a, struct error *err)
{
	const char *id = json_text(json_get(a->body, "contact"), "");

	return db_run(a->db, &CHECK_SET, err, TXT(json_get_text(a->body, "day")), TXT(id)) &&
		apply_version(a, id, "verified_at", err);
}

/* A day as people type it; nobody verified anything tomorrow. */
static bool
accept_day(struct desk *desk, const char *given, char day[REG_DATE_SIZE],
	struct error *err)
{
	int64_t at = desk_now(desk);

	if (given != NULL && given[0] != '\0' &&
	    !when_parse(&at, given, WHEN_PAST, desk_now(desk), desk_zone(desk), err)) {
		return false;
	}
	put_day(day, desk, at);
	return true;
}

/* Who answered at a number that was changed since verified that one. */
static bool
of_this_number(struct desk *desk, const struct checks *c, const char *role,
	const char *day, struct error *err)
{
	char on[REG_DATE_SIZE], since[DAY_SIZE], then[DAY_SIZE];
	bool wrong = after_day(desk, c->wrong_at, day);

	if (!wrong && !after_day(desk, c->changed_at, day)) {
		return true;
	}
	put_day(on, desk, wrong ? c->wrong_at : c->changed_at);
	document_day_shown(since, on);
	document_day_shown(then, day);
	return error_set(err, ERR_REFUSED, wrong
		? _("%s: a call on %s found the number wrong: one of %s says nothing of it")
		: _("%s: the number was changed on %s: a call of %s verified the old one"),
		role, since, then);
}

static bool
verify(struct desk *desk, const char *role, const char *day, const char *note,
	struct error *err)
{
	struct json *contact = NULL;
	struct json *body;
	struct checks c = { 0 };
	bool same = false;
	bool ok = contact_show(desk, role, &contact, err) &&
		load(&c, desk, json_get_text(contact, "id"), err);

	if (ok) {
		same = c.day != NULL && strcmp(c.day, day) == 0 && c.changed <= c.verified &&
			c.wrong_at <= c.verified_at;
		ok = same || (of_this_number(desk, &c, role, day, err) &&
			change_guard(desk, json_get_text(contact, "id"), "verified_at", day, c.day,
				err));
	}
	if (ok && !same) {
		body = json_object();
		json_set_text(body, "contact", json_get_text(contact, "id"));
		json_set_text(body, "role", role);
		json_set_text(body, "name", json_get_text(contact, "name"));
		json_set_text(body, "day", day);
		json_set_text(body, "was", c.day);
		json_set_text(body, "note", note);
		change_add(desk, "contact_verified", NULL, body);
	}
	clear(&c);
	json_free(contact);
	return ok;
}

bool
contact_verify(struct desk *desk, const char *role, const char *day, const char *note,
	struct error *err)
{
	char wanted[REG_DATE_SIZE];
	char *clean = NULL;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !accept_day(desk, day, wanted, err) ||
	    !text_accept(&clean, note == NULL ? "" : note, note == NULL ? 0 : strlen(note),
		    TEXT_ONE_LINE, limit(LIMIT_NAME), _("note"), err) ||
	    !change_begin(desk, err)) {
		free(clean);
		return false;
	}
	ok = change_end(desk, verify(desk, role, wanted, clean[0] == '\0' ? NULL : clean, err),
		err);
	free(clean);
	return ok;
}
