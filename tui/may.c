/* may.c owns the refusal that comes before a form: which role the act needs, and
 * which members have it. */
#include "tui/may.h"

#include <stdlib.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/role.h"
#include "core/status.h"
#include "core/words.h"
#include "tui/model.h"

#define NAMED 3

SQL(MAY_MEMBERS, "", "SELECT name, role FROM member WHERE active = 1 ORDER BY name_key");

struct may_request {
	struct request request;
	enum role least;
	char *what;
	struct buf names;
};

/* Of the lowest role that may, if anybody has it; an admin is asked last. */
static bool
name_those(struct may_request *m, struct desk *desk, enum role role, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &MAY_MEMBERS, NOARGS);
	int count = 0;

	while (stmt_row(st)) {
		if (role_from(stmt_text(st, 1)) == role && count++ < NAMED) {
			buf_addf(&m->names, "%s%s", count > 1 ? ", " : "", stmt_text(st, 0));
		}
	}
	return stmt_done(st, err);
}

static bool
run_names(struct request *request, struct desk *desk, struct error *err)
{
	struct may_request *m = (struct may_request *)request;
	bool ok = true;

	for (enum role role = m->least; ok && role <= ROLE_ADMIN && m->names.len == 0;
		role++) {
		ok = name_those(m, desk, role, err);
	}
	return ok;
}

/* The names first: the state row is cut where the screen ends. */
static void
done_names(struct request *request, struct app *app)
{
	struct may_request *m = (struct may_request *)request;

	if (!request->ok) {
		app_error(app, &request->err);
	} else if (m->names.len == 0) {
		app_info(app, _("Only a %s may, and nobody is one (%s)"), role_label(m->least),
			m->what);
	} else {
		app_info(app, _("Only a %s may: ask %s (%s)"), role_label(m->least),
			buf_text(&m->names), m->what);
	}
}

static void
free_names(struct request *request)
{
	struct may_request *m = (struct may_request *)request;

	buf_free(&m->names);
	free(m->what);
	free(m);
}

static bool
refuse(struct app *app, enum role least, char *what)
{
	struct may_request *m = xcalloc(1, sizeof(*m));

	m->request = (struct request){ .run = run_names, .done = done_names,
		.free = free_names };
	m->least = least;
	m->what = what;
	app_ask(app, NULL, &m->request);
	return false;
}

bool
may_act(struct app *app, enum act act)
{
	struct error ignored = ERROR_INIT;

	return role_allows(app_summary(app)->me.role, act, &ignored) ||
		refuse(app, act_rows[act].least, xstrdup(_(act_rows[act].label)));
}

bool
may_become(struct app *app, const struct case_ref *refs, int count, const char *to)
{
	enum role least = ROLE_ADMIN;

	for (int i = 0; i < count; i++) {
		enum role one = status_least(refs[i].status, to);

		least = one < least ? one : least;
	}
	return app_summary(app)->me.role >= least ||
		refuse(app, least, xasprintf("%s: %s", refs[0].number,
			word_label(WORDS_STATUS, to)));
}
