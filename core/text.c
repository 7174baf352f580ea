/* text.c owns UTF-8: is it valid, what of it may be kept, what may be shown, how
 * many columns it takes and where it may be cut. */
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

size_t
text_decode(const char *text, size_t len, uint32_t *point)
{
	/* The least code point of each length, against overlong forms. */
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *at = (const unsigned char *)text;
	uint32_t value;
	size_t size;
	size_t i;

	if (len == 0) {
		return 0;
	}
	if (at[0] < 0x80) {
		*point = at[0];
		return 1;
	}
	if (at[0] < 0xc2 || at[0] > 0xf4) {
		return 0;
	}
	size = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
	if (size > len) {
		return 0;
	}
	value = at[0] & (0xffu >> (size + 1));
	for (i = 1; i < size; i++) {
		if ((at[i] & 0xc0) != 0x80) {
			return 0;
		}
		value = value << 6 | (at[i] & 0x3fu);
	}
	if (value < least[size] || value > 0x10ffff ||
		(value >= 0xd800 && value <= 0xdfff)) {
		return 0;
	}
	*point = value;
	return size;
}

size_t
text_encode(uint32_t point, char out[4])
{
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		out[0] = (char)(0xc0 | point >> 6);
		out[1] = (char)(0x80 | (point & 0x3f));
		return 2;
	}
	if (point < 0x10000) {
		out[0] = (char)(0xe0 | point >> 12);
		out[1] = (char)(0x80 | (point >> 6 & 0x3f));
		out[2] = (char)(0x80 | (point & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | point >> 18);
	out[1] = (char)(0x80 | (point >> 12 & 0x3f));
	out[2] = (char)(0x80 | (point >> 6 & 0x3f));
	out[3] = (char)(0x80 | (point & 0x3f));
	return 4;
}

bool
text_is_ascii(const char *text)
{
	while ((signed char)*text > 0) {
		text++;
	}
	return *text == '\0';
}

bool
text_valid_utf8(const char *text, size_t len)
{
	const uint64_t high = 0x8080808080808080;
	uint64_t bytes;
	size_t at = 0;

	for (;;) {
		uint32_t point;
		size_t size;

		for (; len - at >= sizeof bytes; at += sizeof bytes) {
			memcpy(&bytes, text + at, sizeof bytes);
			if ((bytes & high) != 0) {
				break;
			}
		}
		size = text_decode(text + at, len - at, &point);
		if (size == 0) {
			return at == len;
		}
		at += size;
	}
}

/* ESC, other controls and what turns the direction of text on a screen. */
static bool
is_control(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) ||
		point == 0x061c || point == 0x200e || point == 0x200f ||
		(point >= 0x202a && point <= 0x202e) ||
		(point >= 0x2066 && point <= 0x2069);
}

static bool
is_blank(uint32_t point)
{
	return point == ' ' || (point >= '\t' && point <= '\r') || point == 0x85 ||
		point == 0xa0 || point == 0x1680 ||
		(point >= 0x2000 && point <= 0x200a) || point == 0x2028 ||
		point == 0x2029 || point == 0x202f || point == 0x205f ||
		point == 0x3000;
}

char *
text_valid_copy(const char *text, size_t len)
{
	struct buf out = { 0 };
	size_t at = 0;

	if (text_valid_utf8(text, len)) {
		return xstrndup(text, len);
	}
	while (at < len) {
		uint32_t point;
		size_t size = text_decode(text + at, len - at, &point);

		if (size == 0) {
			buf_adds(&out, REPLACEMENT);
			at++;
		} else {
			buf_add(&out, text + at, size);
			at += size;
		}
	}
	return buf_take(&out);
}

char *
text_printable(const char *text, size_t len)
{
	struct buf out = { 0 };
	size_t at = 0;

	while (at < len) {
		uint32_t point;
		size_t size = text_decode(text + at, len - at, &point);

		if (size == 0) {
			buf_adds(&out, REPLACEMENT);
			at++;
			continue;
		}
		if (!is_control(point)) {
			buf_add(&out, text + at, size);
		} else if (is_blank(point)) {
			buf_addc(&out, ' ');
		}
		at += size;
	}
	return buf_take(&out);
}

/* ---- what may come in ---- */

static void
keep_lines(struct buf *out, const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		uint32_t point = 0;
		size_t size = text_decode(text + at, len - at, &point);

		if (point == '\r') {
			/* Terminals paste a lone CR as the end of a line. */
			if (at + 1 >= len || text[at + 1] != '\n') {
				buf_addc(out, '\n');
			}
		} else if (point == '\n' || point == '\t' || !is_control(point)) {
			buf_add(out, text + at, size);
		}
		at += size;
	}
}

static void
keep_one_line(struct buf *out, const char *text, size_t len)
{
	bool gap = false;
	size_t at = 0;

	while (at < len) {
		uint32_t point = 0;
		size_t size = text_decode(text + at, len - at, &point);

		if (is_blank(point)) {
			gap = out->len > 0;
		} else if (!is_control(point)) {
			if (gap) {
				buf_addc(out, ' ');
				gap = false;
			}
			buf_add(out, text + at, size);
		}
		at += size;
	}
}

/* Takes valid UTF-8; NULL where utf8proc gives up. */
static char *
composed(struct buf *text)
{
	utf8proc_uint8_t *out = NULL;

	if (text_is_ascii(buf_text(text))) {
		return buf_take(text);
	}
	if (utf8proc_map((const utf8proc_uint8_t *)text->data,
		(utf8proc_ssize_t)text->len, &out,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE) < 0) {
		out = NULL;
	}
	buf_free(text);
	return (char *)out;
}

static bool
check_bytes(const char *text, size_t len, const char *what, struct error *err)
{
	size_t at = 0;

	if (memchr(text, '\0', len) != NULL) {
		return error_set(err, ERR_BAD_INPUT, _("%s: holds a NUL byte; only"
			" text is taken"), what);
	}
	while (at < len) {
		uint32_t point;
		size_t size = text_decode(text + at, len - at, &point);

		if (size == 0) {
			return error_set(err, ERR_BAD_INPUT, _("%s: byte %zu (0x%02x) is"
				" not valid UTF-8; save the text as UTF-8"), what, at + 1,
				(unsigned int)(unsigned char)text[at]);
		}
		at += size;
	}
	return true;
}

bool
text_accept(char **out, const char *text, size_t len, enum text_lines lines,
	size_t max, const char *what, struct error *err)
{
	struct buf kept = { 0 };
	char *nfc;
	size_t size;

	if (len > 0 && !check_bytes(text, len, what, err)) {
		return false;
	}
	(lines == TEXT_ONE_LINE ? keep_one_line : keep_lines)(&kept, text, len);
	nfc = composed(&kept);
	if (nfc == NULL) {
		return error_set(err, ERR_BAD_INPUT, _("%s: cannot be brought into"
			" composed form"), what);
	}
	size = strlen(nfc);
	if (size > max) {
		free(nfc);
		return error_set(err, ERR_BAD_INPUT, _("%s: %zu bytes long, at most"
			" %zu are taken"), what, size, max);
	}
	*out = nfc;
	return true;
}

/* ---- columns ---- */

/* Walks text that ends by NUL or by length: len is then NO_LENGTH, and decoding
 * stops at the NUL because no sequence continues with it. */
#define NO_LENGTH ((size_t)-1)

/* An invalid byte is shown as U+FFFD: one column. */
static size_t
step(const char *text, size_t len, uint32_t *point)
{
	size_t size = text_decode(text, len, point);

	if (size == 0) {
		*point = 0xfffd;
		return 1;
	}
	return size;
}

/* Where utf8proc is not of one mind with wcwidth(), which curses goes by. */
static const struct {
	uint32_t first;
	uint32_t last;
	int width;
} unlike[] = {
	{ 0x0600, 0x0605, 1 }, { 0x06dd, 0x06dd, 1 }, { 0x070f, 0x070f, 1 },
	{ 0x0890, 0x0891, 1 }, { 0x08e2, 0x08e2, 1 }, { 0x1160, 0x11ff, 0 },
	{ 0x4dc0, 0x4dff, 2 }, { 0xd7b0, 0xd7ff, 0 }, { 0x110bd, 0x110bd, 1 },
	{ 0x110cd, 0x110cd, 1 },
};

static int
point_width(uint32_t point)
{
	size_t i;

	if (point < 0x80) {
		return (point >= 0x20 && point < 0x7f) || point == '\t'; /* as one blank */
	}
	if (point < 0x300 || (point >= 0x1e00 && point < 0x1f00)) {
		return point >= 0xa0; /* Latin; all of Vietnamese */
	}
	for (i = 0; i < sizeof(unlike) / sizeof(*unlike); i++) {
		if (point >= unlike[i].first && point <= unlike[i].last) {
			return unlike[i].width;
		}
	}
	if (utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_MC) {
		return 1; /* spacing vowel signs */
	}
	return utf8proc_charwidth((utf8proc_int32_t)point);
}

/* The bytes of the grapheme at text, which has at least one byte. */
static size_t
grapheme(const char *text, size_t len, int *width)
{
	const unsigned char *bytes = (const unsigned char *)text;
	utf8proc_int32_t state = 0;
	uint32_t last;
	uint32_t point;
	size_t end;

	if (bytes[0] >= 0x20 && bytes[0] < 0x7f && (len < 2 || bytes[1] < 0x80)) {
		*width = 1;
		return 1;
	}
	end = step(text, len, &last);
	*width = point_width(last);
	while (end < len && bytes[end] != '\0') {
		size_t size = step(text + end, len - end, &point);

		if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)last,
			(utf8proc_int32_t)point, &state)) {
			break;
		}
		*width += point_width(point);
		end += size;
		last = point;
	}
	return end;
}

int
text_width_n(const char *text, size_t len)
{
	int width = 0;
	size_t at = 0;

	while (at < len) {
		uint32_t point;

		at += step(text + at, len - at, &point);
		width += point_width(point);
	}
	return width;
}

int
text_width(const char *text)
{
	return text_width_n(text, strlen(text));
}

size_t
text_fit(const char *text, int cells, int *used)
{
	return text_fit_n(text, NO_LENGTH, cells, used);
}

size_t
text_fit_n(const char *text, size_t len, int cells, int *used)
{
	size_t at = 0;
	int columns = 0;

	while (at < len && text[at] != '\0') {
		int width;
		size_t size = grapheme(text + at, len == NO_LENGTH ? len : len - at, &width);

		if (columns + width > cells) {
			break;
		}
		columns += width;
		at += size;
	}
	if (used != NULL) {
		*used = columns;
	}
	return at;
}

static bool
is_printable(const char *text)
{
	while (*text != '\0') {
		uint32_t point;
		size_t size = text_decode(text, NO_LENGTH, &point);

		if (size == 0 || is_control(point)) {
			return false;
		}
		text += size;
	}
	return true;
}

char *
text_column(const char *text, int cells, bool pad, bool ascii)
{
	struct buf out = { 0 };
	char *clean = is_printable(text) ? NULL : text_printable(text, strlen(text));
	const char *shown = clean == NULL ? text : clean;
	int used = 0;
	size_t end;

	cells = cells < 0 ? 0 : cells;
	end = text_fit(shown, cells, &used);
	if (shown[end] == '\0') {
		buf_add(&out, shown, end);
	} else if (cells > 0) {
		end = text_fit(shown, cells - 1, &used);
		buf_add(&out, shown, end);
		buf_adds(&out, ascii ? "~" : "…");
		used++;
	}
	while (pad && used < cells) {
		buf_addc(&out, ' ');
		used++;
	}
	free(clean);
	return buf_take(&out);
}

size_t
text_next(const char *text, size_t offset)
{
	int width;

	return text[offset] == '\0' ? 0 : grapheme(text + offset, NO_LENGTH, &width);
}

/* Between two ASCII bytes there is always a border, CR LF apart; from the last
 * such place before offset the graphemes are walked forward. */
size_t
text_prev(const char *text, size_t offset)
{
	size_t from = offset == 0 ? 0 : offset - 1;
	size_t last;

	while (from > 0 && ((text[from - 1] & 0x80) != 0 ||
		(text[from] & 0x80) != 0 || text[from] == '\n')) {
		from--;
	}
	last = from;
	while (from < offset) {
		int width;

		last = from;
		from += grapheme(text + from, NO_LENGTH, &width);
	}
	return offset - last;
}
