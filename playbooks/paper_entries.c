/* paper_entries.c owns the table of what was done on paper. */
#include "playbooks/paper_entries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/note.h"
#include "core/person.h"
#include "core/when.h"
#include "playbooks/player.h"

#define HOUR_MS (60 * 60000LL)

/* ---- reading ---- */

static void
clear_row(struct paper_row *row)
{
	free(row->time);
	free(row->what);
	free(row->step);
	free(row->who);
}

void
paper_rows_free(struct paper_row *rows, int count)
{
	for (int i = 0; i < count; i++) {
		clear_row(&rows[i]);
	}
	free(rows);
}

/* The next cell of the line, without blanks around it. */
static char *
cell(const char **at, const char *end, char part)
{
	const char *from = *at;
	const char *to = from;
	char *text;

	while (to < end && *to != part) {
		to++;
	}
	*at = to < end ? to + 1 : end;
	while (from < to && (*from == ' ' || *from == '\t')) {
		from++;
	}
	while (to > from && (to[-1] == ' ' || to[-1] == '\t' || to[-1] == '\r')) {
		to--;
	}
	text = xstrndup(from, (size_t)(to - from));
	return text;
}

static bool
is_head(const char *time)
{
	char *folded = fold_text(time);
	bool head = strncmp(folded, "gio", 3) == 0 || strcmp(folded, "time") == 0 ||
		strcmp(folded, "luc") == 0;

	free(folded);
	return head;
}

/* The next word; *at stands behind it and the blanks. */
static char *
word(const char **at, const char *end)
{
	const char *from = *at;
	const char *to = from;

	while (to < end && *to != ' ') {
		to++;
	}
	*at = to;
	while (*at < end && **at == ' ') {
		(*at)++;
	}
	return xstrndup(from, (size_t)(to - from));
}

/* Without cells: "02:36 #15 what was done @Nam", "21/11 02:36 ..."; the step's
 * answers stand behind it: "#12 phut=45". */
static void
read_words(struct paper_row *row, const char *at, const char *end)
{
	struct buf what = { 0 };
	struct buf step = { 0 };
	struct buf who = { 0 };
	char *first = word(&at, end);

	if (strchr(first, '/') != NULL && at < end) {
		char *clock = word(&at, end);

		row->time = xasprintf("%s %s", first, clock);
		free(clock);
		free(first);
	} else {
		row->time = first;
	}
	while (at < end) {
		char *one = word(&at, end);
		bool answer = step.len > 0 && what.len == 0 && strchr(one, '=') != NULL;
		struct buf *to = who.len > 0 || one[0] == '@' ? &who
			: answer || (one[0] == '#' && step.len == 0) ? &step : &what;

		buf_addf(to, "%s%s", to->len > 0 ? " " : "",
			one + (one[0] == '@' || (to == &step && one[0] == '#')));
		free(one);
	}
	row->what = buf_take(&what);
	row->step = buf_take(&step);
	row->who = buf_take(&who);
}

static void
read_line(struct paper_row *row, const char *line, size_t len)
{
	char part = memchr(line, '\t', len) != NULL ? '\t' : '|';
	const char *at = line + strspn(line, " \t");
	const char *end = line + len;

	while (end > at && (end[-1] == ' ' || end[-1] == '\r')) {
		end--;
	}
	if (memchr(line, part, len) == NULL) {
		read_words(row, at, end);
		return;
	}
	at = line;
	row->time = cell(&at, end, part);
	row->what = cell(&at, end, part);
	row->step = cell(&at, end, part);
	row->who = cell(&at, end, part);
}

/* One line; a head line and what is no row are passed over. */
static bool
take_line(struct paper_row **rows, int *count, const char *line, size_t len, bool first,
	struct error *err)
{
	size_t blank = strspn(line, " \t\r");
	struct paper_row row;

	if (blank >= len || line[blank] == '#') {
		return true;
	}
	read_line(&row, line, len);
	if (first && is_head(row.time)) {
		clear_row(&row);
		return true;
	}
	if (*count == PAPER_ROWS) {
		clear_row(&row);
		return error_set(err, ERR_BAD_INPUT,
			_("more than %d rows: file them in parts"), PAPER_ROWS);
	}
	*rows = xrealloc(*rows, (size_t)(*count + 1) * sizeof **rows);
	(*rows)[(*count)++] = row;
	return true;
}

bool
paper_read(struct paper_row **rows, int *count, const char *text, struct error *err)
{
	bool first = true;
	bool ok = true;

	*rows = NULL;
	*count = 0;
	for (; ok && *text != '\0'; first = false) {
		size_t len = strcspn(text, "\n");

		ok = take_line(rows, count, text, len, first, err);
		text += len + (text[len] == '\n');
	}
	if (ok && *count == 0) {
		ok = error_set(err, ERR_BAD_INPUT, _("there is no row in it"));
	}
	if (!ok) {
		paper_rows_free(*rows, *count);
		*rows = NULL;
		*count = 0;
	}
	return ok;
}

/* ---- filing ---- */

struct timed {
	const struct paper_row *row;
	int n; /* 1-based, as it stood */
	int64_t at;
};

static int
by_time(const void *a, const void *b)
{
	const struct timed *one = a;
	const struct timed *other = b;

	return one->at != other->at ? (one->at < other->at ? -1 : 1) : one->n - other->n;
}

/* The earliest time that a row may have: an hour before the incident, since who
 * writes 03:59 at 02:23 does not mean yesterday. */
static bool
earliest(int64_t *out, struct desk *desk, const char *case_id, struct error *err)
{
	struct ir_case c = { 0 };
	bool ok = case_load(&c, desk, case_id, err);

	if (ok) {
		*out = c.detected_at < c.opened_at ? c.detected_at : c.opened_at;
		*out = c.occurred_at != 0 && c.occurred_at < *out ? c.occurred_at : *out;
		*out -= HOUR_MS;
	}
	case_clear(&c);
	return ok;
}

/* An hour alone that was meant for today, or a time that is simply too old. */
static bool
too_early(const struct timed *timed, struct desk *desk, struct error *err)
{
	const char *typed = timed->row->time;
	char at[WHEN_SHORT_SIZE], today[WHEN_SHORT_SIZE], day[WHEN_SHORT_SIZE];

	when_full(at, timed->at, desk_zone(desk));
	when_day(day, timed->at, desk_zone(desk));
	when_day(today, desk_now(desk), desk_zone(desk));
	return strpbrk(typed, "/-") == NULL && strcmp(day, today) != 0
		? error_set(err, ERR_BAD_INPUT, _("%s has not come yet today, and %s is long"
			" before the incident"), typed, at)
		: error_set(err, ERR_BAD_INPUT, _("%s is long before the incident"), at);
}

static bool
parse_row(struct timed *timed, struct desk *desk, int64_t from, struct error *err)
{
	const struct paper_row *row = timed->row;

	if (row->what[0] == '\0' && row->step[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("it does not say what was done"));
	}
	if (row->time[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("it does not say when"));
	}
	if (!when_parse(&timed->at, row->time, WHEN_PAST, desk_now(desk), desk_zone(desk),
		    err)) {
		return false;
	}
	if (timed->at < from) {
		return too_early(timed, desk, err);
	}
	return timed->at <= desk_now(desk) || error_set(err, ERR_BAD_INPUT,
		_("%s is in the future"), row->time);
}

/* "what (by whom)". */
static char *
words_of(const struct paper_row *row)
{
	return row->who[0] == '\0' ? xstrdup(row->what)
		: row->what[0] == '\0' ? xasprintf(_("done by %s"), row->who)
		: xasprintf(_("%s (by %s)"), row->what, row->who);
}

/* *by says who ended the step and when, NULL where it is open; the caller's. */
static bool
done_by(char **by, struct desk *desk, const char *case_id, const char *step,
	struct error *err)
{
	struct case_runs runs = { 0 };
	const struct instance *instance;
	struct case_run *run;
	bool ok = case_runs_load(&runs, desk, case_id, err) &&
		case_runs_find(&run, &instance, &runs, step, err);

	*by = NULL;
	if (ok && instance->ended_at != 0) {
		char at[WHEN_SHORT_SIZE];

		when_near(at, instance->ended_at, desk_now(desk), desk_zone(desk));
		*by = xasprintf(_("step %s was ended at %s by %s already"), step, at,
			PERSON(desk, instance->ended_by));
	}
	case_runs_finish(&runs);
	return ok;
}

/* The step, and the answers behind it; both the caller's. */
static struct json *
split_step(char **step, const char *typed)
{
	struct json *values = json_object();
	size_t len = strcspn(typed, " ");

	*step = xstrndup(typed, len);
	typed += len;
	while (*(typed += strspn(typed, " ")) != '\0') {
		const char *equals;

		len = strcspn(typed, " ");
		equals = memchr(typed, '=', len);
		if (equals != NULL) {
			char *name = xstrndup(typed, (size_t)(equals - typed));
			char *value = xstrndup(equals + 1, len - (size_t)(equals - typed) - 1);

			json_set_text(values, name, value);
			free(name);
			free(value);
		}
		typed += len;
	}
	return values;
}

/* One act that files all of it, or says what stands in the way. */
struct filing {
	struct desk *desk;
	const char *case_id;
	bool done_as_notes;
	struct paper_filed *out;
	char *done;   /* the first row of a step that was done already: by whom, when */
	int done_n, done_rows;
};

static bool
file_note(struct filing *f, const struct timed *timed, const char *words,
	struct error *err)
{
	f->out->notes++;
	return note_add(f->desk, f->case_id, &(struct note_new){ .text = words,
		.at = timed->at, .typed = timed->row->time }, err);
}

/* "step 16 was ended at 00:02 by Tuấn already; on paper: copied (by Linh)". */
static bool
file_again(struct filing *f, const struct timed *timed, const char *words, char *by,
	struct error *err)
{
	const char *answers = strchr(timed->row->step, ' ');
	char *text;
	bool ok;

	f->done_rows++;
	if (!f->done_as_notes) {
		if (f->done == NULL) {
			f->done = xstrdup(by);
			f->done_n = timed->n;
		}
		return true;
	}
	text = xasprintf(_("%s; on paper: %s%s"), by, words,
		answers != NULL ? answers : "");
	f->out->again++;
	ok = file_note(f, timed, text, err);
	free(text);
	return ok;
}

static bool
file_step(struct filing *f, const struct timed *timed, const char *words,
	struct error *err)
{
	char *step = NULL, *by = NULL;
	struct json *values = split_step(&step, timed->row->step);
	const struct step_act act = { .action = RUN_DONE, .note = words, .values = values,
		.at = timed->at, .typed = timed->row->time };
	bool ok = done_by(&by, f->desk, f->case_id, step, err);

	if (ok && by != NULL) {
		ok = file_again(f, timed, words, by, err);
	} else if (ok) {
		f->out->steps++;
		ok = player_step(f->desk, f->case_id, step, &act, err);
	}
	json_free(values);
	free(by);
	free(step);
	return ok;
}

static bool
file_row(struct filing *f, const struct timed *timed, struct error *err)
{
	char *words = words_of(timed->row);
	bool ok = timed->row->step[0] != '\0' ? file_step(f, timed, words, err)
		: file_note(f, timed, words, err);

	free(words);
	return ok && change_flush(f->desk, err);
}

/* Whose fault it is stands before what it is. */
static bool
name_row(struct paper_filed *out, int n, struct error *err)
{
	bool missing = strstr(err->detail, "\"missing\"") != NULL;
	char message[sizeof err->message];

	out->bad = n;
	(void)snprintf(message, sizeof message, "%s", err->message);
	(void)error_set(err, err->code, missing
		? _("row %d: %s; answers stand behind the step: #12 name=45") : _("row %d: %s"),
		n, message);
	(void)snprintf(err->detail, sizeof err->detail, "{\"row\":%d}", n);
	return false;
}

/* All rows of steps that were done already are counted before one is refused: who
 * reads it decides once. */
static bool
refuse_done(const struct filing *f, struct error *err)
{
	if (f->done == NULL) {
		return true;
	}
	(void)(f->done_rows == 1
		? error_set(err, ERR_CONFLICT,
			_("%s: leave the step blank to keep it as a note"), f->done)
		: error_set(err, ERR_CONFLICT,
			_("%s, and %d more such rows: leave the steps blank to keep them as notes"),
			f->done, f->done_rows - 1));
	return name_row(f->out, f->done_n, err);
}

bool
paper_file(struct desk *desk, const char *case_id, const struct paper_row *rows,
	int count, bool done_as_notes, struct paper_filed *out, struct error *err)
{
	struct filing f = { .desk = desk, .case_id = case_id, .out = out,
		.done_as_notes = done_as_notes };
	struct timed *timed = xcalloc((size_t)count + 1, sizeof *timed);
	int64_t from;
	bool ok = earliest(&from, desk, case_id, err);

	*out = (struct paper_filed){ 0 };
	for (int i = 0; ok && i < count; i++) {
		timed[i] = (struct timed){ .row = &rows[i], .n = i + 1 };
		ok = parse_row(&timed[i], desk, from, err) || name_row(out, i + 1, err);
	}
	qsort(timed, (size_t)count, sizeof *timed, by_time);
	if (ok && change_begin(desk, err)) {
		for (int i = 0; ok && i < count; i++) {
			ok = file_row(&f, &timed[i], err) || name_row(out, timed[i].n, err);
		}
		ok = ok && refuse_done(&f, err);
		ok = change_end(desk, ok, err);
	} else {
		ok = false;
	}
	free(f.done);
	free(timed);
	return ok;
}
