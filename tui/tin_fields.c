/* tin_fields.c owns the fields of the report page: the order in which a person on
 * the telephone hears them. */
#include "tui/tin_fields.h"

#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "core/limits.h"
#include "core/tin_words.h"
#include "core/when.h"
#include "core/words.h"

static struct field *
line(struct form *form, const char *name, const char *label, enum limit max, bool beside)
{
	struct field *field = form_add(form, FIELD_LINE, name, label);

	field->edit.max = limit(max);
	field->beside = beside;
	return field;
}

static struct field *
choice(struct form *form, enum field_kind kind, const char *name, const char *label,
	const struct word *words, const char *value)
{
	struct field *field = form_add(form, kind, name, label);

	for (const struct word *w = words; w->word != NULL; w++) {
		field_add_choice(field, w->word, Q_(w->label));
	}
	field->compact = true;
	field_set(field, value);
	return field;
}

void
tin_fields(struct form *form)
{
	line(form, "what", _("Content"), LIMIT_TITLE, false)->required = true;
	(void)line(form, "unit", _("Unit"), LIMIT_NAME, false);
	field_help(line(form, "caller", _("Caller"), LIMIT_NAME, true), _("name"));
	(void)line(form, "callback", _("Call back"), LIMIT_NAME, false);
	(void)line(form, "post", _("Post"), LIMIT_NAME, true);
	field_help(line(form, "at", _("Reported"), LIMIT_NAME, false), _("now"));
	field_help(line(form, "detected", _("Detected"), LIMIT_NAME, true), "01:55, -15m");
	(void)choice(form, FIELD_CHOICE, "channel", _("Channel"), tin_channels, "phone");
	(void)form_add(form, FIELD_CHECK, "verified", _("called back by the directory"));
	(void)choice(form, FIELD_TICKS, "down", _("Down"), tin_broken, "");
	(void)choice(form, FIELD_TICKS, "done", _("Was done"), tin_done_words, "");
	(void)choice(form, FIELD_CHOICE, "secret", _("Secrets?"), tin_secrets, "unknown");
	(void)choice(form, FIELD_CHOICE, "kind", _("Kind"), words_of(WORDS_KIND), "other");
	field_help(form_add(form, FIELD_PICK, "asset", _("System")), _("a part of its name"));
	form_field(form, "asset")->beside = true;
	(void)line(form, "reply", _("Answer by"), LIMIT_NAME, false);
	(void)line(form, "note", _("More"), LIMIT_NOTE, true);
	/* Of the report that is changed. */
	(void)form_add(form, FIELD_HIDDEN, "tin_id", "");
}

static void
put_time(struct json *values, const char *name, int64_t at, int64_t now,
	const struct zone *zone)
{
	char text[WHEN_SHORT_SIZE] = "";

	if (at != 0 && at != NO_DUE) {
		when_near(text, at, now, zone);
	}
	json_set_text(values, name, text);
}

struct json *
tin_values(const struct tin *tin, int64_t now, const struct zone *zone)
{
	struct json *values = json_object();

	json_set_text(values, "what", tin->what);
	json_set_text(values, "unit", tin->unit_name);
	json_set_text(values, "caller", tin->caller);
	json_set_text(values, "callback", tin->callback);
	json_set_text(values, "post", tin->post);
	put_time(values, "at", tin->reported_at, now, zone);
	put_time(values, "detected", tin->detected_at, now, zone);
	put_time(values, "reply", tin->reply_by, now, zone);
	json_set_text(values, "channel", tin->channel);
	json_set_text(values, "verified", tin->verified_at != 0 ? "yes" : "");
	json_set_text(values, "down", tin->broken);
	json_set_text(values, "done", tin->done);
	json_set_text(values, "secret", tin->secret);
	json_set_text(values, "kind", tin->kind[0] != '\0' ? tin->kind : "other");
	json_set_text(values, "asset", tin->asset);
	json_set_text(values, "note", tin->note);
	return values;
}

static const char *
word(const struct json *values, const char *name)
{
	const char *text = json_get_text(values, name);

	return text != NULL ? text : "";
}

static bool
time_of(int64_t *out, const struct json *values, const char *name, enum when_sense sense,
	struct desk *desk, struct error *err)
{
	const char *typed = word(values, name);

	*out = 0;
	return typed[strspn(typed, " ")] == '\0'
		|| when_parse(out, typed, sense, desk_now(desk), desk_zone(desk), err);
}

/* "15m" and "+15m" are the same promise. */
static bool
promise(int64_t *out, const struct json *values, struct desk *desk, struct error *err)
{
	const char *typed = word(values, "reply");
	struct error none;
	int64_t span;

	*out = 0;
	if (typed[0] != '\0' && strchr(typed, ':') == NULL && typed[0] != '+'
		&& when_parse_span(&span, typed, &none)) {
		*out = desk_now(desk) + span;
		return true;
	}
	return time_of(out, values, "reply", WHEN_DUE, desk, err);
}

bool
tin_from_values(struct tin_new *out, const struct json *values, struct desk *desk,
	struct error *err)
{
	*out = (struct tin_new){
		.what = word(values, "what"), .unit = word(values, "unit"),
		.caller = word(values, "caller"), .post = word(values, "post"),
		.callback = word(values, "callback"), .channel = word(values, "channel"),
		.broken = word(values, "down"), .done = word(values, "done"),
		.secret = word(values, "secret"), .kind = word(values, "kind"),
		.asset = word(values, "asset"), .note = word(values, "note"),
		.verified = word(values, "verified")[0] != '\0',
	};
	return time_of(&out->reported_at, values, "at", WHEN_PAST, desk, err)
		&& time_of(&out->detected_at, values, "detected", WHEN_PAST, desk, err)
		&& promise(&out->reply_by, values, desk, err);
}
