/* trust.h - whose signature counts on this desk: the settings key.NAME, each a
 * public key that a coordinator entered. */
#ifndef PLAYBOOKS_TRUST_H
#define PLAYBOOKS_TRUST_H

#include "core/desk.h"
#include "playbooks/sign.h"

/* The name of the trusted key behind a good signature, else ""; the caller
 * frees *name. */
bool trust_signer(char **name, struct desk *desk, const struct json *playbook,
	struct error *err);
/* The name under which the desk trusts this key, or NULL; the caller frees. */
bool trust_name(char **name, struct desk *desk, const char *public_text,
	struct error *err);
/* ERR_REFUSED where the desk takes signed plans only and nobody signed it. */
bool trust_allows(struct desk *desk, const char *signer, const char *plan,
	struct error *err);

#endif
