/* Identifiers, hashes, hex. */
#include "tests/test.h"

#include <pthread.h>

#include "core/ids.h"

#define NOW INT64_C(1795200000000)

TEST(a_v7_carries_its_moment_version_and_variant)
{
	char id[UUID_SIZE];

	uuid_v7(id, INT64_C(0x0123456789ab));
	CHECK(strncmp(id, "01234567-89ab-7", 15) == 0);
	CHECK(strchr("89ab", id[19]) != NULL);
	CHECK(uuid_valid(id));
}

TEST(ids_of_one_moment_sort_in_the_order_made)
{
	char last[UUID_SIZE];
	char id[UUID_SIZE];

	uuid_v7(last, NOW);
	for (int i = 0; i < 20000; i++) {
		uuid_v7(id, NOW);
		CHECK(strcmp(last, id) < 0);
		memcpy(last, id, sizeof last);
	}
}

TEST(ids_keep_their_order_when_the_clock_goes_back)
{
	char first[UUID_SIZE];
	char second[UUID_SIZE];

	uuid_v7(first, NOW + 5000000);
	uuid_v7(second, NOW - 5000000);
	CHECK(strcmp(first, second) < 0);
	uuid_v7(first, -1);
	CHECK(strcmp(second, first) < 0);
	uuid_v7(second, INT64_MAX);
	CHECK(strcmp(first, second) < 0);
	uuid_v7(first, INT64_MAX);
	CHECK(strcmp(second, first) < 0);
}

#define THREADS 4
#define EACH 2000

static void *
make_ids(void *arg)
{
	char(*ids)[UUID_SIZE] = arg;

	for (int i = 0; i < EACH; i++) {
		uuid_v7(ids[i], NOW);
	}
	return NULL;
}

static int
compare_ids(const void *a, const void *b)
{
	return strcmp(a, b);
}

TEST(threads_never_make_the_same_id)
{
	static char ids[THREADS * EACH][UUID_SIZE];
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++) {
		CHECK_INT(pthread_create(&threads[i], NULL, make_ids, ids[i * EACH]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		(void)pthread_join(threads[i], NULL);
	}
	/* The time and counter of each are its own: compare without the tail. */
	for (int i = 0; i < THREADS * EACH; i++) {
		ids[i][18] = '\0';
	}
	qsort(ids, THREADS * EACH, UUID_SIZE, compare_ids);
	for (int i = 1; i < THREADS * EACH; i++) {
		CHECK(strcmp(ids[i - 1], ids[i]) != 0);
	}
}

TEST(a_v4_is_random_and_says_its_version)
{
	char a[UUID_SIZE];
	char b[UUID_SIZE];

	uuid_v4(a);
	uuid_v4(b);
	CHECK(uuid_valid(a));
	CHECK_INT(a[14], '4');
	CHECK(strchr("89ab", a[19]) != NULL);
	CHECK(strcmp(a, b) != 0);
}

TEST(only_the_form_of_a_uuid_is_valid)
{
	CHECK(uuid_valid("01234567-89ab-7def-8123-456789abcdef"));
	CHECK(uuid_valid("01234567-89AB-7DEF-8123-456789ABCDEF"));
	CHECK(!uuid_valid(""));
	CHECK(!uuid_valid("01234567"));
	CHECK(!uuid_valid("01234567-89ab-7def-8123-456789abcde"));
	CHECK(!uuid_valid("01234567-89ab-7def-8123-456789abcdef0"));
	CHECK(!uuid_valid("01234567-89ab-7def-8123-456789abcdeg"));
	CHECK(!uuid_valid("0123456789ab-7def-8123-4567-89abcdef"));
}

TEST(sha256_gives_the_known_digests)
{
	char hash[HASH_SIZE];

	hash_bytes(hash, "", 0);
	CHECK_STR(hash,
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	hash_bytes(hash, "abc", 3);
	CHECK_STR(hash,
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(hashing_in_pieces_is_hashing_at_once)
{
	uint8_t salt[SALT_BYTES] = { 1, 2, 3 };
	char whole[HASH_SIZE];
	char pieces[HASH_SIZE];
	char salted[SALT_BYTES + 3];
	struct hasher *hasher = hasher_new();

	memcpy(salted, salt, SALT_BYTES);
	memcpy(salted + SALT_BYTES, "abc", 3);
	hash_bytes(whole, salted, sizeof salted);
	hasher_add(hasher, salted, 5);
	hasher_add(hasher, salted + 5, sizeof salted - 5);
	hasher_finish(hasher, pieces);
	CHECK_STR(pieces, whole);
	hash_salted(pieces, salt, "abc", 3);
	CHECK_STR(pieces, whole);
	salt[0] = 9;
	hash_salted(pieces, salt, "abc", 3);
	CHECK(strcmp(pieces, whole) != 0);
}

TEST(hex_goes_there_and_back)
{
	uint8_t bytes[4] = { 0x00, 0x7f, 0xa0, 0xff };
	uint8_t back[4];
	char hex[9];

	hex_encode(hex, bytes, sizeof bytes);
	CHECK_STR(hex, "007fa0ff");
	CHECK(hex_decode(back, sizeof back, hex));
	assert_memory_equal(back, bytes, sizeof bytes);
	CHECK(hex_decode(back, sizeof back, "007FA0FF"));
	assert_memory_equal(back, bytes, sizeof bytes);
	CHECK(!hex_decode(back, sizeof back, "007fa0f"));
	CHECK(!hex_decode(back, sizeof back, "007fa0ff0"));
	CHECK(!hex_decode(back, sizeof back, "007fa0fg"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_v7_carries_its_moment_version_and_variant),
		RUN(ids_of_one_moment_sort_in_the_order_made),
		RUN(threads_never_make_the_same_id),
		RUN(ids_keep_their_order_when_the_clock_goes_back),
		RUN(a_v4_is_random_and_says_its_version),
		RUN(only_the_form_of_a_uuid_is_valid),
		RUN(sha256_gives_the_known_digests),
		RUN(hashing_in_pieces_is_hashing_at_once),
		RUN(hex_goes_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
