/* form_match.c owns which choice the letters typed into a picked field mean. */
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/mem.h"
#include "tui/form.h"

/* How well what was typed (folded) fits: MATCH_NONE unless all its words are in
 * the choice; the word or the label that begins with it comes first. */
enum match { MATCH_NONE, MATCH_INSIDE, MATCH_BEGINS };

static enum match
match_one(const char *folded, const char *typed)
{
	const char *label = strchr(folded, ' ');
	size_t size = strlen(typed);
	char *rest = NULL, *copy = xstrdup(typed);
	bool all = true;

	for (char *word = strtok_r(copy, " ", &rest); word != NULL && all;
		word = strtok_r(NULL, " ", &rest)) {
		all = strstr(folded, word) != NULL;
	}
	free(copy);
	return !all ? MATCH_NONE : strncmp(folded, typed, size) == 0
		|| (label != NULL && strncmp(label + 1, typed, size) == 0)
		? MATCH_BEGINS : MATCH_INSIDE;
}

/* The choice that what was typed means; the first of those that fit alike. */
int
form_match(const struct field *field)
{
	char *typed = fold_text(lineedit_text(&field->edit));
	enum match best = MATCH_NONE;
	int found = -1;

	for (int i = 0; i < field->choice_count && typed[0] != '\0'; i++) {
		enum match own = match_one(field->choices[i].folded, typed);

		found = own > best ? i : found;
		best = own > best ? own : best;
	}
	free(typed);
	return found;
}
