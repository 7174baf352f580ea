/* session.h - a private desktop session: message bus, Xvfb, dunst, and a person
 * who chooses from dunst's menu. */
#ifndef TESTS_SERVERS_SESSION_H
#define TESTS_SERVERS_SESSION_H

#include <stdbool.h>
#include <sys/types.h>

#define SESSION_PATIENCE_MS 20000

enum session_child {
	SESSION_BUS, SESSION_SCREEN, SESSION_SERVICE, SESSION_PROGRAM, SESSION_CHILDREN,
};

struct session {
	char folder[200]; /* HOME; "shown": what dunst showed; "menu": what it offered */
	pid_t pids[SESSION_CHILDREN];
};

/* Sets the environment too.  Ends the whole test program with 77 (skipped) and a
 * reason where a program is missing.  Children end with us. */
void session_begin(struct session *session);
void session_end(struct session *session);

void session_start_bus(struct session *session);
/* Until it answers. */
void session_start_service(struct session *session);
void session_stop(struct session *session, enum session_child child, int sig);

/* out: where standard output and error go, -1 for nowhere. */
pid_t session_spawn(const char *const *words, int out);
void session_rest(void);

/* The person opens the menu of what can be done and takes the line that holds
 * this word. */
void session_choose(const struct session *session, const char *word);

/* A file of the folder: its path (the caller frees); does it hold the text within
 * our patience; away with it. */
char *session_path(const struct session *session, const char *name);
bool session_comes(const struct session *session, const char *name, const char *text);
void session_forget(const struct session *session, const char *name);

#endif
