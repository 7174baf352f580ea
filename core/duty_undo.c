/* duty_undo.c finds a member's last act on the roster and does the opposite: an
 * exception is withdrawn, a rule set back as it was, one that was taken off made
 * again. */
#include "core/duty_undo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/duty_act.h"
#include "core/duty_which.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/timeline.h"
#include "core/undo_next.h"

#define LOOK_BACK 400 /* events of the desk */

SQL(ROTA_GONE, "t",
	"SELECT layer, n, name, type, every, start, zone, days, from_clock, to_clock, people,"
	" from_day, to_day FROM duty_rota WHERE id = $1");
SQL(LAYER_CODE, "t", "SELECT code FROM duty_layer WHERE id = $1");

/* An act on the roster: its event, its table, the word to withdraw it by. */
static const struct roster_act {
	const char *kind, *thing, *what;
} acts[] = {
	{ "absence_added", "absence", "away" },
	{ "absence_set", "absence", NULL },
	{ "duty_layer_added", "duty_layer", NULL },
	{ "duty_layer_set", "duty_layer", NULL },
	{ "duty_override_added", "duty_override", "override" },
	{ "duty_override_set", "duty_override", NULL },
	{ "duty_rota_added", "duty_rota", NULL },
	{ "duty_rota_set", "duty_rota", NULL },
	{ "duty_spell_added", "duty_spell", "spell" },
	{ "duty_spell_set", "duty_spell", NULL },
	{ "raised_watch_added", "raised_watch", "raise" },
	{ "raised_watch_set", "raised_watch", NULL },
};

struct last_act {
	struct desk *desk;
	const struct roster_act *act;
	struct json *body;
	char *text;
};

static bool
look(const struct entry *entry, void *arg)
{
	struct last_act *last = arg;

	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		if (strcmp(acts[i].kind, entry->event->kind) == 0 &&
		    undo_own(last->desk, entry->event)) {
			last->act = &acts[i];
			last->body = json_copy(entry->body);
			last->text = timeline_text(entry, desk_zone(last->desk));
			return false;
		}
	}
	return true;
}

/* What it was: column's value before, NULL where it did not change. */
static const struct json *
before(const struct json *body, const char *column)
{
	return json_get(json_get(json_get(body, "set"), column), "from");
}

static bool
took_off(const struct json *body)
{
	const struct json *state = json_get(json_get(body, "set"), "state");

	return strcmp(json_text_of(state, "to"), "withdrawn") == 0;
}

static void
put_clock(struct json *rota, const char *key, int64_t minutes)
{
	char text[16];

	(void)snprintf(text, sizeof text, "%02d:%02d", (int)(minutes / 60) % 24,
		(int)(minutes % 60));
	json_set_text(rota, key, text);
}

static void
put_people(struct json *rota, const char *text)
{
	struct json *people = NULL;
	struct error ignored;

	if (json_parse(&people, text, strlen(text), NULL, &ignored)) {
		json_set(rota, "people", people);
	}
}

static bool
set(struct desk *desk, const char *layer, struct json *given, struct error *err)
{
	bool changed = false;
	bool ok = duty_set(desk, layer, given, &changed, err);

	json_free(given);
	return ok;
}

/* ---- rotations ---- */

static void
put_row(struct json *rota, struct stmt *st)
{
	static const char *const texts[] = { "name", "type", NULL, "start", "zone", "days",
		NULL, NULL, NULL, "from_day", "to_day" };

	for (int i = 0; i < 11; i++) {
		if (texts[i] != NULL && stmt_text(st, i + 2) != NULL) {
			json_set_text(rota, texts[i], stmt_text(st, i + 2));
		}
	}
	json_set_int(rota, "every", stmt_int(st, 4));
	put_clock(rota, "from", stmt_int(st, 8));
	put_clock(rota, "to", stmt_int(st, 9));
	put_people(rota, stmt_text(st, 10));
}

static void
put_before(struct json *rota, const struct json *body)
{
	static const char *const texts[] = { "name", "type", "start", "zone", "days",
		"from_day", "to_day" };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (before(body, texts[i]) != NULL) {
			json_set_text(rota, texts[i], json_text(before(body, texts[i]), ""));
		}
	}
	if (before(body, "every") != NULL) {
		json_set_int(rota, "every", json_integer(before(body, "every"), 1));
	}
	if (before(body, "from_clock") != NULL) {
		put_clock(rota, "from", json_integer(before(body, "from_clock"), 0));
	}
	if (before(body, "to_clock") != NULL) {
		put_clock(rota, "to", json_integer(before(body, "to_clock"), 0));
	}
	if (before(body, "people") != NULL) {
		put_people(rota, json_text(before(body, "people"), ""));
	}
}

static bool
back_rota(const struct last_act *last, struct error *err)
{
	struct stmt *st = db_query(desk_db(last->desk), &ROTA_GONE,
		TXT(json_text_of(last->body, "duty_rota")));
	struct json *rota = json_object(), *given = json_object();
	bool added = json_get(last->body, "row") != NULL, off = took_off(last->body);
	char *layer = NULL;

	json_set(given, "rotation", rota);
	if (stmt_row(st)) {
		layer = stmt_own(st, 0);
		json_set_int(rota, "n", stmt_int(st, 1));
		if (off) {
			put_row(rota, st);
			json_set_text(rota, "n", DUTY_NEW);
		}
	}
	if (!stmt_done(st, err) || layer == NULL) {
		free(layer);
		json_free(given);
		return false;
	}
	if (added) {
		json_set_bool(rota, "withdraw", true);
	} else if (!off) {
		put_before(rota, last->body);
	}
	added = set(last->desk, layer, given, err);
	free(layer);
	return added;
}

/* ---- layers ---- */

static bool
back_layer(const struct last_act *last, struct error *err)
{
	static const char *const texts[] = { "name", "name_en" };
	static const char *const numbers[] = { "needed", "position", "counted" };
	struct json *given = json_object();
	char *code = NULL;
	bool ok;

	if (!db_one_text(desk_db(last->desk), &LAYER_CODE, &code, err,
		    TXT(json_text_of(last->body, "duty_layer"))) || code == NULL) {
		json_free(given);
		return false;
	}
	if (json_get(last->body, "row") != NULL) {
		json_set_bool(given, "withdraw", true);
	}
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (before(last->body, texts[i]) != NULL) {
			json_set_text(given, texts[i], json_text(before(last->body, texts[i]), ""));
		}
	}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		if (before(last->body, numbers[i]) != NULL) {
			json_set_int(given, numbers[i],
				json_integer(before(last->body, numbers[i]), 0));
		}
	}
	ok = set(last->desk, code, given, err);
	free(code);
	return ok;
}

static bool
back(const struct last_act *last, struct error *err)
{
	if (last->act == NULL) {
		return error_set(err, ERR_REFUSED,
			_("you did nothing to the roster that could be undone"));
	}
	if (strcmp(last->act->thing, "duty_rota") == 0) {
		return back_rota(last, err);
	}
	if (strcmp(last->act->thing, "duty_layer") == 0) {
		return back_layer(last, err);
	}
	if (last->act->what == NULL) {
		return error_set(err, ERR_REFUSED,
			_("your last act on the roster ended something: make it anew (%s)"),
			last->text);
	}
	return duty_withdraw(last->desk, last->act->what,
		(int)json_get_int(json_get(last->body, "row"), "n", 0), _("undone"), err);
}

bool
duty_undo(struct desk *desk, char **said, struct error *err)
{
	struct last_act last = { .desk = desk };
	bool ok = timeline_each(desk, &(struct timeline_page){ .case_id = "",
		.newest_first = true, .limit = LOOK_BACK }, look, &last, err) && back(&last, err);

	*said = ok ? xasprintf(_("undone: %s"), last.text) : NULL;
	json_free(last.body);
	free(last.text);
	return ok;
}
