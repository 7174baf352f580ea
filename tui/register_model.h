/* register_model.h - the register as its screens show it, read on the desk's
 * thread: pages of each kind of thing, one thing as text, one system whole. */
#ifndef TUI_REGISTER_MODEL_H
#define TUI_REGISTER_MODEL_H

#include <stdbool.h>

#include "core/buf.h"
#include "core/desk.h"
#include "core/json.h"
#include "tui/table.h"

enum register_tab {
	TAB_ASSETS, TAB_MEMBERS, TAB_CONTACTS, TAB_GROUPS, TAB_RULES, REGISTER_TABS,
};

/* Pages in the order of codes, logins, roles; keys are what the verbs take. */
bool register_assets(struct table_rows *out, struct desk *desk,
	const struct page *page, struct error *err);
bool register_members(struct table_rows *out, struct desk *desk,
	const struct page *page, struct error *err);
bool register_contacts(struct table_rows *out, struct desk *desk,
	const struct page *page, struct error *err);
bool register_groups(struct table_rows *out, struct desk *desk,
	const struct page *page, struct error *err);
/* page->about: a case that the rules are tried on, or "". */
bool register_rules(struct table_rows *out, struct desk *desk,
	const struct page *page, struct error *err);

/* One thing whole, for reading. */
bool register_text(char **out, struct desk *desk, enum register_tab tab,
	const char *key, const char *case_id, struct error *err);

/* One system: a row for each fact with the document it comes from, then what it
 * needs and what stops with it; page->about is its code.  A row's key is the
 * field ("" where nothing can be changed), its state the value as typed. */
enum { FACT_NAME, FACT_VALUE, FACT_SOURCE };
bool register_asset_page(struct table_rows *out, struct desk *desk,
	const struct page *page, struct error *err);

/* "owner" in words, translated; the name itself where there are none. */
const char *register_label(const char *field);

#endif
