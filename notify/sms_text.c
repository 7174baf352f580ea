/* sms_text.c makes short texts: one segment instead of three, because accents cost
 * two thirds of the room. */
#include "notify/sms_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/mem.h"
#include "core/text.h"

#define ONE_SEGMENT 160
#define MORE_SEGMENTS 153
#define TWO_UNITS "^{}\\[]~|"
#define CUT ".. "

static int
units_of(char c)
{
	return strchr(TWO_UNITS, c) != NULL ? 2 : 1;
}

int
sms_units(const char *text)
{
	int units = 0;

	for (; *text != '\0'; text++) {
		units += units_of(*text);
	}
	return units;
}

/* At each border but the last a character of two units may leave one unused. */
static int
room(int segments)
{
	return segments <= 1 ? ONE_SEGMENT : segments * MORE_SEGMENTS - (segments - 1);
}

int
sms_segments(const char *text)
{
	int segments = 1;
	int used = 0;

	if (sms_units(text) <= ONE_SEGMENT) {
		return 1;
	}
	for (; *text != '\0'; text++) {
		if (used + units_of(*text) > MORE_SEGMENTS) {
			segments++;
			used = 0;
		}
		used += units_of(*text);
	}
	return segments;
}

/* What folding leaves beyond ASCII. */
static const char *
in_ascii(uint32_t point)
{
	static const struct {
		uint32_t point;
		const char *text;
	} rows[] = {
		{ 0xa0, " " }, { 0xb0, " do" }, { 0xb7, "-" }, { 0xd7, "x" }, { 0x2010, "-" },
		{ 0x2011, "-" }, { 0x2012, "-" }, { 0x2013, "-" }, { 0x2014, "-" },
		{ 0x2018, "'" }, { 0x2019, "'" }, { 0x201c, "\"" }, { 0x201d, "\"" },
		{ 0x2022, "-" }, { 0x2026, "..." }, { 0x2192, "->" }, { 0x2264, "<=" },
		{ 0x2265, ">=" }, { 0x20ab, "d" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].point == point) {
			return rows[i].text;
		}
	}
	return "?";
}

static void
add_blank(struct buf *out)
{
	if (out->len > 0 && out->data[out->len - 1] != ' ') {
		buf_addc(out, ' ');
	}
}

char *
sms_plain(const char *text)
{
	char *folded = fold_marks(text);
	size_t len = strlen(folded);
	struct buf out = { 0 };
	uint32_t point;

	for (size_t at = 0, step; at < len; at += step) {
		step = text_decode(folded + at, len - at, &point);
		if (step == 0) {
			step = 1;
		} else if (point == ' ' || point == '\n' || point == '\t' || point == '\r') {
			add_blank(&out);
		} else if (point == '`') {
			buf_addc(&out, '\''); /* ASCII that the GSM alphabet has not */
		} else if (point > ' ' && point < 127) {
			buf_addc(&out, (char)point);
		} else if (point > 127) {
			buf_adds(&out, in_ascii(point));
		}
	}
	while (out.len > 0 && out.data[out.len - 1] == ' ') {
		out.data[--out.len] = '\0';
	}
	free(folded);
	return buf_take(&out);
}

/* The longest start of text of so many units. */
static size_t
start_of(const char *text, int units)
{
	size_t len = 0;

	while (text[len] != '\0') {
		units -= units_of(text[len]);
		if (units < 0) {
			break;
		}
		len++;
	}
	return len;
}

/* The last line with something in it, and what stands before it. */
static void
split_last(const char *text, char **middle, char **last)
{
	size_t end = strlen(text);
	size_t start;

	while (end > 0 && strchr(" \t\r\n", text[end - 1]) != NULL) {
		end--;
	}
	start = end;
	while (start > 0 && text[start - 1] != '\n') {
		start--;
	}
	*middle = xstrndup(text, start);
	*last = xstrndup(text + start, end - start);
}

/* All of it, and the link behind it where the text has it not. */
static char *
whole(const struct outgoing *m)
{
	bool link = m->answer_link != NULL && strstr(m->text, m->answer_link) == NULL;
	char *text = xasprintf("%s %s %s", m->subject, m->text, link ? m->answer_link : "");
	char *plain = sms_plain(text);

	free(text);
	return plain;
}

/* The middle gives way first, then the end of the subject; a last line that takes
 * more than half is cut too, unless it is the link. */
static char *
squeeze(char *head, char *middle, char *last, bool link, int units)
{
	int rest;

	if (!link && sms_units(last) > units / 2) {
		last[start_of(last, units / 2)] = '\0';
	}
	rest = units - sms_units(last) - 1;
	if (sms_units(head) > rest - (int)strlen(CUT)) {
		head[start_of(head, rest < (int)strlen(CUT) ? 0 : rest - (int)strlen(CUT))] = '\0';
	}
	rest -= sms_units(head) + 1 + (int)strlen(CUT);
	middle[rest <= 0 ? 0 : start_of(middle, rest)] = '\0';
	return xasprintf("%s%s%s%s%s", head, middle[0] == '\0' ? "" : " ", middle, CUT, last);
}

char *
sms_compose(const struct outgoing *m, int segments)
{
	char *all = whole(m);
	char *before;
	char *line;
	char *head;
	char *middle;
	char *last;

	if (sms_segments(all) <= segments) {
		return all;
	}
	free(all);
	split_last(m->text, &before, &line);
	head = sms_plain(m->subject);
	middle = sms_plain(before);
	last = sms_plain(m->answer_link != NULL ? m->answer_link : line);
	all = squeeze(head, middle, last, m->answer_link != NULL, room(segments));
	free(before);
	free(line);
	free(head);
	free(middle);
	free(last);
	return all;
}

bool
sms_number(char out[24], const char *typed, enum sms_phone form)
{
	static const char *const begins[] = { "0", "84", "+84" };
	char digits[20];
	size_t len = 0;
	bool plus = typed[0] == '+';
	const char *own;

	for (const char *at = typed + plus; *at != '\0'; at++) {
		if (*at >= '0' && *at <= '9' && len + 1 < sizeof digits) {
			digits[len++] = *at;
		} else if (strchr(" .-()", *at) == NULL) {
			return false;
		}
	}
	digits[len] = '\0';
	if (len < 8 || len > 15) {
		return false;
	}
	if (plus && strncmp(digits, "84", 2) != 0) {
		(void)snprintf(out, 24, "%s%s", form == SMS_PHONE_PLUS ? "+" : "", digits);
		return true;
	}
	own = digits[0] == '0' ? digits + 1 : strncmp(digits, "84", 2) == 0 && len > 10
		? digits + 2 : NULL;
	if (own == NULL) {
		return false;
	}
	(void)snprintf(out, 24, "%s%s", begins[form], own);
	return true;
}
