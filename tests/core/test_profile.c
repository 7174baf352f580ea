/* The shipped profiles load whole, again changes nothing, and what a member
 * changed stays. */
#include "tests/core/load_profile.h"

#include <unistd.h>

#include "core/asset.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/member.h"
#include "core/profile.h"
#include "core/rule.h"
#include "core/setting.h"

TEST(quangngai_loads_whole_and_says_what_it_lacks)
{
	struct desk *desk = empty_desk();
	struct json *report = load(desk, "quangngai");

	CHECK_INT(tally(report, "units", "added"), 110);
	CHECK_INT(tally(report, "assets", "added"), 27);
	CHECK_INT(tally(report, "assets", "changed"), 0);
	CHECK_INT(tally(report, "groups", "added"), 6);
	CHECK(tally(report, "contacts", "added") >= 30);
	CHECK(tally(report, "rules", "added") >= 30);
	CHECK_INT(json_count(json_get(report, "plans")), 14);
	CHECK_INT(json_count(json_get(report, "kept")), 0);
	CHECK(json_get_int(report, "facts_missing", 0) > 300);
	CHECK(json_get_int(report, "facts", 0) > json_get_int(report, "facts_missing", 0));
	CHECK(json_get_int(report, "contacts_missing", 0) > 20);
	json_free(report);
	check_whole(desk);
	desk_close(desk);
}

TEST(loading_again_changes_nothing)
{
	struct desk *desk = empty_desk();
	struct json *report = load(desk, "quangngai");
	int64_t before = events(desk);

	json_free(report);
	report = load(desk, "quangngai");
	CHECK_INT(events(desk), before);
	CHECK_INT(tally(report, "assets", "added"), 0);
	CHECK_INT(tally(report, "assets", "changed"), 0);
	CHECK_INT(tally(report, "assets", "same"), 27);
	CHECK_INT(tally(report, "settings", "changed"), 0);
	json_free(report);
	desk_close(desk);
}

TEST(what_a_member_changed_stays_and_is_named)
{
	struct desk *desk = empty_desk();
	struct json *given = quoted_json("{'operator': 'TT CĐS&ĐMST'}");
	struct json *mail = quoted_json("{'mail': 'truc@dien.test'}");
	struct json *report = load(desk, "quangngai");
	struct json *asset = NULL;
	struct json *contact = NULL;
	struct error err;

	json_free(report);
	CHECK_OK(asset_set(desk, "LGSP", given, &err), err);
	CHECK_OK(contact_set(desk, "dien", mail, &err), err);
	report = load(desk, "quangngai");
	CHECK_INT(json_count(json_get(report, "kept")), 2);
	CHECK_STR(json_text(json_at(json_get(report, "kept"), 0), ""), "contact dien mail");
	CHECK_STR(json_text(json_at(json_get(report, "kept"), 1), ""),
		"asset LGSP operator");
	CHECK_OK(asset_show(desk, "LGSP", &asset, &err), err);
	CHECK_STR(json_get_text(asset, "operator"), "TT CĐS&ĐMST");
	CHECK_OK(contact_show(desk, "dien", &contact, &err), err);
	CHECK_STR(json_get_text(json_get(contact, "addresses"), "mail"), "truc@dien.test");
	json_free(asset);
	json_free(contact);
	json_free(given);
	json_free(mail);
	json_free(report);
	check_whole(desk);
	desk_close(desk);
}

TEST(the_power_cut_finds_its_dependants_its_severity_and_its_people)
{
	struct desk *desk = empty_desk();
	struct json *report = load(desk, "quangngai");
	struct json *list = NULL;
	struct json *facts = NULL;
	struct json *people = NULL;
	struct error err;
	char *code = NULL;
	int severity = 0;
	int documented = 0;

	CHECK_OK(asset_dependants(desk, "TTDL", &list, &err), err);
	for (const struct json *a = json_first(list); a != NULL; a = json_next(a)) {
		const char *name = json_get_text(a, "code");

		CHECK(strcmp(name, "HNTH") != 0);
		documented += strcmp(name, "LGSP") == 0 || strcmp(name, "NAS") == 0;
		CHECK_INT(json_get_bool(a, "assumed"),
			strcmp(name, "LGSP") != 0 && strcmp(name, "NAS") != 0);
	}
	CHECK_INT(documented, 2);
	CHECK_INT(json_count(list), 14);
	CHECK_OK(rule_facts(desk, &(struct rule_subject){ .kind = "power",
		.asset = "TTDL", .detected_at = empty_desk_now }, &facts, &err), err);
	CHECK_OK(rule_severity(desk, facts, &severity, &code, &err), err);
	CHECK_INT(severity, 4);
	CHECK_STR(code, "sev-power-ttdl");
	free(code);
	CHECK_OK(rule_plan(desk, facts, &code, &err), err);
	CHECK_STR(code, "PA-MD");
	free(code);
	CHECK_OK(rule_contacts(desk, facts, "ha", &people, &err), err);
	CHECK_STR(json_get_text(json_at(json_get(people, "propose"), 0), "role"), "dien");
	for (const struct json *p = json_first(json_get(people, "propose")); p != NULL;
	     p = json_next(p)) {
		CHECK(!contact_by_person_only(json_get_text(p, "class")));
	}
	json_free(list);
	json_free(facts);
	json_free(people);
	json_free(report);
	desk_close(desk);
}

TEST(groups_hold_the_communes_and_roles_lead_to_contacts)
{
	struct desk *desk = empty_desk();
	struct json *report = load(desk, "quangngai");
	struct json *all = NULL;
	struct error err;
	char *to = NULL;

	CHECK_OK(group_expand(desk, "xa_96", &all, &err), err);
	CHECK_INT(json_count(all), 96);
	json_free(all);
	CHECK_OK(group_expand(desk, "so_13", &all, &err), err);
	CHECK_INT(json_count(all), 13);
	json_free(all);
	CHECK_OK(setting_agent(desk, "dien", &to, &err), err);
	CHECK_STR(to, "contact:dien");
	free(to);
	CHECK_OK(setting_agent(desk, "truc_ca", &to, &err), err);
	CHECK(to == NULL);
	json_free(report);
	desk_close(desk);
}

TEST(blank_has_rules_and_no_register)
{
	struct desk *desk = empty_desk();
	struct json *report = load(desk, "blank");

	CHECK_INT(tally(report, "assets", "added"), 0);
	CHECK_INT(tally(report, "contacts", "added"), 0);
	CHECK(tally(report, "rules", "added") > 5);
	json_free(report);
	check_whole(desk);
	desk_close(desk);
}

static char place[] = "/tmp/suco-test-desk-XXXXXX";

TEST(only_who_may_change_the_register_loads_one)
{
	char url[sizeof place + 8];
	const struct desk_options options = { .url = url, .login = "an",
		.clock = { .now = empty_desk_clock } };
	const struct desk_new what = { .url = url, .name = "Thử",
		.zone = "Asia/Ho_Chi_Minh", .login = "ha",
		.clock = { .now = empty_desk_clock } };
	struct json *other = quoted_json("{'name': 'An', 'role': 'responder'}");
	struct profile *profile = NULL;
	struct json *report = NULL;
	struct desk *desk = NULL;
	struct error err;
	int64_t before;

	assert_non_null(mkdtemp(place));
	(void)snprintf(url, sizeof url, "%s/d.db", place);
	CHECK_OK(desk_create(&desk, &what, &err), err);
	CHECK_OK(member_add_json(desk, "an", other, &err), err);
	desk_close(desk);
	CHECK_OK(desk_open(&desk, &options, &err), err);
	before = events(desk);
	CHECK_OK(profile_read(&profile, "blank", &err), err);
	CHECK_ERR(profile_load(desk, profile, &report, &err), err, ERR_FORBIDDEN);
	CHECK_ERR(asset_add(desk, "X", other, &err), err, ERR_FORBIDDEN);
	CHECK_INT(events(desk), before);
	profile_free(profile);
	json_free(other);
	desk_close(desk);
	(void)unlink(url);
	(void)rmdir(place);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(quangngai_loads_whole_and_says_what_it_lacks),
		RUN(loading_again_changes_nothing),
		RUN(what_a_member_changed_stays_and_is_named),
		RUN(the_power_cut_finds_its_dependants_its_severity_and_its_people),
		RUN(groups_hold_the_communes_and_roles_lead_to_contacts),
		RUN(blank_has_rules_and_no_register),
		RUN(only_who_may_change_the_register_loads_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
