/* channel.h - a way to reach people: what every channel can do.
 *
 * A channel is told to send one message and says later what became of it: at
 * most `room` messages are under way, each started message gives exactly one
 * result.  Nothing here blocks but for the time that opening a file takes.
 * Channels know nothing of the database, cases or retries. */
#ifndef NOTIFY_CHANNEL_H
#define NOTIFY_CHANNEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/config.h"
#include "core/error.h"
#include "core/ids.h"

/* One message, ready to go.  Borrowed, valid until channel->start returns. */
struct outgoing {
	const char *id;          /* UUID of the message in the outbox */
	const char *message_id;  /* "<msg-UUID@domain>", the same at every attempt */
	const char *thread_root; /* "<case-UUID@domain>" or NULL: no thread */
	const char *case_number; /* "2026-0042" or NULL */
	const char *to_name;     /* may be "" */
	const char *to_address;
	const char *subject;
	const char *text;
	int64_t date;            /* ms UTC: when it was first rendered */
	int utc_offset;          /* seconds east, for the Date header */
	bool urgent;
	int severity;            /* decided or suggested; 0: none */
	const char *acts;        /* "ack decline pass": what may be answered; NULL */
	const char *answer_tag;  /* stands in a button, at most 60 bytes; NULL: no buttons */
	const char *answer_link; /* the page on which it is answered; NULL */
	const char *answers;     /* of the cases that it carries: "2026-0042 TAG\n..."; "" */
	const char *language;    /* "vi", "en"; NULL: the engine's */
	const char *reply_to, *reply_mark; /* of reply_way.h: address, reference; NULL */
};

enum send_verdict {
	SEND_HANDED_OVER,   /* accepted by the next hop: not yet delivered */
	SEND_UNKNOWN,       /* all was said, no answer came: may have arrived */
	SEND_TEMPORARY,     /* not this message now; try again */
	SEND_PERMANENT,     /* never this message */
	SEND_UNREACHABLE,   /* the channel did not answer; no message would pass */
	SEND_CHANNEL_FAULT, /* the channel's configuration: a person must mend it */
	SEND_ANSWERED,      /* later, for one handed over: the person answered */
};

#define SEND_REPLY_SIZE 400
#define SEND_PROVIDER_SIZE 96

struct send_result {
	char id[UUID_SIZE];
	enum send_verdict verdict;
	int code;                    /* the server's own number, 0: none */
	char reply[SEND_REPLY_SIZE]; /* its own words, one clean line */
	char provider[SEND_PROVIDER_SIZE]; /* the message's id over there, or "" */
	int64_t retry_after_ms;      /* the other side asks not to come sooner; 0 */
	bool alone;                  /* tells of this message, nothing of the channel */
};

/* Values of suco.conf that channels need; borrowed, outlive the channel.  Those
 * of mail and file stand here, all others are looked up in config. */
struct channel_config {
	const struct config *config;
	const char *url;           /* smtp://host:587, smtps://host */
	const char *from;          /* address of the sender */
	const char *from_name;     /* the desk's name; or NULL */
	const char *user;          /* NULL or "": no AUTH */
	const char *password_file;
	const char *ca_file;       /* NULL or "": the system's */
	bool plain;                /* the word that allows no TLS */
	const char *maildir;
	int connect_ms;            /* 0: 15 s, up to the end of the greeting */
	int transfer_ms;           /* 0: 30 s for one message */
	int connections;           /* 0: 8 */
};

struct channel;

struct channel_type {
	const char *name; /* "mail", "desktop", "file" */
	/* False: the configuration is no use (what and where). */
	bool (*open)(struct channel **out, const struct channel_config *config,
		struct error *err);
	/* Ends what is under way without a result.  NULL is allowed. */
	void (*close)(struct channel *channel);
	/* How many more messages may be started now. */
	int (*room)(const struct channel *channel);
	/* Takes one message; its result comes from `result`. */
	void (*start)(struct channel *channel, const struct outgoing *message);
	/* To wait for: a descriptor that becomes readable, -1 for none; and the
	 * milliseconds after which `work` is due at the latest, -1 for none. */
	int (*fd)(const struct channel *channel);
	int (*timeout)(const struct channel *channel);
	/* Moves everything on as far as it goes without waiting. */
	void (*work)(struct channel *channel);
	/* Takes the next result; false when there is none yet. */
	bool (*result)(struct channel *channel, struct send_result *out);
	/* Asks whether the other side is there, without a message: its result
	 * has the id "".  NULL: only a message can tell. */
	void (*probe)(struct channel *channel);
};

/* Each begins its private struct with this. */
struct channel {
	const struct channel_type *type;
};

extern const struct channel_type smtp_channel;
extern const struct channel_type maildir_channel;
/* `desktop` is the screen of one member: watch.h. */

/* The word for scripts: "handed_over", "unknown", ... */
const char *send_verdict_word(enum send_verdict verdict);

/* Waits until the channel has something to do, or ms. */
void channel_wait(const struct channel *channel, int ms);

#endif
