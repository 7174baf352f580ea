/* verb_playbook_edit.c: playbook edit: a plan in $EDITOR, checked when it is saved; a
 * text is never lost. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/plan_open.h"
#include "cli/verbs_of.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/when.h"

struct editing {
	struct cli *cli;
	const struct playbook *old;
	const char *old_text;
	enum plan_form form;
	enum playbook_mode mode; /* as strict as the edition before was */
	struct plan_names names;
	char *draft;
	bool kept; /* the draft is of an earlier edit: it stays until it is taken */
	char *given; /* what the editor was given */
};

static void
tell(const char *where, int line, const char *text)
{
	if (line > 0) {
		(void)fprintf(stderr, "%s:%d: %s\n", where, line, text);
	} else {
		(void)fprintf(stderr, "%s: %s\n", where, text);
	}
}

static bool
read_markdown(struct json **doc, struct editing *e, const char *text, size_t len,
	int64_t now)
{
	const struct md_source source = {
		.base = playbook_json(e->old), .names = &e->names.names, .now = now,
	};
	struct md_faults faults = { 0 };
	bool ok = md_playbook(doc, &faults, text, len, &source);

	for (int i = 0; i < faults.count; i++) {
		tell(e->draft, faults.list[i].line, faults.list[i].text);
	}
	md_faults_finish(&faults);
	return ok;
}

static bool
read_json(struct json **doc, struct editing *e, const char *text, size_t len, int64_t now)
{
	char stamp[MD_STAMP];
	struct error err = ERROR_INIT;

	if (!plan_parse(doc, text, len, &err)) {
		tell(e->draft, 0, err.message);
		return false;
	}
	md_stamp(stamp, now);
	if (json_is(*doc, JSON_OBJECT)) {
		json_set_text(*doc, "modified", stamp);
		json_remove(*doc, "signatures");
	}
	return true;
}

/* The new edition, checked; what is wrong is told. */
static bool
check_edition(struct playbook **out, struct editing *e, struct json *doc)
{
	struct findings found = { .mode = e->mode };
	struct error err = ERROR_INIT;
	char *text = json_pretty(doc);
	bool ok = playbook_read(out, text, strlen(text), e->mode, &found, &err);

	for (int i = 0; i < found.count; i++) {
		char *line = finding_line(&found.list[i]);

		(void)fprintf(stderr, "%s: %s\n", e->draft, line);
		free(line);
	}
	findings_finish(&found);
	free(text);
	return ok;
}

/* One round: the editor, then what it left.  *doc and *edition stay NULL where it
 * has faults. */
static bool
edit_once(struct json **doc, struct playbook **edition, struct editing *e,
	struct error *err)
{
	int64_t now = desk_now(e->cli->desk);
	char *text = NULL;
	size_t len = 0;

	if (!plan_run_editor(e->draft, err) ||
	    !file_read(&text, &len, e->draft, limit(LIMIT_PLAYBOOK), err)) {
		return false;
	}
	if (!(e->form == PLAN_MD ? read_markdown : read_json)(doc, e, text, len, now)
			|| !check_edition(edition, e, *doc)) {
		json_free(*doc);
		*doc = NULL;
	}
	free(text);
	return true;
}

static bool
store(struct editing *e, struct json *doc, const struct playbook *edition,
	struct error *err)
{
	struct cli *cli = e->cli;
	struct findings found = { 0 };
	char hash[HASH_SIZE];
	char *text = json_pretty(doc);
	bool signed_before = json_get(playbook_json(e->old), "signatures") != NULL;
	bool ok = strcmp(json_text_of(doc, "modified"),
		json_text_of(playbook_json(e->old), "modified")) > 0 ||
		error_set(err, ERR_REFUSED,
			_("the edition before is of %s, later than this machine's clock"),
			json_text_of(playbook_json(e->old), "modified"));

	ok = ok && library_import(cli->desk, text, strlen(text), &found, hash, err);
	if (ok) {
		struct json *o = json_object();

		json_set(o, "changes", plan_put_diff(cli, e->old, edition));
		cli->status = 0;
		json_set_text(o, "id", json_text_of(doc, "id"));
		json_set_text(o, "modified", json_text_of(doc, "modified"));
		json_set_text(o, "hash", hash);
		cli_note(cli, _("%s is in the desk: %s"), json_text_of(doc, "name"),
			json_text_of(doc, "modified"));
		if (signed_before) {
			cli_warn(cli, "%s", _("the new edition is not signed: sign it anew"));
		}
		cli_result(cli, o);
	}
	findings_finish(&found);
	free(text);
	return ok;
}

static bool
finish_edit(struct editing *e, struct json *doc, const struct playbook *edition,
	struct error *err)
{
	if (plan_same(doc, playbook_json(e->old))) {
		struct json *o = json_object();

		cli_note(e->cli, "%s", _("nothing was changed"));
		json_set(o, "changes", json_array());
		cli_result(e->cli, o);
		return true;
	}
	return store(e, doc, edition, err);
}

/* Whatever went wrong: where the text is. */
static void
name_draft(struct error *err, const char *draft)
{
	size_t used = strlen(err->cause);

	(void)snprintf(err->cause + used, sizeof err->cause - used, "%s", used > 0 ? "; " : "");
	used = strlen(err->cause);
	(void)snprintf(err->cause + used, sizeof err->cause - used,
		_("your text is in %s"), draft);
}

static bool
is_as_given(const struct editing *e)
{
	struct error none = ERROR_INIT;
	char *text = NULL;
	size_t len = 0;
	bool same = file_read(&text, &len, e->draft, limit(LIMIT_PLAYBOOK), &none) &&
		strcmp(text, e->given) == 0;

	free(text);
	return same;
}

/* Until it is good, or the person stops: the draft then stays and is named. */
static bool
edit_plan(struct editing *e, struct error *err)
{
	struct json *doc = NULL;
	struct playbook *edition = NULL;
	bool ok;

	do {
		ok = edit_once(&doc, &edition, e, err);
	} while (ok && doc == NULL && plan_edit_again());
	if (ok && doc == NULL) {
		ok = error_set(err, ERR_BAD_INPUT, "%s", _("the plan was not taken"));
	} else if (ok) {
		ok = finish_edit(e, doc, edition, err);
		if (ok) {
			(void)unlink(e->draft);
		}
	}
	if (!ok && !e->kept && is_as_given(e)) {
		(void)unlink(e->draft); /* nothing was typed into it */
	} else if (!ok) {
		name_draft(err, e->draft);
	}
	playbook_free(edition);
	json_free(doc);
	return ok;
}

/* Markdown where it says all of the plan, else JSON. */
static bool
choose_form(struct editing *e, struct error *err)
{
	char *text = md_text(e->old, &e->names.names);
	struct json *losses = md_losses(e->old, text, &e->names.names);
	bool all = json_count(losses) == 0;
	bool ok = plan_form(&e->form, e->cli, err);

	if (e->form == PLAN_ANY) {
		e->form = all ? PLAN_MD : PLAN_JSON;
	} else if (e->form == PLAN_MD && !all) {
		ok = error_set(err, ERR_REFUSED, _("Markdown cannot say all of this plan: %s"),
			json_text(json_first(losses), ""));
		error_how(err, "--as json");
	}
	json_free(losses);
	if (ok && e->form == PLAN_JSON) {
		free(text);
		text = json_pretty(playbook_json(e->old));
	}
	e->given = text;
	return ok;
}

/* A text that an earlier edit left is named, and taken up where somebody says so.
 * *found stays false where there is none or it is left alone. */
static bool
take_kept(bool *found, struct editing *e, const char *name, struct error *err)
{
	struct cli *cli = e->cli;
	char near[WHEN_SHORT_SIZE], stamp[MD_STAMP];
	char *line;
	int64_t at = 0;

	*found = false;
	if (!plan_form(&e->form, cli, err)) {
		return false;
	}
	e->draft = plan_kept_draft(name, &e->form, &at);
	if (e->draft == NULL) {
		return true;
	}
	when_near(near, at, desk_now(cli->desk), desk_zone(cli->desk));
	md_stamp(stamp, at);
	line = xasprintf(strcmp(stamp, json_text_of(playbook_json(e->old), "modified")) > 0
		? _("a draft of this plan is kept, last written %s")
		: _("a draft of this plan is kept, last written %s: the plan was changed since"),
		near);
	tell(e->draft, 0, line);
	free(line);
	*found = e->kept = plan_edit_kept();
	if (!*found) {
		free(e->draft);
		e->draft = NULL;
	}
	return true;
}

static bool
begin_draft(struct editing *e, const struct plan *plan, struct error *err)
{
	const char *name = plan->code[0] != '\0' ? plan->code : plan->id;
	bool found;

	return take_kept(&found, e, name, err) && (found || (choose_form(e, err)
		&& plan_draft(&e->draft, e->given, name, e->form, err)));
}

static enum playbook_mode
mode_of(const char *text, size_t len)
{
	struct playbook *playbook = NULL;
	struct error none = ERROR_INIT;
	bool strict = playbook_read(&playbook, text, len, PLAYBOOK_STRICT, NULL, &none);

	playbook_free(playbook);
	return strict ? PLAYBOOK_STRICT : PLAYBOOK_LENIENT;
}

bool
verb_playbook_edit(struct cli *cli, struct error *err)
{
	struct library library = { 0 };
	struct playbook *old = NULL;
	struct editing e = { .cli = cli };
	const struct plan *plan = NULL;
	char *text = NULL;
	size_t len = 0;
	bool ok = desk_may(cli->desk, ACT_RULES, err) &&
		library_load(&library, cli->desk, err) &&
		library_find(&plan, &library, cli_word(cli, 0), i18n_language(), err) &&
		library_read(&old, &text, &len, cli->desk, plan, err);

	if (ok) {
		e.old = old;
		e.mode = mode_of(text, len);
		plan_names_open(&e.names, cli);
		ok = begin_draft(&e, plan, err) && edit_plan(&e, err);
		plan_names_close(&e.names);
	}
	free(e.draft);
	free(e.given);
	free(text);
	playbook_free(old);
	library_finish(&library);
	return ok;
}
