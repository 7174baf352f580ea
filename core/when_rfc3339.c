/* when_rfc3339.c reads the times that machines write, and owns the small parts
 * that reading of any time shares. */
#include "core/when.h"

#include <ctype.h>
#include <string.h>

#include "core/i18n.h"
#include "core/when_private.h"

int
when_digits(const char **p, int most, int *out)
{
	int n = 0;

	*out = 0;
	while (n < most && isdigit((unsigned char)**p)) {
		*out = *out * 10 + (**p - '0');
		(*p)++;
		n++;
	}
	return n;
}

int
when_month_days(int year, int month)
{
	return (int)(civil_days(month == 12 ? year + 1 : year, month % 12 + 1, 1) -
		civil_days(year, month, 1));
}

const char *
when_quote(char out[SHOWN_SIZE], const char *typed)
{
	size_t n = 0;

	out[n++] = '"';
	for (; *typed != '\0' && n < SHOWN_SIZE - 8; typed++) {
		if ((unsigned char)*typed >= ' ' && *typed != 127) {
			out[n++] = *typed;
		}
	}
	if (*typed != '\0') {
		while (n > 1 && ((unsigned char)*typed & 0xc0) == 0x80) {
			typed--;
			n--;
		}
		memcpy(out + n, "…", 3);
		n += 3;
	}
	out[n++] = '"';
	out[n] = '\0';
	return out;
}

static bool
offset_part(const char *p, int *seconds)
{
	int hour;
	int minute;
	int sign;

	if ((*p == 'Z' || *p == 'z') && p[1] == '\0') {
		*seconds = 0;
		return true;
	}
	if (*p != '+' && *p != '-') {
		return false;
	}
	sign = *p++ == '-' ? -1 : 1;
	if (when_digits(&p, 2, &hour) != 2 || *p++ != ':' || when_digits(&p, 2, &minute) != 2 ||
	    *p != '\0' || hour > 23 || minute > 59) {
		return false;
	}
	*seconds = sign * (hour * 3600 + minute * 60);
	return true;
}

static bool
rfc3339(const char *p, int64_t *out)
{
	struct civil c = { 0 };
	int fraction = 0;
	int offset;
	int n;

	if (when_digits(&p, 4, &c.year) != 4 || *p++ != '-' || when_digits(&p, 2, &c.month) != 2 ||
	    *p++ != '-' || when_digits(&p, 2, &c.day) != 2 || (*p != 'T' && *p != 't')) {
		return false;
	}
	p++;
	if (when_digits(&p, 2, &c.hour) != 2 || *p++ != ':' || when_digits(&p, 2, &c.minute) != 2 ||
	    *p++ != ':' || when_digits(&p, 2, &c.second) != 2) {
		return false;
	}
	if (*p == '.') {
		p++;
		n = when_digits(&p, 3, &fraction);
		if (n == 0) {
			return false;
		}
		while (n++ < 3) {
			fraction *= 10;
		}
		while (isdigit((unsigned char)*p)) {
			p++;
		}
	}
	if (!offset_part(p, &offset) || c.year < 1970 || c.month < 1 || c.month > 12 ||
	    c.day < 1 || c.day > when_month_days(c.year, c.month) || c.hour > 23 ||
	    c.minute > 59 || c.second > 60) {
		return false;
	}
	*out = (civil_days(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 +
		       c.second - offset) * 1000 + fraction;
	return true;
}

bool
when_from_rfc3339(int64_t *out, const char *text, struct error *err)
{
	char shown[SHOWN_SIZE];

	return rfc3339(text, out) || error_set(err, ERR_BAD_INPUT,
		_("%s is no time of RFC 3339 (2026-11-21T14:30:00+07:00)"),
		when_quote(shown, text));
}
