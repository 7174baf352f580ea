/* engine_row.h - what the state row of every screen says of the engine: that it
 * stands still, that nothing of it gets through, or what waits. */
#ifndef TUI_ENGINE_ROW_H
#define TUI_ENGINE_ROW_H

#include "tui/draw.h"
#include "tui/model.h"

#define ENGINE_ROW_SIZE 96

/* out "": nothing to say.  room: since when, too; that nobody is called stands
 * there whole whatever the room. */
enum style engine_row(char out[ENGINE_ROW_SIZE], const struct summary *s, int64_t now,
	bool room);

#endif
