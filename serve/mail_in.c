/* mail_in.c is the module of answers by mail: a thread asks the mailbox, the
 * engine's own thread does what the mails say. */
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "notify/secret.h"
#include "serve/imap.h"
#include "serve/mail_answer.h"
#include "serve/module.h"

#define PATIENCE_MS 300000

SQL(INBOX_AT, "t", "SELECT value FROM local_cursor WHERE name = $1");
SQL(INBOX_SET, "tti", "INSERT INTO local_cursor (name, value, at) VALUES ($1, $2, $3)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at");

/* One engine has one mailbox; the thread has account and visit while it runs. */
static struct inbox {
	struct imap_account account;
	struct imap_visit visit;
	pthread_t thread;
	char name[64];    /* of the cursor */
	int bell;         /* eventfd: the thread is done */
	bool open, running, ok, stop;
	int64_t next_at;
} inbox = { .bell = -1 };

static void *
go(void *arg)
{
	struct inbox *in = arg;
	uint64_t one = 1;

	in->ok = imap_visit(&in->visit, &in->account, &in->stop);
	(void)!write(in->bell, &one, sizeof one);
	return NULL;
}

static char *
copy(const struct serve *serve, enum config_key key)
{
	return xstrdup(config_get(serve->config, key));
}

static bool
open_inbox(struct serve *serve, struct error *err)
{
	const char *url = config_get(serve->config, CONFIG_INBOX_URL);
	char hash[HASH_SIZE];

	if (inbox.account.password == NULL &&
	    config_get(serve->config, CONFIG_INBOX_PASSWORD_FILE)[0] != '\0' &&
	    !secret_read(&inbox.account.password,
		    config_get(serve->config, CONFIG_INBOX_PASSWORD_FILE),
		    "[inbox] password_file", err)) {
		return false;
	}
	if (!mailbox_start(err)) {
		return false;
	}
	inbox.bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (inbox.bell < 0 || !imap_start()) {
		mailbox_end();
		return error_set(err, ERR_IO, _("the mailbox cannot be opened"));
	}
	inbox.account.url = xstrdup(url);
	inbox.account.user = copy(serve, CONFIG_INBOX_USER);
	inbox.account.ca_file = copy(serve, CONFIG_INBOX_CA_FILE);
	inbox.account.plain = config_yes(serve->config, CONFIG_INBOX_PLAIN);
	if (inbox.account.password == NULL) {
		inbox.account.password = xstrdup("");
	}
	hash_bytes(hash, url, strlen(url));
	(void)snprintf(inbox.name, sizeof inbox.name, "inbox:%.16s", hash);
	inbox.open = true;
	return true;
}

static bool
start(struct serve *serve, struct error *err)
{
	char *value = NULL;
	unsigned long validity = 0;
	unsigned long last = 0;

	if (!db_one_text(desk_db(serve->desk), &INBOX_AT, &value, err, TXT(inbox.name))) {
		return false;
	}
	if (value != NULL) {
		char *rest;

		validity = strtoul(value, &rest, 10);
		last = *rest == ':' ? strtoul(rest + 1, NULL, 10) : 0;
	}
	free(value);
	inbox.visit = (struct imap_visit){ .validity = (uint32_t)validity,
		.last = (uint32_t)last };
	inbox.running = pthread_create(&inbox.thread, NULL, go, &inbox) == 0;
	return inbox.running || error_set(err, ERR_IO, _("the mailbox cannot be opened"));
}

static bool
keep_place(struct serve *serve, struct error *err)
{
	struct db *db = desk_db(serve->desk);
	char *value = xasprintf("%lu:%lu", (unsigned long)inbox.visit.validity,
		(unsigned long)inbox.visit.last);
	bool ok = db_begin(db, err);

	if (ok && !db_run(db, &INBOX_SET, err, TXT(inbox.name), TXT(value),
		    I64(desk_now(serve->desk)))) {
		db_rollback(db);
		ok = false;
	} else if (ok) {
		ok = db_commit(db, err);
	}
	free(value);
	return ok;
}

/* A mail that the desk cannot take now is read again; one that makes no sense is
 * passed over. */
static bool
work_off(struct serve *serve, struct error *err)
{
	bool ok = true;

	for (int i = 0; ok && i < inbox.visit.count; i++) {
		const struct buf *bytes = &inbox.visit.mails[i].bytes;
		struct mail mail;

		if (mailbox_read(&mail, buf_text(bytes), bytes->len)) {
			ok = mail_answer(serve, &mail, err);
		}
		mailbox_clear(&mail);
		if (ok) {
			inbox.visit.last = inbox.visit.mails[i].uid;
		}
	}
	return keep_place(serve, ok ? err : &(struct error){ 0 }) && ok;
}

static bool
finish(struct serve *serve, struct error *err)
{
	uint64_t bell;
	bool more = inbox.visit.count == IMAP_MOST;
	bool ok;

	(void)!read(inbox.bell, &bell, sizeof bell);
	(void)pthread_join(inbox.thread, NULL);
	inbox.running = false;
	inbox.next_at = desk_now(serve->desk) + (more ? 0
		: config_number(serve->config, CONFIG_INBOX_EVERY) * 1000);
	ok = inbox.ok ? work_off(serve, err) : error_cause(err, ERR_IO, inbox.visit.why,
		_("the mailbox %s does not answer"), inbox.account.url);
	imap_visit_clear(&inbox.visit);
	return ok;
}

static bool
is_done(void)
{
	struct pollfd fd = { .fd = inbox.bell, .events = POLLIN };

	return inbox.running && poll(&fd, 1, 0) > 0;
}

static bool
run(struct serve *serve, int64_t *next_at, struct error *err)
{
	if (config_get(serve->config, CONFIG_INBOX_URL)[0] == '\0' ||
	    desk_is_demo(serve->desk)) {
		return true;
	}
	if (!inbox.open && !open_inbox(serve, err)) {
		return false;
	}
	serve->asks = !is_done();
	if (!serve->asks && !finish(serve, err)) {
		return false;
	}
	if (!inbox.running && desk_now(serve->desk) >= inbox.next_at && !start(serve, err)) {
		return false;
	}
	*next_at = inbox.running ? MODULE_NEVER : inbox.next_at;
	return true;
}

static int
wait(struct serve *serve __attribute__((unused)), struct pollfd *fds, int most,
	int64_t *ms __attribute__((unused)))
{
	if (!inbox.running || most < 1) {
		return 0;
	}
	fds[0] = (struct pollfd){ .fd = inbox.bell, .events = POLLIN };
	return 1;
}

static void
stop(struct serve *serve __attribute__((unused)))
{
	__atomic_store_n(&inbox.stop, true, __ATOMIC_RELAXED);
	if (inbox.running) {
		(void)pthread_join(inbox.thread, NULL);
		imap_visit_clear(&inbox.visit);
	}
	if (inbox.open) {
		mailbox_end();
		imap_end();
		(void)close(inbox.bell);
		free(inbox.account.url);
		free(inbox.account.user);
		free(inbox.account.ca_file);
	}
	secret_free(inbox.account.password);
	inbox = (struct inbox){ .bell = -1 };
}

const struct serve_module module_mail_in = {
	.name = "mail_in", .run = run, .wait = wait, .stop = stop,
	.patience_ms = PATIENCE_MS,
};
