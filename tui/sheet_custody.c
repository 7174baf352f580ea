/* sheet_custody.c owns the screen on which evidence of a case is handed over:
 * its pieces, who has them, the record that both sign. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/custody.h"
#include "core/evidence_item.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/filling.h"
#include "tui/views.h"

static const struct hint hints[] = {
	{ CMD_ENTER, N_("hand over") },
	{ CMD_ADD, N_("a thing") },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("NO"), 3, 0, true }, { N_("EVIDENCE"), 0, 0, false },
	{ N_("BYTES"), 10, 60, true }, { N_("WHO HAS IT"), 26, 0, false },
	{ N_("SINCE"), 11, 60, false }, { N_("SHA-256"), 16, 110, false }, { 0 },
};

struct holder {
	int evidence;
	char *who;
	int64_t at;
};

struct pieces {
	struct filling f;
	struct holder *holders; /* the last of each piece */
	int count, cap;
};

static bool
note_holder(const struct custody *u, void *arg)
{
	struct pieces *p = arg;
	struct holder *holder = NULL;

	for (int i = 0; i < p->count; i++) {
		holder = p->holders[i].evidence == u->evidence_n ? &p->holders[i] : holder;
	}
	if (holder == NULL) {
		if (p->count == p->cap) {
			p->cap = p->cap == 0 ? 16 : p->cap * 2;
			p->holders = xrealloc(p->holders, (size_t)p->cap * sizeof(*p->holders));
		}
		holder = &p->holders[p->count++];
		*holder = (struct holder){ .evidence = u->evidence_n };
	}
	free(holder->who);
	holder->who = xasprintf("%s%s%s", u->taken_by, u->taken_body[0] != '\0' ? ", " : "",
		u->taken_body);
	holder->at = u->at;
	return true;
}

/* Nobody was handed it: the desk has its bytes, or it lies where it was found. */
static char *
where_of(const struct evidence *e)
{
	const char *rest;
	char *who, *text;

	if (!evidence_is_item(e->kept)) {
		return xstrdup(strcmp(e->kept, "desk") == 0 ? _("this desk") : e->place);
	}
	who = item_taken_by(e->note, &rest);
	text = xasprintf("%s, %s", who, e->place);
	free(who);
	return text;
}

static char *
all_of(const struct evidence *e, const struct table_row *row)
{
	struct buf out = { 0 };
	const char *note = e->note;

	buf_addf(&out, "%s\n", e->name);
	if (evidence_is_item(e->kept)) {
		item_words(&out, e->place, note);
		free(item_taken_by(note, &note));
	} else {
		buf_addf(&out, "SHA-256 %s", e->hash);
	}
	buf_addf(&out, "\n%s: %s  %s\n%s", _("WHO HAS IT"), row->cells[3],
		row->cells[4] != NULL ? row->cells[4] : "", note);
	return buf_take(&out);
}

static bool
add_row(const struct evidence *e, void *arg)
{
	struct pieces *p = arg;
	struct filling *f = &p->f;
	struct table_row *row = filling_add(f, e->id, e->n, e->kept, e->case_id);
	char *where = where_of(e);
	char bytes[32];

	snprintf(bytes, sizeof(bytes), "%lld", (long long)e->bytes);
	table_cell(row, 0, row->key);
	table_cell(row, 1, e->name);
	table_cell(row, 2, evidence_is_item(e->kept) ? _("thing") : bytes);
	table_cell(row, 3, where);
	free(where);
	table_cell(row, 5, e->hash);
	for (int i = 0; i < p->count; i++) {
		if (p->holders[i].evidence == e->n) {
			table_cell(row, 3, p->holders[i].who);
			filling_when(f, row, 4, p->holders[i].at);
			f->count++;
		}
	}
	row->text = all_of(e, row);
	return page_take(f->out, f->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct pieces p = { .f = { .out = out, .page = page, .desk = desk } };
	bool ok;

	ok = custody_each(desk, page->about, note_holder, &p, err)
		&& evidence_each(desk, page->about, add_row, &p, err);
	for (int i = 0; i < p.count; i++) {
		free(p.holders[i].who);
	}
	free(p.holders);
	snprintf(out->head.todo, sizeof(out->head.todo), "%s", out->count == 0
		? _("No evidence yet: add a file in the case's menu (m), a machine with = here.")
		: _("Enter hands evidence to another body; F8 prints what both sign."));
	return ok && filling_counts(&p.f, _("%d handed over"), p.f.count);
}

static bool
newest(const struct custody *u, void *arg)
{
	*(int *)arg = u->n;
	return true;
}

/* The record of the newest hand-over: what both sign. */
static bool
print(struct buf *out, struct desk *desk, const struct page *page, struct error *err)
{
	int n = 0;

	return custody_each(desk, page->about, newest, &n, err)
		&& (n > 0 || error_set(err, ERR_NOT_FOUND,
			_("nothing was handed over yet: no record to print")))
		&& custody_paper(out, desk, page->about, n, err);
}

/* ---- handing over ---- */

static const struct form_line lines[] = {
	{ .name = "to", .label = N_("Who takes it"), .kind = FIELD_LINE, .required = true },
	{ .name = "body", .label = N_("Body"), .kind = FIELD_LINE },
	{ .name = "post", .label = N_("Post"), .kind = FIELD_LINE },
	{ .name = "place", .label = N_("Place"), .kind = FIELD_LINE },
	{ .name = "document", .label = N_("Number of the paper"), .kind = FIELD_LINE },
	{ .name = "reason", .label = N_("Reason"), .kind = FIELD_LINE },
	{ .name = "when", .label = N_("When"), .kind = FIELD_LINE,
		.help = N_("now, -15m, 14:30; empty: now") },
	{ .name = NULL },
};

static bool
run_hand_over(struct desk *desk, const struct case_ref *refs, int count,
	const struct json *values, struct error *err)
{
	struct custody_new what = { .taken_by = form_word(values, "to"),
		.taken_body = form_word(values, "body"),
		.taken_post = form_word(values, "post"), .place = form_word(values, "place"),
		.document = form_word(values, "document"),
		.reason = form_word(values, "reason") };
	const char **specs = xcalloc((size_t)count, sizeof(*specs));
	bool ok;
	int n;

	for (int i = 0; i < count; i++) {
		specs[i] = refs[i].item;
	}
	ok = form_time(&what.at, values, "when", WHEN_PAST, desk, err)
		&& custody_hand_over(desk, refs[0].case_id, specs, count, &what, &n, err);
	free(specs);
	return ok;
}

const struct sheet_form custody_form = { .draft = "custody",
	.title = N_("hand over evidence"), .lines = lines, .run_all = run_hand_over,
	.said = N_("evidence %s handed over; F8 prints the record") };

/* ---- a thing without a file ---- */

static const struct form_line item_lines[] = {
	{ .name = "name", .label = N_("What it is"), .kind = FIELD_LINE, .required = true,
		.help = N_("machine, disk, telephone, paper") },
	{ .name = "label", .label = N_("Serial, label"), .kind = FIELD_LINE },
	{ .name = "place", .label = N_("Where it is"), .kind = FIELD_LINE, .required = true },
	{ .name = "by", .label = N_("Who took it"), .kind = FIELD_LINE,
		.help = N_("name, post; empty: you") },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_AREA, .rows = 2,
		.help = N_("state, seal") },
	{ .name = NULL },
};

static bool
run_item(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const struct item_new what = { .name = form_word(values, "name"),
		.label = form_word(values, "label"), .place = form_word(values, "place"),
		.taken_by = form_word(values, "by"), .note = form_word(values, "note") };
	int n;

	return evidence_add_item(desk, case_ref_case(ref), &what, &n, err);
}

const struct sheet_form item_form = { .draft = "item",
	.title = N_("a thing without a file"), .lines = item_lines, .run = run_item,
	.said = N_("%s: on record; Enter hands it over") };

static const struct sheet_act acts[] = {
	{ .command = CMD_ADD, .form = &item_form, .always = true },
	{ .command = CMD_ENTER, .form = &custody_form, .bulk = true },
	{ .command = CMD_NONE },
};

const struct sheet custody_sheet = {
	.ops = SHEET_OPS("custody", hints),
	.title = N_("EVIDENCE HANDED OVER"),
	.source = { .columns = columns, .load = load, .whole = true, .of_case = true,
		.empty = N_("the case has no evidence yet") },
	.acts = acts,
	.print = print,
};
