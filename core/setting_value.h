/* setting_value.h - what a setting's value may be, beyond its type. */
#ifndef CORE_SETTING_VALUE_H
#define CORE_SETTING_VALUE_H

#include "core/desk.h"
#include "core/error.h"

/* value: neither NULL nor "". */
bool setting_value_fits(struct desk *desk, const char *name, const char *value,
	const char *place, struct error *err);

#endif
