/* fold.c owns Vietnamese text for searching and sorting: marks off, words cut,
 * keys that sort bytewise.  Everything starts from NFC, so that composed and
 * decomposed input give the same. */
#include "core/fold.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <utf8proc.h>

#include "core/mem.h"
#include "core/text.h"

static utf8proc_int32_t
lower(utf8proc_int32_t point, void *data __attribute__((unused)))
{
	return utf8proc_tolower(point);
}

/* NFC of any bytes; each code point lowered on the way where wanted. */
static char *
compose(const char *text, bool lowered)
{
	char *valid = text_valid_copy(text, strlen(text));
	utf8proc_uint8_t *out = NULL;

	if ((!lowered && text_is_ascii(valid)) ||
		utf8proc_map_custom((utf8proc_uint8_t *)valid, 0, &out,
			UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE,
			lowered ? lower : NULL, NULL) < 0) {
		return valid; /* nothing to do, or too long for utf8proc */
	}
	free(valid);
	return (char *)out;
}

/* Composed first: the lower case of a letter that is one code point may differ
 * from that of its parts. */
static char *
composed_lower(const char *text)
{
	char *nfc = compose(text, false);
	char *low = compose(nfc, true);

	free(nfc);
	return low;
}

static bool
is_mark(uint32_t point)
{
	return (point >= 0x0300 && point <= 0x036f) ||
		(point >= 0x1ab0 && point <= 0x1aff) ||
		(point >= 0x1dc0 && point <= 0x1dff) ||
		(point >= 0x20d0 && point <= 0x20ff) ||
		(point >= 0xfe20 && point <= 0xfe2f);
}

/* The canonical parts of a code point; returns how many. */
static int
parts_of(uint32_t point, utf8proc_int32_t parts[8])
{
	int last_class = 0;
	utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)point,
		parts, 8, UTF8PROC_DECOMPOSE, &last_class);

	if (count < 1 || count > 8) {
		parts[0] = (utf8proc_int32_t)point;
		return 1;
	}
	return (int)count;
}

/* The letter under the marks; other scripts' compositions stay whole. */
static uint32_t
bare(uint32_t point)
{
	utf8proc_int32_t parts[8];
	int count;
	int i;

	if (point == 0x0110 || point == 0x0111) {
		return point == 0x0110 ? 'D' : 'd';
	}
	count = parts_of(point, parts);
	for (i = 1; i < count; i++) {
		if (!is_mark((uint32_t)parts[i])) {
			return point;
		}
	}
	return (uint32_t)parts[0];
}

/* Appends valid NFC text without its marks. */
static void
add_bare(struct buf *out, const char *text, size_t len, bool lowered)
{
	size_t at = 0;

	while (at < len) {
		uint32_t point = 0;
		char utf8[4];

		at += text_decode(text + at, len - at, &point);
		if (point >= 0x80) {
			if (is_mark(point)) {
				continue;
			}
			point = bare(point);
		}
		if (lowered) {
			point = (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
		}
		buf_add(out, utf8, text_encode(point, utf8));
	}
}

static char *
ascii_lower(const char *text)
{
	char *copy = xstrdup(text);
	char *at;

	for (at = copy; *at != '\0'; at++) {
		if (*at >= 'A' && *at <= 'Z') {
			*at = (char)(*at | 0x20);
		}
	}
	return copy;
}

static char *
without_marks(const char *text, bool lowered)
{
	struct buf out = { 0 };
	char *nfc;

	if (text_is_ascii(text)) {
		return lowered ? ascii_lower(text) : xstrdup(text);
	}
	nfc = lowered ? composed_lower(text) : compose(text, false);
	add_bare(&out, nfc, strlen(nfc), lowered);
	free(nfc);
	nfc = compose(buf_text(&out), false); /* what a mark had kept apart */
	buf_free(&out);
	return nfc;
}

char *
fold_text(const char *text)
{
	return without_marks(text, true);
}

char *
fold_marks(const char *text)
{
	return without_marks(text, false);
}

/* ---- words ---- */

static bool
begins_word(uint32_t point)
{
	utf8proc_category_t category;

	if (point < 0x80) {
		return (point >= '0' && point <= '9') ||
			((point | 0x20) >= 'a' && (point | 0x20) <= 'z');
	}
	category = utf8proc_category((utf8proc_int32_t)point);
	return (category >= UTF8PROC_CATEGORY_LU &&
		category <= UTF8PROC_CATEGORY_LO) ||
		(category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* Marks belong to the letter before them (Thai and Hindi vowels, too). */
static bool
continues_word(uint32_t point)
{
	utf8proc_category_t category;

	if (begins_word(point)) {
		return true;
	}
	if (point < 0x80) {
		return false;
	}
	category = utf8proc_category((utf8proc_int32_t)point);
	return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/* The length of the word at text, 0 if none begins there; *size is that of the
 * code point at text. */
static size_t
word_length(const char *text, size_t len, size_t *size)
{
	uint32_t point = 0;
	size_t at = text_decode(text, len, &point);

	*size = at == 0 ? 1 : at;
	if (at == 0 || !begins_word(point)) {
		return 0;
	}
	while (at < len) {
		size_t next = text_decode(text + at, len - at, &point);

		if (next == 0 || !continues_word(point)) {
			break;
		}
		at += next;
	}
	return at;
}

static void
add_gap(struct buf *out)
{
	if (out->len > 0 && out->data[out->len - 1] != ' ') {
		buf_addc(out, ' ');
	}
}

int
fold_words(const char *text, struct buf *marked, struct buf *folded)
{
	char *low = text_is_ascii(text) ? ascii_lower(text) : composed_lower(text);
	size_t len = strlen(low);
	size_t at = 0;
	int count = 0;

	while (at < len) {
		size_t size;
		size_t word = word_length(low + at, len - at, &size);

		if (word == 0) {
			at += size;
			continue;
		}
		count++;
		if (marked != NULL) {
			add_gap(marked);
			buf_add(marked, low + at, word);
		}
		if (folded != NULL) {
			add_gap(folded);
			add_bare(folded, low + at, word, true);
		}
		at += word;
	}
	free(low);
	return count;
}

/* ---- sorting ----
 *
 * A key is letters, tones, case with a blank between them, all of it printable:
 *   letters  one byte from 'A' up in the order of the alphabet below; digits as
 *            they are; '!' for a gap between words; '"' and the character for a
 *            sign; '~' and the character for other scripts
 *   tones    a word's tones in their order, '1' where it has none, then '!': a
 *            syllable has one tone wherever it is written (hòa, hoà)
 *   case     '1' for a capital, '0' for others, without the '0's at the end */

static const char32_t alphabet[] = U"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/* huyền, hỏi, ngã, sắc, nặng; ngang is '1', the first of these '2'. */
static const char32_t tones[] = { 0x0300, 0x0309, 0x0303, 0x0301, 0x0323 };

#define OTHER_MARK '7'

struct key {
	struct buf letters;
	struct buf tones;
	struct buf cases;
	bool in_word;
	bool toned; /* the word has a tone */
};

static char
letter_weight(uint32_t point)
{
	size_t i;

	for (i = 0; alphabet[i] != 0; i++) {
		if (alphabet[i] == point) {
			return (char)('A' + (int)i);
		}
	}
	return 0;
}

/* The letter of the alphabet that a base letter and a mark make, or 0. */
static uint32_t
own_letter(uint32_t base, uint32_t mark)
{
	static const struct {
		uint32_t base;
		uint32_t mark;
		uint32_t letter;
	} made[] = {
		{ 'a', 0x0306, 0x0103 }, { 'a', 0x0302, 0x00e2 },
		{ 'e', 0x0302, 0x00ea }, { 'o', 0x0302, 0x00f4 },
		{ 'o', 0x031b, 0x01a1 }, { 'u', 0x031b, 0x01b0 },
	};
	size_t i;

	for (i = 0; i < sizeof(made) / sizeof(*made); i++) {
		if (made[i].base == base && made[i].mark == mark) {
			return made[i].letter;
		}
	}
	return 0;
}

static char
tone_weight(uint32_t mark)
{
	size_t i;

	for (i = 0; i < sizeof(tones) / sizeof(*tones); i++) {
		if (tones[i] == mark) {
			return (char)('2' + (int)i);
		}
	}
	return OTHER_MARK;
}

static void
end_word(struct key *key)
{
	if (!key->in_word) {
		return;
	}
	if (!key->toned) {
		buf_addc(&key->tones, '1');
	}
	buf_addc(&key->tones, '!');
	key->in_word = false;
	key->toned = false;
}

static void
add_tone(struct key *key, uint32_t mark)
{
	buf_addc(&key->tones, tone_weight(mark));
	key->toned = true;
}

static void
add_letter(struct key *key, uint32_t point)
{
	utf8proc_int32_t parts[8];
	uint32_t low = (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
	uint32_t letter;
	int count = parts_of(low, parts);
	char utf8[4];
	char weight;
	int i;

	letter = (uint32_t)parts[0];
	key->in_word = true;
	for (i = 1; i < count; i++) {
		uint32_t own = own_letter(letter, (uint32_t)parts[i]);

		if (own != 0) {
			letter = own;
		} else {
			add_tone(key, (uint32_t)parts[i]);
		}
	}
	weight = letter_weight(letter);
	if (letter >= '0' && letter <= '9') {
		buf_addc(&key->letters, (char)letter);
	} else if (weight != 0) {
		buf_addc(&key->letters, weight);
	} else {
		buf_addc(&key->letters, '~');
		buf_add(&key->letters, utf8, text_encode(letter, utf8));
	}
	buf_addc(&key->cases, low == point ? '0' : '1');
}

static void
add_sign(struct key *key, const char *text, size_t size, uint32_t point)
{
	size_t len = key->letters.len;

	end_word(key);
	if (point > ' ' && point != 0xa0) {
		buf_addc(&key->letters, '"');
		buf_add(&key->letters, text, size);
	} else if (len > 0 && key->letters.data[len - 1] != '!') {
		buf_addc(&key->letters, '!');
	}
}

static void
key_of(struct key *key, const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		uint32_t point = 0;
		size_t size = text_decode(text + at, len - at, &point);

		if (begins_word(point)) {
			add_letter(key, point);
		} else if (is_mark(point)) {
			add_tone(key, point);
		} else {
			add_sign(key, text + at, size, point);
		}
		at += size;
	}
	end_word(key);
	while (key->cases.len > 0 && key->cases.data[key->cases.len - 1] == '0') {
		key->cases.data[--key->cases.len] = '\0';
	}
}

static void
key_free(struct key *key)
{
	buf_free(&key->letters);
	buf_free(&key->tones);
	buf_free(&key->cases);
}

char *
fold_sort_key(const char *text)
{
	char *nfc = compose(text, false);
	struct key key = { 0 };
	struct buf out = { 0 };

	key_of(&key, nfc, strlen(nfc));
	buf_addf(&out, "%s %s %s", buf_text(&key.letters), buf_text(&key.tones),
		buf_text(&key.cases));
	key_free(&key);
	free(nfc);
	return buf_take(&out);
}

const char *
fold_given_name(const char *full_name)
{
	size_t at = strlen(full_name);

	while (at > 0 && full_name[at - 1] == ' ') {
		at--;
	}
	while (at > 0 && full_name[at - 1] != ' ') {
		at--;
	}
	return full_name + at;
}

/* Given, family, middle, each with its tones before the next counts; case after
 * all, so that a name typed in capitals stands among its like. */
char *
fold_name_key(const char *full_name)
{
	char *nfc = compose(full_name, false);
	size_t given = (size_t)(fold_given_name(nfc) - nfc);
	size_t from = strspn(nfc, " ");
	size_t family = given > from ? from + strcspn(nfc + from, " ") : from;
	const size_t spans[3][2] = {
		{ given, strlen(nfc) }, { from, family },
		{ family, given > family ? given : family },
	};
	struct buf out = { 0 };
	struct buf cases = { 0 };
	int i;

	for (i = 0; i < 3; i++) {
		const char *part = nfc + spans[i][0];
		size_t len = spans[i][1] - spans[i][0];
		struct key key = { 0 };

		while (len > 0 && part[len - 1] == ' ') {
			len--;
		}
		key_of(&key, part, len);
		buf_addf(&out, "%s %s ", buf_text(&key.letters), buf_text(&key.tones));
		buf_addf(&cases, "%s ", buf_text(&key.cases));
		key_free(&key);
	}
	buf_adds(&out, buf_text(&cases));
	buf_free(&cases);
	free(nfc);
	return buf_take(&out);
}
