/* duty_spell.c owns temporary schedules: fixed shifts that stand in the place of all
 * rules of a layer for a span. */
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/duty_private.h"
#include "core/duty_spell.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/thing.h"

SQL(SPELL_NEXT, "", "SELECT n + 1 FROM duty_spell ORDER BY n DESC LIMIT 1");

bool
duty_put_spell(struct desk *desk, const struct roster *roster,
	const struct spell_body *s, int *n, struct error *err)
{
	char id[UUID_SIZE];
	struct json *body;
	char *shifts;

	for (int i = 0; i < roster->spell_count; i++) {
		const struct roster_spell *other = &roster->spells[i];

		if (strcmp(other->layer, s->layer) == 0 && other->from < s->until &&
		    s->from < other->until) {
			return error_set(err, ERR_CONFLICT,
				_("the roster for a span %d (%s) of this layer overlaps it:"
				  " withdraw it first (`suco duty withdraw spell %d`)"),
				other->n, other->name, other->n);
		}
	}
	if (!duty_next_n(desk, &SPELL_NEXT, n, err)) {
		return false;
	}
	body = thing_new(desk, "duty_spell", id);
	shifts = json_line(s->shifts);
	row_int(body, "n", *n);
	row_text(body, "layer", s->layer);
	row_text(body, "name", s->name);
	row_int(body, "from_at", s->from);
	row_int(body, "to_at", s->until);
	row_text(body, "shifts", shifts);
	row_text(body, "state", "on");
	row_text(body, "source", s->source);
	row_text(body, "by_name", desk_me(desk)->name);
	change_add(desk, "duty_spell_added", NULL, body);
	free(shifts);
	return true;
}

/* One shift as typed; it may not reach out of the span. */
static bool
read_shift(struct json *shifts, struct desk *desk, const struct roster *roster,
	const struct json *given, const struct spell_body *s, struct error *err)
{
	const struct duty_span span = { json_get_text(given, "from"),
		json_get_text(given, "to") };
	struct json *shift;
	int64_t from, until;
	int member;

	if (!duty_worker(&member, roster, json_get_text(given, "login"), err) ||
	    !duty_span_read(&from, &until, desk, &span, err)) {
		return false;
	}
	if (from < s->from || until > s->until) {
		return error_set(err, ERR_BAD_INPUT,
			_("the shift of %s (%s to %s) reaches out of the span"),
			roster->members[member].name, span.from, span.to);
	}
	shift = json_object();
	json_set_text(shift, "login", roster->members[member].login);
	json_set_int(shift, "from", from);
	json_set_int(shift, "to", until);
	json_push(shifts, shift);
	return true;
}

/* "ha 24/11/2026 06:00..24/11/2026 18:00" a line. */
bool
duty_shifts_read(struct json *out, const char *text, struct error *err)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text + strspn(text, " \t"), len);
		char *blank, *dots;

		line[strcspn(line, "\n")] = '\0';
		blank = strchr(line, ' ');
		dots = strstr(line, "..");
		if (line[0] != '\0' && (blank == NULL || dots == NULL || dots < blank)) {
			error_set(err, ERR_BAD_INPUT,
				_("\"%.60s\": a shift is LOGIN FROM..TO"), line);
			free(line);
			return false;
		}
		if (line[0] != '\0') {
			struct json *shift = json_object();

			*blank = *dots = '\0';
			json_set_text(shift, "login", line);
			json_set_text(shift, "from", blank + 1);
			json_set_text(shift, "to", dots + 2);
			json_push(out, shift);
		}
		free(line);
		text += len + (text[len] == '\n');
	}
	return true;
}

bool
duty_spell(struct desk *desk, const struct duty_spell_new *what, int *n,
	struct error *err)
{
	struct spell_body s = { .layer = what->layer, .shifts = json_array() };
	struct roster roster;
	char *name = NULL, *source = NULL;
	bool ok;

	if (!duty_change_begin(&roster, desk, ACT_DUTY, err)) {
		json_free(s.shifts);
		return false;
	}
	ok = duty_layer_there(&roster, what->layer, err) &&
		duty_line(&name, what->name, _("name"), err) &&
		duty_line(&source, what->source, _("source"), err) &&
		duty_span_read(&s.from, &s.until, desk, &what->span, err);
	s.name = name;
	s.source = source;
	for (const struct json *one = json_first(what->shifts); ok && one != NULL;
	     one = json_next(one)) {
		ok = read_shift(s.shifts, desk, &roster, one, &s, err);
	}
	if (ok && json_count(s.shifts) == 0) {
		ok = error_set(err, ERR_BAD_INPUT,
			_("a roster for a span needs its shifts: LOGIN FROM TO"));
	}
	ok = ok && duty_put_spell(desk, &roster, &s, n, err);
	free(name);
	free(source);
	json_free(s.shifts);
	return duty_change_end(&roster, desk, ok, err);
}
