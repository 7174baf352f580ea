/* views.h - the screens. */
#ifndef TUI_VIEWS_H
#define TUI_VIEWS_H

#include "tui/app.h"
#include "tui/sheet.h"

extern const struct view_ops desk_view;
extern const struct view_ops case_view;
extern const struct view_ops new_view;
extern const struct view_ops tin_view, tin_page_view;
extern const struct view_ops outbox_view, roster_view;

extern const struct sheet clocks_sheet, case_clocks_sheet, notices_sheet, holidays_sheet;
extern const struct sheet_form clock_add_form, clock_na_form, holiday_add_form,
	notice_confirm_form, notice_sent_form, notice_update_form, notice_void_form,
	reportable_form, back_by_form;
extern const struct sheet tins_sheet, callers_sheet, over_sheet;
extern const struct sheet coordination_sheet;
extern const struct sheet vars_sheet, custody_sheet, planned_sheet, scene_sheet, scenes_sheet;
extern const struct sheet_form custody_form, item_form, planned_add_form, scene_hold_form,
	scene_release_form;
extern const struct sheet countdown_sheet, periodic_sheet, quick_sheet;
extern const struct sheet_form countdown_add_form, countdown_read_form, quick_make_form,
	quick_text_form;
extern const struct sheet handover_sheet, log_sheet;
extern const struct sheet_form handover_give_form, log_form;
extern const struct sheet library_sheet, register_sheet, settings_sheet;
extern const struct sheet list_sheet, points_sheet;
extern const struct sheet_form points_paste_form;
extern const struct sheet waits_sheet, decisions_sheet;
extern const struct sheet called_sheet, wishes_sheet, rotas_sheet;
extern const struct sheet call_sheet, posted_sheet, confirm_sheet, gaps_sheet,
	gaps_people_sheet;

/* The case with this id. */
struct view *case_view_of(const char *case_id);
/* The system of this code. */
struct view *asset_view_of(const char *code);
/* The report page: takes up a draft, NULL for an empty one; changing one that is
 * recorded; one as it stands. */
void open_tin(struct app *app, const struct draft *draft);
void open_tin_change(struct app *app, const char *tin_id, const char *number,
	const struct json *values);
void open_tin_page(struct app *app, const char *tin_id);
/* Takes up a draft; NULL for an empty form. */
void open_new_case(struct app *app, const struct draft *draft);
/* text (taken) to read, with what the coordination table says of the case. */
void read_with_coordination(struct app *app, const char *case_id, const char *title,
	char *text);
void open_palette(struct app *app);
void open_menu(struct app *app);
void open_help(struct app *app);
void open_messages(struct app *app);
void open_drafts(struct app *app);
void open_now_why(struct app *app);

#endif
