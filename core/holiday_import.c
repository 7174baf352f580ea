/* holiday_import.c brings holidays in: files in the form suco-holidays/1, and
 * plain lines as a member pastes a decision. */
#include "core/holiday_import.h"

#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/files.h"
#include "core/holiday.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/place.h"
#include "core/register.h"
#include "core/text.h"

#define FORMAT "suco-holidays/1"
#define FILE_MOST (1024 * 1024)
#define DAYS_MOST 2000

struct importing {
	struct desk *desk;
	const char *origin;
	struct json *added, *changed; /* "each" */
	struct json *seen;            /* days of this file */
	int same, kept;
};

/* place: "$.days[3].day", or "line 4". */
static bool
take_clean(struct importing *in, const char *place, const char *typed, const char *kind,
	const char *name, const char *source, struct error *err)
{
	struct holiday_new h = { .kind = kind, .origin = in->origin };
	char day[CALENDAR_DAY_SIZE];
	struct json *there = NULL;
	struct json *body;
	struct error inner;
	int64_t number = 0;

	if (!calendar_parse_day(&number, typed, &inner)) {
		return error_set(err, ERR_BAD_INPUT, "%s: %.300s", place, inner.message);
	}
	calendar_iso(day, number);
	h.day = day;
	h.name = name;
	h.source = source;
	if (json_get(in->seen, day) != NULL) {
		return error_set(err, ERR_BAD_INPUT, _("%s: the day %s stands here twice"), place,
			day);
	}
	json_set_bool(in->seen, day, true);
	if (!holiday_load(in->desk, day, &there, err)) {
		return false;
	}
	if (there != NULL && strcmp(json_get_text(there, "origin"), "hand") == 0) {
		in->kept++;
	} else {
		body = holiday_body(in->desk, there, &h);
		if (there != NULL && set_count(body) == 0) {
			in->same++;
			json_free(body);
		} else {
			json_push(there == NULL ? in->added : in->changed, body);
		}
	}
	json_free(there);
	return true;
}

/* Words from a file are cleaned and have their limit, as those that are typed. */
static bool
take_day(struct importing *in, const char *place, const char *typed, const char *kind,
	const char *name, const char *source, struct error *err)
{
	char *clean = NULL;
	char *from = NULL;
	bool ok = text_accept(&clean, name, strlen(name), TEXT_ONE_LINE, limit(LIMIT_NAME),
			place, err) &&
		text_accept(&from, source, strlen(source), TEXT_ONE_LINE, limit(LIMIT_TITLE),
			place, err) &&
		take_clean(in, place, typed, kind, clean, from, err);

	free(clean);
	free(from);
	return ok;
}

static bool
kind_fits(const char *kind, const char *place, struct error *err)
{
	return strcmp(kind, "holiday") == 0 || strcmp(kind, "suggested") == 0 ||
		strcmp(kind, "working") == 0 || error_set(err, ERR_BAD_INPUT,
		_("%s: \"%.60s\" is not one of: %s"), place, kind, "holiday suggested working");
}

static bool
take_object(struct importing *in, const struct json *item, int n, struct error *err)
{
	const char *day = json_get_text(item, "day");
	const char *name = json_get_text(item, "name");
	const char *kind = json_get_text(item, "kind");
	const char *source = json_get_text(item, "source");
	char *place = xasprintf("$.days[%d].%s", n, day == NULL ? "day"
		: name == NULL || name[0] == '\0' ? "name" : "kind");
	char *at = xasprintf("$.days[%d].day", n);
	bool ok = day != NULL && name != NULL && name[0] != '\0' && kind != NULL;

	if (!ok) {
		(void)error_set(err, ERR_BAD_INPUT, _("%s: is missing"), place);
	}
	ok = ok && kind_fits(kind, place, err) && take_day(in, at, day, kind, name,
		source == NULL ? "" : source, err);
	free(place);
	free(at);
	return ok;
}

static bool
take_json(struct importing *in, const char *text, size_t len, struct error *err)
{
	struct json *root = NULL;
	const char *format;
	int n = 0;
	bool ok = json_parse(&root, text, len, NULL, err);

	format = json_get_text(root, "format");
	if (ok && (format == NULL || strcmp(format, FORMAT) != 0)) {
		ok = error_set(err, ERR_BAD_INPUT, _("$.format: \"%.60s\" is not \"%s\""),
			format == NULL ? "" : format, FORMAT);
	}
	if (ok && !json_is(json_get(root, "days"), JSON_ARRAY)) {
		ok = error_set(err, ERR_BAD_INPUT, _("$.days: must be %s"), _("a list"));
	}
	for (const struct json *item = ok ? json_first(json_get(root, "days")) : NULL;
	     ok && item != NULL; item = json_next(item)) {
		ok = n < DAYS_MOST ? take_object(in, item, n++, err)
			: error_set(err, ERR_BAD_INPUT, _("more than %d days"), DAYS_MOST);
	}
	json_free(root);
	return ok;
}

/* "06/02/2027 [working] Tết Âm lịch" */
static bool
take_line(struct importing *in, char *line, int n, struct error *err)
{
	char *place = xasprintf(_("line %d"), n);
	char *words = line + strcspn(line, " \t;,");
	const char *kind = "holiday";
	bool ok;

	if (*words != '\0') {
		*words++ = '\0';
		words += strspn(words, " \t;,");
	}
	if (strncmp(words, "working", 7) == 0) {
		kind = "working";
		words += 7;
		words += strspn(words, " \t;,");
	}
	ok = words[0] != '\0' || error_set(err, ERR_BAD_INPUT,
		_("%s: a day and its name are wanted, as: 06/02/2027 Tết"), place);
	ok = ok && take_day(in, place, line, kind, words, in->origin, err);
	free(place);
	return ok;
}

static bool
take_lines(struct importing *in, const char *text, size_t len, struct error *err)
{
	char *clean = NULL;
	char *next;
	int n = 0;
	bool ok = text_accept(&clean, text, len, TEXT_MANY_LINES, FILE_MOST, _("file"), err);

	for (char *line = clean; ok && line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL) {
			*next++ = '\0';
		}
		n++;
		line += strspn(line, " \t");
		if (*line != '\0' && *line != '#') {
			ok = take_line(in, line, n, err);
		}
	}
	free(clean);
	return ok;
}

static bool
read_file(const char *name, char **text, size_t *len, struct error *err)
{
	size_t size = strlen(name);
	char *path = NULL;
	char *file;
	bool ok = true;

	if (strchr(name, '/') != NULL || strchr(name, '.') != NULL || size == 0) {
		path = xstrdup(name);
	} else {
		file = xasprintf("holidays/%s.json", name);
		ok = place_data(&path, file, err);
		free(file);
	}
	ok = ok && file_read(text, len, path, FILE_MOST, err);
	free(path);
	return ok;
}

static void
append(struct importing *in, const char *kind, struct json **each)
{
	struct json *body;

	if (json_count(*each) > 0) {
		body = json_object();
		json_set(body, "each", *each);
		json_set_text(body, "from", in->origin);
		*each = NULL;
		change_add(in->desk, kind, NULL, body);
	}
}

static bool
take_text(struct desk *desk, const char *origin, const char *name, const char *text,
	size_t len, struct json **report, struct error *err)
{
	struct importing in = { .desk = desk, .origin = origin };
	size_t blank;
	bool ok;

	if (!change_begin(desk, err)) {
		return false;
	}
	in.added = json_array();
	in.changed = json_array();
	in.seen = json_object();
	blank = strspn(text, " \t\r\n");
	ok = text[blank] == '{' ? take_json(&in, text, len, err)
		: take_lines(&in, text, len, err);
	*report = json_object();
	json_set_text(*report, "name", name);
	json_set_int(*report, "added", json_count(in.added));
	json_set_int(*report, "changed", json_count(in.changed));
	json_set_int(*report, "same", in.same);
	json_set_int(*report, "kept", in.kept);
	if (ok) {
		append(&in, "holiday_added", &in.added);
		append(&in, "holiday_set", &in.changed);
	}
	json_free(in.added);
	json_free(in.changed);
	json_free(in.seen);
	ok = change_end(desk, ok, err);
	if (!ok) {
		json_free(*report);
		*report = NULL;
	}
	return ok;
}

bool
holiday_import(struct desk *desk, const char *name, struct json **report,
	struct error *err)
{
	const char *slash = strrchr(name, '/');
	char *origin = xasprintf("file:%.100s", slash == NULL ? name : slash + 1);
	char *text = NULL;
	size_t len = 0;
	bool ok = desk_may(desk, ACT_RULES, err) && read_file(name, &text, &len, err) &&
		take_text(desk, origin, name, text, len, report, err);

	free(origin);
	free(text);
	return ok;
}

bool
holiday_paste(struct desk *desk, const char *text, int *added, struct error *err)
{
	struct json *report = NULL;
	bool ok = desk_may(desk, ACT_RULES, err) &&
		take_text(desk, "hand", "", text, strlen(text), &report, err);

	*added = ok ? (int)(json_get_int(report, "added", 0) +
		json_get_int(report, "changed", 0)) : 0;
	json_free(report);
	return ok;
}
