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
#include "core/words.h"
#include "playbooks/answer.h"

/* The names of our plans (plans.md): the same thing is asked under several. */
static const struct {
	const char *variable;
	enum told_kind kind;
} asked[] = {
	{ "gio_loi", TOLD_SINCE }, { "gio_mat", TOLD_SINCE },
	{ "gio_mat_dien", TOLD_SINCE },
	{ "nguoi_bao", TOLD_CALLER },
	{ "hien_tuong", TOLD_WHAT },
	{ "da_xac_minh", TOLD_VERIFIED },
	{ "lien_quan_mat", TOLD_SECRET },
	{ "so_noi_bao", TOLD_CALLERS },
};
static const char *const asks_changes = "thay_doi";

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
	put(r->out, TOLD_VERIFIED, tin, xstrdup(tin->verified_at != 0 ? "co" : ""));
	if (secret) { /* one who says yes outweighs all who say no */
		free(r->out->by[TOLD_SECRET].text);
		r->out->by[TOLD_SECRET].text = NULL;
	}
	put(r->out, TOLD_SECRET, tin, xstrdup(secret ? "co"
		: strcmp(tin->secret, "no") == 0 ? "khong" : ""));
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

const char *
told_known(const struct told *told, const char *name)
{
	struct bare_name bare = bare_name(name);

	return strcmp(bare.text, asks_changes) == 0 ? told->changed : NULL;
}

const char *
told_answer(const char **number, const struct told *told, const struct run *run,
	const struct instance *instance, const char *name)
{
	const struct variable *variable = playbook_find_variable(run_playbook(run), name);
	struct bare_name bare = bare_name(name);
	struct run_value is = { 0 };
	struct error ignored;

	if (variable == NULL || instance == NULL
			|| !run_variable(&is, run, instance, name)
			|| is.value != NULL || is.unknown) {
		return NULL;
	}
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		const char *text = told->by[asked[i].kind].text;

		if (strcmp(asked[i].variable, bare.text) == 0 && text != NULL
				&& answer_check(variable, text, &ignored)) {
			*number = told->by[asked[i].kind].number;
			return text;
		}
	}
	return NULL;
}
