/* smtp_child.c starts the SMTP server of the tests, tells it how to behave and
 * reads what it kept. */
#include "tests/servers/smtp_child.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"

void
smtp_child_mode(const struct smtp_child *child, const char *mode)
{
	char *path = xasprintf("%s/mode", child->at.folder);

	file_put(path, mode, 0600);
	free(path);
}

void
smtp_child_start(struct smtp_child *child, const char *tls)
{
	child_start(&child->at, &(struct child_program){ .name = "smtp", .script = SMTP_SERVER,
		.tls = tls, .seconds = "240",
		.missing = "python3-aiosmtpd or openssl is missing" });
	(void)snprintf(child->url, sizeof child->url, "smtp://127.0.0.1:%d", child->at.port);
}

void
smtp_child_stop(struct smtp_child *child)
{
	child_stop(&child->at);
}

int
smtp_child_count(const struct smtp_child *child)
{
	char *path = xasprintf("%s/mail", child->at.folder);
	DIR *folder = opendir(path);
	struct dirent *entry;
	int count = 0;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		size_t len = strlen(entry->d_name);

		count += len > 4 && strcmp(entry->d_name + len - 4, ".eml") == 0;
	}
	if (folder != NULL) {
		(void)closedir(folder);
	}
	free(path);
	return count;
}

char *
smtp_child_mail(const struct smtp_child *child, int n)
{
	char *path = xasprintf("%s/mail/%06d.eml", child->at.folder, n);
	FILE *file = fopen(path, "r");
	struct buf text = { 0 };
	char bytes[4096];
	size_t len;

	while (file != NULL && (len = fread(bytes, 1, sizeof bytes, file)) > 0) {
		buf_add(&text, bytes, len);
	}
	if (file != NULL) {
		(void)fclose(file);
	}
	free(path);
	return buf_take(&text);
}

int
smtp_child_holding(const struct smtp_child *child, const char *text)
{
	int count = smtp_child_count(child);
	int holding = 0;

	for (int n = 1; n <= count; n++) {
		char *mail = smtp_child_mail(child, n);

		holding += strstr(mail, text) != NULL;
		free(mail);
	}
	return holding;
}
