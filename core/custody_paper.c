/* custody_paper.c owns the record of evidence handed over, as it is printed and
 * signed by both. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/custody.h"
#include "core/evidence_item.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"

#define CELLS 74 /* A4 with margins */
#define HALF 37

static void
centred(struct buf *out, const char *text)
{
	int pad = (CELLS - text_width(text)) / 2;

	buf_addf(out, "%*s%s\n", pad > 0 ? pad : 0, "", text);
}

/* Broken at blanks; lines after the first stand in by as much as `in`. */
static void
wrapped(struct buf *out, int in, const char *text)
{
	const char *at = text;
	int room = CELLS;

	while (text_width(at) > room) {
		size_t fits = text_fit(at, room, NULL);
		size_t cut = fits;

		while (cut > 0 && at[cut] != ' ') {
			cut--;
		}
		cut = cut > 0 ? cut : fits;
		buf_addf(out, "%.*s\n%*s", (int)cut, at, in, "");
		at += cut + strspn(at + cut, " ");
		room = CELLS - in;
	}
	buf_addf(out, "%s\n", at);
}

/* The same of a line made here. */
static void
line(struct buf *out, int in, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void
line(struct buf *out, int in, const char *fmt, ...)
{
	char text[2048]; /* names and titles are far shorter */
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	wrapped(out, in, text);
}

static void
two(struct buf *out, const char *left, const char *right)
{
	char *one = text_column(left, HALF - 1, true, false);
	char *other = text_column(right, HALF - 1, false, false);

	buf_addf(out, "%s %s\n", one, other);
	free(one);
	free(other);
}

/* "Bên giao: Hà, trực ca" with dots where nobody knows. */
static void
side(struct buf *out, const char *label, const char *name, const char *post,
	const char *body)
{
	line(out, 3, "%s: %s", label, name);
	line(out, 3, "   %s: %s", _("post"), post[0] != '\0' ? post
		: "........................................");
	if (body != NULL) {
		line(out, 3, "   %s: %s", _("body"), body[0] != '\0' ? body
			: "........................................");
	}
}

struct gathering {
	struct buf *items;
	struct custody head; /* the entry asked for: ours */
	int n;
	int count;
};

static bool
take_head(const struct custody *u, void *arg)
{
	struct gathering *g = arg;

	if (u->n != g->n) {
		return true;
	}
	g->head = *u;
	g->head.name = NULL;
	g->head.note = NULL;
	g->head.lay_at = NULL;
	g->head.lay_note = NULL;
	g->head.given_by = xstrdup(u->given_by);
	g->head.given_post = xstrdup(u->given_post);
	g->head.taken_by = xstrdup(u->taken_by);
	g->head.taken_post = xstrdup(u->taken_post);
	g->head.taken_body = xstrdup(u->taken_body);
	g->head.place = xstrdup(u->place);
	g->head.reason = xstrdup(u->reason);
	g->head.doc_number = xstrdup(u->doc_number);
	return false;
}

/* Of a file what proves it, of a thing where it was, who took it, what is on it. */
static void
put_proof(struct buf *items, const struct custody *u)
{
	struct buf words = { 0 };
	const char *rest;

	if (!u->item) {
		buf_addf(items, "     %lld %s, SHA-256:\n     %s\n", (long long)u->bytes,
			_("bytes"), u->hash);
		return;
	}
	item_words(&words, u->lay_at, u->lay_note);
	line(items, 5, "     %s", buf_text(&words));
	buf_free(&words);
	free(item_taken_by(u->lay_note, &rest));
	if (rest[0] != '\0') {
		char *flat = text_printable(rest, strlen(rest));

		line(items, 5, "     %s", flat);
		free(flat);
	}
}

/* What went in the same minute to the same person. */
static bool
take_item(const struct custody *u, void *arg)
{
	struct gathering *g = arg;

	if (u->at / 60000 == g->head.at / 60000 && strcmp(u->taken_by, g->head.taken_by) == 0) {
		line(g->items, 5, "%3d. %s %d: %s", ++g->count, _("evidence"),
			u->evidence_n, u->name);
		put_proof(g->items, u);
		if (u->note[0] != '\0') {
			line(g->items, 5, "     %s", u->note);
		}
	}
	return true;
}

static void
put_head(struct buf *out, struct desk *desk, const struct ir_case *c,
	const struct custody *u)
{
	char when[WHEN_SHORT_SIZE];

	when_full(when, u->at, desk_zone(desk));
	centred(out, _("SOCIALIST REPUBLIC OF VIET NAM"));
	centred(out, _("Independence - Freedom - Happiness"));
	buf_addf(out, "\n");
	centred(out, _("RECORD OF HANDING OVER EVIDENCE"));
	if (u->doc_number[0] != '\0') {
		centred(out, u->doc_number);
	}
	buf_addf(out, "\n");
	line(out, 3, "%s: %s %s", _("Case"), c->number, c->title);
	line(out, 3, "%s: %s", _("Time"), when);
	line(out, 3, "%s: %s", _("Place"),
		u->place[0] != '\0' ? u->place
			: "........................................");
	if (u->reason[0] != '\0') {
		line(out, 3, "%s: %s", _("Reason"), u->reason);
	}
	buf_addf(out, "\n");
	side(out, _("Given by"), u->given_by, u->given_post, NULL);
	side(out, _("Taken by"), u->taken_by, u->taken_post, u->taken_body);
}

static void
put_foot(struct buf *out, struct desk *desk, const struct custody *u)
{
	buf_addf(out, "\n");
	wrapped(out, 0, _("Both sides have compared the names, labels, sizes and"
		" hashes. The record is made in two copies of the same value; each side keeps"
		" one."));
	buf_addf(out, "\n");
	two(out, _("WHO GIVES"), _("WHO TAKES"));
	two(out, _("(signature, full name)"), _("(signature, full name)"));
	buf_addf(out, "\n\n\n\n");
	two(out, u->given_by, u->taken_by);
	buf_addf(out, "\n%s: %s\n", _("Desk"), desk_name(desk));
}

bool
custody_paper(struct buf *out, struct desk *desk, const char *case_id, int n,
	struct error *err)
{
	struct buf items = { 0 };
	struct gathering g = { .items = &items, .n = n };
	struct ir_case c = { 0 };
	bool ok = case_load(&c, desk, case_id, err) &&
		custody_each(desk, case_id, take_head, &g, err);

	if (ok && g.head.n == 0) {
		ok = error_set(err, ERR_NOT_FOUND,
			_("there is no hand-over %d on this case"), n);
	}
	ok = ok && custody_each(desk, case_id, take_item, &g, err);
	if (ok) {
		put_head(out, desk, &c, &g.head);
		buf_addf(out, "\n%s\n%s", _("Handed over:"), buf_text(&items));
		put_foot(out, desk, &g.head);
	}
	buf_free(&items);
	custody_clear(&g.head);
	case_clear(&c);
	return ok;
}
