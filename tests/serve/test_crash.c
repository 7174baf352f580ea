/* kill -9 of the engine at each point where it asks the clock or speaks with a
 * channel, one child a point: nothing lost, doubles only by id, truthful states. */
#include "tests/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/files.h"
#include "core/mem.h"
#include "notify/results.h"
#include "serve/serve.h"
#include "tests/notify/scene.h"

#define MESSAGES 3
#define TURNS 40

static struct {
	int64_t now;
	int calls, kill_at; /* 0: never */
	int log;            /* what the other side of the wire has seen */
} play;

static void
point(void)
{
	if (++play.calls == play.kill_at) {
		(void)kill(getpid(), SIGKILL);
	}
}

static int64_t
play_now(void *arg __attribute__((unused)))
{
	point();
	return play.now;
}

/* ---- the wire: what left and what came back is in a file that outlives us ---- */

struct wire {
	struct channel channel;
	struct result_queue results;
	int busy;
};

static void
note(const char *what, const char *id)
{
	char line[200];
	int len = snprintf(line, sizeof line, "%s %s\n", what, id);

	point();
	CHECK_INT(write(play.log, line, (size_t)len), len);
	point();
}

static void
wire_start(struct channel *channel, const struct outgoing *m)
{
	struct wire *w = (struct wire *)channel;

	note("begun", m->message_id);
	result_push(&w->results, m->id, SEND_HANDED_OVER, 250, "250 ok");
	w->busy++;
}

static bool
wire_result(struct channel *channel, struct send_result *out)
{
	struct wire *w = (struct wire *)channel;

	if (!result_pop(&w->results, out)) {
		return false;
	}
	w->busy--;
	note("answered", out->id);
	return true;
}

static int
wire_room(const struct channel *channel)
{
	return 1 - ((const struct wire *)channel)->busy;
}

static int
wire_none(const struct channel *channel __attribute__((unused)))
{
	return -1;
}

static void
wire_work(struct channel *channel __attribute__((unused)))
{
}

static void
wire_close(struct channel *channel)
{
	result_free(&((struct wire *)channel)->results);
	free(channel);
}

static const struct channel_type wire_type = {
	.name = "mail", .close = wire_close, .room = wire_room, .start = wire_start,
	.fd = wire_none, .timeout = wire_none, .work = wire_work, .result = wire_result,
};

/* ---- an engine ---- */

static const struct serve_module *const table[] = { &module_deliver, &module_escalate, NULL };

static void
run_engine(const char *path, bool to_the_end)
{
	struct wire *wire = xcalloc(1, sizeof *wire);
	struct serve serve = { .table = table };
	struct desk *desk = NULL;
	struct error err;

	wire->channel.type = &wire_type;
	CHECK_OK(desk_open(&desk, &(struct desk_options){ .url = path,
		.clock = { .now = play_now } }, &err), err);
	serve.desk = desk;
	serve.deliver = deliver_new(desk, &(struct deliver_options){ .lease = LEASE_ENGINE,
		.program = "test", .lease_ms = 60000, .random = scene_random });
	deliver_add(serve.deliver, "mail", &wire->channel, NULL);
	for (int i = 0; i < TURNS; i++) {
		int64_t next_at;

		CHECK_OK(modules_turn(&serve, true, &next_at, &err), err);
		play.now += 1000;
	}
	if (to_the_end) {
		CHECK_OK(deliver_stop(serve.deliver, &serve.report, &err), err);
		deliver_free(serve.deliver);
		desk_close(desk);
	}
}

static void
copy(const char *from, const char *to)
{
	char *bytes;
	size_t len;
	struct error err;
	int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	CHECK(fd >= 0);
	if (file_read(&bytes, &len, from, (size_t)64 * 1024 * 1024, &err)) {
		CHECK_INT(write(fd, bytes, len), (ssize_t)len);
		free(bytes);
	}
	(void)close(fd);
}

struct trial {
	char path[160], wal[170], log[170];
	char *seen; /* the wire's log after the crash; ours */
	int open;   /* begun, and not recorded when it was killed */
};

static void
prepare(struct trial *t, const struct scene *s)
{
	char from[200];

	(void)snprintf(t->path, sizeof t->path, "%s/trial.db", s->f.folder);
	(void)snprintf(t->wal, sizeof t->wal, "%s-wal", t->path);
	(void)snprintf(t->log, sizeof t->log, "%s.log", t->path);
	(void)snprintf(from, sizeof from, "%s-wal", s->f.path);
	copy(s->f.path, t->path);
	copy(from, t->wal);
	(void)snprintf(from, sizeof from, "%s-shm", t->path);
	(void)unlink(from);
	(void)close(open(t->log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
}

/* True where it was killed; false where it came to its end before. */
static bool
crash_at(struct trial *t, int point_number, int64_t now)
{
	int status;
	size_t len;
	struct error err;
	pid_t pid = fork();

	if (pid == 0) {
		play.now = now;
		play.calls = 0;
		play.kill_at = point_number;
		play.log = open(t->log, O_WRONLY | O_APPEND | O_CLOEXEC);
		run_engine(t->path, false);
		_exit(0);
	}
	CHECK(pid > 0);
	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK_OK(file_read(&t->seen, &len, t->log, (size_t)1024 * 1024, &err), err);
	if (WIFSIGNALED(status)) {
		CHECK_INT(WTERMSIG(status), SIGKILL);
		return true;
	}
	CHECK_INT(WEXITSTATUS(status), 0);
	return false;
}

static int
times(const char *text, const char *word)
{
	int n = 0;

	while ((text = strstr(text, word)) != NULL) {
		n++;
		text += strlen(word);
	}
	return n;
}

static int
number(const struct trial *t, const char *sql)
{
	return (int)strtol(fixture_ask(t->path, sql), NULL, 10);
}

enum edge { NO_LEASE, LEASED, CLAIMED, BEGUN, ANSWERED, RECORDED, EDGES };

static const char *const edges[EDGES] = {
	[NO_LEASE] = "queued, no lease", [LEASED] = "lease taken, nothing claimed",
	[CLAIMED] = "claimed, not begun", [BEGUN] = "begun, not answered",
	[ANSWERED] = "answered, not recorded", [RECORDED] = "recorded",
};

/* Where it was killed, by what it left; and that what it left is true. */
static enum edge
edge_of(struct trial *t)
{
	int handed = number(t, "SELECT count(*) FROM message WHERE state = 'handed_over'");
	int begun = times(t->seen, "begun ");
	int answered = times(t->seen, "answered ");

	/* Recorded and given back are one transaction: there is nothing between. */
	CHECK_INT(number(t, "SELECT count(*) FROM local_claim l JOIN message m"
		" ON m.id = l.message_id WHERE m.state = 'handed_over'"), 0);
	CHECK(handed <= answered && answered <= begun);
	t->open = begun - handed;
	if (begun > answered) {
		return BEGUN;
	}
	if (answered > handed) {
		return ANSWERED;
	}
	if (handed > 0) {
		return RECORDED;
	}
	if (number(t, "SELECT count(*) FROM local_claim") > 0) {
		return CLAIMED;
	}
	return number(t, "SELECT count(*) FROM local_lease WHERE name = 'engine'") > 0
		? LEASED : NO_LEASE;
}

/* The next engine, past the lease of the dead one. */
static void
recover(struct trial *t, int64_t now)
{
	struct desk *desk = NULL;
	struct verify_result whole;
	struct error err;
	char *seen;
	size_t len;

	play.now = now + 120000;
	play.kill_at = 0;
	play.log = open(t->log, O_WRONLY | O_APPEND | O_CLOEXEC);
	run_engine(t->path, true);
	(void)close(play.log);
	CHECK_OK(file_read(&seen, &len, t->log, (size_t)1024 * 1024, &err), err);
	CHECK_INT(number(t, "SELECT count(*) FROM message WHERE template = 'phan_cong'"
		" AND state = 'handed_over'"), MESSAGES);
	CHECK_INT(number(t, "SELECT count(*) FROM local_claim"), 0);
	CHECK_INT(number(t, "SELECT count(*) FROM (SELECT 1 FROM call_turn"
		" GROUP BY escalation_id, at_step, round, member_id HAVING count(*) > 1)"), 0);
	/* At least once each; a second time only what was begun and not recorded. */
	CHECK(times(seen, "begun ") <= number(t,
		"SELECT count(*) FROM message WHERE state = 'handed_over'") + t->open);
	free(seen);
	CHECK_OK(desk_open(&desk, &(struct desk_options){ .url = t->path }, &err), err);
	whole = fixture_verify(desk);
	CHECK(whole.chain_ok && whole.replay_ok);
	desk_close(desk);
}

TEST(an_engine_killed_at_any_point_loses_nothing_and_says_nothing_untrue)
{
	int seen[EDGES] = { 0 };
	struct scene s;
	struct trial t;
	bool killed = true;
	int at = 0;

	scene_begin(&s);
	for (int i = 0; i < MESSAGES; i++) {
		scene_queue(&s);
	}
	while (killed) {
		/* Each point at the beginning, where all edges lie; then some. */
		at += at < 120 ? 1 : 7;
		prepare(&t, &s);
		killed = crash_at(&t, at, s.f.now);
		seen[edge_of(&t)]++;
		free(t.seen);
		if (at < 40 || at % 10 == 0) {
			recover(&t, s.f.now);
		}
	}
	for (int i = 0; i < EDGES; i++) {
		print_message("%s: killed %d times\n", edges[i], seen[i]);
		CHECK(seen[i] > 0);
	}
	scene_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(an_engine_killed_at_any_point_loses_nothing_and_says_nothing_untrue),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
