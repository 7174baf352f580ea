/* buf.h - text that grows, always NUL-terminated once something was added.
 *
 * A zeroed struct buf is empty and ready; buf_free() makes it so again. */
#ifndef CORE_BUF_H
#define CORE_BUF_H

#include <stddef.h>

struct buf {
	char *data; /* ours; NULL while nothing was ever added */
	size_t len;
	size_t cap;
};

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_addc(struct buf *buf, char byte);
void buf_adds(struct buf *buf, const char *text);
void buf_addf(struct buf *buf, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Empties without giving memory back. */
void buf_clear(struct buf *buf);

/* The text, "" when empty: borrowed, valid until the next add. */
const char *buf_text(const struct buf *buf);

/* Hands the memory over (never NULL); the buffer is empty afterwards. */
char *buf_take(struct buf *buf);

void buf_free(struct buf *buf);

#endif
