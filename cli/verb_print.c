/* verb_print.c: print, playbook print, copy, paper: what the watch needs when the
 * house burns, and what it keys in afterwards. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/case.h"
#include "core/coordination.h"
#include "core/files.h"
#include "core/i18n.h"
#include "playbooks/copy.h"
#include "playbooks/paper_entries.h"
#include "playbooks/print.h"

/* To the file that was named, else to the output; as JSON {name, file|text}. */
static bool
put_paper(struct cli *cli, const struct buf *text, const char *name, struct error *err)
{
	const char *to = cli_option(cli, "output");
	struct json *o;

	if (to != NULL && !file_write(to, text->data, text->len, 0600, err)) {
		return false;
	}
	if (cli->json) {
		o = json_object();
		json_set_text(o, "name", name);
		json_set_text(o, to != NULL ? "file" : "text", to != NULL ? to : buf_text(text));
		cli_json(cli, o);
	} else if (to == NULL) {
		buf_add(&cli->out, text->data, text->len);
	} else {
		cli_note(cli, _("written to %s"), to);
	}
	return true;
}

static bool
print_coordination(struct cli *cli, struct error *err)
{
	struct buf text = { 0 };
	bool ok = coordination_pages(&text, cli->desk, err) &&
		put_paper(cli, &text, "coordination", err);

	buf_free(&text);
	return ok;
}

bool
verb_print(struct cli *cli, struct error *err)
{
	if (strcmp(cli_word(cli, 0), "coordination") == 0) {
		return print_coordination(cli, err);
	}

	struct ir_case c = { 0 };
	struct buf text = { 0 };
	bool ok = case_find(&c, cli->desk, cli_word(cli, 0), err) &&
		print_case(&text, cli->desk, c.id, err) &&
		put_paper(cli, &text, c.number, err);

	buf_free(&text);
	case_clear(&c);
	return ok;
}

bool
verb_playbook_print(struct cli *cli, struct error *err)
{
	struct buf text = { 0 };
	char *name = NULL;
	bool ok = print_plan_named(&text, &name, cli->desk, cli_word(cli, 0), err) &&
		put_paper(cli, &text, name, err);

	buf_free(&text);
	free(name);
	return ok;
}

bool
verb_copy(struct cli *cli, struct error *err)
{
	struct copy_result r;
	struct json *o;

	if (!copy_case(&r, cli->desk, cli->c.id, cli_option(cli, "output"),
		    cli_switch(cli, "red"), err)) {
		return false;
	}
	cli_note(cli, _("%s was copied to %s"), cli->c.number, r.path);
	if (!r.noted) {
		cli_warn(cli, _("the desk cannot be written: its timeline does not say that"
			" you took a copy"));
	}
	if (r.red) {
		cli_warn(cli, _("the case is TLP:RED: the copy is in your own care"));
	}
	if (r.left_out > 0) {
		cli_warn(cli, _("%d observables marked TLP:RED are not in the copy"), r.left_out);
	}
	o = json_object();
	json_set_text(o, "number", cli->c.number);
	json_set_text(o, "file", r.path);
	json_set_int(o, "events", r.events);
	json_set_bool(o, "red", r.red);
	json_set_int(o, "left_out", r.left_out);
	cli_result(cli, o);
	copy_clear(&r);
	return true;
}

bool
verb_paper(struct cli *cli, struct error *err)
{
	struct paper_filed filed;
	struct paper_row *rows = NULL;
	char *text = NULL;
	size_t len;
	int count = 0;
	bool ok = cli_slurp(cli_word(cli, 0), &text, &len, err) &&
		/* Behind it rows would be lost without a word. */
		(strlen(text) == len ||
			error_set(err, ERR_BAD_INPUT, _("the text has a NUL byte"))) &&
		paper_read(&rows, &count, text, err) &&
		paper_file(cli->desk, cli->c.id, rows, count, false, &filed, err);

	paper_rows_free(rows, count);
	free(text);
	if (ok) {
		struct json *o = json_object();

		cli_note(cli, _("%s: %d notes and %d steps filed from paper"), cli->c.number,
			filed.notes, filed.steps);
		json_set_text(o, "number", cli->c.number);
		json_set_int(o, "notes", filed.notes);
		json_set_int(o, "steps", filed.steps);
		cli_result(cli, o);
	}
	return ok;
}
