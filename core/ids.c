/* ids.c owns the only door to libsodium: identifiers, hashes, random bytes.
 *
 * The state of the last UUIDv7 is the process's, behind a lock: the screen's
 * and the database's thread both make ids. */
#include "core/ids.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "core/mem.h"

#define UUID_BYTES 16
/* 48 bits of time, then a counter in the 12 bits that RFC 9562 leaves free. */
#define V7_TIME_MAX ((INT64_C(1) << 48) - 1)
#define V7_COUNTER_MAX 0xfffu
/* Each millisecond starts low enough that a burst has room to count. */
#define V7_COUNTER_SEED 0x7ffu

struct hasher {
	crypto_hash_sha256_state state;
};

static pthread_once_t sodium_once = PTHREAD_ONCE_INIT;
static pthread_mutex_t v7_lock = PTHREAD_MUTEX_INITIALIZER;
static int64_t v7_last = -1;
static unsigned v7_counter;

static void
start_sodium(void)
{
	if (sodium_init() < 0) {
		/* Without random numbers no id may be made. */
		fputs("suco: libsodium cannot start\n", stderr);
		abort();
	}
}

void
ids_ready(void)
{
	(void)pthread_once(&sodium_once, start_sodium);
}

void
random_bytes(void *out, size_t len)
{
	ids_ready();
	randombytes_buf(out, len);
}

void
hex_encode(char *out, const void *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *in = bytes;

	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digits[in[i] >> 4];
		out[2 * i + 1] = digits[in[i] & 0xf];
	}
	out[2 * len] = '\0';
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	if (c >= 'a' && c <= 'f') {
		return c - 'a' + 10;
	}
	if (c >= 'A' && c <= 'F') {
		return c - 'A' + 10;
	}
	return -1;
}

bool
hex_decode(void *out, size_t len, const char *hex)
{
	uint8_t *bytes = out;

	if (strlen(hex) != 2 * len) {
		return false;
	}
	for (size_t i = 0; i < 2 * len; i++) {
		if (hex_digit(hex[i]) < 0) {
			return false;
		}
	}
	for (size_t i = 0; i < len; i++) {
		bytes[i] = (uint8_t)(hex_digit(hex[2 * i]) << 4
			| hex_digit(hex[2 * i + 1]));
	}
	return true;
}

static bool
dash_at(size_t index)
{
	return index == 8 || index == 13 || index == 18 || index == 23;
}

static void
write_uuid(char out[UUID_SIZE], uint8_t bytes[UUID_BYTES], unsigned version)
{
	char hex[2 * UUID_BYTES + 1];
	size_t from = 0;

	bytes[6] = (uint8_t)((bytes[6] & 0x0f) | (version << 4));
	bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);
	hex_encode(hex, bytes, UUID_BYTES);
	for (size_t i = 0; i < UUID_SIZE - 1; i++) {
		out[i] = dash_at(i) ? '-' : hex[from++];
	}
	out[UUID_SIZE - 1] = '\0';
}

/* The next (time, counter) pair: never below the last one of this process,
 * also when the clock stands still or goes back. */
static int64_t
v7_step(int64_t now_ms, unsigned seed, unsigned *counter)
{
	int64_t at;

	(void)pthread_mutex_lock(&v7_lock);
	if (now_ms > v7_last) {
		v7_last = now_ms;
		v7_counter = seed & V7_COUNTER_SEED;
	} else if (v7_counter < V7_COUNTER_MAX) {
		v7_counter++;
	} else {
		v7_last++;
		v7_counter = seed & V7_COUNTER_SEED;
	}
	at = v7_last;
	*counter = v7_counter;
	(void)pthread_mutex_unlock(&v7_lock);
	return at;
}

void
uuid_v7(char out[UUID_SIZE], int64_t now_ms)
{
	uint8_t bytes[UUID_BYTES];
	unsigned counter;
	int64_t at;

	if (now_ms < 0) {
		now_ms = 0;
	} else if (now_ms > V7_TIME_MAX / 2) {
		/* Half the range is kept so that counting on cannot wrap. */
		now_ms = V7_TIME_MAX / 2;
	}
	random_bytes(bytes, sizeof bytes);
	at = v7_step(now_ms, (unsigned)bytes[6] << 8 | bytes[7], &counter);
	for (int i = 0; i < 6; i++) {
		bytes[i] = (uint8_t)(at >> (40 - 8 * i));
	}
	bytes[6] = (uint8_t)(counter >> 8);
	bytes[7] = (uint8_t)counter;
	write_uuid(out, bytes, 7);
}

void
uuid_v4(char out[UUID_SIZE])
{
	uint8_t bytes[UUID_BYTES];

	random_bytes(bytes, sizeof bytes);
	write_uuid(out, bytes, 4);
}

bool
uuid_valid(const char *text)
{
	size_t i;

	for (i = 0; i < UUID_SIZE - 1; i++) {
		/* The NUL of a short text is no digit, so the loop ends there. */
		if (dash_at(i) ? text[i] != '-' : hex_digit(text[i]) < 0) {
			return false;
		}
	}
	return text[i] == '\0';
}

void
hash_bytes(char out[HASH_SIZE], const void *bytes, size_t len)
{
	uint8_t digest[crypto_hash_sha256_BYTES];

	ids_ready();
	(void)crypto_hash_sha256(digest, bytes, len);
	hex_encode(out, digest, sizeof digest);
}

struct hasher *
hasher_new(void)
{
	struct hasher *hasher = xcalloc(1, sizeof *hasher);

	ids_ready();
	(void)crypto_hash_sha256_init(&hasher->state);
	return hasher;
}

void
hasher_add(struct hasher *hasher, const void *bytes, size_t len)
{
	(void)crypto_hash_sha256_update(&hasher->state, bytes, len);
}

void
hasher_finish(struct hasher *hasher, char out[HASH_SIZE])
{
	uint8_t digest[crypto_hash_sha256_BYTES];

	(void)crypto_hash_sha256_final(&hasher->state, digest);
	hex_encode(out, digest, sizeof digest);
	free(hasher);
}

void
hash_salted(char out[HASH_SIZE], const uint8_t salt[SALT_BYTES],
	const char *text, size_t len)
{
	struct hasher *hasher = hasher_new();

	hasher_add(hasher, salt, SALT_BYTES);
	hasher_add(hasher, text, len);
	hasher_finish(hasher, out);
}

void
hmac_bytes(char out[HASH_SIZE], const void *key, size_t key_len, const void *bytes,
	size_t len)
{
	uint8_t digest[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_state state;

	ids_ready();
	(void)crypto_auth_hmacsha256_init(&state, key, key_len);
	(void)crypto_auth_hmacsha256_update(&state, bytes, len);
	(void)crypto_auth_hmacsha256_final(&state, digest);
	hex_encode(out, digest, sizeof digest);
	sodium_memzero(&state, sizeof state);
}
