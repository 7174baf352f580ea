/* reply_text.c cuts quotes and reads the first words of an answer. */
#include "core/reply_text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/mem.h"
#include "core/text.h"

#define WORDS_MOST 6
#define WORD_SIZE 64

static size_t
line_len(const char *text)
{
	return strcspn(text, "\n");
}

static bool
has(const char *line, size_t len, const char *what)
{
	return memmem(line, len, what, strlen(what)) != NULL;
}

static bool
begins(const char *line, size_t len, const char *what)
{
	return len >= strlen(what) && strncmp(line, what, strlen(what)) == 0;
}

/* "Vào Th 7, 21 thg 11, 2026 vào lúc 02:12 Suco <...> đã viết:", also broken over
 * two lines, as programs do. */
static bool
introduces(const char *line)
{
	size_t len = line_len(line);
	size_t two = line[len] == '\0' ? len : len + 1 + line_len(line + len + 1);
	bool head = begins(line, len, "On ") || begins(line, len, "Vào ") ||
		begins(line, len, "Vào lúc") || begins(line, len, "Ngày ") ||
		begins(line, len, "Lúc ");

	return head && (has(line, two, "wrote:") || has(line, two, "đã viết:") ||
		has(line, two, "viết:"));
}

static bool
ends_here(const char *line)
{
	static const char *const marks[] = { "-----Original Message", "----- Original",
		"-----Thư gốc", "---------- Forwarded", "---------- Thư", "________________",
		"Begin forwarded", "Sent from my ", "Đã gửi từ ", "Gửi từ " };
	size_t len = line_len(line);

	if (line[0] == '>' || introduces(line) || strncmp(line, "-- \n", 4) == 0 ||
	    strncmp(line, "--\n", 3) == 0) {
		return true;
	}
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (begins(line, len, marks[i])) {
			return true;
		}
	}
	/* The head of a message as some programs quote it. */
	return (begins(line, len, "From: ") || begins(line, len, "Từ: ")) &&
		strchr(line, '@') != NULL;
}

char *
reply_text_own(const char *text, size_t max)
{
	struct buf out = { 0 };
	struct error ignored;
	char *clean = NULL;
	size_t len;

	while (*text != '\0') {
		len = line_len(text);
		if (ends_here(text)) {
			break;
		}
		buf_add(&out, text, len);
		buf_addc(&out, '\n');
		text += len + (text[len] == '\n');
	}
	while (out.len > 0 && isspace((unsigned char)out.data[out.len - 1])) {
		out.data[--out.len] = '\0';
	}
	text = buf_text(&out);
	text += strspn(text, " \t\n");
	len = strlen(text);
	for (len = len < max ? len : max; ((unsigned char)text[len] & 0xc0) == 0x80;) {
		len--; /* no character is cut */
	}
	if (!text_accept(&clean, text, len, TEXT_MANY_LINES, len + 1, "", &ignored)) {
		clean = xstrdup("");
	}
	buf_free(&out);
	return clean;
}

static void
add_entity(struct buf *out, const char **at)
{
	static const struct {
		const char *name, *is;
	} entities[] = {
		{ "&lt;", "<" }, { "&gt;", ">" }, { "&amp;", "&" }, { "&nbsp;", " " },
		{ "&quot;", "\"" }, { "&#39;", "'" },
	};

	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		if (strncmp(*at, entities[i].name, strlen(entities[i].name)) == 0) {
			buf_adds(out, entities[i].is);
			*at += strlen(entities[i].name);
			return;
		}
	}
	buf_addc(out, **at);
	(*at)++;
}

static bool
is_tag(const char *tag, const char *name)
{
	size_t len = strlen(name);

	return strncasecmp(tag, name, len) == 0 && !isalnum((unsigned char)tag[len]);
}

char *
reply_text_of_html(const char *html)
{
	static const char *const breaks[] = { "br", "/p", "/div", "/tr", "/li" };
	struct buf out = { 0 };

	while (*html != '\0') {
		const char *end;

		if (*html != '<') {
			if (*html == '&') {
				add_entity(&out, &html);
			} else {
				buf_addc(&out, *html == '\n' || *html == '\r' ? ' ' : *html);
				html++;
			}
			continue;
		}
		/* What a program quotes is a block of its own. */
		if (is_tag(html + 1, "blockquote")) {
			break;
		}
		for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
			if (is_tag(html + 1, breaks[i])) {
				buf_addc(&out, '\n');
			}
		}
		end = is_tag(html + 1, "style") ? strcasestr(html, "</style")
			: is_tag(html + 1, "script") ? strcasestr(html, "</script") : html;
		end = end == NULL ? NULL : strchr(end, '>');
		if (end == NULL) {
			break;
		}
		html = end + 1;
	}
	return buf_take(&out);
}

/* The words of the first line, without marks and in small letters, but a login as
 * it was written. */
struct first {
	char word[WORDS_MOST][WORD_SIZE];
	char plain[WORDS_MOST][WORD_SIZE];
	int count; /* of the whole line */
};

static void
read_first(struct first *f, const char *own)
{
	static const char stops[] = " \t,;:!?()\"'";
	size_t len = line_len(own);
	char *line = xstrndup(own, len);
	char *rest = NULL;

	for (char *word = strtok_r(line, stops, &rest); word != NULL;
	     word = strtok_r(NULL, stops, &rest)) {
		size_t end = strlen(word);

		/* A dot ends a sentence, or stands in a login. */
		while (end > 0 && word[end - 1] == '.') {
			word[--end] = '\0';
		}
		if (end == 0) {
			continue;
		}
		if (f->count < WORDS_MOST) {
			char *folded = fold_text(word);

			(void)snprintf(f->word[f->count], WORD_SIZE, "%s", folded);
			(void)snprintf(f->plain[f->count], WORD_SIZE, "%s", word);
			free(folded);
		}
		f->count++;
	}
	free(line);
}

static bool
in(const char *word, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (strcmp(word, *list) == 0) {
			return true;
		}
	}
	return false;
}

bool
reply_text_says(const char *own, enum answer_what *what, char to[REPLY_LOGIN_SIZE])
{
	static const char *const yes[] = { "nhan", "ok", "oke", "okay", "1", "yes", "ack",
		"take", NULL };
	static const char *const no[] = { "khong", "ko", "no", "2", "decline", "cannot",
		NULL };
	static const char *const on[] = { "chuyen", "pass", "3", NULL };
	/* "Nhận được thư", "nhận tin": it came, and no more. */
	static const char *const mere[] = { "duoc", "tin", "thu", "thong", "mail", NULL };
	struct first f = { 0 };

	to[0] = '\0';
	read_first(&f, own);
	if (f.count == 0) {
		return false;
	}
	if (in(f.word[0], yes) && !in(f.word[1], mere)) {
		*what = ANSWER_ACK;
		return true;
	}
	/* A sentence that begins with "không" is news; a short one is an answer. */
	if (in(f.word[0], no) && (f.count <= 4 || strcmp(f.word[1], "nhan") == 0)) {
		*what = ANSWER_DECLINE;
		return true;
	}
	if (in(f.word[0], on) && f.count >= 2) {
		bool filler = strcmp(f.word[1], "cho") == 0 || strcmp(f.word[1], "to") == 0;

		(void)snprintf(to, REPLY_LOGIN_SIZE, "%s", filler ? f.plain[2] : f.plain[1]);
		*what = ANSWER_PASS;
		return to[0] != '\0';
	}
	return false;
}

const char *
reply_text_rest(const char *own)
{
	own += line_len(own);
	return own + strspn(own, "\n \t");
}
