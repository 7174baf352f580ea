/* rota_forms.c owns what can be done to the roster's rules, through the acts that the
 * verbs use. */
#include "tui/rota_forms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/duty_act.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/model.h"
#include "tui/number.h"

/* What the row is about; NULL.  The caller's. */
static struct json *
thing_of(const struct table_row *row)
{
	struct json *thing = NULL;
	struct error ignored;
	const char *text = row == NULL || row->about == NULL ? "" : row->about;

	return json_parse(&thing, text, strlen(text), NULL, &ignored) ? thing : NULL;
}

static void
put(struct view *view, const char *name, const char *text)
{
	struct field *field = form_field(ask_form_fields(view), name);

	if (field != NULL && text[0] != '\0') {
		field_set(field, text);
	}
}

static void
put_number(struct view *view, const char *name, const struct json *thing)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)json_get_int(thing, name, 0));
	put(view, name, text);
}

static void
put_time(struct app *app, struct view *view, const char *name, const struct json *thing)
{
	char text[WHEN_SHORT_SIZE];

	if (app_screen(app)->zone != NULL) {
		when_full(text, json_get_int(thing, name, 0), app_screen(app)->zone);
		put(view, name, text);
	}
}

/* Copies what was filled in. */
static void
given(struct json *to, const struct json *values, const char *const *names)
{
	for (; *names != NULL; names++) {
		if (form_given(values, *names) != NULL) {
			json_set_text(to, *names, form_word(values, *names));
		}
	}
}

static bool
set(struct desk *desk, const char *layer, struct json *what, struct error *err)
{
	bool changed = false;
	bool ok = duty_set(desk, layer, what, &changed, err);

	json_free(what);
	return ok;
}

/* ---- a layer ---- */

static const struct word yes_no[] = {
	{ "yes", N_("yes") }, { "no", N_("no") }, { NULL, NULL },
};

static const struct form_line layer_lines[] = {
	{ .name = "layer", .label = N_("Code"), .kind = FIELD_LINE, .required = true,
		.help = N_("short, as first, backup, lead") },
	{ .name = "name", .label = N_("Called"), .kind = FIELD_LINE, .required = true },
	{ .name = "name_en", .label = N_("In English"), .kind = FIELD_LINE },
	{ .name = "needed", .label = N_("Needed"), .kind = FIELD_LINE, .value = "1",
		.help = N_("people at any time; 0: it may be empty") },
	{ .name = "position", .label = N_("Order"), .kind = FIELD_LINE,
		.help = N_("1 is called first") },
	{ .name = "counted", .label = N_("Hours are work"), .kind = FIELD_CHOICE,
		.words = yes_no, .value = "yes" },
	{ .name = NULL },
};

static bool
run_layer(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	static const char *const names[] = { "name", "name_en", "needed", "position",
		"counted", NULL };
	struct json *what = json_object();

	(void)ref;
	given(what, values, names);
	return set(desk, form_word(values, "layer"), what, err);
}

static void
fill_layer(struct app *app, struct view *view, const struct table_row *row)
{
	struct json *thing = thing_of(row);

	(void)app;
	if (thing != NULL) {
		put(view, "layer", json_text_of(thing, "layer"));
		put(view, "name", json_text_of(thing, "name"));
		put(view, "name_en", json_text_of(thing, "name_en"));
		put_number(view, "needed", thing);
		put_number(view, "position", thing);
		put(view, "counted", json_get_bool(thing, "counted") ? "yes" : "no");
	}
	json_free(thing);
}

/* ---- a rotation ---- */

static const struct word types[] = {
	{ "hourly", N_("hourly") }, { "daily", N_("daily") }, { "weekly", N_("weekly") },
	{ "monthly", N_("monthly") }, { "fixed", N_("all of them, always") }, { NULL, NULL },
};

static const struct form_line rota_lines[] = {
	{ .name = "layer", .label = N_("Layer"), .kind = FIELD_PICK, .required = true,
		.from = CHOICES_LAYERS, .loaded = true },
	{ .name = "name", .label = N_("Called"), .kind = FIELD_LINE,
		.help = N_("as the day shift") },
	{ .name = "people", .label = N_("Who takes turns"), .kind = FIELD_LINE, .required = true,
		.help = N_("logins in their order: ha, tuan") },
	{ .name = "type", .label = N_("Handed over"), .kind = FIELD_CHOICE, .words = types,
		.value = "weekly" },
	{ .name = "every", .label = N_("Every"), .kind = FIELD_LINE,
		.help = N_("hours, days, weeks, months; empty: 1") },
	{ .name = "start", .label = N_("First hand-over"), .kind = FIELD_LINE,
		.help = N_("as 23/11/2026 06:00; empty: this Monday") },
	{ .name = "from", .label = N_("Shift from"), .kind = FIELD_LINE,
		.help = N_("as 18:00; empty: the whole day") },
	{ .name = "to", .label = N_("to"), .kind = FIELD_LINE },
	{ .name = "days", .label = N_("Days"), .kind = FIELD_LINE,
		.help = N_("1 is Monday: 1-5 or 6,7; empty: all") },
	{ .name = "from_day", .label = N_("Counts from"), .kind = FIELD_LINE,
		.help = N_("a day; empty: always") },
	{ .name = "to_day", .label = N_("up to"), .kind = FIELD_LINE },
	{ .name = "n", .label = "", .kind = FIELD_HIDDEN },
	{ .name = "was", .label = "", .kind = FIELD_HIDDEN },
	{ .name = NULL },
};

/* An order that was not touched leaves the turn that runs with who has it: what says
 * the first hand-over anew does not. */
static bool
run_rota(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	static const char *const names[] = { "name", "people", "type", "every", "from", "to",
		NULL };
	static const char *const emptied[] = { "days", "from_day", "to_day" };
	struct json *what = json_object(), *rota = json_object();
	const char *n = form_word(values, "n"), *start = form_word(values, "start");

	(void)ref;
	given(rota, values, names);
	for (size_t i = 0; i < sizeof(emptied) / sizeof(emptied[0]); i++) {
		json_set_text(rota, emptied[i], form_word(values, emptied[i]));
	}
	if (start[0] != '\0' && strcmp(start, form_word(values, "was")) != 0) {
		json_set_text(rota, "start", start);
	}
	json_set_text(rota, "n", n[0] != '\0' ? n : "new");
	json_set(what, "rotation", rota);
	return set(desk, form_word(values, "layer"), what, err);
}

/* 2026-11-16T06:00 as 16/11/2026 06:00, which the form takes too. */
static void
put_start(struct view *view, const char *iso)
{
	char text[32];

	if (strlen(iso) == strlen("2026-11-16T06:00")) {
		snprintf(text, sizeof(text), "%.2s/%.2s/%.4s %.5s", iso + 8, iso + 5, iso,
			iso + 11);
		put(view, "start", text);
		put(view, "was", text);
	}
}

static void
fill_rota(struct app *app, struct view *view, const struct table_row *row)
{
	static const char *const names[] = { "layer", "name", "type", "days", "from_day",
		"to_day" };
	struct json *thing = thing_of(row);
	struct buf people = { 0 };
	const char *from = json_text_of(thing, "from"), *to = json_text_of(thing, "to");

	(void)app;
	if (thing == NULL) {
		return;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		put(view, names[i], json_text_of(thing, names[i]));
	}
	if (json_get(thing, "n") == NULL) {
		json_free(thing); /* of another thing: only its layer */
		return;
	}
	put(view, "from", strcmp(from, to) == 0 ? "" : from);
	put(view, "to", strcmp(from, to) == 0 ? "" : to);
	for (const struct json *one = json_first(json_get(thing, "people")); one != NULL;
	     one = json_next(one)) {
		buf_addf(&people, "%s%s", people.len > 0 ? ", " : "", json_text(one, ""));
	}
	put(view, "people", buf_text(&people));
	put_number(view, "every", thing);
	put_start(view, json_text_of(thing, "start"));
	put_number(view, "n", thing);
	buf_free(&people);
	json_free(thing);
}

/* ---- a roster for a span ---- */

static const struct form_line spell_lines[] = {
	{ .name = "layer", .label = N_("Layer"), .kind = FIELD_PICK, .required = true,
		.from = CHOICES_LAYERS, .loaded = true },
	{ .name = "name", .label = N_("Called"), .kind = FIELD_LINE, .required = true,
		.help = N_("what it is for: Tet, a congress") },
	{ .name = "from", .label = N_("From when"), .kind = FIELD_LINE, .required = true,
		.help = N_("21/11 18:00, now") },
	{ .name = "to", .label = N_("Until"), .kind = FIELD_LINE, .required = true },
	{ .name = "shifts", .label = N_("Shifts"), .kind = FIELD_AREA, .required = true,
		.rows = 6, .list = true,
		.help = N_("a shift a line: ha 16/02/2027 06:00..18:00") },
	{ .name = "source", .label = N_("By decision"), .kind = FIELD_LINE },
	{ .name = "n", .label = "", .kind = FIELD_HIDDEN },
	{ .name = NULL },
};

/* One that is changed gives way to the new one in the same act. */
static bool
run_spell(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	struct json *shifts = json_array();
	const struct duty_spell_new what = { .layer = form_word(values, "layer"),
		.name = form_word(values, "name"), .source = form_word(values, "source"),
		.span = { form_given(values, "from"), form_given(values, "to") },
		.shifts = shifts };
	const char *old = form_word(values, "n");
	int n = 0;
	bool ok;

	(void)ref;
	if (!duty_shifts_read(shifts, form_word(values, "shifts"), err) ||
	    !change_begin(desk, err)) {
		json_free(shifts);
		return false;
	}
	ok = (old[0] == '\0' || duty_withdraw(desk, "spell", number_of(old),
		_("changed"), err)) && duty_spell(desk, &what, &n, err);
	json_free(shifts);
	return change_end(desk, ok, err);
}

static void
fill_spell(struct app *app, struct view *view, const struct table_row *row)
{
	struct json *thing = thing_of(row);
	struct buf shifts = { 0 };

	if (thing == NULL || app_screen(app)->zone == NULL) {
		json_free(thing);
		return;
	}
	put(view, "layer", json_text_of(thing, "layer"));
	if (json_get(thing, "shifts") == NULL) {
		json_free(thing); /* of another thing: only its layer */
		return;
	}
	put(view, "name", json_text_of(thing, "name"));
	put_time(app, view, "from", thing);
	put_time(app, view, "to", thing);
	for (const struct json *one = json_first(json_get(thing, "shifts")); one != NULL;
	     one = json_next(one)) {
		char from[WHEN_SHORT_SIZE], to[WHEN_SHORT_SIZE];

		when_full(from, json_get_int(one, "from", 0), app_screen(app)->zone);
		when_full(to, json_get_int(one, "to", 0), app_screen(app)->zone);
		buf_addf(&shifts, "%s %s..%s\n", json_text_of(one, "login"), from, to);
	}
	put(view, "shifts", buf_text(&shifts));
	put_number(view, "n", thing);
	buf_free(&shifts);
	json_free(thing);
}

/* ---- raised watch ---- */

static const struct form_line raise_lines[] = {
	{ .name = "name", .label = N_("Called"), .kind = FIELD_LINE, .required = true },
	{ .name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .required = true },
	{ .name = "needs", .label = N_("Needed"), .kind = FIELD_LINE, .required = true,
		.help = N_("people of each layer: first=2, backup=1") },
	{ .name = "from", .label = N_("From when"), .kind = FIELD_LINE, .required = true,
		.help = N_("21/11 18:00, now") },
	{ .name = "to", .label = N_("Until"), .kind = FIELD_LINE, .required = true },
	{ .name = "source", .label = N_("By decision"), .kind = FIELD_LINE },
	{ .name = "n", .label = "", .kind = FIELD_HIDDEN },
	{ .name = NULL },
};

static bool
run_raise(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	const struct duty_raise_new what = { .name = form_word(values, "name"),
		.kind = form_word(values, "kind"), .needs = form_word(values, "needs"),
		.source = form_given(values, "source"),
		.span = { form_given(values, "from"), form_given(values, "to") } };
	const char *old = form_word(values, "n");
	int n = 0;

	(void)ref;
	return change_begin(desk, err) && change_end(desk, (old[0] == '\0' ||
		duty_withdraw(desk, "raise", number_of(old), _("changed"), err)) &&
		duty_raise(desk, &what, &n, err), err);
}

static void
fill_raise(struct app *app, struct view *view, const struct table_row *row)
{
	static const char *const kinds[] = { "tet", "holiday", "congress", "storm", "other" };
	struct field *kind = form_field(ask_form_fields(view), "kind");
	struct json *thing = thing_of(row);
	struct buf needs = { 0 };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		field_add_choice(kind, kinds[i], word_label(WORDS_RAISED_WATCH, kinds[i]));
	}
	field_set(kind, kinds[0]);
	if (json_get(thing, "needs") != NULL) {
		put(view, "name", json_text_of(thing, "name"));
		put(view, "kind", json_text_of(thing, "kind"));
		put_time(app, view, "from", thing);
		put_time(app, view, "to", thing);
		for (const struct json *one = json_first(json_get(thing, "needs")); one != NULL;
		     one = json_next(one)) {
			buf_addf(&needs, "%s%s=%lld", needs.len > 0 ? ", " : "", json_key(one),
				(long long)json_integer(one, 0));
		}
		put(view, "needs", buf_text(&needs));
		put_number(view, "n", thing);
	}
	buf_free(&needs);
	json_free(thing);
}

/* ---- taken off ---- */

/* item: "layer first", "rota 2 first", "spell 3", "raise 1". */
static bool
run_off(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	char what[12] = "", key[80] = "", layer[80] = "";
	struct json *off, *rota;

	(void)sscanf(ref->item, "%11s %79s %79s", what, key, layer);
	if (strcmp(what, "layer") != 0 && strcmp(what, "rota") != 0) {
		return duty_withdraw(desk, what, number_of(key), form_given(values, "reason"),
			err);
	}
	off = json_object();
	if (strcmp(what, "layer") == 0) {
		json_set_bool(off, "withdraw", true);
		return set(desk, key, off, err);
	}
	rota = json_object();
	json_set_text(rota, "n", key);
	json_set_bool(rota, "withdraw", true);
	json_set(off, "rotation", rota);
	return set(desk, layer, off, err);
}

static const struct form_line reason_lines[] = {
	{ .name = "reason", .label = N_("Reason"), .kind = FIELD_LINE },
	{ .name = NULL },
};

static const struct sheet_form off_rule = { .needs = ACT_DUTY, .title = N_("take off"),
	.confirm = N_("Nobody stands there by it from now on; what was stays in the history."),
	.run = run_off, .said = N_("taken off: %s") };
static const struct sheet_form off_span = { .needs = ACT_DUTY, .title = N_("end it"),
	.lines = reason_lines, .run = run_off, .said = N_("no longer on the roster: %s") };

/* ---- opening ---- */

#define FORM(its_title, its_lines, its_run, its_fill) { .needs = ACT_DUTY, \
	.title = (its_title), .lines = (its_lines), .run = (its_run), .fill = (its_fill), \
	.said = N_("on the roster: %s") }

static const struct {
	const char *what;
	struct sheet_form form;
} forms[] = {
	{ "layer", FORM(N_("layer"), layer_lines, run_layer, fill_layer) },
	{ "rota", FORM(N_("rotation"), rota_lines, run_rota, fill_rota) },
	{ "spell", FORM(N_("roster for a span"), spell_lines, run_spell, fill_spell) },
	{ "raise", FORM(N_("raised watch"), raise_lines, run_raise, fill_raise) },
};

static void
name_ref(struct case_ref *ref, const char *name)
{
	snprintf(ref->title, sizeof(ref->title), "%s", name + strspn(name, " "));
	snprintf(ref->number, sizeof(ref->number), "%.60s", ref->title);
}

static void
open(struct app *app, const char *what, const struct table_row *row, const char *name)
{
	struct case_ref ref = { 0 };

	name_ref(&ref, name);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (strcmp(forms[i].what, what) == 0) {
			form_open(app, &forms[i].form, &ref, 1, row);
			return;
		}
	}
}

void
rota_form_open(struct app *app, const char *what, const struct table_row *row)
{
	open(app, what, row, row->cells[0] != NULL ? row->cells[0] : row->key);
}

/* Of the row only the layer, for what belongs to one. */
void
rota_form_new(struct app *app, const char *what, const struct table_row *row)
{
	struct json *thing = strcmp(what, "layer") == 0 ? NULL : thing_of(row);
	struct json *whose = json_object();
	struct table_row of = { 0 };

	json_set_text(whose, "layer", json_text_of(thing, "layer"));
	of.about = strcmp(what, "layer") == 0 || strcmp(what, "raise") == 0 ? NULL
		: json_line(whose);
	open(app, what, of.about != NULL ? &of : NULL, _("a new one"));
	free(of.about);
	json_free(whose);
	json_free(thing);
}

void
rota_form_off(struct app *app, const struct table_row *row)
{
	struct json *thing = thing_of(row);
	bool rule = strcmp(row->state, "layer") == 0 || strcmp(row->state, "rota") == 0;
	struct case_ref ref = { 0 };
	const char *name = row->cells[0] != NULL ? row->cells[0] : row->key;

	name_ref(&ref, name);
	snprintf(ref.item, sizeof(ref.item), "%s %s %s", row->state, row->key,
		strcmp(row->state, "rota") == 0 ? json_text_of(thing, "layer") : "");
	form_open(app, rule ? &off_rule : &off_span, &ref, 1, row);
	json_free(thing);
}
