/* verb_relate.c: merge, unmerge, link, unlink. */
#include "cli/cli.h"
#include "cli/verbs_of.h"
#include "core/case.h"
#include "core/merge.h"

typedef bool two_fn(struct desk *desk, const char *one, const char *other,
	struct error *err);

static bool
on_two(struct cli *cli, two_fn *act, struct error *err)
{
	struct ir_case one = { 0 };
	struct ir_case other = { 0 };
	bool ok = case_find(&one, cli->desk, cli_word(cli, 0), err) &&
		case_find(&other, cli->desk, cli_word(cli, 1), err) &&
		act(cli->desk, one.id, other.id, err) && cli_case_result(cli, one.id, err);

	case_clear(&one);
	case_clear(&other);
	return ok;
}

bool
verb_merge(struct cli *cli, struct error *err)
{
	return on_two(cli, case_merge, err);
}

bool
verb_link(struct cli *cli, struct error *err)
{
	return on_two(cli, case_link, err);
}

bool
verb_unlink(struct cli *cli, struct error *err)
{
	return on_two(cli, case_unlink, err);
}

bool
verb_unmerge(struct cli *cli, struct error *err)
{
	struct ir_case c = { 0 };
	bool ok = case_find(&c, cli->desk, cli_word(cli, 0), err) &&
		case_unmerge(cli->desk, c.id, err) && cli_case_result(cli, c.id, err);

	case_clear(&c);
	return ok;
}
