/* Plans in Markdown: the example of docs/plan-md.md, each word in both languages,
 * and what two editions differ in. */
#include "tests/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "paths.h"
#include "core/files.h"
#include "core/buf.h"
#include "core/mem.h"
#include "playbooks/md.h"
#include "playbooks/plan_diff.h"

#define NOW INT64_C(1795000000000)
#define CALLED "playbook--c6e7b188-acc1-4d65-85d3-3550b565065a"

static char *
id_of(void *arg, const char *said, const char *language)
{
	(void)arg;
	(void)language;
	return strncmp(said, "PA-", 3) == 0 ? xstrdup(CALLED) : NULL;
}

static char *
name_of(void *arg, const char *id)
{
	(void)arg;
	return strcmp(id, CALLED) == 0 ? xstrdup("PA-PC") : NULL;
}

static const struct md_names names = { .id_of = id_of, .name_of = name_of };

static char *
read_text(const char *name)
{
	char *path = xasprintf("%s/%s", SUCO_SOURCE_DIR, name);
	struct error err = ERROR_INIT;
	char *text = NULL;
	size_t len = 0;

	CHECK_OK(file_read(&text, &len, path, MD_MOST, &err), err);
	free(path);
	return text;
}

/* The plan in the page, between its fences. */
static char *
example(void)
{
	static const char fence[] = "```markdown\n";
	char *page = read_text("docs/plan-md.md");
	char *start = strstr(page, fence);
	char *text;

	assert_non_null(start);
	start += strlen(fence);
	text = xstrndup(start, (size_t)(strstr(start, "```") - start));
	free(page);
	return text;
}

static struct json *
read_on(const char *text, const struct json *base, int64_t now)
{
	const struct md_source source = { .base = base, .names = &names, .now = now };
	struct md_faults faults = { 0 };
	struct json *doc = NULL;

	if (!md_playbook(&doc, &faults, text, strlen(text), &source)) {
		fail_msg("line %d: %s", faults.list[0].line, faults.list[0].text);
	}
	return doc;
}

static struct playbook *
strictly(const struct json *doc)
{
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;
	char *text = json_pretty(doc);

	CHECK_OK(playbook_read(&playbook, text, strlen(text), PLAYBOOK_STRICT, NULL, &err),
		err);
	free(text);
	return playbook;
}

/* "2 3": the lines that are wrong. */
static const char *
wrong_lines(const char *text)
{
	static char out[200];
	const struct md_source source = { .names = &names, .now = NOW };
	struct md_faults faults = { 0 };
	struct json *doc = NULL;

	out[0] = '\0';
	assert_false(md_playbook(&doc, &faults, text, strlen(text), &source));
	for (int i = 0; i < faults.count; i++) {
		size_t used = strlen(out);

		(void)snprintf(out + used, sizeof out - used, "%s%d", i > 0 ? " " : "",
			faults.list[i].line);
	}
	md_faults_finish(&faults);
	return out;
}

static void
the_example_of_the_page_comes_back_as_it_was(void **state)
{
	char *text = example();
	struct json *doc = read_on(text, NULL, NOW);
	struct playbook *playbook = strictly(doc);
	char *again = md_text(playbook, &names);
	struct json *losses = md_losses(playbook, again, &names);

	(void)state;
	assert_string_equal(again, text);
	assert_int_equal(json_count(losses), 0);
	json_free(losses);
	free(again);
	playbook_free(playbook);
	json_free(doc);
	free(text);
}

static void
ids_stay_when_the_plan_is_read_again_and_when_a_step_comes_before(void **state)
{
	char *text = example();
	struct json *one = read_on(text, NULL, NOW);
	struct json *two = read_on(text, NULL, NOW + 1000);
	const char *steps = strstr(text, "## Các bước\n");
	char *more = xasprintf("%.*s## Các bước\n\n1. Kéo còi\n   - Chủ trì: Trực ca\n%s",
		(int)(steps - text), text, steps + strlen("## Các bước\n"));
	struct json *three = read_on(more, one, NOW);

	(void)state;
	assert_string_equal(json_get_text(one, "modified"), "2026-11-18T11:06:40.000Z");
	assert_string_equal(json_get_text(two, "modified"), "2026-11-18T11:06:41.000Z");
	assert_true(json_equal(json_get(one, "workflow"), json_get(two, "workflow")));
	for (const struct json *row = json_first(json_get(one, "workflow")); row != NULL;
			row = json_next(row)) {
		assert_non_null(json_get(json_get(three, "workflow"), json_key(row)));
	}
	assert_int_equal(json_count(json_get(three, "workflow")),
		json_count(json_get(one, "workflow")) + 1);
	free(more);
	json_free(three);
	json_free(two);
	json_free(one);
	free(text);
}

static const struct step *
named(const struct playbook *playbook, const char *name)
{
	for (int i = 0; i < playbook_step_count(playbook); i++) {
		if (strcmp(playbook_step(playbook, i)->name, name) == 0) {
			return playbook_step(playbook, i);
		}
	}
	fail_msg("no step %s", name);
	return playbook_step(playbook, 0);
}

/* Written in the usual form, it reads back as the same plan. */
static void
comes_back(const struct playbook *playbook, const struct json *doc)
{
	char *text = md_text(playbook, &names);
	struct json *losses = md_losses(playbook, text, &names);
	struct json *again = read_on(text, doc, NOW);

	assert_int_equal(json_count(losses), 0);
	assert_true(json_equal(json_get(again, "workflow"), json_get(doc, "workflow")));
	json_free(again);
	json_free(losses);
	free(text);
}

static void
the_ends_of_lines_and_the_mark_of_other_systems_say_nothing(void **state)
{
	struct buf other = { 0 };
	char *text = example();
	struct json *one, *two;

	(void)state;
	buf_adds(&other, "\xEF\xBB\xBF");
	for (const char *p = text; *p != '\0'; p++) {
		buf_adds(&other, *p == '\n' ? "\r" : "");
		buf_addc(&other, *p);
	}
	one = read_on(text, NULL, NOW);
	two = read_on(buf_text(&other), NULL, NOW);
	assert_true(json_equal(one, two));
	json_free(one);
	json_free(two);
	buf_free(&other);
	free(text);
}

/* A condition keeps the words in which a person wrote it. */
static void
a_condition_comes_back_in_its_own_words(void **state)
{
	static const char *const written[] = {
		"Nếu đã có điện thì", "Nếu đã có điện = có thì", "Nếu đã có điện là không thì",
		"Lặp lại khi đã có điện",
	};

	(void)state;
	for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
		char *text = xasprintf("# X\nChủ trì: B\n1. A\n   Hỏi: đã có điện (có/không)\n"
			"2. %s\n   1. C\n", written[i]);
		struct json *doc = read_on(text, NULL, NOW);
		struct playbook *playbook = strictly(doc);
		char *again = md_text(playbook, &names);

		assert_non_null(strstr(again, written[i]));
		assert_null(strstr(again, "Tên:"));
		comes_back(playbook, doc);
		free(again);
		playbook_free(playbook);
		json_free(doc);
		free(text);
	}
}

static void
english_words_plain_fields_and_one_line_branches_are_read(void **state)
{
	char *text = read_text("tests/fuzz/corpus/md/english.md");
	struct json *doc = read_on(text, NULL, NOW);
	struct playbook *playbook = strictly(doc);
	const struct step *branch = named(playbook, "If reserve path");
	const struct variable *seen = playbook_find_variable(playbook, "__first_seen__");

	(void)state;
	assert_string_equal(json_get_text(playbook_ext(playbook), "language"), "en");
	assert_string_equal(json_get_text(branch->json, "condition"),
		"__reserve_path__:value = true");
	assert_string_equal(playbook_step(playbook, branch->branches[0].first)->name,
		"Switch over");
	assert_string_equal(playbook_step(playbook, branch->branches[1].first)->name,
		"Tell the users");
	assert_true(seen->external);
	assert_int_equal(named(playbook, "Call the far end")->timeout, 600000);
	assert_int_equal(json_count(json_get(named(playbook, "Call the far end")->ext,
		"support")), 2);
	assert_string_equal(json_get_text(named(playbook, "In parallel")->ext, "phase"),
		"Repair");
	assert_int_equal(named(playbook, "In parallel")->branch_count, 2);
	assert_string_equal(playbook_step(playbook, playbook_exception(playbook))->name,
		"Call the leader");
	comes_back(playbook, doc);
	playbook_free(playbook);
	json_free(doc);
	free(text);
}

/* The words of an If, and the condition of CACAO that they are. */
static const struct {
	const char *said, *condition;
} conditions[] = {
	{ "phút còn < 30 phút", "__phut_con__:value < 30" },
	{ "phut con <= 5 va co dien", "__phut_con__:value <= 5 AND __co_dien__:value = true" },
	{ "phút còn dưới 5 hoặc (có điện là không và nơi hỏng khác)", NULL },
	{ "có điện là không", "__co_dien__:value = false" },
	{ "nơi hỏng trong (tại xã, cáp)", "__noi_hong__:value IN ('tai_xa', 'cap')" },
	{ "nơi hỏng không trong (tại xã)", "__noi_hong__:value NOT IN ('tai_xa')" },
	{ "noi_hong != Tại xã", "__noi_hong__:value != 'tai_xa'" },
	{ "(phút còn ≥ 3 hoặc có điện) và nơi hỏng = cáp",
	  "(__phut_con__:value >= 3 OR __co_dien__:value = true) AND "
	  "__noi_hong__:value = 'cap'" },
	{ "ai báo là 'ông A, xã'", "__ai_bao__:value = 'ông A, xã'" },
	{ "ghi chú = 1", NULL },
	{ "nơi hỏng = trạm", NULL },
	{ "phút còn < nhiều", NULL },
	{ "phút còn", NULL },
	{ "__phut_con__:value = 7", "__phut_con__:value = 7" },
};

static void
conditions_are_read_by_the_questions_of_the_plan(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
		char *text = xasprintf("# X\nChủ trì: A\n1. Hỏi\n   Hỏi: phút còn (số); đơn vị: "
			"phút\n   Hỏi: có điện (có/không)\n   Hỏi: nơi hỏng (một trong: Tại xã, "
			"cáp)\n   Hỏi: ai báo (chữ)\n2. Nếu %s thì\n   1. Làm\n",
			conditions[i].said);
		struct json *doc;
		const char *is = NULL;

		if (conditions[i].condition == NULL) {
			assert_string_equal(wrong_lines(text), "8");
			free(text);
			continue;
		}
		doc = read_on(text, NULL, NOW);
		for (const struct json *row = json_first(json_get(doc, "workflow")); row != NULL;
				row = json_next(row)) {
			is = json_get(row, "condition") != NULL ? json_get_text(row, "condition")
				: is;
		}
		assert_string_equal(is, conditions[i].condition);
		json_free(doc);
		free(text);
	}
}

/* "changed:timeout:A added::B" */
static const char *
differences(const char *one, const char *two)
{
	static char out[600];
	struct json *left = read_on(one, NULL, NOW), *right = read_on(two, NULL, NOW);
	struct playbook *a = strictly(left), *b = strictly(right);
	struct plan_diff diff;

	out[0] = '\0';
	plan_diff(&diff, a, b, false);
	for (int i = 0; i < diff.count; i++) {
		const struct plan_change *change = &diff.list[i];
		size_t used = strlen(out);

		(void)snprintf(out + used, sizeof out - used, "%s%s:%s:%s", i > 0 ? " " : "",
			plan_change_word(change->kind), change->field != NULL ? change->field : "",
			change->name);
	}
	plan_diff_finish(&diff);
	playbook_free(a);
	playbook_free(b);
	json_free(left);
	json_free(right);
	return out;
}

#define HEAD "# X\nChủ trì: A\n"

static void
two_editions_differ_in_steps_and_not_in_ids(void **state)
{
	(void)state;
	assert_string_equal(differences(HEAD "1. B\n2. C\n", HEAD "1. B\n2. C\n"), "");
	assert_string_equal(differences(HEAD "1. B\n2. C\n", HEAD "1. B\n2. D\n3. C\n"),
		"added::D");
	assert_string_equal(differences(HEAD "1. B\n2. C\n3. D\n", HEAD "1. B\n2. D\n"),
		"removed::C");
	assert_string_equal(differences(HEAD "1. B\n2. C\n3. D\n", HEAD "1. D\n2. B\n3. C\n"),
		"moved::D");
	assert_string_equal(differences(HEAD "1. B\n", HEAD "1. B\n   Hạn: 5 phút\n"),
		"changed:timeout:B");
	assert_string_equal(differences(HEAD "1. B\n", HEAD "1. B\n   Chủ trì: E\n"),
		"changed:agent A: changed:agent E: changed:lead:B");
	assert_string_equal(differences(HEAD "1. B\n2. Song song\n   1. C\n   2. D\n",
		HEAD "1. B\n2. C\n3. Song song\n   1. E\n   2. D\n"), "added::E moved::C");
}

/* What the form cannot say of our own plans is named, and the rest is all there. */
static void
losses_of_a_shipped_plan_are_named(void **state)
{
	char *text = read_text("playbooks/plans/pa-tc-gd.vi.json");
	struct playbook *playbook = NULL;
	struct error err = ERROR_INIT;
	struct json *losses;
	char *all, *md;

	(void)state;
	CHECK_OK(playbook_read(&playbook, text, strlen(text), PLAYBOOK_STRICT, NULL, &err),
		err);
	md = md_text(playbook, &names);
	losses = md_losses(playbook, md, &names);
	all = json_line(losses);
	assert_non_null(strstr(all, "\"due_working_days (steps 11, 12)\""));
	assert_null(strstr(all, "decision"));
	assert_non_null(strstr(all, "checklist"));
	assert_non_null(strstr(all, "external_references"));
	assert_null(strstr(all, "why"));
	assert_null(strstr(all, "condition ("));
	assert_null(strstr(all, "timeout"));
	assert_null(strstr(all, "read back"));
	free(all);
	json_free(losses);
	free(md);
	playbook_free(playbook);
	free(text);
}

/* Each shipped plan can be written, and what is written is a plan again. */
static void
all_shipped_plans_are_written_and_read(void **state)
{
	DIR *folder = opendir(SUCO_SOURCE_DIR "/playbooks/plans");
	int count = 0;

	(void)state;
	assert_non_null(folder);
	for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
		struct playbook *playbook = NULL;
		struct error err = ERROR_INIT;
		char *name = xasprintf("playbooks/plans/%s", entry->d_name);
		char *text, *md;
		struct json *again;

		if (strstr(name, ".json") == NULL) {
			free(name);
			continue;
		}
		text = read_text(name);
		CHECK_OK(playbook_read(&playbook, text, strlen(text), PLAYBOOK_STRICT, NULL,
			&err), err);
		md = md_text(playbook, &names);
		again = read_on(md, playbook_json(playbook), NOW);
		assert_int_equal(json_count(json_get(again, "workflow")),
			json_count(json_get(playbook_json(playbook), "workflow")));
		json_free(again);
		free(md);
		playbook_free(playbook);
		free(text);
		free(name);
		count++;
	}
	closedir(folder);
	assert_true(count >= 14);
}

static void
times_are_written_as_they_are_read(void **state)
{
	static const struct {
		int64_t ms;
		const char *vi, *en;
	} spans[] = {
		{ 60000, "1 phút", "1 minute" }, { 900000, "15 phút", "15 minutes" },
		{ 5400000, "1 giờ 30 phút", "1 hour 30 minutes" },
		{ 172800000, "2 ngày", "2 days" }, { 1500, "1 giây 500 ms", "1 second 500 ms" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
		char *vi = md_span(spans[i].ms, "vi");
		char *en = md_span(spans[i].ms, "en");
		char *text = xasprintf(HEAD "1. B\n   Hạn: %s\n2. C\n   Hạn: %s\n", vi, en);
		struct json *doc = read_on(text, NULL, NOW);
		struct playbook *playbook = strictly(doc);

		assert_string_equal(vi, spans[i].vi);
		assert_string_equal(en, spans[i].en);
		assert_int_equal(named(playbook, "B")->timeout, spans[i].ms);
		assert_int_equal(named(playbook, "C")->timeout, spans[i].ms);
		playbook_free(playbook);
		json_free(doc);
		free(text);
		free(en);
		free(vi);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_of_the_page_comes_back_as_it_was),
		cmocka_unit_test(
			ids_stay_when_the_plan_is_read_again_and_when_a_step_comes_before),
		cmocka_unit_test(the_ends_of_lines_and_the_mark_of_other_systems_say_nothing),
		cmocka_unit_test(a_condition_comes_back_in_its_own_words),
		cmocka_unit_test(english_words_plain_fields_and_one_line_branches_are_read),
		cmocka_unit_test(conditions_are_read_by_the_questions_of_the_plan),
		cmocka_unit_test(two_editions_differ_in_steps_and_not_in_ids),
		cmocka_unit_test(losses_of_a_shipped_plan_are_named),
		cmocka_unit_test(all_shipped_plans_are_written_and_read),
		cmocka_unit_test(times_are_written_as_they_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
