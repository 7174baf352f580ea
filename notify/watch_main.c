/* watch_main.c is suco-watch: it opens the desk as the login of this session,
 * and keeps the GLib loop that the notifications need. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib-unix.h>
#include <glib.h>

#include "core/config.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/login.h"
#include "core/mem.h"
#include "core/place.h"
#include "core/watch.h"
#include "notify/desktop.h"
#include "notify/watch.h"
#include "paths.h"

/* How long another's lease may go on before we believe that he works. */
#define OTHER_MS (WATCH_LEASE_MS + 5000)
#define PATIENCE_S 600 /* with a bus or a service that went, a desk that fails */
#define NEVER_S 60     /* with a service that was never there: an SSH login */
#define AFTER_FAULT_MS 5000

struct program {
	const char *desk_url, *lang; /* given */
	bool json, help, version;
	struct config *config;
	struct desk *desk;
	struct shower *shower;
	struct watch *watch;
	GMainLoop *loop;
	gint64 other_since;  /* monotonic microseconds; 0: we lead */
	gint64 fault_since, fault_next;
	char fault[480];     /* the last one told */
	gint64 away_since;   /* no service; 0: there is one */
	bool was_there;
	int status;
};

static void
complain_json(const struct error *err)
{
	struct json *o = json_object();
	struct json *inner = json_object();
	char *line;

	json_set_text(inner, "code", error_word(err->code));
	json_set_text(inner, "message", err->message);
	json_set_text(inner, "cause", err->cause[0] == '\0' ? NULL : err->cause);
	json_set(o, "error", inner);
	line = json_line(o);
	(void)fprintf(stderr, "%s\n", line);
	free(line);
	json_free(o);
}

static void
complain(const struct program *p, const struct error *err)
{
	if (p->json) {
		complain_json(err);
		return;
	}
	(void)fprintf(stderr, "suco-watch: %s\n", err->message);
	if (err->cause[0] != '\0') {
		(void)fprintf(stderr, "  %s\n", err->cause);
	}
}

static void
end(struct program *p, int status)
{
	p->status = status;
	g_main_loop_quit(p->loop);
}

static int64_t
ms_since(gint64 monotonic)
{
	return (g_get_monotonic_time() - monotonic) / 1000;
}

/* ---- the loop ---- */

/* A locked desk or a full disk passes; it is told once, and not for ever. */
static void
on_fault(struct program *p, const struct error *err)
{
	gint64 now = g_get_monotonic_time();

	if (strcmp(p->fault, err->message) != 0) {
		complain(p, err);
		(void)snprintf(p->fault, sizeof p->fault, "%s", err->message);
	}
	p->fault_next = now + AFTER_FAULT_MS * 1000;
	if (p->fault_since == 0) {
		p->fault_since = now;
	} else if (ms_since(p->fault_since) > PATIENCE_S * 1000) {
		end(p, error_exit_status(err->code));
	}
}

static void
mind_other(struct program *p, const struct deliver_report *report)
{
	if (report->leads) {
		p->other_since = 0;
	} else if (report->other[0] != '\0' && p->other_since == 0) {
		p->other_since = g_get_monotonic_time();
	}
	if (p->other_since != 0 && ms_since(p->other_since) > OTHER_MS) {
		(void)fprintf(stderr, _("suco-watch: your messages are shown already, by %s\n"),
			report->other[0] == '\0' ? "suco-watch" : report->other);
		end(p, 0);
	}
}

static void
mind_service(struct program *p)
{
	if (p->shower->type->ready(p->shower)) {
		p->away_since = 0;
		p->was_there = true;
	} else if (p->away_since == 0) {
		p->away_since = g_get_monotonic_time();
		(void)fprintf(stderr, "%s\n", _("suco-watch: this session has no notification"
			" service now; waiting for one"));
	} else if (ms_since(p->away_since) > (p->was_there ? PATIENCE_S : NEVER_S) * 1000) {
		(void)fprintf(stderr, "%s\n", desktop_bus(p->shower)
			? _("suco-watch: no notification service came to this session")
			: _("suco-watch: the session's message bus is gone"));
		end(p, error_exit_status(ERR_UNAVAILABLE));
	}
}

static gboolean
on_tick(gpointer data)
{
	struct program *p = data;
	struct deliver_report report = { .leads = p->other_since == 0 };
	struct error err = ERROR_INIT;

	mind_service(p);
	if (g_get_monotonic_time() < p->fault_next) {
		return G_SOURCE_CONTINUE;
	}
	if (!watch_round(p->watch, &report, &err)) {
		on_fault(p, &err);
		return G_SOURCE_CONTINUE;
	}
	p->fault_since = p->fault_next = 0;
	p->fault[0] = '\0';
	mind_other(p, &report);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_signal(gpointer data)
{
	end(data, 0);
	return G_SOURCE_CONTINUE;
}

static void
loop(struct program *p)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP };

	p->loop = g_main_loop_new(NULL, FALSE);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		(void)g_unix_signal_add(signals[i], on_signal, p);
	}
	(void)g_timeout_add(WATCH_POLL_MS, on_tick, p);
	g_main_loop_run(p->loop);
	g_main_loop_unref(p->loop);
}

/* ---- begin and end ---- */

static bool
take_words(struct program *p, int argc, char **argv, struct error *err)
{
	static const struct option words[] = {
		{ "desk", required_argument, NULL, 'd' },
		{ "lang", required_argument, NULL, 'l' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	int word;

	while ((word = getopt_long(argc, argv, "hV", words, NULL)) != -1) {
		switch (word) {
		case 'd':
			p->desk_url = optarg;
			break;
		case 'l':
			p->lang = optarg;
			break;
		case 'j':
			p->json = true;
			break;
		case 'h':
			p->help = true;
			break;
		case 'V':
			p->version = true;
			break;
		default:
			return error_set(err, ERR_USAGE, _("see suco-watch --help"));
		}
	}
	return optind == argc || error_set(err, ERR_USAGE, _("see suco-watch --help"));
}

static void
say_help(void)
{
	(void)fputs(_(
		"usage: suco-watch [--desk URL] [--lang vi|en] [--json]\n"
		"\n"
		"Shows your messages as notifications of this desktop session, with a button\n"
		"that answers; people start it as `suco watch`, and the screens of suco do\n"
		"where `suco member set LOGIN desktop=yes` asks for it.\n"), stdout);
}

/* --desk, $SUCO_DESK, suco.conf, the member's own, in turn (CLI.md). */
static char *
desk_url_of(const struct program *p)
{
	const char *given = p->desk_url != NULL ? p->desk_url : getenv("SUCO_DESK");

	if (given == NULL || given[0] == '\0') {
		given = config_get(p->config, CONFIG_DESK_URL);
	}
	return given[0] != '\0' ? xstrdup(given) : place_desk();
}

static bool
open_desk(struct program *p, struct error *err)
{
	struct desk_options options = { 0 };
	char *login = NULL;
	char *url;
	bool ok = login_name(&login, err);

	url = ok ? desk_url_of(p) : NULL;
	if (ok && url == NULL) {
		ok = error_set(err, ERR_NOT_FOUND, _("there is no desk: name one with --desk"));
	}
	options.url = url;
	options.login = login;
	ok = ok && desk_open(&p->desk, &options, err);
	free(login);
	free(url);
	return ok;
}

static bool
begin(struct program *p, struct error *err)
{
	const char *language;

	if (!config_load(&p->config, err)) {
		return false;
	}
	language = p->lang != NULL ? p->lang : config_get(p->config, CONFIG_DESK_LANGUAGE);
	if (language[0] != '\0') {
		(void)i18n_start(language, NULL);
	}
	if (!open_desk(p, err)) {
		return false;
	}
	/* The button speaks as the messages do: the member's language. */
	(void)i18n_start(desk_me(p->desk)->language, NULL);
	if (desk_is_demo(p->desk)) {
		return error_set(err, ERR_REFUSED,
			_("this desk is a demo: it delivers to a local folder only"));
	}
	if (!desktop_open(&p->shower, err)) {
		return false;
	}
	if (!watch_wanted(p->desk)) {
		(void)fprintf(stderr, _("suco-watch: nothing comes to your desktop yet;"
			" `suco member set %s desktop=yes` asks for it\n"),
			desk_me(p->desk)->login);
	}
	p->watch = watch_new(p->desk, p->shower);
	return true;
}

static void
finish(struct program *p)
{
	struct error err = ERROR_INIT;

	if (p->watch != NULL && !watch_stop(p->watch, &err)) {
		complain(p, &err);
	}
	watch_free(p->watch);
	if (p->shower != NULL) {
		p->shower->type->close(p->shower);
	}
	desk_close(p->desk);
	config_free(p->config);
}

int
main(int argc, char **argv)
{
	struct program p = { 0 };
	struct error err = ERROR_INIT;
	bool ok;

	(void)i18n_start(NULL, NULL);
	ok = take_words(&p, argc, argv, &err);
	if (ok && p.help) {
		say_help();
	} else if (ok && p.version) {
		printf("suco-watch %s\n", SUCO_VERSION);
	} else if (ok && (ok = begin(&p, &err))) {
		loop(&p);
	}
	if (!ok) {
		complain(&p, &err);
		p.status = error_exit_status(err.code);
	}
	finish(&p);
	return p.status;
}
