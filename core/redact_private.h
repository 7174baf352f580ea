/* redact_private.h - what the redactions of a case, of the desk and of the register
 * share. */
#ifndef CORE_REDACT_PRIVATE_H
#define CORE_REDACT_PRIVATE_H

#include "core/redact.h"
#include "core/redact_mask.h"

struct redact_thing;

/* What every redaction of one act says alike. */
struct redacting {
	struct desk *desk;
	const char *case_id; /* "": of the desk */
	int64_t seq;         /* the event; 0: none, a thing of the register */
	const struct redact_thing *thing;
	const struct redaction *what;
	struct masking m;
	struct json *terms;  /* law, reason, fields; copied into each event */
	int events;
	/* Inside the change: which events lose text. */
	bool (*decide)(struct redacting *r, struct error *err);
};

/* The event loses text: replacement is the new body's. */
void redact_add(struct redacting *r, const struct event *event, struct json *replacement);
/* The other events of the case, or of the desk, that say one of the values. */
bool redact_others(struct redacting *r, struct error *err);
/* All of it: role, terms, the change, the files.  r->m is the caller's. */
bool redact_run(struct redacting *r, struct redact_result *out, struct error *err);

#endif
