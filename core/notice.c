/* notice.c owns the records of reports that people sent. */
#include "core/notice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/conflict.h"
#include "core/deadline.h"
#include "core/deadline_follow.h"
#include "core/document.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

#define COLUMNS "SELECT id, case_id, n, form, COALESCE(deadline_id, ''), number, doc_date," \
	" to_role, to_name, channel, sent_at, confirmed_at, sent_by, confirmed_by, head," \
	" state, text FROM notice "
SQL(NOTICES_OF_CASE, "t", COLUMNS "WHERE case_id = $1 ORDER BY id");
SQL(NOTICE_LAST, "tt",
	COLUMNS "WHERE case_id = $1 AND form = $2 AND state = 'sent' ORDER BY n DESC LIMIT 1");
SQL(NOTICE_NEXT_N, "tt",
	"SELECT n + 1 FROM notice WHERE case_id = $1 AND form = $2 ORDER BY n DESC LIMIT 1");
SQL(CHAIN_HEAD, "", "SELECT hash FROM head WHERE one = 1");
SQL(CONTACT_NAME, "t", "SELECT name FROM contact WHERE role = $1");

const struct word notice_channels[] = {
	{ "official_letter", N_("official letter") },
	{ "e_office", N_("document system") },
	{ "email", N_("e-mail") },
	{ "phone", N_("telephone") },
	{ "fax", N_("fax") },
	{ "portal", N_("reporting portal") },
	{ "in_person", N_("in person") },
	{ "other", N_("another way") },
	{ 0 },
};

static const struct word *
channel_of(const char *word)
{
	for (const struct word *w = notice_channels; w->word != NULL; w++) {
		if (strcmp(w->word, word) == 0) {
			return w;
		}
	}
	return NULL;
}

const char *
notice_channel(const char *word)
{
	const struct word *found = channel_of(word);

	return found == NULL ? word : _(found->label);
}

void
notice_clear(struct notice *n)
{
	free(n->form);
	free(n->number);
	free(n->doc_date);
	free(n->to_role);
	free(n->to_name);
	free(n->channel);
	free(n->sent_by);
	free(n->confirmed_by);
	free(n->head);
	free(n->text);
	*n = (struct notice){ 0 };
}

static void
from_row(struct notice *n, struct stmt *st)
{
	*n = (struct notice){ .n = (int)stmt_int(st, 2), .form = stmt_dup(st, 3),
		.number = stmt_dup(st, 5), .doc_date = stmt_dup(st, 6),
		.to_role = stmt_dup(st, 7), .to_name = stmt_dup(st, 8),
		.channel = stmt_dup(st, 9), .sent_at = stmt_int(st, 10),
		.confirmed_at = stmt_int(st, 11), .sent_by = stmt_dup(st, 12),
		.confirmed_by = stmt_dup(st, 13), .head = stmt_dup(st, 14),
		.text = stmt_dup(st, 16) };
	(void)snprintf(n->id, sizeof n->id, "%s", stmt_text(st, 0));
	(void)snprintf(n->case_id, sizeof n->case_id, "%s", stmt_text(st, 1));
	(void)snprintf(n->deadline_id, sizeof n->deadline_id, "%s", stmt_text(st, 4));
	(void)snprintf(n->state, sizeof n->state, "%s", stmt_text(st, 15));
}

bool
notice_each(struct desk *desk, const char *case_id, notice_visit *visit, void *arg,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &NOTICES_OF_CASE, TXT(case_id));
	bool go_on = true;

	while (go_on && stmt_row(st)) {
		struct notice n;

		from_row(&n, st);
		go_on = visit(&n, arg);
		notice_clear(&n);
	}
	return stmt_done(st, err);
}

static bool
accept(char **clean, const char *text, enum text_lines lines, size_t max,
	const char *what, struct error *err)
{
	return text_accept(clean, text == NULL ? "" : text, text == NULL ? 0 : strlen(text),
		lines, max, what, err);
}

/* One line into the row. */
static bool
put_line(struct json *body, const char *column, const char *text, const char *what,
	struct error *err)
{
	char *clean = NULL;
	bool ok = accept(&clean, text, TEXT_ONE_LINE, limit(LIMIT_NAME), what, err);

	if (ok) {
		row_text(body, column, clean);
	}
	free(clean);
	return ok;
}

static bool
put_date(struct desk *desk, struct json *body, const char *typed, struct error *err)
{
	char iso[DAY_SIZE];

	if (!document_day(iso, typed, desk, err)) {
		return false;
	}
	if (iso[0] != '\0') {
		row_text(body, "doc_date", iso);
	}
	return true;
}

/* A role of the register, with its name; else the words as they are. */
static bool
put_recipient(struct desk *desk, struct json *body, const struct deadline *d,
	const char *to, struct error *err)
{
	const char *given = to == NULL || to[0] == '\0' ? d->recipient : to;
	char *name = NULL;

	if (!db_one_text(desk_db(desk), &CONTACT_NAME, &name, err, TXT(given))) {
		return false;
	}
	if (name != NULL) {
		row_text(body, "to_role", given);
		row_text(body, "to_name", name);
		free(name);
		return true;
	}
	return put_line(body, "to_name", deadline_role(given), _("recipient"), err);
}

static bool
channel_fits(const char *channel, struct error *err)
{
	if (channel == NULL || channel[0] == '\0') {
		(void)error_set(err, ERR_BAD_INPUT, _("by what was it sent? One of: %s"),
			NOTICE_CHANNELS);
		return error_how(err, "--channel");
	}
	if (channel_of(channel) != NULL) {
		return true;
	}
	(void)error_set(err, ERR_BAD_INPUT, _("the channel \"%.40s\" is not one of: %s"),
		channel, NOTICE_CHANNELS);
	return error_how(err, "--channel");
}

static bool
times_fit(struct desk *desk, const struct deadline *d, const struct notice_new *what,
	int64_t sent, struct error *err)
{
	char at[WHEN_SHORT_SIZE];
	char from[WHEN_SHORT_SIZE];

	when_full(at, sent, desk_zone(desk));
	if (sent < d->start_at) {
		when_full(from, d->start_at, desk_zone(desk));
		return error_set(err, ERR_BAD_INPUT,
			_("sent at %s is before the clock began, %s"), at, from);
	}
	if (what->confirmed_at != 0 && what->confirmed_at < sent) {
		when_full(from, what->confirmed_at, desk_zone(desk));
		return error_set(err, ERR_BAD_INPUT,
			_("confirmed at %s is before it was sent, %s"), from, at);
	}
	return true;
}

static bool
row_body(struct desk *desk, const struct deadline *d, const struct notice_new *what,
	int64_t sent, struct json *body, struct error *err)
{
	char *head = NULL;
	char *note = NULL;
	bool ok = channel_fits(what->channel, err) &&
		times_fit(desk, d, what, sent, err) &&
		put_line(body, "number", what->number, _("number"), err) &&
		put_date(desk, body, what->date, err) &&
		put_recipient(desk, body, d, what->to, err) &&
		put_line(body, "confirmed_by", what->confirmed_by, _("confirmed by"), err) &&
		accept(&note, what->note, TEXT_MANY_LINES, limit(LIMIT_NOTE), _("note"), err) &&
		db_one_text(desk_db(desk), &CHAIN_HEAD, &head, err, NOARGS);

	if (ok) {
		row_text(body, "text", note);
		row_text(body, "form", d->form);
		row_text(body, "deadline_id", d->id);
		row_text(body, "channel", what->channel);
		row_int(body, "sent_at", sent);
		row_text(body, "sent_by", desk_me(desk)->login);
		if (what->confirmed_at != 0) {
			row_int(body, "confirmed_at", what->confirmed_at);
		} else if (what->confirmed_by != NULL && what->confirmed_by[0] != '\0') {
			row_int(body, "confirmed_at", desk_now(desk));
		}
		row_text(body, "head", head);
		row_text(body, "state", "sent");
		json_set_text(body, "title", d->title);
		json_set_text(body, "title_en", d->title_en);
	}
	free(head);
	free(note);
	return ok;
}

static void
meet(struct desk *desk, const struct deadline *d, const char *notice, int64_t sent)
{
	struct json *body = thing_change("deadline", d->id);

	json_set_int(body, "n", d->n);
	json_set_text(body, "title", d->title);
	json_set_text(body, "title_en", d->title_en);
	if (d->due_at != NO_DUE) {
		json_set_int(body, "due_at", d->due_at);
	}
	set_text(body, "state", d->state, "met");
	set_text(body, "reason", d->reason, "");
	set_text(body, "decided_by", d->decided_by, desk_me(desk)->login);
	set_text(body, "notice_id", d->notice_id[0] == '\0' ? NULL : d->notice_id, notice);
	set_int(body, "met_at", d->met_at, sent);
	change_add(desk, "deadline_met", d->case_id, body);
}

/* Met already: only a further report may follow. */
static bool
may_send(struct desk *desk, const struct deadline *d, bool update, struct error *err)
{
	if (strcmp(d->state, "met") == 0 && !update) {
		(void)error_set(err, ERR_CONFLICT,
			_("\"%s\" was recorded as sent already, by %s; say so if this is a further"
			  " report of it"), deadline_title(d), PERSON(desk, d->decided_by));
		return error_how(err, "--update");
	}
	return true;
}

bool
notice_sent(struct desk *desk, const char *case_id, const struct notice_new *what, int *n,
	struct error *err)
{
	int64_t sent = what->at == 0 ? desk_now(desk) : what->at;
	struct deadline d = { 0 };
	char id[UUID_SIZE] = "";
	struct json *body = NULL;
	int64_t next = 1;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = deadline_find_form(desk, case_id, what->form == NULL ? "" : what->form, &d, err) &&
		may_send(desk, &d, what->update, err) &&
		change_guard(desk, d.id, "state", "met", d.state, err) &&
		db_one_int(desk_db(desk), &NOTICE_NEXT_N, &next, err, TXT(case_id), TXT(d.form));
	if (ok) {
		body = thing_new(desk, "notice", id);
		row_int(body, "n", next);
		ok = row_body(desk, &d, what, sent, body, err);
	}
	if (ok) {
		struct event_time time = { .at = sent, .precise = "minute" };

		*n = (int)next;
		change_add_at(desk, "notice_added", case_id, body,
			what->at == 0 ? (struct event_time){ 0 } : time);
		if (strcmp(d.state, "met") != 0) {
			meet(desk, &d, id, sent);
		}
	} else {
		json_free(body);
	}
	deadline_clear(&d);
	return change_end(desk, ok, err);
}

static bool
load_last(struct desk *desk, const char *case_id, const char *form, struct notice *out,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &NOTICE_LAST, TXT(case_id), TXT(form));
	bool found = stmt_row(st);

	*out = (struct notice){ 0 };
	if (found) {
		from_row(out, st);
	}
	return stmt_done(st, err) && (found || error_set(err, ERR_NOT_FOUND,
		_("no report \"%.60s\" is recorded on this case; see `suco notice list CASE`"),
		form));
}

/* The last notice of a form and its clock, under one change. */
struct sent {
	struct notice notice;
	struct deadline d;
};

static bool
load_sent(struct desk *desk, const char *case_id, const char *spec, struct sent *out,
	struct error *err)
{
	char clock[UUID_SIZE];

	*out = (struct sent){ 0 };
	if (!deadline_find(desk, case_id, spec, &out->d, err) ||
	    !load_last(desk, case_id, out->d.form, &out->notice, err)) {
		return false;
	}
	memcpy(clock, out->notice.deadline_id, UUID_SIZE);
	if (clock[0] == '\0' || strcmp(clock, out->d.id) == 0 ||
	    (strcmp(spec, out->d.form) != 0 && strcmp(spec, out->d.rule) != 0)) {
		return true;
	}
	/* By its form another clock was found, that runs; the notice's own is meant. */
	deadline_clear(&out->d);
	return deadline_find(desk, case_id, clock, &out->d, err);
}

static struct json *
change_of(const struct sent *s)
{
	struct json *body = thing_change("notice", s->notice.id);

	json_set_int(body, "n", s->notice.n);
	json_set_text(body, "title", s->d.title);
	json_set_text(body, "title_en", s->d.title_en);
	return body;
}

/* Who confirmed it, or its number, stands as the first recorded it; he may mend his
 * own word. */
static bool
first_stands(struct desk *desk, const struct notice *n, const char *field,
	const char *was, const char *text, struct error *err)
{
	char *by = NULL;
	bool same = was[0] == '\0' || text == NULL || text[0] == '\0' || strcmp(was, text) == 0;
	bool ok = same || field_set_by(&by, desk, n->id, field, err);
	const char *who = by != NULL ? by : n->sent_by;

	if (ok && !same && strcmp(who, desk_me(desk)->login) != 0) {
		ok = error_set(err, ERR_CONFLICT, _("%s recorded it already: %.200s"),
			PERSON(desk, who), was);
	}
	free(by);
	return ok;
}

static bool
set_line(struct json *body, const char *column, const char *was, const char *text,
	const char *what, struct error *err)
{
	char *clean = NULL;
	bool ok;

	if (text == NULL || text[0] == '\0') {
		return true;
	}
	ok = accept(&clean, text, TEXT_ONE_LINE, limit(LIMIT_NAME), what, err);
	if (ok && strcmp(clean, was) != 0) {
		set_text(body, column, was, clean);
	}
	free(clean);
	return ok;
}

bool
notice_confirm(struct desk *desk, const char *case_id, const struct notice_new *what,
	struct error *err)
{
	int64_t at = what->confirmed_at == 0 ? desk_now(desk) : what->confirmed_at;
	struct json *body = NULL;
	struct sent s = { 0 };
	bool named = what->confirmed_by != NULL && what->confirmed_by[0] != '\0';
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = load_sent(desk, case_id, what->form, &s, err) && change_guard(desk, s.notice.id,
		"confirmed_at", what->confirmed_by, s.notice.confirmed_by, err) &&
		first_stands(desk, &s.notice, "confirmed_by", s.notice.confirmed_by,
			what->confirmed_by, err) &&
		first_stands(desk, &s.notice, "number", s.notice.number, what->number, err);
	if (ok && !named && (what->number == NULL || what->number[0] == '\0')) {
		(void)error_set(err, ERR_BAD_INPUT,
			_("who confirmed it, or what number did it get?"));
		ok = error_how(err, "--by, --number");
	}
	if (ok && named && at < s.notice.sent_at) {
		ok = error_set(err, ERR_BAD_INPUT, _("it cannot be confirmed before it was sent"));
	}
	if (ok) {
		body = change_of(&s);
		ok = set_line(body, "confirmed_by", s.notice.confirmed_by, what->confirmed_by,
			_("confirmed by"), err) && set_line(body, "number", s.notice.number,
			what->number, _("number"), err);
		if (ok && named && s.notice.confirmed_at != at && set_count(body) > 0) {
			set_int(body, "confirmed_at", s.notice.confirmed_at, at);
		}
	}
	ok = change_end_with(desk, ok, set_count(body) > 0 ? "notice_set" : NULL, case_id,
		body, err);
	notice_clear(&s.notice);
	deadline_clear(&s.d);
	return ok;
}

/* The clock that the notice met runs again. */
static void
run_again(struct desk *desk, const struct sent *s)
{
	struct json *body;

	if (strcmp(s->d.notice_id, s->notice.id) != 0) {
		return;
	}
	body = thing_change("deadline", s->d.id);
	json_set_int(body, "n", s->d.n);
	json_set_text(body, "title", s->d.title);
	json_set_text(body, "title_en", s->d.title_en);
	set_text(body, "state", s->d.state, "running");
	set_text(body, "notice_id", s->d.notice_id, NULL);
	set_text(body, "decided_by", s->d.decided_by, "");
	set_int(body, "met_at", s->d.met_at, 0);
	change_add(desk, "deadline_set", s->d.case_id, body);
}

bool
notice_void(struct desk *desk, const char *case_id, const char *form, const char *reason,
	struct error *err)
{
	struct sent s = { 0 };
	struct json *body;
	char *clean = NULL;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = load_sent(desk, case_id, form, &s, err) && accept(&clean, reason,
		TEXT_MANY_LINES, limit(LIMIT_NOTE), _("reason"), err);
	if (ok && clean[0] == '\0') {
		(void)error_set(err, ERR_REFUSED, _("why was it not sent? The reason is missing"));
		ok = error_how(err, "--reason");
	}
	ok = ok && change_guard(desk, s.notice.id, "state", "void", s.notice.state, err);
	if (ok) {
		body = change_of(&s);
		set_text(body, "state", s.notice.state, "void");
		json_set_text(body, "reason", clean);
		change_add(desk, "notice_set", case_id, body);
		run_again(desk, &s);
		/* The facts may have changed while it counted as met. */
		ok = deadline_follow(desk, case_id, err);
	}
	free(clean);
	notice_clear(&s.notice);
	deadline_clear(&s.d);
	return change_end(desk, ok, err);
}
