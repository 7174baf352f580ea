/* told.c owns which questions of a plan a caller has answered already. */
#include "playbooks/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/planned.h"
#include "core/sql.h"
#include "core/tin.h"
#include "core/tin_words.h"
#include "core/when.h"
#include "playbooks/answer.h"

/* What a question wants to hear, in suco-step's words ("says"). */
static const struct {
	const char *what;
	enum told_kind kind;
} said[] = {
	{ "time_detected", TOLD_SINCE }, { "caller", TOLD_CALLER },
	{ "what_is_seen", TOLD_WHAT }, { "verified", TOLD_VERIFIED },
	{ "state_secret", TOLD_SECRET }, { "callers", TOLD_CALLERS },
};

struct reading {
	struct told *out;
	struct desk *desk;
};

static void
put(struct told *out, enum told_kind kind, const struct tin *tin, char *text)
{
	if (out->by[kind].text != NULL || text == NULL || text[0] == '\0') {
		free(text);
		return;
	}
	out->by[kind].text = text;
	(void)snprintf(out->by[kind].number, sizeof out->by[kind].number, "%s",
		tin->number);
}

static char *
caller_of(const struct tin *tin)
{
	const char *parts[] = { tin->caller, tin->post, tin->unit_name, tin->callback };
	struct buf out = { 0 };

	for (size_t i = 0; tin->caller[0] != '\0' && i < sizeof parts / sizeof *parts; i++) {
		if (parts[i][0] != '\0') {
			buf_addf(&out, "%s%s", out.len > 0 ? ", " : "", parts[i]);
		}
	}
	return buf_take(&out);
}

/* "UPS kêu; down: mail, meeting; since 02:05". */
static char *
seen_by(const struct tin *tin, const char *since)
{
	char *down = tin_labels(tin_broken, tin->broken);
	struct buf out = { 0 };

	buf_adds(&out, tin->what);
	if (down[0] != '\0') {
		buf_addf(&out, _("; down: %s"), down);
	}
	if (since[0] != '\0') {
		buf_addf(&out, _("; since %s"), since);
	}
	free(down);
	return buf_take(&out);
}

static bool
hear(const struct tin *tin, void *arg)
{
	struct reading *r = arg;
	char since[WHEN_SHORT_SIZE] = "";
	bool secret = strcmp(tin->secret, "yes") == 0;

	if (tin->detected_at != 0) {
		when_near(since, tin->detected_at, desk_now(r->desk), desk_zone(r->desk));
	}
	put(r->out, TOLD_SINCE, tin, xstrdup(since));
	put(r->out, TOLD_CALLER, tin, caller_of(tin));
	put(r->out, TOLD_WHAT, tin, seen_by(tin, since));
	put(r->out, TOLD_VERIFIED, tin, xstrdup(tin->verified_at != 0 ? "yes" : ""));
	if (secret) { /* one who says yes outweighs all who say no */
		free(r->out->by[TOLD_SECRET].text);
		r->out->by[TOLD_SECRET].text = NULL;
	}
	put(r->out, TOLD_SECRET, tin, xstrdup(secret ? "yes"
		: strcmp(tin->secret, "no") == 0 ? "no" : ""));
	r->out->callers++;
	free(r->out->by[TOLD_CALLERS].text);
	r->out->by[TOLD_CALLERS].text = NULL;
	put(r->out, TOLD_CALLERS, tin, xasprintf("%lld", (long long)r->out->callers));
	return true;
}

static bool
add_change(const struct planned *work, void *arg)
{
	const struct reading *r = arg;
	char *words = planned_words(work, desk_now(r->desk), desk_zone(r->desk));
	char *all = r->out->changed == NULL ? xstrdup(words)
		: xasprintf("%s\n%s", r->out->changed, words);

	free(r->out->changed);
	r->out->changed = all;
	free(words);
	return true;
}

SQL(TOLD_CASE, "t", "SELECT asset_id, detected_at, opened_at FROM cases WHERE id = $1");

static bool
load_changes(struct reading *r, const char *case_id, struct error *err)
{
	struct stmt *st = db_query(desk_db(r->desk), &TOLD_CASE, TXT(case_id));
	char *asset = NULL;
	int64_t at = 0;
	bool ok;

	if (stmt_row(st)) {
		asset = stmt_own(st, 0);
		at = stmt_int(st, 1) != 0 ? stmt_int(st, 1) : stmt_int(st, 2);
	}
	ok = stmt_done(st, err) && (asset == NULL || asset[0] == '\0'
		|| planned_near(r->desk, asset, at, add_change, r, err));
	free(asset);
	return ok;
}

bool
told_load(struct told *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct reading r = { out, desk };

	*out = (struct told){ 0 };
	return tin_each(desk, &(struct tin_filter){ .case_id = case_id }, hear, &r, err)
		&& load_changes(&r, case_id, err);
}

void
told_clear(struct told *told)
{
	for (int i = 0; i < TOLD_KINDS; i++) {
		free(told->by[i].text);
	}
	free(told->changed);
	*told = (struct told){ 0 };
}

static const char *
wants(const struct variable *variable)
{
	const char *what = variable == NULL ? NULL
		: json_get_text(json_get(variable->ext, "says"), "what");

	return what != NULL ? what : "";
}

const char *
told_known(const struct told *told, const struct variable *variable)
{
	return strcmp(wants(variable), "changes") == 0 ? told->changed : NULL;
}

/* What was heard, as the choice that means it where the plan has choices. */
static const char *
in_words_of(const struct variable *variable, const char *heard)
{
	const struct json *values = json_get(json_get(variable->ext, "says"), "values");

	return values == NULL || heard == NULL ? heard : json_get_text(values, heard);
}

const char *
told_answer(const char **number, const struct told *told, const struct run *run,
	const struct instance *instance, const char *name)
{
	const struct variable *variable = playbook_find_variable(run_playbook(run), name);
	struct run_value is = { 0 };
	struct error ignored;

	if (variable == NULL || instance == NULL
			|| !run_variable(&is, run, instance, name)
			|| is.value != NULL || is.unknown) {
		return NULL;
	}
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		const char *text = strcmp(said[i].what, wants(variable)) != 0 ? NULL
			: in_words_of(variable, told->by[said[i].kind].text);

		if (text != NULL && answer_check(variable, text, &ignored)) {
			*number = told->by[said[i].kind].number;
			return text;
		}
	}
	return NULL;
}
