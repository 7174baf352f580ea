/* deliver_probe.c asks a channel that is down whether its other side is there again,
 * without a message, on the channel's own ladder.  Where it is, one message goes
 * first: only that proves the way, and then all that waited follows. */
#include "notify/deliver_probe.h"

bool
probe_can(const struct slot *slot)
{
	return slot->channel != NULL && slot->channel->type->probe != NULL;
}

int64_t
probe_at(const struct slot *slot, int64_t now)
{
	int64_t at = slot->probed ? slot->health.next_at : now;

	return at < slot->paused_until ? slot->paused_until : at;
}

static bool
is_due(const struct slot *slot, int64_t now)
{
	return probe_can(slot) && slot->health.down && !slot->cleared &&
		slot->waiting + slot->under_way == 0 && probe_at(slot, now) <= now;
}

bool
probe_start(struct deliver *d, struct error *err)
{
	int64_t now = desk_now(d->desk);

	for (int i = 0; i < d->slot_count && !d->health_known; i++) {
		if (!health_load(d, &d->slots[i], err)) {
			return false;
		}
	}
	d->health_known = true;
	for (int i = 0; i < d->slot_count; i++) {
		struct slot *slot = &d->slots[i];

		if (is_due(slot, now) && d->result_count < BATCH) {
			slot->probed = true;
			slot->under_way++;
			slot->channel->type->probe(slot->channel);
		}
	}
	return true;
}

/* Whatever it answers, somebody is there; that a message was taken is another thing. */
bool
probe_record(struct deliver *d, struct slot *slot, const struct send_result *result,
	struct error *err)
{
	slot->cleared = verdict_speaks(result->verdict);
	return slot->cleared || health_note(d, slot, result, err);
}

bool
probe_settle(struct deliver *d, struct slot *slot, struct error *err)
{
	const struct send_result there = { .verdict = SEND_TEMPORARY };

	if (!slot->cleared || slot->waiting + slot->under_way > 0) {
		return true;
	}
	slot->cleared = false;
	return health_note(d, slot, &there, err);
}
