/* module_escalate.c: people are called until one answers (core/escalate.h). */
#include "core/escalate.h"
#include "core/i18n.h"
#include "serve/module.h"
#include "serve/serve.h"

/* What cannot be worked on keeps no other waiting: it is said, and the audit
 * knows of it. */
static bool
run(struct serve *serve, int64_t *next_at, struct error *err)
{
	struct escalate_report report = { 0 };

	if (!escalate_round(serve->desk, &report, next_at, err)) {
		return false;
	}
	if (report.failed > 0 && serve->calls_failed == 0) {
		serve_log(_("%d calls for help cannot be worked on: %s %s"), report.failed,
			report.fault.message, report.fault.cause);
	}
	serve->calls_failed = report.failed;
	serve->called += report.called;
	return true;
}

const struct serve_module module_escalate = {
	.name = "escalate", .run = run, .patience_ms = 15000,
	.on_change = true, .once = true,
};
