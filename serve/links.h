/* links.h - the key that answers by link and button are signed with, and the
 * addresses made with it. */
#ifndef SERVE_LINKS_H
#define SERVE_LINKS_H

#include "core/answer_token.h"
#include "core/outbox.h"
#include "serve/serve.h"

struct links {
	struct answer_key key;
	char *base;   /* ours: "https://host/path", no slash at its end; NULL: no links */
	char *origin; /* ours: "https://host" as browsers write it; NULL */
};

/* What the configuration says.  Where it wants neither links nor buttons, or they
 * cannot be had, there are none: the log says why, and paging goes on. */
void links_open(struct serve *serve);
void links_close(struct serve *serve);

/* An answer_ways of deliver.h; arg is the serve. */
void links_ways(void *arg, const struct message *m, char **tag, char **link);

/* "https://host[:port]" of a base that can be used; NULL for one that cannot. */
char *links_origin(const char *base);

#endif
