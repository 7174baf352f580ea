/* paper_item.h - one item on the page. */
#ifndef REPORT_PAPER_ITEM_H
#define REPORT_PAPER_ITEM_H

#include "core/json.h"
#include "report/paper_paint.h"

/* Puts the item at the place; its height. */
double item_put(struct painter *painter, const struct json *item,
	struct paper_place at);

#endif
