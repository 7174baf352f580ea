/* search_index.c owns search_doc and the two full-text indexes over it. */
#include "core/search_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"

SQL(DOC_INSERT, "itttt",
	"INSERT INTO search_doc (seq, case_id, place, marked, folded)"
	" VALUES ($1, $2, $3, $4, $5)");
SQL_SQLITE(MARKED_INSERT, "it",
	"INSERT INTO search_marked (rowid, marked) VALUES ($1, $2)");
SQL_SQLITE(FOLDED_INSERT, "it",
	"INSERT INTO search_folded (rowid, folded) VALUES ($1, $2)");
SQL(DOC_TEXTS, "i", "SELECT marked, folded FROM search_doc WHERE seq = $1");
SQL(DOC_DELETE, "i", "DELETE FROM search_doc WHERE seq = $1");
SQL_SQLITE(MARKED_DELETE, "it",
	"INSERT INTO search_marked (search_marked, rowid, marked)"
	" VALUES ('delete', $1, $2)");
SQL_SQLITE(FOLDED_DELETE, "it",
	"INSERT INTO search_folded (search_folded, rowid, folded)"
	" VALUES ('delete', $1, $2)");

/* PostgreSQL makes its index columns from the row itself. */
static bool
has_tables(const struct db *db)
{
	return strcmp(db_engine(db), "sqlite") == 0;
}

SQL_SQLITE(MARKED_REBUILD, "",
	"INSERT INTO search_marked (search_marked) VALUES ('rebuild')");
SQL_SQLITE(FOLDED_REBUILD, "",
	"INSERT INTO search_folded (search_folded) VALUES ('rebuild')");

bool
search_index_rebuild(struct db *db, struct error *err)
{
	return !has_tables(db) || (db_run(db, &MARKED_REBUILD, err, NOARGS) &&
		db_run(db, &FOLDED_REBUILD, err, NOARGS));
}

bool
search_index_add(struct db *db, int64_t seq, const char *case_id,
	const char *place, const char *text, struct error *err)
{
	struct buf marked = { 0 };
	struct buf folded = { 0 };
	bool ok = true;

	if (fold_words(text, &marked, &folded) > 0) {
		ok = db_run(db, &DOC_INSERT, err, I64(seq), TXT(case_id), TXT(place),
			TXT(buf_text(&marked)), TXT(buf_text(&folded)));
		if (ok && has_tables(db)) {
			ok = db_run(db, &MARKED_INSERT, err, I64(seq),
				     TXT(buf_text(&marked))) &&
				db_run(db, &FOLDED_INSERT, err, I64(seq),
					TXT(buf_text(&folded)));
		}
	}
	buf_free(&marked);
	buf_free(&folded);
	return ok;
}

bool
search_index_remove(struct db *db, int64_t seq, struct error *err)
{
	struct stmt *st = db_query(db, &DOC_TEXTS, I64(seq));
	char *marked = NULL;
	char *folded = NULL;
	bool ok;

	if (stmt_row(st)) {
		marked = stmt_dup(st, 0);
		folded = stmt_dup(st, 1);
	}
	ok = stmt_done(st, err);
	if (ok && marked != NULL && has_tables(db)) {
		ok = db_run(db, &MARKED_DELETE, err, I64(seq), TXT(marked)) &&
			db_run(db, &FOLDED_DELETE, err, I64(seq), TXT(folded));
	}
	ok = ok && db_run(db, &DOC_DELETE, err, I64(seq));
	free(marked);
	free(folded);
	return ok;
}

/* The index as a table: words in their order, each with its events. */
static const char index_words[] =
	"CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_marked"
	" USING fts5vocab(main, search_marked, instance);"
	"CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_folded"
	" USING fts5vocab(main, search_folded, instance)";
SQL_SQLITE(WORDS_MARKED, "", "SELECT term, doc FROM temp.words_marked");
SQL_SQLITE(WORDS_FOLDED, "", "SELECT term, doc FROM temp.words_folded");

static bool
same_word(struct stmt *a, struct stmt *b)
{
	const char *one = stmt_text(a, 0);
	const char *other = stmt_text(b, 0);

	return stmt_int(a, 1) == stmt_int(b, 1) && one != NULL && other != NULL &&
		strcmp(one, other) == 0;
}

static bool
compare_words(struct db *is, struct db *should, const struct sql *sql, char word[80],
	struct error *err)
{
	struct stmt *a = db_query(is, sql, NOARGS);
	struct stmt *b = db_query(should, sql, NOARGS);
	bool more_a = stmt_row(a);
	bool more_b = stmt_row(b);
	bool ok;

	while (more_a && more_b && same_word(a, b)) {
		more_a = stmt_row(a);
		more_b = stmt_row(b);
	}
	if (more_a || more_b) {
		const char *term = stmt_text(more_a ? a : b, 0);

		(void)snprintf(word, 80, "%.79s", term == NULL ? "?" : term);
	}
	ok = stmt_done(a, err);
	return stmt_done(b, err) && ok;
}

bool
search_index_compare(struct db *is, struct db *should, char word[80],
	struct error *err)
{
	word[0] = '\0';
	if (!has_tables(is)) {
		return true;
	}
	return db_script(is, index_words, err) && db_script(should, index_words, err) &&
		compare_words(is, should, &WORDS_MARKED, word, err) &&
		(word[0] != '\0' || compare_words(is, should, &WORDS_FOLDED, word, err));
}
