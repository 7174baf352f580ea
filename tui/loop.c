/* loop.c owns the wait of the UI: keys, answers of the desk, signals, and the
 * moment at which a frame is painted. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "tui/app.h"
#include "tui/draw.h"
#include "tui/places.h"
#include "tui/term.h"
#include "tui/tui.h"
#include "tui/watch.h"

#define SETTLE_MS 12     /* how long a frame waits for an answer under way */
#define HOLD_MS 300      /* how long keys wait for a screen that was asked for */
#define FIRST_FRAME_MS 60
#define STOP_MS 3000
#define HUNG_UP_MS 60

enum source { SRC_TTY, SRC_DESK, SRC_SIGNAL, SRC_COUNT };

struct loop {
	struct app *app;
	struct terminal *term;
	struct draw *draw;
	struct keys *keys;
	struct pollfd fds[SRC_COUNT];
	sigset_t signals, before;
	bool hung_up;
	int64_t held_since;    /* monotonic; 0: keys are taken */
	int64_t dirty_since;   /* monotonic; 0: nothing to paint */
	int64_t began;
	bool painted;
	char *url;             /* of the desk, for a delivery beside us */
};

/* ---- what the app may ask of the terminal's owner ---- */

static bool
host_copy(void *arg, const char *text, size_t len)
{
	return term_copy(((struct loop *)arg)->term, text, len);
}

static void
host_bell(void *arg)
{
	term_bell(((struct loop *)arg)->term);
}

static void
fit(struct loop *loop)
{
	app_resize(loop->app, term_rows(loop->term), term_cols(loop->term));
	draw_again(loop->draw);
}

static void
host_suspend(void *arg)
{
	struct loop *loop = arg;

	term_suspend(loop->term);
	fit(loop);
}

static void
host_redraw(void *arg)
{
	draw_again(((struct loop *)arg)->draw);
}

/* The editor is the person's own words in a shell; the path is an argument. */
static void
exec_editor(const struct loop *loop, const char *editor, const char *path)
{
	char *command = xasprintf("%s \"$1\"", editor);

	pthread_sigmask(SIG_SETMASK, &loop->before, NULL);
	execl("/bin/sh", "sh", "-c", command, "suco-editor", path, (char *)NULL);
	_exit(127);
}

static bool
host_edit(void *arg, const char *path, struct error *err)
{
	struct loop *loop = arg;
	const char *editor = getenv("VISUAL");
	int status = 0;
	pid_t child;

	if (editor == NULL || editor[0] == '\0') {
		editor = getenv("EDITOR");
	}
	if (editor == NULL || editor[0] == '\0') {
		editor = "vi";
	}
	term_leave(loop->term);
	child = fork();
	if (child == 0) {
		exec_editor(loop, editor, path);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	term_enter(loop->term);
	fit(loop);
	if (child < 0) {
		return error_errno(err, _("cannot start %s"), editor);
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		return error_set(err, ERR_UNAVAILABLE,
			_("%s ended with a failure; the text stays as it was"), editor);
	}
	return true;
}

/* Two forks, so that nobody waits for it; the desk shows what became of it. */
static bool
host_send(void *arg, struct error *err)
{
	struct loop *loop = arg;
	pid_t child = fork();

	if (child < 0) {
		return error_errno(err, _("cannot start the delivery"));
	}
	if (child == 0) {
		int null = open("/dev/null", O_RDWR | O_CLOEXEC);

		if (fork() == 0 && null >= 0) {
			pthread_sigmask(SIG_SETMASK, &loop->before, NULL);
			(void)setsid();
			dup2(null, STDIN_FILENO);
			dup2(null, STDOUT_FILENO);
			dup2(null, STDERR_FILENO);
			execl("/proc/self/exe", "suco", "--desk", loop->url, "deliver", "--once",
				(char *)NULL);
		}
		_exit(0);
	}
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
	}
	return true;
}

/* ---- sources ---- */

/* What is typed ahead is meant for the screen that comes: ms until keys are
 * taken, whatever the desk does; 0: now. */
static int
key_wait(struct loop *loop)
{
	int64_t mono = app_mono(loop->app);

	if (app_takes_keys(loop->app)) {
		loop->held_since = 0;
		return 0;
	}
	if (loop->held_since == 0) {
		loop->held_since = mono;
	}
	return loop->held_since + HOLD_MS > mono ? (int)(loop->held_since + HOLD_MS - mono)
		: 0;
}

static void
take_keys(struct loop *loop)
{
	struct key key;

	while (app_running(loop->app) && key_wait(loop) == 0 &&
		keys_next(loop->keys, &key)) {
		app_key(loop->app, &key);
	}
}

static void
on_tty(struct loop *loop)
{
	if (!term_read(loop->term, loop->keys)) {
		loop->hung_up = true;
		return;
	}
	take_keys(loop);
}

static void
on_signal(struct loop *loop)
{
	struct signalfd_siginfo info;

	while (read(loop->fds[SRC_SIGNAL].fd, &info, sizeof(info)) == sizeof(info)) {
		switch (info.ssi_signo) {
		case SIGWINCH:
			if (term_resize(loop->term)) {
				fit(loop);
			}
			break;
		case SIGTSTP:
			(void)app_do(loop->app, CMD_SUSPEND);
			break;
		case SIGHUP:
			loop->hung_up = true;
			break;
		default:
			/* TERM, INT, QUIT from outside: drafts are saved at the end. */
			app_quit(loop->app);
			break;
		}
	}
}

/* ---- painting ---- */

static void
paint(struct loop *loop)
{
	bool first = !loop->painted;

	loop->dirty_since = 0;
	loop->painted = true;
	draw_frame(loop->draw, app_frame(loop->app));
	if (!term_flush(loop->term)) {
		loop->hung_up = true;
	}
	if (first) {
		place_warm(loop->app);
	}
}

/* How long until the frame must be painted; 0: now.  A frame that an answer
 * will change in a moment waits for it, so that a key makes one frame. */
static int
paint_wait(struct loop *loop)
{
	int64_t mono = app_mono(loop->app);
	int64_t limit = loop->painted ? SETTLE_MS : FIRST_FRAME_MS;
	int64_t since;

	if (!app_dirty(loop->app)) {
		return -1;
	}
	if (app_settled(loop->app)) {
		return 0;
	}
	if (loop->dirty_since == 0) {
		loop->dirty_since = mono;
	}
	since = loop->painted ? loop->dirty_since : loop->began;
	return since + limit > mono ? (int)(since + limit - mono) : 0;
}

static int
shortest(int a, int b)
{
	return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

static void
step(struct loop *loop)
{
	int escape = keys_wait(loop->keys, term_escdelay(loop->term));
	int painting = paint_wait(loop);
	int wait, ready;

	if (painting == 0) {
		paint(loop);
		painting = -1;
	}
	wait = shortest(shortest(escape, painting), app_wait(loop->app));
	if (key_wait(loop) > 0) {
		wait = shortest(wait, key_wait(loop));
	}
	ready = poll(loop->fds, SRC_COUNT, wait);
	if (ready < 0) {
		return; /* EINTR: the signal comes by its descriptor */
	}
	if (ready == 0 && escape >= 0 && wait == escape) {
		keys_timeout(loop->keys);
		take_keys(loop);
	}
	if (loop->fds[SRC_SIGNAL].revents != 0) {
		on_signal(loop);
	}
	if (loop->fds[SRC_TTY].revents != 0) {
		on_tty(loop);
	}
	app_tick(loop->app);
	take_keys(loop);
}

/* ---- beginning and end ---- */

/* Blocked in every thread; read by signalfd. */
static void
block_signals(struct loop *loop)
{
	static const int numbers[] = { SIGWINCH, SIGTSTP, SIGHUP, SIGTERM, SIGINT,
		SIGQUIT, SIGPIPE };

	sigemptyset(&loop->signals);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sigaddset(&loop->signals, numbers[i]);
	}
	pthread_sigmask(SIG_BLOCK, &loop->signals, &loop->before);
	sigdelset(&loop->signals, SIGPIPE);
	loop->fds[SRC_SIGNAL] = (struct pollfd){ .events = POLLIN,
		.fd = signalfd(-1, &loop->signals, SFD_CLOEXEC | SFD_NONBLOCK) };
}

static void
start_screen(struct loop *loop, const struct tui_options *options)
{
	const char *no_colour = getenv("NO_COLOR");

	loop->keys = keys_new();
	term_teach(loop->term, loop->keys);
	loop->draw = draw_new(no_colour != NULL && no_colour[0] != '\0' ? DRAW_MONO
		: DRAW_COLOURS, options->slow);
	loop->fds[SRC_TTY] = (struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN };
	loop->fds[SRC_DESK] = (struct pollfd){ .fd = app_fd(loop->app),
		.events = POLLIN };
	app_resize(loop->app, term_rows(loop->term), term_cols(loop->term));
}

static void
finish(struct loop *loop)
{
	if (loop->hung_up) {
		app_hung_up(loop->app);
	}
	term_stop(loop->term, loop->hung_up);
	draw_free(loop->draw);
	keys_free(loop->keys);
	(void)app_free(loop->app, loop->hung_up ? HUNG_UP_MS : STOP_MS);
	close(loop->fds[SRC_SIGNAL].fd);
	free(loop->url);
	pthread_sigmask(SIG_SETMASK, &loop->before, NULL);
}

bool
tui_run(struct desk *desk, const struct tui_options *options, bool *hung_up,
	struct error *err)
{
	struct loop loop = { 0 };
	struct app_options app = { .desk = desk, .threaded = true,
		.readonly = options->readonly, .slow = options->slow,
		.ascii = options->ascii, .plain = options->no_accents,
		.open_case = options->open_case, .begin = place_begin,
		.end = place_end,
		.host = { .edit = host_edit, .copy = host_copy, .bell = host_bell,
			.send = host_send, .suspend = host_suspend, .redraw = host_redraw } };
	struct error none = ERROR_INIT;
	bool utf8;

	*hung_up = false;
	if (options->plain || !term_possible()) {
		return plain_run(desk, options, err);
	}
	app.host.arg = &loop;
	(void)watch_begin(desk);
	loop.url = xstrdup(desk_url(desk));
	block_signals(&loop);
	/* The desk's thread reads the first page while curses starts. */
	if (!app_new(&loop.app, &app, 24, 80, err)) {
		desk_close(desk);
		free(loop.url);
		return false;
	}
	loop.began = app_mono(loop.app);
	if (!term_start(&loop.term, &(struct term_options){ .mouse = options->mouse,
			.escdelay = options->escdelay }, &none)) {
		*err = none;
		(void)app_free(loop.app, STOP_MS);
		free(loop.url);
		pthread_sigmask(SIG_SETMASK, &loop.before, NULL);
		return false;
	}
	utf8 = term_utf8(loop.term);
	start_screen(&loop, options);
	app_set_lines(loop.app, options->ascii || !utf8, options->no_accents || !utf8);
	while (app_running(loop.app) && !loop.hung_up) {
		step(&loop);
	}
	*hung_up = loop.hung_up;
	finish(&loop);
	return true;
}
