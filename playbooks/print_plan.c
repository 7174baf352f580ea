/* print_plan.c owns the printed check-list of a plan, and what its paper shares
 * with a case's. */
#include "playbooks/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"
#include "playbooks/print_private.h"

SQL(CHAIN_HEAD, "", "SELECT hash FROM head");

/* Which moment of the desk the paper shows. */
bool
print_chain_end(struct printing *p, struct error *err)
{
	char *head = NULL;
	char when[WHEN_SHORT_SIZE];

	if (!db_one_text(desk_db(p->desk), &CHAIN_HEAD, &head, err, NOARGS)) {
		return false;
	}
	when_full(when, p->now, desk_zone(p->desk));
	print_wrap(p, PRINT_SMALL, "", desk_name(p->desk));
	print_add(p, PRINT_SMALL, _("printed %s by %s"), when, desk_me(p->desk)->name);
	/* Alone on its line: whole in any language. */
	print_add(p, PRINT_SMALL, "%s", _("the chain's end at that moment:"));
	print_add(p, PRINT_SMALL, "  %s", head == NULL ? "-" : head);
	free(head);
	return true;
}

void
print_version(struct printing *p, const struct playbook *playbook)
{
	const struct json *ext = playbook_ext(playbook);
	const char *modified = playbook_text(playbook, "modified");
	const char *status = json_get_text(ext, "status_text");
	const char *starts = json_get_text(ext, "starts_when");

	print_add(p, PRINT_SMALL, _("edition %.10s%s%s"), modified == NULL ? "-" : modified,
		status == NULL ? "" : "   ", status == NULL ? "" : status);
	print_add(p, PRINT_SMALL, "sha256 %s", playbook_hash(playbook));
	if (starts != NULL) {
		print_wrap(p, PRINT_TEXT, _("begin when: "), starts);
	}
}

static bool
put_plan(struct printing *p, const struct plan *plan, const struct playbook *playbook,
	struct error *err)
{
	print_add(p, PRINT_TITLE, _("PLAN %s   %s"), plan->code, plan->name);
	if (!print_chain_end(p, err)) {
		return false;
	}
	print_version(p, playbook);
	print_add(p, PRINT_SMALL, "%s", "");
	print_add(p, PRINT_FORM, "%s", _("Case no. ________  Begun ____________"
		"  In charge ____________________"));
	print_rule(p, _("STEPS ( ! mandatory )"));
	print_steps(p, playbook, NULL);
	return print_phones(p, playbook, plan->kind, err) &&
		(!(plan_ticks(playbook, "stop_order") || plan_ticks(playbook, "start_order")) ||
			(print_stop_order(p, err) && print_start_order(p, err)));
}

bool
print_plan(struct buf *out, struct desk *desk, const struct plan *plan,
	const struct playbook *playbook, struct error *err)
{
	struct printing p = { .desk = desk, .now = desk_now(desk) };
	bool ok = put_plan(&p, plan, playbook, err);
	char *foot = xasprintf("%s %s", plan->code, plan->name);

	if (ok) {
		pages_take(out, &p.pages, foot);
	}
	free(foot);
	print_clear(&p);
	return ok;
}

/* A plan of the library, read. */
struct named {
	struct library library;
	struct playbook *playbook;
	const struct plan *plan;
	char *text;
};

static bool
find_plan(struct named *found, struct desk *desk, const char *spec, struct error *err)
{
	size_t len;

	*found = (struct named){ 0 };
	return library_load(&found->library, desk, err) &&
		library_find(&found->plan, &found->library, spec, i18n_language(), err) &&
		library_read(&found->playbook, &found->text, &len, desk, found->plan, err);
}

static void
let_go(struct named *found)
{
	playbook_free(found->playbook);
	free(found->text);
	library_finish(&found->library);
}

bool
print_plan_named(struct buf *out, char **name, struct desk *desk, const char *spec,
	struct error *err)
{
	struct named found;
	bool ok = find_plan(&found, desk, spec, err) &&
		print_plan(out, desk, found.plan, found.playbook, err);

	if (ok && name != NULL) {
		*name = xstrdup(found.plan->code[0] != '\0' ? found.plan->code
			: found.plan->name);
	}
	let_go(&found);
	return ok;
}

bool
print_plan_document(struct json **out, struct desk *desk, const char *spec,
	struct error *err)
{
	struct printing p = { .desk = desk, .now = desk_now(desk), .items = json_array() };
	struct named found;
	bool ok = find_plan(&found, desk, spec, err) &&
		put_plan(&p, found.plan, found.playbook, err);

	if (ok) {
		char *foot = xasprintf("%s %s", found.plan->code, found.plan->name);

		*out = print_document(&p, foot, playbook_hash(found.playbook));
		free(foot);
	}
	let_go(&found);
	print_clear(&p);
	return ok;
}
