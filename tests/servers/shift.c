/* shift.c is put before a program under test (LD_PRELOAD), which knows nothing of it.
 * $SHIFT_CLOCK names a file of eight bytes: so many milliseconds is its wall clock
 * ahead of the machine's, at this moment; steady clocks stay.  $SHIFT_KILL is the
 * number of the point at which it is killed: before and after what is written to the
 * disk for good, and after what goes out to or comes in from another's socket; the
 * point's name goes into $SHIFT_LOG.  Killed for good: SIGKILL. */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int (*real_clock)(clockid_t id, struct timespec *out);
static int (*real_sync)(int fd);
static ssize_t (*real_send)(int fd, const void *bytes, size_t len, int flags);
static ssize_t (*real_recv)(int fd, void *bytes, size_t len, int flags);
static const volatile int64_t *ahead; /* NULL: not asked for */
static long kill_at;
static atomic_long points;

static void *
next(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (found == NULL) {
		abort();
	}
	return found;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *clock_file = getenv("SHIFT_CLOCK");
	const char *number = getenv("SHIFT_KILL");

	*(void **)&real_clock = next("clock_gettime");
	*(void **)&real_sync = next("fdatasync");
	*(void **)&real_send = next("send");
	*(void **)&real_recv = next("recv");
	kill_at = number == NULL ? 0 : strtol(number, NULL, 10);
	if (clock_file != NULL) {
		int fd = open(clock_file, O_RDONLY | O_CLOEXEC);
		void *at = fd < 0 ? MAP_FAILED
			: mmap(NULL, sizeof *ahead, PROT_READ, MAP_SHARED, fd, 0);

		if (at == MAP_FAILED) {
			abort();
		}
		ahead = at;
		(void)close(fd);
	}
}

static void
point(const char *name)
{
	const char *log = getenv("SHIFT_LOG");
	int fd;

	if (kill_at == 0 || atomic_fetch_add(&points, 1) + 1 != kill_at) {
		return;
	}
	fd = log == NULL ? -1 : open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd >= 0) {
		(void)!write(fd, name, strlen(name));
	}
	(void)kill(getpid(), SIGKILL);
	for (;;) {
		(void)pause();
	}
}

int
clock_gettime(clockid_t id, struct timespec *out)
{
	int rc;

	if (real_clock == NULL) { /* before the constructor: a sanitizer's own start */
		*(void **)&real_clock = next("clock_gettime");
	}
	rc = real_clock(id, out);
	if (rc == 0 && ahead != NULL && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) {
		int64_t ms = *ahead;

		out->tv_sec += ms / 1000;
		out->tv_nsec += ms % 1000 * 1000000;
		if (out->tv_nsec >= 1000000000) {
			out->tv_nsec -= 1000000000;
			out->tv_sec++;
		} else if (out->tv_nsec < 0) {
			out->tv_nsec += 1000000000;
			out->tv_sec--;
		}
	}
	return rc;
}

time_t
time(time_t *out)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	if (out != NULL) {
		*out = now.tv_sec;
	}
	return now.tv_sec;
}

int
gettimeofday(struct timeval *restrict out, void *restrict zone __attribute__((unused)))
{
	struct timespec now;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	out->tv_sec = now.tv_sec;
	out->tv_usec = now.tv_nsec / 1000;
	return 0;
}

int
fdatasync(int fd)
{
	int rc;

	point("before a commit");
	rc = real_sync(fd);
	point("after a commit");
	return rc;
}

ssize_t
send(int fd, const void *bytes, size_t len, int flags)
{
	ssize_t n = real_send(fd, bytes, len, flags);

	point("after something was said");
	return n;
}

ssize_t
recv(int fd, void *bytes, size_t len, int flags)
{
	ssize_t n = real_recv(fd, bytes, len, flags);

	if (n > 0) {
		point("after something was heard");
	}
	return n;
}
