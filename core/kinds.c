/* kinds.c owns the table of event kinds: sorted by name, one row a kind, with
 * what applies it, finds it and undoes it. */
#include <stdlib.h>
#include <string.h>

#include "core/apply.h"
#include "core/case_open.h"
#include "core/desk_apply.h"
#include "core/i18n.h"
#include "core/member.h"
#include "core/note.h"

/* Sorted: looked up with bsearch (a test asserts the order). */
static const struct event_kind kinds[] = {
	{ .name = "case_opened", .body_v = 1, .apply = apply_case_opened,
	  .search = search_case_opened,
	  .never = N_("a case is dismissed with a reason, never un-opened") },
	{ .name = "desk_made", .body_v = 1, .apply = apply_desk_made,
	  .never = N_("it is the desk's first event") },
	{ .name = "member_added", .body_v = 1, .apply = apply_member_added,
	  .never = N_("a member is made inactive instead") },
	{ .name = "note_added", .body_v = 1, .apply = apply_note_added,
	  .search = search_note_added, .inverse = "note_withdrawn" },
};

static int
by_name(const void *key, const void *row)
{
	return strcmp(key, ((const struct event_kind *)row)->name);
}

const struct event_kind *
event_kind(const char *name)
{
	return bsearch(name, kinds, sizeof kinds / sizeof *kinds, sizeof *kinds, by_name);
}

const struct event_kind *
event_kinds(int *count)
{
	*count = (int)(sizeof kinds / sizeof *kinds);
	return kinds;
}
