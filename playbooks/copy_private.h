/* copy_private.h - the parts of a copied case; for copy_*.c only. */
#ifndef PLAYBOOKS_COPY_PRIVATE_H
#define PLAYBOOKS_COPY_PRIVATE_H

#include "core/case.h"
#include "core/json.h"
#include "playbooks/copy.h"

/* All of the case but its TLP:RED observables, which it counts. */
bool copy_json(struct json **out, struct copy_result *result, struct desk *desk,
	const struct ir_case *c, struct error *err);
/* Timeline, evidence and observables as lines. */
void copy_timeline(struct buf *out, const struct json *all);

#endif
