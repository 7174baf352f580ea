/* What is wrong in a plan in Markdown is told by its line. */
#include "tests/test.h"

#include <stdio.h>

#include "playbooks/md.h"

/* "2 3": the lines that are wrong. */
static const char *
wrong_lines(const char *text)
{
	static char out[200];
	const struct md_source source = { .now = 0 };
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

/* 160 characters. */
#define TWENTY "một hai ba bốn năm. "
#define LONG TWENTY TWENTY TWENTY TWENTY TWENTY TWENTY TWENTY TWENTY

/* A fault each, and the line that is named. */
static const struct {
	const char *text, *lines;
} faults[] = {
	{ "1. A\n   Chủ trì: B\n", "1" },                                /* no title */
	{ "# X\nChủ trì: A\n", "0" },                                    /* no step */
	{ "# X\n1. A\n", "2" },                                          /* no lead */
	{ "# X\n1. A\n   Chu trii: B\n", "3" },                          /* misspelt */
	{ "# X\n1. A\n   Chủ trì: B\n   Hạn: lâu\n", "4" },
	{ "# X\n1. A\n   Chủ trì: B\n   Hạn: 5 phút\n   Hạn: 6 phút\n", "5" },
	{ "# X\n1. A\n   Chủ trì: B\n   lạc lõng\n   Hạn: x\n", "4 5" },
	{ "# X\n1. A\n   Chủ trì: B\n   Hỏi: bao nhiêu\n", "4" },        /* no type */
	{ "# X\n1. A\n   Chủ trì: B\n   Hỏi: x (số); chưa rõ: nhiều\n", "4" },
	{ "# X\n1. A\n   Chủ trì: B\n   Hỏi: x (số)\n2. C\n   Chủ trì: B\n   Hỏi: x (chữ)\n",
	  "7" },
	{ "# X\nChủ trì: B\n1. Nếu a thì\n   1. C\n", "3" },             /* never asked */
	{ "# X\nChủ trì: B\n1. Nếu a thì\n   1. C\n2. D\n   Hỏi: a (có/không)\n", "3" },
	{ "# X\nChủ trì: B\n1. A\n   Hỏi: a (có/không)\n2. Nếu a\n   1. C\n", "5" },
	{ "# X\nChủ trì: B\n1. Song song\n   - M:\n     1. C\n", "3" },
	{ "# X\nChủ trì: B\n1. Song song\n   - M:\n   - N:\n     1. C\n", "4" },
	{ "# X\nChủ trì: B\n1. A\n   1. C\n", "4" },
	{ "# X\nChủ trì: B\n1. A\n2. Gọi phương án Y\n", "4" },
	{ "# X\nChủ trì: B\n1. A\n   Ngược lại\n", "4" },
	{ "# X\nLoại sự cố: mưa\nChủ trì: B\n1. A\n", "2" },
	{ "# X\nChủ trì: B\n1. A\n   Người quyết: C\n", "3" },
	{ "# X\nChủ trì: B\n1. A\n   Người quyết: C\n   Không gặp được sau: lâu; D\n", "3" },
	{ "# X\nChủ trì: B\n1. A __y__:value\n", "3" },                  /* of the check */
	{ "# X\nChủ trì: B\n1. A\n```\nx\n```\n", "4 4 5 6 6" },
	/* What is longer than the screen and the form have room for, field by field. */
	{ "# X\nChủ trì: B\n1. A\n   Hạn: 5 phút\n   Vì sao: " LONG "\n   Cái giá: " LONG "\n",
	  "5 6" },
	{ "# X\nChủ trì: B\n1. A\n   Cách làm:\n   - x\n   - " LONG "\n2. C\n", "6" },
	{ "# X\nMã: pa-x\nChủ trì: B\n1. A\n", "2" },
	{ "# X\nMã: ĐIỆN\nChủ trì: B\n1. A\n", "2" },
	{ "# X\nChủ trì: B\n## Vai trò\n- B: Trực-Ca\n## Các bước\n1. A\n", "4" },
	{ "# X\nChủ trì: B\n1. Song song\n   - Tên nhánh này dài quá ba mươi tư chữ:\n"
	  "     1. C\n   - M:\n     1. D\n", "4" },
};

TEST(each_fault_is_told_by_its_line)
{
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		if (strcmp(wrong_lines(faults[i].text), faults[i].lines) != 0) {
			fail_msg("row %zu: lines %s, not %s", i, wrong_lines(faults[i].text),
				faults[i].lines);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(each_fault_is_told_by_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
