/* ed25519.c owns keys and signatures: their text forms and libsodium's calls. */
#include "core/ed25519.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "core/i18n.h"
#include "core/ids.h"

/* What stands before the 32 bytes of a key in its DER (RFC 8410). */
static const uint8_t public_head[] = {
	0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
};
static const uint8_t private_head[] = {
	0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04,
	0x22, 0x04, 0x20,
};

#define PRIVATE_BEGIN "-----BEGIN PRIVATE KEY-----"
#define PRIVATE_END "-----END PRIVATE KEY-----"
#define PUBLIC_BEGIN "-----BEGIN PUBLIC KEY-----"
#define PUBLIC_END "-----END PUBLIC KEY-----"
#define SEED_BYTES crypto_sign_SEEDBYTES
#define BLANKS " \t\r\n"

_Static_assert(sizeof((struct ed25519_key *)0)->secret == crypto_sign_SECRETKEYBYTES,
	"a secret key is seed and public key");

/* The base64 between begin and end, or all of it where there is no begin; false
 * where it is not exactly head and 32 bytes. */
static bool
decode(uint8_t out[32], const char *text, const char *begin, const char *end,
	const uint8_t *head, size_t head_len)
{
	uint8_t bytes[64];
	const char *from = strstr(text, begin);
	const char *to = NULL;
	const char *stop = NULL;
	size_t len = 0;

	from = from == NULL ? text : from + strlen(begin);
	to = strstr(from, end);
	to = to == NULL ? from + strlen(from) : to;
	bool ok = sodium_base642bin(bytes, sizeof bytes, from, (size_t)(to - from), BLANKS,
			&len, &stop, sodium_base64_VARIANT_ORIGINAL) == 0
		&& stop == to && len == head_len + 32
		&& memcmp(bytes, head, head_len) == 0;

	if (ok) {
		memcpy(out, bytes + head_len, 32);
	}
	sodium_memzero(bytes, sizeof bytes);
	return ok;
}

static void
encode(char *out, size_t size, const uint8_t *head, size_t head_len,
	const uint8_t bytes[32])
{
	uint8_t whole[64];

	memcpy(whole, head, head_len);
	memcpy(whole + head_len, bytes, 32);
	(void)sodium_bin2base64(out, size, whole, head_len + 32,
		sodium_base64_VARIANT_ORIGINAL);
	sodium_memzero(whole, sizeof whole);
}

static void
from_seed(struct ed25519_key *key, const uint8_t seed[SEED_BYTES])
{
	ids_ready();
	(void)crypto_sign_seed_keypair(key->public, key->secret, seed);
}

void
ed25519_new(struct ed25519_key *key, char pem[ED25519_PEM_SIZE])
{
	uint8_t seed[SEED_BYTES];
	char text[72];

	random_bytes(seed, sizeof seed);
	from_seed(key, seed);
	encode(text, sizeof text, private_head, sizeof private_head, seed);
	(void)snprintf(pem, ED25519_PEM_SIZE, PRIVATE_BEGIN "\n%s\n" PRIVATE_END "\n", text);
	sodium_memzero(seed, sizeof seed);
	sodium_memzero(text, sizeof text);
}

bool
ed25519_read(struct ed25519_key *key, const char *pem, struct error *err)
{
	uint8_t seed[SEED_BYTES];

	if (strstr(pem, PRIVATE_BEGIN) == NULL || !decode(seed, pem, PRIVATE_BEGIN,
			PRIVATE_END, private_head, sizeof private_head)) {
		return error_set(err, ERR_BAD_INPUT,
			_("this is no private key of Ed25519 (PKCS#8, PEM)"));
	}
	from_seed(key, seed);
	sodium_memzero(seed, sizeof seed);
	return true;
}

void
ed25519_wipe(struct ed25519_key *key)
{
	sodium_memzero(key, sizeof *key);
}

void
ed25519_public_text(char out[ED25519_PUBLIC_TEXT],
	const uint8_t public[ED25519_PUBLIC_BYTES])
{
	encode(out, ED25519_PUBLIC_TEXT, public_head, sizeof public_head, public);
}

bool
ed25519_public_read(uint8_t out[ED25519_PUBLIC_BYTES], const char *text)
{
	return decode(out, text, PUBLIC_BEGIN, PUBLIC_END, public_head,
		sizeof public_head);
}

void
ed25519_sign(char out[ED25519_VALUE_TEXT], const struct ed25519_key *key,
	const void *bytes, size_t len)
{
	uint8_t value[crypto_sign_BYTES];

	(void)crypto_sign_detached(value, NULL, bytes, len, key->secret);
	(void)sodium_bin2base64(out, ED25519_VALUE_TEXT, value, sizeof value,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool
ed25519_verifies(const uint8_t public[ED25519_PUBLIC_BYTES], const char *value,
	const void *bytes, size_t len)
{
	uint8_t signature[crypto_sign_BYTES];
	size_t given = strlen(value);
	size_t got = 0;
	const char *stop = NULL;

	ids_ready();
	/* Padding is not written, but taken. */
	while (given > 0 && value[given - 1] == '=') {
		given--;
	}
	return sodium_base642bin(signature, sizeof signature, value, given, NULL, &got, &stop,
			sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0
		&& stop == value + given && got == sizeof signature
		&& crypto_sign_verify_detached(signature, bytes, len, public) == 0;
}
