/* Profile files: every fault is named by its place, nothing changes, and a later
 * edition updates what imports have written. */
#include "tests/core/load_profile.h"

#include <unistd.h>

#include "core/asset.h"
#include "core/buf.h"
#include "core/profile.h"
#include "core/rule.h"

static const char small[] =
	"{'format': 'suco-profile/1', 'name': 'small', 'title': {'vi': 'N', 'en': 'S'},"
	" 'desk': null, 'zone': 'Asia/Ho_Chi_Minh', 'language': 'vi', 'settings': {},"
	" 'plans': ['PA-MD'],"
	" 'bodies': [{'code': 'b', 'name': 'B', 'class': 'body', 'source': 's'}],"
	" 'units': [{'code': 'u', 'name': 'U', 'kind': 'commune', 'source': 's'}],"
	" 'contacts': [{'role': 'c', 'name': 'C', 'body': 'b', 'source': 's'},"
	"  {'role': 'police', 'name': 'P', 'class': 'police', 'source': 's'}],"
	" 'assets': [{'code': 'A', 'name': 'A', 'kind': 'power',"
	"   'facts': {'level': null}, 'depends_on': []},"
	"  {'code': 'B', 'name': 'B', 'kind': 'power', 'facts': {},"
	"   'depends_on': [{'on': 'A', 'assumed': true, 'source': 's'}]}],"
	" 'groups': [{'code': 'g', 'name': 'G', 'of': 'unit', 'members': ['u'],"
	"   'source': 's'}],"
	" 'agent_roles': [{'role': 'dien', 'name': 'Đ', 'kind': 'group',"
	"   'to': 'contact:c', 'source': 's'}],"
	" 'rule_files': ['generic'],"
	" 'rules': [{'code': 'r', 'family': 'plan', 'order': 1, 'when': {'kind': 'power'},"
	"   'then': {'plan': 'PA-MD'}, 'source': 's'}]}";

static char *
replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	struct buf out = { 0 };

	if (at == NULL) {
		fail_msg("not in the small profile: %s", from);
	}
	buf_add(&out, text, (size_t)(at - text));
	buf_adds(&out, to);
	buf_adds(&out, at + strlen(from));
	return buf_take(&out);
}

static char path[] = "/tmp/suco-test-profile-XXXXXX.json";

static void
write_file(const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	for (const char *p = text; *p != '\0'; p++) {
		(void)fputc(*p == '\'' ? '"' : *p, file);
	}
	CHECK_INT(fclose(file), 0);
}

static bool
try_file(const char *text, struct error *err)
{
	struct profile *profile = NULL;
	bool ok;

	write_file(text);
	ok = profile_read(&profile, path, err);
	profile_free(profile);
	return ok;
}

TEST(the_small_profile_is_sound)
{
	struct error err;

	CHECK_OK(try_file(small, &err), err);
}

static const struct {
	const char *from, *to, *place;
} faults[] = {
	{ "'format': 'suco-profile/1'", "'format': 'x'", "$.format" },
	{ "'desk': null, ", "", "$.desk" },
	{ "'desk': null", "'desk': 7", "$.desk" },
	{ "'desk': null", "'desk': 'a\\u001b[2Jb'", "$.desk" },
	{ "'name': 'small'", "'name': '../x y'", "$.name" },
	{ "'title': {'vi': 'N'", "'title': {'vi': 'N\\nM'", "$.title" },
	{ "'settings': {}", "'settings': {}, 'odd': 1", "$.odd" },
	{ "'settings': {}", "'settings': []", "$.settings" },
	{ "'settings': {}", "'settings': {'colour': 'red'}", "$.settings.colour" },
	{ "'settings': {}", "'settings': {'evidence_max': 'big'}",
	  "$.settings.evidence_max" },
	{ "'zone': 'Asia/Ho_Chi_Minh'", "'zone': 'Mars/North'", "$.zone" },
	{ "'language': 'vi'", "'language': 'fr'", "$.language" },
	{ "'title': {'vi': 'N', 'en': 'S'}", "'title': {'vi': 'N'}", "$.title" },
	{ "'body': 'b'", "'body': 'zz'", "$.contacts[0].body" },
	{ "'body': 'b'", "'body': 'b', 'group': 'zz'", "$.contacts[0].group" },
	{ "'body': 'b'", "'body': 'b', 'fax': '1'", "$.contacts[0].fax" },
	{ "'body': 'b'", "'body': 'b', 'kinds': ['flood']", "$.contacts[0].kinds" },
	{ "'body': 'b'", "'body': 'b', 'valid_from': '2026-13-01'",
	  "$.contacts[0].valid_from" },
	{ "'body': 'b'", "'body': 'b', 'mail': 'nobody'", "$.contacts[0].mail" },
	{ "'kind': 'commune'", "'kind': 'planet'", "$.units[0].kind" },
	{ "'name': 'U'", "'name': 8", "$.units[0].name" },
	{ "'name': 'U', ", "", "$.units[0].name" },
	{ "{'code': 'B', 'name': 'B', 'kind'", "{'code': 'A', 'name': 'B', 'kind'",
	  "$.assets[1].code" },
	{ "{'code': 'B', 'name': 'B', 'kind'", "{'name': 'B', 'kind'",
	  "$.assets[1].code" },
	{ "'level': null", "'level': 3", "$.assets[0].facts.level" },
	{ "'level': null", "'level': {'value': '3', 'source': 's'}",
	  "$.assets[0].facts.level" },
	{ "'level': null", "'level': {'value': 9, 'source': 's'}",
	  "$.assets[0].facts.level" },
	{ "'level': null", "'level': {'value': 3}", "$.assets[0].facts.level.source" },
	{ "'level': null", "'level': false", "$.assets[0].facts.level" },
	{ "'level': null", "'colour': null", "$.assets[0].facts.colour" },
	{ "'level': null", "'owner': {'value': 'x', 'source': 's', 'contact': 'zz'}",
	  "$.assets[0].facts.owner.contact" },
	{ "'facts': {'level': null}", "'facts': null", "$.assets[0].facts" },
	{ "'depends_on': []", "'depends_on': [{'on': 'Z', 'assumed': true,"
	  " 'source': 's'}]", "$.assets[0].depends_on[0].on" },
	{ "'depends_on': []", "'depends_on': [{'on': 'B', 'source': 's'}]",
	  "$.assets[0].depends_on[0].assumed" },
	{ "'depends_on': []", "'depends_on': ['B']", "$.assets[0].depends_on[0]" },
	{ "'depends_on': []", "'depends_on': [{'on': 'B', 'assumed': true,"
	  " 'source': 's'}]", "A -> B -> A" },
	{ "'members': ['u']", "'members': ['zz']", "$.groups[0].members[0]" },
	{ "'members': ['u']", "'includes': ['g']", "$.groups[0]" },
	{ "'of': 'unit'", "'of': 'moon'", "$.groups[0].of" },
	{ "'to': 'contact:c'", "'to': 'contact:zz'", "$.agent_roles[0].to" },
	{ "'to': 'contact:c'", "'to': 'someone'", "$.agent_roles[0].to" },
	{ "'rule_files': ['generic']", "'rule_files': ['none']", "rules/none.json" },
	{ "'plan': 'PA-MD'}", "'plan': 'PA-XX'}", "$.rules[0].then.plan" },
	{ "'when': {'kind': 'power'}", "'when': {'moon': 'full'}",
	  "$.rules[0].when.moon" },
	{ "'family': 'plan', 'order': 1, 'when': {'kind': 'power'},"
	  "   'then': {'plan': 'PA-MD'}",
	  "'family': 'contact', 'order': 1, 'when': {},"
	  "   'then': {'propose': ['police']}", "$.rules[0].then.propose" },
	{ "'order': 1", "'order': 1.5", "$.rules[0].order" },
	{ "'order': 1", "'order': 1, 'order': 2", "order" },
};

TEST(every_fault_is_named_by_its_place)
{
	struct error err;

	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		char *text = replaced(small, faults[i].from, faults[i].to);

		if (try_file(text, &err)) {
			fail_msg("taken: %s", faults[i].to);
		}
		if (strstr(err.message, faults[i].place) == NULL) {
			fail_msg("%s: \"%s\" does not name %s", faults[i].to, err.message,
				faults[i].place);
		}
		free(text);
	}
}

TEST(control_characters_do_not_reach_the_rows)
{
	struct desk *desk = empty_desk();
	char *text = replaced(small, "'then': {'plan': 'PA-MD'}",
		"'then': {'plan': 'PA-MD', 'why': {'vi': 'x\\u001b]0;y\\u0007', 'en': 'z'}}");
	struct json *report;
	struct json *rule = NULL;
	struct error err;

	write_file(text);
	report = load(desk, path);
	CHECK_OK(rule_show(desk, "r", &rule, &err), err);
	CHECK_STR(json_get_text(json_get(json_get(rule, "then"), "why"), "vi"), "x]0;y");
	json_free(rule);
	json_free(report);
	free(text);
	desk_close(desk);
}

TEST(a_file_that_is_no_profile_is_refused)
{
	struct profile *profile = NULL;
	struct error err;

	CHECK_ERR(profile_read(&profile, "atlantis", &err), err, ERR_NOT_FOUND);
	CHECK_ERR(profile_read(&profile, "/tmp/", &err), err, ERR_BAD_INPUT);
	CHECK_ERR(try_file("not JSON at all", &err), err, ERR_BAD_INPUT);
	CHECK_ERR(try_file("[]", &err), err, ERR_BAD_INPUT);
	CHECK_ERR(try_file("", &err), err, ERR_BAD_INPUT);
}

TEST(a_later_edition_updates_and_takes_away)
{
	struct desk *desk = empty_desk();
	struct json *report;
	struct json *asset = NULL;
	struct error err;
	char *text;

	write_file(small);
	report = load(desk, path);
	json_free(report);
	text = replaced(small, "'level': null", "'users': {'value': 12, 'source': 's2'}");
	write_file(text);
	free(text);
	report = load(desk, path);
	CHECK_INT(tally(report, "assets", "changed"), 1);
	CHECK_INT(tally(report, "assets", "same"), 1);
	CHECK_OK(asset_show(desk, "A", &asset, &err), err);
	CHECK_INT(json_get_int(asset, "users", 0), 12);
	CHECK_INT(json_count(json_get(asset, "missing")), 0);
	json_free(asset);
	json_free(report);
	check_whole(desk);
	desk_close(desk);
}

TEST(a_circle_with_what_a_member_set_changes_nothing)
{
	static const char edge[] =
		"{'on': 'A', 'assumed': true, 'source': 's'}";
	struct desk *desk = empty_desk();
	struct json *by_hand = quoted_json("{'depends_on': 'B'}");
	struct profile *profile = NULL;
	struct json *report;
	struct error err;
	char *text = replaced(small, edge, "");
	int64_t before;

	write_file(text);
	report = load(desk, path);
	json_free(report);
	CHECK_OK(asset_set(desk, "A", by_hand, &err), err);
	before = events(desk);
	/* In itself the next edition is sound: B on A. */
	write_file(small);
	CHECK_OK(profile_read(&profile, path, &err), err);
	CHECK_ERR(profile_load(desk, profile, &report, &err), err, ERR_REFUSED);
	CHECK(strstr(err.message, "A -> B -> A") != NULL);
	CHECK_INT(events(desk), before);
	profile_free(profile);
	json_free(by_hand);
	free(text);
	check_whole(desk);
	desk_close(desk);
}

static int
make_path(void **state)
{
	int fd = mkstemps(path, 5);

	(void)state;
	return fd < 0 ? -1 : close(fd);
}

static int
drop_path(void **state)
{
	(void)state;
	return unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_small_profile_is_sound),
		RUN(every_fault_is_named_by_its_place),
		RUN(control_characters_do_not_reach_the_rows),
		RUN(a_file_that_is_no_profile_is_refused),
		RUN(a_later_edition_updates_and_takes_away),
		RUN(a_circle_with_what_a_member_set_changes_nothing),
	};

	return cmocka_run_group_tests(tests, make_path, drop_path);
}
