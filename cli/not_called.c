/* not_called.c says on standard error where a case asks for somebody to be called
 * and nothing on this desk will call him: a person must, or start the engine. */
#include "cli/cli.h"
#include "core/engine_look.h"
#include "core/i18n.h"

static const struct {
	const char *word; /* for scripts */
	const char *line;
} says[] = {
	[ENGINE_MISSING] = { "no_engine", N_("NO ENGINE: nobody is called by itself for %s;"
		" start it: suco serve (or call once: suco deliver --once)") },
	[ENGINE_NO_RULE] = { "no_rule", N_("nobody is called for %s: no rule says whom;"
		" take in those that are shipped: suco rule import escalation") },
};

bool
cli_warn_not_called(struct cli *cli, const char *case_id, struct error *err)
{
	enum engine_calls how;
	struct ir_case c = { 0 };
	bool ok;

	/* A demo reaches nobody in any case. */
	if (desk_is_demo(cli->desk)) {
		return true;
	}
	ok = engine_calls_for(&how, cli->desk, case_id, err) &&
		(how == ENGINE_CALLS || case_load(&c, cli->desk, case_id, err));
	if (ok && how != ENGINE_CALLS) {
		cli_warn(cli, _(says[how].line), c.number);
		cli->warned = says[how].word;
	}
	case_clear(&c);
	return ok;
}
