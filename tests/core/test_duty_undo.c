/* Taking back one's last act on the roster: by the opposite act, named. */
#include "tests/core/duty_world.h"

#include "core/duty_rules.h"
#include "core/duty_undo.h"

static const char *
undo(struct fixture *f)
{
	static char text[400];
	char *said = NULL;

	text[0] = '\0';
	if (duty_undo(f->desk, &said, &err)) {
		(void)snprintf(text, sizeof text, "%s", said);
		free(said);
	}
	return text;
}

/* "1: lan,nam 06:00-18:00; 2: ..." of the first layer. */
static const char *
rules(struct fixture *f)
{
	static char text[400];
	struct json *all = NULL;
	size_t len = 0;

	text[0] = '\0';
	CHECK_OK(duty_rules(f->desk, &all, &err), err);
	for (const struct json *rota = json_first(json_get(json_first(json_get(all, "layers")),
		     "rotations")); rota != NULL; rota = json_next(rota)) {
		len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", len > 0 ? "; " : "",
			json_text_of(rota, "name"));
		for (const struct json *one = json_first(json_get(rota, "people")); one != NULL;
		     one = json_next(one)) {
			len += (size_t)snprintf(text + len, sizeof text - len, " %s",
				json_text(one, ""));
		}
		len += (size_t)snprintf(text + len, sizeof text - len, " %s",
			json_text_of(rota, "from"));
	}
	json_free(all);
	return text;
}

TEST(a_rotation_that_was_changed_added_or_taken_off_is_as_it_was)
{
	struct fixture f;

	fixture_file(&f);
	set(&f, "first", "{'rotation': {'name': 'Ngày', 'people': 'lan,nam', 'type': 'daily',"
		" 'from': '06:00', 'to': '18:00'}}");
	set(&f, "first", "{'rotation': {'people': 'nam', 'from': '07:00'}}");
	CHECK_STR(rules(&f), "Ngày nam 07:00");
	CHECK(undo(&f)[0] != '\0');
	CHECK_STR(rules(&f), "Ngày lan nam 06:00");
	set(&f, "first", "{'rotation': {'n': 'new', 'name': 'Đêm', 'people': 'minh',"
		" 'from': '18:00', 'to': '06:00'}}");
	CHECK_STR(rules(&f), "Ngày lan nam 06:00; Đêm minh 18:00");
	CHECK(undo(&f)[0] != '\0');
	CHECK_STR(rules(&f), "Ngày lan nam 06:00");
	set(&f, "first", "{'rotation': {'n': 1, 'withdraw': true}}");
	CHECK_STR(rules(&f), "");
	CHECK(undo(&f)[0] != '\0');
	CHECK_STR(rules(&f), "Ngày lan nam 06:00");
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(an_exception_is_withdrawn_and_what_was_ended_is_made_anew_by_hand)
{
	struct fixture f;
	int n = 0;

	fixture_file(&f);
	CHECK_STR(undo(&f), "");
	CHECK_INT(err.code, ERR_REFUSED);
	set(&f, "first", "{'rotation': {'people': 'lan', 'type': 'fixed'}}");
	CHECK_OK(duty_override(f.desk, &(struct duty_override_new){ .kind = "add",
		.layer = "first", .member = "nam", .span = { "now", "+2h" } }, &n, &err), err);
	CHECK_STR(who(&f, "first", f.now), "lan nam");
	CHECK(undo(&f)[0] != '\0');
	CHECK_STR(who(&f, "first", f.now), "lan");
	CHECK_STR(undo(&f), "");
	CHECK_INT(err.code, ERR_REFUSED);
	/* Another's act is not mine to take back. */
	fixture_as(&f, "nam");
	CHECK_STR(undo(&f), "");
	CHECK_OK(duty_away(f.desk, "nam", &(struct duty_span){ "now", "+1d" }, "thi", &n, &err),
		err);
	CHECK(undo(&f)[0] != '\0');
	fixture_whole(&f);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_rotation_that_was_changed_added_or_taken_off_is_as_it_was),
		RUN(an_exception_is_withdrawn_and_what_was_ended_is_made_anew_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
