/* secret.h - passwords come from files that nobody else can read. */
#ifndef NOTIFY_SECRET_H
#define NOTIFY_SECRET_H

#include <stdbool.h>

#include "core/error.h"

/* The file's first line.  Refused when it is not a plain file of ours or of
 * root, or when group or others may touch it; key names the line of suco.conf
 * in the message.  Free with secret_free(). */
bool secret_read(char **out, const char *path, const char *key, struct error *err);

/* Wipes first.  NULL is allowed. */
void secret_free(char *secret);

#endif
