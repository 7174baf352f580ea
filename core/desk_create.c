/* desk_create.c makes desks: the file with its schema, and the first events. */
#include <stdio.h>
#include <string.h>

#include "core/apply.h"
#include "core/desk_apply.h"
#include "core/desk_files.h"
#include "core/desk_private.h"
#include "core/i18n.h"
#include "core/member.h"
#include "core/schema.h"

SQL(HEAD_INSERT, "tii",
	"INSERT INTO head (one, desk, schema_number, seq, hash, recorded_at)"
	" VALUES (1, $1, $2, 0, NULL, $3)");
SQL(FACT_SET, "tt",
	"INSERT INTO desk_fact (name, value) VALUES ($1, $2)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value");

bool
apply_desk_made(const struct applying *a, struct error *err)
{
	static const char *const facts[] = { "name", "zone", "demo" };

	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		const char *value = json_get_text(a->body, facts[i]);

		if (!db_run(a->db, &FACT_SET, err, TXT(facts[i]),
			    TXT(value == NULL ? "" : value))) {
			return false;
		}
	}
	return true;
}

static bool
lay_schema(struct db *db, const char *id, int64_t now, struct error *err)
{
	return db_begin(db, err) && db_script(db, schema_sqlite, err) &&
		db_run(db, &HEAD_INSERT, err, TXT(id), I64(DESK_SCHEMA), I64(now)) &&
		db_commit(db, err);
}

bool
desk_memory(struct db **out, const char *desk_id, struct error *err)
{
	return desk_file(out, ":memory:", desk_id, err);
}

bool
desk_file(struct db **out, const char *path, const char *desk_id, struct error *err)
{
	struct db *db;

	if (!db_open(&db, path, DB_CREATE, err)) {
		return false;
	}
	if (!lay_schema(db, desk_id, 0, err)) {
		db_close(db);
		return false;
	}
	*out = db;
	return true;
}

/* The maker is a member from the second event on; until then nobody is. */
static bool
first_events(struct desk *desk, const struct desk_new *what, struct error *err)
{
	struct json *body = json_object();
	bool ok;

	(void)snprintf(desk->actor.login, sizeof desk->actor.login, "%s", what->login);
	desk->actor.role = ROLE_ADMIN;
	desk->me = desk->actor;
	if (!change_begin(desk, err)) {
		json_free(body);
		return false;
	}
	json_set_text(body, "name", what->name);
	json_set_text(body, "zone", what->zone);
	json_set_text(body, "demo", what->demo ? "1" : "0");
	change_add(desk, "desk_made", NULL, body);
	ok = change_flush(desk, err) &&
		member_add(desk, &(struct member_new){
			.login = what->login,
			.name = what->full_name == NULL || what->full_name[0] == '\0'
				? what->login : what->full_name,
			.role = ROLE_ADMIN,
		}, err);
	return change_end(desk, ok, err);
}

bool
desk_create(struct desk **out, const struct desk_new *what, struct error *err)
{
	struct desk *desk = desk_new_handle(what->url, &what->clock);
	bool made = false;

	if (!zone_load(&desk->zone, what->zone, err)) {
		goto fail;
	}
	uuid_v7(desk->id, desk_now(desk));
	if (!db_open(&desk->db, what->url, DB_CREATE, err)) {
		goto fail;
	}
	made = true;
	if (!lay_schema(desk->db, desk->id, desk_now(desk), err) ||
	    !first_events(desk, what, err)) {
		goto fail;
	}
	zone_free(desk->zone);
	desk->zone = NULL;
	if (!desk_read_facts(desk, err) || !desk_seat(desk, what->login, NULL, err)) {
		goto fail;
	}
	*out = desk;
	return true;
fail:
	desk_close(desk);
	if (made && strcmp(what->url, ":memory:") != 0) {
		desk_files_remove(strncmp(what->url, "sqlite:", 7) == 0
			? what->url + 7 : what->url);
	}
	return false;
}
