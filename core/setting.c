/* setting.c owns the table of settings. */
#include "core/setting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/duty.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/setting_value.h"

#define AGENT "agent."
#define KEY "key."
#define REACH "reach."
#define MIB (1024 * 1024)

#define LIMITS(channel, to_address, to_all) \
	{ "limit." channel ".address", REG_TEXT, NULL, 0, 0, to_address, \
	  N_("messages to one address by this channel: how many in how long, or none") }, \
	{ "limit." channel ".all", REG_TEXT, NULL, 0, 0, to_all, \
	  N_("messages by this channel in all: how many in how long, or none") }

const struct setting_row setting_rows[] = {
	{ "backup_at", REG_TEXT, NULL, 0, 0, "01:30",
	  N_("when the engine makes the nightly backup, as 01:30; never: none") },
	{ "backup_dir", REG_TEXT, NULL, 0, 0, "",
	  N_("folder for backups (nothing: beside the desk)") },
	{ "backup_keep", REG_INT, NULL, 1, 1000, "14", N_("how many backups to keep") },
	{ "backup_warn_hours", REG_INT, NULL, 1, 8760, "48",
	  N_("warn when the last backup is older, in hours") },
	{ "contact.verify_days", REG_INT, NULL, 1, 3650, "365",
	  N_("ask for a contact to be verified again after so many days") },
	{ "copy_dir", REG_TEXT, NULL, 0, 0, "",
	  N_("folder for copies and papers (nothing: suco-copies in the home folder)") },
	{ "desk.host", REG_TEXT, NULL, 0, 0, "",
	  N_("system of the register that this desk runs on") },
	{ "desk.mail", REG_TEXT, NULL, 0, 0, "",
	  N_("system of the register that sends the desk's mail") },
	{ "desk.network", REG_TEXT, NULL, 0, 0, "",
	  N_("system of the register that carries the desk's network") },
	{ "deadline.rules", REG_TEXT, NULL, 0, 0, "vn-2026",
	  N_("sets of deadline rules in force, as vn-2026 or vn-2026,vn-2017") },
	{ "duty.night", REG_TEXT, NULL, 0, 0, "22:00-06:00",
	  N_("what a night on duty is: FROM-TO") },
	{ "duty.nights", REG_INT, NULL, 0, 31, "1",
	  N_("so many nights running on duty at most; 0: any number") },
	{ "duty.report_at", REG_TEXT, NULL, 0, 0, "07:00",
	  N_("when coordinators are told what is wrong with the roster, as 07:00; none: never") },
	{ "duty.row_hours", REG_INT, NULL, 0, 1000, "24",
	  N_("so many hours on duty in a row at most; 0: any number") },
	{ "duty.week_hours", REG_INT, NULL, 0, 168, "48",
	  N_("so many hours on duty in a week at most; 0: any number") },
	{ "evidence_max", REG_INT, NULL, 0, (int64_t)4096 * MIB, "67108864",
	  N_("largest file kept inside the desk, in bytes") },
	{ "plans.signed_only", REG_WORD, "no yes", 0, 0, "no",
	  N_("begin only plans that a trusted key has signed (key.NAME): no or yes") },
	{ "waiting_raise", REG_TEXT, NULL, 0, 0, "30m,2h,4h",
	  N_("when a promise overdue is raised: 30m,2h,4h after it, or none") },
	{ "reply_minutes", REG_INT, NULL, 1, 1440, "30",
	  N_("a caller is promised an answer within so many minutes") },
	{ "watch", REG_TEXT, NULL, 0, 0, "",
	  N_("first owner of new cases: a login, or duty:LAYER") },
	{ "bundle_after", REG_INT, NULL, 0, 1000, "5",
	  N_("more messages to one person in a minute go as one; 0: never") },
	LIMITS("exec", "1/1m 3/15m 7/1h 15/3h", "none"),
	LIMITS("mail", "30/1m 200/1h", "none"),
	LIMITS("ntfy", "none", "60/5m"),
	LIMITS("sms", "1/1m 5/15m 11/1h 21/3h", "60/1m"),
	LIMITS("telegram", "1/1s 20/1m", "30/1s"),
	LIMITS("webhook", "none", "none"),
	LIMITS("zalo", "8/2d", "none"),
	{ 0 },
};

SQL(SETTING_READ, "t", "SELECT value FROM setting WHERE name = $1");
SQL(SETTING_PUT, "ttt",
	"INSERT INTO setting (name, value, origin) VALUES ($1, $2, $3)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value,"
	" origin = excluded.origin");
SQL(SETTING_DROP, "t", "DELETE FROM setting WHERE name = $1");
SQL(SETTING_ALL, "", "SELECT name, value, origin FROM setting ORDER BY name");
static const struct reg_field fields[] = {
	{ .name = "value", .type = REG_JSON },
	{ 0 },
};

static const struct setting_row *
row_of(const char *name)
{
	for (const struct setting_row *row = setting_rows; row->name != NULL; row++) {
		if (strcmp(row->name, name) == 0) {
			return row;
		}
	}
	return NULL;
}

/* A setting always "is there": its value may be null. */
static bool
load(struct desk *desk, const char *name, char id[UUID_SIZE], struct json **out,
	struct error *err)
{
	char *value = NULL;

	(void)id;
	if (!db_one_text(desk_db(desk), &SETTING_READ, &value, err, TXT(name))) {
		return false;
	}
	*out = json_object();
	json_set(*out, "value", reg_text(value));
	free(value);
	return true;
}

/* One of "no yes". */
static bool
check_word(const struct setting_row *row, const char *value, const char *place,
	struct error *err)
{
	size_t len = strlen(value);

	for (const char *word = row->words; word[0] != '\0';) {
		size_t end = strcspn(word, " ");

		if (end == len && strncmp(word, value, len) == 0) {
			return true;
		}
		word += end + (word[end] == ' ');
	}
	return error_set(err, ERR_BAD_INPUT, _("%s: must be one of %s"), place, row->words);
}

static bool
check_int(const struct setting_row *row, const char *value, const char *place,
	struct error *err)
{
	char *end;
	long long number = strtoll(value, &end, 10);

	if (value[0] < '0' || value[0] > '9' || *end != '\0' || number < row->min ||
	    number > row->max) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s: must be a whole number from %lld to %lld"), place,
			(long long)row->min, (long long)row->max);
	}
	return true;
}

static bool
unknown(const char *name, const char *place, struct error *err)
{
	struct buf all = { 0 };

	for (const struct setting_row *row = setting_rows; row->name != NULL; row++) {
		buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", row->name);
	}
	(void)error_set(err, place[0] == '\0' ? ERR_NOT_FOUND : ERR_BAD_INPUT,
		_("%s%sthere is no setting %.60s; known are: %s, agent.ROLE, key.NAME,"
		  " reach.NAME"), place,
		place[0] == '\0' ? "" : ": ", name, buf_text(&all));
	buf_free(&all);
	return false;
}

static bool
check(struct desk *desk, const char *name, struct json *wanted, bool fresh,
	const char *path, struct error *err)
{
	const struct setting_row *row = row_of(name);
	const struct json *given = json_get(wanted, "value");
	char *number = json_is_integer(given)
		? xasprintf("%lld", (long long)json_integer(given, 0)) : NULL;
	const char *value = number != NULL ? number : json_text(given, NULL);
	bool agent = strncmp(name, AGENT, strlen(AGENT)) == 0;
	bool key = strncmp(name, KEY, strlen(KEY)) == 0;
	bool reach = strncmp(name, REACH, strlen(REACH)) == 0;
	const char *place = path[0] == '\0' ? name : path;
	bool ok = true;

	(void)fresh;
	if (row == NULL && !agent && !key && !reach) {
		ok = unknown(name, path, err);
	} else if (value == NULL && !json_is(given, JSON_NULL)) {
		ok = error_set(err, ERR_BAD_INPUT, _("%s: must be %s"), place, _("text"));
	} else if (value != NULL && value[0] == '\0') {
		value = NULL;
	} else if (value != NULL && (strlen(value) > limit(LIMIT_NAME) ||
	    strpbrk(value, "\n\t") != NULL)) {
		ok = error_set(err, ERR_BAD_INPUT, _("%s: must be one line of at most %zu bytes"),
			place, limit(LIMIT_NAME));
	}
	if (ok && row == NULL) {
		ok = reg_key_fits(strchr(name, '.') + 1, place, err);
	}
	if (ok && value != NULL && row != NULL && row->type == REG_WORD) {
		ok = check_word(row, value, place, err);
	} else if (ok && value != NULL && row != NULL && row->type == REG_INT) {
		ok = check_int(row, value, place, err);
	} else if (ok && value != NULL) {
		ok = setting_value_fits(desk, name, value, place, err);
	}
	json_set(wanted, "value", reg_text(value));
	free(number);
	return ok;
}

static bool
insert(const struct reg_write *w, struct error *err)
{
	(void)w;
	(void)err;
	return true;
}

static bool
write_field(const struct reg_write *w, const char *field, const struct json *value,
	struct error *err)
{
	const char *text = json_text(value, NULL);

	(void)field;
	if (text == NULL) {
		return db_run(w->a->db, &SETTING_DROP, err, TXT(w->key));
	}
	return db_run(w->a->db, &SETTING_PUT, err, TXT(w->key), TXT(text), TXT(w->origin));
}

const struct reg_kind setting_kind = {
	.name = N_("setting"), .key = "name", .act = ACT_RULES, .key_is_id = true,
	.added = "setting_set", .changed = "setting_set", .fields = fields,
	.load = load, .check = check, .insert = insert, .write = write_field,
};

bool
apply_setting_change(const struct applying *a, struct error *err)
{
	return reg_apply(a, &setting_kind, a->body, err);
}

bool
setting_set(struct desk *desk, const char *name, const char *value,
	struct error *err)
{
	struct json *given = json_object();
	bool ok;

	json_set(given, "value", reg_text(value));
	ok = reg_set(desk, &setting_kind, name, given, err);
	json_free(given);
	return ok;
}

static struct json *
shown(const char *name, const char *value, const char *origin)
{
	const struct setting_row *row = row_of(name);
	struct json *setting = json_object();

	json_set_text(setting, "name", name);
	json_set_text(setting, "value", value);
	json_set(setting, "default", reg_text(row == NULL ? NULL : row->otherwise));
	json_set_text(setting, "label", row != NULL ? _(row->label)
		: strncmp(name, KEY, strlen(KEY)) == 0 ? _("key whose signature of plans counts")
		: strncmp(name, REACH, strlen(REACH)) == 0
		? _("when an area can be reached: FROM-TO AREA")
		: _("role of a playbook"));
	json_set_text(setting, "origin", origin);
	return setting;
}

bool
setting_list(struct desk *desk, struct json **out, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &SETTING_ALL, NOARGS);
	struct json *set = json_object();
	struct json *list = json_array();

	while (stmt_row(st)) {
		json_set(set, stmt_text(st, 0),
			shown(stmt_text(st, 0), stmt_text(st, 1), stmt_text(st, 2)));
	}
	if (!stmt_done(st, err)) {
		json_free(set);
		json_free(list);
		return false;
	}
	for (const struct setting_row *row = setting_rows; row->name != NULL; row++) {
		struct json *there_is = json_detach(set, row->name);

		json_push(list, there_is != NULL ? there_is : shown(row->name, NULL, NULL));
	}
	for (const struct json *rest = json_first(set); rest != NULL;
	     rest = json_next(rest)) {
		json_push(list, json_copy(rest));
	}
	json_free(set);
	*out = list;
	return true;
}

bool
setting_text(struct desk *desk, const char *name, char **out, struct error *err)
{
	const struct setting_row *row = row_of(name);

	*out = NULL;
	if (!db_one_text(desk_db(desk), &SETTING_READ, out, err, TXT(name))) {
		return false;
	}
	if (*out == NULL && row != NULL && row->otherwise[0] != '\0') {
		*out = xstrdup(row->otherwise);
	}
	return true;
}

bool
setting_int(struct desk *desk, const char *name, int64_t *out, struct error *err)
{
	char *text = NULL;

	if (!setting_text(desk, name, &text, err)) {
		return false;
	}
	*out = text == NULL ? 0 : strtoll(text, NULL, 10);
	free(text);
	return true;
}

/* duty:LAYER is the member who is called first there now. */
static bool
on_call(struct desk *desk, char **value, struct error *err)
{
	char *login = NULL;
	char *name = NULL;
	bool ok = duty_first(desk, *value + 5, &login, &name, err);

	free(*value);
	*value = login == NULL ? NULL : xasprintf("member:%s", login);
	free(login);
	free(name);
	return ok;
}

bool
setting_agent(struct desk *desk, const char *role, char **out,
	struct error *err)
{
	char *name = xasprintf(AGENT "%s", role);
	bool ok = setting_text(desk, name, out, err);

	free(name);
	return ok && (*out == NULL || strncmp(*out, "duty:", 5) != 0 ||
		on_call(desk, out, err));
}
