/* What others wrote into a plan and suco does not know: it comes through import,
 * export and signing as it was. */
#include "tests/test.h"
#include "tests/playbooks/on_desk.h"
#include "tests/playbooks/plan.h"

#include <stdio.h>

#include "playbooks/cacao_convert.h"
#include "playbooks/library.h"
#include "playbooks/sign.h"

/* A made key for tests. */
#define KEY "-----BEGIN PRIVATE KEY-----\n" \
	"MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n" \
	"-----END PRIVATE KEY-----\n"
#define FOREIGN "@extension-definition7"
#define LAYOUT "extension-definition--418ee24c-9cb1-46d9-afa5-309e01aabc7f"
#define DEFINED(id) "\"" id "\":{\"type\":\"extension-definition\",\"name\":\"x\"," \
	"\"created_by\":\"@identity1\",\"schema\":\"https://ext.example/x.json\"," \
	"\"version\":\"1.0.0\"}"
/* Numbers of every form, escapes, an order that no sorting gives, what is empty. */
#define STRANGE "{\"z\":1.0,\"a\":-0.0,\"big\":9223372036854775807,\"tiny\":5e-324," \
	"\"e\":1E3,\"\\u00e9\\ud83d\\ude00\":\"\\u20ac\\/\\u000a\",\"none\":null," \
	"\"empty\":[{},[],\"\"],\"deep\":{\"b\":{\"a\":[[[1,2.50]]]}}}"

static const char foreign[] = "{\n  \"type\":\"playbook\",\"spec_version\":\"cacao-2.0\","
	"\"id\":\"@playbook1\",\"name\":\"Của nơi khác\",\"created_by\":\"@identity1\","
	"\"created\":\"2026-01-05T08:00:00.000Z\",\"modified\":\"2026-01-05T08:00:00.000Z\",\t"
	"\"playbook_processing_summary\":{\"manual_playbook\":true,\"extensions\":true},"
	"\"extension_definitions\":{" DEFINED(FOREIGN) "," DEFINED(LAYOUT) "},"
	"\"playbook_extensions\":{\"" FOREIGN "\":" STRANGE ",\"" LAYOUT "\":"
	"{\"type\":\"layout\",\"canvas\":{\"width\":800,\"height\":600.5}}},"
	"\"agent_definitions\":{\"@group1\":{\"type\":\"group\",\"name\":\"Watch\","
	"\"agent_target_extensions\":{\"" FOREIGN "\":" STRANGE "}}},"
	"\"workflow_start\":\"@start1\",\"workflow\":{" START("@action1") ","
	ACTION_WITH("@action1", "\"step_extensions\":{\"" FOREIGN "\":" STRANGE ",\"" LAYOUT
		"\":{\"type\":\"coordinates\",\"x\":10,\"y\":-2.5,\"outgoing_connections\":[]}},"
		"\"on_completion\":\"@end1\"") "," END("@end1") "}  }\n";

static struct json *
parse(const char *text)
{
	struct json *doc = NULL;

	CHECK_OK(json_parse(&doc, text, strlen(text), NULL, &err), err);
	return doc;
}

static void
check_same(const struct json *a, const struct json *b)
{
	char *one = json_canonical(a);
	char *two = json_canonical(b);

	CHECK_STR(one, two);
	free(two);
	free(one);
}

TEST(an_import_keeps_every_byte)
{
	struct library library;
	const struct plan *plan = NULL;
	struct playbook *playbook = NULL;
	char hash[HASH_SIZE];
	char *given = expand(foreign);
	char *text = NULL, *pinned = NULL;
	size_t len = 0;

	begin_desk("other");
	CHECK_OK(library_import(desk, given, strlen(given), NULL, hash, &err), err);
	CHECK_OK(library_load(&library, desk, &err), err);
	CHECK_OK(library_find(&plan, &library, "Của nơi khác", NULL, &err), err);
	CHECK_OK(library_read(&playbook, &text, &len, desk, plan, &err), err);
	CHECK_INT(len, strlen(given));
	CHECK_STR(text, given);
	/* As it is run it is that text too. */
	CHECK_INT(begin("Của nơi khác"), 1);
	CHECK_OK(library_pinned_text(&pinned, desk, hash, &err), err);
	CHECK_STR(pinned, given);
	hash[0] = hash[0] == '0' ? '1' : '0';
	free(pinned);
	CHECK_ERR(library_pinned_text(&pinned, desk, hash, &err), err, ERR_NOT_FOUND);
	CHECK(pinned == NULL);
	playbook_free(playbook);
	library_finish(&library);
	free(text);
	free(given);
	end_desk();
}

TEST(signing_adds_signatures_and_changes_nothing_else)
{
	char *given = expand(foreign);
	struct json *before = parse(given);
	struct ed25519_key key;
	struct json *after;
	struct signatures found;
	char *signed_text = NULL, *again = NULL;

	CHECK_OK(ed25519_read(&key, KEY, &err), err);
	CHECK_OK(playbook_sign(&signed_text, before, &key, "Trưởng ca", T0, &err), err);
	after = parse(signed_text);
	signatures_check(&found, after, T0);
	CHECK_INT(found.count, 1);
	CHECK_INT(found.list[0].state, SIGNATURE_GOOD);
	signatures_finish(&found);
	/* Signed once more what was signed stays as well. */
	CHECK_OK(playbook_sign(&again, after, &key, "Trưởng ca", T0 + MINUTE, &err), err);
	json_free(after);
	after = parse(again);
	json_remove(after, "signatures");
	{
		struct json *summary = json_detach(after, "playbook_processing_summary");

		CHECK(json_get_bool(summary, "digital_signatures"));
		json_remove(summary, "digital_signatures");
		json_set(after, "playbook_processing_summary", summary);
	}
	check_same(after, before);
	CHECK_INT(json_get_int(json_get(json_get(after, "playbook_extensions"),
		"extension-definition--00000000-0000-4000-8000-000000000007"), "big", 0),
		INT64_MAX);
	json_free(after);
	json_free(before);
	free(again);
	free(signed_text);
	free(given);
}

TEST(a_signed_plan_comes_through_the_desk_with_its_signature)
{
	char *given = expand(foreign);
	struct json *before = parse(given);
	struct ed25519_key key;
	struct playbook *playbook = NULL;
	struct signatures found;
	char hash[HASH_SIZE];
	char *signed_text = NULL;

	CHECK_OK(ed25519_read(&key, KEY, &err), err);
	CHECK_OK(playbook_sign(&signed_text, before, &key, "Trưởng ca", T0, &err), err);
	begin_desk("other");
	CHECK_OK(library_import(desk, signed_text, strlen(signed_text), NULL, hash, &err), err);
	CHECK_OK(library_pinned(&playbook, desk, hash, &err), err);
	signatures_check(&found, playbook_json(playbook), T0);
	CHECK_INT(found.count, 1);
	CHECK_INT(found.list[0].state, SIGNATURE_GOOD);
	signatures_finish(&found);
	playbook_free(playbook);
	end_desk();
	json_free(before);
	free(signed_text);
	free(given);
}

TEST(a_plan_of_an_older_version_keeps_what_nobody_knows)
{
	char *given = expand(foreign);
	struct json *before = parse(given);
	struct json *after = NULL;
	struct conversion told = { 0 };
	const struct json *step;

	memcpy(strstr(given, "cacao-2.0"), "cacao-1.1", strlen("cacao-1.1"));
	CHECK_OK(cacao_convert(&after, &told, given, strlen(given), &err), err);
	CHECK_STR(json_get_text(after, "spec_version"), "cacao-2.0");
	CHECK(told.count > 0);
	check_same(json_get(after, "playbook_extensions"),
		json_get(before, "playbook_extensions"));
	check_same(json_get(after, "extension_definitions"),
		json_get(before, "extension_definitions"));
	step = json_get(json_get(after, "workflow"),
		"action--00000000-0000-4000-8000-000000000001");
	check_same(json_get(step, "step_extensions"),
		json_get(json_get(json_get(before, "workflow"),
			"action--00000000-0000-4000-8000-000000000001"), "step_extensions"));
	conversion_finish(&told);
	json_free(after);
	json_free(before);
	free(given);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(an_import_keeps_every_byte),
		RUN(signing_adds_signatures_and_changes_nothing_else),
		RUN(a_signed_plan_comes_through_the_desk_with_its_signature),
		RUN(a_plan_of_an_older_version_keeps_what_nobody_knows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
