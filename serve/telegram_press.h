/* telegram_press.h - a button of ours that was pressed in Telegram. */
#ifndef SERVE_TELEGRAM_PRESS_H
#define SERVE_TELEGRAM_PRESS_H

#include <stdbool.h>

#include "core/json.h"
#include "serve/serve.h"

/* Asks Telegram to do something; takes body. */
typedef void telegram_call(const char *method, struct json *body);

/* An update with a callback_query; others are passed over.  False where the desk
 * cannot take it now: the same update is to come again. */
bool telegram_press(struct serve *serve, const struct json *update, telegram_call *call,
	struct error *err);

#endif
