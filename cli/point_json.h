/* point_json.h - affected places of a case and lines of check-lists for scripts. */
#ifndef CLI_POINT_JSON_H
#define CLI_POINT_JSON_H

#include "cli/cli.h"
#include "core/check_list.h"
#include "core/point.h"

/* The elements of `points` in `show --json`, pushed to list. */
bool points_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err);
/* `points` and `point_counts` of a case. */
bool case_points_json(struct cli *cli, const char *case_id, struct json *into,
	struct error *err);
/* {total, down, power_out, reserve, slow, back, unknown, outage_minutes} */
bool point_counts_json(struct cli *cli, const char *case_id, struct json **out,
	struct error *err);
/* {n, name, kind, code, mark, ticked, ticked_at, ticked_by, cells {column: text}} */
struct json *check_row_json(struct cli *cli, const struct check_list *list,
	const struct point *row);

#endif
