/* tin_add.c records what a caller told, and what is known of it later. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/guess.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/tin_private.h"
#include "core/tin_words.h"
#include "core/unit_match.h"
#include "core/unit_system.h"

SQL(TIN_NEXT_SERIAL, "ii", "SELECT serial + 1 FROM tin WHERE drill = $1 AND year = $2"
	" ORDER BY serial DESC LIMIT 1");

/* What was typed, cleaned and checked; NULL where nothing was said. */
struct clean {
	char *what, *unit, *caller, *post, *callback, *note, *broken, *done;
	char unit_kind[8], unit_code[72];
	char kind[16], asset[72], secret[12], channel[16];
};

static void
clean_free(struct clean *c)
{
	char *const texts[] = { c->what, c->unit, c->caller, c->post, c->callback, c->note,
		c->broken, c->done };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		free(texts[i]);
	}
}

bool
tin_text(char **out, const char *text, size_t max, const char *what, struct error *err)
{
	enum text_lines lines = max == limit(LIMIT_NOTE) ? TEXT_MANY_LINES : TEXT_ONE_LINE;

	if (text == NULL) {
		return true;
	}
	return text_accept(out, text[strspn(text, " \t\n")] == '\0' ? "" : text,
		text[strspn(text, " \t\n")] == '\0' ? 0 : strlen(text), lines, max, what, err);
}

static bool
word(char *out, size_t size, const struct word *list, const char *what, const char *given,
	struct error *err)
{
	char *words = NULL;

	if (given == NULL) {
		return true;
	}
	if (!tin_accept_words(&words, list, what, given, err)) {
		return false;
	}
	if (strchr(words, ',') != NULL) {
		free(words);
		return error_set(err, ERR_BAD_INPUT, _("%s: one word, not \"%.60s\""), what, given);
	}
	(void)snprintf(out, size, "%s", words);
	free(words);
	return true;
}

/* Which unit it is; where the register has none or several of this name, what was
 * typed is kept and said says which. */
static bool
find_unit(struct desk *desk, struct clean *c, struct tin_said *said, struct error *err)
{
	struct unit_match match;

	said->unit[0] = '\0';
	if (c->unit == NULL || c->unit[0] == '\0') {
		return true;
	}
	if (!unit_match(&match, desk, c->unit, err)) {
		unit_match_clear(&match);
		return false;
	}
	if (match.count == 1) {
		free(c->unit);
		c->unit = xstrdup(match.name);
		(void)snprintf(c->unit_kind, sizeof c->unit_kind, "%s", match.kind);
		(void)snprintf(c->unit_code, sizeof c->unit_code, "%s", match.code);
	} else if (match.count == 0) {
		(void)snprintf(said->unit, sizeof said->unit,
			_("the register has no \"%.100s\": kept as typed"), c->unit);
	} else {
		(void)snprintf(said->unit, sizeof said->unit,
			_("\"%.80s\" may be %d of the register (%.200s): kept as typed, ask which"),
			c->unit, match.count, match.names);
	}
	unit_match_clear(&match);
	return true;
}

static bool
check_asset(struct desk *desk, struct clean *c, const char *asset, struct error *err)
{
	char id[UUID_SIZE];

	if (asset == NULL || asset[0] == '\0') {
		return true;
	}
	(void)snprintf(c->asset, sizeof c->asset, "%s", asset);
	return asset_id_of(id, desk, asset, err);
}

static bool
clean(struct desk *desk, struct clean *c, const struct tin_new *what,
	struct tin_said *said, struct error *err)
{
	size_t name = limit(LIMIT_NAME);

	return tin_text(&c->what, what->what, limit(LIMIT_TITLE), _("content"), err) &&
		tin_text(&c->unit, what->unit, name, _("unit"), err) &&
		tin_text(&c->caller, what->caller, name, _("caller"), err) &&
		tin_text(&c->post, what->post, name, _("post"), err) &&
		tin_text(&c->callback, what->callback, name, _("call-back number"), err) &&
		tin_text(&c->note, what->note, limit(LIMIT_NOTE), _("note"), err) &&
		word(c->channel, sizeof c->channel, tin_channels, _("channel"), what->channel,
			err) &&
		word(c->secret, sizeof c->secret, tin_secrets, _("secrets"), what->secret, err) &&
		(what->broken == NULL || tin_accept_words(&c->broken, tin_broken, _("down"),
			what->broken, err)) &&
		(what->done == NULL || tin_accept_words(&c->done, tin_done_words, _("done"),
			what->done, err)) &&
		(what->kind == NULL || what->kind[0] == '\0' ||
			word_check(WORDS_KIND, _("kind"), what->kind, err)) &&
		(snprintf(c->kind, sizeof c->kind, "%s",
			what->kind == NULL ? "" : what->kind) >= 0) &&
		check_asset(desk, c, what->asset, err) && find_unit(desk, c, said, err);
}

static bool
put_number(struct desk *desk, struct json *body, bool drill, struct tin_said *said,
	struct error *err)
{
	int year = zone_civil(desk_zone(desk), desk_now(desk)).year;
	int64_t serial = 1;

	if (!db_one_int(desk_db(desk), &TIN_NEXT_SERIAL, &serial, err, I64(drill),
		    I64(year))) {
		return false;
	}
	(void)snprintf(said->number, sizeof said->number, "%sTB-%04d-%04lld",
		drill ? "D-" : "", year, (long long)serial);
	/* Cells are written one by one in this order: the serial last, else a drill's
	 * first report would for a moment be the real one of its number. */
	row_int(body, "drill", drill);
	row_text(body, "number", said->number);
	row_int(body, "year", year);
	row_int(body, "serial", serial);
	return true;
}

/* What the words say where nobody did. */
static bool
guess(struct desk *desk, struct clean *c, struct error *err)
{
	const char *kind = c->kind[0] != '\0' ? c->kind : guess_kind(c->what);

	if (c->kind[0] == '\0' && kind != NULL) {
		(void)snprintf(c->kind, sizeof c->kind, "%s", kind);
	}
	return c->asset[0] != '\0' ||
		(guess_asset_code(c->asset, sizeof c->asset, desk, c->what, err) &&
		(c->asset[0] != '\0' || unit_system(c->asset, sizeof c->asset, desk,
			&(struct unit_asked){ .unit_kind = c->unit_kind, .unit = c->unit_code,
				.kind = c->kind, .words = c->what }, err)));
}

static void
put_row(struct json *body, const struct clean *c)
{
	row_text(body, "unit_kind", c->unit_kind);
	row_text(body, "unit", c->unit_code);
	row_text(body, "unit_name", c->unit);
	row_text(body, "caller", c->caller);
	row_text(body, "post", c->post);
	row_text(body, "callback", c->callback);
	row_text(body, "channel", c->channel[0] != '\0' ? c->channel : "phone");
	row_text(body, "what", c->what);
	row_text(body, "kind", c->kind);
	row_text(body, "asset", c->asset);
	row_text(body, "broken", c->broken);
	row_text(body, "done", c->done);
	row_text(body, "secret", c->secret[0] != '\0' ? c->secret : "unknown");
	row_text(body, "note", c->note);
	row_text(body, "state", "new");
}

static bool
put_times(struct desk *desk, struct json *body, const struct tin_new *what,
	struct error *err)
{
	int64_t now = desk_now(desk);
	int64_t minutes = 0;
	int64_t reply_by = what->reply_by;

	if (reply_by == 0) {
		if (!setting_int(desk, "reply_minutes", &minutes, err)) {
			return false;
		}
		reply_by = now + minutes * 60000;
	} else if (reply_by <= (what->reported_at != 0 ? what->reported_at : now)) {
		return error_set(err, ERR_BAD_INPUT, _("no answer is promised for the past"));
	}
	row_int(body, "reply_by", reply_by);
	row_int(body, "reported_at", what->reported_at != 0 ? what->reported_at : now);
	if (what->detected_at != 0) {
		row_int(body, "detected_at", what->detected_at);
	}
	if (what->verified) {
		row_int(body, "verified_at", now);
		row_text(body, "verified_by", desk_me(desk)->login);
	}
	row_text(body, "by_name", desk_me(desk)->login);
	return true;
}

bool
tin_add(struct desk *desk, const struct tin_new *what, char id[UUID_SIZE],
	struct tin_said *said, struct error *err)
{
	struct clean c = { 0 };
	struct json *body;
	bool ok;

	*said = (struct tin_said){ 0 };
	if (!desk_may(desk, ACT_CASE_NEW, err) || !change_begin(desk, err)) {
		return false;
	}
	body = thing_new(desk, "tin", id);
	ok = clean(desk, &c, what, said, err);
	if (ok && (c.what == NULL || c.what[0] == '\0')) {
		ok = error_set(err, ERR_BAD_INPUT,
			_("a report needs its content: one line of what was reported"));
	}
	ok = ok && put_number(desk, body, what->drill, said, err) &&
		guess(desk, &c, err) && put_times(desk, body, what, err);
	if (ok) {
		put_row(body, &c);
	}
	clean_free(&c);
	return change_end_with(desk, ok, "tin_added", NULL, body, err);
}

/* ---- what is known later ---- */

struct changing {
	struct desk *desk;
	const struct tin *tin;
	struct json *body;
	struct error *err;
};

static bool
text_changes(struct changing *g, const char *column, const char *is, const char *wanted)
{
	if (wanted == NULL || strcmp(is, wanted) == 0) {
		return true;
	}
	if (!change_guard(g->desk, g->tin->id, column, wanted, is, g->err)) {
		return false;
	}
	set_text(g->body, column, is, wanted);
	return true;
}

static bool
time_changes(struct changing *g, const char *column, int64_t is, int64_t wanted)
{
	if (wanted == 0 || is == wanted) {
		return true;
	}
	if (!change_guard_int(g->desk, g->tin->id, column, wanted, is, g->err)) {
		return false;
	}
	set_int(g->body, column, is, wanted);
	return true;
}

static const char *
given(const char *text, const char *clean)
{
	return text == NULL || text[0] == '\0' ? NULL : clean;
}

static bool
verify(struct changing *g, bool verified)
{
	if (!verified || g->tin->verified_at != 0) {
		return true;
	}
	return time_changes(g, "verified_at", 0, desk_now(g->desk)) &&
		text_changes(g, "verified_by", "", desk_me(g->desk)->login);
}

static bool
all_changes(struct changing *g, const struct tin_new *what, const struct clean *c)
{
	const struct tin *is = g->tin;
	bool unit = c->unit != NULL;

	return text_changes(g, "what", is->what, given(what->what, c->what)) &&
		(!unit || (text_changes(g, "unit_name", is->unit_name, c->unit) &&
			text_changes(g, "unit_kind", is->unit_kind, c->unit_kind) &&
			text_changes(g, "unit", is->unit, c->unit_code))) &&
		text_changes(g, "caller", is->caller, c->caller) &&
		text_changes(g, "post", is->post, c->post) &&
		text_changes(g, "callback", is->callback, c->callback) &&
		text_changes(g, "channel", is->channel, given(what->channel, c->channel)) &&
		text_changes(g, "kind", is->kind, given(what->kind, c->kind)) &&
		text_changes(g, "asset", is->asset, what->asset == NULL ? NULL : c->asset) &&
		text_changes(g, "broken", is->broken, c->broken) &&
		text_changes(g, "done", is->done, c->done) &&
		text_changes(g, "secret", is->secret, given(what->secret, c->secret)) &&
		text_changes(g, "note", is->note, c->note) &&
		time_changes(g, "reported_at", is->reported_at, what->reported_at) &&
		time_changes(g, "detected_at", is->detected_at, what->detected_at) &&
		time_changes(g, "reply_by", is->reply_by, what->reply_by) &&
		verify(g, what->verified);
}

bool
tin_set(struct desk *desk, const char *id, const struct tin_new *what,
	struct tin_said *said, struct error *err)
{
	struct changing g = { .desk = desk, .err = err };
	struct clean c = { 0 };
	struct tin tin = { 0 };
	bool ok;

	*said = (struct tin_said){ 0 };
	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = tin_find(&tin, desk, id, err) && clean(desk, &c, what, said, err);
	if (ok) {
		g.tin = &tin;
		g.body = tin_body(&tin);
		(void)snprintf(said->number, sizeof said->number, "%s", tin.number);
		ok = all_changes(&g, what, &c);
	}
	if (ok && set_count(g.body) > 0) {
		change_add(desk, "tin_set", tin_place(&tin), g.body);
	} else {
		json_free(g.body);
	}
	clean_free(&c);
	tin_clear(&tin);
	return change_end(desk, ok, err);
}
