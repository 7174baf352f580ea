/* mime.c writes mail: headers with RFC 2047 words, one text part in the shorter
 * of quoted-printable and base64. */
#include "notify/mime.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/text.h"

#define WORD_BYTES 39  /* of text in one encoded word: 52 of base64 + 12 */
#define LINE_BYTES 76
#define PLAIN_LINE 66  /* a longer header is encoded, which also folds it */

static const char base64_digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void
add_base64(struct buf *out, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i += 3) {
		unsigned group = 0;

		for (size_t k = 0; k < 3; k++) {
			group = group << 8 | (i + k < len ? (unsigned char)bytes[i + k] : 0u);
		}
		for (size_t k = 0; k < 4; k++) {
			bool pad = k > len - i;

			buf_addc(out, pad ? '=' : base64_digits[group >> (18 - 6 * k) & 63]);
		}
	}
}

static bool
is_plain(const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		if (*p < ' ' || *p > '~') {
			return false;
		}
	}
	return strlen(text) <= PLAIN_LINE && strstr(text, "=?") == NULL;
}

/* Words are cut at character borders: each must decode by itself. */
static void
add_words(struct buf *out, const char *text)
{
	size_t len = strlen(text);
	size_t at = 0;

	do {
		size_t end = at;
		uint32_t point;

		while (end < len) {
			size_t size = text_decode(text + end, len - end, &point);

			if (size == 0 || end + size - at > WORD_BYTES) {
				break;
			}
			end += size;
		}
		buf_adds(out, at == 0 ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
		add_base64(out, text + at, end - at);
		buf_adds(out, "?=");
		at = end;
	} while (at < len);
}

static void
add_unstructured(struct buf *out, const char *name, const char *value)
{
	char *clean = text_printable(value, strlen(value));

	buf_addf(out, "%s: ", name);
	if (is_plain(clean)) {
		buf_adds(out, clean);
	} else {
		add_words(out, clean);
	}
	buf_adds(out, "\r\n");
	free(clean);
}

/* A value of our own making (ids, numbers): only printable ASCII passes.  Without a
 * name it goes on with the header before it. */
static void
add_token(struct buf *out, const char *name, const char *value)
{
	buf_addf(out, "%s%s ", name, name[0] == '\0' ? "" : ":");
	for (const char *p = value; *p != '\0'; p++) {
		if (*p > ' ' && *p <= '~') {
			buf_addc(out, *p);
		}
	}
	buf_adds(out, "\r\n");
}

static void
add_quoted(struct buf *out, const char *text)
{
	buf_addc(out, '"');
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\') {
			buf_addc(out, '\\');
		}
		buf_addc(out, *p);
	}
	buf_addc(out, '"');
}

static void
add_mailbox(struct buf *out, const char *header, const char *name,
	const char *address)
{
	char *clean = text_printable(name == NULL ? "" : name,
		name == NULL ? 0 : strlen(name));

	buf_addf(out, "%s: ", header);
	if (clean[0] != '\0') {
		if (is_plain(clean)) {
			add_quoted(out, clean);
		} else {
			add_words(out, clean);
		}
		buf_adds(out, "\r\n ");
	}
	buf_addf(out, "<%s>\r\n", mime_address_ok(address) ? address : "");
	free(clean);
}

static void
add_date(struct buf *out, int64_t ms, int utc_offset)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int minutes = utc_offset / 60;
	time_t local = (time_t)(ms / 1000 + (int64_t)minutes * 60);
	struct tm tm;

	if (gmtime_r(&local, &tm) == NULL) {
		return;
	}
	buf_addf(out, "Date: %.3s, %d %.3s %d %02d:%02d:%02d %c%02d%02d\r\n",
		days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
		tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec,
		minutes < 0 ? '-' : '+', abs(minutes) / 60, abs(minutes) % 60);
}

/* The text with LF line ends, each line made printable, one LF at its end. */
static void
clean_text(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		bool crlf = len > 0 && text[len - 1] == '\r';
		char *line = text_printable(text, len - crlf);

		buf_adds(out, line);
		buf_addc(out, '\n');
		free(line);
		text += len;
		if (*text == '\n') {
			text++;
		}
	}
}

/* "From " at a line's start is touched by old mailboxes. */
static bool
must_escape(const char *text, size_t at, bool line_start)
{
	unsigned char byte = (unsigned char)text[at];

	if (byte == ' ') {
		return text[at + 1] == '\n';
	}
	return byte < ' ' || byte > '~' || byte == '=' ||
		(line_start && (byte == '.' || strncmp(text + at, "From ", 5) == 0));
}

static void
add_quoted_printable(struct buf *out, const char *text)
{
	size_t column = 0;

	for (size_t at = 0; text[at] != '\0'; at++) {
		bool escape;
		size_t width;

		if (text[at] == '\n') {
			buf_adds(out, "\r\n");
			column = 0;
			continue;
		}
		escape = must_escape(text, at, column == 0);
		width = escape ? 3 : 1;
		if (column + width > LINE_BYTES - 1) {
			buf_adds(out, "=\r\n");
			column = 0;
		}
		if (escape) {
			buf_addf(out, "=%02X", (unsigned char)text[at]);
		} else {
			buf_addc(out, text[at]);
		}
		column += width;
	}
}

static void
add_base64_lines(struct buf *out, const char *text)
{
	const size_t bytes = LINE_BYTES / 4 * 3;
	struct buf lines = { 0 };

	for (const char *p = text; *p != '\0'; p++) {
		buf_adds(&lines, *p == '\n' ? "\r\n" : (const char[]){ *p, '\0' });
	}
	for (size_t at = 0; at < lines.len; at += bytes) {
		size_t rest = lines.len - at;

		add_base64(out, lines.data + at, rest < bytes ? rest : bytes);
		buf_adds(out, "\r\n");
	}
	buf_free(&lines);
}

static void
add_body(struct buf *out, const char *text)
{
	struct buf clean = { 0 };
	struct buf quoted = { 0 };
	bool base64;

	clean_text(&clean, text);
	add_quoted_printable(&quoted, buf_text(&clean));
	base64 = quoted.len > clean.len * 4 / 3 + clean.len / 19 + 8;
	buf_addf(out, "MIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Content-Transfer-Encoding: %s\r\n\r\n",
		base64 ? "base64" : "quoted-printable");
	if (base64) {
		add_base64_lines(out, buf_text(&clean));
	} else {
		buf_add(out, buf_text(&quoted), quoted.len);
	}
	buf_free(&clean);
	buf_free(&quoted);
}

/* The mark comes last: who replies repeats all of them. */
static void
add_references(struct buf *out, const struct outgoing *mail)
{
	if (mail->thread_root != NULL) {
		add_token(out, "References", mail->thread_root);
	}
	if (mail->reply_mark != NULL) {
		add_token(out, mail->thread_root == NULL ? "References" : "",
			mail->reply_mark);
	}
}

void
mime_write(struct buf *out, const char *from, const char *from_name,
	const struct outgoing *mail)
{
	add_date(out, mail->date, mail->utc_offset);
	add_mailbox(out, "From", from_name, from);
	add_mailbox(out, "To", mail->to_name, mail->to_address);
	if (mail->reply_to != NULL) {
		add_mailbox(out, "Reply-To", from_name, mail->reply_to);
	}
	add_unstructured(out, "Subject", mail->subject);
	add_token(out, "Message-ID", mail->message_id);
	if (mail->thread_root != NULL) {
		add_token(out, "In-Reply-To", mail->thread_root);
	}
	add_references(out, mail);
	if (mail->case_number != NULL) {
		add_token(out, "X-Suco-Case", mail->case_number);
	}
	buf_adds(out, "Auto-Submitted: auto-generated\r\n");
	add_body(out, mail->text);
}

static bool
is_atom(char c, bool domain)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.') {
		return true;
	}
	return !domain && c != '\0' && strchr("!#$%&'*+/=?^_`{|}~", c) != NULL;
}

static bool
is_dot_atom(const char *text, size_t len, bool domain)
{
	if (len == 0 || text[0] == '.' || text[len - 1] == '.') {
		return false;
	}
	for (size_t i = 0; i < len; i++) {
		if (!is_atom(text[i], domain) || (text[i] == '.' && text[i + 1] == '.')) {
			return false;
		}
	}
	return true;
}

bool
mime_address_ok(const char *address)
{
	const char *at = strchr(address, '@');

	return at != NULL && at - address <= 64 && strlen(address) <= 200 &&
		address[0] != '-' &&
		is_dot_atom(address, (size_t)(at - address), false) &&
		is_dot_atom(at + 1, strlen(at + 1), true);
}

const char *
mime_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at == NULL || at[1] == '\0' ? "localhost" : at + 1;
}
