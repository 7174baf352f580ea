/* secret.h - what looks like a secret in a text that is shown: a password, a token,
 * a key.  Files and events keep every byte; only what people and scripts read is
 * masked. */
#ifndef CORE_SECRET_H
#define CORE_SECRET_H

#include <stdbool.h>

#define SECRET_MASK "***"

/* How sure it is that a text is for machines. */
enum secret_text {
	SECRET_PROSE,   /* for people: only password=..., user:...@host, private keys */
	SECRET_COMMAND, /* also "password: ...", --password ..., Authorization: ... */
};

/* Is the value of something with this name a secret: "db-password", "X-Api-Key",
 * "Authorization", "accessToken"; not "password_reset_done". */
bool secret_name(const char *name);

/* The caller frees. */
char *secret_mask(const char *text, enum secret_text kind);

#endif
