/* keyed.c owns the keyed hash. */
#include "core/keyed.h"

#include <sodium.h>
#include <string.h>

#include "core/ids.h"

void
keyed_tag(uint8_t out[TAG_BYTES], const uint8_t key[KEY_BYTES], const char *purpose,
	const void *bytes, size_t len)
{
	crypto_generichash_state state;

	ids_ready();
	crypto_generichash_init(&state, key, KEY_BYTES, TAG_BYTES);
	/* With its NUL: no purpose is the beginning of another. */
	crypto_generichash_update(&state, (const uint8_t *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&state, bytes, len);
	crypto_generichash_final(&state, out, TAG_BYTES);
	sodium_memzero(&state, sizeof state);
}

bool
keyed_same(const void *a, const void *b, size_t len)
{
	ids_ready();
	return sodium_memcmp(a, b, len) == 0;
}
