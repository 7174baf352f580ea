/* guess_fill.c owns what typed words fill in: the kind and the system of a case
 * or a report; and the choice among cases that look the same. */
#include "tui/guess_fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/model.h"

/* The system among the choices that the words speak of; "" for none. */
static void
named(char *out, size_t size, const struct field *assets, const char *words)
{
	struct guess_best best = { 0 };

	out[0] = '\0';
	for (int i = 0; i < assets->choice_count; i++) {
		const struct choice *c = &assets->choices[i];

		if (guess_better(&best, words, &(struct guess_system){ .code = c->word,
				.name = c->label, .also = c->also })) {
			snprintf(out, size, "%s", c->word);
		}
	}
}

bool
guess_fill_asset(const struct guess_fill *fill, struct form *form)
{
	struct field *asset = form_field(form, "asset");
	bool offered;
	char code[64];

	named(code, sizeof(code), asset, form_value(form, fill->words));
	offered = code[0] == '\0' && fill->offered[0] != '\0';
	if (offered) {
		snprintf(code, sizeof(code), "%s", fill->offered);
	}
	if (fill->asset_chosen || strcmp(code, field_value(asset)) == 0) {
		return false;
	}
	field_set(asset, code);
	if (fill->says) {
		field_help(asset, offered ? _("serves this unit")
			: code[0] != '\0' ? _("named in the text") : "");
	}
	return true;
}

bool
guess_changed(struct guess_fill *fill, struct form *form, const char *name)
{
	bool kind = strcmp(name, "kind") == 0, asset = strcmp(name, "asset") == 0;
	bool words = strcmp(name, fill->words) == 0;

	fill->kind_chosen = fill->kind_chosen || kind;
	fill->asset_chosen = fill->asset_chosen || asset;
	if (words) {
		const char *word = guess_kind(form_value(form, fill->words));

		if (!fill->kind_chosen && word != NULL) {
			field_set(form_field(form, "kind"), word);
		}
		(void)guess_fill_asset(fill, form);
	}
	return words || kind || asset;
}

void
guess_fill_time(struct guess_fill *fill, struct form *form, const char *name,
	struct app *app)
{
	char text[WHEN_SHORT_SIZE] = "";
	int64_t at;

	fill->time_chosen = fill->time_chosen || strcmp(name, "detected") == 0;
	if (fill->time_chosen || strcmp(name, fill->words) != 0) {
		return;
	}
	if (guess_since(&at, form_value(form, fill->words), app_now(app), app_summary(app)->zone)) {
		when_near(text, at, app_now(app), app_summary(app)->zone);
	}
	field_set(form_field(form, "detected"), text);
}

void
guess_ask_of(struct guess_ask *out, const struct guess_fill *fill,
	const struct form *form)
{
	snprintf(out->title, sizeof(out->title), "%s", form_value(form, fill->words));
	snprintf(out->kind, sizeof(out->kind), "%s", form_value(form, "kind"));
	snprintf(out->asset, sizeof(out->asset), "%s", form_value(form, "asset"));
}

void
guess_pick_same(struct app *app, const struct guess *guess, const char *title,
	bool (*done)(struct app *app, void *arg, const char *case_id))
{
	struct view *pick = ask_pick(app, &(struct pick){ .title = title,
		.empty = _("no open case looks the same"), .done = done });

	for (int i = 0; i < guess->same.count; i++) {
		const struct case_row *c = &guess->same.rows[i];
		char *label = xasprintf("%s %s", c->number, c->title);

		pick_add(pick, c->id, label, c->owner, NULL);
		free(label);
	}
}
