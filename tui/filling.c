/* filling.c owns what the load functions of sheets have in common. */
#include "tui/filling.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/when.h"

struct table_row *
filling_add(const struct filling *f, const char *id, int64_t number, const char *state,
	const char *case_id)
{
	char key[24];
	struct table_row *row;

	snprintf(key, sizeof(key), "%lld", (long long)number);
	row = table_add(f->out, id, key, state);
	snprintf(row->case_id, sizeof(row->case_id), "%s", case_id);
	return row;
}

void
filling_when(const struct filling *f, struct table_row *row, int cell, int64_t at)
{
	char text[WHEN_SHORT_SIZE];

	when_near(text, at, desk_now(f->desk), desk_zone(f->desk));
	table_cell(row, cell, text);
}

bool
filling_counts(const struct filling *f, const char *format, ...)
{
	struct table_head *head = &f->out->head;
	va_list args;

	va_start(args, format);
	vsnprintf(head->counts, sizeof(head->counts), format, args);
	va_end(args);
	return true;
}
