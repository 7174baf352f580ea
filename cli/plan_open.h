/* plan_open.h - plans that a verb names: a file, JSON or Markdown, or one of the
 * library. */
#ifndef CLI_PLAN_OPEN_H
#define CLI_PLAN_OPEN_H

#include "cli/cli.h"
#include "playbooks/library.h"
#include "playbooks/md.h"

enum plan_form { PLAN_ANY, PLAN_MD, PLAN_JSON };

/* What --format or --as says; ERR_USAGE. */
bool plan_form(enum plan_form *out, const struct cli *cli, struct error *err);

/* Names of plans for Markdown by the library: that of the desk if it is open or can
 * be, else the shipped one. */
struct plan_names {
	struct md_names names;
	struct library library;
	struct cli *cli;
	bool loaded;
	bool failed;
};
void plan_names_open(struct plan_names *out, struct cli *cli);
void plan_names_close(struct plan_names *names);

/* FILE:LINE: what is wrong, one a line, or for --json into the list. */
void plan_put_faults(struct cli *cli, const char *file, const struct md_faults *faults,
	struct json *list);

/* A file (FILE.md is read as Markdown), else ID in the library. */
bool plan_open(struct playbook **out, struct cli *cli, const char *spec,
	struct error *err);

/* `export --as md`; takes o, the plan for scripts. */
bool plan_md_export(struct cli *cli, struct json *o, const struct playbook *playbook,
	struct error *err);

/* Of verb_playbook_new.c: */
bool plan_parse(struct json **doc, const char *text, size_t len, struct error *err);
/* Are they the same but for what changes by itself: modified, signatures? */
bool plan_same(const struct json *a, const struct json *b);
/* Lines for people, a list for scripts (empty else); sets the status. */
struct json *plan_put_diff(struct cli *cli, const struct playbook *a,
	const struct playbook *b);

/* plan_edit.c: gives the file to $VISUAL, $EDITOR or vi. */
bool plan_run_editor(const char *path, struct error *err);
/* The draft's file, in the folder of drafts; the caller's. */
bool plan_draft(char **path, const char *text, const char *name, enum plan_form form,
	struct error *err);
/* The draft of the plan that was written last and is still there (form: PLAN_ANY, or
 * of that form only; *form gets its own), *at when, in ms; the caller's.  NULL: none. */
char *plan_kept_draft(const char *name, enum plan_form *form, int64_t *at);
/* Ask on the terminal whether to edit again, and whether to go on with a draft;
 * false where nobody is there. */
bool plan_edit_again(void);
bool plan_edit_kept(void);

#endif
