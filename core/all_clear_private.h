/* all_clear_private.h - where a row of the list comes from, for all_clear*.c. */
#ifndef CORE_ALL_CLEAR_PRIVATE_H
#define CORE_ALL_CLEAR_PRIVATE_H

#include "core/all_clear.h"

enum told_kind { TOLD_TIN, TOLD_POINT, TOLD_REF };

struct told_source {
	enum told_kind kind;
	char id[UUID_SIZE];  /* of the tin or point */
	char *ref_kind, *ref; /* TOLD_REF: what its confirmation of the end names */
	int64_t at, over_at; /* over_at 0: not told the end */
	int64_t reply_by;    /* of a tin */
	int64_t was_at;      /* of a point that was told once before: what an undo */
	char *was_how;       /* brings back */
};

#endif
