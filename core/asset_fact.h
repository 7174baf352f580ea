/* asset_fact.h - one fact of an asset and where it comes from.
 *
 * In events a fact is {"value","text","contact","source"}, null (applies, not
 * known: missing) or false (does not apply to this asset). */
#ifndef CORE_ASSET_FACT_H
#define CORE_ASSET_FACT_H

#include "core/register.h"

struct fact_type {
	const char *name;
	enum reg_type type; /* REG_TEXT, REG_INT, REG_WORD */
	const char *words;
	int64_t max;        /* REG_INT: from 0 (level: from 1) */
	bool contact;       /* may name a role to turn to */
	bool spare;         /* nothing is missing where nobody gave it */
};

/* Ended by a row whose name is NULL. */
extern const struct fact_type fact_types[];
const struct fact_type *fact_type_of(const char *name); /* NULL: none */

/* Adds each fact of the asset to the object, false where it does not apply. */
bool fact_load(struct desk *desk, const char *id, struct json *asset,
	struct error *err);
/* Brings each fact in wanted into the form of events.  path "" is by hand:
 * plain values are taken, `source` is theirs; a new asset has all facts. */
bool fact_check_all(struct desk *desk, struct json *wanted, bool fresh,
	const char *path, struct error *err);
bool fact_write(const struct reg_write *w, const char *field,
	const struct json *value, struct error *err);

#endif
