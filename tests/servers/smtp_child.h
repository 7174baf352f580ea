/* smtp_child.h - the SMTP server of smtp_server.py as a child of a test. */
#ifndef TESTS_SERVERS_SMTP_CHILD_H
#define TESTS_SERVERS_SMTP_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct smtp_child {
	char folder[200];
	char url[64];
	char ca_file[240];
	pid_t pid;
	int input; /* closing it ends the server */
};

/* tls: "good", "bad", "none".  Ends the whole test program with 77 (skipped)
 * and a reason where python3-aiosmtpd or openssl is missing. */
void smtp_child_start(struct smtp_child *child, const char *tls);
void smtp_child_stop(struct smtp_child *child);
void smtp_child_mode(const struct smtp_child *child, const char *mode);

/* Mails kept so far; the n-th (from 1) as text, the caller frees. */
int smtp_child_count(const struct smtp_child *child);
char *smtp_child_mail(const struct smtp_child *child, int n);
/* How many kept mails hold this text. */
int smtp_child_holding(const struct smtp_child *child, const char *text);

/* Milliseconds that never go back, for deadlines. */
int64_t steady_ms(void);

/* A fresh folder under TMPDIR; folder_gone() takes it away with all in it. */
void folder_fresh(char *out, size_t size, const char *name);
void folder_gone(const char *folder);
void file_put(const char *path, const char *text, unsigned mode);

#endif
