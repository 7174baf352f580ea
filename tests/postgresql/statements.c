/* Prints every statement of the program as a PREPARE with its declared types,
 * for psql; those of the other engine are left out. */
#include <stdio.h>
#include <string.h>

#include "core/sql.h"

extern const struct sql *const __start_suco_sql[];
extern const struct sql *const __stop_suco_sql[];

static const char *
type_of(char letter)
{
	switch (letter) {
	case 'i':
		return "int8";
	case 't':
		return "text";
	default:
		return "bytea";
	}
}

int
main(void)
{
	int count = 0;

	for (const struct sql *const *p = __start_suco_sql; p < __stop_suco_sql; p++) {
		const struct sql *sql = *p;

		if (sql->engine != NULL && strcmp(sql->engine, "postgresql") != 0) {
			continue;
		}
		/* BEGIN, COMMIT and the like have nothing to prepare. */
		if (strchr(sql->text, ' ') == NULL || strncmp(sql->text, "BEGIN ", 6) == 0) {
			continue;
		}
		(void)printf("\\echo %s\nPREPARE s%d", sql->name, count++);
		for (const char *t = sql->types; *t != '\0'; t++) {
			(void)printf("%s%s", t == sql->types ? " (" : ", ", type_of(*t));
		}
		(void)printf("%s AS %s;\n", sql->types[0] == '\0' ? "" : ")", sql->text);
	}
	(void)fprintf(stderr, "%d statements\n", count);
	return count > 20 ? 0 : 1;
}
