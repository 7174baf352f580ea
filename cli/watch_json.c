/* watch_json.c prints kept scenes, evidence handed over and planned work for
 * scripts. */
#include "cli/watch_json.h"

#include "cli/json_out.h"

struct json *
hold_json(struct cli *cli, const struct hold *hold)
{
	struct json *o = json_object();

	json_set_int(o, "n", hold->n);
	json_set_text(o, "id", hold->id);
	json_set_or_null(o, "case", hold->number);
	json_set_or_null(o, "asset", hold->asset);
	json_set_text(o, "state", hold->state);
	json_set_text(o, "body", hold->body);
	json_set_text(o, "document", hold->doc_number);
	json_set_or_null(o, "date", hold->doc_date);
	json_set_or_null(o, "what", hold->what);
	json_set_time(cli, o, "placed_at", hold->placed_at);
	json_set_text(o, "placed_by", hold->placed_by);
	json_set_time(cli, o, "released_at", hold->released_at);
	json_set_or_null(o, "released_by", hold->released_by);
	json_set_or_null(o, "release_document", hold->release_doc);
	return o;
}

struct json *
custody_json(struct cli *cli, const struct custody *u)
{
	struct json *o = json_object();

	json_set_int(o, "n", u->n);
	json_set_text(o, "id", u->id);
	json_set_text(o, "state", "handed_over");
	json_set_int(o, "evidence", u->evidence_n);
	json_set_or_null(o, "name", u->name);
	json_set_or_null(o, "sha256", u->hash);
	json_set_or_null(o, "given_by", u->given_by);
	json_set_or_null(o, "given_post", u->given_post);
	json_set_or_null(o, "taken_by", u->taken_by);
	json_set_or_null(o, "taken_post", u->taken_post);
	json_set_or_null(o, "taken_body", u->taken_body);
	json_set_or_null(o, "place", u->place);
	json_set_or_null(o, "reason", u->reason);
	json_set_or_null(o, "document", u->doc_number);
	json_set_or_null(o, "note", u->note);
	json_set_time(cli, o, "at", u->at);
	return o;
}

struct json *
planned_json(struct cli *cli, const struct planned *work)
{
	struct json *o = json_object();

	json_set_int(o, "n", work->n);
	json_set_text(o, "id", work->id);
	json_set_text(o, "asset", work->asset);
	json_set_text(o, "state", work->state);
	json_set_text(o, "what", work->what);
	json_set_time(cli, o, "from_at", work->from_at);
	json_set_time(cli, o, "to_at", work->to_at);
	json_set_or_null(o, "by", work->by);
	json_set_or_null(o, "note", work->note);
	return o;
}

struct gathering {
	struct cli *cli;
	struct json *list;
};

static bool
add_hold(const struct hold *hold, void *arg)
{
	struct gathering *g = arg;

	json_push(g->list, hold_json(g->cli, hold));
	return true;
}

bool
holds_json(struct cli *cli, const char *case_id, struct json *list, struct error *err)
{
	struct gathering g = { cli, list };

	return hold_each(cli->desk, case_id, false, add_hold, &g, err);
}

static bool
add_custody(const struct custody *u, void *arg)
{
	struct gathering *g = arg;

	json_push(g->list, custody_json(g->cli, u));
	return true;
}

bool
custodies_json(struct cli *cli, const char *case_id, struct json *list,
	struct error *err)
{
	struct gathering g = { cli, list };

	return custody_each(cli->desk, case_id, add_custody, &g, err);
}

static bool
add_change(const struct planned *work, void *arg)
{
	struct gathering *g = arg;

	json_push(g->list, planned_json(g->cli, work));
	return true;
}

bool
changes_json(struct cli *cli, const struct ir_case *c, struct json *list,
	struct error *err)
{
	struct gathering g = { cli, list };
	int64_t at = c->detected_at != 0 ? c->detected_at : c->opened_at;

	return planned_near(cli->desk, c->asset_id, at, add_change, &g, err);
}
