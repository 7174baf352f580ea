/* zalo_token.h - the pair of tokens of a Zalo official account: a file that only
 * the engine's account reads, written anew each time the pair is.  The token that
 * renews works once: what came in its place is on disk before it is used. */
#ifndef NOTIFY_ZALO_TOKEN_H
#define NOTIFY_ZALO_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/json.h"

struct zalo_token {
	char *path;    /* ours */
	char *access;  /* ours; NULL: none is known */
	char *refresh; /* ours */
	int64_t expires_at; /* ms UTC */
	int lock;      /* held while it is renewed; -1 */
	bool unsaved;  /* renewed, and the file could not be written */
};

/* Reads the file: {"access_token", "refresh_token", "expires_at"}; at first the
 * refresh token alone will do. */
bool zalo_token_load(struct zalo_token *token, struct error *err);
void zalo_token_clear(struct zalo_token *token);

bool zalo_token_is_fresh(const struct zalo_token *token, int64_t now);
/* Only one program renews.  *busy: another does. */
bool zalo_token_lock(struct zalo_token *token, bool *busy, struct error *err);
void zalo_token_unlock(struct zalo_token *token);
/* Takes the pair out of the server's answer and writes it down, at once.  False:
 * it is none (ERR_BAD_INPUT), or it could not be written (unsaved is set). */
bool zalo_token_take(struct zalo_token *token, const struct json *answer, int64_t now,
	struct error *err);
bool zalo_token_save(struct zalo_token *token, struct error *err);

#endif
