/* csv_read.c reads tables of comma-separated values. */
#include "core/csv_read.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/text.h"

void
csv_begin(struct csv_reader *reader, const char *text, size_t len)
{
	static const char candidates[] = { ';', '\t', ',' };
	size_t line;

	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	*reader = (struct csv_reader){ .at = text, .end = text + len, .separator = ',',
		.next_line = 1 };
	for (line = 0; line < len && text[line] != '\n'; line++) {
	}
	for (size_t i = 0; i < sizeof candidates; i++) {
		if (memchr(text, candidates[i], line) != NULL) {
			reader->separator = candidates[i];
			break;
		}
	}
}

void
csv_record_clear(struct csv_record *record)
{
	for (int i = 0; i < record->count; i++) {
		free(record->fields[i]);
	}
	record->count = 0;
}

static bool
push(struct csv_record *out, const struct buf *field, int line, struct error *err)
{
	if (out->count == CSV_FIELDS) {
		return error_set(err, ERR_BAD_INPUT, _("line %d: too many fields"), line);
	}
	if (!text_accept(&out->fields[out->count], buf_text(field), field->len, TEXT_ONE_LINE,
		    limit(LIMIT_NOTE), _("field"), err)) {
		struct error inner = *err;

		return error_set(err, ERR_BAD_INPUT, _("line %d: %.300s"), line, inner.message);
	}
	out->count++;
	return true;
}

/* Up to the closing quote; a doubled one is one. */
static bool
quoted(struct csv_reader *r, struct buf *field, struct error *err)
{
	for (r->at++; r->at < r->end; r->at++) {
		if (*r->at == '"' && (r->at + 1 == r->end || r->at[1] != '"')) {
			r->at++;
			return true;
		}
		r->at += *r->at == '"';
		r->next_line += *r->at == '\n';
		buf_addc(field, *r->at);
	}
	return error_set(err, ERR_BAD_INPUT, _("line %d: a quotation mark is not closed"),
		r->line);
}

static bool
read_field(struct csv_reader *r, struct csv_record *out, struct error *err)
{
	struct buf field = { 0 };
	bool ok = true;

	if (r->at < r->end && *r->at == '"') {
		ok = quoted(r, &field, err);
	}
	while (ok && r->at < r->end && *r->at != r->separator && *r->at != '\n') {
		buf_addc(&field, *r->at++);
	}
	ok = ok && push(out, &field, r->line, err);
	buf_free(&field);
	return ok;
}

static bool
is_blank(const struct csv_record *record)
{
	return record->count == 1 && record->fields[0][0] == '\0';
}

bool
csv_next(struct csv_reader *r, struct csv_record *out, struct error *err)
{
	*err = ERROR_INIT;
	*out = (struct csv_record){ 0 };
	while (r->at < r->end) {
		bool ok;

		r->line = r->next_line;
		do {
			ok = read_field(r, out, err);
		} while (ok && r->at < r->end && *r->at == r->separator && r->at++ < r->end);
		if (!ok) {
			csv_record_clear(out);
			return false;
		}
		if (r->at < r->end) {
			r->at++; /* the new line */
			r->next_line++;
		}
		if (!is_blank(out)) {
			return true;
		}
		csv_record_clear(out);
	}
	return false;
}
