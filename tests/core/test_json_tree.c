/* A document that is only read: texts at every place of the eight bytes that are
 * looked at together, and values over the borders of the blocks they stand in. */
#include "tests/test.h"

#include <stdio.h>

#include "core/buf.h"
#include "core/json.h"

#define LONGEST 40

static bool
read_tree(struct json_tree **tree, const struct buf *text)
{
	struct error err = ERROR_INIT;

	return json_tree_read(tree, buf_text(text), text->len, NULL, &err);
}

/* A list of one text: so many plain letters, what, and so many again. */
static void
put_text(struct buf *text, int before, const char *what, int after)
{
	buf_clear(text);
	buf_adds(text, "[\"");
	for (int i = 0; i < before + after; i++) {
		if (i == before) {
			buf_adds(text, what);
		}
		buf_addc(text, 'x');
	}
	if (after == 0) {
		buf_adds(text, what);
	}
	buf_adds(text, "\"]");
}

static size_t
length_read(const struct buf *text, const char **is)
{
	static char copy[LONGEST * 2];
	struct json_tree *tree = NULL;

	CHECK(read_tree(&tree, text));
	(void)snprintf(copy, sizeof copy, "%s",
		json_text(json_at(json_tree_root(tree), 0), "?"));
	json_tree_free(tree);
	*is = copy;
	return strlen(copy);
}

TEST(a_text_is_read_the_same_at_every_place)
{
	static const struct {
		const char *written, *is;
	} rows[] = {
		{ "", "" }, { "\\\"", "\"" }, { "\\\\", "\\" }, { "\\u1ebf", "ế" },
		{ "ế", "ế" }, { "đ", "đ" }, { "\\ud83d\\ude00", "😀" }, { "😀", "😀" },
		{ "\x7f", "\x7f" }, { "\ufffd", "\ufffd" }, { "!#[]", "!#[]" },
	};
	struct buf text = { 0 };
	const char *is;

	for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
		for (int before = 0; before < 18; before++) {
			for (int after = 0; after < 18; after++) {
				size_t len = strlen(rows[row].is);

				put_text(&text, before, rows[row].written, after);
				CHECK_INT(length_read(&text, &is),
					(size_t)before + (size_t)after + len);
				CHECK(strncmp(is + before, rows[row].is, len) == 0);
			}
		}
	}
	buf_free(&text);
}

TEST(a_fault_is_found_at_every_place)
{
	static const char *const faults[] = {
		"\x01", "\x1f", "\n", "\xff", "\x80", "\xc3", "\xe1\xba", "\xe1\xba\"",
		"\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
		"\xf4\x90\x80\x80", "\\x", "\\ud83d", "\\u0000",
	};
	struct json_tree *tree = NULL;
	struct buf text = { 0 };

	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		for (int before = 0; before < 18; before++) {
			for (int after = 0; after < 18; after++) {
				put_text(&text, before, faults[i], after);
				CHECK(!read_tree(&tree, &text));
				CHECK(tree == NULL);
			}
		}
	}
	buf_free(&text);
}

/* More values than their bytes let expect, so that one block is not enough. */
TEST(many_small_values_stand_in_order_over_several_blocks)
{
	struct json_tree *tree = NULL;
	struct buf text = { 0 };
	int at = 0;

	buf_addc(&text, '[');
	for (int i = 0; i < 3000; i++) {
		buf_addf(&text, "%s%d,[],{\"a\":%d}", i == 0 ? "" : ",", i, i);
	}
	buf_addc(&text, ']');
	CHECK(read_tree(&tree, &text));
	CHECK_INT(json_count(json_tree_root(tree)), 9000);
	for (const struct json *row = json_first(json_tree_root(tree)); row != NULL;
			row = json_next(json_next(json_next(row)))) {
		CHECK_INT(json_integer(row, -1), at);
		CHECK_INT(json_count(json_next(row)), 0);
		CHECK_INT(json_get_int(json_next(json_next(row)), "a", -1), at++);
	}
	CHECK_INT(at, 3000);
	json_tree_free(tree);
	buf_free(&text);
}

/* Digits are stored among the texts, which have room for them at the very end. */
TEST(a_copy_outlives_its_document)
{
	struct json_tree *tree = NULL;
	struct buf text = { 0 };
	struct json *copy;
	char *line;

	buf_adds(&text, "{\"a\":[\"b\",-0,1.5e3,null,true],\"n\":9223372036854775807}");
	CHECK(read_tree(&tree, &text));
	copy = json_copy(json_tree_root(tree));
	json_tree_free(tree);
	line = json_line(copy);
	CHECK_STR(line, "{\"a\":[\"b\",0,1500,null,true],\"n\":9223372036854775807}");
	free(line);
	json_free(copy);
	buf_clear(&text);
	buf_adds(&text, "-9223372036854775808");
	CHECK(read_tree(&tree, &text));
	CHECK_INT(json_integer(json_tree_root(tree), 0), INT64_MIN);
	json_tree_free(tree);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_text_is_read_the_same_at_every_place),
		RUN(a_fault_is_found_at_every_place),
		RUN(many_small_values_stand_in_order_over_several_blocks),
		RUN(a_copy_outlives_its_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
