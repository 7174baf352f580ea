/* library_pinned.c owns the texts that runs are held to: what a hash names in the
 * desk, and that it is still that. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "playbooks/library.h"

SQL(PINNED_TEXT, "t", "SELECT text FROM playbook WHERE hash = $1");

static bool
is_changed(const char *hash, struct error *err)
{
	(void)error_set(err, ERR_IO,
		_("the stored playbook %.16s was changed since it was checked"), hash);
	return error_how(err, "suco verify --replay");
}

static bool
stored_text(char **text, struct desk *desk, const char *hash, struct error *err)
{
	*text = NULL;
	return db_one_text(desk_db(desk), &PINNED_TEXT, text, err, TXT(hash))
		&& (*text != NULL || error_set(err, ERR_NOT_FOUND,
			_("the desk has no playbook with the hash %.16s"), hash));
}

bool
library_pinned_text(char **text, struct desk *desk, const char *hash,
	struct error *err)
{
	char is[HASH_SIZE];

	if (!stored_text(text, desk, hash, err)) {
		return false;
	}
	hash_bytes(is, *text, strlen(*text));
	if (strcmp(is, hash) == 0) {
		return true;
	}
	free(*text);
	*text = NULL;
	return is_changed(hash, err);
}

bool
library_pinned(struct playbook **out, struct desk *desk, const char *hash,
	struct error *err)
{
	char *text = NULL;
	bool ok = stored_text(&text, desk, hash, err)
		&& playbook_read(out, text, strlen(text), PLAYBOOK_TRUSTED, NULL, err);

	free(text);
	/* What was checked once is trusted only as long as it is that text. */
	if (ok && strcmp(playbook_hash(*out), hash) != 0) {
		playbook_free(*out);
		*out = NULL;
		return is_changed(hash, err);
	}
	return ok;
}
