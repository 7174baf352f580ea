/* library.h - the playbooks that a desk knows: those that we ship and those
 * that the desk imported.  A run pins its playbook by hash; that text then
 * stands in the desk and is never changed by a newer edition. */
#ifndef PLAYBOOKS_LIBRARY_H
#define PLAYBOOKS_LIBRARY_H

#include "core/case.h"
#include "core/desk.h"
#include "playbooks/cacao.h"

struct plan {
	char *id;
	char *modified;
	char *code;     /* "PA-MD", or "" */
	char *name;
	char *language; /* "vi", "en", or "" */
	char *kind;     /* the kind of case it is for, or "" */
	char *status;   /* "dự thảo, chưa phê duyệt", or "" */
	char *assets;   /* codes, each with a blank before and after */
	char *origin;   /* "shipped" or "imported" */
	char *path;     /* shipped: its file; else NULL */
	char hash[HASH_SIZE];
};

struct library {
	struct plan *plans; /* by code, language, name */
	int count;
};

/* Of one id the newest edition counts.  A shipped file that cannot be read is
 * an error that names it.  desk NULL: only the shipped ones. */
bool library_load(struct library *out, struct desk *desk, struct error *err);
void library_finish(struct library *library);

/* By code, id or name; of a code in two languages the one that is wanted
 * (NULL: vi).  ERR_NOT_FOUND names what there is. */
bool library_find(const struct plan **out, const struct library *library,
	const char *spec, const char *language, struct error *err);
/* By id, and modified where version is not NULL; NULL if there is none. */
const struct plan *library_by_id(const struct library *library, const char *id,
	const char *version);
/* The plan for a case: by the rules, else by kind and asset; *out NULL where
 * none fits. */
bool library_fitting(const struct plan **out, const struct library *library,
	struct desk *desk, const struct ir_case *c, const char *language,
	struct error *err);

/* Reads the plan's text from its file or from the desk. */
bool library_read(struct playbook **out, char **text, size_t *len,
	struct desk *desk, const struct plan *plan, struct error *err);
/* The plan that was read from this very text, if it is kept (one more reference to
 * it, the caller's); else NULL. */
struct playbook *library_kept_plan(const char *hash, const char *text);
/* A playbook that is stored in the desk, by hash: its text, byte for byte (the
 * caller's), and read.  ERR_IO where it is no longer that text. */
bool library_pinned_text(char **text, struct desk *desk, const char *hash,
	struct error *err);
bool library_pinned(struct playbook **out, struct desk *desk, const char *hash,
	struct error *err);

/* Stores a text (read and checked before) unless the desk has it.  origin
 * "imported" puts it into the library; "run" only keeps it for its run. */
bool library_store(struct desk *desk, const struct playbook *playbook,
	const char *text, size_t len, const char *origin, struct error *err);
/* Reads leniently, checks, stores; all findings in found. */
bool library_import(struct desk *desk, const char *text, size_t len,
	struct findings *found, char hash[HASH_SIZE], struct error *err);

#endif
