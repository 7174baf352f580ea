/* person.c finds the name of who has a login. */
#include "core/person.h"

#include <stdio.h>
#include <stdlib.h>

SQL(PERSON_NAME, "t", "SELECT name FROM member WHERE login = $1");

const char *
person_called(char out[PERSON_SIZE], struct desk *desk, const char *login)
{
	struct error unseen = ERROR_INIT;
	char *name = NULL;

	if (login == NULL || login[0] == '\0') {
		snprintf(out, PERSON_SIZE, "-");
		return out;
	}
	/* Who it was is said all the same when the register cannot be read. */
	(void)db_one_text(desk_db(desk), &PERSON_NAME, &name, &unseen, TXT(login));
	snprintf(out, PERSON_SIZE, "%s", name != NULL && name[0] != '\0' ? name : login);
	free(name);
	return out;
}
