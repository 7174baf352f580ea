/* now_engine.h - NOW's kinds of the engine: it does not run, it says that it fails,
 * or no rule tells it whom to call. */
#ifndef CORE_NOW_ENGINE_H
#define CORE_NOW_ENGINE_H

#include "core/now.h"

/* Nothing for any other kind. */
bool now_engine_find(struct now *out, struct desk *desk, enum now_kind kind,
	struct error *err);
/* The caller frees; that nothing waits, for any other kind. */
char *now_engine_text(const struct now *now, int64_t now_ms);
/* NULL for any other kind. */
const char *now_engine_why(enum now_kind kind);

#endif
