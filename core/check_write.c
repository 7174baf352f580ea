/* check_write.c owns writing the lines of a check-list: those of its source at the
 * first act on it, and those that people type. */
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/check_private.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/point_names.h"
#include "core/thing.h"

void
check_put_step(struct json *body, const struct check_step *step)
{
	struct json *o = json_object();

	json_set_int(o, "n", step->n);
	json_set_text(o, "name", step->name);
	json_set_text(o, "instance", step->instance);
	json_set(body, "step", o);
}

bool
check_rows_write(struct desk *desk, const struct check_step *step, struct check_list *list,
	struct error *err)
{
	struct json *each = json_array();
	struct json *body;
	int count = 0;

	for (int i = 0; i < list->rows.count; i++) {
		struct point *p = &list->rows.rows[i];
		struct json *row;

		if (p->id[0] != '\0') {
			continue;
		}
		row = thing_new(desk, "point", p->id);
		row_text(row, "list", p->list);
		row_int(row, "n", p->n);
		row_text(row, "ref_kind", p->ref_kind);
		row_text(row, "ref", p->ref);
		row_text(row, "name", p->name);
		row_text(row, "name_key", p->name_key);
		row_text(row, "area", p->area);
		row_text(row, "state", p->state);
		row_text(row, "person", p->person);
		json_push(each, row);
		count++;
	}
	if (count == 0) {
		json_free(each);
		return true;
	}
	body = json_object();
	json_set(body, "each", each);
	check_put_step(body, step);
	change_add(desk, "checklist_added", step->case_id, body);
	return change_flush(desk, err);
}

bool
check_step_open(const struct check_step *step, struct error *err)
{
	if (step->spec == NULL) {
		return error_set(err, ERR_REFUSED, _("step \"%s\" has no list to tick"),
			step->name);
	}
	return step->open || error_set(err, ERR_REFUSED,
		_("step \"%s\" has ended: its list stands as it is"), step->name);
}

SQL(TYPED_BEFORE, "tt",
	"SELECT MIN(p.name), MIN(s.position) AS step, MIN(p.n) AS line FROM point p"
	" JOIN step_instance s ON s.id = p.list WHERE p.case_id = $1 AND p.list <> $2"
	" AND p.ref_kind = '' AND p.ref = '' AND NOT EXISTS (SELECT 1 FROM point q"
	"  WHERE q.case_id = $1 AND q.list = $2)"
	" GROUP BY p.name_key ORDER BY step, line");

bool
check_list_before(struct buf *out, struct desk *desk, const struct check_step *step,
	struct error *err)
{
	const char *source = step->spec == NULL ? NULL : json_get_text(step->spec, "source");
	struct stmt *st;

	if (source == NULL || strcmp(source, "typed") != 0 || !step->open) {
		return true;
	}
	st = db_query(desk_db(desk), &TYPED_BEFORE, TXT(step->case_id), TXT(step->instance));
	while (stmt_row(st)) {
		buf_addf(out, "%s\n", stmt_text(st, 0));
	}
	return stmt_done(st, err);
}

/* A typed line behind the others, unless its name is there. */
static bool
typed_row(struct check_list *list, const struct point_line *line, const char *instance)
{
	struct check_line row = { .texts = { "", "", line->fields[PF_NAME], "",
		line->fields[PF_PERSON] }, .mark = "" };
	char *key = place_key(row.texts[LINE_NAME]);

	for (int i = 0; i < list->rows.count; i++) {
		if (strcmp(list->rows.rows[i].name_key, key) == 0) {
			free(key);
			return false;
		}
	}
	check_row_add(&list->rows, &row, key, instance);
	return true;
}

bool
check_list_add(struct desk *desk, const struct check_step *step,
	const struct point_lines *lines, int *added, struct error *err)
{
	struct check_list list = { 0 };
	bool ok;

	*added = 0;
	if (!desk_may(desk, ACT_WORK, err) || !check_step_open(step, err) ||
	    !change_begin(desk, err)) {
		return false;
	}
	ok = check_list_load(&list, desk, step, err);
	for (int i = 0; ok && i < lines->count; i++) {
		*added += typed_row(&list, &lines->list[i], step->instance);
	}
	if (ok && (size_t)list.rows.count > limit(LIMIT_POINTS)) {
		ok = error_set(err, ERR_BAD_INPUT, _("%d lines with those of the list; at most"
			" %zu, nothing was added"), list.rows.count, limit(LIMIT_POINTS));
	}
	ok = ok && (*added == 0 || check_rows_write(desk, step, &list, err));
	check_list_clear(&list);
	return change_end(desk, ok, err);
}
