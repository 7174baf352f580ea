/* roster_people.c owns who could stand on the roster: hours in the weeks shown, and
 * by what he is reached. */
#include "tui/roster_model.h"

#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/sql.h"
#include "core/when.h"
#include "core/words.h"

/* Of the newest messages: what came through to whom, by which channel. */
SQL(ROSTER_REACHED, "",
	"SELECT m.to_id, m.channel, MAX(m.state_at) FROM"
	" (SELECT to_kind, to_id, channel, state, state_at FROM message"
	"  ORDER BY position DESC LIMIT 2000) AS m"
	" WHERE m.to_kind = 'member'"
	" AND m.state IN ('handed_over', 'delivered', 'read', 'answered')"
	" GROUP BY m.to_id, m.channel ORDER BY m.channel");

static void
add_addresses(struct buf *out, const struct json *addresses)
{
	for (const struct json *a = json_first(addresses); a != NULL; a = json_next(a)) {
		if (json_text(a, "")[0] == '\0') {
			continue;
		}
		buf_addf(out, "%s%s", out->len > 0 ? ", " : "",
			strcmp(json_key(a), "phone") == 0 ? json_text(a, "")
				: word_label(WORDS_CHANNEL, json_key(a)));
	}
	if (out->len == 0) {
		buf_adds(out, _("NO ADDRESS"));
	}
}

static void
add_place(struct buf *out, const struct json *member)
{
	int64_t minutes = json_get_int(member, "on_site", 0);
	const char *area = json_get_text(member, "area");

	if (area != NULL && area[0] != '\0') {
		buf_addf(out, "  %s", area);
	}
	if (minutes > 0) {
		buf_addf(out, _("  there in %lld min"), (long long)minutes);
	}
}

static struct roster_person *
person(const struct roster_page *page, const char *login)
{
	for (int i = 0; i < page->person_count; i++) {
		if (strcmp(page->people[i].login, login) == 0) {
			return &page->people[i];
		}
	}
	return NULL;
}

static bool
add_reached(struct buf *texts, const struct roster *roster, struct desk *desk,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &ROSTER_REACHED, NOARGS);

	while (stmt_row(st)) {
		int member = roster_member_id(roster, stmt_text(st, 0));
		char at[WHEN_SHORT_SIZE];

		if (member >= 0) {
			when_near(at, stmt_int(st, 2), desk_now(desk), desk_zone(desk));
			buf_addf(&texts[member], _("  %s ok %s"),
				word_label(WORDS_CHANNEL, stmt_text(st, 1)), at);
		}
	}
	return stmt_done(st, err);
}

static void
add_person(struct roster_page *page, const struct roster_member *m,
	const struct json *members, const char *reached)
{
	struct buf reach = { 0 };
	struct roster_person *p;

	for (const struct json *o = json_first(members); o != NULL; o = json_next(o)) {
		if (strcmp(json_get_text(o, "login"), m->login) == 0) {
			add_addresses(&reach, json_get(o, "addresses"));
			buf_adds(&reach, reached);
			add_place(&reach, o);
		}
	}
	page->people = xrealloc(page->people,
		((size_t)page->person_count + 1) * sizeof *page->people);
	p = &page->people[page->person_count++];
	*p = (struct roster_person){ .login = xstrdup(m->login), .name = xstrdup(m->name),
		.given = xstrdup(fold_given_name(m->name)), .reach = buf_take(&reach) };
}

bool
roster_people_load(struct roster_page *page, struct desk *desk,
	const struct roster *roster, struct error *err)
{
	struct buf *texts = xcalloc((size_t)roster->member_count + 1, sizeof *texts);
	struct json *members = NULL;
	bool ok = member_list(desk, &members, err) && add_reached(texts, roster, desk, err);

	for (int i = 0; i < roster->member_count; i++) {
		if (ok && roster->members[i].active) {
			add_person(page, &roster->members[i], members, buf_text(&texts[i]));
		}
		buf_free(&texts[i]);
	}
	free(texts);
	json_free(members);
	return ok;
}

void
roster_people_add(struct roster_page *page, const char *login, int week, int64_t minutes)
{
	struct roster_person *p = person(page, login);

	if (p != NULL) {
		p->minutes[week] += minutes;
	}
}

void
roster_people_free(struct roster_page *page)
{
	for (int i = 0; i < page->person_count; i++) {
		free(page->people[i].login);
		free(page->people[i].name);
		free(page->people[i].given);
		free(page->people[i].reach);
	}
	free(page->people);
}

static bool
is_on(const struct roster_cell *cell, const char *login, int64_t from, int64_t until)
{
	for (int i = 0; i < cell->count; i++) {
		const struct roster_who *w = &cell->who[i];

		if (w->from < until && w->until > from && strcmp(w->login, login) == 0) {
			return true;
		}
	}
	return false;
}

bool
roster_person_free(const struct roster_page *page, const struct roster_person *p,
	int64_t from, int64_t until)
{
	for (int i = 0; i < page->away_count; i++) {
		if (page->away[i].from < until && page->away[i].until > from &&
		    strcmp(page->away[i].login, p->login) == 0) {
			return false;
		}
	}
	for (int i = 0; i < page->line_count; i++) {
		for (int d = 0; d < page->days; d++) {
			if (is_on(&page->lines[i].cells[d], p->login, from, until)) {
				return false;
			}
		}
	}
	return true;
}
