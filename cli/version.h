/* version.h - suco --version, with -v the parts that are there. */
#ifndef CLI_VERSION_H
#define CLI_VERSION_H

#include "cli/cli.h"

void cli_version(struct cli *cli);

#endif
