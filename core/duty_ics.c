/* duty_ics.c writes shifts as calendar events. */
#include "core/duty_ics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/ids.h"
#include "core/text.h"
#include "core/zone.h"

#define LINE_OCTETS 75
#define UTC_SIZE 24

void
ics_text(struct buf *out, const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '\n') {
			buf_adds(out, "\\n");
		} else {
			if (*p == '\\' || *p == ',' || *p == ';') {
				buf_addc(out, '\\');
			}
			buf_addc(out, *p);
		}
	}
}

/* Bytes of whole characters that fit. */
static size_t
whole(const char *text, size_t len, size_t most)
{
	size_t used = 0;

	while (used < len) {
		uint32_t point;
		size_t step = text_decode(text + used, len - used, &point);

		step = step == 0 ? 1 : step;
		if (used + step > most) {
			break;
		}
		used += step;
	}
	return used;
}

void
ics_line(struct buf *out, const char *line)
{
	size_t len = strlen(line);
	size_t room = LINE_OCTETS;

	while (len > room) {
		size_t part = whole(line, len, room);

		buf_add(out, line, part);
		buf_adds(out, "\r\n ");
		line += part;
		len -= part;
		room = LINE_OCTETS - 1; /* after the blank */
	}
	buf_add(out, line, len);
	buf_adds(out, "\r\n");
}

static void
line_text(struct buf *out, const char *name, const char *text)
{
	struct buf line = { 0 };

	buf_addf(&line, "%s:", name);
	ics_text(&line, text);
	ics_line(out, buf_text(&line));
	buf_free(&line);
}

static void
utc(char out[UTC_SIZE], int64_t ms)
{
	int64_t days = ms / 86400000;
	int64_t second = ms / 1000 % 86400;
	int year, month, day;

	civil_from_days(days, &year, &month, &day);
	(void)snprintf(out, UTC_SIZE, "%04u%02u%02uT%02u%02u%02uZ", (unsigned)year % 10000,
		(unsigned)month % 100, (unsigned)day % 100, (unsigned)(second / 3600),
		(unsigned)(second / 60 % 60), (unsigned)(second % 60));
}

struct shift {
	const struct duty_layer *layer;
	const char *login, *name;
	int64_t from, until;
	int64_t began; /* also where the calendar begins later */
};

static void
put_uid(struct buf *out, struct desk *desk, const struct shift *s)
{
	struct buf seed = { 0 };
	char hash[HASH_SIZE];

	buf_addf(&seed, "%s/%s/%s/%lld", desk_id(desk), s->layer->code, s->login,
		(long long)s->began);
	hash_bytes(hash, buf_text(&seed), seed.len);
	buf_clear(&seed);
	buf_addf(&seed, "UID:%.40s@suco", hash);
	ics_line(out, buf_text(&seed));
	buf_free(&seed);
}

static void
put_shift(struct buf *out, struct desk *desk, const struct shift *s, bool named)
{
	char at[UTC_SIZE], line[UTC_SIZE + 16];
	struct buf summary = { 0 };

	ics_line(out, "BEGIN:VEVENT");
	put_uid(out, desk, s);
	utc(at, desk_now(desk));
	(void)snprintf(line, sizeof line, "DTSTAMP:%s", at);
	ics_line(out, line);
	utc(at, s->from);
	(void)snprintf(line, sizeof line, "DTSTART:%s", at);
	ics_line(out, line);
	utc(at, s->until);
	(void)snprintf(line, sizeof line, "DTEND:%s", at);
	ics_line(out, line);
	buf_addf(&summary, _("On duty: %s"), duty_layer_name(s->layer));
	if (named) {
		buf_addf(&summary, " - %s", s->name);
	}
	line_text(out, "SUMMARY", buf_text(&summary));
	line_text(out, "DESCRIPTION", desk_name(desk));
	line_text(out, "CATEGORIES", s->layer->code);
	ics_line(out, "BEGIN:VALARM");
	ics_line(out, "ACTION:DISPLAY");
	ics_line(out, "TRIGGER:-PT1H");
	line_text(out, "DESCRIPTION", buf_text(&summary));
	ics_line(out, "END:VALARM");
	ics_line(out, "END:VEVENT");
	buf_free(&summary);
}

static bool
has(const struct duty_stretch *s, const char *login)
{
	for (int i = 0; i < s->who.count; i++) {
		if (strcmp(s->who.people[i].login, login) == 0) {
			return true;
		}
	}
	return false;
}

/* A shift is as long as its one stays, whoever comes beside. */
static void
put_stretches(struct buf *out, struct desk *desk, const struct duty_layer *layer,
	const struct duty_stretch *all, int count, const char *login)
{
	for (int i = 0; i < count; i++) {
		for (int p = 0; p < all[i].who.count; p++) {
			const struct duty_turn *turn = &all[i].who.people[p];
			int last = i;

			if ((login != NULL && strcmp(turn->login, login) != 0) ||
			    (i > 0 && has(&all[i - 1], turn->login))) {
				continue;
			}
			while (last + 1 < count && has(&all[last + 1], turn->login)) {
				last++;
			}
			put_shift(out, desk, &(struct shift){ layer, turn->login, turn->name,
				all[i].from, all[last].until,
				i == 0 ? turn->from : all[i].from }, login == NULL);
		}
	}
}

static bool
put_layers(struct buf *out, struct desk *desk, const struct duty_layers *layers,
	const char *login, int64_t from, int64_t until, struct error *err)
{
	for (int i = 0; i < layers->count; i++) {
		struct duty_stretch *all;
		int count;

		if (!duty_stretches(desk, layers->all[i].code, from, until, &all, &count, err)) {
			return false;
		}
		put_stretches(out, desk, &layers->all[i], all, count, login);
		duty_stretches_clear(all, count);
	}
	return true;
}

bool
duty_ics(struct desk *desk, const char *login, int64_t from, int64_t until,
	struct buf *out, struct error *err)
{
	struct duty_layers layers;
	bool ok;

	if (!duty_layers(desk, &layers, err)) {
		return false;
	}
	ics_line(out, "BEGIN:VCALENDAR");
	ics_line(out, "VERSION:2.0");
	ics_line(out, "PRODID:-//suco//duty roster//EN");
	ics_line(out, "CALSCALE:GREGORIAN");
	line_text(out, "X-WR-CALNAME", desk_name(desk));
	ok = put_layers(out, desk, &layers, login, from, until, err);
	ics_line(out, "END:VCALENDAR");
	duty_layers_clear(&layers);
	return ok;
}
