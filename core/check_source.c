/* check_source.c owns where the lines of a check-list come from: the register, the
 * case's places, who was told at an earlier step. */
#include "core/check_source.h"

#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/mem.h"

/* Members of a group and of the groups in it, each once, by kind and code. */
#define IN_GROUP "WITH RECURSIVE g(id, depth) AS (SELECT id, 0 FROM team_group" \
	" WHERE code = $1 UNION SELECT t.id, g.depth + 1 FROM g JOIN group_member m" \
	" ON m.group_id = g.id AND m.member_kind = 'group' JOIN team_group t" \
	" ON t.code = m.member_ref WHERE g.depth < 16) "
SQL(GROUP_LINES, "t", IN_GROUP
	"SELECT DISTINCT m.member_kind, m.member_ref,"
	" COALESCE(u.name, a.name, c.name, p.name, m.member_ref), COALESCE(u.area, '')"
	" FROM g JOIN group_member m ON m.group_id = g.id"
	" LEFT JOIN unit u ON m.member_kind = 'unit' AND u.code = m.member_ref"
	" LEFT JOIN asset a ON m.member_kind = 'asset' AND a.code = m.member_ref"
	" LEFT JOIN contact c ON m.member_kind = 'contact' AND c.role = m.member_ref"
	" LEFT JOIN member p ON m.member_kind = 'member' AND p.login = m.member_ref"
	" WHERE m.member_kind <> 'group' ORDER BY m.member_kind, m.member_ref");
SQL(GROUP_SIZE, "t", IN_GROUP
	"SELECT COUNT(DISTINCT m.member_ref) FROM g JOIN group_member m"
	" ON m.group_id = g.id WHERE m.member_kind <> 'group'");
SQL(POINT_LINES, "t",
	"SELECT 'point', id, name, area FROM point WHERE case_id = $1 AND list = ''"
	" ORDER BY n");
SQL(POINT_SIZE, "t",
	"SELECT COUNT(*) FROM point WHERE case_id = $1 AND list = ''");
SQL(TOLD_LINES, "tt",
	"SELECT p.ref_kind, p.ref, p.name, p.area FROM step_instance s JOIN point p"
	" ON p.case_id = s.case_id AND p.list = s.id WHERE s.run_id = $1 AND s.step = $2"
	" AND p.ticked_at IS NOT NULL ORDER BY s.position, p.n");
SQL(ORDER_OF, "tt",
	"SELECT f.value FROM asset a JOIN asset_fact f ON f.asset_id = a.id"
	" WHERE a.code = $1 AND f.field = $2");
SQL(GROUP_THERE, "t", "SELECT COUNT(*) FROM team_group WHERE code = $1");
SQL(IN_THIS_GROUP, "tt", IN_GROUP
	"SELECT COUNT(*) FROM g JOIN group_member m ON m.group_id = g.id"
	" WHERE m.member_kind = 'asset' AND m.member_ref = $2");

void
check_lines_clear(struct check_lines *lines)
{
	for (int i = 0; i < lines->count; i++) {
		for (int t = 0; t < LINE_TEXTS; t++) {
			free((void *)(uintptr_t)lines->list[i].texts[t]);
		}
	}
	free(lines->list);
	*lines = (struct check_lines){ 0 };
}

/* A line unless it is there already; the texts are copied. */
static void
add_line(struct check_lines *out, const char *const texts[LINE_TEXTS], const char *mark)
{
	struct check_line *line;

	for (int i = 0; i < out->count; i++) {
		const char *const *is = out->list[i].texts;

		if (strcmp(is[LINE_KIND], texts[LINE_KIND]) == 0 &&
		    strcmp(is[LINE_REF], texts[LINE_REF]) == 0 &&
		    (texts[LINE_REF][0] != '\0' ||
		     strcmp(is[LINE_NAME], texts[LINE_NAME]) == 0)) {
			return;
		}
	}
	out->list = xrealloc(out->list, ((size_t)out->count + 1) * sizeof *out->list);
	line = &out->list[out->count++];
	line->mark = mark;
	for (int t = 0; t < LINE_TEXTS; t++) {
		line->texts[t] = xstrdup(texts[t] == NULL ? "" : texts[t]);
	}
}

static bool
add_rows(struct check_lines *out, struct stmt *st, struct error *err)
{
	while (stmt_row(st)) {
		const char *texts[LINE_TEXTS] = { NULL };

		for (int t = 0; t <= LINE_AREA; t++) {
			texts[t] = stmt_text(st, t);
		}
		add_line(out, texts, "");
	}
	return stmt_done(st, err);
}

/* ---- systems: what depends on one, and in which order they stop or start ---- */

struct system_line {
	const struct json *row; /* of asset_dependants() */
	int64_t order;          /* approved; NO_DUE: none */
	int64_t depth;
};

static int
by_order(const void *a, const void *b)
{
	const struct system_line *one = a;
	const struct system_line *two = b;

	if (one->order != two->order) {
		return one->order < two->order ? -1 : 1;
	}
	return one->depth != two->depth ? one->depth < two->depth ? -1 : 1
		: strcmp(json_get_text(one->row, "code"), json_get_text(two->row, "code"));
}

static void
add_system(struct check_lines *out, const struct json *row, const char *mark)
{
	const char *const texts[LINE_TEXTS] = {
		"asset", json_get_text(row, "code"), json_get_text(row, "name"), "",
		json_get_text(row, "owner"),
	};

	add_line(out, texts, mark);
}

static bool
dependants(struct check_lines *out, struct desk *desk, const char *code,
	struct error *err)
{
	struct json *list = NULL;

	if (!asset_dependants(desk, code, &list, err)) {
		return false;
	}
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		add_system(out, row, json_get_bool(row, "assumed") ? "assumed" : "documented");
	}
	json_free(list);
	return true;
}

/* Which systems may be stopped first is what the register's group of that name
 * says; without one none is put up for it. */
#define NON_ESSENTIAL "non_essential"

static const char *
part_of(const struct json *spec)
{
	const char *part = json_get_text(spec, "group");

	return part != NULL && strcmp(part, NON_ESSENTIAL) == 0 ? part : NULL;
}

static bool
in_part(bool *in, struct desk *desk, const struct json *spec, const char *code,
	struct error *err)
{
	const char *part = part_of(spec);
	int64_t count = 1;

	if (part != NULL && !db_one_int(desk_db(desk), &IN_THIS_GROUP, &count, err, TXT(part),
		    TXT(code))) {
		return false;
	}
	*in = count > 0;
	return true;
}

bool
check_source_lacks(const char **group, struct desk *desk, const struct json *spec,
	struct error *err)
{
	const char *part = part_of(spec);
	int64_t there = 1;

	*group = NULL;
	if (part != NULL && !db_one_int(desk_db(desk), &GROUP_THERE, &there, err, TXT(part))) {
		return false;
	}
	*group = there == 0 ? part : NULL;
	return true;
}

/* One's own order of stopping or starting; what has none comes after all that has:
 * the farthest stops first, the nearest starts first. */
static bool
read_system(struct system_line *line, struct desk *desk, const struct json *row,
	bool stop, struct error *err)
{
	char *order = NULL;

	if (!db_one_text(desk_db(desk), &ORDER_OF, &order, err,
		    TXT(json_get_text(row, "code")),
		    TXT(stop ? "stop_order" : "start_order"))) {
		return false;
	}
	*line = (struct system_line){ .row = row, .order = NO_DUE,
		.depth = json_get_int(row, "depth", 0) * (stop ? -1 : 1) };
	if (order != NULL && order[0] != '\0') {
		line->order = strtoll(order, NULL, 10);
	}
	free(order);
	return true;
}

static bool
ordered(struct check_lines *out, struct desk *desk, const char *code,
	const struct json *spec, bool stop, struct error *err)
{
	struct json *list = NULL;
	struct system_line *lines;
	int count = 0;
	bool ok;

	if (!asset_dependants(desk, code, &list, err)) {
		return false;
	}
	lines = xcalloc((size_t)json_count(list) + 1, sizeof *lines);
	ok = true;
	for (const struct json *row = json_first(list); ok && row != NULL;
	     row = json_next(row)) {
		bool in = false;

		ok = in_part(&in, desk, spec, json_get_text(row, "code"), err) &&
			(!in || read_system(&lines[count], desk, row, stop, err));
		count += in;
	}
	qsort(lines, (size_t)count, sizeof *lines, by_order);
	for (int i = 0; ok && i < count; i++) {
		add_system(out, lines[i].row, lines[i].order == NO_DUE ? "no_order"
			: "approved");
	}
	free(lines);
	json_free(list);
	return ok;
}

/* ---- by the word of the plan ---- */

typedef bool source_fn(struct check_lines *out, struct desk *desk,
	const struct check_step *step, const char *of, struct error *err);

static bool
of_dependants(struct check_lines *out, struct desk *desk, const struct check_step *step,
	const char *of, struct error *err)
{
	(void)step;
	return dependants(out, desk, of, err);
}

static bool
of_stop_order(struct check_lines *out, struct desk *desk, const struct check_step *step,
	const char *of, struct error *err)
{
	return ordered(out, desk, of, step->spec, true, err);
}

static bool
of_start_order(struct check_lines *out, struct desk *desk, const struct check_step *step,
	const char *of, struct error *err)
{
	return ordered(out, desk, of, step->spec, false, err);
}

static bool
of_group(struct check_lines *out, struct desk *desk, const struct check_step *step,
	const char *of, struct error *err)
{
	(void)step;
	return add_rows(out, db_query(desk_db(desk), &GROUP_LINES, TXT(of)), err);
}

static bool
of_told(struct check_lines *out, struct desk *desk, const struct check_step *step,
	const char *of, struct error *err)
{
	return add_rows(out, db_query(desk_db(desk), &TOLD_LINES, TXT(step->run_id),
		TXT(of)), err);
}

/* The words themselves are the lines. */
static bool
of_commands(struct check_lines *out, struct desk *desk, const struct check_step *step,
	const char *of, struct error *err)
{
	const char *texts[LINE_TEXTS] = { [LINE_KIND] = "", [LINE_REF] = "",
		[LINE_NAME] = of, [LINE_AREA] = "" };

	(void)desk;
	(void)step;
	(void)err;
	add_line(out, texts, "");
	return true;
}

static const struct {
	const char *source;
	source_fn *lines;
} sources[] = {
	{ "commands", of_commands },
	{ "dependants", of_dependants },
	{ "group", of_group },
	{ "start_order", of_start_order },
	{ "stop_order", of_stop_order },
	{ "told_at_step", of_told },
};

/* A plan may name a system that this desk does not have: no line, no fault. */
static bool
lines_of(struct check_lines *out, struct desk *desk, const struct check_step *step,
	source_fn *lines, const char *of, struct error *err)
{
	struct error why;

	if (lines(out, desk, step, of, &why)) {
		return true;
	}
	if (why.code != ERR_NOT_FOUND) {
		*err = why;
		return false;
	}
	return true;
}

bool
check_source_lines(struct check_lines *out, struct desk *desk,
	const struct check_step *step, struct error *err)
{
	const char *source = json_get_text(step->spec, "source");
	const struct json *of = json_get(step->spec, "of");
	bool ok = true;

	if (source == NULL) {
		return true;
	}
	if (strcmp(source, "points") == 0) {
		return add_rows(out, db_query(desk_db(desk), &POINT_LINES,
			TXT(step->case_id)), err);
	}
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		bool this = strcmp(sources[i].source, source) == 0;

		for (const struct json *one = json_first(of); this && ok && one != NULL;
		     one = json_next(one)) {
			ok = lines_of(out, desk, step, sources[i].lines, json_text(one, ""),
				err);
		}
	}
	return ok;
}

/* Groups and places are counted by one statement, if there is one group only;
 * the rest is short. */
bool
check_source_count(int *out, struct desk *desk, const struct check_step *step,
	struct error *err)
{
	const char *source = json_get_text(step->spec, "source");
	const struct json *of = json_get(step->spec, "of");
	struct check_lines lines = { 0 };
	int64_t count = 0;
	bool ok;

	if (source != NULL && strcmp(source, "points") == 0) {
		ok = db_one_int(desk_db(desk), &POINT_SIZE, &count, err, TXT(step->case_id));
		*out = (int)count;
		return ok;
	}
	if (source != NULL && strcmp(source, "group") == 0 && json_count(of) == 1) {
		ok = db_one_int(desk_db(desk), &GROUP_SIZE, &count, err,
			TXT(json_text(json_at(of, 0), "")));
		*out = (int)count;
		return ok;
	}
	ok = check_source_lines(&lines, desk, step, err);
	*out = lines.count;
	check_lines_clear(&lines);
	return ok;
}
