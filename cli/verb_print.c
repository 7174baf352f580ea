/* verb_print.c: print, playbook print, copy, paper: what the watch needs when the
 * house burns, and what it keys in afterwards. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/cli.h"
#include "cli/part.h"
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
ends_in_pdf(const char *path)
{
	size_t len = path == NULL ? 0 : strlen(path);

	return len > 4 && strcasecmp(path + len - 4, ".pdf") == 0;
}

/* --format: where it is not given, what the file is called, else text. */
static bool
wants_pdf(const struct cli *cli, bool *pdf, struct error *err)
{
	const char *format = cli_option(cli, "format");

	*pdf = format == NULL ? ends_in_pdf(cli_option(cli, "output"))
		: strcmp(format, "pdf") == 0;
	if (format != NULL && !*pdf && strcmp(format, "text") != 0) {
		return error_set(err, ERR_USAGE, _("--format is text or pdf, not %.40s"), format);
	}
	return !*pdf || cli_option(cli, "output") != NULL ||
		error_set(err, ERR_USAGE, _("a PDF goes into a file: -o FILE"));
}

/* The pages are laid by suco-report, which takes this process over. */
static bool
put_pdf(struct cli *cli, const struct json *document, struct error *err)
{
	const char *words[] = { "paper", "--output", cli_option(cli, "output"), NULL };
	char *text = json_line(document);
	bool ok = part_become(cli, "suco-report", words, text, strlen(text), err);

	free(text);
	return ok;
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

static bool
print_text_of(struct cli *cli, const struct ir_case *c, struct error *err)
{
	struct buf text = { 0 };
	bool ok = print_case(&text, cli->desk, c->id, err) &&
		put_paper(cli, &text, c->number, err);

	buf_free(&text);
	return ok;
}

static bool
print_pdf_of(struct cli *cli, const struct ir_case *c, struct error *err)
{
	struct json *document = NULL;
	bool ok = print_case_document(&document, cli->desk, c->id, err) &&
		put_pdf(cli, document, err);

	json_free(document);
	return ok;
}

bool
verb_print(struct cli *cli, struct error *err)
{
	struct ir_case c = { 0 };
	bool pdf, ok;

	if (!wants_pdf(cli, &pdf, err)) {
		return false;
	}
	if (strcmp(cli_word(cli, 0), "coordination") == 0) {
		return pdf ? error_set(err, ERR_USAGE, _("this page is printed as text only"))
			: print_coordination(cli, err);
	}
	ok = case_find(&c, cli->desk, cli_word(cli, 0), err) &&
		(pdf ? print_pdf_of(cli, &c, err) : print_text_of(cli, &c, err));
	case_clear(&c);
	return ok;
}

static bool
print_plan_text(struct cli *cli, struct error *err)
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
verb_playbook_print(struct cli *cli, struct error *err)
{
	struct json *document = NULL;
	bool pdf, ok;

	if (!wants_pdf(cli, &pdf, err)) {
		return false;
	}
	if (!pdf) {
		return print_plan_text(cli, err);
	}
	ok = print_plan_document(&document, cli->desk, cli_word(cli, 0), err) &&
		put_pdf(cli, document, err);
	json_free(document);
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
