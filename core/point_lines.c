/* point_lines.c owns reading pasted lists and tables of places. */
#include "core/point_lines.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"

/* Headings beyond this have no field: their cells go to the note. */
#define COLUMNS_MAX 32

/* One line cut into cells. */
struct cells {
	char **list;
	int count;
};

struct reading {
	struct point_lines *out;
	struct cells headings; /* of a table */
	enum point_field columns[COLUMNS_MAX]; /* PF_COUNT: unknown heading */
	char separator;
	int line;
};

void
point_lines_clear(struct point_lines *lines)
{
	for (int i = 0; i < lines->count; i++) {
		for (int f = 0; f < PF_COUNT; f++) {
			free(lines->list[i].fields[f]);
		}
	}
	free(lines->list);
	*lines = (struct point_lines){ 0 };
}

static void
cells_clear(struct cells *cells)
{
	for (int i = 0; i < cells->count; i++) {
		free(cells->list[i]);
	}
	free(cells->list);
	*cells = (struct cells){ 0 };
}

static void
add_cell(struct cells *cells, const char *text, size_t len)
{
	while (len > 0 && (text[0] == ' ' || text[0] == '\t')) {
		text++;
		len--;
	}
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t')) {
		len--;
	}
	cells->list = xrealloc(cells->list, ((size_t)cells->count + 1) * sizeof *cells->list);
	cells->list[cells->count++] = xstrndup(text, len);
}

/* A quoted cell: up to the closing quote, two quotes for one. */
static const char *
quoted_cell(struct cells *cells, const char *at, char separator)
{
	struct buf cell = { 0 };

	for (at++; *at != '\0'; at++) {
		if (*at == '"' && at[1] != '"') {
			at++;
			break;
		}
		at += *at == '"';
		buf_addc(&cell, *at);
	}
	add_cell(cells, buf_text(&cell), cell.len);
	buf_free(&cell);
	while (*at != '\0' && *at != separator) {
		at++;
	}
	return at;
}

/* RFC 4180 within one line. */
static void
cut_table(struct cells *out, const char *line, char separator)
{
	const char *at = line;

	for (;;) {
		while (*at == ' ') {
			at++;
		}
		if (*at == '"') {
			at = quoted_cell(out, at, separator);
		} else {
			const char *end = strchr(at, separator);
			size_t len = end == NULL ? strlen(at) : (size_t)(end - at);

			add_cell(out, at, len);
			at += len;
		}
		if (*at == '\0') {
			return;
		}
		at++;
	}
}

/* "Xã" of "Xã, phường số 06": what a unit is, and no name yet. */
static bool
only_a_kind(const char *text, size_t len)
{
	static const char *const kinds[] = { "xa", "x", "phuong", "p", "dac khu",
		"thi tran", "tt" };
	char *part = xstrndup(text, len);
	char *folded = fold_text(part);
	bool only = false;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t blank = strspn(folded, " ");
		size_t kind = strlen(kinds[i]);

		only = only || (strncmp(folded + blank, kinds[i], kind) == 0 &&
			folded[blank + kind + strspn(folded + blank + kind, " ")] == '\0');
	}
	free(folded);
	free(part);
	return only;
}

/* Names with commas or semicolons between; brackets hold theirs together. */
static void
cut_names(struct cells *out, const char *line)
{
	const char *from = line;
	int depth = 0;

	for (const char *at = line; ; at++) {
		depth += *at == '(' ? 1 : *at == ')' && depth > 0 ? -1 : 0;
		if (*at == '\0' || (depth == 0 && (*at == ',' || *at == ';') &&
			    !only_a_kind(from, (size_t)(at - from)))) {
			add_cell(out, from, (size_t)(at - from));
			from = at + 1;
		}
		if (*at == '\0') {
			return;
		}
	}
}

static bool
has_words(const char *text)
{
	return fold_words(text, NULL, NULL) > 0;
}

static const char *const bullets[] = {
	"-", "–", "—", "•", "*", "+", "·", "●", "▪", "◦", "○", "■", ">", "→", "☐", "☑",
	"[ ]", "[x]", "[]",
};

/* The name behind bullets and "12." or "3)". */
static const char *
behind_marks(const char *text)
{
	for (bool more = true; more; ) {
		size_t digits;

		more = false;
		text += strspn(text, " \t");
		for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
			size_t len = strlen(bullets[i]);

			if (strncmp(text, bullets[i], len) == 0) {
				text += len;
				more = true;
			}
		}
		digits = strspn(text, "0123456789");
		if (digits > 0 && digits <= 4 && text[digits] != '\0' &&
		    strchr(".):-", text[digits]) != NULL &&
		    !isdigit((unsigned char)text[digits + 1])) {
			text += digits + 1;
			more = true;
		}
	}
	return text;
}

static char *
clean_name(const char *text)
{
	const char *from = behind_marks(text);
	size_t len = strlen(from);

	while (len > 0 && strchr(" \t.,;:", from[len - 1]) != NULL) {
		len--;
	}
	return xstrndup(from, len);
}

static bool
take_field(struct point_line *line, enum point_field field, const char *text,
	struct error *err)
{
	char *clean = NULL;
	struct error why;

	if (text[0] == '\0') {
		return true;
	}
	if (!text_accept(&clean, text, strlen(text), TEXT_ONE_LINE, limit(LIMIT_NAME),
		    _(point_fields[field].name), &why)) {
		return error_set(err, why.code, _("line %d: %s"), line->line, why.message);
	}
	free(line->fields[field]);
	line->fields[field] = clean;
	return true;
}

/* What has no field of its own stays, in the note. */
static void
add_to_note(struct point_line *line, const char *heading, const char *text)
{
	char *was = line->fields[PF_NOTE];

	if (text[0] == '\0') {
		return;
	}
	line->fields[PF_NOTE] = xasprintf("%s%s%s%s%s", was == NULL ? "" : was,
		was == NULL ? "" : " · ", heading, heading[0] == '\0' ? "" : ": ", text);
	free(was);
}

static bool
keep(struct point_lines *out, struct point_line *line, struct error *err)
{
	if (line->fields[PF_NOTE] != NULL &&
	    strlen(line->fields[PF_NOTE]) > limit(LIMIT_NOTE)) {
		return error_set(err, ERR_BAD_INPUT, _("line %d: %zu bytes beside the name;"
			" at most %zu"), line->line, strlen(line->fields[PF_NOTE]),
			limit(LIMIT_NOTE));
	}
	out->list = xrealloc(out->list, ((size_t)out->count + 1) * sizeof *out->list);
	out->list[out->count++] = *line;
	*line = (struct point_line){ 0 };
	return true;
}

static void
line_clear(struct point_line *line)
{
	for (int f = 0; f < PF_COUNT; f++) {
		free(line->fields[f]);
	}
}

/* A name and what stands beside it. */
static bool
add_name(struct reading *r, const char *name, const struct cells *beside, int from,
	struct error *err)
{
	struct point_line line = { .line = r->line };
	char *clean = clean_name(name);
	bool ok = true;

	if (has_words(clean)) {
		ok = take_field(&line, PF_NAME, clean, err);
		for (int i = from; ok && beside != NULL && i < beside->count; i++) {
			add_to_note(&line, "", beside->list[i]);
		}
		ok = ok && line.fields[PF_NAME] != NULL && keep(r->out, &line, err);
	}
	line_clear(&line);
	free(clean);
	return ok;
}

static bool
only_a_number(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 0 && text[digits + strspn(text + digits, ".) ")] == '\0';
}

static bool
plain_line(struct reading *r, const char *text, struct error *err)
{
	struct cells cells = { 0 };
	bool ok = true;
	int at = 0;

	if (strchr(text, '\t') != NULL) {
		cut_table(&cells, text, '\t');
		while (at < cells.count - 1 && (!has_words(cells.list[at]) ||
			    only_a_number(cells.list[at]))) {
			at++;
		}
		ok = add_name(r, cells.list[at], &cells, at + 1, err);
	} else {
		cut_names(&cells, behind_marks(text));
		for (int i = 0; ok && i < cells.count; i++) {
			ok = add_name(r, cells.list[i], NULL, 0, err);
		}
	}
	cells_clear(&cells);
	return ok;
}

static bool
table_row(struct reading *r, const char *text, struct error *err)
{
	struct point_line line = { .line = r->line };
	struct cells cells = { 0 };
	bool ok = true;

	cut_table(&cells, text, r->separator);
	for (int i = 0; ok && i < cells.count; i++) {
		bool headed = i < r->headings.count;
		enum point_field field = headed && i < COLUMNS_MAX ? r->columns[i] : PF_COUNT;

		if (field == PF_NAME) {
			char *name = clean_name(cells.list[i]);

			ok = take_field(&line, PF_NAME, name, err);
			free(name);
		} else if (field == PF_COUNT || (field == PF_NOTE &&
				   line.fields[PF_NOTE] != NULL)) {
			add_to_note(&line, headed ? r->headings.list[i] : "", cells.list[i]);
		} else if (field != PF_NUMBER) {
			ok = take_field(&line, field, cells.list[i], err);
		}
	}
	cells_clear(&cells);
	/* A row without a name but with something in it is told, not dropped. */
	if (ok && line.fields[PF_NAME] == NULL) {
		for (int f = 0; ok && f < PF_COUNT; f++) {
			ok = line.fields[f] == NULL || error_set(err, ERR_BAD_INPUT,
				_("line %d has no name"), r->line);
		}
	} else if (ok) {
		ok = keep(r->out, &line, err);
	}
	line_clear(&line);
	return ok;
}

/* Headings: a name among them, alone or beside another field that we know. */
static bool
is_heading(struct reading *r, const char *text)
{
	struct cells cells = { 0 };
	bool name = false;
	int known = 0;

	r->separator = strchr(text, '\t') != NULL ? '\t' : strchr(text, ';') != NULL ? ';'
		: ',';
	cut_table(&cells, text, r->separator);
	for (int i = 0; i < cells.count && i < COLUMNS_MAX; i++) {
		r->columns[i] = point_field_of(cells.list[i]);
		known += r->columns[i] != PF_COUNT;
		name = name || r->columns[i] == PF_NAME;
	}
	if (name && (cells.count == 1 || known >= 2)) {
		r->headings = cells;
		return true;
	}
	cells_clear(&cells);
	return false;
}

/* "1 Xã A", "2 Xã B", ...: numbers that count the lines are no part of a name. */
static void
drop_counting(struct point_lines *lines)
{
	long expected = 0;

	for (int i = 0; i < lines->count; i++) {
		const char *name = lines->list[i].fields[PF_NAME];
		size_t digits = strspn(name, "0123456789");

		if (digits == 0 || digits > 4 || name[digits] != ' ' ||
		    (i > 0 && strtol(name, NULL, 10) != expected)) {
			return;
		}
		expected = strtol(name, NULL, 10) + 1;
	}
	for (int i = 0; i < lines->count && lines->count > 1; i++) {
		char **name = &lines->list[i].fields[PF_NAME];
		char *rest = xstrdup(strchr(*name, ' ') + 1);

		free(*name);
		*name = rest;
	}
}

static bool
read_lines(struct reading *r, char *text, struct error *err)
{
	bool first = true;
	bool ok = true;

	for (char *at = text; ok && at != NULL; ) {
		char *end = strchr(at, '\n');

		if (end != NULL) {
			*end = '\0';
		}
		r->line++;
		if (has_words(at)) {
			if (first && is_heading(r, at)) {
				r->out->table = true;
			} else {
				ok = r->out->table ? table_row(r, at, err)
					: plain_line(r, at, err);
			}
			first = false;
		}
		at = end == NULL ? NULL : end + 1;
	}
	return ok;
}

/* Told before anything else is looked at, so that a huge paste costs nothing. */
static bool
count_fits(const char *text, struct error *err)
{
	size_t lines = 0;

	for (const char *at = text; at != NULL; ) {
		const char *end = strchr(at, '\n');

		lines += at[0] != '\n' && at[0] != '\0';
		at = end == NULL ? NULL : end + 1;
	}
	return lines <= limit(LIMIT_POINTS) + 1 || error_set(err, ERR_BAD_INPUT,
		_("the list has %zu lines; at most %zu points are taken, nothing was added"),
		lines, limit(LIMIT_POINTS));
}

bool
point_lines_read(struct point_lines *out, const char *text, size_t len, struct error *err)
{
	struct reading r = { .out = out };
	char *clean = NULL;
	bool ok;

	*out = (struct point_lines){ 0 };
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	ok = text_accept(&clean, text, len, TEXT_MANY_LINES, limit(LIMIT_IMPORT_LINE),
			_("list"), err) &&
		count_fits(clean, err) && read_lines(&r, clean, err);
	cells_clear(&r.headings);
	free(clean);
	if (ok && (size_t)out->count > limit(LIMIT_POINTS)) {
		ok = error_set(err, ERR_BAD_INPUT, _("the list has %d names; at most %zu"
			" points are taken, nothing was added"), out->count,
			limit(LIMIT_POINTS));
	}
	if (ok && out->count == 0) {
		ok = error_set(err, ERR_BAD_INPUT, _("the list has no name in it"));
	}
	if (!ok) {
		point_lines_clear(out);
	} else if (!out->table) {
		drop_counting(out);
	}
	return ok;
}

bool
point_lines_add(struct point_lines *out, const char *name, struct error *err)
{
	struct point_lines one;

	if (!point_lines_read(&one, name, strlen(name), err)) {
		return false;
	}
	for (int i = 0; i < one.count; i++) {
		out->list = xrealloc(out->list,
			((size_t)out->count + 1) * sizeof *out->list);
		out->list[out->count++] = one.list[i];
	}
	free(one.list);
	return true;
}
