/* app_private.h - the inside of the UI, for app*.c only. */
#ifndef TUI_APP_PRIVATE_H
#define TUI_APP_PRIVATE_H

#include "tui/app.h"
#include "tui/model.h"

#define STACK_MAX 16
#define SETTLED_MS 2000 /* rows stand still so long after a key */
#define LINE_MAX_BYTES 480

struct app {
	struct app_options options;
	struct worker *worker;
	struct drafts *drafts;
	struct summary summary;
	const struct now *led_by;   /* what is gone to, or NULL */
	struct screen screen;       /* made anew by app_screen() */
	struct view *stack[STACK_MAX];
	int count;
	struct view *forward[STACK_MAX]; /* for `>` */
	int forward_count;
	uint64_t last_id;
	struct frame frame;
	bool dirty;
	bool running;
	bool saving;                /* a change was asked and not yet answered */
	int64_t saved_at;           /* ms UTC of the last change of ours; 0: none */
	int64_t minute;             /* shown by the clock */
	int64_t ctrl_c_at;
	int64_t key_at;             /* monotonic, of the last key */
	bool changed;               /* by somebody else, not yet read */
	int opening;                /* requests whose answer opens something */
	uint64_t keys, asked;
	char line[LINE_MAX_BYTES];  /* what the state row says instead of its own */
	bool line_error;
	int64_t said_until;         /* monotonic; 0: stays until a key */
	struct said *said;
	int said_count, said_cap;
	char last_case[UUID_SIZE];
	size_t pasted_len;
	char *pasted;               /* put aside in command context, or NULL */
};

int app_base_index(const struct app *app);
bool app_back(struct app *app);
bool app_forward(struct app *app);
void app_all_stale(struct app *app);
/* app_summary.c */
void app_ask_summary(struct app *app);
void app_minute_on(struct app *app); /* another minute began */
void app_clear_line(struct app *app);
void app_next_lines(struct app *app);
void app_save_drafts(struct app *app);

#endif
