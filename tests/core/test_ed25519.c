/* Keys and signatures: the vectors of RFC 8032 and RFC 8410, text forms, and what
 * is refused. */
#include "tests/test.h"

#include "core/ed25519.h"
#include "core/ids.h"

/* RFC 8032, 7.1, test 1 to 3: seed, public key, message, signature
 * (here in base64url). */
static const struct {
	const char *seed, *public, *message, *value;
} vectors[] = {
	{ "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
	  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
	  "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVV"
	  "fuIIVkKM7rMYeOXAc-bRr0lv18FlbviRlUUFDjnoQCw" },
	{ "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
	  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
	  "kqAJqfDUyrhyDoILX2QlQKKye1QWUD-Ps3YiI-vbado"
	  "IWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA" },
	{ "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
	  "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
	  "YpHWV97sJAJIJ-acOr4BowzlSKKEdDpEXjaA19taw6w"
	  "Y_5tTjRbykK5n92CYTcZZSnwV6XFu0o3AJ77O6h7ECg" },
};

/* The key of RFC 8410, 10.1 and 10.3. */
#define RFC_PRIVATE "-----BEGIN PRIVATE KEY-----\n" \
	"MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n" \
	"-----END PRIVATE KEY-----\n"
#define RFC_PUBLIC "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="

/* The key whose seed this is, by way of its file. */
static struct ed25519_key
key_of(const char *seed)
{
	struct ed25519_key key, made;
	char pem[ED25519_PEM_SIZE];
	struct error err;

	ed25519_new(&key, pem);
	CHECK_OK(ed25519_read(&made, pem, &err), err);
	assert_memory_equal(key.secret, made.secret, sizeof key.secret);
	assert_memory_equal(key.public, made.public, sizeof key.public);
	assert_true(hex_decode(made.secret, 32, seed));
	return made;
}

TEST(the_vectors_of_the_rfc_are_signed_and_verified)
{
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		struct ed25519_key key = key_of(vectors[i].seed);
		uint8_t message[8], public[ED25519_PUBLIC_BYTES];
		char value[ED25519_VALUE_TEXT];
		size_t len = strlen(vectors[i].message) / 2;

		assert_true(hex_decode(public, sizeof public, vectors[i].public));
		assert_true(hex_decode(message, len, vectors[i].message));
		memcpy(key.secret + 32, public, sizeof public);
		ed25519_sign(value, &key, message, len);
		CHECK_STR(value, vectors[i].value);
		CHECK(ed25519_verifies(public, value, message, len));
		message[0] ^= 1;
		CHECK(len == 0 || !ed25519_verifies(public, value, message, len));
		CHECK(!ed25519_verifies(key_of(vectors[(i + 1) % 3].seed).public, value, message,
			len));
	}
}

TEST(the_key_of_rfc_8410_is_read_with_and_without_its_lines)
{
	struct ed25519_key key;
	uint8_t public[ED25519_PUBLIC_BYTES];
	char text[ED25519_PUBLIC_TEXT];
	struct error err;

	CHECK_OK(ed25519_read(&key, RFC_PRIVATE, &err), err);
	ed25519_public_text(text, key.public);
	CHECK_STR(text, RFC_PUBLIC);
	CHECK(ed25519_public_read(public, RFC_PUBLIC));
	assert_memory_equal(public, key.public, sizeof public);
	CHECK(ed25519_public_read(public, "-----BEGIN PUBLIC KEY-----\r\n" RFC_PUBLIC
		"\r\n-----END PUBLIC KEY-----\r\n"));
	assert_memory_equal(public, key.public, sizeof public);
}

TEST(what_is_no_key_is_refused)
{
	static const char *const bad[] = {
		"", "x", RFC_PUBLIC, "-----BEGIN PRIVATE KEY-----",
		"-----BEGIN PRIVATE KEY-----\n" RFC_PUBLIC "\n-----END PRIVATE KEY-----",
		"-----BEGIN PRIVATE KEY-----\nMC4C!\n-----END PRIVATE KEY-----",
		"-----BEGIN EC PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp\n",
	};
	static const char *const bad_public[] = {
		"", "MCowBQYDK2VwAyEA", RFC_PUBLIC "A",
		"Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
		"MCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
		RFC_PRIVATE,
	};
	struct ed25519_key key;
	struct error err;
	uint8_t public[ED25519_PUBLIC_BYTES];

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK_ERR(ed25519_read(&key, bad[i], &err), err, ERR_BAD_INPUT);
	}
	for (size_t i = 0; i < sizeof bad_public / sizeof *bad_public; i++) {
		CHECK(!ed25519_public_read(public, bad_public[i]));
	}
}

TEST(a_value_that_is_no_signature_does_not_verify)
{
	static const char *const bad[] = { "", "x", "====", "AAAA" };
	char zeros[ED25519_VALUE_TEXT] = "";
	struct ed25519_key key = key_of(vectors[0].seed);

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK(!ed25519_verifies(key.public, bad[i], "x", 1));
	}
	memset(zeros, 'A', sizeof zeros - 1);
	CHECK(!ed25519_verifies(key.public, zeros, "x", 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_vectors_of_the_rfc_are_signed_and_verified),
		RUN(the_key_of_rfc_8410_is_read_with_and_without_its_lines),
		RUN(what_is_no_key_is_refused),
		RUN(a_value_that_is_no_signature_does_not_verify),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
