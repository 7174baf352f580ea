/* case_library.c owns the library that the desk's thread keeps. */
#include "tui/case_library.h"

/* The library of the desk's thread: reading all plans takes longer than a key
 * may.  Read anew when a plan was imported. */
static struct {
	struct library library;
	bool loaded;
	int64_t imported;
} kept;

SQL(PLANS_IMPORTED, "", "SELECT COUNT(*) FROM playbook WHERE origin = 'imported'");

bool
case_library(const struct library **out, struct desk *desk, struct error *err)
{
	int64_t imported = 0;

	if (!db_one_int(desk_db(desk), &PLANS_IMPORTED, &imported, err, NOARGS)) {
		return false;
	}
	if (kept.loaded && imported != kept.imported) {
		case_library_drop();
	}
	if (!kept.loaded && !library_load(&kept.library, desk, err)) {
		return false;
	}
	kept.loaded = true;
	kept.imported = imported;
	*out = &kept.library;
	return true;
}

void
case_library_drop(void)
{
	if (kept.loaded) {
		library_finish(&kept.library);
		kept.loaded = false;
	}
}
