/* smtp.c owns the `mail` channel: a few threads that each send one mail at a time.
 *
 * libcurl's multi handle does not serve here: after the final dot it waits for
 * the server's answer without coming back (7.88, smtp_done), so one server that
 * hangs there would stop the engine and its lease.  Threads know nothing of the
 * desk; they hand results over under one lock and an eventfd. */
#include "notify/smtp.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "notify/mime.h"
#include "notify/reply_way.h"
#include "notify/results.h"
#include "notify/secret.h"
#include "notify/smtp_send.h"

#define CONNECT_MS 15000
#define TRANSFER_MS 30000
#define CONNECTIONS 8
#define CONNECTIONS_MOST 32

/* A mail that waits for a thread. */
struct job {
	char id[UUID_SIZE];
	char *to;        /* ours; NULL: a probe */
	struct buf text;
	struct job *next;
};

struct smtp {
	struct channel channel;
	/* Fixed while threads run. */
	struct smtp_server server; /* its texts are ours */
	char *from_name;
	struct reply_way reply;
	int connections;
	int event;                 /* readable while there are results */
	/* The channel's own thread only. */
	pthread_t threads[CONNECTIONS_MOST];
	int thread_count;
	int busy;                  /* begun, and their result not yet taken */
	/* Under the lock. */
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct job *first, **last;
	struct result_queue results;
	bool closing;
};

static bool
is_closing(void *arg)
{
	struct smtp *self = arg;
	bool closing;

	(void)pthread_mutex_lock(&self->lock);
	closing = self->closing;
	(void)pthread_mutex_unlock(&self->lock);
	return closing;
}

static void
job_end(struct job *job)
{
	free(job->to);
	buf_free(&job->text);
	free(job);
}

/* The only way by which threads speak to the channel. */
static void
hand_over(struct smtp *self, const char *id, enum send_verdict verdict, int code,
	const char *reply)
{
	const uint64_t one = 1;

	(void)pthread_mutex_lock(&self->lock);
	result_push(&self->results, id, verdict, code, reply);
	(void)pthread_mutex_unlock(&self->lock);
	(void)!write(self->event, &one, sizeof one);
}

/* NULL when the channel closes. */
static struct job *
next_job(struct smtp *self)
{
	struct job *job = NULL;

	(void)pthread_mutex_lock(&self->lock);
	while (self->first == NULL && !self->closing) {
		(void)pthread_cond_wait(&self->more, &self->lock);
	}
	if (!self->closing) {
		job = self->first;
		self->first = job->next;
		if (self->first == NULL) {
			self->last = &self->first;
		}
	}
	(void)pthread_mutex_unlock(&self->lock);
	return job;
}

static void *
run_thread(void *arg)
{
	struct smtp *self = arg;
	struct smtp_sender *sender = smtp_sender_new(&self->server);
	struct job *job;

	while ((job = next_job(self)) != NULL) {
		struct smtp_outcome end;

		smtp_send(sender, job->to, &job->text, &end);
		hand_over(self, job->id, end.verdict, end.code, end.reply);
		job_end(job);
	}
	smtp_sender_free(sender);
	return NULL;
}

/* Signals are the main thread's. */
static bool
add_thread(struct smtp *self)
{
	sigset_t all;
	sigset_t old;
	bool ok;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old);
	ok = pthread_create(&self->threads[self->thread_count], NULL, run_thread, self) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	self->thread_count += ok;
	return ok;
}

static void
put_job(struct smtp *self, struct job *job)
{
	(void)pthread_mutex_lock(&self->lock);
	*self->last = job;
	self->last = &job->next;
	(void)pthread_cond_signal(&self->more);
	(void)pthread_mutex_unlock(&self->lock);
}

static void
smtp_start(struct channel *channel, const struct outgoing *message)
{
	struct smtp *self = (struct smtp *)channel;
	struct job *job;

	self->busy++;
	if (!mime_address_ok(message->to_address)) {
		hand_over(self, message->id, SEND_PERMANENT, 0,
			_("not an address that mail can be sent to"));
		return;
	}
	/* As many threads, and so connections, as were ever busy at once. */
	if (self->thread_count < self->busy && self->thread_count < self->connections &&
	    !add_thread(self) && self->thread_count == 0) {
		hand_over(self, message->id, SEND_TEMPORARY, 0, _("no thread could be started"));
		return;
	}
	job = xcalloc(1, sizeof *job);
	(void)snprintf(job->id, sizeof job->id, "%s", message->id);
	job->to = xstrdup(message->to_address);
	reply_way_write(&job->text, &self->reply, self->server.from, self->from_name, message);
	put_job(self, job);
}

static void
smtp_probe(struct channel *channel)
{
	struct smtp *self = (struct smtp *)channel;

	self->busy++;
	if (self->thread_count == 0 && !add_thread(self)) {
		hand_over(self, "", SEND_TEMPORARY, 0, _("no thread could be started"));
		return;
	}
	put_job(self, xcalloc(1, sizeof(struct job)));
}

static int
smtp_room(const struct channel *channel)
{
	const struct smtp *self = (const struct smtp *)channel;

	return self->connections - self->busy;
}

static void
smtp_work(struct channel *channel __attribute__((unused)))
{
}

static int
smtp_fd(const struct channel *channel)
{
	return ((const struct smtp *)channel)->event;
}

static int
smtp_timeout(const struct channel *channel __attribute__((unused)))
{
	return -1;
}

/* Each result has its count in the eventfd (a semaphore). */
static bool
smtp_result(struct channel *channel, struct send_result *out)
{
	struct smtp *self = (struct smtp *)channel;
	uint64_t one;
	bool found;

	(void)pthread_mutex_lock(&self->lock);
	found = result_pop(&self->results, out);
	(void)pthread_mutex_unlock(&self->lock);
	if (found) {
		self->busy--;
		(void)!read(self->event, &one, sizeof one);
	}
	return found;
}

static void
stop_threads(struct smtp *self)
{
	(void)pthread_mutex_lock(&self->lock);
	self->closing = true;
	(void)pthread_cond_broadcast(&self->more);
	(void)pthread_mutex_unlock(&self->lock);
	for (int i = 0; i < self->thread_count; i++) {
		(void)pthread_join(self->threads[i], NULL);
	}
}

static void
smtp_close(struct channel *channel)
{
	struct smtp *self = (struct smtp *)channel;

	if (self == NULL) {
		return;
	}
	stop_threads(self);
	while (self->first != NULL) {
		struct job *job = self->first;

		self->first = job->next;
		job_end(job);
	}
	smtp_library_end();
	if (self->event >= 0) {
		(void)close(self->event);
	}
	(void)pthread_cond_destroy(&self->more);
	(void)pthread_mutex_destroy(&self->lock);
	result_free(&self->results);
	secret_free(self->server.password);
	free(self->server.url);
	free(self->server.from);
	free(self->from_name);
	reply_way_close(&self->reply);
	free(self->server.user);
	free(self->server.ca_file);
	free(self);
}

static bool
check_config(const struct channel_config *config, struct error *err)
{
	if (config->url == NULL || config->url[0] == '\0') {
		return error_set(err, ERR_UNAVAILABLE,
			_("no mail server is set: set url in [mail] of suco.conf"));
	}
	if (strncmp(config->url, "smtp://", 7) != 0 &&
	    strncmp(config->url, "smtps://", 8) != 0) {
		return error_set(err, ERR_BAD_INPUT,
			_("[mail] url must begin with smtp:// or smtps://, not \"%.80s\""),
			config->url);
	}
	if (config->from == NULL || !mime_address_ok(config->from)) {
		return error_set(err, ERR_BAD_INPUT,
			_("[mail] from must be the address that mail comes from, "
			"like suco@team.example"));
	}
	return true;
}

static char *
copy(const char *text)
{
	return xstrdup(text == NULL ? "" : text);
}

static bool
smtp_open(struct channel **out, const struct channel_config *config,
	struct error *err)
{
	struct smtp *self;
	char *password = NULL;

	if (!check_config(config, err)) {
		return false;
	}
	if (config->user != NULL && config->user[0] != '\0' &&
	    !secret_read(&password, config->password_file,
		    "[mail] password_file", err)) {
		return false;
	}
	if (!smtp_library_start()) {
		secret_free(password);
		return error_set(err, ERR_UNAVAILABLE, _("libcurl does not start"));
	}
	self = xcalloc(1, sizeof *self);
	self->channel.type = &smtp_channel;
	self->server.url = copy(config->url);
	self->server.from = copy(config->from);
	self->from_name = copy(config->from_name);
	reply_way_open(&self->reply, config->config);
	self->server.user = copy(config->user);
	self->server.ca_file = copy(config->ca_file);
	self->server.password = password;
	self->server.plain = config->plain;
	self->server.connect_ms = config->connect_ms > 0 ? config->connect_ms : CONNECT_MS;
	self->server.transfer_ms = config->transfer_ms > 0 ? config->transfer_ms : TRANSFER_MS;
	self->connections = config->connections <= 0 ? CONNECTIONS
		: config->connections > CONNECTIONS_MOST ? CONNECTIONS_MOST
		: config->connections;
	self->server.stopped = is_closing;
	self->server.arg = self;
	self->last = &self->first;
	(void)pthread_mutex_init(&self->lock, NULL);
	(void)pthread_cond_init(&self->more, NULL);
	self->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE);
	if (self->event < 0) {
		(void)error_errno(err, _("cannot wait for the mail server"));
		smtp_close(&self->channel);
		return false;
	}
	*out = &self->channel;
	return true;
}

const struct channel_type smtp_channel = {
	.name = "mail",
	.open = smtp_open,
	.close = smtp_close,
	.room = smtp_room,
	.start = smtp_start,
	.fd = smtp_fd,
	.timeout = smtp_timeout,
	.work = smtp_work,
	.result = smtp_result,
	.probe = smtp_probe,
};
