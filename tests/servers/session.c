/* session.c is a private desktop session for tests: a message bus, Xvfb and dunst,
 * whose menu of actions is the program `choose` in its folder. */
#include "tests/servers/session.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/files.h"
#include "core/mem.h"
#include "tests/servers/child.h"
#include "tests/test.h"

#define SKIPPED 77

char *
session_path(const struct session *session, const char *name)
{
	return xasprintf("%s/%s", session->folder, name);
}

static void
put(const struct session *session, const char *name, unsigned mode, const char *format, ...)
{
	char *path = session_path(session, name);
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
pid_t
session_spawn(const char *const *words, int out)
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

void
session_stop(struct session *session, enum session_child child, int sig)
{
	if (session->pids[child] > 0) {
		(void)kill(session->pids[child], sig);
		(void)waitpid(session->pids[child], NULL, 0);
		session->pids[child] = 0;
	}
}

void
session_rest(void)
{
	const struct timespec pause = { .tv_nsec = 20000000 };

	(void)nanosleep(&pause, NULL);
}

/* Does the file hold this text, within our patience? */
bool
session_comes(const struct session *session, const char *name, const char *text)
{
	int64_t until = steady_ms() + SESSION_PATIENCE_MS;
	char *path = session_path(session, name);
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
			session_rest();
		}
	}
	free(path);
	return found;
}

void
session_forget(const struct session *session, const char *name)
{
	char *path = session_path(session, name);

	(void)unlink(path);
	free(path);
}

static void
need(const char *program)
{
	char *command = xasprintf("command -v %s >/dev/null", program);
	const char *const words[] = { "sh", "-c", command, NULL };
	int status = 1;

	(void)waitpid(session_spawn(words, -1), &status, 0);
	free(command);
	if (status != 0) {
		printf("1..0 # SKIP %s is missing\n", program);
		exit(SKIPPED);
	}
}

void
session_start_bus(struct session *session)
{
	char *config = session_path(session, "bus.conf");
	char *argument = xasprintf("--config-file=%s", config);
	const char *const words[] = { "dbus-daemon", argument, "--nofork", "--nopidfile",
		"--nosyslog", NULL };
	char *path = session_path(session, "bus");
	int64_t until = steady_ms() + SESSION_PATIENCE_MS;

	(void)unlink(path);
	session->pids[SESSION_BUS] = session_spawn(words, -1);
	while (access(path, F_OK) != 0 && steady_ms() < until) {
		session_rest();
	}
	CHECK(access(path, F_OK) == 0);
	free(path);
	free(argument);
	free(config);
}

static void
start_screen(struct session *session)
{
	int fds[2];
	char number[16] = "";
	char display[20];
	char fd[12];

	CHECK(pipe(fds) == 0);
	(void)snprintf(fd, sizeof fd, "%d", fds[1]);
	session->pids[SESSION_SCREEN] = session_spawn((const char *const[]){ "Xvfb",
		"-displayfd", fd,
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
void
session_start_service(struct session *session)
{
	char *config = session_path(session, "dunstrc");
	const char *const words[] = { "dunst", "-config", config, NULL };
	int64_t until = steady_ms() + SESSION_PATIENCE_MS;
	int status = 1;

	session->pids[SESSION_SERVICE] = session_spawn(words, -1);
	while (status != 0 && steady_ms() < until) {
		(void)waitpid(session_spawn((const char *const[]){ "dunstctl", "count", NULL }, -1),
			&status, 0);
		session_rest();
	}
	free(config);
	CHECK_INT(status, 0);
}

/* The person opens the menu of what can be done and takes the line that holds
 * this word: dunst asks the program `choose`. */
void
session_choose(const struct session *session, const char *word)
{
	int status = 1;

	put(session, "choose", 0700, "#!/bin/sh\ncat > '%s/menu'\necho >> '%s/menu'\n"
		"grep -m1 -e '%s' '%s/menu'\n", session->folder, session->folder, word,
		session->folder);
	(void)waitpid(session_spawn((const char *const[]){ "dunstctl", "context", NULL }, -1),
		&status, 0);
	CHECK_INT(status, 0);
}

void
session_begin(struct session *session)
{
	char *address;

	need("dbus-daemon");
	need("Xvfb");
	need("dunst");
	need("dunstctl");
	*session = (struct session){ 0 };
	folder_fresh(session->folder, sizeof session->folder, "session");
	put(session, "bus.conf", 0600, "<!DOCTYPE busconfig PUBLIC"
		" \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\""
		" \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
		"<busconfig><type>session</type><listen>unix:path=%s/bus</listen>"
		"<auth>EXTERNAL</auth><policy context=\"default\">"
		"<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
		"<allow own=\"*\"/></policy></busconfig>\n", session->folder);
	put(session, "dunstrc", 0600, "[global]\n    markup = full\n    dmenu = %s/choose\n"
		"[log]\n    summary = \"*\"\n    script = %s/log\n", session->folder,
		session->folder);
	put(session, "log", 0700, "#!/bin/sh\necho \"$DUNST_URGENCY|$DUNST_SUMMARY|$DUNST_BODY\""
		" >> '%s/shown'\n", session->folder);
	(void)setenv("HOME", session->folder, 1);
	(void)setenv("XDG_RUNTIME_DIR", session->folder, 1);
	(void)unsetenv("XDG_CONFIG_HOME");
	(void)unsetenv("XDG_DATA_HOME");
	(void)unsetenv("WAYLAND_DISPLAY");
	address = xasprintf("unix:path=%s/bus", session->folder);
	(void)setenv("DBUS_SESSION_BUS_ADDRESS", address, 1);
	free(address);
	session_start_bus(session);
	start_screen(session);
	session_start_service(session);
}

void
session_end(struct session *session)
{
	for (int i = SESSION_CHILDREN - 1; i >= 0; i--) {
		session_stop(session, (enum session_child)i, SIGTERM);
	}
	folder_gone(session->folder);
}
