/* when_spoken.c writes a time that was typed as it is said ("7 giờ 30 phút chiều",
 * also without marks) as the reader of times wants it: 19h30. */
#include "core/when_private.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"

/* Said before a time and telling nothing. */
static const char *const before[] = { "luc", "truoc", "vao", "by", "at", "before" };

static const struct part_of_day {
	const char *word;
	int more; /* hours, before noon */
} parts[] = { { "sang", 0 }, { "chieu", 12 }, { "toi", 12 } };

/* The word at p, and no longer one, after blanks; what is behind it or NULL. */
static const char *
word_at(const char *p, const char *word)
{
	size_t len = strlen(word);

	p += strspn(p, " ");
	return strncmp(p, word, len) == 0 && !isalpha((unsigned char)p[len]) ? p + len
		: NULL;
}

static const char *
any_word(const char *p, const char *const *words, int count)
{
	const char *behind = NULL;

	for (int i = 0; i < count && behind == NULL; i++) {
		behind = word_at(p, words[i]);
	}
	return behind;
}

static const char *
minutes_word(const char *p)
{
	static const char *const words[] = { "phut", "ph", "p" };

	return any_word(p, words, 3);
}

/* The minutes behind "7 giờ": none, "rưỡi", "30", "30 phút"; no date. */
static const char *
minutes(struct buf *out, const char *p)
{
	const char *half = word_at(p, "ruoi");
	const char *digits = p + strspn(p, " ");
	const char *end = digits;
	const char *unit;
	int value;

	if (half != NULL) {
		buf_adds(out, "30");
		return half;
	}
	if (when_digits(&end, 2, &value) == 0 || (*end != '\0' && strchr("/-.:", *end) != NULL)
			|| isdigit((unsigned char)*end)) {
		return p;
	}
	unit = minutes_word(end);
	if (unit == NULL && end - digits < 2) {
		return p; /* 14:3 */
	}
	buf_addf(out, "%02d", value);
	return unit == NULL ? end : unit;
}

static const char *
part_of_day(int *hour, const char *p)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *behind = word_at(p, parts[i].word);

		if (behind != NULL) {
			*hour += *hour < 12 ? parts[i].more : 0;
			return behind;
		}
	}
	return p;
}

/* "7 giờ rưỡi tối" behind its digits; NULL: no hour. */
static const char *
clock_said(struct buf *out, int hour, const char *p)
{
	static const char *const words[] = { "gio", "h", "g" };
	struct buf minute = { 0 };
	const char *behind = *p == ':' ? p + 1 : any_word(p, words, 3);

	if (behind != NULL) {
		behind = part_of_day(&hour, minutes(&minute, behind));
		buf_addf(out, "%dh%s", hour, buf_text(&minute));
	}
	buf_free(&minute);
	return behind;
}

char *
when_spoken(const char *typed)
{
	char *folded = fold_text(typed);
	const char *p = any_word(folded, before, (int)(sizeof before / sizeof *before));
	struct buf out = { 0 };

	p = p == NULL ? folded : p + strspn(p, " ");
	while (*p != '\0') {
		const char *digits = p;
		const char *behind;
		int value;

		if (when_digits(&p, 7, &value) == 0) {
			buf_addc(&out, *p++);
			continue;
		}
		behind = p - digits <= 2 ? clock_said(&out, value, p) : NULL;
		if (behind == NULL) {
			buf_add(&out, digits, (size_t)(p - digits));
			behind = minutes_word(p);
			buf_adds(&out, behind == NULL ? "" : "ph");
		}
		p = behind == NULL ? p : behind;
	}
	free(folded);
	return buf_take(&out);
}
