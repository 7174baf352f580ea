/* telegram_in.c is the module of answers by Telegram: one long request asks the
 * bot's server what was pressed, so that no port of ours is open. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json.h"
#include "notify/cut.h"
#include "notify/http_channel.h"
#include "notify/http_send.h"
#include "notify/secret.h"
#include "serve/links.h"
#include "serve/module.h"
#include "serve/telegram_press.h"

#define ASK_SECONDS 25
/* Each repeats the message with its button, 4096 characters of six bytes: so many fit
 * into one answer, and the rest comes with the next. */
#define ASK_MOST ((int64_t)(HTTP_ANSWER_MAX / (28 * 1024)))
#define TRANSFER_MS 40000L
#define PATIENCE_MS 60000
#define CURSOR "telegram:offset"

SQL(UPDATE_AT, "t", "SELECT value FROM local_cursor WHERE name = $1");
SQL(UPDATE_SET, "tti", "INSERT INTO local_cursor (name, value, at) VALUES ($1, $2, $3)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at");

enum job { JOB_ASK, JOB_TELL }; /* addresses of these name the request */

static enum job jobs[] = { JOB_ASK, JOB_TELL };

static struct bot {
	struct http_pool *pool;
	char *base, *token; /* ours */
	bool plain, asking;
	int64_t offset;
	bool heard, failed; /* in this turn: an answer, and none that it is */
	struct error why;
} bot;

static bool
open_bot(struct serve *serve, struct error *err)
{
	const struct config *c = serve->config;
	const char *url = config_get(c, CONFIG_TELEGRAM_URL);
	char *at = NULL;

	bot.plain = config_yes(c, CONFIG_TELEGRAM_PLAIN);
	if (!http_url_check(url, "[telegram] url", bot.plain, err) ||
	    !db_one_text(desk_db(serve->desk), &UPDATE_AT, &at, err, TXT(CURSOR)) ||
	    !secret_read(&bot.token, config_get(c, CONFIG_TELEGRAM_TOKEN_FILE),
		    "[telegram] token_file", err)) {
		free(at);
		return false;
	}
	bot.offset = at == NULL ? 0 : strtoll(at, NULL, 10);
	bot.base = url_base(url);
	free(at);
	return http_pool_new(&bot.pool, &(struct http_options){
		.ca_file = config_get(c, CONFIG_HTTP_CA_FILE),
		.proxy = config_get(c, CONFIG_HTTP_PROXY),
		.connect_ms = (long)config_number(c, CONFIG_HTTP_CONNECT_TIMEOUT) * 1000,
		.transfer_ms = TRANSFER_MS, .connections = 3 }, err);
}

/* Takes body. */
static void
send(const char *method, struct json *body, enum job job)
{
	struct http_request request = { .method = "POST", .plain = bot.plain };
	char *line = json_line(body);

	buf_addf(&request.url, "%s/bot%s/%s", bot.base, bot.token, method);
	http_request_header(&request, "Content-Type", "application/json");
	buf_adds(&request.body, line);
	http_send(bot.pool, &request, &jobs[job]);
	free(line);
	json_free(body);
}

static void
ask(void)
{
	struct json *body = json_object();
	struct json *kinds = json_array();

	json_push(kinds, json_string("callback_query"));
	json_set_int(body, "offset", bot.offset);
	json_set_int(body, "limit", ASK_MOST);
	json_set_int(body, "timeout", ASK_SECONDS);
	json_set(body, "allowed_updates", kinds);
	bot.asking = true;
	send("getUpdates", body, JOB_ASK);
}

static void
call(const char *method, struct json *body)
{
	send(method, body, JOB_TELL);
}

static bool
keep_place(struct serve *serve, struct error *err)
{
	struct db *db = desk_db(serve->desk);
	char value[24];

	(void)snprintf(value, sizeof value, "%" PRId64, bot.offset);
	if (!db_begin(db, err)) {
		return false;
	}
	if (!db_run(db, &UPDATE_SET, err, TXT(CURSOR), TXT(value),
		    I64(desk_now(serve->desk)))) {
		db_rollback(db);
		return false;
	}
	return db_commit(db, err);
}

/* What the desk cannot take now is asked for again: the place is kept before it. */
static bool
take_all(struct serve *serve, const struct json *updates, struct error *err)
{
	bool ok = true;
	int count = 0;

	for (const struct json *u = json_first(updates); ok && u != NULL; u = json_next(u)) {
		int64_t n = json_get_int(u, "update_id", -1);

		ok = n < bot.offset || telegram_press(serve, u, call, err);
		if (ok && n >= bot.offset) {
			bot.offset = n + 1;
			count++;
		}
	}
	return (count == 0 || keep_place(serve, ok ? err : &(struct error){ 0 })) && ok;
}

static bool
read_answer(struct serve *serve, const struct http_reply *reply, struct error *err)
{
	struct json *answer = http_json(reply);
	bool ok = reply->status == 200 && json_get_bool(answer, "ok");

	if (ok) {
		ok = take_all(serve, json_get(answer, "result"), err);
	} else {
		/* Never the body itself: it repeats messages, and this goes into the log. */
		(void)error_cause(err, ERR_IO, reply->curl_code != 0 ? reply->why
			: json_text_of(answer, "description"),
			_("Telegram does not say what was pressed (%d)"), reply->status);
	}
	json_free(answer);
	return ok;
}

static void
done(void *arg, void *job, const struct http_reply *reply)
{
	if (*(enum job *)job != JOB_ASK) {
		return;
	}
	bot.asking = false;
	bot.why = ERROR_INIT;
	bot.heard = true;
	bot.failed = !read_answer(arg, reply, &bot.why);
}

/* ---- the module ---- */

static bool
move_on(struct serve *serve, struct error *err)
{
	http_pool_work(bot.pool, done, serve);
	if (bot.failed) {
		*err = bot.why;
	}
	return !bot.failed;
}

static bool
run(struct serve *serve, int64_t *next_at, struct error *err)
{
	if (config_get(serve->config, CONFIG_TELEGRAM_TOKEN_FILE)[0] == '\0' ||
	    serve->links == NULL || desk_is_demo(serve->desk)) {
		return true;
	}
	if (bot.pool == NULL && !open_bot(serve, err)) {
		secret_free(bot.token);
		free(bot.base);
		bot = (struct bot){ 0 };
		return false;
	}
	bot.heard = bot.failed = false;
	if (!move_on(serve, err)) {
		return false;
	}
	serve->asks = !bot.heard;
	*next_at = MODULE_NEVER;
	if (bot.asking) {
		return true;
	}
	ask();
	return move_on(serve, err);
}

static int
wait(struct serve *serve __attribute__((unused)), struct pollfd *fds, int most, int64_t *ms)
{
	int left;

	if (bot.pool == NULL || most < 1) {
		return 0;
	}
	left = http_pool_timeout(bot.pool);
	if (left >= 0 && left < *ms) {
		*ms = left;
	}
	fds[0] = (struct pollfd){ .fd = http_pool_fd(bot.pool), .events = POLLIN };
	return 1;
}

static void
stop(struct serve *serve __attribute__((unused)))
{
	http_pool_free(bot.pool);
	secret_free(bot.token);
	free(bot.base);
	bot = (struct bot){ 0 };
}

const struct serve_module module_telegram_in = {
	.name = "telegram_in", .run = run, .wait = wait, .stop = stop,
	.patience_ms = PATIENCE_MS,
};
