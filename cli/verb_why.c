/* verb_why.c: why: who is called for a case, when, by what, and why not others. */
#include <string.h>

#include "cli/json_out.h"
#include "cli/verbs_of.h"
#include "core/why.h"

/* Times of core are ms; scripts read them as everywhere. */
static struct json *
with_times(struct cli *cli, const struct json *value)
{
	struct json *out;

	if (json_is(value, JSON_ARRAY)) {
		out = json_array();
		for (const struct json *one = json_first(value); one != NULL;
		     one = json_next(one)) {
			json_push(out, with_times(cli, one));
		}
		return out;
	}
	if (!json_is(value, JSON_OBJECT)) {
		return json_copy(value);
	}
	out = json_object();
	for (const struct json *one = json_first(value); one != NULL; one = json_next(one)) {
		const char *key = json_key(one);
		size_t len = strlen(key);

		if (json_is(one, JSON_NUMBER) && (strcmp(key, "at") == 0 ||
			    strcmp(key, "ack_until") == 0 ||
			    (len > 3 && strcmp(key + len - 3, "_at") == 0))) {
			json_set_time(cli, out, key, json_integer(one, 0));
		} else {
			json_set(out, key, with_times(cli, one));
		}
	}
	return out;
}

bool
verb_why(struct cli *cli, struct error *err)
{
	struct json *why = NULL;
	struct buf text = { 0 };

	if (!why_read(cli->desk, cli->c.id, &why, err)) {
		return false;
	}
	if (cli->json) {
		cli_json(cli, with_times(cli, why));
	} else {
		why_print(&text, why, cli->desk);
		buf_add(&cli->out, buf_text(&text), text.len);
	}
	json_free(why);
	buf_free(&text);
	return true;
}
