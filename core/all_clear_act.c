/* all_clear_act.c records that people were told that it is over: one event an act,
 * with every tin, point and reference that it settles. */
#include <stdlib.h>
#include <string.h>

#include "core/all_clear_private.h"
#include "core/buf.h"
#include "core/case.h"
#include "core/change.h"
#include "core/columns.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/template.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/when.h"

#define NAMES_SAID 3

struct telling {
	struct desk *desk;
	const char *how;
	bool tried; /* nobody answered */
	struct json *each;
	struct buf names;
	int count;
};

static void
tell_tin(struct telling *t, const struct told_source *source)
{
	struct json *one = thing_change("tin", source->id);

	set_int(one, "over_told_at", 0, desk_now(t->desk));
	set_text(one, "over_told_by", "", desk_me(t->desk)->login);
	set_text(one, "over_told_how", "", t->how);
	if (source->reply_by != NO_DUE) {
		set_int(one, "reply_by", source->reply_by, NO_DUE);
	}
	json_push(t->each, one);
}

static void
tell_point(struct telling *t, const struct told_source *source)
{
	struct json *one = thing_change("point", source->id);

	set_int(one, "over_told_at", source->was_at, desk_now(t->desk));
	set_text(one, "over_told_how", source->was_how, t->how);
	json_push(t->each, one);
}

static void
tell_ref(struct telling *t, const char *kind, const char *ref, const char *name,
	const char *state)
{
	char id[UUID_SIZE];
	struct json *one = thing_new(t->desk, "confirmation", id);

	row_text(one, "ref_kind", kind);
	row_text(one, "ref", ref);
	row_text(one, "name", name);
	row_text(one, "state", state);
	row_int(one, "at", desk_now(t->desk));
	row_text(one, "by_name", desk_me(t->desk)->login);
	row_text(one, "note", t->how);
	json_push(t->each, one);
}

static void
tell_row(struct telling *t, const struct told *row)
{
	if (t->tried) {
		tell_ref(t, "row", row->ref, row->name, "over_tried");
	}
	for (int i = 0; i < row->source_count && !t->tried; i++) {
		const struct told_source *source = &row->sources[i];
		bool again = false;

		for (int k = 0; k < i && source->kind == TOLD_REF; k++) {
			again = again || (row->sources[k].kind == TOLD_REF &&
				strcmp(row->sources[k].ref, source->ref) == 0);
		}
		if (source->over_at != 0 || again) {
			continue;
		}
		switch (source->kind) {
		case TOLD_TIN:
			tell_tin(t, source);
			break;
		case TOLD_POINT:
			tell_point(t, source);
			break;
		case TOLD_REF:
			tell_ref(t, source->ref_kind, source->ref, row->name, "over");
			break;
		}
	}
	if (t->count++ < NAMES_SAID) {
		buf_addf(&t->names, "%s%s", t->names.len > 0 ? ", " : "", row->name);
	}
}

static const struct told *
row_named(const struct all_clear *list, const char *spec)
{
	for (int i = 0; i < list->count; i++) {
		const struct told *row = &list->rows[i];
		char *n = xasprintf("%d", row->n);
		bool found = strcmp(n, spec) == 0;

		free(n);
		for (int k = 0; k < row->key_count && !found; k++) {
			found = strcmp(row->keys[k], spec) == 0;
		}
		if (found) {
			return row;
		}
	}
	return NULL;
}

/* Those named that are told already: by me nothing new, by another said so. */
static bool
told_before(struct desk *desk, const struct told *row, struct error *err)
{
	char clock[WHEN_SHORT_SIZE];

	if (row->over_by == NULL || row->over_by[0] == '\0' ||
	    strcmp(row->over_by, desk_me(desk)->login) == 0) {
		return true;
	}
	when_clock(clock, row->over_at, desk_zone(desk));
	return error_set(err, ERR_CONFLICT, _("%s was told already at %s, by %s"), row->name,
		clock, PERSON(desk, row->over_by));
}

static bool
tell_named(struct telling *t, const struct all_clear *list, const char *const *refs,
	int count, struct error *err)
{
	const struct told *before = NULL;

	for (int i = 0; i < count; i++) {
		const struct told *row = row_named(list, refs[i]);
		bool again = false;

		for (int k = 0; k < i && !again; k++) {
			again = row_named(list, refs[k]) == row;
		}
		if (row != NULL && again) {
			continue;
		}

		if (row == NULL) {
			return error_set(err, ERR_NOT_FOUND,
				_("nobody of this list is number %.60s; see `suco over CASE`"),
				refs[i]);
		}
		if (row->over_at != 0) {
			before = row;
		} else {
			tell_row(t, row);
		}
	}
	return t->count > 0 || before == NULL || told_before(t->desk, before, err);
}

static bool
tell(struct telling *t, const char *case_id, const char *const *refs, int count,
	struct error *err)
{
	struct all_clear list;
	bool ok = true;

	if (!change_flush(t->desk, err) || !all_clear_load(&list, t->desk, case_id, err)) {
		return false;
	}
	if (refs != NULL) {
		ok = tell_named(t, &list, refs, count, err);
	}
	for (int i = 0; refs == NULL && i < list.count; i++) {
		if (list.rows[i].over_at == 0) {
			tell_row(t, &list.rows[i]);
		}
	}
	all_clear_free(&list);
	return ok;
}

static void
append(struct telling *t, const char *case_id)
{
	struct json *body = json_object();

	json_set(body, "each", t->each);
	t->each = NULL;
	json_set_text(body, "names", buf_text(&t->names));
	json_set_text(body, "how", t->how);
	json_set_int(body, "count", t->count);
	change_add(t->desk, t->tried ? "over_tried" : "over_told", case_id, body);
}

static bool
record(struct telling *t, const char *case_id, const char *const *refs, int count,
	int *done, struct error *err)
{
	bool ok = change_begin(t->desk, err);

	if (ok) {
		ok = tell(t, case_id, refs, count, err);
		if (ok && json_count(t->each) > 0) {
			append(t, case_id);
		}
		ok = change_end(t->desk, ok, err);
	}
	*done = t->count;
	json_free(t->each); /* NULL where it was appended */
	buf_free(&t->names);
	return ok;
}

static bool
clean_how(char **out, struct desk *desk, const char *how, struct error *err)
{
	*out = NULL;
	return desk_may(desk, ACT_WORK, err) &&
		text_accept(out, how == NULL ? "" : how, how == NULL ? 0 : strlen(how),
			TEXT_ONE_LINE, limit(LIMIT_NAME), _("how"), err);
}

bool
all_clear_told(struct desk *desk, const char *case_id, const char *const *refs,
	int count, const char *how, int *done, struct error *err)
{
	char *clean;
	bool ok = clean_how(&clean, desk, how, err);

	*done = 0;
	if (ok && clean[0] == '\0') {
		(void)error_set(err, ERR_BAD_INPUT,
			_("say how they were told, as in \"phone\" or \"Zalo\""));
		ok = error_how(err, "--how");
	}
	ok = ok && record(&(struct telling){ .desk = desk, .how = clean,
		.each = json_array() }, case_id, refs, count, done, err);
	free(clean);
	return ok;
}

bool
all_clear_tried(struct desk *desk, const char *case_id, const char *const *refs,
	int count, const char *how, int *done, struct error *err)
{
	char *clean;
	bool ok = clean_how(&clean, desk, how, err);

	*done = 0;
	ok = ok && record(&(struct telling){ .desk = desk, .how = clean, .tried = true,
		.each = json_array() }, case_id, refs, count, done, err);
	free(clean);
	return ok;
}

SQL(CLEAR_LEFT, "t", "SELECT COUNT(*) FROM cases c WHERE (c.id = $1 OR c.merged_into = $1)"
	" AND " ALL_CLEAR_LEFT_OF_C);

bool
all_clear_left(struct desk *desk, const char *case_id, bool *left, struct error *err)
{
	int64_t count = 0;
	bool ok = db_one_int(desk_db(desk), &CLEAR_LEFT, &count, err, TXT(case_id));

	*left = count > 0;
	return ok;
}

bool
all_clear_text(char **out, struct desk *desk, const char *case_id, struct error *err)
{
	struct ir_case c = { 0 };
	char *subject = NULL;
	struct json *vars;
	bool ok = case_load(&c, desk, case_id, err);

	if (ok) {
		vars = json_object();
		json_set_text(vars, "number", c.number);
		json_set_text(vars, "kind", c.kind);
		json_set_text(vars, "asset", c.asset_code);
		json_set_text(vars, "asset_name", c.asset_name);
		if (c.recovered_at != 0) {
			json_set_int(vars, "recovered_at", c.recovered_at);
		}
		ok = template_render(&subject, out, &(struct template_in){ .name = "khoi_phuc",
			.language = "vi", .vars = vars, .zone = desk_zone(desk),
			.outside = true, .red = strcmp(c.tlp, "red") == 0, .drill = c.drill },
			err);
		json_free(vars);
	}
	free(subject);
	case_clear(&c);
	return ok;
}
