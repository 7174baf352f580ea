/* person.h - what people are called where a line speaks of them. */
#ifndef CORE_PERSON_H
#define CORE_PERSON_H

#include "core/desk.h"

#define PERSON_SIZE 256

/* The name of the member who has this login, written to out and returned; the
 * login itself where nobody has it, "-" for none. */
const char *person_called(char out[PERSON_SIZE], struct desk *desk, const char *login);

/* For one call's arguments: lives as long as the block around it. */
#define PERSON(desk, login) person_called((char[PERSON_SIZE]){ 0 }, desk, login)

#endif
