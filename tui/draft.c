/* draft.c owns drafts on disk. */
#include "tui/draft.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"

#define SAVE_AFTER 1000
#define SUFFIX ".draft"

struct drafts {
	char *dir;
	bool made;
	char desk[UUID_SIZE];
	char session[UUID_SIZE]; /* of this program: a locked file while it runs */
	int lock;                /* -1 until the first draft */
	struct draft *live;
	bool crashed;            /* tests: nothing is written or removed any more */
};

struct drafts *
drafts_new(const char *dir, const char *desk)
{
	struct drafts *drafts = xcalloc(1, sizeof(*drafts));
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	if (dir != NULL) {
		drafts->dir = xstrdup(dir);
	} else if (state != NULL && state[0] == '/') {
		drafts->dir = xasprintf("%s/suco/drafts", state);
	} else {
		drafts->dir = xasprintf("%s/.local/state/suco/drafts",
			home != NULL ? home : "/tmp");
	}
	snprintf(drafts->desk, sizeof(drafts->desk), "%s", desk);
	drafts->lock = -1;
	return drafts;
}

static void
free_draft(struct draft *draft)
{
	json_free(draft->fields);
	free(draft);
}

void
drafts_free(struct drafts *drafts)
{
	struct error err = ERROR_INIT;

	if (drafts == NULL) {
		return;
	}
	(void)drafts_save(drafts, INT64_MAX, &err);
	draft_list_free(drafts->live);
	if (drafts->lock >= 0) {
		char *path = xasprintf("%s/%s.session", drafts->dir, drafts->session);

		(void)unlink(path);
		free(path);
		close(drafts->lock);
	}
	free(drafts->dir);
	free(drafts);
}

void
draft_list_free(struct draft *list)
{
	while (list != NULL) {
		struct draft *next = list->next;

		free_draft(list);
		list = next;
	}
}

void
drafts_forget(struct drafts *drafts)
{
	drafts->crashed = true;
	if (drafts->lock >= 0) {
		close(drafts->lock); /* the lock goes with the process */
		drafts->lock = -1;
	}
}

/* mkdir -p, private. */
static bool
make_folders(const char *dir, struct error *err)
{
	char *path = xstrdup(dir);
	bool ok = true;

	for (char *slash = path + 1; ok && slash != NULL; ) {
		slash = strchr(slash, '/');
		if (slash != NULL) {
			*slash = '\0';
		}
		if (mkdir(path, 0700) != 0 && errno != EEXIST) {
			ok = error_errno(err, _("cannot make the folder %s"), path);
		}
		if (slash != NULL) {
			*slash++ = '/';
		}
	}
	free(path);
	return ok;
}

static bool
make_dir(struct drafts *drafts, struct error *err)
{
	char *path;

	if (drafts->made) {
		return true;
	}
	if (!make_folders(drafts->dir, err)) {
		return false;
	}
	uuid_v4(drafts->session);
	path = xasprintf("%s/%s.session", drafts->dir, drafts->session);
	drafts->lock = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	free(path);
	if (drafts->lock < 0 || flock(drafts->lock, LOCK_EX | LOCK_NB) != 0) {
		return error_errno(err, _("cannot keep drafts in %s"), drafts->dir);
	}
	drafts->made = true;
	return true;
}

const char *
drafts_dir(struct drafts *drafts, struct error *err)
{
	return make_dir(drafts, err) ? drafts->dir : NULL;
}

struct draft *
draft_begin(struct drafts *drafts, const char *kind, const char *case_id,
	const char *number, int64_t now_ms)
{
	struct draft *draft = xcalloc(1, sizeof(*draft));

	uuid_v7(draft->id, now_ms);
	snprintf(draft->desk, sizeof(draft->desk), "%s", drafts->desk);
	snprintf(draft->kind, sizeof(draft->kind), "%s", kind);
	snprintf(draft->case_id, sizeof(draft->case_id), "%s",
		case_id != NULL ? case_id : "");
	snprintf(draft->number, sizeof(draft->number), "%s",
		number != NULL ? number : "");
	draft->begun_at = now_ms;
	draft->next = drafts->live;
	drafts->live = draft;
	return draft;
}

void
draft_touch(struct draft *draft, struct json *fields, int64_t mono)
{
	json_free(draft->fields);
	draft->fields = fields;
	draft->touched = mono > 0 ? mono : 1;
}

static char *
draft_path(const struct drafts *drafts, const char *id, const char *suffix)
{
	return xasprintf("%s/%s%s", drafts->dir, id, suffix);
}

static bool
write_synced(const char *path, const char *text, struct error *err)
{
	int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
	size_t len = strlen(text);
	bool ok = fd >= 0;

	while (ok && len > 0) {
		ssize_t done = write(fd, text, len);

		if (done < 0 && errno == EINTR) {
			continue;
		}
		ok = done > 0;
		text += done > 0 ? done : 0;
		len -= done > 0 ? (size_t)done : 0;
	}
	ok = ok && fsync(fd) == 0;
	if (!ok) {
		error_errno(err, _("cannot write the draft %s"), path);
	}
	if (fd >= 0) {
		close(fd);
	}
	return ok;
}

static bool
save_one(struct drafts *drafts, struct draft *draft, struct error *err)
{
	struct json *file = json_object();
	char *text, *tmp, *path;
	bool ok;
	int dir;

	if (drafts->crashed) {
		json_free(file);
		return true;
	}
	if (!make_dir(drafts, err)) {
		json_free(file);
		return false;
	}
	json_set_int(file, "v", 1);
	json_set_text(file, "id", draft->id);
	json_set_text(file, "desk", draft->desk);
	json_set_text(file, "kind", draft->kind);
	json_set_text(file, "case", draft->case_id);
	json_set_text(file, "number", draft->number);
	json_set_text(file, "session", drafts->session);
	json_set_int(file, "begun_at", draft->begun_at);
	json_set(file, "fields", json_copy(draft->fields));
	text = json_line(file);
	tmp = draft_path(drafts, draft->id, ".tmp");
	path = draft_path(drafts, draft->id, SUFFIX);
	ok = write_synced(tmp, text, err);
	if (ok && rename(tmp, path) != 0) {
		ok = error_errno(err, _("cannot write the draft %s"), path);
	}
	dir = ok ? open(drafts->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (dir >= 0) {
		(void)fsync(dir);
		close(dir);
	}
	draft->touched = ok ? 0 : draft->touched;
	draft->on_disk = ok || draft->on_disk;
	free(text);
	free(tmp);
	free(path);
	json_free(file);
	return ok;
}

int
drafts_wait(const struct drafts *drafts, int64_t mono)
{
	int wait = -1;

	for (const struct draft *d = drafts->live; d != NULL; d = d->next) {
		int64_t left = d->touched + SAVE_AFTER - mono;

		if (d->touched != 0) {
			left = left < 0 ? 0 : left;
			wait = wait < 0 || left < wait ? (int)left : wait;
		}
	}
	return wait;
}

bool
drafts_save(struct drafts *drafts, int64_t mono, struct error *err)
{
	bool ok = true;

	for (struct draft *d = drafts->live; d != NULL; d = d->next) {
		if (d->touched != 0
			&& (mono == INT64_MAX || d->touched + SAVE_AFTER <= mono)
			&& !save_one(drafts, d, err)) {
			/* Tried again a second later; the text is still in memory. */
			d->touched = mono == INT64_MAX ? d->touched : mono;
			ok = false;
		}
	}
	return ok;
}

static void
take_out(struct drafts *drafts, struct draft *draft)
{
	for (struct draft **at = &drafts->live; *at != NULL; at = &(*at)->next) {
		if (*at == draft) {
			*at = draft->next;
			return;
		}
	}
}

void
draft_remove(struct drafts *drafts, const char *id)
{
	char *path = draft_path(drafts, id, SUFFIX);

	if (!drafts->crashed) {
		(void)unlink(path);
	}
	free(path);
}

void
draft_done(struct drafts *drafts, struct draft *draft)
{
	draft_remove(drafts, draft->id);
	take_out(drafts, draft);
	free_draft(draft);
}

bool
draft_put_away(struct drafts *drafts, struct draft *draft, struct error *err)
{
	if (draft->touched != 0 && !save_one(drafts, draft, err)) {
		return false;
	}
	take_out(drafts, draft);
	free_draft(draft);
	return true;
}

/* Does the program that wrote it still run?  Its session file is locked then. */
static bool
session_lives(const struct drafts *drafts, const char *session)
{
	char *path;
	int fd;
	bool lives;

	if (session == NULL || !uuid_valid(session)
		|| strcmp(session, drafts->session) == 0) {
		return false;
	}
	path = draft_path(drafts, session, ".session");
	fd = open(path, O_RDWR | O_CLOEXEC);
	lives = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0;
	if (fd >= 0 && !lives) {
		(void)unlink(path);
	}
	if (fd >= 0) {
		close(fd);
	}
	free(path);
	return lives;
}

static struct draft *
read_one(const struct drafts *drafts, const char *name)
{
	char *path = xasprintf("%s/%s", drafts->dir, name);
	FILE *file = fopen(path, "re");
	struct buf text = { 0 };
	struct json *root = NULL;
	struct draft *draft = NULL;
	struct error err = ERROR_INIT;
	char chunk[4096];
	size_t got;

	free(path);
	if (file == NULL) {
		return NULL;
	}
	while ((got = fread(chunk, 1, sizeof(chunk), file)) > 0
		&& text.len < (8u << 20)) {
		buf_add(&text, chunk, got);
	}
	fclose(file);
	if (json_parse(&root, buf_text(&text), text.len,
			&(struct json_limits){ .bytes = 16u << 20 }, &err)
		&& uuid_valid(json_text(json_get(root, "id"), ""))
		&& strcmp(json_text(json_get(root, "desk"), ""), drafts->desk) == 0
		&& !session_lives(drafts, json_get_text(root, "session"))) {
		draft = xcalloc(1, sizeof(*draft));
		snprintf(draft->id, sizeof(draft->id), "%s", json_get_text(root, "id"));
		snprintf(draft->desk, sizeof(draft->desk), "%s", drafts->desk);
		snprintf(draft->kind, sizeof(draft->kind), "%s",
			json_text(json_get(root, "kind"), ""));
		snprintf(draft->case_id, sizeof(draft->case_id), "%s",
			json_text(json_get(root, "case"), ""));
		snprintf(draft->number, sizeof(draft->number), "%s",
			json_text(json_get(root, "number"), ""));
		draft->begun_at = json_get_int(root, "begun_at", 0);
		draft->fields = json_detach(root, "fields");
		draft->on_disk = true;
	}
	json_free(root);
	buf_free(&text);
	return draft;
}

struct draft *
drafts_read(struct drafts *drafts)
{
	struct dirent **names = NULL;
	struct draft *first = NULL;
	struct draft **last = &first;
	int count = scandir(drafts->dir, &names, NULL, alphasort);

	/* The ids are in the order of time, so are the names. */
	for (int i = 0; i < count; i++) {
		size_t len = strlen(names[i]->d_name);

		if (len > strlen(SUFFIX) && strcmp(names[i]->d_name + len
				- strlen(SUFFIX), SUFFIX) == 0) {
			*last = read_one(drafts, names[i]->d_name);
			last = *last != NULL ? &(*last)->next : last;
		}
		free(names[i]);
	}
	free(names);
	return first;
}

struct draft *
drafts_kept(struct drafts *drafts, const char *kind, const char *case_id,
	const char *item)
{
	struct draft *list = drafts_read(drafts);
	struct draft *kept = NULL;

	while (list != NULL) {
		struct draft *one = list;
		const char *of = json_get_text(one->fields, "ref.item");

		list = one->next;
		one->next = NULL;
		bool same = item == NULL ? of == NULL : of != NULL && strcmp(of, item) == 0;

		if (kept == NULL && same && strcmp(one->kind, kind) == 0
			&& strcmp(one->case_id, case_id) == 0) {
			kept = one;
		} else {
			draft_list_free(one);
		}
	}
	return kept;
}

struct draft *
draft_adopt(struct drafts *drafts, const struct draft *read)
{
	struct draft *draft = xcalloc(1, sizeof(*draft));

	*draft = *read;
	draft->fields = json_copy(read->fields);
	draft->touched = 0;
	draft->next = drafts->live;
	drafts->live = draft;
	return draft;
}
