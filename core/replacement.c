/* replacement.c resolves redactions from the last to the first: a redaction may
 * have been redacted itself by a later one. */
#include "core/replacement.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

SQL(REDACTIONS_BACK, "",
	"SELECT seq, body FROM event WHERE kind = 'redacted' ORDER BY seq DESC");

struct replacement {
	int64_t seq; /* of the event that lost its body */
	struct json *body;
};

struct replacements {
	struct replacement *rows;
	size_t count;
	bool sorted; /* by seq, once all are read */
};

void
replacements_free(struct replacements *r)
{
	if (r == NULL) {
		return;
	}
	for (size_t i = 0; i < r->count; i++) {
		json_free(r->rows[i].body);
	}
	free(r->rows);
	free(r);
}

static int
by_seq(const void *a, const void *b)
{
	int64_t one = ((const struct replacement *)a)->seq;
	int64_t other = ((const struct replacement *)b)->seq;

	return one < other ? -1 : one > other;
}

const struct json *
replacement_of(const struct replacements *r, int64_t seq)
{
	const struct replacement key = { .seq = seq };

	if (r->sorted) {
		const struct replacement *row = r->count == 0 ? NULL
			: bsearch(&key, r->rows, r->count, sizeof *r->rows, by_seq);

		return row == NULL ? NULL : row->body;
	}
	for (size_t i = 0; i < r->count; i++) {
		if (r->rows[i].seq == seq) {
			return r->rows[i].body;
		}
	}
	return NULL;
}

/* What this redaction says; NULL when it cannot be read, which its own hash or
 * replay reports. */
static struct json *
redaction_body(const struct replacements *r, int64_t seq, const char *text)
{
	const struct json *replaced;
	struct json *body = NULL;
	struct error ignored;

	if (text != NULL) {
		return json_parse(&body, text, strlen(text), NULL, &ignored) ? body : NULL;
	}
	replaced = replacement_of(r, seq);
	return replaced == NULL ? NULL : json_copy(replaced);
}

bool
replacements_read(struct replacements **out, struct db *db, struct error *err)
{
	struct replacements *r = xcalloc(1, sizeof *r);
	struct stmt *st = db_query(db, &REDACTIONS_BACK, NOARGS);

	while (stmt_row(st)) {
		int64_t by = stmt_int(st, 0);
		struct json *body = redaction_body(r, by, stmt_text(st, 1));
		int64_t seq = json_get_int(body, "seq", 0);

		/* A redaction is later than what it is about; the latest counts. */
		if (seq > 0 && seq < by && replacement_of(r, seq) == NULL &&
		    json_is(json_get(body, "replacement"), JSON_OBJECT)) {
			r->rows = xrealloc(r->rows, (r->count + 1) * sizeof *r->rows);
			r->rows[r->count++] = (struct replacement){
				.seq = seq, .body = json_detach(body, "replacement"),
			};
		}
		json_free(body);
	}
	if (!stmt_done(st, err)) {
		replacements_free(r);
		return false;
	}
	if (r->count > 0) {
		qsort(r->rows, r->count, sizeof *r->rows, by_seq);
	}
	r->sorted = true;
	*out = r;
	return true;
}
