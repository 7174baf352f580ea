/* module_duty.c writes down who was on call, when it begins and when it ends, and once
 * a day tells the coordinators what is wrong with the roster of the days to come. */
#include "core/duty_coverage.h"
#include "core/duty_past.h"
#include "serve/module.h"
#include "serve/serve.h"

#define PATIENCE_MS 600000

/* Nothing is written while nothing has changed. */
static bool
run(struct serve *serve, int64_t *next_at, struct error *err)
{
	int64_t now = desk_now(serve->desk);
	int64_t noted = 0, next = 0, report_at = MODULE_NEVER;

	if (!duty_noted(serve->desk, &noted, err) ||
	    !duty_next_change(serve->desk, noted, &next, err)) {
		return false;
	}
	/* Also where the clock was put back behind what is known. */
	if ((next <= now || noted > now) && !duty_note_past(serve->desk, now, err)) {
		return false;
	}
	if (!duty_coverage_round(serve->desk, &report_at, err) ||
	    !duty_next_change(serve->desk, now, next_at, err)) {
		return false;
	}
	*next_at = report_at < *next_at ? report_at : *next_at;
	return true;
}

const struct serve_module module_duty = {
	.name = "duty", .run = run, .patience_ms = PATIENCE_MS, .on_change = true,
};
