/* unit_system.c finds the network that serves a unit of the register. */
#include "core/unit_system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/group.h"
#include "core/guess.h"
#include "core/json.h"
#include "core/mem.h"

SQL(UNIT_OF_BODY, "t", "SELECT code, body FROM unit WHERE body = $1 LIMIT 2");
SQL(UNIT_AND_BODY, "t", "SELECT code, body FROM unit WHERE code = $1");
SQL(NETWORKS_OWNED, "t",
	"SELECT a.code FROM asset a JOIN asset_fact f ON f.asset_id = a.id"
	" AND f.field = 'owner' JOIN contact c ON c.role = f.contact"
	" WHERE a.kind = 'network' AND a.outside = 0 AND c.body = $1 LIMIT 2");
SQL(NETWORKS_COUNTED, "",
	"SELECT code, counts FROM asset WHERE kind = 'network' AND outside = 0"
	" AND counts <> '[]' AND counts <> '' ORDER BY code");
SQL(NETWORKS_UNDER, "t",
	"SELECT o.code FROM asset a JOIN asset_dependency d ON d.asset_id = a.id"
	" JOIN asset o ON o.id = d.on_id AND o.kind = 'network' WHERE a.code = $1 LIMIT 2");

struct served {
	char code[72]; /* of the unit; "" */
	char *body;    /* or NULL */
};

static bool
find_unit(struct served *out, struct desk *desk, const char *unit_kind, const char *unit,
	struct error *err)
{
	struct db *db = desk_db(desk);
	bool body = strcmp(unit_kind, "body") == 0;
	struct stmt *st = body ? db_query(db, &UNIT_OF_BODY, TXT(unit))
		: db_query(db, &UNIT_AND_BODY, TXT(unit));
	int count = 0;

	out->body = body ? xstrdup(unit) : NULL;
	while (stmt_row(st)) {
		(void)snprintf(out->code, sizeof out->code, "%s", stmt_text(st, 0));
		if (!body) {
			free(out->body);
			out->body = stmt_dup(st, 1);
		}
		count++;
	}
	if (count > 1) {
		out->code[0] = '\0';
	}
	return stmt_done(st, err);
}

/* Exactly one, else "". */
static bool
owned(char *out, size_t size, struct desk *desk, const char *body, struct error *err)
{
	struct stmt *st;
	int count = 0;

	out[0] = '\0';
	if (body == NULL || body[0] == '\0') {
		return true;
	}
	st = db_query(desk_db(desk), &NETWORKS_OWNED, TXT(body));
	while (stmt_row(st)) {
		(void)snprintf(out, size, "%s", ++count == 1 ? stmt_text(st, 0) : "");
	}
	return stmt_done(st, err);
}

static bool
in_group(bool *in, struct desk *desk, const char *group, const char *unit,
	struct error *err)
{
	struct json *list = NULL;

	*in = false;
	if (!group_expand(desk, group, &list, err)) {
		/* A group that is gone says nothing. */
		return err->code == ERR_NOT_FOUND;
	}
	for (const struct json *row = json_first(list); row != NULL && !*in;
	     row = json_next(row)) {
		*in = strcmp(json_get_text(row, "code"), unit) == 0;
	}
	json_free(list);
	return true;
}

/* [{asset, group}]: read before the groups are. */
static bool
networks(struct json *out, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &NETWORKS_COUNTED, NOARGS);

	while (stmt_row(st)) {
		const char *text = stmt_text(st, 1);
		struct error ignored = ERROR_INIT;
		struct json *counts = NULL;

		if (!json_parse(&counts, text, strlen(text), NULL, &ignored)) {
			continue;
		}
		for (const struct json *row = json_first(counts); row != NULL;
		     row = json_next(row)) {
			const char *group = json_get_text(row, "units");

			if (group != NULL) {
				struct json *one = json_object();

				json_set_text(one, "asset", stmt_text(st, 0));
				json_set_text(one, "group", group);
				json_push(out, one);
			}
		}
		json_free(counts);
	}
	return stmt_done(st, err);
}

static bool
counted(char *out, size_t size, struct desk *desk, const char *unit, struct error *err)
{
	struct json *list = json_array();
	bool ok = networks(list, desk, err);

	out[0] = '\0';
	for (const struct json *row = json_first(list); ok && row != NULL;
	     row = json_next(row)) {
		const char *asset = json_get_text(row, "asset");
		bool in = false;

		ok = in_group(&in, desk, json_get_text(row, "group"), unit, err);
		if (in && out[0] != '\0' && strcmp(out, asset) != 0) {
			out[0] = '\0';
			break; /* two: none is certain */
		}
		if (in) {
			(void)snprintf(out, size, "%s", asset);
		}
	}
	json_free(list);
	return ok;
}

/* Many do not lose their own networks at once: what these hang on, where that is
 * exactly one. */
static bool
under(char *out, size_t size, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &NETWORKS_UNDER, TXT(out));
	char code[72] = "";
	int count = 0;

	while (stmt_row(st)) {
		(void)snprintf(code, sizeof code, "%s", stmt_text(st, 0));
		count++;
	}
	if (count == 1) {
		(void)snprintf(out, size, "%s", code);
	}
	return stmt_done(st, err);
}

bool
unit_system(char *out, size_t size, struct desk *desk,
	const struct unit_asked *asked, struct error *err)
{
	struct served served = { 0 };
	bool ok;

	out[0] = '\0';
	if (strcmp(asked->kind, "link") != 0 || asked->unit[0] == '\0') {
		return true;
	}
	ok = find_unit(&served, desk, asked->unit_kind, asked->unit, err) &&
		owned(out, size, desk, served.body, err) &&
		(out[0] != '\0' || served.code[0] == '\0' ||
			counted(out, size, desk, served.code, err)) &&
		(out[0] == '\0' || asked->words == NULL || !guess_many(asked->words) ||
			under(out, size, desk, err));
	free(served.body);
	return ok;
}
