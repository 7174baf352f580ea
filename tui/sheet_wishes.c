/* sheet_wishes.c owns the screen of how the one who sits there wants to be reached:
 * his wishes, his addresses, and a test by each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/sql.h"
#include "core/wish.h"
#include "core/words.h"
#include "tui/ask.h"
#include "tui/notify_test.h"
#include "tui/views.h"

#define WISH "wish"       /* state of a row */
#define ADDRESS "address"

SQL(CHANNEL_IS, "t", "SELECT state, since, last_ok_at, reply FROM local_channel"
	" WHERE name = $1");

enum { WISH_NAME, WISH_VALUE, WISH_WHAT };

static const struct table_column columns[] = {
	[WISH_NAME] = { N_("WISH"), 10, 0, false },
	[WISH_VALUE] = { N_("VALUE"), 20, 0, false, .wide = 36 },
	[WISH_WHAT] = { N_("WHAT IT IS"), 0, 50, false },
	{ 0 },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("change") },
	{ CMD_RETRY, N_("send me a test") },
	SHEET_HINTS
};

/* Which channels use an address of the register. */
static const struct {
	const char *address, *channel;
} testable[] = {
	{ "mail", "mail" }, { "phone", "sms" }, { "telegram", "telegram" },
	{ "ntfy", "ntfy" }, { "webhook", "webhook" }, { "zalo", "zalo" },
};

static const char *
channel_of(const char *address)
{
	for (size_t i = 0; i < sizeof(testable) / sizeof(testable[0]); i++) {
		if (strcmp(testable[i].address, address) == 0) {
			return testable[i].channel;
		}
	}
	return NULL;
}

/* ---- the rows ---- */

static void
add_wish(struct table_rows *out, const struct page *page, const struct json *wish)
{
	const char *name = json_get_text(wish, "name");
	const char *value = json_get_text(wish, "value");
	const char *otherwise = json_get_text(wish, "default");
	struct table_row *row = table_add(out, name, name, WISH);

	table_cell(row, WISH_NAME, name);
	table_cell(row, WISH_VALUE, value != NULL ? value : otherwise != NULL ? otherwise
		: "-");
	table_cell(row, WISH_WHAT, json_get_text(wish, "label"));
	row->about = xstrdup(value != NULL ? value : "");
	row->style = value != NULL ? ST_STRONG : ST_TEXT;
	(void)page_take(out, page);
}

/* "ok 02:05", "DOWN since 01:40: no route". */
static bool
say_channel(struct buf *out, struct desk *desk, const char *channel, bool *down,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &CHANNEL_IS, TXT(channel));

	if (stmt_row(st)) {
		char at[WHEN_SHORT_SIZE] = "";
		int64_t since;

		*down = strcmp(stmt_text(st, 0), "down") == 0;
		since = stmt_int(st, *down ? 1 : 2);
		if (since > 0) {
			when_near(at, since, desk_now(desk), desk_zone(desk));
		}
		if (*down) {
			buf_addf(out, _("%s DOWN since %s: %s"),
				word_label(WORDS_CHANNEL, channel), at, stmt_text(st, 3));
		} else {
			buf_addf(out, _("%s ok %s"), word_label(WORDS_CHANNEL, channel), at);
		}
	} else {
		buf_addf(out, _("%s was not used yet"), word_label(WORDS_CHANNEL, channel));
	}
	return stmt_done(st, err);
}

static bool
add_address(struct table_rows *out, const struct page *page, struct desk *desk,
	const struct json *address, struct error *err)
{
	const char *kind = json_key(address), *channel = channel_of(kind);
	const char *value = json_text(address, "");
	struct table_row *row;
	struct buf what = { 0 };
	bool down = false, ok = true;

	if (value[0] == '\0' && strcmp(kind, "mail") != 0) {
		return true;
	}
	row = table_add(out, kind, kind, ADDRESS);
	table_cell(row, WISH_NAME, word_label(WORDS_CHANNEL, kind));
	table_cell(row, WISH_VALUE, value[0] != '\0' ? value : _("NO ADDRESS"));
	row->about = xstrdup(value);
	row->style = value[0] == '\0' ? ST_LATE : ST_TEXT;
	if (channel != NULL && value[0] != '\0') {
		ok = say_channel(&what, desk, channel, &down, err);
	}
	row->signs = down ? 1 : 0;
	table_cell(row, WISH_WHAT, buf_text(&what));
	buf_free(&what);
	(void)page_take(out, page);
	return ok;
}

static bool
add_addresses(struct table_rows *out, const struct page *page, struct desk *desk,
	const struct json *addresses, struct error *err)
{
	for (const struct json *a = json_first(addresses); a != NULL; a = json_next(a)) {
		if (!add_address(out, page, desk, a, err)) {
			return false;
		}
	}
	return true;
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	const char *me = desk_me(desk)->login;
	struct json *wishes = NULL, *member = NULL;
	bool ok = wish_list(desk, me, &wishes, err) && member_show(desk, me, &member, err);

	if (ok) {
		ok = add_addresses(out, page, desk, json_get(member, "addresses"), err);
		for (const struct json *w = json_first(wishes); w != NULL; w = json_next(w)) {
			add_wish(out, page, w);
		}
		snprintf(out->head.todo, sizeof(out->head.todo), "%s",
			_("A case of severity 4 rings whatever you wish.  r sends you a test."));
	}
	json_free(wishes);
	json_free(member);
	return ok;
}

/* ---- acts ---- */

static bool
run_wish(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	return wish_set(desk, desk_me(desk)->login, ref->item, form_word(values, "value"), err);
}

static void
fill_wish(struct app *app, struct view *view, const struct table_row *row)
{
	(void)app;
	if (row != NULL && row->about != NULL) {
		field_set(form_field(ask_form_fields(view), "value"), row->about);
	}
}

static const struct form_line wish_lines[] = {
	{ .name = "value", .label = N_("Value"), .kind = FIELD_LINE,
		.help = N_("empty: what counts for all") },
	{ .name = NULL },
};

static const struct sheet_form wish_form = { .needs = ACT_READ, .title = N_("my wish"),
	.lines = wish_lines, .run = run_wish, .fill = fill_wish, .said = N_("%s changed") };

static bool
run_test(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	const char *channel = channel_of(ref->item);

	(void)values;
	return channel != NULL && notify_test(said, desk, channel, desk_me(desk)->login, err);
}

static const struct sheet_form test_form = { .needs = ACT_WORK,
	.title = N_("send me a test"), .save = N_("send it"),
	.confirm = N_("One message goes to this address now; nothing is recorded. It may take"
		" some seconds."), .run_said = run_test };

static const char *
refuse_test(const struct table_row *row)
{
	if (strcmp(row->state, ADDRESS) != 0) {
		return N_("go to an address first");
	}
	return row->about == NULL || row->about[0] == '\0' ? N_("there is no address")
		: channel_of(row->key) == NULL ? N_("it is tested on that desktop itself") : NULL;
}

static const char *
refuse_change(const struct table_row *row)
{
	return strcmp(row->state, WISH) == 0 ? NULL
		: N_("addresses are changed in the register (8), by who may");
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .form = &wish_form, .refuse = refuse_change },
	{ .command = CMD_RETRY, .form = &test_form, .refuse = refuse_test },
	{ .command = CMD_NONE },
};

const struct sheet wishes_sheet = {
	.ops = SHEET_OPS("wishes", hints),
	.title = N_("HOW I AM REACHED"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("no wishes") },
	.acts = acts,
};
