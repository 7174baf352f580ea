/* restore.h - the terminal is given back clean even by a crash. */
#ifndef TUI_RESTORE_H
#define TUI_RESTORE_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* What a deadly signal writes and sets; copied.  Armed from then on. */
void restore_arm(const char *text, size_t len, const struct termios *before);
void restore_set(bool armed);
/* The handlers; where a sanitizer has its own they stay. */
void restore_install(void);

/* Writes all of it to the terminal, whatever interrupts; gives up on errors. */
void restore_write(const char *bytes, size_t len);

#endif
