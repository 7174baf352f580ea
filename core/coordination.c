/* coordination.c owns how rules of the family `coordination` read as a table. */
#include "core/coordination.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/pages.h"
#include "core/rule.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

#define CELLS 74 /* A4 with margins */

void
coordination_clear(struct coordination *row)
{
	free(row->code);
	free(row->kinds);
	free(row->lead);
	free(row->support);
	free(row->channel);
	free(row->report);
	free(row->source);
	*row = (struct coordination){ 0 };
}

static char *
in_language(const struct json *words)
{
	const char *text = json_get_text(words,
		strcmp(i18n_language(), "vi") == 0 ? "vi" : "en");

	return xstrdup(text == NULL ? "" : text);
}

static char *
kinds_of(const struct json *wanted)
{
	struct buf out = { 0 };

	if (wanted == NULL) {
		return xstrdup(_("any kind"));
	}
	if (json_is(wanted, JSON_STRING)) {
		return xstrdup(word_label(WORDS_KIND, json_text(wanted, "")));
	}
	for (const struct json *one = json_first(wanted); one != NULL;
	     one = json_next(one)) {
		buf_addf(&out, "%s%s", out.len > 0 ? ", " : "",
			word_label(WORDS_KIND, json_text(one, "")));
	}
	return buf_take(&out);
}

static void
add_word(char out[100], const char *word)
{
	size_t at = strlen(out);

	(void)snprintf(out + at, 100 - at, "%s%s ", at == 0 ? " " : "", word);
}

static void
words_of_kinds(char out[100], const struct json *wanted)
{
	out[0] = '\0';
	if (json_is(wanted, JSON_STRING)) {
		add_word(out, json_text(wanted, ""));
		return;
	}
	for (const struct json *one = json_first(wanted); one != NULL;
	     one = json_next(one)) {
		add_word(out, json_text(one, ""));
	}
}

bool
coordination_fits(const struct coordination *row, const char *kind)
{
	char word[40];

	(void)snprintf(word, sizeof word, " %s ", kind);
	return row->kind_words[0] == '\0' || strstr(row->kind_words, word) != NULL;
}

/* A number, a range, a list. */
static void
severity_of(char out[16], const struct json *wanted)
{
	size_t at = 0;

	out[0] = '\0';
	if (json_is(wanted, JSON_NUMBER)) {
		(void)snprintf(out, 16, "%d", (int)json_integer(wanted, 0) % 10);
	} else if (json_is(wanted, JSON_OBJECT)) {
		(void)snprintf(out, 16, "%d-%d", (int)json_get_int(wanted, "min", 1) % 10,
			(int)json_get_int(wanted, "max", 4) % 10);
	} else {
		for (const struct json *one = json_first(wanted); one != NULL && at < 12;
		     one = json_next(one)) {
			at += (size_t)snprintf(out + at, 16 - at, "%s%d", at > 0 ? "," : "",
				(int)json_integer(one, 0) % 10);
		}
	}
}

static void
from_rule(struct coordination *row, const struct json *rule)
{
	const struct json *when = json_get(rule, "when");
	const struct json *then = json_get(rule, "then");
	const char *limit = json_get_text(then, "limit");
	struct error none = ERROR_INIT;

	*row = (struct coordination){
		.code = xstrdup(json_get_text(rule, "code")),
		.kinds = kinds_of(json_get(when, "kind")),
		.lead = in_language(json_get(then, "lead")),
		.support = in_language(json_get(then, "support")),
		.channel = in_language(json_get(then, "channel")),
		.report = in_language(json_get(then, "report")),
		.source = xstrdup(json_get_text(rule, "source") != NULL
			? json_get_text(rule, "source") : ""),
		.valid = json_get_bool(rule, "valid"),
	};
	words_of_kinds(row->kind_words, json_get(when, "kind"));
	severity_of(row->severity, json_get(when, "severity"));
	if (limit != NULL && !when_parse_span(&row->limit, limit, &none)) {
		row->limit = 0;
	}
}

bool
coordination_each(struct desk *desk, coordination_visit *visit, void *arg,
	struct error *err)
{
	struct json *rules = NULL;
	bool go_on = true;

	if (!rule_list(desk, "coordination", &rules, err)) {
		return false;
	}
	for (const struct json *rule = json_first(rules); go_on && rule != NULL;
	     rule = json_next(rule)) {
		struct coordination row;

		from_rule(&row, rule);
		go_on = !row.valid || visit(&row, arg);
		coordination_clear(&row);
	}
	json_free(rules);
	return true;
}

bool
coordination_of(struct coordination *out, bool *found, struct desk *desk,
	const struct ir_case *c, struct error *err)
{
	struct json *facts = NULL, *rule = NULL;
	bool ok = rule_facts_of(desk, c, &facts, err) &&
		rule_first(desk, "coordination", facts, &rule, err);

	*out = (struct coordination){ 0 };
	*found = ok && rule != NULL;
	if (*found) {
		from_rule(out, rule);
	}
	json_free(facts);
	json_free(rule);
	return ok;
}

/* ---- for people ---- */

static void
say(struct buf *out, const char *label, const char *text)
{
	if (text[0] != '\0') {
		buf_addf(out, "%s: %s\n", label, text);
	}
}

void
coordination_words(struct buf *out, const struct coordination *row)
{
	char span[WHEN_SHORT_SIZE] = "";

	if (row->limit > 0) {
		when_span(span, row->limit, i18n_language());
	}
	say(out, _("Leads"), row->lead);
	say(out, _("Supports"), row->support);
	say(out, _("Channel"), row->channel);
	say(out, _("Within"), span);
	say(out, _("Report"), row->report);
}

/* Broken at blanks, each line after the first stands in. */
static void
wrapped(struct buf *out, const char *label, const char *text)
{
	int room = CELLS - 4 - text_width(label) - 2;

	buf_addf(out, "    %s: ", label);
	while (text_width(text) > room) {
		size_t fits = text_fit(text, room, NULL);
		size_t cut = fits;

		while (cut > 0 && text[cut] != ' ') {
			cut--;
		}
		cut = cut > 0 ? cut : fits;
		buf_addf(out, "%.*s\n      ", (int)cut, text);
		text += cut + strspn(text + cut, " ");
		room = CELLS - 6;
	}
	buf_addf(out, "%s\n", text);
}

struct annex {
	struct buf *out;
	int count;
};

static bool
put_row(const struct coordination *row, void *arg)
{
	struct annex *a = arg;
	const char *letter = strcmp(i18n_language(), "vi") == 0 ? "M" : "S";
	char span[WHEN_SHORT_SIZE] = "";

	if (row->limit > 0) {
		when_span(span, row->limit, i18n_language());
	}
	buf_addf(a->out, "\n%2d. %s", ++a->count, row->kinds);
	if (row->severity[0] != '\0') {
		buf_addf(a->out, ", %s%s", letter, row->severity);
	} else {
		buf_addf(a->out, ", %s", _("other severities"));
	}
	if (span[0] != '\0') {
		buf_addf(a->out, "   (%s: %s)", _("Within"), span);
	}
	buf_addc(a->out, '\n');
	wrapped(a->out, _("Leads"), row->lead);
	wrapped(a->out, _("Supports"), row->support);
	if (row->channel[0] != '\0') {
		wrapped(a->out, _("Channel"), row->channel);
	}
	if (row->report[0] != '\0') {
		wrapped(a->out, _("Report"), row->report);
	}
	return true;
}

bool
coordination_paper(struct buf *out, struct desk *desk, struct error *err)
{
	struct annex annex = { .out = out };
	char when[WHEN_SHORT_SIZE];

	when_full(when, desk_now(desk), desk_zone(desk));
	buf_addf(out, "%s\n%s, %s\n", _("ANNEX: COORDINATION TABLE"), desk_name(desk), when);
	if (!coordination_each(desk, put_row, &annex, err)) {
		return false;
	}
	if (annex.count == 0) {
		buf_addf(out, "\n%s\n", _("the table has no row"));
	}
	return true;
}

bool
coordination_pages(struct buf *out, struct desk *desk, struct error *err)
{
	struct buf all = { 0 };
	struct pages pages = { 0 };
	char *rest = NULL;

	if (!coordination_paper(&all, desk, err)) {
		buf_free(&all);
		return false;
	}
	pages_keep(&pages);
	for (char *line = all.data; line != NULL; line = rest) {
		rest = strchr(line, '\n');
		if (rest != NULL) {
			*rest++ = '\0';
		}
		if (line[0] == '\0') {
			pages_keep_end(&pages);
			pages_keep(&pages);
		}
		pages_add(&pages, "%s", line);
	}
	pages_keep_end(&pages);
	pages_take(out, &pages, desk_name(desk));
	buf_free(&all);
	return true;
}
