/* zalo.c owns the `zalo` channel (oncall.md 4.6).  Every answer has status 200: only
 * its field `error` tells.  One message at a time, because the token that renews
 * the other works once. */
#include "notify/zalo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "notify/cut.h"
#include "notify/http_channel.h"
#include "notify/secret.h"
#include "notify/zalo_token.h"

#define TEXT_MAX 1900 /* characters allow 2000; bytes are more */
#define ERROR_TOKEN (-216) /* not valid, or over */

enum form { FORM_MESSAGE, FORM_RENEW };

struct zalo {
	struct http_channel http;
	struct zalo_token token;
	char *url, *token_url, *app_id, *app_secret;
	bool renewed; /* for the message under way: not twice */
};

/* Errors that say more than "not now". */
static const struct zalo_error {
	int error;
	enum send_verdict verdict;
	const char *words;
} zalo_errors[] = {
	{ -32, SEND_TEMPORARY, N_("too many messages in a minute") },
	{ -201, SEND_PERMANENT, N_("it does not take this message") },
	{ -204, SEND_CHANNEL_FAULT, N_("the official account is gone") },
	{ -205, SEND_CHANNEL_FAULT, N_("the official account is gone") },
	{ -209, SEND_CHANNEL_FAULT, N_("the application may not do this") },
	{ -211, SEND_TEMPORARY, N_("the account's messages are used up") },
	{ -213, SEND_PERMANENT, N_("this person does not follow the account") },
	{ ERROR_TOKEN, SEND_CHANNEL_FAULT, N_("it does not take the new token either") },
	{ -217, SEND_PERMANENT, N_("this person takes no messages of the account") },
	{ -218, SEND_PERMANENT, N_("this person has had as many as he may get") },
	{ -221, SEND_CHANNEL_FAULT, N_("the account is not verified") },
	{ -224, SEND_CHANNEL_FAULT, N_("the account's plan does not allow it") },
	{ -227, SEND_PERMANENT, N_("this person's Zalo is blocked or long unused") },
	{ -230, SEND_PERMANENT,
	  N_("this person has not written to the account for 7 days: reach him otherwise") },
	{ -232, SEND_PERMANENT,
	  N_("this person has not written to the account for 48 hours: reach him otherwise") },
};

static int64_t
now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- what is asked ---- */

static bool
is_user(const char *text)
{
	size_t len = strspn(text, "0123456789");

	/* A telephone's number has ten: people write that into the register too. */
	return len >= 12 && len <= 24 && text[len] == '\0';
}

static void
ask_renewal(struct zalo *self, struct http_request *request)
{
	buf_addf(&request->url, "%s/v4/oa/access_token", self->token_url);
	http_request_header(request, "secret_key", self->app_secret);
	http_request_header(request, "Content-Type", "application/x-www-form-urlencoded");
	buf_adds(&request->body, "app_id=");
	http_escape(&request->body, self->app_id);
	buf_adds(&request->body, "&grant_type=refresh_token&refresh_token=");
	http_escape(&request->body, self->token.refresh);
}

static void
ask_message(struct zalo *self, const struct outgoing *m, struct http_request *request)
{
	char *whole = xasprintf("%s\n\n%s", m->subject, m->text);
	char *text = cut_bytes(whole, TEXT_MAX);
	struct json *body = json_object();
	struct json *recipient = json_object();
	struct json *message = json_object();

	json_set_text(recipient, "user_id", m->to_address);
	json_set_text(message, "text", text);
	json_set(body, "recipient", recipient);
	json_set(body, "message", message);
	buf_addf(&request->url, "%s/v3.0/oa/message/cs", self->url);
	http_request_header(request, "access_token", self->token.access);
	http_put_json(request, body);
	json_free(body);
	free(text);
	free(whole);
}

/* False: no request may be made, *out says why. */
static bool
prepare(struct zalo *self, struct http_job *job, struct send_result *out)
{
	struct error err = ERROR_INIT;
	bool busy = false;

	if (self->token.unsaved && !zalo_token_save(&self->token, &err)) {
		return http_refuse(out, SEND_CHANNEL_FAULT, err.message);
	}
	if (!zalo_token_load(&self->token, &err)) {
		return http_refuse(out, SEND_CHANNEL_FAULT, err.message);
	}
	if (job->form == FORM_MESSAGE && zalo_token_is_fresh(&self->token, now_ms())) {
		return true;
	}
	job->form = FORM_RENEW;
	if (!zalo_token_lock(&self->token, &busy, &err)) {
		return http_refuse(out, SEND_CHANNEL_FAULT, err.message);
	}
	/* Another program may have renewed it while we waited for the lock. */
	if (busy || !zalo_token_load(&self->token, &err)) {
		return http_refuse(out, SEND_TEMPORARY,
			busy ? _("another program renews the token just now") : err.message);
	}
	if (job->attempt == 0 && zalo_token_is_fresh(&self->token, now_ms())) {
		zalo_token_unlock(&self->token);
		job->form = FORM_MESSAGE;
	}
	return true;
}

static bool
ask(struct http_channel *http, struct http_job *job, struct http_request *request,
	struct send_result *out)
{
	struct zalo *self = (struct zalo *)http;

	if (!is_user(job->m.to_address)) {
		return http_refuse(out, SEND_PERMANENT,
			_("the address is no user_id of the official account"));
	}
	if (job->attempt == 0) {
		self->renewed = false;
	}
	if (!prepare(self, job, out)) {
		zalo_token_unlock(&self->token);
		return false;
	}
	if (job->form == FORM_RENEW) {
		self->renewed = true;
		ask_renewal(self, request);
	} else {
		ask_message(self, &job->m, request);
	}
	return true;
}

/* ---- what is answered ---- */

static void
read_error(const struct json *answer, int error, struct send_result *out)
{
	const char *theirs = json_text_of(answer, "message");

	out->verdict = SEND_TEMPORARY;
	(void)snprintf(out->reply, sizeof out->reply, "%d: %.200s", error, theirs);
	for (size_t i = 0; i < sizeof zalo_errors / sizeof *zalo_errors; i++) {
		if (zalo_errors[i].error == error) {
			out->verdict = zalo_errors[i].verdict;
			(void)snprintf(out->reply, sizeof out->reply, "%d: %s (%.200s)", error,
				_(zalo_errors[i].words), theirs);
		}
	}
	out->code = error;
}

/* True: the message may go now. */
static bool
hear_renewal(struct zalo *self, const struct json *answer, struct send_result *out)
{
	struct error err = ERROR_INIT;
	bool ok = out->verdict == SEND_HANDED_OVER && answer != NULL &&
		zalo_token_take(&self->token, answer, now_ms(), &err);

	zalo_token_unlock(&self->token);
	if (ok) {
		return true;
	}
	/* No message was sent: whatever happened to the token, that is known. */
	if (out->verdict == SEND_HANDED_OVER) {
		out->verdict = SEND_CHANNEL_FAULT;
		(void)snprintf(out->reply, sizeof out->reply, _("the token is not "
			"renewed: %s: %.200s"),
			answer == NULL ? _("the answer cannot be read") : err.message,
			json_text_of(answer, "error_description"));
	} else if (out->verdict == SEND_UNKNOWN || out->verdict == SEND_PERMANENT) {
		out->verdict = SEND_CHANNEL_FAULT;
	}
	return false;
}

static bool
hear(struct http_channel *http, struct http_job *job, const struct http_reply *reply,
	struct send_result *out)
{
	struct zalo *self = (struct zalo *)http;
	struct json *answer = http_json(reply);
	const struct json *error = json_get(answer, "error");
	bool again = false;

	if (job->form == FORM_RENEW) {
		again = hear_renewal(self, answer, out);
		job->form = FORM_MESSAGE;
	} else if (out->verdict == SEND_HANDED_OVER && !json_is_integer(error)) {
		http_garbage(out, reply);
	} else if (json_is_integer(error) && json_integer(error, 0) == ERROR_TOKEN &&
	    !self->renewed) {
		job->form = FORM_RENEW;
		again = true;
	} else if (json_is_integer(error) && json_integer(error, 0) != 0) {
		read_error(answer, (int)json_integer(error, 0), out);
	} else if (out->verdict == SEND_HANDED_OVER) {
		(void)snprintf(out->provider, sizeof out->provider, "%.90s",
			json_text_of(json_get(answer, "data"), "message_id"));
		http_words(out, json_text_of(answer, "message"));
	}
	http_hide(out->reply, self->token.access);
	http_hide(out->reply, self->token.refresh);
	json_free(answer);
	return !again;
}

/* ---- opening ---- */

static void
end(struct http_channel *http)
{
	struct zalo *self = (struct zalo *)http;

	zalo_token_clear(&self->token);
	secret_free(self->app_secret);
	free(self->url);
	free(self->token_url);
	free(self->app_id);
}

static const struct http_way way = {
	.type = &zalo_channel, .attempts = 4, .ask = ask, .hear = hear, .end = end,
};

static bool
read_config(struct zalo *self, const struct config *config, bool plain, struct error *err)
{
	const char *url = config_get(config, CONFIG_ZALO_URL);
	const char *token_url = config_get(config, CONFIG_ZALO_TOKEN_URL);

	self->app_id = xstrdup(config_get(config, CONFIG_ZALO_APP_ID));
	self->token.path = xstrdup(config_get(config, CONFIG_ZALO_TOKEN_FILE));
	self->url = url_base(url);
	self->token_url = url_base(token_url);
	if (self->app_id[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("%s is not set"), "[zalo] app_id");
	}
	return http_url_check(url, "[zalo] url", plain, err) &&
		http_url_check(token_url, "[zalo] token_url", plain, err) &&
		secret_read(&self->app_secret, config_get(config, CONFIG_ZALO_SECRET_FILE),
			"[zalo] secret_file", err) &&
		zalo_token_load(&self->token, err);
}

static bool
open_zalo(struct channel **out, const struct channel_config *given, struct error *err)
{
	const struct config *config = given->config;
	bool plain = config_yes(config, CONFIG_ZALO_PLAIN);
	struct zalo *self;

	if (config_get(config, CONFIG_ZALO_TOKEN_FILE)[0] == '\0') {
		return error_set(err, ERR_UNAVAILABLE,
			_("no official account of Zalo is set: set token_file in [zalo] "
				"of suco.conf"));
	}
	self = xcalloc(1, sizeof *self);
	self->http.way = &way;
	self->token.lock = -1;
	if (!read_config(self, config, plain, err)) {
		http_channel_close(&self->http.channel);
		return false;
	}
	self->http.secret = self->app_secret;
	if (!http_channel_open(out, &self->http, &way, config, plain, err)) {
		return false;
	}
	self->http.connections = 1;
	return true;
}

const struct channel_type zalo_channel = {
	.name = "zalo",
	.open = open_zalo,
	HTTP_CHANNEL,
};
