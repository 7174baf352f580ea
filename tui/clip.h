/* clip.h - OSC 52: the clipboard of the person's own machine. */
#ifndef TUI_CLIP_H
#define TUI_CLIP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"

enum clip_wrap { CLIP_PLAIN, CLIP_TMUX, CLIP_SCREEN };

/* Appends the sequence that copies text; false: longer than terminals take. */
bool clip_sequence(struct buf *out, const char *text, size_t len,
	enum clip_wrap wrap);

#endif
