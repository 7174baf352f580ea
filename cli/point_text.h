/* point_text.h - affected places and check-lists as lines for people. */
#ifndef CLI_POINT_TEXT_H
#define CLI_POINT_TEXT_H

#include "cli/cli.h"
#include "core/check_list.h"

/* "13 points: 9 down ...; together 412 minutes down"; nothing where none. */
bool say_point_counts(struct cli *cli, const char *case_id, struct error *err);
/* The names that fit several, with what to type. */
bool say_point_choices(struct cli *cli, const char *case_id, struct error *err);
/* by: area, carrier, island, state, or NULL. */
bool say_point_list(struct cli *cli, const char *case_id, const char *by, bool unconfirmed,
	struct error *err);
bool say_check_count(struct cli *cli, const struct check_step *step, struct error *err);
void say_check_list(struct cli *cli, const struct check_step *step,
	const struct check_list *list);

#endif
