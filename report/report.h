/* report.h - what the commands of suco-report share.  The program makes papers
 * and pictures; it is one of its own for the sake of the libraries that it
 * loads, and reads what it shows from standard input or a desk. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdbool.h>

#include "core/error.h"

struct report {
	bool json;
	int argc; /* the words after the command */
	char **argv;
};

typedef bool report_fn(const struct report *report, struct error *err);

/* The value behind an option that has one ("--output"), or NULL. */
const char *report_option(const struct report *report, const char *name);
/* Says that a file was written: a line, or an object with --json. */
void report_written(const struct report *report, const char *path);

report_fn report_draw, report_paper;

#endif
