/* follow_up.c owns the way from the answers of a step to what the watch follows:
 * who outside promised what, and by when it must be back. */
#include "playbooks/follow_up.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/back_by.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/promise.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/waiting.h"
#include "core/when.h"
#include "playbooks/answer.h"

#define RESULT_CELLS 100

/* The answer to the question of the step that the plan marks so: "back_by",
 * "promise", "ticket" (docs/suco-step.md). */
static const char *
answered(const struct follow_up *f, const char *mark, bool *also_ticket)
{
	for (int i = 0; i < f->step->ask_count; i++) {
		const struct variable *variable = playbook_find_variable(f->playbook,
			f->step->asks[i]);

		if (variable != NULL && json_get_bool(variable->ext, mark)) {
			if (also_ticket != NULL) {
				*also_ticket = json_get_bool(variable->ext, "ticket");
			}
			return answer_value(answer_find(f->values, variable->name));
		}
	}
	return NULL;
}

/* ---- by when it must be back ---- */

static bool
put_back_by(const struct follow_up *f, struct error *err)
{
	const char *by = answered(f, "back_by", NULL);
	struct error own = { 0 };

	if (by == NULL || by[strspn(by, " ")] == '\0' || strcmp(by, "none") == 0
			|| back_by_set(f->desk, f->c, &(struct back_by_given){ .by = by }, &own)) {
		return true;
	}
	if (own.code == ERR_BAD_INPUT) {
		return true; /* words without a time */
	}
	*err = own;
	return false;
}

/* ---- what was promised outside ---- */

/* "03:30", "7h30", "+2h": a part that can be nothing but a time. */
static bool
begins_with_time(const char *text)
{
	char sign[2];

	return text[0] == '+' || sscanf(text, "%*2d%1[:hg]", sign) == 1;
}

/* "03:30, the splicers are on their way": the time at its head, or NULL. */
static char *
promise_at_head(const struct follow_up *f, const char *text, int64_t *at)
{
	struct promise_typed typed = { .said_typed = f->said_at,
		.now = desk_now(f->desk), .zone = desk_zone(f->desk) };
	struct error ignored;
	const char *rest;
	int64_t said;
	char *head;

	if (!when_parse_head(at, &rest, text, WHEN_DUE, typed.now, typed.zone,
			&ignored)) {
		return NULL;
	}
	while (rest > text && strchr(",;. ", rest[-1]) != NULL) {
		rest--;
	}
	head = xstrndup(text, (size_t)(rest - text));
	typed.typed = head;
	if (promise_time(at, &said, &typed, &ignored)) {
		return head;
	}
	free(head);
	return NULL;
}

/* "SM-118, promised 03:30": behind a ticket the time stands in a later part. */
static char *
promise_in(const struct follow_up *f, const char *text, bool in_one_line, int64_t *at)
{
	char *head = text == NULL ? NULL : promise_at_head(f, text, at);
	const char *part = in_one_line && text != NULL ? strpbrk(text, ",;") : NULL;

	for (; head == NULL && part != NULL; part = strpbrk(part, ",;")) {
		part += strcspn(part, "+0123456789");
		head = begins_with_time(part) ? promise_at_head(f, part, at) : NULL;
	}
	return head;
}

/* The contact that a step is done with: its lead, else the first support. */
static bool
body_outside(char **out, const struct follow_up *f, const struct step *step,
	struct error *err)
{
	const struct json *support = json_first(json_get(step->ext, "support"));
	const char *agent = step->lead;

	for (*out = NULL; ; support = json_next(support)) {
		const char *role = agent == NULL ? NULL
			: playbook_agent_role(f->playbook, agent);
		char *value = NULL;

		if (role != NULL && !setting_agent(f->desk, role, &value, err)) {
			return false;
		}
		if (value != NULL && strncmp(value, "contact:", 8) == 0) {
			*out = xstrdup(value + 8);
		}
		free(value);
		if (*out != NULL || support == NULL) {
			return true;
		}
		agent = json_text(support, NULL);
	}
}

struct looking {
	const char *case_id, *role; /* not of a case merged into it: numbers are its own */
	bool found, ticket;
	int n;
	int64_t promised_at;
};

static bool
find_open(const struct waiting *waiting, void *arg)
{
	struct looking *find = arg;

	if (strcmp(waiting->state, "open") == 0 && strcmp(waiting->role, find->role) == 0
			&& strcmp(waiting->case_id, find->case_id) == 0) {
		find->found = true;
		find->ticket = waiting->ticket[0] != '\0';
		find->n = waiting->n;
		find->promised_at = waiting->promised_at;
	}
	return !find->found;
}

/* It waits on them already: a new ticket, a new promise. */
static bool
go_on(const struct follow_up *f, const struct looking *find, const char *ticket,
	const char *promise, int64_t at, struct error *err)
{
	return (ticket == NULL || find->ticket || waiting_set(f->desk, f->c->id, find->n,
			&(struct waiting_change){ .ticket = ticket }, err))
		&& (promise == NULL || at == find->promised_at || waiting_asked(f->desk,
			f->c->id, find->n, &(struct waiting_word){ .promised = promise,
				.at = f->said_at }, err));
}

/* Who promised it: the contact of the step that asks for the promise, else of this
 * one. */
static bool
who_promised(char **out, const struct follow_up *f, const char *promised,
	struct error *err)
{
	*out = NULL;
	for (int i = 0; *out == NULL && i < playbook_step_count(f->playbook); i++) {
		const struct step *step = playbook_step(f->playbook, i);

		for (int k = 0; *out == NULL && k < step->ask_count; k++) {
			if (strcmp(step->asks[k], promised) == 0 &&
			    !body_outside(out, f, step, err)) {
				return false;
			}
		}
	}
	return *out != NULL || body_outside(out, f, f->step, err);
}

/* It is back: nobody waits for them any more.  Each promise is ended by an entry of
 * its own, with the step that said so. */
static bool
end_waiting(const struct follow_up *f, const char *promised, struct error *err)
{
	struct looking find = { 0 };
	char *role = NULL;
	const char *words = f->note != NULL && f->note[0] != '\0' ? f->note
		: f->step->name;
	/* A note has many lines, a result one. */
	size_t line = text_fit_n(words, strcspn(words, "\n"), RESULT_CELLS, NULL);
	char *result = xasprintf(_("it is back, step %d: %.*s"), f->step->n, (int)line,
		words);
	bool ok = who_promised(&role, f, promised, err);

	for (bool more = role != NULL; ok && more; more = find.found) {
		find = (struct looking){ .case_id = f->c->id, .role = role };
		ok = waiting_each(f->desk, f->c->id, find_open, &find, err)
			&& (!find.found || waiting_done(f->desk, f->c->id, find.n, result, err));
	}
	free(result);
	free(role);
	return ok;
}

/* "SM-118, promised 03:30": a first part of one word that is a number and no
 * time, or NULL. */
static char *
number_at_head(const char *text)
{
	size_t len = strcspn(text, ",; ");
	int digits = 0;

	for (size_t i = 0; i < len; i++) {
		digits += isdigit((unsigned char)text[i]) ? 1 : 0;
	}
	return text[len] == ' ' || begins_with_time(text) || digits == 0
			|| (digits < 3 && isdigit((unsigned char)text[0]))
		? NULL : xstrndup(text, len);
}

/* "03:30, phiếu số 118": the number, or NULL. */
static char *
ticket_in(const char *text)
{
	static const char *const words[] = { "phieu", "Phieu", "ticket", "Ticket" };
	char *plain = text == NULL ? NULL : fold_marks(text);
	const char *at = NULL;
	char *ticket = NULL;

	for (size_t i = 0; plain != NULL && at == NULL && i < sizeof words / sizeof *words;
	     i++) {
		at = strstr(plain, words[i]);
		at = at == NULL ? NULL : at + strlen(words[i]);
	}
	if (at != NULL) {
		at += strspn(at, " :");
		at += strncmp(at, "so ", 3) == 0 ? 3 : 0;
		at += strspn(at, " :");
		ticket = xstrndup(at, strcspn(at, " ,;"));
	}
	if (at == NULL && text != NULL) {
		ticket = number_at_head(text);
	}
	free(plain);
	if (ticket != NULL && strpbrk(ticket, "0123456789") == NULL) {
		free(ticket); /* "no ticket yet" */
		ticket = NULL;
	}
	return ticket;
}

static bool
put_waiting(const struct follow_up *f, struct error *err)
{
	bool in_one_line = false;
	const char *promised = answered(f, "promise", &in_one_line);
	char *in_line = in_one_line ? ticket_in(promised) : NULL;
	const char *ticket = in_one_line ? in_line : answered(f, "ticket", NULL);
	int64_t at = 0;
	char *promise = promise_in(f, promised, in_one_line, &at);
	struct looking find = { .case_id = f->c->id };
	char *role = NULL;
	int n;
	bool ok = (ticket == NULL && promise == NULL) || body_outside(&role, f, f->step, err);

	find.role = role;
	ok = ok && (role == NULL || waiting_each(f->desk, f->c->id, find_open, &find, err));
	if (ok && find.found) {
		ok = go_on(f, &find, ticket, promise, at, err);
	} else if (ok && role != NULL) {
		ok = waiting_add(f->desk, f->c->id, &(struct waiting_new){ .whom = role,
			.what = f->c->title, .ticket = ticket, .promised = promise,
			.said_at = promise != NULL ? f->said_at : NULL }, &n, err);
	}
	free(role);
	free(promise);
	free(in_line);
	return ok;
}

/* The promise that an answer of this step meets, or NULL: it is back. */
static const char *
met(const struct follow_up *f)
{
	for (int i = 0; i < f->step->ask_count; i++) {
		const struct variable *variable = playbook_find_variable(f->playbook,
			f->step->asks[i]);
		const struct json *meets = variable == NULL ? NULL
			: json_get(variable->ext, "meets");
		const char *said = answer_find(f->values, f->step->asks[i]);
		const char *when = json_get_text(meets, "when");

		if (said != NULL && when != NULL && strcmp(said, when) == 0) {
			return json_get_text(meets, "promise");
		}
	}
	return NULL;
}

bool
follow_up(const struct follow_up *what, struct error *err)
{
	const char *promised = met(what);

	if (!put_back_by(what, err)) {
		return false;
	}
	return promised != NULL ? end_waiting(what, promised, err)
		: put_waiting(what, err);
}
