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

SQL(PRINT_HEAD, "", "SELECT hash FROM head");

void
print_rule(struct printing *p, const char *title)
{
	pages_add(&p->pages, "%s", "");
	pages_add(&p->pages, "-- %s", title);
}

/* Which moment of the desk the paper shows. */
bool
print_chain_end(struct printing *p, struct error *err)
{
	char *head = NULL;
	char when[WHEN_SHORT_SIZE];

	if (!db_one_text(desk_db(p->desk), &PRINT_HEAD, &head, err, NOARGS)) {
		return false;
	}
	when_full(when, p->now, desk_zone(p->desk));
	pages_wrap(&p->pages, "", desk_name(p->desk));
	pages_add(&p->pages, _("printed %s by %s"), when, desk_me(p->desk)->name);
	/* Alone on its line: whole in any language. */
	pages_add(&p->pages, "%s", _("the chain's end at that moment:"));
	pages_add(&p->pages, "  %s", head == NULL ? "-" : head);
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

	pages_add(&p->pages, _("edition %.10s%s%s"), modified == NULL ? "-" : modified,
		status == NULL ? "" : "   ", status == NULL ? "" : status);
	pages_add(&p->pages, "sha256 %s", playbook_hash(playbook));
	if (starts != NULL) {
		pages_wrap(&p->pages, _("begin when: "), starts);
	}
}

static bool
put_plan(struct printing *p, const struct plan *plan, const struct playbook *playbook,
	struct error *err)
{
	pages_add(&p->pages, _("PLAN %s   %s"), plan->code, plan->name);
	if (!print_chain_end(p, err)) {
		return false;
	}
	print_version(p, playbook);
	pages_add(&p->pages, "%s", "");
	pages_add(&p->pages, "%s", _("Case no. ________  Begun ____________"
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
	pages_clear(&p.pages);
	return ok;
}

bool
print_plan_named(struct buf *out, char **name, struct desk *desk, const char *spec,
	struct error *err)
{
	struct library library;
	struct playbook *playbook = NULL;
	const struct plan *plan;
	char *text = NULL;
	size_t len;
	bool ok;

	if (!library_load(&library, desk, err)) {
		return false;
	}
	ok = library_find(&plan, &library, spec, i18n_language(), err) &&
		library_read(&playbook, &text, &len, desk, plan, err) &&
		print_plan(out, desk, plan, playbook, err);
	if (ok && name != NULL) {
		*name = xstrdup(plan->code[0] != '\0' ? plan->code : plan->name);
	}
	playbook_free(playbook);
	free(text);
	library_finish(&library);
	return ok;
}
