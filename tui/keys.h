/* keys.h - bytes of a terminal become keys.
 *
 * Pure: bytes in, keys out, whatever way the bytes are split over reads.  A
 * character comes as its code point, everything else as one of K_*.  A paste
 * comes as one key with its bytes. */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define K_CTRL(letter) ((letter) & 0x1f)
#define K_TAB 9
#define K_ENTER 13
#define K_ESC 27
#define K_SPACE 32

enum key_code {
	K_UP = 0x110000, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PAGE_UP,
	K_PAGE_DOWN, K_INSERT, K_DELETE, K_BACKSPACE, K_BACKTAB, K_PASTE, K_MOUSE,
	K_F0,
	K_F1, K_F2, K_F3, K_F4, K_F5, K_F6, K_F7, K_F8, K_F9, K_F10, K_F11, K_F12,
};

enum mouse_what { MOUSE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct key {
	int32_t code;
	char text[5];      /* UTF-8 of a character, else "" */
	char *paste;       /* K_PASTE: the receiver frees; may hold NUL bytes */
	size_t paste_len;
	bool paste_cut;    /* longer than PASTE_MAX: not all of it is here */
	int row, col;      /* K_MOUSE */
	enum mouse_what mouse;
};

#define PASTE_MAX ((size_t)4 << 20)

struct keys;

struct keys *keys_new(void);
void keys_free(struct keys *keys);

/* Teaches a sequence of this terminal (terminfo); later wins.  NULL and
 * sequences that do not begin with a control byte are ignored. */
void keys_teach(struct keys *keys, const char *bytes, int32_t code);

void keys_feed(struct keys *keys, const char *bytes, size_t len);
/* The next whole key; false: more bytes are needed. */
bool keys_next(struct keys *keys, struct key *out);

/* Milliseconds after which keys_timeout() should be called when nothing comes;
 * -1: nothing is half read. */
int keys_wait(const struct keys *keys, int escdelay);
/* What was half read will not be completed: a lone ESC is the Esc key. */
void keys_timeout(struct keys *keys);

/* "Enter", "F7", "C-l", "Space", "/": the name in English, for key scripts. */
#define KEY_NAME_SIZE 16
void key_label(int32_t code, char out[KEY_NAME_SIZE]);
/* 0 when no key has this name; a single character names itself. */
int32_t key_from_name(const char *name);

#endif
