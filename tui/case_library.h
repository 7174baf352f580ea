/* case_library.h - the plans that the desk knows, kept by the desk's thread. */
#ifndef TUI_CASE_LIBRARY_H
#define TUI_CASE_LIBRARY_H

#include "playbooks/library.h"

/* Only on the desk's thread; borrowed until the next call there. */
bool case_library(const struct library **out, struct desk *desk, struct error *err);
void case_library_drop(void);

#endif
