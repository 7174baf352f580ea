/* maildir.c owns the `file` channel: one message, one file, written to tmp/ and
 * moved to new/ once it is durable.  The file's name is the message's id, so
 * that a message that is sent again replaces itself. */
#include "notify/maildir.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "notify/mime.h"
#include "notify/reply_way.h"
#include "notify/results.h"

struct maildir {
	struct channel channel;
	struct result_queue results;
	char *path;
	char *from;
	char *from_name;
	struct reply_way reply;
};

static bool
make_folder(const char *path, struct error *err)
{
	if (mkdir(path, 0770) == 0 || errno == EEXIST) {
		return true;
	}
	return error_errno(err, _("cannot make the mail folder %s"), path);
}

static bool
make_maildir(const char *path, struct error *err)
{
	static const char *const parts[] = { "", "/tmp", "/new", "/cur" };
	bool ok = true;

	for (size_t i = 0; ok && i < sizeof parts / sizeof *parts; i++) {
		char *folder = xasprintf("%s%s", path, parts[i]);

		ok = make_folder(folder, err);
		free(folder);
	}
	return ok;
}

static bool
write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return false;
		}
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

/* The rename is durable only when the folder is. */
static bool
sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0) {
		(void)close(fd);
	}
	return ok;
}

static bool
write_file(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640);
	bool ok;

	if (fd < 0) {
		return false;
	}
	ok = write_all(fd, bytes, len) && fsync(fd) == 0;
	return close(fd) == 0 && ok;
}

bool
maildir_deliver(const char *maildir, const char *unique, const char *bytes,
	size_t len, struct error *err)
{
	char *tmp = xasprintf("%s/tmp/%s", maildir, unique);
	char *new = xasprintf("%s/new/%s", maildir, unique);
	char *folder = xasprintf("%s/new", maildir);
	bool ok = write_file(tmp, bytes, len) && rename(tmp, new) == 0 &&
		sync_folder(folder);

	if (!ok) {
		(void)error_errno(err, _("cannot write into the mail folder %s"), maildir);
		(void)unlink(tmp);
	}
	free(tmp);
	free(new);
	free(folder);
	return ok;
}

static void
maildir_close(struct channel *channel)
{
	struct maildir *self = (struct maildir *)channel;

	if (self == NULL) {
		return;
	}
	result_free(&self->results);
	free(self->path);
	free(self->from);
	free(self->from_name);
	reply_way_close(&self->reply);
	free(self);
}

static bool
maildir_open(struct channel **out, const struct channel_config *config,
	struct error *err)
{
	struct maildir *self;

	if (config->maildir == NULL || config->maildir[0] == '\0') {
		return error_set(err, ERR_UNAVAILABLE,
			_("the file channel has no folder: set maildir in [file] of suco.conf"));
	}
	if (!make_maildir(config->maildir, err)) {
		return false;
	}
	self = xcalloc(1, sizeof *self);
	self->channel.type = &maildir_channel;
	self->path = xstrdup(config->maildir);
	self->from = xstrdup(config->from != NULL && mime_address_ok(config->from)
		? config->from : "suco@localhost");
	self->from_name = xstrdup(config->from_name);
	reply_way_open(&self->reply, config->config);
	*out = &self->channel;
	return true;
}

static int
maildir_room(const struct channel *channel __attribute__((unused)))
{
	return 64;
}

static void
maildir_start(struct channel *channel, const struct outgoing *message)
{
	struct maildir *self = (struct maildir *)channel;
	struct buf text = { 0 };
	struct error err = ERROR_INIT;

	if (!mime_address_ok(message->to_address)) {
		result_push(&self->results, message->id, SEND_PERMANENT, 0,
			_("not an address that mail can be sent to"));
		return;
	}
	reply_way_write(&text, &self->reply, self->from, self->from_name, message);
	if (maildir_deliver(self->path, message->id, buf_text(&text), text.len, &err)) {
		result_push(&self->results, message->id, SEND_HANDED_OVER, 0, "");
	} else {
		char reply[SEND_REPLY_SIZE];

		(void)snprintf(reply, sizeof reply, "%.200s: %.160s", err.message, err.cause);
		result_push(&self->results, message->id, SEND_UNREACHABLE, 0, reply);
	}
	buf_free(&text);
}

static int
maildir_fd(const struct channel *channel __attribute__((unused)))
{
	return -1;
}

static int
maildir_timeout(const struct channel *channel)
{
	const struct maildir *self = (const struct maildir *)channel;

	return self->results.first < self->results.count ? 0 : -1;
}

static void
maildir_work(struct channel *channel __attribute__((unused)))
{
}

static bool
maildir_result(struct channel *channel, struct send_result *out)
{
	return result_pop(&((struct maildir *)channel)->results, out);
}

const struct channel_type maildir_channel = {
	.name = "file",
	.open = maildir_open,
	.close = maildir_close,
	.room = maildir_room,
	.start = maildir_start,
	.fd = maildir_fd,
	.timeout = maildir_timeout,
	.work = maildir_work,
	.result = maildir_result,
};
