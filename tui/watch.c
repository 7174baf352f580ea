/* watch.c starts suco-watch beside the screens, at most one for a member. */
#include "tui/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/lease.h"
#include "core/mem.h"
#include "core/place.h"
#include "core/watch.h"

/* It keeps a lease while it shows messages. */
static bool
runs_already(struct desk *desk)
{
	char *name = xasprintf("watch:%s", desk_me(desk)->login);
	char holder[LEASE_HOLDER_SIZE] = "";
	struct error ignored;
	bool runs = lease_who(desk, name, holder, &ignored) && holder[0] != '\0';

	free(name);
	return runs;
}

/* Nothing of this terminal goes along: it stays when the terminal goes. */
static void
become(const char *program, const char *url)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0) {
		return;
	}
	(void)setsid();
	(void)signal(SIGPIPE, SIG_DFL);
	(void)dup2(null, STDIN_FILENO);
	(void)dup2(null, STDOUT_FILENO);
	(void)dup2(null, STDERR_FILENO);
	(void)execl(program, "suco-watch", "--desk", url, (char *)NULL);
}

/* Two forks, so that nobody waits for it. */
static bool
start(const char *program, const char *url)
{
	pid_t child = fork();

	if (child == 0) {
		if (fork() == 0) {
			become(program, url);
		}
		_exit(0);
	}
	while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR) {
	}
	return child > 0;
}

bool
watch_begin(struct desk *desk)
{
	struct error ignored;
	char *program = NULL;
	bool started;

	if (!watch_session() || !watch_wanted(desk) || runs_already(desk) ||
	    !place_program(&program, "suco-watch", &ignored)) {
		return false;
	}
	started = start(program, desk_url(desk));
	free(program);
	return started;
}
