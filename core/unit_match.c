/* unit_match.c finds the unit or body that a typed name means.  The register has
 * some hundred of them: all are looked at, best way of fitting first. */
#include "core/unit_match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fold.h"
#include "core/mem.h"
#include "core/point_names.h"

SQL(MATCH_UNITS, "",
	"SELECT 'unit', code, name FROM unit UNION ALL SELECT 'body', code, name FROM body"
	" ORDER BY 1 DESC, 2");

/* How well a name fits; the best way that anything fits counts. */
enum fit {
	FIT_NO, FIT_OWN, FIT_WORDS, FIT_OWN_SAME, FIT_MARKED, FIT_SAME, FIT_SAME_MARKED,
	FIT_CODE,
};

/* What may stand before a place's own name. */
static const char *const titles[] = {
	"uy ban nhan dan ", "ubnd ", "xa ", "phuong ", "dac khu ", "thi tran ",
};

struct words {
	char *marked, *folded; /* blank-separated */
};

static struct words
words_of_name(const char *name)
{
	struct buf marked = { 0 };
	struct buf folded = { 0 };

	(void)fold_words(name, &marked, &folded);
	return (struct words){ buf_take(&marked), buf_take(&folded) };
}

static void
words_free(struct words *words)
{
	free(words->marked);
	free(words->folded);
}

/* How many bytes of titles a folded name begins with. */
static size_t
title_length(const char *folded)
{
	size_t at = 0;
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
			size_t len = strlen(titles[i]);

			if (strncmp(folded + at, titles[i], len) == 0) {
				at += len;
				more = true;
			}
		}
	}
	return at;
}

/* As many words from the front as the titles of the folded text are. */
static const char *
own_name(const char *text, const char *folded)
{
	size_t titled = title_length(folded);

	for (size_t i = 0; i < titled; i++) {
		if (folded[i] == ' ' && strchr(text, ' ') != NULL) {
			text = strchr(text, ' ') + 1;
		}
	}
	return text;
}

static bool
has_all(const char *in, const char *wanted)
{
	while (*wanted != '\0') {
		size_t len = strcspn(wanted, " ");
		bool found = false;

		for (const char *at = in; *at != '\0' && !found;) {
			size_t own = strcspn(at, " ");

			found = own == len && memcmp(at, wanted, len) == 0;
			at += own + (at[own] == ' ');
		}
		if (!found) {
			return false;
		}
		wanted += len + (wanted[len] == ' ');
	}
	return true;
}

static enum fit
fit_of(const char *typed, const struct words *want, const char *code, const char *name)
{
	struct words is;
	const char *own_want = own_name(want->folded, want->folded);
	enum fit fit = FIT_NO;

	if (strcmp(typed, code) == 0) {
		return FIT_CODE;
	}
	is = words_of_name(name);
	if (strcmp(own_name(is.folded, is.folded), own_want) == 0 &&
	    (own_want == want->folded || has_all(is.folded, want->folded))) {
		fit = strcmp(own_name(is.marked, is.folded),
			own_name(want->marked, want->folded)) == 0 ? FIT_SAME_MARKED : FIT_SAME;
	} else if (own_want[0] != '\0' && has_all(is.folded, want->folded)) {
		fit = has_all(is.marked, want->marked) ? FIT_MARKED : FIT_WORDS;
	} else if (strcmp(own_name(is.folded, is.folded), own_want) == 0) {
		fit = FIT_OWN_SAME; /* "UBND xã ..."; a xã that is called a phường today */
	} else if (own_want[0] != '\0' && has_all(is.folded, own_want)) {
		fit = FIT_OWN;
	}
	words_free(&is);
	return fit;
}

#define NAMES_SHOWN 4

static void
take(struct unit_match *out, struct stmt *st, struct buf *names)
{
	if (out->count++ == 0) {
		(void)snprintf(out->kind, sizeof out->kind, "%s", stmt_text(st, 0));
		(void)snprintf(out->code, sizeof out->code, "%s", stmt_text(st, 1));
		free(out->name);
		out->name = stmt_dup(st, 2);
	}
	if (out->count <= NAMES_SHOWN) {
		buf_addf(names, "%s%s", names->len > 0 ? ", " : "", stmt_text(st, 2));
	}
}

/* By a name that it had before. */
static bool
match_former(struct unit_match *out, struct desk *desk, const char *typed,
	struct error *err)
{
	struct place_names *names = NULL;
	struct places found;

	if (!place_names_load(&names, desk, err)) {
		return false;
	}
	place_names_find(&found, names, typed);
	if (found.count == 1 && strcmp(found.list[0]->kind, "unit") == 0) {
		out->count = 1;
		(void)snprintf(out->kind, sizeof out->kind, "unit");
		(void)snprintf(out->code, sizeof out->code, "%s", found.list[0]->code);
		out->name = xstrdup(found.list[0]->name);
		out->names = xstrdup(found.list[0]->name);
	}
	place_names_free(names);
	return true;
}

bool
unit_match(struct unit_match *out, struct desk *desk, const char *typed,
	struct error *err)
{
	struct words want = words_of_name(typed);
	struct stmt *st = db_query(desk_db(desk), &MATCH_UNITS, NOARGS);
	struct buf names = { 0 };
	enum fit best = FIT_NO;

	*out = (struct unit_match){ 0 };
	while (stmt_row(st)) {
		enum fit fit = want.folded[0] == '\0' ? FIT_NO
			: fit_of(typed, &want, stmt_text(st, 1), stmt_text(st, 2));

		if (fit == FIT_NO || fit < best) {
			continue;
		}
		if (fit == best && best > FIT_WORDS && out->count > 0 &&
		    strcmp(out->kind, stmt_text(st, 0)) != 0) {
			continue; /* a place and its own office: the place */
		}
		if (fit > best) {
			best = fit;
			out->count = 0;
			buf_clear(&names);
		}
		take(out, st, &names);
	}
	words_free(&want);
	out->names = names.len > 0 ? buf_take(&names) : NULL;
	buf_free(&names);
	if (out->count != 1) {
		free(out->name);
		out->name = NULL;
		out->kind[0] = out->code[0] = '\0';
	}
	return stmt_done(st, err) &&
		(out->count != 0 || typed[0] == '\0' || match_former(out, desk, typed, err));
}

void
unit_match_clear(struct unit_match *match)
{
	free(match->name);
	free(match->names);
	*match = (struct unit_match){ 0 };
}
