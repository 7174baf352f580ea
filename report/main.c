/* main.c is suco-report, which makes papers and pictures: its commands as a
 * table; the only place in it that prints errors. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json.h"
#include "paths.h"
#include "report/report.h"

static const struct command {
	const char *name;
	const char *usage;
	const char *help; /* marked for translation */
	report_fn *run;
} commands[] = {
	{ "draw", "--output FILE.svg|FILE.png",
	  N_("the plan on standard input as a drawn flow"), report_draw },
	{ "paper", "--output FILE.pdf",
	  N_("the document on standard input as pages of A4"), report_paper },
};

const char *
report_option(const struct report *report, const char *name)
{
	for (int i = 0; i + 1 < report->argc; i++) {
		if (strcmp(report->argv[i], name) == 0) {
			return report->argv[i + 1];
		}
	}
	return NULL;
}

static void
put_json(FILE *to, struct json *value)
{
	char *line = json_line(value);

	(void)fprintf(to, "%s\n", line);
	free(line);
	json_free(value);
}

void
report_written(const struct report *report, const char *path)
{
	struct json *o;

	if (!report->json) {
		(void)printf(_("written to %s"), path);
		(void)printf("\n");
		return;
	}
	o = json_object();
	json_set_text(o, "file", path);
	put_json(stdout, o);
}

static void
print_error(const struct report *report, const struct error *err)
{
	struct json *o, *inner;

	if (!report->json) {
		(void)fprintf(stderr, "suco-report: %s%s%s\n", err->message,
			err->cause[0] == '\0' ? "" : "\n  ", err->cause);
		return;
	}
	o = json_object();
	inner = json_object();
	json_set_text(inner, "code", error_word(err->code));
	json_set_text(inner, "message", err->message);
	json_set_text(inner, "cause", err->cause[0] == '\0' ? NULL : err->cause);
	json_set(o, "error", inner);
	put_json(stderr, o);
}

static void
print_help(void)
{
	(void)printf("suco-report [--lang vi|en] [--json] %s\n", _("COMMAND"));
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		(void)printf("  %s %s\n      %s\n", commands[i].name, commands[i].usage,
			_(commands[i].help));
	}
}

static bool
run(struct report *report, const char *name, struct error *err)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (strcmp(commands[i].name, name) == 0) {
			return commands[i].run(report, err);
		}
	}
	return error_set(err, ERR_USAGE, _("suco-report has no command %.40s"), name);
}

/* What stands before the command; *first: where it stands.  True: all is said. */
static bool
global_options(struct report *report, int argc, char **argv, int *first)
{
	int i = 1;

	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			report->json = true;
		} else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
			i18n_start(argv[++i], NULL);
		} else if (strcmp(argv[i], "--version") == 0) {
			(void)printf("suco-report %s\n", SUCO_VERSION);
			return true;
		} else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			print_help();
			return true;
		} else {
			break;
		}
	}
	*first = i;
	return false;
}

int
main(int argc, char **argv)
{
	struct report report = { 0 };
	struct error err = ERROR_INIT;
	int first = 1;

	i18n_start(NULL, NULL);
	if (global_options(&report, argc, argv, &first)) {
		return fflush(stdout) == 0 ? 0 : error_exit_status(ERR_IO);
	}
	if (first >= argc) {
		print_help();
		return error_exit_status(ERR_USAGE);
	}
	report.argc = argc - first - 1;
	report.argv = argv + first + 1;
	if (!run(&report, argv[first], &err)) {
		print_error(&report, &err);
		return error_exit_status(err.code);
	}
	return fflush(stdout) == 0 ? 0 : error_exit_status(ERR_IO);
}
