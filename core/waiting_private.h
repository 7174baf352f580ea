/* waiting_private.h - what waiting_new.c and waiting_act.c share. */
#ifndef CORE_WAITING_PRIVATE_H
#define CORE_WAITING_PRIVATE_H

#include "core/waiting.h"

/* One line of people's words, "" where none was given; the caller's. */
bool waiting_line(char **out, const char *text, const char *what, struct error *err);
/* The given spans, else the setting's; *out is the caller's. */
bool waiting_raising(char **out, struct raising *raising, struct desk *desk,
	const char *given, struct error *err);
bool waiting_promise(int64_t *promised, int64_t *said, struct desk *desk,
	const char *typed, const char *said_typed, struct error *err);

#endif
