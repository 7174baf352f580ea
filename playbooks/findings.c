/* findings.c owns the list of what a check found and the table of rules: which
 * is an error when, which section of the standard says so, what is right. */
#include "playbooks/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/text.h"

#define CACAO(section) "CACAO 2.0 " section

/* lenient: what public playbooks break most and the engine can live with is a
 * warning for what others wrote.  A run begins at the step that is named, whatever
 * its type (22, 23); asks the operator where the exception is not there (24); ends
 * where nothing follows (26, 33); fails with a word at a step that is not there
 * (29).  section NULL: by the place.  right NULL: the texts of the rule say it
 * themselves. */
static const struct rule_row {
	bool lenient_warning, strict_warning;
	const char *section;
	const char *right;
} rules[RULE_COUNT] = {
	[1] = { false, false, CACAO("3.1"), N_("a playbook has type, spec_version, id,"
		" name, created_by, created, modified, workflow_start and workflow") },
	[2] = { false, false, CACAO("3.1"), NULL },
	[3] = { true, false, CACAO("10.10"), NULL },
	[4] = { true, false, CACAO("10.10"), N_("an identifier is its type, two dashes"
		" and a UUID: action--8f61c2d4-0a7e-4b93-9d58-e2b7f4c1a513") },
	[5] = { true, false, CACAO("3.1"), NULL },
	[6] = { true, false, CACAO("3.1"), N_("write 2026-01-31T08:00:00.000Z") },
	[7] = { true, false, CACAO("3.1"), N_("write 2026-01-31T08:00:00.000Z") },
	[8] = { true, false, CACAO("10.17"), NULL },
	[9] = { true, false, CACAO("10.17"), N_("write a day and hour that there are") },
	[10] = { true, false, CACAO("3.1"), N_("modified is the same as created, or later") },
	[11] = { true, false, CACAO("3.1"), NULL },
	[12] = { true, false, CACAO("3.1"), NULL },
	[13] = { true, false, NULL, NULL },
	[14] = { true, false, CACAO("3.1"),
		N_("name the activities, or leave playbook_types out") },
	[15] = { true, false, CACAO("3.1.2"),
		N_("add it here and to a command's playbook_activity") },
	[16] = { true, false, CACAO("3.1"),
		N_("give it to a command as playbook_activity, or take it out of the list") },
	[17] = { true, false, NULL, N_("put something in, or leave it out") },
	[18] = { true, false, NULL, NULL },
	[19] = { true, false, CACAO("3.1"), N_("define it in data_marking_definitions") },
	[20] = { true, false, CACAO("9"), NULL },
	[21] = { true, false, CACAO("9"), N_("the id is the same as the key") },
	[22] = { true, false, CACAO("3.1"), N_("a workflow begins with a step of type start") },
	[23] = { true, false, CACAO("3.1"), NULL },
	[24] = { true, false, CACAO("3.1"), NULL },
	[25] = { true, false, CACAO("3.1"),
		N_("add a step of type action or playbook-action") },
	[26] = { true, false, CACAO("3.1"), N_("a workflow ends with a step of type end") },
	[27] = { true, false, CACAO("10.10"), N_("the key is its type, two dashes and a UUID") },
	[28] = { false, false, CACAO("4.1"), N_("the types are start, end, action,"
		" playbook-action, parallel, if-condition, while-condition, switch-condition") },
	[29] = { true, false, CACAO("4.1"), N_("name a step that is a key of workflow") },
	[30] = { false, false, CACAO("4.1"),
		N_("either on_completion alone, or on_success and on_failure") },
	[31] = { false, false, CACAO("4.3"), NULL },
	[32] = { false, false, CACAO("4.4"),
		N_("leave on_completion, on_success and on_failure out") },
	[33] = { true, false, CACAO("4.1"),
		N_("add on_completion, or on_success and on_failure") },
	[34] = { true, false, NULL, N_("an action has one agent and its commands, each of a"
		" type of the standard; a playbook-action has a playbook_id") },
	[35] = { true, false, CACAO("4.5"),
		N_("define it in agent_definitions or target_definitions") },
	[36] = { false, false, CACAO("4.7"), N_("name two or more first steps in next_steps") },
	[37] = { false, false, CACAO("4.7"), N_("name each first step once") },
	[38] = { true, false, CACAO("4.4"), N_("give each branch an end step of its own") },
	[39] = { false, false, NULL, N_("write it like __name__:value = 'text', of a"
		" declared variable") },
	[40] = { false, false, NULL, N_("name one step by its id") },
	[41] = { false, false, CACAO("4.1"), NULL },
	[42] = { false, false, CACAO("4.1"), N_("write milliseconds: 900000 is 15 minutes") },
	[43] = { false, false, CACAO("4.10"), N_("name a step for each value in cases") },
	[44] = { false, false, CACAO("4.9"), NULL },
	[45] = { true, false, NULL, N_("end each branch with its own end; what follows both"
		" is on_completion of the step that opened them") },
	[46] = { true, false, CACAO("10.10"), N_("make a new random UUID") },
	[47] = { true, false, CACAO("10.10"), N_("make a new UUID for one of them") },
	[48] = { true, false, CACAO("4.1"), NULL },
	[49] = { true, false, CACAO("5"),
		N_("write what is to be done into command or command_b64") },
	[50] = { false, false, CACAO("5"),
		N_("only A-Z a-z 0-9 + / in fours, with = at the end") },
	[51] = { false, false, CACAO("5"), N_("write it as base64 into command_b64") },
	[52] = { true, false, CACAO("5"), N_("command is like POST /x HTTP/1.1; openc2-http"
		" has content_b64 too") },
	[53] = { true, false, CACAO("5.6"), NULL },
	[54] = { true, false, CACAO("10.18"), NULL },
	[55] = { false, false, CACAO("10.18"), N_("the types are bool, dictionary, float,"
		" hexstring, integer, ipv4-addr, ipv6-addr, long, mac-addr, hash, md5-hash,"
		" sha256-hash, string, uri, uuid") },
	[56] = { false, false, CACAO("10.18"), N_("write numbers and true or false in quotes") },
	[57] = { false, false, CACAO("10.18"), N_("write such a value, or another type") },
	[58] = { false, false, CACAO("4.5"),
		N_("take it out of out_args, or let it not be constant") },
	[59] = { true, false, CACAO("10.18"), N_("declare it in playbook_variables") },
	[60] = { true, false, NULL, N_("it has a type of the standard and a name") },
	[61] = { true, false, NULL, NULL },
	[62] = { true, false, CACAO("6"), NULL },
	[63] = { true, false, CACAO("8"), NULL },
	[64] = { true, false, CACAO("10.15"), NULL },
	[65] = { true, false, CACAO("10.15"), N_("sign this version of the playbook") },
	[RULE_UNREADABLE] = { false, false, "RFC 8259", NULL },
	[RULE_CONTROL] = { false, false, CACAO("10"),
		N_("take them out; lines may end with \\n") },
	[RULE_NOT_RUN] = { false, false, NULL, NULL },
	[RULE_UNREACHABLE] = { true, true, CACAO("4"), N_("lead to it, or take it out") },
	[RULE_STEP_EXTERNAL] = { true, true, CACAO("10.18"), NULL },
	[RULE_SHADOWING] = { true, true, CACAO("10.18"), N_("give it another name") },
	[RULE_TWO_WRITERS] = { true, true, CACAO("4.7"), N_("let one branch write it") },
	[RULE_SUMMARY] = { true, true, CACAO("3.1"), N_("say what is so, or leave it out") },
	[RULE_EMAIL] = { true, true, CACAO("7"), N_("write it like watch@desk.example") },
	[RULE_HEX_SIGNATURE] = { true, true, CACAO("10.15"), N_("write base64url") },
	[RULE_STYLE] = { true, true, CACAO("4.8"), N_("write it like __name__:value = 'text'") },
	[RULE_NO_TIME] = { true, true, CACAO("4.1"), N_("leave timeout out, or give time") },
	[RULE_OBJECT_VALUE] = { true, true, CACAO("10.18"), N_("write it as text") },
	[RULE_BORROWED] = { true, false, CACAO("10.18"), N_("declare it in playbook_variables") },
	[RULE_EXTENSION] = { true, false, CACAO("8"), N_("docs/suco-step.md says what there is") },
};

/* Where a rule is about many things, its section follows from the place; the
 * first row that fits counts. */
static const struct {
	const char *part;
	const char *section;
} places[] = {
	{ "/external_references", CACAO("10.8") },
	{ "_variables", CACAO("10.18") },
	{ "/location", CACAO("10.4") },
	{ "/commands/", CACAO("5") },
	{ "_extensions", CACAO("8") },
	{ "/extension_definitions", CACAO("8") },
	{ "/data_marking_definitions", CACAO("9") },
	{ "/authentication_info_definitions", CACAO("6") },
	{ "/agent_definitions", CACAO("7") },
	{ "/target_definitions", CACAO("7") },
	{ "/signatures", CACAO("10.15") },
	{ "/workflow/start--", CACAO("4.3") },
	{ "/workflow/end--", CACAO("4.4") },
	{ "/workflow/action--", CACAO("4.5") },
	{ "/workflow/playbook-action--", CACAO("4.6") },
	{ "/workflow/parallel--", CACAO("4.7") },
	{ "/workflow/if-condition--", CACAO("4.8") },
	{ "/workflow/while-condition--", CACAO("4.9") },
	{ "/workflow/switch-condition--", CACAO("4.10") },
	{ "/workflow/", CACAO("4.1") },
};

/* Where a run or the library needs what a milder rule is about. */
static const struct {
	int rule;
	const char *begin;
} needed[] = {
	{ 3, "/id" }, { 4, "/id" },
	{ 13, "/id" }, { 13, "/name" }, { 13, "/type" }, { 13, "/spec_version" },
	{ 13, "/created" }, { 13, "/modified" }, { 13, "/revoked" }, { 13, "/valid_" },
	{ 13, "/playbook_variables" }, { 13, "/workflow" },
};

static bool
is_needed(int rule, const char *path)
{
	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
		if (needed[i].rule == rule
				&& strncmp(path, needed[i].begin, strlen(needed[i].begin)) == 0) {
			return strstr(path, "/external_references") == NULL;
		}
	}
	return false;
}

static enum finding_level
level_of(int rule, const char *path, enum playbook_mode mode)
{
	const struct rule_row *row = &rules[rule];

	return row->strict_warning || (row->lenient_warning && mode != PLAYBOOK_STRICT
		&& !is_needed(rule, path)) ? FINDING_WARNING : FINDING_ERROR;
}

const char *
finding_word(enum finding_level level)
{
	return level == FINDING_ERROR ? "error" : "warning";
}

static const char *
section_of(int rule, const char *path)
{
	if (rules[rule].section != NULL) {
		return rules[rule].section;
	}
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		if (strstr(path, places[i].part) != NULL) {
			return places[i].section;
		}
	}
	return CACAO("3.1");
}

/* Paths and texts quote the file: they must not carry its escapes on. */
static char *
printable_line(const char *text)
{
	char *clean = text_printable(text, strlen(text));

	for (char *p = clean; *p != '\0'; p++) {
		if (*p == '\n' || *p == '\t' || *p == '\r') {
			*p = ' ';
		}
	}
	return clean;
}

void
finding_add(struct findings *findings, int rule, const char *path,
	const char *fmt, ...)
{
	struct finding finding = {
		.rule = rule, .level = level_of(rule, path, findings->mode),
		.path = printable_line(path[0] == '\0' ? "/" : path),
		.right = rules[rule].right == NULL ? "" : _(rules[rule].right),
	};
	char text[600];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	finding.text = printable_line(text);
	finding.section = section_of(rule, finding.path);
	findings->list = xrealloc(findings->list,
		((size_t)findings->count + 1) * sizeof finding);
	findings->list[findings->count++] = finding;
	findings->errors += finding.level == FINDING_ERROR;
}

char *
finding_line(const struct finding *f)
{
	return xasprintf("%s: %s: %s%s%s [%s]", f->path, finding_word(f->level), f->text,
		f->right[0] == '\0' ? "" : "; ", f->right, f->section);
}

void
findings_finish(struct findings *findings)
{
	for (int i = 0; i < findings->count; i++) {
		free(findings->list[i].path);
		free(findings->list[i].text);
	}
	free(findings->list);
	findings->list = NULL;
	findings->count = findings->errors = 0;
}

/* The most of a path that another name is added to, and of that name. */
#define PATH_BASE 250
#define PATH_NAME 140

/* A path is made for every place that is looked at, and almost none is told:
 * these copy, and print nothing.  base may be out,
 * and then begins where it does. */
static size_t
begin_path(char out[FINDING_PATH], const char *base, size_t most)
{
	size_t len = strnlen(base, most);

	if (out != base) {
		memcpy(out, base, len);
	}
	out[len++] = '/';
	return len;
}

void
path_key(char out[FINDING_PATH], const char *base, const char *key)
{
	size_t len = begin_path(out, base, PATH_BASE);
	size_t most = len + PATH_NAME;
	size_t size = strlen(key);

	if (size + 2 < PATH_NAME && memchr(key, '/', size) == NULL
			&& memchr(key, '~', size) == NULL) {
		memcpy(out + len, key, size + 1);
		return;
	}
	for (const char *p = key; *p != '\0' && len + 2 < most; p++) {
		out[len++] = *p == '/' ? '~' : *p;
		if (*p == '~' || *p == '/') {
			out[len++] = *p == '~' ? '0' : '1';
		}
	}
	out[len] = '\0';
}

void
path_index(char out[FINDING_PATH], const char *base, int index)
{
	char digits[12];
	size_t len = begin_path(out, base, FINDING_PATH - sizeof digits - 2);
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + index % 10);
	} while ((index /= 10) > 0);
	memcpy(out + len, digits + at, sizeof digits - at);
	out[len + sizeof digits - at] = '\0';
}
