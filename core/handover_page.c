/* handover_page.c owns the text of a hand-over page: 60 lines of 80 columns, the
 * last of them kept for what happens between giving and taking. */
#include "core/handover_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/duty.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/pages.h"
#include "core/setting.h"
#include "core/shift_log.h"
#include "core/shift_sheet.h"
#include "core/text.h"
#include "core/when.h"

#define WORDS_LINES 8 /* of the words left */
#define SINCE_LINES 8 /* of what came between, its title among them */
#define SIGNED_LINES 5
#define HEAD_LINES 4

SQL(CHAIN_END, "", "SELECT hash, seq FROM head");
SQL(SINCE_CASES, "ii",
	"SELECT c.number, c.title, c.status,"
	" CASE WHEN c.opened_at > $2 THEN 1 ELSE 0 END, COUNT(*) FROM event e"
	" JOIN cases c ON c.id = e.case_id WHERE e.seq > $1 AND c.drill = 0"
	" GROUP BY c.id, c.number, c.title, c.status, c.opened_at ORDER BY MAX(e.seq) DESC");

SQL(ENDED_SINCE, "i",
	"SELECT c.number, c.status, COALESCE(c.closed_at, MAX(e.recorded_at)) FROM event e"
	" JOIN cases c ON c.id = e.case_id WHERE e.seq > $1 AND c.is_open = 0"
	" AND c.drill = 0 GROUP BY c.id, c.number, c.status, c.closed_at");

bool
chain_end(struct desk *desk, char head[HASH_SIZE], int64_t *seq, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &CHAIN_END, NOARGS);

	head[0] = '\0';
	*seq = 0;
	if (stmt_row(st)) {
		const char *hash = stmt_text(st, 0);

		(void)snprintf(head, HASH_SIZE, "%s", hash == NULL ? "" : hash);
		*seq = stmt_int(st, 1);
	}
	return stmt_done(st, err);
}

/* "On duty: Hà, then Tuấn" by the roster's first layer; "" where there is none.  A
 * roster that cannot be read does not keep the shift from being handed over. */
static char *
on_duty(struct desk *desk)
{
	struct duty_turn now = { 0 }, next = { 0 };
	struct error ignored;
	char *text = NULL;

	if (duty_now_and_next(desk, &now, &next, &ignored) && now.name != NULL) {
		text = next.name != NULL ? xasprintf(_("On duty: %s, then %s"),
				fold_given_name(now.name), fold_given_name(next.name))
			: xasprintf(_("On duty: %s"), fold_given_name(now.name));
	}
	free(now.name);
	free(next.name);
	return text != NULL ? text : xstrdup("");
}

static void
put_head(struct buf *out, struct desk *desk, const struct handover *h)
{
	char from[WHEN_SHORT_SIZE], to[WHEN_SHORT_SIZE];
	char *line, *cut;

	when_full(from, h->from_at, desk_zone(desk));
	when_full(to, h->given_at, desk_zone(desk));
	line = h->n > 0 ? xasprintf(_("HAND-OVER OF THE SHIFT no. %lld   %s"),
		(long long)h->n, desk_name(desk))
		: xasprintf(_("HAND-OVER OF THE SHIFT (draft)   %s"), desk_name(desk));
	cut = text_column(line, PAGE_CELLS, false, false);
	buf_addf(out, "%s\n", cut);
	free(cut);
	free(line);
	line = on_duty(desk);
	cut = text_column(line, PAGE_CELLS - 42, false, false);
	buf_addf(out, _("from %s to %s"), from, to);
	buf_addf(out, "%s%s\n", cut[0] != '\0' ? "   " : "", cut);
	free(cut);
	free(line);
	line = xasprintf(_("gives: %s   takes: %s"), h->giver,
		h->taker == NULL || h->taker[0] == '\0' ? "......" : h->taker);
	cut = text_column(line, PAGE_CELLS, false, false);
	buf_addf(out, "%s\n\n", cut);
	free(cut);
	free(line);
}

/* The words left, wrapped; cleared by the caller. */
static struct sheet_part
words_part(const char *words)
{
	struct sheet_part part = { .name = "words", .title = _("WORDS LEFT"),
		.uncounted = true };

	while (*words != '\0') {
		size_t len = pages_piece(words, PAGE_CELLS - 4);

		sheet_part_add(&part, "%.*s", (int)(len < 900 ? len : 900), words);
		words += len;
		words += *words == '\n' || *words == ' ';
	}
	return part;
}

bool
page_given(struct buf *out, struct desk *desk, const struct handover *h,
	struct error *err)
{
	struct shift_sheet sheet;
	struct sheet_part words = words_part(h->words == NULL ? "" : h->words);
	int lines = words.total + 1 < WORDS_LINES ? (int)words.total + 1 : WORDS_LINES;
	bool ok = shift_sheet_read(&sheet, desk, h->from_at, err);

	if (ok) {
		put_head(out, desk, h);
		shift_sheet_put(out, &sheet, PAGE_LINES - HEAD_LINES - lines - SINCE_LINES -
			SIGNED_LINES);
		sheet_part_put(out, &words, lines);
	}
	sheet_part_clear(&words);
	shift_sheet_clear(&sheet);
	return ok;
}

struct since {
	struct sheet_part part;
	struct desk *desk;
};

static bool
add_since(const struct shift_entry *entry, void *arg)
{
	struct since *s = arg;
	char when[WHEN_SHORT_SIZE];

	when_near(when, entry->at, desk_now(s->desk), desk_zone(s->desk));
	sheet_part_add(&s->part, "%-11s %s: %s", when, shift_kind_label(entry->kind),
		entry->text);
	return true;
}

/* New cases first, then what moved, then the log. */
static bool
put_since(struct buf *out, struct desk *desk, const struct handover *h, struct error *err)
{
	struct since s = { .part = { .name = "since", .title = _("SINCE THEN") },
		.desk = desk };
	struct stmt *st = db_query(desk_db(desk), &SINCE_CASES, I64(h->head_seq),
		I64(h->given_at));
	bool ok;

	while (stmt_row(st)) {
		const char *status = word_label(WORDS_STATUS, stmt_text(st, 2));

		sheet_part_add(&s.part, stmt_int(st, 3) != 0
			? _("NEW CASE %s (%s, %lld entries): %s")
			: _("%s (%s): %lld new entries: %s"), stmt_text(st, 0), status,
			(long long)stmt_int(st, 4), stmt_text(st, 1));
	}
	ok = stmt_done(st, err) && shift_log_each(desk, &(struct shift_filter){
		.from = h->given_at, .limit = 1000 }, add_since, &s, err);
	if (ok) {
		sheet_part_put(out, &s.part, SINCE_LINES);
	}
	sheet_part_clear(&s.part);
	return ok;
}

static void
put_signature(struct buf *out, struct desk *desk, const char *label, const char *name,
	int64_t at, const char *head)
{
	char when[WHEN_SHORT_SIZE] = "";

	if (at == 0) {
		buf_addf(out, _("%s: %s, NOT SIGNED yet\n"), label, name);
		return;
	}
	when_full(when, at, desk_zone(desk));
	buf_addf(out, _("%s: %s, signed %s\n"), label, name, when);
	buf_addf(out, "  %s\n", head);
}

/* Does this case stand in the line, as "2026-1" between blanks? */
static bool
names_case(const char *line, size_t len, const char *number)
{
	size_t own = strlen(number);

	for (size_t i = 1; i + own <= len; i++) {
		if (line[i - 1] == ' ' && memcmp(line + i, number, own) == 0 &&
		    (i + own == len || line[i + own] == ' ')) {
			return true;
		}
	}
	return false;
}

/* A case of the page that has ended since is no work for who takes the shift: its
 * lines say so behind what the giver signed. */
static char *
mark_ended(char *sheet, const char *number, const char *mark)
{
	struct buf out = { 0 };

	for (const char *line = sheet; *line != '\0'; ) {
		size_t len = strcspn(line, "\n");

		if (line[0] == ' ' && names_case(line, len, number)) {
			char *whole = xstrndup(line, len);
			char *cut = text_column(whole, PAGE_CELLS - text_width(mark) - 1, false,
				false);

			buf_addf(&out, "%s %s\n", cut, mark);
			free(cut);
			free(whole);
		} else {
			buf_add(&out, line, len);
			buf_addc(&out, '\n');
		}
		line += len + (line[len] == '\n');
	}
	free(sheet);
	return buf_take(&out);
}

static bool
put_sheet(struct buf *out, struct desk *desk, const struct handover *h, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ENDED_SINCE, I64(h->head_seq));
	char *sheet = xstrdup(h->sheet);
	bool ok;

	while (stmt_row(st)) {
		char number[24], at[WHEN_SHORT_SIZE];
		char *mark;

		shift_number(stmt_text(st, 0), number);
		when_near(at, stmt_int(st, 2), desk_now(desk), desk_zone(desk));
		mark = xasprintf("[%s %s]", word_label(WORDS_STATUS, stmt_text(st, 1)), at);
		sheet = mark_ended(sheet, number, mark);
		free(mark);
	}
	ok = stmt_done(st, err);
	buf_adds(out, sheet);
	free(sheet);
	return ok;
}

/* Both names with the chain's end that each saw. */
static bool
put_whole(struct buf *out, struct desk *desk, const struct handover *h,
	const char *head, struct error *err)
{
	if (!put_sheet(out, desk, h, err) || !put_since(out, desk, h, err)) {
		return false;
	}
	buf_addc(out, '\n');
	put_signature(out, desk, _("Gives"), h->giver, h->given_at, h->head);
	put_signature(out, desk, _("Takes"), h->taker, h->taken_at, head);
	return true;
}

bool
page_signed(struct buf *out, struct desk *desk, const struct handover *h,
	const char *head, struct error *err)
{
	return put_whole(out, desk, h, head, err);
}

bool
handover_text(struct buf *out, struct desk *desk, const struct handover *h,
	struct error *err)
{
	char when[WHEN_SHORT_SIZE];

	if (strcmp(h->state, "given") == 0) {
		return put_whole(out, desk, h, "", err);
	}
	buf_adds(out, h->sheet);
	if (strcmp(h->state, "withdrawn") == 0) {
		when_full(when, h->withdrawn_at, desk_zone(desk));
		buf_addf(out, _("\nTAKEN BACK by %s %s%s%s\n"), h->withdrawn_by, when,
			h->reason[0] == '\0' ? "" : ": ", h->reason);
	}
	return true;
}

bool
handover_page(struct buf *out, struct desk *desk, const char *words, struct error *err)
{
	const struct actor *me = desk_me(desk);
	struct handover h = { 0 };
	bool ok = handover_open(&h, desk, err);

	if (ok && h.id[0] != '\0') {
		ok = handover_text(out, desk, &h, err);
	} else if (ok) {
		h.giver = xstrdup(me->name[0] != '\0' ? me->name : me->login);
		h.words = xstrdup(words == NULL ? "" : words);
		h.given_at = desk_now(desk);
		ok = shift_began(desk, &h.from_at, err) && page_given(out, desk, &h, err);
	}
	handover_clear(&h);
	return ok;
}
