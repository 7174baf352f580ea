/* page_html.h - the pages of the answer door: plain HTML for any phone, no script,
 * nothing from elsewhere. */
#ifndef SERVE_PAGE_HTML_H
#define SERVE_PAGE_HTML_H

#include "core/answer_look.h"
#include "core/buf.h"

struct page_person {
	const char *login, *name;
};

struct page {
	struct desk *desk;
	const char *language;  /* "vi", "en" */
	const char *said;      /* what became of the answer, or what is wrong; NULL */
	bool good;             /* said is good news */
	const struct answer_look *look; /* NULL: nothing of any case is shown */
	const char *nonce;     /* of the form; NULL: no buttons */
	const struct page_person *people; /* whom it may be passed on to */
	int people_count;
};

void page_write(struct buf *out, const struct page *page);

/* The Content-Security-Policy that lets these pages through and nothing else. */
const char *page_policy(void);

/* Text between tags or in a quoted attribute. */
void html_text(struct buf *out, const char *text);

#endif
