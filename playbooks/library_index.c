/* library_index.c owns the rows of the list of plans: from the shipped index,
 * else from the plan's text. */
#include "playbooks/library_index.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/files.h"
#include "core/ids.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/place.h"

static char *
own_text(const struct json *object, const char *key)
{
	const char *text = json_get_text(object, key);

	return xstrdup(text != NULL ? text : "");
}

static char *
join_assets(const struct json *list)
{
	struct buf out = { 0 };

	buf_addc(&out, ' ');
	for (const struct json *row = json_first(list); row != NULL;
			row = json_next(row)) {
		buf_addf(&out, "%s ", json_text(row, ""));
	}
	return buf_take(&out);
}

/* doc has the standard's names, ext those of the extension. */
static struct plan
row_of(const struct json *doc, const struct json *ext, const char *origin,
	const char *path)
{
	return (struct plan){
		.id = own_text(doc, "id"), .modified = own_text(doc, "modified"),
		.name = own_text(doc, "name"), .code = own_text(ext, "code"),
		.language = own_text(ext, "language"), .kind = own_text(ext, "kind"),
		.status = own_text(ext, "status_text"),
		.assets = join_assets(json_get(ext, "assets")),
		.origin = xstrdup(origin), .path = xstrdup(path),
	};
}

bool
plan_of_text(struct plan *out, const char *text, size_t len,
	const char *origin, const char *path, struct error *err)
{
	const struct json_limits limits = {
		.bytes = limit(LIMIT_PLAYBOOK),
		.depth = (int)limit(LIMIT_PLAYBOOK_DEPTH),
	};
	struct json *doc = NULL;

	if (!json_parse(&doc, text, len, &limits, err)) {
		return false;
	}
	*out = row_of(doc, json_get(json_get(doc, "playbook_extensions"),
		SUCO_EXTENSION), origin, path);
	hash_bytes(out->hash, text, len);
	json_free(doc);
	return true;
}

struct json *
plan_index(void)
{
	const struct json_limits limits = { .bytes = limit(LIMIT_PLAYBOOK), .depth = 4 };
	struct json *index = NULL;
	struct error ignored = ERROR_INIT;
	char *path = NULL;
	char *text = NULL;
	size_t len = 0;

	if (place_data(&path, "plans-index.json", &ignored)
			&& file_read(&text, &len, path, limit(LIMIT_PLAYBOOK), &ignored)) {
		(void)json_parse(&index, text, len, &limits, &ignored);
	}
	free(text);
	free(path);
	return index;
}

bool
plan_of_index(struct plan *out, const struct json *index, const char *path)
{
	const char *name = strrchr(path, '/');
	struct stat st;

	name = name != NULL ? name + 1 : path;
	if (index == NULL || stat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
		return false;
	}
	for (const struct json *row = json_first(index); row != NULL;
			row = json_next(row)) {
		const char *file = json_get_text(row, "file");
		const char *hash = json_get_text(row, "hash");

		if (file == NULL || hash == NULL || strcmp(file, name) != 0) {
			continue;
		}
		if (json_get_int(row, "bytes", -1) != st.st_size
				|| strlen(hash) != HASH_SIZE - 1) {
			return false;
		}
		*out = row_of(row, row, "shipped", path);
		memcpy(out->hash, hash, HASH_SIZE);
		return true;
	}
	return false;
}

void
plan_say(struct json *body, const struct playbook *playbook)
{
	const struct json *ext = playbook_ext(playbook);
	char *kind = own_text(ext, "kind");
	char *status = own_text(ext, "status_text");
	char *assets = join_assets(json_get(ext, "assets"));
	struct buf calls = { 0 };
	int count = playbook_step_count(playbook);

	buf_addc(&calls, ' ');
	for (int i = 0; i < count; i++) {
		const char *call = playbook_step(playbook, i)->call;

		if (call != NULL) {
			buf_addf(&calls, "%s ", call);
		}
	}
	json_set_text(body, "kind", kind);
	json_set_text(body, "status", status);
	json_set_text(body, "assets", assets);
	json_set_text(body, "calls", buf_text(&calls));
	json_set_int(body, "steps", count);
	buf_free(&calls);
	free(assets);
	free(status);
	free(kind);
}
