/* keys.c owns the decoding of terminal input: UTF-8 over several reads, escape
 * sequences of the terminals in use, bracketed paste as one event. */
#include "tui/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "tui/number.h"

#define TAUGHT_MAX 48
#define SEQUENCE_MAX 32
#define PASTE_END "\033[201~"
#define PASTE_END_LEN 6

struct keys {
	struct buf in;    /* bytes not yet read as keys begin at pos */
	size_t pos;
	bool pasting;
	struct buf paste;
	bool paste_cut;
	bool expired;     /* keys_timeout() was called for what is in `in` */
	struct { char bytes[SEQUENCE_MAX]; int32_t code; } taught[TAUGHT_MAX];
	int taught_count;
};

/* After ESC O. */
static const struct { char final; int32_t code; } ss3[] = {
	{ 'A', K_UP }, { 'B', K_DOWN }, { 'C', K_RIGHT }, { 'D', K_LEFT },
	{ 'H', K_HOME }, { 'F', K_END }, { 'P', K_F1 }, { 'Q', K_F2 },
	{ 'R', K_F3 }, { 'S', K_F4 }, { 'M', K_ENTER },
};

/* ESC [ ... letter; modifiers before the letter are ignored. */
static const struct { char final; int32_t code; } csi[] = {
	{ 'A', K_UP }, { 'B', K_DOWN }, { 'C', K_RIGHT }, { 'D', K_LEFT },
	{ 'H', K_HOME }, { 'F', K_END }, { 'P', K_F1 }, { 'Q', K_F2 },
	{ 'R', K_F3 }, { 'S', K_F4 }, { 'Z', K_BACKTAB },
};

/* ESC [ number ~: xterm, PuTTY, rxvt, the Linux console. */
static const struct { int number; int32_t code; } tilde[] = {
	{ 1, K_HOME }, { 2, K_INSERT }, { 3, K_DELETE }, { 4, K_END },
	{ 5, K_PAGE_UP }, { 6, K_PAGE_DOWN }, { 7, K_HOME }, { 8, K_END },
	{ 11, K_F1 }, { 12, K_F2 }, { 13, K_F3 }, { 14, K_F4 }, { 15, K_F5 },
	{ 17, K_F6 }, { 18, K_F7 }, { 19, K_F8 }, { 20, K_F9 }, { 21, K_F10 },
	{ 23, K_F11 }, { 24, K_F12 },
};

static const struct { const char *name; int32_t code; } names[] = {
	{ "Up", K_UP }, { "Down", K_DOWN }, { "Left", K_LEFT },
	{ "Right", K_RIGHT }, { "Home", K_HOME }, { "End", K_END },
	{ "PgUp", K_PAGE_UP }, { "PgDn", K_PAGE_DOWN }, { "Insert", K_INSERT },
	{ "Delete", K_DELETE }, { "Backspace", K_BACKSPACE },
	{ "S-Tab", K_BACKTAB }, { "Tab", K_TAB }, { "Enter", K_ENTER },
	{ "Esc", K_ESC }, { "Space", K_SPACE },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct keys *
keys_new(void)
{
	return xcalloc(1, sizeof(struct keys));
}

void
keys_free(struct keys *keys)
{
	if (keys != NULL) {
		buf_free(&keys->in);
		buf_free(&keys->paste);
		free(keys);
	}
}

void
keys_teach(struct keys *keys, const char *bytes, int32_t code)
{
	if (bytes == NULL || (unsigned char)bytes[0] >= 0x20 || bytes[0] == '\0'
		|| bytes[1] == '\0' || strlen(bytes) >= SEQUENCE_MAX
		|| keys->taught_count == TAUGHT_MAX) {
		return;
	}
	snprintf(keys->taught[keys->taught_count].bytes, SEQUENCE_MAX, "%s", bytes);
	keys->taught[keys->taught_count++].code = code;
}

void
keys_feed(struct keys *keys, const char *bytes, size_t len)
{
	if (keys->pos > 0 && keys->pos == keys->in.len) {
		buf_clear(&keys->in);
		keys->pos = 0;
	}
	buf_add(&keys->in, bytes, len);
	keys->expired = false;
}

enum found { FOUND_KEY, FOUND_NOTHING, FOUND_PART };

static enum found
found(struct key *out, int32_t code)
{
	*out = (struct key){ .code = code };
	return FOUND_KEY;
}

/* One UTF-8 character, checked as RFC 3629 has it. */
static enum found
read_character(struct keys *keys, const unsigned char *in, size_t len,
	struct key *out)
{
	size_t need = in[0] < 0x80 ? 1 : in[0] >= 0xc2 && in[0] <= 0xdf ? 2
		: (in[0] & 0xf0) == 0xe0 ? 3
		: in[0] >= 0xf0 && in[0] <= 0xf4 ? 4 : 0;
	uint32_t point = need <= 1 ? in[0] : in[0] & (0x7fu >> need);

	if (need == 0) {
		keys->pos++;
		return FOUND_NOTHING;
	}
	for (size_t i = 1; i < need; i++) {
		if (i >= len) {
			return FOUND_PART;
		}
		if ((in[i] & 0xc0) != 0x80) {
			keys->pos += i;
			return FOUND_NOTHING;
		}
		point = (point << 6) | (in[i] & 0x3f);
	}
	keys->pos += need;
	if ((need == 3 && point < 0x800) || (need == 4 && point < 0x10000)
		|| point > 0x10ffff || (point >= 0xd800 && point < 0xe000)
		|| (point >= 0x80 && point < 0xa0)) {
		return FOUND_NOTHING;
	}
	*out = (struct key){ .code = (int32_t)point };
	memcpy(out->text, in, need);
	return FOUND_KEY;
}

/* ESC [ < button ; col ; row M */
static enum found
read_mouse(const char *text, char final, struct key *out)
{
	int button, col, row;

	if (sscanf(text, "<%d;%d;%d", &button, &col, &row) != 3 || final != 'M') {
		return FOUND_NOTHING;
	}
	*out = (struct key){ .code = K_MOUSE, .row = row - 1, .col = col - 1 };
	switch (button) {
	case 0:
		out->mouse = MOUSE_CLICK;
		return FOUND_KEY;
	case 64:
		out->mouse = MOUSE_WHEEL_UP;
		return FOUND_KEY;
	case 65:
		out->mouse = MOUSE_WHEEL_DOWN;
		return FOUND_KEY;
	default:
		return FOUND_NOTHING;
	}
}

/* What a whole control sequence (text: parameters, final: its last byte) is. */
static enum found
read_csi(struct keys *keys, const char *text, char final, struct key *out)
{
	int number = number_of(text);

	if (final == '~') {
		if (number == 200) {
			keys->pasting = true;
			keys->paste_cut = false;
			buf_clear(&keys->paste);
			return FOUND_NOTHING;
		}
		for (size_t i = 0; i < COUNT(tilde); i++) {
			if (tilde[i].number == number) {
				return found(out, tilde[i].code);
			}
		}
		return FOUND_NOTHING;
	}
	if (text[0] == '<') {
		return read_mouse(text, final, out);
	}
	for (size_t i = 0; i < COUNT(csi); i++) {
		if (csi[i].final == final) {
			return found(out, csi[i].code);
		}
	}
	return FOUND_NOTHING;
}

/* The Linux console's F1..F5: ESC [ [ A. */
static enum found
read_linux(struct keys *keys, const char *in, size_t len, struct key *out)
{
	if (len < 4) {
		return FOUND_PART;
	}
	keys->pos += 4;
	if (in[3] >= 'A' && in[3] <= 'E') {
		return found(out, K_F1 + (in[3] - 'A'));
	}
	return FOUND_NOTHING;
}

static enum found
read_escape(struct keys *keys, const char *in, size_t len, struct key *out)
{
	char text[SEQUENCE_MAX];
	size_t at = 2;

	if (len < 2) {
		return FOUND_PART;
	}
	if (in[1] == 'O') {
		if (len < 3) {
			return FOUND_PART;
		}
		keys->pos += 3;
		for (size_t i = 0; i < COUNT(ss3); i++) {
			if (ss3[i].final == in[2]) {
				return found(out, ss3[i].code);
			}
		}
		return FOUND_NOTHING;
	}
	if (in[1] != '[') {
		keys->pos += 1;
		return found(out, K_ESC);
	}
	if (len > 2 && in[2] == '[') {
		return read_linux(keys, in, len, out);
	}
	while (at < len && in[at] >= 0x20 && in[at] < 0x40) {
		at++;
	}
	if (at >= len && at < SEQUENCE_MAX) {
		return FOUND_PART;
	}
	keys->pos += at >= len ? at : at + 1;
	if (at >= len || at - 2 >= sizeof(text) || in[at] < 0x40) {
		return FOUND_NOTHING;
	}
	memcpy(text, in + 2, at - 2);
	text[at - 2] = '\0';
	return read_csi(keys, text, in[at], out);
}

static enum found
read_taught(struct keys *keys, const char *in, size_t len, struct key *out)
{
	for (int i = keys->taught_count - 1; i >= 0; i--) {
		size_t need = strlen(keys->taught[i].bytes);

		if (len >= need && memcmp(in, keys->taught[i].bytes, need) == 0) {
			keys->pos += need;
			return found(out, keys->taught[i].code);
		}
	}
	return FOUND_NOTHING;
}

static enum found
end_paste(struct keys *keys, struct key *out)
{
	keys->pasting = false;
	*out = (struct key){ .code = K_PASTE, .paste_len = keys->paste.len,
		.paste_cut = keys->paste_cut };
	out->paste = buf_take(&keys->paste);
	return FOUND_KEY;
}

/* The end mark may be split over reads: its possible beginning is kept back. */
static enum found
read_paste(struct keys *keys, const char *in, size_t len, struct key *out)
{
	const char *end = memmem(in, len, PASTE_END, PASTE_END_LEN);
	size_t take = end != NULL ? (size_t)(end - in)
		: len >= PASTE_END_LEN ? len - (PASTE_END_LEN - 1) : 0;

	while (end == NULL && take < len && in[take] != '\033') {
		take++;
	}
	if (keys->paste_cut || keys->paste.len + take > PASTE_MAX) {
		keys->paste_cut = true;
	} else {
		buf_add(&keys->paste, in, take);
	}
	keys->pos += take;
	if (end == NULL) {
		return FOUND_PART;
	}
	keys->pos += PASTE_END_LEN;
	return end_paste(keys, out);
}

static enum found
read_one(struct keys *keys, struct key *out)
{
	const char *in = buf_text(&keys->in) + keys->pos;
	size_t len = keys->in.len - keys->pos;
	unsigned char byte = (unsigned char)in[0];

	if (keys->pasting) {
		return read_paste(keys, in, len, out);
	}
	if (byte < 0x20 && read_taught(keys, in, len, out) == FOUND_KEY) {
		return FOUND_KEY;
	}
	if (byte == 0x1b) {
		return read_escape(keys, in, len, out);
	}
	if (byte == 8 || byte == 127) {
		keys->pos++;
		return found(out, K_BACKSPACE);
	}
	if (byte < 0x20) {
		keys->pos++;
		return byte == 0 ? FOUND_NOTHING : found(out, byte == 10 ? K_ENTER : byte);
	}
	return read_character(keys, (const unsigned char *)in, len, out);
}

bool
keys_next(struct keys *keys, struct key *out)
{
	while (keys->pos < keys->in.len) {
		switch (read_one(keys, out)) {
		case FOUND_KEY:
			return true;
		case FOUND_PART:
			return false;
		case FOUND_NOTHING:
			break;
		}
	}
	return false;
}

int
keys_wait(const struct keys *keys, int escdelay)
{
	size_t len = keys->in.len - keys->pos;

	if (keys->pasting) {
		return 5000;
	}
	if (len == 0 || keys->expired) {
		return -1;
	}
	/* A lone ESC may be the key; a longer start cannot, so it may be late. */
	return len == 1 && buf_text(&keys->in)[keys->pos] == '\033' ? escdelay : 1000;
}

void
keys_timeout(struct keys *keys)
{
	const char *in = buf_text(&keys->in) + keys->pos;
	size_t len = keys->in.len - keys->pos;

	if (keys->pasting) {
		/* A terminal that never closed its paste: what came is the paste. */
		keys_feed(keys, PASTE_END, PASTE_END_LEN);
		return;
	}
	if (len == 1 && in[0] == '\033') {
		/* Read with what follows it: ESC and a byte that ends nothing. */
		keys_feed(keys, "\0", 1);
		return;
	}
	keys->pos = keys->in.len;
	keys->expired = true;
}

void
key_label(int32_t code, char out[KEY_NAME_SIZE])
{
	for (size_t i = 0; i < COUNT(names); i++) {
		if (names[i].code == code) {
			snprintf(out, KEY_NAME_SIZE, "%s", names[i].name);
			return;
		}
	}
	if (code > K_F0 && code <= K_F12) {
		snprintf(out, KEY_NAME_SIZE, "F%d", (int)(code - K_F0));
	} else if (code > 0 && code < 0x20) {
		snprintf(out, KEY_NAME_SIZE, "C-%c", (char)(code + 0x60));
	} else if (code < 0x7f) {
		snprintf(out, KEY_NAME_SIZE, "%c", (char)code);
	} else {
		snprintf(out, KEY_NAME_SIZE, "?");
	}
}

int32_t
key_from_name(const char *name)
{
	int number;

	for (size_t i = 0; i < COUNT(names); i++) {
		if (strcmp(names[i].name, name) == 0) {
			return names[i].code;
		}
	}
	if (name[0] == 'F' && sscanf(name + 1, "%d", &number) == 1 && number >= 1
		&& number <= 12) {
		return K_F0 + number;
	}
	if (name[0] == 'C' && name[1] == '-' && name[2] != '\0' && name[3] == '\0') {
		return K_CTRL(name[2]);
	}
	return name[0] != '\0' && name[1] == '\0' ? (unsigned char)name[0] : 0;
}
