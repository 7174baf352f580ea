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

/* RFC 3339 in the desk's zone; null where ms is 0 or NO_DUE. */
void json_set_time(struct cli *cli, struct json *object, const char *key, int64_t ms);
/* null where the text is "". */
void json_set_or_null(struct json *object, const char *key, const char *text);

#endif
