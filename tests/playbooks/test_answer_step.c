/* Who was put on one step of a plan, or one task, and cannot: it goes to who leads
 * the case, the case and its call stay as they were. */
#include "tests/test.h"

#include <stdlib.h>

#include "core/answer.h"
#include "core/case_set.h"
#include "core/desk_private.h"
#include "core/escalate.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/status.h"
#include "core/task.h"
#include "core/timeline.h"
#include "playbooks/player_answers.h"
#include "tests/playbooks/on_desk.h"

static void
reachable(const char *login)
{
	struct json *given = json_object();

	json_set_text(given, "mail", "x@team.example");
	CHECK_OK(member_set(desk, login, given, &err), err);
	json_free(given);
}

static void
begin_world(void)
{
	begin_desk("power");
	player_answers();
	reachable("ha");
	reachable("binh");
	(void)begin(NULL);
}

static void
put(const char *step, const char *login)
{
	CHECK_OK(player_step(desk, case_id, step, &(struct step_act){
		.action = RUN_ASSIGN, .assignee = login }, &err), err);
}

/* The newest message to the member, of any state. */
struct newest {
	char member[UUID_SIZE], id[UUID_SIZE];
	int count;
};

static bool
keep(const struct message *m, void *arg)
{
	struct newest *n = arg;

	if (strcmp(m->to_id, n->member) == 0 && strcmp(m->template, "phan_cong") == 0 &&
	    n->count++ == 0) {
		memcpy(n->id, m->id, UUID_SIZE);
	}
	return true;
}

static struct newest
newest_to(const char *login)
{
	struct newest n = { 0 };

	CHECK_OK(member_id(desk, login, n.member, &err), err);
	CHECK_OK(outbox_each(desk, &(struct outbox_filter){ .case_id = case_id }, keep, &n,
		&err), err);
	return n;
}

static struct answer_done
answers(const char *login, enum answer_what what, const char *to)
{
	struct newest n = newest_to(login);
	struct answer_done done;

	CHECK(n.count > 0);
	CHECK_OK(desk_seat(desk, login, NULL, &err), err);
	CHECK_OK(answer_message(desk, &(struct answer){ .message_id = n.id, .what = what,
		.to = to, .channel = "tui" }, &done, &err), err);
	CHECK_OK(desk_seat(desk, "ha", NULL, &err), err);
	return done;
}

/* Is step n on him?  "": on nobody. */
static bool
is_on(const char *step, const char *login)
{
	struct case_runs runs = { 0 };
	struct case_run *run = NULL;
	const struct instance *instance = NULL;
	char id[UUID_SIZE] = "";
	bool is;

	if (login[0] != '\0') {
		CHECK_OK(member_id(desk, login, id, &err), err);
	}
	CHECK_OK(case_runs_load(&runs, desk, case_id, &err), err);
	CHECK_OK(case_runs_find(&run, &instance, &runs, step, &err), err);
	is = strcmp(instance->assignee, id) == 0;
	case_runs_finish(&runs);
	return is;
}

TEST(a_declined_step_goes_to_who_leads_the_case_and_he_is_told)
{
	struct answer_done done;
	struct ir_case c;
	int told;

	begin_world();
	CHECK_OK(case_assign(desk, case_id, "ha", &err), err);
	put("1", "binh");
	told = newest_to("ha").count;
	done = answers("binh", ANSWER_DECLINE, NULL);
	CHECK_INT(done.end, ANSWER_DECLINED);
	CHECK(done.next);
	CHECK(is_on("1", "ha"));
	CHECK_INT(newest_to("ha").count, told + 1);
	c = the_case();
	CHECK_STR(c.owner_login, "ha");
	case_clear(&c);
	/* It is not his any more, and the same again does nothing. */
	done = answers("binh", ANSWER_DECLINE, NULL);
	CHECK_INT(done.end, ANSWER_BEFORE);
	end_desk();
}

TEST(where_he_leads_the_case_himself_the_step_is_nobodys_and_he_is_told_so)
{
	struct answer_done done;
	struct buf said = { 0 };

	begin_world();
	CHECK_OK(case_assign(desk, case_id, "binh", &err), err);
	put("1", "binh");
	done = answers("binh", ANSWER_DECLINE, NULL);
	CHECK_INT(done.end, ANSWER_DECLINED);
	CHECK(!done.next);
	CHECK(is_on("1", ""));
	answer_say(&said, &done, "en", desk_zone(desk), now_ms);
	CHECK(strstr(buf_text(&said), "Nobody else is called") != NULL);
	buf_free(&said);
	end_desk();
}

TEST(a_step_is_passed_on_and_the_case_stays_whose_it_is)
{
	struct answer_done done;
	struct ir_case c;

	begin_world();
	CHECK_OK(case_assign(desk, case_id, "ha", &err), err);
	put("1", "binh");
	done = answers("binh", ANSWER_PASS, "ha");
	CHECK_INT(done.end, ANSWER_PASSED);
	CHECK(is_on("1", "ha"));
	c = the_case();
	CHECK_STR(c.owner_login, "ha");
	case_clear(&c);
	end_desk();
}

TEST(that_another_has_the_case_does_not_take_his_step_from_him)
{
	struct answer_done done;

	begin_world();
	put("1", "binh");
	now_ms += 60000;
	CHECK_OK(status_set(desk, case_id, &(struct status_change){ .to = "acknowledged",
		.verb = "ack" }, &err), err);
	now_ms += 60000;
	done = answers("binh", ANSWER_DECLINE, NULL);
	CHECK_INT(done.end, ANSWER_DECLINED);
	CHECK(!is_on("1", "binh"));
	end_desk();
}

TEST(what_was_given_to_another_meanwhile_is_not_his_to_give)
{
	struct answer_done done;

	begin_world();
	put("1", "binh");
	put("1", "ha");
	done = answers("binh", ANSWER_DECLINE, NULL);
	CHECK_INT(done.end, ANSWER_NOT);
	CHECK(strstr(done.why, "not yours") != NULL);
	CHECK(is_on("1", "ha"));
	end_desk();
}

TEST(a_task_is_given_back_the_same_way)
{
	struct answer_done done;
	int n = 0;

	begin_world();
	CHECK_OK(case_assign(desk, case_id, "ha", &err), err);
	CHECK_OK(task_add(desk, case_id, &(struct task_new){ .title = "Mua dầu cho máy phát",
		.assignee = "binh" }, &n, &err), err);
	done = answers("binh", ANSWER_DECLINE, NULL);
	CHECK_INT(done.end, ANSWER_DECLINED);
	CHECK(done.next);
	CHECK(newest_to("ha").count > 0);
	end_desk();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_declined_step_goes_to_who_leads_the_case_and_he_is_told),
		RUN(where_he_leads_the_case_himself_the_step_is_nobodys_and_he_is_told_so),
		RUN(a_step_is_passed_on_and_the_case_stays_whose_it_is),
		RUN(that_another_has_the_case_does_not_take_his_step_from_him),
		RUN(what_was_given_to_another_meanwhile_is_not_his_to_give),
		RUN(a_task_is_given_back_the_same_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
