/* telegram_press.c does what a pressed button means, answers the press, and writes
 * under the message what became of it. */
#include "serve/telegram_press.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/answer_look.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/outbox.h"
#include "core/refusal.h"
#include "core/when.h"
#include "notify/telegram.h"
#include "serve/links.h"
#include "serve/pass_people.h"

#define SAID_MOST 190  /* of the 200 characters that Telegram shows */
#define TEXT_MOST 3900 /* of its 4096 */
#define ID_END 24      /* of a member's id the last part stands in a button */
#define ID_END_LEN 12

SQL(PRESS_LOGIN, "t", "SELECT login FROM member WHERE SUBSTR(id, 25) = $1 AND active = 1");

struct press {
	struct serve *serve;
	telegram_call *call;
	const char *query, *data;
	const struct json *shown; /* the message with the buttons */
	char chat[32], user[32];
	int64_t message;          /* Telegram's number of it */
	int64_t update;
	char tag[ANSWER_TAG_SIZE];
	char id[UUID_SIZE];       /* ours */
	struct message m;
	struct answer_look look;
};

/* ---- what he sees ---- */

static void
tell(const struct press *p, const char *text)
{
	struct json *body = json_object();
	size_t len = strlen(text) < SAID_MOST ? strlen(text) : SAID_MOST;
	char *said;

	while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80) {
		len--;
	}
	said = xstrndup(text, len);
	json_set_text(body, "callback_query_id", p->query);
	if (said[0] != '\0') {
		json_set_text(body, "text", said);
		json_set_bool(body, "show_alert", true);
	}
	p->call("answerCallbackQuery", body);
	free(said);
}

static struct json *
about_message(const struct press *p, struct json *rows)
{
	struct json *body = json_object();
	struct json *markup = json_object();

	json_set(markup, "inline_keyboard", rows);
	json_set_text(body, "chat_id", p->chat);
	json_set_int(body, "message_id", p->message);
	json_set(body, "reply_markup", markup);
	return body;
}

static bool
row_has(const struct json *row, const char *tag)
{
	for (const struct json *b = json_first(row); b != NULL; b = json_next(b)) {
		if (strstr(json_text_of(b, "callback_data"), tag) != NULL) {
			return true;
		}
	}
	return false;
}

/* The buttons of other cases stay. */
static struct json *
rows_left(const struct press *p)
{
	const struct json *rows = json_get(json_get(p->shown, "reply_markup"),
		"inline_keyboard");
	struct json *left = json_array();

	for (const struct json *row = json_first(rows); row != NULL; row = json_next(row)) {
		if (!row_has(row, p->tag)) {
			json_push(left, json_copy(row));
		}
	}
	return left;
}

/* Who, when, and what became of it, under the text as it stands there. */
static void
write_under(const struct press *p, const char *said)
{
	const char *text = json_get_text(p->shown, "text");
	const struct json *entities = json_get(p->shown, "entities");
	struct json *body = about_message(p, rows_left(p));
	struct json *preview;
	char at[WHEN_SHORT_SIZE];
	char *whole;

	if (text == NULL || strlen(text) + strlen(said) > TEXT_MOST) {
		p->call("editMessageReplyMarkup", body);
		return;
	}
	when_near(at, desk_now(p->serve->desk), desk_now(p->serve->desk),
		desk_zone(p->serve->desk));
	whole = xasprintf("%s\n\n%s %s: %s", text, at, p->m.to_name, said);
	json_set_text(body, "text", whole);
	if (entities != NULL) {
		json_set(body, "entities", json_copy(entities));
	}
	preview = json_object();
	json_set_bool(preview, "is_disabled", true);
	json_set(body, "link_preview_options", preview);
	p->call("editMessageText", body);
	free(whole);
}

static void
show_rows(const struct press *p, struct json *rows)
{
	tell(p, "");
	p->call("editMessageReplyMarkup", about_message(p, rows));
}

/* ---- what he means ---- */

/* A button counts for the chat it was sent to, pressed by the one who has it: in a
 * group anybody may press. */
static bool
is_his(struct press *p, struct error *err)
{
	return message_find(&p->m, p->serve->desk, p->id, err) &&
		(strcmp(p->m.channel, "telegram") == 0 && strcmp(p->m.address, p->user) == 0
			? true : error_set(err, ERR_FORBIDDEN,
				_("the message is for %s, who answers it"), p->m.to_name));
}

static bool
answer(struct press *p, enum answer_what what, const char *to, struct error *err)
{
	struct desk *desk = p->serve->desk;
	struct answer_done done;
	struct buf said = { 0 };
	char proof[96];

	(void)snprintf(proof, sizeof proof, "telegram %s, update %" PRId64, p->user,
		p->update);
	if (!answer_message(desk, &(struct answer){ .message_id = p->id, .what = what,
		    .to = to, .channel = "telegram", .proof = proof }, &done, err)) {
		return false;
	}
	answer_say(&said, &done, p->m.language, desk_zone(desk), desk_now(desk));
	tell(p, buf_text(&said));
	write_under(p, buf_text(&said));
	buf_free(&said);
	/* Whom this calls is called now. */
	p->serve->report.next_at = 0;
	return true;
}

static bool
take(struct press *p, struct error *err)
{
	return answer(p, ANSWER_ACK, NULL, err);
}

static bool
decline(struct press *p, struct error *err)
{
	return answer(p, ANSWER_DECLINE, NULL, err);
}

/* A choice of people that lies about for hours is no choice any more. */
static bool
still_asks(struct press *p, bool *asks, struct error *err)
{
	struct desk *desk = p->serve->desk;
	struct buf said = { 0 };

	if (!answer_look(&p->look, desk, p->id, err)) {
		return false;
	}
	*asks = p->look.open;
	if (!*asks) {
		if (p->look.done.end == ANSWER_NOT) {
			buf_adds(&said, i18n_in(p->m.language,
				N_("This message asks for no answer any more.")));
		} else {
			answer_say(&said, &p->look.done, p->m.language, desk_zone(desk),
				desk_now(desk));
		}
		tell(p, buf_text(&said));
		write_under(p, buf_text(&said));
		buf_free(&said);
	}
	return true;
}

static void
add_button(struct json *rows, const char *text, char *data)
{
	struct json *row = json_array();
	struct json *button = json_object();

	json_set_text(button, "text", text);
	json_set_text(button, "callback_data", data);
	json_push(row, button);
	json_push(rows, row);
	free(data);
}

static bool
choose(struct press *p, struct error *err)
{
	struct pass_people people;
	struct json *rows;
	bool asks = false;

	if (!still_asks(p, &asks, err)) {
		return false;
	}
	if (!asks) {
		return true;
	}
	pass_people_find(&people, p->serve->desk, p->look.login);
	rows = json_array();
	for (int i = 0; i < people.count; i++) {
		char *text = xasprintf("→ %s", people.all[i].name);

		add_button(rows, text, xasprintf("t:%s:%s", p->tag, people.all[i].id + ID_END));
		free(text);
	}
	if (people.count == 0) {
		json_free(rows);
		tell(p, i18n_in(p->m.language,
			N_("Nobody else is on call: pass it on in suco, or ring the watch.")));
	} else {
		add_button(rows, i18n_in(p->m.language, N_("Back")),
			xasprintf("b:%s", p->tag));
		show_rows(p, rows);
	}
	pass_people_clear(&people);
	return true;
}

static bool
go_back(struct press *p, struct error *err)
{
	bool asks = false;

	if (!still_asks(p, &asks, err)) {
		return false;
	}
	if (asks) {
		show_rows(p, telegram_buttons(p->m.acts, p->tag, p->m.language));
	}
	return true;
}

static bool
pass(struct press *p, struct error *err)
{
	const char *end = p->data + 2 + ANSWER_TAG_SIZE; /* behind "t:TAG:" */
	char *login = NULL;
	bool ok = db_one_text(desk_db(p->serve->desk), &PRESS_LOGIN, &login, err, TXT(end));

	ok = ok && (login != NULL ? answer(p, ANSWER_PASS, login, err)
		: error_set(err, ERR_NOT_FOUND, _("there is nobody of that name any more")));
	free(login);
	return ok;
}

typedef bool press_act(struct press *p, struct error *err);

static const struct {
	char letter;
	size_t len; /* of the data */
	press_act *act;
} buttons[] = {
	{ 'a', ANSWER_TAG_SIZE + 1, take },
	{ 'd', ANSWER_TAG_SIZE + 1, decline },
	{ 'p', ANSWER_TAG_SIZE + 1, choose },
	{ 'b', ANSWER_TAG_SIZE + 1, go_back },
	{ 't', ANSWER_TAG_SIZE + 2 + ID_END_LEN, pass },
};

/* ---- one press ---- */

static bool
refuse(const struct press *p, struct error *err)
{
	char source[REFUSAL_SOURCE_SIZE];
	int64_t wait;

	(void)snprintf(source, sizeof source, "telegram:%s", p->user);
	return refusal_add(p->serve->desk, source, &wait, err);
}

static bool
is_trouble(const struct error *err)
{
	return err->code == ERR_LOCKED || err->code == ERR_IO || err->code == ERR_UNAVAILABLE ||
		err->code == ERR_CONFLICT;
}

/* NULL: none of ours, or not whole. */
static press_act *
act_of(struct press *p)
{
	for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
		if (p->data[0] != buttons[i].letter || strlen(p->data) != buttons[i].len ||
		    p->data[1] != ':' || p->serve->links == NULL) {
			continue;
		}
		(void)snprintf(p->tag, sizeof p->tag, "%s", p->data + 2);
		return answer_tag_read(p->id, &p->serve->links->key, p->tag)
			? buttons[i].act : NULL;
	}
	return NULL;
}

static bool
press(struct press *p, struct error *err)
{
	/* The update that could not be taken, and whose press is answered already. */
	static int64_t waits = -1;
	press_act *act = act_of(p);
	bool ok;

	if (act == NULL) {
		tell(p, _("This button cannot be used. Open suco, or ring the watch."));
		return refuse(p, err);
	}
	ok = is_his(p, err) && act(p, err);
	if (ok) {
		return true;
	}
	if (is_trouble(err)) {
		/* Telegram waits for seconds only, the desk perhaps longer. */
		if (waits != p->update) {
			tell(p, i18n_in(p->m.language[0] == '\0' ? i18n_language()
				: p->m.language, N_("NOT RECORDED YET: suco tries again by"
				" itself. What becomes of it will stand under the message.")));
		}
		waits = p->update;
		return false;
	}
	tell(p, err->message);
	return err->code != ERR_FORBIDDEN || refuse(p, err);
}

bool
telegram_press(struct serve *serve, const struct json *update, telegram_call *call,
	struct error *err)
{
	const struct json *query = json_get(update, "callback_query");
	struct press p = { .serve = serve, .call = call,
		.query = json_text_of(query, "id"), .data = json_text_of(query, "data"),
		.shown = json_get(query, "message"),
		.message = json_get_int(json_get(query, "message"), "message_id", 0),
		.update = json_get_int(update, "update_id", 0) };
	bool ok;

	if (query == NULL || p.shown == NULL) {
		return true;
	}
	(void)snprintf(p.chat, sizeof p.chat, "%" PRId64,
		json_get_int(json_get(p.shown, "chat"), "id", 0));
	(void)snprintf(p.user, sizeof p.user, "%" PRId64,
		json_get_int(json_get(query, "from"), "id", 0));
	ok = press(&p, err);
	message_clear(&p.m);
	answer_look_clear(&p.look);
	return ok;
}
