/* sheet_handover.c owns the screen of the hand-over: the page as it stands, line
 * by line; Enter gives it, signs it, or takes it back, whoever sits here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/duty.h"
#include "core/fold.h"
#include "core/handover.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/shift_sheet.h"
#include "core/when.h"
#include "tui/ask.h"
#include "tui/number.h"
#include "tui/views.h"

enum { PRESET_NOW, PRESET_EARLIER };

static const char *const presets[] = { N_("the page as it stands"),
	N_("earlier hand-overs"), NULL };

static const struct hint hints[] = {
	{ CMD_ENTER, N_("hand over") },
	{ CMD_PRESETS, NULL },
	{ CMD_LOG, NULL },
	SHEET_HINTS
};

static const struct table_column columns[] = {
	{ N_("PAGE"), 0, 0, false }, { 0 },
};

/* What stands, seen from this member: the state of every row. */
static const char *
role_here(const struct desk *desk, const struct handover *h)
{
	const char *me = desk_me(desk)->id;

	return strcmp(h->taker_id, me) == 0 ? "sign"
		: strcmp(h->giver_id, me) == 0 ? "mine" : "others";
}

static void
add_lines(struct table_rows *out, const struct page *page, const char *text,
	const char *state, const char *n)
{
	int line = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		char *cell = xstrndup(text, len);
		char id[UUID_SIZE], key[16];
		struct table_row *row;

		snprintf(id, sizeof(id), "line-%d", ++line);
		snprintf(key, sizeof(key), "%d", line);
		row = table_add(out, id, key, state);
		row->about = xstrdup(n);
		table_cell(row, 0, cell);
		row->style = cell[0] != '\0' && cell[0] != ' ' ? ST_STRONG : ST_TEXT;
		free(cell);
		text += len + (text[len] == '\n');
		if (!page_take(out, page)) {
			break;
		}
	}
}

/* "Linh: read 4 cases, 3 waiting outside, 2 clocks, then Enter signs." */
static bool
tell_taker(struct table_head *head, const struct handover *h, struct desk *desk,
	struct error *err)
{
	struct shift_sheet sheet;
	bool ok = shift_sheet_read(&sheet, desk, h->given_at, err);

	if (ok) {
		snprintf(head->todo, sizeof(head->todo), _("%s: read %lld cases, %lld waiting"
			" outside, %lld clocks, then Enter signs."), desk_me(desk)->name,
			(long long)sheet.open, (long long)sheet.waiting,
			(long long)sheet.parts[SHEET_CLOCKS].total);
		head->late = true;
	}
	shift_sheet_clear(&sheet);
	return ok;
}

static void
tell_giver(struct table_head *head, const struct duty_turn *taker, const struct desk *desk)
{
	char at[WHEN_SHORT_SIZE];

	snprintf(head->counts, sizeof(head->counts), "%s", _("not given yet"));
	if (taker->name == NULL) {
		snprintf(head->todo, sizeof(head->todo), "%s",
			_("Read the page; Enter hands the shift over and signs for you."));
		return;
	}
	when_near(at, taker->from, desk_now(desk), desk_zone(desk));
	snprintf(head->todo, sizeof(head->todo),
		_("Read the page; Enter hands it to %s (on call from %s) and signs."),
		fold_given_name(taker->name), at);
}

static void
tell(struct table_head *head, const struct handover *h)
{
	snprintf(head->counts, sizeof(head->counts), _("no. %lld, not signed yet"),
		(long long)h->n);
	snprintf(head->todo, sizeof(head->todo),
		_("%s reads and signs; until then the shift is %s's."), h->taker, h->giver);
}

static bool
load_page(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct handover h = { 0 };
	struct buf text = { 0 };
	struct duty_turn taker = { 0 };
	char n[24];
	bool ok = handover_open(&h, desk, err) && handover_page(&text, desk, NULL, err);

	if (ok && h.id[0] == '\0') {
		ok = duty_taker(desk, &taker, err);
		add_lines(out, page, buf_text(&text), "draft",
			taker.login != NULL ? taker.login : "");
		tell_giver(&out->head, &taker, desk);
	} else if (ok) {
		const char *state = role_here(desk, &h);

		snprintf(n, sizeof(n), "%lld", (long long)h.n);
		add_lines(out, page, buf_text(&text), state, n);
		tell(&out->head, &h);
		ok = strcmp(state, "sign") != 0 || tell_taker(&out->head, &h, desk, err);
	}
	free(taker.login);
	free(taker.name);
	buf_free(&text);
	handover_clear(&h);
	return ok;
}

struct earlier {
	struct table_rows *out;
	const struct page *page;
	struct desk *desk;
};

static bool
add_earlier(const struct handover *h, void *arg)
{
	static const struct {
		const char *state, *label;
	} labels[] = {
		{ "given", N_("waits for the signature") }, { "taken", N_("both signed") },
		{ "withdrawn", N_("taken back") },
	};
	struct earlier *e = arg;
	char at[WHEN_SHORT_SIZE], n[24];
	const char *label = h->state;
	struct table_row *row;
	char *line;

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		label = strcmp(labels[i].state, h->state) == 0 ? _(labels[i].label) : label;
	}
	snprintf(n, sizeof(n), "%lld", (long long)h->n);
	when_near(at, h->given_at, desk_now(e->desk), desk_zone(e->desk));
	line = xasprintf("%4s  %-16s %s → %s  %s", n, at, h->giver, h->taker, label);
	row = table_add(e->out, h->id, n, "earlier");
	table_cell(row, 0, line);
	free(line);
	return page_take(e->out, e->page);
}

static bool
load(struct table_rows *out, struct desk *desk, const struct page *page,
	struct error *err)
{
	struct page all = *page;
	struct earlier e = { out, &all, desk };
	bool ok;

	all.want = LIST_WANT_FIRST;
	all.limit = page->limit > 1000 ? page->limit : 1000;
	ok = page->preset == PRESET_EARLIER
		? handover_each(desk, all.limit, add_earlier, &e, err)
		: load_page(out, desk, &all, err);
	if (!ok) {
		table_free(out);
		return false;
	}
	page_end(out, &all);
	return true;
}

/* ---- acts ---- */

static const struct form_line give_lines[] = {
	{ .name = "to", .label = N_("Who takes it"), .kind = FIELD_PICK, .required = true,
		.from = CHOICES_MEMBERS, .loaded = true,
		.help = N_("type a part of the name") },
	{ .name = "words", .label = N_("Words left"), .kind = FIELD_AREA, .rows = 5,
		.help = N_("what the page does not say: whom to call, what to watch") },
	{ .name = NULL },
};

static bool
run_give(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	int64_t n;

	(void)ref;
	return handover_give(desk, form_word(values, "to"), form_word(values, "words"), &n,
		err);
}

/* Who is next by the roster: the giver may name another. */
static void
fill_give(struct app *app, struct view *view, const struct table_row *row)
{
	struct form *form = ask_form_fields(view);

	(void)app;
	if (row != NULL && row->about != NULL && row->about[0] != '\0') {
		field_set(form_field(form, "to"), row->about);
		field_help(form_field(form, "to"), _("next by the roster; or type a name"));
		form_focus(form, "words");
	}
}

const struct sheet_form handover_give_form = { .draft = "handover",
	.title = N_("hand the shift over"), .lines = give_lines, .run = run_give,
	.fill = fill_give, .fill_focuses = true,
	.save = N_("sign and give"), .said = N_("handed over, waits for the signature%s") };

static bool
run_sign(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	bool watch;

	(void)values;
	return handover_take_read(desk, number_of(ref->item), &watch, err);
}

static const struct sheet_form sign_form = { .title = N_("take the shift over"),
	.confirm = N_("You have read the page: open cases, promises, clocks, words left."
		" From your signature on the shift is yours."),
	.save = N_("I sign"), .run = run_sign, .said = N_("the shift is yours%s") };

static const struct form_line back_lines[] = {
	{ .name = "reason", .label = N_("Why"), .kind = FIELD_LINE,
		.help = N_("needed where another gave it") },
	{ .name = NULL },
};

static bool
run_back(struct desk *desk, const struct case_ref *ref, const struct json *values,
	struct error *err)
{
	(void)ref;
	return handover_withdraw(desk, form_word(values, "reason"), err);
}

static const struct sheet_form back_form = { .title = N_("take the hand-over back"),
	.lines = back_lines, .run = run_back, .said = N_("taken back%s") };

static const struct {
	const char *state, *enter; /* enter: N_() */
	const struct sheet_form *form;
} turns[] = {
	{ "draft", N_("hand over"), &handover_give_form },
	{ "sign", N_("sign: I take it"), &sign_form },
	{ "mine", N_("take it back"), &back_form },
	{ "others", N_("take it back"), &back_form },
};

static const char *
enter(const struct table_row *row)
{
	for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]); i++) {
		if (strcmp(turns[i].state, row->state) == 0) {
			return turns[i].enter;
		}
	}
	return N_("read it");
}

static void
act(struct app *app, struct sheet_view *view, const struct table_row *const *rows,
	int count)
{
	struct case_ref ref = { 0 };

	for (size_t i = 0; count > 0 && i < sizeof(turns) / sizeof(turns[0]); i++) {
		if (strcmp(turns[i].state, rows[0]->state) != 0) {
			continue;
		}
		if ((app_have(app) & NEED_WRITE) == 0) {
			app_info(app, "%s",
				_("opened for reading only, or a viewer's role"));
			return;
		}
		snprintf(ref.item, sizeof(ref.item), "%s",
			rows[0]->about != NULL ? rows[0]->about : "");
		form_open(app, turns[i].form, &ref, 1, rows[0]);
		return;
	}
	if (count > 0) {
		sheet_read(app, view);
	}
}

/* An earlier one whole; of the page that stands, the page. */
static bool
read(char **title, struct buf *out, struct desk *desk, const struct page *page,
	const struct case_ref *row, struct error *err)
{
	struct handover h = { 0 };
	bool ok;

	(void)page;
	if (strncmp(row->id, "line-", 5) == 0) {
		*title = xstrdup(_("the page as it stands"));
		return handover_page(out, desk, NULL, err);
	}
	ok = handover_find(&h, desk, strtoll(row->item, NULL, 10), err)
		&& handover_text(out, desk, &h, err);
	if (ok) {
		*title = xasprintf(_("hand-over %s"), row->item);
	}
	handover_clear(&h);
	return ok;
}

static bool
print(struct buf *out, struct desk *desk, const struct page *page, struct error *err)
{
	(void)page;
	return handover_page(out, desk, NULL, err);
}

static const struct sheet_act acts[] = {
	{ .command = CMD_ENTER, .run = act },
	{ .command = CMD_NONE },
};

const struct sheet handover_sheet = {
	.ops = SHEET_OPS("hand-over", hints),
	.title = N_("HAND-OVER"),
	.source = { .columns = columns, .load = load,
		.empty = N_("no shift was handed over yet") },
	.acts = acts,
	.presets = presets,
	.enter = enter,
	.read = read,
	.print = print,
};
