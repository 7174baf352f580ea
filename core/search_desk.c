/* search_desk.c finds words in the shift log and in the reports without a case. */
#include "core/search_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/mem.h"
#include "core/search.h"
#include "core/shift_log.h"
#include "core/tin.h"

#define MONTH_MS (INT64_C(31) * 24 * 3600 * 1000)
#define LATE_TINS 200

struct looking {
	struct desk_hits *out;
	const char *marked; /* the words wanted */
	const char *folded;
	int left;
};

void
desk_hits_clear(struct desk_hits *hits)
{
	for (int i = 0; i < hits->count; i++) {
		free(hits->rows[i].text);
	}
	free(hits->rows);
	*hits = (struct desk_hits){ 0 };
}

static struct desk_hit *
add(struct desk_hits *hits)
{
	if (hits->count == hits->cap) {
		hits->cap = hits->cap == 0 ? 16 : hits->cap * 2;
		hits->rows = xrealloc(hits->rows, (size_t)hits->cap * sizeof *hits->rows);
	}
	hits->rows[hits->count] = (struct desk_hit){ 0 };
	return &hits->rows[hits->count++];
}

static char *
one_line(const char *text)
{
	char *copy = xstrdup(text);

	for (char *p = copy; *p != '\0'; p++) {
		*p = *p == '\n' || *p == '\t' ? ' ' : *p;
	}
	return copy;
}

/* Marks as they were typed?  Without marks everything that is folded alike fits. */
static bool
is_marked(const struct looking *l, const char *text)
{
	struct buf words = { 0 };
	bool has;

	(void)fold_words(text, &words, NULL);
	has = search_words_begin(l->marked, buf_text(&words));
	buf_free(&words);
	return has;
}

/* The log folds and compares by itself. */
static bool
add_entry(const struct shift_entry *entry, void *arg)
{
	struct looking *l = arg;
	struct desk_hit *hit = add(l->out);

	hit->n = entry->n;
	hit->at = entry->at;
	(void)snprintf(hit->kind, sizeof hit->kind, "%s", entry->kind);
	hit->text = one_line(entry->text);
	hit->marked = is_marked(l, entry->text);
	return true;
}

static bool
add_tin(const struct tin *tin, void *arg)
{
	struct looking *l = arg;
	struct buf all = { 0 };
	struct buf folded = { 0 };
	bool go_on = true;

	if (tin->case_id[0] != '\0') {
		return true;
	}
	buf_addf(&all, "%s %s %s %s %s %s %s %s %s %s", tin->number, tin->what, tin->unit_name,
		tin->caller, tin->post, tin->callback, tin->reason, tin->result,
		tin->replied_how, tin->note);
	(void)fold_words(buf_text(&all), NULL, &folded);
	if (search_words_begin(l->folded, buf_text(&folded))) {
		struct desk_hit *hit = add(l->out);
		struct buf line = { 0 };

		hit->tin = true;
		hit->at = tin->reported_at;
		(void)snprintf(hit->number, sizeof hit->number, "%s", tin->number);
		(void)snprintf(hit->state, sizeof hit->state, "%s", tin->state);
		buf_addf(&line, "%s%s%s%s%s", tin->unit_name, tin->unit_name[0] != '\0' ? ", " : "",
			tin->caller, tin->caller[0] != '\0' ? ": " : "", tin->what);
		hit->text = one_line(buf_text(&line));
		hit->marked = is_marked(l, buf_text(&all));
		buf_free(&line);
		go_on = --l->left > 0;
	}
	buf_free(&all);
	buf_free(&folded);
	return go_on;
}

static int
by_order(const void *a, const void *b)
{
	const struct desk_hit *one = a, *other = b;

	if (one->marked != other->marked) {
		return one->marked ? -1 : 1;
	}
	return one->at > other->at ? -1 : one->at < other->at;
}

bool
search_desk(struct desk *desk, const char *words, int limit, bool lately,
	struct desk_hits *out, struct error *err)
{
	const struct shift_filter log = { .words = words, .limit = limit,
		.from = lately ? desk_now(desk) - MONTH_MS : 0 };
	const struct tin_filter tins = { .drill = -1,
		.limit = lately ? LATE_TINS : INT32_MAX };
	struct buf marked = { 0 };
	struct buf folded = { 0 };
	struct looking l = { .out = out, .left = limit };
	bool ok = true;

	*out = (struct desk_hits){ 0 };
	if (fold_words(words, &marked, &folded) > 0) {
		l.marked = buf_text(&marked);
		l.folded = buf_text(&folded);
		ok = shift_log_each(desk, &log, add_entry, &l, err) &&
			tin_each(desk, &tins, add_tin, &l, err);
	}
	if (out->count > 1) {
		qsort(out->rows, (size_t)out->count, sizeof *out->rows, by_order);
	}
	buf_free(&marked);
	buf_free(&folded);
	return ok;
}
