/* module_deliver.c: the delivery as a module.  It keeps the lease for all. */
#include <poll.h>

#include "core/i18n.h"
#include "serve/module.h"
#include "serve/serve.h"

#define BUSY_MS 50      /* how often to look while something is under way */
#define STANDBY_MS 2000 /* how often a second engine asks whether it may lead */
#define PATIENCE_MS 5000

static bool
run(struct serve *serve, int64_t *next_at, struct error *err)
{
	if (!deliver_round(serve->deliver, &serve->report, err)) {
		return false;
	}
	*next_at = serve->report.leads ? serve->report.next_at
		: desk_now(serve->desk) + STANDBY_MS;
	return true;
}

static int
wait(struct serve *serve, struct pollfd *fds, int most, int64_t *ms)
{
	if (serve->report.under_way > 0) {
		*ms = BUSY_MS;
	}
	return deliver_fds(serve->deliver, fds, most, ms);
}

const struct serve_module module_deliver = {
	.name = "deliver", .run = run, .wait = wait, .patience_ms = PATIENCE_MS,
	.on_change = true, .once = true,
};
