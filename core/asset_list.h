/* asset_list.h - the lists of an asset: links and counts. */
#ifndef CORE_ASSET_LIST_H
#define CORE_ASSET_LIST_H

#include "core/register.h"

/* links: [{name, mbps, to, source}], counts: [{what, number, source}]. */
bool asset_lists_fit(const struct json *wanted, const char *path, struct error *err);

#endif
