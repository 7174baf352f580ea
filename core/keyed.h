/* keyed.h - proof that a text was made by who holds the key (keyed BLAKE2b,
 * libsodium behind it). */
#ifndef CORE_KEYED_H
#define CORE_KEYED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEY_BYTES 32
#define TAG_BYTES 16

/* purpose keeps tags of one use from being good for another. */
void keyed_tag(uint8_t out[TAG_BYTES], const uint8_t key[KEY_BYTES], const char *purpose,
	const void *bytes, size_t len);
/* Takes the same time wherever they differ. */
bool keyed_same(const void *a, const void *b, size_t len);

#endif
