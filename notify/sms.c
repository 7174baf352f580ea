/* sms.c owns the `sms` channel (oncall.md 4.8): what is asked of the gateway is
 * filled in from suco.conf, what it says is read by a field and lists of values.
 * The message's id goes along, so that a gateway that knows it sends once. */
#include "notify/sms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/files.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "notify/http_channel.h"
#include "notify/secret.h"
#include "notify/sms_text.h"

#define BODY_MAX ((size_t)16 * 1024)
#define VALUE_MAX 120

enum escape { ESCAPE_NONE, ESCAPE_JSON, ESCAPE_FORM };

struct sms {
	struct http_channel http;
	char *url, *header, *body, *user, *secret; /* secret: NULL for none */
	char *field, *accepted; /* of `success`; "" */
	char *duplicate, *permanent, *fault, *id;
	const char *method;
	enum escape escape;
	enum sms_phone phone;
	int segments;
};

/* ---- what is asked ---- */

struct filling {
	const char *name, *value;
};

static void
add_escaped(struct buf *out, const char *value, enum escape escape)
{
	if (escape == ESCAPE_FORM) {
		http_escape(out, value);
	} else if (escape == ESCAPE_JSON) {
		struct json *text = json_string(value);
		char *quoted = json_line(text);

		buf_add(out, quoted + 1, strlen(quoted) - 2);
		free(quoted);
		json_free(text);
	} else {
		buf_adds(out, value);
	}
}

/* {name} is filled in where it is one of ours; every other brace stays: a body of
 * JSON is full of them. */
static void
fill(struct buf *out, const char *template, const struct filling *with, enum escape escape)
{
	while (*template != '\0') {
		const struct filling *found = with;
		size_t len = 0;

		for (; *template == '{' && found->name != NULL; found++) {
			len = strlen(found->name);
			if (strncmp(template + 1, found->name, len) == 0 &&
			    template[len + 1] == '}') {
				break;
			}
		}
		if (*template == '{' && found->name != NULL) {
			add_escaped(out, found->value, escape);
			template += len + 2;
		} else {
			buf_addc(out, *template++);
		}
	}
}

static void
add_header(struct http_request *request, const char *line, const struct filling *with)
{
	size_t name = strcspn(line, ":");
	struct buf value = { 0 };
	char *key;

	if (line[name] == '\0') {
		return;
	}
	key = xstrndup(line, name);
	fill(&value, line + name + 1 + strspn(line + name + 1, " "), with, ESCAPE_NONE);
	http_request_header(request, key, buf_text(&value));
	buf_free(&value);
	free(key);
}

static bool
ask(struct http_channel *http, struct http_job *job, struct http_request *request,
	struct send_result *out)
{
	struct sms *self = (struct sms *)http;
	char number[24];
	char *text;

	if (!sms_number(number, job->m.to_address, self->phone)) {
		return http_refuse(out, SEND_PERMANENT,
			_("the address is no telephone number that a text can be sent to"));
	}
	text = sms_compose(&job->m, self->segments);
	job->form = sms_segments(text);
	{
		const struct filling with[] = {
			{ "phone", number }, { "text", text }, { "id", job->m.id },
			{ "user", self->user },
			{ "secret", self->secret == NULL ? "" : self->secret },
			{ 0 },
		};

		request->method = self->method;
		fill(&request->url, self->url, with, ESCAPE_FORM);
		fill(&request->body, self->body, with, self->escape);
		add_header(request, self->header, with);
		if (self->body[0] != '\0') {
			http_request_header(request, "Content-Type", self->escape == ESCAPE_JSON
				? "application/json; charset=utf-8"
				: "application/x-www-form-urlencoded; charset=utf-8");
		}
	}
	free(text);
	return true;
}

/* ---- what is answered ---- */

/* "data.0.status" in the answer; false: no such field. */
static bool
value_at(char out[VALUE_MAX], const struct json *answer, const char *path)
{
	while (answer != NULL && *path != '\0') {
		size_t len = strcspn(path, ".");
		char *key = xstrndup(path, len);

		answer = json_is(answer, JSON_ARRAY) ? json_at(answer, (int)strtol(key, NULL, 10))
			: json_get(answer, key);
		free(key);
		path += len + (path[len] == '.');
	}
	if (json_is(answer, JSON_STRING)) {
		(void)snprintf(out, VALUE_MAX, "%s", json_text(answer, ""));
	} else if (json_is(answer, JSON_NUMBER) && json_is_integer(answer)) {
		(void)snprintf(out, VALUE_MAX, "%lld", (long long)json_integer(answer, 0));
	} else if (json_is(answer, JSON_BOOL)) {
		(void)snprintf(out, VALUE_MAX, "%s", json_true(answer) ? "true" : "false");
	} else {
		return false;
	}
	return true;
}

static bool
is_among(const char *words, const char *value)
{
	size_t len = strlen(value);

	while (len > 0 && *words != '\0') {
		size_t word = strcspn(words, " ,");

		if (word == len && memcmp(words, value, len) == 0) {
			return true;
		}
		words += word + strspn(words + word, " ,");
	}
	return false;
}

static void
say_accepted(const struct sms *self, const struct http_job *job, const struct json *answer,
	const char *value, struct send_result *out)
{
	char id[VALUE_MAX] = "";

	out->verdict = SEND_HANDED_OVER;
	out->retry_after_ms = 0;
	if (self->id[0] != '\0' && value_at(id, answer, self->id)) {
		(void)snprintf(out->provider, sizeof out->provider, "%.90s", id);
	}
	(void)snprintf(out->reply, sizeof out->reply,
		ngettext("%d %s %s: accepted, %d segment", "%d %s %s: accepted, %d segments",
			(unsigned long)job->form),
		out->code, value, id, job->form);
}

/* Gateways say no with status 200, and yes with a word in the body. */
static void
read_field(const struct sms *self, const struct http_job *job,
	const struct http_reply *reply, struct send_result *out)
{
	const struct {
		const char *values;
		enum send_verdict verdict;
	} lists[] = {
		{ self->accepted, SEND_HANDED_OVER }, { self->duplicate, SEND_HANDED_OVER },
		{ self->permanent, SEND_PERMANENT }, { self->fault, SEND_CHANNEL_FAULT },
	};
	struct json *answer = http_json(reply);
	char value[VALUE_MAX] = "";
	bool yes = out->verdict == SEND_HANDED_OVER; /* says the status */

	if (!value_at(value, answer, self->field)) {
		if (yes) {
			http_garbage(out, reply);
		}
		json_free(answer);
		return;
	}
	if (yes) {
		out->verdict = SEND_TEMPORARY; /* until a list says otherwise */
	}
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		if ((yes || lists[i].verdict != SEND_HANDED_OVER) &&
		    is_among(lists[i].values, value)) {
			out->verdict = lists[i].verdict;
			break;
		}
	}
	if (out->verdict == SEND_HANDED_OVER) {
		say_accepted(self, job, answer, value, out);
	}
	json_free(answer);
}

static bool
hear(struct http_channel *http, struct http_job *job, const struct http_reply *reply,
	struct send_result *out)
{
	const struct sms *self = (struct sms *)http;

	if (reply->curl_code != 0) {
		return true;
	}
	if (self->field[0] != '\0') {
		read_field(self, job, reply, out);
	} else if (out->verdict == SEND_HANDED_OVER && strncmp(reply->body, self->accepted,
			   strlen(self->accepted)) != 0) {
		out->verdict = SEND_TEMPORARY;
	} else if (out->verdict == SEND_HANDED_OVER) {
		say_accepted(self, job, NULL, reply->body[0] == '\0' ? "ok" : self->accepted, out);
	}
	return true;
}

/* ---- opening ---- */

static void
end(struct http_channel *http)
{
	struct sms *self = (struct sms *)http;
	char *const texts[] = { self->url, self->header, self->body, self->user, self->field,
		self->accepted, self->duplicate, self->permanent, self->fault, self->id };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		free(texts[i]);
	}
	secret_free(self->secret);
}

static const struct http_way way = {
	.type = &sms_channel, .attempts = 1, .ask = ask, .hear = hear, .end = end,
};

/* "FIELD=VALUE VALUE", "text:START" or nothing. */
static bool
read_success(struct sms *self, const char *success, struct error *err)
{
	size_t field = strcspn(success, "=");

	if (strncmp(success, "text:", 5) == 0 || success[0] == '\0') {
		self->field = xstrdup("");
		self->accepted = xstrdup(success[0] == '\0' ? "" : success + 5);
		return true;
	}
	if (field == 0 || success[field] == '\0' || success[field + 1] == '\0') {
		return error_set(err, ERR_BAD_INPUT,
			_("[sms] success must be FIELD=VALUE or text:START, not "
				"\"%.60s\""), success);
	}
	self->field = xstrndup(success, field);
	self->accepted = xstrdup(success + field + 1);
	return true;
}

static bool
read_body(struct sms *self, const struct config *config, struct error *err)
{
	const char *file = config_get(config, CONFIG_SMS_BODY_FILE);
	size_t len;

	if (file[0] == '\0') {
		self->body = xstrdup(config_get(config, CONFIG_SMS_BODY));
		return true;
	}
	if (!file_read(&self->body, &len, file, BODY_MAX, err)) {
		return false;
	}
	while (len > 0 && strchr(" \t\r\n", self->body[len - 1]) != NULL) {
		self->body[--len] = '\0';
	}
	return true;
}

/* A text that says nothing or nowhere: better known now than at night. */
static bool
check_template(const struct sms *self, struct error *err)
{
	static const char *const places[] = { "{phone}", "{text}" };

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (strstr(self->url, places[i]) == NULL && strstr(self->body, places[i]) == NULL) {
			return error_set(err, ERR_BAD_INPUT,
				_("neither url nor body of [sms] has %s"), places[i]);
		}
	}
	return true;
}

static bool
read_config(struct sms *self, const struct config *config, struct error *err)
{
	static const char *const forms[] = { "national", "plain", "plus" };
	const char *secret_file = config_get(config, CONFIG_SMS_SECRET_FILE);

	self->url = xstrdup(config_get(config, CONFIG_SMS_URL));
	self->header = xstrdup(config_get(config, CONFIG_SMS_HEADER));
	self->user = xstrdup(config_get(config, CONFIG_SMS_USER));
	self->duplicate = xstrdup(config_get(config, CONFIG_SMS_DUPLICATE));
	self->permanent = xstrdup(config_get(config, CONFIG_SMS_PERMANENT));
	self->fault = xstrdup(config_get(config, CONFIG_SMS_FAULT));
	self->id = xstrdup(config_get(config, CONFIG_SMS_ID));
	self->method = config_get(config, CONFIG_SMS_METHOD);
	self->escape = strcmp(config_get(config, CONFIG_SMS_ESCAPE), "json") == 0
		? ESCAPE_JSON : ESCAPE_FORM;
	self->segments = (int)config_number(config, CONFIG_SMS_SEGMENTS);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (strcmp(config_get(config, CONFIG_SMS_PHONE), forms[i]) == 0) {
			self->phone = (enum sms_phone)i;
		}
	}
	return read_success(self, config_get(config, CONFIG_SMS_SUCCESS), err) &&
		read_body(self, config, err) && check_template(self, err) &&
		(secret_file[0] == '\0' ||
			secret_read(&self->secret, secret_file, "[sms] secret_file", err));
}

static bool
open_sms(struct channel **out, const struct channel_config *given, struct error *err)
{
	const struct config *config = given->config;
	const char *url = config_get(config, CONFIG_SMS_URL);
	bool plain = config_yes(config, CONFIG_SMS_PLAIN);
	struct sms *self;

	if (url[0] == '\0') {
		return error_set(err, ERR_UNAVAILABLE,
			_("no SMS gateway is set: set url in [sms] of suco.conf"));
	}
	if (!http_url_check(url, "[sms] url", plain, err)) {
		return false;
	}
	self = xcalloc(1, sizeof *self);
	self->http.way = &way;
	if (!read_config(self, config, err)) {
		http_channel_close(&self->http.channel);
		return false;
	}
	self->http.secret = self->secret;
	return http_channel_open(out, &self->http, &way, config, plain, err);
}

const struct channel_type sms_channel = {
	.name = "sms",
	.open = open_sms,
	HTTP_CHANNEL,
};
