/* webhook.c owns the `webhook` channel: what is posted, how it is signed, and
 * which hosts it may go to.  The id of the message is the idempotency key: a
 * receiver that gets it twice has it once. */
#include "notify/webhook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "notify/http_channel.h"
#include "notify/secret.h"

struct webhook {
	struct http_channel http;
	char *secret;
	char *hosts; /* blank-separated, lower case */
};

void
webhook_sign(char out[HASH_SIZE], const char *secret, int64_t seconds, const char *body)
{
	char *signed_text = xasprintf("%lld.%s", (long long)seconds, body);

	hmac_bytes(out, secret, strlen(secret), signed_text, strlen(signed_text));
	free(signed_text);
}

/* "https://HOST:PORT/..." -> is HOST:PORT (or HOST for the scheme's own port)
 * one of the hosts? */
static bool
host_allowed(const struct webhook *self, const char *url)
{
	const char *host = strstr(url, "://") + 3;
	size_t len = strcspn(host, "/?#");
	const char *at = self->hosts;

	while (*at != '\0') {
		size_t word = strcspn(at, " ,");

		if (word == len && strncasecmp(at, host, len) == 0) {
			return true;
		}
		at += word + strspn(at + word, " ,");
	}
	return false;
}

static char *
body_of(const struct outgoing *m)
{
	struct json *body = json_object();
	char *line;

	json_set_int(body, "version", 1);
	json_set_text(body, "id", m->id);
	json_set_text(body, "case", m->case_number);
	json_set_text(body, "to", m->to_name);
	json_set_text(body, "subject", m->subject);
	json_set_text(body, "text", m->text);
	if (m->severity != 0) {
		json_set_int(body, "severity", m->severity);
	} else {
		json_set(body, "severity", json_null());
	}
	json_set_bool(body, "urgent", m->urgent);
	json_set_int(body, "at_ms", m->date);
	json_set_text(body, "answer", m->answer_link);
	line = json_line(body);
	json_free(body);
	return line;
}

static bool
ask(struct http_channel *http, struct http_job *job, struct http_request *request,
	struct send_result *out)
{
	struct webhook *self = (struct webhook *)http;
	struct error err = ERROR_INIT;
	char signature[HASH_SIZE];
	char value[HASH_SIZE + 16];
	int64_t seconds = (int64_t)time(NULL);
	char *body;

	if (!http_url_check(job->m.to_address, _("the address"), http->plain, &err)) {
		return http_refuse(out, SEND_PERMANENT, err.message);
	}
	if (!host_allowed(self, job->m.to_address)) {
		return http_refuse(out, SEND_PERMANENT,
			_("its host is not among the hosts of [webhook] in suco.conf"));
	}
	body = body_of(&job->m);
	webhook_sign(signature, self->secret, seconds, body);
	buf_adds(&request->url, job->m.to_address);
	buf_adds(&request->body, body);
	free(body);
	http_request_header(request, "Content-Type", "application/json; charset=utf-8");
	http_request_header(request, "Idempotency-Key", job->m.id);
	(void)snprintf(value, sizeof value, "%lld", (long long)seconds);
	http_request_header(request, "X-Suco-Timestamp", value);
	(void)snprintf(value, sizeof value, "sha256=%s", signature);
	http_request_header(request, "X-Suco-Signature", value);
	return true;
}

/* Any 2xx is the receiver's yes: what else it says is its own. */
static bool
hear(struct http_channel *http __attribute__((unused)),
	struct http_job *job __attribute__((unused)),
	const struct http_reply *reply __attribute__((unused)),
	struct send_result *out __attribute__((unused)))
{
	return true;
}

static void
end(struct http_channel *http)
{
	struct webhook *self = (struct webhook *)http;

	secret_free(self->secret);
	free(self->hosts);
}

/* The URL is the receiver's own: that it is gone says nothing of others. */
static const struct http_rule rules[] = {
	{ 404, SEND_PERMANENT }, { 410, SEND_PERMANENT }, { 0, 0 },
};

static const struct http_way way = {
	.type = &webhook_channel, .attempts = 1, .rules = rules, .ask = ask, .hear = hear,
	.end = end,
};

static bool
open_webhook(struct channel **out, const struct channel_config *given, struct error *err)
{
	const struct config *config = given->config;
	const char *hosts = config_get(config, CONFIG_WEBHOOK_HOSTS);
	char *secret;
	struct webhook *self;

	if (hosts[0] == '\0') {
		return error_set(err, ERR_UNAVAILABLE,
			_("no host is set that web hooks may go to: set hosts in "
				"[webhook] of suco.conf"));
	}
	if (!secret_read(&secret, config_get(config, CONFIG_WEBHOOK_SECRET_FILE),
		    "[webhook] secret_file", err)) {
		return false;
	}
	self = xcalloc(1, sizeof *self);
	self->secret = secret;
	self->hosts = xstrdup(hosts);
	self->http.secret = secret;
	self->http.many_places = strpbrk(hosts, " ,") != NULL;
	return http_channel_open(out, &self->http, &way, config,
		config_yes(config, CONFIG_WEBHOOK_PLAIN), err);
}

const struct channel_type webhook_channel = {
	.name = "webhook",
	.open = open_webhook,
	HTTP_CHANNEL,
};
