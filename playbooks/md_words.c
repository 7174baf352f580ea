/* md_words.c owns the words of plans in Markdown: one table, Vietnamese and English,
 * read without regard to marks and capitals. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/mem.h"
#include "playbooks/md_private.h"

const struct md_word md_words[] = {
	{ 0, MD_PLAN, MD_TEXT, "code", "Mã", "Code", "ma|code" },
	{ 0, MD_PLAN, MD_ENUM, "kind", "Loại sự cố", "Kind", "loai su co|loai|kind" },
	{ 0, MD_PLAN, MD_TEXT, "starts_when", "Bắt đầu khi", "Starts when",
	  "bat dau khi|starts when|start when" },
	{ 0, MD_PLAN, MD_NAMES, "assets", "Hệ thống", "Systems",
	  "he thong|systems|system|assets" },
	{ 0, MD_PLAN, MD_ENUM, "status", "Tình trạng", "Status",
	  "tinh trang|trang thai|status" },
	{ 0, MD_PLAN, MD_ENUM, "language", "Ngôn ngữ", "Language", "ngon ngu|language" },
	{ 0, MD_STEP | MD_CONTROL, MD_TEXT, "name", "Tên", "Name", "ten|name" },
	{ 0, MD_STEP | MD_PLAN, MD_TEXT, "lead", "Chủ trì", "Lead", "chu tri|lead" },
	{ 0, MD_STEP, MD_NAMES, "support", "Phối hợp", "With",
	  "phoi hop|with|support|supported by" },
	{ 0, MD_STEP, MD_SPAN, "limit", "Hạn", "Limit", "han|thoi han|limit|within" },
	{ 0, MD_STEP, MD_SPAN, "delay", "Chờ trước", "Wait first",
	  "cho truoc|wait first|delay" },
	{ 0, MD_STEP, MD_FLAG, "mandatory", "Bắt buộc", "Mandatory",
	  "bat buoc|mandatory|required" },
	{ 0, MD_STEP, MD_FLAG, "alters", "Làm đổi hiện trường", "Alters the scene",
	  "lam doi hien truong|alters the scene|alters" },
	{ 0, MD_STEP, MD_TEXT, "why", "Vì sao", "Why", "vi sao|ly do|why" },
	{ 0, MD_STEP, MD_TEXT, "cost", "Cái giá", "Cost", "cai gia|cost" },
	{ 0, MD_STEP, MD_LINES, "how", "Cách làm", "How", "cach lam|how|to do" },
	{ 0, MD_STEP | MD_PLAN, MD_ASK, "asks", "Hỏi", "Ask", "hoi|hoi truoc|ask|ask first" },
	{ 0, MD_STEP, MD_TEXT, "decides", "Người quyết", "Decides",
	  "nguoi quyet|nguoi quyet dinh|decides|decided by" },
	{ 0, MD_STEP, MD_TEXT, "fallback", "Không gặp được sau", "Not reached after",
	  "khong gap duoc sau|khong lien lac duoc sau|not reached after" },
	{ 0, MD_STEP, MD_TEXT, "proof", "Bằng chứng", "Proof",
	  "bang chung|minh chung|proof" },
	{ 0, MD_STEP, MD_ENUM, "status_hint", "Sau bước, sự cố", "After it the case is",
	  "sau buoc, su co|after it the case is|case status" },
	{ 0, MD_CONTROL, MD_NUMBER, "max_rounds", "Số vòng nhiều nhất", "At most rounds",
	  "so vong nhieu nhat|at most rounds|most rounds" },
	{ MD_IF, MD_OPEN, 0, "if", "Nếu", "If", "neu|if" },
	{ MD_ELSE, MD_OPEN, 0, "else", "Ngược lại", "Else",
	  "nguoc lai|else|otherwise" },
	{ MD_WHILE, MD_OPEN, 0, "while", "Lặp lại khi", "While",
	  "lap lai khi|trong khi|while|repeat while" },
	{ MD_PARALLEL, MD_OPEN, 0, "parallel", "Song song", "In parallel",
	  "song song|dong thoi|in parallel|at the same time" },
	{ MD_CALL, MD_OPEN, 0, "call", "Gọi phương án", "Call plan",
	  "goi phuong an|call plan" },
	{ MD_SWITCH, MD_OPEN, 0, "switch", "Tùy theo", "Depending on",
	  "tuy theo|depending on" },
	{ MD_CASE, 0, 0, "case", "Khi", "Case", "khi|case|when" },
	{ MD_OTHERWISE, 0, 0, "otherwise", "Khác", "Otherwise",
	  "khac|truong hop khac|otherwise|default" },
	{ MD_STEPS, MD_HEAD, 0, "steps", "Các bước", "Steps", "cac buoc|steps" },
	{ MD_ROLES, MD_HEAD, 0, "roles", "Vai trò", "Roles", "vai tro|roles|who" },
	{ MD_EXCEPTION, MD_HEAD, 0, "exception", "Khi không làm được",
	  "When a step fails", "khi khong lam duoc|when a step fails" },
	{ .json = NULL },
};

static const struct md_enum enums[] = {
	{ "kind", "hardware", "Lỗi phần cứng", "Hardware", "loi phan cung|phan cung" },
	{ "kind", "software", "Sự cố phần mềm", "Software", "su co phan mem|phan mem" },
	{ "kind", "attack", "Tấn công mạng", "Attack", "tan cong mang|tan cong" },
	{ "kind", "link", "Mất kết nối", "Link", "mat ket noi|duong truyen" },
	{ "kind", "power", "Mất điện", "Power", "mat dien" },
	{ "kind", "other", "Khác", "Other", "khac" },
	{ "kind", "any", "Mọi loại", "Any", "moi loai" },
	{ "status", "draft", "dự thảo", "draft", "du thao" },
	{ "status", "approved", "đã phê duyệt", "approved", "da phe duyet" },
	{ "status", "withdrawn", "đã bãi bỏ", "withdrawn", "da bai bo" },
	{ "language", "vi", "tiếng Việt", "Vietnamese", "tieng viet" },
	{ "language", "en", "tiếng Anh", "English", "tieng anh" },
	{ "flag", "yes", "có", "yes", "co|dung|true" },
	{ "flag", "no", "không", "no", "khong|sai|false" },
	{ "status_hint", "acknowledged", "Đã tiếp nhận", "acknowledged", "da tiep nhan" },
	{ "status_hint", "responding", "Đang xử lý", "responding", "dang xu ly" },
	{ "status_hint", "contained", "Đã khống chế", "contained", "da khong che" },
	{ "status_hint", "recovered", "Đã khôi phục", "recovered", "da khoi phuc" },
	{ "status_hint", "closed", "Đã kết thúc", "closed", "da ket thuc" },
	{ "agent", "group", "nhóm", "group", "nhom" },
	{ "agent", "individual", "người", "person", "nguoi|individual" },
	{ "agent", "organization", "cơ quan", "body", "co quan|don vi|organization" },
	{ "type", "integer", "số", "number", "so|so nguyen|integer" },
	{ "type", "float", "số thập phân", "decimal", "so thap phan|float" },
	{ "type", "bool", "có/không", "yes/no", "co/khong|yes/no|yes or no|bool" },
	{ "type", "string", "chữ", "text", "chu|van ban|string" },
	{ "type", "ipv4-addr", "địa chỉ IP", "IP address", "dia chi ip|ipv4-addr" },
	{ "type", "uri", "địa chỉ trang", "web address", "dia chi trang|uri" },
};
#define ENUM_COUNT (sizeof enums / sizeof enums[0])

bool
md_one_of(const char *folded, const char *text)
{
	char *is = fold_text(text);
	size_t len = strlen(is);
	bool found = false;

	for (const char *at = folded; at != NULL && !found;) {
		size_t word = strcspn(at, "|");

		found = word == len && strncmp(at, is, len) == 0;
		at = at[word] == '|' ? at + word + 1 : NULL;
	}
	free(is);
	return found;
}

/* The text before the colon, without blanks at its end; NULL where it is no key. */
static char *
key_of(const char *text, const char **value)
{
	size_t len = strcspn(text, ":");

	if (text[len] != ':' || len == 0 || len > 60
			|| (text[len + 1] != '\0' && text[len + 1] != ' ')) {
		return NULL;
	}
	*value = text + len + 1 + strspn(text + len + 1, " ");
	while (len > 0 && text[len - 1] == ' ') {
		len--;
	}
	return xstrndup(text, len);
}

const struct md_word *
md_field(const char *text, unsigned groups, const char **value)
{
	const struct md_word *found = NULL;
	char *key = key_of(text, value);

	for (const struct md_word *row = md_words;
			key != NULL && found == NULL && row->json != NULL; row++) {
		if ((row->groups & groups) != 0 && md_one_of(row->folded, key)) {
			found = row;
		}
	}
	free(key);
	return found;
}

/* Bytes of text whose folded form is the word, or 0; words end at a blank, a colon
 * or the end. */
static size_t
starts_with(const char *text, const char *word, size_t word_len)
{
	int blanks = 0;

	for (size_t i = 0; i < word_len; i++) {
		blanks += word[i] == ' ';
	}
	for (size_t len = 0; len < 60; len++) {
		bool ends = text[len] == '\0' || text[len] == ' ' || text[len] == ':';

		if (ends && blanks-- == 0) {
			char *start = xstrndup(text, len);
			char *is = fold_text(start);
			bool same = strlen(is) == word_len && strncmp(is, word, word_len) == 0;

			free(start);
			free(is);
			return same ? len : 0;
		}
		if (text[len] == '\0') {
			return 0;
		}
	}
	return 0;
}

static size_t
starts_with_one(const char *text, const char *folded)
{
	for (const char *at = folded; at != NULL;) {
		size_t word = strcspn(at, "|");
		size_t len = starts_with(text, at, word);

		if (len > 0) {
			return len;
		}
		at = at[word] == '|' ? at + word + 1 : NULL;
	}
	return 0;
}

const struct md_word *
md_opener(const char *text, const char **rest)
{
	const struct md_word *best = NULL;
	size_t most = 0;

	for (const struct md_word *row = md_words; row->json != NULL; row++) {
		size_t len = (row->groups & MD_OPEN) != 0
			? starts_with_one(text, row->folded) : 0;

		if (len > most) {
			most = len;
			best = row;
		}
	}
	if (best != NULL) {
		*rest = text + most + strspn(text + most, " :");
	}
	return best;
}

const char *
md_bare_name(const struct step *step)
{
	static const struct {
		enum step_type type;
		enum md_key key;
	} opened[] = {
		{ STEP_IF, MD_IF }, { STEP_WHILE, MD_WHILE }, { STEP_PARALLEL, MD_PARALLEL },
		{ STEP_SWITCH, MD_SWITCH },
	};
	const char *rest = step->name;
	const struct md_word *row = md_opener(step->name, &rest);

	for (size_t i = 0; row != NULL && i < sizeof opened / sizeof opened[0]; i++) {
		if (opened[i].type == step->type && opened[i].key == row->key) {
			return rest;
		}
	}
	return step->name;
}

const char *
md_field_name(const char *field, const char *language)
{
	static const struct {
		const char *field, *word;
	} others[] = {
		{ "timeout", "limit" }, { "agent", "lead" },
	};
	const struct md_word *row;

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		field = strcmp(others[i].field, field) == 0 ? others[i].word : field;
	}
	row = md_row_of(field);
	return row == NULL || (row->groups & MD_STEP) == 0 ? NULL : md_say(row, language);
}

const struct md_word *
md_heading(const char *text)
{
	for (const struct md_word *row = md_words; row->json != NULL; row++) {
		if ((row->groups & MD_HEAD) != 0 && md_one_of(row->folded, text)) {
			return row;
		}
	}
	return NULL;
}

/* Is b a with one letter more, less or other? */
static bool
one_letter_off(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t same = 0;

	if (a_len > b_len + 1 || b_len > a_len + 1) {
		return false;
	}
	while (same < a_len && same < b_len && a[same] == b[same]) {
		same++;
	}
	size_t a_skip = same + (a_len >= b_len);
	size_t b_skip = same + (b_len >= a_len);
	return a_skip <= a_len && b_skip <= b_len && a_len - a_skip == b_len - b_skip
		&& strncmp(a + a_skip, b + b_skip, a_len - a_skip) == 0;
}

const struct md_word *
md_near(const char *text, unsigned groups)
{
	const char *value;
	const struct md_word *found = NULL;
	char *key = key_of(text, &value);
	char *is = key != NULL ? fold_text(key) : NULL;

	for (const struct md_word *row = md_words;
			is != NULL && found == NULL && row->json != NULL; row++) {
		for (const char *at = row->folded; at != NULL;) {
			size_t word = strcspn(at, "|");

			if ((row->groups & groups) != 0 && word >= 3
					&& one_letter_off(is, strlen(is), at, word)) {
				found = row;
			}
			at = at[word] == '|' ? at + word + 1 : NULL;
		}
	}
	free(is);
	free(key);
	return found;
}

const struct md_word *
md_row(enum md_key key)
{
	const struct md_word *row = md_words;

	while (row->json != NULL && row->key != key) {
		row++;
	}
	return row;
}

const struct md_word *
md_row_of(const char *json)
{
	const struct md_word *row = md_words;

	while (row->json != NULL && strcmp(row->json, json) != 0) {
		row++;
	}
	return row;
}

int
md_language_of(const struct md_word *row, const char *text)
{
	char *en = fold_text(row->en);
	char *vi = fold_text(row->vi);
	int is = (starts_with(text, vi, strlen(vi)) > 0) - (starts_with(text, en, strlen(en)) > 0);

	free(en);
	free(vi);
	return is;
}

const char *
md_say(const struct md_word *row, const char *language)
{
	return strcmp(language, "en") == 0 ? row->en : row->vi;
}

const char *
md_enum_word(const char *of, const char *said)
{
	for (size_t i = 0; i < ENUM_COUNT; i++) {
		const struct md_enum *row = &enums[i];
		char *en = fold_text(row->en);
		bool is = strcmp(row->of, of) == 0 && (strcmp(row->word, said) == 0
			|| md_one_of(row->folded, said) || md_one_of(en, said));

		free(en);
		if (is) {
			return row->word;
		}
	}
	return NULL;
}

const char *
md_enum_say(const char *of, const char *word, const char *language)
{
	for (size_t i = 0; i < ENUM_COUNT; i++) {
		if (strcmp(enums[i].of, of) == 0 && strcmp(enums[i].word, word) == 0) {
			return strcmp(language, "en") == 0 ? enums[i].en : enums[i].vi;
		}
	}
	return word;
}

char *
md_enum_all(const char *of, const char *language)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < ENUM_COUNT; i++) {
		if (strcmp(enums[i].of, of) == 0) {
			buf_addf(&out, "%s%s", out.len > 0 ? ", " : "",
				strcmp(language, "en") == 0 ? enums[i].en : enums[i].vi);
		}
	}
	return buf_take(&out);
}

char *
md_slug(const char *text)
{
	struct buf out = { 0 };
	char *folded = fold_text(text);

	for (const char *p = folded; *p != '\0' && out.len < 60; p++) {
		if (isalnum((unsigned char)*p)) {
			if (out.len == 0 && isdigit((unsigned char)*p)) {
				buf_adds(&out, "n");
			}
			buf_addc(&out, *p);
		} else if (out.len > 0 && out.data[out.len - 1] != '_') {
			buf_addc(&out, '_');
		}
	}
	while (out.len > 0 && out.data[out.len - 1] == '_') {
		out.data[--out.len] = '\0';
	}
	free(folded);
	return buf_take(&out);
}
