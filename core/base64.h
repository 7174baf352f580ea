/* base64.h - bytes as base64 text (RFC 4648) and back. */
#ifndef CORE_BASE64_H
#define CORE_BASE64_H

#include <stddef.h>

#include "core/buf.h"

void base64_encode(struct buf *out, const void *bytes, size_t len);
/* The bytes of text up to the first character that is no digit of either alphabet:
 * who must know whether the form is right checks it before. */
void base64_decode(struct buf *out, const char *text);

#endif
