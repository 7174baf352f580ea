/* The desk's thread: answers in order, late questions replace early ones, other
 * people's changes are noticed. */
#include "tests/fixture.h"

#include <poll.h>

#include "core/mem.h"
#include "core/note.h"
#include "tui/worker.h"

struct numbered {
	struct request request;
	int number;
	int slow_ms;
};

static int freed;

static bool
run(struct request *request, struct desk *desk, struct error *err)
{
	struct numbered *n = (struct numbered *)request;

	(void)poll(NULL, 0, n->slow_ms);
	return n->number != 13
		|| error_set(err, ERR_REFUSED, "no thirteen on %s", desk_name(desk));
}

static void
release(struct request *request)
{
	freed++;
	free(request);
}

static void
post(struct worker *worker, int number, int slow_ms, unsigned replaces)
{
	struct numbered *n = xcalloc(1, sizeof(*n));

	n->request = (struct request){ .run = run, .free = release,
		.replaces = replaces };
	n->number = number;
	n->slow_ms = slow_ms;
	worker_post(worker, &n->request);
}

/* The next answer's number, within five seconds; negative when it failed. */
static int
answer(struct worker *worker)
{
	struct pollfd ready = { .fd = worker_fd(worker), .events = POLLIN };
	struct request *request;
	int number;

	while ((request = worker_answer(worker)) == NULL) {
		CHECK_INT(poll(&ready, 1, 5000), 1);
	}
	number = ((struct numbered *)request)->number * (request->ok ? 1 : -1);
	request->free(request);
	return number;
}

static struct worker *
begin(struct fixture *f, bool threaded)
{
	struct error err = ERROR_INIT;
	struct worker *worker;

	fixture_file(f);
	worker = worker_start(fixture_open(f, "lan"), threaded, &err);
	assert_non_null(worker);
	freed = 0;
	return worker;
}

TEST(answers_come_in_the_order_of_the_questions)
{
	struct fixture f;
	struct worker *worker = begin(&f, true);

	for (int i = 1; i <= 200; i++) {
		post(worker, i, 0, 0);
	}
	for (int i = 1; i <= 200; i++) {
		CHECK_INT(answer(worker), i == 13 ? -13 : i);
	}
	CHECK(!worker_busy(worker));
	CHECK(worker_stop(worker, 2000));
	CHECK_INT(freed, 200);
	fixture_end(&f);
}

TEST(a_question_that_has_not_begun_is_replaced_by_a_newer_one)
{
	struct fixture f;
	struct worker *worker = begin(&f, true);

	post(worker, 1, 100, 0);
	for (int i = 2; i <= 9; i++) {
		post(worker, i, 0, 7);
	}
	CHECK_INT(answer(worker), 1);
	CHECK_INT(answer(worker), 9);
	CHECK_INT(freed, 9);
	CHECK(worker_stop(worker, 2000));
	fixture_end(&f);
}

TEST(a_change_by_somebody_else_is_noticed_within_a_second)
{
	struct fixture f;
	struct worker *worker = begin(&f, true);
	struct pollfd ready = { .fd = worker_fd(worker), .events = POLLIN };
	char id[UUID_SIZE];

	post(worker, 1, 0, 0);
	CHECK_INT(answer(worker), 1);
	CHECK(!worker_desk_changed(worker));
	fixture_case(&f, "của người khác", id);
	assert_null(worker_answer(worker)); /* takes the ring of the answer away */
	CHECK_INT(poll(&ready, 1, 1000), 1);
	CHECK(worker_desk_changed(worker));
	CHECK(!worker_desk_changed(worker));
	CHECK(worker_stop(worker, 2000));
	fixture_end(&f);
}

TEST(a_desk_that_does_not_answer_keeps_nobody)
{
	struct fixture f;
	struct worker *worker = begin(&f, true);

	post(worker, 1, 700, 0);
	(void)poll(NULL, 0, 50);
	CHECK(!worker_stop(worker, 20));
	/* In the program the process ends here; the test waits and tidies up. */
	CHECK_INT(answer(worker), 1);
	CHECK(worker_stop(worker, 3000));
	fixture_end(&f);
}

TEST(without_a_thread_a_question_is_answered_at_once)
{
	struct fixture f;
	struct worker *worker = begin(&f, false);

	post(worker, 5, 0, 0);
	CHECK_INT(answer(worker), 5);
	post(worker, 13, 0, 0);
	CHECK(worker_stop(worker, 0));
	CHECK_INT(freed, 2);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(answers_come_in_the_order_of_the_questions),
		RUN(a_question_that_has_not_begun_is_replaced_by_a_newer_one),
		RUN(a_change_by_somebody_else_is_noticed_within_a_second),
		RUN(a_desk_that_does_not_answer_keeps_nobody),
		RUN(without_a_thread_a_question_is_answered_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
