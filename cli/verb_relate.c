/* verb_relate.c: merge, unmerge, link, unlink: a case and another. */
#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/merge.h"

typedef bool two_fn(struct desk *desk, const char *one, const char *other,
	struct error *err);

static bool
with_other(struct cli *cli, two_fn *act, struct error *err)
{
	struct ir_case other = { 0 };
	bool ok = case_find(&other, cli->desk, cli_word(cli, 0), err) &&
		act(cli->desk, cli->c.id, other.id, err);

	case_clear(&other);
	return ok;
}

bool
verb_merge(struct cli *cli, struct error *err)
{
	return with_other(cli, case_merge, err);
}

bool
verb_link(struct cli *cli, struct error *err)
{
	return with_other(cli, case_link, err);
}

bool
verb_unlink(struct cli *cli, struct error *err)
{
	return with_other(cli, case_unlink, err);
}

bool
verb_unmerge(struct cli *cli, struct error *err)
{
	return case_unmerge(cli->desk, cli->c.id, err);
}
