/* main.c is the program: what the words mean, which desk, and the only place
 * that prints errors. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/clean.h"
#include "cli/cli.h"
#include "cli/no_verb.h"
#include "cli/version.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/redact_register.h"
#include "playbooks/player_answers.h"

/* The message, and behind it what to type: for who reads it at a prompt. */
static char *
with_how(const struct error *err)
{
	return err->how[0] == '\0' ? xstrdup(err->message)
		: xasprintf("%s (%s)", err->message, err->how);
}

/* {"error":{"code","message","cause", ...detail}} on standard error. */
static void
print_error_json(const struct error *err)
{
	struct json *o = json_object();
	struct json *inner = json_object();
	struct json *detail = NULL;
	struct error ignored;
	struct buf shown = { 0 };
	char *message = with_how(err);
	char *line;

	json_set_text(inner, "code", error_word(err->code));
	json_set_text(inner, "message", message);
	free(message);
	json_set_text(inner, "cause", err->cause[0] == '\0' ? NULL : err->cause);
	if (err->detail[0] != '\0' &&
	    json_parse(&detail, err->detail, strlen(err->detail), NULL, &ignored)) {
		for (const struct json *row = json_first(detail); row != NULL;
		     row = json_next(row)) {
			json_set(inner, json_key(row), json_copy(row));
		}
		json_free(detail);
	}
	json_set(o, "error", inner);
	line = json_line(o);
	clean_json(&shown, line);
	(void)fprintf(stderr, "%s\n", buf_text(&shown));
	buf_free(&shown);
	free(line);
	json_free(o);
}

static void
print_error(const struct cli *cli, const struct error *err)
{
	struct buf shown = { 0 };
	char *message;

	if (cli->json) {
		print_error_json(err);
		return;
	}
	message = with_how(err);
	clean_text(&shown, message);
	free(message);
	if (err->cause[0] != '\0') {
		buf_adds(&shown, "\n  ");
		clean_text(&shown, err->cause);
	}
	(void)fprintf(stderr, "suco: %s\n", buf_text(&shown));
	buf_free(&shown);
}

/* What the files say wrong stops `serve` and `config`; else it is a warning. */
static bool
heed_config(struct cli *cli, unsigned flags, struct error *err)
{
	if ((flags & VERB_STRICT) != 0) {
		return config_strict(cli->config, err);
	}
	for (int i = 0; i < config_fault_count(cli->config); i++) {
		cli_warn(cli, "%s", config_fault(cli->config, i));
	}
	return true;
}

static bool
open_for(struct cli *cli, unsigned flags, struct error *err)
{
	struct error none = ERROR_INIT;

	if ((flags & VERB_READONLY) != 0 ||
	    ((flags & VERB_BARE_READS) != 0 && cli->subverb == NULL)) {
		return cli_open_desk(cli, true, err);
	}
	/* Whatever is wrong is told once, as the reading sees it. */
	return ((flags & VERB_OR_READ) != 0 && cli_open_desk(cli, false, &none)) ||
		cli_open_desk(cli, (flags & VERB_OR_READ) != 0, err);
}

static bool
run(struct cli *cli, struct error *err)
{
	const struct verb *verb = cli->verb;
	verb_fn *act;
	unsigned flags;
	bool own; /* what is the desk's own, of no case */

	if (cli->version) {
		cli_version(cli);
		return true;
	}
	flags = verb == NULL ? 0 : verb->flags;
	flags |= cli->subverb == NULL ? 0 : cli->subverb->flags;
	if (!heed_config(cli, flags, err)) {
		return false;
	}
	if (verb == NULL) {
		return cli_no_verb(cli, err);
	}
	act = cli->subverb == NULL ? verb->run : cli->subverb->run;
	if ((flags & VERB_DESK) != 0) {
		if (!open_for(cli, flags, err)) {
			return false;
		}
		desk_set_guard(cli->desk, cli->if_version);
	}
	own = (flags & VERB_OR_DESK) != 0 && (strcmp(cli->words[0], "desk") == 0 ||
		((flags & VERB_OR_THING) != 0 && redact_is_kind(cli->words[0])));
	if ((flags & VERB_CASE) != 0 && !own &&
	    !case_find(&cli->c, cli->desk, cli->words[0], err)) {
		return false;
	}
	return act(cli, err) &&
		((flags & VERB_RESULT) == 0 || cli_case_result(cli, cli->c.id, err));
}

/* What was committed is not undone by a closed pipe: say so and fail. */
static bool
write_out(const struct cli *cli, struct error *err)
{
	if (cli->out.len > 0 &&
	    (fwrite(buf_text(&cli->out), 1, cli->out.len, stdout) != cli->out.len ||
		    fflush(stdout) != 0)) {
		return error_errno(err, _("cannot write the output"));
	}
	return true;
}

/* The language must be known before the first message. */
static const char *
wanted_language(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strncmp(argv[i], "--lang=", 7) == 0) {
			return argv[i] + 7;
		}
		if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
			return argv[i + 1];
		}
	}
	return NULL;
}

static bool
asked_for_json(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			return true;
		}
	}
	return false;
}

/* Before the first message: --lang, `language`, the environment, Vietnamese. */
static bool
start(struct cli *cli, int argc, char **argv, struct error *err)
{
	const char *wanted = wanted_language(argc, argv);
	const char *language;

	(void)i18n_start(wanted, NULL);
	if (!config_load(&cli->config, err)) {
		return false;
	}
	language = config_get(cli->config, CONFIG_DESK_LANGUAGE);
	if (wanted == NULL && language[0] != '\0') {
		(void)i18n_start(language, NULL);
	}
	return true;
}

int
main(int argc, char **argv)
{
	struct cli cli = { 0 };
	struct error err = ERROR_INIT;
	int status;

	/* A closed pipe and a file size limit are failures to tell, not deaths. */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	player_answers();
	/* Even a wrong line is answered in the form that was asked for. */
	cli.json = asked_for_json(argc, argv);
	if (start(&cli, argc, argv, &err) && cli_parse(&cli, argc, argv, &err) &&
	    run(&cli, &err) && write_out(&cli, &err)) {
		status = cli.status;
	} else {
		print_error(&cli, &err);
		status = error_exit_status(err.code);
	}
	(void)fwrite(buf_text(&cli.warnings), 1, cli.warnings.len, stderr);
	cli_finish(&cli);
	return status;
}
