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
	[WISH_NAME] = { N_("WISH"), 18, 0, false },
	[WISH_VALUE] = { N_("VALUE"), 18, 0, false, .wide = 36 },
	[WISH_WHAT] = { N_("WHAT IT IS"), 0, 50, false },
	{ 0 },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("change") },
	{ CMD_RETRY, N_("send me a test") },
	{ CMD_ADD, N_("add an address") },
	{ CMD_HOLD, N_("remove") },
	SHEET_HINTS
};

/* Which channels use an address of the register; what must be done on the other side
 * before anything arrives there. */
static const struct {
	const char *address, *channel, *first;
} testable[] = {
	{ "mail", "mail", N_("name@host") },
	{ "phone", "sms", N_("for calls and text messages") },
	{ "telegram", "telegram",
	  N_("the chat's number; write /start to the team's bot there first") },
	{ "ntfy", "ntfy", N_("a topic; subscribe to it in the application first") },
	{ "webhook", "webhook", N_("https://host/path") },
	{ "zalo", "zalo", N_("follow the team's Zalo OA first") },
};
#define TESTABLE (sizeof(testable) / sizeof(testable[0]))

/* What came of the last test by each, since the program was started: the desk keeps
 * no record of it.  Only the desk's thread reads and writes it. */
static struct {
	char *said;
	int64_t at;
	bool failed;
} tested[TESTABLE];

static const char *
channel_of(const char *address)
{
	for (size_t i = 0; i < TESTABLE; i++) {
		if (strcmp(testable[i].address, address) == 0) {
			return testable[i].channel;
		}
	}
	return NULL;
}

static void
say_tested(struct buf *out, const char *address, struct desk *desk, bool *failed)
{
	char at[WHEN_SHORT_SIZE];

	for (size_t i = 0; i < TESTABLE; i++) {
		if (strcmp(testable[i].address, address) == 0 && tested[i].said != NULL) {
			when_near(at, tested[i].at, desk_now(desk), desk_zone(desk));
			buf_addf(out, _("test %s: %s"), at, tested[i].said);
			buf_adds(out, " · ");
			*failed = tested[i].failed;
		}
	}
}

static void
keep_tested(const char *address, struct desk *desk, const char *said, bool failed)
{
	for (size_t i = 0; i < TESTABLE; i++) {
		if (strcmp(testable[i].address, address) == 0) {
			free(tested[i].said);
			tested[i].said = said == NULL ? NULL : xstrdup(said);
			tested[i].at = desk_now(desk);
			tested[i].failed = failed;
		}
	}
}

/* ---- the rows ---- */

/* The verb's names are codes; here they are words. */
static const struct {
	const char *name, *label;
} names[] = {
	{ "channels", N_("channels") }, { "channels.1", N_("channels for S1") },
	{ "channels.2", N_("channels for S2") }, { "channels.3", N_("channels for S3") },
	{ "channels.4", N_("channels for S4") }, { "digest", N_("hour of the digest") },
	{ "quiet", N_("quiet hours") }, { "quiet.max", N_("quiet up to") },
	{ "quiet.zone", N_("their time zone") },
};

static const char *
wish_name(const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i].name, name) == 0) {
			return _(names[i].label);
		}
	}
	return name;
}

static void
add_wish(struct table_rows *out, const struct page *page, const struct json *wish)
{
	const char *name = json_get_text(wish, "name");
	const char *value = json_get_text(wish, "value");
	const char *otherwise = json_get_text(wish, "default");
	struct table_row *row = table_add(out, name, name, WISH);

	table_cell(row, WISH_NAME, wish_name(name));
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
	bool down = false, failed = false, ok = true;

	if (value[0] == '\0' && strcmp(kind, "mail") != 0) {
		return true;
	}
	row = table_add(out, kind, kind, ADDRESS);
	table_cell(row, WISH_NAME, word_label(WORDS_CHANNEL, kind));
	table_cell(row, WISH_VALUE, value[0] != '\0' ? value : _("NO ADDRESS"));
	row->about = xstrdup(value);
	row->style = value[0] == '\0' ? ST_LATE : ST_TEXT;
	if (channel != NULL && value[0] != '\0') {
		say_tested(&what, kind, desk, &failed);
		ok = say_channel(&what, desk, channel, &down, err);
	}
	row->signs = down || failed ? 1 : 0;
	row->style = failed ? ST_LATE : row->style;
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
fill_value(struct app *app, struct view *view, const struct table_row *row)
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
	.lines = wish_lines, .run = run_wish, .fill = fill_value, .said = N_("%s changed") };

/* ---- my addresses ---- */

static bool
set_address(struct desk *desk, const char *kind, const char *value, struct error *err)
{
	struct json *given = json_object();
	bool ok;

	json_set_text(given, kind, value);
	ok = member_set(desk, desk_me(desk)->login, given, err);
	json_free(given);
	if (ok) {
		keep_tested(kind, desk, NULL, false);
	}
	return ok;
}

/* What is to be done before anything arrives there. */
static char *
say_first(const char *kind)
{
	for (size_t i = 0; i < TESTABLE; i++) {
		if (strcmp(testable[i].address, kind) == 0) {
			return xasprintf(_("kept; it counts once a test has arrived: r sends"
				" one (%s)"), _(testable[i].first));
		}
	}
	return xstrdup(_("kept"));
}

static bool
run_address(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	const char *kind = form_word(values, "kind");
	const char *value = form_word(values, "value");

	kind = kind[0] != '\0' ? kind : ref->item;
	if (!set_address(desk, kind, value, err)) {
		return false;
	}
	*said = say_first(kind);
	return true;
}

static bool
run_address_off(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)values;
	return set_address(desk, ref->item, NULL, err);
}

static void
fill_address(struct app *app, struct view *view, const struct table_row *row)
{
	struct field *field = form_field(ask_form_fields(view), "value");

	fill_value(app, view, row);
	for (size_t i = 0; row != NULL && i < TESTABLE; i++) {
		if (strcmp(testable[i].address, row->key) == 0) {
			field_help(field, _(testable[i].first));
		}
	}
}

static void
fill_new(struct app *app, struct view *view, const struct table_row *row)
{
	struct field *field = form_field(ask_form_fields(view), "kind");

	(void)app;
	(void)row;
	for (size_t i = 0; i < TESTABLE; i++) {
		field_add_choice(field, testable[i].address,
			word_label(WORDS_CHANNEL, testable[i].address));
	}
	field_add_choice(field, "desktop", word_label(WORDS_CHANNEL, "desktop"));
	field_set(field, "phone");
}

static void
name_new(struct case_ref *ref, const struct table_row *row)
{
	(void)row;
	ref->item[0] = ref->title[0] = '\0';
	snprintf(ref->number, sizeof(ref->number), "%s", _("the address"));
}

static const struct form_line address_lines[] = {
	{ .name = "value", .label = N_("Address"), .kind = FIELD_LINE, .required = true },
	{ .name = NULL },
};
static const struct form_line new_lines[] = {
	{ .name = "kind", .label = N_("By"), .kind = FIELD_CHOICE, .required = true },
	{ .name = "value", .label = N_("Address"), .kind = FIELD_LINE, .required = true,
		.help = N_("the one that is there is replaced; desktop: yes") },
	{ .name = NULL },
};

static const struct sheet_form address_form = { .needs = ACT_WORK,
	.title = N_("my address"), .lines = address_lines, .run_said = run_address,
	.fill = fill_address };
static const struct sheet_form new_form = { .needs = ACT_WORK,
	.title = N_("add an address"), .lines = new_lines, .run_said = run_address,
	.fill = fill_new, .name = name_new };
static const struct sheet_form off_form = { .needs = ACT_WORK, .title = N_("remove"),
	.confirm = N_("Nobody reaches you there any more; without any address you are not"
		" called, and the next one is."), .run = run_address_off,
	.said = N_("taken off: %s") };

static bool
run_test(struct desk *desk, const struct case_ref *ref, const struct json *values,
	char **said, struct error *err)
{
	const char *channel = channel_of(ref->item);
	bool ok = channel != NULL &&
		notify_test(said, desk, channel, desk_me(desk)->login, err);

	(void)values;
	keep_tested(ref->item, desk, ok ? *said : err->message, !ok);
	return ok;
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
refuse_off(const struct table_row *row)
{
	return strcmp(row->state, ADDRESS) != 0 ? N_("go to an address first")
		: row->about == NULL || row->about[0] == '\0' ? N_("there is no address") : NULL;
}

static const struct word yes_no[] = {
	{ "yes", N_("yes") }, { "no", N_("no") }, { NULL, NULL },
};
static const struct form_line desktop_lines[] = {
	{ .name = "value", .label = N_("On my desktop"), .kind = FIELD_CHOICE,
		.words = yes_no, .value = "yes" },
	{ .name = NULL },
};
static const struct sheet_form desktop_form = { .needs = ACT_WORK,
	.title = N_("my address"), .lines = desktop_lines, .run_said = run_address,
	.fill = fill_value };

static void
change(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	(void)view;
	sheet_form(app, strcmp(rows[0]->state, WISH) == 0 ? &wish_form
		: channel_of(rows[0]->key) != NULL ? &address_form : &desktop_form, rows, count);
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = change },
	{ .command = CMD_RETRY, .form = &test_form, .refuse = refuse_test },
	{ .command = CMD_ADD, .form = &new_form, .always = true },
	{ .command = CMD_HOLD, .form = &off_form, .refuse = refuse_off },
	{ .command = CMD_NONE },
};

const struct sheet wishes_sheet = {
	.ops = SHEET_OPS("wishes", hints),
	.title = N_("HOW I AM REACHED"),
	.source = { .columns = columns, .load = load, .whole = true,
		.empty = N_("no wishes") },
	.acts = acts,
};
