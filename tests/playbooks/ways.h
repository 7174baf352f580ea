/* ways.h - one way through a plan after the other, until all were walked:
 *	first_way();
 *	do { a walk that asks choose() wherever there is a choice } while (next_way()); */
#ifndef TESTS_PLAYBOOKS_WAYS_H
#define TESTS_PLAYBOOKS_WAYS_H

#include <stdbool.h>

#include "playbooks/cacao.h"

void first_way(void);
/* 0 to among - 1. */
int choose(int among);
/* False when all ways were walked. */
bool next_way(void);

/* Chooses an answer among the values that the conditions on the variable ask for
 * and one that is none of them; one that nothing reads has a single answer. */
void choose_answer(struct json *values, const struct playbook *playbook,
	const char *name, const char *type);

#endif
