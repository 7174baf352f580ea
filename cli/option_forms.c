/* option_forms.c owns the table of which form of a verb takes which options: what
 * another form takes is refused, not passed over. */
#include "cli/option_forms.h"

#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"

#define REGISTER_ASSET "name name_en kind level state since owner operator standby" \
	" backup depends-on source note"
#define REGISTER_CONTACT "name name_en body class kinds valid_from valid_to mail phone" \
	" zalo telegram ntfy webhook verified note source"
#define REGISTER_GROUP "name name_en of members includes source"
#define REGISTER_MEMBER "name role unit skills language mail phone zalo telegram" \
	" ntfy webhook active area on-site"
#define REGISTER_RULE "family order when then source valid_from valid_to"
#define REGISTER_UNIT "name kind area aliases carrier island source"
#define CALL "answered-by result no-answer wrong-number at number message verified"
#define NOTICE "number date to channel at confirmed-at confirmed-by note update"
#define PLANNED "what from until by note"
#define TIN "what unit from post callback channel at detected verified down did" \
	" secret kind asset reply-by note"
#define WAIT "ticket promised said-at raise-after"
#define WAIT_WORD "said promised whom channel at"

/* Of each verb that has forms and options; a form that is not here takes none.
 * form "": the verb without one. */
static const struct {
	const char *verb, *form, *options;
} takes[] = {
	{ "ask", "", "question step until channel options fallback at" },
	{ "asset", "add", REGISTER_ASSET }, { "asset", "set", REGISTER_ASSET },
	{ "call", "", CALL }, { "call", "fix", CALL " reason not-made to" },
	{ "confirmed", "", "by at" }, { "confirmed", "list", "left" },
	{ "contact", "add", REGISTER_CONTACT }, { "contact", "set", REGISTER_CONTACT },
	{ "contact", "unverified", "days" }, { "contact", "verify", "at note" },
	{ "countdown", "add", "at" }, { "countdown", "stop", "reason" },
	{ "deadline", "add", "at" }, { "deadline", "na", "reason" },
	{ "duty", "", "at week" }, { "duty", "away", "reason" }, { "duty", "gaps", "days" },
	{ "duty", "ics", "days output" }, { "duty", "import", "layer name source" },
	{ "duty", "override", "layer from to reason" },
	{ "duty", "raise", "kind needs from to source" },
	{ "duty", "set", "name name-en position needed counted rota rota-name people type"
	  " every start zone days from to from-day to-day remove" },
	{ "duty", "spell", "name from to shift source" },
	{ "duty", "swap", "layer from to back-layer back-from back-to reason open" },
	{ "duty", "withdraw", "reason" },
	{ "evidence", "add", "note" }, { "evidence", "get", "output" },
	{ "evidence", "handover",
	  "to post body from place at reason document note output" },
	{ "evidence", "item", "label by place note" }, { "evidence", "record", "output" },
	{ "group", "add", REGISTER_GROUP }, { "group", "set", REGISTER_GROUP },
	{ "handover", "", "output" }, { "handover", "back", "reason" },
	{ "handover", "give", "to words" }, { "handover", "show", "output" },
	{ "holiday", "add", "working" }, { "holiday", "list", "year" },
	{ "log", "", "kind witness seal at asset" }, { "log", "list", "from to limit" },
	{ "member", "add", REGISTER_MEMBER }, { "member", "set", REGISTER_MEMBER },
	{ "notice", "confirm", NOTICE }, { "notice", "sent", NOTICE },
	{ "notice", "void", "reason" },
	{ "obligation", "done", "description at" }, { "obligation", "list", "all" },
	{ "obligation", "set", "result description at" },
	{ "over", "told", "how all no-answer" },
	{ "planned", "add", PLANNED }, { "planned", "list", "all" },
	{ "planned", "set", PLANNED " state" },
	{ "playbook", "check", "lenient" }, { "playbook", "convert", "output" },
	{ "playbook", "draw", "output" }, { "playbook", "edit", "format" },
	{ "playbook", "export", "output format" }, { "playbook", "import", "convert" },
	{ "playbook", "new", "from output" }, { "playbook", "print", "format output" },
	{ "playbook", "sign", "key signee output" },
	{ "point", "add", "state since group step" },
	{ "point", "import", "state since group step" },
	{ "point", "list", "by unconfirmed step" }, { "point", "remove", "reason" },
	{ "point", "set", "at" }, { "point", "tick", "at step off" },
	{ "posted", "", "to at red show workaround next" },
	{ "quick", "", "register to wanted next text" },
	{ "quick", "confirm", "confirmed-by confirmed-at" },
	{ "quick", "sent", "to channel at approved-by confirmed-by confirmed-at" },
	{ "rule", "add", REGISTER_RULE }, { "rule", "list", "family" },
	{ "rule", "set", REGISTER_RULE },
	{ "run", "export", "output" }, { "run", "pause", "reason" },
	{ "run", "playbook", "output" }, { "run", "resume", "reason" },
	{ "run", "stop", "reason" },
	{ "scene", "hold", "body document date what" }, { "scene", "list", "all" },
	{ "scene", "release", "by document" },
	{ "task", "add", "to due" }, { "task", "done", "note" },
	{ "tin", "", TIN " drill" }, { "tin", "case", "begin" },
	{ "tin", "close", "reason" }, { "tin", "done", "result" },
	{ "tin", "help", "to" }, { "tin", "join", "reason" },
	{ "tin", "list", "open promised case drill limit" },
	{ "tin", "reply", "how next" }, { "tin", "set", TIN },
	{ "unit", "add", REGISTER_UNIT }, { "unit", "set", REGISTER_UNIT },
	{ "wait", "", WAIT " for" }, { "wait", "asked", WAIT_WORD },
	{ "wait", "done", "result" }, { "wait", "raise", WAIT_WORD },
	{ "wait", "set", WAIT " to" },
};

static bool
in_words(const char *words, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = words; (at = strstr(at, name)) != NULL; at += len) {
		if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0')) {
			return true;
		}
	}
	return false;
}

const char *
option_form(const struct verb *verb, const char *option, int i)
{
	for (size_t row = 0; row < sizeof takes / sizeof *takes; row++) {
		if (strcmp(takes[row].verb, verb->name) == 0
				&& in_words(takes[row].options, option) && i-- == 0) {
			return takes[row].form;
		}
	}
	return NULL;
}

static bool
refuse(const struct cli *cli, const char *option, struct error *err)
{
	const char *form = cli->subverb == NULL ? "" : cli->subverb->name;
	struct buf of = { 0 };

	for (int i = 0; option_form(cli->verb, option, i) != NULL; i++) {
		const char *one = option_form(cli->verb, option, i);

		buf_addf(&of, "%ssuco %s%s%s", i > 0 ? ", " : "", cli->verb->name,
			one[0] == '\0' ? "" : " ", one);
	}
	error_set(err, ERR_USAGE, of.len == 0
		? _("--%s does not belong to `suco %s%s%s`")
		: _("--%s does not belong to `suco %s%s%s`, but to: %s"), option,
		cli->verb->name, form[0] == '\0' ? "" : " ", form, buf_text(&of));
	buf_free(&of);
	return false;
}

/* What a form has by its flags is its own, not the verb's. */
static bool
flags_belong(const struct cli *cli, struct error *err)
{
	unsigned flags = cli->subverb == NULL ? cli->verb->flags : cli->subverb->flags;

	if (cli->csv && (flags & VERB_CSV) == 0) {
		return refuse(cli, "csv", err);
	}
	return !cli->guarded || (flags & VERB_CHANGES) != 0 || refuse(cli, "if-version", err);
}

bool
options_belong(const struct cli *cli, struct error *err)
{
	const char *form = cli->subverb == NULL ? "" : cli->subverb->name;

	for (int i = 0; i < cli->given_count; i++) {
		const char *name = cli->given[i].option->name;
		bool here = option_form(cli->verb, name, 0) == NULL;

		for (int f = 0; !here && option_form(cli->verb, name, f) != NULL; f++) {
			here = strcmp(option_form(cli->verb, name, f), form) == 0;
		}
		if (!here) {
			return refuse(cli, name, err);
		}
	}
	return flags_belong(cli, err);
}
