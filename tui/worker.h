/* worker.h - the thread that owns the desk handle (DATA 10).
 *
 * The terminal's thread posts requests and takes answers; a key is echoed and a
 * draft kept whatever the desk does.  Requests are worked in the order posted.
 * Without a thread (tests) a posted request is worked at once. */
#ifndef TUI_WORKER_H
#define TUI_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/desk.h"
#include "core/error.h"

struct app;
struct worker;

/* Embedded first in a struct of its own; made by the view, freed by the app. */
struct request {
	/* On the desk's thread; false has set *err. */
	bool (*run)(struct request *request, struct desk *desk, struct error *err);
	/* On the terminal's thread; ok and err say how it went.  Not called when
	 * the view that asked is gone, unless always is set. */
	void (*done)(struct request *request, struct app *app);
	void (*free)(struct request *request);
	uint64_t view_id;  /* who asked; 0: the app */
	bool always;
	bool opens;        /* its answer comes to stand on top: until then keys wait */
	bool changes;      /* it writes: what is shown is read again afterwards */
	unsigned replaces; /* a waiting request of the same view and number that has
	                    * not begun is dropped; 0: none */
	bool ok;
	struct error err;
	struct request *next;
};

/* Takes the desk over: closed by the worker. */
struct worker *worker_start(struct desk *desk, bool threaded, struct error *err);
/* Takes request. */
void worker_post(struct worker *worker, struct request *request);
/* An answered request, the caller's, or NULL. */
struct request *worker_answer(struct worker *worker);
/* Readable when there is an answer or somebody else changed the desk. */
int worker_fd(const struct worker *worker);
/* Somebody else committed since the last call. */
bool worker_desk_changed(struct worker *worker);
bool worker_busy(const struct worker *worker);
/* Lets the running request end, but waits at most ms for it.  False: it still
 * runs; the process should end without touching the desk. */
bool worker_stop(struct worker *worker, int ms);

#endif
