/* mem.h - memory that is there, or the program ends.
 *
 * Out of memory is not an error that a responder can act on: the x functions
 * abort with one line.  What they return is the caller's, freed by free(). */
#ifndef CORE_MEM_H
#define CORE_MEM_H

#include <stddef.h>

void *xmalloc(size_t size) __attribute__((malloc, returns_nonnull));
void *xcalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *xrealloc(void *old, size_t size) __attribute__((returns_nonnull));

/* NULL stays NULL. */
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t len);

/* printf into fresh memory. */
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
