/* page.c finds the people of a policy's step: who is on call there, who has the
 * role, who owns the case; and who of them cannot be called now. */
#include "core/page.h"

#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "core/duty.h"
#include "core/group.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/page_where.h"
#include "core/wish.h"

#define PERSON "SELECT id, login, name, active, role FROM member "

SQL(PERSON_BY_ID, "t", PERSON "WHERE id = $1");
SQL(PERSON_BY_LOGIN, "t", PERSON "WHERE login = $1");
SQL(PEOPLE_OF_ROLE, "t", PERSON "WHERE role = $1 AND active = 1 ORDER BY login");
SQL(AWAY_AT, "ti", "SELECT COUNT(*) FROM absence WHERE member_id = $1 AND to_at > $2"
	" AND from_at <= $2 AND state <> 'withdrawn'");
SQL(ADDRESSES, "t",
	"SELECT channel FROM address WHERE owner = $1 AND value <> '' AND value <> 'no'");

void
page_clear(struct page *page)
{
	for (int i = 0; i < page->count; i++) {
		free(page->people[i].login);
		free(page->people[i].name);
		free(page->people[i].why);
		free(page->people[i].far);
	}
	free(page->people);
	json_free(page->empty);
	*page = (struct page){ 0 };
}

struct finding {
	struct page *page;
	struct desk *desk;
	const struct page_of *of;
	const struct policy_step *step;
	struct json *places; /* of the case */
	int64_t at;
	const char *word;
	int found; /* of this word */
};

static bool
there(const struct page *page, const char *id)
{
	for (int i = 0; i < page->count; i++) {
		if (strcmp(page->people[i].id, id) == 0) {
			return true;
		}
	}
	return false;
}

/* What his row alone says. */
static const char *
why_not(struct stmt *st)
{
	if (stmt_int(st, 3) == 0) {
		return N_("not active");
	}
	if (strcmp(stmt_text(st, 4), "viewer") == 0) {
		return N_("a viewer cannot take work on");
	}
	return NULL;
}

static void
add_row(struct finding *f, struct stmt *st)
{
	struct page *page = f->page;
	struct page_person *p;

	f->found++;
	if (there(page, stmt_text(st, 0))) {
		return;
	}
	page->people = xrealloc(page->people,
		sizeof *page->people * (size_t)(page->count + 1));
	p = &page->people[page->count++];
	*p = (struct page_person){ .login = stmt_own(st, 1), .name = stmt_own(st, 2),
		.why = xstrdup(f->word), .skipped = why_not(st) };
	stmt_put(p->id, sizeof p->id, st, 0);
}

static bool
add_by(struct finding *f, const struct sql *query, const char *key, struct error *err)
{
	struct stmt *st = db_query(desk_db(f->desk), query, TXT(key));

	while (stmt_row(st)) {
		add_row(f, st);
	}
	return stmt_done(st, err);
}

static bool
add_owner(struct finding *f, const char *key __attribute__((unused)), struct error *err)
{
	const char *id = f->of->assignee_id[0] != '\0' ? f->of->assignee_id
		: f->of->c->owner_id;

	return id[0] == '\0' || add_by(f, &PERSON_BY_ID, id, err);
}

/* Where nobody has the role, those of the next higher one: somebody is found. */
static bool
add_role(struct finding *f, const char *key, struct error *err)
{
	bool ok = true;

	for (enum role role = role_from(key); ok && role <= ROLE_ADMIN && f->found == 0; role++) {
		ok = add_by(f, &PEOPLE_OF_ROLE, role_word(role), err);
	}
	return ok;
}

static bool
add_member(struct finding *f, const char *key, struct error *err)
{
	return add_by(f, &PERSON_BY_LOGIN, key, err);
}

static bool
add_group(struct finding *f, const char *key, struct error *err)
{
	struct json *all = NULL;
	bool ok = group_expand(f->desk, key, &all, err);

	if (!ok && err->code == ERR_NOT_FOUND) {
		*err = ERROR_INIT;
		return true; /* nobody is in a group that is gone */
	}
	for (const struct json *row = ok ? json_first(all) : NULL; ok && row != NULL;
	     row = json_next(row)) {
		ok = add_by(f, &PERSON_BY_LOGIN, json_text_of(row, "code"), err);
	}
	json_free(all);
	return ok;
}

/* On the roster and away is no call, and is said. */
static bool
add_turns(struct finding *f, const struct duty_turn *turns, int count, bool away,
	struct error *err)
{
	for (int i = 0; i < count; i++) {
		int before = f->page->count;

		if (!add_by(f, &PERSON_BY_ID, turns[i].id, err)) {
			return false;
		}
		if (away && f->page->count > before) {
			f->page->people[before].skipped = N_("away");
		}
	}
	return true;
}

static bool
add_duty(struct finding *f, const char *key, struct error *err)
{
	struct duty_list list = { 0 };
	bool ok = duty_who(f->desk, key, f->at, &list, err);

	if (!ok && err->code == ERR_NOT_FOUND) {
		*err = ERROR_INIT;
		return true; /* nobody is on call in a layer that is not there */
	}
	ok = ok && add_turns(f, list.people, list.count, false, err) &&
		add_turns(f, list.away, list.away_count, true, err);
	duty_list_clear(&list);
	return ok;
}

static const struct {
	const char *prefix;
	bool (*add)(struct finding *f, const char *key, struct error *err);
} kinds[] = {
	{ "duty:", add_duty }, { "group:", add_group }, { "member:", add_member },
	{ "owner", add_owner }, { "role:", add_role },
};

static bool
add_word(struct finding *f, const char *word, struct error *err)
{
	f->word = word;
	f->found = 0;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t len = strlen(kinds[i].prefix);

		if (strncmp(word, kinds[i].prefix, len) == 0 &&
		    !kinds[i].add(f, word + len, err)) {
			return false;
		}
	}
	if (f->found == 0) {
		json_push(f->page->empty, json_string(word));
	}
	return true;
}

/* What is not very serious leaves him in peace in the hours that he wishes so. */
static bool
judge_quiet(struct finding *f, struct page_person *p, struct error *err)
{
	int64_t until = 0;

	if (f->of->digest || p->skipped != NULL) {
		return true;
	}
	if (!wish_quiet(f->desk, p->id, case_severity(f->of->c), f->at, &until, err)) {
		return false;
	}
	p->skipped = until != 0 ? N_("his quiet hours") : NULL;
	return true;
}

static bool
judge(struct finding *f, struct page_person *p, struct error *err)
{
	struct json *channels;
	int64_t away = 0;

	if (p->skipped != NULL) {
		return true;
	}
	if (!db_one_int(desk_db(f->desk), &AWAY_AT, &away, err, TXT(p->id), I64(f->at))) {
		return false;
	}
	channels = page_channels(f->desk, f->of->c, p->id, f->step->by, err);
	if (channels == NULL) {
		return false;
	}
	if (away > 0) {
		p->skipped = N_("away");
	} else if (strcmp(p->id, f->of->opener_id) == 0) {
		p->skipped = N_("opened the case: knows of it");
		p->knows = true;
	} else if (json_count(channels) == 0) {
		p->skipped = N_("no address in the register");
	}
	json_free(channels);
	return judge_quiet(f, p, err) && (p->skipped != NULL || page_judge_reach(p, f->desk,
		f->places, f->step->on_site_ms, f->at, err));
}

bool
page_find(struct page *out, struct desk *desk, const struct page_of *of,
	const struct policy_step *step, int64_t at, struct error *err)
{
	struct finding f = { .page = out, .desk = desk, .of = of, .step = step, .at = at };
	bool ok = page_places(&f.places, desk, of->c->id, err);

	*out = (struct page){ .empty = json_array() };
	for (const struct json *word = json_first(step->who); ok && word != NULL;
	     word = json_next(word)) {
		ok = add_word(&f, json_text(word, ""), err);
	}
	for (int i = 0; ok && i < out->count; i++) {
		ok = judge(&f, &out->people[i], err);
		out->calls += out->people[i].skipped == NULL;
		out->know += out->people[i].knows;
	}
	json_free(f.places);
	return ok;
}

static bool
has(const struct json *addresses, const char *channel)
{
	return json_get(addresses, address_kind(channel)) != NULL;
}

/* One channel named twice is one call. */
static void
put_channel(struct json *channels, const struct json *channel)
{
	for (const struct json *one = json_first(channels); one != NULL;
	     one = json_next(one)) {
		if (strcmp(json_text(one, ""), json_text(channel, "")) == 0) {
			return;
		}
	}
	json_push(channels, json_copy(channel));
}

struct json *
page_channels(struct desk *desk, const struct ir_case *c, const char *member_id,
	const struct json *by, struct error *err)
{
	static const char *const own[] = { "telegram", "ntfy", "zalo", "sms", "webhook",
		"desktop" };
	struct stmt *st = db_query(desk_db(desk), &ADDRESSES, TXT(member_id));
	struct json *addresses = json_object();
	struct json *channels = json_array();
	struct json *wished = NULL;

	while (stmt_row(st)) {
		json_set_bool(addresses, stmt_text(st, 0), true);
	}
	if (!stmt_done(st, err)) {
		json_free(addresses);
		json_free(channels);
		return NULL;
	}
	if (by == NULL && !wish_channels(desk, member_id, case_severity(c), &wished, err)) {
		json_free(addresses);
		json_free(channels);
		return NULL;
	}
	for (const struct json *one = json_first(by == NULL ? wished : by); one != NULL;
	     one = json_next(one)) {
		if (has(addresses, json_text(one, ""))) {
			put_channel(channels, one);
		}
	}
	/* None of the step's: rather by another than not at all. */
	if (json_count(channels) == 0 && has(addresses, "mail")) {
		json_push(channels, json_string(""));
	}
	for (size_t i = 0; json_count(channels) == 0 && i < sizeof own / sizeof *own; i++) {
		if (has(addresses, own[i])) {
			json_push(channels, json_string(own[i]));
		}
	}
	json_free(addresses);
	json_free(wished);
	return channels;
}

const char *
page_word(const char *word)
{
	static const struct {
		const char *word, *label;
	} words[] = {
		{ "duty:first", N_("first on call") }, { "duty:backup", N_("backup on call") },
		{ "duty:lead", N_("lead of the watch") }, { "owner", N_("whose work it is") },
		{ "role:admin", N_("administrators") },
		{ "role:coordinator", N_("coordinators") },
		{ "role:responder", N_("responders") },
		{ "passed", N_("passed on to him") },
		{ "asked", N_("took it and was asked again") },
	};
	const char *colon = strchr(word, ':');

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(words[i].word, word) == 0) {
			return words[i].label;
		}
	}
	return colon == NULL ? word : colon + 1;
}
