/* three_rows.h - a sheet of three rows on a real desk, and keys pressed on it. */
#ifndef TESTS_TUI_THREE_ROWS_H
#define TESTS_TUI_THREE_ROWS_H

#include "tests/fixture.h"

#include "tui/app.h"
#include "tui/sheet_form.h"

extern struct fixture f;
extern struct app *app;
extern char case_id[UUID_SIZE];
extern char drafts[160];
extern const struct sheet_form asking;
extern int ran;        /* how often an act was done */
extern char seen[600]; /* what the last run got, run after run */
extern int rows_there; /* of the three, from the first on */

int rows_set_up(void **state);
int rows_tear_down(void **state);
void start(void); /* the screens on f.desk, again too */
void settle(void);
void press(int32_t code);
void type(const char *text);
bool has(const char *text);
bool shows(const char *text); /* with the picture, when it is not there */

#define RUN_SHEET(name) \
	cmocka_unit_test_setup_teardown(name, rows_set_up, rows_tear_down)

#endif
