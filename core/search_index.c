/* search_index.c owns search_doc and the two full-text indexes over it. */
#include "core/search_index.h"

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
