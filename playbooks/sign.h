/* sign.h - signatures inside a playbook (CACAO v2.0 10.15, JSS; cacao.md 1.6).
 *
 * What is signed: the playbook with this one signature without its value, as
 * canonical JSON (RFC 8785), hashed with SHA-256; the signature is over the
 * lower-case hex text of that hash.  Adding a signature is no new version. */
#ifndef PLAYBOOKS_SIGN_H
#define PLAYBOOKS_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/ed25519.h"
#include "core/error.h"
#include "core/json.h"

enum signature_state {
	SIGNATURE_GOOD,
	SIGNATURE_BROKEN,      /* the text is not what was signed */
	SIGNATURE_OTHER,       /* of another playbook or version */
	SIGNATURE_REVOKED,
	SIGNATURE_OUT_OF_DATE, /* before valid_from, at or after valid_until */
	SIGNATURE_UNSUPPORTED, /* algorithm, hash, or no key inside */
};

struct signature {
	char *id, *signee, *algorithm; /* never NULL */
	char public_text[ED25519_PUBLIC_TEXT]; /* "" where it has no key of ours */
	enum signature_state state;
};

struct signatures {
	struct signature *list; /* in the order of the file */
	int count;
};

/* Checks every signature of a playbook; now: ms UTC. */
void signatures_check(struct signatures *out, const struct json *playbook, int64_t now);
void signatures_finish(struct signatures *signatures);
const char *signature_state_word(enum signature_state state);  /* "good" */
const char *signature_state_label(enum signature_state state); /* for people */

/* The playbook's text with one more signature, or the newer one of this key, the
 * caller's; the others stay byte for byte as values. */
bool playbook_sign(char **out, const struct json *playbook,
	const struct ed25519_key *key, const char *signee, int64_t now,
	struct error *err);

#endif
