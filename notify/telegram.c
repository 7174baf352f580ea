/* telegram.c owns the `telegram` channel (oncall.md 4.5).  There is no key that
 * makes a message come only once: after a lost answer it may come twice. */
#include "notify/telegram.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "notify/cut.h"
#include "notify/http_channel.h"
#include "notify/secret.h"

#define TEXT_MAX 3900 /* 4096 characters after escaping was undone */
#define CALLBACK_MAX 64
#define ROWS_MAX 20 /* of buttons */

/* How a message is tried: each refusal of a form leads to a plainer one. */
enum form {
	FORM_FULL,
	FORM_NO_MARKUP,  /* "can't parse entities" */
	FORM_NO_BUTTONS, /* a button was refused */
};

struct telegram {
	struct http_channel http;
	char *url, *token;
};

void
telegram_escape(struct buf *out, const char *text)
{
	static const struct {
		char c;
		const char *written;
	} marks[] = { { '<', "&lt;" }, { '>', "&gt;" }, { '&', "&amp;" } };

	for (; *text != '\0'; text++) {
		const char *written = NULL;

		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
			written = *text == marks[i].c ? marks[i].written : written;
		}
		if (written != NULL) {
			buf_adds(out, written);
		} else {
			buf_addc(out, *text);
		}
	}
}

static char *
text_of(const struct outgoing *m, bool marked)
{
	struct buf out = { 0 };
	char *text = cut_bytes(m->text, TEXT_MAX - (strlen(m->subject) > 600 ? 600
		: strlen(m->subject)));
	char *subject = cut_bytes(m->subject, 600);

	if (marked) {
		buf_adds(&out, "<b>");
		telegram_escape(&out, subject);
		buf_adds(&out, "</b>\n\n");
		telegram_escape(&out, text);
	} else {
		buf_addf(&out, "%s\n\n%s", subject, text);
	}
	free(text);
	free(subject);
	return buf_take(&out);
}

static struct json *
button(const char *letter, const char *tag, const char *format, const char *number,
	const char *language)
{
	struct json *out = json_object();
	char *data = xasprintf("%s:%s", letter, tag);
	char *text = xasprintf(i18n_in(language == NULL ? "" : language, format), number);

	json_set_text(out, "text", text);
	json_set_text(out, "callback_data", data);
	free(text);
	free(data);
	return out;
}

/* What may be answered with one touch.  To pass it on one must say to whom: that
 * button asks. */
struct json *
telegram_buttons(const char *acts, const char *tag, const char *language)
{
	static const struct {
		const char *act, *letter, *label;
		bool row; /* begins one */
	} buttons[] = {
		{ "ack", "a", N_("Take it on"), true },
		{ "decline", "d", N_("Cannot take it"), false },
		{ "pass", "p", N_("Pass it on"), true },
	};
	struct json *rows = json_array();
	struct json *row = NULL;

	for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
		if (strstr(acts, buttons[i].act) == NULL) {
			continue;
		}
		if (row == NULL || buttons[i].row) {
			row = json_array();
			json_push(rows, row);
		}
		json_push(row, button(buttons[i].letter, tag, buttons[i].label, "", language));
	}
	return rows;
}

/* One row for each case that the text names: what was cut away was not read. */
static void
add_carried(struct json *rows, const struct outgoing *m, const char *shown)
{
	char number[32], tag[CALLBACK_MAX];
	int used = 0;

	for (const char *at = m->answers; json_count(rows) < ROWS_MAX &&
	     sscanf(at, "%31s %63s\n%n", number, tag, &used) == 2; at += used) {
		if (strstr(shown, number) != NULL && strlen(tag) + 2 <= CALLBACK_MAX) {
			struct json *row = json_array();

			json_push(rows, row);
			json_push(row, button("a", tag, N_("Take %s"), number, m->language));
			json_push(row, button("d", tag, N_("Not %s"), number, m->language));
		}
	}
}

static struct json *
keyboard(const struct outgoing *m, const char *shown)
{
	bool own = m->acts != NULL && m->answer_tag != NULL &&
		strlen(m->answer_tag) + 2 <= CALLBACK_MAX;
	struct json *rows = own ? telegram_buttons(m->acts, m->answer_tag, m->language)
		: json_array();
	struct json *markup = json_object();

	if (m->answers != NULL) {
		add_carried(rows, m, shown);
	}
	json_set(markup, "inline_keyboard", rows);
	return markup;
}

static struct json *
body_of(const struct http_job *job)
{
	struct json *body = json_object();
	struct json *preview = json_object();
	bool marked = job->form == FORM_FULL;
	char *text = text_of(&job->m, marked);
	struct json *markup;

	/* The number as text: Telegram takes both, and 2^53 is not enough for all. */
	json_set_text(body, "chat_id", job->other != NULL ? job->other : job->m.to_address);
	json_set_text(body, "text", text);
	if (marked) {
		json_set_text(body, "parse_mode", "HTML");
	}
	json_set_bool(preview, "is_disabled", true);
	json_set(body, "link_preview_options", preview);
	json_set_bool(body, "disable_notification",
		!job->m.urgent && job->m.severity == 1);
	markup = job->form < FORM_NO_BUTTONS ? keyboard(&job->m, text) : NULL;
	if (json_count(json_get(markup, "inline_keyboard")) > 0) {
		json_set(body, "reply_markup", markup);
	} else {
		json_free(markup);
	}
	free(text);
	return body;
}

static bool
ask(struct http_channel *http, struct http_job *job, struct http_request *request,
	struct send_result *out)
{
	struct telegram *self = (struct telegram *)http;
	struct json *body;

	buf_addf(&request->url, "%s/bot%s/%s", self->url, self->token,
		job->probe ? "getMe" : "sendMessage");
	if (job->probe) {
		request->method = "GET";
		return true;
	}
	if (!address_fits("telegram", job->m.to_address)) {
		return http_refuse(out, SEND_PERMANENT,
			_("the address is no chat of Telegram: a number, or @channel"));
	}
	body = body_of(job);
	http_put_json(request, body);
	json_free(body);
	return true;
}

/* ---- the answer ---- */

static void
accepted(struct http_job *job, const struct json *answer, const struct http_reply *reply,
	struct send_result *out)
{
	const struct json *result = json_get(answer, "result");
	int64_t id = json_get_int(result, "message_id", 0);

	if (job->probe) {
		const char *name = json_get_text(result, "username");

		if (name == NULL) {
			http_garbage(out, reply);
		} else {
			http_words(out, name);
		}
		return;
	}
	if (id == 0) {
		http_garbage(out, reply);
		return;
	}
	(void)snprintf(out->provider, sizeof out->provider, "%lld", (long long)id);
	if (job->other != NULL) {
		(void)snprintf(out->reply, sizeof out->reply,
			_("%d: the group has a new number, %s: put it into the register"),
			out->code, job->other);
	} else {
		http_words(out, out->provider);
	}
}

/* True: there is another form to try. */
static bool
other_form(struct http_job *job, const struct json *answer, const char *words)
{
	const struct json *moved = json_get(json_get(answer, "parameters"),
		"migrate_to_chat_id");

	if (moved != NULL && job->other == NULL) {
		job->other = xasprintf("%lld", (long long)json_integer(moved, 0));
		return true;
	}
	if (job->form < FORM_NO_MARKUP && strcasestr(words, "parse entities") != NULL) {
		job->form = FORM_NO_MARKUP;
		return true;
	}
	if (job->form < FORM_NO_BUTTONS && strcasestr(words, "button") != NULL) {
		job->form = FORM_NO_BUTTONS;
		return true;
	}
	return false;
}

static bool
hear(struct http_channel *http __attribute__((unused)), struct http_job *job,
	const struct http_reply *reply, struct send_result *out)
{
	struct json *answer = http_json(reply);
	const char *words = json_text_of(answer, "description");
	int64_t wait = json_get_int(json_get(answer, "parameters"), "retry_after", 0);
	bool again = false;

	if (json_get_bool(answer, "ok") && out->verdict == SEND_HANDED_OVER) {
		accepted(job, answer, reply, out);
	} else if (out->verdict == SEND_HANDED_OVER) {
		http_garbage(out, reply);
	} else if (answer != NULL) {
		http_words(out, words);
		again = out->code == 400 && other_form(job, answer, words);
	}
	if (wait > 0) {
		out->retry_after_ms = (wait < 3600 ? wait : 3600) * 1000;
	}
	json_free(answer);
	return !again;
}

static void
end(struct http_channel *http)
{
	struct telegram *self = (struct telegram *)http;

	secret_free(self->token);
	free(self->url);
}

/* 404: the token is no bot's.  403: blocked by this person, not by all. */
static const struct http_rule rules[] = {
	{ 403, SEND_PERMANENT }, { 500, SEND_UNREACHABLE }, { 0, 0 },
};

static const struct http_way way = {
	.type = &telegram_channel, .attempts = 4, .rules = rules, .ask = ask, .hear = hear,
	.end = end,
};

static bool
open_telegram(struct channel **out, const struct channel_config *given, struct error *err)
{
	const struct config *config = given->config;
	const char *token_file = config_get(config, CONFIG_TELEGRAM_TOKEN_FILE);
	const char *url = config_get(config, CONFIG_TELEGRAM_URL);
	bool plain = config_yes(config, CONFIG_TELEGRAM_PLAIN);
	struct telegram *self;
	char *token;

	if (token_file[0] == '\0') {
		return error_set(err, ERR_UNAVAILABLE,
			_("no Telegram bot is set: set token_file in [telegram] of suco.conf"));
	}
	if (!http_url_check(url, "[telegram] url", plain, err) ||
	    !secret_read(&token, token_file, "[telegram] token_file", err)) {
		return false;
	}
	if (token[strspn(token, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		":_-")] != '\0') {
		secret_free(token);
		return error_set(err, ERR_BAD_INPUT, _("%s holds no token of a Telegram bot"),
			token_file);
	}
	self = xcalloc(1, sizeof *self);
	self->url = url_base(url);
	self->token = token;
	self->http.secret = token;
	return http_channel_open(out, &self->http, &way, config, plain, err);
}

const struct channel_type telegram_channel = {
	.name = "telegram",
	.open = open_telegram,
	HTTP_CHANNEL,
	.probe = http_channel_probe,
};
