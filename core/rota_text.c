/* rota_text.c reads rotations as people write them. */
#include "core/rota_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/rota.h"
#include "core/text.h"

#define EVERY_MOST 366

bool
rota_clock(int *minutes, const char *text, struct error *err)
{
	int hour = -1, minute = -1, used = 0;

	if (sscanf(text, "%2d:%2d%n", &hour, &minute, &used) != 2 || text[used] != '\0' ||
	    hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 1440) {
		return error_set(err, ERR_BAD_INPUT,
			_("\"%.20s\" is no time of the day, as 18:00"), text);
	}
	*minutes = hour * 60 + minute;
	return true;
}

bool
rota_clocks(int *from, int *to, const char **rest, const char *text, struct error *err)
{
	char clocks[2][6] = { "", "" };
	const char *dash = strchr(text, '-');
	size_t len = dash == NULL ? 0 : strcspn(dash + 1, " ");

	if (dash == NULL || dash - text > 5 || len > 5) {
		return error_set(err, ERR_BAD_INPUT, _("\"%.20s\" is not FROM-TO, as 22:00-06:00"),
			text);
	}
	memcpy(clocks[0], text, (size_t)(dash - text));
	memcpy(clocks[1], dash + 1, len);
	*rest = dash + 1 + len;
	*rest += strspn(*rest, " ");
	return rota_clock(from, clocks[0], err) && rota_clock(to, clocks[1], err);
}

/* "1-5", "6,7", "" for all: digits of the days that are meant. */
static bool
read_days(char out[8], const char *text, struct error *err)
{
	unsigned mask = 0;
	char last = 0;
	bool range = false;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p >= '1' && *p <= '7') {
			for (char day = range && last != 0 ? last : *p; day <= *p; day++) {
				mask |= 1U << (day - '1');
			}
			last = *p;
			range = false;
		} else if (*p == '-' && last != 0) {
			range = true;
		} else if (*p != ',' && *p != ' ') {
			return error_set(err, ERR_BAD_INPUT,
				_("\"%.20s\": days are 1 (Monday) to 7 (Sunday), as 1-5 or 6,7"),
				text);
		}
	}
	for (int day = 0; day < 7; day++) {
		if ((mask >> day & 1U) != 0) {
			*out++ = (char)('1' + day);
		}
	}
	*out = '\0';
	return true;
}

static const char *
given_text(const struct json *given, const char *key)
{
	return json_get_text(given, key);
}

void
rota_start_text(char out[ROTA_START_SIZE], const struct civil *c)
{
	(void)snprintf(out, ROTA_START_SIZE, "%04u-%02u-%02uT%02u:%02u",
		(unsigned)c->year % 10000, (unsigned)c->month % 100, (unsigned)c->day % 100,
		(unsigned)c->hour % 100, (unsigned)c->minute % 100);
}

static bool
read_start(struct json *wanted, const char *text, struct error *err)
{
	struct civil c = { 0 };
	char clean[ROTA_START_SIZE];
	int64_t day;
	int used = 0;
	const char *blank = strpbrk(text, "T ");
	char *head = blank == NULL ? xstrdup(text) : xstrndup(text, (size_t)(blank - text));
	bool ok = calendar_parse_day(&day, head, err);

	free(head);
	if (!ok) {
		return false;
	}
	if (blank != NULL && (sscanf(blank + 1, "%2d:%2d%n", &c.hour, &c.minute, &used) != 2 ||
	    blank[1 + used] != '\0' || c.hour > 23 || c.minute > 59 || c.hour < 0 ||
	    c.minute < 0)) {
		return error_set(err, ERR_BAD_INPUT,
			_("\"%.40s\": the first hand-over, as 2026-11-23T06:00"), text);
	}
	civil_from_days(day, &c.year, &c.month, &c.day);
	rota_start_text(clean, &c);
	json_set_text(wanted, "start", clean);
	return true;
}

/* "ha,tuan" or a list, as a list. */
static bool
read_people(struct json *wanted, const struct json *people, struct error *err)
{
	struct json *list = json_is(people, JSON_ARRAY) ? json_copy(people) : json_array();
	char *line;

	for (const char *p = json_text(people, ""); *p != '\0';) {
		size_t len = strcspn(p, ", ");

		if (len > 0) {
			char *login = xstrndup(p, len);

			json_push(list, json_string(login));
			free(login);
		}
		p += len + (p[len] != '\0');
	}
	if (json_count(list) == 0 || json_count(list) > 32) {
		json_free(list);
		return error_set(err, ERR_BAD_INPUT, _("who takes turns? 1 to 32 logins"));
	}
	line = json_line(list);
	json_set_text(wanted, "people", line);
	free(line);
	json_free(list);
	return true;
}

static bool
read_every(struct json *wanted, const struct json *value, struct error *err)
{
	const char *text = json_text(value, NULL);
	char *end = NULL;
	int64_t every = text != NULL ? strtoll(text, &end, 10) : json_integer(value, 0);

	if ((end != NULL && *end != '\0') || every < 1 || every > EVERY_MOST) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s: must be a whole number from %lld to %lld"), "every", 1LL,
			(long long)EVERY_MOST);
	}
	json_set_int(wanted, "every", every);
	return true;
}

static bool
read_clock(struct json *wanted, const char *column, const char *text, struct error *err)
{
	int minutes;

	if (text == NULL) {
		return true;
	}
	if (!rota_clock(&minutes, text, err)) {
		return false;
	}
	json_set_int(wanted, column, minutes % 1440);
	return true;
}

static bool
read_day(struct json *wanted, const struct json *given, const char *column,
	struct error *err)
{
	const char *text = given_text(given, column);
	char iso[CALENDAR_DAY_SIZE] = "";
	int64_t day;

	if (json_get(given, column) == NULL) {
		return true;
	}
	if (text != NULL && text[0] != '\0' && strcmp(text, "none") != 0) {
		if (!calendar_parse_day(&day, text, err)) {
			return false;
		}
		calendar_iso(iso, day);
	}
	json_set_text(wanted, column, iso);
	return true;
}

static bool
read_words(struct json *wanted, const struct json *given, struct error *err)
{
	const char *name = given_text(given, "name"), *type = given_text(given, "type");
	const char *zone = given_text(given, "zone"), *days = given_text(given, "days");
	enum rota_type known;
	struct zone *loaded = NULL;
	char digits[8];
	char *clean = NULL;

	if (name != NULL) {
		if (!text_accept(&clean, name, strlen(name), TEXT_ONE_LINE, limit(LIMIT_NAME),
			    _("name"), err)) {
			return false;
		}
		json_set_text(wanted, "name", clean);
		free(clean);
	}
	if (type != NULL && !rota_type_from(&known, type)) {
		return error_set(err, ERR_BAD_INPUT,
			_("\"%.20s\" must be hourly, daily, weekly, monthly or fixed"), type);
	}
	if (type != NULL) {
		json_set_text(wanted, "type", type);
	}
	if (zone != NULL) {
		if (!zone_load(&loaded, zone, err)) {
			return false;
		}
		zone_free(loaded);
		json_set_text(wanted, "zone", zone);
	}
	if (days != NULL) {
		if (!read_days(digits, days, err)) {
			return false;
		}
		json_set_text(wanted, "days", digits);
	}
	return true;
}

/* What a new rotation has where nothing is said: one person is there always, more
 * take weeks from this Monday on. */
static void
defaults(struct json *wanted, const struct zone *zone, int64_t at)
{
	struct json *people = NULL;
	const char *list = json_text_of(wanted, "people");
	struct error ignored;
	int64_t day = calendar_day(zone, at);
	int64_t clock = json_get_int(wanted, "from_clock", 0);
	char text[ROTA_START_SIZE];
	struct civil c = { .hour = (int)(clock / 60), .minute = (int)(clock % 60) };

	if (json_get_text(wanted, "type") == NULL &&
	    json_parse(&people, list, strlen(list), NULL, &ignored)) {
		json_set_text(wanted, "type", json_count(people) > 1 ? "weekly" : "fixed");
	}
	json_free(people);
	if (json_get(wanted, "every") == NULL) {
		json_set_int(wanted, "every", 1);
	}
	if (json_get_text(wanted, "zone") == NULL) {
		json_set_text(wanted, "zone", zone_name(zone));
	}
	if (json_get_text(wanted, "start") == NULL) {
		civil_from_days(day - (calendar_weekday(day) + 6) % 7, &c.year, &c.month, &c.day);
		rota_start_text(text, &c);
		json_set_text(wanted, "start", text);
	}
	json_set_text(wanted, "state", "on");
}

static bool
keys_known(const struct json *given, struct error *err)
{
	static const char *const keys[] = {
		"n", "name", "type", "every", "start", "zone", "days", "from", "to", "people",
		"from_day", "to_day", "withdraw",
	};

	for (const struct json *one = json_first(given); one != NULL; one = json_next(one)) {
		size_t i = 0;

		while (i < sizeof keys / sizeof *keys && strcmp(keys[i], json_key(one)) != 0) {
			i++;
		}
		if (i == sizeof keys / sizeof *keys) {
			return error_set(err, ERR_BAD_INPUT, _("unknown key %.40s"), json_key(one));
		}
	}
	return true;
}

static bool
read_all(struct json *wanted, const struct json *given, const struct json *now,
	const struct zone *zone, int64_t at, struct error *err)
{
	const char *start = given_text(given, "start");

	if (!keys_known(given, err) || !read_words(wanted, given, err) ||
	    !read_clock(wanted, "from_clock", given_text(given, "from"), err) ||
	    !read_clock(wanted, "to_clock", given_text(given, "to"), err) ||
	    !read_day(wanted, given, "from_day", err) ||
	    !read_day(wanted, given, "to_day", err) ||
	    (start != NULL && !read_start(wanted, start, err)) ||
	    (json_get(given, "every") != NULL &&
		    !read_every(wanted, json_get(given, "every"), err)) ||
	    ((now == NULL || json_get(given, "people") != NULL) &&
		    !read_people(wanted, json_get(given, "people"), err))) {
		return false;
	}
	if (now == NULL) {
		defaults(wanted, zone, at);
	} else if (json_get_bool(given, "withdraw")) {
		json_set_text(wanted, "state", "withdrawn");
	}
	return true;
}

bool
rota_read(struct json **out, const struct json *given, const struct json *now,
	const struct zone *zone, int64_t at, struct error *err)
{
	struct json *wanted = json_object();

	if (!read_all(wanted, given, now, zone, at, err)) {
		json_free(wanted);
		return false;
	}
	*out = wanted;
	return true;
}
