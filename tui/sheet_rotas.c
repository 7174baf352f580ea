/* sheet_rotas.c owns the screen of the roster's rules: layers and their rotations,
 * rosters for a span, raised watch; the forms stand in rota_forms.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/duty_rules.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"
#include "tui/ask.h"
#include "tui/roster_paper.h"
#include "tui/rota_forms.h"
#include "tui/view_roster.h"
#include "tui/views.h"

enum { ROTA_WHAT, ROTA_HOW, ROTA_WHO };

static const struct table_column columns[] = {
	[ROTA_WHAT] = { N_("LAYER, ROTATION"), 24, 0, false, .wide = 30 },
	[ROTA_HOW] = { N_("WHEN"), 0, 0, false },
	[ROTA_WHO] = { N_("WHO, IN THIS ORDER"), 22, 60, false, .wide = 44 },
	{ 0 },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("change") },
	{ CMD_ADD, N_("add") },
	{ CMD_HOLD, N_("take off") },
	{ CMD_UNDO, NULL },
	SHEET_HINTS
};

struct showing {
	struct table_rows *out;
	const struct page *page;
	struct desk *desk;
};

/* about is the thing itself: its form is filled from it. */
static struct table_row *
row_add(const struct showing *s, const char *state, const char *key,
	const struct json *thing)
{
	char id[UUID_SIZE];
	struct table_row *row;

	snprintf(id, sizeof(id), "%.8s %.26s", state, key);
	row = table_add(s->out, id, key, state);
	row->about = json_line(thing);
	return row;
}

static void
add_rota(const struct showing *s, const char *layer, const struct json *rota)
{
	struct json *whole = json_copy(rota);
	char key[24];
	struct table_row *row;
	struct buf text = { 0 };

	json_set_text(whole, "layer", layer);
	snprintf(key, sizeof(key), "%lld", (long long)json_get_int(rota, "n", 0));
	row = row_add(s, "rota", key, whole);
	buf_addf(&text, "  %s %s", key, json_text_of(rota, "name"));
	table_cell(row, ROTA_WHAT, buf_text(&text));
	buf_clear(&text);
	duty_rota_say(&text, rota);
	table_cell(row, ROTA_HOW, buf_text(&text));
	buf_clear(&text);
	duty_rota_people(&text, rota);
	table_cell(row, ROTA_WHO, buf_text(&text));
	row->style = ST_TEXT;
	buf_free(&text);
	json_free(whole);
	(void)page_take(s->out, s->page);
}

static void
add_layer(const struct showing *s, const struct json *layer)
{
	const char *code = json_text_of(layer, "layer"), *name = json_text_of(layer, "name");
	const char *other = json_text_of(layer, "name_en");
	bool english = strcmp(i18n_language(), "en") == 0 && other[0] != '\0';
	struct table_row *row = row_add(s, "layer", code, layer);
	char *text = xasprintf("%s (%s)", english ? other : name, code);

	table_cell(row, ROTA_WHAT, text);
	free(text);
	text = xasprintf(_("needs %lld%s"), (long long)json_get_int(layer, "needed", 0),
		json_get_bool(layer, "counted") ? _(", hours counted") : "");
	table_cell(row, ROTA_HOW, text);
	free(text);
	row->style = ST_TITLE;
	if (json_count(json_get(layer, "rotations")) == 0) {
		table_cell(row, ROTA_WHO, _("no rotation yet"));
		row->signs = json_get_int(layer, "needed", 0) > 0 ? 1 : 0;
	}
	(void)page_take(s->out, s->page);
	for (const struct json *rota = json_first(json_get(layer, "rotations")); rota != NULL;
	     rota = json_next(rota)) {
		add_rota(s, code, rota);
	}
}

static void
add_span(const struct showing *s, const char *state, const char *label,
	const struct json *one, const char *who)
{
	char key[24];
	struct buf span = { 0 };
	struct table_row *row;
	char *text;

	snprintf(key, sizeof(key), "%lld", (long long)json_get_int(one, "n", 0));
	row = row_add(s, state, key, one);
	text = xasprintf("%s %s: %s", label, key, json_text_of(one, "name"));
	table_cell(row, ROTA_WHAT, text);
	free(text);
	roster_span(&span, json_get_int(one, "from", 0), json_get_int(one, "to", 0),
		desk_zone(s->desk));
	table_cell(row, ROTA_HOW, buf_text(&span));
	buf_free(&span);
	table_cell(row, ROTA_WHO, who);
	row->style = ST_STRONG;
	(void)page_take(s->out, s->page);
}

static void
add_spell(const struct showing *s, const struct json *spell)
{
	char *who = xasprintf(_("%s, shifts: %d"), json_text_of(spell, "layer"),
		json_count(json_get(spell, "shifts")));

	add_span(s, "spell", _("temporary"), spell, who);
	free(who);
}

static void
add_raised(const struct showing *s, const struct json *raised)
{
	struct buf who = { 0 };

	for (const struct json *one = json_first(json_get(raised, "needs")); one != NULL;
	     one = json_next(one)) {
		buf_addf(&who, "%s%s: %lld", who.len > 0 ? ", " : "", json_key(one),
			(long long)json_integer(one, 0));
	}
	add_span(s, "raise", word_label(WORDS_RAISED_WATCH, json_text_of(raised, "kind")),
		raised, buf_text(&who));
	buf_free(&who);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct showing s = { out, page, desk };
	struct json *rules = NULL;

	if (!duty_rules(desk, &rules, err)) {
		return false;
	}
	for (const struct json *one = json_first(json_get(rules, "layers")); one != NULL;
	     one = json_next(one)) {
		add_layer(&s, one);
	}
	for (const struct json *one = json_first(json_get(rules, "spells")); one != NULL;
	     one = json_next(one)) {
		add_spell(&s, one);
	}
	for (const struct json *one = json_first(json_get(rules, "raised")); one != NULL;
	     one = json_next(one)) {
		add_raised(&s, one);
	}
	snprintf(out->head.todo, sizeof(out->head.todo), "%s",
		_("= adds a rotation, a layer, a temporary roster, raised watch."));
	json_free(rules);
	return true;
}

/* ---- acts ---- */

static void
change(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	rota_form_open(app, rows[0]->state, rows[0]);
}

static bool
chosen(struct app *app, void *arg, const char *word)
{
	struct sheet_view *v = (struct sheet_view *)app_base(app);
	const struct table_row *here = v->browse.view.ops == &rotas_sheet.ops
		? browse_here(&v->browse) : NULL;

	(void)arg;
	rota_form_new(app, word, here);
	return true;
}

static void
add(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct view *pick = ask_pick(app, &(struct pick){ .title = _("add"), .done = chosen });
	bool layers = view->browse.rows.count > 0;
	const char *first = layers ? NULL : _("first add a layer");

	(void)rows;
	(void)count;
	pick_add(pick, "rota", _("a rotation: who takes turns, when"), NULL, first);
	pick_add(pick, "layer", _("a layer: who is called first, second"), NULL, NULL);
	pick_add(pick, "spell", _("a roster for a span, in the place of the rules"), NULL,
		first);
	pick_add(pick, "raise", _("raised watch: more people needed"), NULL, first);
}

static void
take_off(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)count;
	rota_form_off(app, rows[0]);
}

static void
undo(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	(void)rows;
	(void)count;
	roster_undo(app);
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = change },
	{ .command = CMD_ADD, .run = add, .always = true },
	{ .command = CMD_HOLD, .run = take_off },
	{ .command = CMD_UNDO, .run = undo, .always = true },
	{ .command = CMD_NONE },
};

const struct sheet rotas_sheet = {
	.ops = SHEET_OPS("rotations", hints),
	.title = N_("LAYERS AND ROTATIONS"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("no layer yet: = adds one") },
	.acts = acts,
};
