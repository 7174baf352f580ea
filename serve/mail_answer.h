/* mail_answer.h - what a mail that came means for the desk. */
#ifndef SERVE_MAIL_ANSWER_H
#define SERVE_MAIL_ANSWER_H

#include <stdbool.h>

#include "core/error.h"
#include "serve/mailbox.h"
#include "serve/serve.h"

/* Answers, notes, or is none of ours; twice the same mail is once.  False only
 * where the desk itself fails: the mail is to be read again. */
bool mail_answer(struct serve *serve, const struct mail *mail, struct error *err);

#endif
