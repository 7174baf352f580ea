/* Commands for machines as people read them, variables with who set them, and a plan
 * without its secrets. */
#include "tests/test.h"

#include <stdlib.h>

#include "core/mem.h"
#include "playbooks/command_text.h"
#include "playbooks/plan_masked.h"
#include "playbooks/run_vars.h"
#include "playbooks/step_text.h"
#include "tests/playbooks/plan.h"

#define COMMANDS "\"commands\":[" \
	"{\"type\":\"manual\",\"command\":\"Chặn __ip__:value\"}," \
	"{\"type\":\"ssh\",\"command\":\"fw --password __pw__:value deny __ip__:value\"}," \
	"{\"type\":\"http-api\",\"command\":\"POST /x?token=t1 HTTP/1.1\"," \
	"\"headers\":{\"Authorization\":[\"Bearer s3cret\"],\"X-Api-Key\":[\"k1\"]," \
	"\"Accept\":[\"a\",\"b\"]},\"content_b64\":\"eyJzZWNyZXQiOiJrMiIsImlwIjoxfQ==\"}," \
	/* "a<ESC>[31m<9B>b<NUL>..." and two lines */ \
	"{\"type\":\"bash\",\"command_b64\":\"YRtbMzFtwptiCmMK\"}]"
#define VARIABLES VARIABLE_IS("__ip__", "ipv4-addr", "192.0.2.9") "," \
	VARIABLE_IS("__pw__", "string", "hunter2") "," \
	VARIABLE_IS("__user_token__", "string", "hunter3")
/* The account is opened with __pw__: that makes it a secret, whatever its name. */
#define ACCOUNT "\"authentication_info_definitions\":{\"http-basic--" \
	"1f0c4a2e-5b7d-4c3a-9e8f-000000000009\":{\"type\":\"http-basic\"," \
	"\"name\":\"fw\",\"user_id\":\"admin\",\"password\":\"__pw__:value\"}},"
#define SECRET_PLAN PLAN_WITH(ACCOUNT, VARIABLES, START("@action1") "," \
	"\"@action1\":{\"type\":\"action\",\"name\":\"block\",\"agent\":\"@group1\"," \
	COMMANDS ",\"on_completion\":\"@end1\"}," END("@end1"))

static struct playbook *playbook;
static struct error err;

static void
read_plan(void)
{
	char *text = expand(SECRET_PLAN);

	CHECK_OK(playbook_read(&playbook, text, strlen(text), PLAYBOOK_LENIENT, NULL, &err),
		err);
	free(text);
}

static const struct step *
action(void)
{
	char *id = expand("@action1");
	const struct step *step = playbook_step(playbook, playbook_find_step(playbook, id));

	free(id);
	return step;
}

TEST(commands_are_decoded_masked_and_harmless)
{
	struct step_commands commands;
	char *how;

	read_plan();
	step_commands_of(&commands, playbook, NULL, NULL, action());
	CHECK_INT(commands.count, 3);
	CHECK_STR(commands.list[0].type, "ssh");
	CHECK_STR(commands.list[0].text, "fw --password *** deny __ip__:value");
	CHECK_STR(commands.list[1].text, "POST /x?token=*** HTTP/1.1\nAuthorization: ***\n"
		"X-Api-Key: ***\nAccept: a\nAccept: b\n\n{\"secret\":\"***\",\"ip\":1}");
	CHECK_STR(commands.list[2].text, "a[31mb\nc");
	step_commands_finish(&commands);
	how = step_how(playbook, NULL, NULL, action());
	CHECK(strstr(how, "Chặn __ip__:value\n[ssh] fw --password ***") != NULL);
	CHECK(strstr(how, "hunter") == NULL && strstr(how, "s3cret") == NULL);
	CHECK(strchr(how, '\033') == NULL);
	free(how);
	playbook_free(playbook);
}

TEST(a_variable_is_a_secret_by_its_name_or_by_what_it_opens)
{
	read_plan();
	CHECK(variable_is_secret(playbook, "__pw__"));
	CHECK(variable_is_secret(playbook, "__user_token__"));
	CHECK(!variable_is_secret(playbook, "__ip__"));
	playbook_free(playbook);
}

TEST(a_plan_is_shown_without_its_secrets)
{
	static const char *const gone[] = { "hunter", "s3cret", "k1", "t1", "admin",
		"eyJzZWNyZXQi" };
	static const char *const kept[] = { "192.0.2.9", "\"fw\"", "YRtbMzFtwptiCmMK",
		"Accept" };
	struct json *masked;
	char *text;

	read_plan();
	masked = playbook_masked(playbook);
	text = json_line(masked);
	for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
		CHECK(strstr(text, gone[i]) == NULL);
	}
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		CHECK(strstr(text, kept[i]) != NULL);
	}
	CHECK_INT(json_count(masked), json_count(playbook_json(playbook)));
	free(text);
	json_free(masked);
	playbook_free(playbook);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(commands_are_decoded_masked_and_harmless),
		RUN(a_variable_is_a_secret_by_its_name_or_by_what_it_opens),
		RUN(a_plan_is_shown_without_its_secrets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
