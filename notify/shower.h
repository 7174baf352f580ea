/* shower.h - what puts a message on a person's screen, and hears what he does
 * with it.  The real one is desktop.c; tests have their own. */
#ifndef NOTIFY_SHOWER_H
#define NOTIFY_SHOWER_H

#include <stdbool.h>

#include "notify/channel.h"

enum bubble_urgency { BUBBLE_LOW, BUBBLE_NORMAL, BUBBLE_CRITICAL };

struct bubble {
	const char *id;      /* UUID of the message it shows */
	const char *key;     /* takes the place of the bubble of the same key */
	const char *summary; /* plain text, both */
	const char *body;
	enum bubble_urgency urgency; /* critical stays until somebody acts */
};

enum bubble_act { BUBBLE_SEEN, BUBBLE_ANSWERED };

struct shower;

struct shower_type {
	/* Is there somebody to show it now? */
	bool (*ready)(const struct shower *shower);
	/* Shows it with its answer button.  False: not now; reply says why. */
	bool (*show)(struct shower *shower, const struct bubble *bubble,
		char reply[SEND_REPLY_SIZE]);
	/* Ends the bubble of the key; says this instead, for some seconds. */
	void (*say)(struct shower *shower, const char *key, const char *summary,
		const char *body);
	/* Takes every bubble away.  NULL is allowed. */
	void (*close)(struct shower *shower);
};

/* Each begins its private struct with this. */
struct shower {
	const struct shower_type *type;
	/* What the person did, never from inside show() or say(); set by who uses
	 * the shower. */
	void (*acted)(void *arg, const char *id, enum bubble_act act);
	void *arg;
};

#endif
