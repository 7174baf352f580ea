/* register_text.c owns what the register says of one thing in words, and the
 * rules with what they say of a case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/asset_fact.h"
#include "core/case.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/register_label.h"
#include "core/rule.h"
#include "core/words.h"
#include "tui/register_model.h"

static const struct {
	const char *name, *label;
} labels[] = {
	{ "code", N_("code") }, { "name", N_("name") }, { "name_en", N_("English name") },
	{ "kind", N_("kind") }, { "outside", N_("outside the province") },
	{ "state", N_("state") }, { "level", N_("level") }, { "owner", N_("owned by") },
	{ "operator", N_("operator") }, { "standby", N_("standby") },
	{ "backup", N_("backup") }, { "site", N_("site") }, { "rack", N_("rack") },
	{ "supplier", N_("supplier") }, { "warranty", N_("warranty") },
	{ "serial", N_("serial number") }, { "contract", N_("contract") },
	{ "users", N_("users") }, { "admin_holder", N_("admin password: who") },
	{ "admin_second", N_("admin password: second") },
	{ "admin_envelope", N_("sealed envelope") },
	{ "key_holder", N_("key: who") }, { "key_second", N_("key: second") },
	{ "stop_order", N_("order of stopping") },
	{ "stop_minutes", N_("minutes to stop") },
	{ "start_order", N_("order of starting") },
	{ "start_minutes", N_("minutes to start") },
	{ "aliases", N_("also called") }, { "note", N_("note") },
	{ "depends_on", N_("needs") }, { "login", N_("login") }, { "role", N_("role") },
	{ "unit", N_("unit") }, { "skills", N_("skills") }, { "language", N_("language") },
	{ "active", N_("active") }, { "area", N_("area") },
	{ "on_site", N_("on site, min") },
	{ "body", N_("body") }, { "class", N_("class") },
	{ "kinds", N_("kinds") }, { "valid_from", N_("valid from") },
	{ "valid_to", N_("valid to") }, { "verified_at", N_("verified") },
	{ "valid", N_("valid today") }, { "group", N_("group") },
	{ "source", N_("source") }, { "of", N_("of") }, { "members", N_("members") },
	{ "includes", N_("includes") }, { "size", N_("size") }, { "mail", N_("mail") },
	{ "phone", N_("telephone") }, { "zalo", N_("Zalo") },
	{ "telegram", N_("Telegram") }, { "ntfy", N_("ntfy") },
	{ "webhook", N_("web hook") }, { "family", N_("family") },
	{ "order", N_("order") }, { "when", N_("when") }, { "then", N_("then") },
	{ "origin", N_("origin") }, { "addresses", N_("addresses") },
	{ "contact", N_("contact") }, { "desktop", N_("desktop") },
	{ "per_asset", N_("one for each system") },
	{ "per_case", N_("one for each case") }, { "asset", N_("system") },
	{ "member", N_("member") },
	/* what rules ask of a case, and what they say of it */
	{ "category", N_("category") }, { "asset_level", N_("level") },
	{ "asset_standby", N_("standby") }, { "severity", N_("severity") },
	{ "severity_suggested", N_("severity suggested") }, { "drill", N_("rule|drill") },
	{ "reportable", N_("reportable") }, { "personal_data", N_("rule|personal data") },
	{ "beyond_capacity", N_("beyond our means") }, { "hour", N_("rule|hour") },
	{ "min", N_("rule|from") }, { "max", N_("rule|up to") },
	{ "tell", N_("rule|tell") }, { "propose", N_("rule|propose to tell") },
	{ "by_hand", N_("rule|to tell by hand") }, { "request", N_("rule|request") },
	{ "why", N_("why") }, { "plan", N_("plan") }, { "title", N_("title") },
	{ "every", N_("rule|every") }, { "due", N_("due") },
	{ "from", N_("rule|counted from") }, { "recipient", N_("recipient") },
	{ "channel", N_("channel") }, { "remind", N_("rule|remind before") },
	{ "set", N_("rule|set of rules") }, { "lead", N_("lead") },
	{ "support", N_("support") }, { "limit", N_("limit") },
	{ "report", N_("rule|report") }, { "start", N_("rule|runs from") },
	{ "span", N_("rule|how long") }, { "form", N_("rule|form") },
	{ "behalf", N_("rule|on behalf of") },
};

const char *
register_label(const char *field)
{
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		if (strcmp(labels[i].name, field) == 0) {
			return Q_(labels[i].label);
		}
	}
	return field;
}

/* A text in both languages is shown in the one of the screen. */
static const struct json *
own_words(const struct json *value)
{
	const struct json *vi = json_get(value, "vi"), *en = json_get(value, "en");

	return json_count(value) != 2 || vi == NULL || en == NULL ? NULL
		: strcmp(i18n_language(), "vi") == 0 ? vi : en;
}

/* A value in one line: texts as they are, lists with commas, objects as JSON. */
static char *
value_text(const char *field, bool inside, const struct json *value)
{
	struct buf out = { 0 };

	switch (json_is(value, JSON_NULL) ? JSON_NULL : json_type(value)) {
	case JSON_NULL:
		break;
	case JSON_STRING:
		return xstrdup(register_word(field, inside, json_text(value, "")));
	case JSON_BOOL:
		return xstrdup(json_true(value) ? _("yes") : _("no"));
	case JSON_NUMBER:
		return xasprintf("%lld", (long long)json_integer(value, 0));
	case JSON_ARRAY:
		for (const struct json *item = json_first(value); item != NULL;
			item = json_next(item)) {
			char *text = value_text(field, inside, item);

			buf_addf(&out, "%s%s", out.len > 0 ? ", " : "", text);
			free(text);
		}
		break;
	case JSON_OBJECT:
		if (own_words(value) != NULL) {
			return xstrdup(json_text(own_words(value), ""));
		}
		for (const struct json *item = json_first(value); item != NULL;
			item = json_next(item)) {
			char *text = value_text(json_key(item), true, item);

			if (text[0] == '\0') {
				free(text);
				continue;
			}
			buf_addf(&out, "%s%s %s", out.len > 0 ? ", " : "",
				register_label(json_key(item)), text);
			free(text);
		}
		break;
	}
	return buf_take(&out);
}

static void
add_fields(struct buf *out, const struct json *thing)
{
	for (const struct json *value = json_first(thing); value != NULL;
		value = json_next(value)) {
		char *text;

		if (strcmp(json_key(value), "id") == 0) {
			continue;
		}
		text = value_text(json_key(value), false, value);
		buf_addf(out, "%s: %s\n", register_label(json_key(value)),
			text[0] != '\0' ? text : "-");
		free(text);
	}
}

static bool
add_expanded(struct buf *out, struct desk *desk, const char *code, struct error *err)
{
	struct json *list = NULL;

	if (!group_expand(desk, code, &list, err)) {
		return false;
	}
	buf_addf(out, "\n%s:\n", _("all in it"));
	for (const struct json *item = json_first(list); item != NULL;
		item = json_next(item)) {
		buf_addf(out, "  %s  %s\n", json_get_text(item, "code"),
			json_get_text(item, "name"));
	}
	json_free(list);
	return true;
}

/* ---- rules ---- */

/* What all rules say of a case; *out NULL where there is no case. */
static bool
try_rules(struct json **out, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct ir_case c = { 0 };
	struct json *facts = NULL;
	bool ok;

	*out = NULL;
	if (case_id[0] == '\0') {
		return true;
	}
	ok = case_load(&c, desk, case_id, err) && rule_facts_of(desk, &c, &facts, err)
		&& rule_test(desk, facts, out, err);
	json_free(facts);
	case_clear(&c);
	return ok;
}

static const struct json *
of_code(const struct json *list, const char *code)
{
	for (const struct json *item = json_first(list); item != NULL;
		item = json_next(item)) {
		if (strcmp(json_get_text(item, "code"), code) == 0) {
			return item;
		}
	}
	return NULL;
}

static void
add_rule(struct table_rows *out, const struct json *rule, const struct json *tried)
{
	const char *code = json_get_text(rule, "code");
	struct table_row *row = table_add(out, code, code, "");
	char *when = value_text("when", true, json_get(rule, "when"));
	char *then = value_text("then", true, json_get(rule, "then"));
	const struct json *said = of_code(tried, code);

	row->style = json_get_bool(rule, "valid") ? ST_TEXT : ST_GREY;
	table_cell(row, 0, code);
	table_cell(row, 1, word_label(WORDS_RULE_FAMILY, json_get_text(rule, "family")));
	table_cell(row, 2, when[0] != '\0' ? when : _("always"));
	table_cell(row, 3, then);
	table_cell(row, 4, said == NULL ? "" : json_get_bool(said, "wins") ? _("APPLIES")
		: json_get_bool(said, "fits") ? _("fits") : _("no"));
	if (said != NULL && json_get_bool(said, "wins")) {
		row->style = ST_GOOD;
	}
	free(when);
	free(then);
}

/* All rules are read to be tried; the page goes on from a code. */
bool
register_rules(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct json *rules = NULL, *tried = NULL;

	if (!rule_list(desk, NULL, &rules, err)
		|| !try_rules(&tried, desk, page->about, err)) {
		json_free(rules);
		return false;
	}
	for (const struct json *rule = json_first(rules); rule != NULL;
		rule = json_next(rule)) {
		add_rule(out, rule, tried);
		(void)page_take(out, page);
	}
	json_free(rules);
	json_free(tried);
	return true;
}

static bool
add_tried(struct buf *out, struct desk *desk, const char *code, const char *case_id,
	struct error *err)
{
	struct json *tried = NULL;
	const struct json *said;
	bool ok = try_rules(&tried, desk, case_id, err);

	said = of_code(tried, code);
	if (ok && said != NULL) {
		buf_addf(out, "\n%s: %s\n", _("on the case opened last"),
			/* Why it does not fit stands below, in words. */
			!json_get_bool(said, "fits") && json_count(json_get(said, "why")) > 0
				? _("no") : json_get_text(said, "reason") != NULL
				? json_get_text(said, "reason") : "");
		for (const struct json *why = json_first(json_get(said, "why")); why != NULL;
			why = json_next(why)) {
			char *wanted = value_text(json_get_text(why, "field"), true,
				json_get(why, "wanted"));
			char *is = value_text(json_get_text(why, "field"), true,
				json_get(why, "is"));

			buf_addf(out, "  %s %s: %s; %s: %s\n",
				json_get_bool(why, "fits") ? "[x]" : "[ ]",
				register_label(json_get_text(why, "field")), wanted, _("is"), is);
			free(wanted);
			free(is);
		}
	}
	json_free(tried);
	return ok;
}

/* ---- one thing ---- */

static bool (*const shows[REGISTER_TABS])(struct desk *desk, const char *key,
	struct json **out, struct error *err) = {
	[TAB_ASSETS] = asset_show,
	[TAB_MEMBERS] = member_show,
	[TAB_CONTACTS] = contact_show,
	[TAB_GROUPS] = group_show,
	[TAB_RULES] = rule_show,
};

bool
register_text(char **out, struct desk *desk, enum register_tab tab, const char *key,
	const char *case_id, struct error *err)
{
	struct json *thing = NULL;
	struct buf text = { 0 };
	bool ok = shows[tab](desk, key, &thing, err);

	if (ok) {
		add_fields(&text, thing);
		ok = tab == TAB_GROUPS ? add_expanded(&text, desk, key, err)
			: tab == TAB_RULES ? add_tried(&text, desk, key, case_id, err) : true;
	}
	json_free(thing);
	if (!ok) {
		buf_free(&text);
		return false;
	}
	*out = buf_take(&text);
	return true;
}
