/* A contact leaves: his name and numbers go from the register, from every event that
 * gave them and from the desk's own texts; another with the same number keeps it. */
#include "tests/core/hand_world.h"

#include "core/asset.h"
#include "core/contact_check.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/profile.h"
#include "core/redact_register.h"
#include "core/shift_log.h"

#define NAME "Phạm Văn Thử"
#define PHONE "0905000771"

static bool
act(struct fixture *f, const char *kind, const char *key, const char *field,
	struct redact_result *out, struct error *err)
{
	const struct redaction what = { .fields = &field, .field_count = 1,
		.law = "Luật 91/2025/QH15", .reason = "người này đã nghỉ" };

	return redact_register(f->desk, kind, key, &what, out, err);
}

static int
redacted(struct fixture *f, const char *kind, const char *key, const char *field)
{
	struct redact_result result;
	struct error err;

	CHECK_OK(act(f, kind, key, field, &result, &err), err);
	CHECK(result.compacted);
	json_free(result.left);
	json_free(result.cases);
	return result.events;
}

static void
check_gone(const struct fixture *f, const char *text)
{
	char path[160];

	(void)snprintf(path, sizeof path, "%s-wal", f->path);
	CHECK(!fixture_holds(f->path, text));
	CHECK(!fixture_holds(path, text));
}

static void
set_contact(struct fixture *f, const char *role, const char *fields)
{
	struct json *given = quoted_json(fields);
	struct error err = ERROR_INIT;

	CHECK_OK(contact_set(f->desk, role, given, &err), err);
	json_free(given);
}

TEST(a_contacts_name_and_number_leave_the_register_and_its_history)
{
	struct fixture f;
	struct error err = ERROR_INIT;
	struct json *row = NULL;
	int64_t n;

	fixture_file(&f);
	contact(&f, "truc", "{'name': '" NAME "', 'phone': '" PHONE "', 'class': 'body',"
		" 'note': 'gọi " NAME " ngoài giờ', 'mail': 'thu@dien.example'}");
	contact(&f, "khac", "{'name': 'Trực ban', 'phone': '" PHONE "', 'class': 'body'}");
	set_contact(&f, "truc", "{'phone': '0905000772'}");
	set_contact(&f, "truc", "{'phone': '" PHONE "'}");
	CHECK_OK(contact_verify(f.desk, "truc", NULL, "đúng máy", &err), err);
	CHECK_OK(shift_log_add(f.desk, &(struct shift_new){ .kind = "call",
		.text = "nói với " NAME " qua " PHONE }, &n, &err), err);
	fixture_as(&f, "minh");
	/* the name: made, verified, log */
	CHECK_INT(redacted(&f, "contact", "truc", "name"), 3);
	check_gone(&f, NAME);
	fixture_whole(&f);
	CHECK_OK(contact_show(f.desk, "truc", &row, &err), err);
	CHECK_STR(json_get_text(row, "name"), REDACTED_TEXT);
	CHECK_STR(json_get_text(row, "note"), "gọi " REDACTED_TEXT " ngoài giờ");
	json_free(row);
	/* the number: made (in the redaction now), set twice, log (the same) */
	CHECK_INT(redacted(&f, "contact", "truc", "phone"), 4);
	check_gone(&f, "0905000772");
	fixture_whole(&f);
	CHECK_OK(contact_show(f.desk, "truc", &row, &err), err);
	CHECK_STR(json_get_text(json_get(row, "addresses"), "phone"), REDACTED_TEXT);
	json_free(row);
	/* Another's number is his own. */
	CHECK_OK(contact_show(f.desk, "khac", &row, &err), err);
	CHECK_STR(json_get_text(json_get(row, "addresses"), "phone"), PHONE);
	json_free(row);
	CHECK_STR(fixture_ask(f.path, "SELECT text FROM shift_entry"),
		"nói với " REDACTED_TEXT " qua " REDACTED_TEXT);
	/* Nobody is written to at a mask. */
	CHECK_INT(redacted(&f, "contact", "truc", "mail"), 1);
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(*) FROM address WHERE channel = 'mail'"),
		"0");
	fixture_whole(&f);
	/* Again there is nothing left; and the role gets its next person. */
	CHECK_INT(redacted(&f, "contact", "truc", "name"), 0);
	set_contact(&f, "truc", "{'name': 'Ca trực', 'mail': 'moi@dien.example'}");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_event_of_the_register_is_redacted_by_its_number_too)
{
	static const char *const phone[] = { "phone" };
	const struct redaction what = { .fields = phone, .field_count = 1, .law = "Luật 91",
		.reason = "nghỉ" };
	struct redact_result result = { 0 };
	struct fixture f;
	struct error err = ERROR_INIT;
	int64_t seq;

	fixture_file(&f);
	contact(&f, "truc", "{'name': 'Trực', 'phone': '" PHONE "', 'class': 'body'}");
	seq = fixture_last(&f);
	fixture_as(&f, "minh");
	CHECK_OK(redact_event(f.desk, "", seq, &what, &result, &err), err);
	CHECK_INT(result.events, 1);
	json_free(result.left);
	json_free(result.cases);
	check_gone(&f, PHONE);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(units_assets_and_members_lose_theirs_and_words_that_are_no_texts_stay)
{
	struct fixture f;
	struct error err = ERROR_INIT;
	struct redact_result result;
	struct json *given;

	fixture_file(&f);
	given = quoted_json("{'name': 'Máy chủ', 'level': '3', 'owner': '" NAME "',"
		" 'key_holder': '" NAME "', 'source': 'QĐ 12'}");
	CHECK_OK(asset_add(f.desk, "MC1", given, &err), err);
	json_free(given);
	given = quoted_json("{'name': 'Xã Thử', 'kind': 'commune', 'aliases': '" PHONE "'}");
	CHECK_OK(unit_add(f.desk, "xa-thu", given, &err), err);
	json_free(given);
	given = quoted_json("{'name': '" NAME "', 'phone': '" PHONE "'}");
	CHECK_OK(member_set(f.desk, "nam", given, &err), err);
	json_free(given);
	fixture_as(&f, "minh");
	CHECK_ERR(act(&f, "asset", "MC1", "level", &result, &err), err, ERR_BAD_INPUT);
	contains(err.message, "key_holder");
	CHECK_ERR(act(&f, "asset", "MC9", "name", &result, &err), err, ERR_NOT_FOUND);
	CHECK_ERR(act(&f, "contact", "MC1", "name", &result, &err), err, ERR_NOT_FOUND);
	CHECK_INT(redacted(&f, "asset", "MC1", "key_holder"), 1);
	CHECK_STR(fixture_ask(f.path, "SELECT value || source FROM asset_fact WHERE field ="
		" 'key_holder'"), REDACTED_TEXT "QĐ 12");
	/* The owner is the same person: the same text of the same thing. */
	CHECK_STR(fixture_ask(f.path, "SELECT value FROM asset_fact WHERE field = 'owner'"),
		REDACTED_TEXT);
	CHECK_STR(fixture_ask(f.path, "SELECT name FROM asset WHERE code = 'MC1'"), "Máy chủ");
	CHECK_INT(redacted(&f, "unit", "xa-thu", "aliases"), 1);
	CHECK_INT(redacted(&f, "member", "nam", "name"), 2);
	CHECK_STR(fixture_ask(f.path, "SELECT name || name_key FROM member WHERE login = 'nam'"),
		REDACTED_TEXT REDACTED_TEXT);
	check_gone(&f, NAME);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(a_text_that_a_profile_brought_goes_out_of_the_profiles_event)
{
	struct profile *profile = NULL;
	struct json *report = NULL;
	struct fixture f;
	struct error err = ERROR_INIT;
	char *role, *name, *others;

	fixture_file(&f);
	CHECK_OK(profile_read(&profile, "quangngai", &err), err);
	CHECK_OK(profile_load(f.desk, profile, &report, &err), err);
	profile_free(profile);
	json_free(report);
	role = xstrdup(fixture_ask(f.path, "SELECT role FROM contact ORDER BY role LIMIT 1"));
	name = xstrdup(fixture_ask(f.path, "SELECT name FROM contact ORDER BY role LIMIT 1"));
	others = xstrdup(fixture_ask(f.path, "SELECT COUNT(DISTINCT name) FROM contact"));
	fixture_as(&f, "minh");
	CHECK(redacted(&f, "contact", role, "name") >= 1);
	CHECK_STR(fixture_ask(f.path, "SELECT name FROM contact ORDER BY role LIMIT 1"),
		REDACTED_TEXT);
	/* No other contact lost his. */
	CHECK_STR(fixture_ask(f.path, "SELECT COUNT(DISTINCT name) FROM contact"), others);
	fixture_whole(&f);
	free(role);
	free(name);
	free(others);
	fixture_end(&f);
}

TEST(the_cases_that_repeat_it_are_named)
{
	struct redact_result result;
	struct fixture f;
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];

	fixture_file(&f);
	contact(&f, "truc", "{'name': '" NAME "', 'class': 'body'}");
	fixture_case(&f, "mất điện", id);
	(void)fixture_note(&f, id, "đã gọi " NAME);
	(void)fixture_note(&f, id, NAME " gọi lại");
	fixture_as(&f, "minh");
	CHECK_OK(act(&f, "contact", "truc", "name", &result, &err), err);
	CHECK_INT(json_count(result.cases), 1);
	CHECK_STR(json_get_text(json_first(result.cases), "number"), "2026-0001");
	CHECK_INT(json_get_int(json_first(result.cases), "events", 0), 2);
	json_free(result.left);
	json_free(result.cases);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(what_a_call_and_a_message_say_of_him_goes_with_the_case)
{
	static const char *const fields[] = { "to_name", "number", "answered_by" };
	static const char *const to[] = { "to_name", "address" };
	const struct redaction what = { .fields = fields, .field_count = 3, .law = "Luật 91",
		.reason = "nghỉ" };
	const struct redaction name = { .fields = to, .field_count = 2, .law = "Luật 91",
		.reason = "nghỉ" };
	struct redact_result result = { 0 };
	struct fixture f;
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];
	int64_t called, told;

	world(&f, id);
	(void)call(&f, id, "dien", NAME, "22 giờ");
	called = strtoll(fixture_ask(f.path, "SELECT MAX(seq) FROM event WHERE kind ="
		" 'phone_call_added'"), NULL, 10);
	told = strtoll(fixture_ask(f.path, "SELECT MIN(position) FROM message WHERE role ="
		" 'ncc'"), NULL, 10);
	fixture_as(&f, "minh");
	CHECK_OK(redact(f.desk, id, called, &what, &result, &err), err);
	json_free(result.left);
	CHECK_STR(fixture_ask(f.path, "SELECT to_name || number || answered_by FROM"
		" phone_call"), REDACTED_TEXT REDACTED_TEXT REDACTED_TEXT);
	CHECK_OK(redact(f.desk, id, told, &name, &result, &err), err);
	json_free(result.left);
	CHECK_STR(fixture_ask(f.path, "SELECT to_name || address FROM message WHERE role ="
		" 'ncc'"), REDACTED_TEXT REDACTED_TEXT);
	check_gone(&f, NAME);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(only_a_coordinator_takes_a_contact_out)
{
	struct redact_result result;
	struct fixture f;
	struct error err = ERROR_INIT;

	fixture_file(&f);
	contact(&f, "truc", "{'name': '" NAME "', 'class': 'body'}");
	fixture_as(&f, "lan");
	CHECK_ERR(act(&f, "contact", "truc", "name", &result, &err), err, ERR_FORBIDDEN);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_contacts_name_and_number_leave_the_register_and_its_history),
		RUN(an_event_of_the_register_is_redacted_by_its_number_too),
		RUN(units_assets_and_members_lose_theirs_and_words_that_are_no_texts_stay),
		RUN(a_text_that_a_profile_brought_goes_out_of_the_profiles_event),
		RUN(the_cases_that_repeat_it_are_named),
		RUN(what_a_call_and_a_message_say_of_him_goes_with_the_case),
		RUN(only_a_coordinator_takes_a_contact_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
