/* wish.c keeps how members want to be reached, and says when they sleep. */
#include "core/wish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/member.h"
#include "core/mem.h"
#include "core/thing.h"
#include "core/words.h"
#include "core/zone.h"

#define DAY_MINUTES 1440
#define QUIET_MAX 2 /* the highest severity that waits */

SQL(WISH_VALUE, "tt", "SELECT value FROM member_wish WHERE member_id = $1 AND name = $2");
SQL(WISH_ID, "tt", "SELECT id FROM member_wish WHERE member_id = $1 AND name = $2");

const struct wish_row wish_rows[] = {
	{ "channels", "", N_("channels in their order, as telegram,mail,sms") },
	{ "channels.1", "", N_("channels in their order, severity 1") },
	{ "channels.2", "", N_("channels in their order, severity 2") },
	{ "channels.3", "", N_("channels in their order, severity 3") },
	{ "channels.4", "", N_("channels in their order, severity 4") },
	{ "digest", "", N_("when what waited comes as one, as 07:00; nothing: when quiet ends") },
	{ "quiet", "", N_("quiet hours, as 22:00-06:00") },
	{ "quiet.max", "2", N_("the highest severity that waits for their end: 1 to 3") },
	{ "quiet.zone", "", N_("time zone of these hours; nothing: the desk's") },
	{ 0 },
};

static bool
read_wish(struct desk *desk, const char *member, const char *name, char **out,
	struct error *err)
{
	*out = NULL;
	return db_one_text(desk_db(desk), &WISH_VALUE, out, err, TXT(member), TXT(name));
}

/* ---- what may be wished ---- */

/* "22:00" at *at, moved past it; -1. */
static int
clock_minutes(const char **at)
{
	int hour, minute;
	int used = 0;

	if (sscanf(*at, "%2d:%2d%n", &hour, &minute, &used) != 2 || used < 4 || hour < 0 ||
	    hour > 23 || minute < 0 || minute > 59 || **at == '+' || **at == ' ') {
		return -1;
	}
	*at += used;
	return hour * 60 + minute;
}

static bool
quiet_parse(const char *text, int *from, int *to)
{
	*from = clock_minutes(&text);
	if (*from < 0 || *text++ != '-') {
		return false;
	}
	*to = clock_minutes(&text);
	return *to >= 0 && *text == '\0' && *from != *to;
}

static struct json *
split(const char *text)
{
	struct json *list = json_array();

	for (text += strspn(text, ", "); *text != '\0'; text += strspn(text, ", ")) {
		size_t len = strcspn(text, ", ");
		char *word = xstrndup(text, len);

		json_push(list, json_string(word));
		free(word);
		text += len;
	}
	return list;
}

static bool
channels_fit(const char *value)
{
	static const char *const known[] = { "desktop", "exec", "mail", "ntfy", "sms",
		"telegram", "webhook", "zalo" };
	struct json *list = split(value);
	bool ok = json_count(list) > 0;

	for (const struct json *one = json_first(list); ok && one != NULL;
	     one = json_next(one)) {
		ok = false;
		for (size_t i = 0; !ok && i < sizeof known / sizeof *known; i++) {
			ok = strcmp(known[i], json_text(one, "")) == 0;
		}
	}
	json_free(list);
	return ok;
}

static bool
zone_fits(const char *value, struct error *err)
{
	struct zone *zone = NULL;
	bool ok = zone_load(&zone, value, err);

	zone_free(zone);
	return ok;
}

static bool
check(const char *name, const char *value, struct error *err)
{
	const char *at = value;
	int from, to;

	if (strlen(value) > limit(LIMIT_NAME)) {
		return error_set(err, ERR_BAD_INPUT, _("%s: must be one line of at most %zu bytes"),
			name, limit(LIMIT_NAME));
	}
	if (strcmp(name, "quiet") == 0) {
		return quiet_parse(value, &from, &to) || error_set(err, ERR_BAD_INPUT,
			_("%s: must be from-to, as 22:00-06:00"), name);
	}
	if (strcmp(name, "digest") == 0) {
		return (clock_minutes(&at) >= 0 && *at == '\0') || error_set(err, ERR_BAD_INPUT,
			_("%s: must be a time of day, as 07:00"), name);
	}
	if (strcmp(name, "quiet.max") == 0) {
		return (value[0] >= '1' && value[0] <= '3' && value[1] == '\0') ||
			error_set(err, ERR_BAD_INPUT,
				_("%s: must be 1, 2 or 3: a very serious case always rings"), name);
	}
	if (strcmp(name, "quiet.zone") == 0) {
		return zone_fits(value, err);
	}
	return channels_fit(value) || error_set(err, ERR_BAD_INPUT,
		_("%s: must be channels: mail, telegram, ntfy, sms, zalo, desktop, webhook, exec"),
		name);
}

static bool
known(const char *name)
{
	for (const struct wish_row *row = wish_rows; row->name != NULL; row++) {
		if (strcmp(row->name, name) == 0) {
			return true;
		}
	}
	return false;
}

/* ---- reading and setting ---- */

bool
wish_list(struct desk *desk, const char *login, struct json **out, struct error *err)
{
	char member[UUID_SIZE];
	bool ok = member_id(desk, login, member, err);

	*out = json_array();
	for (const struct wish_row *row = wish_rows; ok && row->name != NULL; row++) {
		struct json *wish = json_object();
		char *value = NULL;

		ok = read_wish(desk, member, row->name, &value, err);
		json_set_text(wish, "name", row->name);
		json_set_text(wish, "value", value == NULL || value[0] == '\0' ? NULL : value);
		json_set_text(wish, "default", row->otherwise[0] == '\0' ? NULL : row->otherwise);
		json_set_text(wish, "label", _(row->label));
		json_push(*out, wish);
		free(value);
	}
	if (!ok) {
		json_free(*out);
		*out = NULL;
	}
	return ok;
}

static bool
write_wish(struct desk *desk, const char *member, const char *name, const char *value,
	struct error *err)
{
	char *id = NULL;
	char *is = NULL;
	char fresh[UUID_SIZE];
	struct json *body;
	bool ok = db_one_text(desk_db(desk), &WISH_ID, &id, err, TXT(member), TXT(name)) &&
		read_wish(desk, member, name, &is, err);

	if (ok && id == NULL && value[0] != '\0') {
		body = thing_new(desk, "member_wish", fresh);
		row_text(body, "member_id", member);
		row_text(body, "name", name);
		row_text(body, "value", value);
		change_add(desk, "member_wish_added", NULL, body);
	} else if (ok && id != NULL && strcmp(is, value) != 0) {
		body = thing_change("member_wish", id);
		set_text(body, "value", is, value);
		json_set_text(body, "name", name);
		change_add(desk, "member_wish_set", NULL, body);
	}
	free(id);
	free(is);
	return ok;
}

bool
wish_set(struct desk *desk, const char *login, const char *name, const char *value,
	struct error *err)
{
	char member[UUID_SIZE];

	if (!known(name)) {
		return error_set(err, ERR_NOT_FOUND,
			_("there is no wish %.40s; see `suco wish list`"),
			name);
	}
	if ((value[0] != '\0' && !check(name, value, err)) ||
	    !member_id(desk, login, member, err) ||
	    (strcmp(member, desk_me(desk)->id) != 0 && !desk_may(desk, ACT_MEMBERS, err)) ||
	    !change_begin(desk, err)) {
		return false;
	}
	return change_end(desk, write_wish(desk, member, name, value, err), err);
}

/* ---- what counts ---- */

/* The moment of this minute of the day, so many days after that of civil. */
static int64_t
minute_of(const struct zone *zone, const struct civil *civil, int days, int minute)
{
	struct civil at = { .hour = minute / 60, .minute = minute % 60 };

	civil_from_days(civil_days(civil->year, civil->month, civil->day) + days, &at.year,
		&at.month, &at.day);
	return zone_moment(zone, &at, NULL);
}

/* When these hours end that are now; 0: they are not now. */
static int64_t
quiet_end(const struct zone *zone, int from, int to, int digest, int64_t at)
{
	struct civil now = zone_civil(zone, at);
	int minute = now.hour * 60 + now.minute;
	bool over_midnight = from > to;
	bool inside = over_midnight ? minute >= from || minute < to
		: minute >= from && minute < to;
	int days = over_midnight && minute >= from ? 1 : 0;
	int64_t end;

	if (!inside) {
		return 0;
	}
	end = minute_of(zone, &now, days, to);
	if (digest >= 0) {
		int64_t late = minute_of(zone, &now, days, digest);

		end = late >= end ? late : minute_of(zone, &now, days + 1, digest);
	}
	return end;
}

struct quiet {
	char *hours, *most, *zone, *digest;
};

static bool
quiet_read(struct quiet *q, struct desk *desk, const char *member, struct error *err)
{
	return read_wish(desk, member, "quiet", &q->hours, err) &&
		(q->hours == NULL || q->hours[0] == '\0' ||
			(read_wish(desk, member, "quiet.max", &q->most, err) &&
			read_wish(desk, member, "quiet.zone", &q->zone, err) &&
			read_wish(desk, member, "digest", &q->digest, err)));
}

static int64_t
quiet_until(const struct quiet *q, struct desk *desk, int severity, int64_t at)
{
	int most = q->most == NULL || q->most[0] == '\0' ? QUIET_MAX : q->most[0] - '0';
	const char *clock = q->digest;
	int digest = clock == NULL || clock[0] == '\0' ? -1 : clock_minutes(&clock);
	struct zone *own = NULL;
	struct error ignored;
	int64_t until = 0;
	int from, to;

	if (severity > most || !quiet_parse(q->hours, &from, &to)) {
		return 0;
	}
	if (q->zone != NULL && q->zone[0] != '\0') {
		(void)zone_load(&own, q->zone, &ignored);
	}
	until = quiet_end(own == NULL ? desk_zone(desk) : own, from, to, digest, at);
	zone_free(own);
	return until;
}

bool
wish_quiet(struct desk *desk, const char *member_id, int severity, int64_t at,
	int64_t *until, struct error *err)
{
	struct quiet q = { 0 };
	bool ok = true;

	*until = 0;
	if (severity >= 1 && severity <= 3) {
		ok = quiet_read(&q, desk, member_id, err);
		if (ok && q.hours != NULL && q.hours[0] != '\0') {
			*until = quiet_until(&q, desk, severity, at);
		}
	}
	free(q.hours);
	free(q.most);
	free(q.zone);
	free(q.digest);
	return ok;
}

bool
wish_channels(struct desk *desk, const char *member_id, int severity, struct json **out,
	struct error *err)
{
	char name[] = "channels.0";
	char *value = NULL;
	bool ok = true;

	*out = NULL;
	if (severity >= 1 && severity <= 4) {
		name[sizeof name - 2] = (char)('0' + severity);
		ok = read_wish(desk, member_id, name, &value, err);
	}
	if (ok && (value == NULL || value[0] == '\0')) {
		free(value);
		ok = read_wish(desk, member_id, "channels", &value, err);
	}
	*out = ok ? split(value == NULL ? "" : value) : NULL;
	free(value);
	return ok;
}
