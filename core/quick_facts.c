/* quick_facts.c gathers what a quick report says of its case: names of steps,
 * systems and points, never notes, observables or telephone numbers. */
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/contact.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/point.h"
#include "core/quick.h"
#include "core/rule.h"
#include "core/when.h"

#define SHOWN 4 /* of each: a report is read on a telephone */

#define DONE_SHOWN 3
#define IS_DONE "s.case_id = $1 AND s.type = 'action' AND s.state = 'done'"
/* The last ones, the oldest of them first; a step of a loop once. */
SQL(DONE, "t",
	"SELECT name FROM (SELECT s.name, MAX(s.ended_at) AS ended, MAX(s.position) AS place"
	" FROM step_instance s WHERE " IS_DONE " GROUP BY s.name"
	" ORDER BY ended DESC, place DESC LIMIT 3) AS newest ORDER BY ended, place");
SQL(DONE_COUNT, "t",
	"SELECT COUNT(DISTINCT s.name) FROM step_instance s WHERE " IS_DONE);
SQL(DOING, "t",
	"SELECT s.name, COALESCE(m.name, '') FROM step_instance s"
	" LEFT JOIN member m ON m.id = s.assignee_id WHERE s.case_id = $1"
	" AND s.type = 'action' AND s.state IN ('open', 'started') AND s.ended_at IS NULL"
	" ORDER BY CASE s.state WHEN 'started' THEN 0 ELSE 1 END, s.due_at, s.position"
	" LIMIT 3");
SQL(WAITING, "t",
	"SELECT name, what, promised_at, role, ticket FROM waiting WHERE case_id = $1"
	" AND ended_at IS NULL ORDER BY promised_at, n LIMIT 3");
SQL(ASKED, "t",
	"SELECT question, until_at FROM decision WHERE case_id = $1 AND ended_at IS NULL"
	" ORDER BY until_at, n LIMIT 2");
/* Who is without anything stands first. */
SQL(POINT_NAMES, "t",
	"SELECT name, '' FROM point WHERE case_id = $1 AND list = '' AND state <> 'back'"
	" ORDER BY CASE WHEN down_since IS NULL THEN 1 ELSE 0 END, n LIMIT 4");

/* What people typed into the lists of steps: machines, one name once. */
SQL(TYPED_NAMES, "t",
	"SELECT MIN(p.name), MIN(s.position) AS step, MIN(p.n) AS line FROM point p"
	" JOIN step_instance s ON s.id = p.list WHERE p.case_id = $1 AND p.ref_kind = ''"
	" AND p.ref = '' GROUP BY p.name_key ORDER BY step, line");

static void
put(struct json *vars, const char *key, const struct buf *text)
{
	if (text->len > 0) {
		json_set_text(vars, key, buf_text(text));
	}
}

/* The template ends the sentence. */
static void
put_sentence(struct json *vars, const char *key, const char *text)
{
	size_t len = strlen(text);
	char *cut;

	while (len > 0 && strchr(". \n", text[len - 1]) != NULL) {
		len--;
	}
	cut = xstrndup(text, len);
	json_set_text(vars, key, cut);
	free(cut);
}

static void
add(struct buf *out, const char *text, const char *who)
{
	buf_addf(out, "%s%s", out->len > 0 ? "; " : "", text);
	if (who[0] != '\0') {
		buf_addf(out, " (%s)", who);
	}
}

/* who: to members and superiors the names, to bodies none. */
static bool
names(struct json *vars, const char *key, struct desk *desk, const struct sql *sql,
	const char *case_id, bool who, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), sql, TXT(case_id));
	struct buf out = { 0 };
	bool ok;

	while (stmt_row(st)) {
		add(&out, stmt_text(st, 0), who ? stmt_text(st, 1) : "");
	}
	ok = stmt_done(st, err);
	put(vars, key, &out);
	buf_free(&out);
	return ok;
}

static void
add_time(struct buf *out, struct desk *desk, int64_t at)
{
	char when[WHEN_SHORT_SIZE];

	if (at != NO_DUE) {
		when_near(when, at, desk_now(desk), desk_zone(desk));
		buf_addf(out, " %s", when);
	}
}

/* In the language of the text, which is not that of the screen. */
static const struct said {
	const char *language;
	const char *ticket, *promised, *points, *recovered, *personal, *known, *newest;
	const char *states[POINT_STATES];
} said_vi = { "vi", ", số phiếu ", ", hẹn", "%d điểm", "đã khôi phục",
	"có dữ liệu cá nhân", ", biết từ", "(%d việc sau cùng trong %d) ", {
	[POINT_DOWN] = "mất", [POINT_POWER_OUT] = "mất điện", [POINT_RESERVE] = "dự phòng",
	[POINT_SLOW] = "chậm", [POINT_BACK] = "thông lại", [POINT_UNKNOWN] = "chưa rõ",
} }, said_en = { "en", ", ticket ", ", promised", "%d points", "recovered",
	"personal data", ", known since", "(the last %d of %d) ", {
	[POINT_DOWN] = "down", [POINT_POWER_OUT] = "without power",
	[POINT_RESERVE] = "on reserve", [POINT_SLOW] = "slow", [POINT_BACK] = "back",
	[POINT_UNKNOWN] = "not known",
} };

static const struct said *
language_of(const char *address)
{
	return strcmp(address, "order") == 0 && strcmp(i18n_language(), "vi") != 0
		? &said_en : &said_vi;
}

/* In the order in which it was done; says when there is more before. */
static bool
done(struct json *vars, struct desk *desk, const char *case_id, const char *address,
	struct error *err)
{
	struct buf out = { 0 }, all = { 0 };
	struct stmt *st;
	int64_t count = 0;
	bool ok;

	if (!db_one_int(desk_db(desk), &DONE_COUNT, &count, err, TXT(case_id))) {
		return false;
	}
	st = db_query(desk_db(desk), &DONE, TXT(case_id));
	while (stmt_row(st)) {
		add(&out, stmt_text(st, 0), "");
	}
	ok = stmt_done(st, err);
	if (count > DONE_SHOWN) {
		buf_addf(&all, language_of(address)->newest, DONE_SHOWN, (int)count);
	}
	buf_adds(&all, buf_text(&out));
	put(vars, "done", &all);
	buf_free(&all);
	buf_free(&out);
	return ok;
}

/* "Điện lực: nối lại tuyến, số phiếu 0412, hẹn 03:30".  A body reads what it
 * promised itself, not what others did. */
static bool
promises(struct json *vars, struct desk *desk, const char *case_id,
	const struct quick_want *want, const char *address, struct error *err)
{
	const struct said *said = language_of(address);
	bool body = strcmp(address, "request") == 0;
	struct stmt *st = db_query(desk_db(desk), &WAITING, TXT(case_id));
	struct buf out = { 0 };
	bool ok;

	while (stmt_row(st)) {
		bool theirs = want->to != NULL && strcmp(stmt_text(st, 3), want->to) == 0;

		if (!body || theirs) {
			buf_addf(&out, "%s%s%s%s", out.len > 0 ? "; " : "",
				body ? "" : stmt_text(st, 0), body ? "" : ": ", stmt_text(st, 1));
			if (stmt_text(st, 4)[0] != '\0') {
				buf_addf(&out, "%s%s", said->ticket, stmt_text(st, 4));
			}
			if (stmt_int(st, 2) != NO_DUE) {
				buf_adds(&out, said->promised);
			}
			add_time(&out, desk, stmt_int(st, 2));
		}
	}
	ok = stmt_done(st, err);
	put(vars, "waiting", &out);
	buf_free(&out);
	return ok;
}

static bool
questions(struct json *vars, struct desk *desk, const char *case_id, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ASKED, TXT(case_id));
	struct buf out = { 0 };
	bool ok;

	while (stmt_row(st)) {
		buf_addf(&out, "%s%s", out.len > 0 ? "; " : "", stmt_text(st, 0));
		add_time(&out, desk, stmt_int(st, 1));
	}
	ok = stmt_done(st, err);
	put(vars, "wanted", &out);
	buf_free(&out);
	return ok;
}

/* What the rules would ask of this contact. */
static bool
request(struct json *vars, struct desk *desk, const struct ir_case *c, const char *role,
	struct error *err)
{
	static const char *const lists[] = { "propose", "by_hand" };
	struct json *facts = NULL;
	struct json *told = NULL;
	bool ok = rule_facts_of(desk, c, &facts, err) &&
		rule_contacts(desk, facts, c->owner_login, &told, err);

	for (size_t i = 0; ok && i < 2; i++) {
		for (const struct json *row = json_first(json_get(told, lists[i])); row != NULL;
		     row = json_next(row)) {
			const char *is = json_get_text(row, "role");
			const char *text = json_get_text(row, "request_vi");

			if (is != NULL && strcmp(is, role) == 0 && text != NULL) {
				put_sentence(vars, "wanted", text);
			}
		}
	}
	json_free(told);
	json_free(facts);
	return ok;
}

static bool
wanted(struct json *vars, struct desk *desk, const struct ir_case *c,
	const struct quick_want *want, const char *address, struct error *err)
{
	if (want->wanted != NULL && want->wanted[0] != '\0') {
		put_sentence(vars, "wanted", want->wanted);
		return true;
	}
	if (strcmp(address, "report") == 0) {
		return questions(vars, desk, c->id, err);
	}
	if (strcmp(address, "order") == 0) {
		if (c->next_step[0] != '\0') {
			json_set_text(vars, "wanted", c->next_step);
		}
		return true;
	}
	return want->to == NULL || request(vars, desk, c, want->to, err);
}

/* What hangs on the system that is hit. */
static bool
dependants(struct buf *out, struct desk *desk, const struct ir_case *c, struct error *err)
{
	struct json *list = NULL;
	int count = 0;

	if (c->asset_code[0] == '\0') {
		return true;
	}
	if (!asset_dependants(desk, c->asset_code, &list, err)) {
		return false;
	}
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		const char *name = json_get_text(row, "name");

		if (count < SHOWN && name != NULL) {
			buf_addf(out, "%s%s", count > 0 ? ", " : "", name);
		}
		count++;
	}
	if (count > SHOWN) {
		buf_addf(out, " (+%d)", count - SHOWN);
	}
	json_free(list);
	return true;
}

/* "14 máy trạm, 1 máy chủ", as the plans say what their answers count. */
static void
counted(struct buf *out, const struct json *list, const struct said *said)
{
	const char *sign = out->len > 0 ? "; " : "";

	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		const char *what = json_get_text(row, said->language);

		if (what != NULL) {
			buf_addf(out, "%s%d %s", sign, (int)json_get_int(row, "count", 0), what);
			sign = ", ";
		}
	}
}

static bool
typed_names(struct buf *out, struct desk *desk, const char *case_id, const char *sign,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &TYPED_NAMES, TXT(case_id));
	int count = 0;

	while (stmt_row(st)) {
		if (count++ < SHOWN) {
			buf_addf(out, "%s%s", count > 1 ? ", " : sign, stmt_text(st, 0));
		}
	}
	if (count > SHOWN) {
		buf_addf(out, " (+%d)", count - SHOWN);
	}
	return stmt_done(st, err);
}

static void
personal_data(struct buf *out, struct desk *desk, const struct ir_case *c,
	const struct said *said)
{
	if (strcmp(c->personal_data, "yes") == 0) {
		buf_addf(out, "%s%s", out->len > 0 ? "; " : "", said->personal);
		if (c->personal_data_at != 0) {
			buf_adds(out, said->known);
			add_time(out, desk, c->personal_data_at);
		}
	}
}

/* A body reads how much is hit, not which machines and whose data. */
static bool
impact(struct json *vars, struct desk *desk, const struct ir_case *c, const char *address,
	const struct json *counts, struct error *err)
{
	const struct said *said = language_of(address);
	bool body = strcmp(address, "request") == 0;
	struct buf out = { 0 };
	size_t before;
	bool ok = dependants(&out, desk, c, err);

	before = out.len;
	counted(&out, counts, said);
	ok = ok && (body || typed_names(&out, desk, c->id,
		out.len > before ? ": " : before > 0 ? "; " : "", err));
	if (ok && !body) {
		personal_data(&out, desk, c, said);
	}
	if (ok && out.len == 0 && json_get(vars, "points") == NULL) {
		buf_adds(&out, c->asset_name);
	}
	put(vars, "impact", &out);
	buf_free(&out);
	return ok;
}

/* "13 điểm: 8 mất, 3 dự phòng, 2 thông lại", and the first that are not back by
 * name.  What runs on its reserve path is not said to be down. */
static bool
points(struct json *vars, struct desk *desk, const char *case_id, const char *address,
	struct error *err)
{
	const struct said *said = language_of(address);
	struct buf text = { 0 };
	struct point_counts counts;
	const char *sign = ":";
	bool ok = point_count(&counts, desk, case_id, err);

	if (ok && counts.total > 0) {
		int away = counts.total - counts.states[POINT_BACK];

		buf_addf(&text, said->points, counts.total);
		for (int i = 0; i < POINT_STATES; i++) {
			if (counts.states[i] > 0) {
				buf_addf(&text, "%s %d %s", sign, counts.states[i],
					said->states[i]);
				sign = ",";
			}
		}
		put(vars, "points", &text);
		ok = names(vars, "affected", desk, &POINT_NAMES, case_id, false, err);
		if (ok && away > SHOWN) {
			buf_clear(&text);
			buf_addf(&text, "%s; +%d", json_get_text(vars, "affected"),
				away - SHOWN);
			put(vars, "affected", &text);
		}
	}
	buf_free(&text);
	return ok;
}

static void
put_case(struct json *vars, const struct ir_case *c, const char *address)
{
	if (strcmp(c->status, "recovered") == 0 || strcmp(c->status, "closed") == 0) {
		json_set_text(vars, "recovered", language_of(address)->recovered);
	}
	json_set_text(vars, "number", c->number);
	json_set_text(vars, "title", c->title);
	json_set_text(vars, "kind", c->kind);
	json_set_text(vars, "asset", c->asset_code);
	json_set_text(vars, "asset_name", c->asset_name);
	json_set_int(vars, "severity", c->severity);
	json_set_int(vars, "suggested", c->severity_suggested);
	json_set_int(vars, "detected_at", c->detected_at);
}

static bool
put_body(struct json *vars, struct desk *desk, const char *role, struct error *err)
{
	struct json *contact = NULL;

	if (role == NULL) {
		return true;
	}
	if (!contact_show(desk, role, &contact, err)) {
		return false;
	}
	json_set_text(vars, "body", json_get_text(contact, "name"));
	json_free(contact);
	return true;
}

bool
quick_facts(struct json *vars, struct desk *desk, const struct ir_case *c,
	const struct quick_want *want, struct error *err)
{
	const char *address = want->address == NULL ? "report" : want->address;
	bool body = strcmp(address, "request") == 0;

	put_case(vars, c, address);
	return put_body(vars, desk, want->to, err) &&
		done(vars, desk, c->id, address, err) &&
		names(vars, "doing", desk, &DOING, c->id, !body, err) &&
		promises(vars, desk, c->id, want, address, err) &&
		wanted(vars, desk, c, want, address, err) &&
		points(vars, desk, c->id, address, err) &&
		impact(vars, desk, c, address, want->counted, err);
}
