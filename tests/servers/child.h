/* child.h - a server on loopback as a child of a test: it prints its port, and ends
 * when its standard input closes. */
#ifndef TESTS_SERVERS_CHILD_H
#define TESTS_SERVERS_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>
#include <sys/types.h>

struct child {
	char folder[200]; /* fresh, the first argument; goes with it */
	char ca_file[240];
	int port;
	pid_t pid;
	int input;        /* closing it ends the server */
};

struct child_program {
	const char *name;    /* of the folder */
	const char *script;
	const char *tls;     /* "good", "bad", "none" */
	const char *seconds; /* after which it ends by itself */
	const char *missing; /* why it does not start */
};

/* Ends the whole test program with 77 (skipped) and the reason where what it needs is
 * missing. */
void child_start(struct child *child, const struct child_program *what);
void child_stop(struct child *child);

/* Milliseconds that never go back, for deadlines. */
int64_t steady_ms(void);

/* A fresh folder under TMPDIR; folder_gone() takes it away with all in it. */
void folder_fresh(char *out, size_t size, const char *name);
void folder_gone(const char *folder);
void file_put(const char *path, const char *text, unsigned mode);

#endif
