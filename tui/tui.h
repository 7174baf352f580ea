/* tui.h - the terminal UI as one call. */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include <stdbool.h>

#include "core/desk.h"
#include "core/error.h"
#include "tui/command.h"

struct tui_options {
	const char *open_case; /* a CASE to begin with, or NULL */
	bool readonly;         /* wall display */
	bool slow;             /* arrow cursor, no preview */
	bool plain;            /* line mode with numbered menus */
	bool ascii;            /* ASCII lines */
	bool no_accents;
	bool mouse;
	int escdelay;          /* ms; 0: by the connection */
};

/* Takes the desk.  Falls back to the line mode where the terminal cannot
 * address its cursor.  *hung_up: the terminal is gone; the drafts are on disk
 * and the caller should end at once. */
bool tui_run(struct desk *desk, const struct tui_options *options, bool *hung_up,
	struct error *err);

/* The line mode (screen readers, TERM=dumb); takes the desk. */
bool plain_run(struct desk *desk, const struct tui_options *options,
	struct error *err);

/* Whether this program does anything with the command: `suco keys`. */
bool tui_has_command(enum command command);

#endif
