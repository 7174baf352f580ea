/* page_html.c writes the answer pages.  Every value goes through html_text(). */
#include "serve/page_html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base64.h"
#include "core/i18n.h"
#include "core/ids.h"
#include "core/text.h"
#include "core/when.h"
#include "core/words.h"

#define SAY(text) i18n_in(page->language, text)

static const char style[] =
	":root{color-scheme:light dark}"
	"*{box-sizing:border-box}"
	"body{margin:0;padding:16px;font:18px/1.45 system-ui,sans-serif;"
	"background:#fff;color:#111;overflow-wrap:anywhere}"
	"main{max-width:34em;margin:auto}"
	"h1{font-size:24px;line-height:1.25;margin:0 0 8px}"
	"p{margin:0 0 12px}"
	".title{font-size:20px;font-weight:600}"
	".small{font-size:16px;color:#444}"
	".drill{background:#fd6;color:#000;padding:8px;text-align:center;font-weight:700}"
	".said{border:3px solid #a40;padding:12px;font-size:20px;font-weight:600}"
	".good{border-color:#080}"
	"form{margin:20px 0 0}"
	"label{display:block;font-size:16px;margin:0 0 4px}"
	"button,select{display:block;width:100%;min-height:52px;font:inherit;"
	"font-weight:600;padding:10px;border-radius:8px;border:2px solid #555;"
	"background:#eee;color:#111;margin:0 0 12px}"
	".take{min-height:96px;font-size:24px;font-weight:700;background:#0a5;"
	"border-color:#063;color:#fff;background:#075c2f}"
	"@media (prefers-color-scheme:dark){body{background:#111;color:#eee}"
	".small{color:#bbb}button,select{background:#333;color:#eee;border-color:#888}"
	".take{background:#0a7a3e;border-color:#3c8;color:#fff}"
	".said{border-color:#f93}.good{border-color:#3c6}}";

const char *
page_policy(void)
{
	static char policy[256];
	struct buf hash = { 0 };
	char hex[HASH_SIZE];
	unsigned char bytes[(HASH_SIZE - 1) / 2];

	if (policy[0] == '\0') {
		hash_bytes(hex, style, strlen(style));
		(void)hex_decode(bytes, sizeof bytes, hex);
		base64_encode(&hash, bytes, sizeof bytes);
		(void)snprintf(policy, sizeof policy, "default-src 'none'; style-src"
			" 'sha256-%s'; form-action 'self'; base-uri 'none';"
			" frame-ancestors 'none'", buf_text(&hash));
		buf_free(&hash);
	}
	return policy;
}

void
html_text(struct buf *out, const char *text)
{
	static const struct {
		char c;
		const char *is;
	} marks[] = {
		{ '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" },
		{ '\'', "&#39;" },
	};
	char *clean = text_printable(text, strlen(text));

	for (const char *p = clean; *p != '\0'; p++) {
		size_t i = 0;

		while (i < sizeof marks / sizeof *marks && marks[i].c != *p) {
			i++;
		}
		if (i < sizeof marks / sizeof *marks) {
			buf_adds(out, marks[i].is);
		} else {
			buf_addc(out, *p);
		}
	}
	free(clean);
}

static void
line(struct buf *out, const char *class, const char *text)
{
	buf_addf(out, "<p class=\"%s\">", class);
	html_text(out, text);
	buf_adds(out, "</p>\n");
}

static const char *
label(const struct page *page, enum word_list list, const char *word)
{
	for (const struct word *row = words_of(list); row->word != NULL; row++) {
		if (strcmp(row->word, word) == 0) {
			return SAY(row->label);
		}
	}
	return word;
}

/* "Mức 4 (Đặc biệt nghiêm trọng). Gửi lúc 02:12." */
static void
write_severity(struct buf *out, const struct page *page, const struct ir_case *c)
{
	const char word[] = { (char)('0' + case_severity(c)), '\0' };
	struct buf text = { 0 };

	if (case_severity(c) < 1 || case_severity(c) > 4) {
		return;
	}
	buf_addf(&text, SAY(N_("Severity %s%s (%s)")), word, c->severity == 0 ? "?" : "",
		label(page, WORDS_SEVERITY, word));
	line(out, "severity", buf_text(&text));
	buf_free(&text);
}

static void
write_step(struct buf *out, const struct page *page, const struct answer_look *look)
{
	char due[WHEN_SHORT_SIZE];
	struct buf text = { 0 };

	if (look->step[0] != '\0' && look->step_n > 0) {
		buf_addf(&text, SAY(N_("Due now: step %d, %s.")), look->step_n, look->step);
	} else if (look->step[0] != '\0') {
		buf_addf(&text, SAY(N_("Due now: %s.")), look->step);
	}
	if (look->due_at != NO_DUE && look->due_at != 0) {
		when_near(due, look->due_at, desk_now(page->desk), desk_zone(page->desk));
		buf_adds(&text, text.len > 0 ? " " : "");
		buf_addf(&text, SAY(N_("Until %s.")), due);
	}
	if (text.len > 0) {
		line(out, "step", buf_text(&text));
	}
	buf_free(&text);
}

static void
write_case(struct buf *out, const struct page *page)
{
	const struct answer_look *look = page->look;
	bool red = strcmp(look->c.tlp, "red") == 0;
	char sent[WHEN_SHORT_SIZE];
	struct buf text = { 0 };

	if (look->c.drill) {
		line(out, "drill", SAY(N_("[DRILL] not a real incident")));
	}
	buf_adds(out, "<h1>");
	buf_addf(&text, SAY(N_("CASE %s")), look->c.number);
	html_text(out, buf_text(&text));
	buf_adds(out, "</h1>\n");
	buf_clear(&text);
	if (red) {
		line(out, "title", SAY(N_("TLP:RED: what it is about is read in suco only.")));
	} else {
		line(out, "title", look->c.title);
		write_severity(out, page, &look->c);
	}
	when_near(sent, look->m.queued_at, desk_now(page->desk), desk_zone(page->desk));
	buf_addf(&text, SAY(N_("Sent %s.")), sent);
	line(out, "small", buf_text(&text));
	if (!red) {
		write_step(out, page, look);
	}
	buf_free(&text);
}

static void
form_begin(struct buf *out, const struct page *page)
{
	buf_adds(out, "<form method=\"post\" autocomplete=\"off\">\n"
		"<input type=\"hidden\" name=\"nonce\" value=\"");
	html_text(out, page->nonce);
	buf_adds(out, "\">\n");
}

static void
button(struct buf *out, const char *class, const char *what, const char *text)
{
	buf_addf(out, "<button class=\"%s\" name=\"what\" value=\"%s\">", class, what);
	html_text(out, text);
	buf_adds(out, "</button>\n");
}

static void
write_people(struct buf *out, const struct page *page)
{
	form_begin(out, page);
	buf_adds(out, "<label for=\"to\">");
	html_text(out, SAY(N_("Pass it on to")));
	buf_adds(out, "</label>\n<select id=\"to\" name=\"to\">\n");
	for (int i = 0; i < page->people_count; i++) {
		buf_adds(out, "<option value=\"");
		html_text(out, page->people[i].login);
		buf_adds(out, "\">");
		html_text(out, page->people[i].name);
		buf_adds(out, "</option>\n");
	}
	buf_adds(out, "</select>\n");
	button(out, "pass", "pass", SAY(N_("PASS IT ON")));
	buf_adds(out, "</form>\n");
}

static void
write_buttons(struct buf *out, const struct page *page)
{
	struct buf text = { 0 };

	form_begin(out, page);
	button(out, "take", "ack", SAY(N_("TAKE IT ON")));
	button(out, "no", "decline", SAY(N_("I CANNOT: call the next one")));
	buf_adds(out, "</form>\n");
	if (page->people_count > 0) {
		write_people(out, page);
	}
	buf_addf(&text, SAY(N_("You answer as %s.")), page->look->name);
	line(out, "small", buf_text(&text));
	buf_free(&text);
}

void
page_write(struct buf *out, const struct page *page)
{
	buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"robots\" content=\"noindex, nofollow\">\n<title>",
		strcmp(page->language, "en") == 0 ? "en" : "vi");
	html_text(out, page->look == NULL ? "suco" : page->look->c.number);
	buf_addf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n", style);
	if (page->look != NULL) {
		write_case(out, page);
	}
	if (page->said != NULL) {
		line(out, page->good ? "said good" : "said", page->said);
	}
	if (page->nonce != NULL && page->look != NULL) {
		write_buttons(out, page);
	}
	buf_adds(out, "</main>\n</body>\n</html>\n");
}
