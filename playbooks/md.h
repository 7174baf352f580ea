/* md.h - plans as people write them: Markdown of a small kind (docs/plan-md.md),
 * read into CACAO and written back.
 *
 * Text <-> model (a JSON tree of what stands in the text) <-> playbook.  What the
 * form cannot say is named by plan_diff(), never passed over. */
#ifndef PLAYBOOKS_MD_H
#define PLAYBOOKS_MD_H

#include "playbooks/cacao.h"

#define MD_MOST ((size_t)1024 * 1024)

struct md_fault {
	int line; /* 0: of the whole text */
	char *text;
};

struct md_faults {
	struct md_fault *list;
	int count;
};

void md_fault(struct md_faults *faults, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void md_faults_finish(struct md_faults *faults);

/* How plans that are called are named; the answers are the caller's, NULL where
 * there is none.  NULL functions: ids only. */
struct md_names {
	char *(*id_of)(void *arg, const char *said, const char *language);
	char *(*name_of)(void *arg, const char *id);
	void *arg;
};

struct md_source {
	const struct json *base; /* the edition before: keeps id, created, created_by */
	const struct md_names *names; /* or NULL */
	int64_t now;
};

/* The playbook that the text says, checked strictly; false: what is wrong stands in
 * faults, in the order of the lines. *out is the caller's. */
bool md_playbook(struct json **out, struct md_faults *faults, const char *text,
	size_t len, const struct md_source *source);

/* The text of a playbook; the caller's. */
char *md_text(const struct playbook *playbook, const struct md_names *names);

/* What md_text() could not say of it, an array of lines for people; the caller's. */
struct json *md_losses(const struct playbook *playbook, const char *text,
	const struct md_names *names);

/* The name of a control step without the word that opens it in Markdown: "power is
 * back" of "If power is back", "" of "In parallel"; borrowed from it. */
const char *md_bare_name(const struct step *step);

/* What people call a field of a step, as Markdown says it: "Hạn" of "timeout"; NULL
 * where it has no word. */
const char *md_field_name(const char *field, const char *language);

/* "15 phút", "1 giờ 30 phút"; language "vi" or "en".  The caller's. */
char *md_span(int64_t ms, const char *language);

/* "2026-01-05T08:00:00.000Z" */
#define MD_STAMP 32
void md_stamp(char out[MD_STAMP], int64_t now);

#endif
