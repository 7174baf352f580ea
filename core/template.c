/* template.c fills the texts that leave the desk.  What a contact may be told
 * is a column of the table of values, so that no file can tell more. */
#include "core/template.h"

#include <stdlib.h>
#include <string.h>

#include "core/answer_mark.h"
#include "core/buf.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/place.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

#define TEMPLATE_MAX 65536
#define NAME_MAX_BYTES 40

struct value;
typedef bool value_fn(struct buf *out, const struct value *value,
	const struct template_in *in);

struct value {
	const char *name;
	value_fn *write; /* false: nobody gave it */
	bool outside;    /* a contact may see it */
	bool red;        /* shown even of a TLP:RED case */
};

/* Every line that we write out is one line, whatever was typed. */
static bool
write_text(struct buf *out, const struct value *value, const struct template_in *in)
{
	const char *text = json_get_text(in->vars, value->name);
	char *line;

	if (text == NULL || text[0] == '\0') {
		return false;
	}
	line = text_printable(text, strlen(text));
	buf_adds(out, line);
	free(line);
	return true;
}

static bool
write_number(struct buf *out, const struct value *value, const struct template_in *in)
{
	int64_t number = json_get_int(in->vars, value->name, 0);

	if (number != 0) {
		buf_addf(out, "%lld", (long long)number);
	}
	return number != 0;
}

static bool
write_time(struct buf *out, const struct value *value, const struct template_in *in)
{
	int64_t at = json_get_int(in->vars, value->name, 0);
	char text[WHEN_SHORT_SIZE];

	if (at == 0) {
		return false;
	}
	when_full(text, at, in->zone);
	buf_adds(out, text);
	return true;
}

static const char *
label_of(enum word_list list, const char *word, const char *language)
{
	for (const struct word *row = words_of(list); row->word != NULL; row++) {
		if (strcmp(row->word, word) == 0) {
			return i18n_in(language, row->label);
		}
	}
	return word;
}

static bool
write_kind(struct buf *out, const struct value *value, const struct template_in *in)
{
	const char *kind = json_get_text(in->vars, value->name);

	buf_adds(out, kind == NULL ? "" : label_of(WORDS_KIND, kind, in->language));
	return kind != NULL && kind[0] != '\0';
}

/* "3 (serious)"; what the rules suggest and nobody decided: "3? (serious)". */
static bool
write_severity(struct buf *out, const struct value *value, const struct template_in *in)
{
	int64_t decided = json_get_int(in->vars, value->name, 0);
	int64_t counts = decided != 0 ? decided : json_get_int(in->vars, "suggested", 0);
	const char word[] = { (char)('0' + counts), '\0' };

	if (counts < 1 || counts > 4) {
		return false;
	}
	buf_addf(out, "%s%s (%s)", word, decided != 0 ? "" : "?",
		label_of(WORDS_SEVERITY, word, in->language));
	return true;
}

static bool
write_asset(struct buf *out, const struct value *value __attribute__((unused)),
	const struct template_in *in)
{
	static const struct value name = { .name = "asset_name" };
	static const struct value code = { .name = "asset" };

	return write_text(out, &name, in) || write_text(out, &code, in);
}

static bool
write_request(struct buf *out, const struct value *value __attribute__((unused)),
	const struct template_in *in)
{
	static const struct value vi = { .name = "request_vi" };
	static const struct value en = { .name = "request_en" };
	bool english = strcmp(in->language, "en") == 0;

	return write_text(out, english ? &en : &vi, in) ||
		write_text(out, english ? &vi : &en, in);
}

/* How long, in words of the recipient's language. */
static bool
write_span(struct buf *out, const struct value *value, const struct template_in *in)
{
	long long minutes = json_get_int(in->vars, value->name, 0) / 60000;

	if (minutes < 120) {
		buf_addf(out, i18n_in(in->language, N_("%lld minutes")), minutes);
	} else if (minutes < 48 * 60LL) {
		buf_addf(out, i18n_in(in->language, N_("%lld hours %lld minutes")), minutes / 60,
			minutes % 60);
	} else {
		buf_addf(out, i18n_in(in->language, N_("%lld days")), minutes / 1440);
	}
	return true;
}

/* "- 2026-0042 · Mất điện trạm chính · S3 · 4 tin: Đọc ắc quy; Gọi điện lực" */
static void
write_case(struct buf *out, const struct json *row, const char *language)
{
	static const char *const names[] = { "number", "title" };
	int64_t decided = json_get_int(row, "severity", 0);
	int64_t severity = decided != 0 ? decided : json_get_int(row, "suggested", 0);
	int64_t n = json_get_int(row, "n", 1);
	const char *between = ": ";
	bool first = true;

	buf_adds(out, "- ");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *text = json_get_text(row, names[i]);
		char *line = text == NULL ? NULL : text_printable(text, strlen(text));

		if (line != NULL && line[0] != '\0') {
			buf_addf(out, "%s%s", first ? "" : " · ", line);
			first = false;
		}
		free(line);
	}
	if (first) {
		buf_adds(out, label_of(WORDS_TEMPLATE, json_get_text(row, "template"), language));
	}
	if (severity >= 1 && severity <= 4) {
		buf_addf(out, " · S%lld%s", (long long)severity, decided != 0 ? "" : "?");
	}
	if (n > 1) {
		buf_adds(out, " · ");
		buf_addf(out, i18n_in(language, N_("%lld messages")), (long long)n);
	}
	for (const struct json *work = json_first(json_get(row, "works")); work != NULL;
	     work = json_next(work)) {
		const char *text = json_get_text(work, "work");
		char *line = text_printable(text, strlen(text));

		buf_addf(out, "%s%s", between, line);
		between = "; ";
		free(line);
	}
}

/* Each case that calls is answered by itself: who answers one takes no other. */
static void
write_answer(struct buf *out, const struct json *row, const char *language)
{
	const char *id = json_get_text(row, "answers");
	char *said;

	if (id != NULL && uuid_valid(id)) {
		said = xasprintf(i18n_in(language, N_("Answer %s here:")),
			json_text_of(row, "number"));
		buf_addf(out, "\n  %s " ANSWER_MARK_OF "%s>>", said, id);
		free(said);
	}
}

static bool
write_cases(struct buf *out, const struct value *value, const struct template_in *in)
{
	const struct json *rows = json_get(in->vars, value->name);
	const struct json *row = json_first(rows);

	for (; row != NULL; row = json_next(row)) {
		write_case(out, row, in->language);
		write_answer(out, row, in->language);
		if (json_next(row) != NULL) {
			buf_addc(out, '\n');
		}
	}
	return json_count(rows) > 0;
}

/* One a line. */
static bool
write_faults(struct buf *out, const struct value *value, const struct template_in *in)
{
	const struct json *rows = json_get(in->vars, value->name);

	for (const struct json *row = json_first(rows); row != NULL; row = json_next(row)) {
		const char *text = json_text(row, "");
		char *line = text_printable(text, strlen(text));

		buf_addf(out, "- %s%s", line, json_next(row) == NULL ? "" : "\n");
		free(line);
	}
	return json_count(rows) > 0;
}

static const struct value values[] = {
	{ "affected", write_text, true, false },
	{ "asset", write_asset, true, false },
	{ "body", write_text, true, true },
	{ "asker", write_text, false, true },
	{ "back_from_at", write_time, false, true },
	{ "back_layer", write_text, false, true },
	{ "back_to_at", write_time, false, true },
	{ "case_count", write_number, false, true },
	{ "cases", write_cases, false, true },
	{ "count", write_number, false, true },
	{ "detected_at", write_time, true, true },
	{ "doing", write_text, true, false },
	{ "done", write_text, true, false },
	{ "due_at", write_time, false, true },
	{ "faults", write_faults, false, true },
	{ "from_at", write_time, false, true },
	{ "impact", write_text, true, false },
	{ "kind", write_kind, true, true },
	{ "layer", write_text, false, true },
	{ "link", write_text, false, true },
	{ "n", write_number, false, true },
	{ "next_at", write_time, true, true },
	{ "number", write_text, true, true },
	{ "oldest", write_span, false, true },
	{ "oldest_at", write_time, false, true },
	{ "owner", write_text, false, true },
	{ "points", write_text, true, false },
	{ "reason", write_text, false, true },
	{ "recovered", write_text, true, false },
	{ "recovered_at", write_time, true, true },
	{ "request", write_request, true, false },
	{ "said", write_text, false, true },
	{ "severity", write_severity, false, true },
	{ "title", write_text, false, false },
	{ "to_at", write_time, false, true },
	{ "waiting", write_text, true, false },
	{ "wanted", write_text, true, false },
	{ "work", write_text, false, false },
	{ "workaround", write_text, true, false },
};

static const struct value *
value_named(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		if (strlen(values[i].name) == len && memcmp(values[i].name, name, len) == 0) {
			return &values[i];
		}
	}
	return NULL;
}

struct filling {
	const struct template_in *in;
	const char *file;
	int line;
};

static bool
fault(const struct filling *f, const char *name, size_t len, struct error *err)
{
	return error_set(err, ERR_BAD_INPUT, _("%s:%d: there is no value {%.*s}"), f->file,
		f->line, (int)(len < NAME_MAX_BYTES ? len : NAME_MAX_BYTES), name);
}

/* Fills one line; *whole is false where a value was missing. */
static bool
fill_line(struct buf *out, const struct filling *f, const char *line, size_t len,
	bool *whole, struct error *err)
{
	*whole = true;
	for (size_t at = 0; at < len;) {
		const char *open = memchr(line + at, '{', len - at);
		const char *end = open == NULL ? NULL
			: memchr(open, '}', (size_t)(line + len - open));
		const struct value *value;

		if (end == NULL) {
			buf_add(out, line + at, len - at);
			break;
		}
		value = value_named(open + 1, (size_t)(end - open - 1));
		if (value == NULL) {
			return fault(f, open + 1, (size_t)(end - open - 1), err);
		}
		buf_add(out, line + at, (size_t)(open - line) - at);
		if ((f->in->outside && !value->outside) || (f->in->red && !value->red) ||
		    !value->write(out, value, f->in)) {
			*whole = false;
		}
		at = (size_t)(end + 1 - line);
	}
	return true;
}

static bool
fill_text(struct buf *out, struct filling *f, const char *source, struct error *err)
{
	bool wanted = true; /* an alternative stands where all above were left out */
	bool stood = false;

	while (*source != '\0') {
		size_t len = strcspn(source, "\n");
		bool other = *source == '|';
		struct buf line = { 0 };
		bool whole;

		f->line++;
		wanted = !other || !stood;
		if (!fill_line(&line, f, source + other, len - other, &whole, err)) {
			buf_free(&line);
			return false;
		}
		if (wanted && whole) {
			buf_add(out, buf_text(&line), line.len);
			buf_addc(out, '\n');
		}
		stood = other ? stood || whole : whole;
		buf_free(&line);
		source += len + (source[len] == '\n');
	}
	return true;
}

/* Blanks that a missing value left behind are folded. */
static char *
tidy(const struct buf *line)
{
	struct buf out = { 0 };
	const char *text = buf_text(line);

	for (const char *p = text; *p != '\0'; p++) {
		if (*p != ' ' || (out.len > 0 && out.data[out.len - 1] != ' ')) {
			buf_addc(&out, *p);
		}
	}
	while (out.len > 0 && strchr(" :,", out.data[out.len - 1]) != NULL) {
		out.data[--out.len] = '\0';
	}
	return buf_take(&out);
}

static const char *
drill_mark(const struct template_in *in)
{
	return strcmp(in->language, "en") == 0 ? "[DIỄN TẬP] [DRILL]" : "[DIỄN TẬP]";
}

bool
template_fill(char **subject, char **text, const char *file, const char *source,
	const struct template_in *in, struct error *err)
{
	static const char head[] = "Subject: ";
	struct filling f = { .in = in, .file = file, .line = 1 };
	size_t len = strcspn(source, "\n");
	struct buf first = { 0 };
	struct buf rest = { 0 };
	bool whole;
	bool ok;

	if (strncmp(source, head, strlen(head)) != 0 || strncmp(source + len, "\n\n", 2) != 0) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s:1: must begin with \"Subject: ...\" and a blank line"), file);
	}
	if (in->drill) {
		buf_addf(&first, "%s ", drill_mark(in));
		buf_addf(&rest, "%s\n", drill_mark(in));
	}
	ok = fill_line(&first, &f, source + strlen(head), len - strlen(head), &whole, err);
	f.line = 2;
	ok = ok && fill_text(&rest, &f, source + len + 2, err);
	if (ok) {
		if (in->drill) {
			buf_addf(&rest, "%s\n", drill_mark(in));
		}
		*subject = tidy(&first);
		*text = buf_take(&rest);
	}
	buf_free(&first);
	buf_free(&rest);
	return ok;
}

/* Names come from our own code and, in messages, from rows: no path in them. */
static bool
plain_word(const char *word)
{
	return word[0] != '\0' &&
		strspn(word, "abcdefghijklmnopqrstuvwxyz_") == strlen(word);
}

bool
template_render(char **subject, char **text, const struct template_in *in,
	struct error *err)
{
	char *name;
	char *path = NULL;
	char *source = NULL;
	size_t len;
	bool ok;

	if (!plain_word(in->name) || !plain_word(in->language)) {
		return error_set(err, ERR_BAD_INPUT, _("there is no text named %.40s"), in->name);
	}
	name = xasprintf("templates/%s/%s.txt", in->language, in->name);
	ok = place_data(&path, name, err) &&
		file_read(&source, &len, path, TEMPLATE_MAX, err) &&
		template_fill(subject, text, path, source, in, err);
	free(name);
	free(path);
	free(source);
	return ok;
}
