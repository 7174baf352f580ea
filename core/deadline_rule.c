/* deadline_rule.c owns the words of deadline rules: start events and their times,
 * and the check of what a rule says. */
#include "core/deadline_rule.h"

#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/i18n.h"
#include "core/register.h"

static int64_t
at_detected(const struct ir_case *c)
{
	return c->detected_at;
}

static int64_t
at_occurred(const struct ir_case *c)
{
	return c->occurred_at;
}

static int64_t
at_opened(const struct ir_case *c)
{
	return c->opened_at;
}

static int64_t
at_reportable(const struct ir_case *c)
{
	return strcmp(c->reportable, "yes") == 0 ? c->reportable_asked_at : 0;
}

static int64_t
at_personal_data(const struct ir_case *c)
{
	return strcmp(c->personal_data, "yes") == 0 ? c->personal_data_at : 0;
}

static int64_t
at_beyond(const struct ir_case *c)
{
	return c->beyond_capacity_at;
}

static int64_t
at_ended(const struct ir_case *c)
{
	return c->recovered_at;
}

static int64_t
never(const struct ir_case *c)
{
	(void)c;
	return 0;
}

/* In the order of start_events. */
static int64_t (*const times[])(const struct ir_case *c) = {
	at_detected, at_occurred, at_opened, at_reportable, at_personal_data, at_beyond,
	at_ended, never,
};

const struct start_event start_events[] = {
	{ "detected", N_("detected") },
	{ "occurred", N_("it began") },
	{ "opened", N_("case opened") },
	{ "reportable_decided", N_("found reportable") },
	{ "personal_data_known", N_("personal data known to be involved") },
	{ "beyond_capacity", N_("found beyond own capacity") },
	{ "response_ended", N_("response ended") },
	{ "by_hand", N_("started by a person") },
	{ 0 },
};

static int
index_of(const char *name)
{
	for (int i = 0; start_events[i].name != NULL; i++) {
		if (strcmp(start_events[i].name, name) == 0) {
			return i;
		}
	}
	return -1;
}

const char *
start_event_label(const char *name)
{
	int i = index_of(name);

	return i < 0 ? name : _(start_events[i].label);
}

int64_t
start_event_at(const struct ir_case *c, const char *name)
{
	int i = index_of(name);

	return i < 0 ? 0 : times[i](c);
}

static bool
start_fits(const char *start, const char *place, struct error *err)
{
	struct buf all = { 0 };

	if (index_of(start) >= 0) {
		return true;
	}
	for (int i = 0; start_events[i].name != NULL; i++) {
		buf_addf(&all, "%s%s", i > 0 ? " " : "", start_events[i].name);
	}
	(void)error_set(err, ERR_BAD_INPUT, _("%s: \"%.60s\" is not one of: %s"), place,
		start, buf_text(&all));
	buf_free(&all);
	return false;
}

static bool
span_fits(const char *text, const char *place, struct error *err)
{
	struct error inner;
	struct span span;

	return span_parse(&span, text, &inner) ||
		error_set(err, ERR_BAD_INPUT, "%s: %.400s", place, inner.message);
}

static bool
behalf_fits(const char *behalf, const char *place, struct error *err)
{
	return strcmp(behalf, "owner") == 0 || strcmp(behalf, "operator") == 0 ||
		error_set(err, ERR_BAD_INPUT, _("%s: \"%.60s\" is not one of: %s"), place,
			behalf, "owner operator");
}

static bool
key_fits(const char *key, const char *place, struct error *err)
{
	return reg_key_fits(key, place, err);
}

bool
deadline_rule_fits(const struct json *then, const char *path, struct error *err)
{
	static const struct {
		const char *name;
		bool (*fits)(const char *text, const char *place, struct error *err);
	} keys[] = {
		{ "start", start_fits }, { "span", span_fits }, { "recipient", key_fits },
		{ "form", key_fits }, { "set", key_fits }, { "behalf", behalf_fits },
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *text = json_get_text(then, keys[i].name);
		char *place;
		bool ok;

		if (text == NULL) {
			continue;
		}
		place = reg_place(path, keys[i].name);
		ok = keys[i].fits(text, place, err);
		free(place);
		if (!ok) {
			return false;
		}
	}
	return true;
}
