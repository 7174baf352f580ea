/* findings.c owns the list of what a check found and the table that says
 * which rule is an error when. */
#include "playbooks/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "core/text.h"

/* Rules that are not errors in both modes.  The lenient ones are those that
 * public playbooks break most and that the engine can live with. */
static const struct {
	int rule;
	bool strict_warning;
} milder[] = {
	{ 5, false }, { 6, false }, { 7, false }, { 8, false }, { 9, false },
	{ 10, false }, { 11, false }, { 12, false }, { 14, false }, { 15, false },
	{ 16, false }, { 17, false }, { 18, false }, { 19, false }, { 20, false },
	{ 21, false }, { 25, false }, { 27, false }, { 33, false }, { 34, false }, { 35, false },
	{ 38, false }, { 45, false }, { 46, false }, { 47, false }, { 48, false }, { 49, false },
	{ 52, false }, { 53, false }, { 54, false }, { 60, false }, { 61, false },
	{ 62, false }, { 63, false }, { 64, false }, { 65, false }, { 59, false },
	{ RULE_UNREACHABLE, true }, { RULE_STEP_EXTERNAL, true },
	{ RULE_SHADOWING, true }, { RULE_TWO_WRITERS, true },
	{ RULE_SUMMARY, true }, { RULE_EMAIL, true },
	{ RULE_HEX_SIGNATURE, true }, { RULE_STYLE, true },
	{ RULE_NO_TIME, true }, { RULE_EXTENSION, false },
};

enum finding_level
finding_level(int rule, enum playbook_mode mode)
{
	for (size_t i = 0; i < sizeof milder / sizeof milder[0]; i++) {
		if (milder[i].rule == rule
				&& (mode != PLAYBOOK_STRICT || milder[i].strict_warning)) {
			return FINDING_WARNING;
		}
	}
	return FINDING_ERROR;
}

const char *
finding_word(enum finding_level level)
{
	return level == FINDING_ERROR ? "error" : "warning";
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
		.rule = rule, .level = finding_level(rule, findings->mode),
		.path = printable_line(path),
	};
	char text[600];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	finding.text = printable_line(text);
	findings->list = xrealloc(findings->list,
		((size_t)findings->count + 1) * sizeof finding);
	findings->list[findings->count++] = finding;
	findings->errors += finding.level == FINDING_ERROR;
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

void
path_key(char out[FINDING_PATH], const char *base, const char *key)
{
	char kept[FINDING_PATH];

	(void)snprintf(kept, sizeof kept, "%s", base); /* base may be out */
	(void)snprintf(out, FINDING_PATH, "%.250s.%.140s", kept, key);
}

void
path_index(char out[FINDING_PATH], const char *base, int index)
{
	char kept[FINDING_PATH];

	(void)snprintf(kept, sizeof kept, "%s", base);
	(void)snprintf(out, FINDING_PATH, "%.370s[%d]", kept, index);
}
