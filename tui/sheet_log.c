/* sheet_log.c owns the screen of the shift log. */
#include <string.h>

#include "core/i18n.h"
#include "core/shift_log.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/filling.h"
#include "tui/views.h"

enum { PRESET_SHIFT, PRESET_TODAY, PRESET_ALL_LOG };

static const char *const presets[] = { N_("this shift"), N_("today"),
	N_("everything"), NULL };

static const struct hint hints[] = {
	{ CMD_ENTER, N_("read it") },
	{ CMD_ADD, N_("write") },
	{ CMD_PRESETS, NULL },
	{ CMD_HANDOVER, NULL },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("TIME"), 11, 0, false }, { N_("KIND"), 12, 0, false },
	{ N_("WHAT"), 0, 0, false }, { N_("SYSTEM"), 8, 70, false },
	{ N_("WRITTEN BY"), 16, 96, false }, { N_("ENTERED"), 11, 100, false }, { 0 },
};

static bool
add_row(const struct shift_entry *entry, void *arg)
{
	struct filling *f = arg;
	bool later = entry->noted_at - entry->at >= 60000;
	struct table_row *row = filling_add(f, entry->id, entry->n,
		entry->n > 0 ? "written" : "derived", "");

	filling_when(f, row, 0, entry->at);
	table_cell(row, 1, shift_kind_label(entry->kind));
	table_cell(row, 2, entry->text);
	table_cell(row, 3, entry->asset);
	table_cell(row, 4, entry->by);
	if (later) {
		filling_when(f, row, 5, entry->noted_at);
	}
	f->count++;
	return page_take(f->out, f->page);
}

/* Midnight in the desk's zone. */
static int64_t
midnight(struct desk *desk)
{
	struct civil at = zone_civil(desk_zone(desk), desk_now(desk));

	at.hour = at.minute = at.second = at.milli = 0;
	return zone_moment(desk_zone(desk), &at, NULL);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct shift_filter filter = { .limit = 2000 };
	struct filling f = { .out = out, .page = page, .desk = desk };
	bool ok = true;

	if (page->preset == PRESET_SHIFT) {
		ok = shift_began(desk, &filter.from, err);
	} else if (page->preset == PRESET_TODAY) {
		filter.from = midnight(desk);
	}
	return ok && shift_log_each(desk, &filter, add_row, &f, err)
		&& filling_counts(&f, _("%s: %d entries"), _(presets[page->preset]), f.count);
}

static const struct form_line lines[] = {
	{ .name = "text", .label = N_("What"), .kind = FIELD_AREA, .required = true,
		.help = N_("no state secrets; SOC: normal") },
	{ .name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .words = shift_kinds,
		.value = "check" },
	{ .name = "at", .label = N_("Time"), .kind = FIELD_LINE,
		.help = N_("empty: now; 01:00, -20m") },
	{ .name = "asset", .label = N_("System"), .kind = FIELD_PICK,
		.from = CHOICES_ASSETS, .loaded = true,
		.help = N_("type a part of the name") },
	{ .name = "witness", .label = N_("Witnesses"), .kind = FIELD_LINE,
		.help = N_("of an envelope: two names") },
	{ .name = "seal", .label = N_("Seal no."), .kind = FIELD_LINE,
		.help = N_("of an envelope: broken or new") },
	{ .name = NULL },
};

static bool
run_log(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct shift_new what = { .text = form_word(values, "text"),
		.kind = form_word(values, "kind"), .asset = form_word(values, "asset"),
		.witness = form_word(values, "witness"), .seal = form_word(values, "seal") };
	int64_t n;

	(void)ref;
	return form_time(&what.at, values, "at", WHEN_PAST, desk, err)
		&& shift_log_add(desk, &what, &n, err);
}

const struct sheet_form log_form = { .draft = "shift-log",
	.title = N_("write into the shift log"), .lines = lines, .run = run_log,
	.said = N_("written into the shift log%s") };

static const struct sheet_act acts[] = {
	{ .command = CMD_ADD, .form = &log_form, .always = true },
	{ .command = CMD_NONE },
};

/* c writes here too, as it does in a case. */
static unsigned
log_key(struct view *view, struct app *app, const struct key *key)
{
	if (key->code == 'c' && !browse_in_field(view)) {
		return sheet_do(view, app, CMD_ADD);
	}
	return browse_key(view, app, key);
}

const struct sheet log_sheet = {
	.ops = { .name = "log", .size = sizeof(struct sheet_view), .hints = hints,
		.start = sheet_start, .stop = sheet_stop, .load = browse_load,
		.format = sheet_show, .act = sheet_do, .key = log_key,
		.in_field = browse_in_field, .have = sheet_have, .enter = sheet_enter,
		.state = sheet_state, .case_id = sheet_case_id },
	.title = N_("SHIFT LOG"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("nothing in the log of this shift; = writes") },
	.acts = acts,
	.presets = presets,
};
