/* smtp_child.h - the SMTP server of smtp_server.py as a child of a test. */
#ifndef TESTS_SERVERS_SMTP_CHILD_H
#define TESTS_SERVERS_SMTP_CHILD_H

#include "tests/servers/child.h"

struct smtp_child {
	struct child at;
	char url[64];
};

void smtp_child_start(struct smtp_child *child, const char *tls);
void smtp_child_stop(struct smtp_child *child);
void smtp_child_mode(const struct smtp_child *child, const char *mode);

/* Mails kept so far; the n-th (from 1) as text, the caller frees. */
int smtp_child_count(const struct smtp_child *child);
char *smtp_child_mail(const struct smtp_child *child, int n);
/* How many kept mails hold this text. */
int smtp_child_holding(const struct smtp_child *child, const char *text);

#endif
