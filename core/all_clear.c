/* all_clear.c gathers who heard of a case: callers, points, messages, calls and
 * posts, and makes one row of all that is the same person or body. */
#include "core/all_clear.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/all_clear_private.h"
#include "core/buf.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"

#define CASES "IN (SELECT $1 UNION ALL SELECT z.id FROM cases z WHERE z.merged_into = $1)"

SQL(CLEAR_TINS, "t",
	"SELECT id, number, unit_kind, unit, unit_name, caller, callback, reported_at,"
	" over_told_at, over_told_by, over_told_how, reply_by FROM tin WHERE case_id " CASES
	" ORDER BY year, serial");
SQL(CLEAR_POINTS, "t",
	"SELECT id, ref_kind, ref, name, COALESCE(told_at, confirmed_at), over_told_at,"
	" over_told_how FROM point WHERE case_id " CASES
	" AND COALESCE(told_at, confirmed_at) IS NOT NULL ORDER BY n");
SQL(CLEAR_MESSAGES, "t",
	"SELECT m.to_kind, COALESCE(NULLIF(m.to_id, ''), m.to_name), m.to_name, m.channel,"
	" m.queued_at, COALESCE(p.value, '') FROM message m LEFT JOIN address p"
	" ON p.owner = m.to_id AND p.channel = 'phone' WHERE m.case_id " CASES
	" AND m.template NOT IN ('phan_cong', 'khoi_phuc')"
	" AND m.state IN " ALL_CLEAR_MESSAGE_STATES " ORDER BY m.position");
SQL(CLEAR_CALLS, "t",
	"SELECT to_kind, COALESCE(NULLIF(to_id, ''), NULLIF(number, ''), to_name), to_name,"
	" number, called_at FROM phone_call WHERE case_id " CASES
	" AND outcome = 'answered' ORDER BY called_at, id");
SQL(CLEAR_CONFIRMATIONS, "t",
	"SELECT ref_kind, COALESCE(NULLIF(ref, ''), name), name, at FROM confirmation"
	" WHERE case_id " CASES " AND state NOT IN ('over', 'over_tried') ORDER BY id");
SQL(CLEAR_OVER, "t",
	"SELECT ref, at, by_name, note FROM confirmation WHERE case_id " CASES
	" AND state = 'over' ORDER BY at, id");

SQL(CLEAR_TRIED, "t",
	"SELECT ref, at FROM confirmation WHERE case_id " CASES
	" AND state = 'over_tried' ORDER BY at, id");

/* One way in which somebody heard, on its way into a row. */
struct heard {
	struct told_source source;
	char *keys[4];
	int key_count;
	char *name, *number, *how; /* the caller's, moved into the row */
	char *over_by, *over_how;
};

static void
add_key(struct heard *h, const char *kind, const char *value)
{
	if (value[0] != '\0') {
		h->keys[h->key_count++] = xasprintf("%s:%s", kind, value);
	}
}

/* "0914 123 456", "+84 914..." as digits; a number of few digits names nobody. */
static void
add_number(struct heard *h, const char *number)
{
	struct buf digits = { 0 };

	for (const char *p = number; *p != '\0'; p++) {
		if (isdigit((unsigned char)*p)) {
			buf_addc(&digits, *p);
		}
	}
	if (digits.len >= 6) {
		bool country = strncmp(buf_text(&digits), "84", 2) == 0 && number[0] == '+';
		char *value = xasprintf("%s%s", country ? "0" : "",
			buf_text(&digits) + (country ? 2 : 0));

		add_key(h, "number", value);
		free(value);
	}
	buf_free(&digits);
}

static void
add_name(struct heard *h, const char *name)
{
	struct buf folded = { 0 };

	(void)fold_words(name, NULL, &folded);
	add_key(h, "name", buf_text(&folded));
	buf_free(&folded);
}

static struct told *
row_of(struct all_clear *list, const struct heard *h)
{
	for (int r = 0; r < list->count; r++) {
		struct told *row = &list->rows[r];

		for (int i = 0; i < h->key_count * row->key_count; i++) {
			if (strcmp(h->keys[i / row->key_count], row->keys[i % row->key_count])
				== 0) {
				return row;
			}
		}
	}
	list->rows = xrealloc(list->rows, (size_t)(list->count + 1) * sizeof *list->rows);
	list->rows[list->count] = (struct told){ .first_at = h->source.at, .n = list->count };
	return &list->rows[list->count++];
}

static void
take_keys(struct told *row, struct heard *h)
{
	row->keys = xrealloc(row->keys,
		(size_t)(row->key_count + h->key_count + 1) * sizeof *row->keys);
	for (int i = 0; i < h->key_count; i++) {
		bool there = false;

		for (int k = 0; k < row->key_count; k++) {
			there = there || strcmp(row->keys[k], h->keys[i]) == 0;
		}
		if (there) {
			free(h->keys[i]);
		} else {
			row->keys[row->key_count++] = h->keys[i];
		}
	}
	row->ref = row->keys[0];
}

/* What was said already is not said twice; "a, b". */
static void
add_words(char **text, char *more)
{
	if (*text == NULL || (*text)[0] == '\0') {
		free(*text);
		*text = more;
		return;
	}
	if (more[0] != '\0' && strstr(*text, more) == NULL) {
		char *both = xasprintf("%s, %s", *text, more);

		free(*text);
		*text = both;
	}
	free(more);
}

/* Takes all of h. */
static void
hear(struct all_clear *list, struct heard *h)
{
	struct told *row = row_of(list, h);

	take_keys(row, h);
	add_words(&row->name, h->name);
	if (row->number == NULL || row->number[0] == '\0') {
		free(row->number);
		row->number = h->number;
	} else {
		free(h->number);
	}
	add_words(&row->how, h->how);
	if (h->source.at != 0 && (row->first_at == 0 || h->source.at < row->first_at)) {
		row->first_at = h->source.at;
	}
	if (h->source.over_at >= row->over_at && h->source.over_at != 0) {
		row->over_at = h->source.over_at;
		add_words(&row->over_by, h->over_by);
		add_words(&row->over_how, h->over_how);
	} else {
		free(h->over_by);
		free(h->over_how);
	}
	row->sources = xrealloc(row->sources,
		(size_t)(row->source_count + 1) * sizeof *row->sources);
	row->sources[row->source_count++] = h->source;
}

static const char *
text_at(struct stmt *st, int column)
{
	const char *text = stmt_text(st, column);

	return text == NULL ? "" : text;
}

static bool
hear_tins(struct all_clear *list, struct db *db, const char *case_id, struct error *err)
{
	struct stmt *st = db_query(db, &CLEAR_TINS, TXT(case_id));

	while (stmt_row(st)) {
		const char *unit = text_at(st, 4), *caller = text_at(st, 5);
		struct heard h = { .source = { .kind = TOLD_TIN, .at = stmt_int(st, 7),
			.over_at = stmt_int(st, 8), .reply_by = stmt_int(st, 11) } };

		(void)snprintf(h.source.id, sizeof h.source.id, "%s", text_at(st, 0));
		add_key(&h, text_at(st, 2), text_at(st, 3));
		add_number(&h, text_at(st, 6));
		if (text_at(st, 3)[0] == '\0') {
			add_name(&h, unit);
		}
		if (h.key_count == 0) {
			add_key(&h, "tin", text_at(st, 1));
		}
		h.name = unit[0] != '\0' && caller[0] != '\0'
			? xasprintf("%s (%s)", unit, caller)
			: xstrdup(unit[0] != '\0' ? unit : caller[0] != '\0' ? caller
				: _("caller unknown"));
		h.number = xstrdup(text_at(st, 6));
		h.how = xasprintf(_("called, %s"), text_at(st, 1));
		h.over_by = xstrdup(text_at(st, 9));
		h.over_how = xstrdup(text_at(st, 10));
		hear(list, &h);
	}
	return stmt_done(st, err);
}

static bool
hear_points(struct all_clear *list, struct db *db, const char *case_id,
	struct error *err)
{
	struct stmt *st = db_query(db, &CLEAR_POINTS, TXT(case_id));

	while (stmt_row(st)) {
		struct heard h = { .source = { .kind = TOLD_POINT, .at = stmt_int(st, 4) } };
		int64_t over = stmt_int(st, 5);

		h.source.over_at = over >= h.source.at ? over : 0;
		h.source.was_at = over;
		h.source.was_how = xstrdup(text_at(st, 6));
		(void)snprintf(h.source.id, sizeof h.source.id, "%s", text_at(st, 0));
		add_key(&h, text_at(st, 1), text_at(st, 2));
		add_name(&h, text_at(st, 3));
		add_key(&h, "point", text_at(st, 0));
		h.name = xstrdup(text_at(st, 3));
		h.number = xstrdup("");
		h.how = xstrdup(_("a point of the case"));
		h.over_by = xstrdup("");
		h.over_how = xstrdup(text_at(st, 6));
		hear(list, &h);
	}
	return stmt_done(st, err);
}

/* The end is told to a reference: by the confirmations that say so. */
struct over {
	char *ref, *by, *how;
	int64_t at;
};

struct overs {
	struct over *rows;
	int count;
};

static bool
read_overs(struct overs *out, struct db *db, const char *case_id, struct error *err)
{
	struct stmt *st = db_query(db, &CLEAR_OVER, TXT(case_id));

	while (stmt_row(st)) {
		out->rows = xrealloc(out->rows, (size_t)(out->count + 1) * sizeof *out->rows);
		out->rows[out->count++] = (struct over){ .ref = xstrdup(text_at(st, 0)),
			.at = stmt_int(st, 1), .by = xstrdup(text_at(st, 2)),
			.how = xstrdup(text_at(st, 3)) };
	}
	return stmt_done(st, err);
}

static void
overs_free(struct overs *overs)
{
	for (int i = 0; i < overs->count; i++) {
		free(overs->rows[i].ref);
		free(overs->rows[i].by);
		free(overs->rows[i].how);
	}
	free(overs->rows);
}

/* Somebody or something by a reference: takes how. */
static void
hear_ref(struct all_clear *list, const struct overs *overs, struct heard *h,
	const char *kind, const char *ref, const char *name)
{
	h->source.kind = TOLD_REF;
	h->source.ref_kind = xstrdup(kind);
	h->source.ref = xstrdup(ref);
	h->over_by = xstrdup("");
	h->over_how = xstrdup("");
	for (int i = 0; i < overs->count; i++) {
		const struct over *over = &overs->rows[i];

		if (strcmp(over->ref, ref) == 0 && over->at >= h->source.at) {
			h->source.over_at = over->at;
			free(h->over_by);
			free(h->over_how);
			h->over_by = xstrdup(over->by);
			h->over_how = xstrdup(over->how);
		}
	}
	add_key(h, kind, ref);
	add_name(h, name);
	h->name = xstrdup(name);
	hear(list, h);
}

static bool
hear_messages(struct all_clear *list, const struct overs *overs, struct db *db,
	const char *case_id, struct error *err)
{
	struct stmt *st = db_query(db, &CLEAR_MESSAGES, TXT(case_id));

	while (stmt_row(st)) {
		struct heard h = { .source = { .at = stmt_int(st, 4) } };

		add_number(&h, text_at(st, 5));
		h.number = xstrdup(text_at(st, 5));
		h.how = xstrdup(word_label(WORDS_CHANNEL, text_at(st, 3)));
		hear_ref(list, overs, &h, text_at(st, 0), text_at(st, 1), text_at(st, 2));
	}
	return stmt_done(st, err);
}

static bool
hear_calls(struct all_clear *list, const struct overs *overs, struct db *db,
	const char *case_id, struct error *err)
{
	struct stmt *st = db_query(db, &CLEAR_CALLS, TXT(case_id));

	while (stmt_row(st)) {
		struct heard h = { .source = { .at = stmt_int(st, 4) } };

		add_number(&h, text_at(st, 3));
		h.number = xstrdup(text_at(st, 3));
		h.how = xstrdup(_("we called"));
		hear_ref(list, overs, &h, text_at(st, 0), text_at(st, 1), text_at(st, 2));
	}
	return stmt_done(st, err);
}

static bool
hear_posts(struct all_clear *list, const struct overs *overs, struct db *db,
	const char *case_id, struct error *err)
{
	struct stmt *st = db_query(db, &CLEAR_CONFIRMATIONS, TXT(case_id));

	while (stmt_row(st)) {
		/* When it was asked stands nowhere: any telling of the end counts. */
		struct heard h = { .source = { .at = 0 } };

		h.number = xstrdup("");
		h.how = xstrdup(_("a post"));
		hear_ref(list, overs, &h, text_at(st, 0), text_at(st, 1), text_at(st, 2));
	}
	return stmt_done(st, err);
}

/* Calls that nobody answered: ref is a key of the row. */
static bool
read_tries(struct all_clear *list, struct db *db, const char *case_id, struct error *err)
{
	struct stmt *st = db_query(db, &CLEAR_TRIED, TXT(case_id));

	while (stmt_row(st)) {
		for (int i = 0; i < list->count; i++) {
			struct told *row = &list->rows[i];

			for (int k = 0; k < row->key_count; k++) {
				if (strcmp(row->keys[k], text_at(st, 0)) == 0) {
					row->tries++;
					row->tried_at = stmt_int(st, 1);
				}
			}
		}
	}
	return stmt_done(st, err);
}

static int
by_first(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	if (x->first_at != y->first_at) {
		return x->first_at < y->first_at ? -1 : 1;
	}
	return x->n - y->n;
}

static void
settle(struct all_clear *list)
{
	if (list->count > 0) {
		qsort(list->rows, (size_t)list->count, sizeof *list->rows, by_first);
	}
	for (int i = 0; i < list->count; i++) {
		struct told *row = &list->rows[i];

		row->n = i + 1;
		for (int s = 0; s < row->source_count; s++) {
			row->over_at = row->sources[s].over_at == 0 ? 0 : row->over_at;
		}
		list->left += row->over_at == 0;
	}
}

bool
all_clear_load(struct all_clear *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct db *db = desk_db(desk);
	struct overs overs = { 0 };
	bool ok;

	*out = (struct all_clear){ 0 };
	ok = read_overs(&overs, db, case_id, err) && hear_tins(out, db, case_id, err) &&
		hear_points(out, db, case_id, err) &&
		hear_messages(out, &overs, db, case_id, err) &&
		hear_calls(out, &overs, db, case_id, err) &&
		hear_posts(out, &overs, db, case_id, err) &&
		read_tries(out, db, case_id, err);
	overs_free(&overs);
	if (!ok) {
		all_clear_free(out);
		return false;
	}
	settle(out);
	return true;
}

void
all_clear_free(struct all_clear *list)
{
	for (int i = 0; i < list->count; i++) {
		struct told *row = &list->rows[i];

		for (int s = 0; s < row->source_count; s++) {
			free(row->sources[s].ref_kind);
			free(row->sources[s].ref);
			free(row->sources[s].was_how);
		}
		for (int k = 0; k < row->key_count; k++) {
			free(row->keys[k]);
		}
		free(row->sources);
		free(row->keys);
		free(row->name);
		free(row->number);
		free(row->how);
		free(row->over_by);
		free(row->over_how);
	}
	free(list->rows);
	*list = (struct all_clear){ 0 };
}
