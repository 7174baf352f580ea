/* merge.c owns links between cases and the merged_into link. */
#include "core/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"

SQL(LINK_INSERT, "tt", "INSERT INTO case_link (case_id, other_id) VALUES ($1, $2)");
SQL(LINK_DELETE, "tt", "DELETE FROM case_link WHERE case_id = $1 AND other_id = $2");
SQL(LINK_THERE, "tt",
	"SELECT COUNT(*) FROM case_link WHERE case_id = $1 AND other_id = $2");
SQL(LINKS_OF_CASE, "t",
	"SELECT c.id, c.number, c.title, c.status FROM case_link l"
	" JOIN cases c ON c.id = l.other_id WHERE l.case_id = $1 ORDER BY c.opened_at, c.id");
SQL(MERGED_INTO_CASE, "t",
	"SELECT id, number, title, status FROM cases WHERE merged_into = $1"
	" ORDER BY opened_at, id");
SQL(MERGED_COUNT, "t", "SELECT COUNT(*) FROM cases WHERE merged_into = $1");

bool
apply_nothing(const struct applying *a, struct error *err)
{
	(void)a;
	(void)err;
	return true;
}

/* Both directions are rows, so that each case's links are one range. */
bool
apply_case_linked(const struct applying *a, struct error *err)
{
	const char *other = json_get_text(a->body, "other");

	return json_get_bool(a->body, "mirror") ||
		(db_run(a->db, &LINK_INSERT, err, TXT(a->event->case_id), TXT(other)) &&
			db_run(a->db, &LINK_INSERT, err, TXT(other), TXT(a->event->case_id)));
}

bool
apply_case_unlinked(const struct applying *a, struct error *err)
{
	const char *other = json_get_text(a->body, "other");

	return json_get_bool(a->body, "mirror") ||
		(db_run(a->db, &LINK_DELETE, err, TXT(a->event->case_id), TXT(other)) &&
			db_run(a->db, &LINK_DELETE, err, TXT(other), TXT(a->event->case_id)));
}

static bool
visit_rows(struct stmt *st, linked_visit *visit, void *arg, struct error *err)
{
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct linked linked = { .title = stmt_dup(st, 2) };

		(void)snprintf(linked.id, sizeof linked.id, "%s", stmt_text(st, 0));
		(void)snprintf(linked.number, sizeof linked.number, "%s", stmt_text(st, 1));
		(void)snprintf(linked.status, sizeof linked.status, "%s", stmt_text(st, 3));
		go_on = visit(&linked, arg);
		free(linked.title);
	}
	return stmt_done(st, err);
}

bool
linked_each(struct desk *desk, const char *case_id, linked_visit *visit, void *arg,
	struct error *err)
{
	return visit_rows(db_query(desk_db(desk), &LINKS_OF_CASE, TXT(case_id)), visit,
		arg, err);
}

bool
merged_each(struct desk *desk, const char *case_id, linked_visit *visit, void *arg,
	struct error *err)
{
	return visit_rows(db_query(desk_db(desk), &MERGED_INTO_CASE, TXT(case_id)), visit,
		arg, err);
}

/* In front: at the end of a line it would be cut off first. */
char *
merged_words(const char *into, const char *text)
{
	const char *last = into == NULL ? NULL : strrchr(into, '-');
	const char *digits = last == NULL ? "" : last + 1;

	if (last == NULL) {
		return xstrdup(text);
	}
	digits += strspn(digits, "0");
	return xasprintf(_("(merged into %.*s%s) %s"), (int)(last + 1 - into), into, digits,
		text);
}

/* A pair of cases under one change. */
struct pair {
	struct ir_case one;
	struct ir_case other;
};

typedef bool pair_fn(struct desk *desk, const struct pair *pair, struct error *err);

static bool
change_pair(struct desk *desk, const char *one_id, const char *other_id, enum act act,
	pair_fn *decide, struct error *err)
{
	struct pair pair = { 0 };
	bool ok;

	if (!desk_may(desk, act, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = case_load(&pair.one, desk, one_id, err) &&
		case_load(&pair.other, desk, other_id, err) && decide(desk, &pair, err);
	case_clear(&pair.one);
	case_clear(&pair.other);
	return change_end(desk, ok, err);
}

/* One event in each of the two cases; only the first writes rows. */
static void
add_both(struct desk *desk, const struct pair *pair, const char *kind)
{
	struct json *body = json_object();
	struct json *mirror = json_object();

	json_set_text(body, "other", pair->other.id);
	json_set_text(body, "other_number", pair->other.number);
	json_set_text(mirror, "other", pair->one.id);
	json_set_text(mirror, "other_number", pair->one.number);
	json_set_bool(mirror, "mirror", true);
	change_add(desk, kind, pair->one.id, body);
	change_add(desk, kind, pair->other.id, mirror);
}

static bool
linked(struct desk *desk, const struct pair *pair, bool *there, struct error *err)
{
	int64_t count = 0;

	if (!db_one_int(desk_db(desk), &LINK_THERE, &count, err, TXT(pair->one.id),
		    TXT(pair->other.id))) {
		return false;
	}
	*there = count > 0;
	return true;
}

static bool
decide_link(struct desk *desk, const struct pair *pair, struct error *err)
{
	bool there;

	if (strcmp(pair->one.id, pair->other.id) == 0) {
		return error_set(err, ERR_REFUSED, _("a case cannot be linked to itself"));
	}
	if (!linked(desk, pair, &there, err)) {
		return false;
	}
	if (!there) {
		add_both(desk, pair, "case_linked");
	}
	return true;
}

static bool
decide_unlink(struct desk *desk, const struct pair *pair, struct error *err)
{
	bool there;

	if (!linked(desk, pair, &there, err)) {
		return false;
	}
	if (!there) {
		return error_set(err, ERR_NOT_FOUND, _("%s is not linked to %s"),
			pair->one.number, pair->other.number);
	}
	add_both(desk, pair, "case_unlinked");
	return true;
}

bool
case_link(struct desk *desk, const char *case_id, const char *other_id,
	struct error *err)
{
	return change_pair(desk, case_id, other_id, ACT_LINK, decide_link, err);
}

bool
case_unlink(struct desk *desk, const char *case_id, const char *other_id,
	struct error *err)
{
	return change_pair(desk, case_id, other_id, ACT_LINK, decide_unlink, err);
}

/* A target is a case that is not merged itself: no chains, so no cycles. */
static bool
may_merge(struct desk *desk, const struct pair *pair, struct error *err)
{
	int64_t merged = 0;

	if (strcmp(pair->one.id, pair->other.id) == 0) {
		return error_set(err, ERR_REFUSED, _("a case cannot be merged into itself"));
	}
	if (pair->one.drill != pair->other.drill) {
		return error_set(err, ERR_REFUSED,
			_("a drill and a real case cannot be merged"));
	}
	if (!pair->one.is_open || !pair->other.is_open) {
		return error_set(err, ERR_REFUSED, _("case %s is %s: only open cases are merged"),
			pair->one.is_open ? pair->other.number : pair->one.number,
			word_label(WORDS_STATUS,
				pair->one.is_open ? pair->other.status : pair->one.status));
	}
	if (!db_one_int(desk_db(desk), &MERGED_COUNT, &merged, err, TXT(pair->one.id))) {
		return false;
	}
	if (merged > 0) {
		return error_set(err, ERR_REFUSED,
			_("other cases are merged into %s: merge them into %s first"),
			pair->one.number, pair->other.number);
	}
	return true;
}

static bool
decide_merge(struct desk *desk, const struct pair *pair, struct error *err)
{
	struct json *body;
	struct json *mirror;

	if (strcmp(pair->one.merged_into, pair->other.id) == 0) {
		return true;
	}
	if (!change_guard(desk, pair->one.id, "status", "merged", pair->one.status, err) ||
	    !may_merge(desk, pair, err)) {
		return false;
	}
	body = json_object();
	set_text(body, "status", pair->one.status, "merged");
	set_text(body, "merged_into", NULL, pair->other.id);
	set_int(body, "is_open", 1, 0);
	json_set_text(body, "into", pair->other.number);
	mirror = json_object();
	json_set_text(mirror, "merged", pair->one.id);
	json_set_text(mirror, "merged_number", pair->one.number);
	change_add(desk, "merged", pair->one.id, body);
	change_add(desk, "merged_in", pair->other.id, mirror);
	return true;
}

bool
case_merge(struct desk *desk, const char *case_id, const char *into_id,
	struct error *err)
{
	return change_pair(desk, case_id, into_id, ACT_MERGE, decide_merge, err);
}

SQL(STATUS_BEFORE_MERGE, "t",
	"SELECT e.body FROM field_version v JOIN event e ON e.seq = v.seq"
	" WHERE v.subject = $1 AND v.field = 'merged_into'");

static bool
status_before(struct desk *desk, const char *case_id, char out[16], struct error *err)
{
	struct json *body = NULL;
	char *text = NULL;
	const char *from;

	if (!db_one_text(desk_db(desk), &STATUS_BEFORE_MERGE, &text, err, TXT(case_id))) {
		return false;
	}
	if (text == NULL || !json_parse(&body, text, strlen(text), NULL, err)) {
		free(text);
		return error_set(err, ERR_IO, _("the merge of this case cannot be read"));
	}
	from = json_get_text(json_get(json_get(body, "set"), "status"), "from");
	(void)snprintf(out, 16, "%s", from == NULL ? "new" : from);
	json_free(body);
	free(text);
	return true;
}

static bool
decide_unmerge(struct desk *desk, const struct pair *pair, struct error *err)
{
	struct json *body;
	struct json *mirror;
	char status[16];

	if (!change_guard(desk, pair->one.id, "status", "unmerge", "merged", err) ||
	    !status_before(desk, pair->one.id, status, err)) {
		return false;
	}
	body = json_object();
	set_text(body, "status", "merged", status);
	set_text(body, "merged_into", pair->other.id, NULL);
	set_int(body, "is_open", 0, 1);
	json_set_text(body, "from", pair->other.number);
	mirror = json_object();
	json_set_text(mirror, "merged", pair->one.id);
	json_set_text(mirror, "merged_number", pair->one.number);
	change_add(desk, "unmerged", pair->one.id, body);
	change_add(desk, "unmerged_out", pair->other.id, mirror);
	return true;
}

bool
case_unmerge(struct desk *desk, const char *case_id, struct error *err)
{
	struct ir_case c = { 0 };
	char into[UUID_SIZE];
	bool ok = case_load(&c, desk, case_id, err);

	if (ok && c.merged_into[0] == '\0') {
		ok = error_set(err, ERR_REFUSED, _("case %s is not merged"), c.number);
	}
	memcpy(into, c.merged_into, sizeof into);
	case_clear(&c);
	return ok && change_pair(desk, case_id, into, ACT_MERGE, decide_unmerge, err);
}
