/* answer_world.h - a new case, and who is called to it. */
#ifndef TESTS_CORE_ANSWER_WORLD_H
#define TESTS_CORE_ANSWER_WORLD_H

#include "tests/fixture.h"

#include "core/answer.h"
#include "core/change.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/tell.h"
#include "core/thing.h"

struct called {
	struct fixture f;
	char case_id[UUID_SIZE];
	char calling[UUID_SIZE];
	char message[UUID_SIZE];
};

static inline void
called_mail(struct called *w, const char *login, const char *mail)
{
	struct json *given = json_object();
	struct error err;

	json_set_text(given, "mail", mail);
	CHECK_OK(member_set(w->f.desk, login, given, &err), err);
	json_free(given);
}

static inline void
called_id(struct called *w, const char *login, char id[UUID_SIZE])
{
	struct error err;

	CHECK_OK(member_id(w->f.desk, login, id, &err), err);
}
/* The row of a calling, as the engine begins it. */
static inline void
called_begin(struct called *w)
{
	struct json *body;
	struct error err;

	CHECK(change_begin(w->f.desk, &err));
	body = thing_new(w->f.desk, "escalation", w->calling);
	row_int(body, "n", 1);
	row_text(body, "subject", "case");
	row_text(body, "ref", w->case_id);
	row_text(body, "state", "running");
	row_int(body, "started_at", w->f.now);
	row_int(body, "next_at", w->f.now + 300000);
	change_add(w->f.desk, "escalation_added", w->case_id, body);
	CHECK_OK(change_end(w->f.desk, true, &err), err);
}

static inline bool
called_keep(const struct message *m, void *arg)
{
	memcpy(arg, m->id, UUID_SIZE);
	return false;
}

/* One turn, one message; the engine sits there. */
static inline void
called_turn(struct called *w, const char *login)
{
	struct ir_case c = fixture_load(&w->f, w->case_id);
	char member[UUID_SIZE], turn[UUID_SIZE];
	struct json *vars = tell_vars(&c);
	struct json *body;
	struct error err;

	called_id(w, login, member);
	fixture_as(&w->f, NULL);
	CHECK(change_begin(w->f.desk, &err));
	body = thing_new(w->f.desk, "call_turn", turn);
	row_text(body, "escalation_id", w->calling);
	row_text(body, "member_id", member);
	row_int(body, "at", w->f.now);
	change_add(w->f.desk, "call_turn_added", w->case_id, body);
	CHECK_OK(outbox_queue(w->f.desk, &(struct message_new){ .case_id = w->case_id,
		.to_kind = "member", .to_id = member, .template = "su_co_moi", .vars = vars,
		.rank = RANK_PAGE, .cause = NO_CAUSE, .channel = "mail",
		.escalation = w->calling, .acts = "ack decline pass" }, &err), err);
	CHECK_OK(change_end(w->f.desk, true, &err), err);
	json_free(vars);
	case_clear(&c);
	CHECK_OK(outbox_each(w->f.desk, &(struct outbox_filter){ .case_id = w->case_id,
		.limit = 1 }, called_keep, w->message, &err), err);
}

/* A new case, lan and nam with mail, lan called. */
static inline void
called_world(struct called *w)
{
	fixture_memory(&w->f);
	called_mail(w, "lan", "lan@doi.example");
	called_mail(w, "nam", "nam@doi.example");
	fixture_case(&w->f, "Mất điện trạm chính", w->case_id);
	fixture_as(&w->f, NULL);
	called_begin(w);
	called_turn(w, "lan");
}

static inline struct answer_done
called_answers(struct called *w, const char *message, enum answer_what what,
	const char *to)
{
	struct answer_done done;
	struct error err;

	CHECK_OK(answer_message(w->f.desk, &(struct answer){ .message_id = message,
		.what = what, .to = to, .channel = "link", .proof = "127.0.0.1" }, &done,
		&err), err);
	return done;
}

#endif
