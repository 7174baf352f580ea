/* suco-watch in a real session: a private message bus, dunst on Xvfb, and the
 * clicks of a person who chooses from dunst's menu. */
#include "tests/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/case.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/lease.h"
#include "core/login.h"
#include "core/member.h"
#include "core/mem.h"
#include "core/outbox.h"
#include "core/verify.h"
#include "tests/servers/session.h"
#include "tests/servers/smtp_child.h"
#include "tui/watch.h"

static struct {
	struct session session;
	char *login;
	struct desk *desk; /* opened by lan, who gives work to the session's member */
	char case_id[UUID_SIZE];
	char id[UUID_SIZE]; /* the last desktop message */
} world;

static void
start_watch(void)
{
	char *log = session_path(&world.session, "watch.log");
	int out = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	world.session.pids[SESSION_PROGRAM] = session_spawn(
		(const char *const[]){ SUCO_WATCH, NULL }, out);
	(void)close(out);
	free(log);
}

/* ---- the desk ---- */

static void
make_desk(void)
{
	char *path = session_path(&world.session, "desk.db");
	struct desk *desk = NULL;
	struct json *given = json_object();
	struct error err;

	CHECK_OK(login_name(&world.login, &err), err);
	CHECK_OK(desk_create(&desk, &(struct desk_new){ .url = path, .name = "Thử",
		.zone = "Asia/Ho_Chi_Minh", .login = world.login, .full_name = "Trần Anh" },
		&err), err);
	CHECK_OK(member_add(desk, &(struct member_new){ .login = "suco-lan",
		.name = "Phạm Thị Lan", .role = ROLE_COORDINATOR }, &err), err);
	json_set_text(given, "desktop", "yes");
	json_set_text(given, "mail", "anh@doi.example");
	CHECK_OK(member_set(desk, world.login, given, &err), err);
	json_free(given);
	desk_close(desk);
	CHECK_OK(desk_open(&world.desk, &(struct desk_options){ .url = path,
		.login = "suco-lan" }, &err), err);
	(void)setenv("SUCO_DESK", path, 1);
	free(path);
}

static bool
keep_id(const struct message *m, void *arg)
{
	if (strcmp(m->channel, "desktop") == 0) {
		memcpy(arg, m->id, UUID_SIZE);
		return false;
	}
	return true;
}

/* A new case, given to the member of the session. */
static void
give_work(const char *title)
{
	struct error err;

	CHECK_OK(case_open(world.desk, &(struct case_new){ .kind = "power", .title = title },
		world.case_id, &err), err);
	CHECK_OK(case_assign(world.desk, world.case_id, world.login, &err), err);
	CHECK_OK(outbox_each(world.desk, &(struct outbox_filter){ .case_id = world.case_id },
		keep_id, world.id, &err), err);
}

static void
check_becomes(const char *state)
{
	int64_t until = steady_ms() + SESSION_PATIENCE_MS;
	struct message m = { 0 };
	struct error err;
	bool there = false;

	while (!there && steady_ms() < until) {
		message_clear(&m);
		CHECK_OK(message_find(&m, world.desk, world.id, &err), err);
		there = strcmp(m.state, state) == 0;
		if (!there) {
			session_rest();
		}
	}
	CHECK_STR(m.state, state);
	message_clear(&m);
}

static void
check_status(const char *status)
{
	struct ir_case c = { 0 };
	struct error err;

	CHECK_OK(case_load(&c, world.desk, world.case_id, &err), err);
	CHECK_STR(c.status, status);
	case_clear(&c);
}

static int
begin(void **state __attribute__((unused)))
{
	session_begin(&world.session);
	make_desk();
	start_watch();
	return 0;
}

static int
end(void **state __attribute__((unused)))
{
	session_end(&world.session);
	desk_close(world.desk);
	free(world.login);
	return 0;
}

/* ---- what a person sees ---- */

TEST(a_message_is_shown_and_its_button_answers_and_acknowledges)
{
	give_work("Mất điện <trạm> & ắc quy");
	check_becomes("handed_over");
	CHECK(session_comes(&world.session, "shown", "NORMAL|"));
	CHECK(session_comes(&world.session, "shown", "Mất điện &lt;trạm&gt; &amp; ắc quy"));
	check_status("new");
	session_choose(&world.session, "answer");
	CHECK(session_comes(&world.session, "menu", "NHẬN XỬ LÝ"));
	check_becomes("answered");
	check_status("acknowledged");
}

TEST(a_service_that_is_killed_and_started_again_goes_on)
{
	give_work("Đứt cáp quang");
	check_becomes("handed_over");
	CHECK(session_comes(&world.session, "shown", "Đứt cáp quang"));
	session_forget(&world.session, "shown");
	session_stop(&world.session, SESSION_SERVICE, SIGKILL);
	session_start_service(&world.session);
	/* What nobody answered stands on the new screen too, and answers there. */
	CHECK(session_comes(&world.session, "shown", "Đứt cáp quang"));
	session_choose(&world.session, "answer");
	check_becomes("answered");
	check_status("acknowledged");
	give_work("Máy chủ hỏng");
	check_becomes("handed_over");
	CHECK(session_comes(&world.session, "shown", "Máy chủ hỏng"));
	session_choose(&world.session, "default");
	check_becomes("read");
	check_status("new");
}

TEST(a_service_that_hangs_is_not_called_shown_and_is_waited_for)
{
	pid_t service = world.session.pids[SESSION_SERVICE];
	struct message m = { 0 };
	struct error err;

	CHECK_INT(kill(service, SIGSTOP), 0);
	give_work("Chập cầu dao");
	for (int64_t until = steady_ms() + 5000; steady_ms() < until;) {
		session_rest();
	}
	CHECK_OK(message_find(&m, world.desk, world.id, &err), err);
	CHECK_STR(m.state, "queued");
	message_clear(&m);
	CHECK_INT(kill(service, SIGCONT), 0);
	check_becomes("handed_over");
}

TEST(a_bus_that_is_lost_and_comes_back_goes_on)
{
	session_stop(&world.session, SESSION_SERVICE, SIGTERM);
	session_stop(&world.session, SESSION_BUS, SIGKILL);
	give_work("Tấn công web");
	session_start_bus(&world.session);
	session_start_service(&world.session);
	check_becomes("handed_over");
	CHECK(session_comes(&world.session, "shown", "Tấn công web"));
	session_choose(&world.session, "answer");
	check_becomes("answered");
}

TEST(it_ends_cleanly_and_takes_its_bubbles_along)
{
	struct verify_result result = { .chain_ok = true };
	struct error err;
	int status = -1;
	pid_t pid;

	give_work("Mất liên lạc xã");
	check_becomes("handed_over");
	CHECK_INT(kill(world.session.pids[SESSION_PROGRAM], SIGTERM), 0);
	pid = world.session.pids[SESSION_PROGRAM];
	CHECK(waitpid(pid, &status, 0) == pid);
	world.session.pids[SESSION_PROGRAM] = 0;
	CHECK_INT(status, 0);
	session_forget(&world.session, "menu");
	session_choose(&world.session, "answer");
	check_becomes("handed_over");
	start_watch();
	give_work("Trạm nguồn dừng");
	check_becomes("handed_over");
	CHECK_OK(verify_replay(world.desk, &result, &err), err);
	CHECK(result.replay_ok);
}

TEST(a_second_one_leaves_the_first_alone)
{
	pid_t second = session_spawn((const char *const[]){ SUCO_WATCH, NULL }, -1);

	give_work("Ngập phòng máy");
	check_becomes("handed_over");
	CHECK(session_comes(&world.session, "shown", "Ngập phòng máy"));
	CHECK_INT(kill(second, SIGTERM), 0);
	CHECK(waitpid(second, NULL, 0) == second);
	CHECK_INT(kill(world.session.pids[SESSION_PROGRAM], 0), 0);
}

/* The process that the lease's holder names. */
static pid_t
holder(void)
{
	char *name = xasprintf("watch:%s", world.login);
	char who[LEASE_HOLDER_SIZE];
	struct error err;
	const char *at;

	CHECK_OK(lease_who(world.desk, name, who, &err), err);
	free(name);
	at = strstr(who, "process ");
	return at == NULL ? 0 : (pid_t)strtol(at + strlen("process "), NULL, 10);
}

TEST(the_screens_start_it_once_and_it_outlives_them)
{
	struct desk *desk = NULL;
	struct error err;
	int64_t until;
	pid_t pid;

	session_stop(&world.session, SESSION_PROGRAM, SIGTERM);
	CHECK_INT(holder(), 0);
	CHECK_OK(desk_open(&desk, &(struct desk_options){ .url = getenv("SUCO_DESK"),
		.login = world.login }, &err), err);
	CHECK(watch_begin(desk));
	give_work("Trạm BTS mất điện");
	check_becomes("handed_over");
	CHECK(session_comes(&world.session, "shown", "Trạm BTS mất điện"));
	pid = holder();
	CHECK(pid > 0 && pid != getpid());
	CHECK(!watch_begin(desk));
	CHECK_INT(kill(pid, SIGTERM), 0);
	until = steady_ms() + SESSION_PATIENCE_MS;
	while (holder() != 0 && steady_ms() < until) {
		session_rest();
	}
	CHECK_INT(holder(), 0);
	desk_close(desk);
	start_watch();
}

TEST(without_a_session_bus_it_says_so_and_ends_with_5)
{
	char *log = session_path(&world.session, "no-bus.log");
	int out = open(log, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	int status = 0;
	pid_t pid;

	pid = session_spawn((const char *const[]){ "env", "-u", "DBUS_SESSION_BUS_ADDRESS", "-u",
		"XDG_RUNTIME_DIR", SUCO_WATCH, NULL }, out);
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status));
	CHECK_INT(WEXITSTATUS(status), 5);
	CHECK(session_comes(&world.session, "no-bus.log", "suco-watch: "));
	(void)close(out);
	free(log);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_message_is_shown_and_its_button_answers_and_acknowledges),
		RUN(a_service_that_is_killed_and_started_again_goes_on),
		RUN(a_service_that_hangs_is_not_called_shown_and_is_waited_for),
		RUN(a_bus_that_is_lost_and_comes_back_goes_on),
		RUN(it_ends_cleanly_and_takes_its_bubbles_along),
		RUN(a_second_one_leaves_the_first_alone),
		RUN(the_screens_start_it_once_and_it_outlives_them),
		RUN(without_a_session_bus_it_says_so_and_ends_with_5),
	};

	(void)alarm(200);
	return cmocka_run_group_tests(tests, begin, end);
}
