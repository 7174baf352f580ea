/* secret.c owns which parts of a text are secrets that nobody is shown. */
#include "core/secret.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"

static const struct {
	const char *word;
	bool whole; /* a word of its own, not the end of another: "pass", not "compass" */
} words[] = {
	{ "password", false }, { "passwd", false }, { "passphrase", false },
	{ "secret", false }, { "token", false }, { "apikey", false }, { "api_key", false },
	{ "access_key", false }, { "accesskey", false }, { "secret_key", false },
	{ "private_key", false }, { "privatekey", false }, { "credential", true },
	{ "credentials", true }, { "authorization", true }, { "cookie", true },
	{ "mat_khau", true }, { "matkhau", true }, { "pass", true }, { "pwd", true },
};

static bool
same(char a, char b)
{
	return tolower((unsigned char)(a == '-' ? '_' : a)) == b;
}

/* The name ends in one of the words; digits at its end count for nothing. */
static bool
ends_secret(const char *name, size_t len)
{
	while (len > 0 && (isdigit((unsigned char)name[len - 1]) || name[len - 1] == '_'
			|| name[len - 1] == '-')) {
		len--;
	}
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t word = strlen(words[i].word);
		size_t at = 0;

		if (word > len || (words[i].whole && len > word
				&& !same(name[len - word - 1], '_'))) {
			continue;
		}
		while (at < word && same(name[len - word + at], words[i].word[at])) {
			at++;
		}
		if (at == word) {
			return true;
		}
	}
	return false;
}

bool
secret_name(const char *name)
{
	return ends_secret(name, strlen(name));
}

static bool
is_name_byte(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_' || byte == '-';
}

static bool
is_word(const char *p, size_t len, const char *word)
{
	return len == strlen(word) && strncasecmp(p, word, len) == 0;
}

static bool
is_line_value(const char *p, size_t len)
{
	return ends_secret(p, len) && (strncasecmp(p + len - (len < 6 ? len : 6), "cookie", 6)
		== 0 || (len >= 13 && strncasecmp(p + len - 13, "authorization", 13) == 0));
}

/* Bytes of the value at p, which is not in quotes. */
static size_t
bare_value(const char *p, bool line)
{
	return line ? strcspn(p, "\r\n\"'`") : strcspn(p, " \t\r\n\"'`&;,)}]|<>");
}

/* Takes the value at p: masked in *out; what only names a secret (a shell's $VAR,
 * another option) is left.  Returns the bytes that were taken. */
static size_t
mask_value(struct buf *out, const char *p, bool line)
{
	char quote = *p == '"' || *p == '\'' ? *p : '\0';
	size_t len = quote != '\0';

	if (quote == '\0' && (len = bare_value(p, line)) == 0) {
		return 0;
	}
	if (quote == '\0') {
		if (strchr("$-(%{@", *p) != NULL) {
			return 0;
		}
		buf_adds(out, SECRET_MASK);
		return len;
	}
	while (p[len] != '\0' && p[len] != quote) {
		len += p[len] == '\\' && p[len + 1] != '\0' ? 2 : 1;
	}
	buf_addf(out, "%c%s%s", quote, SECRET_MASK, p[len] == quote ? (char[]){ quote, 0 } : "");
	return len + (p[len] == quote);
}

/* From the end of a name to its value: "=", "\": ", " = "; 0: no value follows. */
static size_t
to_value(const char *p, enum secret_text kind)
{
	size_t len = 0;

	if (kind == SECRET_PROSE) {
		return *p == '=' && p[1] != '=' ? 1 : 0;
	}
	len += p[len] == '"' || p[len] == '\'';
	len += strspn(p + len, " \t");
	if (p[len] != '=' && p[len] != ':') {
		return 0;
	}
	len += strspn(p + len, "=:>");
	return len + strspn(p + len, " \t");
}

/* "--password x", "sshpass -p x", "ConvertTo-SecureString x". */
static size_t
to_argument(const char *text, const char *p, size_t len)
{
	bool option = *p == '-' && ends_secret(p, len);
	bool sshpass = is_word(p, len, "-p") && p - text >= 8
		&& strncmp(p - 8, "sshpass ", 8) == 0;

	if (!option && !sshpass && !is_word(p, len, "ConvertTo-SecureString")) {
		return 0;
	}
	return strspn(p + len, " \t");
}

/* "-u user:secret": only behind the colon. */
static size_t
to_user(const char *p, size_t len)
{
	size_t blank = strspn(p + len, " \t");
	size_t user;

	if ((!is_word(p, len, "-u") && !is_word(p, len, "--user")) || blank == 0) {
		return 0;
	}
	user = strcspn(p + len + blank, ": \t\r\n");
	return p[len + blank + user] == ':' ? blank + user + 1 : 0;
}

/* A name at p and its value.  Returns the bytes that were taken. */
static size_t
take_name(struct buf *out, const char *text, const char *p, enum secret_text kind)
{
	size_t len = 0;
	size_t more = 0;
	bool line = false;

	while (is_name_byte(p[len])) {
		len++;
	}
	if (ends_secret(p, len)) {
		more = to_value(p + len, kind);
		line = more > 0 && kind == SECRET_COMMAND && is_line_value(p, len);
	}
	if (more == 0 && kind == SECRET_COMMAND) {
		more = to_argument(text, p, len);
	}
	if (more == 0 && kind == SECRET_COMMAND) {
		more = to_user(p, len);
	}
	if (more == 0 && kind == SECRET_COMMAND && is_word(p, len, "Bearer")
			&& p[len] == ' ' && bare_value(p + len + 1, false) >= 8) {
		more = 1;
	}
	buf_add(out, p, len + more);
	return len + more + (more > 0 ? mask_value(out, p + len + more, line) : 0);
}

/* "://user:secret@": up to the colon.  0: there is none. */
static size_t
take_userinfo(struct buf *out, const char *p)
{
	size_t end = strcspn(p + 3, "/ \t\r\n\"'`<>?#");
	size_t at = strcspn(p + 3, "@");
	size_t colon = strcspn(p + 3, ":");

	if (at >= end || colon >= at) {
		return 0;
	}
	buf_add(out, p, 3 + colon + 1);
	buf_adds(out, SECRET_MASK);
	return 3 + at;
}

/* "-----BEGIN ... PRIVATE KEY-----" to its end. */
static size_t
take_key(struct buf *out, const char *p)
{
	const char *name = strstr(p, "PRIVATE KEY-----");
	const char *end;

	if (strncmp(p, "-----BEGIN ", 11) != 0 || name == NULL || name - p > 40) {
		return 0;
	}
	name += strlen("PRIVATE KEY-----");
	end = strstr(name, "-----END ");
	buf_add(out, p, (size_t)(name - p));
	buf_adds(out, SECRET_MASK);
	return end == NULL ? strlen(p) : (size_t)(end - p);
}

char *
secret_mask(const char *text, enum secret_text kind)
{
	struct buf out = { 0 };
	const char *p = text;

	while (*p != '\0') {
		bool begins = p == text || !is_name_byte(p[-1]);
		size_t taken = 0;

		if (strncmp(p, "://", 3) == 0) {
			taken = take_userinfo(&out, p);
		} else if (*p == '-') {
			taken = take_key(&out, p);
		}
		if (taken == 0 && begins && is_name_byte(*p)) {
			taken = take_name(&out, text, p, kind);
		}
		if (taken == 0) {
			buf_addc(&out, *p);
			taken = 1;
		}
		p += taken;
	}
	return buf_take(&out);
}
