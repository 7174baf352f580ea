/* pass_people.h - to whom a call may be passed on from outside: who is on call now,
 * in the order of the layers, then the coordinators. */
#ifndef SERVE_PASS_PEOPLE_H
#define SERVE_PASS_PEOPLE_H

#include "core/desk.h"

#define PASS_PEOPLE_MOST 24

struct pass_people {
	struct pass_person {
		char id[UUID_SIZE];
		char *login, *name; /* ours */
	} all[PASS_PEOPLE_MOST];
	int count;
};

/* Without him whose login is given.  What cannot be read is left out. */
void pass_people_find(struct pass_people *out, struct desk *desk, const char *but);
void pass_people_clear(struct pass_people *people);

#endif
