/* pass_people.c lists whom a call may be passed on to. */
#include "serve/pass_people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/db.h"
#include "core/duty.h"
#include "core/mem.h"

SQL(PASS_COORDINATORS, "",
	"SELECT id, login, name FROM member WHERE role = 'coordinator' AND active = 1"
	" ORDER BY login");

static void
add(struct pass_people *out, const char *but, const char *id, const char *login,
	const char *name)
{
	bool known = strcmp(login, but) == 0;

	for (int i = 0; !known && i < out->count; i++) {
		known = strcmp(out->all[i].login, login) == 0;
	}
	if (!known && out->count < PASS_PEOPLE_MOST) {
		struct pass_person *p = &out->all[out->count++];

		(void)snprintf(p->id, sizeof p->id, "%s", id);
		p->login = xstrdup(login);
		p->name = xstrdup(name);
	}
}

static void
add_layer(struct pass_people *out, struct desk *desk, const char *but, const char *layer)
{
	struct duty_list list = { 0 };
	struct error ignored = ERROR_INIT;

	if (!duty_who(desk, layer, desk_now(desk), &list, &ignored)) {
		return;
	}
	for (int i = 0; i < list.count; i++) {
		add(out, but, list.people[i].id, list.people[i].login, list.people[i].name);
	}
	duty_list_clear(&list);
}

void
pass_people_find(struct pass_people *out, struct desk *desk, const char *but)
{
	struct duty_layers layers = { 0 };
	struct error ignored = ERROR_INIT;
	struct stmt *st;

	*out = (struct pass_people){ 0 };
	if (duty_layers(desk, &layers, &ignored)) {
		for (int i = 0; i < layers.count; i++) {
			add_layer(out, desk, but, layers.all[i].code);
		}
		duty_layers_clear(&layers);
	}
	st = db_query(desk_db(desk), &PASS_COORDINATORS, NOARGS);
	while (stmt_row(st)) {
		add(out, but, stmt_text(st, 0), stmt_text(st, 1), stmt_text(st, 2));
	}
	(void)stmt_done(st, &ignored);
}

void
pass_people_clear(struct pass_people *people)
{
	for (int i = 0; i < people->count; i++) {
		free(people->all[i].login);
		free(people->all[i].name);
	}
	*people = (struct pass_people){ 0 };
}
