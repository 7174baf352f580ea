/* sheet_gaps_people.c owns the other half of what is missing: contacts without a
 * number or never verified, roles of plans that are nobody, empty groups, years
 * without holidays. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/contact.h"
#include "core/contact_check.h"
#include "core/gaps.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/setting.h"
#include "playbooks/register_gaps.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/sheet_hand.h"
#include "tui/views.h"

enum { GAP_KIND, GAP_NAME, GAP_NUMBER, GAP_LACKS, GAP_DAY };

static const struct table_column columns[] = {
	[GAP_KIND] = { N_("KIND"), 8, 60, false },
	[GAP_NAME] = { N_("NAME"), 0, 0, false },
	[GAP_NUMBER] = { N_("NUMBER"), 14, 110, false },
	[GAP_LACKS] = { N_("MISSING"), 30, 0, false, 48 },
	[GAP_DAY] = { N_("VERIFIED ON"), 11, 130, false },
	{ 0 },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("fill in") },
	{ CMD_CALLS, N_("try the number") },
	{ CMD_VERIFY, NULL },
	{ CMD_PANE_NEXT, N_("systems") },
	SHEET_HINTS
};

static struct table_row *
add(struct table_rows *out, const char *kind, const char *key, const char *label,
	const char *name)
{
	char *id = xasprintf("%.3s:%.30s", kind, key);
	struct table_row *row = table_add(out, id, key, kind);

	table_cell(row, GAP_KIND, label);
	table_cell(row, GAP_NAME, name);
	free(id);
	return row;
}

static void
add_contacts(struct table_rows *out, const struct json *list, const struct page *page)
{
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		struct table_row *row = add(out, "contact", json_text_of(one, "role"),
			_("contact"), json_text_of(one, "name"));
		struct buf lacks = { 0 };

		for (const struct json *lack = json_first(json_get(one, "lacks"));
		     lack != NULL; lack = json_next(lack)) {
			buf_addf(&lacks, "%s%s", lacks.len > 0 ? ", " : "",
				gap_label(json_text(lack, "")));
			row->signs = strcmp(json_text(lack, ""), "wrong_number") == 0 ? 2
				: strcmp(json_text(lack, ""), "no_number") == 0 && row->signs == 0
					? 1 : row->signs;
		}
		table_cell(row, GAP_NUMBER, json_text_of(one, "number"));
		table_cell(row, GAP_LACKS, buf_text(&lacks));
		table_cell(row, GAP_DAY, json_text_of(one, "day"));
		buf_free(&lacks);
		(void)page_take(out, page);
	}
}

static void
add_rest(struct table_rows *out, const struct json *gaps, const struct page *page)
{
	const struct json *one;

	for (one = json_first(json_get(gaps, "roles")); one != NULL; one = json_next(one)) {
		struct table_row *row = add(out, "role", json_text_of(one, "role"), _("role"),
			json_text_of(one, "name"));

		table_cell(row, GAP_LACKS, _("nobody is this here"));
		row->text = xasprintf("%s\n%s", json_text_of(one, "name"), json_text_of(one,
			"plans"));
		(void)page_take(out, page);
	}
	for (one = json_first(json_get(gaps, "groups")); one != NULL; one = json_next(one)) {
		struct table_row *row = add(out, "group", json_text_of(one, "code"), _("group"),
			json_text_of(one, "name"));

		table_cell(row, GAP_LACKS, _("nobody is in it"));
		(void)page_take(out, page);
	}
	for (one = json_first(json_get(gaps, "holidays")); one != NULL; one = json_next(one)) {
		char year[24];
		struct table_row *row;

		snprintf(year, sizeof year, "%lld", (long long)json_get_int(one, "year", 0));
		row = add(out, "holidays", year, _("holidays"), year);
		table_cell(row, GAP_LACKS, _("none entered"));
		(void)page_take(out, page);
	}
	for (one = json_first(json_get(gaps, "settings")); one != NULL; one = json_next(one)) {
		struct table_row *row = add(out, "setting", json_text_of(one, "name"),
			_("setting"), json_text_of(one, "label"));

		table_cell(row, GAP_LACKS, _("not set"));
		(void)page_take(out, page);
	}
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct json *gaps = NULL;

	if (!register_gaps(desk, &gaps, err)) {
		return false;
	}
	add_contacts(out, json_get(gaps, "contacts"), page);
	add_rest(out, gaps, page);
	snprintf(out->head.counts, sizeof(out->head.counts),
		_("%d contacts, %lld things missing"), json_count(json_get(gaps, "contacts")),
		(long long)json_get_int(gaps, "count", 0));
	json_free(gaps);
	return true;
}

/* ---- filling in ---- */

static bool
do_contact(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	static const char *const fields[] = { "phone", "mail", "zalo" };
	struct json *given = json_object();
	bool verified = strcmp(form_word(values, "verified"), "yes") == 0;
	bool ok;

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const char *value = form_word(values, fields[i]);

		if (value[0] != '\0') {
			json_set_text(given, fields[i], value);
		}
	}
	ok = json_count(given) > 0 ? contact_set(desk, ref->item, given, err)
		: verified || error_set(err, ERR_BAD_INPUT, _("nothing was filled in"));
	json_free(given);
	return ok && (!verified || contact_verify(desk, ref->item, NULL, NULL, err));
}

static const struct form_line contact_lines[] = {
	{ .name = "phone", .label = N_("Telephone"), .kind = FIELD_LINE,
	  .help = N_("nothing: stays as it is") },
	{ .name = "mail", .label = N_("Mail"), .kind = FIELD_LINE },
	{ .name = "zalo", .label = N_("Zalo"), .kind = FIELD_LINE },
	{ .name = "verified", .label = N_("They were reached there"), .kind = FIELD_CHECK,
	  .help = N_("verified today, by me") },
	{ 0 },
};

const struct sheet_form contact_form = {
	.needs = ACT_REGISTER,
	.title = N_("number"), .lines = contact_lines, .run = do_contact,
	.said = N_("filled in: %s"),
};

static bool
do_role(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	char *name = xasprintf("agent.%s", ref->item);
	bool ok = setting_set(desk, name, form_word(values, "who"), err);

	free(name);
	return ok;
}

static const struct form_line role_lines[] = {
	{ .name = "who", .label = N_("Who"), .kind = FIELD_PICK, .loaded = true,
	  .from = CHOICES_AGENTS, .required = true },
	{ 0 },
};

static const struct sheet_form role_form = {
	.needs = ACT_RULES,
	.title = N_("who is this here"), .lines = role_lines, .run = do_role,
	.said = N_("filled in: %s"),
};

static bool
do_verify(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)values;
	return contact_verify(desk, ref->item, NULL, NULL, err);
}

static const struct sheet_form verify_form = {
	.title = N_("verified"), .run = do_verify, .said = N_("verified today: %s"),
	.confirm = N_("Somebody was reached at these numbers today?"),
};

static const struct {
	const char *state;
	const struct sheet_form *form;
} fills[] = {
	{ "contact", &contact_form }, { "role", &role_form },
};

/* The name is the second cell here: the first says what it is. */
static void
ref_of(struct case_ref *ref, const struct table_row *row)
{
	struct table_row named = *row;

	named.cells[0] = row->cells[GAP_NAME];
	sheet_ref(ref, &named);
}

static void
fill_in(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct case_ref ref;

	(void)view;
	(void)count;
	ref_of(&ref, rows[0]);
	for (size_t i = 0; i < sizeof fills / sizeof *fills; i++) {
		if (strcmp(fills[i].state, rows[0]->state) == 0) {
			form_open(app, fills[i].form, &ref, 1, rows[0]);
			return;
		}
	}
	(void)app_do(app, strcmp(rows[0]->state, "holidays") == 0 ? CMD_HOLIDAYS
		: strcmp(rows[0]->state, "setting") == 0 ? CMD_SETTINGS : CMD_REGISTER);
}

static const char *
only_contacts(const struct table_row *row)
{
	return strcmp(row->state, "contact") == 0 ? NULL : N_("this is no contact");
}

static void
try_number(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct case_ref ref;
	size_t at;

	(void)count;
	ref_of(&ref, rows[0]);
	at = strlen(ref.title);
	snprintf(ref.title + at, sizeof(ref.title) - at, "  %s", rows[0]->cells[GAP_NUMBER]);
	call_open(app, &view->browse.view, &ref);
}

static void
verify(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct case_ref *refs = xcalloc((size_t)count, sizeof *refs);

	(void)view;
	for (int i = 0; i < count; i++) {
		ref_of(&refs[i], rows[i]);
	}
	form_open(app, &verify_form, refs, count, rows[0]);
	free(refs);
}

static bool
print_sheet(struct buf *out, struct desk *desk, const struct page *page, struct error *err)
{
	(void)page;
	return contact_sheet(out, desk, err);
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = fill_in },
	{ .command = CMD_CALLS, .run = try_number, .refuse = only_contacts },
	{ .command = CMD_VERIFY, .run = verify, .refuse = only_contacts, .bulk = true },
	{ .command = CMD_NONE },
};

const struct sheet gaps_people_sheet = {
	.ops = SHEET_OPS("gaps-people", hints),
	.title = N_("GAPS: PEOPLE"),
	.source = { .columns = columns, .load = load,
		.empty = N_("nothing is missing") },
	.acts = acts,
	.tab = &gaps_sheet.ops,
	.tab_hint = N_("systems"),
	.print = print_sheet,
};
