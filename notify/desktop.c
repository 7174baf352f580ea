/* desktop.c owns the connection to the session's notification service and the
 * bubbles on the screen (Desktop Notifications 1.2). */
#include "notify/desktop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <libnotify/notify.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/watch.h"

#define SERVICE "org.freedesktop.Notifications"
#define BUBBLES_MAX 64
#define ASK_MS 3000
#define SAID_MS 8000
#define RETRY_MOST_S 15

struct desktop;

/* One bubble of ours.  While the service is away it has no notification and
 * waits to be shown again. */
struct shown {
	struct desktop *desktop;
	NotifyNotification *notification; /* or NULL */
	char id[UUID_SIZE];
	char *key, *summary, *body;
	enum bubble_urgency urgency;
	struct shown *next;
};

struct desktop {
	struct shower shower;
	GDBusConnection *bus; /* NULL while it is lost */
	gulong closed;
	guint name_watch;
	guint retry;          /* source of the next attempt, 0: none */
	unsigned attempts;
	bool ready, actions, markup;
	struct shown *first;  /* newest first */
	int count;
};

static void try_later(struct desktop *d);

/* What the service can; false where nobody answers soon.  By a call of our own:
 * libnotify would wait 25 s for one that hangs, and the lease would not. */
static bool
ask_service(struct desktop *d, char reply[SEND_REPLY_SIZE])
{
	GError *fault = NULL;
	GVariant *answer = d->bus == NULL ? NULL : g_dbus_connection_call_sync(d->bus,
		SERVICE, "/org/freedesktop/Notifications", SERVICE, "GetCapabilities", NULL,
		G_VARIANT_TYPE("(as)"), G_DBUS_CALL_FLAGS_NONE, ASK_MS, NULL, &fault);

	d->ready = answer != NULL;
	if (answer != NULL) {
		const char **caps = NULL;

		g_variant_get(answer, "(^a&s)", &caps);
		d->actions = g_strv_contains(caps, "actions");
		d->markup = g_strv_contains(caps, "body-markup");
		g_free(caps);
		g_variant_unref(answer);
	} else if (reply != NULL && fault != NULL) {
		(void)snprintf(reply, SEND_REPLY_SIZE, "%s", fault->message);
	}
	g_clear_error(&fault);
	return d->ready;
}

/* ---- bubbles ---- */

static void
forget_notification(struct shown *s)
{
	if (s->notification != NULL) {
		g_signal_handlers_disconnect_by_data(s->notification, s);
		g_object_unref(s->notification);
		s->notification = NULL;
	}
}

static void
shown_free(struct shown *s)
{
	forget_notification(s);
	free(s->key);
	free(s->summary);
	free(s->body);
	free(s);
}

static void
drop(struct desktop *d, struct shown *gone)
{
	for (struct shown **at = &d->first; *at != NULL; at = &(*at)->next) {
		if (*at == gone) {
			*at = gone->next;
			d->count--;
			shown_free(gone);
			return;
		}
	}
}

static void
take_away(struct desktop *d, struct shown *s)
{
	if (s->notification != NULL) {
		g_signal_handlers_disconnect_by_data(s->notification, s);
		(void)notify_notification_close(s->notification, NULL);
	}
	drop(d, s);
}

static struct shown *
of_key(struct desktop *d, const char *key)
{
	struct shown *s = d->first;

	while (s != NULL && strcmp(s->key, key) != 0) {
		s = s->next;
	}
	return s;
}

static void
oldest_away(struct desktop *d)
{
	struct shown *s = d->first;

	while (d->count >= BUBBLES_MAX && s != NULL) {
		if (s->next == NULL) {
			take_away(d, s);
			return;
		}
		s = s->next;
	}
}

/* ---- what the person does ---- */

struct deed {
	struct desktop *desktop;
	char id[UUID_SIZE];
	enum bubble_act act;
};

static gboolean
tell(gpointer data)
{
	struct deed *deed = data;
	struct shower *shower = &deed->desktop->shower;

	if (shower->acted != NULL) {
		shower->acted(shower->arg, deed->id, deed->act);
	}
	return G_SOURCE_REMOVE;
}

/* Told from the main loop: the bubble may be changed by what follows, and
 * libnotify is not yet done with it here. */
static void
on_action(NotifyNotification *notification __attribute__((unused)), char *action,
	gpointer data)
{
	const struct shown *s = data;
	struct deed *deed = xcalloc(1, sizeof *deed);

	deed->desktop = s->desktop;
	memcpy(deed->id, s->id, sizeof deed->id);
	deed->act = strcmp(action, "answer") == 0 ? BUBBLE_ANSWERED : BUBBLE_SEEN;
	(void)g_idle_add_full(G_PRIORITY_DEFAULT_IDLE, tell, deed, free);
}

static void
on_closed(NotifyNotification *notification __attribute__((unused)), gpointer data)
{
	struct shown *s = data;

	drop(s->desktop, s);
}

/* ---- showing ---- */

static char *
body_of(const struct desktop *d, const char *body)
{
	return d->markup ? g_markup_escape_text(body, -1) : g_strdup(body);
}

static void
dress(const struct desktop *d, NotifyNotification *n, enum bubble_urgency urgency)
{
	static const NotifyUrgency urgencies[] = {
		[BUBBLE_LOW] = NOTIFY_URGENCY_LOW,
		[BUBBLE_NORMAL] = NOTIFY_URGENCY_NORMAL,
		[BUBBLE_CRITICAL] = NOTIFY_URGENCY_CRITICAL,
	};

	notify_notification_set_urgency(n, urgencies[urgency]);
	notify_notification_set_timeout(n, urgency == BUBBLE_CRITICAL
		? NOTIFY_EXPIRES_NEVER : NOTIFY_EXPIRES_DEFAULT);
	/* A click beside the button says "seen": the button must outlive it. */
	notify_notification_set_hint(n, "resident", g_variant_new_boolean(d->actions));
}

static bool
put_up(struct desktop *d, struct shown *s, char reply[SEND_REPLY_SIZE])
{
	char *body = body_of(d, s->body);
	GError *fault = NULL;

	if (s->notification == NULL) {
		s->notification = notify_notification_new(s->summary, body, "dialog-warning");
		(void)g_signal_connect(s->notification, "closed", G_CALLBACK(on_closed), s);
	} else {
		(void)notify_notification_update(s->notification, s->summary, body,
			"dialog-warning");
	}
	g_free(body);
	dress(d, s->notification, s->urgency);
	notify_notification_clear_actions(s->notification);
	if (d->actions) {
		notify_notification_add_action(s->notification, "answer", _("Take it on"),
			on_action, s, NULL);
		notify_notification_add_action(s->notification, "default", _("Seen"),
			on_action, s, NULL);
	}
	if (notify_notification_show(s->notification, &fault)) {
		return true;
	}
	if (reply != NULL) {
		(void)snprintf(reply, SEND_REPLY_SIZE, "%s", fault->message);
	}
	g_error_free(fault);
	return false;
}

static void
copy_into(struct shown *s, const struct bubble *b)
{
	free(s->summary);
	free(s->body);
	(void)snprintf(s->id, sizeof s->id, "%s", b->id);
	s->summary = xstrdup(b->summary);
	s->body = xstrdup(b->body);
	s->urgency = b->urgency;
}

static struct shown *
shown_new(struct desktop *d, const struct bubble *b)
{
	struct shown *s = xcalloc(1, sizeof *s);

	oldest_away(d);
	s->desktop = d;
	s->key = xstrdup(b->key);
	s->next = d->first;
	d->first = s;
	d->count++;
	return s;
}

static bool
desktop_show(struct shower *shower, const struct bubble *b, char reply[SEND_REPLY_SIZE])
{
	struct desktop *d = (struct desktop *)shower;
	struct shown *s = of_key(d, b->key);

	if (s == NULL) {
		s = shown_new(d, b);
	}
	copy_into(s, b);
	if (ask_service(d, reply) && put_up(d, s, reply)) {
		return true;
	}
	/* Who holds the message will bring it again. */
	drop(d, s);
	d->ready = false;
	try_later(d);
	return false;
}

static void
desktop_say(struct shower *shower, const char *key, const char *summary,
	const char *body)
{
	struct desktop *d = (struct desktop *)shower;
	struct shown *s = of_key(d, key);
	NotifyNotification *n;
	char *text;

	if (s != NULL) {
		take_away(d, s);
	}
	if (!ask_service(d, NULL)) {
		try_later(d);
		return;
	}
	text = body_of(d, body);
	n = notify_notification_new(summary, text, "dialog-information");
	notify_notification_set_timeout(n, SAID_MS);
	(void)notify_notification_show(n, NULL);
	g_object_unref(n);
	g_free(text);
}

/* ---- the service and the bus ---- */


/* A service that was started again knows none of our bubbles. */
static void
show_again(struct desktop *d)
{
	for (struct shown *s = d->first; s != NULL && d->ready; s = s->next) {
		if (s->notification == NULL && !put_up(d, s, NULL)) {
			forget_notification(s);
			d->ready = false;
			try_later(d);
		}
	}
}

static void
begin(struct desktop *d)
{
	if (ask_service(d, NULL)) {
		d->attempts = 0;
		show_again(d);
	} else {
		try_later(d);
	}
}

static void
on_appeared(GDBusConnection *bus __attribute__((unused)),
	const char *name __attribute__((unused)), const char *owner __attribute__((unused)),
	gpointer data)
{
	struct desktop *d = data;

	if (!d->ready) {
		begin(d);
	}
}

static void
on_vanished(GDBusConnection *bus __attribute__((unused)),
	const char *name __attribute__((unused)), gpointer data)
{
	struct desktop *d = data;

	d->ready = false;
	for (struct shown *s = d->first; s != NULL; s = s->next) {
		forget_notification(s);
	}
}

static void
let_go(struct desktop *d)
{
	if (d->name_watch != 0) {
		g_bus_unwatch_name(d->name_watch);
		d->name_watch = 0;
	}
	on_vanished(NULL, NULL, d);
	if (notify_is_initted()) {
		notify_uninit();
	}
	if (d->bus != NULL) {
		g_signal_handler_disconnect(d->bus, d->closed);
		g_object_unref(d->bus);
		d->bus = NULL;
	}
}

static void
on_bus_closed(GDBusConnection *bus __attribute__((unused)),
	gboolean vanished __attribute__((unused)), GError *fault __attribute__((unused)),
	gpointer data)
{
	struct desktop *d = data;

	let_go(d);
	d->attempts = 0;
	try_later(d);
}

static bool
connect_bus(struct desktop *d, GError **fault)
{
	d->bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, fault);
	if (d->bus == NULL) {
		return false;
	}
	/* Else GLib ends the program when the session's bus goes. */
	g_dbus_connection_set_exit_on_close(d->bus, FALSE);
	d->closed = g_signal_connect(d->bus, "closed", G_CALLBACK(on_bus_closed), d);
	(void)notify_init("suco");
	begin(d);
	d->name_watch = g_bus_watch_name_on_connection(d->bus, SERVICE,
		G_BUS_NAME_WATCHER_FLAGS_NONE, on_appeared, on_vanished, d, NULL);
	return true;
}

static gboolean
on_retry(gpointer data)
{
	struct desktop *d = data;

	d->retry = 0;
	if (d->bus == NULL) {
		if (!connect_bus(d, NULL)) {
			try_later(d);
		}
	} else if (!d->ready) {
		begin(d);
	}
	return G_SOURCE_REMOVE;
}

/* 1, 2, 4, 8, 15 s. */
static void
try_later(struct desktop *d)
{
	unsigned seconds = d->attempts >= 4 ? RETRY_MOST_S : 1U << d->attempts;

	if (d->retry == 0) {
		d->retry = g_timeout_add_seconds(seconds, on_retry, d);
		d->attempts++;
	}
}

/* ---- open and close ---- */

static bool
desktop_ready(const struct shower *shower)
{
	return ((const struct desktop *)shower)->ready;
}

static void
desktop_close(struct shower *shower)
{
	struct desktop *d = (struct desktop *)shower;

	if (d == NULL) {
		return;
	}
	/* A button that nobody listens to would be a lie. */
	while (d->first != NULL) {
		take_away(d, d->first);
	}
	if (d->retry != 0) {
		(void)g_source_remove(d->retry);
	}
	let_go(d);
	free(d);
}

bool
desktop_bus(const struct shower *shower)
{
	return ((const struct desktop *)shower)->bus != NULL;
}

bool
desktop_open(struct shower **out, struct error *err)
{
	static const struct shower_type type = {
		.ready = desktop_ready, .show = desktop_show, .say = desktop_say,
		.close = desktop_close,
	};
	struct desktop *d;
	GError *fault = NULL;

	/* Never let GLib start a bus of its own: nobody would look at it. */
	if (!watch_session()) {
		return error_set(err, ERR_UNAVAILABLE,
			_("no desktop session here: there is no session bus to show messages on"));
	}
	d = xcalloc(1, sizeof *d);
	d->shower.type = &type;
	if (!connect_bus(d, &fault)) {
		(void)error_cause(err, ERR_UNAVAILABLE, fault->message,
			_("the desktop session's message bus does not answer"));
		g_error_free(fault);
		desktop_close(&d->shower);
		return false;
	}
	*out = &d->shower;
	return true;
}
