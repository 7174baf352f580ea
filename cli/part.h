/* part.h - hands this process over to another program of suco. */
#ifndef CLI_PART_H
#define CLI_PART_H

#include "cli/cli.h"

/* Runs the part ("suco-report") with --lang, --json where it was given, and these
 * words (ended by NULL, at most twelve); input, where it is not NULL, is its
 * standard input.  Closes the desk; comes back only where it fails. */
bool part_become(struct cli *cli, const char *part, const char *const *words,
	const char *input, size_t len, struct error *err);

#endif
