/* worker.c owns the desk's thread: two queues, one eventfd, the look for other
 * people's changes every 250 ms. */
#include "tui/worker.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "core/db.h"
#include "core/mem.h"

#define LOOK_EVERY_MS 250

struct queue {
	struct request *first;
	struct request **last;
};

struct worker {
	struct desk *desk;
	bool threaded;
	pthread_t thread;
	pthread_mutex_t lock;  /* guards everything below */
	pthread_cond_t wake;
	struct queue asked;
	struct queue answered;
	bool running;          /* a request is being worked */
	bool changed;
	bool stopping;
	bool stopped;
	int fd;
	int64_t seen;          /* data_version: the desk thread's own */
};

static void
push(struct queue *queue, struct request *request)
{
	request->next = NULL;
	if (queue->first == NULL) {
		queue->last = &queue->first;
	}
	*queue->last = request;
	queue->last = &request->next;
}

static struct request *
pop(struct queue *queue)
{
	struct request *request = queue->first;

	if (request != NULL) {
		queue->first = request->next;
		request->next = NULL;
	}
	return request;
}

static void
ring(struct worker *worker)
{
	uint64_t one = 1;

	while (write(worker->fd, &one, sizeof(one)) < 0 && errno == EINTR) {
	}
}

static void
work(struct worker *worker, struct request *request)
{
	request->err = ERROR_INIT;
	request->ok = request->run(request, worker->desk, &request->err);
}

static void
look(struct worker *worker)
{
	int64_t now = db_data_version(desk_db(worker->desk));

	if (now == worker->seen) {
		return;
	}
	worker->seen = now;
	pthread_mutex_lock(&worker->lock);
	worker->changed = true;
	pthread_mutex_unlock(&worker->lock);
	ring(worker);
}

/* Waits for a request; NULL: time to look, or to stop. */
static struct request *
wait_for_request(struct worker *worker)
{
	struct request *request;
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += LOOK_EVERY_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&worker->lock);
	while (worker->asked.first == NULL && !worker->stopping) {
		if (pthread_cond_timedwait(&worker->wake, &worker->lock, &until) != 0) {
			break;
		}
	}
	request = pop(&worker->asked);
	worker->running = request != NULL;
	pthread_mutex_unlock(&worker->lock);
	return request;
}

static void *
desk_thread(void *arg)
{
	struct worker *worker = arg;

	worker->seen = db_data_version(desk_db(worker->desk));
	for (;;) {
		struct request *request = wait_for_request(worker);
		bool stop;

		if (request != NULL) {
			work(worker, request);
			pthread_mutex_lock(&worker->lock);
			push(&worker->answered, request);
			worker->running = false;
			pthread_mutex_unlock(&worker->lock);
			ring(worker);
			continue;
		}
		pthread_mutex_lock(&worker->lock);
		stop = worker->stopping;
		pthread_mutex_unlock(&worker->lock);
		if (stop) {
			break;
		}
		look(worker);
	}
	pthread_mutex_lock(&worker->lock);
	worker->stopped = true;
	pthread_cond_broadcast(&worker->wake);
	pthread_mutex_unlock(&worker->lock);
	return NULL;
}

struct worker *
worker_start(struct desk *desk, bool threaded, struct error *err)
{
	struct worker *worker = xcalloc(1, sizeof(*worker));
	pthread_condattr_t attr;

	worker->desk = desk;
	worker->threaded = threaded;
	worker->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	pthread_mutex_init(&worker->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&worker->wake, &attr);
	pthread_condattr_destroy(&attr);
	if (threaded
		&& pthread_create(&worker->thread, NULL, desk_thread, worker) != 0) {
		error_set(err, ERR_UNAVAILABLE, "cannot start the desk's thread");
		close(worker->fd);
		free(worker);
		return NULL;
	}
	return worker;
}

/* Drops a waiting request that this one makes needless; with the lock. */
static struct request *
replaced(struct worker *worker, const struct request *by)
{
	for (struct request **at = &worker->asked.first; *at != NULL; at = &(*at)->next) {
		struct request *old = *at;

		if (by->replaces != 0 && old->replaces == by->replaces
			&& old->view_id == by->view_id) {
			*at = old->next;
			if (old->next == NULL) {
				worker->asked.last = at;
			}
			return old;
		}
	}
	return NULL;
}

void
worker_post(struct worker *worker, struct request *request)
{
	struct request *old;

	if (!worker->threaded) {
		work(worker, request);
		push(&worker->answered, request);
		ring(worker);
		return;
	}
	pthread_mutex_lock(&worker->lock);
	old = replaced(worker, request);
	push(&worker->asked, request);
	pthread_cond_signal(&worker->wake);
	pthread_mutex_unlock(&worker->lock);
	if (old != NULL) {
		old->free(old);
	}
}

struct request *
worker_answer(struct worker *worker)
{
	struct request *request;
	uint64_t count;

	pthread_mutex_lock(&worker->lock);
	request = pop(&worker->answered);
	pthread_mutex_unlock(&worker->lock);
	if (request == NULL) {
		(void)!read(worker->fd, &count, sizeof(count));
		/* What was pushed between the two must ring again. */
		pthread_mutex_lock(&worker->lock);
		request = pop(&worker->answered);
		pthread_mutex_unlock(&worker->lock);
	}
	return request;
}

int
worker_fd(const struct worker *worker)
{
	return worker->fd;
}

bool
worker_desk_changed(struct worker *worker)
{
	bool changed;

	pthread_mutex_lock(&worker->lock);
	changed = worker->changed;
	worker->changed = false;
	pthread_mutex_unlock(&worker->lock);
	return changed;
}

bool
worker_busy(const struct worker *worker)
{
	struct worker *mutable = (struct worker *)(uintptr_t)worker;
	bool busy;

	pthread_mutex_lock(&mutable->lock);
	busy = worker->running || worker->asked.first != NULL
		|| worker->answered.first != NULL;
	pthread_mutex_unlock(&mutable->lock);
	return busy;
}

static void
free_queue(struct queue *queue)
{
	struct request *request;

	while ((request = pop(queue)) != NULL) {
		request->free(request);
	}
}

bool
worker_stop(struct worker *worker, int ms)
{
	struct timespec until;

	if (worker == NULL) {
		return true;
	}
	if (worker->threaded) {
		bool stopped;

		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += (ms % 1000) * 1000000L;
		until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000L;
		until.tv_nsec %= 1000000000L;
		pthread_mutex_lock(&worker->lock);
		worker->stopping = true;
		pthread_cond_broadcast(&worker->wake);
		while (!worker->stopped && pthread_cond_timedwait(&worker->wake,
				&worker->lock, &until) == 0) {
		}
		stopped = worker->stopped;
		pthread_mutex_unlock(&worker->lock);
		if (!stopped) {
			return false;
		}
		pthread_join(worker->thread, NULL);
	}
	free_queue(&worker->asked);
	free_queue(&worker->answered);
	desk_close(worker->desk);
	close(worker->fd);
	pthread_cond_destroy(&worker->wake);
	pthread_mutex_destroy(&worker->lock);
	free(worker);
	return true;
}
