/* verb_playbook_check.c: playbook check, convert, import. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "playbooks/cacao_convert.h"
#include "playbooks/library.h"

/* A line for people; aside where standard output carries the plan itself. */
static void __attribute__((format(printf, 3, 4)))
say(struct cli *cli, bool aside, const char *fmt, ...)
{
	char *line = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&line, fmt, args) < 0) {
		abort();
	}
	va_end(args);
	if (aside) {
		cli_warn(cli, "%s", line);
	} else {
		cli_note(cli, "%s", line);
	}
	free(line);
}

/* FILE: PATH: error|warning: text; what would be right [section].  Never
 * translated but for the text. */
static void
put_findings(struct cli *cli, const char *file, const struct findings *found,
	bool aside, struct json *list)
{
	for (int i = 0; i < found->count; i++) {
		const struct finding *f = &found->list[i];
		struct json *o = json_object();

		char *line = finding_line(f);

		say(cli, aside, "%s: %s", file, line);
		free(line);
		json_set_text(o, "file", file);
		json_set_text(o, "path", f->path);
		json_set_text(o, "level", finding_word(f->level));
		json_set_int(o, "rule", f->rule);
		json_set_text(o, "section", f->section);
		json_set_text(o, "text", f->text);
		json_set_text(o, "right", f->right);
		json_push(list, o);
	}
}

bool
verb_playbook_check(struct cli *cli, struct error *err)
{
	struct json *list = json_array();
	bool ok = true;

	for (int i = 0; ok && cli_word(cli, i) != NULL; i++) {
		struct findings found = {
			.mode = cli_switch(cli, "lenient") ? PLAYBOOK_LENIENT : PLAYBOOK_STRICT };
		char *text = NULL;
		size_t len;

		ok = file_read(&text, &len, cli_word(cli, i), limit(LIMIT_PLAYBOOK), err);
		if (ok) {
			if (!findings_of(&found, text, len)) {
				cli->status = 6;
			}
			put_findings(cli, cli_word(cli, i), &found, false, list);
		}
		findings_finish(&found);
		free(text);
	}
	if (ok && cli->json) {
		cli_json(cli, list);
	} else {
		json_free(list);
	}
	return ok;
}

/* ---- convert ---- */

/* FILE: PATH: changed: text. */
static void
put_changes(struct cli *cli, const char *file, const struct conversion *conversion,
	bool aside, struct json *list)
{
	for (int i = 0; i < conversion->count; i++) {
		const struct change *change = &conversion->list[i];
		struct json *o = json_object();

		say(cli, aside, "%s: %s: changed: %s", file, change->path, change->text);
		json_set_text(o, "file", file);
		json_set_text(o, "path", change->path);
		json_set_text(o, "text", change->text);
		json_push(list, o);
	}
}

/* The text of a playbook as it was converted, the caller's. */
static bool
convert(char **out, struct conversion *conversion, const char *text, size_t len,
	struct error *err)
{
	struct json *doc = NULL;
	struct buf whole = { 0 };
	char *pretty;

	if (!cacao_convert(&doc, conversion, text, len, err)) {
		return false;
	}
	pretty = json_pretty(doc);
	buf_addf(&whole, "%s\n", pretty);
	*out = buf_take(&whole);
	free(pretty);
	json_free(doc);
	return true;
}

/* What is left that the strict check finds; exit 6 where even an import would
 * refuse it. */
static void
check_converted(struct cli *cli, const char *name, const char *text, bool aside,
	struct json *list)
{
	struct findings strict = { .mode = PLAYBOOK_STRICT };
	struct findings lenient = { .mode = PLAYBOOK_LENIENT };

	(void)findings_of(&strict, text, strlen(text));
	if (!findings_of(&lenient, text, strlen(text))) {
		cli->status = 6;
	}
	put_findings(cli, name, &strict, aside, list);
	findings_finish(&strict);
	findings_finish(&lenient);
}

static bool
convert_file(struct cli *cli, struct json *o, const char *text, size_t len,
	struct error *err)
{
	struct conversion conversion = { 0 };
	struct json *changes = json_array(), *findings = json_array();
	const char *to = cli_option(cli, "output");
	const char *file = cli_word(cli, 0);
	char *made = NULL;
	bool ok = convert(&made, &conversion, text, len, err) &&
		(to == NULL || file_write(to, made, strlen(made), 0644, err));

	if (ok) {
		json_set_text(o, "version", conversion.version);
		bool aside = to == NULL && !cli->json;

		put_changes(cli, file, &conversion, aside, changes);
		check_converted(cli, to != NULL ? to : file, made, aside, findings);
		if (aside) {
			buf_adds(&cli->out, made);
		}
	}
	json_set(o, "changes", changes);
	json_set(o, "findings", findings);
	conversion_finish(&conversion);
	free(made);
	return ok;
}

bool
verb_playbook_convert(struct cli *cli, struct error *err)
{
	struct json *o = json_object();
	char *text = NULL;
	size_t len;
	bool ok = file_read(&text, &len, cli_word(cli, 0), limit(LIMIT_PLAYBOOK), err);

	json_set_text(o, "file", cli_word(cli, 0));
	json_set(o, "output", json_string(cli_option(cli, "output")));
	ok = ok && convert_file(cli, o, text, len, err);
	free(text);
	if (ok && cli->json) {
		cli_json(cli, o);
	} else {
		json_free(o);
	}
	return ok;
}

/* ---- import ---- */

/* The text to import: as it stands, or with --convert as 2.0. */
static bool
text_to_import(struct cli *cli, char **text, size_t *len, struct json *changes,
	struct error *err)
{
	struct conversion conversion = { 0 };
	char *made = NULL;
	bool ok = file_read(text, len, cli_word(cli, 0), limit(LIMIT_PLAYBOOK), err);

	if (!ok || !cli_switch(cli, "convert")) {
		return ok;
	}
	ok = convert(&made, &conversion, *text, *len, err);
	if (ok) {
		put_changes(cli, cli_word(cli, 0), &conversion, false, changes);
		free(*text);
		*text = made;
		*len = strlen(made);
	}
	conversion_finish(&conversion);
	return ok;
}

bool
verb_playbook_import(struct cli *cli, struct error *err)
{
	struct findings found = { .mode = PLAYBOOK_LENIENT };
	struct json *list = json_array(), *changes = json_array();
	char hash[HASH_SIZE];
	char *text = NULL;
	size_t len;
	bool ok = text_to_import(cli, &text, &len, changes, err);

	if (ok && !library_import(cli->desk, text, len, &found, hash, err)) {
		ok = false;
		if (found.errors > 0) {
			(void)error_how(err, "suco playbook check --lenient %.100s",
				cli_word(cli, 0));
		}
	}
	free(text);
	if (ok) {
		struct json *o = json_object();

		put_findings(cli, cli_word(cli, 0), &found, false, list);
		json_set_text(o, "hash", hash);
		json_set(o, "changes", changes);
		json_set(o, "findings", list);
		cli_note(cli, _("%s is in the desk: %s"), cli_word(cli, 0), hash);
		cli_result(cli, o);
	} else {
		json_free(changes);
		json_free(list);
	}
	findings_finish(&found);
	return ok;
}
