/* lease.h - one engine at a time (DESIGN 8): a row says who leads and until
 * when.  Each new holder gets a higher fence; what a former holder claimed is
 * known by its fence.  The engine's lease is "engine", a member's desktop part
 * has "watch:LOGIN". */
#ifndef CORE_LEASE_H
#define CORE_LEASE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"

#define LEASE_ENGINE "engine"
#define LEASE_HOLDER_SIZE 160
#define LEASE_MOST_MS 3600000

struct lease {
	char name[80];
	char holder[LEASE_HOLDER_SIZE]; /* for people: program, host, process */
	int64_t fence;                  /* 0: never held */
	int64_t expires_at;
};

/* The name of this process as a holder: unlike any other's, ever. */
void lease_holder(char out[LEASE_HOLDER_SIZE], const char *program);

/* Takes the lease or prolongs it, in a transaction of its own; false in *held
 * and the other's name in other when somebody else has it. */
bool lease_take(struct desk *desk, struct lease *lease, int64_t ms, bool *held,
	char other[LEASE_HOLDER_SIZE], struct error *err);
/* Inside the transaction that acts on it: is it still ours? */
bool lease_check(struct desk *desk, const struct lease *lease, bool *held,
	struct error *err);
/* Ends it at once if it is still ours. */
bool lease_give_back(struct desk *desk, struct lease *lease, struct error *err);

/* Who holds it now; "" for nobody. */
bool lease_who(struct desk *desk, const char *name, char holder[LEASE_HOLDER_SIZE],
	struct error *err);

/* What waits for an engine: messages that are due to be sent, the oldest's time,
 * and whether an engine leads.  "NO ENGINE: n messages wait since hh:mm". */
struct engine_state {
	bool leads;
	int64_t waiting;
	int64_t since; /* 0 where nothing waits */
};
bool engine_state(struct desk *desk, struct engine_state *out, struct error *err);

#endif
