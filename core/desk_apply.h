/* desk_apply.h - the row writer of the desk's own first event. */
#ifndef CORE_DESK_APPLY_H
#define CORE_DESK_APPLY_H

#include "core/apply.h"

apply_fn apply_desk_made;

#endif
