/* trust.c owns the question whose signature counts here. */
#include "playbooks/trust.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/setting.h"

/* '/' comes after '.': all names that begin with "key.". */
SQL(TRUSTED_KEYS, "",
	"SELECT name, value FROM setting WHERE name >= 'key.' AND name < 'key/'"
	" ORDER BY name");

bool
trust_name(char **name, struct desk *desk, const char *public_text,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &TRUSTED_KEYS, NOARGS);
	uint8_t wanted[ED25519_PUBLIC_BYTES], is[ED25519_PUBLIC_BYTES];
	bool known = ed25519_public_read(wanted, public_text);

	*name = NULL;
	while (stmt_row(st)) {
		if (known && *name == NULL && ed25519_public_read(is, stmt_text(st, 1))
				&& memcmp(wanted, is, sizeof is) == 0) {
			*name = xstrdup(stmt_text(st, 0) + strlen("key."));
		}
	}
	return stmt_done(st, err);
}

bool
trust_signer(char **name, struct desk *desk, const struct json *playbook,
	struct error *err)
{
	struct signatures found;
	bool ok = true;

	*name = NULL;
	signatures_check(&found, playbook, desk_now(desk));
	for (int i = 0; ok && *name == NULL && i < found.count; i++) {
		ok = found.list[i].state != SIGNATURE_GOOD
			|| trust_name(name, desk, found.list[i].public_text, err);
	}
	signatures_finish(&found);
	if (ok && *name == NULL) {
		*name = xstrdup("");
	}
	return ok;
}

bool
trust_allows(struct desk *desk, const char *signer, const char *plan,
	struct error *err)
{
	char *only = NULL;

	if (signer[0] != '\0') {
		return true;
	}
	if (!setting_text(desk, "plans.signed_only", &only, err)) {
		return false;
	}
	bool ok = strcmp(only, "yes") != 0 || error_set(err, ERR_REFUSED,
		_("%s is not signed by a key that this desk trusts"), plan);

	free(only);
	return ok || error_how(err, "suco playbook verify %s", plan);
}
