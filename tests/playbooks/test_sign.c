/* Signatures inside playbooks (cacao.md 1.6): our own vector, made with openssl,
 * and what breaks one. */
#include "tests/test.h"

#include <stdio.h>

#include "core/mem.h"
#include "playbooks/sign.h"

#define NOW INT64_C(1795000000000) /* 2026-11-18 */
#define PRIVATE "-----BEGIN PRIVATE KEY-----\n" \
	"MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n" \
	"-----END PRIVATE KEY-----\n"
#define PUBLIC "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="
/* The members in no order, numbers, escapes and Unicode as JCS has to have them. */
#define BODY "\"type\":\"playbook\",\"x\":{\"b\":\"\\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"," \
	"\"a\":[5.6e1,{\"d\":true,\"10\":null,\"1\":[]}]},\"spec_version\":\"cacao-2.0\"," \
	"\"name\":\"Mất điện – tòa nhà\",\"priority\":3.0," \
	"\"id\":\"playbook--11111111-1111-4111-8111-111111111111\"," \
	"\"created\":\"2026-01-05T08:00:00.000Z\",\"modified\":\"2026-01-05T08:00:00.000Z\""
#define SIGNATURE(more) "{\"type\":\"jss\"," \
	"\"id\":\"jss--22222222-2222-4222-8222-222222222222\"," \
	"\"created\":\"2026-01-06T00:00:00.000Z\"," \
	"\"modified\":\"2026-01-06T00:00:00.000Z\",\"signee\":\"Đội ứng cứu\"," \
	"\"related_to\":\"playbook--11111111-1111-4111-8111-111111111111\"," \
	"\"related_version\":\"2026-01-05T08:00:00.000Z\"," \
	"\"hash_algorithm\":\"sha-256\",\"algorithm\":\"Ed25519\"," more \
	"\"public_key\":\"" PUBLIC "\",\"value\":\"" VALUE "\"}"
#define VALUE "mSEVj_kG6C8hA7XmFGPl4byZYWOlWQ4BDand4l68k8rAst6GxYLAoELJyHl6sgxuPlW4xt" \
	"Omd2AKEL-zWzSvDg"

static struct json *
parse(const char *text)
{
	struct json *doc = NULL;
	struct error err;

	CHECK_OK(json_parse(&doc, text, strlen(text), NULL, &err), err);
	return doc;
}

/* The states of all signatures, "good broken". */
static const char *
states(const struct json *doc)
{
	static char out[120];
	struct signatures found;

	out[0] = '\0';
	signatures_check(&found, doc, NOW);
	for (int i = 0; i < found.count; i++) {
		(void)snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s",
			i > 0 ? " " : "", signature_state_word(found.list[i].state));
	}
	signatures_finish(&found);
	return out;
}

#define CHECK_STATES(text, want) \
	do { \
		struct json *doc_ = parse(text); \
		CHECK_STR(states(doc_), want); \
		json_free(doc_); \
	} while (0)

TEST(the_vector_that_openssl_signed_is_good)
{
	struct json *doc = parse("{" BODY ",\"signatures\":[" SIGNATURE("") "]}");
	struct signatures found;

	signatures_check(&found, doc, NOW);
	CHECK_INT(found.count, 1);
	CHECK_STR(signature_state_word(found.list[0].state), "good");
	CHECK_STR(found.list[0].signee, "Đội ứng cứu");
	CHECK_STR(found.list[0].public_text, PUBLIC);
	signatures_finish(&found);
	json_free(doc);
}

TEST(what_is_no_signature_of_this_text_is_named)
{
	CHECK_STATES("{" BODY "}", "");
	CHECK_STATES("{" BODY ",\"labels\":[\"x\"],\"signatures\":[" SIGNATURE("") "]}",
		"broken");
	CHECK_STATES("{" BODY ",\"signatures\":[" SIGNATURE("\"revoked\":false,") "]}",
		"broken");
	CHECK_STATES("{" BODY ",\"signatures\":[{\"algorithm\":\"RS256\",\"value\":\"x\","
		"\"public_key\":\"" PUBLIC "\"}]}", "unsupported");
	CHECK_STATES("{" BODY ",\"signatures\":[{\"algorithm\":\"Ed25519\",\"value\":\"x\","
		"\"hash_algorithm\":\"sha-512\",\"public_key\":\"" PUBLIC "\"}]}", "unsupported");
	CHECK_STATES("{" BODY ",\"signatures\":[{\"algorithm\":\"Ed25519\",\"value\":\"x\","
		"\"thumbprint\":\"ab\"}]}", "unsupported");
	CHECK_STATES("{" BODY ",\"signatures\":[null,5,{}]}",
		"unsupported unsupported unsupported");
	CHECK_STATES("{" BODY ",\"signatures\":7}", "");
}

/* Signs by the key of the seed n. */
static struct json *
sign(const struct json *doc, char n, int64_t now)
{
	struct ed25519_key key;
	char pem[] = PRIVATE;
	struct error err;
	char *text = NULL;
	struct json *out;

	strstr(pem, "hK1bbY")[0] = n;
	CHECK_OK(ed25519_read(&key, pem, &err), err);
	CHECK_OK(playbook_sign(&text, doc, &key, "Trưởng ca", now, &err), err);
	out = parse(text);
	free(text);
	return out;
}

TEST(each_signer_adds_one_and_signing_again_renews_it)
{
	struct json *doc = parse("{" BODY "}");
	struct json *one = sign(doc, 'h', NOW);
	struct json *two = sign(one, 'i', NOW);
	struct json *again = sign(two, 'h', NOW + 5000);
	const struct json *first = json_at(json_get(one, "signatures"), 0);
	const struct json *renewed = json_at(json_get(again, "signatures"), 0);

	CHECK_STR(states(one), "good");
	CHECK_STR(states(two), "good good");
	CHECK_STR(states(again), "good good");
	CHECK_INT(json_count(json_get(again, "signatures")), 2);
	CHECK_STR(json_get_text(renewed, "id"), json_get_text(first, "id"));
	CHECK_STR(json_get_text(renewed, "created"), json_get_text(first, "created"));
	CHECK(strcmp(json_get_text(renewed, "modified"),
		json_get_text(first, "modified")) > 0);
	CHECK_STR(json_get_text(first, "created"), "2026-11-18T11:06:40.000Z");
	json_set_text(again, "name", "Mất điện");
	CHECK_STR(states(again), "broken broken");
	json_free(again);
	json_free(two);
	json_free(one);
	json_free(doc);
}

/* What a signature says of itself, signed with it by openssl. */
static const struct {
	const char *members, *value, *state;
} said[] = {
	{ "{\"revoked\": true, \"valid_until\": \"2026-02-01T00:00:00.000Z\"}",
	  "I2Avoe92LBIyYrm5FJRxdZ6Yq5oe-DG6vguZPAb52LG_WTBHX8S6Ji-3JXcx"
	  "LVPeSKDpCHX_nml1dWams6cAAQ", "revoked" },
	{ "{\"valid_until\": \"2026-02-01T00:00:00.000Z\"}",
	  "uUV77hWDhh0eM4jew_bj1bxV617h5uVvGeZblBbjCiBPOJz9heQarSbgrdkH"
	  "m1xY7BEbv9TE1cfo2pNNKcYNDA", "out_of_date" },
	{ "{\"valid_from\": \"2027-02-01T00:00:00.000Z\"}",
	  "rtAtZytO2aGI366SERv0TiEDs7Jvos4gdG42antCO4r5DYF8Jp0mCx0L5Kra"
	  "_NT2yycx5_2-yxINsUi9ZkMkAQ", "out_of_date" },
	{ "{\"related_version\": \"2027-01-05T08:00:00.000Z\"}",
	  "_20KHUKPk4LuZ9Xh9eeCCgyniAvWJx5GizSQZ9_eqyGd57VwS0avJ4LJfNef"
	  "xKzUrqTIfPYdOq2TwLzbN6HCCA", "other" },
	{ "{\"related_to\": \"playbook--33333333-3333-4333-8333-333333333333\"}",
	  "7blD5dFDocoaLFhDNkB3Uf29Be_A1SBdFYxYtPJK8miwoB2XxVxbheh1GuPm"
	  "iDsPzS2-m1uLCiONwVw8LzzFCg", "other" },
	{ "{\"valid_from\": \"2026-02-01T00:00:00.000Z\","
	  " \"valid_until\": \"2027-02-01T00:00:00.000Z\"}",
	  "QtOQuti2qfdKkjrw1G9AhEzBRMcrt86zf8z_Z94FipRS9xmCbLJNvceI9Hjo"
	  "7YcudKMmz73GW-bzzHYfL7BNBg", "good" },
};

TEST(what_a_signature_says_of_itself_counts)
{
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct json *doc = parse("{" BODY ",\"signatures\":[" SIGNATURE("") "]}");
		struct json *list = json_detach(doc, "signatures");
		struct json *one = json_copy(json_at(list, 0));
		struct json *members = parse(said[i].members);
		struct json *only = json_array();

		for (const struct json *row = json_first(members); row != NULL;
				row = json_next(row)) {
			json_set(one, json_key(row), json_copy(row));
		}
		json_push(only, json_copy(one));
		json_set(doc, "signatures", only);
		CHECK_STR(states(doc), "broken"); /* members of another signature */
		json_set_text(one, "value", said[i].value);
		only = json_array();
		json_push(only, one);
		json_set(doc, "signatures", only);
		CHECK_STR(states(doc), said[i].state);
		json_free(members);
		json_free(list);
		json_free(doc);
	}
}

TEST(a_plan_without_a_version_is_not_signed)
{
	struct json *doc = parse("{\"type\":\"playbook\"}");
	struct ed25519_key key;
	char *text = NULL;
	struct error err;

	CHECK_OK(ed25519_read(&key, PRIVATE, &err), err);
	CHECK_ERR(playbook_sign(&text, doc, &key, "x", NOW, &err), err, ERR_BAD_INPUT);
	CHECK(text == NULL);
	json_free(doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_vector_that_openssl_signed_is_good),
		RUN(what_is_no_signature_of_this_text_is_named),
		RUN(each_signer_adds_one_and_signing_again_renews_it),
		RUN(what_a_signature_says_of_itself_counts),
		RUN(a_plan_without_a_version_is_not_signed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
