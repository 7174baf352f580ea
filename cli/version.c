/* version.c says which suco this is, and which of its parts are there. */
#include "cli/version.h"

#include <stdlib.h>

#include "core/i18n.h"
#include "core/place.h"
#include "paths.h"

struct part {
	const char *name;
	const char *what; /* marked for translation */
};

static const struct part parts[] = {
	{ "suco-report", N_("plans as pictures, papers as PDF") },
	{ "suco-serve", N_("delivers messages") },
	{ "suco-watch", N_("desktop notifications") },
};

static struct json *
part_json(const struct part *part)
{
	struct json *o = json_object();
	struct error ignored = ERROR_INIT;
	char *path = NULL;

	(void)place_program(&path, part->name, &ignored);
	json_set_text(o, "part", part->name);
	json_set_text(o, "what", _(part->what));
	json_set_text(o, "path", path);
	json_set_text(o, "missing", path != NULL ? NULL : ignored.message);
	free(path);
	return o;
}

static void
say_part(struct cli *cli, const struct json *part)
{
	const char *path = json_get_text(part, "path");
	const char *missing = json_get_text(part, "missing");

	cli_say(cli, "  %-11s %s: %s", json_get_text(part, "part"),
		json_get_text(part, "what"), path != NULL ? path : missing);
}

void
cli_version(struct cli *cli)
{
	struct json *o = json_object();
	struct json *list = json_array();

	for (size_t i = 0; cli->verbose && i < sizeof parts / sizeof *parts; i++) {
		json_push(list, part_json(&parts[i]));
	}
	json_set_text(o, "version", SUCO_VERSION);
	json_set(o, "parts", list);
	if (cli->json) {
		cli_json(cli, o);
		return;
	}
	cli_say(cli, "suco %s", SUCO_VERSION);
	for (const struct json *part = json_first(list); part != NULL; part = json_next(part)) {
		say_part(cli, part);
	}
	json_free(o);
}
