/* guess.c owns the words by which a kind is guessed, and finds a system's code in
 * what was said. */
#include "core/guess.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/mem.h"
#include "core/when.h"

/* Folded words, Vietnamese and English; the first row that has one decides. */
static const struct { const char *kind, *words; } kind_words[] = {
	{ "power", "mat dien|ac quy|may phat|ups|cup dien|nguon dien|dien luoi|power|battery" },
	{ "attack", "tan cong|ma doc|lua dao|gia mao|chen|co bac|tong tien|ro ri|virus"
		"|xam nhap|ddos|phishing|malware|attack|ransom|ransomware|ma hoa|doi tien"
		"|doi duoi|noi dung la|phan cam|xuyen tac|thay doi giao dien|bi hack|hacker"
		"|chiem quyen|defaced|encrypted" },
	{ "link", "mat ket noi|mat mang|dut cap|duong truyen|tslcd|cap quang|mat lien lac"
		"|vao duoc mang|vao duoc internet|link|no connection" },
	{ "hardware", "o cung|o dia|loi dia|dia cung|raid|may chu hong|may chu chinh"
		"|may chu vat ly|may du phong|linh kien|bo nguon|den bao|hong|phan cung"
		"|nhiet do|dieu hoa|disk|hardware|standby" },
	{ "software", "phan mem|ung dung|dang nhap|dong bo|ho so|loi|cham|treo|software"
		"|khong vao duoc|khong mo duoc|khong truy cap duoc|quay mai|crash|login" },
};

static bool
has_word(const char *text, const char *word, size_t len)
{
	for (const char *at = text; (at = strstr(at, " ")) != NULL; at++) {
		if (strncmp(at + 1, word, len) == 0
			&& (at[1 + len] == ' ' || at[1 + len] == '\0')) {
			return true;
		}
	}
	return false;
}

const char *
guess_kind(const char *title)
{
	struct buf words = { 0 };
	const char *kind = NULL;

	buf_addc(&words, ' ');
	(void)fold_words(title, NULL, &words);
	for (size_t i = 0; kind == NULL && i < sizeof(kind_words) / sizeof(kind_words[0]);
		i++) {
		for (const char *word = kind_words[i].words; kind == NULL && *word != '\0'; ) {
			size_t len = strcspn(word, "|");

			if (has_word(buf_text(&words), word, len)) {
				kind = kind_words[i].kind;
			}
			word += len + (word[len] == '|' ? 1 : 0);
		}
	}
	buf_free(&words);
	return kind;
}

bool
guess_names(const char *text, const char *code)
{
	const char *at = strcasestr(text, code);
	size_t len = strlen(code);

	return len > 0 && at != NULL && (at == text || strchr(" (:-", at[-1]) != NULL)
		&& (at[len] == '\0' || strchr(" ,.;:)", at[len]) != NULL);
}

/* A word between blanks, folded; with its signs, so that "21:40, xã" counts nothing.
 * Returns where the next begins. */
static const char *
next_word(char word[24], const char *at)
{
	size_t len = strcspn(at += strspn(at, " \n"), " \n");
	char *raw = xstrndup(at, len);
	char *folded = fold_text(raw);

	(void)snprintf(word, 24, "%s", folded);
	free(folded);
	free(raw);
	return at + len;
}

static bool
one_of(const char *word, const char *const *list)
{
	size_t len = strcspn(word, ",.;:");

	for (; *list != NULL; list++) {
		if (strlen(*list) == len && strncmp(word, *list, len) == 0) {
			return true;
		}
	}
	return false;
}

/* "13 xã", "nhiều điểm", "several communes". */
bool
guess_many(const char *text)
{
	static const char *const many[] = { "nhieu", "cac", "may", "many", "several", NULL };
	static const char *const units[] = { "xa", "phuong", "diem", "don", "dia", "so",
		"communes", "wards", "units", "sites", "points", NULL };
	char before[24] = "", word[24];
	bool found = false;

	for (text = next_word(word, text); !found && word[0] != '\0';
	     text = next_word(word, text)) {
		size_t digits = strspn(before, "0123456789");
		bool number = digits > 0 && digits < 4 && before[digits] == '\0'
			&& strtol(before, NULL, 10) > 1;

		found = (number || one_of(before, many)) && one_of(word, units);
		memcpy(before, word, sizeof before);
	}
	return found;
}

/* Since when, as people say it: "mất mạng từ 21:40", "down since 7h30".  A number
 * alone is no time. */
bool
guess_since(int64_t *out, const char *text, int64_t now, const struct zone *zone)
{
	static const char *const since[] = { "tu", "luc", "since", "from", "at", NULL };
	char word[24];
	bool found = false;

	for (text = next_word(word, text); !found && word[0] != '\0';
	     text = next_word(word, text)) {
		const char *at = text + strspn(text, " \n"), *rest;
		size_t digits = strspn(at, "0123456789");
		struct error ignored;

		if (!one_of(word, since) || digits == 0 || digits > 2) {
			continue;
		}
		at += strncmp(at + digits, " gi", 3) == 0 || strchr(":hgH", at[digits]) != NULL
			? 0 : strlen(at);
		found = *at != '\0' && when_parse_head(out, &rest, at, WHEN_PAST, now, zone,
			&ignored);
	}
	return found;
}

#define NAME_WORDS 4 /* what is shorter is said of other things too */

/* Nobody says how many they are: "Trang thông tin điện tử 96 xã" counts up to its
 * number, and then as a whole.  Returns how many words may decide. */
static int
up_to_number(struct buf *name, int words)
{
	char *text = name->data;
	int count = 0;

	for (char *at = text; at != NULL && *at != '\0'; count++) {
		if (*at >= '0' && *at <= '9' && count >= NAME_WORDS) {
			at[-1] = '\0';
			return NAME_WORDS;
		}
		at = strchr(at, ' ');
		at = at == NULL ? NULL : at + 1;
	}
	return words;
}

/* "Mạng truyền số liệu chuyên dùng" is said as "đường truyền số liệu chuyên dùng":
 * a name counts without its first words, if enough of it is left. */
bool
guess_says(const char *text, const char *name)
{
	struct buf said = { 0 }, is = { 0 };
	bool found = false;
	int words;

	buf_addc(&said, ' ');
	(void)fold_words(text, NULL, &said);
	words = fold_words(name, NULL, &is);
	words = up_to_number(&is, words);
	for (const char *rest = buf_text(&is); !found && words >= NAME_WORDS; words--) {
		found = has_word(buf_text(&said), rest, strlen(rest));
		rest += strcspn(rest, " ");
		rest += *rest == ' ' ? 1 : 0;
	}
	buf_free(&said);
	buf_free(&is);
	return found;
}

size_t
guess_also(const char *text, const char *names)
{
	struct buf said = { 0 };
	size_t longest = 0;

	buf_addc(&said, ' ');
	(void)fold_words(text, NULL, &said);
	while (names != NULL && *names != '\0') {
		size_t len = strcspn(names, ";\n");
		char *one = xstrndup(names, len);
		struct buf name = { 0 };

		(void)fold_words(one, NULL, &name);
		if (name.len > longest
				&& has_word(buf_text(&said), buf_text(&name), name.len)) {
			longest = name.len;
		}
		buf_free(&name);
		free(one);
		names += len + (names[len] != '\0' ? 1 : 0);
	}
	buf_free(&said);
	return longest;
}

SQL(GUESS_ASSETS, "",
	"SELECT a.code, a.name, f.value FROM asset a LEFT JOIN asset_fact f"
	" ON f.asset_id = a.id AND f.field = 'aliases' ORDER BY a.code");

/* How surely the words mean it.  A code in small letters may be another word: of
 * "dich vu cong" one is the portal's. */
enum means { MEANS_NOT, MEANS_SMALL, MEANS_ALSO, MEANS_NAME, MEANS_CODE };

bool
guess_better(struct guess_best *best, const char *text, const struct guess_system *one)
{
	size_t len = guess_also(text, one->also), code = strlen(one->code);
	int means = len > 0 ? MEANS_ALSO : MEANS_NOT;

	if (guess_says(text, one->name)) {
		means = MEANS_NAME;
		len = 0; /* the first of them */
	}
	if (guess_names(text, one->code)
			&& (means == MEANS_NOT || strstr(text, one->code) != NULL)) {
		means = strstr(text, one->code) != NULL ? MEANS_CODE : MEANS_SMALL;
		len = code;
	}
	if (means < best->means || means == MEANS_NOT
			|| (means == best->means && len <= best->len)) {
		return false;
	}
	*best = (struct guess_best){ .means = means, .len = len };
	return true;
}

bool
guess_asset_code(char *out, size_t size, struct desk *desk, const char *text,
	struct error *err)
{
	struct stmt *st = db_query(desk_db(desk), &GUESS_ASSETS, NOARGS);
	struct guess_best best = { 0 };

	out[0] = '\0';
	while (stmt_row(st)) {
		const struct guess_system one = { .code = stmt_text(st, 0),
			.name = stmt_text(st, 1), .also = stmt_text(st, 2) };

		if (guess_better(&best, text, &one)) {
			(void)snprintf(out, size, "%s", one.code);
		}
	}
	return stmt_done(st, err);
}
