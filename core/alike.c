/* alike.c finds the open cases that a report may be the same as, and puts them in
 * order. */
#include "core/alike.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/mem.h"
#include "core/search.h"

#define OF_EACH 4
#define PAIRS 3
#define NEAR_MS (2 * 3600000LL) /* one outage is reported by many within this */
#define FOUND_MOST (OF_EACH * (2 + PAIRS))

SQL(ALIKE_ASSET, "t",
	"SELECT c.id FROM asset a JOIN cases c ON c.asset_id = a.id WHERE a.code = $1"
	" AND c.is_open = 1 AND c.drill = 0 ORDER BY c.opened_at DESC LIMIT 4");
SQL(ALIKE_KIND, "tii",
	"SELECT id FROM cases WHERE is_open = 1 AND drill = 0 AND opened_at >= $2"
	" AND opened_at <= $3 AND kind = $1 ORDER BY opened_at DESC, id DESC LIMIT 4");

struct found {
	struct ir_case c;
	bool kind, asset;
	int64_t away;
};

struct finding {
	struct desk *desk;
	const struct alike_ask *ask;
	int64_t at;
	struct found list[FOUND_MOST];
	int count;
};

static bool
add(struct finding *f, const char *id, struct error *err)
{
	struct found *found = &f->list[f->count];
	int64_t at;

	for (int i = 0; i < f->count; i++) {
		if (strcmp(f->list[i].c.id, id) == 0) {
			return true;
		}
	}
	if (f->count == FOUND_MOST) {
		return true;
	}
	if (!case_load(&found->c, f->desk, id, err)) {
		case_clear(&found->c);
		return false;
	}
	at = found->c.detected_at != 0 ? found->c.detected_at : found->c.opened_at;
	found->kind = strcmp(found->c.kind, f->ask->kind) == 0 &&
		strcmp(f->ask->kind, "other") != 0;
	found->asset = f->ask->asset[0] != '\0' &&
		strcmp(found->c.asset_code, f->ask->asset) == 0;
	found->away = at < f->at ? f->at - at : at - f->at;
	f->count++;
	return true;
}

/* The ids are taken first: a case is read by a statement of its own. */
static bool
add_rows(struct finding *f, struct stmt *st, struct error *err)
{
	char ids[OF_EACH][UUID_SIZE];
	int count = 0;
	bool ok = true;

	while (count < OF_EACH && stmt_row(st)) {
		(void)snprintf(ids[count++], UUID_SIZE, "%s", stmt_text(st, 0));
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	for (int i = 0; ok && i < count; i++) {
		ok = add(f, ids[i], err);
	}
	return ok;
}

struct hits {
	char ids[OF_EACH][UUID_SIZE];
	int count;
};

static bool
take_hit(const struct hit *hit, void *arg)
{
	struct hits *hits = arg;

	memcpy(hits->ids[hits->count++], hit->c.id, UUID_SIZE);
	return hits->count < OF_EACH;
}

static bool
add_pair(struct finding *f, const char *a, const char *b, struct error *err)
{
	const struct search_filter filter = { .open = true, .limit = OF_EACH,
		.one_a_case = true };
	struct hits hits = { .count = 0 };
	char *pair = xasprintf("%s %s", a, b);
	bool ok = search_each(f->desk, pair, &filter, take_hit, &hits, err);

	free(pair);
	for (int i = 0; ok && i < hits.count; i++) {
		ok = add(f, hits.ids[i], err);
	}
	return ok;
}

/* Two neighbouring words each, from the front: "mat dien", "dien tram". */
static bool
add_by_words(struct finding *f, struct error *err)
{
	struct buf words = { 0 };
	char *rest = NULL;
	char *all, *a, *b;
	bool ok = true;

	(void)fold_words(f->ask->title, NULL, &words);
	all = buf_take(&words);
	a = strtok_r(all, " ", &rest);
	b = strtok_r(NULL, " ", &rest);
	for (int i = 0; ok && i < PAIRS && a != NULL && b != NULL; i++) {
		ok = add_pair(f, a, b, err);
		a = b;
		b = strtok_r(NULL, " ", &rest);
	}
	free(all);
	return ok;
}

static int
by_likeness(const void *a, const void *b)
{
	const struct found *one = a, *two = b;

	if (one->kind != two->kind) {
		return one->kind ? -1 : 1;
	}
	if (one->asset != two->asset) {
		return one->asset ? -1 : 1;
	}
	if (one->away != two->away) {
		return one->away < two->away ? -1 : 1;
	}
	return strcmp(two->c.id, one->c.id);
}

static bool
find(struct finding *f, struct error *err)
{
	struct db *db = desk_db(f->desk);
	bool known = f->ask->kind[0] != '\0' && strcmp(f->ask->kind, "other") != 0;

	if (f->ask->asset[0] != '\0' &&
	    !add_rows(f, db_query(db, &ALIKE_ASSET, TXT(f->ask->asset)), err)) {
		return false;
	}
	/* Without a word nothing was reported yet. */
	if (known && f->ask->title[strspn(f->ask->title, " ")] != '\0' &&
	    !add_rows(f, db_query(db, &ALIKE_KIND, TXT(f->ask->kind), I64(f->at - NEAR_MS),
		    I64(f->at + NEAR_MS)), err)) {
		return false;
	}
	return add_by_words(f, err);
}

bool
alike_each(struct desk *desk, const struct alike_ask *ask, alike_visit *visit, void *arg,
	struct error *err)
{
	struct finding *f = xcalloc(1, sizeof *f);
	bool ok, go_on = true;

	f->desk = desk;
	f->ask = ask;
	f->at = ask->at != 0 ? ask->at : desk_now(desk);
	ok = find(f, err);
	qsort(f->list, (size_t)f->count, sizeof *f->list, by_likeness);
	for (int i = 0; ok && go_on && i < f->count && i < ALIKE_MOST; i++) {
		go_on = visit(&f->list[i].c, arg);
	}
	for (int i = 0; i < f->count; i++) {
		case_clear(&f->list[i].c);
	}
	free(f);
	return ok;
}
