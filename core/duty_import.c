/* duty_import.c reads a roster that was written as a table. */
#include "core/duty_import.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/calendar.h"
#include "core/change.h"
#include "core/csv_read.h"
#include "core/duty_private.h"
#include "core/duty_spell.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/rota_text.h"

#define ERRORS_MOST 50

enum column { COL_DATE, COL_SHIFT, COL_LAYER, COL_LOGIN, COL_COUNT };

/* Heads, folded: with or without marks, in both languages. */
static const struct {
	const char *head;
	enum column column;
} heads[] = {
	{ "date", COL_DATE }, { "day", COL_DATE }, { "ngay", COL_DATE },
	{ "shift", COL_SHIFT }, { "ca", COL_SHIFT }, { "ca truc", COL_SHIFT },
	{ "gio", COL_SHIFT }, { "layer", COL_LAYER }, { "lop", COL_LAYER },
	{ "lop truc", COL_LAYER }, { "login", COL_LOGIN }, { "name", COL_LOGIN },
	{ "nguoi truc", COL_LOGIN }, { "ho ten", COL_LOGIN }, { "ho va ten", COL_LOGIN },
	{ "ten dang nhap", COL_LOGIN },
};

struct importing {
	struct desk *desk;
	const struct roster *roster;
	const struct duty_table *table;
	int at[COL_COUNT]; /* where each column stands, -1 */
	struct json *spells; /* {layer: [{login, from, to}]} */
	struct json *errors;
	int shifts, past;
};

static void
fault(struct importing *im, int line, const char *text)
{
	struct json *o = json_object();

	json_set_int(o, "line", line);
	json_set_text(o, "text", text);
	json_push(im->errors, o);
}

static char *
folded(const char *text)
{
	struct buf words = { 0 };

	(void)fold_words(text, NULL, &words);
	return buf_take(&words);
}

/* A first line that names its columns; without one they stand in the known order. */
static bool
read_heads(struct importing *im, const struct csv_record *record)
{
	bool any = false;

	for (int c = 0; c < COL_COUNT; c++) {
		im->at[c] = -1;
	}
	for (int i = 0; i < record->count; i++) {
		char *head = folded(record->fields[i]);

		for (size_t h = 0; h < sizeof heads / sizeof *heads; h++) {
			if (strcmp(heads[h].head, head) == 0 && im->at[heads[h].column] < 0) {
				im->at[heads[h].column] = i;
				any = true;
			}
		}
		free(head);
	}
	for (int c = 0; !any && c < COL_COUNT; c++) {
		im->at[c] = c;
	}
	return any;
}

static const char *
cell(const struct importing *im, const struct csv_record *record, enum column column)
{
	int at = im->at[column];

	return at >= 0 && at < record->count ? record->fields[at] : "";
}

/* A login, or a name that only one member has. */
static int
who(const struct importing *im, const char *text)
{
	int member = roster_member(im->roster, text), found = -1;
	char *name;

	if (member >= 0) {
		return member;
	}
	name = fold_name_key(text);
	for (int i = 0; i < im->roster->member_count; i++) {
		char *key = fold_name_key(im->roster->members[i].name);

		if (strcmp(key, name) == 0) {
			found = found == -1 ? i : -2;
		}
		free(key);
	}
	free(name);
	return found;
}

/* "06:00-18:00", or the name of a rotation of the layer, whose clocks count. */
static bool
clocks(const struct importing *im, const char *layer, const char *shift, int *from, int *to)
{
	struct error ignored;
	const char *rest;
	char *wanted;
	bool found = false;

	if (rota_clocks(from, to, &rest, shift, &ignored) && rest[0] == '\0') {
		return true;
	}
	wanted = folded(shift);
	for (int i = 0; !found && i < im->roster->rota_count; i++) {
		const struct roster_rota *rota = &im->roster->rotas[i];
		char *name = folded(rota->name);

		found = strcmp(rota->layer, layer) == 0 && strcmp(name, wanted) == 0;
		if (found) {
			*from = rota->rota.from_clock;
			*to = rota->rota.to_clock;
		}
		free(name);
	}
	free(wanted);
	return found;
}

static void
put_shift(struct importing *im, const char *layer, int member, int64_t from, int64_t until)
{
	struct json *list = json_detach(im->spells, layer);
	struct json *o = json_object();

	list = list == NULL ? json_array() : list;
	json_set_text(o, "login", im->roster->members[member].login);
	json_set_int(o, "from", from);
	json_set_int(o, "to", until);
	json_push(list, o);
	json_set(im->spells, layer, list);
	im->shifts++;
}

static void
read_record(struct importing *im, const struct csv_record *record, int line)
{
	const char *layer = cell(im, record, COL_LAYER);
	int64_t day, from, until;
	struct error err = ERROR_INIT;
	int member = who(im, cell(im, record, COL_LOGIN));
	int begins, ends;

	layer = layer[0] == '\0' && im->table->layer != NULL ? im->table->layer : layer;
	if (!calendar_parse_day(&day, cell(im, record, COL_DATE), &err) ||
	    !duty_layer_there(im->roster, layer, &err)) {
		fault(im, line, err.message);
	} else if (!clocks(im, layer, cell(im, record, COL_SHIFT), &begins, &ends)) {
		fault(im, line,
			_("the shift is neither FROM-TO, as 06:00-18:00, nor a rotation's name"));
	} else if (member < 0) {
		fault(im, line, member == -1 ? _("nobody has this login or name")
			: _("several members have this name: give the login"));
	} else if (!im->roster->members[member].active) {
		fault(im, line, _("this member is not active, or a viewer"));
	} else {
		from = rota_first_of(im->roster->zone, day, begins);
		until = rota_last_of(im->roster->zone, day, ends > begins ? ends : ends + 1440);
		if (until <= desk_now(im->desk)) {
			im->past++;
		} else {
			put_shift(im, layer, member, from, until);
		}
	}
}

static bool
read_table(struct importing *im, const char *text, size_t len, struct error *err)
{
	struct csv_reader reader;
	struct csv_record record;
	struct error fault_at = ERROR_INIT;
	bool first = true;

	csv_begin(&reader, text, len);
	while (json_count(im->errors) < ERRORS_MOST && csv_next(&reader, &record, &fault_at)) {
		if (!first || !read_heads(im, &record)) {
			read_record(im, &record, reader.line);
		}
		first = false;
		csv_record_clear(&record);
	}
	if (fault_at.code != ERR_NONE) {
		fault(im, reader.line, fault_at.message);
	}
	if (json_count(im->errors) > 0) {
		const struct json *one = json_first(im->errors);

		return error_set(err, ERR_BAD_INPUT,
			_("nothing was taken in: line %lld: %.300s (%d in all)"),
			(long long)json_get_int(one, "line", 0), json_text_of(one, "text"),
			json_count(im->errors));
	}
	return im->shifts > 0 || error_set(err, ERR_BAD_INPUT,
		_("the table has no shift that is still to come"));
}

/* The span of a layer's shifts is the span in which they stand for its rules. */
static bool
make_spells(struct importing *im, struct json *made, struct error *err)
{
	int64_t now = desk_now(im->desk);

	for (const struct json *list = json_first(im->spells); list != NULL;
	     list = json_next(list)) {
		struct spell_body s = { .layer = json_key(list), .name = im->table->name,
			.source = im->table->source, .from = INT64_MAX,
			.shifts = json_copy(list) };
		int n = 0;
		bool ok;

		for (const struct json *one = json_first(list); one != NULL;
		     one = json_next(one)) {
			int64_t from = json_get_int(one, "from", 0);
			int64_t until = json_get_int(one, "to", 0);

			s.from = from < s.from ? from : s.from;
			s.until = until > s.until ? until : s.until;
		}
		s.from = s.from < now ? now : s.from;
		ok = duty_put_spell(im->desk, im->roster, &s, &n, err) &&
			change_flush(im->desk, err);
		json_free(s.shifts);
		if (!ok) {
			return false;
		}
		json_push(made, json_int(n));
	}
	return true;
}

bool
duty_import(struct desk *desk, const char *text, size_t len,
	const struct duty_table *table, struct json **report, struct error *err)
{
	struct importing im = { .desk = desk, .table = table, .spells = json_object(),
		.errors = json_array() };
	struct json *made = json_array();
	struct roster roster;
	bool ok;

	*report = NULL;
	ok = duty_change_begin(&roster, desk, ACT_DUTY, err);
	if (ok) {
		im.roster = &roster;
		ok = read_table(&im, text, len, err) && make_spells(&im, made, err);
		ok = duty_change_end(&roster, desk, ok, err);
	}
	*report = json_object();
	json_set_int(*report, "shifts", im.shifts);
	json_set_int(*report, "past", im.past);
	json_set(*report, "spells", made);
	json_set(*report, "errors", im.errors);
	json_free(im.spells);
	return ok;
}
