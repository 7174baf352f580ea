/* quick_send.c records what a person did with a quick report: to whom it went, by
 * which way, and who there confirmed it, then or later. */
#include "core/quick.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/columns.h"
#include "core/conflict.h"
#include "core/contact.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/outbox_hand.h"
#include "core/person.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

#define MINUTE_MS 60000

/* A contact of the register by its role, else whoever was named. */
static bool
addressee(struct desk *desk, const char *to, char **role, char **name, char id[UUID_SIZE],
	struct error *err)
{
	struct json *contact = NULL;
	struct error ignored = ERROR_INIT;

	id[0] = '\0';
	if (to == NULL || to[0] == '\0') {
		return error_set(err, ERR_BAD_INPUT, _("to whom was it sent?"));
	}
	if (contact_show(desk, to, &contact, &ignored)) {
		*role = xstrdup(to);
		*name = xstrdup(json_get_text(contact, "name"));
		(void)snprintf(id, UUID_SIZE, "%s", json_get_text(contact, "id"));
		json_free(contact);
		return true;
	}
	*role = xstrdup("");
	return text_accept(name, to, strlen(to), TEXT_ONE_LINE, limit(LIMIT_NAME),
		_("recipient"), err);
}

static bool
given(const char *text)
{
	return text != NULL && text[0] != '\0';
}

static bool
sent_already(struct desk *desk, const struct quick *quick, const char *name,
	struct error *err)
{
	return (strcmp(quick->sent_by, desk_me(desk)->login) == 0 &&
			strcmp(quick->to_name, name) == 0) ||
		error_set(err, ERR_CONFLICT,
			_("quick report %d was sent to %s already, by %s: make the next one"),
			quick->n, quick->to_name, PERSON(desk, quick->sent_by));
}

static bool
put_name(struct json *body, const char *column, const char *label, const char *was,
	const char *text, struct error *err)
{
	char *clean = NULL;

	if (!given(text)) {
		return true;
	}
	if (!text_accept(&clean, text, strlen(text), TEXT_ONE_LINE, limit(LIMIT_NAME),
		    label, err)) {
		return false;
	}
	set_text(body, column, was, clean);
	free(clean);
	return true;
}

static bool
sent_body(struct json *body, struct desk *desk, const struct quick *quick,
	const struct quick_sending *sending, int64_t at, struct error *err)
{
	const char *approved = given(sending->approved_by) ? sending->approved_by
		: desk_me(desk)->name;
	bool confirmed = given(sending->confirmed_by);

	json_set_int(body, "n", quick->n);
	json_set_text(body, "register", quick->address);
	set_text(body, "state", quick->state, "sent");
	set_text(body, "channel", quick->channel, sending->channel);
	set_int(body, "sent_at", quick->sent_at, at);
	set_text(body, "sent_by", quick->sent_by, desk_me(desk)->login);
	if (confirmed) {
		if (sending->confirmed_at != 0 && sending->confirmed_at < at) {
			return error_set(err, ERR_BAD_INPUT,
				_("it cannot be confirmed before it was sent"));
		}
		set_int(body, "confirmed_at", quick->confirmed_at,
			sending->confirmed_at != 0 ? sending->confirmed_at : at);
	}
	return put_name(body, "approved_by", _("approved by"), quick->approved_by, approved,
		err) && put_name(body, "confirmed_by", _("confirmed by"), quick->confirmed_by,
		sending->confirmed_by, err);
}

/* ---- confirmed ---- */

static bool
fits(struct desk *desk, const struct quick *quick, const char *by, int64_t at,
	struct error *err)
{
	char sent[WHEN_SHORT_SIZE];

	if (strcmp(quick->state, "sent") != 0) {
		return error_set(err, ERR_REFUSED,
			_("quick report %d is not sent yet: nobody can have confirmed it"),
			quick->n);
	}
	if (!given(by)) {
		(void)error_set(err, ERR_BAD_INPUT, _("who there confirmed it?"));
		return error_how(err, "--confirmed-by");
	}
	if (at / MINUTE_MS >= quick->sent_at / MINUTE_MS) {
		return true;
	}
	when_near(sent, quick->sent_at, desk_now(desk), desk_zone(desk));
	return error_set(err, ERR_BAD_INPUT,
		_("it was sent at %s: nobody can have confirmed it before"), sent);
}

/* The first word stands; who recorded it may mend it. */
static bool
first_stands(struct desk *desk, const struct quick *quick, struct error *err)
{
	char *by = NULL;
	bool ok;

	if (quick->confirmed_by[0] == '\0') {
		return true;
	}
	ok = field_set_by(&by, desk, quick->id, "confirmed_by", err);
	if (ok && (by == NULL || strcmp(by, desk_me(desk)->login) != 0)) {
		ok = error_set(err, ERR_CONFLICT, _("%s recorded it already: %.200s"),
			PERSON(desk, by), quick->confirmed_by);
	}
	free(by);
	return ok;
}

/* An empty change where it is so already. */
static bool
confirm(struct json *body, struct desk *desk, const struct quick *quick, const char *by,
	int64_t at, struct error *err)
{
	int64_t when = at != 0 ? at : desk_now(desk);
	char *clean = NULL;
	bool ok = fits(desk, quick, by, when, err) && text_accept(&clean, by, strlen(by),
		TEXT_ONE_LINE, limit(LIMIT_NAME), _("confirmed by"), err);

	if (ok && strcmp(clean, quick->confirmed_by) == 0 &&
	    (at == 0 || at == quick->confirmed_at)) {
		free(clean);
		return true;
	}
	ok = ok && first_stands(desk, quick, err) && change_guard(desk, quick->id,
		"confirmed_by", clean, quick->confirmed_by, err);
	if (ok) {
		json_set_int(body, "n", quick->n);
		json_set_text(body, "register", quick->address);
		json_set_text(body, "to_name", quick->to_name);
		if (strcmp(clean, quick->confirmed_by) != 0) {
			set_text(body, "confirmed_by", quick->confirmed_by, clean);
		}
		set_int(body, "confirmed_at", quick->confirmed_at, when);
	}
	free(clean);
	return ok;
}

bool
quick_confirm(struct desk *desk, const char *case_id, int n, const char *by, int64_t at,
	struct error *err)
{
	struct quick quick = { 0 };
	struct json *body = NULL;
	bool ok;

	if (!desk_may(desk, ACT_MESSAGE, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = quick_find(&quick, desk, case_id, n, err);
	if (ok) {
		body = thing_change("notice", quick.id);
		ok = confirm(body, desk, &quick, by, at, err);
	}
	ok = change_end_with(desk, ok, set_count(body) > 0 ? "quick_sent" : NULL, case_id,
		body, err);
	quick_clear(&quick);
	return ok;
}

/* ---- sending ---- */

static bool
send(struct desk *desk, const struct ir_case *c, const struct quick *quick,
	const struct quick_sending *sending, struct error *err)
{
	int64_t at = sending->at != 0 ? sending->at : desk_now(desk);
	char *role = NULL, *name = NULL;
	char to_id[UUID_SIZE], message[UUID_SIZE];
	struct json *body = NULL;
	bool ok = hand_channel_check(sending->channel == NULL ? "" : sending->channel, err) &&
		addressee(desk, sending->to, &role, &name, to_id, err);
	bool there = ok && strcmp(quick->state, "sent") == 0;

	if (there) {
		body = thing_change("notice", quick->id);
		ok = sent_already(desk, quick, name, err) && (!given(sending->confirmed_by) ||
			confirm(body, desk, quick, sending->confirmed_by,
				sending->confirmed_at, err));
	} else if (ok) {
		body = thing_change("notice", quick->id);
		set_text(body, "to_role", quick->to_role, role);
		set_text(body, "to_name", quick->to_name, name);
		json_set_text(body, "to_name", name);
		ok = change_guard(desk, quick->id, "state", "sent", quick->state, err) &&
			sent_body(body, desk, quick, sending, at, err);
	}
	if (ok && !there) {
		outbox_told(desk, &(struct hand_told){ .case_id = c->id,
			.to_kind = role[0] != '\0' ? "contact" : "unit", .to_id = to_id,
			.to_name = name, .role = role, .channel = sending->channel, .address = "",
			.template = "bao_cao_nhanh", .text = quick->text,
			.reply = sending->confirmed_by, .drill = c->drill,
			.at = sending->at }, message);
		change_add_at(desk, "quick_sent", c->id, body,
			(struct event_time){ .at = sending->at });
		body = NULL;
	} else if (ok && set_count(body) > 0) {
		change_add(desk, "quick_sent", c->id, body);
		body = NULL;
	}
	json_free(body);
	free(role);
	free(name);
	return ok;
}

bool
quick_sent(struct desk *desk, const char *case_id, int n,
	const struct quick_sending *sending, struct error *err)
{
	struct ir_case c = { 0 };
	struct quick quick = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_MESSAGE, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = case_load(&c, desk, case_id, err) && quick_find(&quick, desk, case_id, n, err) &&
		send(desk, &c, &quick, sending, err);
	quick_clear(&quick);
	case_clear(&c);
	return change_end(desk, ok, err);
}
