/* zalo_token.c owns the file with a Zalo account's pair of tokens. */
#include "notify/zalo_token.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "notify/secret.h"

#define MARGIN_MS 120000 /* a token that ends in the midst of a message is no use */
#define DAY_SECONDS 86400

static void
replace(char **slot, const char *value)
{
	secret_free(*slot);
	*slot = xstrdup(value);
}

bool
zalo_token_load(struct zalo_token *token, struct error *err)
{
	char *line = NULL;
	struct json *pair = NULL;
	bool ok;

	if (token->unsaved) {
		return true; /* what we hold is newer than the file */
	}
	if (!secret_read(&line, token->path, "[zalo] token_file", err)) {
		return false;
	}
	ok = json_parse(&pair, line, strlen(line), NULL, err);
	if (ok && json_get_text(pair, "refresh_token") == NULL) {
		ok = error_set(err, ERR_BAD_INPUT, _("%s has no refresh_token"), token->path);
	}
	if (ok) {
		replace(&token->access, json_get_text(pair, "access_token"));
		replace(&token->refresh, json_get_text(pair, "refresh_token"));
		token->expires_at = json_get_int(pair, "expires_at", 0);
	}
	json_free(pair);
	secret_free(line);
	return ok;
}

void
zalo_token_clear(struct zalo_token *token)
{
	zalo_token_unlock(token);
	secret_free(token->access);
	secret_free(token->refresh);
	free(token->path);
}

bool
zalo_token_is_fresh(const struct zalo_token *token, int64_t now)
{
	return token->access != NULL && token->expires_at - MARGIN_MS > now;
}

bool
zalo_token_lock(struct zalo_token *token, bool *busy, struct error *err)
{
	char *path = xasprintf("%s.lock", token->path);

	*busy = false;
	if (token->lock >= 0) {
		free(path);
		return true;
	}
	token->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (token->lock < 0) {
		(void)error_errno(err, _("cannot open %s"), path);
		free(path);
		return false;
	}
	free(path);
	if (flock(token->lock, LOCK_EX | LOCK_NB) != 0) {
		*busy = errno == EWOULDBLOCK;
		zalo_token_unlock(token);
	}
	return true;
}

void
zalo_token_unlock(struct zalo_token *token)
{
	if (token->lock >= 0) {
		(void)close(token->lock);
		token->lock = -1;
	}
}

bool
zalo_token_save(struct zalo_token *token, struct error *err)
{
	struct json *pair = json_object();
	char *line;
	bool ok;

	json_set_text(pair, "access_token", token->access);
	json_set_text(pair, "refresh_token", token->refresh);
	json_set_int(pair, "expires_at", token->expires_at);
	line = json_line(pair);
	ok = file_write(token->path, line, strlen(line), 0600, err);
	secret_free(line);
	json_free(pair);
	token->unsaved = !ok;
	return ok;
}

/* Seconds come as a number or as text. */
static int64_t
seconds(const struct json *value)
{
	int64_t n = json_is(value, JSON_STRING) ? strtoll(json_text(value, "0"), NULL, 10)
		: json_integer(value, 0);

	return n > 0 && n < 365LL * DAY_SECONDS ? n : DAY_SECONDS;
}

bool
zalo_token_take(struct zalo_token *token, const struct json *answer, int64_t now,
	struct error *err)
{
	const char *access = json_get_text(answer, "access_token");
	const char *refresh = json_get_text(answer, "refresh_token");

	if (access == NULL || refresh == NULL || access[0] == '\0' || refresh[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("the answer holds no pair of tokens"));
	}
	replace(&token->access, access);
	replace(&token->refresh, refresh);
	token->expires_at = now + seconds(json_get(answer, "expires_in")) * 1000;
	return zalo_token_save(token, err);
}
