/* tin_page.h - what the page of a recorded report shows, read on the desk's thread. */
#ifndef TUI_TIN_PAGE_H
#define TUI_TIN_PAGE_H

#include "core/json.h"
#include "core/tin.h"
#include "tui/tin_look.h"

#define TIN_FACTS 18

struct tin_page_model {
	struct tin tin;
	struct tin_look look;
	char *receipt;
	struct json *values; /* of the form, for changing it */
	struct { char *label, *text; } facts[TIN_FACTS];
	int facts_count;
};

bool tin_page_load(struct tin_page_model *out, struct desk *desk, const char *id,
	struct error *err);
void tin_page_free(struct tin_page_model *model);

#endif
