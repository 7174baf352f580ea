/* point_json.c prints the affected places of a case and the lines of check-lists
 * for scripts. */
#include "cli/point_json.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json_out.h"
#include "core/point_names.h"
#include "core/words.h"

struct writing {
	struct cli *cli;
	struct json *list;
	struct place_names *names; /* read at the first name that nobody knows */
	int64_t end;               /* of outages */
	struct error *err;
	bool failed;
};

/* What a name that was not matched may be: the register as it is now. */
static struct json *
candidates(struct writing *w, const struct point *p)
{
	struct json *list = json_array();
	struct places places = { .count = 0 };

	if (p->ref[0] != '\0') {
		return list;
	}
	if (w->names == NULL && !place_names_load(&w->names, w->cli->desk, w->err)) {
		w->failed = true;
		return list;
	}
	place_names_find(&places, w->names, p->name);
	for (int i = 0; i < places.count; i++) {
		struct json *o = json_object();

		json_set_text(o, "kind", places.list[i]->kind);
		json_set_text(o, "code", places.list[i]->code);
		json_set_text(o, "name", places.list[i]->name);
		json_push(list, o);
	}
	return list;
}

static void
put_times(struct writing *w, struct json *o, const struct point *p)
{
	const struct {
		const char *key;
		int64_t at;
	} times[] = {
		{ "since", p->since }, { "down_since", p->down_since },
		{ "reserve_at", p->reserve_at }, { "told_at", p->told_at },
		{ "confirmed_at", p->confirmed_at }, { "back_at", p->back_at },
		{ "over_told_at", p->over_told_at },
	};

	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		json_set_time(w->cli, o, times[i].key, times[i].at);
	}
}

static void
put_texts(struct json *o, const struct point *p)
{
	const struct {
		const char *key;
		const char *text;
	} texts[] = {
		{ "kind", p->ref_kind }, { "code", p->ref }, { "area", p->area },
		{ "carrier", p->carrier }, { "reserve", p->reserve },
		{ "told_how", p->told_how }, { "confirmed_by", p->confirmed_by },
		{ "person", p->person }, { "over_told_how", p->over_told_how },
		{ "note", p->note },
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		json_set_or_null(o, texts[i].key, texts[i].text);
	}
}

static bool
add_point(const struct point *p, void *arg)
{
	struct writing *w = arg;
	struct json *o = json_object();

	json_set_int(o, "n", p->n);
	json_set_text(o, "id", p->id);
	json_set_text(o, "name", p->name);
	json_set_text(o, "state", p->state);
	put_texts(o, p);
	json_set_bool(o, "island", p->island);
	put_times(w, o, p);
	json_set_int(o, "outage_minutes", point_outage_ms(p, w->end) / 60000);
	json_set(o, "candidates", candidates(w, p));
	json_push(w->list, o);
	return !w->failed;
}

static bool
end_of(struct cli *cli, const char *case_id, int64_t *end, struct error *err)
{
	struct ir_case c = { 0 };
	bool ok = case_load(&c, cli->desk, case_id, err);

	*end = ok ? point_outage_end(cli->desk, c.closed_at) : 0;
	case_clear(&c);
	return ok;
}

bool
points_json(struct cli *cli, const char *case_id, struct json *list, struct error *err)
{
	struct writing w = { .cli = cli, .list = list, .err = err };
	bool ok = end_of(cli, case_id, &w.end, err) &&
		point_each(cli->desk, case_id, "", add_point, &w, err) && !w.failed;

	place_names_free(w.names);
	return ok;
}

static bool
add_outage(const struct point *p, void *arg)
{
	int64_t *sum = arg;

	sum[1] += point_outage_ms(p, sum[0]);
	return true;
}

bool
point_counts_json(struct cli *cli, const char *case_id, struct json **out,
	struct error *err)
{
	const struct word *words = words_of(WORDS_POINT_STATE);
	struct point_counts counts;
	int64_t sum[2] = { 0, 0 }; /* until when, how much */

	if (!point_count(&counts, cli->desk, case_id, err) ||
	    !end_of(cli, case_id, &sum[0], err) ||
	    !point_each(cli->desk, case_id, "", add_outage, sum, err)) {
		return false;
	}
	*out = json_object();
	json_set_int(*out, "total", counts.total);
	for (int i = 0; i < POINT_STATES; i++) {
		json_set_int(*out, words[i].word, counts.states[i]);
	}
	json_set_int(*out, "outage_minutes", sum[1] / 60000);
	return true;
}

struct json *
check_row_json(struct cli *cli, const struct check_list *list, const struct point *row)
{
	struct json *o = json_object();
	struct json *cells = json_object();

	json_set_int(o, "n", row->n);
	json_set_text(o, "name", row->name);
	json_set_or_null(o, "kind", row->ref_kind);
	json_set_or_null(o, "code", strcmp(row->ref_kind, "point") == 0 ? "" : row->ref);
	json_set_or_null(o, "mark", row->state);
	json_set_or_null(o, "person", row->person);
	json_set_bool(o, "ticked", check_line_ticked(list, row));
	json_set_time(cli, o, "ticked_at", row->ticked_at);
	json_set_or_null(o, "ticked_by", row->ticked_by);
	for (int i = 0; i < json_count(list->columns); i++) {
		char *text = check_list_cell(list, row, i, cli->desk);

		json_set_text(cells, json_text(json_at(list->columns, i), ""),
			text[0] == '\0' ? NULL : text);
		free(text);
	}
	json_set(o, "cells", cells);
	return o;
}

bool
case_points_json(struct cli *cli, const char *case_id, struct json *into,
	struct error *err)
{
	struct json *list = json_array();
	struct json *counts = NULL;

	json_set(into, "points", list);
	if (!point_counts_json(cli, case_id, &counts, err)) {
		return false;
	}
	json_set(into, "point_counts", counts);
	return points_json(cli, case_id, list, err);
}
