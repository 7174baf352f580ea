/* Every rule of the reader by its number: one playbook that breaks none, and for
 * each rule a change that breaks it.  The rules are those of reference/cacao.md 3;
 * the rows are made from its words. */
#include "tests/test.h"
#include "tests/playbooks/plan.h"

#include <stdio.h>

#include "core/buf.h"
#include "core/mem.h"
#include "playbooks/findings.h"
#include "tests/playbooks/rules.h"

/* Quotes: ' stands for ", ` for '. */
static char *
quoted(const char *text)
{
	char *out = expand(text);

	for (char *p = out; *p != '\0'; p++) {
		*p = *p == '\'' ? '"' : *p == '`' ? '\'' : *p;
	}
	return out;
}

static struct json *
parsed(const char *text)
{
	struct error err = ERROR_INIT;
	struct json *value = NULL;
	char *full = quoted(text);

	CHECK_OK(json_parse(&value, full, strlen(full), NULL, &err), err);
	free(full);
	return value;
}

/* A copy of value with what stands at the pointer replaced; to NULL: taken out. */
static struct json *
changed(const struct json *value, const char *pointer, const struct json *to)
{
	size_t len = strcspn(pointer + 1, "/");
	char *key = xstrndup(pointer + 1, len);
	const char *rest = pointer + 1 + len;
	struct json *made = json_is(value, JSON_ARRAY) ? json_array() : json_object();
	bool seen = false;
	int index = 0;

	for (const struct json *row = json_first(value); row != NULL;
			row = json_next(row)) {
		char number[16];
		const char *name = json_key(row);

		(void)snprintf(number, sizeof number, "%d", index++);
		bool here = strcmp(name != NULL ? name : number, key) == 0;
		struct json *child = !here ? json_copy(row)
			: rest[0] != '\0' ? changed(row, rest, to)
			: to != NULL ? json_copy(to) : NULL;

		seen = seen || here;
		if (child != NULL && name != NULL) {
			json_set(made, name, child);
		} else if (child != NULL) {
			json_push(made, child);
		}
	}
	if (!seen) {
		assert_non_null(to);
		CHECK(rest[0] == '\0');
		json_set(made, key, json_copy(to));
	}
	free(key);
	return made;
}

/* All of from in the text as to; the caller frees. */
static char *
replaced(const char *text, const char *from, const char *to)
{
	struct buf out = { 0 };
	int times = 0;

	for (const char *p = text; *p != '\0';) {
		if (strncmp(p, from, strlen(from)) == 0) {
			buf_adds(&out, to);
			p += strlen(from);
			times++;
		} else {
			buf_addc(&out, *p++);
		}
	}
	CHECK(times > 0);
	return buf_take(&out);
}

/* The base with the row's change, the caller's. */
static char *
broken(const struct rule_case *row)
{
	char *base;

	if (row->at[0] != '/') {
		char *text = replaced(rules_base, row->at, row->to);

		base = quoted(text);
		free(text);
		return base;
	}
	char *at = expand(row->at);
	struct json *doc = parsed(rules_base);
	struct json *to = row->to == NULL ? NULL : parsed(row->to);
	struct json *made = changed(doc, at, to);

	base = json_line(made);
	json_free(made);
	json_free(to);
	json_free(doc);
	free(at);
	return base;
}

static bool
read_text(const char *text, enum playbook_mode mode, struct findings *found)
{
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;
	bool ok = playbook_read(&playbook, text, strlen(text), mode, found, &err);

	playbook_free(playbook);
	return ok;
}

static void
tell(const struct findings *found)
{
	for (int i = 0; i < found->count; i++) {
		const struct finding *f = &found->list[i];

		print_message("%s: %s: %s; %s [%s] (rule %d)\n", f->path,
			finding_word(f->level), f->text, f->right, f->section, f->rule);
	}
}

static const struct finding *
find(const struct findings *found, int rule, const char *path)
{
	for (int i = 0; i < found->count; i++) {
		if (found->list[i].rule == rule && strcmp(found->list[i].path, path) == 0) {
			return &found->list[i];
		}
	}
	return NULL;
}

/* The rule is found at its place and with its level, in both modes; a section is
 * named; where nothing else is broken nothing else is told. */
static void
a_broken_rule_is_found(void **state)
{
	const struct rule_case *row = *state;
	char *text = broken(row);
	char *path = expand(row->found != NULL ? row->found : row->at);

	for (int mode = PLAYBOOK_STRICT; mode <= PLAYBOOK_LENIENT; mode++) {
		struct findings found = { 0 };
		bool strict = mode == PLAYBOOK_STRICT;
		bool ok = read_text(text, (enum playbook_mode)mode, &found);
		const struct finding *f = find(&found, row->rule, path);

		if (f == NULL || ok != (strict ? row->level == 'W' : row->level != 'R')) {
			tell(&found);
			fail_msg("rule %d, %s: %s at %s in mode %d", row->rule, row->at,
				f == NULL ? "not found" : "wrong level", path, mode);
		}
		CHECK_STR(finding_word(f->level), row->level == 'R'
			|| (strict && row->level == 'E') ? "error" : "warning");
		CHECK(strncmp(f->section, "CACAO 2.0 ", 10) == 0);
		CHECK(f->text[0] != '\0');
		/* A check that keeps nothing finds the same. */
		struct findings again = { .mode = (enum playbook_mode)mode };
		CHECK_INT(findings_of(&again, text, strlen(text)), ok);
		CHECK_INT(again.count, found.count);
		findings_finish(&again);
		findings_finish(&found);
	}
	free(path);
	free(text);
}

TEST(the_base_breaks_no_rule)
{
	struct findings found = { 0 };
	char *text = quoted(rules_base);
	bool ok = read_text(text, PLAYBOOK_STRICT, &found);

	tell(&found);
	CHECK(ok);
	CHECK_INT(found.count, 0);
	findings_finish(&found);
	free(text);
}

TEST(every_rule_from_1_to_65_and_every_warning_has_a_case)
{
	char seen[RULE_COUNT] = { 0 };

	for (int i = 0; i < rules_case_count; i++) {
		seen[rules_cases[i].rule] = 1;
	}
	seen[RULE_UNREADABLE] = seen[RULE_CONTROL] = 1; /* below */
	for (int rule = 1; rule < RULE_COUNT; rule++) {
		if (!seen[rule]) {
			fail_msg("no case for rule %d", rule);
		}
	}
}

/* ---- outside the schema ---- */

struct raw_case {
	const char *what;
	const char *text;
	size_t len; /* 0: of the text */
	int rule;
	const char *path;
	const char *said; /* part of the text */
};

static const struct raw_case raws[] = {
	{ "a name that stands twice", "{\"type\":\"playbook\",\"a\":{\"x\":1,\"x\":2}}", 0,
	  RULE_UNREADABLE, "/a/x", "twice" },
	{ "NUL within a text", "{\"name\":\"a\0b\"}", 14, RULE_UNREADABLE, "/name", "0x00" },
	{ "an escaped NUL", "{\"name\":\"a\\u0000b\"}", 0, RULE_UNREADABLE, "/name", "u0000" },
	{ "a raw control character", "{\"name\":\"a\001b\"}", 0, RULE_UNREADABLE, "/name",
	  "0x01" },
	{ "bytes that are no UTF-8", "{\"name\":\"a\xff\"}", 0, RULE_UNREADABLE, "/name",
	  "UTF-8" },
	{ "UTF-16", "{\0\"\0a\0\"\0:\0001\0}\0", 14, RULE_UNREADABLE, "/", "0x00" },
	{ "a byte order mark", "\xEF\xBB\xBF{}", 0, RULE_UNREADABLE, "/", "BOM" },
	{ "an integer beyond int64", "{\"priority\":9223372036854775808}", 0,
	  RULE_UNREADABLE, "/priority", "9223372036854775807" },
	{ "trailing data", "{} {}", 0, RULE_UNREADABLE, "/", "end" },
	{ "a list", "[]", 0, RULE_UNREADABLE, "/", "object" },
	{ "nothing", "", 0, RULE_UNREADABLE, "/", "end" },
	{ "half a pair", "{\"name\":\"\\ud800\"}", 0, RULE_UNREADABLE, "/name", "pair" },
	{ "ESC in a text", "{\"name\":\"a\\u001b[2Jb\"}", 0, RULE_CONTROL, "/name", "control" },
	{ "C1 in a text", "{\"name\":\"a\\u009b2Jb\"}", 0, RULE_CONTROL, "/name", "control" },
	{ "DEL in a text", "{\"name\":\"a\\u007f\"}", 0, RULE_CONTROL, "/name", "control" },
	{ "raw C1 after a middle dot", "{\"x\":\"\xC2\xB7\",\"name\":\"\xC2\x9B\"}", 0,
	  RULE_CONTROL, "/name", "control" },
	{ "raw DEL", "{\"name\":\"a\x7F\"}", 0, RULE_CONTROL, "/name", "control" },
	{ "an escaped backspace", "{\"x\":\"\\\\u\",\"name\":\"a\\b\"}", 0, RULE_CONTROL,
	  "/name", "control" },
	{ "ESC in a name", "{\"workflow\":{\"\\u001bx\":1}}", 0, RULE_CONTROL, NULL,
	  "control" },
};

TEST(what_no_schema_sees_is_refused_at_its_place)
{
	for (size_t i = 0; i < sizeof raws / sizeof raws[0]; i++) {
		const struct raw_case *raw = &raws[i];
		size_t len = raw->len != 0 ? raw->len : strlen(raw->text);

		for (int mode = PLAYBOOK_STRICT; mode <= PLAYBOOK_LENIENT; mode++) {
			struct findings found = { 0 };
			struct playbook *playbook = NULL;
			struct error err = ERROR_INIT;
			bool good = false;

			CHECK(!playbook_read(&playbook, raw->text, len,
				(enum playbook_mode)mode, &found, &err));
			for (int k = 0; k < found.count; k++) {
				const struct finding *f = &found.list[k];

				good |= f->rule == raw->rule && f->level == FINDING_ERROR
					&& (raw->path == NULL || strcmp(f->path, raw->path) == 0)
					&& strstr(f->text, raw->said) != NULL;
				CHECK(strchr(f->path, '\033') == NULL);
			}
			if (!good) {
				tell(&found);
				fail_msg("%s", raw->what);
			}
			findings_finish(&found);
		}
	}
}

TEST(depth_and_size_have_limits)
{
	struct findings found = { 0 };
	struct buf text = { 0 };

	buf_adds(&text, "{\"a\":");
	for (int i = 0; i < 70; i++) {
		buf_addc(&text, '[');
	}
	CHECK(!read_text(buf_text(&text), PLAYBOOK_LENIENT, &found));
	CHECK_INT(found.list[0].rule, RULE_UNREADABLE);
	CHECK(strstr(found.list[0].text, "64") != NULL);
	findings_finish(&found);
	buf_clear(&text);
	buf_adds(&text, "{\"name\":\"");
	for (size_t i = 0; i < ((size_t)4 << 20) / 8; i++) {
		buf_adds(&text, "abcdefgh");
	}
	buf_adds(&text, "\"}");
	CHECK(!read_text(buf_text(&text), PLAYBOOK_LENIENT, &found));
	CHECK_INT(found.list[0].rule, RULE_UNREADABLE);
	CHECK(strstr(found.list[0].text, "4194304") != NULL);
	findings_finish(&found);
	buf_free(&text);
}

TEST(a_playbook_of_version_1_is_named_as_such_and_nothing_else_is_told)
{
	static const char *const versions[][2] = {
		{ "1.0", "1.0" }, { "1.1", "1.1" }, { "cacao-1.1", "1.1" },
	};

	for (size_t i = 0; i < 3; i++) {
		struct findings found = { 0 };
		char *text = xasprintf("{\"type\":\"playbook\",\"spec_version\":\"%s\"}",
			versions[i][0]);

		CHECK(!read_text(text, PLAYBOOK_LENIENT, &found));
		CHECK_INT(found.count, 1);
		CHECK_INT(found.list[0].rule, 2);
		CHECK(strstr(found.list[0].text, versions[i][1]) != NULL);
		CHECK(strstr(found.list[0].text, "convert") != NULL);
		findings_finish(&found);
		free(text);
	}
}

TEST(a_path_is_a_pointer_with_its_escapes)
{
	char path[FINDING_PATH];

	path_key(path, "", "a/b~c");
	CHECK_STR(path, "/a~1b~0c");
	path_index(path, path, 3);
	CHECK_STR(path, "/a~1b~0c/3");
	path_index(path, "", 1203);
	CHECK_STR(path, "/1203");
}

TEST(a_path_that_is_too_long_is_cut_and_never_runs_over)
{
	char path[FINDING_PATH] = "";
	char key[300];

	memset(key, '/', sizeof key - 1);
	key[sizeof key - 1] = '\0';
	for (int i = 0; i < 20; i++) {
		path_key(path, path, key);
		CHECK(strlen(path) < FINDING_PATH - 1);
	}
	for (int i = 0; i < 100; i++) {
		path_index(path, path, 2147483647);
		CHECK(strlen(path) < FINDING_PATH);
	}
	CHECK_STR(path + strlen(path) - 11, "/2147483647");
}

int
main(void)
{
	const struct CMUnitTest others[] = {
		RUN(the_base_breaks_no_rule),
		RUN(every_rule_from_1_to_65_and_every_warning_has_a_case),
		RUN(what_no_schema_sees_is_refused_at_its_place),
		RUN(depth_and_size_have_limits),
		RUN(a_playbook_of_version_1_is_named_as_such_and_nothing_else_is_told),
		RUN(a_path_is_a_pointer_with_its_escapes),
		RUN(a_path_that_is_too_long_is_cut_and_never_runs_over),
	};
	size_t count = (size_t)rules_case_count;
	struct CMUnitTest *tests = xcalloc(count, sizeof *tests);
	int failed = cmocka_run_group_tests(others, NULL, NULL);

	for (size_t i = 0; i < count; i++) {
		tests[i] = (struct CMUnitTest){
			.name = xasprintf("rule_%d_%s", rules_cases[i].rule, rules_cases[i].at),
			.test_func = a_broken_rule_is_found,
			.initial_state = (void *)(uintptr_t)&rules_cases[i],
		};
	}
	failed += _cmocka_run_group_tests("rules", tests, count, NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		free((void *)(uintptr_t)tests[i].name);
	}
	free(tests);
	return failed;
}
