/* demo_count.c: what the demo's people read off and report. */
#include <stdlib.h>

#include "cli/demo_private.h"
#include "core/quick.h"
#include "playbooks/counted.h"
#include "playbooks/player.h"

/* label|minutes */
bool
demo_reading(struct desk *desk, const char *case_id, char *const *parts,
	struct error *err)
{
	int n;

	return player_read(desk, case_id, parts[0], strtol(parts[1], NULL, 10), 0, &n, err);
}

/* register|to|channel|who confirmed; without a channel a draft */
bool
demo_quick(struct desk *desk, const char *case_id, char *const *parts, struct error *err)
{
	const struct quick_want want = { .address = parts[0], .to = parts[1] };
	struct quick quick = { 0 };
	bool ok = counted_quick(desk, case_id, &want, &quick, err) && (parts[2] == NULL ||
		quick_sent(desk, case_id, quick.n, &(struct quick_sending){ .to = parts[1],
			.channel = parts[2], .confirmed_by = parts[3] }, err));

	quick_clear(&quick);
	return ok;
}
