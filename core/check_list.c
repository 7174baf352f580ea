/* check_list.c owns reading a step's check-list: what was written of it, and what
 * its source gives beside that. */
#include "core/check_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/check_private.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/point_field.h"
#include "core/point_names.h"
#include "core/when.h"
#include "core/words.h"

SQL(TICKS_OF_LIST, "tt",
	"SELECT COUNT(*), COUNT(ticked_at) FROM point WHERE case_id = $1 AND list = $2");

SQL(FOUND_OF_LIST, "tt",
	"SELECT COUNT(*) FROM (SELECT ref FROM point WHERE case_id = $1 AND list = ''"
	" AND ref <> '' UNION SELECT ref FROM point WHERE case_id = $1 AND list = $2"
	" AND ticked_at IS NOT NULL) AS found");

bool
check_list_finds(const struct json *spec)
{
	const char *source = json_get_text(spec, "source");
	bool state = false, since = false;

	for (const struct json *one = json_first(json_get(spec, "columns")); one != NULL;
	     one = json_next(one)) {
		enum point_field field = point_field_of(json_text(one, ""));

		state |= field == PF_STATE;
		since |= field == PF_SINCE;
	}
	return source != NULL && strcmp(source, "group") == 0 && state && since;
}

bool
check_line_ticked(const struct check_list *list, const struct point *row)
{
	return row->ticked_at != 0 || (list->finds && check_place_of(list, row) != NULL);
}

void
check_list_clear(struct check_list *list)
{
	point_list_clear(&list->rows);
	point_list_clear(&list->places);
	*list = (struct check_list){ 0 };
}

static bool
is_there(const struct point_list *rows, const struct check_line *line, const char *key)
{
	for (int i = 0; i < rows->count; i++) {
		const struct point *p = &rows->rows[i];
		bool same = line->texts[LINE_REF][0] != '\0'
			? strcmp(p->ref_kind, line->texts[LINE_KIND]) == 0 &&
				strcmp(p->ref, line->texts[LINE_REF]) == 0
			: p->ref[0] == '\0' && strcmp(p->name_key, key) == 0;

		if (same) {
			return true;
		}
	}
	return false;
}

void
check_row_add(struct point_list *rows, const struct check_line *line, char *key,
	const char *instance)
{
	int n = rows->count == 0 ? 1 : rows->rows[rows->count - 1].n + 1;

	rows->rows = xrealloc(rows->rows, ((size_t)rows->count + 1) * sizeof *rows->rows);
	rows->rows[rows->count++] = (struct point){
		.n = n, .list = xstrdup(instance), .ref_kind = xstrdup(line->texts[LINE_KIND]),
		.ref = xstrdup(line->texts[LINE_REF]), .name = xstrdup(line->texts[LINE_NAME]),
		.name_key = key, .area = xstrdup(line->texts[LINE_AREA]),
		.carrier = xstrdup(""), .state = xstrdup(line->mark), .reserve = xstrdup(""),
		.told_how = xstrdup(""), .confirmed_by = xstrdup(""),
		.person = xstrdup(line->texts[LINE_PERSON] == NULL ? ""
			: line->texts[LINE_PERSON]), .ticked_by = xstrdup(""),
		.over_told_how = xstrdup(""), .cells = xstrdup(""), .note = xstrdup(""),
	};
}

/* What the source gives that is not written yet, behind what is. */
static bool
add_source(struct check_list *out, struct desk *desk, const struct check_step *step,
	struct error *err)
{
	struct check_lines lines = { 0 };
	bool ok = check_source_lines(&lines, desk, step, err);

	for (int i = 0; ok && i < lines.count; i++) {
		char *key = place_key(lines.list[i].texts[LINE_NAME]);

		if (is_there(&out->rows, &lines.list[i], key)) {
			free(key);
		} else {
			check_row_add(&out->rows, &lines.list[i], key, step->instance);
		}
	}
	check_lines_clear(&lines);
	return ok;
}

bool
check_list_load(struct check_list *out, struct desk *desk, const struct check_step *step,
	struct error *err)
{
	const char *source = json_get_text(step->spec, "source");
	bool ok;

	*out = (struct check_list){ .columns = json_get(step->spec, "columns"),
		.finds = check_list_finds(step->spec) };
	ok = point_load(&out->rows, desk, step->case_id, step->instance, err) &&
		(!step->open || (add_source(out, desk, step, err) &&
			check_source_lacks(&out->lacks, desk, step->spec, err))) &&
		(source == NULL || strcmp(source, "typed") == 0 ||
		 point_load(&out->places, desk, step->case_id, "", err));
	for (int i = 0; i < out->rows.count; i++) {
		out->ticked += check_line_ticked(out, &out->rows.rows[i]);
	}
	return ok;
}

char *
check_list_lack(const struct check_list *list)
{
	return list->lacks == NULL || list->rows.count > 0 ? NULL : xasprintf(
		_("The register has no group \"%s\": no system is listed, ask which."),
		list->lacks);
}

bool
check_list_count(int *ticked, int *total, struct desk *desk, const struct check_step *step,
	struct error *err)
{
	struct stmt *st;
	int source = 0;

	*ticked = *total = 0;
	if (step->spec == NULL) {
		return true;
	}
	st = db_query(desk_db(desk), &TICKS_OF_LIST, TXT(step->case_id), TXT(step->instance));
	if (stmt_row(st)) {
		*total = (int)stmt_int(st, 0);
		*ticked = (int)stmt_int(st, 1);
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	/* What the source gained since counts too. */
	if (step->open && !check_source_count(&source, desk, step, err)) {
		return false;
	}
	*total = source > *total ? source : *total;
	if (check_list_finds(step->spec)) {
		int64_t found = 0;

		if (!db_one_int(desk_db(desk), &FOUND_OF_LIST, &found, err,
				TXT(step->case_id), TXT(step->instance))) {
			return false;
		}
		*ticked = found < *total ? (int)found : *total;
	}
	return true;
}

/* Itself, or the same unit or system. */
const struct point *
check_place_of(const struct check_list *list, const struct point *row)
{
	bool by_id = strcmp(row->ref_kind, "point") == 0;

	for (int i = 0; i < list->places.count; i++) {
		const struct point *p = &list->places.rows[i];

		if (by_id ? strcmp(p->id, row->ref) == 0
				: row->ref[0] != '\0' && strcmp(p->ref, row->ref) == 0 &&
				strcmp(p->ref_kind, row->ref_kind) == 0) {
			return p;
		}
	}
	return NULL;
}

static char *
time_text(int64_t at, const struct desk *desk)
{
	char text[WHEN_SHORT_SIZE] = "";

	if (at != 0) {
		when_near(text, at, desk_now(desk), desk_zone(desk));
	}
	return xstrdup(text);
}

/* A field of the place, as the list shows it; NULL: no such column. */
static char *
place_text(const struct point *p, enum point_field field, const struct desk *desk)
{
	switch (field) {
	case PF_STATE:
		return xstrdup(word_label(WORDS_POINT_STATE, p->state));
	case PF_SINCE:
		return time_text(p->since, desk);
	case PF_RESERVE:
		return xstrdup(p->reserve);
	case PF_RESERVE_AT:
		return time_text(p->reserve_at, desk);
	case PF_TOLD_AT:
		return time_text(p->told_at, desk);
	case PF_CONFIRMED_BY:
		return p->confirmed_by[0] != '\0' ? xstrdup(p->confirmed_by)
			: time_text(p->confirmed_at, desk);
	case PF_PERSON:
		return xstrdup(p->person);
	case PF_BACK_AT:
		return time_text(p->back_at, desk);
	default:
		return NULL;
	}
}

char *
check_list_cell(const struct check_list *list, const struct point *row, int column,
	const struct desk *desk)
{
	const char *name = json_text(json_at(list->columns, column), "");
	const struct point *place = check_place_of(list, row);
	struct json *cells = NULL;
	struct error ignored;
	char *text = NULL;

	if (row->cells[0] != '\0' && !json_parse(&cells, row->cells, strlen(row->cells), NULL,
			&ignored)) {
		/* Masked by a redaction: what is left of it. */
		return xstrdup(column == 0 ? row->cells : "");
	}
	if (json_get_text(cells, name) != NULL) {
		text = xstrdup(json_get_text(cells, name));
	} else if (place != NULL) {
		text = place_text(place, point_field_of(name), desk);
	}
	json_free(cells);
	return text != NULL ? text : xstrdup("");
}

const char *
check_list_mark(const struct point *row)
{
	static const struct {
		const char *mark;
		const char *label;
	} marks[] = {
		{ "documented", N_("documented") }, { "assumed", N_("assumed") },
		{ "approved", N_("approved order") },
		{ "no_order", N_("no approved order") },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (strcmp(marks[i].mark, row->state) == 0) {
			return _(marks[i].label);
		}
	}
	return "";
}
