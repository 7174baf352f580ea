/* manual.c writes the man page and bash's completions from the table of verbs:
 * `suco help man-page` when the program is built. */
#include "cli/manual.h"

#include <string.h>

#include "core/i18n.h"
#include "core/words.h"

/* Text that troff takes as it stands. */
static void
put_roff(struct buf *out, const char *text)
{
	bool line_start = true;

	for (; *text != '\0'; text++) {
		if (line_start && (*text == '.' || *text == '\'')) {
			buf_adds(out, "\\&");
		}
		if (*text == '\\') {
			buf_adds(out, "\\e");
		} else if (*text == '-') {
			buf_adds(out, "\\-");
		} else {
			buf_addc(out, *text);
		}
		line_start = *text == '\n';
	}
}

static void
put_line(struct buf *out, const char *macro, const char *text)
{
	buf_adds(out, macro);
	put_roff(out, text);
	buf_addc(out, '\n');
}

static void
put_usage(struct buf *out, const char *verb, const char *subject, const char *sub,
	const char *usage)
{
	buf_adds(out, ".TP\n\\fBsuco ");
	put_roff(out, verb);
	buf_adds(out, "\\fR");
	buf_adds(out, subject);
	if (sub[0] != '\0') {
		buf_adds(out, " \\fB");
		put_roff(out, sub);
		buf_adds(out, "\\fR");
	}
	if (usage[0] != '\0') {
		buf_addc(out, ' ');
		put_roff(out, usage);
	}
	buf_addc(out, '\n');
}

static void
put_examples(struct buf *out, const char *examples)
{
	if (examples == NULL) {
		return;
	}
	buf_adds(out, ".PP\n.nf\n");
	put_line(out, "", examples);
	buf_adds(out, ".fi\n");
}

/* Of a verb; NULL: of the screens. */
static void
put_options(struct buf *out, const struct verb *verb)
{
	for (int i = 0; verb_option(verb, i) != NULL; i++) {
		const struct cli_option *option = verb_option(verb, i);

		buf_adds(out, ".TP\n\\fB\\-\\-");
		put_roff(out, option->name);
		buf_adds(out, "\\fR");
		if (option->value != NULL) {
			buf_addc(out, ' ');
			put_roff(out, option->value);
		}
		buf_addc(out, '\n');
		put_line(out, "", _(option->help));
	}
}

static void
put_verb(struct buf *out, const struct verb *verb)
{
	const char *subject = verb_subject(verb);

	put_line(out, ".SS ", verb->name);
	put_line(out, "", _(verb->help));
	if (verb->run != NULL) {
		put_usage(out, verb->name, subject, "", verb->usage);
	}
	for (const struct subverb *s = verb->subverbs; s != NULL && s->name != NULL; s++) {
		put_usage(out, verb->name, subject, s->name, s->usage);
		put_line(out, "", _(s->help));
	}
	put_options(out, verb);
	put_examples(out, verb->examples);
}

static const char head[] =
	".TH SUCO 1\n"
	".SH NAME\nsuco \\- the incident desk of a response team\n"
	".SH SYNOPSIS\n"
	".B suco\n[\\-\\-desk URL] [\\-\\-lang vi|en] [\\-\\-as LOGIN] [VERB [WORDS] [OPTIONS]]\n"
	".SH DESCRIPTION\n"
	"Without a verb suco opens the desk's screens; without a terminal it lists the\n"
	"open cases.\n"
	"CASE is the full number 2026\\-0042, 2026\\-42, 42, or the UUID; drills are\n"
	"D\\-2026\\-0003.\n"
	"TIME is now, \\-15m, \\-2h, \\-3d, 14:30, 21/11 14:30, 21/11/2026 14:30 or RFC\n"
	"3339, and +2h for what is due, in the desk's zone.\n"
	"Every verb takes \\-\\-json: one JSON value on standard output, errors as JSON on\n"
	"standard error.\n"
	"Never type state secrets into suco.\n"
	".SH OPTIONS\n"
	".TP\n\\fB\\-\\-desk\\fR URL\nthe desk to work on\n"
	".TP\n\\fB\\-\\-lang\\fR vi|en\nthe language of what is printed and shown\n"
	".TP\n\\fB\\-\\-as\\fR LOGIN\nact for another member (admin)\n"
	".TP\n\\fB\\-\\-version\\fR [\\-v]\nthe version; which parts are there\n"
	".PP\nOf the screens:\n";

static const char before_verbs[] = ".SH VERBS\n";

static const char foot[] =
	".SH EXIT STATUS\n"
	"0 done; 1 refused by a rule, or bad input; 2 wrong usage; 3 no such thing;\n"
	"4 conflict: somebody changed it first; 5 database, file or network failure;\n"
	"6 found faults (verify, playbook check).\n"
	".SH ENVIRONMENT\n"
	".TP\nSUCO_DESK\nthe desk, where \\-\\-desk is not given\n"
	".TP\nSUCO_DATA, SUCO_LIBEXEC\nwhere data and parts are looked for first\n"
	".SH FILES\n"
	".TP\n/etc/suco/suco.conf, $XDG_CONFIG_HOME/suco/suco.conf\n"
	"configuration; `suco config` prints every key\n"
	".TP\n$XDG_DATA_HOME/suco/desk.db\nthe member's own desk\n";

bool
manual_page(struct cli *cli, struct error *err)
{
	(void)err;
	buf_adds(&cli->out, head);
	put_options(&cli->out, NULL);
	buf_adds(&cli->out, before_verbs);
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		put_verb(&cli->out, verb);
	}
	buf_adds(&cli->out, foot);
	return true;
}

static void
put_words(struct buf *out, const struct verb *verb)
{
	buf_addf(out, "\t%s) words=\"", verb->name);
	for (const struct subverb *s = verb->subverbs; s != NULL && s->name != NULL; s++) {
		buf_addf(out, "%s ", s->name);
	}
	for (int i = 0; verb_option(verb, i) != NULL; i++) {
		buf_addf(out, "--%s ", verb_option(verb, i)->name);
	}
	buf_adds(out, "\" ;;\n");
}

bool
manual_completion(struct cli *cli, struct error *err)
{
	struct buf *out = &cli->out;

	(void)err;
	buf_adds(out, "# Completions of suco for bash; made from its table of verbs.\n"
		"_suco() {\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} verb= words= i\n"
		"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		"\t\tcase ${COMP_WORDS[i]} in\n"
		"\t\t--desk | --lang | --as) ((i++)) ;;\n"
		"\t\t-*) ;;\n"
		"\t\t*) verb=${COMP_WORDS[i]}; break ;;\n"
		"\t\tesac\n"
		"\tdone\n"
		"\tcase ${COMP_WORDS[COMP_CWORD - 1]} in\n"
		"\t--desk | --input | -o) compopt -o default; return ;;\n"
		"\t--lang) COMPREPLY=($(compgen -W \"vi en\" -- \"$cur\")); return ;;\n"
		"\t--kind) COMPREPLY=($(compgen -W \"");
	for (const struct word *kind = words_of(WORDS_KIND); kind->word != NULL; kind++) {
		buf_addf(out, "%s ", kind->word);
	}
	buf_adds(out, "\" -- \"$cur\")); return ;;\n"
		"\tesac\n"
		"\tcase $verb in\n"
		"\t'') words=\"--desk --lang --as --version ");
	for (int i = 0; verb_option(NULL, i) != NULL; i++) {
		buf_addf(out, "--%s ", verb_option(NULL, i)->name);
	}
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		buf_addf(out, "%s ", verb->name);
	}
	buf_adds(out, "\" ;;\n");
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		put_words(out, verb);
	}
	buf_adds(out, "\tesac\n"
		"\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
		"\tif [ ${#COMPREPLY[@]} -eq 0 ] && [ -n \"$verb\" ]; then\n"
		"\t\tcompopt -o default\n"
		"\tfi\n"
		"}\n"
		"complete -F _suco suco\n");
	return true;
}
