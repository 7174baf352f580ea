/* setting_value.c owns what the single settings may be: one table of names. */
#include "core/setting_value.h"

#include <stdlib.h>
#include <string.h>

#include "core/duty.h"
#include "core/duty_coverage.h"
#include "core/duty_reach.h"
#include "core/ed25519.h"
#include "core/i18n.h"
#include "core/promise.h"
#include "core/rate.h"
#include "core/register.h"
#include "core/rota_text.h"
#include "core/rule.h"

/* Whom work falls to: a viewer could do none of it. */
SQL(LOGIN_THERE, "t", "SELECT login FROM member WHERE login = $1 AND active = 1"
	" AND role <> 'viewer'");
SQL(ASSET_THERE, "t", "SELECT code FROM asset WHERE code = $1");
SQL(ROLE_THERE, "t", "SELECT role FROM contact WHERE role = $1");

static bool
there(struct desk *desk, const struct sql *query, const char *what, const char *key,
	const char *place, struct error *err)
{
	char *found = NULL;

	if (!db_one_text(desk_db(desk), query, &found, err, TXT(key))) {
		return false;
	}
	if (found == NULL) {
		return error_set(err, ERR_NOT_FOUND, _("%s: there is no %s %.60s"), place, what,
			key);
	}
	free(found);
	return true;
}

/* A desk without a roster (a profile that is being loaded) takes any layer. */
static bool
check_layer(struct desk *desk, const char *layer, const char *place, struct error *err)
{
	struct duty_layers layers;
	bool found;

	if (!duty_layers(desk, &layers, err)) {
		return false;
	}
	found = layers.count == 0;
	for (int i = 0; i < layers.count; i++) {
		found = found || strcmp(layers.all[i].code, layer) == 0;
	}
	duty_layers_clear(&layers);
	return found || error_set(err, ERR_NOT_FOUND, _("%s: the roster has no layer %.60s"),
		place, layer);
}

static bool
check_agent(struct desk *desk, const char *value, const char *place,
	struct error *err)
{
	const char *colon = strchr(value, ':');

	if (strncmp(value, "contact:", 8) == 0) {
		return there(desk, &ROLE_THERE, _("contact"), colon + 1, place, err);
	}
	if (strncmp(value, "member:", 7) == 0) {
		return there(desk, &LOGIN_THERE, _("active member who may work"), colon + 1,
			place, err);
	}
	if (strncmp(value, "duty:", 5) == 0) {
		return reg_key_fits(colon + 1, place, err) &&
			check_layer(desk, colon + 1, place, err);
	}
	return error_set(err, ERR_BAD_INPUT,
		_("%s: \"%.60s\" must be contact:ROLE, member:LOGIN or duty:LAYER"), place,
		value);
}

/* A public key of Ed25519, one line of base64. */
static bool
check_key(struct desk *desk, const char *value, const char *place, struct error *err)
{
	uint8_t key[ED25519_PUBLIC_BYTES];

	(void)desk;
	return ed25519_public_read(key, value)
		|| error_set(err, ERR_BAD_INPUT,
			_("%s: this is no public key of Ed25519: `suco playbook key FILE` prints"
			  " one"), place);
}

/* The names of all sets of deadline rules, each once. */
static void
add_sets(struct buf *all, const struct json *rules)
{
	for (const struct json *rule = json_first(rules); rule != NULL;
	     rule = json_next(rule)) {
		const char *set = json_get_text(json_get(rule, "then"), "set");

		if (set != NULL && strstr(buf_text(all), set) == NULL) {
			buf_addf(all, "%s%s", all->len > 0 ? ", " : "", set);
		}
	}
}

static bool
is_set(const struct json *rules, const char *name)
{
	for (const struct json *rule = json_first(rules); rule != NULL;
	     rule = json_next(rule)) {
		const char *set = json_get_text(json_get(rule, "then"), "set");

		if (set != NULL && strcmp(set, name) == 0) {
			return true;
		}
	}
	return false;
}

/* A misspelt set would silently stop every lawful clock.  A desk without deadline
 * rules (a profile that is being loaded) takes any name. */
static bool
check_sets(struct desk *desk, const char *value, const char *place, struct error *err)
{
	struct json *rules = NULL;
	struct json *names = reg_split(value);
	struct buf all = { 0 };
	bool ok = rule_list(desk, "deadline", &rules, err);

	add_sets(&all, rules);
	if (ok && json_count(names) == 0) {
		ok = error_set(err, ERR_BAD_INPUT,
			_("%s: names no set of deadline rules: every lawful clock would stop"),
			place);
	}
	for (const struct json *name = json_first(names); ok && all.len > 0 && name != NULL;
	     name = json_next(name)) {
		ok = is_set(rules, json_text(name, "")) || error_set(err, ERR_BAD_INPUT,
			_("%s: there is no set of deadline rules \"%.60s\"; there are: %s"), place,
			json_text(name, ""), buf_text(&all));
	}
	buf_free(&all);
	json_free(names);
	json_free(rules);
	return ok;
}

/* What is no time would stop the backup, night after night. */
static bool
check_backup(struct desk *desk, const char *value, const char *place, struct error *err)
{
	struct error ignored = ERROR_INIT;
	int minutes = 0;

	(void)desk;
	(void)place;
	return strcmp(value, "never") == 0
		|| (rota_clock(&minutes, value, &ignored) && minutes < 1440)
		|| error_set(err, ERR_BAD_INPUT,
			_("the setting backup_at wants a time as 01:30, not \"%.20s\""), value);
}

static bool
check_raise(struct desk *desk, const char *value, const char *place, struct error *err)
{
	struct raising raising;

	(void)desk;
	(void)place;
	return raising_parse(&raising, value, err);
}

static bool
check_rate(struct desk *desk, const char *value, const char *place, struct error *err)
{
	struct rate rate;

	(void)desk;
	return rate_parse(&rate, value, place, err);
}

static bool
check_night(struct desk *desk, const char *value, const char *place, struct error *err)
{
	(void)desk;
	return reach_night_fits(value, place, err);
}

static bool
check_report(struct desk *desk, const char *value, const char *place, struct error *err)
{
	int minutes;

	(void)desk;
	return duty_report_clock(&minutes, value) || error_set(err, ERR_BAD_INPUT,
		_("%s: \"%.20s\" is neither a time of the day, as 07:00, nor none"), place, value);
}

static bool
check_reach(struct desk *desk, const char *value, const char *place, struct error *err)
{
	(void)desk;
	return reach_fits(value, place, err);
}

static bool
check_watch(struct desk *desk, const char *value, const char *place, struct error *err)
{
	return strncmp(value, "duty:", 5) == 0 ? check_layer(desk, value + 5, place, err)
		: there(desk, &LOGIN_THERE, _("active member who may work"), value, place, err);
}

static bool
check_asset(struct desk *desk, const char *value, const char *place, struct error *err)
{
	return there(desk, &ASSET_THERE, _("system"), value, place, err);
}

/* A name that ends in a dot stands for all that begin so. */
static const struct {
	const char *name;
	bool (*check)(struct desk *desk, const char *value, const char *place,
		struct error *err);
} checks[] = {
	{ "agent.", check_agent }, { "backup_at", check_backup },
	{ "deadline.rules", check_sets }, { "desk.", check_asset },
	{ "duty.night", check_night }, { "duty.report_at", check_report },
	{ "key.", check_key }, { "limit.", check_rate },
	{ "reach.", check_reach }, { "waiting_raise", check_raise }, { "watch", check_watch },
};

bool
setting_value_fits(struct desk *desk, const char *name, const char *value,
	const char *place, struct error *err)
{
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		size_t len = strlen(checks[i].name);

		if (checks[i].name[len - 1] == '.' ? strncmp(name, checks[i].name, len) == 0
				: strcmp(name, checks[i].name) == 0) {
			return checks[i].check(desk, value, place, err);
		}
	}
	return true;
}
