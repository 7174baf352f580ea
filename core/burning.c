/* burning.c looks whether what happens touches the desk itself. */
#include "core/burning.h"

#include <stdio.h>
#include <string.h>

#include "core/i18n.h"

/* All that the desk stands on, by what it gives: the named systems and what they
 * depend on in turn. */
#define NEEDS \
	"WITH RECURSIVE needs (what, id) AS (" \
	"SELECT s.name, a.id FROM setting s JOIN asset a ON a.code = s.value" \
	" WHERE s.name IN ('desk.host', 'desk.mail', 'desk.network')" \
	" UNION SELECT n.what, d.on_id FROM needs n" \
	" JOIN asset_dependency d ON d.asset_id = n.id)"
#define BURNS " AND c.is_open = 1 AND c.drill = 0 AND c.status <> 'recovered'"

/* One look-up for each system that is needed: never over all open cases, nor over
 * the closed ones of a system. */
SQL(TOUCHED, "",
	NEEDS " SELECT what, number FROM (SELECT n.what AS what, (SELECT c.number FROM cases c"
	" WHERE c.asset_id = n.id" BURNS " LIMIT 1) AS number FROM needs n"
	" UNION ALL SELECT n.what, (SELECT c.number FROM point p"
	"  JOIN cases c ON c.id = p.case_id WHERE p.ref = a.code AND p.ref_kind = 'asset'"
	"  AND p.back_at IS NULL" BURNS " LIMIT 1)"
	" FROM needs n JOIN asset a ON a.id = n.id) AS by_case WHERE number IS NOT NULL"
	" UNION ALL SELECT n.what, '' FROM needs n JOIN asset a ON a.id = n.id"
	" WHERE a.state = 'down'");
SQL(TOUCHED_BY, "t",
	NEEDS " SELECT n.what, c.number FROM needs n JOIN cases c ON c.asset_id = n.id"
	" WHERE c.id = $1" BURNS
	" UNION ALL SELECT n.what, c.number FROM needs n JOIN asset a ON a.id = n.id"
	" JOIN point p ON p.ref = a.code AND p.ref_kind = 'asset' AND p.back_at IS NULL"
	" JOIN cases c ON c.id = p.case_id WHERE c.id = $1" BURNS);
SQL(NAMED, "t", "SELECT value FROM setting WHERE name = $1");

static const char *const names[] = { "desk.host", "desk.mail", "desk.network" };
static const char *const labels[] = {
	N_("what the desk's machine runs on"), N_("what sends the desk's mail"),
	N_("what carries the desk's network"),
};

bool
burning_look(struct burning *out, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct db *db = desk_db(desk);
	struct stmt *st = case_id == NULL ? db_query(db, &TOUCHED, NOARGS)
		: db_query(db, &TOUCHED_BY, TXT(case_id));

	*out = (struct burning){ 0 };
	while (stmt_row(st)) {
		const char *what = stmt_text(st, 0);

		out->host = out->host || strcmp(what, names[0]) == 0;
		out->mail = out->mail || strcmp(what, names[1]) == 0;
		out->network = out->network || strcmp(what, names[2]) == 0;
		if (out->number[0] == '\0') {
			(void)snprintf(out->number, sizeof out->number, "%s", stmt_text(st, 1));
		}
	}
	return stmt_done(st, err);
}

const char *
burning_text(const struct burning *burning)
{
	return burning->host && burning->mail
		? _("machine and mail may stop: print now, use the telephone")
		: burning->host ? _("the desk's own machine may go down: print now")
		: burning->mail ? _("mail may stop: use the telephone")
		: burning->network ? _("the network may go: use the telephone") : NULL;
}

const char *
burning_short(const struct burning *burning)
{
	return burning->host && burning->mail ? _("print now, telephone")
		: burning->host ? _("print now")
		: burning->mail ? _("mail may stop")
		: burning->network ? _("the network may go") : NULL;
}

bool
burning_unset(struct desk *desk, struct json *into, struct error *err)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct stmt *st = db_query(desk_db(desk), &NAMED, TXT(names[i]));
		bool there = stmt_row(st);

		if (!stmt_done(st, err)) {
			return false;
		}
		if (!there) {
			struct json *row = json_object();

			json_set_text(row, "name", names[i]);
			json_set_text(row, "label", _(labels[i]));
			json_push(into, row);
		}
	}
	return true;
}
