/* zone.c reads TZif files (RFC 8536); nothing here asks the system for the time
 * or its zone. */
#include "core/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/zone_rule.h"

#define MAX_TRANSITIONS 4096
#define MAX_BYTES (256 * 1024)
#define DAY 86400
#define DAY_MS (DAY * INT64_C(1000))
/* Years whose milliseconds fit. */
#define YEAR_MOST 292000000

struct zone {
	char name[48];
	int count;
	int64_t *at;     /* seconds UTC, ascending */
	int32_t *offset; /* after at[i] */
	int32_t first;   /* before at[0] */
	struct zone_rule rule; /* after the last transition */
};

void
zone_free(struct zone *zone)
{
	if (zone != NULL) {
		free(zone->at);
		free(zone->offset);
		free(zone);
	}
}

const char *
zone_name(const struct zone *zone)
{
	return zone->name;
}

static int64_t
big_endian(const unsigned char *p, int bytes)
{
	uint64_t value = (p[0] & 0x80) != 0 ? UINT64_MAX : 0;

	for (int i = 0; i < bytes; i++) {
		value = value << 8 | p[i];
	}
	return (int64_t)value;
}

/* The counts of a TZif header, in the order of the file. */
struct counts {
	int64_t isut, isstd, leap, time, type, chars;
};

static bool
read_header(const unsigned char *p, size_t len, struct counts *c)
{
	if (len < 44 || memcmp(p, "TZif", 4) != 0) {
		return false;
	}
	c->isut = big_endian(p + 20, 4);
	c->isstd = big_endian(p + 24, 4);
	c->leap = big_endian(p + 28, 4);
	c->time = big_endian(p + 32, 4);
	c->type = big_endian(p + 36, 4);
	c->chars = big_endian(p + 40, 4);
	return c->isut >= 0 && c->isut <= 256 && c->isstd >= 0 && c->isstd <= 256 &&
		c->leap >= 0 && c->leap <= 1024 && c->time >= 0 &&
		c->time <= MAX_TRANSITIONS && c->type > 0 && c->type <= 256 &&
		c->chars >= 0 && c->chars <= 4096;
}

static size_t
block_size(const struct counts *c, int wide)
{
	return (size_t)(c->time * wide + c->time + c->type * 6 + c->chars +
		c->leap * (wide + 4) + c->isstd + c->isut);
}

static bool
read_block(struct zone *zone, const unsigned char *p, const struct counts *c, int wide)
{
	const unsigned char *indexes = p + c->time * wide;
	const unsigned char *types = indexes + c->time;

	zone->count = (int)c->time;
	zone->at = xcalloc((size_t)c->time, sizeof *zone->at);
	zone->offset = xcalloc((size_t)c->time, sizeof *zone->offset);
	zone->first = (int32_t)big_endian(types, 4);
	for (int i = 0; i < zone->count; i++) {
		if (indexes[i] >= c->type) {
			return false;
		}
		zone->at[i] = big_endian(p + (ptrdiff_t)i * wide, wide);
		zone->offset[i] = (int32_t)big_endian(types + indexes[i] * 6, 4);
		if (i > 0 && zone->at[i] <= zone->at[i - 1]) {
			return false;
		}
		if (zone->offset[i] < -DAY || zone->offset[i] > DAY) {
			return false;
		}
	}
	return zone->first >= -DAY && zone->first <= DAY;
}

/* Without a rule the last transition holds for ever. */
static void
hold_last(struct zone *zone)
{
	zone->rule = (struct zone_rule){
		.standard = zone->count > 0 ? zone->offset[zone->count - 1] : zone->first,
	};
}

/* The footer is "\nRULE\n"; a file that ends before it was cut. */
static bool
read_footer(struct zone *zone, const unsigned char *p, size_t len)
{
	const unsigned char *end;
	char text[128];
	size_t n;

	hold_last(zone);
	if (len < 2 || p[0] != '\n') {
		return false;
	}
	end = memchr(p + 1, '\n', len - 1);
	if (end == NULL) {
		return false;
	}
	n = (size_t)(end - p - 1);
	if (n == 0) {
		return true;
	}
	if (n >= sizeof text || memchr(p + 1, '\0', n) != NULL) {
		return false;
	}
	memcpy(text, p + 1, n);
	text[n] = '\0';
	return zone_rule_parse(&zone->rule, text);
}

static bool
parse(struct zone *zone, const unsigned char *p, size_t len, bool *leaps)
{
	struct counts c;
	size_t size;
	int version;

	if (!read_header(p, len, &c)) {
		return false;
	}
	version = p[4] >= '2' ? 2 : 1;
	size = block_size(&c, 4);
	if (44 + size > len) {
		return false;
	}
	if (version == 1) {
		*leaps = c.leap > 0;
		if (*leaps || !read_block(zone, p + 44, &c, 4)) {
			return false;
		}
		hold_last(zone);
		return true;
	}
	p += 44 + size;
	len -= 44 + size;
	if (!read_header(p, len, &c)) {
		return false;
	}
	size = block_size(&c, 8);
	*leaps = c.leap > 0;
	if (44 + size > len || *leaps || !read_block(zone, p + 44, &c, 8)) {
		return false;
	}
	return read_footer(zone, p + 44 + size, len - 44 - size);
}

bool
zone_parse(struct zone **out, const char *name, const void *bytes, size_t len,
	struct error *err)
{
	struct zone *zone = xcalloc(1, sizeof *zone);
	bool leaps = false;

	(void)snprintf(zone->name, sizeof zone->name, "%s", name);
	if (!parse(zone, bytes, len, &leaps)) {
		zone_free(zone);
		if (leaps) {
			/* Our milliseconds have none: each moment would be wrong. */
			return error_set(err, ERR_BAD_INPUT,
				_("the time zone %.40s counts leap seconds;"
				  " take the one without right/"), name);
		}
		return error_set(err, ERR_BAD_INPUT, _("the time zone file of %.40s is damaged"),
			name);
	}
	*out = zone;
	return true;
}

static bool
name_fits(const char *name)
{
	return name[0] != '\0' && name[0] != '/' && strlen(name) < 48 &&
		strstr(name, "..") == NULL;
}

/* Zones that are known where the system's file is missing: they do not change
 * (Vietnam since 1975, vn.md 6). */
static const struct {
	const char *name;
	int32_t offset;
} fixed[] = {
	{ "Asia/Ho_Chi_Minh", 7 * 3600 }, { "UTC", 0 },
};

static bool
take_fixed(struct zone **out, const char *name)
{
	for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
		if (strcmp(name, fixed[i].name) == 0) {
			struct zone *zone = xcalloc(1, sizeof *zone);

			(void)snprintf(zone->name, sizeof zone->name, "%s", name);
			zone->first = fixed[i].offset;
			zone->rule.standard = fixed[i].offset;
			*out = zone;
			return true;
		}
	}
	return false;
}

bool
zone_load_from(struct zone **out, const char *folder, const char *name,
	struct error *err)
{
	struct error ignored = ERROR_INIT;
	char *path;
	char *bytes = NULL;
	size_t len = 0;
	bool ok;

	if (!name_fits(name)) {
		return error_set(err, ERR_BAD_INPUT, _("\"%.40s\" is no time zone"), name);
	}
	path = path_join(folder, name);
	if (file_read(&bytes, &len, path, MAX_BYTES, &ignored)) {
		ok = zone_parse(out, name, bytes, len, err);
	} else {
		ok = take_fixed(out, name) || error_set(err, ERR_BAD_INPUT,
			_("this system does not know the time zone %.40s"), name);
	}
	free(bytes);
	free(path);
	return ok;
}

bool
zone_load(struct zone **out, const char *name, struct error *err)
{
	return zone_load_from(out, "/usr/share/zoneinfo", name, err);
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int
zone_offset_at(const struct zone *zone, int64_t ms)
{
	int64_t t = floor_div(ms, 1000);
	int low = 0;
	int high = zone->count;

	if (zone->count == 0 || t < zone->at[0]) {
		return zone->count == 0 ? zone_rule_offset(&zone->rule, t) : zone->first;
	}
	if (t >= zone->at[zone->count - 1]) {
		return zone_rule_offset(&zone->rule, t);
	}
	while (high - low > 1) {
		int mid = low + (high - low) / 2;

		if (zone->at[mid] <= t) {
			low = mid;
		} else {
			high = mid;
		}
	}
	return zone->offset[low];
}

struct civil
zone_civil(const struct zone *zone, int64_t ms)
{
	struct civil c = { .offset = zone_offset_at(zone, ms) };
	/* The first and the last day that there is are not shifted. */
	int64_t shift = ms > INT64_MAX - DAY_MS || ms < INT64_MIN + DAY_MS ? 0
		: (int64_t)c.offset * 1000;
	int64_t local = ms + shift;
	int64_t days = floor_div(local, DAY_MS);
	/* Not local - days * DAY_MS, whose product may be out of range. */
	int64_t rest = (local % DAY_MS + DAY_MS) % DAY_MS;

	civil_from_days(days, &c.year, &c.month, &c.day);
	c.weekday = (int)(((days + 4) % 7 + 7) % 7);
	c.milli = (int)(rest % 1000);
	rest /= 1000;
	c.second = (int)(rest % 60);
	c.minute = (int)(rest / 60 % 60);
	c.hour = (int)(rest / 3600);
	return c;
}

/* In the gap: the change lies between the two readings. */
static int64_t
end_of_gap(const struct zone *zone, int64_t a, int64_t b)
{
	int64_t low = a < b ? a : b;
	int64_t high = a < b ? b : a;
	int before = zone_offset_at(zone, low);

	while (high - low > 1000) {
		int64_t mid = low + (high - low) / 2;

		if (zone_offset_at(zone, mid) == before) {
			low = mid;
		} else {
			high = mid;
		}
	}
	return floor_div(high, 1000) * 1000;
}

int64_t
zone_moment(const struct zone *zone, const struct civil *civil, bool *exact)
{
	int64_t local;
	int64_t before;
	int64_t after;
	bool fits_before;
	bool fits_after;

	if (civil->year > YEAR_MOST || civil->year < -YEAR_MOST) {
		if (exact != NULL) {
			*exact = false;
		}
		return civil->year > 0 ? INT64_MAX : INT64_MIN;
	}
	local = (civil_days(civil->year, civil->month, civil->day) * DAY +
		civil->hour * 3600LL + civil->minute * 60LL + civil->second) * 1000 +
		civil->milli;
	before = local - zone_offset_at(zone, local - DAY_MS) * 1000LL;
	after = local - zone_offset_at(zone, local + DAY_MS) * 1000LL;
	fits_before = before + zone_offset_at(zone, before) * 1000LL == local;
	fits_after = after + zone_offset_at(zone, after) * 1000LL == local;
	if (exact != NULL) {
		*exact = before == after || fits_before != fits_after;
	}
	if (fits_before && fits_after) {
		return before < after ? before : after;
	}
	if (fits_before || fits_after) {
		return fits_before ? before : after;
	}
	return end_of_gap(zone, before, after);
}
