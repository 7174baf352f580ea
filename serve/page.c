/* page.c is the door of answers by link: GET shows and changes nothing, whoever
 * fetches it (previews, scanners); only POST with the page's own form acts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/answer_look.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/refusal.h"
#include "serve/door.h"
#include "serve/links.h"
#include "serve/page_html.h"
#include "serve/pass_people.h"
#include "serve/serve.h"

struct visit {
	struct serve *serve;
	const struct http_request *request;
	struct http_reply *reply;
	struct answer_token token;
	struct answer_look look;
	char nonce[ANSWER_NONCE_SIZE];
	struct pass_people people; /* ours */
	struct page_person choice[PASS_PEOPLE_MOST]; /* its texts are theirs */
	char *said; /* ours */
	bool good;
};

static void
visit_clear(struct visit *v)
{
	pass_people_clear(&v->people);
	answer_look_clear(&v->look);
	free(v->said);
}

/* A page without a case, in the desk's own language. */
static void
say(struct visit *v, int status, const char *text)
{
	v->reply->status = status;
	v->reply->type = "text/html; charset=utf-8";
	v->reply->policy = page_policy();
	page_write(&v->reply->body, &(struct page){ .desk = v->serve->desk,
		.language = i18n_language(), .said = text });
}

/* ---- who comes ---- */

static void
source_of(const struct visit *v, char out[REFUSAL_SOURCE_SIZE])
{
	const char *behind = v->request->loopback
		? http_header(v->request, "X-Forwarded-For") : NULL;
	char address[64];
	const char *last;

	if (behind == NULL) {
		refusal_source(out, "a", v->request->from);
		return;
	}
	/* The proxy of this host adds whom it saw at the end. */
	last = strrchr(behind, ',');
	last = last == NULL ? behind : last + 1;
	(void)snprintf(address, sizeof address, "%.63s", last + strspn(last, " "));
	refusal_source(out, "a", address);
}

/* A good link is never refused for the guesses of others at the same address. */
static void
turn_away(struct visit *v)
{
	char source[REFUSAL_SOURCE_SIZE];
	char seconds[24];
	struct error err = ERROR_INIT;
	int64_t wait = 0;

	source_of(v, source);
	if (!refusal_add(v->serve->desk, source, &wait, &err)) {
		serve_log("%s %s", err.message, err.cause);
	}
	if (wait > 0) {
		(void)snprintf(seconds, sizeof seconds, "%lld", (long long)(wait + 999) / 1000);
		http_add(v->reply, "Retry-After", seconds);
		say(v, 429, _("Too many wrong links from your address: wait."));
		return;
	}
	say(v, 403, _("This link cannot be used. Open suco, or ring the watch."));
}

static bool
same_site(const struct visit *v)
{
	const char *site = http_header(v->request, "Sec-Fetch-Site");
	const char *origin = http_header(v->request, "Origin");

	if (site != NULL) {
		return strcmp(site, "same-origin") == 0;
	}
	/* Our own pages send no referrer, and so some browsers say "null". */
	return origin == NULL || strcmp(origin, "null") == 0 ||
		strcasecmp(origin, v->serve->links->origin) == 0;
}

/* ---- what is shown ---- */

static void
find_people(struct visit *v)
{
	pass_people_find(&v->people, v->serve->desk, v->look.login);
	for (int i = 0; i < v->people.count; i++) {
		v->choice[i] = (struct page_person){ .login = v->people.all[i].login,
			.name = v->people.all[i].name };
	}
}

static void
say_done(struct visit *v, const struct answer_done *done)
{
	struct buf text = { 0 };

	answer_say(&text, done, v->look.language, desk_zone(v->serve->desk),
		desk_now(v->serve->desk));
	free(v->said);
	v->said = buf_take(&text);
	v->good = done->end != ANSWER_NOT &&
		(done->end != ANSWER_DECLINED || done->next);
}

static void
show(struct visit *v, int status)
{
	bool asks = v->look.open && v->look.c.id[0] != '\0';

	if (asks) {
		find_people(v);
		answer_nonce_make(v->nonce, &v->serve->links->key, v->request->rest,
			desk_now(v->serve->desk));
	} else if (v->said == NULL && v->look.done.end == ANSWER_NOT) {
		v->said = xstrdup(i18n_in(v->look.language,
			N_("This message asks for no answer any more.")));
	} else if (v->said == NULL) {
		say_done(v, &v->look.done);
	}
	v->reply->status = status;
	v->reply->type = "text/html; charset=utf-8";
	v->reply->policy = page_policy();
	page_write(&v->reply->body, &(struct page){ .desk = v->serve->desk,
		.language = v->look.language, .said = v->said, .good = v->good,
		.look = &v->look, .nonce = asks ? v->nonce : NULL,
		.people = v->choice, .people_count = v->people.count });
}

/* ---- what is done ---- */

static bool
look_again(struct visit *v, struct error *err)
{
	answer_look_clear(&v->look);
	return answer_look(&v->look, v->serve->desk, v->token.message, err);
}

static void
failed(struct visit *v, const struct error *err)
{
	bool later = err->code == ERR_LOCKED || err->code == ERR_IO ||
		err->code == ERR_UNAVAILABLE;

	free(v->said);
	v->said = later ? xstrdup(i18n_in(v->look.language,
			N_("YOUR ANSWER IS NOT RECORDED: press again in a few seconds.")))
		: xstrdup(err->message);
	if (later) {
		serve_log("%s %s", err->message, err->cause);
		http_add(v->reply, "Retry-After", "5");
	}
	show(v, later ? 503 : 409);
}

static void
act(struct visit *v, enum answer_what what, const char *to)
{
	char hash[HASH_SIZE];
	char *proof;
	struct answer_done done;
	struct error err = ERROR_INIT;
	bool ok;

	/* Which link, without the link itself. */
	hash_bytes(hash, v->request->rest, strlen(v->request->rest));
	proof = xasprintf("%s, link %.12s", v->request->from, hash);
	ok = answer_message(v->serve->desk, &(struct answer){
		.message_id = v->token.message, .what = what, .to = to, .channel = "link",
		.proof = proof }, &done, &err) && look_again(v, &err);
	free(proof);
	if (!ok) {
		failed(v, &err);
		return;
	}
	/* Whom this calls is called now: the loop sees others' changes by itself. */
	v->serve->report.next_at = 0;
	say_done(v, &done);
	v->look.open = false;
	show(v, 200);
}

static void
post(struct visit *v)
{
	char *nonce = http_field(v->request, "nonce");
	char *word = http_field(v->request, "what");
	char *to = http_field(v->request, "to");
	enum answer_what what = ANSWER_ACK;

	if (!same_site(v) || nonce == NULL || !answer_nonce_good(&v->serve->links->key,
		    v->request->rest, nonce, desk_now(v->serve->desk))) {
		v->said = xstrdup(i18n_in(v->look.language,
			N_("The page was too old, or not ours: nothing was done. Press again.")));
		show(v, 403);
	} else if (word == NULL || !answer_from_word(&what, word)) {
		v->said = xstrdup(i18n_in(v->look.language, N_("Nothing was chosen.")));
		show(v, 400);
	} else {
		act(v, what, what == ANSWER_PASS ? to : NULL);
	}
	free(nonce);
	free(word);
	free(to);
}

static bool
find(struct visit *v, struct error *err)
{
	return answer_token_read(&v->token, &v->serve->links->key, v->request->rest,
			desk_now(v->serve->desk), err) &&
		answer_look(&v->look, v->serve->desk, v->token.message, err) &&
		(strcmp(v->look.m.to_id, v->token.member) == 0 ||
			error_set(err, ERR_FORBIDDEN, _("this link is not whole, or not ours")));
}

static void
answer(struct serve *serve, const struct http_request *request, struct http_reply *reply)
{
	struct visit v = { .serve = serve, .request = request, .reply = reply };
	struct error err = ERROR_INIT;

	if (serve->links == NULL || serve->links->base == NULL) {
		say(&v, 404, _("This link cannot be used. Open suco, or ring the watch."));
	} else if (find(&v, &err)) {
		if (request->method == HTTP_POST) {
			post(&v);
		} else {
			show(&v, 200);
		}
	} else if (err.code == ERR_FORBIDDEN) {
		turn_away(&v);
	} else if (err.code == ERR_REFUSED) {
		say(&v, 410, _("This link is too old. Open suco, or ring the watch."));
	} else if (err.code == ERR_NOT_FOUND) {
		say(&v, 404, _("This link cannot be used. Open suco, or ring the watch."));
	} else {
		serve_log("%s %s", err.message, err.cause);
		say(&v, 503, _("suco cannot read its desk now. Try again, or ring the watch."));
	}
	visit_clear(&v);
}

const struct http_door door_answer = {
	.methods = HTTP_GET | HTTP_POST, .path = "/a/", .answer = answer,
};
