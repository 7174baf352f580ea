/* sheet_gaps.c owns the screen of what the systems of the register lack: a word
 * a column, Enter fills one in, F8 prints all of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/contact.h"
#include "core/gaps.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/register_gaps.h"
#include "tui/ask.h"
#include "tui/sheet_hand.h"
#include "tui/views.h"

#define FACTS 7 /* of gap_columns, beside the name and how many are missing */

static const struct table_column columns[] = {
	{ N_("SYSTEM"), 0, 0, false },
	{ N_("OWNED BY"), 8, 0, false }, { N_("OPERATOR"), 8, 0, false },
	{ N_("LEVEL"), 8, 0, false }, { N_("CONTACT"), 8, 60, false },
	{ N_("NUMBER"), 8, 0, false }, { N_("ADMIN"), 8, 70, false },
	{ N_("ADMIN 2"), 8, 100, false }, { N_("LACKS"), 5, 60, true },
	{ N_("NAME"), 29, 110, false }, { 0 },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("fill in") },
	{ CMD_PANE_NEXT, N_("contacts, roles") },
	SHEET_HINTS
};

static const char *
cell_text(const char *column, const char *cell)
{
	if (strcmp(cell, "missing") != 0) {
		return strcmp(cell, "has") == 0 ? Q_("fact|there") : "-";
	}
	return strcmp(column, "level") == 0 ? _("not set") : _("MISSING");
}

/* What can be filled in: the facts, and the number of its contact. */
static char *
missing_of(const struct json *system)
{
	const char *number = json_text_of(json_get(system, "cells"), "number");
	struct buf out = { 0 };

	for (const struct gap_column *c = gap_columns; c->name != NULL; c++) {
		for (const struct json *fact = json_first(json_get(system, "missing"));
		     fact != NULL; fact = json_next(fact)) {
			if (strcmp(json_text(fact, ""), c->name) == 0) {
				buf_addf(&out, "%s ", c->name);
			}
		}
		if (strcmp(c->name, "number") == 0 && strcmp(number, "missing") == 0 &&
		    strcmp(json_text_of(json_get(system, "cells"), "contact"), "has") == 0) {
			buf_addf(&out, "number ");
		}
	}
	for (const struct json *fact = json_first(json_get(system, "missing")); fact != NULL;
	     fact = json_next(fact)) {
		if (strstr(buf_text(&out), json_text(fact, "")) == NULL) {
			buf_addf(&out, "%s ", json_text(fact, ""));
		}
	}
	return buf_take(&out);
}

static char *
system_text(const struct json *system)
{
	struct buf out = { 0 };

	buf_addf(&out, "%s\n%s\n\n%s\n", json_text_of(system, "code"), json_text_of(system, "name"),
		_("What nobody knows of them yet:"));
	for (const struct json *fact = json_first(json_get(system, "missing")); fact != NULL;
	     fact = json_next(fact)) {
		buf_addf(&out, "  %s\n", gap_fact_label(json_text(fact, "")));
	}
	return buf_take(&out);
}

static void
counts(struct table_head *head, const struct json *gaps)
{
	snprintf(head->counts, sizeof(head->counts), _("%d systems, %lld things missing"),
		json_count(json_get(gaps, "systems")),
		(long long)json_get_int(gaps, "count", 0));
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct json *gaps = NULL;

	if (!register_gaps(desk, &gaps, err)) {
		return false;
	}
	for (const struct json *system = json_first(json_get(gaps, "systems"));
	     system != NULL; system = json_next(system)) {
		struct table_row *row = table_add(out, json_text_of(system, "code"),
			json_text_of(system, "code"), "system");
		const char *contact = json_text_of(json_get(system, "cells"), "contact");
		char lacks[24];

		table_cell(row, 0, json_text_of(system, "code"));
		for (int i = 0; i < FACTS; i++) {
			const char *name = gap_columns[i].name;

			table_cell(row, i + 1, cell_text(name, json_text_of(json_get(system,
				"cells"),
				name)));
		}
		snprintf(lacks, sizeof lacks, "%lld",
			(long long)json_get_int(system, "lacks", 0));
		table_cell(row, FACTS + 1, lacks);
		table_cell(row, FACTS + 2, json_text_of(system, "name"));
		row->about = missing_of(system);
		row->text = system_text(system);
		row->signs = strcmp(contact, "missing") == 0 ? 1 : 0;
		(void)page_take(out, page);
	}
	counts(&out->head, gaps);
	json_free(gaps);
	return true;
}

/* ---- filling in ---- */

/* The contact who answers for the system, to telephone. */
static bool
set_number(struct desk *desk, const char *code, const char *number, struct error *err)
{
	static const char *const facts[] = { "operator", "owner" };
	struct json *asset = NULL;
	struct json *given = json_object();
	const char *role = NULL;
	bool ok = asset_show(desk, code, &asset, err);

	for (size_t i = 0; ok && role == NULL && i < sizeof facts / sizeof *facts; i++) {
		role = json_get_text(json_get(json_get(asset, "facts"), facts[i]), "contact");
	}
	json_set_text(given, "phone", number);
	ok = ok && (role != NULL || error_set(err, ERR_REFUSED,
			_("%s names no contact yet: fill in its operator first"), code)) &&
		contact_set(desk, role, given, err);
	json_free(given);
	json_free(asset);
	return ok;
}

static bool
do_fill(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const char *fact = form_word(values, "fact");
	const char *contact = form_word(values, "contact");
	const char *source = form_word(values, "source");
	struct json *given, *value;
	bool ok;

	if (strcmp(fact, "number") == 0) {
		return set_number(desk, ref->item, form_word(values, "value"), err);
	}
	given = json_object();
	value = json_object();
	json_set_text(value, "value", form_word(values, "value"));
	json_set_text(value, "source", source[0] != '\0' ? source : "hand");
	if (contact[0] != '\0') {
		json_set_text(value, "contact", contact);
	}
	json_set(given, fact, value);
	ok = asset_set(desk, ref->item, given, err);
	json_free(given);
	return ok;
}

static void
fill_facts(struct app *app, struct view *view, const struct table_row *row)
{
	struct field *field = form_field(ask_form_fields(view), "fact");
	char *list = xstrdup(row != NULL && row->about != NULL ? row->about : "");
	char *rest = NULL;
	const char *first = NULL;

	(void)app;
	for (char *one = strtok_r(list, " ", &rest); one != NULL;
	     one = strtok_r(NULL, " ", &rest)) {
		field_add_choice(field, one, gap_fact_label(one));
		first = first == NULL ? one : first;
	}
	if (first != NULL) {
		field_set(field, first);
	}
	free(list);
}

static const struct form_line fill_lines[] = {
	{ .name = "fact", .label = N_("What"), .kind = FIELD_PICK, .required = true,
	  .help = N_("Tab takes it; type to find another") },
	{ .name = "value", .label = N_("Value"), .kind = FIELD_LINE, .required = true,
	  .help = N_("a level is 1 to 5; a standby is yes or no") },
	{ .name = "contact", .label = N_("Contact"), .kind = FIELD_PICK, .loaded = true,
	  .from = CHOICES_CONTACTS, .help = N_("of an owner, operator or supplier") },
	{ .name = "source", .label = N_("Document"), .kind = FIELD_LINE,
	  .help = N_("which document says so; nothing: by word") },
	{ 0 },
};

static const struct sheet_form fill_form = {
	.needs = ACT_REGISTER,
	.title = N_("fill in"), .lines = fill_lines, .focus = "value", .run = do_fill,
	.fill = fill_facts, .said = N_("filled in: %s"),
};

static bool
print_gaps(struct buf *out, struct desk *desk, const struct page *page, struct error *err)
{
	struct json *gaps = NULL;
	char when[WHEN_SHORT_SIZE];

	(void)page;
	if (!register_gaps(desk, &gaps, err)) {
		return false;
	}
	when_full(when, desk_now(desk), desk_zone(desk));
	buf_addf(out, "%s\n%s, %s\n\n", _("WHAT THE REGISTER LACKS"), desk_name(desk), when);
	gaps_text(out, gaps);
	json_free(gaps);
	return true;
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .form = &fill_form },
	{ .command = CMD_NONE },
};

const struct sheet gaps_sheet = {
	.ops = SHEET_OPS("gaps", hints),
	.title = N_("GAPS"),
	.source = { .columns = columns, .load = load,
		.empty = N_("no system lacks anything") },
	.acts = acts,
	.tab = &gaps_people_sheet.ops,
	.tab_hint = N_("contacts, roles, holidays"),
	.print = print_gaps,
};
