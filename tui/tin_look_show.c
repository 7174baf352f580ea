/* tin_look_show.c owns how what the desk says of a report stands below its page. */
#include <stdlib.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/tin_look.h"

#define SAME_SHOWN 2
#define ADVICE_ROWS 2

/* What stands below the fields, from the top: as much as there is room for. */
void
tin_look_show(const struct tin_look *look, const struct tin_beside *beside,
	struct frame *frame, int row, int last)
{
	const struct guess *guess = &look->guess;
	int cells = frame->cols - 2;

	if (beside->said[0] != '\0' && row < last) {
		frame_cut(frame, row++, 1, cells, ST_ERROR, beside->said);
	}
	if (look->unit != NULL && look->unit[0] != '\0' && row < last) {
		frame_putf(frame, row++, 1, cells, look->unit_sure ? ST_TEXT : ST_SOON,
			"%s: %s", _("Unit"), look->unit);
	}
	if (beside->secret && row < last) {
		frame_cut(frame, row++, 1, cells, ST_LATE, _("STATE SECRETS: write none of the"
			" content here; speak in person, call the cipher body."));
	}
	for (int i = 0; i < guess->same.count && i < SAME_SHOWN && row < last; i++) {
		const struct case_row *c = &guess->same.rows[i];

		frame_putf(frame, row++, 1, cells, ST_SOON, "%s %s %s",
			i == 0 ? _("MAYBE THE SAME (F6 adds the caller):") : "  ", c->number,
			c->title);
	}
	if (guess->changed_count > 0 && row < last) {
		int used = frame_put(frame, row, 1, 20, ST_SOON, _("CHANGED IN 24 H:"));

		row += frame_wrap(frame, row, used + 2, last - row, cells - used - 2,
			ST_TEXT, guess->changed);
	}
	if (look->advice != NULL && row < last) {
		char *text = xasprintf("%s %s", _("TELL THE CALLER:"), look->advice);
		int rows = last - row < ADVICE_ROWS + 1 ? last - row : ADVICE_ROWS + 1;

		row += frame_wrap(frame, row, 1, rows, cells, ST_STRONG, text);
		free(text);
	}
	if (look->opens != NULL && beside->fresh && row < last) {
		char *text = xasprintf("%s %s", _("F8 opens:"), look->opens);

		row += frame_wrap(frame, row, 1, last - row < 2 ? last - row : 2, cells, ST_DIM,
			text);
		free(text);
	}
	if (guess->depends_count > 0 && row < last) {
		frame_putf(frame, row++, 1, cells, ST_TITLE, _("DEPENDS ON IT: %d"),
			guess->depends_count);
		(void)frame_wrap(frame, row, 3, last - row, cells - 2, ST_TEXT, guess->depends);
	}
}
