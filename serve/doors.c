/* doors.c is the table of what the engine's HTTP server answers: a door is one
 * file and a row here. */
#include <string.h>

#include "core/i18n.h"
#include "serve/door.h"
#include "serve/serve.h"

#define AGAIN_MS 30000 /* another engine of this host may have the address */

static const struct http_door *const doors[] = {
	&door_answer,
	&door_health,
	&door_metrics,
	NULL,
};

bool
doors_open(struct serve *serve, struct error *err)
{
	const char *listen = config_get(serve->config, CONFIG_SERVE_LISTEN);
	struct error why = ERROR_INIT;

	serve->doors_at = INT64_MAX;
	if (strcmp(listen, "none") == 0 || httpd_open(&serve->httpd,
		    &(struct httpd_options){ .listen = listen, .doors = doors, .serve = serve,
			.everywhere = config_yes(serve->config, CONFIG_SERVE_PUBLIC) }, &why)) {
		serve->doors_said = false;
		return true;
	}
	if (why.code == ERR_BAD_INPUT) {
		*err = why;
		err->code = ERR_UNAVAILABLE;
		return false;
	}
	/* A door that does not open must not keep the pager from paging. */
	if (!serve->doors_said) {
		serve->doors_said = true;
		serve_log("%s %s", why.message, why.cause);
	}
	if (why.code == ERR_IO) {
		serve->doors_at = loop_steady() + AGAIN_MS;
	}
	return true;
}

void
doors_work(struct serve *serve)
{
	struct error ignored = ERROR_INIT;

	if (serve->httpd != NULL) {
		httpd_work(serve->httpd);
	} else if (loop_steady() >= serve->doors_at) {
		(void)doors_open(serve, &ignored);
	}
}

void
doors_close(struct serve *serve)
{
	httpd_close(serve->httpd);
	serve->httpd = NULL;
	serve->doors_at = INT64_MAX;
}
