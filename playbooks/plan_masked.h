/* plan_masked.h - a playbook as it may be shown: accounts, keys, headers and values
 * that are secrets masked.  What is exported keeps every byte. */
#ifndef PLAYBOOKS_PLAN_MASKED_H
#define PLAYBOOKS_PLAN_MASKED_H

#include "playbooks/cacao.h"

/* A copy; the caller frees. */
struct json *playbook_masked(const struct playbook *playbook);

#endif
