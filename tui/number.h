/* number.h - small numbers out of words that we made ourselves. */
#ifndef TUI_NUMBER_H
#define TUI_NUMBER_H

#include <stdlib.h>

/* 0 where the text does not begin with a number that fits. */
static inline int
number_of(const char *text)
{
	long value = strtol(text, NULL, 10);

	return value > 0 && value < 1000000 ? (int)value : 0;
}

#endif
