/* confirmation.c counts who has confirmed what was posted, unit by unit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/outbox.h"
#include "core/person.h"
#include "core/post.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

#define MINUTE_MS 60000

#define SELECT_CONFIRMATIONS \
	"SELECT k.id, k.message_id, g.position, k.ref_kind, k.ref, k.name, k.state, k.at," \
	" k.by_name, (SELECT COALESCE(e.acts_for, e.actor_login) FROM field_version v" \
	"  JOIN event e ON e.seq = v.seq WHERE v.subject = k.id AND v.field = 'state')," \
	" COALESCE(p.id, ''), COALESCE(p.n, 0), COALESCE(p.person, '')," \
	" COALESCE(p.confirmed_by, ''), COALESCE(p.confirmed_at, 0), g.channel," \
	" (SELECT e.occurred_at FROM event e WHERE e.seq = g.position)" \
	" FROM confirmation k JOIN message g ON g.id = k.message_id" \
	" LEFT JOIN point p ON p.case_id = k.case_id AND p.list = ''" \
	"  AND ((k.ref_kind = 'point' AND p.id = k.ref)" \
	"   OR (k.ref_kind <> 'point' AND p.ref_kind = k.ref_kind AND p.ref = k.ref))"
/* Ids grow in the order in which they were made. */
SQL(CONFIRMATIONS_OF_CASE, "t", SELECT_CONFIRMATIONS
	" WHERE k.case_id = $1 ORDER BY g.position DESC, k.id");
SQL(CONFIRMATIONS_OF_MESSAGE, "t", SELECT_CONFIRMATIONS
	" WHERE k.message_id = $1 ORDER BY k.id");
SQL(LAST_POST, "t", "SELECT id FROM message WHERE case_id = $1 AND template = 'dang'"
	" ORDER BY position DESC LIMIT 1");
SQL(POINT_AS_IT_IS, "t",
	"SELECT id, name, told_at, told_how, confirmed_by, confirmed_at FROM point"
	" WHERE id = $1");

static struct json *
from_row(struct stmt *st)
{
	struct json *row = json_object();

	json_set_text(row, "id", stmt_text(st, 0));
	json_set_text(row, "message", stmt_text(st, 1));
	json_set_int(row, "n", stmt_int(st, 2));
	json_set_text(row, "ref_kind", stmt_text(st, 3));
	json_set_text(row, "ref", stmt_text(st, 4));
	json_set_text(row, "name", stmt_text(st, 5));
	json_set_text(row, "state", stmt_text(st, 6));
	json_set_int(row, "at", stmt_int(st, 7));
	json_set_text(row, "by_name", stmt_text(st, 8));
	json_set_text(row, "recorded_by", stmt_text(st, 9));
	json_set_text(row, "point", stmt_text(st, 10));
	json_set_int(row, "point_n", stmt_int(st, 11));
	json_set_text(row, "person", stmt_text(st, 12));
	json_set_text(row, "channel", stmt_text(st, 15));
	json_set_int(row, "posted_at", stmt_int(st, 16));
	return row;
}

bool
confirmation_list(struct desk *desk, const char *case_id, const char *message,
	struct json **out, struct error *err)
{
	struct stmt *st = message == NULL
		? db_query(desk_db(desk), &CONFIRMATIONS_OF_CASE, TXT(case_id))
		: db_query(desk_db(desk), &CONFIRMATIONS_OF_MESSAGE, TXT(message));
	struct json *list = json_array();

	while (stmt_row(st)) {
		json_push(list, from_row(st));
	}
	if (!stmt_done(st, err)) {
		json_free(list);
		return false;
	}
	*out = list;
	return true;
}

/* ---- confirming ---- */

struct confirming {
	struct desk *desk;
	const char *case_id, *by;
	int64_t at;
	struct json *each;   /* confirmations that change */
	struct json *points; /* points that change with them */
	bool ok;
};

static bool
among(const struct json *points, const char *id)
{
	for (const struct json *row = json_first(points); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "point"), id) == 0) {
			return true;
		}
	}
	return false;
}

/* Told at the latest when it confirmed. */
static void
point_confirms(struct confirming *c, const char *id, struct error *err)
{
	struct stmt *st = db_query(desk_db(c->desk), &POINT_AS_IT_IS, TXT(id));

	if (!among(c->points, id) && stmt_row(st) && stmt_null(st, 5)) {
		struct json *body = thing_change("point", id);

		json_set_text(body, "name", stmt_text(st, 1));
		if (stmt_null(st, 2) || stmt_int(st, 2) / MINUTE_MS > c->at / MINUTE_MS) {
			set_int(body, "told_at", stmt_int(st, 2), c->at);
			set_text(body, "told_how", stmt_text(st, 3), "phone");
		}
		set_text(body, "confirmed_by", stmt_text(st, 4), c->by);
		set_int(body, "confirmed_at", 0, c->at);
		json_push(c->points, body);
	}
	c->ok = stmt_done(st, err) && c->ok;
}

/* Typed to the minute. */
static bool
after_it(struct confirming *c, const struct json *row, struct error *err)
{
	int64_t posted = json_get_int(row, "posted_at", 0);
	char at[WHEN_SHORT_SIZE];

	if (c->at / MINUTE_MS >= posted / MINUTE_MS) {
		return true;
	}
	when_near(at, posted, desk_now(c->desk), desk_zone(c->desk));
	return error_set(err, ERR_BAD_INPUT,
		_("%s: it was posted at %s: nobody can have confirmed it before"),
		json_get_text(row, "name"), at);
}

static void
confirm_row(struct confirming *c, const struct json *row, struct error *err)
{
	struct json *body = thing_change("confirmation", json_get_text(row, "id"));

	json_set_text(body, "name", json_get_text(row, "name"));
	set_text(body, "state", json_get_text(row, "state"), "confirmed");
	set_int(body, "at", json_get_int(row, "at", 0), c->at);
	if (c->by[0] != '\0') {
		set_text(body, "by_name", json_get_text(row, "by_name"), c->by);
	}
	json_push(c->each, body);
	if (json_get_text(row, "point")[0] != '\0') {
		point_confirms(c, json_get_text(row, "point"), err);
	}
}

/* The points first, so that the first undo takes the confirmation back. */
static void
append(struct confirming *c)
{
	struct json *body;

	if (json_count(c->points) > 0) {
		body = json_object();
		json_set(body, "each", c->points);
		c->points = NULL;
		change_add(c->desk, "point_set", c->case_id, body);
	}
	if (json_count(c->each) > 0) {
		body = json_object();
		json_set(body, "each", c->each);
		c->each = NULL;
		change_add(c->desk, "confirmation_set", c->case_id, body);
	}
}

static char *
folded(const char *text)
{
	struct buf out = { 0 };

	(void)fold_words(text, NULL, &out);
	return buf_take(&out);
}

/* The names of the rows, folded once for many look-ups. */
struct names {
	const struct json **rows;
	char **keys;
	int count;
};

static void
names_read(struct names *names, const struct json *list)
{
	*names = (struct names){ .rows = xcalloc((size_t)json_count(list) + 1,
			sizeof *names->rows),
		.keys = xcalloc((size_t)json_count(list) + 1, sizeof *names->keys) };
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		names->rows[names->count] = row;
		names->keys[names->count++] = folded(json_get_text(row, "name"));
	}
}

static void
names_free(struct names *names)
{
	for (int i = 0; i < names->count; i++) {
		free(names->keys[i]);
	}
	free(names->keys);
	free(names->rows);
}

/* Whole, or what stands after "xã", "phường", "đặc khu". */
static bool
named(const char *key, const char *wanted)
{
	size_t len = strlen(key);
	size_t tail = strlen(wanted);

	return tail > 0 && (strcmp(key, wanted) == 0 ||
		(len > tail && key[len - tail - 1] == ' ' &&
			strcmp(key + len - tail, wanted) == 0));
}

/* NULL where none or several fit: faults says which.  The whole name counts more
 * than its end. */
static const struct json *
find_unit(const struct names *names, const char *spec, struct buf *faults)
{
	char *wanted = folded(spec);
	const struct json *found = NULL, *other = NULL;

	for (int i = 0; i < names->count; i++) {
		const struct json *row = names->rows[i];

		if (strcmp(json_get_text(row, "ref"), spec) == 0 ||
		    strcmp(json_get_text(row, "id"), spec) == 0 ||
		    strcmp(names->keys[i], wanted) == 0) {
			found = row;
			other = NULL;
			break;
		}
		if (named(names->keys[i], wanted)) {
			other = other == NULL ? found : other;
			found = row;
		}
	}
	free(wanted);
	if (found == NULL) {
		buf_addf(faults, _("%s\"%.60s\" was not asked to confirm"),
			faults->len > 0 ? "; " : "", spec);
	} else if (other != NULL) {
		buf_addf(faults, _("%s\"%.60s\" may be %s (%s) or %s (%s): give the code"),
			faults->len > 0 ? "; " : "", spec, json_get_text(other, "name"),
			json_get_text(other, "ref"), json_get_text(found, "name"),
			json_get_text(found, "ref"));
		found = NULL;
	}
	return found;
}

/* One that is confirmed already: by me it is so, by another it is told. */
static bool
confirmed_before(struct confirming *c, const struct json *row, int count,
	struct error *err)
{
	const char *by = json_text(json_get(row, "recorded_by"), "");

	if (count > 1 || strcmp(by, desk_me(c->desk)->login) == 0) {
		return true;
	}
	return error_set(err, ERR_CONFLICT, _("%s has confirmed already, recorded by %s"),
		json_get_text(row, "name"), PERSON(c->desk, by));
}

static bool
confirm_all(struct confirming *c, const struct json *list, struct error *err)
{
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "state"), "confirmed") == 0) {
			continue;
		}
		if (!after_it(c, row, err)) {
			return false;
		}
		confirm_row(c, row, err);
	}
	return c->ok;
}

/* A name that stands twice counts once. */
static bool
taken(const struct json *each, const struct json *row)
{
	for (const struct json *body = json_first(each); body != NULL; body = json_next(body)) {
		if (strcmp(json_get_text(body, "confirmation"), json_get_text(row, "id")) == 0) {
			return true;
		}
	}
	return false;
}

/* All or none: whoever pasted a list mends it and gives it again. */
static bool
confirm_named(struct confirming *c, const struct names *names,
	const struct confirm_new *what, struct error *err)
{
	struct buf faults = { 0 };
	bool ok = true;

	for (int i = 0; ok && i < what->count; i++) {
		const struct json *row = find_unit(names, what->units[i], &faults);

		if (row == NULL || taken(c->each, row)) {
			continue;
		}
		if (strcmp(json_get_text(row, "state"), "confirmed") != 0) {
			ok = after_it(c, row, err);
			if (ok) {
				confirm_row(c, row, err);
			}
		} else {
			ok = confirmed_before(c, row, what->count, err);
		}
	}
	if (ok && faults.len > 0) {
		ok = error_set(err, ERR_BAD_INPUT, "%s", buf_text(&faults));
	}
	buf_free(&faults);
	return ok;
}

static bool
confirm_units(struct confirming *c, const struct json *list,
	const struct confirm_new *what, struct error *err)
{
	struct names names;
	bool ok = true;

	if (what->count == 1 && strcmp(what->units[0], "all") == 0) {
		return confirm_all(c, list, err);
	}
	names_read(&names, list);
	ok = confirm_named(c, &names, what, err);
	names_free(&names);
	return ok && c->ok;
}

static bool
message_of(struct desk *desk, const struct confirm_new *what, char id[UUID_SIZE],
	struct error *err)
{
	struct message m = { 0 };
	char *last = NULL;
	bool ok;

	id[0] = '\0';
	if (strcmp(what->message, "any") == 0) {
		return true;
	}
	if (strcmp(what->message, "last") == 0) {
		ok = db_one_text(desk_db(desk), &LAST_POST, &last, err, TXT(what->case_id)) &&
			(last != NULL || error_set(err, ERR_NOT_FOUND,
				_("nothing was posted on this case")));
		(void)snprintf(id, UUID_SIZE, "%s", last == NULL ? "" : last);
		free(last);
		return ok;
	}
	ok = message_find(&m, desk, what->message, err) &&
		(strcmp(m.case_id, what->case_id) == 0 || error_set(err, ERR_NOT_FOUND,
			_("message %.60s is not of this case"), what->message));
	(void)snprintf(id, UUID_SIZE, "%s", m.id);
	message_clear(&m);
	return ok;
}

static bool
confirm(struct confirming *c, const struct confirm_new *what, int *done, struct error *err)
{
	struct json *list = NULL;
	char id[UUID_SIZE];
	bool ok = message_of(c->desk, what, id, err) &&
		confirmation_list(c->desk, what->case_id, id[0] == '\0' ? NULL : id, &list,
			err) &&
		(json_count(list) > 0 || error_set(err, ERR_REFUSED,
			_("nobody was asked to confirm this message"))) &&
		confirm_units(c, list, what, err);

	if (ok) {
		*done = json_count(c->each);
		append(c);
	}
	json_free(list);
	return ok;
}

bool
post_confirm(struct desk *desk, const struct confirm_new *what, int *done,
	struct error *err)
{
	const char *given = what->by_name == NULL ? "" : what->by_name;
	char *by = NULL;
	struct confirming c = { .desk = desk, .case_id = what->case_id,
		.at = what->at == 0 ? desk_now(desk) : what->at, .ok = true };
	bool ok;

	*done = 0;
	if (!desk_may(desk, ACT_WORK, err) ||
	    !text_accept(&by, given, strlen(given), TEXT_ONE_LINE, limit(LIMIT_NAME),
		    _("who confirmed"), err)) {
		return false;
	}
	c.by = by;
	c.each = json_array();
	c.points = json_array();
	ok = change_begin(desk, err) && change_end(desk, confirm(&c, what, done, err), err);
	json_free(c.each);
	json_free(c.points);
	free(by);
	return ok;
}

bool
post_answered(struct desk *desk, const char *case_id, const struct callee *to,
	const char *by_name, int64_t at, struct error *err)
{
	const char *ref = to->unit[0] != '\0' ? to->unit : to->id;
	struct confirming c = { .desk = desk, .case_id = case_id, .by = by_name,
		.at = at == 0 ? desk_now(desk) : at, .each = json_array(),
		.points = json_array(), .ok = true };
	struct json *list = NULL;
	bool point = strcmp(to->kind, "point") == 0;
	bool ok = confirmation_list(desk, case_id, NULL, &list, err);

	for (const struct json *row = json_first(list); ok && row != NULL;
	     row = json_next(row)) {
		/* A call before it was posted confirms nothing of it. */
		if (strcmp(json_get_text(row, "ref"), ref) == 0 &&
		    strcmp(json_get_text(row, "state"), "confirmed") != 0 &&
		    json_get_int(row, "posted_at", 0) / MINUTE_MS <= c.at / MINUTE_MS) {
			confirm_row(&c, row, err);
		}
	}
	if (ok && point) {
		point_confirms(&c, to->id, err);
	}
	ok = ok && c.ok;
	if (ok) {
		append(&c);
	}
	json_free(list);
	json_free(c.each);
	json_free(c.points);
	return ok;
}
