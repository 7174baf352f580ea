/* verb_list.c: list. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/case_json.h"
#include "cli/case_text.h"
#include "cli/csv.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/list.h"
#include "core/search.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

static bool
word_bits(const char *what, const char *list, enum word_list words, unsigned *bits,
	struct error *err)
{
	const struct word *rows = words_of(words);
	char **parts = NULL;
	int count = 0;
	bool ok = list == NULL || cli_split(list, &parts, &count, err);

	*bits = 0;
	for (int i = 0; ok && i < count; i++) {
		ok = word_check(words, what, parts[i], err);
		for (int j = 0; ok && rows[j].word != NULL; j++) {
			if (strcmp(rows[j].word, parts[i]) == 0) {
				*bits |= 1U << j;
			}
		}
	}
	cli_free_list(parts, count);
	return ok;
}

static bool
read_filter(struct cli *cli, struct list_filter *f, struct error *err)
{
	const char *sort = cli_option(cli, "sort");
	const char *limit_text = cli_option(cli, "limit");
	int64_t rows = 100;

	*f = (struct list_filter){
		.open = cli_switch(cli, "open"),
		.overdue = cli_switch(cli, "overdue"),
		.drill = cli_switch(cli, "drill") ? 1 : 0,
		.owner = cli_switch(cli, "mine") ? desk_me(cli->desk)->id : NULL,
		.after = cli_option(cli, "after"),
	};
	if (sort != NULL && strcmp(sort, "due") == 0) {
		f->sort = SORT_DUE;
	} else if (sort != NULL && strcmp(sort, "newest") != 0) {
		return error_set(err, ERR_BAD_INPUT, _("--sort is newest or due"));
	}
	if (limit_text != NULL && !cli_number("--limit", limit_text, 1, 100000, &rows, err)) {
		return false;
	}
	f->limit = (int)rows;
	return word_bits(_("status"), cli_option(cli, "status"), WORDS_STATUS, &f->statuses,
		       err) &&
		word_bits(_("kind"), cli_option(cli, "kind"), WORDS_KIND, &f->kinds, err);
}

struct listing {
	struct cli *cli;
	struct json *rows; /* NULL unless --json */
	int count;
};

void
print_case_row(struct cli *cli, const struct ir_case *c)
{
	char due[32];
	char severity[8] = "--";
	char *status = text_column(word_label(WORDS_STATUS, c->status), 16, true, false);
	char *owner = text_column(c->owner_login[0] == '\0' ? _("NOBODY") : c->owner_login, 9,
		true, false);
	char *when;

	if (case_severity(c) != 0) {
		(void)snprintf(severity, sizeof severity, "%s%d%s", _("S"), case_severity(c),
			c->severity == 0 ? "?" : "");
	}
	when_due(due, c->is_open ? c->due_at : NO_DUE, desk_now(cli->desk),
		i18n_language());
	when = text_column(due, 10, true, false);
	cli_say(cli, "%-11s %-3s %s %s %s %s", c->number, severity, status, when, owner, c->title);
	free(when);
	free(owner);
	free(status);
}

static bool
on_case(const struct ir_case *c, const char *cursor, void *arg)
{
	struct listing *l = arg;

	l->count++;
	if (l->rows != NULL) {
		struct json *row = case_row_json(l->cli, c);

		json_set_text(row, "cursor", cursor);
		json_push(l->rows, row);
	} else if (l->cli->csv) {
		struct json *row = case_row_json(l->cli, c);

		csv_row(l->cli, row, l->count == 1);
		json_free(row);
	} else {
		print_case_row(l->cli, c);
	}
	return true;
}

/* Words: the cases whose text they begin, in the order of a search. */
static bool
on_hit_case(const struct hit *hit, void *arg)
{
	return on_case(&hit->c, "", arg);
}

static bool
list_words(struct cli *cli, const struct list_filter *f, struct listing *l,
	struct error *err)
{
	const struct search_filter filter = {
		.open = f->open, .drill = f->drill, .limit = f->limit, .one_a_case = true,
	};
	char *words = cli_joined(cli, 0);
	bool ok = search_each(cli->desk, words, &filter, on_hit_case, l, err);

	free(words);
	return ok;
}

bool
verb_list(struct cli *cli, struct error *err)
{
	struct listing l = { .cli = cli };
	struct list_filter f;
	bool ok;

	if (!read_filter(cli, &f, err)) {
		return false;
	}
	l.rows = cli->json ? json_array() : NULL;
	ok = cli->count > 0 ? list_words(cli, &f, &l, err)
		: list_each(cli->desk, &f, on_case, &l, err);
	return cli_listed(cli, l.rows, ok, _("no cases"));
}
