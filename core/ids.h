/* ids.h - identifiers, hashes and random bytes (libsodium behind it). */
#ifndef CORE_IDS_H
#define CORE_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UUID_SIZE 37 /* with the NUL */
#define HASH_SIZE 65 /* 64 lower-case hex digits and the NUL */
#define SALT_BYTES 16

/* UUIDv7 of this moment (ms UTC); two of one process sort in the order made. */
void uuid_v7(char out[UUID_SIZE], int64_t now_ms);
void uuid_v4(char out[UUID_SIZE]);
bool uuid_valid(const char *text);

/* Starts libsodium, once; every function here and in ed25519.h does it. */
void ids_ready(void);
void random_bytes(void *out, size_t len);

/* SHA-256 as lower-case hex. */
void hash_bytes(char out[HASH_SIZE], const void *bytes, size_t len);
/* In pieces. */
struct hasher;
struct hasher *hasher_new(void);
void hasher_add(struct hasher *hasher, const void *bytes, size_t len);
void hasher_finish(struct hasher *hasher, char out[HASH_SIZE]); /* frees it */
/* SHA-256(salt || text), DATA 1. */
void hash_salted(char out[HASH_SIZE], const uint8_t salt[SALT_BYTES],
	const char *text, size_t len);

/* HMAC-SHA-256 as lower-case hex. */
void hmac_bytes(char out[HASH_SIZE], const void *key, size_t key_len,
	const void *bytes, size_t len);

void hex_encode(char *out, const void *bytes, size_t len); /* 2*len+1 */
bool hex_decode(void *out, size_t len, const char *hex);

#endif
