/* plan_open.c finds and reads the plans that verbs name, and writes them as
 * Markdown. */
#include "cli/plan_open.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/files.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"

bool
plan_form(enum plan_form *out, const struct cli *cli, struct error *err)
{
	const char *said = cli->form != NULL ? cli->form : cli_option(cli, "format");

	*out = said == NULL ? PLAN_ANY : strcmp(said, "md") == 0 ? PLAN_MD : PLAN_JSON;
	return *out != PLAN_JSON || strcmp(said, "json") == 0 ||
		error_set(err, ERR_USAGE, _("--format is md or json here, not %s"), said);
}

/* ---- names ---- */

/* Without a desk the shipped plans are all there are. */
static bool
load(struct plan_names *names)
{
	struct error none = ERROR_INIT;

	if (names->loaded || names->failed) {
		return names->loaded;
	}
	if (names->cli->desk == NULL) {
		(void)cli_open_desk(names->cli, true, &none);
	}
	names->loaded = library_load(&names->library, names->cli->desk, &none);
	names->failed = !names->loaded;
	return names->loaded;
}

static char *
id_of(void *arg, const char *said, const char *language)
{
	struct plan_names *names = arg;
	const struct plan *plan;
	struct error none = ERROR_INIT;

	return load(names) && library_find(&plan, &names->library, said, language, &none)
		? xstrdup(plan->id) : NULL;
}

static char *
name_of(void *arg, const char *id)
{
	struct plan_names *names = arg;
	const struct plan *plan = load(names)
		? library_by_id(&names->library, id, NULL) : NULL;

	return plan != NULL && plan->code[0] != '\0' ? xstrdup(plan->code) : NULL;
}

void
plan_names_open(struct plan_names *out, struct cli *cli)
{
	*out = (struct plan_names){
		.names = { .id_of = id_of, .name_of = name_of, .arg = out }, .cli = cli,
	};
}

void
plan_names_close(struct plan_names *names)
{
	library_finish(&names->library);
}

/* ---- reading ---- */

/* "plan.md:12: ..."; what is of no line is of the whole text.  The caller frees. */
static char *
fault_line(const char *file, const struct md_fault *fault)
{
	return fault->line > 0 ? xasprintf("%s:%d: %s", file, fault->line, fault->text)
		: xasprintf("%s: %s", file, fault->text);
}

void
plan_put_faults(struct cli *cli, const char *file, const struct md_faults *faults,
	struct json *list)
{
	for (int i = 0; i < faults->count; i++) {
		const struct md_fault *fault = &faults->list[i];
		struct json *o;

		if (!cli->json) {
			char *line = fault_line(file, fault);

			cli_say(cli, "%s", line);
			free(line);
			continue;
		}
		o = json_object();
		json_set_text(o, "file", file);
		json_set_int(o, "line", fault->line);
		json_set_text(o, "text", fault->text);
		json_push(list, o);
	}
}

static bool
open_markdown(struct playbook **out, struct cli *cli, const char *path, const char *text,
	size_t len, struct error *err)
{
	struct md_faults faults = { 0 };
	struct plan_names names;
	struct json *doc = NULL;
	char *whole = NULL;
	bool ok;

	plan_names_open(&names, cli);
	const struct md_source source = {
		.names = &names.names, .now = desk_system_clock(NULL),
	};
	ok = md_playbook(&doc, &faults, text, len, &source);
	if (!ok) {
		char *line = fault_line(path, &faults.list[0]);

		(void)error_set(err, ERR_BAD_INPUT, "%s", line);
		free(line);
	} else {
		whole = json_pretty(doc);
		ok = playbook_read(out, whole, strlen(whole), PLAYBOOK_STRICT, NULL, err);
	}
	free(whole);
	json_free(doc);
	md_faults_finish(&faults);
	plan_names_close(&names);
	return ok;
}

static bool
ends_in_md(const char *path)
{
	size_t len = strlen(path);

	return len > 3 && strcmp(path + len - 3, ".md") == 0;
}

bool
plan_open(struct playbook **out, struct cli *cli, const char *spec, struct error *err)
{
	struct library library = { 0 };
	const struct plan *plan;
	struct stat st;
	char *text = NULL;
	size_t len = 0;
	bool ok;

	if (stat(spec, &st) == 0) {
		ok = file_read(&text, &len, spec, limit(LIMIT_PLAYBOOK), err) &&
			(ends_in_md(spec) ? open_markdown(out, cli, spec, text, len, err)
			: playbook_read(out, text, len, PLAYBOOK_LENIENT, NULL, err));
	} else {
		ok = (cli->desk != NULL || cli_open_desk(cli, true, err)) &&
			library_load(&library, cli->desk, err) &&
			library_find(&plan, &library, spec, i18n_language(), err) &&
			library_read(out, &text, &len, cli->desk, plan, err);
	}
	free(text);
	library_finish(&library);
	return ok;
}

/* ---- writing ---- */

bool
plan_md_export(struct cli *cli, struct json *o, const struct playbook *playbook,
	struct error *err)
{
	const char *to = cli_option(cli, "output");
	struct plan_names names;
	struct json *losses;
	char *text;
	bool ok;

	plan_names_open(&names, cli);
	text = md_text(playbook, &names.names);
	losses = md_losses(playbook, text, &names.names);
	plan_names_close(&names);
	for (const struct json *row = json_first(losses); row != NULL; row = json_next(row)) {
		cli_warn(cli, _("not said in Markdown: %s"), json_text(row, ""));
	}
	ok = to == NULL || file_write(to, text, strlen(text), 0644, err);
	if (ok && cli->json) {
		json_set(o, "losses", json_copy(losses));
		json_set_text(o, to == NULL ? "text" : "file", to == NULL ? text : to);
		cli_json(cli, o);
		o = NULL;
	} else if (ok && to == NULL) {
		buf_adds(&cli->out, text);
	}
	json_free(o);
	json_free(losses);
	free(text);
	return ok;
}
