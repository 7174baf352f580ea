/* exec.c owns the `exec` channel: one command at a time (a modem is one), started
 * without a shell, with a clean environment, the text as its standard input, what
 * it says bounded, and an end in time for it and its children. */
#include "notify/exec.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "notify/results.h"

#define WORDS_MAX 32
#define OUTPUT_MAX 4096
#define EXIT_NOT_STARTED 127

struct exec {
	struct channel channel;
	struct result_queue results;
	char *words[WORDS_MAX + 1]; /* ours, of the configuration */
	int64_t limit_ms;
	int epoll;
	/* The command under way. */
	pid_t pid;     /* 0: none */
	int pidfd, output;
	int64_t due;   /* steady ms */
	bool late;     /* was killed for it */
	char id[UUID_SIZE];
	struct buf said;
};

static int64_t
steady(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- the command line ---- */

/* Words are parted by blanks; "..." keeps blanks together. */
static bool
split(struct exec *self, const char *command, struct error *err)
{
	int count = 0;

	while (*(command += strspn(command, " \t")) != '\0') {
		struct buf word = { 0 };
		bool quoted = false;

		for (; *command != '\0' && (quoted || strchr(" \t", *command) == NULL); command++) {
			if (*command == '"') {
				quoted = !quoted;
			} else {
				buf_addc(&word, *command);
			}
		}
		if (quoted || count == WORDS_MAX) {
			buf_free(&word);
			return error_set(err, ERR_BAD_INPUT, quoted
				? _("[exec] command has a \" without its second one")
				: _("[exec] command has too many words"));
		}
		self->words[count++] = buf_take(&word);
	}
	if (self->words[0][0] != '/') {
		return error_set(err, ERR_BAD_INPUT,
			_("[exec] command must begin with an absolute path, not \"%.60s\""),
			self->words[0]);
	}
	if (access(self->words[0], X_OK) != 0) {
		return error_errno(err, _("cannot start %s"), self->words[0]);
	}
	return true;
}

struct filling {
	const char *name, *value;
};

/* The arguments of one message; free with free_words(). */
static char *
fill(const char *template, const struct filling *with)
{
	struct buf out = { 0 };

	while (*template != '\0') {
		const struct filling *row = with;

		while (row->name != NULL &&
		       strncmp(template, row->name, strlen(row->name)) != 0) {
			row++;
		}
		if (row->name != NULL) {
			buf_adds(&out, row->value);
			template += strlen(row->name);
		} else {
			buf_addc(&out, *template++);
		}
	}
	return buf_take(&out);
}

static void
free_words(char **words)
{
	for (int i = 0; words[i] != NULL; i++) {
		free(words[i]);
	}
}

/* ---- starting ---- */

static int
text_as_input(const struct outgoing *m)
{
	struct buf text = { 0 };
	int fd = memfd_create("suco-message", MFD_CLOEXEC);
	bool ok;

	buf_addf(&text, "%s\n\n%s", m->subject, m->text);
	ok = fd >= 0 && write(fd, text.data, text.len) == (ssize_t)text.len &&
		lseek(fd, 0, SEEK_SET) == 0;
	buf_free(&text);
	if (!ok && fd >= 0) {
		(void)close(fd);
	}
	return ok ? fd : -1;
}

/* In the child; only what is allowed between fork and exec. */
static void
become(char **words, char **environment, int input, int output)
{
	sigset_t none;

	(void)setpgid(0, 0);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)signal(SIGPIPE, SIG_DFL);
	if (dup2(input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
	    dup2(output, STDERR_FILENO) >= 0 && chdir("/") == 0) {
		(void)syscall(SYS_close_range, 3, UINT_MAX, 0);
		(void)execve(words[0], words, environment);
	}
	_exit(EXIT_NOT_STARTED);
}

static void
watch(struct exec *self, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	(void)epoll_ctl(self->epoll, EPOLL_CTL_ADD, fd, &event);
}

static bool
spawn(struct exec *self, const struct outgoing *m, char **words, char **environment)
{
	int input = text_as_input(m);
	int out[2];

	if (input < 0) {
		return false;
	}
	if (pipe2(out, O_CLOEXEC | O_NONBLOCK) != 0) {
		(void)close(input);
		return false;
	}
	self->pid = fork();
	if (self->pid == 0) {
		(void)fcntl(out[1], F_SETFL, 0); /* the command's own writes may wait */
		become(words, environment, input, out[1]);
	}
	(void)close(input);
	(void)close(out[1]);
	if (self->pid < 0) {
		(void)close(out[0]);
		self->pid = 0;
		return false;
	}
	(void)setpgid(self->pid, self->pid);
	self->output = out[0];
	self->pidfd = (int)syscall(SYS_pidfd_open, self->pid, 0);
	watch(self, self->output);
	watch(self, self->pidfd);
	return true;
}

static void
start(struct channel *channel, const struct outgoing *m)
{
	struct exec *self = (struct exec *)channel;
	char severity[8];
	const struct filling with[] = {
		{ "{to}", m->to_address }, { "{id}", m->id }, { "{severity}", severity },
		{ "{case}", m->case_number == NULL ? "" : m->case_number }, { 0 },
	};
	char *words[WORDS_MAX + 1] = { 0 };
	char *environment[] = { (char[]){ "PATH=/usr/local/bin:/usr/bin:/bin" },
		(char[]){ "LANG=C.UTF-8" }, NULL };

	/* What begins with a dash would be an option of the command's. */
	if (m->to_address[0] == '\0' || m->to_address[0] == '-') {
		result_push(&self->results, m->id, SEND_PERMANENT, 0,
			_("not an address that can be handed to a command"));
		return;
	}
	(void)snprintf(severity, sizeof severity, "%d", m->severity);
	for (int i = 0; self->words[i] != NULL; i++) {
		words[i] = fill(self->words[i], with);
	}
	(void)snprintf(self->id, sizeof self->id, "%s", m->id);
	buf_clear(&self->said);
	self->late = false;
	self->due = steady() + self->limit_ms;
	if (!spawn(self, m, words, environment)) {
		result_push(&self->results, m->id, SEND_TEMPORARY, 0, strerror(errno));
	}
	free_words(words);
}

/* ---- ending ---- */

static void
read_output(struct exec *self)
{
	char bytes[1024];
	ssize_t n;

	while ((n = read(self->output, bytes, sizeof bytes)) > 0) {
		size_t room = OUTPUT_MAX - self->said.len;

		buf_add(&self->said, bytes, (size_t)n < room ? (size_t)n : room);
	}
	if (n == 0) {
		(void)epoll_ctl(self->epoll, EPOLL_CTL_DEL, self->output, NULL);
	}
}

/* By what it ended.  Most commands say 1 to everything: that is no "never". */
static enum send_verdict
verdict_of(int code)
{
	static const struct {
		int code;
		enum send_verdict verdict;
	} rows[] = {
		{ 0, SEND_HANDED_OVER }, { EX_USAGE, SEND_CHANNEL_FAULT },
		{ EX_DATAERR, SEND_PERMANENT }, { EX_NOUSER, SEND_PERMANENT },
		{ EX_UNAVAILABLE, SEND_UNREACHABLE }, { EX_NOPERM, SEND_CHANNEL_FAULT },
		{ EX_CONFIG, SEND_CHANNEL_FAULT }, { 126, SEND_CHANNEL_FAULT },
		{ EXIT_NOT_STARTED, SEND_CHANNEL_FAULT },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].code == code) {
			return rows[i].verdict;
		}
	}
	return SEND_TEMPORARY;
}

/* A command that said nothing leaves no colon behind. */
static void
drop_colon(char *words)
{
	size_t len = strlen(words);

	while (len > 0 && (words[len - 1] == ' ' || words[len - 1] == ':')) {
		words[--len] = '\0';
	}
}

static void
finish(struct exec *self, int status)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	char words[SEND_REPLY_SIZE];

	read_output(self);
	(void)kill(-self->pid, SIGKILL); /* what it left behind */
	if (self->late) {
		(void)snprintf(words, sizeof words, _("killed after %lld s: %.200s"),
			(long long)(self->limit_ms / 1000), buf_text(&self->said));
	} else if (!WIFEXITED(status)) {
		(void)snprintf(words, sizeof words, _("ended by signal %d: %.200s"),
			WTERMSIG(status), buf_text(&self->said));
	} else {
		(void)snprintf(words, sizeof words, _("exit code %d: %.300s"), code,
			buf_text(&self->said));
	}
	drop_colon(words);
	/* One that was killed may have sent. */
	result_push(&self->results, self->id,
		self->late || !WIFEXITED(status) ? SEND_UNKNOWN : verdict_of(code), code, words);
	(void)close(self->output);
	if (self->pidfd >= 0) {
		(void)close(self->pidfd);
	}
	self->pid = 0;
}

static void
work(struct channel *channel)
{
	struct exec *self = (struct exec *)channel;
	int status;

	if (self->pid == 0) {
		return;
	}
	read_output(self);
	if (!self->late && steady() >= self->due) {
		self->late = true;
		(void)kill(-self->pid, SIGKILL);
	}
	if (waitpid(self->pid, &status, WNOHANG) == self->pid) {
		finish(self, status);
	}
}

static void
end(struct channel *channel)
{
	struct exec *self = (struct exec *)channel;

	if (self == NULL) {
		return;
	}
	if (self->pid != 0) {
		int status;

		(void)kill(-self->pid, SIGKILL);
		(void)waitpid(self->pid, &status, 0);
		finish(self, status);
	}
	if (self->epoll >= 0) {
		(void)close(self->epoll);
	}
	free_words(self->words);
	buf_free(&self->said);
	result_free(&self->results);
	free(self);
}

static int
room(const struct channel *channel)
{
	const struct exec *self = (const struct exec *)channel;

	return self->pid == 0 && self->results.first == self->results.count;
}

static int
fd(const struct channel *channel)
{
	return ((const struct exec *)channel)->epoll;
}

static int
timeout(const struct channel *channel)
{
	const struct exec *self = (const struct exec *)channel;
	int64_t left = self->due - steady();

	if (self->results.first < self->results.count) {
		return 0;
	}
	if (self->pid == 0) {
		return -1;
	}
	if (self->late || self->pidfd < 0) {
		return 20; /* nothing tells of its end */
	}
	return left < 0 ? 0 : (int)left;
}

static bool
result(struct channel *channel, struct send_result *out)
{
	return result_pop(&((struct exec *)channel)->results, out);
}

static bool
open_exec(struct channel **out, const struct channel_config *given, struct error *err)
{
	const char *command = config_get(given->config, CONFIG_EXEC_COMMAND);
	struct exec *self;

	if (command[0] == '\0') {
		return error_set(err, ERR_UNAVAILABLE,
			_("no command is set: set command in [exec] of suco.conf"));
	}
	self = xcalloc(1, sizeof *self);
	self->channel.type = &exec_channel;
	self->limit_ms = config_number(given->config, CONFIG_EXEC_TIMEOUT) * 1000;
	self->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (self->epoll < 0 || !split(self, command, err)) {
		if (self->epoll < 0) {
			(void)error_errno(err, _("cannot wait for a command"));
		}
		end(&self->channel);
		return false;
	}
	*out = &self->channel;
	return true;
}

const struct channel_type exec_channel = {
	.name = "exec",
	.open = open_exec,
	.close = end,
	.room = room,
	.start = start,
	.fd = fd,
	.timeout = timeout,
	.work = work,
	.result = result,
};
