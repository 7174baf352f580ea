/* zone.c reads TZif files (RFC 8536) and does calendar arithmetic; nothing here
 * asks the system for the time or its zone. */
#include "core/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/zone_rule.h"

#define MAX_TRANSITIONS 4096
#define MAX_BYTES (256 * 1024)
#define DAY 86400

struct zone {
	char name[48];
	int count;
	int64_t *at;     /* seconds UTC, ascending */
	int32_t *offset; /* after at[i] */
	int32_t first;   /* before at[0] */
	struct zone_rule rule; /* after the last transition */
};

int64_t
civil_days(int year, int month, int day)
{
	int64_t y = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

void
civil_from_days(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp + (mp < 10 ? 3 : -9));
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

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

/* The footer is "\nRULE\n"; without one the last transition holds for ever. */
static bool
read_footer(struct zone *zone, const unsigned char *p, size_t len)
{
	const unsigned char *end;
	char text[128];
	size_t n;

	zone->rule = (struct zone_rule){
		.standard = zone->count > 0 ? zone->offset[zone->count - 1] : zone->first,
	};
	if (len < 2 || p[0] != '\n') {
		return true;
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
parse(struct zone *zone, const unsigned char *p, size_t len)
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
		return read_block(zone, p + 44, &c, 4) && read_footer(zone, p, 0);
	}
	p += 44 + size;
	len -= 44 + size;
	if (!read_header(p, len, &c)) {
		return false;
	}
	size = block_size(&c, 8);
	if (44 + size > len || !read_block(zone, p + 44, &c, 8)) {
		return false;
	}
	return read_footer(zone, p + 44 + size, len - 44 - size);
}

bool
zone_parse(struct zone **out, const char *name, const void *bytes, size_t len,
	struct error *err)
{
	struct zone *zone = xcalloc(1, sizeof *zone);

	(void)snprintf(zone->name, sizeof zone->name, "%s", name);
	if (!parse(zone, bytes, len)) {
		zone_free(zone);
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

/* The system's own file: small, regular, read at once. */
static char *
read_zone_file(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rbe");
	char *bytes;

	if (file == NULL) {
		return NULL;
	}
	bytes = xmalloc(MAX_BYTES);
	*len = fread(bytes, 1, MAX_BYTES, file);
	(void)fclose(file);
	return bytes;
}

bool
zone_load(struct zone **out, const char *name, struct error *err)
{
	char path[128];
	char *bytes;
	size_t len = 0;
	bool ok;

	if (!name_fits(name)) {
		return error_set(err, ERR_BAD_INPUT, _("\"%.40s\" is no time zone"), name);
	}
	(void)snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
	bytes = read_zone_file(path, &len);
	if (bytes == NULL) {
		struct zone *zone;

		if (strcmp(name, "Asia/Ho_Chi_Minh") != 0) {
			return error_set(err, ERR_BAD_INPUT,
				_("this system does not know the time zone %.40s"), name);
		}
		/* UTC+7 without a change since 1975 (vn.md 6). */
		zone = xcalloc(1, sizeof *zone);
		(void)snprintf(zone->name, sizeof zone->name, "%s", name);
		zone->first = 7 * 3600;
		zone->rule.standard = 7 * 3600;
		*out = zone;
		return true;
	}
	ok = zone_parse(out, name, bytes, len, err);
	free(bytes);
	return ok;
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
	int64_t local = ms + (int64_t)c.offset * 1000;
	int64_t days = floor_div(local, DAY * 1000LL);
	int64_t rest = local - days * DAY * 1000LL;

	civil_from_days(days, &c.year, &c.month, &c.day);
	c.weekday = (int)(((days + 4) % 7 + 7) % 7);
	c.milli = (int)(rest % 1000);
	rest /= 1000;
	c.second = (int)(rest % 60);
	c.minute = (int)(rest / 60 % 60);
	c.hour = (int)(rest / 3600);
	return c;
}

int64_t
zone_moment(const struct zone *zone, const struct civil *civil, bool *exact)
{
	int64_t local = ((civil_days(civil->year, civil->month, civil->day) * DAY +
		civil->hour * 3600LL + civil->minute * 60LL + civil->second) * 1000) +
		civil->milli;
	int64_t before = local - zone_offset_at(zone, local - DAY * 1000LL) * 1000LL;
	int64_t after = local - zone_offset_at(zone, local + DAY * 1000LL) * 1000LL;
	bool fits_before = before + zone_offset_at(zone, before) * 1000LL == local;
	bool fits_after = after + zone_offset_at(zone, after) * 1000LL == local;
	int64_t low;
	int64_t high;

	if (exact != NULL) {
		*exact = before == after || fits_before != fits_after;
	}
	if (fits_before && fits_after) {
		return before < after ? before : after;
	}
	if (fits_before || fits_after) {
		return fits_before ? before : after;
	}
	/* In the gap: the change lies between the two readings. */
	low = after < before ? after : before;
	high = after < before ? before : after;
	while (high - low > 1000) {
		int64_t mid = low + (high - low) / 2;

		if (zone_offset_at(zone, mid) == zone_offset_at(zone, low)) {
			low = mid;
		} else {
			high = mid;
		}
	}
	return floor_div(high, 1000) * 1000;
}
