/* csv_read.h - tables that others wrote: RFC 4180, with comma, semicolon or tab. */
#ifndef CORE_CSV_READ_H
#define CORE_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"

struct csv_reader {
	const char *at, *end;
	char separator;
	int line;      /* of the record that was read last, from 1 */
	int next_line;
};

#define CSV_FIELDS 16

struct csv_record {
	char *fields[CSV_FIELDS]; /* valid UTF-8 of one line, NFC, trimmed */
	int count;
};

/* A byte order mark is passed over; the separator is the first line's. */
void csv_begin(struct csv_reader *reader, const char *text, size_t len);
/* False at the end, and on a fault (err->code is set then); blank lines are passed
 * over.  The record is cleared by the caller. */
bool csv_next(struct csv_reader *reader, struct csv_record *out, struct error *err);
void csv_record_clear(struct csv_record *record);

#endif
