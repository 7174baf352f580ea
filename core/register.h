/* register.h - what members, contacts, assets, groups, units, rules and
 * settings have in common: rows of named fields, changed field by field, by
 * hand or by a profile.
 *
 * An event's body carries "things": {"id","key","new","set":{field: {"from",
 * "to"}}}.  The one apply here writes them.  A field whose last change was by
 * hand is never overwritten by a profile. */
#ifndef CORE_REGISTER_H
#define CORE_REGISTER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/apply.h"
#include "core/desk.h"
#include "core/error.h"
#include "core/json.h"
#include "core/register_value.h"

enum reg_type {
	REG_TEXT,  /* one line, up to the limit of names */
	REG_LONG,  /* many lines, up to the limit of notes */
	REG_INT,   /* min..max */
	REG_FLAG,
	REG_WORD,  /* one of words */
	REG_WORDS, /* an array of words */
	REG_DATE,  /* YYYY-MM-DD */
	REG_JSON,  /* checked by the kind */
};

enum reg_flags {
	REG_REQUIRED = 1 << 0, /* must be given when the thing is made */
	REG_NO_NULL = 1 << 1,  /* cannot be emptied */
	REG_HIDDEN = 1 << 2,   /* follows from others; nobody gives it */
};

struct reg_field {
	const char *name; /* in events, JSON, options: one word */
	enum reg_type type;
	unsigned flags;
	const char *words;        /* REG_WORD(S): blank-separated; NULL: free codes */
	int64_t min, max;         /* REG_INT */
	const struct sql *update; /* $1 value, $2 id; NULL: kind->write does it */
};

/* Apply's view of the thing being written. */
struct reg_write {
	const struct applying *a;
	const char *id;
	const char *key;
	const char *origin; /* "hand" or "profile:NAME" */
};

struct reg_kind {
	const char *name;  /* "contact" */
	const char *key;   /* the field that names it: "role" */
	enum act act;      /* who may change it by hand */
	const char *added; /* event kinds */
	const char *changed;
	int64_t at;        /* since when it is so; 0: now */
	const char *case_id; /* whose timeline tells a change; NULL: the desk's own */
	bool key_is_id;    /* no UUID: the key is the row's id */
	bool absent_false; /* what a new thing lacks reads as false, not as null */
	const struct reg_field *fields; /* ended by a row whose name is NULL */
	/* The fields as they stand; *out stays NULL where there is no such thing. */
	bool (*load)(struct desk *desk, const char *key, char id[UUID_SIZE],
		struct json **out, struct error *err);
	/* Beyond types: references, what follows; may add fields to wanted.  fresh:
	 * the thing is being made.  NULL: nothing. */
	bool (*check)(struct desk *desk, const char *key, struct json *wanted,
		bool fresh, const char *path, struct error *err);
	/* After the rows are written, in the same transaction; NULL: nothing. */
	bool (*after)(struct desk *desk, const char *key, const char *path,
		struct error *err);
	bool (*insert)(const struct reg_write *w, struct error *err);
	bool (*write)(const struct reg_write *w, const char *field,
		const struct json *value, struct error *err);
	bool (*wrote)(const struct reg_write *w, struct error *err); /* or NULL */
};

/* Checks given (an object) field by field: unknown names, types, limits,
 * words.  lenient: texts are converted (the command line); else types must be
 * right (files).  path goes before names in messages ("$.assets[2]" or ""). */
bool reg_check(const struct reg_kind *kind, const struct json *given, bool lenient,
	const char *path, struct json **out, struct error *err);
/* A code that may stand in commands and files: letters, digits and . _ - @ */
bool reg_key_fits(const char *key, const char *what, struct error *err);
/* "path.name: " of a fault; the caller frees. */
char *reg_place(const char *path, const char *name);
/* Add and change by hand, each one transaction and one event. ERR_FORBIDDEN,
 * ERR_BAD_INPUT, ERR_NOT_FOUND, ERR_REFUSED (there already), ERR_CONFLICT. */
bool reg_add(struct desk *desk, const struct reg_kind *kind, const char *key,
	const struct json *given, struct error *err);
bool reg_set(struct desk *desk, const struct reg_kind *kind, const char *key,
	const struct json *given, struct error *err);

/* One thing of a profile: appends to things what must change.  kept gets
 * "kind key field" of each field that stays because a member changed it. */
struct reg_tally {
	int added, changed, same;
};
bool reg_import(struct desk *desk, const struct reg_kind *kind, const char *key,
	const struct json *wanted, const char *path, struct json *things,
	struct json *kept, struct reg_tally *tally, struct error *err);

/* Writes one thing of an event; the event's version marks its fields.  reg_rewrite:
 * one change of it once more, redacted, where the field still is the event's. */
bool reg_apply(const struct applying *a, const struct reg_kind *kind,
	const struct json *thing, struct error *err);
bool reg_rewrite(const struct applying *a, const struct reg_kind *kind,
	const struct json *thing, const struct json *change, struct error *err);

#define REG_IMPORTED "profile_imported" /* the event kind of all imports */
/* Shows each thing whose key the query gives. */
bool reg_list(struct desk *desk, const struct sql *keys,
	bool (*show)(struct desk *desk, const char *key, struct json **out,
		struct error *err),
	struct json **out, struct error *err);

#endif
