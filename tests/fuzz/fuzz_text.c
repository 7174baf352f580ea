/* Any bytes as text: what is accepted is clean and stays as it is, widths and
 * cuts agree, folding and keys are valid and say the same twice. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/fold.h"
#include "core/mem.h"
#include "core/text.h"

static void
check_clean(const char *text, bool many)
{
	const char *at;

	MUST(text_valid_utf8(text, strlen(text)));
	for (at = text; *at != '\0'; at++) {
		unsigned char byte = (unsigned char)*at;

		MUST(byte != 0x7f && (byte >= 0x20 ||
			(many && (byte == '\n' || byte == '\t'))));
		MUST(byte != 0xc2 || (unsigned char)at[1] >= 0xa0);
	}
}

static void
check_accept(const char *data, size_t size, enum text_lines lines)
{
	struct error err = ERROR_INIT;
	char *text = NULL;
	char *again = NULL;

	if (!text_accept(&text, data, size, lines, size / 2 + 16, "text", &err)) {
		MUST(err.code == ERR_BAD_INPUT && text == NULL);
		return;
	}
	check_clean(text, lines == TEXT_MANY_LINES);
	MUST(strlen(text) <= size / 2 + 16);
	MUST(text_accept(&again, text, strlen(text), lines, strlen(text), "text",
		&err));
	MUST(strcmp(text, again) == 0);
	free(text);
	free(again);
}

static void
check_cells(const char *text)
{
	int width = text_width(text);
	int cells;

	for (cells = 0; cells < 24; cells++) {
		char *column = text_column(text, cells, true, cells % 2 == 0);
		int used = -1;
		size_t end = text_fit(text, cells, &used);

		check_clean(column, false);
		MUST(text_width(column) == cells);
		MUST(used <= cells && end <= strlen(text));
		MUST(text_width_n(text, end) == used);
		MUST(text[end] != '\0' || used == width);
		free(column);
	}
}

static void
check_steps(const char *text)
{
	size_t at = 0;
	size_t step;

	while ((step = text_next(text, at)) != 0) {
		at += step;
		MUST(at <= strlen(text));
		MUST(at > 2000 || text_prev(text, at) == step);
	}
	MUST(text[at] == '\0');
}

static int
words_in(const struct buf *buf)
{
	const char *at;
	int count = buf->len > 0;

	for (at = buf_text(buf); *at != '\0'; at++) {
		count += *at == ' ';
	}
	return count;
}

static void
check_fold(const char *text)
{
	struct buf marked = { 0 };
	struct buf folded = { 0 };
	char *once = fold_text(text);
	char *twice = fold_text(once);
	char *valid = text_valid_copy(text, strlen(text));
	char *same = fold_text(valid);
	int count = fold_words(text, &marked, &folded);

	MUST(text_valid_utf8(once, strlen(once)));
	MUST(strcmp(once, twice) == 0);
	MUST(strcmp(once, same) == 0);
	MUST(words_in(&marked) == count && words_in(&folded) == count);
	MUST(text_valid_utf8(buf_text(&marked), marked.len));
	MUST(text_valid_utf8(buf_text(&folded), folded.len));
	buf_free(&marked);
	buf_free(&folded);
	free(once);
	free(twice);
	free(valid);
	free(same);
}

static void
check_key(char *key)
{
	MUST(text_valid_utf8(key, strlen(key)));
	free(key);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	char *printable = text_printable(bytes, size);
	char *text = xstrndup(bytes, size); /* up to the first NUL */

	check_clean(printable, false);
	free(printable);
	check_accept(bytes, size, TEXT_ONE_LINE);
	check_accept(bytes, size, TEXT_MANY_LINES);
	check_cells(text);
	check_steps(text);
	check_fold(text);
	free(fold_marks(text));
	check_key(fold_sort_key(text));
	check_key(fold_name_key(text));
	free(text);
	return 0;
}
