/* Rules: what fits, what wins and why not, whom they tell. */
#include "tests/core/empty_desk.h"

#include "core/asset.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/contact.h"
#include "core/coordination.h"
#include "core/i18n.h"
#include "core/member.h"
#include "core/rule.h"
#include "core/rule_form.h"

static bool
rule(struct desk *desk, const char *code, const char *text, struct error *err)
{
	struct json *given = quoted_json(text);
	bool ok = rule_add(desk, code, given, err);

	json_free(given);
	return ok;
}

static void
put(bool (*fn)(struct desk *, const char *, const struct json *, struct error *),
	struct desk *desk, const char *key, const char *text)
{
	struct json *given = quoted_json(text);
	struct error err;

	CHECK_OK(fn(desk, key, given, &err), err);
	json_free(given);
}

static bool
holds(const char *wanted, const char *is)
{
	struct json *w = quoted_json(wanted);
	struct json *i = quoted_json(is);
	bool fits = rule_condition(json_get(w, "x"), json_get(i, "x"));

	json_free(w);
	json_free(i);
	return fits;
}

TEST(a_condition_is_a_value_a_list_or_a_range)
{
	CHECK(holds("{'x': 'a'}", "{'x': 'a'}"));
	CHECK(!holds("{'x': 'a'}", "{'x': 'b'}"));
	CHECK(holds("{'x': ['a', 'b']}", "{'x': 'b'}"));
	CHECK(!holds("{'x': ['a', 'b']}", "{'x': null}"));
	CHECK(holds("{'x': ['a', null]}", "{'x': null}"));
	CHECK(holds("{'x': null}", "{}"));
	CHECK(!holds("{'x': null}", "{'x': 'a'}"));
	CHECK(holds("{'x': {'min': 3}}", "{'x': 3}"));
	CHECK(!holds("{'x': {'min': 3}}", "{'x': 2}"));
	CHECK(holds("{'x': {'min': 1, 'max': 3}}", "{'x': 3}"));
	CHECK(!holds("{'x': {'max': 3}}", "{'x': 4}"));
	CHECK(!holds("{'x': {'min': 3}}", "{'x': 'unknown'}"));
	CHECK(!holds("{'x': {'min': 3}}", "{'x': null}"));
	CHECK(holds("{'x': true}", "{'x': true}"));
	CHECK(!holds("{'x': true}", "{'x': false}"));
	CHECK(!holds("{'x': '3'}", "{'x': 3}"));
}

static struct desk *
ruled_desk(void)
{
	struct desk *desk = empty_desk();
	struct error err;

	put(contact_add, desk, "dien", "{'name': 'Điện', 'mail': 'dien@x.example'}");
	put(contact_add, desk, "ca", "{'name': 'Công an', 'class': 'police'}");
	put(contact_add, desk, "old", "{'name': 'Cũ', 'valid_to': '2025-02-28'}");
	put(contact_add, desk, "vp", "{'name': 'Văn phòng'}");
	put(asset_add, desk, "TTDL", "{'name': 'TTDL', 'level': '3',"
		" 'operator': {'value': 'VP', 'contact': 'vp', 'source': 's'}}");
	CHECK_OK(rule(desk, "s-power", "{'family': 'severity', 'order': 10,"
		" 'when': {'kind': 'power', 'asset': 'TTDL'},"
		" 'then': {'severity': 4}, 'source': 's'}", &err), err);
	CHECK_OK(rule(desk, "s-level", "{'family': 'severity', 'order': 20,"
		" 'when': {'asset_level': {'min': 3}, 'asset_standby': ['no', 'unknown']},"
		" 'then': {'severity': 3}, 'source': 's'}", &err), err);
	CHECK_OK(rule(desk, "s-rest", "{'family': 'severity', 'order': 900, 'when': {},"
		" 'then': {'severity': 2}, 'source': 's'}", &err), err);
	CHECK_OK(rule(desk, "c-power", "{'family': 'contact', 'order': 10,"
		" 'when': {'kind': 'power'}, 'source': 's',"
		" 'then': {'propose': ['dien', 'asset:operator', 'old'], 'by_hand': ['ca'],"
		" 'request': {'vi': 'Giờ có điện?', 'en': 'When?'}}}", &err), err);
	CHECK_OK(rule(desk, "c-all", "{'family': 'contact', 'order': 20, 'when': {},"
		" 'source': 's', 'then': {'tell': ['role:admin', 'owner', 'role:coordinator'],"
		" 'propose': ['dien']}}", &err), err);
	CHECK_OK(rule(desk, "p-power", "{'family': 'plan', 'order': 10,"
		" 'when': {'kind': 'power', 'asset': ['TTDL', null]},"
		" 'then': {'plan': 'PA-MD'}, 'source': 's'}", &err), err);
	return desk;
}

static struct json *
facts(struct desk *desk, const char *kind, const char *asset)
{
	struct json *out = NULL;
	struct error err;

	CHECK_OK(rule_facts(desk, &(struct rule_subject){ .kind = kind, .asset = asset,
		.detected_at = empty_desk_now }, &out, &err), err);
	return out;
}

static int
severity(struct desk *desk, const char *kind, const char *asset, const char *by)
{
	struct json *f = facts(desk, kind, asset);
	struct error err;
	char *code = NULL;
	int is = 0;

	CHECK_OK(rule_severity(desk, f, &is, &code, &err), err);
	CHECK_STR(code, by);
	free(code);
	json_free(f);
	return is;
}

TEST(the_first_rule_that_fits_wins)
{
	struct desk *desk = ruled_desk();
	struct json *f = facts(desk, "power", "TTDL");
	struct error err;
	char *plan = NULL;

	CHECK_INT(severity(desk, "power", "TTDL", "s-power"), 4);
	CHECK_INT(severity(desk, "hardware", "TTDL", "s-level"), 3);
	CHECK_INT(severity(desk, "hardware", NULL, "s-rest"), 2);
	CHECK_OK(rule_plan(desk, f, &plan, &err), err);
	CHECK_STR(plan, "PA-MD");
	free(plan);
	json_free(f);
	f = facts(desk, "attack", NULL);
	CHECK_OK(rule_plan(desk, f, &plan, &err), err);
	CHECK(plan == NULL);
	json_free(f);
	check_whole(desk);
	desk_close(desk);
}

TEST(a_rule_out_of_its_dates_does_not_fit)
{
	struct desk *desk = ruled_desk();
	struct json *given = quoted_json("{'valid_to': '2026-11-20'}");
	struct error err;

	CHECK_OK(rule_set(desk, "s-power", given, &err), err);
	json_free(given);
	CHECK_INT(severity(desk, "power", "TTDL", "s-level"), 3);
	desk_close(desk);
}

static const struct json *
row(const struct json *list, const char *key, const char *value)
{
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		if (strcmp(json_get_text(one, key), value) == 0) {
			return one;
		}
	}
	fail_msg("no %s %s", key, value);
	return NULL;
}

TEST(a_test_says_which_fits_and_why_each_other_does_not)
{
	struct desk *desk = ruled_desk();
	struct json *f = facts(desk, "hardware", "TTDL");
	struct json *list = NULL;
	struct error err;

	CHECK_OK(rule_test(desk, f, &list, &err), err);
	CHECK_INT(json_count(list), 6);
	CHECK(!json_get_bool(row(list, "code", "s-power"), "fits"));
	CHECK(strstr(json_get_text(row(list, "code", "s-power"), "reason"),
		"kind is \"hardware\", wanted \"power\"") != NULL);
	CHECK(json_get_bool(row(list, "code", "s-level"), "wins"));
	CHECK(json_get_bool(row(list, "code", "s-rest"), "fits"));
	CHECK(!json_get_bool(row(list, "code", "s-rest"), "wins"));
	CHECK(strstr(json_get_text(row(list, "code", "s-rest"), "reason"),
		"s-level comes before it") != NULL);
	CHECK(json_get_bool(row(list, "code", "c-all"), "wins"));
	json_free(list);
	json_free(f);
	desk_close(desk);
}

TEST(all_contact_rules_count_and_each_is_named_once)
{
	struct desk *desk = ruled_desk();
	struct json *f = facts(desk, "power", "TTDL");
	struct json *all = NULL;
	struct error err;

	put(member_add_json, desk, "an", "{'name': 'An', 'role': 'responder'}");
	CHECK_OK(rule_contacts(desk, f, "an", &all, &err), err);
	CHECK_INT(json_count(json_get(all, "tell")), 2);
	(void)row(json_get(all, "tell"), "login", "ha");
	(void)row(json_get(all, "tell"), "login", "an");
	CHECK_INT(json_count(json_get(all, "propose")), 2);
	CHECK_STR(json_get_text(row(json_get(all, "propose"), "role", "dien"),
		"request_vi"), "Giờ có điện?");
	(void)row(json_get(all, "propose"), "role", "vp");
	(void)row(json_get(all, "by_hand"), "role", "ca");
	(void)row(json_get(all, "unmet"), "word", "old");
	(void)row(json_get(all, "unmet"), "word", "role:coordinator");
	json_free(all);
	json_free(f);
	desk_close(desk);
}

TEST(a_contact_that_became_police_loses_its_box)
{
	struct desk *desk = ruled_desk();
	struct json *f = facts(desk, "power", "TTDL");
	struct json *all = NULL;
	struct error err;

	put(contact_set, desk, "dien", "{'class': 'police'}");
	CHECK_OK(rule_contacts(desk, f, NULL, &all, &err), err);
	CHECK_INT(json_count(json_get(all, "propose")), 1);
	(void)row(json_get(all, "by_hand"), "role", "dien");
	json_free(all);
	json_free(f);
	desk_close(desk);
}

TEST(a_case_carries_the_suggestion_until_a_person_decides)
{
	static const char *const to_other[] = { "asset=", "kind=hardware" };
	struct desk *desk = ruled_desk();
	struct ir_case c = { 0 };
	char id[UUID_SIZE];
	struct error err;

	CHECK_OK(case_open(desk, &(struct case_new){ .kind = "power",
		.title = "Mất điện", .asset = "TTDL" }, id, &err), err);
	CHECK_OK(case_load(&c, desk, id, &err), err);
	CHECK_INT(c.severity, 0);
	CHECK_INT(c.severity_suggested, 4);
	CHECK_STR(c.severity_rule, "s-power");
	CHECK_INT(case_severity(&c), 4);
	case_clear(&c);
	CHECK_OK(case_set(desk, id, to_other, 2, &err), err);
	CHECK_OK(case_load(&c, desk, id, &err), err);
	CHECK_INT(c.severity_suggested, 2);
	CHECK_STR(c.severity_rule, "s-rest");
	case_clear(&c);
	check_whole(desk);
	desk_close(desk);
}

static bool
count_row(const struct coordination *row, void *arg)
{
	(void)row;
	(*(int *)arg)++;
	return true;
}

TEST(the_coordination_table_says_who_leads_by_kind_and_severity)
{
	struct desk *desk = ruled_desk();
	struct error err = ERROR_INIT;
	struct coordination row = { 0 };
	struct ir_case c = { 0 };
	struct buf paper = { 0 };
	char id[UUID_SIZE];
	bool found;
	int rows = 0;

	(void)i18n_start("en", NULL);
	CHECK_OK(rule(desk, "k-power", "{'family': 'coordination', 'order': 10,"
		" 'when': {'kind': 'power', 'severity': {'min': 3}}, 'then': {'lead':"
		" {'vi': 'Kỹ thuật', 'en': 'Technician'}, 'support': {'vi': 'Điện',"
		" 'en': 'Electricity'}, 'limit': '10m'}, 'source': 's'}", &err), err);
	CHECK_OK(rule(desk, "k-old", "{'family': 'coordination', 'order': 1,"
		" 'when': {}, 'then': {'lead': {'vi': 'x', 'en': 'x'}, 'support':"
		" {'vi': 'x', 'en': 'x'}}, 'source': 's', 'valid_to': '2020-01-01'}", &err), err);
	CHECK_OK(case_open(desk, &(struct case_new){ .kind = "power", .title = "Mất điện" },
		id, &err), err);
	CHECK_OK(case_load(&c, desk, id, &err), err);
	c.severity = 4;
	CHECK_OK(coordination_of(&row, &found, desk, &c, &err), err);
	CHECK(found);
	CHECK_STR(row.lead, "Technician");
	CHECK_STR(row.severity, "3-4");
	CHECK_INT(row.limit, 600000);
	CHECK(coordination_fits(&row, "power"));
	CHECK(!coordination_fits(&row, "link"));
	coordination_clear(&row);
	c.severity = 1;
	c.severity_suggested = 0;
	CHECK_OK(coordination_of(&row, &found, desk, &c, &err), err);
	CHECK(!found);
	CHECK_OK(coordination_each(desk, count_row, &rows, &err), err);
	CHECK_INT(rows, 1);
	CHECK_OK(coordination_paper(&paper, desk, &err), err);
	CHECK(strstr(buf_text(&paper), "Supports: Electricity") != NULL);
	buf_free(&paper);
	case_clear(&c);
	check_whole(desk);
	desk_close(desk);
}

TEST(bad_rules_are_refused)
{
	static const struct {
		const char *when, *family, *then;
		enum error_code code;
	} bad[] = {
		{ "{'colour': 'red'}", "severity", "{'severity': 4}", ERR_BAD_INPUT },
		{ "{'kind': 'flood'}", "severity", "{'severity': 4}", ERR_BAD_INPUT },
		{ "{'kind': []}", "severity", "{'severity': 4}", ERR_BAD_INPUT },
		{ "{'kind': {'min': 1}}", "severity", "{'severity': 4}", ERR_BAD_INPUT },
		{ "{'users': {'min': 9, 'max': 3}}", "severity", "{'severity': 4}",
		  ERR_BAD_INPUT },
		{ "{'users': {'least': 9}}", "severity", "{'severity': 4}", ERR_BAD_INPUT },
		{ "{'severity': 4}", "severity", "{'severity': 4}", ERR_BAD_INPUT },
		{ "{}", "severity", "{'severity': 5}", ERR_BAD_INPUT },
		{ "{}", "severity", "{}", ERR_BAD_INPUT },
		{ "{}", "severity", "{'severity': 4, 'plan': 'x'}", ERR_BAD_INPUT },
		{ "{}", "plan", "{'plan': 7}", ERR_BAD_INPUT },
		{ "{}", "contact", "{'propose': ['nobody']}", ERR_NOT_FOUND },
		{ "{}", "contact", "{'propose': ['ca']}", ERR_REFUSED },
		{ "{}", "contact", "{'propose': ['asset:colour']}", ERR_BAD_INPUT },
		{ "{}", "contact", "{'tell': ['ha']}", ERR_BAD_INPUT },
		{ "{}", "contact", "{'request': {'vi': 'x'}}", ERR_BAD_INPUT },
		{ "{}", "deadline", "{}", ERR_BAD_INPUT },
		{ "{}", "coordination", "{'lead': {'vi': 'x', 'en': 'x'}}", ERR_BAD_INPUT },
		{ "{}", "coordination", "{'lead': 'x', 'support': 'y'}", ERR_BAD_INPUT },
		{ "{}", "coordination", "{'lead': {'vi': 'x', 'en': 'x'}, 'support':"
		  " {'vi': 'x', 'en': 'x'}, 'limit': 'soon'}", ERR_BAD_INPUT },
		{ "{}", "omen", "{}", ERR_BAD_INPUT },
	};
	struct desk *desk = ruled_desk();
	struct error err;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char text[400];

		(void)snprintf(text, sizeof text, "{'family': '%s', 'order': 1, 'when': %s,"
			" 'then': %s, 'source': 's'}", bad[i].family, bad[i].when, bad[i].then);
		if (rule(desk, "bad", text, &err)) {
			fail_msg("taken: %s", text);
		}
		if (err.code != bad[i].code) {
			fail_msg("%s: %d, %s", text, (int)err.code, err.message);
		}
	}
	check_whole(desk);
	desk_close(desk);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_condition_is_a_value_a_list_or_a_range),
		RUN(the_first_rule_that_fits_wins),
		RUN(a_rule_out_of_its_dates_does_not_fit),
		RUN(a_test_says_which_fits_and_why_each_other_does_not),
		RUN(all_contact_rules_count_and_each_is_named_once),
		RUN(a_contact_that_became_police_loses_its_box),
		RUN(a_case_carries_the_suggestion_until_a_person_decides),
		RUN(the_coordination_table_says_who_leads_by_kind_and_severity),
		RUN(bad_rules_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
