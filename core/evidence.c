/* evidence.c owns the rows of evidence and the parts of its bytes. */
#include "core/evidence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/evidence_file.h"
#include "core/i18n.h"
#include "core/mem.h"

SQL(EVIDENCE_OF_CASE, "t",
	"SELECT id, case_id, n, name, bytes, hash, kept, place, note, added_at, dropped"
	" FROM evidence WHERE case_id = $1 ORDER BY n");
SQL(EVIDENCE_INSERT, "ttitittt" "ti",
	"INSERT INTO evidence (id, case_id, n, name, bytes, hash, kept, place, note,"
	" added_at, dropped) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)");
SQL(BLOB_PARTS, "t", "SELECT part, bytes FROM evidence_blob WHERE hash = $1 ORDER BY part");

void
evidence_clear(struct evidence *e)
{
	free(e->name);
	free(e->place);
	free(e->note);
	*e = (struct evidence){ 0 };
}

bool
evidence_is_item(const char *kept)
{
	return strcmp(kept, EVIDENCE_ITEM) == 0;
}

void
evidence_from_row(struct evidence *e, struct stmt *st)
{
	*e = (struct evidence){
		.n = (int)stmt_int(st, 2),
		.name = stmt_dup(st, 3),
		.bytes = stmt_int(st, 4),
		.place = stmt_dup(st, 7),
		.note = stmt_dup(st, 8),
		.added_at = stmt_int(st, 9),
		.dropped = stmt_int(st, 10) != 0,
	};
	(void)snprintf(e->id, sizeof e->id, "%s", stmt_text(st, 0));
	(void)snprintf(e->case_id, sizeof e->case_id, "%s", stmt_text(st, 1));
	(void)snprintf(e->hash, sizeof e->hash, "%s", stmt_text(st, 5));
	(void)snprintf(e->kept, sizeof e->kept, "%s", stmt_text(st, 6));
}

bool
evidence_each(struct desk *desk, const char *case_id, evidence_visit *visit,
	void *arg, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &EVIDENCE_OF_CASE, TXT(case_id));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct evidence e;

		evidence_from_row(&e, st);
		go_on = visit(&e, arg);
		evidence_clear(&e);
	}
	return stmt_done(st, err);
}

bool
apply_evidence_added(const struct applying *a, struct error *err)
{
	return db_run(a->db, &EVIDENCE_INSERT, err, TXT(json_text_of(a->body, "evidence")),
		TXT(a->event->case_id), I64(json_get_int(a->body, "n", 0)),
		TXT(json_text_of(a->body, "name")), I64(json_get_int(a->body, "bytes", 0)),
		TXT(json_text_of(a->body, "hash")), TXT(json_text_of(a->body, "kept")),
		TXT(json_text_of(a->body, "place")), TXT(json_text_of(a->body, "note")),
		I64(a->event->recorded_at));
}

/* Custody stands in the timeline only. */
bool
apply_evidence_taken(const struct applying *a, struct error *err)
{
	(void)a;
	(void)err;
	return true;
}

void
search_evidence_added(struct buf *out, const struct json *body)
{
	buf_addf(out, "%s %s", json_text_of(body, "name"), json_text_of(body, "note"));
}

bool
evidence_check(struct db *db, const char *hash, int64_t bytes, struct error *err)
{
	struct stmt *st = db_query(db, &BLOB_PARTS, TXT(hash));
	struct hasher *hasher = hasher_new();
	char is[HASH_SIZE];
	int64_t total = 0;
	bool in_order = true;

	/* All parts are full but the last: else somebody cut them anew. */
	while (stmt_row(st)) {
		size_t len = 0;
		const void *part = stmt_blob(st, 1, &len);

		in_order &= len > 0 && total == stmt_int(st, 0) * EVIDENCE_PART;
		hasher_add(hasher, part, len);
		total += (int64_t)len;
	}
	hasher_finish(hasher, is);
	if (!stmt_done(st, err)) {
		return false;
	}
	if (strcmp(is, hash) != 0 || total != bytes || !in_order) {
		return error_set(err, ERR_FAULTS,
			_("the stored bytes of evidence %.16s... are not what was taken in"), hash);
	}
	return true;
}
