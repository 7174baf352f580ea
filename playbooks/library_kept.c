/* library_kept.c owns which edition of a plan counts, and the rows that the desk
 * imported. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mem.h"
#include "playbooks/library_index.h"

SQL(IMPORTED_PLAYBOOKS, "",
	"SELECT id, modified, code, name, language, kind, status, assets, hash"
	" FROM playbook WHERE origin = 'imported' AND steps > 0 ORDER BY hash");
/* Stored by a suco that kept the text only. */
SQL(IMPORTED_TEXTS, "", "SELECT text FROM playbook WHERE origin = 'imported'"
	" AND steps = 0 ORDER BY hash");
SQL(PLAYBOOK_SIGNED, "t", "SELECT COUNT(*) FROM playbook WHERE hash = $1"
	" AND text LIKE '%\"signatures\"%'");

void
plan_finish(struct plan *plan)
{
	free(plan->id);
	free(plan->modified);
	free(plan->code);
	free(plan->name);
	free(plan->language);
	free(plan->kind);
	free(plan->status);
	free(plan->assets);
	free(plan->origin);
	free(plan->path);
}

static struct plan *
same_id(const struct library *library, const struct plan *plan)
{
	for (int i = 0; i < library->count; i++) {
		if (strcmp(library->plans[i].id, plan->id) == 0) {
			return &library->plans[i];
		}
	}
	return NULL;
}

/* Of one id the newest edition stays; what was given is taken. */
void
library_keep(struct library *library, struct plan plan)
{
	struct plan *old = same_id(library, &plan);

	if (old != NULL) {
		bool newer = strcmp(plan.modified, old->modified) > 0;

		plan_finish(newer ? old : &plan);
		if (newer) {
			*old = plan;
		}
		return;
	}
	library->plans = xrealloc(library->plans,
		((size_t)library->count + 1) * sizeof plan);
	library->plans[library->count++] = plan;
}

bool
library_add_text(struct library *library, const char *text, size_t len,
	const char *origin, const char *path, struct error *err)
{
	struct plan plan;

	if (!plan_of_text(&plan, text, len, origin, path, err)) {
		return false;
	}
	library_keep(library, plan);
	return true;
}

static struct plan
plan_of_row(struct stmt *st)
{
	struct plan plan = {
		.id = stmt_dup(st, 0), .modified = stmt_dup(st, 1),
		.code = stmt_dup(st, 2), .name = stmt_dup(st, 3),
		.language = stmt_dup(st, 4), .kind = stmt_dup(st, 5),
		.status = stmt_dup(st, 6), .assets = stmt_dup(st, 7),
		.origin = xstrdup("imported"),
	};

	(void)snprintf(plan.hash, sizeof plan.hash, "%s", stmt_text(st, 8));
	return plan;
}

static bool
is_signed(bool *out, struct desk *desk, const struct plan *plan, struct error *err)
{
	int64_t count = 0;
	bool ok = plan->path != NULL /* we sign none of what we ship */
		|| db_one_int(desk_db(desk), &PLAYBOOK_SIGNED, &count, err, TXT(plan->hash));

	*out = count > 0;
	return ok;
}

/* A signature leaves the edition as it was (CACAO v2.0, 10.15), so that which bears
 * one counts, and not the same without; takes the plan. */
static bool
keep_signed(struct library *library, struct desk *desk, struct plan plan,
	struct error *err)
{
	struct plan *old = same_id(library, &plan);
	bool is = false, was = false;
	bool ok = old == NULL || strcmp(old->modified, plan.modified) != 0
		|| (is_signed(&is, desk, &plan, err) && is_signed(&was, desk, old, err));

	if (is && !was) {
		struct plan unsigned_one = *old;

		*old = plan;
		plan = unsigned_one;
	}
	plan_finish(&plan);
	return ok;
}

/* Those of an edition that is known already, whole or in part, come last. */
static bool
add_rows(struct library *library, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &IMPORTED_PLAYBOOKS, NOARGS);
	struct plan *twice = NULL;
	int count = 0;
	bool ok;

	while (stmt_row(st)) {
		struct plan plan = plan_of_row(st);
		const struct plan *old = same_id(library, &plan);

		if (old != NULL && strcmp(old->modified, plan.modified) == 0) {
			twice = xrealloc(twice, ((size_t)count + 1) * sizeof *twice);
			twice[count++] = plan;
		} else {
			library_keep(library, plan);
		}
	}
	ok = stmt_done(st, err);
	for (int i = 0; i < count; i++) {
		if (ok) {
			ok = keep_signed(library, desk, twice[i], err);
		} else {
			plan_finish(&twice[i]);
		}
	}
	free(twice);
	return ok;
}

bool
library_add_imported(struct library *library, struct desk *desk, struct error *err)
{
	struct stmt *st;
	bool ok = true;

	if (!add_rows(library, desk, err)) {
		return false;
	}
	st = db_query(desk_db(desk), &IMPORTED_TEXTS, NOARGS);
	while (ok && stmt_row(st)) {
		const char *text = stmt_text(st, 0);

		ok = library_add_text(library, text, strlen(text), "imported", NULL, err);
	}
	struct error ignored = ERROR_INIT;
	return stmt_done(st, ok ? err : &ignored) && ok;
}
