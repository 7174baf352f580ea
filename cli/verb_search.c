/* verb_search.c: search, over cases, the shift log and the callers' reports. */
#include <stdlib.h>

#include "cli/csv.h"
#include "cli/json_out.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/search.h"
#include "core/search_desk.h"
#include "core/shift_log.h"
#include "core/when.h"

/* What is found in cases comes by itself; what is on the desk is put in where its
 * time is. */
struct found {
	struct cli *cli;
	struct json *rows; /* with --json */
	struct desk_hits desk;
	int next;          /* of the desk's */
	int left;
	int count;
};

/* What one row says; is: case, log or tin; open: the verb that shows it, ours now. */
struct row {
	const char *is, *number, *title, *status, *where, *snippet;
	bool marked;
	int64_t at;
	char *open;
};

static struct json *
row_json(struct found *f, const struct row *row)
{
	struct json *o = json_object();

	json_set_text(o, "number", row->number);
	json_set_text(o, "title", row->title);
	json_set_text(o, "status", row->status);
	json_set_text(o, "where", row->where);
	json_set_text(o, "snippet", row->snippet);
	json_set_bool(o, "marked", row->marked);
	json_set_text(o, "is", row->is);
	json_set_time(f->cli, o, "at", row->at);
	json_set_text(o, "open", row->open);
	free(row->open);
	return o;
}

static void
put(struct found *f, struct json *o, char *line)
{
	f->count++;
	f->left--;
	if (f->rows != NULL) {
		json_push(f->rows, o);
	} else {
		if (f->cli->csv) {
			csv_row(f->cli, o, f->count == 1);
		} else {
			cli_say(f->cli, "%s", line);
		}
		json_free(o);
	}
	free(line);
}

static void
put_own(struct found *f, const struct desk_hit *hit)
{
	char at[WHEN_SHORT_SIZE], full[WHEN_SHORT_SIZE];
	const struct zone *zone = desk_zone(f->cli->desk);
	struct json *o;

	when_near(at, hit->at, desk_now(f->cli->desk), zone);
	when_full(full, hit->at, zone);
	o = row_json(f, &(struct row){ .is = hit->tin ? "tin" : "log",
		.number = hit->tin ? hit->number : NULL, .status = hit->tin ? hit->state : NULL,
		.where = hit->tin ? "tin" : "shift_entry", .snippet = hit->text,
		.marked = hit->marked, .at = hit->at,
		.open = hit->tin ? xasprintf("suco tin show %s", hit->number)
			: xasprintf("suco log list --from \"%s\"", full) });
	put(f, o, hit->tin
		? xasprintf("%-11s  %s: %s", hit->number, _("report"), hit->text)
		: xasprintf("%-11s  %s, %s: %s", at, _("shift log"),
			shift_kind_label(hit->kind), hit->text));
}

/* Those of the desk that stand before what was found at this time. */
static void
put_before(struct found *f, bool marked, int64_t at)
{
	while (f->left > 0 && f->next < f->desk.count) {
		const struct desk_hit *hit = &f->desk.rows[f->next];

		if (hit->marked != marked ? marked : hit->at < at) {
			return;
		}
		put_own(f, hit);
		f->next++;
	}
}

static bool
on_hit(const struct hit *hit, void *arg)
{
	struct found *f = arg;
	struct json *o;

	put_before(f, hit->marked, hit->at);
	if (f->left <= 0) {
		return false;
	}
	o = row_json(f, &(struct row){ .is = "case", .number = hit->c.number,
		.title = hit->c.title, .status = hit->c.status, .where = hit->place,
		.snippet = hit->snippet, .marked = hit->marked, .at = hit->at,
		.open = xasprintf("suco show %s", hit->c.number) });
	put(f, o, xasprintf("%-11s  %s  %s", hit->c.number, hit->c.title, hit->snippet));
	return f->left > 0;
}

static bool
find(struct found *f, const char *words, struct error *err)
{
	const struct search_filter filter = { .drill = -1, .limit = f->left };

	if (!search_desk(f->cli->desk, words, f->left, false, &f->desk, err) ||
	    !search_each(f->cli->desk, words, &filter, on_hit, f, err)) {
		return false;
	}
	put_before(f, false, INT64_MIN);
	return true;
}

bool
verb_search(struct cli *cli, struct error *err)
{
	const char *limit_text = cli_option(cli, "limit");
	struct found f = { .cli = cli };
	int64_t rows = 100;
	char *words;
	bool ok;

	if (limit_text != NULL &&
	    !cli_number("--limit", limit_text, 1, 100000, &rows, err)) {
		return false;
	}
	f.left = (int)rows;
	f.rows = cli->json ? json_array() : NULL;
	words = cli_joined(cli, 0);
	ok = find(&f, words, err);
	free(words);
	desk_hits_clear(&f.desk);
	return cli_listed(cli, f.rows, ok, _("nothing found"));
}
