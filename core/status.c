/* status.c owns the transition table and the one function that consults it. */
#include "core/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/back_by.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/deadline.h"
#include "core/deadline_follow.h"
#include "core/event.h"
#include "core/i18n.h"
#include "core/left.h"
#include "core/limits.h"
#include "core/outbox_hand.h"
#include "core/person.h"
#include "core/text.h"
#include "core/words.h"

#define SKIP NEEDS_REASON

/* Forward skips need a reason, and the times passed over stay empty. */
const struct transition transitions[] = {
	{ "new", "acknowledged", ROLE_RESPONDER, NEEDS_NOTHING, NULL },
	{ "new", "responding", ROLE_RESPONDER, SKIP, NULL },
	{ "new", "contained", ROLE_RESPONDER, SKIP, NULL },
	{ "new", "recovered", ROLE_RESPONDER, SKIP, NULL },
	{ "new", "dismissed", ROLE_RESPONDER, NEEDS_REASON | NEEDS_NO_WAIT, NULL },
	{ "acknowledged", "responding", ROLE_RESPONDER, NEEDS_NOTHING, NULL },
	{ "acknowledged", "contained", ROLE_RESPONDER, SKIP, NULL },
	{ "acknowledged", "recovered", ROLE_RESPONDER, SKIP, NULL },
	{ "acknowledged", "dismissed", ROLE_RESPONDER, NEEDS_REASON | NEEDS_NO_WAIT, NULL },
	{ "responding", "contained", ROLE_RESPONDER, NEEDS_NOTHING, NULL },
	{ "responding", "recovered", ROLE_RESPONDER, SKIP, NULL },
	{ "contained", "responding", ROLE_RESPONDER, NEEDS_NOTHING, NULL },
	{ "contained", "recovered", ROLE_RESPONDER, NEEDS_NOTHING, NULL },
	{ "recovered", "responding", ROLE_RESPONDER, NEEDS_NOTHING, NULL },
	{ "recovered", "closed", ROLE_COORDINATOR,
	  NEEDS_NO_WORK | NEEDS_REVIEW | NEEDS_REPORTS | BY_OWN_VERB, "close" },
	{ "closed", "responding", ROLE_COORDINATOR, NEEDS_REASON | BY_OWN_VERB, "reopen" },
	{ 0 },
};

/* The time that each status stamps, in the order of the life of a case. */
static const struct {
	const char *status;
	const char *column;
} stamps[] = {
	{ "acknowledged", "acknowledged_at" },
	{ "contained", "contained_at" },
	{ "recovered", "recovered_at" },
	{ "closed", "closed_at" },
};

static const struct transition *
find(const char *from, const char *to)
{
	for (const struct transition *row = transitions; row->from != NULL; row++) {
		if (strcmp(row->from, from) == 0 && strcmp(row->to, to) == 0) {
			return row;
		}
	}
	return NULL;
}

SQL(FIELD_SEQ_OF, "tt",
	"SELECT seq FROM field_version WHERE subject = $1 AND field = $2");

/* Already there: by me it is done, by another it is a conflict that names him. */
static bool
already(struct desk *desk, const struct ir_case *c, const char *column,
	struct error *err)
{
	struct event event = { 0 };
	int64_t seq = 0;
	bool mine;

	if (!db_one_int(desk_db(desk), &FIELD_SEQ_OF, &seq, err, TXT(c->id), TXT(column))) {
		return false;
	}
	if (seq == 0) {
		return true;
	}
	if (!event_load(&event, desk_db(desk), seq, err)) {
		return false;
	}
	mine = strcmp(event_whose(&event), desk_me(desk)->login) == 0;
	if (!mine) {
		(void)error_set(err, ERR_CONFLICT, _("case %s is %s already, by %s"),
			c->number, word_label(WORDS_STATUS, c->status),
			PERSON(desk, event_whose(&event)));
		(void)snprintf(err->detail, sizeof err->detail,
			"{\"field\":\"status\",\"theirs\":\"%s\",\"by\":\"%s\"}", c->status,
			event_whose(&event));
	}
	event_clear(&event);
	return mine;
}

SQL(OPEN_MANDATORY, "t",
	"SELECT s.n, s.name, c.number FROM step_instance s JOIN cases c ON c.id = s.case_id"
	" WHERE (c.id = $1 OR c.merged_into = $1) AND s.mandatory = 1"
	" AND s.ended_at IS NULL AND (s.type = 'action' OR s.state = 'failed')"
	" ORDER BY c.id, s.n LIMIT 1");
SQL(MERGED_WORK, "t",
	"SELECT number, open_tasks FROM cases WHERE merged_into = $1 AND open_tasks > 0"
	" LIMIT 1");

static bool
no_open_work(struct desk *desk, const struct ir_case *c, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &OPEN_MANDATORY, TXT(c->id));
	bool refused = false;

	if (stmt_row(st)) {
		refused = true;
		(void)error_set(err, ERR_REFUSED,
			_("case %s cannot be closed: step %lld \"%s\" of %s is open"),
			c->number, (long long)stmt_int(st, 0), stmt_text(st, 1),
			stmt_text(st, 2));
	}
	if (!stmt_done(st, err) || refused || !left_none_closing(desk, c, err)) {
		return false;
	}
	st = db_query(desk_db(desk), &MERGED_WORK, TXT(c->id));
	if (stmt_row(st)) {
		refused = true;
		(void)error_set(err, ERR_REFUSED,
			_("case %s cannot be closed: %s, merged into it, has %lld open tasks"),
			c->number, stmt_text(st, 0), (long long)stmt_int(st, 1));
	}
	return stmt_done(st, err) && !refused;
}

static bool
given(const char *text)
{
	return text != NULL && text[strspn(text, " \t\n")] != '\0';
}

static bool
may_change(struct desk *desk, const struct ir_case *c, const struct transition *row,
	const struct status_change *what, struct error *err)
{
	const char *verb = row->verb == NULL ? "status" : row->verb;

	if ((row->needs & BY_OWN_VERB) != 0 && strcmp(what->verb, verb) != 0) {
		return error_set(err, ERR_REFUSED, _("use `suco %s %s` for this"), verb,
			c->number);
	}
	if (desk_me(desk)->role < row->least) {
		return error_set(err, ERR_FORBIDDEN,
			_("not allowed: from %s to %s needs the role %s, yours is %s"),
			word_label(WORDS_STATUS, row->from), word_label(WORDS_STATUS, row->to),
			role_label(row->least), role_label(desk_me(desk)->role));
	}
	if ((row->needs & NEEDS_REASON) != 0 && !given(what->reason)) {
		(void)error_set(err, ERR_REFUSED, _("from %s to %s needs a reason"),
			word_label(WORDS_STATUS, row->from), word_label(WORDS_STATUS, row->to));
		return error_how(err, "--reason");
	}
	if ((row->needs & NEEDS_REVIEW) != 0 &&
	    (!given(what->cause) || !given(what->result) || !given(what->lessons))) {
		return error_set(err, ERR_REFUSED,
			_("closing needs cause, result and lessons"));
	}
	return ((row->needs & NEEDS_NO_WAIT) == 0 || left_none_dismissing(desk, c, err)) &&
		((row->needs & NEEDS_NO_WORK) == 0 || no_open_work(desk, c, err)) &&
		((row->needs & NEEDS_REPORTS) == 0 || deadline_all_met(desk, c->id, err));
}

static int64_t
stamp_of(const struct ir_case *c, const char *column)
{
	const struct {
		const char *column;
		int64_t at;
	} times[] = {
		{ "acknowledged_at", c->acknowledged_at },
		{ "contained_at", c->contained_at },
		{ "recovered_at", c->recovered_at },
		{ "closed_at", c->closed_at },
	};

	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		if (strcmp(times[i].column, column) == 0) {
			return times[i].at;
		}
	}
	return 0;
}

/* A status stamps its time; going back empties the later ones, so that what
 * counts in the end is when it held. */
static void
put_stamps(struct json *body, const struct ir_case *c, const char *to, int64_t now)
{
	bool later = strcmp(to, "responding") == 0 || strcmp(to, "acknowledged") == 0;

	for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++) {
		int64_t was = stamp_of(c, stamps[i].column);

		if (strcmp(stamps[i].status, to) == 0) {
			set_int(body, stamps[i].column, was, now);
		} else if (later && i > 0 && was != 0) {
			set_int(body, stamps[i].column, was, 0);
		}
	}
}

static bool
put_review(struct json *body, const struct ir_case *c,
	const struct status_change *what, struct error *err)
{
	const struct {
		const char *column, *was, *text;
	} fields[] = {
		{ "cause", c->cause, what->cause },
		{ "result", c->result, what->result },
		{ "lessons", c->lessons, what->lessons },
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		char *clean = NULL;

		if (fields[i].text == NULL) {
			continue;
		}
		if (!text_accept(&clean, fields[i].text, strlen(fields[i].text),
			    TEXT_MANY_LINES, limit(LIMIT_NOTE), fields[i].column, err)) {
			return false;
		}
		set_text(body, fields[i].column, fields[i].was, clean);
		free(clean);
	}
	return true;
}

static bool
is_open_status(const char *status)
{
	return strcmp(status, "closed") != 0 && strcmp(status, "dismissed") != 0 &&
		strcmp(status, "merged") != 0;
}

static bool
status_body(struct desk *desk, const struct ir_case *c,
	const struct status_change *what, struct json *body, struct error *err)
{
	bool opens = is_open_status(what->to);
	char *reason = NULL;

	set_text(body, "status", c->status, what->to);
	if (opens != c->is_open) {
		set_int(body, "is_open", c->is_open, opens);
	}
	put_stamps(body, c, what->to, desk_now(desk));
	if (given(what->reason)) {
		if (!text_accept(&reason, what->reason, strlen(what->reason),
			    TEXT_MANY_LINES, limit(LIMIT_NOTE), _("reason"), err)) {
			return false;
		}
		json_set_text(body, "reason", reason);
		free(reason);
	}
	return put_review(body, c, what, err);
}

static const char *
stamp_column(const char *status)
{
	for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++) {
		if (strcmp(stamps[i].status, status) == 0) {
			return stamps[i].column;
		}
	}
	return "status";
}

/* An acknowledge of what was acknowledged and went on is a conflict too. */
static bool
passed(const struct ir_case *c, const struct status_change *what)
{
	return strcmp(c->status, what->to) == 0 ||
		(strcmp(what->verb, "ack") == 0 && strcmp(c->status, "new") != 0 &&
			c->acknowledged_at != 0);
}

/* Nobody is to be told of what was no incident, or is over and written up. */
static bool
nobody_waits(struct desk *desk, const struct ir_case *c, const char *to,
	struct error *err)
{
	if (strcmp(to, "closed") == 0) {
		return outbox_drop_untold(desk, c->id,
			N_("not told before the case was closed"), err);
	}
	return strcmp(to, "dismissed") != 0 ||
		outbox_drop_untold(desk, c->id, N_("the case is no incident"), err);
}

/* No row leads there; which status comes first, if one does. */
static bool
no_way(const struct ir_case *c, const char *to, struct error *err)
{
	const char *first = status_towards(c->status, to);

	if (first != NULL && strcmp(first, to) != 0) {
		return error_set(err, ERR_REFUSED,
			_("case %s is %s: it becomes %s first, then %s"), c->number,
			word_label(WORDS_STATUS, c->status), word_label(WORDS_STATUS, first),
			word_label(WORDS_STATUS, to));
	}
	return error_set(err, ERR_REFUSED, _("case %s is %s: it cannot become %s"),
		c->number, word_label(WORDS_STATUS, c->status),
		word_label(WORDS_STATUS, to));
}

static bool
decide(struct desk *desk, const struct ir_case *c, const struct status_change *what,
	struct error *err)
{
	const struct transition *row;
	struct json *body;

	if (passed(c, what)) {
		return already(desk, c, stamp_column(what->to), err);
	}
	if (!change_guard(desk, c->id, "status", what->to, c->status, err)) {
		return false;
	}
	row = find(c->status, what->to);
	if (row == NULL && strcmp(what->to, "closed") == 0 &&
	    strcmp(what->verb, "close") != 0) {
		return error_set(err, ERR_REFUSED,
			_("case %s is %s: from Recovered it is closed with `suco close %s`"),
			c->number, word_label(WORDS_STATUS, c->status), c->number);
	}
	if (row == NULL) {
		return no_way(c, what->to, err);
	}
	if (!may_change(desk, c, row, what, err)) {
		return false;
	}
	body = json_object();
	if (!status_body(desk, c, what, body, err) ||
	    !back_by_follow(desk, c, what->to, body, err)) {
		json_free(body);
		return false;
	}
	change_add(desk, "status_changed", c->id, body);
	return nobody_waits(desk, c, what->to, err);
}

bool
status_set(struct desk *desk, const char *case_id,
	const struct status_change *what, struct error *err)
{
	struct ir_case c = { 0 };
	bool ok;

	if (!word_check(WORDS_STATUS, _("status"), what->to, err) ||
	    !change_begin(desk, err)) {
		return false;
	}
	ok = case_load(&c, desk, case_id, err);
	if (ok && strcmp(what->to, "merged") == 0) {
		ok = error_set(err, ERR_REFUSED, _("use `suco merge %s INTO` for this"),
			c.number);
	}
	ok = ok && decide(desk, &c, what, err) && deadline_follow(desk, case_id, err);
	case_clear(&c);
	return change_end(desk, ok, err);
}

int
status_rank(const char *status)
{
	static const char *const stages[] = { "new", "acknowledged", "responding",
		"contained", "recovered", "closed" };

	for (int i = 0; i < (int)(sizeof stages / sizeof *stages); i++) {
		if (strcmp(stages[i], status) == 0) {
			return i;
		}
	}
	return -1;
}

const char *
status_towards(const char *from, const char *to)
{
	const char *next = NULL;

	for (const struct transition *row = transitions; row->from != NULL; row++) {
		bool on_the_way = strcmp(row->to, to) == 0 ||
			(status_rank(row->to) > status_rank(from) &&
				status_rank(row->to) < status_rank(to));

		if (strcmp(row->from, from) == 0 && on_the_way &&
		    (row->needs & NEEDS_REASON) == 0 &&
		    (next == NULL || status_rank(row->to) > status_rank(next))) {
			next = row->to;
		}
	}
	return next;
}

enum role
status_least(const char *from, const char *to)
{
	const struct transition *row = find(from, to);
	enum role least = ROLE_ADMIN;

	if (row != NULL) {
		return row->least;
	}
	for (row = transitions; row->from != NULL; row++) {
		if (strcmp(row->to, to) == 0 && row->least < least) {
			least = row->least;
		}
	}
	return least;
}

bool
status_ready(struct desk *desk, const struct ir_case *c, const char *to,
	struct error *err)
{
	const struct transition *row = find(c->status, to);
	const char *verb = row != NULL && row->verb != NULL ? row->verb : "status";

	return row == NULL ? no_way(c, to, err)
		: may_change(desk, c, row, &(struct status_change){ .to = to, .verb = verb,
			.reason = "-", .cause = "-", .result = "-", .lessons = "-" }, err);
}

bool
status_went_back(int64_t *at, struct desk *desk, const char *case_id,
	struct error *err)
{
	struct event event = { 0 };
	struct json *body = NULL;
	struct error none = ERROR_INIT;
	const struct json *change;
	int64_t seq = 0;
	bool ok;

	*at = 0;
	if (!db_one_int(desk_db(desk), &FIELD_SEQ_OF, &seq, err, TXT(case_id),
		    TXT("status"))) {
		return false;
	}
	if (seq == 0) {
		return true;
	}
	ok = event_load(&event, desk_db(desk), seq, err);
	if (ok && strcmp(event.kind, "status_changed") == 0 && event.has_body &&
	    json_parse(&body, event.body, strlen(event.body), NULL, &none)) {
		change = json_get(json_get(body, "set"), "status");
		if (status_rank(json_text(json_get(change, "to"), "")) <
		    status_rank(json_text(json_get(change, "from"), ""))) {
			*at = event.recorded_at;
		}
	}
	json_free(body);
	event_clear(&event);
	return ok;
}
