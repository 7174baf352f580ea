/* run_file.h - the plans of a case as they were run, in files for others. */
#ifndef TUI_RUN_FILE_H
#define TUI_RUN_FILE_H

#include "tui/act.h"

/* One file a plan, execution-status records in it (playbooks/run_export.h). */
void run_files_of(struct app *app, const struct case_ref *ref);

#endif
