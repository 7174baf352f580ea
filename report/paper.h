/* paper.h - a printed plan or case as PDF: suco gives what stands on it, as items in
 * their order (playbooks/print_private.h); here it gets its form. */
#ifndef REPORT_PAPER_H
#define REPORT_PAPER_H

#include <stdbool.h>

#include "core/buf.h"
#include "core/error.h"
#include "core/json.h"

/* The document's pages as the bytes of a PDF. */
bool paper_make(struct buf *out, const struct json *document, struct error *err);

#endif
