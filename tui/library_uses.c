/* library_uses.c owns what is known of each plan without reading it again, and
 * the questions who runs it, who calls it and who signed it. */
#include "tui/library_uses.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"
#include "playbooks/trust.h"
#include "tui/case_rows.h"

/* From the open cases: they are few, and no plan is under way on another. */
SQL(PLANS_UNDER_WAY, "",
	"SELECT r.playbook_id, COUNT(*) FROM cases c JOIN run r ON r.case_id = c.id"
	" WHERE c.drill IN (0, 1) AND c.is_open = 1 AND r.ended_at IS NULL"
	" GROUP BY r.playbook_id");
SQL(CASES_OF_PLAN, "t",
	"SELECT c.number, c.title, r.playbook_modified FROM cases c JOIN run r ON r.case_id = c.id"
	" WHERE c.drill IN (0, 1) AND c.is_open = 1 AND r.ended_at IS NULL"
	" AND r.playbook_id = $1 ORDER BY c.drill, c.opened_at, c.id");

bool
plan_check(struct playbook **out, struct findings *found, char **text,
	struct desk *desk, const struct plan *plan, struct error *err)
{
	bool shipped = strcmp(plan->origin, "shipped") == 0;
	struct playbook *read = NULL;
	size_t len = 0;

	if (!library_read(&read, text, &len, desk, plan, err)) {
		return false;
	}
	playbook_free(read);
	found->mode = shipped ? PLAYBOOK_STRICT : PLAYBOOK_LENIENT;
	*out = NULL;
	(void)playbook_read(out, *text, len, found->mode, found, err);
	return true;
}

static char *
calls_of(const struct playbook *playbook)
{
	struct buf out = { 0 };

	buf_addc(&out, ' ');
	for (int i = 0; playbook != NULL && i < playbook_step_count(playbook); i++) {
		const char *call = playbook_step(playbook, i)->call;

		if (call != NULL) {
			buf_addf(&out, "%s ", call);
		}
	}
	return buf_take(&out);
}

/* A text is the same until its hash changes; one thread owns the desk. */
const struct plan_look *
plan_look(struct desk *desk, const struct plan *plan)
{
	static struct plan_look *known;
	static int known_count;
	struct error err = ERROR_INIT;
	struct findings found = { 0 };
	struct playbook *playbook = NULL;
	char *text = NULL;

	for (int i = 0; i < known_count; i++) {
		if (strcmp(known[i].hash, plan->hash) == 0) {
			return &known[i];
		}
	}
	if (!plan_check(&playbook, &found, &text, desk, plan, &err)) {
		return NULL;
	}
	known = xrealloc(known, ((size_t)known_count + 1) * sizeof *known);
	struct plan_look *look = &known[known_count++];
	*look = (struct plan_look){
		.count = found.count, .errors = found.errors, .calls = calls_of(playbook),
		.has_signature = playbook != NULL
			&& json_get(playbook_json(playbook), "signatures") != NULL,
	};
	memcpy(look->hash, plan->hash, HASH_SIZE);
	findings_finish(&found);
	playbook_free(playbook);
	free(text);
	return look;
}

bool
plan_runs(struct json **out, struct desk *desk, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &PLANS_UNDER_WAY, NOARGS);

	*out = json_object();
	while (stmt_row(st)) {
		json_set_int(*out, stmt_text(st, 0), stmt_int(st, 1));
	}
	return stmt_done(st, err);
}

int
plan_callers(struct buf *text, struct desk *desk, const struct library *library,
	const char *id)
{
	char *wanted = xasprintf(" %s ", id);
	int count = 0;

	for (int i = 0; i < library->count; i++) {
		const struct plan_look *look = plan_look(desk, &library->plans[i]);

		if (look == NULL || strstr(look->calls, wanted) == NULL) {
			continue;
		}
		count++;
		if (text != NULL) {
			char *clean = text_printable(library->plans[i].name,
				strlen(library->plans[i].name));

			buf_addf(text, "   %s %s\n", library->plans[i].code, clean);
			free(clean);
		}
	}
	free(wanted);
	return count;
}

bool
plan_cases(struct buf *out, struct desk *desk, const char *id, struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &CASES_OF_PLAN, TXT(id));

	while (stmt_row(st)) {
		char number[24];

		case_short_number(number, stmt_text(st, 0));
		buf_addf(out, _("   %s %s (version %.10s)"), number, stmt_text(st, 1),
			stmt_text(st, 2));
		buf_addc(out, '\n');
	}
	return stmt_done(st, err);
}

char *
plan_signer(struct desk *desk, const struct plan *plan)
{
	const struct plan_look *look = plan_look(desk, plan);
	struct playbook *playbook = NULL;
	struct error ignored = ERROR_INIT;
	char *text = NULL, *name = NULL;
	size_t len = 0;

	if (look != NULL && look->has_signature
			&& library_read(&playbook, &text, &len, desk, plan, &ignored)) {
		(void)trust_signer(&name, desk, playbook_json(playbook), &ignored);
	}
	playbook_free(playbook);
	free(text);
	return name != NULL ? name : xstrdup("");
}
