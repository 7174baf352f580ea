/* paper.c: suco-report paper: a document from standard input into a PDF. */
#include "report/paper.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/files.h"
#include "core/i18n.h"
#include "report/report.h"

#define MOST ((size_t)16 << 20)

bool
report_paper(const struct report *report, struct error *err)
{
	const struct json_limits limits = { .bytes = MOST };
	const char *path = report_option(report, "--output");
	struct json *document = NULL;
	struct buf pdf = { 0 };
	char *text = NULL;
	size_t len = 0;
	bool ok;

	if (path == NULL) {
		return error_set(err, ERR_USAGE, _("the paper needs --output FILE"));
	}
	ok = file_read_fd(&text, &len, STDIN_FILENO, _("standard input"), MOST, err)
		&& json_parse(&document, text, len, &limits, err)
		&& paper_make(&pdf, document, err)
		&& file_write(path, pdf.data, pdf.len, 0600, err);
	json_free(document);
	buf_free(&pdf);
	free(text);
	if (ok) {
		report_written(report, path);
	}
	return ok;
}
