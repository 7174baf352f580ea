/* Base64: the vectors of RFC 4648, both alphabets, what ends a text. */
#include "tests/test.h"

#include "core/base64.h"

static const struct {
	const char *bytes, *text;
} vectors[] = {
	{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
	{ "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
	{ "\xfb\xef\xff", "++//" },
};

TEST(the_vectors_of_the_rfc_go_there_and_back)
{
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		struct buf text = { 0 };
		struct buf bytes = { 0 };

		base64_encode(&text, vectors[i].bytes, strlen(vectors[i].bytes));
		CHECK_STR(buf_text(&text), vectors[i].text);
		base64_decode(&bytes, vectors[i].text);
		CHECK_STR(buf_text(&bytes), vectors[i].bytes);
		buf_free(&bytes);
		buf_free(&text);
	}
}

TEST(the_alphabet_of_addresses_is_read_and_any_other_sign_ends_the_text)
{
	struct buf bytes = { 0 };

	base64_decode(&bytes, "--__");
	CHECK_STR(buf_text(&bytes), "\xfb\xef\xff");
	buf_clear(&bytes);
	base64_decode(&bytes, "Zm9v Zm9v");
	CHECK_STR(buf_text(&bytes), "foo");
	buf_free(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_vectors_of_the_rfc_go_there_and_back),
		RUN(the_alphabet_of_addresses_is_read_and_any_other_sign_ends_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
