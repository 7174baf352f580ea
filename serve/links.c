/* links.c owns the answer key: found or made once, never in the desk. */
#include "serve/links.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "notify/secret.h"

#define KEY_NAME "answer.key"

char *
links_origin(const char *base)
{
	const char *host = strncmp(base, "https://", 8) == 0 ? base + 8
		: strncmp(base, "http://", 7) == 0 ? base + 7 : NULL;
	char *origin;

	if (host == NULL || host[0] == '\0' || host[0] == '/' || strlen(base) > 200 ||
	    strpbrk(base, "?#@\"'<>\\ ") != NULL) {
		return NULL;
	}
	for (const char *p = base; *p != '\0'; p++) {
		if ((unsigned char)*p <= ' ' || (unsigned char)*p > 126) {
			return NULL;
		}
	}
	origin = xstrndup(base, (size_t)(host - base) + strcspn(host, "/"));
	for (char *p = origin; *p != '\0'; p++) {
		*p = (char)tolower((unsigned char)*p);
	}
	return origin;
}

static char *
key_path(const struct serve *serve)
{
	const char *given = config_get(serve->config, CONFIG_SERVE_ANSWER_KEY_FILE);
	const char *url = serve->url;
	char *folder;
	char *path;

	if (given[0] != '\0') {
		return xstrdup(given);
	}
	if (strncmp(url, "postgres", 8) == 0) {
		return NULL;
	}
	folder = path_folder(strncmp(url, "sqlite:", 7) == 0 ? url + 7 : url);
	path = path_join(folder, KEY_NAME);
	free(folder);
	return path;
}

/* Two engines that start together make one key: who comes second reads it. */
static bool
make_key(const char *path, struct error *err)
{
	uint8_t bytes[KEY_BYTES];
	char line[2 * KEY_BYTES + 2];
	bool ok;

	random_bytes(bytes, sizeof bytes);
	hex_encode(line, bytes, sizeof bytes);
	memcpy(line + 2 * KEY_BYTES, "\n", 2);
	ok = file_write_new(path, line, strlen(line), 0600, err) || err->code == ERR_REFUSED;
	explicit_bzero(bytes, sizeof bytes);
	explicit_bzero(line, sizeof line);
	return ok;
}

static bool
read_key(struct links *links, const struct serve *serve, const char *path,
	struct error *err)
{
	char *hex = NULL;
	bool ok;

	if (!secret_read(&hex, path, "[serve] answer_key_file", err)) {
		return false;
	}
	ok = answer_key_read(&links->key, hex, desk_id(serve->desk)) ||
		error_set(err, ERR_BAD_INPUT, _("%s holds no key: 64 hex digits"), path);
	secret_free(hex);
	return ok;
}

static bool
load_key(struct links *links, const struct serve *serve, struct error *err)
{
	char *path = key_path(serve);
	struct stat st;
	bool ok;

	if (path == NULL) {
		return error_set(err, ERR_BAD_INPUT, _("%s is not set"),
			"[serve] answer_key_file");
	}
	ok = (stat(path, &st) == 0 || make_key(path, err)) &&
		read_key(links, serve, path, err);
	free(path);
	return ok;
}

/* Which parts need the key. */
static bool
wanted(const struct serve *serve)
{
	return config_get(serve->config, CONFIG_SERVE_PUBLIC_URL)[0] != '\0' ||
		config_get(serve->config, CONFIG_TELEGRAM_TOKEN_FILE)[0] != '\0' ||
		config_get(serve->config, CONFIG_INBOX_URL)[0] != '\0';
}

void
links_open(struct serve *serve)
{
	const char *base = config_get(serve->config, CONFIG_SERVE_PUBLIC_URL);
	struct links *links;
	struct error err = ERROR_INIT;

	if (!wanted(serve)) {
		return;
	}
	links = xcalloc(1, sizeof *links);
	if (!load_key(links, serve, &err)) {
		serve_log(_("no answers by link, button or mail: %s"), err.message);
		free(links);
		return;
	}
	if (base[0] != '\0') {
		links->origin = links_origin(base);
		if (links->origin == NULL) {
			serve_log(_("no answers by link: [serve] public_url is no address: %s"),
				base);
		} else {
			size_t len = strlen(base);

			while (base[len - 1] == '/') {
				len--;
			}
			links->base = xstrndup(base, len);
		}
	}
	serve->links = links;
}

void
links_close(struct serve *serve)
{
	if (serve->links == NULL) {
		return;
	}
	explicit_bzero(&serve->links->key, sizeof serve->links->key);
	free(serve->links->base);
	free(serve->links->origin);
	free(serve->links);
	serve->links = NULL;
}

void
links_ways(void *arg, const struct message *m, char **tag, char **link)
{
	const struct links *links = ((struct serve *)arg)->links;
	bool asks = m->acts[0] != '\0' && strcmp(m->to_kind, "member") == 0;
	char token[ANSWER_TOKEN_SIZE];

	/* By mail whatever is told may be replied to. */
	if (links == NULL || (!asks && (m->to_id[0] == '\0' ||
		    strcmp(m->channel, "mail") != 0))) {
		return;
	}
	*tag = xcalloc(1, ANSWER_TAG_SIZE);
	answer_tag_make(*tag, &links->key, m->id);
	if (asks && links->base != NULL) {
		struct answer_token what = { .expires_at = m->expires_at };

		memcpy(what.message, m->id, sizeof what.message);
		memcpy(what.member, m->to_id, sizeof what.member);
		answer_token_make(token, &links->key, &what);
		*link = xasprintf("%s/a/%s", links->base, token);
	}
}
