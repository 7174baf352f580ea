/* outbox_bundle.h - many messages to one person that went as one: what became of
 * the one that carries them became of each. */
#ifndef CORE_OUTBOX_BUNDLE_H
#define CORE_OUTBOX_BUNDLE_H

#include "core/outbox.h"

#define BUNDLE_TEMPLATE "gop"
#define DIGEST_TEMPLATE "tom_tat"

/* Does it carry others? */
bool message_carries(const struct message *m);
/* Inside a change: m goes with the message carrier, which is there already. */
void outbox_bundle(struct desk *desk, const struct message *m, const char *carrier);
/* Inside a change: the state that the carrier gets is what became of the others; body
 * is that of its own event. */
bool outbox_follow(struct desk *desk, const struct message *carrier, const char *kind,
	const struct json *body, struct error *err);

#endif
