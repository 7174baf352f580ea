/* desk.c owns the handle of an open desk: who sits there, which desk it is,
 * and that the file is one we may work on. */
#include "core/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/desk_files.h"
#include "core/desk_private.h"
#include "core/i18n.h"
#include "core/mem.h"

#define DEFAULT_ZONE "Asia/Ho_Chi_Minh"

SQL(HEAD_READ, "", "SELECT desk, schema_number FROM head WHERE one = 1");
SQL(FACT_READ, "", "SELECT name, value FROM desk_fact");
SQL(ACTOR_BY_LOGIN, "t",
	"SELECT id, login, name, role, language, active FROM member WHERE login = $1");

int64_t
desk_system_clock(void *arg)
{
	struct timespec now;

	(void)arg;
	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct desk *
desk_new_handle(const char *url, const struct desk_clock *clock)
{
	struct desk *desk = xcalloc(1, sizeof *desk);

	desk->url = xstrdup(url);
	desk->name = xstrdup("");
	desk->clock = *clock;
	if (desk->clock.now == NULL) {
		desk->clock.now = desk_system_clock;
	}
	desk->change.last = &desk->change.first;
	return desk;
}

void
desk_close(struct desk *desk)
{
	if (desk == NULL) {
		return;
	}
	db_close(desk->db);
	zone_free(desk->zone);
	free(desk->url);
	free(desk->name);
	free(desk->change.appended);
	free(desk);
}

static bool
check_schema(int64_t number, bool any, const char *url, struct error *err)
{
	if (number > DESK_SCHEMA) {
		return error_set(err, ERR_UNAVAILABLE,
			_("%s was made by a newer suco (schema %lld, this one knows %d):"
			  " install the newer suco"), url, (long long)number, DESK_SCHEMA);
	}
	if (number < DESK_SCHEMA && !any) {
		return error_set(err, ERR_UNAVAILABLE,
			_("%s is of an older suco (schema %lld, this one works with %d):"
			  " an admin runs `suco upgrade`"), url, (long long)number, DESK_SCHEMA);
	}
	return true;
}

/* A reader goes on without the identity: no event fits it then, and verify says
 * so.  Nothing may be added to such a chain. */
static bool
take_id(struct desk *desk, const char *id, struct error *err)
{
	if (id == NULL || !uuid_valid(id)) {
		return desk->readonly || error_set(err, ERR_IO,
			_("the head of %s is damaged; run `suco verify`"), desk->url);
	}
	memcpy(desk->id, id, UUID_SIZE);
	return true;
}

static bool
read_head(struct desk *desk, bool any_schema, struct error *err)
{
	struct stmt *st = db_query(desk->db, &HEAD_READ, NOARGS);
	int64_t number = 0;
	bool found = false;
	bool sane = true;

	if (stmt_row(st)) {
		found = true;
		sane = take_id(desk, stmt_text(st, 0), err);
		number = stmt_int(st, 1);
	}
	if (!stmt_done(st, err)) {
		if (strstr(err->cause, "no such ") != NULL) {
			return error_set(err, ERR_IO, _("%s is not a desk of suco"),
				desk->url);
		}
		return false;
	}
	if (!found) {
		return error_set(err, ERR_IO, _("%s is not a desk of suco"), desk->url);
	}
	return check_schema(number, any_schema, desk->url, err) && sane;
}

bool
desk_read_facts(struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk->db, &FACT_READ, NOARGS);
	char *zone = NULL;
	bool ok;

	while (stmt_row(st)) {
		const char *name = stmt_text(st, 0);

		if (strcmp(name, "name") == 0) {
			free(desk->name);
			desk->name = stmt_dup(st, 1);
		} else if (strcmp(name, "zone") == 0) {
			free(zone);
			zone = stmt_dup(st, 1);
		} else if (strcmp(name, "demo") == 0) {
			desk->demo = strcmp(stmt_text(st, 1), "1") == 0;
		}
	}
	ok = stmt_done(st, err);
	/* A reader goes on without the desk's own zone, so that verify can say what
	 * became of it; nobody writes by a clock that is not the desk's. */
	if (ok && !zone_load(&desk->zone, zone == NULL ? DEFAULT_ZONE : zone, err)) {
		ok = desk->readonly && zone_load(&desk->zone, DEFAULT_ZONE, err);
	}
	free(zone);
	return ok;
}

static bool
find_actor(struct desk *desk, const char *login, struct actor *out, struct error *err)
{
	struct stmt *st = db_query(desk->db, &ACTOR_BY_LOGIN, TXT(login));
	bool active = false;
	bool found = false;

	if (stmt_row(st)) {
		found = true;
		(void)snprintf(out->id, sizeof out->id, "%s", stmt_text(st, 0));
		(void)snprintf(out->login, sizeof out->login, "%s", stmt_text(st, 1));
		(void)snprintf(out->name, sizeof out->name, "%s", stmt_text(st, 2));
		out->role = role_from(stmt_text(st, 3));
		(void)snprintf(out->language, sizeof out->language, "%s", stmt_text(st, 4));
		active = stmt_int(st, 5) != 0;
	}
	if (!stmt_done(st, err)) {
		return false;
	}
	if (!found) {
		(void)error_set(err, ERR_FORBIDDEN,
			_("%s is not a member of this desk; ask an admin to add you"), login);
		return error_how(err, "suco member add %.60s --name \"...\" --role responder",
			login);
	}
	if (!active) {
		(void)error_set(err, ERR_FORBIDDEN,
			_("the member %s is not active; ask an admin to mend that"), login);
		return error_how(err, "suco member set %.60s active=yes", login);
	}
	return true;
}

bool
desk_seat(struct desk *desk, const char *login, const char *as, struct error *err)
{
	if (login == NULL) {
		desk->actor = (struct actor){ .login = "suco-serve", .role = ROLE_ADMIN };
		desk->me = desk->actor;
		return true;
	}
	if (!find_actor(desk, login, &desk->actor, err)) {
		return false;
	}
	desk->me = desk->actor;
	if (as == NULL || strcmp(as, login) == 0) {
		return true;
	}
	return role_allows(desk->actor.role, ACT_AS_OTHER, err) &&
		find_actor(desk, as, &desk->me, err);
}

/* The files say more than SQLite's "unable to open database file". */
static bool
check_files(const struct desk_options *options, struct error *err)
{
	const char *url = options->url;
	const char *path = strncmp(url, "sqlite:", 7) == 0 ? url + 7 : url;
	struct desk_files files;

	if (strcmp(path, ":memory:") == 0 || strncmp(url, "postgresql:", 11) == 0 ||
	    strncmp(url, "postgres:", 9) == 0) {
		return true;
	}
	desk_files_check(&files, path);
	return desk_files_usable(&files, options->readonly, err);
}

bool
desk_open(struct desk **out, const struct desk_options *options, struct error *err)
{
	struct desk *desk;

	if (!check_files(options, err)) {
		return false;
	}
	desk = desk_new_handle(options->url, &options->clock);
	desk->readonly = options->readonly;
	desk->progress = options->progress;
	if (!db_open(&desk->db, options->url,
		    options->readonly ? DB_READONLY : 0, err) ||
	    !read_head(desk, options->any_schema, err) ||
	    !desk_read_facts(desk, err) ||
	    !desk_seat(desk, options->login, options->as, err)) {
		desk_close(desk);
		return false;
	}
	*out = desk;
	return true;
}

struct db *
desk_db(struct desk *desk)
{
	return desk->db;
}

const char *
desk_id(const struct desk *desk)
{
	return desk->id;
}

const char *
desk_url(const struct desk *desk)
{
	return desk->url;
}

const char *
desk_name(const struct desk *desk)
{
	return desk->name;
}

bool
desk_is_demo(const struct desk *desk)
{
	return desk->demo;
}

const struct progress *
desk_progress(const struct desk *desk)
{
	return desk->progress;
}

void
desk_set_no_channel(struct desk *desk, bool none)
{
	desk->no_channel = none;
}

bool
desk_has_no_channel(const struct desk *desk)
{
	return desk->no_channel;
}

bool
desk_readonly(const struct desk *desk)
{
	return desk->readonly;
}

const struct zone *
desk_zone(const struct desk *desk)
{
	return desk->zone;
}

int64_t
desk_now(const struct desk *desk)
{
	return desk->clock.now(desk->clock.arg);
}

const struct actor *
desk_me(const struct desk *desk)
{
	return &desk->me;
}

const struct actor *
desk_actor(const struct desk *desk)
{
	return &desk->actor;
}

bool
desk_may(const struct desk *desk, enum act act, struct error *err)
{
	return role_allows(desk->me.role, act, err);
}

void
desk_set_guard(struct desk *desk, int64_t version)
{
	desk->guard = version;
}

int64_t
desk_guard(const struct desk *desk)
{
	return desk->guard;
}

void
desk_set_event_id(struct desk *desk, const char *id)
{
	(void)snprintf(desk->change.next_id, sizeof desk->change.next_id, "%s",
		id == NULL ? "" : id);
}
