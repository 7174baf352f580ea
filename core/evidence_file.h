/* evidence_file.h - the inside of evidence, for evidence*.c. */
#ifndef CORE_EVIDENCE_FILE_H
#define CORE_EVIDENCE_FILE_H

#include "core/evidence.h"

/* The columns in the order of EVIDENCE_OF_CASE. */
void evidence_from_row(struct evidence *e, struct stmt *st);
/* The number of the next on this case. */
bool evidence_next_n(struct desk *desk, const char *case_id, int64_t *n,
	struct error *err);

#endif
