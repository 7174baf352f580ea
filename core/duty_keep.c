/* duty_keep.c: whose turn it is follows from the first hand-over and the number of
 * people.  One more in the list would move everybody in the middle of a shift, so the
 * first hand-over moves instead. */
#include "core/duty_keep.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "core/rota_text.h"

/* A month has that day, or one of the next rounds' months has. */
#define ROUNDS_MOST 48

/* The list as it will be; *count people.  The caller's. */
static int *
people_of(const struct json *wanted, const struct roster *roster,
	const struct roster_rota *old, int *count, struct error *err)
{
	const char *text = json_get_text(wanted, "people");
	struct json *list = NULL;
	int *people;

	*count = 0;
	if (text == NULL) {
		people = xcalloc((size_t)old->rota.people + 1, sizeof *people);
		memcpy(people, old->people, (size_t)old->rota.people * sizeof *people);
		*count = old->rota.people;
		return people;
	}
	if (!json_parse(&list, text, strlen(text), NULL, err)) {
		return NULL;
	}
	people = xcalloc((size_t)json_count(list) + 1, sizeof *people);
	for (const struct json *one = json_first(list); one != NULL; one = json_next(one)) {
		people[(*count)++] = roster_member(roster, json_text(one, NULL));
	}
	json_free(list);
	return people;
}

/* Who has the turn, and if he is not in the new list who had it next: where he stands
 * there, at `first` if it is the same man.  0 where nobody is left. */
static int
heir(const struct roster_rota *old, int turn, const int *people, int count, int first)
{
	for (int i = 0; i < old->rota.people; i++) {
		int member = old->people[(turn + i) % old->rota.people];

		for (int j = 0; j < count; j++) {
			int place = (first + j) % count;

			if (member >= 0 && people[place] == member) {
				return place;
			}
		}
	}
	return 0;
}

/* The hand-over so many turns after the first, or whole rounds before that where the
 * month is too short for its day. */
static void
move_start(struct json *wanted, const struct rota *rota, int64_t turn)
{
	char text[ROTA_START_SIZE];
	struct civil c = rota_handoff_civil(rota, turn);

	for (int i = 1; i < ROUNDS_MOST && c.day < rota->start.day &&
	     rota->type == ROTA_MONTHLY; i++) {
		c = rota_handoff_civil(rota, turn - (int64_t)i * rota->people);
	}
	rota_start_text(text, &c);
	json_set_text(wanted, "start", text);
}

/* What the rotation will be, but for its first hand-over. */
static bool
rota_to_be(struct rota *out, struct zone **zone, const struct json *wanted,
	const struct roster_rota *old, struct error *err)
{
	const char *type = json_get_text(wanted, "type");
	const char *name = json_get_text(wanted, "zone");

	*zone = NULL;
	*out = old->rota;
	out->every = (int)json_get_int(wanted, "every", out->every);
	if (type != NULL) {
		(void)rota_type_from(&out->type, type);
	}
	if (name != NULL && name[0] != '\0' && !zone_load(zone, name, err)) {
		return false;
	}
	out->zone = *zone != NULL ? *zone : out->zone;
	return true;
}

bool
duty_keep_turn(struct json *wanted, const struct roster *roster,
	const struct roster_rota *old, int64_t at, struct error *err)
{
	struct zone *zone = NULL;
	struct rota rota;
	int64_t was, is;
	int *people;
	int place;

	if (json_get(wanted, "start") != NULL || old->rota.people == 0 ||
	    at < rota_handoff(&old->rota, 0)) {
		return true;
	}
	if (!rota_to_be(&rota, &zone, wanted, old, err)) {
		return false;
	}
	people = people_of(wanted, roster, old, &rota.people, err);
	if (people != NULL && rota.people > 1 && rota.type != ROTA_FIXED) {
		was = old->rota.type == ROTA_FIXED ? 0 : rota_turn_number(&old->rota, at);
		is = rota_turn_number(&rota, at);
		place = heir(old, (int)(was % old->rota.people), people, rota.people,
			(int)(is % rota.people));
		if (place != is % rota.people) {
			move_start(wanted, &rota, is - place);
		}
	}
	zone_free(zone);
	free(people);
	return people != NULL;
}
