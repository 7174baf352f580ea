/* validity.h - may a plan be begun now: not when it is revoked, before valid_from,
 * at or after valid_until (CACAO v2.0, 3.1; cacao.md 2, rule 1). */
#ifndef PLAYBOOKS_VALIDITY_H
#define PLAYBOOKS_VALIDITY_H

#include "playbooks/cacao.h"

/* Why not, ours to free; NULL where it may.  now: ms UTC. */
char *playbook_not_valid(const struct playbook *playbook, int64_t now);

#endif
