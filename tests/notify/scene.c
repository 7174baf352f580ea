/* scene.c makes a desk with a case and a member to be told, and a delivery whose
 * channel the test plays. */
#include "tests/notify/scene.h"

#include "core/change.h"
#include "core/member.h"
#include "core/setting.h"

uint32_t
scene_random(void *arg __attribute__((unused)))
{
	return 60000; /* the middle: exactly ten minutes */
}

struct deliver *
scene_delivery(struct desk *desk, struct fake *fake)
{
	struct deliver *d = deliver_new(desk, &(struct deliver_options){
		.lease = LEASE_ENGINE, .program = "test", .lease_ms = 60000,
		.random = scene_random });

	deliver_add(d, "mail", &fake->channel, NULL);
	return d;
}

void
scene_begin(struct scene *s)
{
	struct json *given = json_object();
	struct error err;

	*s = (struct scene){ 0 };
	fixture_file(&s->f);
	json_set_text(given, "mail", "lan@team.example");
	CHECK_OK(member_set(s->f.desk, "lan", given, &err), err);
	json_free(given);
	/* The tests of limits and of bundles set their own. */
	CHECK_OK(setting_set(s->f.desk, "bundle_after", "0", &err), err);
	CHECK_OK(setting_set(s->f.desk, "limit.mail.address", "none", &err), err);
	fixture_case(&s->f, "Mất điện trạm chính", s->case_id);
	s->fake = fake_new();
	s->deliver = scene_delivery(s->f.desk, s->fake);
}

void
scene_end(struct scene *s)
{
	fixture_whole(&s->f);
	deliver_free(s->deliver);
	fixture_end(&s->f);
	fake_free(s->fake);
}

void
scene_rounds(struct scene *s)
{
	struct error err = ERROR_INIT;

	for (int i = 0; i < 200; i++) {
		CHECK_OK(deliver_round(s->deliver, &s->report, &err), err);
	}
}

bool
scene_keep_id(const struct message *m, void *arg)
{
	memcpy(arg, m->id, UUID_SIZE);
	return false;
}

void
scene_queue_to(struct scene *s, const char *kind, const char *id, const char *template)
{
	struct json *vars = json_object();
	struct error err;

	json_set_text(vars, "number", "2026-0001");
	json_set_text(vars, "title", "Mất điện");
	json_set_text(vars, "kind", "power");
	json_set_text(vars, "work", "Đọc ắc quy");
	json_set_int(vars, "n", 12);
	CHECK_OK(change_begin(s->f.desk, &err), err);
	CHECK_OK(outbox_queue(s->f.desk, &(struct message_new){ .case_id = s->case_id,
		.to_kind = kind, .to_id = id, .template = template, .vars = vars,
		.cause = NO_CAUSE }, &err), err);
	CHECK_OK(change_end(s->f.desk, true, &err), err);
	json_free(vars);
	CHECK_OK(outbox_each(s->f.desk, &(struct outbox_filter){ .limit = 1 }, scene_keep_id,
		s->message, &err), err);
}

void
scene_queue(struct scene *s)
{
	char id[UUID_SIZE];
	struct error err;

	CHECK_OK(member_id(s->f.desk, "lan", id, &err), err);
	scene_queue_to(s, "member", id, "phan_cong");
}

void
scene_round(struct scene *s)
{
	struct error err = ERROR_INIT;

	CHECK_OK(deliver_round(s->deliver, &s->report, &err), err);
}

void
scene_put(struct scene *s, const struct message_new *what, bool last)
{
	struct message_new given = *what;
	struct json *vars = json_object();
	char id[UUID_SIZE];
	struct error err;

	json_set_text(vars, "number", "2026-0001");
	json_set_text(vars, "title", "Mất điện");
	json_set_text(vars, "work", "Đọc ắc quy");
	json_set_int(vars, "n", 12);
	given.to_kind = given.to_kind == NULL ? "member" : given.to_kind;
	given.template = given.template == NULL ? "phan_cong" : given.template;
	given.vars = given.vars == NULL ? vars : given.vars;
	given.cause = NO_CAUSE;
	if (given.to_id == NULL) {
		CHECK_OK(member_id(s->f.desk, "lan", id, &err), err);
		given.to_id = id;
	}
	if (!db_in_transaction(desk_db(s->f.desk))) {
		CHECK_OK(change_begin(s->f.desk, &err), err);
	}
	CHECK_OK(outbox_queue(s->f.desk, &given, &err), err);
	json_free(vars);
	if (last) {
		CHECK_OK(change_end(s->f.desk, true, &err), err);
		CHECK_OK(outbox_each(s->f.desk, &(struct outbox_filter){ .limit = 1 },
			scene_keep_id, s->message, &err), err);
	}
}

void
scene_queue_quick(struct scene *s, bool last)
{
	static char id[UUID_SIZE];
	struct json *vars = json_object();
	struct error err;

	if (change_mark(s->f.desk) == 0 && !db_in_transaction(desk_db(s->f.desk))) {
		CHECK_OK(member_id(s->f.desk, "lan", id, &err), err);
		CHECK_OK(change_begin(s->f.desk, &err), err);
	}
	json_set_text(vars, "number", "2026-0001");
	CHECK_OK(outbox_queue(s->f.desk, &(struct message_new){ .case_id = s->case_id,
		.to_kind = "member", .to_id = id, .template = "phan_cong", .vars = vars,
		.cause = NO_CAUSE }, &err), err);
	json_free(vars);
	if (last) {
		CHECK_OK(change_end(s->f.desk, true, &err), err);
	}
}

void
scene_check(struct scene *s, const char *state)
{
	struct message m = { 0 };
	struct error err;

	CHECK_OK(message_find(&m, s->f.desk, s->message, &err), err);
	CHECK_STR(m.state, state);
	message_clear(&m);
}
