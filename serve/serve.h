/* serve.h - the engine's program, suco-serve: what its files share. */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include "core/config.h"
#include "core/desk.h"
#include "notify/deliver.h"
#include "serve/module.h"

struct serve {
	/* Options; borrowed from the command line. */
	const char *desk_url;
	const char *language;
	const char *config_file;
	const char *test_channel, *test_to; /* notify-test */
	int64_t lease_ms;
	const char *backup_to;   /* a folder: make one backup there and end */
	bool once, json, help, version;
	bool list, list_probes; /* notify-list, notify-probe */

	struct config *config; /* ours */
	struct desk *desk;     /* ours */
	char *url;             /* ours */
	char *maildir;         /* ours; of a demo without one */

	struct deliver *deliver; /* ours */
	struct deliver_report report; /* as of the last round */
	const struct serve_module *const *table; /* serve_modules; tests: their own */
	struct module_state modules[MODULES_MOST];
	bool asks;               /* of the module whose turn it is, see module.h */
	int64_t seen_now;        /* the desk's clock at the last turn */
	struct links *links;     /* ours; NULL: nobody answers by link or button */
	int calls_failed;        /* escalations that could not be worked on */
	int64_t called;          /* people, since the start */
	int64_t audited_at;      /* 0: not yet */
	bool audit_failed;       /* the last audit found something */
	struct heartbeat *heartbeat; /* ours; NULL: not begun */
	int64_t backup_pid;      /* of the child that makes it; 0: none */
	int backup_fd;           /* readable when it ends; ours with the pid */
	struct httpd *httpd;     /* ours; NULL: no doors now */
	int64_t doors_at;        /* steady: when to try again to open them */
	bool doors_said;         /* why they are shut was said */
};

/* ERR_USAGE.  Nothing is opened. */
bool options_read(struct serve *serve, int argc, char **argv, struct error *err);
void options_help(void);

/* A channel by its name, from the configuration. */
bool channel_open(struct channel **out, struct serve *serve, const char *name,
	struct error *err);
/* Every channel there is, in the order in which they are shown; NULL at the end. */
#define CHANNEL_TYPES_MOST 12
const struct channel_type *channel_type_at(int i);
/* The engine's delivery with all its channels; the caller frees it. */
struct deliver *channels_deliver(struct serve *serve);

/* doors.c: the HTTP server with the table of doors.  False only where the
 * configuration is no use; an address that is taken is tried again. */
bool doors_open(struct serve *serve, struct error *err);
/* Tries again where it is time; moves requests on. */
void doors_work(struct serve *serve);
void doors_close(struct serve *serve);

/* suco serve. */
bool loop_run(struct serve *serve, struct error *err);
/* suco deliver --once. */
bool once_run(struct serve *serve, struct error *err);
/* The engine's child: one verified backup into the folder, old ones go. */
bool backup_now(struct serve *serve, struct error *err);
/* Where they go: the setting, else beside the desk; the caller's. */
bool backup_folder(struct serve *serve, char **out, struct error *err);
/* suco notify test CHANNEL TO: one message, no trace in the desk. */
bool try_channel(struct serve *serve, struct error *err);

/* suco notify list and suco notify probe. */
bool list_channels(struct serve *serve, struct error *err);
/* Says in the log who is reached by Zalo alone. */
void list_warn(struct serve *serve);

/* A signalfd of SIGTERM, SIGINT and SIGHUP; -1 with *err. */
int loop_signals(struct error *err);
/* Time that never jumps, in ms: for waiting only. */
int64_t loop_steady(void);
/* What is under way may end; nothing begins; the lease goes back. */
bool loop_stop(struct deliver *deliver, struct deliver_report *report,
	struct error *err);

/* Tells the service manager, where there is one: "READY=1". */
void manager_say(const char *what);
/* How often it wants to hear from us, in ms; 0: never. */
int64_t manager_watchdog_ms(void);
/* One line to standard error, where the journal reads. */
void serve_log(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
