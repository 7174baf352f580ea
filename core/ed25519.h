/* ed25519.h - keys and signatures (RFC 8032; libsodium behind it).
 *
 * A private key is a file as openssl writes it (PKCS#8, PEM); a public key is
 * one line: its SubjectPublicKeyInfo in base64 (RFC 8410), which is the body of
 * its PEM. */
#ifndef CORE_ED25519_H
#define CORE_ED25519_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

#define ED25519_PUBLIC_BYTES 32
#define ED25519_PUBLIC_TEXT 61 /* 44 bytes in base64 and the NUL */
#define ED25519_VALUE_TEXT 87  /* 64 bytes in base64url and the NUL */
#define ED25519_PEM_SIZE 128

struct ed25519_key {
	uint8_t secret[64]; /* wiped by ed25519_wipe() */
	uint8_t public[ED25519_PUBLIC_BYTES];
};

/* A new key pair and its file's text. */
void ed25519_new(struct ed25519_key *key, char pem[ED25519_PEM_SIZE]);
/* From the text of a private key's file; ERR_BAD_INPUT. */
bool ed25519_read(struct ed25519_key *key, const char *pem, struct error *err);
void ed25519_wipe(struct ed25519_key *key);

void ed25519_public_text(char out[ED25519_PUBLIC_TEXT],
	const uint8_t public[ED25519_PUBLIC_BYTES]);
/* Base64 with or without the lines of a PEM around it, line breaks allowed.
 * False: it is no Ed25519 key. */
bool ed25519_public_read(uint8_t out[ED25519_PUBLIC_BYTES], const char *text);

/* base64url without padding. */
void ed25519_sign(char out[ED25519_VALUE_TEXT], const struct ed25519_key *key,
	const void *bytes, size_t len);
bool ed25519_verifies(const uint8_t public[ED25519_PUBLIC_BYTES], const char *value,
	const void *bytes, size_t len);

#endif
