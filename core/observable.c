/* observable.c owns observables and the check of each type's value. */
#include "core/observable.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"
#include "core/words.h"

const char *const observable_types[] = {
	"ip", "domain", "url", "mail", "hash", "file", "account", "host", "phone",
	"other", NULL,
};

SQL(OBSERVABLES_OF_CASE, "t",
	"SELECT id, n, type, value, tlp, note, added_at FROM observable"
	" WHERE case_id = $1 ORDER BY n");
SQL(OBSERVABLE_THERE, "ttt",
	"SELECT n FROM observable WHERE case_id = $1 AND type = $2 AND value = $3");
SQL(OBSERVABLE_NEXT_N, "t",
	"SELECT n + 1 FROM observable WHERE case_id = $1 ORDER BY n DESC LIMIT 1");
SQL(OBSERVABLE_INSERT, "ttitttti",
	"INSERT INTO observable (id, case_id, n, type, value, tlp, note, added_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
SQL(OBSERVABLE_DELETE, "t", "DELETE FROM observable WHERE id = $1");

bool
observable_each(struct desk *desk, const char *case_id, observable_visit *visit,
	void *arg, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &OBSERVABLES_OF_CASE, TXT(case_id));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct observable o = {
			.n = (int)stmt_int(st, 1),
			.type = stmt_dup(st, 2),
			.value = stmt_dup(st, 3),
			.tlp = stmt_dup(st, 4),
			.note = stmt_dup(st, 5),
			.added_at = stmt_int(st, 6),
		};

		(void)snprintf(o.id, sizeof o.id, "%s", stmt_text(st, 0));
		go_on = visit(&o, arg);
		free(o.type);
		free(o.value);
		free(o.tlp);
		free(o.note);
	}
	return stmt_done(st, err);
}

bool
apply_observable_added(const struct applying *a, struct error *err)
{
	return db_run(a->db, &OBSERVABLE_INSERT, err, TXT(json_text_of(a->body, "observable")),
		TXT(a->event->case_id), I64(json_get_int(a->body, "n", 0)),
		TXT(json_text_of(a->body, "type")), TXT(json_text_of(a->body, "value")),
		TXT(json_text_of(a->body, "tlp")), TXT(json_text_of(a->body, "note")),
		I64(a->event->recorded_at));
}

bool
unapply_observable_added(const struct applying *a, struct error *err)
{
	return db_run(a->db, &OBSERVABLE_DELETE, err, TXT(json_text_of(a->body, "observable")));
}

void
search_observable_added(struct buf *out, const struct json *body)
{
	buf_addf(out, "%s %s", json_text_of(body, "value"), json_text_of(body, "note"));
}

static bool
is_hash(const char *value)
{
	size_t len = strlen(value);

	for (size_t i = 0; i < len; i++) {
		if (!isxdigit((unsigned char)value[i])) {
			return false;
		}
	}
	return len == 32 || len == 40 || len == 64 || len == 128;
}

static bool
value_fits(const char *type, const char *value)
{
	unsigned char address[16];

	if (value[0] == '\0') {
		return false;
	}
	if (strcmp(type, "ip") == 0) {
		return inet_pton(AF_INET, value, address) == 1 ||
			inet_pton(AF_INET6, value, address) == 1;
	}
	if (strcmp(type, "hash") == 0) {
		return is_hash(value);
	}
	if (strcmp(type, "mail") == 0) {
		const char *at = strchr(value, '@');

		return at != NULL && at != value && at[1] != '\0' && strchr(value, ' ') == NULL;
	}
	if (strcmp(type, "domain") == 0) {
		return strchr(value, '.') != NULL && strpbrk(value, " /@") == NULL;
	}
	if (strcmp(type, "url") == 0) {
		return strstr(value, "://") != NULL && strchr(value, ' ') == NULL;
	}
	return true;
}

static bool
check_type(const char *type, const char *value, struct error *err)
{
	struct buf all = { 0 };

	for (size_t i = 0; observable_types[i] != NULL; i++) {
		if (strcmp(observable_types[i], type) == 0) {
			buf_free(&all);
			return value_fits(type, value) || error_set(err, ERR_BAD_INPUT,
				_("\"%.80s\" is not an observable of type %s"), value, type);
		}
		buf_addf(&all, "%s%s", i > 0 ? ", " : "", observable_types[i]);
	}
	(void)error_set(err, ERR_BAD_INPUT, _("%s \"%.60s\" is not one of: %s"),
		_("type"), type, buf_text(&all));
	buf_free(&all);
	return false;
}

static bool
observable_body(struct desk *desk, const char *case_id, const char *type,
	const char *value, const char *tlp, const char *note, struct json *body,
	struct error *err)
{
	struct ir_case c = { 0 };
	char id[UUID_SIZE];
	char *clean = NULL;
	int64_t n = 1;
	bool ok;

	if (!text_accept(&clean, value, strlen(value), TEXT_ONE_LINE,
		    limit(LIMIT_OBSERVABLE), _("observable"), err)) {
		return false;
	}
	json_set_text(body, "type", type);
	json_set_text(body, "value", clean);
	ok = check_type(type, clean, err);
	free(clean);
	if (!ok || !text_accept(&clean, note == NULL ? "" : note,
		    note == NULL ? 0 : strlen(note), TEXT_MANY_LINES, limit(LIMIT_NOTE),
		    _("note"), err)) {
		return false;
	}
	json_set_text(body, "note", clean);
	free(clean);
	ok = case_load(&c, desk, case_id, err) &&
		(tlp == NULL || word_check(WORDS_TLP, "TLP", tlp, err)) &&
		db_one_int(desk_db(desk), &OBSERVABLE_NEXT_N, &n, err, TXT(case_id));
	uuid_v7(id, desk_now(desk));
	json_set_text(body, "observable", id);
	json_set_text(body, "tlp", tlp == NULL ? c.tlp : tlp);
	json_set_int(body, "n", n);
	case_clear(&c);
	return ok;
}

bool
observable_add(struct desk *desk, const char *case_id, const char *type,
	const char *value, const char *tlp, const char *note, int *n, struct error *err)
{
	struct json *body;
	int64_t there = 0;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	body = json_object();
	ok = observable_body(desk, case_id, type, value, tlp, note, body, err) &&
		db_one_int(desk_db(desk), &OBSERVABLE_THERE, &there, err, TXT(case_id),
			TXT(type), TXT(json_get_text(body, "value")));
	if (ok) {
		*n = (int)(there != 0 ? there : json_get_int(body, "n", 0));
	}
	return change_end_with(desk, ok, there == 0 ? "observable_added" : NULL, case_id,
		body, err);
}
