/* depends.h - what depends on an asset, in words. */
#ifndef TUI_DEPENDS_H
#define TUI_DEPENDS_H

#include "core/json.h"

/* "documented; users: 1200; standby: none" of a row of asset_dependants(); the caller
 * frees. */
char *depends_text(const struct json *row);

#endif
