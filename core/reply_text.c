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

#define WORDS_MOST 8
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
		"Begin forwarded", "Sent from my ", "Đã gửi từ ", "Gửi từ ",
		"Get Outlook for", "Tải Outlook", "Nhận Outlook" };
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

/* The lines above what is quoted, clean, at most max bytes of them. */
static char *
cut(const char *text, size_t max)
{
	struct buf out = { 0 };
	struct error ignored;
	char *clean = NULL;
	size_t len;

	while (*text != '\0') {
		len = line_len(text);
		if (ends_here(text + strspn(text, " \t"))) {
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

/* Once more when it is clean: what is dropped may have hidden the mark of a quote. */
char *
reply_text_own(const char *text, size_t max)
{
	char *once = cut(text, max);
	char *own = cut(once, max);

	free(once);
	return own;
}

/* "&#7853;", "&#x1EAD;": how some programs write every letter that is not ASCII. */
static bool
add_number(struct buf *out, const char **at)
{
	bool hex = ((*at)[2] | 0x20) == 'x';
	const char *digits = *at + (hex ? 3 : 2);
	char *end;
	unsigned long point;
	char bytes[4];

	if (!(hex ? isxdigit((unsigned char)*digits) : isdigit((unsigned char)*digits))) {
		return false;
	}
	point = strtoul(digits, &end, hex ? 16 : 10);
	if (*end != ';' || point < ' ' || point > 0x10ffff ||
	    (point >= 0xd800 && point < 0xe000)) {
		return false;
	}
	buf_add(out, bytes, text_encode((uint32_t)point, bytes));
	*at = end + 1;
	return true;
}

static void
add_entity(struct buf *out, const char **at)
{
	/* The letters: those of Latin 1 that Vietnamese has. */
	static const struct {
		const char *name, *is;
	} entities[] = {
		{ "&lt;", "<" }, { "&gt;", ">" }, { "&amp;", "&" }, { "&nbsp;", " " },
		{ "&quot;", "\"" }, { "&apos;", "'" }, { "&agrave;", "à" }, { "&aacute;", "á" },
		{ "&acirc;", "â" }, { "&atilde;", "ã" }, { "&egrave;", "è" },
		{ "&eacute;", "é" }, { "&ecirc;", "ê" }, { "&igrave;", "ì" },
		{ "&iacute;", "í" }, { "&ograve;", "ò" }, { "&oacute;", "ó" },
		{ "&ocirc;", "ô" }, { "&otilde;", "õ" }, { "&ugrave;", "ù" },
		{ "&uacute;", "ú" }, { "&yacute;", "ý" }, { "&Agrave;", "À" },
		{ "&Aacute;", "Á" }, { "&Acirc;", "Â" }, { "&Atilde;", "Ã" },
		{ "&Egrave;", "È" }, { "&Eacute;", "É" }, { "&Ecirc;", "Ê" },
		{ "&Igrave;", "Ì" }, { "&Iacute;", "Í" }, { "&Ograve;", "Ò" },
		{ "&Oacute;", "Ó" }, { "&Ocirc;", "Ô" }, { "&Otilde;", "Õ" },
		{ "&Ugrave;", "Ù" }, { "&Uacute;", "Ú" }, { "&Yacute;", "Ý" },
	};

	if ((*at)[1] == '#' && add_number(out, at)) {
		return;
	}
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

/* Where the tag that begins here ends, with what it keeps to itself; NULL: nowhere. */
static const char *
past_tag(const char *html)
{
	static const char *const hidden[] = { "style", "script", "title" };
	const char *end = html;

	if (strncmp(html, "<!--", 4) == 0) {
		end = strstr(html + 4, "-->");
		return end == NULL ? NULL : end + 3;
	}
	for (size_t i = 0; end != NULL && i < sizeof hidden / sizeof *hidden; i++) {
		if (is_tag(html + 1, hidden[i])) {
			char close[16];

			(void)snprintf(close, sizeof close, "</%s", hidden[i]);
			end = strcasestr(html, close);
		}
	}
	end = end == NULL ? NULL : strchr(end, '>');
	return end == NULL ? NULL : end + 1;
}

char *
reply_text_of_html(const char *html)
{
	static const char *const breaks[] = { "br", "/p", "/div", "/tr", "/li", "hr" };
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
		end = past_tag(html);
		if (end == NULL) {
			break;
		}
		html = end;
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

/* The words behind "dạ, em" and the like. */
static void
skip_manners(struct first *f)
{
	static const char *const manners[] = { "da", "vang", "toi", "em", "minh", "anh",
		"chi", "chau", "i", NULL };

	while (f->count > 1 && in(f->word[0], manners)) {
		memmove(f->word[0], f->word[1], sizeof f->word - sizeof f->word[0]);
		memmove(f->plain[0], f->plain[1], sizeof f->plain - sizeof f->plain[0]);
		f->word[WORDS_MOST - 1][0] = f->plain[WORDS_MOST - 1][0] = '\0';
		f->count--;
	}
}

/* "Nhận được thư" is news, and so is what takes it and does not in one line. */
static bool
says_yes(const struct first *f)
{
	static const char *const yes[] = { "nhan", "ok", "oke", "okay", "yes", "ack", "take",
		NULL };
	static const char *const mere[] = { "duoc", "tin", "thu", "thong", "mail", "outlook",
		"nham", NULL };
	static const char *const not[] = { "khong", "ko", "chua", "no", "not", "cannot", "t",
		NULL };

	if (f->count == 1 && strcmp(f->word[0], "1") == 0) {
		return true;
	}
	for (int i = 1; i < WORDS_MOST; i++) {
		if (in(f->word[i], not)) {
			return false;
		}
	}
	return in(f->word[0], yes) && !in(f->word[1], mere);
}

/* A sentence that begins with "không" is news: "không có điện". */
static bool
says_no(const struct first *f)
{
	static const char *const alone[] = { "khong", "ko", "no", "2", NULL };
	static const char *const begins_it[] = { "khong", "ko", "no", "can", "tu", NULL };
	static const char *const goes_on[] = { "nhan", "duoc", "the", "xu", "toi", "den",
		"ranh", "di", "choi", "sorry", "t", "i", NULL };
	static const char *const plain[] = { "decline", "cannot", NULL };

	return in(f->word[0], plain) || (f->count == 1 && in(f->word[0], alone)) ||
		(in(f->word[0], begins_it) && in(f->word[1], goes_on));
}

bool
reply_text_says(const char *own, enum answer_what *what, char to[REPLY_LOGIN_SIZE])
{
	static const char *const on[] = { "chuyen", "pass", "3", NULL };
	struct first f = { 0 };

	to[0] = '\0';
	read_first(&f, own);
	if (f.count == 0) {
		return false;
	}
	skip_manners(&f);
	if (says_yes(&f)) {
		*what = ANSWER_ACK;
		return true;
	}
	if (says_no(&f)) {
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
