/* shift_sheet.c owns the layout of a hand-over page: parts share its lines, and
 * what is cut is counted, never left out silently. */
#include "core/shift_sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/handover.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"

void
sheet_part_add(struct sheet_part *part, const char *fmt, ...)
{
	struct buf line = { 0 };
	char text[1024];
	va_list args;

	part->total++;
	if (part->count == PART_LINES) {
		return;
	}
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	buf_adds(&line, text);
	part->lines[part->count++] = text_column(buf_text(&line), PAGE_CELLS - 2, false,
		false);
	buf_free(&line);
}

void
sheet_part_clear(struct sheet_part *part)
{
	for (int i = 0; i < part->count; i++) {
		free(part->lines[i]);
	}
	free(part->beside);
	*part = (struct sheet_part){ 0 };
}

void
shift_sheet_clear(struct shift_sheet *sheet)
{
	for (int i = 0; i < SHEET_PARTS; i++) {
		sheet_part_clear(&sheet->parts[i]);
	}
}

/* Lines that a part wants below its title. */
static int
wants(const struct sheet_part *part)
{
	return part->total > part->count ? part->count + 1 : part->count;
}

static void
put_cut(struct buf *out, const struct sheet_part *part, int shown, int room)
{
	if (shown >= 0 && part->total > shown && room > 0) {
		buf_addf(out, _("  and %lld more: see suco\n"),
			(long long)(part->total - shown));
	}
}

void
sheet_part_put(struct buf *out, const struct sheet_part *part, int lines)
{
	int room = lines - 1;
	int shown = wants(part) <= room ? part->count : room - 1;
	char *head = part->uncounted && part->beside != NULL
		? xasprintf("%s   %s", part->title, part->beside)
		: xasprintf(part->beside != NULL ? "%s %lld   %s"
			: part->total == 0 ? _("%s: none") : part->uncounted ? "%s" : "%s %lld",
			part->title, (long long)part->total, part->beside);
	char *cut = text_column(head, PAGE_CELLS, false, false);

	buf_addf(out, "%s\n", cut);
	if (part->newest) {
		put_cut(out, part, shown, room);
	}
	for (int i = 0; i < shown; i++) {
		buf_addf(out, "  %s\n",
			part->lines[part->newest ? part->count - shown + i : i]);
	}
	if (!part->newest) {
		put_cut(out, part, shown, room);
	}
	free(cut);
	free(head);
}

static bool
is_left_out(const struct sheet_part *part)
{
	return part->rare && part->total == 0;
}

/* One line each in turn, two for the cases, the first parts first, while there are
 * lines. */
static void
share(const struct shift_sheet *sheet, int lines, int given[SHEET_PARTS])
{
	bool more = true;

	for (int i = 0; i < SHEET_PARTS; i++) {
		given[i] = is_left_out(&sheet->parts[i]) ? 0 : 1;
		lines -= given[i];
	}
	while (more && lines > 0) {
		more = false;
		for (int i = 0; i < SHEET_PARTS && lines > 0; i++) {
			for (int turn = i == SHEET_CASES ? 2 : 1; turn > 0 && lines > 0 &&
			     given[i] > 0 && given[i] - 1 < wants(&sheet->parts[i]); turn--) {
				given[i]++;
				lines--;
				more = true;
			}
		}
	}
}

void
shift_sheet_put(struct buf *out, const struct shift_sheet *sheet, int lines)
{
	int given[SHEET_PARTS];

	share(sheet, lines, given);
	for (int i = 0; i < SHEET_PARTS; i++) {
		if (given[i] > 0) {
			sheet_part_put(out, &sheet->parts[i], given[i]);
		}
	}
}
