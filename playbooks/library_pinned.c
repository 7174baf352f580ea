/* library_pinned.c owns the texts that runs are held to: what a hash names in the
 * desk, and that it is still that.
 *
 * Every act on a case reads its plans; a few that were read last are kept for
 * the process, each with its text: the same text is the same plan, and one byte
 * changed in the desk is read, hashed and refused as ever. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "playbooks/library.h"

SQL(PINNED_TEXT, "t", "SELECT text FROM playbook WHERE hash = $1");

#define KEPT_MOST 8

static struct kept {
	char *text;
	struct playbook *playbook; /* one reference is ours */
	unsigned long used;        /* when, in look-ups */
} kept[KEPT_MOST];
static unsigned long look_ups;
static pthread_mutex_t kept_lock = PTHREAD_MUTEX_INITIALIZER;

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

struct playbook *
library_kept_plan(const char *hash, const char *text)
{
	struct playbook *found = NULL;

	(void)pthread_mutex_lock(&kept_lock);
	for (int i = 0; i < KEPT_MOST && found == NULL; i++) {
		if (kept[i].playbook != NULL
				&& strcmp(playbook_hash(kept[i].playbook), hash) == 0
				&& strcmp(kept[i].text, text) == 0) {
			kept[i].used = ++look_ups;
			found = playbook_share(kept[i].playbook);
		}
	}
	(void)pthread_mutex_unlock(&kept_lock);
	return found;
}

/* In place of the one that was not asked for longest; takes text. */
static void
keep(char *text, struct playbook *playbook)
{
	struct kept *oldest = &kept[0];

	(void)pthread_mutex_lock(&kept_lock);
	for (int i = 1; i < KEPT_MOST; i++) {
		if (kept[i].used < oldest->used) {
			oldest = &kept[i];
		}
	}
	free(oldest->text);
	playbook_free(oldest->playbook);
	*oldest = (struct kept){ .text = text, .playbook = playbook_share(playbook),
		.used = ++look_ups };
	(void)pthread_mutex_unlock(&kept_lock);
}

bool
library_pinned(struct playbook **out, struct desk *desk, const char *hash,
	struct error *err)
{
	char *text = NULL;

	if (!stored_text(&text, desk, hash, err)) {
		return false;
	}
	*out = library_kept_plan(hash, text);
	if (*out != NULL) {
		free(text);
		return true;
	}
	if (!playbook_read(out, text, strlen(text), PLAYBOOK_TRUSTED, NULL, err)) {
		free(text);
		return false;
	}
	/* What was checked once is trusted only as long as it is that text. */
	if (strcmp(playbook_hash(*out), hash) != 0) {
		playbook_free(*out);
		*out = NULL;
		free(text);
		return is_changed(hash, err);
	}
	keep(text, *out);
	return true;
}
