/* gaps_text.c writes what the register lacks, and the table of contacts that goes
 * round to be confirmed, as text of A4 width. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/contact_check.h"
#include "core/desk.h"
#include "core/document.h"
#include "core/gaps.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/when.h"

#define SHEET_WIDTH 74 /* with a margin: also the screen shows it whole */
#define CELL_WIDTH 10
#define TABLE_COLUMNS 6 /* of gap_columns: what fits beside the name */

static void
put_cell(struct buf *out, const char *text, int cells)
{
	char *cell = text_column(text, cells, true, false);

	buf_adds(out, cell);
	free(cell);
}

static void
end_line(struct buf *out)
{
	while (out->len > 0 && out->data[out->len - 1] == ' ') {
		out->data[--out->len] = '\0';
	}
	buf_addc(out, '\n');
}

static const char *
cell_word(const char *column, const char *cell)
{
	if (strcmp(cell, "missing") != 0) {
		return strcmp(cell, "has") == 0 ? Q_("fact|there") : "-";
	}
	return strcmp(column, "level") == 0 ? _("not set") : _("MISSING");
}

static void
systems(struct buf *out, const struct json *list)
{
	buf_addf(out, _("SYSTEMS: %d lack something\n"), json_count(list));
	put_cell(out, "", 2);
	put_cell(out, _("SYSTEM"), 13);
	for (int i = 0; i < TABLE_COLUMNS; i++) {
		put_cell(out, _(gap_columns[i].title), CELL_WIDTH);
	}
	end_line(out);
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		put_cell(out, "", 2);
		put_cell(out, json_get_text(row, "code"), 12);
		put_cell(out, "", 1);
		for (int i = 0; i < TABLE_COLUMNS; i++) {
			const char *name = gap_columns[i].name;

			put_cell(out, cell_word(name, json_get_text(json_get(row, "cells"), name)),
				CELL_WIDTH);
		}
		end_line(out);
	}
}

/* Words after the name, on as many lines as they need. */
static void
put_list(struct buf *out, const char *name, const struct json *words,
	const char *(*label)(const char *word))
{
	int at;

	buf_addf(out, "  %s:", name);
	at = text_width(name) + 3;
	for (const struct json *word = json_first(words); word != NULL;
	     word = json_next(word)) {
		const char *text = label(json_text(word, ""));
		bool last = json_next(word) == NULL;

		if (at + text_width(text) + 2 > SHEET_WIDTH) {
			buf_adds(out, "\n   ");
			at = 3;
		}
		buf_addf(out, " %s%s", text, last ? "" : ",");
		at += text_width(text) + 2;
	}
	buf_addc(out, '\n');
}

static void
facts(struct buf *out, const struct json *list)
{
	if (json_count(list) == 0) {
		return;
	}
	buf_addf(out, "\n%s\n", _("What nobody knows of them yet:"));
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (json_count(json_get(row, "missing")) > 0) {
			put_list(out, json_get_text(row, "code"), json_get(row, "missing"),
				gap_fact_label);
		}
	}
}

static void
contacts(struct buf *out, const struct json *list)
{
	if (json_count(list) == 0) {
		return;
	}
	buf_addf(out, _("\nCONTACTS: %d\n"), json_count(list));
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		put_list(out, json_get_text(row, "name"), json_get(row, "lacks"), gap_label);
	}
}

static void
rest(struct buf *out, const struct json *gaps)
{
	const struct json *roles = json_get(gaps, "roles");
	const struct json *groups = json_get(gaps, "groups");
	const struct json *years = json_get(gaps, "holidays");

	if (json_count(roles) > 0) {
		buf_addf(out, _("\nROLES OF PLANS that are nobody here: %d\n"),
			json_count(roles));
	}
	for (const struct json *row = json_first(roles); row != NULL; row = json_next(row)) {
		buf_addf(out, "  %s\n    %s\n    suco setting set agent.%s member:LOGIN\n",
			json_get_text(row, "name"), json_get_text(row, "plans"),
			json_get_text(row, "role"));
	}
	for (const struct json *row = json_first(groups); row != NULL; row = json_next(row)) {
		buf_addf(out, _("group %s (%s) is empty\n"), json_get_text(row, "code"),
			json_get_text(row, "name"));
	}
	for (const struct json *row = json_first(years); row != NULL; row = json_next(row)) {
		buf_addf(out, _("no holidays are entered for %lld: working days cannot be"
			" counted\n"), (long long)json_get_int(row, "year", 0));
	}
	for (const struct json *row = json_first(json_get(gaps, "settings")); row != NULL;
	     row = json_next(row)) {
		buf_addf(out, _("not known: %s:\n    suco setting set %s CODE\n"),
			json_get_text(row, "label"), json_get_text(row, "name"));
	}
}

void
gaps_text(struct buf *out, const struct json *gaps)
{
	if (json_get_int(gaps, "count", 0) == 0) {
		buf_addf(out, "%s\n", _("nothing is missing"));
		return;
	}
	if (json_count(json_get(gaps, "systems")) > 0) {
		systems(out, json_get(gaps, "systems"));
		facts(out, json_get(gaps, "systems"));
	}
	contacts(out, json_get(gaps, "contacts"));
	rest(out, gaps);
	buf_addf(out, _("\n%lld things are missing\n"),
		(long long)json_get_int(gaps, "count", 0));
}

/* ---- the sheet ---- */

static void
sheet_row(struct buf *out, const struct json *contact)
{
	const struct json *addresses = json_get(contact, "addresses");
	const char *mail = json_get_text(addresses, "mail");
	const char *phone = json_get_text(addresses, "phone");
	const char *zalo = json_get_text(addresses, "zalo");
	const char *day = json_get_text(json_get(contact, "checked"), "day");
	char shown[DAY_SIZE];

	document_day_shown(shown, day != NULL ? day : "");
	put_cell(out, json_get_text(contact, "name"), 33);
	buf_addc(out, ' ');
	put_cell(out, phone != NULL ? phone : "................", 18);
	put_cell(out, day != NULL ? shown : Q_("contact|never"), 12);
	end_line(out);
	put_cell(out, "", 2);
	put_cell(out, mail != NULL ? mail : _("mail: ................"), 32);
	put_cell(out, zalo != NULL ? zalo : _("Zalo: ........"), 18);
	buf_adds(out, "......................\n\n");
}

bool
contact_sheet(struct buf *out, struct desk *desk, struct error *err)
{
	struct json *list = NULL;
	char when[WHEN_SHORT_SIZE];

	if (!contact_unverified(desk, 0, true, &list, err)) {
		return false;
	}
	when_full(when, desk_now(desk), desk_zone(desk));
	buf_addf(out, "%s\n%s, %s\n\n", _("CONTACTS TO BE CONFIRMED"), desk_name(desk), when);
	buf_addf(out, "%s\n\n", _("Please put right what is wrong, sign, and send it back within"
		" 24 hours of any change."));
	put_cell(out, _("ROLE, MAIL"), 34);
	put_cell(out, _("TELEPHONE, ZALO"), 18);
	put_cell(out, _("VERIFIED, SIGNATURE"), 22);
	end_line(out);
	for (int i = 0; i < SHEET_WIDTH; i++) {
		buf_addc(out, '-');
	}
	buf_addc(out, '\n');
	for (const struct json *row = json_first(list); row != NULL; row = json_next(row)) {
		if (json_get_text(row, "per_asset") == NULL && !json_get_bool(row, "per_case")) {
			sheet_row(out, row);
		}
	}
	json_free(list);
	return true;
}
