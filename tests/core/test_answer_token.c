/* Links and buttons: what was not made with the key, for this desk, for this
 * message, is nothing. */
#include "tests/fixture.h"

#include <stdio.h>

#include "core/answer_token.h"
#include "core/refusal.h"

#define MESSAGE "01936f5c-7a00-7abc-8def-0123456789ab"
#define OTHER "01936f5c-7a00-7abc-8def-0123456789ac"
#define MEMBER "01936f5c-0000-7abc-8def-aaaaaaaaaaaa"
#define DESK "01936f5c-0000-7abc-8def-bbbbbbbbbbbb"
#define NOW FIXTURE_START

static struct answer_key
key_of(const char *first, const char *desk)
{
	struct answer_key key = { 0 };
	char hex[2 * KEY_BYTES + 1];

	(void)snprintf(hex, sizeof hex, "%s%062d", first, 7);
	CHECK(answer_key_read(&key, hex, desk));
	return key;
}

static void
make(char out[ANSWER_TOKEN_SIZE], const struct answer_key *key)
{
	answer_token_make(out, key, &(struct answer_token){ .message = MESSAGE,
		.member = MEMBER, .expires_at = NOW + 60000 });
	CHECK_INT(strlen(out), ANSWER_TOKEN_SIZE - 1);
}

static bool
reads(const struct answer_key *key, const char *text, int64_t now, enum error_code *code)
{
	struct answer_token token = { 0 };
	struct error err = ERROR_INIT;
	bool ok = answer_token_read(&token, key, text, now, &err);

	*code = err.code;
	if (ok) {
		CHECK_STR(token.message, MESSAGE);
		CHECK_STR(token.member, MEMBER);
		CHECK_INT(token.expires_at, NOW + 60000);
	}
	return ok;
}

TEST(a_link_is_read_until_its_message_ends)
{
	struct answer_key key = key_of("ab", DESK);
	char text[ANSWER_TOKEN_SIZE];
	enum error_code code;

	make(text, &key);
	CHECK(reads(&key, text, NOW, &code));
	CHECK(reads(&key, text, NOW + 60000, &code));
	CHECK(!reads(&key, text, NOW + 60001, &code));
	CHECK_INT(code, ERR_REFUSED);
}

TEST(a_link_with_any_character_changed_cut_or_added_is_nothing)
{
	struct answer_key key = key_of("ab", DESK);
	char text[ANSWER_TOKEN_SIZE + 1];
	char changed[ANSWER_TOKEN_SIZE + 1];
	enum error_code code;

	make(text, &key);
	for (int i = 0; i < ANSWER_TOKEN_SIZE - 1; i++) {
		memcpy(changed, text, ANSWER_TOKEN_SIZE);
		changed[i] = changed[i] == 'x' ? 'y' : 'x';
		CHECK(!reads(&key, changed, NOW, &code));
		CHECK_INT(code, ERR_FORBIDDEN);
		memcpy(changed, text, ANSWER_TOKEN_SIZE);
		changed[i] = '\0';
		CHECK(!reads(&key, changed, NOW, &code));
	}
	memcpy(changed, text, ANSWER_TOKEN_SIZE - 1);
	memcpy(changed + ANSWER_TOKEN_SIZE - 1, "A", 2);
	CHECK(!reads(&key, changed, NOW, &code));
	CHECK(!reads(&key, "", NOW, &code));
	CHECK(!reads(&key, "../../etc/passwd", NOW, &code));
}

TEST(another_key_or_another_desk_makes_no_link_of_ours)
{
	struct answer_key key = key_of("ab", DESK);
	struct answer_key other = key_of("ac", DESK);
	struct answer_key elsewhere = key_of("ab", MEMBER);
	char text[ANSWER_TOKEN_SIZE];
	enum error_code code;

	make(text, &other);
	CHECK(!reads(&key, text, NOW, &code));
	make(text, &elsewhere);
	CHECK(!reads(&key, text, NOW, &code));
	CHECK(!answer_key_read(&key, "abcd", DESK));
	CHECK(!answer_key_read(&key, "zz00000000000000000000000000000000000000000000000000"
		"000000000007", DESK));
}

TEST(a_button_is_of_one_message_and_no_link)
{
	struct answer_key key = key_of("ab", DESK);
	struct answer_key other = key_of("ac", DESK);
	char text[ANSWER_TAG_SIZE];
	char link[ANSWER_TOKEN_SIZE];
	char message[UUID_SIZE];
	enum error_code code;

	answer_tag_make(text, &key, MESSAGE);
	CHECK_INT(strlen(text), ANSWER_TAG_SIZE - 1);
	CHECK(strlen(text) <= 60);
	CHECK(answer_tag_read(message, &key, text));
	CHECK_STR(message, MESSAGE);
	CHECK(!answer_tag_read(message, &other, text));
	CHECK(!reads(&key, text, NOW, &code));
	make(link, &key);
	CHECK(!answer_tag_read(message, &key, link));
	text[5] = text[5] == 'x' ? 'y' : 'x';
	CHECK(!answer_tag_read(message, &key, text));
}

TEST(a_form_is_good_for_hours_and_for_its_own_link)
{
	struct answer_key key = key_of("ab", DESK);
	char token[ANSWER_TOKEN_SIZE], other[ANSWER_TOKEN_SIZE];
	char nonce[ANSWER_NONCE_SIZE];

	make(token, &key);
	answer_token_make(other, &key, &(struct answer_token){ .message = OTHER,
		.member = MEMBER, .expires_at = NOW + 60000 });
	answer_nonce_make(nonce, &key, token, NOW);
	CHECK(answer_nonce_good(&key, token, nonce, NOW));
	CHECK(answer_nonce_good(&key, token, nonce, NOW + 3600000));
	CHECK(!answer_nonce_good(&key, token, nonce, NOW + 7 * 3600000));
	CHECK(!answer_nonce_good(&key, token, nonce, NOW - 3600000));
	CHECK(!answer_nonce_good(&key, other, nonce, NOW));
	CHECK(!answer_nonce_good(&key, token, token, NOW));
	CHECK(!answer_nonce_good(&key, token, "", NOW));
	nonce[2] = nonce[2] == 'x' ? 'y' : 'x';
	CHECK(!answer_nonce_good(&key, token, nonce, NOW));
}

TEST(none_of_ten_thousand_guesses_is_a_link)
{
	struct answer_key key = key_of("ab", DESK);
	char real[ANSWER_TOKEN_SIZE];
	char text[ANSWER_TOKEN_SIZE];
	enum error_code code;

	make(real, &key);
	for (int i = 0; i < 10000; i++) {
		struct answer_key guessed = key;

		random_bytes(guessed.bytes, sizeof guessed.bytes);
		make(text, &guessed);
		/* Message, member and end are known to who guesses; the tag is not. */
		memcpy(text, real, 50);
		CHECK(!reads(&key, text, NOW, &code));
	}
}

TEST(who_guesses_is_slowed_down_and_others_are_not)
{
	struct fixture f;
	struct error err;
	int64_t wait = 0;
	int64_t longest = 0;

	fixture_memory(&f);
	for (int i = 0; i < 5; i++) {
		CHECK_OK(refusal_add(f.desk, "a:192.0.2.1", &wait, &err), err);
		CHECK_INT(wait, 0);
	}
	for (int i = 0; i < 20; i++) {
		CHECK_OK(refusal_add(f.desk, "a:192.0.2.1", &wait, &err), err);
		CHECK(wait > 0 && wait >= longest);
		longest = wait;
		fixture_later(&f, wait);
	}
	CHECK_INT(longest, 300000);
	CHECK_OK(refusal_add(f.desk, "a:192.0.2.2", &wait, &err), err);
	CHECK_INT(wait, 0);
	fixture_later(&f, 2 * 24 * 3600 * 1000LL);
	CHECK_OK(refusal_add(f.desk, "a:192.0.2.1", &wait, &err), err);
	CHECK_INT(wait, 0);
	fixture_whole(&f);
	fixture_end(&f);
}

TEST(all_addresses_of_one_ipv6_network_are_one_source)
{
	char one[REFUSAL_SOURCE_SIZE], two[REFUSAL_SOURCE_SIZE];

	refusal_source(one, "a", "2001:db8:1:2:3::4");
	refusal_source(two, "a", "2001:db8:1:2:ffff::9");
	CHECK_STR(one, two);
	CHECK_STR(one, "a:2001:db8:1:2::/64");
	refusal_source(one, "a", "192.0.2.9");
	CHECK_STR(one, "a:192.0.2.9");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_link_is_read_until_its_message_ends),
		RUN(a_link_with_any_character_changed_cut_or_added_is_nothing),
		RUN(another_key_or_another_desk_makes_no_link_of_ours),
		RUN(a_button_is_of_one_message_and_no_link),
		RUN(a_form_is_good_for_hours_and_for_its_own_link),
		RUN(none_of_ten_thousand_guesses_is_a_link),
		RUN(who_guesses_is_slowed_down_and_others_are_not),
		RUN(all_addresses_of_one_ipv6_network_are_one_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
