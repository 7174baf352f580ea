/* point_names.c owns the matching of typed names to the register's units and
 * systems. */
#include "core/point_names.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/mem.h"

SQL(UNIT_NAMES, "",
	"SELECT code, name, area, carrier, aliases FROM unit ORDER BY code");
SQL(ASSET_NAMES, "",
	"SELECT a.code, a.name, '', f.value, a.name_en FROM asset a LEFT JOIN asset_fact f"
	" ON f.asset_id = a.id AND f.field = 'operator' ORDER BY a.code");

/* The same name in four forms, the nearest to what was typed first. */
enum form { FULL_MARKED, FULL_FOLDED, BARE_MARKED, BARE_FOLDED, FORMS };

struct key {
	char *forms[FORMS];
	int place; /* index of its place */
	bool code;
};

struct place_names {
	struct place_name *places;
	int place_count;
	struct key *keys;
	int key_count;
};

/* What may stand before a commune's name, and how it is shortened. */
static const struct {
	const char *folded;
	const char *full_folded, *full_marked;
} kinds[] = {
	{ "x", "xa", "xã" },
	{ "xa", "xa", NULL },
	{ "p", "phuong", "phường" },
	{ "phuong", "phuong", NULL },
	{ "dk", "dac khu", "đặc khu" },
	{ "dac khu", "dac khu", NULL },
	{ "tt", "thi tran", "thị trấn" },
	{ "thi tran", "thi tran", NULL },
};

static const char *const offices[] = { "ubnd", "uy ban nhan dan", "dang uy" };

/* The text behind these words, or NULL where it does not begin with them. */
static const char *
behind(const char *text, const char *words)
{
	size_t len = strlen(words);

	return strncmp(text, words, len) == 0 && text[len] == ' ' ? text + len + 1 : NULL;
}

/* The marked text behind as many words. */
static const char *
skip_words(const char *text, const char *words)
{
	for (const char *p = words; ; p++) {
		if (*p == ' ' || *p == '\0') {
			const char *gap = strchr(text, ' ');

			text = gap == NULL ? text + strlen(text) : gap + 1;
		}
		if (*p == '\0') {
			return text;
		}
	}
}

static void
key_clear(struct key *key)
{
	for (int i = 0; i < FORMS; i++) {
		free(key->forms[i]);
	}
}

/* The forms of a name whose words are cut already. */
static void
set_forms(struct key *key, const char *marked, const char *folded)
{
	for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
		const char *rest = behind(folded, offices[i]);

		if (rest != NULL) {
			marked = skip_words(marked, offices[i]);
			folded = rest;
		}
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const char *rest = behind(folded, kinds[i].folded);
		const char *bare;

		if (rest == NULL) {
			continue;
		}
		bare = skip_words(marked, kinds[i].folded);
		key->forms[BARE_MARKED] = xstrdup(bare);
		key->forms[BARE_FOLDED] = xstrdup(rest);
		key->forms[FULL_FOLDED] = xasprintf("%s %s", kinds[i].full_folded, rest);
		key->forms[FULL_MARKED] = kinds[i].full_marked == NULL ? xstrdup(marked)
			: xasprintf("%s %s", kinds[i].full_marked, bare);
		return;
	}
	key->forms[FULL_MARKED] = xstrdup(marked);
	key->forms[FULL_FOLDED] = xstrdup(folded);
	key->forms[BARE_MARKED] = xstrdup(marked);
	key->forms[BARE_FOLDED] = xstrdup(folded);
}

/* False where there is no letter or digit in it. */
static bool
make_key(struct key *key, const char *name)
{
	struct buf marked = { 0 };
	struct buf folded = { 0 };
	bool any = fold_words(name, &marked, &folded) > 0;

	*key = (struct key){ 0 };
	if (any) {
		set_forms(key, buf_text(&marked), buf_text(&folded));
	}
	buf_free(&marked);
	buf_free(&folded);
	return any;
}

char *
place_key(const char *name)
{
	struct key key;
	char *out;

	if (!make_key(&key, name)) {
		return xstrdup("");
	}
	out = key.forms[FULL_FOLDED];
	key.forms[FULL_FOLDED] = NULL;
	key_clear(&key);
	return out;
}

static void
add_key(struct place_names *names, const char *name, bool code)
{
	struct key key;

	if (!make_key(&key, name)) {
		return;
	}
	key.place = names->place_count - 1;
	key.code = code;
	names->keys = xrealloc(names->keys,
		((size_t)names->key_count + 1) * sizeof *names->keys);
	names->keys[names->key_count++] = key;
}

/* Former and other names stand in one text: "A; B". */
static void
add_aliases(struct place_names *names, const char *aliases)
{
	while (aliases != NULL && *aliases != '\0') {
		size_t len = strcspn(aliases, ";\n");
		char *one = xstrndup(aliases, len);

		add_key(names, one, false);
		free(one);
		aliases += len + (aliases[len] != '\0');
	}
}

static bool
load(struct place_names *names, struct desk *desk, const struct sql *sql,
	const char *kind, struct error *err)
{
	struct stmt *st = db_query_args(desk_db(desk), sql, (const struct arg[]){ NOARGS });

	while (stmt_row(st)) {
		struct place_name *place;

		names->places = xrealloc(names->places,
			((size_t)names->place_count + 1) * sizeof *names->places);
		place = &names->places[names->place_count++];
		*place = (struct place_name){ .kind = kind, .code = stmt_own(st, 0),
			.name = stmt_own(st, 1), .area = stmt_own(st, 2),
			.carrier = stmt_own(st, 3) };
		add_key(names, place->code, true);
		add_key(names, place->name, false);
		add_aliases(names, stmt_text(st, 4));
	}
	return stmt_done(st, err);
}

bool
place_names_load(struct place_names **out, struct desk *desk, struct error *err)
{
	struct place_names *names = xcalloc(1, sizeof *names);

	if (!load(names, desk, &UNIT_NAMES, "unit", err) ||
	    !load(names, desk, &ASSET_NAMES, "asset", err)) {
		place_names_free(names);
		return false;
	}
	*out = names;
	return true;
}

void
place_names_free(struct place_names *names)
{
	if (names == NULL) {
		return;
	}
	for (int i = 0; i < names->key_count; i++) {
		key_clear(&names->keys[i]);
	}
	for (int i = 0; i < names->place_count; i++) {
		free(names->places[i].code);
		free(names->places[i].name);
		free(names->places[i].area);
		free(names->places[i].carrier);
	}
	free(names->keys);
	free(names->places);
	free(names);
}

static void
add_place(struct places *out, const struct place_name *place)
{
	for (int i = 0; i < out->count; i++) {
		if (out->list[i] == place) {
			return;
		}
	}
	if (out->count < PLACES_MAX) {
		out->list[out->count++] = place;
	}
}

static void
match(struct places *out, const struct place_names *names, const struct key *typed,
	enum form form, bool code)
{
	for (int i = 0; i < names->key_count; i++) {
		const struct key *key = &names->keys[i];

		if (key->code == code && strcmp(key->forms[form], typed->forms[form]) == 0) {
			add_place(out, &names->places[key->place]);
		}
	}
}

/* "Ba Tơ (mất điện)": what stands in brackets is no part of the name, unless the
 * register has it so. */
static char *
without_brackets(const char *typed)
{
	const char *open = strchr(typed, '(');

	return open == NULL || open == typed ? NULL : xstrndup(typed, (size_t)(open - typed));
}

void
place_names_find(struct places *out, const struct place_names *names, const char *typed)
{
	struct key key;
	char *outside;

	*out = (struct places){ 0 };
	if (!make_key(&key, typed)) {
		return;
	}
	match(out, names, &key, FULL_FOLDED, true);
	for (int form = 0; form < FORMS && out->count == 0; form++) {
		match(out, names, &key, (enum form)form, false);
	}
	key_clear(&key);
	outside = out->count == 0 ? without_brackets(typed) : NULL;
	if (outside != NULL) {
		place_names_find(out, names, outside);
		free(outside);
	}
}

const struct place_name *
place_names_get(const struct place_names *names, const char *kind, const char *code)
{
	for (int i = 0; i < names->place_count; i++) {
		if (strcmp(names->places[i].kind, kind) == 0 &&
		    strcmp(names->places[i].code, code) == 0) {
			return &names->places[i];
		}
	}
	return NULL;
}
