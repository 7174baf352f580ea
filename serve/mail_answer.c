/* mail_answer.c finds the message that a mail answers, looks whether its sender is
 * the one it was sent to, and does what he says. */
#include "serve/mail_answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/answer_look.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/note.h"
#include "core/outbox_bundle.h"
#include "core/refusal.h"
#include "core/reply_text.h"
#include "core/stand_in.h"
#include "serve/links.h"

#define OWN_MOST ((size_t)8192)
#define RECEIPT_TEMPLATE "tra_loi"
#define SEEN_MS (60 * 24 * 3600 * 1000LL)

SQL(MAIL_SEEN, "t", "SELECT at FROM local_cursor WHERE name = $1");
SQL(MAIL_SEE, "tti", "INSERT INTO local_cursor (name, value, at) VALUES ($1, $2, $3)"
	" ON CONFLICT (name) DO UPDATE SET at = excluded.at");
SQL(MAIL_FORGET, "i",
	"DELETE FROM local_cursor WHERE at < $1 AND name >= 'mail-seen:' AND name < 'mail-seen;'");
SQL(MAIL_NEWEST, "tt",
	"SELECT id FROM message WHERE case_id = $1 AND address = $2 AND channel = 'mail'"
	" ORDER BY position DESC LIMIT 1");
SQL(MAIL_ADDRESS, "t", "SELECT value FROM address WHERE owner = $1 AND channel = 'mail'");

struct reply {
	struct serve *serve;
	struct desk *desk;
	const struct mail *mail;
	struct message m;
	bool proven;               /* the mail bears the mark that only its receiver had */
	char seen[HASH_SIZE + 16]; /* name of the row that says it was read */
	char *own;                 /* ours: what he wrote */
	char *proof;               /* ours */
};

/* ---- which message ---- */

/* What stands between kind and the domain: "msg-WORD@DESK.suco.invalid". */
static bool
word_of(const struct reply *r, const char *ref, const char *kind, char *word, size_t size)
{
	char domain[UUID_SIZE + 16];
	size_t head = strlen(kind);

	(void)snprintf(domain, sizeof domain, "@%s.suco.invalid", desk_id(r->desk));
	if (strncmp(ref, kind, head) != 0 || strlen(ref) != head + size - 1 +
	    strlen(domain) || strcmp(ref + head + size - 1, domain) != 0) {
		return false;
	}
	(void)snprintf(word, size, "%s", ref + head);
	return true;
}

static bool
ours(const struct reply *r, const char *ref, const char *kind, char id[UUID_SIZE])
{
	return word_of(r, ref, kind, id, UUID_SIZE) && uuid_valid(id);
}

/* A mark among the references, which programs repeat. */
static bool
marked(const struct reply *r, const char *ref, char id[UUID_SIZE])
{
	char tag[ANSWER_TAG_SIZE];

	return r->serve->links != NULL && word_of(r, ref, "ans-", tag, sizeof tag) &&
		answer_tag_read(id, &r->serve->links->key, tag);
}

/* A button's tag behind a plus sign of an address, or behind "#" in the subject. */
static bool
tagged(const struct reply *r, const char *text, char before, char id[UUID_SIZE])
{
	char tag[ANSWER_TAG_SIZE];

	for (const char *at = text; r->serve->links != NULL &&
	     (at = strchr(at, before)) != NULL; at++) {
		(void)snprintf(tag, sizeof tag, "%s", at + 1);
		if (answer_tag_read(id, &r->serve->links->key, tag)) {
			return true;
		}
	}
	return false;
}

/* What we told him about his answer speaks of another message: that is the one which
 * he answers now.  "": of none. */
static void
spoken_of(const struct message *m, char id[UUID_SIZE])
{
	struct json *vars = NULL;
	struct error ignored;

	id[0] = '\0';
	if (strcmp(m->template, RECEIPT_TEMPLATE) == 0 && m->vars != NULL &&
	    json_parse(&vars, m->vars, strlen(m->vars), NULL, &ignored)) {
		(void)snprintf(id, UUID_SIZE, "%s", json_text_of(vars, "answers"));
		json_free(vars);
	}
}

static bool
load(struct reply *r, const char *id, bool *found, struct error *err)
{
	char of[UUID_SIZE];

	*found = message_find(&r->m, r->desk, id, err);
	if (*found) {
		spoken_of(&r->m, of);
		if (of[0] != '\0') {
			message_clear(&r->m);
			*found = message_find(&r->m, r->desk, of, err);
		}
	}
	if (!*found && err->code == ERR_NOT_FOUND) {
		*err = ERROR_INIT;
		return true;
	}
	return *found;
}

/* Of the answer itself, not of an older one that the thread names too: what it was
 * sent to, then its subject, then the nearest reference. */
static bool
find_mark(const struct reply *r, char id[UUID_SIZE])
{
	bool found = tagged(r, r->mail->to, '+', id) || tagged(r, r->mail->subject, '#', id);

	for (int i = 0; !found && i < r->mail->ref_count; i++) {
		found = marked(r, r->mail->refs[i], id);
	}
	return found;
}

static bool
find(struct reply *r, bool *found, struct error *err)
{
	char id[UUID_SIZE];
	char *newest = NULL;
	bool ok = true;

	*found = false;
	r->proven = find_mark(r, id);
	if (r->proven) {
		return load(r, id, found, err);
	}
	for (int i = 0; i < r->mail->ref_count; i++) {
		if (ours(r, r->mail->refs[i], "msg-", id)) {
			return load(r, id, found, err);
		}
	}
	for (int i = 0; ok && i < r->mail->ref_count && newest == NULL; i++) {
		ok = !ours(r, r->mail->refs[i], "case-", id) ||
			db_one_text(desk_db(r->desk), &MAIL_NEWEST, &newest, err, TXT(id),
				TXT(r->mail->from));
	}
	ok = ok && (newest == NULL || load(r, newest, found, err));
	free(newest);
	return ok;
}

/* ---- who wrote it ---- */

static bool
sent_to(struct reply *r, bool *is, struct error *err)
{
	char *now = NULL;

	*is = strcasecmp(r->m.address, r->mail->from) == 0;
	if (*is || r->m.to_id[0] == '\0') {
		return true;
	}
	if (!db_one_text(desk_db(r->desk), &MAIL_ADDRESS, &now, err, TXT(r->m.to_id))) {
		return false;
	}
	*is = now != NULL && strcasecmp(now, r->mail->from) == 0;
	free(now);
	return true;
}

static bool
remember(struct reply *r, struct error *err)
{
	struct db *db = desk_db(r->desk);

	return db_run(db, &MAIL_FORGET, err, I64(desk_now(r->desk) - SEEN_MS)) &&
		db_run(db, &MAIL_SEE, err, TXT(r->seen), TXT(r->m.id),
			I64(desk_now(r->desk)));
}

/* By the engine, on the case; and the mail is done. */
static bool
write_note(struct reply *r, const char *text, const char *member, struct error *err)
{
	bool stands_in = false;
	bool ok;

	if (!change_begin(r->desk, err)) {
		return false;
	}
	ok = remember(r, err);
	if (ok && member != NULL) {
		stands_in = ok = stand_in_begin(r->desk, member, err);
	}
	ok = ok && (r->m.case_id[0] == '\0' || note_add(r->desk, r->m.case_id,
		&(struct note_new){ .text = text }, err));
	if (stands_in) {
		ok = stand_in_end(r->desk, ok, err);
	}
	return change_end(r->desk, ok, err);
}

/* The team sees on the case that somebody else tried; a flood is not written down. */
static bool
refuse(struct reply *r, struct error *err)
{
	char source[REFUSAL_SOURCE_SIZE];
	int64_t wait = 0;
	char *text;
	bool ok;

	(void)snprintf(source, sizeof source, "mail:%.50s", r->mail->from);
	if (!refusal_add(r->desk, source, &wait, err) || wait > 0) {
		return wait > 0;
	}
	text = xasprintf(_("A mail from %.120s answers the message to %s, but was not sent"
		" from the address of %s: it does not count."), r->mail->from, r->m.to_name,
		r->m.to_name);
	ok = write_note(r, text, NULL, err);
	free(text);
	return ok;
}

/* ---- what it says ---- */

/* He reads in his mailbox what became of it; to an older receipt, that names no
 * message, nothing is said. */
static bool
tell(struct reply *r, const char *said, struct error *err)
{
	struct json *vars;
	struct json *was = NULL;
	struct error ignored;
	bool ok;

	if (strcmp(r->m.template, RECEIPT_TEMPLATE) == 0 || !change_begin(r->desk, err)) {
		return strcmp(r->m.template, RECEIPT_TEMPLATE) == 0;
	}
	vars = json_object();
	if (r->m.vars != NULL && json_parse(&was, r->m.vars, strlen(r->m.vars), NULL,
		    &ignored)) {
		json_set_text(vars, "number", json_get_text(was, "number"));
	}
	json_set_text(vars, "said", said);
	json_set_text(vars, "answers", r->m.id);
	ok = outbox_queue(r->desk, &(struct message_new){
		.case_id = r->m.case_id[0] == '\0' ? NULL : r->m.case_id,
		.to_kind = "member", .to_id = r->m.to_id, .template = RECEIPT_TEMPLATE,
		.vars = vars, .rank = RANK_STATUS, .drill = r->m.drill, .cause = NO_CAUSE,
		.channel = "mail", .lasts_ms = 3600 * 1000LL }, err) && remember(r, err);
	json_free(was);
	json_free(vars);
	return change_end(r->desk, ok, err);
}

static bool
no_fault_of_desk(const struct error *err)
{
	return err->code == ERR_REFUSED || err->code == ERR_BAD_INPUT ||
		err->code == ERR_FORBIDDEN || err->code == ERR_NOT_FOUND;
}

static bool
answer(struct reply *r, enum answer_what what, const char *to, struct error *err)
{
	struct answer_done done;
	struct buf said = { 0 };
	bool ok;

	if (answer_message(r->desk, &(struct answer){ .message_id = r->m.id, .what = what,
		    .to = what == ANSWER_PASS ? to : NULL, .channel = "mail",
		    .proof = r->proof, .note = reply_text_rest(r->own) }, &done, err)) {
		answer_say(&said, &done, r->m.language, desk_zone(r->desk),
			desk_now(r->desk));
	} else if (no_fault_of_desk(err)) {
		buf_addf(&said, "%s %s", i18n_in(r->m.language,
			N_("YOUR ANSWER WAS NOT RECORDED:")), err->message);
	} else {
		return false;
	}
	ok = tell(r, buf_text(&said), err);
	buf_free(&said);
	return ok;
}

/* Anybody can write an address into a mail: without the mark it is not he.  Whoever
 * has the address hears of it, and how an answer counts. */
static bool
unproven(struct reply *r, struct error *err)
{
	char source[REFUSAL_SOURCE_SIZE];
	int64_t wait = 0;
	char *said;
	bool ok;

	(void)snprintf(source, sizeof source, "mail:%.50s", r->mail->from);
	if (!refusal_add(r->desk, source, &wait, err) || wait > 0) {
		return wait > 0;
	}
	said = xasprintf("%s %s", i18n_in(r->m.language, N_("YOUR ANSWER WAS NOT RECORDED:")),
		i18n_in(r->m.language, N_("the mail does not bear the mark of the one that"
			" asked you. Reply to that one itself, or ring the watch.")));
	ok = tell(r, said, err);
	free(said);
	return ok;
}

/* Who was asked and wrote something else is still asked: he must not believe that he
 * has answered. */
static bool
ask_plainly(struct reply *r, const char *what, struct error *err)
{
	struct answer_look look;
	bool asked = false;
	char *said;
	bool ok;

	if (r->m.acts[0] != '\0') {
		if (!answer_look(&look, r->desk, r->m.id, err)) {
			return false;
		}
		asked = look.open;
		answer_look_clear(&look);
	}
	if (!asked) {
		return true;
	}
	said = xasprintf("%s %s", i18n_in(r->m.language, what), i18n_in(r->m.language,
		N_("You have neither taken it nor declined it. Reply, first line: TAKE, CANNOT,"
			" or PASS and a login.")));
	ok = tell(r, said, err);
	free(said);
	return ok;
}

/* Of several cases in one mail he names the one that he means; *found: it is r->m
 * now.  Never all of them: he may have read one. */
static bool
find_carried(struct reply *r, bool *found, struct error *err)
{
	char *first = xstrndup(r->own, strcspn(r->own, "\n"));
	char id[UUID_SIZE] = "";
	struct json *vars = NULL;
	struct error ignored;
	const struct json *rows;

	(void)json_parse(&vars, r->m.vars, strlen(r->m.vars), NULL, &ignored);
	rows = json_get(vars, "cases");
	for (const struct json *row = json_first(rows); row != NULL; row = json_next(row)) {
		const char *number = json_text_of(row, "number");
		const char *of = json_text_of(row, "answers");
		bool named = number[0] != '\0' && strstr(first, number) != NULL;

		if (uuid_valid(of) && (named || json_count(rows) == 1)) {
			(void)snprintf(id, sizeof id, "%s", of);
		}
	}
	json_free(vars);
	free(first);
	*found = id[0] != '\0';
	if (!*found) {
		return true;
	}
	message_clear(&r->m);
	return message_find(&r->m, r->desk, id, err);
}

static bool
answer_one(struct reply *r, enum answer_what what, const char *to, struct error *err)
{
	bool found = true;
	char *said;
	bool ok;

	if (message_carries(&r->m) && r->m.acts[0] == '\0' &&
	    !find_carried(r, &found, err)) {
		return false;
	}
	if (found) {
		return answer(r, what, to, err);
	}
	said = xasprintf("%s %s", i18n_in(r->m.language, N_("YOUR ANSWER WAS NOT RECORDED:")),
		i18n_in(r->m.language, N_("the mail speaks of several cases. Answer each by"
			" itself, with its number in the first line.")));
	ok = tell(r, said, err);
	free(said);
	return ok;
}

/* No answer: news, in his own name; of somebody outside, in the engine's. */
static bool
news(struct reply *r, bool member, struct error *err)
{
	char *text;
	bool ok;

	if (r->own[0] == '\0') {
		return !member || ask_plainly(r, N_("Nothing could be read in your mail."), err);
	}
	text = member ? xasprintf(_("By mail: %s"), r->own)
		: xasprintf(_("%s answers by mail: %s"), r->m.to_name, r->own);
	ok = write_note(r, text, member ? r->m.to_id : NULL, err);
	free(text);
	if (ok && member) {
		return ask_plainly(r, N_("Your words stand on the case as a note."), err);
	}
	return ok || no_fault_of_desk(err);
}

static bool
take(struct reply *r, struct error *err)
{
	char to[REPLY_LOGIN_SIZE];
	enum answer_what what = ANSWER_ACK;
	bool member = strcmp(r->m.to_kind, "member") == 0;
	bool is = false;

	if (!sent_to(r, &is, err)) {
		return false;
	}
	if (!is) {
		return refuse(r, err);
	}
	if (member && !r->proven) {
		return unproven(r, err);
	}
	r->own = reply_text_own(r->mail->text, OWN_MOST);
	r->proof = xasprintf("%.120s <%.100s>", r->mail->from, r->mail->id);
	/* What asked nothing is answered by words alone: they take no work. */
	if (member && (r->m.acts[0] != '\0' || message_carries(&r->m)) &&
	    reply_text_says(r->own, &what, to)) {
		return answer_one(r, what, to, err);
	}
	return news(r, member, err);
}

bool
mail_answer(struct serve *serve, const struct mail *mail, struct error *err)
{
	struct reply r = { .serve = serve, .desk = serve->desk, .mail = mail };
	char hash[HASH_SIZE];
	int64_t seen = 0;
	bool found = false;
	bool ok;

	if (mail->automatic || mail->from[0] == '\0') {
		return true;
	}
	/* One without an id is known by what it says. */
	hash_bytes(hash, mail->id[0] != '\0' ? mail->id : mail->text,
		strlen(mail->id[0] != '\0' ? mail->id : mail->text));
	(void)snprintf(r.seen, sizeof r.seen, "mail-seen:%s", hash);
	ok = db_one_int(desk_db(r.desk), &MAIL_SEEN, &seen, err, TXT(r.seen)) &&
		(seen != 0 || find(&r, &found, err)) && (!found || take(&r, err));
	message_clear(&r.m);
	free(r.own);
	free(r.proof);
	return ok;
}
