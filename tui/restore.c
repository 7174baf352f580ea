/* restore.c owns what gives the terminal back from a signal handler: one string
 * made ready beforehand, write(2) and tcsetattr(2). */
#include "tui/restore.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* What the signal handler needs, ready before it is installed. */
static struct {
	volatile sig_atomic_t armed;
	char text[512];
	size_t len;
	struct termios before;
} restore;

void
restore_write(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t done = write(STDOUT_FILENO, bytes, len);

		if (done < 0 && errno != EINTR) {
			return;
		}
		if (done > 0) {
			bytes += done;
			len -= (size_t)done;
		}
	}
}

/* write(2) and tcsetattr(2) only: both are async-signal-safe. */
static void
on_deadly(int number)
{
	if (restore.armed) {
		restore.armed = 0;
		restore_write(restore.text, restore.len);
		(void)tcsetattr(STDIN_FILENO, TCSANOW, &restore.before);
	}
	raise(number);
}

void
restore_install(void)
{
	static const int deadly[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
	struct sigaction action = { .sa_handler = on_deadly,
		.sa_flags = (int)(SA_RESETHAND | SA_NODEFER) };

	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++) {
		struct sigaction now;

		/* A sanitizer's own handler prints more than we could. */
		if (sigaction(deadly[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL) {
			sigaction(deadly[i], &action, NULL);
		}
	}
	/* What curses installed; signals come by signalfd (app.c). */
	signal(SIGTSTP, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGWINCH, SIG_DFL);
}

void
restore_arm(const char *text, size_t len, const struct termios *before)
{
	restore.len = len < sizeof(restore.text) ? len : 0;
	memcpy(restore.text, text, restore.len);
	restore.before = *before;
	restore.armed = 1;
}

void
restore_set(bool armed)
{
	restore.armed = armed;
}
