/* module_duty.c writes down who was on call, when it begins and when it ends. */
#include "core/duty_past.h"
#include "serve/module.h"
#include "serve/serve.h"

#define PATIENCE_MS 600000

/* Nothing is written while nothing has changed. */
static bool
run(struct serve *serve, int64_t *next_at, struct error *err)
{
	int64_t now = desk_now(serve->desk);
	int64_t noted = 0, next = 0;

	if (!duty_noted(serve->desk, &noted, err) ||
	    !duty_next_change(serve->desk, noted, &next, err)) {
		return false;
	}
	/* Also where the clock was put back behind what is known. */
	if ((next <= now || noted > now) && !duty_note_past(serve->desk, now, err)) {
		return false;
	}
	return duty_next_change(serve->desk, now, next_at, err);
}

const struct serve_module module_duty = {
	.name = "duty", .run = run, .patience_ms = PATIENCE_MS, .on_change = true,
};
