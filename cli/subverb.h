/* subverb.h - verbs whose second word says what to do: `task CASE add TEXT`,
 * `asset list`. */
#ifndef CLI_SUBVERB_H
#define CLI_SUBVERB_H

#include "cli/cli.h"
#include "core/case.h"

struct case_subverb {
	const char *name;
	int least, most; /* words after the subverb; most -1: any number */
	bool (*run)(struct cli *cli, const struct ir_case *c, struct error *err);
};

/* CASE SUBVERB ...: finds the case, checks the words, runs. */
bool run_case_subverb(struct cli *cli, const struct case_subverb *table,
	struct error *err);

struct subverb {
	const char *name;
	int least, most;
	verb_fn *run; /* its words begin at cli_word(cli, 1) */
};

/* SUBVERB ...: checks the words, runs. */
bool run_subverb(struct cli *cli, const struct subverb *table, struct error *err);

#endif
