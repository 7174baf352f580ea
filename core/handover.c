/* handover.c owns the hand-overs: giving, taking back, taking. */
#include "core/handover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/handover_page.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/setting.h"
#include "core/shift_log.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

#define HANDOVER_ROWS \
	"SELECT id, n, giver_id, taker_id, giver, taker, words, state, from_at, given_at," \
	" taken_at, withdrawn_at, withdrawn_by, reason, sheet, head, head_seq FROM handover"

SQL(HANDOVER_OPEN, "", HANDOVER_ROWS " WHERE state = 'given' LIMIT 1");
SQL(HANDOVER_BY_N, "i", HANDOVER_ROWS " WHERE n = $1");
SQL(HANDOVERS, "i", HANDOVER_ROWS " ORDER BY n DESC LIMIT $1");
SQL(HANDOVER_NEXT_N, "", "SELECT n + 1 FROM handover ORDER BY n DESC LIMIT 1");
/* A page for this taker that was taken back since a shift was last signed. */
SQL(HANDOVER_READ_BEFORE, "ti", "SELECT n FROM handover WHERE taker_id = $1 AND n < $2"
	" AND state = 'withdrawn' AND n > COALESCE((SELECT MAX(n) FROM handover"
	" WHERE state = 'taken'), 0) ORDER BY n DESC LIMIT 1");
SQL(MEMBER_NAME, "t", "SELECT name FROM member WHERE id = $1");

void
handover_clear(struct handover *h)
{
	char *const texts[] = { h->giver, h->taker, h->words, h->withdrawn_by, h->reason,
		h->sheet };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		free(texts[i]);
	}
	*h = (struct handover){ 0 };
}

static void
from_row(struct handover *h, struct stmt *st)
{
	*h = (struct handover){ .n = stmt_int(st, 1), .giver = stmt_own(st, 4),
		.taker = stmt_own(st, 5), .words = stmt_own(st, 6), .from_at = stmt_int(st, 8),
		.given_at = stmt_int(st, 9), .taken_at = stmt_int(st, 10),
		.withdrawn_at = stmt_int(st, 11), .withdrawn_by = stmt_own(st, 12),
		.reason = stmt_own(st, 13), .sheet = stmt_own(st, 14), .head_seq = stmt_int(st,
		16) };
	stmt_put(h->id, sizeof h->id, st, 0);
	stmt_put(h->giver_id, sizeof h->giver_id, st, 2);
	stmt_put(h->taker_id, sizeof h->taker_id, st, 3);
	stmt_put(h->state, sizeof h->state, st, 7);
	stmt_put(h->head, sizeof h->head, st, 15);
}

static bool
one(struct handover *out, struct stmt *st, struct error *err)
{
	*out = (struct handover){ 0 };
	if (stmt_row(st)) {
		from_row(out, st);
	}
	return stmt_done(st, err);
}

bool
handover_open(struct handover *out, struct desk *desk, struct error *err)
{
	return one(out, db_query(desk_db(desk), &HANDOVER_OPEN, NOARGS), err);
}

bool
handover_find(struct handover *out, struct desk *desk, int64_t n, struct error *err)
{
	struct db *db = desk_db(desk);

	if (!one(out, n == 0 ? db_query(db, &HANDOVERS, I64(1))
			: db_query(db, &HANDOVER_BY_N, I64(n)), err)) {
		return false;
	}
	return out->id[0] != '\0' || error_set(err, ERR_NOT_FOUND,
		n == 0 ? _("no shift was handed over yet") : _("there is no hand-over %lld"),
		(long long)n);
}

bool
handover_each(struct desk *desk, int limit, handover_visit *visit, void *arg,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &HANDOVERS, I64(limit > 0 ? limit : 100));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct handover h;

		from_row(&h, st);
		go_on = visit(&h, arg);
		handover_clear(&h);
	}
	return stmt_done(st, err);
}

static const char *
my_name(const struct desk *desk)
{
	const struct actor *me = desk_me(desk);

	return me->name[0] != '\0' ? me->name : me->login;
}

/* Who is to take it: another one, who can sign: else the page would wait for ever. */
static bool
find_taker(struct desk *desk, const char *login, char id[UUID_SIZE], char **name,
	struct error *err)
{
	*name = NULL;
	if (!member_worker(desk, login, id, err)) {
		return false;
	}
	if (strcmp(id, desk_me(desk)->id) == 0) {
		return error_set(err, ERR_REFUSED,
			_("a shift is handed over to somebody else, not to oneself"));
	}
	return db_one_text(desk_db(desk), &MEMBER_NAME, name, err, TXT(id));
}

/* One stands at a time. */
static bool
none_stands(struct desk *desk, struct error *err)
{
	struct handover h;
	bool ok = handover_open(&h, desk, err);

	if (ok && h.id[0] != '\0') {
		char at[WHEN_SHORT_SIZE];

		when_near(at, h.given_at, desk_now(desk), desk_zone(desk));
		ok = error_set(err, ERR_CONFLICT, _("%s has handed the shift to %s at %s"
			" already, not signed yet: taken back first"), h.giver, h.taker, at);
	}
	handover_clear(&h);
	return ok;
}

static bool
give_body(struct desk *desk, struct json *body, const char *login, const char *words,
	struct error *err)
{
	struct handover h = { .giver = xstrdup(my_name(desk)), .words = xstrdup(words),
		.given_at = desk_now(desk) };
	struct buf page = { 0 };
	bool ok;

	h.n = 1;
	ok = find_taker(desk, login, h.taker_id, &h.taker, err) &&
		db_one_int(desk_db(desk), &HANDOVER_NEXT_N, &h.n, err, NOARGS) &&
		shift_began(desk, &h.from_at, err) &&
		chain_end(desk, h.head, &h.head_seq, err) &&
		page_given(&page, desk, &h, err);
	if (ok) {
		row_int(body, "n", h.n);
		row_text(body, "giver_id", desk_me(desk)->id);
		row_text(body, "giver", h.giver);
		row_text(body, "taker_id", h.taker_id);
		row_text(body, "taker", h.taker);
		row_int(body, "from_at", h.from_at);
		row_int(body, "given_at", h.given_at);
		row_text(body, "words", h.words);
		row_text(body, "state", "given");
		row_text(body, "sheet", buf_text(&page));
		row_text(body, "head", h.head);
		row_int(body, "head_seq", h.head_seq);
	}
	buf_free(&page);
	handover_clear(&h);
	return ok;
}

bool
handover_give(struct desk *desk, const char *taker, const char *words, int64_t *n,
	struct error *err)
{
	char id[UUID_SIZE];
	struct json *body;
	char *clean = NULL;
	bool ok;

	words = words == NULL ? "" : words;
	if (!desk_may(desk, ACT_WORK, err) ||
	    !text_accept(&clean, words, strlen(words), TEXT_MANY_LINES, limit(LIMIT_NOTE),
		    _("words left"), err)) {
		return false;
	}
	if (!change_begin(desk, err)) {
		free(clean);
		return false;
	}
	body = thing_new(desk, "handover", id);
	ok = none_stands(desk, err) && give_body(desk, body, taker, clean, err);
	free(clean);
	if (ok) {
		*n = json_get_int(json_get(body, "row"), "n", 0);
	}
	return change_end_with(desk, ok, "handover_given", NULL, body, err);
}

/* Is it for me?  Honest words for everybody else. */
static bool
mine_to_take(struct desk *desk, const struct handover *h, struct error *err)
{
	if (h->id[0] == '\0') {
		return error_set(err, ERR_REFUSED,
			_("no shift waits to be taken: it was signed or taken back already"));
	}
	if (strcmp(h->taker_id, desk_me(desk)->id) == 0) {
		return true;
	}
	if (strcmp(h->giver_id, desk_me(desk)->id) == 0) {
		return error_set(err, ERR_REFUSED, _("you have handed it over yourself: %s signs,"
			" or you take it back"), h->taker);
	}
	return error_set(err, ERR_REFUSED, _("%s has handed the shift to %s, not to you:"
		" %s takes it back first, or a coordinator does"), h->giver, h->taker,
		h->giver);
}

/* New cases go to who has the watch: a consequence of the two signatures. */
static bool
pass_watch(struct desk *desk, const struct handover *h, bool *watch, struct error *err)
{
	struct json *body;
	char *login = NULL;
	char id[UUID_SIZE] = "";
	struct error ignored;

	*watch = false;
	if (!setting_text(desk, "watch", &login, err)) {
		return false;
	}
	if (login != NULL && member_id(desk, login, id, &ignored) &&
	    strcmp(id, h->giver_id) == 0) {
		body = json_object();
		json_set_text(body, "id", "watch");
		json_set_text(body, "key", "watch");
		json_set_int(body, "handover", h->n);
		set_text(body, "value", login, desk_me(desk)->login);
		change_add(desk, "setting_set", NULL, body);
		*watch = true;
	}
	free(login);
	return true;
}

static bool
sign(struct desk *desk, struct handover *h, bool *watch, struct error *err)
{
	struct json *body = thing_change("handover", h->id);
	struct buf page = { 0 };
	char head[HASH_SIZE];
	int64_t seq;
	bool ok;

	h->taken_at = desk_now(desk);
	ok = chain_end(desk, head, &seq, err) && page_signed(&page, desk, h, head, err);
	if (ok) {
		json_set_int(body, "n", h->n);
		json_set_text(body, "giver", h->giver);
		json_set_text(body, "taker", h->taker);
		set_text(body, "state", h->state, "taken");
		set_int(body, "taken_at", 0, h->taken_at);
		set_text(body, "sheet", h->sheet, buf_text(&page));
		set_text(body, "head", h->head, head);
		change_add(desk, "handover_taken", NULL, body);
		ok = pass_watch(desk, h, watch, err);
	} else {
		json_free(body);
	}
	buf_free(&page);
	return ok;
}

/* Without a number the page waiting must be the only one he can have read. */
static bool
is_read(struct desk *desk, const struct handover *h, int64_t n, struct error *err)
{
	int64_t before = n;

	if (n == 0 && !db_one_int(desk_db(desk), &HANDOVER_READ_BEFORE, &before, err,
		    TXT(h->taker_id), I64(h->n))) {
		return false;
	}
	if (before == 0 || n == h->n) {
		return true;
	}
	(void)error_set(err, ERR_CONFLICT,
		_("hand-over %lld does not wait any more; %s has given another, %lld: read that"
		  " page first"), (long long)before, h->giver, (long long)h->n);
	return error_how(err, "suco handover show %lld, suco handover take %lld",
		(long long)h->n, (long long)h->n);
}

bool
handover_take(struct desk *desk, bool *watch, struct error *err)
{
	return handover_take_read(desk, 0, watch, err);
}

bool
handover_take_read(struct desk *desk, int64_t n, bool *watch, struct error *err)
{
	struct handover h = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = handover_open(&h, desk, err) && mine_to_take(desk, &h, err) &&
		is_read(desk, &h, n, err) && sign(desk, &h, watch, err);
	handover_clear(&h);
	return change_end(desk, ok, err);
}

static bool
mine_to_withdraw(struct desk *desk, const struct handover *h, const char *reason,
	struct error *err)
{
	if (h->id[0] == '\0') {
		return error_set(err, ERR_REFUSED,
			_("no hand-over waits: it was signed or taken back already"));
	}
	if (strcmp(h->giver_id, desk_me(desk)->id) == 0) {
		return true;
	}
	if (desk_me(desk)->role < ROLE_COORDINATOR) {
		return error_set(err, ERR_FORBIDDEN,
			_("%s gave it: %s or a coordinator takes it back"), h->giver, h->giver);
	}
	return reason[0] != '\0' || error_set(err, ERR_REFUSED,
		_("you take back what %s gave: say why"), h->giver);
}

bool
handover_withdraw(struct desk *desk, const char *reason, struct error *err)
{
	struct handover h = { 0 };
	char *clean = NULL;
	bool ok;

	reason = reason == NULL ? "" : reason;
	if (!desk_may(desk, ACT_WORK, err) ||
	    !text_accept(&clean, reason, strlen(reason), TEXT_MANY_LINES,
		    limit(LIMIT_NOTE), _("reason"), err)) {
		return false;
	}
	if (!change_begin(desk, err)) {
		free(clean);
		return false;
	}
	ok = handover_open(&h, desk, err) && mine_to_withdraw(desk, &h, clean, err);
	if (ok) {
		struct json *body = thing_change("handover", h.id);

		json_set_int(body, "n", h.n);
		json_set_text(body, "giver", h.giver);
		json_set_text(body, "taker", h.taker);
		set_text(body, "state", h.state, "withdrawn");
		set_int(body, "withdrawn_at", 0, desk_now(desk));
		set_text(body, "withdrawn_by", "", my_name(desk));
		set_text(body, "reason", "", clean);
		change_add(desk, "handover_withdrawn", NULL, body);
	}
	free(clean);
	handover_clear(&h);
	return change_end(desk, ok, err);
}
