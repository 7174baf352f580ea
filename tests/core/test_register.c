/* Members, contacts, groups and settings: changed by hand, field by field. */
#include "tests/core/empty_desk.h"

#include "core/change.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/member.h"
#include "core/setting.h"

typedef bool change_fn(struct desk *desk, const char *key, const struct json *given,
	struct error *err);
typedef bool show_fn(struct desk *desk, const char *key, struct json **out,
	struct error *err);

static bool
change(change_fn *fn, struct desk *desk, const char *key, const char *text,
	struct error *err)
{
	struct json *given = quoted_json(text);
	bool ok = fn(desk, key, given, err);

	json_free(given);
	return ok;
}

/* The thing as one canonical line, keys sorted. */
static char *
shown(show_fn *fn, struct desk *desk, const char *key, const char *field)
{
	struct json *thing = NULL;
	struct error err;
	char *line;

	CHECK_OK(fn(desk, key, &thing, &err), err);
	line = json_canonical(json_get(thing, field));
	json_free(thing);
	return line;
}

#define CHECK_FIELD(fn, desk, key, field, should) \
	do { \
		char *line_ = shown(fn, desk, key, field); \
		CHECK_STR(line_, should); \
		free(line_); \
	} while (0)

TEST(a_member_is_added_changed_and_listed_by_given_name)
{
	struct desk *desk = empty_desk();
	struct json *list = NULL;
	struct error err;

	CHECK_OK(change(member_add_json, desk, "an",
		"{'name': 'Lê Văn An', 'role': 'responder', 'mail': 'an@doi.example'}",
		&err), err);
	CHECK_OK(change(member_set, desk, "an", "{'unit': 'Sở 01', 'phone': '0900'}",
		&err), err);
	CHECK_FIELD(member_show, desk, "an", "addresses",
		"{\"desktop\":null,\"mail\":\"an@doi.example\",\"ntfy\":null,\"phone\":"
			"\"0900\",\"telegram\":null,\"webhook\":null,\"zalo\":null}");
	CHECK_OK(member_list(desk, &list, &err), err);
	CHECK_INT(json_count(list), 2);
	CHECK_STR(json_get_text(json_at(list, 0), "login"), "an");
	CHECK_STR(json_get_text(json_at(list, 1), "login"), "ha");
	json_free(list);
	check_whole(desk);
	desk_close(desk);
}

TEST(setting_what_already_is_appends_nothing)
{
	struct desk *desk = empty_desk();
	struct error err;
	int64_t before = events(desk);
	int count = -1;

	CHECK_OK(change(member_set, desk, "ha", "{'role': 'admin'}", &err), err);
	CHECK_INT(events(desk), before);
	(void)change_appended(desk, &count);
	CHECK_INT(count, 0);
	desk_close(desk);
}

TEST(the_last_admin_stays_one)
{
	struct desk *desk = empty_desk();
	struct error err;

	CHECK_ERR(change(member_set, desk, "ha", "{'role': 'viewer'}", &err), err,
		ERR_REFUSED);
	CHECK_ERR(change(member_set, desk, "ha", "{'active': 'no'}", &err), err,
		ERR_REFUSED);
	CHECK_OK(change(member_add_json, desk, "an",
		"{'name': 'An', 'role': 'admin'}", &err), err);
	CHECK_OK(change(member_set, desk, "ha", "{'active': 'no'}", &err), err);
	check_whole(desk);
	desk_close(desk);
}

TEST(bad_members_are_refused_and_nothing_changes)
{
	static const struct {
		const char *login, *given;
		enum error_code code;
	} bad[] = {
		{ "an", "{'role': 'responder'}", ERR_BAD_INPUT },
		{ "an", "{'name': '', 'role': 'responder'}", ERR_BAD_INPUT },
		{ "an", "{'name': 'An', 'role': 'boss'}", ERR_BAD_INPUT },
		{ "an", "{'name': 'An', 'role': 'viewer', 'shoe': '42'}", ERR_BAD_INPUT },
		{ "an", "{'name': 'An', 'role': 'viewer', 'name_key': 'x'}", ERR_BAD_INPUT },
		{ "an", "{'name': 'An', 'role': 'viewer', 'mail': 'an'}", ERR_BAD_INPUT },
		{ "an", "{'name': 'An', 'role': 'viewer', 'mail': 'a@b>'}", ERR_BAD_INPUT },
		{ "an", "{'name': 'An', 'role': 'viewer', 'telegram': '0912 345 "
			"678'}", ERR_BAD_INPUT },
		{ "an", "{'name': 'An', 'role': 'viewer', 'ntfy': 'a/b'}", ERR_BAD_INPUT },
		{ "an", "{'name': 'An', 'role': 'viewer', 'webhook': "
			"'hooks.example'}", ERR_BAD_INPUT },
		{ "an", "{'name': 'An', 'role': 'viewer', 'webhook': 'https:"
			"//'}", ERR_BAD_INPUT },
		{ "an", "{'name': 7, 'role': 'viewer'}", ERR_BAD_INPUT },
		{ "a n", "{'name': 'An', 'role': 'viewer'}", ERR_BAD_INPUT },
		{ "", "{'name': 'An', 'role': 'viewer'}", ERR_BAD_INPUT },
		{ "ha", "{'name': 'An', 'role': 'viewer'}", ERR_REFUSED },
	};
	struct desk *desk = empty_desk();
	int64_t before = events(desk);
	struct error err;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK_ERR(change(member_add_json, desk, bad[i].login, bad[i].given, &err),
			err, bad[i].code);
	}
	CHECK_ERR(change(member_set, desk, "nobody", "{'unit': 'x'}", &err), err,
		ERR_NOT_FOUND);
	CHECK_INT(events(desk), before);
	desk_close(desk);
}

TEST(a_contact_has_addresses_and_a_span_of_validity)
{
	struct desk *desk = empty_desk();
	struct error err;

	CHECK_OK(change(contact_add, desk, "dien",
		"{'name': 'Đơn vị cung cấp điện', 'kinds': 'power,link',"
		" 'mail': 'dien@dau-moi.example', 'valid_from': '1/2/2026'}", &err), err);
	CHECK_FIELD(contact_show, desk, "dien", "valid_from", "\"2026-02-01\"");
	CHECK_FIELD(contact_show, desk, "dien", "kinds", "[\"power\",\"link\"]");
	CHECK_FIELD(contact_show, desk, "dien", "valid", "true");
	CHECK_OK(change(contact_set, desk, "dien",
		"{'mail': '', 'zalo': 'nhóm', 'verified': '2026-11-20',"
		" 'valid_to': '2026-11-20'}", &err), err);
	CHECK_FIELD(contact_show, desk, "dien", "addresses",
		"{\"mail\":null,\"ntfy\":null,\"phone\":null,\"telegram\":null,"
			"\"webhook\":null,\"zalo\":\"nhóm\"}");
	CHECK_FIELD(contact_show, desk, "dien", "verified_at", "\"2026-11-20\"");
	CHECK_FIELD(contact_show, desk, "dien", "valid", "false");
	check_whole(desk);
	desk_close(desk);
}

TEST(bad_contacts_are_refused)
{
	static const char *const bad[] = {
		"{'kinds': 'power'}", "{'name': 'x', 'kinds': 'flood'}",
		"{'name': 'x', 'valid_from': '2026-02-30'}",
		"{'name': 'x', 'valid_from': '31/11/2026'}",
		"{'name': 'x', 'valid_from': '2026-02-02', 'valid_to': '2026-02-01'}",
		"{'name': 'x', 'class': 'friend'}", "{'name': 'x', 'per_case': 'maybe'}",
		"[]", "{'name': {}}",
	};
	struct desk *desk = empty_desk();
	struct error err;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK_ERR(change(contact_add, desk, "x", bad[i], &err), err, ERR_BAD_INPUT);
	}
	CHECK_ERR(change(contact_add, desk, "x", "{'name': 'x', 'body': 'none'}", &err),
		err, ERR_NOT_FOUND);
	desk_close(desk);
}

TEST(the_second_of_two_editors_is_told_both_values)
{
	struct desk *desk = empty_desk();
	struct json *detail = NULL;
	struct error err;
	int64_t version;

	CHECK_OK(change(contact_add, desk, "dien", "{'name': 'Điện'}", &err), err);
	version = events(desk);
	CHECK_OK(change(contact_set, desk, "dien", "{'phone': '111'}", &err), err);
	desk_set_guard(desk, version);
	CHECK_ERR(change(contact_set, desk, "dien", "{'phone': '222'}", &err), err,
		ERR_CONFLICT);
	CHECK(json_parse(&detail, err.detail, strlen(err.detail), NULL, &err));
	CHECK_STR(json_get_text(detail, "yours"), "222");
	CHECK_STR(json_get_text(detail, "theirs"), "111");
	CHECK_STR(json_get_text(detail, "by"), "ha");
	json_free(detail);
	/* Another field of the same contact is nobody's conflict. */
	CHECK_OK(change(contact_set, desk, "dien", "{'zalo': 'z'}", &err), err);
	desk_set_guard(desk, 0);
	CHECK_FIELD(contact_show, desk, "dien", "addresses",
		"{\"mail\":null,\"ntfy\":null,\"phone\":\"111\",\"telegram\":null,"
			"\"webhook\":null,\"zalo\":\"z\"}");
	desk_close(desk);
}

TEST(a_group_counts_through_the_groups_it_includes)
{
	struct desk *desk = empty_desk();
	struct error err;

	CHECK_OK(change(contact_add, desk, "a", "{'name': 'A'}", &err), err);
	CHECK_OK(change(contact_add, desk, "b", "{'name': 'B'}", &err), err);
	CHECK_OK(change(group_add, desk, "g1",
		"{'name': 'G1', 'of': 'contact', 'members': 'a'}", &err), err);
	CHECK_OK(change(group_add, desk, "g2",
		"{'name': 'G2', 'of': 'contact', 'members': ['b', 'a', 'b'],"
		" 'includes': 'g1'}", &err), err);
	CHECK_FIELD(group_show, desk, "g2", "size", "2");
	CHECK_FIELD(group_show, desk, "g2", "members", "[\"a\",\"b\"]");
	check_whole(desk);
	/* A circle, a stranger: refused, and the groups are as before. */
	CHECK_ERR(change(group_set, desk, "g1", "{'includes': 'g2'}", &err), err,
		ERR_REFUSED);
	CHECK_ERR(change(group_set, desk, "g1", "{'members': 'zz'}", &err), err,
		ERR_NOT_FOUND);
	CHECK_FIELD(group_show, desk, "g2", "size", "2");
	check_whole(desk);
	desk_close(desk);
}

TEST(settings_have_defaults_and_types)
{
	static const struct {
		const char *name, *value;
		enum error_code code;
	} bad[] = {
		{ "evidence_max", "viele", ERR_BAD_INPUT }, { "backup_keep", "0", ERR_BAD_INPUT },
		{ "backup_keep", "-3", ERR_BAD_INPUT }, { "colour", "red", ERR_NOT_FOUND },
		{ "watch", "nobody", ERR_NOT_FOUND }, { "agent.dien", "ha", ERR_BAD_INPUT },
		{ "agent.dien", "contact:none", ERR_NOT_FOUND },
		{ "agent.", "duty:one", ERR_BAD_INPUT },
		{ "backup_at", "noon", ERR_BAD_INPUT }, { "backup_at", "24:00", ERR_BAD_INPUT },
		{ "backup_at", "01:30 ", ERR_BAD_INPUT },
	};
	struct desk *desk = empty_desk();
	int rows = 0;
	struct json *list = NULL;
	int64_t number = 0;
	char *text = NULL;
	struct error err;

	CHECK_OK(setting_int(desk, "backup_keep", &number, &err), err);
	CHECK_INT(number, 14);
	CHECK_OK(setting_set(desk, "backup_keep", "30", &err), err);
	CHECK_OK(setting_int(desk, "backup_keep", &number, &err), err);
	CHECK_INT(number, 30);
	CHECK_OK(setting_set(desk, "backup_at", "23:59", &err), err);
	CHECK_OK(setting_set(desk, "backup_at", "never", &err), err);
	CHECK_OK(setting_set(desk, "backup_at", NULL, &err), err);
	CHECK_OK(setting_set(desk, "watch", "ha", &err), err);
	CHECK_OK(setting_set(desk, "agent.truc_ca", "member:ha", &err), err);
	CHECK_OK(setting_agent(desk, "truc_ca", &text, &err), err);
	CHECK_STR(text, "member:ha");
	free(text);
	CHECK_OK(setting_set(desk, "watch", NULL, &err), err);
	CHECK_OK(setting_text(desk, "watch", &text, &err), err);
	CHECK(text == NULL);
	CHECK_OK(setting_list(desk, &list, &err), err);
	while (setting_rows[rows].name != NULL) {
		rows++;
	}
	CHECK_INT(json_count(list), rows + 1); /* and agent.truc_ca */
	json_free(list);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK_ERR(setting_set(desk, bad[i].name, bad[i].value, &err), err,
			bad[i].code);
	}
	check_whole(desk);
	desk_close(desk);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_member_is_added_changed_and_listed_by_given_name),
		RUN(setting_what_already_is_appends_nothing),
		RUN(the_last_admin_stays_one),
		RUN(bad_members_are_refused_and_nothing_changes),
		RUN(a_contact_has_addresses_and_a_span_of_validity),
		RUN(bad_contacts_are_refused),
		RUN(the_second_of_two_editors_is_told_both_values),
		RUN(a_group_counts_through_the_groups_it_includes),
		RUN(settings_have_defaults_and_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
