/* three_rows.c owns a sheet of three rows on a real desk, for tests of sheets. */
#include "tests/tui/three_rows.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/note.h"
#include "tui/ask.h"
#include "tui/places.h"
#include "tui/sheet.h"
#include "tui/views.h"

/* ---- a sheet of three rows on a real desk ---- */

struct fixture f;
struct app *app;
char case_id[UUID_SIZE];
char drafts[160];
static int64_t mono_now;
int ran;
char seen[600];
int rows_there = 3;

static const struct table_column columns[] = {
	{ N_("WHO"), 8, 0, false }, { N_("WHAT"), 0, 0, false },
	{ N_("TIMES"), 5, 0, true }, { 0 },
};

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	static const char *const names[] = { "Viễn thông", "Điện lực", "NCSC" };

	(void)desk;
	(void)err;
	for (int i = 0; i < rows_there && i < 3; i++) {
		char id[8];
		struct table_row *row;

		snprintf(id, sizeof(id), "row-%d", i);
		row = table_add(out, id, names[i], page->preset > 0 ? "done" : "open");
		table_cell(row, 0, names[i]);
		table_cell(row, 1, i == 1 ? "điện lại" : "nối lại tuyến");
		table_cell(row, 2, "2");
		row->signs = i == 0 ? 2 : 0;
		memcpy(row->case_id, case_id, sizeof(row->case_id));
		if (i == 2) {
			row->text = xstrdup("phiếu 4711 gọi lúc 02:05");
		}
		if (!page_take(out, page)) {
			break;
		}
	}
	snprintf(out->head.counts, sizeof(out->head.counts), "%d jobs", rows_there);
	snprintf(out->head.todo, sizeof(out->head.todo), "call Viễn thông");
	page_end(out, page);
	return true;
}

static bool
run(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int64_t until;
	struct note_new note = { .text = form_word(values, "text") };

	if (strcmp(ref->number, "NCSC") == 0) {
		return error_set(err, ERR_REFUSED, "NCSC has answered already");
	}
	ran++;
	snprintf(seen + strlen(seen), sizeof(seen) - strlen(seen), "[%s|%s|%s|%s]",
		ref->id, ref->item, form_word(values, "how"), form_word(values, "text"));
	return form_time(&until, values, "until", WHEN_DUE, desk, err)
		&& (note.text[0] == '\0' || note_add(desk, ref->case_id, &note, err));
}

static const struct word hows[] = {
	{ "phone", N_("telephone") }, { "zalo", N_("Zalo") }, { NULL, NULL },
};

static const struct form_line lines[] = {
	{ .name = "how", .label = N_("How"), .kind = FIELD_CHOICE, .words = hows,
		.value = "phone" },
	{ .name = "text", .label = N_("Answer"), .kind = FIELD_AREA, .required = true },
	{ .name = "until", .label = N_("Due"), .kind = FIELD_LINE },
	{ .name = NULL },
};

const struct sheet_form asking = { .draft = "test-ask", .title = N_("add"),
	.lines = lines, .focus = "text", .run = run, .said = N_("%s changed") };
static const struct sheet_form at_once = { .title = N_("retry"), .run = run,
	.said = N_("%s changed") };

static const char *
refuse(const struct table_row *row)
{
	return strcmp(row->id, "row-1") == 0 ? N_("the case is closed") : NULL;
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .form = &asking },
	{ .command = CMD_RETRY, .form = &at_once, .bulk = true },
	{ .command = CMD_HOLD, .form = &at_once, .refuse = refuse, .bulk = true },
	{ .command = CMD_ADD, .form = &asking, .always = true },
	{ .command = CMD_NONE },
};

static const struct hint hints[] = {
	{ CMD_ENTER, N_("record a call") }, { CMD_RETRY, NULL }, { CMD_HOLD, NULL },
	{ CMD_ADD, NULL }, { CMD_PRESETS, NULL }, { CMD_PANE_NEXT, NULL },
	SHEET_HINTS
};

static const char *const presets[] = { N_("all"), N_("closed"), NULL };

static const struct sheet second = {
	.ops = SHEET_OPS("second", hints), .title = N_("DESK"),
	.source = { .columns = columns, .load = load, .empty = N_("no row"),
		.of_case = true },
};

static const struct sheet first = {
	.ops = SHEET_OPS("first", hints), .title = N_("OUTBOX"),
	.source = { .columns = columns, .load = load, .empty = N_("no row") },
	.acts = acts, .presets = presets, .tab = &second.ops, .tab_hint = N_("other"),
};

/* ---- driving it ---- */

static int64_t
clock_now(void *arg)
{
	(void)arg;
	return f.now;
}

static int64_t
mono(void)
{
	return mono_now;
}

void
settle(void)
{
	do {
		app_tick(app);
	} while (!app_settled(app));
}

static void
begin(struct app *a, const char *open_case)
{
	struct view *view;

	(void)open_case;
	app_open(a, view_new(&desk_view));
	view = view_new(&first.ops);
	memcpy(view->about, case_id, sizeof(view->about));
	app_open(a, view);
}

void
start(void)
{
	struct error err = ERROR_INIT;
	struct app_options options = { .desk = f.desk, .begin = begin,
		.end = place_end, .mono = mono, .drafts_dir = drafts };

	options.clock.now = clock_now;
	CHECK_OK(app_new(&app, &options, 24, 80, &err), err);
	settle();
}

int
rows_set_up(void **state)
{
	(void)state;
	(void)i18n_start("en", NULL);
	fixture_file(&f);
	fixture_case(&f, "13 xã mất kết nối", case_id);
	snprintf(drafts, sizeof(drafts), "%s", fixture_path(&f, "drafts"));
	ran = 0;
	seen[0] = '\0';
	rows_there = 3;
	start();
	return 0;
}

int
rows_tear_down(void **state)
{
	DIR *folder;

	(void)state;
	(void)app_free(app, 1000);
	f.desk = NULL;
	folder = opendir(drafts);
	for (struct dirent *e; folder != NULL && (e = readdir(folder)) != NULL;) {
		(void)unlinkat(dirfd(folder), e->d_name, 0);
	}
	if (folder != NULL) {
		(void)closedir(folder);
		(void)rmdir(drafts);
	}
	fixture_end(&f);
	return 0;
}

void
press(int32_t code)
{
	struct key key = { .code = code };

	if (code >= 0x20 && code < 0x7f) {
		key.text[0] = (char)code;
	}
	app_key(app, &key);
	settle();
	mono_now += 50;
}

void
type(const char *text)
{
	for (; *text != '\0'; text++) {
		press(*text);
	}
}

bool
has(const char *text)
{
	struct buf out = { 0 };
	bool there;

	frame_dump(app_frame(app), &out);
	there = strstr(buf_text(&out), text) != NULL;
	buf_free(&out);
	return there;
}

/* With the picture, when it is not there. */
bool
shows(const char *text)
{
	struct buf out = { 0 };
	bool there = has(text);

	frame_dump(app_frame(app), &out);
	if (!there) {
		fprintf(stderr, "%s\n", buf_text(&out));
	}
	buf_free(&out);
	return there;
}
