/* http_channel.c is the part that all channels over HTTP share: jobs under way,
 * their results, and the first reading of every answer. */
#include "notify/http_channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"

static char *
copy(const char *text)
{
	return text == NULL ? NULL : xstrdup(text);
}

static void
copy_message(struct outgoing *to, const struct outgoing *from)
{
	*to = *from;
	to->id = copy(from->id);
	to->message_id = copy(from->message_id);
	to->thread_root = copy(from->thread_root);
	to->case_number = copy(from->case_number);
	to->to_name = copy(from->to_name);
	to->to_address = copy(from->to_address);
	to->subject = copy(from->subject);
	to->text = copy(from->text);
	to->acts = copy(from->acts);
	to->answer_tag = copy(from->answer_tag);
	to->answer_link = copy(from->answer_link);
	to->answers = copy(from->answers);
	to->language = copy(from->language);
}

static void
job_end(struct http_channel *self, struct http_job *job)
{
	const char *const texts[] = { job->m.id, job->m.message_id, job->m.thread_root,
		job->m.case_number, job->m.to_name, job->m.to_address, job->m.subject,
		job->m.text, job->m.acts, job->m.answer_tag, job->m.answer_link,
		job->m.answers, job->m.language };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		free((char *)(uintptr_t)texts[i]);
	}
	free(job->other);
	if (job->prev != NULL) {
		job->prev->next = job->next;
	} else {
		self->first = job->next;
	}
	if (job->next != NULL) {
		job->next->prev = job->prev;
	}
	free(job);
}

void
http_channel_close(struct channel *channel)
{
	struct http_channel *self = (struct http_channel *)channel;

	if (self == NULL) {
		return;
	}
	http_pool_free(self->pool);
	while (self->first != NULL) {
		job_end(self, self->first);
	}
	result_free(&self->results);
	if (self->way != NULL && self->way->end != NULL) {
		self->way->end(self);
	}
	free(self);
}

bool
http_channel_open(struct channel **out, struct http_channel *self,
	const struct http_way *way, const struct config *config, bool plain,
	struct error *err)
{
	self->channel.type = way->type;
	self->way = way;
	self->plain = plain;
	self->connections = (int)config_number(config, CONFIG_HTTP_CONNECTIONS);
	if (!http_pool_new(&self->pool, &(struct http_options){
		.ca_file = config_get(config, CONFIG_HTTP_CA_FILE),
		.proxy = config_get(config, CONFIG_HTTP_PROXY),
		.connect_ms = (long)config_number(config, CONFIG_HTTP_CONNECT_TIMEOUT) * 1000,
		.transfer_ms = (long)config_number(config, CONFIG_HTTP_TRANSFER_TIMEOUT) * 1000,
		.connections = self->connections }, err)) {
		http_channel_close(&self->channel);
		return false;
	}
	*out = &self->channel;
	return true;
}

int
http_channel_room(const struct channel *channel)
{
	const struct http_channel *self = (const struct http_channel *)channel;

	return self->connections - self->busy;
}

/* ---- what comes back ---- */

/* A gateway that repeats what it was sent must not put a key into the desk. */
void
http_hide(char *words, const char *secret)
{
	size_t len = secret == NULL ? 0 : strlen(secret);

	for (char *at = words; len > 3 && (at = strstr(at, secret)) != NULL; ) {
		memset(at, '*', len);
	}
	/* What was cut may end in the midst of it. */
	for (size_t part = len > 0 ? len - 1 : 0; part > 3; part--) {
		size_t words_len = strlen(words);

		if (words_len >= part && memcmp(words + words_len - part, secret, part) == 0) {
			words[words_len - part] = '\0';
			return;
		}
	}
}

static void
finish(struct http_channel *self, struct http_job *job, struct send_result *out)
{
	(void)snprintf(out->id, sizeof out->id, "%s", job->m.id);
	http_hide(out->reply, self->secret);
	if (self->many_places && (out->verdict == SEND_UNREACHABLE ||
		    out->verdict == SEND_CHANNEL_FAULT)) {
		out->verdict = SEND_TEMPORARY;
	}
	out->alone = out->alone || (self->many_places && out->verdict != SEND_HANDED_OVER);
	result_add(&self->results, out);
	job_end(self, job);
}

static enum send_verdict
read_status(const struct http_way *way, const struct http_reply *reply)
{
	const struct http_rule *rule = way->rules;

	for (; reply->curl_code == 0 && rule != NULL && rule->status != 0; rule++) {
		if (rule->status == reply->status) {
			return rule->verdict;
		}
	}
	return http_verdict(reply->curl_code, reply->status, reply->said);
}

static void
first_reading(const struct http_way *way, const struct http_reply *reply,
	struct send_result *out)
{
	int len = (int)strcspn(reply->location, "?#");

	out->verdict = read_status(way, reply);
	out->code = reply->status;
	out->retry_after_ms = reply->retry_after_ms;
	if (reply->curl_code != 0) {
		(void)snprintf(out->reply, sizeof out->reply, "%s", reply->why);
	} else if (len > 0) {
		(void)snprintf(out->reply, sizeof out->reply, _("%d: points to %.*s"),
			reply->status, len > 200 ? 200 : len, reply->location);
	} else {
		http_words(out, reply->body);
	}
}

static void put(struct http_channel *self, struct http_job *job);

static void
heard(void *arg, void *data, const struct http_reply *reply)
{
	struct http_channel *self = arg;
	struct http_job *job = data;
	struct send_result out = { 0 };

	job->attempt++;
	first_reading(self->way, reply, &out);
	if (!self->way->hear(self, job, reply, &out)) {
		if (job->attempt < self->way->attempts) {
			put(self, job);
			return;
		}
		(void)http_refuse(&out, SEND_TEMPORARY, _("it was asked again and again"));
	}
	finish(self, job, &out);
}

/* ---- what goes out ---- */

static void
put(struct http_channel *self, struct http_job *job)
{
	struct http_request request = { .method = "POST", .plain = self->plain };
	struct send_result out = { 0 };

	if (!self->way->ask(self, job, &request, &out)) {
		http_request_clear(&request);
		finish(self, job, &out);
		return;
	}
	http_send(self->pool, &request, job);
}

static void
begin(struct http_channel *self, const struct outgoing *message, bool probe)
{
	struct http_job *job = xcalloc(1, sizeof *job);

	copy_message(&job->m, message);
	job->probe = probe;
	job->next = self->first;
	if (job->next != NULL) {
		job->next->prev = job;
	}
	self->first = job;
	self->busy++;
	put(self, job);
}

void
http_channel_begin(struct channel *channel, const struct outgoing *message)
{
	begin((struct http_channel *)channel, message, false);
}

void
http_channel_probe(struct channel *channel)
{
	begin((struct http_channel *)channel, &(struct outgoing){ .id = "", .message_id = "",
		.to_name = "", .to_address = "", .subject = "", .text = "" }, true);
}

int
http_channel_fd(const struct channel *channel)
{
	return http_pool_fd(((const struct http_channel *)channel)->pool);
}

/* A refusal without a request is there at once. */
int
http_channel_timeout(const struct channel *channel)
{
	const struct http_channel *self = (const struct http_channel *)channel;

	return self->results.first < self->results.count ? 0
		: http_pool_timeout(self->pool);
}

void
http_channel_work(struct channel *channel)
{
	struct http_channel *self = (struct http_channel *)channel;

	http_pool_work(self->pool, heard, self);
}

bool
http_channel_result(struct channel *channel, struct send_result *out)
{
	struct http_channel *self = (struct http_channel *)channel;
	bool found = result_pop(&self->results, out);

	self->busy -= found;
	return found;
}

/* ---- for the ways ---- */

bool
http_refuse(struct send_result *out, enum send_verdict verdict, const char *words)
{
	out->verdict = verdict;
	out->code = 0;
	out->alone = verdict == SEND_PERMANENT || verdict == SEND_TEMPORARY;
	(void)snprintf(out->reply, sizeof out->reply, "%s", words);
	return false;
}

void
http_words(struct send_result *out, const char *words)
{
	(void)snprintf(out->reply, sizeof out->reply, "%d%s%.300s", out->code,
		words[0] == '\0' ? "" : ": ", words);
}

struct json *
http_json(const struct http_reply *reply)
{
	struct error ignored = ERROR_INIT;
	struct json *found = NULL;

	if (reply->curl_code != 0 || reply->cut || reply->len == 0 ||
	    !json_parse(&found, reply->body, reply->len,
		    &(struct json_limits){ .depth = 16 }, &ignored)) {
		return NULL;
	}
	return found;
}

void
http_garbage(struct send_result *out, const struct http_reply *reply)
{
	out->verdict = SEND_UNKNOWN;
	(void)snprintf(out->reply, sizeof out->reply,
		reply->cut ? _("%d, but the answer is too long to be one: %.200s")
			: _("%d, but the answer cannot be read: %.200s"),
		out->code, reply->body);
}

bool
http_url_check(const char *url, const char *key, bool plain, struct error *err)
{
	const char *host = strstr(url, "://");

	if (strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0) {
		return error_set(err, ERR_BAD_INPUT, _("%s must begin with https://, not "
			"\"%.80s\""),
			key, url);
	}
	if (strncmp(url, "http://", 7) == 0 && !plain) {
		return error_set(err, ERR_BAD_INPUT,
			_("%s is http:// without TLS: https://, or plain = yes beside it"), key);
	}
	if (host[3] == '\0' || host[3] == '/' || strpbrk(url, " \t@") != NULL) {
		return error_set(err, ERR_BAD_INPUT, _("%s is no URL: \"%.80s\""), key, url);
	}
	return true;
}

void
http_put_json(struct http_request *request, const struct json *body)
{
	char *line = json_line(body);

	http_request_header(request, "Content-Type", "application/json; charset=utf-8");
	buf_adds(&request->body, line);
	free(line);
}

void
http_escape(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    strchr("-._~", c) != NULL) {
			buf_addc(out, (char)c);
		} else {
			buf_addf(out, "%%%02X", c);
		}
	}
}
