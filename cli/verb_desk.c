/* verb_desk.c: backup, restore, upgrade: the desk's file as a whole. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/backup.h"
#include "core/i18n.h"
#include "core/login.h"
#include "core/progress.h"

bool
verb_backup(struct cli *cli, struct error *err)
{
	struct backup_result r;
	struct json *o;

	if (!backup_make(cli->desk, cli_word(cli, 0), &r, err)) {
		return false;
	}
	cli_note(cli, _("%s: %lld events, %lld bytes, chain proved\nhead %s"), cli_word(cli, 0),
		(long long)r.events, (long long)r.bytes, r.head);
	o = json_object();
	json_set_text(o, "file", cli_word(cli, 0));
	json_set_int(o, "events", r.events);
	json_set_text(o, "head", r.head);
	json_set_int(o, "bytes", r.bytes);
	cli_result(cli, o);
	return true;
}

bool
verb_restore(struct cli *cli, struct error *err)
{
	struct restore_result r = { 0 };
	struct json *o;

	if (!backup_restore(cli->desk, cli_word(cli, 0), &r, err)) {
		return false;
	}
	cli_note(cli, _("restored from %s; the desk as it was is in %s"), cli_word(cli, 0),
		r.saved);
	cli_note(cli, _("head was %s, now %s; %d messages are held: `suco outbox --state held`"),
		r.head_was, r.head, r.held);
	o = json_object();
	json_set_text(o, "saved", r.saved);
	json_set_text(o, "head_was", r.head_was);
	json_set_text(o, "head", r.head);
	json_set_int(o, "seq_was", r.seq_was);
	json_set_int(o, "seq", r.seq);
	json_set_int(o, "held", r.held);
	cli_result(cli, o);
	return true;
}

/* One line that is written over; gone when it is done. */
static void
show_progress(void *arg, const char *what, int percent)
{
	(void)arg;
	(void)fprintf(stderr, "\r\033[K%s: %d%%", what, percent);
	(void)fflush(stderr);
}

#define SCHEMA_OF_CALLS 4 /* the first whose desks are made with rules of whom to call */

/* Opens the desk itself: it may be of an older schema. */
bool
verb_upgrade(struct cli *cli, struct error *err)
{
	static const struct progress to_terminal = { .show = show_progress };
	struct desk_options options = { .as = cli->as, .any_schema = true,
		.progress = isatty(STDERR_FILENO) ? &to_terminal : NULL };
	struct upgrade_result r = { 0 };
	char *login = NULL;
	struct json *o;
	bool ok = cli_find_desk(cli, err) && login_name(&login, err);

	options.url = cli->url;
	options.login = login;
	ok = ok && desk_upgrade(&options, &r, err);
	if (options.progress != NULL) {
		(void)fputs("\r\033[K", stderr);
	}
	free(login);
	if (!ok) {
		return false;
	}
	if (r.from == r.to) {
		cli_note(cli, _("nothing to do: schema %lld is this program's"), (long long)r.to);
	} else {
		cli_note(cli, _("upgraded from schema %lld to %lld; the desk as it was is in %s"),
			(long long)r.from, (long long)r.to, r.saved);
		if (r.from < SCHEMA_OF_CALLS) {
			cli_note(cli, "%s", _("no rule says yet whom a case calls; those that are"
				" shipped come by: suco rule import escalation"));
		}
	}
	if (cli->json) {
		o = json_object();
		json_set_int(o, "from", r.from);
		json_set_int(o, "to", r.to);
		json_set_text(o, "saved", r.saved[0] == '\0' ? NULL : r.saved);
		cli_json(cli, o);
	}
	return true;
}
