/* answer_token.h - what stands in a link or a button, and lets its holder answer
 * one message as the member whom it was sent to (DESIGN 11).  Signed with the
 * desk's key, never stored. */
#ifndef CORE_ANSWER_TOKEN_H
#define CORE_ANSWER_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/ids.h"
#include "core/keyed.h"

/* A key is good for one desk: its id goes into every tag. */
struct answer_key {
	uint8_t bytes[KEY_BYTES];
	char desk[UUID_SIZE];
};

/* 64 hex digits. */
bool answer_key_read(struct answer_key *out, const char *hex, const char *desk);

struct answer_token {
	char message[UUID_SIZE];
	char member[UUID_SIZE];
	int64_t expires_at; /* ms; kept in whole seconds */
};

#define ANSWER_TOKEN_SIZE 73
#define ANSWER_TAG_SIZE 37
#define ANSWER_NONCE_SIZE 33

void answer_token_make(char out[ANSWER_TOKEN_SIZE], const struct answer_key *key,
	const struct answer_token *token);
/* ERR_FORBIDDEN: nobody made this.  ERR_REFUSED: it was good until expires_at, and
 * *out is filled. */
bool answer_token_read(struct answer_token *out, const struct answer_key *key,
	const char *text, int64_t now, struct error *err);

/* The short form for buttons, of a message id alone; it ends with the message. */
void answer_tag_make(char out[ANSWER_TAG_SIZE], const struct answer_key *key,
	const char *message);
bool answer_tag_read(char message[UUID_SIZE], const struct answer_key *key,
	const char *text);

/* Of the form on the page of a token, good for some hours. */
void answer_nonce_make(char out[ANSWER_NONCE_SIZE], const struct answer_key *key,
	const char *token, int64_t now);
bool answer_nonce_good(const struct answer_key *key, const char *token,
	const char *nonce, int64_t now);

#endif
