/* address.h - where members and contacts are reached: rows of their kinds. */
#ifndef CORE_ADDRESS_H
#define CORE_ADDRESS_H

#include "core/register.h"

/* The channels that are register fields of members and contacts. */
#define ADDRESS_FIELDS \
	{ .name = "mail", .type = REG_TEXT }, \
	{ .name = "phone", .type = REG_TEXT }, \
	{ .name = "zalo", .type = REG_TEXT }, \
	{ .name = "telegram", .type = REG_TEXT }, \
	{ .name = "ntfy", .type = REG_TEXT }, \
	{ .name = "webhook", .type = REG_TEXT }

/* A member's own: whether messages also come to his desktop session. */
#define ADDRESS_DESKTOP \
	{ .name = "desktop", .type = REG_WORD, .words = "yes no" }

/* Can something be sent to this by the channel?  Telephone numbers and Zalo are
 * written as people do: any text is one. */
bool address_fits(const char *channel, const char *text);
/* Each of the thing's addresses has the form of its channel. */
bool address_check(const struct json *wanted, const char *path, struct error *err);
/* Writes or (null) removes an address of the thing; for kind->write. */
bool address_write(const struct reg_write *w, const char *channel,
	const struct json *value, struct error *err);
/* Adds each channel to the object, null where there is none. */
bool address_load(struct desk *desk, const char *owner, struct json *into,
	struct error *err);
/* Under which of them a channel finds its address: a short text and a call go to
 * the telephone's number, a demo's folder takes what mail would. */
const char *address_kind(const char *channel);
/* A place-holder: nobody is reached there. */
bool address_is_example(const char *mail);
/* Takes the channels out of thing and gives them as "addresses". */
void address_fold(struct json *thing);

#endif
