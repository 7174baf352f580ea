/* copy.h - a case copied into one file that is read without suco: the paper's text
 * first, then the whole of it as JSON with every event's header, so that the copy
 * proves itself with nothing but sha256sum. */
#ifndef PLAYBOOKS_COPY_H
#define PLAYBOOKS_COPY_H

#include "core/buf.h"
#include "core/desk.h"

#define COPY_JSON_MARK "===== JSON ====="

struct copy_result {
	char *path;    /* the caller's */
	int left_out;  /* observables marked TLP:RED: not in the copy */
	bool red;      /* the case itself is TLP:RED */
	int64_t events;
	bool noted;    /* the timeline says who took it; not where nothing can be written */
};

/* path NULL: a file of its own in the folder of the setting copy_dir, else
 * suco-copies in the member's home.  Readable by its owner only; never over a file
 * that is there.  A case that is TLP:RED is refused unless red says that the person
 * means it. */
bool copy_case(struct copy_result *out, struct desk *desk, const char *case_id,
	const char *path, bool red, struct error *err);
/* A path for a file of its own, NAME-20261121-0236.END, in a folder (NULL: as
 * above), which is made; nothing stands there yet.  The caller frees. */
bool copy_own_path(char **out, struct desk *desk, const char *in, const char *name,
	const char *end, struct error *err);
void copy_clear(struct copy_result *result);

#endif
