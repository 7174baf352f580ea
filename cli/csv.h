/* csv.h - rows of a list as CSV: RFC 4180, a header row first. */
#ifndef CLI_CSV_H
#define CLI_CSV_H

#include "cli/cli.h"

/* Prints the object's members as one row; with_header: their keys before it.
 * Arrays and objects are printed as JSON. */
void csv_row(struct cli *cli, const struct json *object, bool with_header);

#endif
