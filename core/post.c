/* post.c records what was posted by hand, and whom it asks to confirm. */
#include "core/post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/group.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/outbox_hand.h"
#include "core/tell.h"
#include "core/template.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/words.h"

SQL(POST_POINTS, "t",
	"SELECT id, ref_kind, ref, name, told_at, told_how, confirmed_at, confirmed_by"
	" FROM point WHERE case_id = $1 AND list = '' ORDER BY n");
SQL(POSTS, "t",
	"SELECT g.id, g.position, g.channel, g.to_name, g.queued_at, g.text,"
	" (SELECT COUNT(*) FROM confirmation k WHERE k.message_id = g.id),"
	" (SELECT COUNT(*) FROM confirmation k WHERE k.message_id = g.id"
	"  AND k.state = 'confirmed'), e.occurred_at, COALESCE(e.acts_for, e.actor_login)"
	" FROM message g JOIN event e ON e.seq = g.position"
	" WHERE g.case_id = $1 AND g.template = 'dang' ORDER BY g.position DESC");

bool
post_text(struct desk *desk, const char *case_id, const char *workaround, int64_t next_at,
	char **text, struct error *err)
{
	struct ir_case c = { 0 };
	struct json *vars;
	char *subject = NULL;
	bool ok = case_load(&c, desk, case_id, err);

	if (!ok) {
		case_clear(&c);
		return false;
	}
	vars = tell_vars(&c);
	if (workaround != NULL && workaround[0] != '\0') {
		json_set_text(vars, "workaround", workaround);
	}
	if (next_at != 0) {
		json_set_int(vars, "next_at", next_at);
	}
	*text = NULL;
	ok = template_render(&subject, text, &(struct template_in){ .name = "thong_bao_xa",
		.language = "vi", .vars = vars, .zone = desk_zone(desk), .outside = true,
		.red = strcmp(c.tlp, "red") == 0, .drill = c.drill }, err);
	json_free(vars);
	free(subject);
	case_clear(&c);
	return ok;
}

/* ---- whom it asks ---- */

struct audience {
	char *name;       /* of all of them */
	char kind[12];    /* group, points, none */
	char ref[64];
	struct json *units; /* [{ref_kind, ref, name}] */
	struct json *points; /* bodies that say that they were told */
};

static void
ask_unit(struct audience *a, const char *kind, const char *ref, const char *name)
{
	struct json *row = json_object();

	json_set_text(row, "ref_kind", kind);
	json_set_text(row, "ref", ref);
	json_set_text(row, "name", name);
	json_push(a->units, row);
}

static bool
asked(const struct audience *a, const char *ref)
{
	for (const struct json *row = json_first(a->units); row != NULL; row = json_next(row)) {
		if (strcmp(json_get_text(row, "ref"), ref) == 0) {
			return true;
		}
	}
	return false;
}

/* A point that the register knows is asked as its unit, any other as itself. */
static bool
add_points(struct audience *a, struct desk *desk, const struct post_new *what, int64_t at,
	struct error *err)
{
	bool all = strcmp(a->kind, "group") != 0;
	struct stmt *st = db_query(desk_db(desk), &POST_POINTS, TXT(what->case_id));
	int count = 0;

	while (stmt_row(st)) {
		bool known = stmt_text(st, 2)[0] != '\0';
		const char *ref = stmt_text(st, known ? 2 : 0);
		struct json *body;

		if (all) {
			ask_unit(a, known ? stmt_text(st, 1) : "point", ref, stmt_text(st, 3));
		} else if (!known || !asked(a, ref)) {
			continue;
		}
		count++;
		if (!stmt_null(st, 6)) {
			continue; /* confirmed before: nothing waits */
		}
		body = thing_change("point", stmt_text(st, 0));
		json_set_text(body, "name", stmt_text(st, 3));
		set_int(body, "told_at", stmt_int(st, 4), at);
		set_text(body, "told_how", stmt_text(st, 5), what->channel);
		json_push(a->points, body);
	}
	if (all && count > 0) {
		(void)snprintf(a->kind, sizeof a->kind, "points");
		a->name = xasprintf(_("%d points of the case"), count);
	}
	return stmt_done(st, err);
}

static bool
add_group(struct audience *a, struct desk *desk, const char *code, struct error *err)
{
	struct json *group = NULL;
	struct json *list = NULL;
	const char *of;
	bool ok = group_show(desk, code, &group, err) && group_expand(desk, code, &list, err);

	if (ok) {
		(void)snprintf(a->kind, sizeof a->kind, "group");
		(void)snprintf(a->ref, sizeof a->ref, "%s", code);
		a->name = xstrdup(json_text(json_get(group, "name"), code));
		of = json_text(json_get(group, "of"), "unit");
		for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
			ask_unit(a, of, json_get_text(row, "code"),
				json_text(json_get(row, "name"), json_get_text(row, "code")));
		}
	}
	json_free(group);
	json_free(list);
	return ok;
}

static bool
find_audience(struct audience *a, struct desk *desk, const struct post_new *what,
	int64_t at, struct error *err)
{
	bool points = what->to == NULL || what->to[0] == '\0' ||
		strcmp(what->to, "points") == 0;

	*a = (struct audience){ .kind = "none", .units = json_array(),
		.points = json_array() };
	if ((!points && !add_group(a, desk, what->to, err)) ||
	    !add_points(a, desk, what, at, err)) {
		return false;
	}
	if (what->to != NULL && strcmp(what->to, "points") == 0 && a->name == NULL) {
		return error_set(err, ERR_REFUSED, _("this case has no points: name a group"));
	}
	if (a->name == NULL) {
		a->name = xstrdup(_("a group at large, nobody counted"));
	}
	return true;
}

static void
ask_all(struct desk *desk, const struct audience *a, const char *case_id,
	const char *message)
{
	struct json *each = json_array();
	struct json *body = json_object();
	char id[UUID_SIZE];

	for (const struct json *row = json_first(a->units); row != NULL; row = json_next(row)) {
		struct json *one = thing_new(desk, "confirmation", id);

		row_text(one, "message_id", message);
		row_text(one, "ref_kind", json_get_text(row, "ref_kind"));
		row_text(one, "ref", json_get_text(row, "ref"));
		row_text(one, "name", json_get_text(row, "name"));
		row_text(one, "state", "waiting");
		json_push(each, one);
	}
	json_set(body, "each", each);
	change_add(desk, "confirmation_added", case_id, body);
}

/* Many read what is posted; what is TLP:RED only those whom its owner named. */
static bool
meant(const struct ir_case *c, const struct post_new *what, struct error *err)
{
	if (strcmp(c->tlp, "red") != 0 || what->red) {
		return true;
	}
	(void)error_set(err, ERR_REFUSED,
		_("%s is TLP:RED: only the persons named by its owner may know of it; say that"
		  " it was posted all the same"), c->number);
	return error_how(err, "--red");
}

static bool
post(struct desk *desk, const struct post_new *what, const char *text, char id[UUID_SIZE],
	int *count, struct error *err)
{
	int64_t at = what->at == 0 ? desk_now(desk) : what->at;
	struct ir_case c = { 0 };
	struct audience a = { 0 };
	bool ok = case_load(&c, desk, what->case_id, err) && meant(&c, what, err) &&
		find_audience(&a, desk, what, at, err);

	if (ok) {
		outbox_told(desk, &(struct hand_told){ .case_id = what->case_id,
			.to_kind = a.kind, .to_id = a.ref, .to_name = a.name, .role = "",
			.channel = what->channel, .address = "", .template = "dang",
			.text = text, .drill = c.drill, .at = what->at }, id);
		*count = json_count(a.units);
		if (*count > 0) {
			ask_all(desk, &a, what->case_id, id);
		}
		if (json_count(a.points) > 0) {
			struct json *body = json_object();

			json_set(body, "each", a.points);
			a.points = NULL;
			change_add(desk, "point_set", what->case_id, body);
		}
	}
	free(a.name);
	json_free(a.units);
	json_free(a.points);
	case_clear(&c);
	return ok;
}

bool
post_add(struct desk *desk, const struct post_new *what, char id[UUID_SIZE], int *asks,
	struct error *err)
{
	char *text = NULL;
	bool ok;

	*asks = 0;
	if (!desk_may(desk, ACT_WORK, err) || !hand_channel_check(what->channel, err) ||
	    !text_accept(&text, what->text, strlen(what->text), TEXT_MANY_LINES,
		    limit(LIMIT_NOTE), _("text"), err)) {
		return false;
	}
	if (text[strspn(text, " \t\n")] == '\0') {
		ok = error_set(err, ERR_BAD_INPUT, _("what was posted?  The text is empty"));
	} else {
		ok = change_begin(desk, err) &&
			change_end(desk, post(desk, what, text, id, asks, err), err);
	}
	free(text);
	return ok;
}

bool
post_list(struct desk *desk, const char *case_id, struct json **out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &POSTS, TXT(case_id));
	struct json *list = json_array();

	while (stmt_row(st)) {
		struct json *row = json_object();

		json_set_text(row, "id", stmt_text(st, 0));
		json_set_int(row, "n", stmt_int(st, 1));
		json_set_text(row, "channel", stmt_text(st, 2));
		json_set_text(row, "to", stmt_text(st, 3));
		json_set_int(row, "at", stmt_int(st, 8));
		json_set_text(row, "text", stmt_text(st, 5));
		json_set_int(row, "asked", stmt_int(st, 6));
		json_set_int(row, "confirmed", stmt_int(st, 7));
		json_set_text(row, "by", stmt_text(st, 9));
		json_push(list, row);
	}
	if (!stmt_done(st, err)) {
		json_free(list);
		return false;
	}
	*out = list;
	return true;
}
