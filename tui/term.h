/* term.h - the terminal: taken, given back clean whatever happens.
 *
 * One terminal a process.  curses writes into memory; term_flush() sends what
 * it wrote in one write(2), inside synchronized-output brackets. */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "tui/keys.h"

struct terminal;

struct term_options {
	bool mouse;    /* wheel and click */
	int escdelay;  /* ms; 0: 100 over SSH, 25 locally */
};

/* A terminal is here and is not known to be dumb. */
bool term_possible(void);
/* Takes the terminal on descriptors 0 and 1.  ERR_UNAVAILABLE: nothing here
 * can address the cursor (dumb, no terminal): use the line mode.  *out is the
 * caller's. */
bool term_start(struct terminal **out, const struct term_options *options,
	struct error *err);
/* Gives the terminal back; NULL is allowed.  lost: wait for nothing. */
void term_stop(struct terminal *term, bool lost);

/* Teaches keys the sequences that terminfo has for this terminal. */
void term_teach(const struct terminal *term, struct keys *keys);
/* Reads what is there without waiting and feeds keys; false: hung up. */
bool term_read(struct terminal *term, struct keys *keys);
/* Sends what curses wrote since the last flush; false: the terminal is gone. */
bool term_flush(struct terminal *term);
/* Bytes and write(2) calls of all frames so far (tests, bench). */
size_t term_bytes(const struct terminal *term);
size_t term_writes(const struct terminal *term);

int term_rows(const struct terminal *term);
int term_cols(const struct terminal *term);
/* After SIGWINCH: asks the terminal for its size; true if it changed. */
bool term_resize(struct terminal *term);

/* Stops the process as Ctrl-Z does; returns after SIGCONT with the terminal
 * taken again and everything to be painted anew. */
void term_suspend(struct terminal *term);
/* Around $EDITOR: gives the terminal away and takes it back. */
void term_leave(struct terminal *term);
void term_enter(struct terminal *term);

/* OSC 52: into the clipboard of the person's own machine, also over SSH, tmux
 * and screen.  False: longer than terminals take (74,994 bytes encoded). */
bool term_copy(struct terminal *term, const char *text, size_t len);
void term_bell(struct terminal *term);

int term_escdelay(const struct terminal *term);
/* The character set is UTF-8 and the terminal is one that can show it. */
bool term_utf8(const struct terminal *term);

#endif
