/* config_private.h - between config.c and config_read.c only. */
#ifndef CORE_CONFIG_PRIVATE_H
#define CORE_CONFIG_PRIVATE_H

#include "core/config.h"

struct config {
	struct {
		char *value;  /* ours, checked; NULL: the default holds */
		char *origin; /* ours, "FILE:LINE" */
	} set[CONFIG_KEY_COUNT];
	char **faults; /* ours, each line ours */
	int fault_count;
};

struct config *config_new(void);
/* Reads one file's text over what is there. */
void config_read_into(struct config *config, const char *name, const char *text,
	size_t len);

#endif
