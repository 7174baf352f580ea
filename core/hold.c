/* hold.c owns scenes that must stay as they are: who asked, by which paper, who
 * released them, and what they block. */
#include "core/hold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/case.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/document.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/thing.h"

#define COLUMNS "SELECT h.id, h.n, h.case_id, c.number, h.asset_id, a.code, h.body," \
	" h.doc_number, h.doc_date, h.what, h.placed_at, h.placed_by, h.released_at," \
	" h.released_by, h.release_doc, h.state FROM hold h" \
	" LEFT JOIN cases c ON c.id = h.case_id LEFT JOIN asset a ON a.id = h.asset_id "

/* Its own, its system's, those of the systems among its places.  Look-ups, each an
 * index: an OR over all would walk the table. */
#define OF_CASE(standing) COLUMNS "WHERE h.id IN (" \
	"SELECT k.id FROM hold k WHERE " standing "k.case_id = $1" \
	" UNION SELECT k.id FROM hold k WHERE " standing \
	"k.asset_id = (SELECT asset_id FROM cases WHERE id = $2)" \
	" UNION SELECT k.id FROM hold k JOIN asset x ON x.id = k.asset_id" \
	" JOIN point p ON p.ref = x.code AND p.case_id = $3 WHERE " standing \
	"p.list = '' AND p.ref_kind = 'asset') ORDER BY h.n DESC"
SQL(HOLDS_OF_CASE, "ttt", OF_CASE("k.state = 'held' AND "));
SQL(HOLDS_OF_CASE_EVER, "ttt", OF_CASE(""));
SQL(HOLDS_STANDING, "", COLUMNS "WHERE h.state = 'held' ORDER BY h.n DESC");
SQL(HOLDS_EVER, "", COLUMNS "ORDER BY h.n DESC");
SQL(HOLD_BY_N, "i", COLUMNS "WHERE h.n = $1");
SQL(HOLD_NEXT_N, "", "SELECT n + 1 FROM hold ORDER BY n DESC LIMIT 1");

void
hold_clear(struct hold *hold)
{
	free(hold->asset);
	free(hold->body);
	free(hold->doc_number);
	free(hold->what);
	free(hold->placed_by);
	free(hold->released_by);
	free(hold->release_doc);
	*hold = (struct hold){ 0 };
}

static void
from_row(struct hold *h, struct stmt *st)
{
	*h = (struct hold){ .n = (int)stmt_int(st, 1), .asset = stmt_own(st, 5),
		.body = stmt_own(st, 6), .doc_number = stmt_own(st, 7), .what = stmt_own(st, 9),
		.placed_at = stmt_int(st, 10), .placed_by = stmt_own(st, 11),
		.released_at = stmt_int(st, 12), .released_by = stmt_own(st, 13),
		.release_doc = stmt_own(st, 14) };
	stmt_put(h->id, sizeof h->id, st, 0);
	stmt_put(h->case_id, sizeof h->case_id, st, 2);
	stmt_put(h->number, sizeof h->number, st, 3);
	stmt_put(h->asset_id, sizeof h->asset_id, st, 4);
	stmt_put(h->doc_date, sizeof h->doc_date, st, 8);
	stmt_put(h->state, sizeof h->state, st, 15);
}

bool
hold_each(struct desk *desk, const char *case_id, bool standing, hold_visit *visit,
	void *arg, struct error *err)
{
	struct db *db = desk_db(desk);
	struct stmt *st = case_id != NULL
		? db_query(db, standing ? &HOLDS_OF_CASE : &HOLDS_OF_CASE_EVER, TXT(case_id),
			TXT(case_id), TXT(case_id))
		: db_query(db, standing ? &HOLDS_STANDING : &HOLDS_EVER, NOARGS);
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct hold hold;

		from_row(&hold, st);
		go_on = visit(&hold, arg);
		hold_clear(&hold);
	}
	return stmt_done(st, err);
}

char *
hold_words(const struct hold *hold)
{
	char day[DAY_SIZE];

	document_day_shown(day, hold->doc_date);
	return xasprintf("%s, %s%s%s%s", hold->body,
		hold->doc_number[0] != '\0' ? hold->doc_number : _("paper to come"),
		day[0] != '\0' ? " (" : "", day, day[0] != '\0' ? ")" : "");
}

/* ---- placing ---- */

/* paper: of one that stands without any, to be written into it. */
struct same {
	const char *case_id, *asset, *body, *document;
	int n;
	char id[UUID_SIZE];
	bool paper;
};

static bool
find_same(const struct hold *hold, void *arg)
{
	struct same *same = arg;

	bool told = hold->doc_number[0] == '\0', telling = same->document[0] == '\0';

	/* By word alone it is the same when the same body asks. */
	if ((told || telling ? strcmp(hold->body, same->body) == 0
		: strcmp(hold->doc_number, same->document) == 0) &&
	    strcmp(hold->case_id, same->case_id) == 0 &&
	    strcmp(hold->asset, same->asset) == 0) {
		same->n = hold->n;
		same->paper = told && !telling;
		memcpy(same->id, hold->id, UUID_SIZE);
	}
	return same->n == 0 || same->paper;
}

/* The texts cleaned, into the row; *document is borrowed from it. */
static bool
fill(struct desk *desk, const struct hold_new *what, struct json *body,
	struct error *err)
{
	char *who = NULL, *document = NULL, *keep = NULL;
	char day[DAY_SIZE];
	bool ok = document_text(&who, what->body, true, _("who asked"), err) &&
		document_text(&document, what->document, false, _("document"), err) &&
		document_text(&keep, what->what, false, _("what to keep"), err) &&
		document_day(day, what->date, desk, err);

	if (ok) {
		row_text(body, "body", who);
		row_text(body, "doc_number", document);
		row_text(body, "doc_date", day);
		row_text(body, "what", keep);
		row_text(body, "state", "held");
		row_text(body, "placed_by", desk_me(desk)->name);
		row_int(body, "placed_at", desk_now(desk));
	}
	free(who);
	free(document);
	free(keep);
	return ok;
}

/* The police telephone first: their paper, once it came, goes to what stands. */
static struct json *
paper_of(const struct same *same, const struct json *row)
{
	struct json *body = thing_change("hold", same->id);

	json_set_int(body, "n", same->n);
	set_text(body, "doc_number", NULL, json_get_text(row, "doc_number"));
	set_text(body, "doc_date", NULL, json_get_text(row, "doc_date"));
	return body;
}

/* *kind: what is appended with *made, which a paper replaces; NULL: nothing. */
static bool
place(struct desk *desk, const struct hold_new *what, struct json **made,
	const char **kind, int *n, struct error *err)
{
	struct json *body = *made;
	char asset[UUID_SIZE] = "";
	struct ir_case c = { 0 };
	struct same same = { .case_id = what->case_id != NULL ? what->case_id : "",
		.asset = what->asset != NULL ? what->asset : "" };
	int64_t next = 1;
	bool ok;

	if ((same.case_id[0] == '\0') == (same.asset[0] == '\0')) {
		return error_set(err, ERR_BAD_INPUT,
			_("a scene is that of one case or one system"));
	}
	ok = (same.asset[0] == '\0' || asset_id_of(asset, desk, same.asset, err)) &&
		(same.case_id[0] == '\0' || case_load(&c, desk, same.case_id, err)) &&
		fill(desk, what, body, err);
	if (ok) {
		same.document = json_text_of(json_get(body, "row"), "doc_number");
		same.body = json_get_text(json_get(body, "row"), "body");
		ok = hold_each(desk, NULL, true, find_same, &same, err) &&
			db_one_int(desk_db(desk), &HOLD_NEXT_N, &next, err, NOARGS);
	}
	*kind = same.n == 0 ? "hold_added" : same.paper ? "hold_set" : NULL;
	*n = same.n == 0 ? (int)next : same.n;
	if (ok) {
		row_int(body, "n", next);
		json_set_int(body, "n", next);
		row_text(body, "asset_id", asset);
		json_set_text(body, "asset", same.asset[0] != '\0' ? same.asset : NULL);
	}
	if (ok && same.paper) {
		*made = paper_of(&same, json_get(body, "row"));
		json_free(body);
	}
	case_clear(&c);
	return ok;
}

bool
hold_place(struct desk *desk, const struct hold_new *what, int *n, bool *fresh,
	struct error *err)
{
	char id[UUID_SIZE];
	const char *kind = NULL;
	struct json *body;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	body = thing_new(desk, "hold", id);
	ok = place(desk, what, &body, &kind, n, err);
	*fresh = kind != NULL;
	return change_end_with(desk, ok, kind, what->case_id, body, err);
}

/* ---- releasing ---- */

static bool
load(struct hold *out, struct desk *desk, int n, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &HOLD_BY_N, I64(n));
	bool found = stmt_row(st);

	*out = (struct hold){ 0 };
	if (found) {
		from_row(out, st);
	}
	return stmt_done(st, err) && (found || error_set(err, ERR_NOT_FOUND,
		_("there is no scene to be kept with the number %d"), n));
}

static bool
release(struct desk *desk, struct hold *hold, struct json *body, const char *by,
	const char *document, struct error *err)
{
	char *who = NULL, *paper = NULL;
	bool ok = document_text(&who, by, true, _("who released it"), err) &&
		document_text(&paper, document, true, _("document"), err);

	if (ok && hold->released_at != 0) {
		ok = error_set(err, ERR_CONFLICT, _("scene %d was released already: %s, %s"),
			hold->n, hold->released_by, hold->release_doc);
	}
	if (ok) {
		json_set_int(body, "n", hold->n);
		json_set_text(body, "body", hold->body);
		set_text(body, "state", hold->state, "released");
		set_int(body, "released_at", 0, desk_now(desk));
		set_text(body, "released_by", NULL, who);
		set_text(body, "release_doc", NULL, paper);
	}
	free(who);
	free(paper);
	return ok;
}

bool
hold_release(struct desk *desk, int n, const char *by, const char *document,
	struct error *err)
{
	struct hold hold = { 0 };
	struct json *body = NULL;
	bool ok;

	if (!desk_may(desk, ACT_SCENE, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = load(&hold, desk, n, err);
	if (ok) {
		body = thing_change("hold", hold.id);
		ok = release(desk, &hold, body, by, document, err);
	}
	ok = change_end_with(desk, ok, "hold_set",
		hold.case_id[0] != '\0' ? hold.case_id : NULL, body, err);
	hold_clear(&hold);
	return ok;
}

/* ---- what it blocks ---- */

struct blocked {
	const char *what;
	struct error *err;
	bool found;
};

static bool
name_hold(const struct hold *hold, void *arg)
{
	struct blocked *b = arg;
	char *words = hold_words(hold);

	b->found = true;
	(void)error_cause(b->err, ERR_REFUSED, hold->what,
		_("%s: the scene is to be kept (%s) until who ordered it releases it"),
		b->what, words);
	(void)error_how(b->err, "suco scene release %d --by ... --document ...", hold->n);
	free(words);
	return false;
}

bool
hold_allows(struct desk *desk, const char *case_id, const char *what,
	struct error *err)
{
	struct error told = ERROR_INIT;
	struct blocked b = { .what = what, .err = &told };

	if (!hold_each(desk, case_id, true, name_hold, &b, err)) {
		return false;
	}
	if (b.found) {
		*err = told;
	}
	return !b.found;
}
