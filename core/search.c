/* search.c owns the two keyset queries of a search and their order. */
#include "core/search.h"

#include <stdlib.h>
#include <string.h>

#include "core/apply.h"
#include "core/body.h"
#include "core/buf.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"

/* FTS5 gives rows by rowid, which is seq: newest first without a sort. */
SQL_SQLITE(HITS_MARKED, "tii",
	"SELECT rowid FROM search_marked WHERE search_marked MATCH $1 AND rowid < $2"
	" ORDER BY rowid DESC LIMIT $3");
SQL_SQLITE(HITS_FOLDED, "tii",
	"SELECT rowid FROM search_folded WHERE search_folded MATCH $1 AND rowid < $2"
	" ORDER BY rowid DESC LIMIT $3");
SQL_POSTGRESQL(HITS_MARKED_PG, "tii",
	"SELECT seq FROM search_doc WHERE marked_words @@ $1::tsquery AND seq < $2"
	" ORDER BY seq DESC LIMIT $3");
SQL_POSTGRESQL(HITS_FOLDED_PG, "tii",
	"SELECT seq FROM search_doc WHERE folded_words @@ $1::tsquery AND seq < $2"
	" ORDER BY seq DESC LIMIT $3");
SQL(FIRST_OF_CASE, "t", "SELECT MIN(seq) FROM event WHERE case_id = $1");
SQL(HIT_DOC, "i", "SELECT case_id, place, marked FROM search_doc WHERE seq = $1");

#define BATCH 64

/* Each word as a quoted prefix: never syntax. */
static char *
match_text(const char *words, bool sqlite)
{
	const char *form = sqlite ? "%s\"%.*s\"*" : "%s'%.*s':*";
	const char *also = sqlite ? " AND " : " & ";
	struct buf out = { 0 };
	const char *p = words;

	while (*p != '\0') {
		size_t len = strcspn(p, " ");

		if (len > 0) {
			buf_addf(&out, form, out.len > 0 ? also : "", (int)len, p);
		}
		p += len + (p[len] == ' ');
	}
	return buf_take(&out);
}

bool
search_words_begin(const char *want, const char *have)
{
	while (*want != '\0') {
		size_t len = strcspn(want, " ");
		const char *p = have;
		bool found = len == 0;

		while (!found && p != NULL && *p != '\0') {
			found = strncmp(p, want, len) == 0;
			p = strchr(p, ' ');
			p = p == NULL ? NULL : p + 1;
		}
		if (!found) {
			return false;
		}
		want += len + (want[len] == ' ');
	}
	return true;
}

struct searching {
	struct desk *desk;
	const struct search_filter *filter;
	const char *marked_words;
	hit_visit *visit;
	void *arg;
	int left;
	bool marked;      /* the pass */
	bool sqlite;      /* the engine */
	int64_t named;    /* the event shown because its case's number was typed, or 0 */
	struct buf cases; /* ids already shown, when one a case */
	bool stopped;
};

/* One line; fields that were not given leave no gaps. */
static char *
squeezed(char *text)
{
	size_t to = 0;

	for (const char *p = text; *p != '\0'; p++) {
		bool space = *p == ' ' || *p == '\n' || *p == '\t';

		if (!space || (to > 0 && text[to - 1] != ' ')) {
			text[to++] = space ? ' ' : *p;
		}
	}
	while (to > 0 && text[to - 1] == ' ') {
		to--;
	}
	text[to] = '\0';
	return text;
}

static char *
snippet_of(struct desk *desk, int64_t seq, const char *kind, int64_t *at)
{
	const struct event_kind *row = event_kind(kind);
	struct event event = { 0 };
	struct buf text = { 0 };
	struct json *body = NULL;
	struct error ignored;

	*at = 0;
	if (row == NULL || row->search == NULL) {
		return xstrdup("");
	}
	if (event_load(&event, desk_db(desk), seq, &ignored) &&
	    body_in_force(&body, desk_db(desk), &event, &ignored)) {
		row->search(&text, body);
	}
	*at = event.recorded_at;
	json_free(body);
	event_clear(&event);
	return squeezed(buf_take(&text));
}

static bool
shown(struct searching *s, const char *case_id)
{
	if (!s->filter->one_a_case) {
		return false;
	}
	if (strstr(buf_text(&s->cases), case_id) != NULL) {
		return true;
	}
	buf_adds(&s->cases, case_id);
	return false;
}

static bool
wanted(const struct searching *s, const struct ir_case *c)
{
	return (!s->filter->open || c->is_open) &&
		(s->filter->drill < 0 || s->filter->drill == (int)c->drill);
}

static bool
show(struct searching *s, int64_t seq, struct error *err)
{
	struct stmt *st = db_query(desk_db(s->desk), &HIT_DOC, I64(seq));
	struct hit hit = { .seq = seq, .marked = s->marked };
	char *case_id = NULL;
	char *place = NULL;
	bool again = false;
	bool ok;

	if (stmt_row(st)) {
		case_id = stmt_dup(st, 0);
		place = stmt_dup(st, 1);
		/* The folded pass skips what the marked pass has shown. */
		again = !s->marked && search_words_begin(s->marked_words, stmt_text(st, 2));
	}
	ok = stmt_done(st, err);
	if (ok && case_id != NULL && !again && seq != s->named) {
		ok = case_load(&hit.c, s->desk, case_id, err);
		if (ok && wanted(s, &hit.c) && !shown(s, case_id)) {
			hit.place = place;
			hit.snippet = snippet_of(s->desk, seq, place, &hit.at);
			s->stopped = !s->visit(&hit, s->arg) || --s->left == 0;
			free(hit.snippet);
		}
		case_clear(&hit.c);
	}
	free(case_id);
	free(place);
	return ok;
}

static bool
pass(struct searching *s, const char *match, struct error *err)
{
	const struct sql *const ours[2][2] = {
		{ &HITS_FOLDED_PG, &HITS_MARKED_PG }, { &HITS_FOLDED, &HITS_MARKED },
	};
	const struct sql *sql = ours[s->sqlite][s->marked];
	int64_t before = INT64_MAX;
	int64_t batch[BATCH];
	int count = BATCH;

	while (count == BATCH && !s->stopped) {
		struct stmt *st = db_query(desk_db(s->desk), sql, TXT(match), I64(before),
			I64(BATCH));

		for (count = 0; count < BATCH && stmt_row(st); count++) {
			batch[count] = stmt_int(st, 0);
		}
		if (!stmt_done(st, err)) {
			return false;
		}
		for (int i = 0; i < count && !s->stopped; i++) {
			before = batch[i];
			if (!show(s, batch[i], err)) {
				return false;
			}
		}
	}
	return true;
}

/* Who reads a number out on the telephone means that case: it comes first. */
static bool
named_case(struct searching *s, const char *words, struct error *err)
{
	struct ir_case c;
	int64_t seq = 0;
	bool ok = case_find(&c, s->desk, words, err);

	if (!ok) {
		case_clear(&c);
		return err->code == ERR_NOT_FOUND;
	}
	ok = db_one_int(desk_db(s->desk), &FIRST_OF_CASE, &seq, err, TXT(c.id)) &&
		show(s, seq, err);
	case_clear(&c);
	s->named = seq;
	return ok;
}

bool
search_each(struct desk *desk, const char *words, const struct search_filter *filter,
	hit_visit *visit, void *arg, struct error *err)
{
	struct buf marked = { 0 };
	struct buf folded = { 0 };
	struct searching s = {
		.desk = desk, .filter = filter, .visit = visit, .arg = arg,
		.left = filter->limit <= 0 ? 100 : filter->limit,
		.sqlite = strcmp(db_engine(desk_db(desk)), "sqlite") == 0,
	};
	char *match;
	bool ok = true;

	if (fold_words(words, &marked, &folded) > 0) {
		s.marked_words = buf_text(&marked);
		s.marked = true;
		match = match_text(buf_text(&marked), s.sqlite);
		ok = named_case(&s, words, err) && (s.stopped || pass(&s, match, err));
		free(match);
		if (ok && !s.stopped) {
			s.marked = false;
			match = match_text(buf_text(&folded), s.sqlite);
			ok = pass(&s, match, err);
			free(match);
		}
	}
	buf_free(&marked);
	buf_free(&folded);
	buf_free(&s.cases);
	return ok;
}
