/* why.h - who will be called for a case, when, by what, and why not the others;
 * what happened so far, and what would stop it (CLI.md: why CASE). */
#ifndef CORE_WHY_H
#define CORE_WHY_H

#include <stdbool.h>

#include "core/buf.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"

/* *out is the caller's; times are ms, absent is null:
 *	case, title, engine {leads, holder}, nobody: why nobody is called, or null
 *	calls [{id, n, subject, title, policy, state, severity, step, steps, round,
 *		rounds, begins: not begun yet, next_at, due_at, ack_by, ack_at, ack_until,
 *		asked, reason,
 *		past [{at, step, round, name, login, who, answer, answered_at, via,
 *			skipped, called_for {because, by, reason} (why_because.h) or null,
 *			messages [{channel, state, reason}]}],
 *		future [{at, step, round, people [{name, login, who, channels, skipped, knows,
 *			on_site_at, far: why not on site earlier}], empty [words]}]}]
 * state is running, answered, ended, or waiting where it begins later. */
bool why_read(struct desk *desk, const char *case_id, struct json **out,
	struct error *err);

/* The same as lines for people, in the language in force. */
void why_print(struct buf *out, const struct json *why, struct desk *desk);

/* "; called without waiting, by Minh: no time" of a row of the past; else nothing. */
void why_hurried(struct buf *out, const struct json *past);

/* A "who" of these rows ("duty:first") for people, in the language in force. */
const char *why_who(const char *word);

/* "on site at 02:50" of somebody in `people`; NULL: nobody knows.  The caller's. */
char *why_on_site(const struct json *person, struct desk *desk);

#endif
