/* suco-watch in a real session: a private message bus, dunst on Xvfb, and the
 * clicks of a person who chooses from dunst's menu. */
#include "tests/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/case.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/files.h"
#include "core/lease.h"
#include "core/login.h"
#include "core/member.h"
#include "core/mem.h"
#include "core/outbox.h"
#include "core/verify.h"
#include "tests/servers/smtp_child.h"
#include "tui/watch.h"

#define SKIPPED 77
#define PATIENCE_MS 20000

enum child { BUS, SCREEN, SERVICE, WATCH, CHILDREN };

static struct {
	char folder[200];
	char *login;
	pid_t pids[CHILDREN];
	struct desk *desk; /* opened by lan, who gives work to the session's member */
	char case_id[UUID_SIZE];
	char id[UUID_SIZE]; /* the last desktop message */
} world;

/* ---- the session ---- */

static char *
in_folder(const char *name)
{
	return xasprintf("%s/%s", world.folder, name);
}

static void
put(const char *name, unsigned mode, const char *format, ...)
{
	char *path = in_folder(name);
	va_list args;
	char *text;

	va_start(args, format);
	CHECK(vasprintf(&text, format, args) >= 0);
	va_end(args);
	file_put(path, text, mode);
	free(text);
	free(path);
}

/* out: where standard error and output go, -1 for nowhere. */
static pid_t
spawn(const char *const *words, int out)
{
	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid == 0) {
		int quiet = open("/dev/null", O_RDWR);

		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)dup2(quiet, STDIN_FILENO);
		(void)dup2(out >= 0 ? out : quiet, STDOUT_FILENO);
		(void)dup2(out >= 0 ? out
			: getenv("SUCO_TEST_VERBOSE") == NULL ? quiet : STDERR_FILENO,
			STDERR_FILENO);
		if (getppid() == parent) {
			execvp(words[0], (char *const *)words);
		}
		_exit(127);
	}
	CHECK(pid > 0);
	return pid;
}

static void
stop(enum child child, int sig)
{
	if (world.pids[child] > 0) {
		(void)kill(world.pids[child], sig);
		(void)waitpid(world.pids[child], NULL, 0);
		world.pids[child] = 0;
	}
}

static void
rest(void)
{
	const struct timespec pause = { .tv_nsec = 20000000 };

	(void)nanosleep(&pause, NULL);
}

/* Does the file hold this text, within our patience? */
static bool
comes(const char *name, const char *text)
{
	int64_t until = steady_ms() + PATIENCE_MS;
	char *path = in_folder(name);
	bool found = false;

	while (!found && steady_ms() < until) {
		struct error ignored;
		char *bytes = NULL;
		size_t len;

		found = access(path, R_OK) == 0 &&
			file_read(&bytes, &len, path, 1 << 20, &ignored) &&
			strstr(bytes, text) != NULL;
		free(bytes);
		if (!found) {
			rest();
		}
	}
	free(path);
	return found;
}

static void
forget(const char *name)
{
	char *path = in_folder(name);

	(void)unlink(path);
	free(path);
}

static void
need(const char *program)
{
	char *command = xasprintf("command -v %s >/dev/null", program);
	const char *const words[] = { "sh", "-c", command, NULL };
	int status = 1;

	(void)waitpid(spawn(words, -1), &status, 0);
	free(command);
	if (status != 0) {
		printf("1..0 # SKIP %s is missing\n", program);
		exit(SKIPPED);
	}
}

static void
start_bus(void)
{
	char *config = in_folder("bus.conf");
	char *argument = xasprintf("--config-file=%s", config);
	const char *const words[] = { "dbus-daemon", argument, "--nofork", "--nopidfile",
		"--nosyslog", NULL };
	char *path = in_folder("bus");
	int64_t until = steady_ms() + PATIENCE_MS;

	(void)unlink(path);
	world.pids[BUS] = spawn(words, -1);
	while (access(path, F_OK) != 0 && steady_ms() < until) {
		rest();
	}
	CHECK(access(path, F_OK) == 0);
	free(path);
	free(argument);
	free(config);
}

static void
start_screen(void)
{
	int fds[2];
	char number[16] = "";
	char display[20];
	char fd[12];

	CHECK(pipe(fds) == 0);
	(void)snprintf(fd, sizeof fd, "%d", fds[1]);
	world.pids[SCREEN] = spawn((const char *const[]){ "Xvfb", "-displayfd", fd,
		"-screen", "0", "800x600x24", "-nolisten", "tcp", NULL }, -1);
	(void)close(fds[1]);
	for (size_t len = 0; len < sizeof number - 1; len++) {
		if (read(fds[0], number + len, 1) != 1 || number[len] == '\n') {
			number[len] = '\0';
			break;
		}
	}
	(void)close(fds[0]);
	if (number[0] == '\0') {
		printf("1..0 # SKIP Xvfb does not start here\n");
		exit(SKIPPED);
	}
	(void)snprintf(display, sizeof display, ":%s", number);
	(void)setenv("DISPLAY", display, 1);
}

/* The service is there when it owns its name: when it answers. */
static void
start_service(void)
{
	char *config = in_folder("dunstrc");
	const char *const words[] = { "dunst", "-config", config, NULL };
	int64_t until = steady_ms() + PATIENCE_MS;
	int status = 1;

	world.pids[SERVICE] = spawn(words, -1);
	while (status != 0 && steady_ms() < until) {
		(void)waitpid(spawn((const char *const[]){ "dunstctl", "count", NULL }, -1),
			&status, 0);
		rest();
	}
	free(config);
	CHECK_INT(status, 0);
}

static void
start_watch(void)
{
	char *log = in_folder("watch.log");
	int out = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	world.pids[WATCH] = spawn((const char *const[]){ SUCO_WATCH, NULL }, out);
	(void)close(out);
	free(log);
}

/* ---- the desk ---- */

static void
make_desk(void)
{
	char *path = in_folder("desk.db");
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
	int64_t until = steady_ms() + PATIENCE_MS;
	struct message m = { 0 };
	struct error err;
	bool there = false;

	while (!there && steady_ms() < until) {
		message_clear(&m);
		CHECK_OK(message_find(&m, world.desk, world.id, &err), err);
		there = strcmp(m.state, state) == 0;
		if (!there) {
			rest();
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

/* The person opens the menu of what can be done and takes the line that holds
 * this word: dunst asks the program `choose`. */
static void
choose(const char *word)
{
	int status = 1;

	put("choose", 0700, "#!/bin/sh\ncat > '%s/menu'\necho >> '%s/menu'\n"
		"grep -m1 -e '%s' '%s/menu'\n", world.folder, world.folder, word, world.folder);
	(void)waitpid(spawn((const char *const[]){ "dunstctl", "context", NULL }, -1),
		&status, 0);
	CHECK_INT(status, 0);
}

static int
begin(void **state __attribute__((unused)))
{
	char *address;

	folder_fresh(world.folder, sizeof world.folder, "watch");
	put("bus.conf", 0600, "<!DOCTYPE busconfig PUBLIC"
		" \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\""
		" \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
		"<busconfig><type>session</type><listen>unix:path=%s/bus</listen>"
		"<auth>EXTERNAL</auth><policy context=\"default\">"
		"<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
		"<allow own=\"*\"/></policy></busconfig>\n", world.folder);
	put("dunstrc", 0600, "[global]\n    markup = full\n    dmenu = %s/choose\n"
		"[log]\n    summary = \"*\"\n    script = %s/log\n", world.folder, world.folder);
	put("log", 0700, "#!/bin/sh\necho \"$DUNST_URGENCY|$DUNST_SUMMARY|$DUNST_BODY\""
		" >> '%s/shown'\n", world.folder);
	(void)setenv("HOME", world.folder, 1);
	(void)setenv("XDG_RUNTIME_DIR", world.folder, 1);
	(void)unsetenv("XDG_CONFIG_HOME");
	(void)unsetenv("XDG_DATA_HOME");
	(void)unsetenv("WAYLAND_DISPLAY");
	address = xasprintf("unix:path=%s/bus", world.folder);
	(void)setenv("DBUS_SESSION_BUS_ADDRESS", address, 1);
	free(address);
	start_bus();
	start_screen();
	start_service();
	make_desk();
	start_watch();
	return 0;
}

static int
end(void **state __attribute__((unused)))
{
	for (int i = CHILDREN - 1; i >= 0; i--) {
		stop((enum child)i, SIGTERM);
	}
	desk_close(world.desk);
	folder_gone(world.folder);
	free(world.login);
	return 0;
}

/* ---- what a person sees ---- */

TEST(a_message_is_shown_and_its_button_answers_and_acknowledges)
{
	give_work("Mất điện <trạm> & ắc quy");
	check_becomes("handed_over");
	CHECK(comes("shown", "NORMAL|"));
	CHECK(comes("shown", "Mất điện &lt;trạm&gt; &amp; ắc quy"));
	check_status("new");
	choose("answer");
	CHECK(comes("menu", "NHẬN XỬ LÝ"));
	check_becomes("answered");
	check_status("acknowledged");
}

TEST(a_service_that_is_killed_and_started_again_goes_on)
{
	give_work("Đứt cáp quang");
	check_becomes("handed_over");
	CHECK(comes("shown", "Đứt cáp quang"));
	forget("shown");
	stop(SERVICE, SIGKILL);
	start_service();
	/* What nobody answered stands on the new screen too, and answers there. */
	CHECK(comes("shown", "Đứt cáp quang"));
	choose("answer");
	check_becomes("answered");
	check_status("acknowledged");
	give_work("Máy chủ hỏng");
	check_becomes("handed_over");
	CHECK(comes("shown", "Máy chủ hỏng"));
	choose("default");
	check_becomes("read");
	check_status("new");
}

TEST(a_bus_that_is_lost_and_comes_back_goes_on)
{
	stop(SERVICE, SIGTERM);
	stop(BUS, SIGKILL);
	give_work("Tấn công web");
	start_bus();
	start_service();
	check_becomes("handed_over");
	CHECK(comes("shown", "Tấn công web"));
	choose("answer");
	check_becomes("answered");
}

TEST(it_ends_cleanly_and_takes_its_bubbles_along)
{
	struct verify_result result = { .chain_ok = true };
	struct error err;
	int status = -1;

	give_work("Mất liên lạc xã");
	check_becomes("handed_over");
	CHECK_INT(kill(world.pids[WATCH], SIGTERM), 0);
	CHECK(waitpid(world.pids[WATCH], &status, 0) == world.pids[WATCH]);
	world.pids[WATCH] = 0;
	CHECK_INT(status, 0);
	forget("menu");
	choose("answer");
	check_becomes("handed_over");
	start_watch();
	give_work("Trạm nguồn dừng");
	check_becomes("handed_over");
	CHECK_OK(verify_replay(world.desk, &result, &err), err);
	CHECK(result.replay_ok);
}

TEST(a_second_one_leaves_the_first_alone)
{
	pid_t second = spawn((const char *const[]){ SUCO_WATCH, NULL }, -1);

	give_work("Ngập phòng máy");
	check_becomes("handed_over");
	CHECK(comes("shown", "Ngập phòng máy"));
	CHECK_INT(kill(second, SIGTERM), 0);
	CHECK(waitpid(second, NULL, 0) == second);
	CHECK_INT(kill(world.pids[WATCH], 0), 0);
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
	pid_t pid;

	stop(WATCH, SIGTERM);
	CHECK_INT(holder(), 0);
	CHECK_OK(desk_open(&desk, &(struct desk_options){ .url = getenv("SUCO_DESK"),
		.login = world.login }, &err), err);
	CHECK(watch_begin(desk));
	give_work("Trạm BTS mất điện");
	check_becomes("handed_over");
	CHECK(comes("shown", "Trạm BTS mất điện"));
	pid = holder();
	CHECK(pid > 0 && pid != getpid());
	CHECK(!watch_begin(desk));
	CHECK_INT(kill(pid, SIGTERM), 0);
	for (int64_t until = steady_ms() + PATIENCE_MS; holder() != 0 && steady_ms() < until;) {
		rest();
	}
	CHECK_INT(holder(), 0);
	desk_close(desk);
	start_watch();
}

TEST(without_a_session_bus_it_says_so_and_ends_with_5)
{
	char *log = in_folder("no-bus.log");
	int out = open(log, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	int status = 0;
	pid_t pid;

	pid = spawn((const char *const[]){ "env", "-u", "DBUS_SESSION_BUS_ADDRESS", "-u",
		"XDG_RUNTIME_DIR", SUCO_WATCH, NULL }, out);
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status));
	CHECK_INT(WEXITSTATUS(status), 5);
	CHECK(comes("no-bus.log", "suco-watch: "));
	(void)close(out);
	free(log);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_message_is_shown_and_its_button_answers_and_acknowledges),
		RUN(a_service_that_is_killed_and_started_again_goes_on),
		RUN(a_bus_that_is_lost_and_comes_back_goes_on),
		RUN(it_ends_cleanly_and_takes_its_bubbles_along),
		RUN(a_second_one_leaves_the_first_alone),
		RUN(the_screens_start_it_once_and_it_outlives_them),
		RUN(without_a_session_bus_it_says_so_and_ends_with_5),
	};

	(void)alarm(200);
	need("dbus-daemon");
	need("Xvfb");
	need("dunst");
	need("dunstctl");
	return cmocka_run_group_tests(tests, begin, end);
}
