/* point_group.c owns the grouping of places. */
#include "core/point_group.h"

#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/words.h"

static const char *const words[BY_COUNT] = {
	[BY_NUMBER] = "number", [BY_AREA] = "area", [BY_CARRIER] = "carrier",
	[BY_ISLAND] = "island", [BY_STATE] = "state",
};

bool
point_by_of(enum point_by *out, const char *word, struct error *err)
{
	*out = BY_NUMBER;
	if (word == NULL || word[0] == '\0') {
		return true;
	}
	for (int i = 0; i < BY_COUNT; i++) {
		if (strcmp(words[i], word) == 0) {
			*out = (enum point_by)i;
			return true;
		}
	}
	return error_set(err, ERR_BAD_INPUT,
		_("points are grouped by area, carrier, island or state, not by %.40s"), word);
}

const char *
point_group(const struct point *point, enum point_by by)
{
	const char *text = "";

	switch (by) {
	case BY_AREA:
		text = point->area;
		break;
	case BY_CARRIER:
		text = point->carrier;
		break;
	case BY_ISLAND:
		/* A name that the register does not know may be anywhere. */
		text = point->island ? _("islands")
			: strcmp(point->ref_kind, "unit") == 0 ? _("mainland") : "";
		break;
	case BY_STATE:
		text = word_label(WORDS_POINT_STATE, point->state);
		break;
	default:
		break;
	}
	return text[0] == '\0' ? "-" : text;
}

/* What qsort() sees of a place. */
struct order {
	struct point point;
	char *key;
	int rank;
};

static int
rank_of(const struct point *p, enum point_by by)
{
	const struct word *states = words_of(WORDS_POINT_STATE);
	int rank = 0;

	if (by == BY_ISLAND) {
		return p->island ? 0 : strcmp(p->ref_kind, "unit") == 0 ? 1 : 2;
	}
	while (by == BY_STATE && states[rank].word != NULL &&
	    strcmp(states[rank].word, p->state) != 0) {
		rank++;
	}
	return rank + (strcmp(point_group(p, by), "-") == 0 && by != BY_NUMBER ? 100 : 0);
}

static int
by_group(const void *a, const void *b)
{
	const struct order *one = a;
	const struct order *two = b;
	int order = one->rank != two->rank ? one->rank - two->rank
		: strcmp(one->key, two->key);

	return order != 0 ? order : one->point.n - two->point.n;
}

void
point_sort(struct point_list *list, enum point_by by)
{
	struct order *rows = xcalloc((size_t)list->count + 1, sizeof *rows);

	for (int i = 0; i < list->count; i++) {
		rows[i] = (struct order){ .point = list->rows[i],
			.key = by == BY_AREA || by == BY_CARRIER
				? fold_sort_key(point_group(&list->rows[i], by)) : xstrdup(""),
			.rank = rank_of(&list->rows[i], by) };
	}
	qsort(rows, (size_t)list->count, sizeof *rows, by_group);
	for (int i = 0; i < list->count; i++) {
		list->rows[i] = rows[i].point;
		free(rows[i].key);
	}
	free(rows);
}
