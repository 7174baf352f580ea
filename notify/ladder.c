/* ladder.c - the retry ladder as data.  A link that is gone for two minutes
 * must not cost a page, one that is gone for a day must not flood. */
#include "notify/ladder.h"

#include <stddef.h>

#define SECOND 1000

static const int64_t ladder[] = {
	5 * SECOND, 15 * SECOND, 45 * SECOND, 120 * SECOND, 300 * SECOND,
};

#define LADDER_LAST (600 * SECOND)
#define LADDER_SPREAD (120 * SECOND) /* from 9 to 11 minutes */

int64_t
ladder_wait(int64_t tries, uint32_t random)
{
	const int64_t rungs = sizeof(ladder) / sizeof(ladder[0]);

	if (tries < 1) {
		tries = 1;
	}
	if (tries <= rungs) {
		return ladder[tries - 1];
	}
	return LADDER_LAST - LADDER_SPREAD / 2
		+ (int64_t)(random % (LADDER_SPREAD + 1));
}
