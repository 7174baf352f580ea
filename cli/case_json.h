/* case_json.h - a case as JSON (CLI.md: list --json, show --json). */
#ifndef CLI_CASE_JSON_H
#define CLI_CASE_JSON_H

#include "cli/cli.h"
#include "core/case.h"
#include "core/timeline.h"

/* A row of `list --json`. */
struct json *case_row_json(struct cli *cli, const struct ir_case *c);

/* The object of `show --json` without events. */
bool case_json(struct cli *cli, const char *case_id, struct json **out,
	struct error *err);

/* Prints one list of the case object: "tasks", "evidence", ... */
bool case_list_json(struct cli *cli, const char *case_id, const char *list,
	struct error *err);

/* An event: seq,id,kind,recorded_at,occurred_at,actor,text,body,hash. */
struct json *event_json(struct cli *cli, const struct entry *entry);

#endif
