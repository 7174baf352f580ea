/* duty_past.h - who was on call, written down when it begins and when it ends. */
#ifndef CORE_DUTY_PAST_H
#define CORE_DUTY_PAST_H

#include "core/duty.h"

/* Brings the history up to now by the rules as they stand: called by the engine at
 * each wake, and by every act that changes the roster, before and after it.  Nothing
 * is appended where nothing changed.  A clock that was put back writes nothing
 * twice. */
bool duty_note_past(struct desk *desk, int64_t now, struct error *err);
/* When somebody must be noted next; INT64_MAX: by no rule.  For the engine. */
bool duty_next_change(struct desk *desk, int64_t now, int64_t *next, struct error *err);
/* Until when the history is known; 0: there is none. */
bool duty_noted(struct desk *desk, int64_t *until, struct error *err);
/* Those who were on call then, from the history alone. */
bool duty_past_at(struct desk *desk, const char *layer, int64_t at, struct duty_list *out,
	struct error *err);
/* The next beginning or end that is written down after `at`; INT64_MAX. */
bool duty_past_next(struct desk *desk, const char *layer, int64_t at, int64_t *next,
	struct error *err);

#endif
