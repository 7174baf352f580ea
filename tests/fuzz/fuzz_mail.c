/* fuzz_mail.c: whatever bytes come as a mail are taken apart without harm, and what
 * they say is read as an answer the same way twice. */
#include <string.h>

#include "core/mem.h"
#include "core/reply_text.h"
#include "core/text.h"
#include "serve/mailbox_part.h"
#include "tests/fuzz/fuzz.h"

/* Never NULL, and text that may be kept. */
static void
check_text(const char *text)
{
	MUST(text != NULL && text_valid_utf8(text, strlen(text)));
}

static void
check_mail(const struct mail *mail)
{
	check_text(mail->from);
	check_text(mail->id);
	check_text(mail->subject);
	check_text(mail->text);
	MUST(mail->to != NULL);
	MUST(strchr(mail->from, '\n') == NULL);
	MUST(mail->ref_count >= 0 && mail->ref_count <= MAILBOX_REFS);
	for (int i = 0; i < mail->ref_count; i++) {
		check_text(mail->refs[i]);
	}
}

/* What decides stands above every quote; quoting it whole decides nothing. */
static void
check_answer(const struct mail *mail)
{
	char to[REPLY_LOGIN_SIZE];
	char again_to[REPLY_LOGIN_SIZE];
	enum answer_what what = ANSWER_ACK;
	enum answer_what again = ANSWER_ACK;
	char *own = reply_text_own(mail->text, 8192);
	char *quoted = xasprintf("> %s", own);
	char *twice = reply_text_own(own, 8192);
	char *none = reply_text_own(quoted, 8192);
	bool says = reply_text_says(own, &what, to);

	MUST(strlen(own) <= 3 * 8192 && text_valid_utf8(own, strlen(own)));
	MUST(reply_text_says(twice, &again, again_to) == says);
	MUST(!says || (what == again && strcmp(to, again_to) == 0));
	MUST((what == ANSWER_PASS && says) == (to[0] != '\0'));
	MUST(none[0] == '\0' && !reply_text_says(none, &what, to));
	free(own);
	free(quoted);
	free(twice);
	free(none);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool started;
	struct mail mail;

	if (!started) {
		suco_mailbox_part.start();
		started = true;
	}
	if (suco_mailbox_part.read(&mail, data, size)) {
		check_mail(&mail);
		check_answer(&mail);
	}
	suco_mailbox_part.clear(&mail);
	return 0;
}
