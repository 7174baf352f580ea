/* tin_look.c asks the desk about a report that is being typed. */
#include "tui/tin_look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/setting.h"
#include "core/tin.h"
#include "core/unit_match.h"
#include "core/unit_system.h"
#include "core/when.h"
#include "core/words.h"
#include "tui/case_library.h"
#include "tui/chrome.h"

/* A contact at this body, or at the unit's body, who has a telephone. */
SQL(NUMBER_OF_BODY, "t",
	"SELECT a.value, c.name FROM contact c JOIN address a ON a.owner = c.id"
	" AND a.channel = 'phone' WHERE c.body = $1 OR (c.body <> '' AND c.body ="
	" (SELECT u.body FROM unit u WHERE u.code = $1)) ORDER BY c.role LIMIT 1");

static bool
find_number(struct tin_look *out, struct desk *desk, const char *code, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &NUMBER_OF_BODY, TXT(code));

	if (stmt_row(st)) {
		free(out->directory);
		out->directory = xasprintf("%s (%s)", stmt_text(st, 0), stmt_text(st, 1));
	} else {
		free(out->directory);
		out->directory = xstrdup(_("the directory has no number"));
	}
	return stmt_done(st, err);
}

static bool
find_unit(struct tin_look *out, struct desk *desk, const struct tin_asked *asked,
	struct error *err)
{
	const char *typed = asked->unit;
	struct unit_match match;
	bool ok;

	out->unit = xstrdup("");
	out->directory = xstrdup("");
	if (typed[strspn(typed, " ")] == '\0') {
		return true;
	}
	ok = unit_match(&match, desk, typed, err);
	if (ok) {
		free(out->unit);
		out->unit_sure = match.count == 1;
		out->unit = match.count == 1 ? xasprintf("= %s", match.name)
			: match.count == 0 ? xstrdup(
				_("the register has none of this name; it is kept as typed"))
			: xasprintf(_("%d of the register: %s"), match.count, match.names);
		ok = match.count != 1 || (find_number(out, desk, match.code, err) &&
			unit_system(out->system, sizeof(out->system), desk,
				&(struct unit_asked){ .unit_kind = match.kind, .unit = match.code,
					.kind = asked->ask.kind, .words = asked->ask.title }, err));
	}
	unit_match_clear(&match);
	return ok;
}

/* The plan that a case of it would begin: what the rules name, else by kind. */
static bool
find_plan(struct tin_look *out, struct desk *desk, const struct tin_asked *asked,
	struct error *err)
{
	const struct library *library;
	const struct plan *plan = NULL;
	struct ir_case c = { .detected_at = desk_now(desk), .asset_code =
		xstrdup(asked->ask.asset), .category = xstrdup("") };
	bool ok;

	snprintf(c.kind, sizeof(c.kind), "%s", asked->ask.kind);
	snprintf(c.reportable, sizeof(c.reportable), "unknown");
	snprintf(c.personal_data, sizeof(c.personal_data), "unknown");
	ok = case_library(&library, desk, err) && library_fitting(&plan, library, desk, &c,
		desk_me(desk)->language, err);
	case_clear(&c);
	if (ok && plan != NULL && out->guess.plan_name == NULL) {
		out->guess.plan_name = xasprintf("%s: %s", plan->code, plan->name);
	}
	return ok;
}

static void
say_opens(struct tin_look *out, const struct tin_asked *asked, const char *language)
{
	const struct guess *guess = &out->guess;
	struct buf text = { 0 };
	char severity[16];

	buf_adds(&text, word_label(WORDS_KIND, asked->ask.kind));
	if (asked->ask.asset[0] != '\0') {
		buf_addf(&text, " · %s", asked->ask.asset);
	}
	if (guess->severity > 0) {
		chrome_severity(severity, 0, guess->severity, language);
		buf_addf(&text, " · %s", severity);
	}
	buf_addf(&text, " · %s", guess->plan_name != NULL ? guess->plan_name
		: _("no plan fits"));
	if (guess->members != NULL && guess->members[0] != '\0') {
		buf_addf(&text, _(" · told at once: %s"), guess->members);
	}
	if (guess->told_count > 0) {
		buf_addf(&text, _(" · %d proposed"), guess->told_count);
	}
	out->opens = buf_take(&text);
}

static bool
say_promise(struct tin_look *out, struct desk *desk, struct error *err)
{
	char span[WHEN_SHORT_SIZE];
	int64_t minutes = 0;

	if (!setting_int(desk, "reply_minutes", &minutes, err)) {
		return false;
	}
	when_span(span, minutes * 60000, i18n_language());
	out->promise = xasprintf(_("empty: %s"), span);
	return true;
}

bool
tin_look_load(struct tin_look *out, struct desk *desk, const struct tin_asked *asked,
	struct error *err)
{
	*out = (struct tin_look){ 0 };
	if (!guess_load(&out->guess, desk, &asked->ask, err)
		|| !find_plan(out, desk, asked, err)
		|| !find_unit(out, desk, asked, err) || !say_promise(out, desk, err)
		|| !tin_advice(&out->advice, asked->ask.kind, i18n_language(), err)) {
		tin_look_free(out);
		return false;
	}
	say_opens(out, asked, i18n_language());
	return true;
}

void
tin_look_free(struct tin_look *look)
{
	guess_free(&look->guess);
	free(look->unit);
	free(look->directory);
	free(look->promise);
	free(look->advice);
	free(look->opens);
	*look = (struct tin_look){ 0 };
}
