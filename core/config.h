/* config.h - suco.conf: one table of keys, read from the system's file and
 * then from the member's, which overrides single keys (CLI.md "suco.conf").
 *
 * What a file says wrong (an unknown key, a value that does not fit) changes
 * nothing and is kept as a fault with its place: a warning line for most
 * verbs, an error for `serve` and `config`. */
#ifndef CORE_CONFIG_H
#define CORE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/config_keys.h"
#include "core/error.h"

enum config_type {
	CONFIG_TEXT,   /* any one line */
	CONFIG_PATH,   /* absolute, or ~/ for the member's home */
	CONFIG_YES_NO,
	CONFIG_NUMBER, /* from least to most */
	CONFIG_CHOICE, /* one of choices */
};

struct config_row {
	const char *section, *name;
	enum config_type type;
	const char *fallback; /* the default as it would be written; "" for none */
	const char *choices;  /* "vi en"; NULL unless CONFIG_CHOICE */
	int64_t least, most;  /* CONFIG_NUMBER */
	const char *part;     /* the program it counts for: "suco", "suco-serve" */
	const char *help;     /* one line, marked for translation */
};

extern const struct config_row config_rows[CONFIG_KEY_COUNT];

struct config;

/* /etc/suco/suco.conf, then the member's own file; neither must exist.  False
 * only where one is there and cannot be read. */
bool config_load(struct config **out, struct error *err);
/* From these files, later ones override; a missing one is passed over. */
bool config_load_files(struct config **out, const char *const *paths, int count,
	struct error *err);
/* As one file, from memory (tests, fuzzing); name is for the messages. */
struct config *config_read(const char *name, const char *text, size_t len);
void config_free(struct config *config);

/* What is in force: never NULL, "" where there is no value.  Borrowed. */
const char *config_get(const struct config *config, enum config_key key);
bool config_yes(const struct config *config, enum config_key key);
int64_t config_number(const struct config *config, enum config_key key);

/* "" where the default holds, else "/etc/suco/suco.conf:12".  Borrowed. */
const char *config_origin(const struct config *config, enum config_key key);

/* The faults in order, each one line "FILE:LINE: what is wrong". */
int config_fault_count(const struct config *config);
const char *config_fault(const struct config *config, int index);
/* For serve and config: false with the first fault, if there is any. */
bool config_strict(const struct config *config, struct error *err);

#endif
