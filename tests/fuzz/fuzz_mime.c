/* Any text as subject, names, address and body of a mail: no line or header is
 * added, every line is short and ends in CRLF, and what is read back is what
 * may be printed of it. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/mem.h"
#include "core/text.h"
#include "notify/mime.h"
#include "tests/notify/unmime.h"

static const char *const headers[] = {
	"Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References",
	"X-Suco-Case", "Auto-Submitted", "MIME-Version", "Content-Type",
	"Content-Transfer-Encoding",
};

/* Just the headers that we write, each once. */
static void
check_headers(const char *mail)
{
	size_t count = 0;

	for (const char *line = mail; strncmp(line, "\r\n", 2) != 0;
	     line = strstr(line, "\r\n") + 2) {
		if (*line != ' ') {
			size_t len = strlen(headers[count]);

			MUST(strncmp(line, headers[count], len) == 0 && line[len] == ':');
			count++;
		}
	}
	MUST(count == sizeof headers / sizeof *headers);
}

static void
check_subject(const char *mail, const char *subject)
{
	char *back = unmime_header(mail, "Subject");
	char *clean = text_printable(subject, strlen(subject));

	MUST(back != NULL && strcmp(back, clean) == 0);
	free(back);
	free(clean);
}

/* A body without carriage returns comes back line by line. */
static void
check_body(const char *mail, size_t len, const char *text)
{
	struct buf clean = { 0 };
	char *back = unmime_body(mail, len);

	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		char *line = text_printable(text, n);

		buf_addf(&clean, "%s\n", line);
		free(line);
		text += n + (text[n] == '\n');
	}
	MUST(strcmp(back, buf_text(&clean)) == 0);
	buf_free(&clean);
	free(back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct buf out = { 0 };

	mime_write(&out, "suco@team.example", text, &(struct outgoing){
		.message_id = text, .thread_root = text, .case_number = text,
		.to_name = text, .to_address = text, .subject = text, .text = text,
		.date = (int64_t)size * 86400000, .utc_offset = 25200 });
	MUST(unmime_lines_ok(buf_text(&out), out.len) ||
		strlen(text) > 200 /* ids of ours are never that long */);
	check_headers(buf_text(&out));
	check_subject(buf_text(&out), text);
	if (strchr(text, '\r') == NULL) {
		check_body(buf_text(&out), out.len, text);
	}
	buf_free(&out);
	free(text);
	return 0;
}
