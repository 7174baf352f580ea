/* command.h - the one table of commands.
 *
 * Keys, hints, `?`, the palette, menus and `suco keys` are all made from it.
 * A key means one command everywhere; what a view does with it is the view's.
 * A view lists the commands it knows (view.h); CMD_* without a key are reached
 * by the palette and the menus. */
#ifndef TUI_COMMAND_H
#define TUI_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/keys.h"

enum command {
	CMD_NONE,
	/* move */
	CMD_UP, CMD_DOWN, CMD_LEFT, CMD_RIGHT, CMD_PAGE_UP, CMD_PAGE_DOWN,
	CMD_HALF_UP, CMD_HALF_DOWN, CMD_FIRST, CMD_LAST, CMD_PANE_NEXT,
	CMD_PANE_PREV,
	/* places */
	CMD_DESK, CMD_CASE, CMD_ROSTER, CMD_OUTBOX, CMD_REGISTER, CMD_LIBRARY, CMD_SETTINGS,
	CMD_TINS, CMD_WAITS, CMD_DECISIONS, CMD_CLOCKS, CMD_PERIODIC, CMD_LOG,
	CMD_HANDOVER, CMD_GAPS, CMD_COORDINATION, CMD_PAPER, CMD_PLANNED, CMD_HOLIDAYS,
	CMD_SCENES, CMD_WISHES, CMD_ROTAS,
	CMD_ENTER, CMD_BACK, CMD_PLACE_BACK, CMD_PLACE_FORWARD, CMD_CLOSE_VIEW,
	/* find */
	CMD_FILTER, CMD_PRESETS, CMD_SORT, CMD_PALETTE,
	CMD_HELP, CMD_HOW,
	/* select */
	CMD_MARK, CMD_MARK_ALL,
	/* act */
	CMD_NOTE, CMD_TAKE, CMD_HOLD, CMD_FILES, CMD_MENU, CMD_UNDO,
	CMD_REDO, CMD_ZOOM_IN, CMD_ZOOM_OUT, CMD_TODAY, CMD_RETRY, CMD_RELEASE,
	CMD_COPY, CMD_BY_HAND, CMD_RAISE, CMD_NO_ANSWER, CMD_CORRECT, CMD_VERIFY,
	CMD_ADD, CMD_CHANGE, CMD_ASSET_STATE,
	CMD_TIN_TAKE, CMD_TIN_REPLY, CMD_TIN_HELP, CMD_TIN_DONE, CMD_TIN_CLOSE,
	/* the case, from its menu and the palette */
	CMD_ACK, CMD_DECLINE, CMD_PASS, CMD_CALL_NEXT, CMD_SEVERITY, CMD_STATUS, CMD_STATUS_NEXT,
	CMD_BEGIN, CMD_STEP_DONE, CMD_STEP_START, CMD_STEP_FAILED, CMD_STEP_SKIP, CMD_STEP_ASSIGN,
	CMD_STEP_LIST, CMD_STEP_EXTEND, CMD_STEP_BACK, CMD_COMMANDS, CMD_RUN_PAUSE,
	CMD_RUN_RESUME, CMD_RUN_STOP, CMD_TASK_ADD, CMD_EVIDENCE_ADD, CMD_OBSERVABLE_ADD,
	CMD_SET_FIELD, CMD_MERGE, CMD_UNMERGE, CMD_LINK, CMD_CLOSE_CASE, CMD_DISMISS, CMD_REOPEN,
	/* of a case, opened by places.c wherever there is one: no view needs to know */
	CMD_CALLERS, CMD_ALL_CLEAR, CMD_CALLS, CMD_CALLED, CMD_POINTS, CMD_QUICK, CMD_ASK, CMD_WAIT,
	CMD_POINTS_PASTE, CMD_NOTICES, CMD_CASE_CLOCKS, CMD_REPORTABLE, CMD_POSTED, CMD_HOLD_POLICE,
	CMD_CUSTODY, CMD_COPY_CASE, CMD_BACK_BY, CMD_COUNTDOWNS, CMD_CASE_PDF, CMD_RUN_EXPORT,
	CMD_PRINT_CASE, CMD_PRINT_PLAN, CMD_PLAN_PDF, CMD_VARS,
	/* work */
	CMD_EDITOR, CMD_REFRESH, CMD_REDRAW, CMD_JOIN, CMD_NEW, CMD_NEW_CASE, CMD_SAVE,
	CMD_EXPORT, CMD_LINES, CMD_MESSAGES, CMD_DRAFTS, CMD_SEND_NOW,
	CMD_SUSPEND, CMD_QUIT,
	CMD_COUNT,
};

enum command_group {
	GROUP_MOVE, GROUP_GO, GROUP_FIND, GROUP_SELECT, GROUP_ACT, GROUP_CASE,
	GROUP_WORK,
	GROUP_COUNT,
};

/* What must be there for a command; a view tells what it has. */
enum need {
	NEED_ROW = 1 << 0,      /* a row under the cursor */
	NEED_CASE = 1 << 1,     /* a case under the cursor or open */
	NEED_WRITE = 1 << 2,    /* not --readonly, and the role may change things */
	NEED_STEP = 1 << 3,     /* a step under the cursor that can be worked */
	NEED_FORM = 1 << 4,     /* a form or a field is open */
	NEED_UNDO = 1 << 5,     /* something of mine that can be undone */
	NEED_REDO = 1 << 6,
	NEED_OFFER = 1 << 7,    /* a step that is done suggests a status */
	NEED_MESSAGE = 1 << 8,  /* a message under the cursor */
	NEED_OPEN_CASE = 1 << 9,   /* the case is not closed, dismissed, merged */
	NEED_CLOSED_CASE = 1 << 10,
	NEED_MERGED_CASE = 1 << 11,
	NEED_PLAN = 1 << 12,    /* a plan fits and none was begun */
	NEED_UNACKED = 1 << 13, /* nobody took the case yet */
	NEED_HELD = 1 << 14,    /* the message is held */
	NEED_STUCK = 1 << 15,   /* the message can be sent again */
	NEED_UNTOLD = 1 << 16,  /* nothing came back: it may have been told by hand */
	NEED_SHEET = 1 << 17,   /* the case's own screen */
};

struct command_row {
	const char *word;        /* stable: case.note; scripts and docs */
	enum command_group group;
	int32_t keys[4];         /* layer 1, layer 2, second ways; 0: none */
	unsigned needs;          /* enum need */
	const char *hint;        /* N_(): a word or two for the hints row */
	const char *help;        /* N_(): one line for ?, palette and docs */
};

extern const struct command_row command_rows[CMD_COUNT];

/* The command of a key; in_field: a text field has the focus, so that letters
 * and signs are text.  CMD_NONE when the key means nothing. */
enum command command_of_key(int32_t key, bool in_field);
/* CMD_NONE when there is none of this word. */
enum command command_of_word(const char *word);

/* One of those that places.c opens wherever there is a case. */
bool command_of_place(enum command command);

/* Translated texts. */
const char *command_hint(enum command command);
const char *command_help(enum command command);
const char *command_group_title(enum command_group group);
/* "F7", "c", "Space" as shown to the user; "" without a key. */
void command_key(enum command command, char out[KEY_NAME_SIZE]);
void command_keys(enum command command, char out[64]);
/* The same where a text field has the focus: only the keys that are no text. */
void command_field_key(enum command command, char out[KEY_NAME_SIZE]);
void command_field_keys(enum command command, char out[64]);
/* NULL when have holds all it needs, else why not, translated. */
const char *command_refusal(enum command command, unsigned have);

/* Keys that may never be bound (SCREENS.md). */
bool command_key_banned(int32_t key);

#endif
