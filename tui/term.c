/* term.c owns the terminal: newterm into memory, raw mode, the string that
 * restores it from a signal handler, input bytes, the clipboard. */
#include "tui/term.h"

#include <curses.h>

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/mem.h"
#include "tui/clip.h"
#include "tui/repeat.h"
#include "tui/restore.h"

#define SYNC_BEGIN "\033[?2026h"
#define SYNC_END "\033[?2026l"
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

struct terminal {
	FILE *sink;            /* curses writes here: memory, not the terminal */
	SCREEN *screen;
	struct termios before; /* as we found it */
	struct termios ours;
	struct term_options options;
	bool modern;           /* understands private modes: not vt100, not linux */
	bool repeats;          /* knows `rep` */
	struct buf frame;      /* bytes of one frame */
	size_t bytes, writes;
};

/* A terminfo string without its padding marks. */
static void
add_capability(struct buf *out, const char *name)
{
	const char *text = tigetstr(name);

	if (text == NULL || text == (char *)-1) {
		return;
	}
	while (*text != '\0') {
		if (text[0] == '$' && text[1] == '<' && strchr(text, '>') != NULL) {
			text = strchr(text, '>') + 1;
			continue;
		}
		buf_addc(out, *text++);
	}
}

static void
arm_restore(struct terminal *term)
{
	struct buf out = { 0 };

	if (term->modern) {
		buf_adds(&out, SYNC_END PASTE_OFF);
	}
	if (term->options.mouse) {
		buf_adds(&out, MOUSE_OFF);
	}
	/* sgr0 first: PuTTY keeps the background colour when leaving (tui.md 22). */
	add_capability(&out, "sgr0");
	add_capability(&out, "rmkx");
	add_capability(&out, "cnorm");
	add_capability(&out, "rmcup");
	restore_arm(buf_text(&out), out.len, &term->before);
	buf_free(&out);
}

static void
raw_mode(struct terminal *term)
{
	term->ours = term->before;
	term->ours.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
	term->ours.c_oflag &= ~(tcflag_t)(OPOST);
	term->ours.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
	term->ours.c_cflag |= CS8;
	term->ours.c_cc[VMIN] = 1;
	term->ours.c_cc[VTIME] = 0;
	(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &term->ours);
}

static bool
terminal_size(int *rows, int *cols)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0
		|| size.ws_col == 0) {
		*rows = 24;
		*cols = 80;
		return false;
	}
	*rows = size.ws_row;
	*cols = size.ws_col;
	return true;
}

/* curses asks the environment for a size only because its output is memory. */
static SCREEN *
open_screen(struct terminal *term, const char *name)
{
	char text[16];
	int rows, cols;
	SCREEN *screen;

	terminal_size(&rows, &cols);
	snprintf(text, sizeof(text), "%d", rows);
	setenv("LINES", text, 1);
	snprintf(text, sizeof(text), "%d", cols);
	setenv("COLUMNS", text, 1);
	screen = newterm(name, term->sink, stdin);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	if (screen == NULL) {
		return NULL;
	}
	set_term(screen);
	if (tigetstr("cup") == NULL || tigetstr("cup") == (char *)-1) {
		endwin();
		delscreen(screen);
		return NULL;
	}
	return screen;
}

/* Memory of ours: it fails only where the program is wrong. */
static void
sink_empty(int fd)
{
	if (ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0) {
		abort();
	}
}

static bool
choose_terminal(struct terminal *term)
{
	const char *wanted = getenv("TERM");
	const char *const names[] = { wanted, "xterm", "vt100" };

	if (wanted != NULL && strcmp(wanted, "dumb") == 0) {
		return false;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i] == NULL || names[i][0] == '\0') {
			continue;
		}
		term->screen = open_screen(term, names[i]);
		if (term->screen != NULL) {
			term->modern = strncmp(names[i], "vt", 2) != 0
				&& strcmp(names[i], "linux") != 0;
			return true;
		}
		/* curses may have written before it was found unfit. */
		sink_empty(fileno(term->sink));
	}
	return false;
}

bool
term_possible(void)
{
	const char *name = getenv("TERM");

	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)
		&& (name == NULL || strcmp(name, "dumb") != 0);
}

bool
term_start(struct terminal **out, const struct term_options *options,
	struct error *err)
{
	struct terminal *term;
	int fd;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		return error_set(err, ERR_UNAVAILABLE, "no terminal here");
	}
	term = xcalloc(1, sizeof(*term));
	term->options = *options;
	if (term->options.escdelay <= 0) {
		term->options.escdelay = getenv("SSH_CONNECTION") != NULL ? 100 : 25;
	}
	(void)tcgetattr(STDIN_FILENO, &term->before);
	setenv("NCURSES_NO_UTF8_ACS", "1", 1);
	setenv("NCURSES_NO_PADDING", "1", 1);
	fd = memfd_create("suco-frame", MFD_CLOEXEC);
	term->sink = fd < 0 ? tmpfile() : fdopen(fd, "w");
	if (term->sink == NULL || !choose_terminal(term)) {
		if (term->sink != NULL) {
			fclose(term->sink);
		}
		free(term);
		return error_set(err, ERR_UNAVAILABLE,
			"this terminal cannot address its cursor");
	}
	term->repeats = tigetstr("rep") != NULL && tigetstr("rep") != (char *)-1;
	typeahead(-1);
	nonl();
	arm_restore(term);
	restore_install();
	raw_mode(term);
	if (term->modern) {
		buf_adds(&term->frame, PASTE_ON);
	}
	if (term->options.mouse) {
		buf_adds(&term->frame, MOUSE_ON);
	}
	*out = term;
	return true;
}

/* Moves what curses wrote to the end of term->frame. */
static void
drain(struct terminal *term)
{
	int fd = fileno(term->sink);
	char chunk[16384];
	off_t at = 0;
	ssize_t got;

	fflush(term->sink);
	while ((got = pread(fd, chunk, sizeof(chunk), at)) > 0) {
		buf_add(&term->frame, chunk, (size_t)got);
		at += got;
	}
	if (at > 0) {
		sink_empty(fd);
	}
}

bool
term_flush(struct terminal *term)
{
	const char *bytes;
	size_t len;

	if (term->modern) {
		buf_adds(&term->frame, SYNC_BEGIN);
		len = term->frame.len;
		drain(term);
		if (term->repeats) {
			repeat_lines(&term->frame, len);
		}
		if (term->frame.len == len) {
			term->frame.len -= strlen(SYNC_BEGIN);
		} else {
			buf_adds(&term->frame, SYNC_END);
		}
	} else {
		drain(term);
	}
	bytes = buf_text(&term->frame);
	len = term->frame.len;
	term->bytes += len;
	while (len > 0) {
		ssize_t done = write(STDOUT_FILENO, bytes, len);

		term->writes++;
		if (done < 0 && errno == EAGAIN) {
			struct pollfd wait = { .fd = STDOUT_FILENO, .events = POLLOUT };

			(void)poll(&wait, 1, 1000);
		} else if (done < 0 && errno != EINTR) {
			buf_clear(&term->frame);
			return false;
		}
		if (done > 0) {
			bytes += done;
			len -= (size_t)done;
		}
	}
	buf_clear(&term->frame);
	return true;
}

static void
give_back(struct terminal *term)
{
	endwin();
	if (term->modern) {
		buf_adds(&term->frame, PASTE_OFF);
	}
	if (term->options.mouse) {
		buf_adds(&term->frame, MOUSE_OFF);
	}
	drain(term);
	restore_write(buf_text(&term->frame), term->frame.len);
	buf_clear(&term->frame);
	(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &term->before);
}

/* A hang-up may have been only a signal: whoever still looks gets the terminal
 * back clean, and nobody is waited for. */
static void
give_back_if_there(struct terminal *term)
{
	int flags = fcntl(STDOUT_FILENO, F_GETFL);

	(void)tcflush(STDOUT_FILENO, TCOFLUSH);
	(void)fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK);
	give_back(term);
	(void)fcntl(STDOUT_FILENO, F_SETFL, flags);
}

void
term_stop(struct terminal *term, bool lost)
{
	if (term == NULL) {
		return;
	}
	restore_set(false);
	if (lost) {
		give_back_if_there(term);
	} else {
		give_back(term);
	}
	delscreen(term->screen);
	fclose(term->sink);
	buf_free(&term->frame);
	free(term);
}

void
term_leave(struct terminal *term)
{
	restore_set(false);
	def_prog_mode();
	give_back(term);
}

void
term_enter(struct terminal *term)
{
	restore_set(true);
	raw_mode(term);
	reset_prog_mode();
	raw_mode(term);
	(void)term_resize(term);
	clearok(curscr, TRUE);
	refresh();
	if (term->modern) {
		buf_adds(&term->frame, PASTE_ON);
	}
	if (term->options.mouse) {
		buf_adds(&term->frame, MOUSE_ON);
	}
}

void
term_suspend(struct terminal *term)
{
	sigset_t stop, old;

	term_leave(term);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	signal(SIGTSTP, SIG_DFL);
	raise(SIGTSTP);
	pthread_sigmask(SIG_UNBLOCK, &stop, &old);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	term_enter(term);
}

void
term_teach(const struct terminal *term, struct keys *keys)
{
	static const struct { const char *name; int32_t code; } known[] = {
		{ "kcuu1", K_UP }, { "kcud1", K_DOWN }, { "kcub1", K_LEFT },
		{ "kcuf1", K_RIGHT }, { "khome", K_HOME }, { "kend", K_END },
		{ "kpp", K_PAGE_UP }, { "knp", K_PAGE_DOWN }, { "kich1", K_INSERT },
		{ "kdch1", K_DELETE }, { "kcbt", K_BACKTAB }, { "kf1", K_F1 },
		{ "kf2", K_F2 }, { "kf3", K_F3 }, { "kf4", K_F4 }, { "kf5", K_F5 },
		{ "kf6", K_F6 }, { "kf7", K_F7 }, { "kf8", K_F8 }, { "kf9", K_F9 },
		{ "kf10", K_F10 }, { "kf11", K_F11 }, { "kf12", K_F12 },
	};

	(void)term;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const char *text = tigetstr(known[i].name);

		if (text != (char *)-1) {
			keys_teach(keys, text, known[i].code);
		}
	}
}

bool
term_read(struct terminal *term, struct keys *keys)
{
	char bytes[4096];

	(void)term;
	for (;;) {
		struct pollfd ready = { .fd = STDIN_FILENO, .events = POLLIN };
		ssize_t got;

		if (poll(&ready, 1, 0) <= 0) {
			return true;
		}
		got = read(STDIN_FILENO, bytes, sizeof(bytes));
		if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
			continue;
		}
		if (got <= 0) {
			return false;
		}
		keys_feed(keys, bytes, (size_t)got);
		if (got < (ssize_t)sizeof(bytes)) {
			return true;
		}
	}
}

bool
term_resize(struct terminal *term)
{
	int rows, cols;

	(void)term;
	if (!terminal_size(&rows, &cols) || (rows == LINES && cols == COLS)) {
		return false;
	}
	resizeterm(rows, cols);
	clearok(curscr, TRUE);
	return true;
}

int
term_rows(const struct terminal *term)
{
	(void)term;
	return LINES;
}

int
term_cols(const struct terminal *term)
{
	(void)term;
	return COLS;
}

size_t
term_bytes(const struct terminal *term)
{
	return term->bytes;
}

size_t
term_writes(const struct terminal *term)
{
	return term->writes;
}

int
term_escdelay(const struct terminal *term)
{
	return term->options.escdelay;
}

bool
term_utf8(const struct terminal *term)
{
	(void)term;
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool
term_copy(struct terminal *term, const char *text, size_t len)
{
	const char *name = getenv("TERM");
	enum clip_wrap wrap = getenv("TMUX") != NULL ? CLIP_TMUX
		: name != NULL && strncmp(name, "screen", 6) == 0 ? CLIP_SCREEN
		: CLIP_PLAIN;

	return clip_sequence(&term->frame, text, len, wrap);
}

void
term_bell(struct terminal *term)
{
	buf_addc(&term->frame, '\a');
}
