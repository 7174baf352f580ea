/* player_fields.c owns the way from an answer to a field of the case that its
 * variable sets: that personal data leaked, and since when that is known, starts
 * a lawful clock, whoever answers it in whatever step. */
#include <stdlib.h>
#include <string.h>

#include "core/case_set.h"
#include "core/mem.h"
#include "playbooks/answer.h"
#include "playbooks/player_private.h"

#define MAX_SETS 8

struct sets {
	char *assignments[MAX_SETS];
	bool words[MAX_SETS]; /* from a choice, not as typed */
	int count;
	bool denied; /* a choice says that there is nothing to date */
};

/* What the answer means to the case: the word of its choice, else itself. */
static const char *
meaning(const struct json *sets, const char *answer)
{
	const struct json *values = json_get(sets, "values");

	return values == NULL ? answer : json_get_text(values, answer);
}

static void
take(struct sets *all, const struct variable *variable, const struct json *values)
{
	const struct json *sets = json_get(variable->ext, "sets");
	const char *field = json_get_text(sets, "field");
	const char *given = answer_find(values, variable->name);
	const char *text = given == NULL ? NULL : answer_value(given);
	const char *means = field == NULL || text == NULL ? NULL : meaning(sets, text);

	if (means == NULL || means[0] == '\0' || all->count == MAX_SETS) {
		return; /* not known sets nothing */
	}
	all->words[all->count] = json_get(sets, "values") != NULL;
	all->denied = all->denied
		|| (all->words[all->count] && strcmp(means, "yes") != 0);
	all->assignments[all->count++] = xasprintf("%s=%s", field, means);
}

bool
player_sets(struct session *session, const struct case_run *run,
	const struct step *step, const struct json *values, struct error *err)
{
	struct sets all = { .count = 0 };
	const char *wanted[MAX_SETS];
	int count = 0;
	bool ok;

	for (int i = 0; i < step->ask_count; i++) {
		const struct variable *variable = playbook_find_variable(run->playbook,
			step->asks[i]);

		if (variable != NULL) {
			take(&all, variable, values);
		}
	}
	for (int i = 0; i < all.count; i++) {
		if (all.words[i] || !all.denied) {
			wanted[count++] = all.assignments[i];
		}
	}
	ok = count == 0
		|| case_set(session->desk, session->c.id, wanted, count, err);
	for (int i = 0; i < all.count; i++) {
		free(all.assignments[i]);
	}
	return ok;
}
