/* describe_register.c says what changed in the register, the rules and the
 * settings. */
#include <stdlib.h>
#include <string.h>

#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/words.h"

#define MANY 6

static void
add_value(const struct line *l, const struct json *value)
{
	if (value == NULL || json_is(value, JSON_NULL)) {
		buf_adds(l->out, "-");
	} else if (json_is(value, JSON_STRING)) {
		buf_adds(l->out, json_text(value, ""));
	} else {
		char *text = json_line(value);

		buf_adds(l->out, text);
		free(text);
	}
}

/* "asset TTDL: state: normal -> down"; of a new thing only what it is called. */
static void
say_thing(const struct line *l, const char *what)
{
	const struct json *set = json_get(l->body, "set");
	int left = MANY;

	buf_addf(l->out, "%s %s", what, line_text(l->body, "key"));
	if (json_get_bool(l->body, "new")) {
		const char *name = line_text(json_get(set, "name"), "to");

		buf_addf(l->out, name[0] == '\0' ? _(" added") : _(" added: %s"), name);
		return;
	}
	for (const struct json *change = json_first(set); change != NULL;
	     change = json_next(change)) {
		if (left-- == 0) {
			buf_adds(l->out, ", ...");
			return;
		}
		buf_addf(l->out, "%s%s: ", left == MANY - 1 ? ": " : ", ", json_key(change));
		add_value(l, json_get(change, "from"));
		buf_adds(l->out, " -> ");
		add_value(l, json_get(change, "to"));
	}
}

/* How a system is, the watch says; the rest is the register's. */
static bool
say_state(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");
	const struct json *state = json_get(set, "state");

	if (json_count(set) != 1 || state == NULL) {
		return false;
	}
	buf_addf(l->out, "%s: %s -> %s", line_text(l->body, "key"),
		word_label(WORDS_ASSET_STATE, line_text(state, "from")),
		word_label(WORDS_ASSET_STATE, line_text(state, "to")));
	return true;
}

void
say_asset(const struct line *l)
{
	if (say_state(l)) {
		return;
	}
	say_thing(l, _("asset"));
}

void
say_contact(const struct line *l)
{
	say_thing(l, _("contact"));
}

void
say_group(const struct line *l)
{
	say_thing(l, _("group"));
}

void
say_member(const struct line *l)
{
	say_thing(l, _("member"));
}

void
say_rule(const struct line *l)
{
	say_thing(l, _("rule"));
}

void
say_unit(const struct line *l)
{
	say_thing(l, _("unit"));
}

void
say_setting(const struct line *l)
{
	const struct json *change = json_get(json_get(l->body, "set"), "value");

	buf_addf(l->out, _("setting %s: "), line_text(l->body, "key"));
	add_value(l, json_get(change, "from"));
	buf_adds(l->out, " -> ");
	add_value(l, json_get(change, "to"));
}

void
say_profile_imported(const struct line *l)
{
	buf_addf(l->out, _("profile %s imported"), line_text(l->body, "profile"));
}

void
say_restored(const struct line *l)
{
	buf_addf(l->out, _("backup %s restored (%lld events, head %.12s); before it: %lld events,"
		" head %.12s, saved as %s"), line_text(l->body, "file"),
		(long long)json_get_int(l->body, "seq", 0), line_text(l->body, "head"),
		(long long)json_get_int(l->body, "seq_was", 0), line_text(l->body, "head_was"),
		line_text(l->body, "saved"));
}
