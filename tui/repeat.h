/* repeat.h - fewer bytes for lines across the screen. */
#ifndef TUI_REPEAT_H
#define TUI_REPEAT_H

#include <stddef.h>

#include "core/buf.h"

/* From byte `from` on, a run of four or more box lines becomes one and a count
 * (CSI b): for terminals whose terminfo has `rep`. */
void repeat_lines(struct buf *frame, size_t from);

#endif
