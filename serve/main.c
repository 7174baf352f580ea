/* main.c is suco-serve, the engine's program: it finds the desk, reads the
 * configuration and is the only place that prints errors. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/place.h"
#include "paths.h"
#include "playbooks/player_answers.h"
#include "serve/links.h"
#include "serve/serve.h"

static void
print_error(const struct serve *serve, const struct error *err)
{
	struct json *o;
	struct json *inner;
	char *line;

	if (!serve->json) {
		serve_log("%s%s%s", err->message, err->cause[0] == '\0' ? "" : "\n  ",
			err->cause);
		return;
	}
	o = json_object();
	inner = json_object();
	json_set_text(inner, "code", error_word(err->code));
	json_set_text(inner, "message", err->message);
	json_set_text(inner, "cause", err->cause[0] == '\0' ? NULL : err->cause);
	json_set(o, "error", inner);
	line = json_line(o);
	(void)fprintf(stderr, "%s\n", line);
	free(line);
	json_free(o);
}

static bool
read_config(struct serve *serve, struct error *err)
{
	const char *file = serve->config_file;

	return (file == NULL ? config_load(&serve->config, err)
		: config_load_files(&serve->config, &file, 1, err)) &&
		config_strict(serve->config, err);
}

static bool
find_desk(struct serve *serve, struct error *err)
{
	const char *given = serve->desk_url != NULL ? serve->desk_url : getenv("SUCO_DESK");

	if (given == NULL || given[0] == '\0') {
		given = config_get(serve->config, CONFIG_DESK_URL);
	}
	serve->url = given[0] != '\0' ? xstrdup(given) : place_desk();
	return serve->url != NULL ||
		error_set(err, ERR_NOT_FOUND, _("no desk is named: --desk URL"));
}

static bool
run(struct serve *serve, struct error *err)
{
	if (!read_config(serve, err)) {
		err->code = ERR_UNAVAILABLE; /* 5: neither the desk nor the caller is at fault */
		return false;
	}
	if (!find_desk(serve, err) || !desk_open(&serve->desk,
		    &(struct desk_options){ .url = serve->url }, err)) {
		return false;
	}
	if (serve->test_channel != NULL) {
		return try_channel(serve, err);
	}
	if (serve->backup_to != NULL) {
		return backup_now(serve, err);
	}
	if (serve->list) {
		return list_channels(serve, err);
	}
	if (!serve->once) {
		list_warn(serve);
	}
	links_open(serve);
	return serve->once ? once_run(serve, err) : loop_run(serve, err);
}

int
main(int argc, char **argv)
{
	struct serve serve = { 0 };
	struct error err = ERROR_INIT;
	bool ok;

	i18n_start(NULL, NULL);
	player_answers();
	ok = options_read(&serve, argc, argv, &err);
	if (ok && serve.language != NULL) {
		i18n_start(serve.language, NULL);
	}
	if (ok && serve.help) {
		options_help();
	} else if (ok && serve.version) {
		printf("suco-serve %s\n", SUCO_VERSION);
	} else if (ok) {
		ok = run(&serve, &err);
	}
	if (!ok) {
		print_error(&serve, &err);
	}
	links_close(&serve);
	desk_close(serve.desk);
	config_free(serve.config);
	free(serve.url);
	free(serve.maildir);
	if (fflush(stdout) != 0 && ok) {
		return error_exit_status(ERR_IO);
	}
	return ok ? 0 : error_exit_status(err.code);
}
