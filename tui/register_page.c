/* register_page.c owns the pages of systems, members, contacts and groups. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/civil.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/role.h"
#include "core/words.h"
#include "core/zone.h"
#include "tui/register_model.h"

#define FACT(field) "(SELECT f.value FROM asset_fact f WHERE f.asset_id = a.id" \
	" AND f.field = '" field "')"
#define ASSETS "SELECT a.id, a.code, a.name, a.state, a.level, a.missing, " \
	FACT("owner") ", " FACT("operator") ", " FACT("standby") " FROM asset a WHERE a.code"
SQL(ASSETS_DOWN, "ti", ASSETS " > $1 ORDER BY a.code LIMIT $2");
SQL(ASSETS_UP, "ti", ASSETS " < $1 ORDER BY a.code DESC LIMIT $2");

#define ADDRESS(channel, of) "(SELECT d.value FROM address d WHERE d.owner = " of \
	" AND d.channel = '" channel "')"
#define MEMBERS "SELECT m.id, m.login, m.name, m.role, m.unit, m.active, " \
	ADDRESS("phone", "m.id") ", " ADDRESS("mail", "m.id") " FROM member m WHERE m.login"
SQL(MEMBERS_DOWN, "ti", MEMBERS " > $1 ORDER BY m.login LIMIT $2");
SQL(MEMBERS_UP, "ti", MEMBERS " < $1 ORDER BY m.login DESC LIMIT $2");

#define CONTACTS "SELECT c.id, c.role, c.name, c.body, c.valid_from, c.valid_to," \
	" c.verified_at, " ADDRESS("phone", "c.id") ", " ADDRESS("mail", "c.id") \
	" FROM contact c WHERE c.role"
SQL(CONTACTS_DOWN, "ti", CONTACTS " > $1 ORDER BY c.role LIMIT $2");
SQL(CONTACTS_UP, "ti", CONTACTS " < $1 ORDER BY c.role DESC LIMIT $2");

#define GROUPS "SELECT g.id, g.code, g.name, g.of_kind, g.source," \
	" (WITH RECURSIVE i(id) AS (SELECT g.id UNION SELECT t.id FROM i" \
	" JOIN group_member m ON m.group_id = i.id AND m.member_kind = 'group'" \
	" JOIN team_group t ON t.code = m.member_ref)" \
	" SELECT COUNT(DISTINCT m.member_ref) FROM i JOIN group_member m" \
	" ON m.group_id = i.id WHERE m.member_kind <> 'group')" \
	" FROM team_group g WHERE g.code"
SQL(GROUPS_DOWN, "ti", GROUPS " > $1 ORDER BY g.code LIMIT $2");
SQL(GROUPS_UP, "ti", GROUPS " < $1 ORDER BY g.code DESC LIMIT $2");

/* Fills the cells of the row from the statement. */
typedef void fill_fn(struct table_row *row, struct stmt *st, struct desk *desk);

/* Above every key: what a page from the end begins under. */
#define LAST_KEY "\xf4\x8f\xbf\xbd"

static bool
fill_page(struct table_rows *out, struct desk *desk, const struct page *page,
	const struct sql *down, const struct sql *up, fill_fn *fill, struct error *err)
{
	bool back = page_backwards(page);
	const char *from = page->want == LIST_WANT_LAST ? LAST_KEY
		: page->want == LIST_WANT_FIRST ? "" : page->from;
	struct stmt *st = db_query(desk_db(desk), back ? up : down, TXT(from),
		I64(page_limit(page)));
	bool go = true;

	while (go && stmt_row(st)) {
		fill(table_add(out, stmt_text(st, 0), stmt_text(st, 1), ""), st, desk);
		go = page_take(out, page);
	}
	if (!stmt_done(st, err)) {
		table_free(out);
		return false;
	}
	page_end(out, page);
	return true;
}

static const char *
or_missing(const char *text)
{
	return text == NULL || text[0] == '\0' ? _("MISSING") : text;
}

static void
fill_asset(struct table_row *row, struct stmt *st, struct desk *desk)
{
	static const struct {
		const char *state;
		int signs;
		enum style style;
	} looks[] = {
		{ "down", 2, ST_LATE }, { "no_standby", 1, ST_SOON },
		{ "slow", 1, ST_SOON }, { "maintenance", 0, ST_SOON },
	};
	const char *state = stmt_text(st, 3);
	const char *standby = stmt_text(st, 8);
	char text[24];

	(void)desk;
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		if (strcmp(looks[i].state, state) == 0) {
			row->signs = looks[i].signs;
			row->style = looks[i].style;
		}
	}
	free(row->state);
	row->state = xstrdup(state);
	table_cell(row, 0, stmt_text(st, 1));
	table_cell(row, 1, stmt_text(st, 2));
	table_cell(row, 2, word_label(WORDS_ASSET_STATE, state));
	snprintf(text, sizeof(text), "%lld", (long long)stmt_int(st, 4));
	table_cell(row, 3, stmt_int(st, 4) > 0 ? text : "?");
	table_cell(row, 4, or_missing(stmt_text(st, 6)));
	table_cell(row, 5, or_missing(stmt_text(st, 7)));
	table_cell(row, 6, standby == NULL || standby[0] == '\0' ? "?"
		: strcmp(standby, "yes") == 0 ? _("yes") : _("no"));
	snprintf(text, sizeof(text), "%lld", (long long)stmt_int(st, 5));
	table_cell(row, 7, text);
}

bool
register_assets(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	return fill_page(out, desk, page, &ASSETS_DOWN, &ASSETS_UP, fill_asset, err);
}

static void
fill_member(struct table_row *row, struct stmt *st, struct desk *desk)
{
	bool active = stmt_int(st, 5) != 0;

	(void)desk;
	row->style = active ? ST_TEXT : ST_GREY;
	table_cell(row, 0, stmt_text(st, 1));
	table_cell(row, 1, stmt_text(st, 2));
	table_cell(row, 2, active ? role_label(role_from(stmt_text(st, 3)))
		: _("not active"));
	table_cell(row, 3, stmt_text(st, 4));
	table_cell(row, 4, or_missing(stmt_text(st, 6)));
	table_cell(row, 5, or_missing(stmt_text(st, 7)));
}

bool
register_members(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	return fill_page(out, desk, page, &MEMBERS_DOWN, &MEMBERS_UP, fill_member, err);
}

/* Dates are YYYY-MM-DD: they compare as text. */
static void
fill_contact(struct table_row *row, struct stmt *st, struct desk *desk)
{
	struct civil day = zone_civil(desk_zone(desk), desk_now(desk));
	const char *from = stmt_text(st, 4), *to = stmt_text(st, 5);
	const char *verified = stmt_text(st, 6);
	char today[16];
	bool early, over;

	snprintf(today, sizeof(today), "%04d-%02d-%02d", day.year % 10000, day.month % 100,
		day.day % 100);
	early = from != NULL && strcmp(from, today) > 0;
	over = to != NULL && strcmp(to, today) < 0;
	row->style = early || over ? ST_GREY : ST_TEXT;
	row->signs = !early && !over && (verified == NULL || verified[0] == '\0') ? 1 : 0;
	table_cell(row, 0, stmt_text(st, 1));
	table_cell(row, 1, stmt_text(st, 2));
	table_cell(row, 2, over ? _("ended") : early ? _("not yet") : _("valid"));
	table_cell(row, 3, verified != NULL && verified[0] != '\0' ? verified : _("NEVER"));
	table_cell(row, 4, or_missing(stmt_text(st, 7)));
	table_cell(row, 5, or_missing(stmt_text(st, 8)));
	table_cell(row, 6, stmt_text(st, 3));
}

bool
register_contacts(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	return fill_page(out, desk, page, &CONTACTS_DOWN, &CONTACTS_UP, fill_contact, err);
}

static void
fill_group(struct table_row *row, struct stmt *st, struct desk *desk)
{
	char size[24];

	(void)desk;
	snprintf(size, sizeof(size), "%lld", (long long)stmt_int(st, 5));
	table_cell(row, 0, stmt_text(st, 1));
	table_cell(row, 1, stmt_text(st, 2));
	table_cell(row, 2, register_label(stmt_text(st, 3)));
	table_cell(row, 3, size);
	table_cell(row, 4, stmt_text(st, 4));
}

bool
register_groups(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	return fill_page(out, desk, page, &GROUPS_DOWN, &GROUPS_UP, fill_group, err);
}
