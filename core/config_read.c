/* config_read.c owns taking one suco.conf apart: inih splits the lines, this
 * file hands them over one by one, so that each fault has its line. */
#include "core/config_private.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ini.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/place.h"
#include "core/text.h"

/* Faults beyond this many say nothing new. */
#define FAULTS_MAX 50

struct reading {
	struct config *config;
	const char *name;
	const char *at, *end; /* what was not read yet */
	int line;             /* of the line handed over last */
	int seen[CONFIG_KEY_COUNT]; /* the line that set it in this file, or 0 */
};

static void add_fault(struct reading *r, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void
add_fault(struct reading *r, int line, const char *fmt, ...)
{
	struct config *config = r->config;
	char text[400];
	char *clean;
	va_list args;

	if (config->fault_count >= FAULTS_MAX) {
		return;
	}
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	clean = text_printable(text, strlen(text));
	config->faults = xrealloc(config->faults,
		((size_t)config->fault_count + 1) * sizeof config->faults[0]);
	config->faults[config->fault_count++] =
		xasprintf("%s:%d: %s", r->name, line, clean);
	free(clean);
}

static bool
line_fits(struct reading *r, const char *line, size_t len, int room)
{
	if (len >= (size_t)room) {
		add_fault(r, r->line, _("the line is longer than %d bytes"), room - 1);
		return false;
	}
	if (!text_valid_utf8(line, len) || memchr(line, '\0', len) != NULL) {
		add_fault(r, r->line, _("the line is no UTF-8 text"));
		return false;
	}
	for (size_t i = 0; i < len; i++) {
		if (((unsigned char)line[i] < ' ' && line[i] != '\t') || line[i] == 127) {
			add_fault(r, r->line, _("the line has a control character"));
			return false;
		}
	}
	return true;
}

/* The reader of inih: one line a call.  Blanks before a line go, since inih
 * would take an indented line as more of the value above it. */
static char *
next_line(char *out, int room, void *stream)
{
	struct reading *r = stream;
	const char *line = r->at;
	const char *end;
	size_t len;

	if (r->at >= r->end) {
		return NULL;
	}
	end = memchr(line, '\n', (size_t)(r->end - line));
	r->at = end == NULL ? r->end : end + 1;
	end = end == NULL ? r->end : end;
	r->line++;
	while (line < end && (*line == ' ' || *line == '\t')) {
		line++;
	}
	if (line < end && end[-1] == '\r') {
		end--;
	}
	len = (size_t)(end - line);
	if (!line_fits(r, line, len, room)) {
		len = 0;
	}
	memcpy(out, line, len);
	out[len] = '\0';
	return out;
}

static int
find_key(const char *section, const char *name)
{
	for (int i = 0; i < CONFIG_KEY_COUNT; i++) {
		if (strcmp(config_rows[i].section, section) == 0
				&& strcmp(config_rows[i].name, name) == 0) {
			return i;
		}
	}
	return -1;
}

static bool
is_choice(const char *choices, const char *value)
{
	size_t len = strlen(value);

	for (const char *at = choices; *at != '\0'; ) {
		size_t word = strcspn(at, " ");

		if (word == len && memcmp(at, value, len) == 0) {
			return true;
		}
		at += word + (at[word] == ' ');
	}
	return false;
}

/* The value as it is kept, or NULL with a fault. */
static char *
take_path(struct reading *r, const char *value)
{
	if (value[0] == '/') {
		return xstrdup(value);
	}
	if (value[0] == '~' && value[1] == '/') {
		return place_home(value + 2);
	}
	add_fault(r, r->line, _("\"%.60s\" is no absolute path"), value);
	return NULL;
}

static char *
take_yes_no(struct reading *r, const char *value)
{
	static const char *const words[][2] = {
		{ "yes", "yes" }, { "true", "yes" }, { "on", "yes" }, { "1", "yes" },
		{ "no", "no" }, { "false", "no" }, { "off", "no" }, { "0", "no" },
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(words[i][0], value) == 0) {
			return xstrdup(words[i][1]);
		}
	}
	add_fault(r, r->line, _("\"%.60s\" is neither yes nor no"), value);
	return NULL;
}

static char *
take_number(struct reading *r, const struct config_row *row, const char *value)
{
	char *end;
	long long number;

	errno = 0;
	number = strtoll(value, &end, 10);
	if (end == value || *end != '\0' || errno != 0 || number < row->least
			|| number > row->most) {
		add_fault(r, r->line, _("\"%.60s\" is no number from %lld to %lld"),
			value, (long long)row->least, (long long)row->most);
		return NULL;
	}
	return xasprintf("%lld", number);
}

static char *
take_value(struct reading *r, const struct config_row *row, const char *value)
{
	/* "key =" goes back to the default, whatever the file before said. */
	if (value[0] == '\0') {
		return xstrdup(row->fallback);
	}
	switch (row->type) {
	case CONFIG_TEXT:
		return xstrdup(value);
	case CONFIG_PATH:
		return take_path(r, value);
	case CONFIG_YES_NO:
		return take_yes_no(r, value);
	case CONFIG_NUMBER:
		return take_number(r, row, value);
	case CONFIG_CHOICE:
		if (is_choice(row->choices, value)) {
			return xstrdup(value);
		}
		add_fault(r, r->line, _("\"%.60s\" is none of: %s"), value,
			row->choices);
		return NULL;
	}
	return NULL;
}

static void
unknown_key(struct reading *r, const char *section, const char *name)
{
	if (section[0] == '\0') {
		add_fault(r, r->line, _("\"%.60s\" stands before any [section]"), name);
		return;
	}
	for (int i = 0; i < CONFIG_KEY_COUNT; i++) {
		if (strcmp(config_rows[i].section, section) == 0) {
			add_fault(r, r->line, _("[%.40s] has no key \"%.60s\""), section,
				name);
			return;
		}
	}
	add_fault(r, r->line, _("there is no section [%.40s]"), section);
}

/* The handler of inih: one key.  Always 1: faults are kept in our own list. */
static int
take_key(void *user, const char *section, const char *name, const char *value)
{
	struct reading *r = user;
	int key = find_key(section, name);
	char *taken;

	if (key < 0) {
		unknown_key(r, section, name);
		return 1;
	}
	if (r->seen[key] != 0) {
		add_fault(r, r->line, _("\"%s\" is set in line %d already"), name,
			r->seen[key]);
		return 1;
	}
	r->seen[key] = r->line;
	taken = take_value(r, &config_rows[key], value);
	if (taken != NULL) {
		free(r->config->set[key].value);
		free(r->config->set[key].origin);
		r->config->set[key].value = taken;
		r->config->set[key].origin = xasprintf("%s:%d", r->name, r->line);
	}
	return 1;
}

void
config_read_into(struct config *config, const char *name, const char *text,
	size_t len)
{
	struct reading r = {
		.config = config, .name = name, .at = text, .end = text + len,
	};
	int line = ini_parse_stream(next_line, &r, take_key, &r);

	/* inih names the first line that is neither key, section nor comment. */
	if (line > 0) {
		add_fault(&r, line, _("this is neither [section] nor key = value"));
	}
}
