/* document.h - papers that acts rest on: their dates as members type them. */
#ifndef CORE_DOCUMENT_H
#define CORE_DOCUMENT_H

#include "core/desk.h"

#define DAY_SIZE 16
/* 21/11, 21/11/2026, 2026-11-21, "today", "hom qua": a day that is not ahead, as
 * 2026-11-21; "" for "" and NULL. */
bool document_day(char out[DAY_SIZE], const char *typed, struct desk *desk,
	struct error *err);
/* 2026-11-21 as people write it: 21/11/2026; what is no such day as it is. */
void document_day_shown(char out[DAY_SIZE], const char *day);

/* A text that must be there, cleaned; the caller frees. */
bool document_text(char **out, const char *text, bool required, const char *what,
	struct error *err);

#endif
