/* pick.c owns the list to pick from: menus, pickers, the palette. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/fold.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/text.h"
#include "tui/ask.h"
#include "tui/chrome.h"
#include "tui/list.h"

struct item {
	struct pick_item shown;
	char *folded;
	char *marked; /* words with their marks */
	char *names;  /* folded, with ", " between; or NULL */
	bool more; /* from pick_more(): goes when the words change */
};

struct pick_view {
	struct view view;
	struct pick what;
	char *title, *empty, *tag;
	struct lineedit typed;
	struct item *items;
	int count, cap, hit_count;
	int *hits;        /* indexes of items that match, in order */
	struct list list;
	struct request *(*load)(struct view *pick, const char *words);
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("choose") },
	{ CMD_UP, NULL }, { CMD_DOWN, NULL }, { CMD_PAGE_UP, NULL },
	{ CMD_PAGE_DOWN, NULL }, { CMD_FIRST, NULL }, { CMD_LAST, NULL },
	{ CMD_BACK, N_("close") },
	{ CMD_NONE, NULL },
};

static bool
matches(const struct item *item, char *const *words, int count)
{
	for (int i = 0; i < count; i++) {
		if (strstr(item->folded, words[i]) == NULL) {
			return false;
		}
	}
	return true;
}

enum rank { RANK_NAME, RANK_BEGINS, RANK_NAME_BEGINS, RANK_WORDS, RANK_PARTS, RANK_MORE,
	RANK_COUNT };

/* Does at begin with it, where "hand-over" is "hand over"? */
static bool
begins(const char *at, const char *typed)
{
	for (; *typed != '\0'; at++, typed++) {
		if ((*at == '-' ? ' ' : *at) != (*typed == '-' ? ' ' : *typed)) {
			return false;
		}
	}
	return true;
}

/* One of the names is what was typed, or begins with it. */
static bool
named(const struct item *item, const char *typed, bool whole)
{
	size_t len = strlen(typed);

	for (const char *at = item->names; at != NULL; at = strstr(at, ", ")) {
		at += strncmp(at, ", ", 2) == 0 ? 2 : 0;
		if (begins(at, typed)
			&& (!whole || at[len] == '\0' || at[len] == ',')) {
			return true;
		}
	}
	return false;
}

/* What was typed is its name; the text begins with it; a name does, within a word;
 * the text has it as whole words, or as parts of words: "in" is to find what prints
 * before what has an "in" in it. */
static enum rank
rank_of(const struct item *item, const char *typed)
{
	const char *colon = strstr(item->folded, ": ");
	const char *text = colon == NULL ? item->folded : colon + 2;
	size_t len = strlen(typed);

	if (item->more) {
		return RANK_MORE;
	}
	if (len == 0 || named(item, typed, true)) {
		return RANK_NAME;
	}
	if (strncmp(text, typed, len) == 0 && !isalnum((unsigned char)text[len])) {
		return RANK_BEGINS;
	}
	if (named(item, typed, false)) {
		return RANK_NAME_BEGINS;
	}
	for (const char *at = text; (at = strstr(at, typed)) != NULL; at++) {
		if ((at == text || !isalnum((unsigned char)at[-1]))
			&& !isalnum((unsigned char)at[len])) {
			return RANK_WORDS;
		}
	}
	return RANK_PARTS;
}

/* Typed with marks "nháp" is not "nhập": what has no such word comes last. */
static bool
other_marks(const struct item *item, const char *marked)
{
	return marked != NULL && strstr(item->marked, marked) == NULL;
}

/* What can be taken first, refused ones after; among them the nearest first,
 * and those as near in their order. */
static void
put_hits(struct pick_view *pick, const char *typed, const char *marked,
	char *const *words, int count)
{
	for (int pass = 0; pass < 2 * RANK_COUNT; pass++) {
		for (int i = 0; i < pick->count; i++) {
			const struct item *item = &pick->items[i];
			bool refused = item->shown.refusal != NULL;
			enum rank rank = rank_of(item, typed);

			if (rank != RANK_MORE && other_marks(item, marked)) {
				rank = RANK_PARTS;
			}
			if (refused == (pass >= RANK_COUNT)
				&& (int)rank == pass % RANK_COUNT
				&& (item->more || matches(item, words, count))) {
				pick->hits[pick->hit_count++] = i;
			}
		}
	}
}

static void
narrow(struct pick_view *pick)
{
	char *typed = fold_text(lineedit_text(&pick->typed));
	char *phrase = xstrdup(typed);
	struct buf marked = { 0 };
	struct buf bare = { 0 };
	char *words[16];
	char *rest = NULL;
	int count = 0;

	for (char *word = strtok_r(typed, " ", &rest); word != NULL && count < 16;
		word = strtok_r(NULL, " ", &rest)) {
		words[count++] = word;
	}
	pick->hits = xrealloc(pick->hits, (size_t)(pick->count + 1) * sizeof(int));
	pick->hit_count = 0;
	(void)fold_words(lineedit_text(&pick->typed), &marked, &bare);
	put_hits(pick, phrase, strcmp(buf_text(&marked), buf_text(&bare)) == 0 ? NULL
		: buf_text(&marked), words, count);
	buf_free(&marked);
	buf_free(&bare);
	free(phrase);
	free(typed);
	pick->list.count = pick->hit_count;
	list_fit(&pick->list);
}

/* What it is found by. */
static void
take_words(struct item *item, const char *text)
{
	struct buf marked = { 0 };

	(void)fold_words(text, &marked, NULL);
	free(item->folded);
	free(item->marked);
	item->folded = fold_text(text);
	item->marked = buf_take(&marked);
}

static void
free_item(struct item *item)
{
	free(item->shown.word);
	free(item->shown.label);
	free(item->shown.right);
	free(item->shown.refusal);
	free(item->folded);
	free(item->marked);
	free(item->names);
}

static void
add(struct pick_view *pick, const char *word, const char *label, const char *right,
	const char *refusal, bool more)
{
	struct item *item;
	char *both = xasprintf("%s %s", label, word);

	if (pick->count == pick->cap) {
		pick->cap = pick->cap == 0 ? 32 : pick->cap * 2;
		pick->items = xrealloc(pick->items,
			(size_t)pick->cap * sizeof(*pick->items));
	}
	item = &pick->items[pick->count++];
	*item = (struct item){ .more = more };
	item->shown = (struct pick_item){ xstrdup(word), xstrdup(label),
		xstrdup(right), xstrdup(refusal) };
	take_words(item, both);
	free(both);
	narrow(pick);
}

void
pick_add(struct view *view, const char *word, const char *label,
	const char *right, const char *refusal)
{
	struct pick_view *pick = (struct pick_view *)view;

	add(pick, word, label, right, refusal, pick->load != NULL);
}

void
pick_also(struct view *view, const char *words)
{
	struct pick_view *pick = (struct pick_view *)view;
	struct item *item = &pick->items[pick->count - 1];
	char *both = xasprintf("%s, %s", item->shown.label, words);

	take_words(item, both);
	free(item->names);
	item->names = fold_text(words);
	free(both);
	narrow(pick);
}

void
pick_more(struct view *view, struct request *(*load)(struct view *pick,
	const char *words))
{
	((struct pick_view *)view)->load = load;
}

void
pick_set_tag(struct view *view, const char *tag)
{
	struct pick_view *pick = (struct pick_view *)view;

	free(pick->tag);
	pick->tag = xstrdup(tag);
}

const char *
pick_tag(const struct view *view)
{
	const char *tag = ((const struct pick_view *)view)->tag;

	return tag != NULL ? tag : "";
}

void
pick_clear_more(struct view *view)
{
	struct pick_view *pick = (struct pick_view *)view;
	int kept = 0;

	for (int i = 0; i < pick->count; i++) {
		if (pick->items[i].more) {
			free_item(&pick->items[i]);
		} else {
			pick->items[kept++] = pick->items[i];
		}
	}
	pick->count = kept;
	narrow(pick);
}

static void
stop(struct view *view)
{
	struct pick_view *pick = (struct pick_view *)view;

	for (int i = 0; i < pick->count; i++) {
		free_item(&pick->items[i]);
	}
	free(pick->items);
	free(pick->hits);
	free(pick->title);
	free(pick->empty);
	free(pick->tag);
	lineedit_free(&pick->typed);
	list_free(&pick->list);
	if (pick->what.free_arg != NULL) {
		pick->what.free_arg(pick->what.arg);
	}
}

static int
widest(const struct pick_view *pick)
{
	int width = text_width(pick->title) + 6;

	for (int i = 0; i < pick->count; i++) {
		const struct pick_item *item = &pick->items[i].shown;
		int own = text_width(item->label) + 4
			+ (item->right != NULL ? text_width(item->right) + 2 : 0)
			+ (item->refusal != NULL ? text_width(item->refusal) + 4 : 0);

		width = own > width ? own : width;
	}
	return width < 40 ? 40 : width > 74 ? 74 : width;
}

static void
show_item(const struct pick_view *pick, struct frame *frame, int row,
	const struct inside *in, int hit)
{
	const struct pick_item *item = &pick->items[pick->hits[hit]].shown;
	bool here = hit == pick->list.cursor;
	int end = in->col + in->cells;
	enum style style = item->refusal != NULL ? ST_GREY : ST_TEXT;

	if (item->right != NULL) {
		end = frame_right(frame, row, end, 20, ST_DIM, item->right) - 2;
	}
	frame_put(frame, row, in->col, 1, style, here ? ">" : " ");
	if (item->refusal != NULL) {
		char *text = xasprintf("%s -- %s", item->label, item->refusal);

		frame_cut(frame, row, in->col + 2, end - in->col - 2, style, text);
		free(text);
	} else {
		frame_cut(frame, row, in->col + 2, end - in->col - 2, style, item->label);
	}
	if (here) {
		frame_style(frame, row, in->col, in->cells, ST_CURSOR);
	}
}

static void
format(struct view *view, const struct screen *screen, struct frame *frame)
{
	struct pick_view *pick = (struct pick_view *)view;
	int head = pick->what.typing ? 2 : 0;
	int rows = (pick->count > 0 ? pick->count : 1) + head + 2;
	struct inside in = chrome_box(frame, screen,
		pick->load != NULL ? screen->rows : rows, widest(pick) + 4, pick->title);
	int room = in.rows - head;

	pick->list.height = room > 0 ? room : 1;
	list_fit(&pick->list);
	for (int i = 0; i < room && pick->list.top + i < pick->hit_count; i++) {
		show_item(pick, frame, in.row + head + i, &in, pick->list.top + i);
	}
	if (pick->hit_count == 0) {
		frame_cut(frame, in.row + head, in.col + 2, in.cells - 2, ST_DIM,
			pick->empty != NULL && pick->count == 0 ? pick->empty
			: _("nothing of this name"));
	}
	frame_cursor(frame, in.row + head + pick->list.cursor - pick->list.top,
		in.col, false);
	if (pick->what.typing) {
		frame_put(frame, in.row, in.col, 1, ST_TEXT, ":");
		lineedit_show(&pick->typed, frame, in.row, in.col + 2, 1, in.cells - 2, true);
		frame_hline(frame, in.row + 1, in.col, in.cells, ST_LINE);
	}
}

static unsigned
choose(struct pick_view *pick, struct app *app)
{
	const struct pick_item *item;
	uint64_t id = pick->view.id;
	char *word, *label;
	struct pick what;

	if (pick->hit_count == 0) {
		return VIEW_HANDLED;
	}
	item = &pick->items[pick->hits[pick->list.cursor]].shown;
	if (item->refusal != NULL) {
		app_info(app, _("not now: %s"), item->refusal);
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	/* It closes before done() opens what comes next, so that Esc there leads
	 * back to where the person was; the word outlives it. */
	word = xstrdup(item->word);
	label = xstrdup(item->label);
	what = pick->what;
	pick->what.free_arg = NULL;
	app_close(app, app_view(app, id));
	(void)(what.named != NULL ? what.named(app, what.arg, word, label)
		: what.done(app, what.arg, word));
	if (what.free_arg != NULL) {
		what.free_arg(what.arg);
	}
	free(word);
	free(label);
	return VIEW_HANDLED | VIEW_DIRTY;
}

/* A menu shows the key beside each action: that key does it there too. */
static bool
to_key_shown(struct pick_view *pick, enum command command)
{
	const char *word = command_rows[command].word;

	for (int i = 0; i < pick->hit_count && !pick->what.typing; i++) {
		if (strcmp(pick->items[pick->hits[i]].shown.word, word) == 0) {
			pick->list.cursor = i;
			return true;
		}
	}
	return false;
}

static unsigned
act(struct view *view, struct app *app, enum command command)
{
	struct pick_view *pick = (struct pick_view *)view;
	enum list_want want;

	if (list_move(&pick->list, command, &want)) {
		return VIEW_HANDLED | VIEW_DIRTY;
	}
	return command == CMD_ENTER || to_key_shown(pick, command) ? choose(pick, app)
		: VIEW_IGNORED;
}

static unsigned
key(struct view *view, struct app *app, const struct key *k)
{
	struct pick_view *pick = (struct pick_view *)view;

	if (!pick->what.typing || k->code == K_UP || k->code == K_DOWN
		|| k->code == K_HOME || k->code == K_END) {
		return VIEW_IGNORED;
	}
	switch (lineedit_key(&pick->typed, k)) {
	case EDIT_CHANGED:
	case EDIT_FULL:
		pick->list.cursor = 0;
		narrow(pick);
		if (pick->load != NULL) {
			struct request *request = pick->load(view,
				lineedit_text(&pick->typed));

			if (request != NULL) {
				app_ask(app, view, request);
			} else {
				pick_clear_more(view);
			}
		}
		return VIEW_HANDLED | VIEW_DIRTY;
	case EDIT_MOVED:
		return VIEW_HANDLED | VIEW_DIRTY;
	case EDIT_IGNORED:
		break;
	}
	return VIEW_IGNORED;
}

static bool
in_field(const struct view *view)
{
	return ((const struct pick_view *)view)->what.typing;
}

static const struct view_ops pick_ops = {
	.name = "pick",
	.size = sizeof(struct pick_view),
	.popup = true,
	.hints = hints,
	.stop = stop,
	.format = format,
	.act = act,
	.key = key,
	.in_field = in_field,
};

struct view *
ask_pick(struct app *app, const struct pick *what)
{
	struct pick_view *pick = (struct pick_view *)view_new(&pick_ops);

	pick->what = *what;
	pick->title = xstrdup(what->title);
	pick->empty = xstrdup(what->empty);
	pick->typed.max = limit(LIMIT_NAME); /* narrowed at every key */
	app_open(app, &pick->view);
	return &pick->view;
}
