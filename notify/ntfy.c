/* ntfy.c owns the `ntfy` channel (oncall.md 4.7): JSON to the server's root, so
 * that titles may be in any script. */
#include "notify/ntfy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "notify/cut.h"
#include "notify/http_channel.h"
#include "notify/secret.h"

#define MESSAGE_MAX 4000 /* bytes; from 4096 on it becomes an attachment */

struct ntfy {
	struct http_channel http;
	char *url; /* without a slash at its end */
	char *token; /* NULL: none */
};

/* By severity, 0: none decided. */
static const struct {
	int priority;
	const char *tag;
} loudness[] = {
	{ 3, "information_source" }, { 2, "information_source" }, { 3, "warning" },
	{ 4, "warning" }, { 5, "rotating_light" },
};

/* The link opens the page on which it is answered. */
static void
add_link(struct json *body, const char *link)
{
	struct json *actions = json_array();
	struct json *view = json_object();

	json_set_text(view, "action", "view");
	json_set_text(view, "label", _("Answer"));
	json_set_text(view, "url", link);
	json_set_bool(view, "clear", true);
	json_push(actions, view);
	json_set_text(body, "click", link);
	json_set(body, "actions", actions);
}

static struct json *
body_of(const struct outgoing *m)
{
	struct json *body = json_object();
	struct json *tags = json_array();
	int priority = loudness[m->severity].priority;
	char *text = cut_bytes(m->text, MESSAGE_MAX);

	json_set_text(body, "topic", m->to_address);
	json_set_text(body, "title", m->subject);
	json_set_text(body, "message", text);
	json_set_int(body, "priority", m->urgent && priority < 4 ? 4 : priority);
	json_push(tags, json_string(loudness[m->severity].tag));
	json_set(body, "tags", tags);
	if (m->answer_link != NULL) {
		add_link(body, m->answer_link);
	}
	free(text);
	return body;
}

static bool
ask(struct http_channel *http, struct http_job *job, struct http_request *request,
	struct send_result *out)
{
	struct ntfy *self = (struct ntfy *)http;
	struct json *body;

	buf_adds(&request->url, self->url);
	if (job->probe) {
		request->method = "GET";
		buf_adds(&request->url, "/v1/health");
		return true;
	}
	if (!address_fits("ntfy", job->m.to_address)) {
		return http_refuse(out, SEND_PERMANENT,
			_("the address is no topic of ntfy: letters, digits, _ and -"));
	}
	if (self->token != NULL) {
		char *value = xasprintf("Bearer %s", self->token);

		http_request_header(request, "Authorization", value);
		secret_free(value);
	}
	body = body_of(&job->m);
	http_put_json(request, body);
	json_free(body);
	return true;
}

/* What it kept comes back with its id; a page of somebody else's does not. */
static bool
hear(struct http_channel *http __attribute__((unused)), struct http_job *job,
	const struct http_reply *reply, struct send_result *out)
{
	struct json *answer = http_json(reply);
	const char *error = json_get_text(answer, "error");
	const char *id = json_get_text(answer, "id");

	if (error != NULL) {
		http_words(out, error);
	} else if (out->verdict == SEND_HANDED_OVER &&
	    (job->probe ? !json_get_bool(answer, "healthy") : id == NULL)) {
		http_garbage(out, reply);
	} else if (out->verdict == SEND_HANDED_OVER) {
		(void)snprintf(out->provider, sizeof out->provider, "%s", id == NULL ? "" : id);
		http_words(out, id == NULL ? _("healthy") : id);
	}
	json_free(answer);
	return true;
}

static void
end(struct http_channel *http)
{
	struct ntfy *self = (struct ntfy *)http;

	secret_free(self->token);
	free(self->url);
}

/* 401: the token is no use.  403: it may not write to this topic. */
static const struct http_rule rules[] = { { 403, SEND_PERMANENT }, { 0, 0 } };

static const struct http_way way = {
	.type = &ntfy_channel, .attempts = 1, .rules = rules, .ask = ask, .hear = hear, .end = end,
};

static bool
open_ntfy(struct channel **out, const struct channel_config *given, struct error *err)
{
	const struct config *config = given->config;
	const char *url = config_get(config, CONFIG_NTFY_URL);
	const char *token_file = config_get(config, CONFIG_NTFY_TOKEN_FILE);
	bool plain = config_yes(config, CONFIG_NTFY_PLAIN);
	char *token = NULL;
	struct ntfy *self;

	if (url[0] == '\0') {
		return error_set(err, ERR_UNAVAILABLE,
			_("no ntfy server is set: set url in [ntfy] of suco.conf"));
	}
	if (!http_url_check(url, "[ntfy] url", plain, err) || (token_file[0] != '\0' &&
	    !secret_read(&token, token_file, "[ntfy] token_file", err))) {
		return false;
	}
	self = xcalloc(1, sizeof *self);
	self->url = url_base(url);
	self->token = token;
	self->http.secret = token;
	return http_channel_open(out, &self->http, &way, config, plain, err);
}

const struct channel_type ntfy_channel = {
	.name = "ntfy",
	.open = open_ntfy,
	HTTP_CHANNEL,
	.probe = http_channel_probe,
};
