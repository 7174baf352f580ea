/* shift_log.c owns the shift log: entries that people write, and the lines that
 * suco derives from what it did itself. */
#include "core/shift_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/change.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/search.h"
#include "core/text.h"
#include "core/thing.h"

const struct word shift_kinds[] = {
	{ "check", N_("check") },
	{ "backup", N_("backup seen") },
	{ "call", N_("phone call") },
	{ "visitor", N_("visitor") },
	{ "opened", N_("opened up") },
	{ "handed_over", N_("given or taken") },
	{ "envelope_opened", N_("envelope opened") },
	{ "envelope_sealed", N_("envelope sealed") },
	{ "other", N_("other") },
	{ 0 },
};

static const struct word own_kinds[] = {
	{ "desk_backup", N_("desk copied") },
	{ "desk_restored", N_("RESTORED") },
	{ "shift", N_("hand-over") },
	{ 0 },
};

SQL(ENTRY_NEXT_N, "", "SELECT n + 1 FROM shift_entry ORDER BY n DESC LIMIT 1");
/* Rows that are written, and the hand-overs that were signed. */
SQL(ENTRIES, "iii",
	"SELECT id, n, at, noted_at, kind, text, by_name, code, '' FROM"
	" (SELECT s.id, s.n, s.at, s.noted_at, s.kind, s.text, s.by_name,"
	"  COALESCE(a.code, '') AS code FROM shift_entry s"
	"  LEFT JOIN asset a ON a.id = s.asset_id WHERE s.at >= $1 AND s.at < $2"
	"  ORDER BY s.at DESC, s.id DESC LIMIT $3) AS written"
	" UNION ALL"
	" SELECT id, 0, taken_at, taken_at, 'shift', '', giver, '', taker FROM"
	" (SELECT h.id, h.taken_at, h.giver, h.taker FROM handover h"
	"  WHERE h.taken_at >= $1 AND h.taken_at < $2"
	"  ORDER BY h.taken_at DESC, h.id DESC LIMIT $3) AS signed"
	" ORDER BY 3 DESC, 1 DESC LIMIT $3");
SQL(LAST_SIGNED, "",
	"SELECT taken_at FROM handover WHERE taken_at IS NOT NULL"
	" ORDER BY taken_at DESC LIMIT 1");

const char *
shift_kind_label(const char *kind)
{
	const struct word *const lists[] = { shift_kinds, own_kinds };

	for (int i = 0; i < 2; i++) {
		for (const struct word *word = lists[i]; word->word != NULL; word++) {
			if (strcmp(word->word, kind) == 0) {
				return _(word->label);
			}
		}
	}
	return kind;
}

static bool
kind_fits(const char *kind, struct error *err)
{
	struct buf all = { 0 };

	for (const struct word *word = shift_kinds; word->word != NULL; word++) {
		if (strcmp(word->word, kind) == 0) {
			buf_free(&all);
			return true;
		}
		buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", word->word);
	}
	(void)error_set(err, ERR_BAD_INPUT, _("kind \"%.60s\" is not one of: %s"), kind,
		buf_text(&all));
	buf_free(&all);
	return false;
}

static bool
asset_of(struct desk *desk, const char *code, struct json *body, struct error *err)
{
	char id[UUID_SIZE];

	if (code == NULL || code[0] == '\0') {
		return true;
	}
	if (!asset_id_of(id, desk, code, err)) {
		return false;
	}
	row_text(body, "asset_id", id);
	return true;
}

/* The row's common part; *n gets its number. */
static struct json *
entry_body(struct desk *desk, const char *kind, const char *text, int64_t at,
	int64_t *n, struct error *err)
{
	const struct actor *me = desk_me(desk);
	struct json *body;
	char id[UUID_SIZE];

	*n = 1;
	if (!db_one_int(desk_db(desk), &ENTRY_NEXT_N, n, err, NOARGS)) {
		return NULL;
	}
	body = thing_new(desk, "shift_entry", id);
	row_int(body, "n", *n);
	row_int(body, "at", at != 0 ? at : desk_now(desk));
	row_int(body, "noted_at", desk_now(desk));
	row_text(body, "kind", kind);
	row_text(body, "text", text);
	row_text(body, "by_id", me->id);
	row_text(body, "by_name", me->name[0] != '\0' ? me->name : me->login);
	return body;
}

static bool
is_given(const char *text)
{
	return text != NULL && text[strspn(text, " \n\t")] != '\0';
}

/* Whoever opens a sealed envelope is not alone, and says which seal it was: *out is
 * the text of the entry, the caller's. */
static bool
entry_text(const struct shift_new *what, const char *kind, char **out, struct error *err)
{
	struct buf all = { 0 };

	if (strncmp(kind, "envelope_", strlen("envelope_")) == 0 &&
	    (!is_given(what->asset) || !is_given(what->witness) || !is_given(what->seal))) {
		(void)error_set(err, ERR_BAD_INPUT, _("an envelope needs its system, who"
			" witnessed it and the number of the seal"));
		return error_how(err, "--asset, --witness, --seal");
	}
	/* Before the words: a page may have no room for all of them. */
	if (is_given(what->text) && is_given(what->seal)) {
		buf_addf(&all, _("seal no. %s; "), what->seal);
	}
	if (is_given(what->text) && is_given(what->witness)) {
		buf_addf(&all, _("witnesses: %s; "), what->witness);
	}
	buf_adds(&all, what->text);
	*out = buf_take(&all);
	return true;
}

bool
shift_log_add(struct desk *desk, const struct shift_new *what, int64_t *n,
	struct error *err)
{
	const char *kind = what->kind == NULL || what->kind[0] == '\0' ? "other" : what->kind;
	struct json *body;
	char *given = NULL;
	char *text = NULL;
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !kind_fits(kind, err) ||
	    !entry_text(what, kind, &given, err)) {
		return false;
	}
	ok = text_accept(&text, given, strlen(given), TEXT_MANY_LINES, limit(LIMIT_NOTE),
		_("log entry"), err);
	free(given);
	if (!ok) {
		return false;
	}
	if (text[strspn(text, " \n\t")] == '\0') {
		free(text);
		return error_set(err, ERR_BAD_INPUT, _("the entry is empty"));
	}
	if (!change_begin(desk, err)) {
		free(text);
		return false;
	}
	body = entry_body(desk, kind, text, what->at, n, err);
	ok = body != NULL && asset_of(desk, what->asset, body, err);
	free(text);
	if (ok) {
		change_add_at(desk, "shift_entry_added", NULL, body,
			(struct event_time){ .at = what->at });
	} else {
		json_free(body);
	}
	return change_end(desk, ok, err);
}

bool
shift_log_backup(struct desk *desk, const char *path, int64_t events,
	struct error *err)
{
	struct json *body;
	char *clean = text_printable(path, strlen(path));
	int64_t n;

	body = entry_body(desk, "desk_backup", clean, 0, &n, err);
	free(clean);
	if (body == NULL) {
		return false;
	}
	json_set_int(body, "events", events);
	change_add(desk, "backup_made", NULL, body);
	return true;
}

bool
shift_log_restore(struct desk *desk, const char *saved, struct error *err)
{
	char *clean = text_printable(saved, strlen(saved));
	struct json *body;
	int64_t n;

	body = entry_body(desk, "desk_restored", clean, 0, &n, err);
	free(clean);
	if (body == NULL) {
		return false;
	}
	change_add(desk, "shift_entry_added", NULL, body);
	return true;
}

/* Marks are no matter: who types "sao luu" finds "sao lưu".  Folded as it is
 * read, since a year of a log is some ten thousand short lines. */
static bool
entry_has(const struct shift_entry *entry, const char *folded)
{
	struct buf words = { 0 };
	bool has;

	(void)fold_words(entry->text, NULL, &words);
	buf_addc(&words, ' ');
	(void)fold_words(entry->by, NULL, &words);
	buf_addc(&words, ' ');
	(void)fold_words(entry->asset, NULL, &words);
	buf_addc(&words, ' ');
	(void)fold_words(shift_kind_label(entry->kind), NULL, &words);
	has = search_words_begin(folded, buf_text(&words));
	buf_free(&words);
	return has;
}

/* The text of a derived entry is made where it is shown. */
static char *
text_of(struct stmt *st, const char *kind)
{
	if (strcmp(kind, "shift") == 0) {
		return xasprintf(_("%s handed the shift over to %s"), stmt_text(st, 6),
			stmt_text(st, 8));
	}
	if (strcmp(kind, "desk_backup") == 0) {
		return xasprintf(_("the desk was copied and the copy proved: %s"),
			stmt_text(st, 5));
	}
	if (strcmp(kind, "desk_restored") == 0) {
		return xasprintf(_("a backup was restored into the desk; what stood here is kept"
			" in %s"), stmt_text(st, 5));
	}
	return stmt_dup(st, 5);
}

static bool
visit_row(struct stmt *st, const char *folded, shift_visit *visit, void *arg, int *left)
{
	struct shift_entry entry = { .n = stmt_int(st, 1), .at = stmt_int(st, 2),
		.noted_at = stmt_int(st, 3), .by = stmt_text(st, 6),
		.asset = stmt_text(st, 7) };
	bool go_on = true;
	char *text;

	(void)snprintf(entry.id, sizeof entry.id, "%s", stmt_text(st, 0));
	(void)snprintf(entry.kind, sizeof entry.kind, "%s", stmt_text(st, 4));
	text = text_of(st, entry.kind);
	entry.text = text;
	if (folded == NULL || entry_has(&entry, folded)) {
		go_on = visit(&entry, arg) && --*left > 0;
	}
	free(text);
	return go_on;
}

bool
shift_log_each(struct desk *desk, const struct shift_filter *filter,
	shift_visit *visit, void *arg, struct error *err)
{
	struct buf folded = { 0 };
	int left = filter->limit > 0 ? filter->limit : 200;
	bool search = filter->words != NULL && filter->words[0] != '\0';
	struct stmt *st;
	bool go_on = true;

	if (search && fold_words(filter->words, NULL, &folded) == 0) {
		buf_free(&folded);
		return true; /* nothing to look for: nothing found, as in search */
	}
	st = db_query(desk_db(desk), &ENTRIES, I64(filter->from),
		I64(filter->to == 0 ? INT64_MAX : filter->to),
		I64(search ? INT64_MAX : left));
	while (go_on && stmt_row(st)) {
		go_on = visit_row(st, search ? buf_text(&folded) : NULL, visit, arg, &left);
	}
	buf_free(&folded);
	return stmt_done(st, err);
}

bool
shift_began(struct desk *desk, int64_t *at, struct error *err)
{
	*at = desk_now(desk) - SHIFT_MS;
	return db_one_int(desk_db(desk), &LAST_SIGNED, at, err, NOARGS);
}
