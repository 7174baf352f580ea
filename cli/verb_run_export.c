/* verb_run_export.c: run export, run playbook: a run for others, and the plan as it
 * was run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/files.h"
#include "core/i18n.h"
#include "playbooks/library.h"
#include "playbooks/run_export.h"

/* The run that the word names, else the only one that there is. */
static const struct case_run *
which(const struct cli *cli, const struct case_runs *runs, struct error *err)
{
	const char *word = cli_word(cli, 0);
	int64_t n = 0;

	if (runs->count == 0) {
		error_set(err, ERR_NOT_FOUND, _("no plan has begun on this case"));
		return NULL;
	}
	if (word == NULL && runs->count == 1) {
		return &runs->list[0];
	}
	if (word == NULL) {
		error_set(err, ERR_REFUSED, _("this case has %d plans: say which"), runs->count);
		(void)error_how(err, "suco run %s list", cli->c.number);
		return NULL;
	}
	if (!cli_number(_("the run"), word, 1, 100000, &n, err)) {
		return NULL;
	}
	for (int i = 0; i < runs->count; i++) {
		if (runs->list[i].n == n) {
			return &runs->list[i];
		}
	}
	error_set(err, ERR_NOT_FOUND, _("no run %s on this case"), word);
	return NULL;
}

/* To the file that was named, else to the output.  about (taken) is what scripts
 * get of a file that was written. */
static bool
put(struct cli *cli, const char *text, size_t len, struct json *about,
	struct error *err)
{
	const char *to = cli_option(cli, "output");
	bool ok = to == NULL || file_write(to, text, len, 0600, err);

	if (ok && to == NULL) {
		buf_add(&cli->out, text, len);
	} else if (ok && cli->json) {
		json_set_text(about, "file", to);
		cli_json(cli, about);
		return true;
	} else if (ok) {
		cli_note(cli, _("written to %s"), to);
	}
	json_free(about);
	return ok;
}

static struct json *
about_run(const struct case_run *run)
{
	struct json *o = json_object();

	json_set_int(o, "n", run->n);
	json_set_text(o, "id", playbook_text(run->playbook, "id"));
	json_set_text(o, "modified", playbook_text(run->playbook, "modified"));
	json_set_text(o, "hash", playbook_hash(run->playbook));
	return o;
}

static bool
put_records(struct cli *cli, const struct case_run *run, struct error *err)
{
	struct json *doc = NULL;
	struct json *about;
	struct buf text = { 0 };
	char *body;
	bool ok;

	if (!run_export_desk(&doc, cli->desk, &cli->c, run, err)) {
		return false;
	}
	if (cli->json && cli_option(cli, "output") == NULL) {
		cli_json(cli, doc);
		return true;
	}
	about = about_run(run);
	json_set_int(about, "records", json_count(json_get(doc, "records")));
	body = json_pretty(doc);
	buf_addf(&text, "%s\n", body);
	ok = put(cli, text.data, text.len, about, err);
	buf_free(&text);
	free(body);
	json_free(doc);
	return ok;
}

static bool
put_playbook(struct cli *cli, const struct case_run *run, struct error *err)
{
	char *text = NULL;
	bool ok = library_pinned_text(&text, cli->desk, playbook_hash(run->playbook), err)
		&& put(cli, text, strlen(text), about_run(run), err);

	free(text);
	return ok;
}

static bool
with_run(struct cli *cli,
	bool (*act)(struct cli *cli, const struct case_run *run, struct error *err),
	struct error *err)
{
	struct case_runs runs;
	const struct case_run *run;
	bool ok;

	if (!case_runs_load(&runs, cli->desk, cli->c.id, err)) {
		return false;
	}
	run = which(cli, &runs, err);
	ok = run != NULL && act(cli, run, err);
	case_runs_finish(&runs);
	return ok;
}

bool
verb_run_export(struct cli *cli, struct error *err)
{
	return with_run(cli, put_records, err);
}

bool
verb_run_playbook(struct cli *cli, struct error *err)
{
	return with_run(cli, put_playbook, err);
}
