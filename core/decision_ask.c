/* decision_ask.c owns how an order is asked for: of whom, until when, what can be
 * answered, what the plan allows without an answer. */
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/decision.h"
#include "core/decision_private.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/promise.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"
#include "core/words.h"

SQL(DECISION_NEXT_N, "t",
	"SELECT n + 1 FROM decision WHERE case_id = $1 ORDER BY n DESC LIMIT 1");

/* "A,B": what is chosen is what is read. */
static bool
typed_options(struct json **out, const char *text, struct error *err)
{
	*out = json_array();
	while (text != NULL && text[0] != '\0') {
		size_t len = strcspn(text, ",");
		char *word = NULL;

		if (!text_accept(&word, text, len, TEXT_ONE_LINE, limit(LIMIT_NAME),
			    _("options"), err)) {
			json_free(*out);
			*out = NULL;
			return false;
		}
		if (word[0] != '\0') {
			struct json *row = json_object();

			json_set_text(row, "value", word);
			json_set_text(row, "label", word);
			json_push(*out, row);
		}
		free(word);
		text += len + (text[len] == ',');
	}
	if (json_count(*out) == 1) {
		json_free(*out);
		*out = NULL;
		return error_set(err, ERR_BAD_INPUT,
			_("one option is no choice: give two or more, or none"));
	}
	return true;
}

struct question {
	struct whom whom;
	char *question, *fallback, *options;
	const char *channel;
	int64_t asked_at, until_at, n;
};

static void
question_clear(struct question *q)
{
	whom_clear(&q->whom);
	free(q->question);
	free(q->fallback);
	free(q->options);
}

static bool
read_until(struct question *q, struct desk *desk, const struct decision_new *what,
	struct error *err)
{
	int64_t span = what->until_ms > 0 ? what->until_ms : DECISION_WAIT_MS;

	if (decision_given(what->until)) {
		return promise_time(&q->until_at, &q->asked_at, &(struct promise_typed){
			.typed = what->until, .said_typed = what->at, .now = desk_now(desk),
			.zone = desk_zone(desk), .asked = true }, err);
	}
	if (!decision_past(&q->asked_at, desk, what->at, err)) {
		return false;
	}
	q->until_at = q->asked_at + span;
	return true;
}

static bool
read_options(struct question *q, const struct decision_new *what, struct error *err)
{
	struct json *options = NULL;

	if (what->choices != NULL) {
		q->options = json_line(what->choices);
		return true;
	}
	if (!typed_options(&options, what->options, err)) {
		return false;
	}
	if (json_count(options) > 0) {
		q->options = json_line(options);
	}
	json_free(options);
	return true;
}

static bool
read_question(struct question *q, struct desk *desk, const char *case_id,
	const struct decision_new *what, struct error *err)
{
	*q = (struct question){ .n = 1 };
	if (what->of != NULL) {
		q->whom = (struct whom){ .role = xstrdup(what->of->role),
			.name = xstrdup(what->of->name) };
	} else if (!whom_find(&q->whom, desk, what->whom == NULL ? "" : what->whom, err)) {
		return false;
	}
	if (!decision_line(&q->question, what->question, _("question"), err) ||
	    !decision_line(&q->fallback, what->fallback, _("fall-back"), err) ||
	    !decision_channel(&q->channel, what->channel, err) ||
	    !read_until(q, desk, what, err) || !read_options(q, what, err) ||
	    !db_one_int(desk_db(desk), &DECISION_NEXT_N, &q->n, err, TXT(case_id))) {
		return false;
	}
	if (q->question[0] != '\0') {
		return true;
	}
	(void)error_set(err, ERR_BAD_INPUT, _("say what is to be decided"));
	return error_how(err, "--question");
}

/* A step asks once: a second person gets who asks already. */
static bool
asked_already(struct desk *desk, const struct decision_new *what, struct error *err)
{
	struct decision d = { 0 };
	bool there = false;
	bool ok = true;

	if (what->instance == NULL || what->instance[0] == '\0') {
		return true;
	}
	ok = decision_of_step(&d, &there, desk, what->instance, err);
	if (ok && there && d.ended_at == 0) {
		ok = error_set(err, ERR_CONFLICT,
			_("decision %d was asked for this step already, by %s: record the answer"),
			d.n, PERSON(desk, d.asked_by));
	}
	decision_clear(&d);
	return ok;
}

/* The same question of the same person, still open. */
struct same {
	const char *case_id;
	const struct question *q;
	int n;
	char *by;
};

static bool
look_same(const struct decision *d, void *arg)
{
	struct same *same = arg;

	if (d->ended_at != 0 || strcmp(d->case_id, same->case_id) != 0 ||
	    !whom_same(&same->q->whom, d->role, d->name) ||
	    !whom_same_words(d->question, same->q->question)) {
		return true;
	}
	same->n = d->n;
	same->by = xstrdup(d->asked_by);
	return false;
}

/* *n: the one there is already, 0 for none.  A step asks its own. */
static bool
same_question(struct desk *desk, const char *case_id, const struct question *q,
	const struct decision_new *what, int *n, struct error *err)
{
	struct same same = { .case_id = case_id, .q = q };
	bool ok;

	*n = 0;
	if (what->instance != NULL && what->instance[0] != '\0') {
		return true;
	}
	ok = decision_each(desk, case_id, DECISIONS_OPEN, look_same, &same, err);
	if (ok && same.n != 0 && strcmp(same.by, desk_me(desk)->login) != 0) {
		ok = error_set(err, ERR_CONFLICT,
			_("already asked as %d, by %s: record the answer there"), same.n,
			PERSON(desk, same.by));
	}
	*n = same.n;
	free(same.by);
	return ok;
}

static struct json *
question_body(struct desk *desk, const struct question *q,
	const struct decision_new *what)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(desk, "decision", id);

	row_int(body, "n", q->n);
	row_text(body, "question", q->question);
	row_text(body, "role", q->whom.role);
	row_text(body, "name", q->whom.name);
	row_text(body, "channel", q->channel);
	row_text(body, "asked_by", desk_me(desk)->id);
	row_int(body, "asked_at", q->asked_at);
	row_int(body, "until_at", q->until_at);
	row_text(body, "options", q->options);
	row_text(body, "state", "open");
	row_text(body, "fallback", q->fallback);
	row_text(body, "authority", what->authority);
	row_text(body, "instance", what->instance);
	return body;
}

bool
decision_ask(struct desk *desk, const char *case_id, const struct decision_new *what,
	int *n, struct error *err)
{
	struct ir_case c = { 0 };
	struct question q = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = case_load(&c, desk, case_id, err) && case_must_be_open(&c, err) &&
		asked_already(desk, what, err) &&
		read_question(&q, desk, case_id, what, err) &&
		same_question(desk, case_id, &q, what, n, err);
	if (ok && *n == 0) {
		*n = (int)q.n;
		change_add(desk, "decision_added", case_id, question_body(desk, &q, what));
	}
	question_clear(&q);
	case_clear(&c);
	return change_end(desk, ok, err);
}
