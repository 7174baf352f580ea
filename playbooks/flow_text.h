/* flow_text.h - a plan drawn with letters: boxes and lines, branches side by
 * side where they fit, else one under the other. */
#ifndef PLAYBOOKS_FLOW_TEXT_H
#define PLAYBOOKS_FLOW_TEXT_H

#include "core/buf.h"
#include "playbooks/cacao.h"

#define FLOW_TEXT_LEAST 36 /* narrower is drawn as wide as this */

/* No line is wider than cols; what is nested too deeply for them stands below,
 * under a number of its own.  ascii: lines of - | + only. */
void flow_text(struct buf *out, const struct playbook *playbook, int cols, bool ascii);

#endif
