/* draw_layout.c owns where each box, diamond and line of a drawn plan stands:
 * sizes from the innermost chain outwards, then places from the top down. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "playbooks/flow.h"
#include "report/draw.h"

#define BOX 230.0      /* width of a box */
#define DIAMOND 300.0
#define PAD 8.0        /* around the words of a box */
#define GAP 22.0       /* between boxes */
#define SIDE 26.0      /* between branches */
#define LABEL 20.0     /* over a branch */
#define LABEL_WIDE 150.0
#define TURN 16.0      /* where branches part and meet */
#define CAP 26.0       /* height of a beginning, an end */
#define CAP_WIDE 200.0
#define MARGIN 36.0

struct extent {
	double left, right; /* of the line that goes through */
	double height;
};

struct layout {
	struct picture *picture;
	struct painter *painter;
	const struct flow *flow;
	struct extent *chains, *nodes;
	double *heads; /* height of a node's own box */
};

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

static struct mark *
add_mark(struct picture *picture, enum mark_kind kind, double x, double y, double w, double h)
{
	picture->marks = xrealloc(picture->marks,
		((size_t)picture->count + 1) * sizeof *picture->marks);
	picture->marks[picture->count] = (struct mark){
		.kind = kind, .x = x, .y = y, .w = w, .h = h,
	};
	return &picture->marks[picture->count++];
}

static void
line(struct layout *l, double x, double y, double to_x, double to_y)
{
	(void)add_mark(l->picture, MARK_LINE, x, y, to_x - x, to_y - y);
}

static void
arrow(struct layout *l, double x, double y, double to_x, double to_y)
{
	(void)add_mark(l->picture, MARK_ARROW, x, y, to_x - x, to_y - y);
}

static const struct step *
step_of(const struct layout *l, const struct flow_node *node)
{
	return playbook_step(l->flow->playbook, node->step);
}

static enum mark_kind
kind_of(const struct step *step, bool jump)
{
	if (jump) {
		return MARK_ROUND;
	}
	switch (step->type) {
	case STEP_CALL:
		return MARK_CALL;
	case STEP_IF: case STEP_WHILE: case STEP_SWITCH:
		return MARK_DIAMOND;
	case STEP_PARALLEL:
		return MARK_TEXT;
	default:
		return MARK_BOX;
	}
}

double
mark_text_width(const struct mark *mark)
{
	switch (mark->kind) {
	case MARK_DIAMOND:
		return mark->w * 0.56;
	case MARK_TEXT: case MARK_LABEL: case MARK_HEAD:
		return mark->w;
	default:
		return mark->w - 2 * PAD;
	}
}

/* A node's own box, its texts with it; the height counts, not the place. */
static struct mark
own_mark(struct layout *l, const struct flow_node *node)
{
	const struct step *step = step_of(l, node);
	struct mark mark = { .kind = kind_of(step, node->jump), .strong = step->mandatory };
	double text;

	mark.w = mark.kind == MARK_DIAMOND ? DIAMOND : BOX;
	mark.text = node->jump ? flow_jump(step) : flow_question(step);
	mark.under = node->jump ? xstrdup("") : flow_under(l->flow->playbook, step);
	text = painter_height(l->painter, mark.kind, false, mark.text, mark_text_width(&mark));
	if (mark.under[0] != '\0') {
		text += painter_height(l->painter, mark.kind, true, mark.under,
			mark_text_width(&mark)) + 3;
	}
	mark.h = mark.kind == MARK_DIAMOND ? text / 0.4 : mark.kind == MARK_TEXT ? text + 4
		: text + 2 * PAD;
	return mark;
}

/* One branch stands at the right of the line that goes on. */
static bool
beside(const struct layout *l, const struct flow_node *node)
{
	return node->chain_count == 1 && step_of(l, node)->type != STEP_PARALLEL;
}

static double
branch_offset(const struct layout *l, const struct flow_node *node)
{
	const struct extent *chain = &l->chains[node->chains];
	double own = kind_of(step_of(l, node), false) == MARK_DIAMOND ? DIAMOND / 2 : BOX / 2;

	return larger(own + SIDE, chain->left + SIDE);
}

/* From the line of a branch beside its step to its right end, its label too. */
static double
branch_right(const struct layout *l, const struct flow_node *node)
{
	return larger(l->chains[node->chains].right, LABEL_WIDE);
}

static void
measure_node(struct layout *l, int at)
{
	const struct flow_node *node = &l->flow->nodes[at];
	struct extent *out = &l->nodes[at];
	struct mark mark = own_mark(l, node);
	double wide = 0, high = 0;

	l->heads[at] = mark.h;
	*out = (struct extent){ mark.w / 2, mark.w / 2, mark.h };
	free(mark.text);
	free(mark.under);
	if (node->chain_count == 0) {
		return;
	}
	if (beside(l, node)) {
		out->right = branch_offset(l, node) + branch_right(l, node) + TURN;
		out->height += LABEL + l->chains[node->chains].height + TURN;
		return;
	}
	for (int i = 0; i < node->chain_count; i++) {
		const struct extent *chain = &l->chains[node->chains + i];

		wide += chain->left + chain->right + (i > 0 ? SIDE : 0);
		high = larger(high, chain->height);
	}
	out->left = out->right = larger(out->left, wide / 2);
	out->height += TURN + LABEL + high + TURN / 2 + TURN;
}

static void
measure_chain(struct layout *l, int at)
{
	const struct flow_chain *chain = &l->flow->chains[at];
	struct extent *out = &l->chains[at];

	/* A label needs room even over a branch without a step. */
	*out = (struct extent){ 50, 50, chain->count == 0 ? GAP : 0 };
	for (int i = chain->first; i < chain->first + chain->count; i++) {
		measure_node(l, i);
		out->left = larger(out->left, l->nodes[i].left);
		out->right = larger(out->right, l->nodes[i].right);
		out->height += l->nodes[i].height + (i > chain->first ? GAP : 0);
	}
	if (flow_end(l->flow, at) != FLOW_GOES_ON) {
		out->left = larger(out->left, CAP_WIDE / 2);
		out->right = larger(out->right, CAP_WIDE / 2);
		out->height += GAP + CAP;
	}
}

static void
label(struct layout *l, double x, double y, char *text)
{
	add_mark(l->picture, MARK_LABEL, x, y, LABEL_WIDE, LABEL)->text = text;
}

static void
cap(struct layout *l, double x, double y, const char *text)
{
	add_mark(l->picture, MARK_ROUND, x - CAP_WIDE / 2, y, CAP_WIDE, CAP)->text = xstrdup(text);
}

static void place_chain(struct layout *l, int at, double x, double y);

static void
place_beside(struct layout *l, const struct flow_node *node, double x, double y, double head)
{
	const struct step *step = step_of(l, node);
	const struct flow_chain *chain = &l->flow->chains[node->chains];
	const struct extent *extent = &l->chains[node->chains];
	double own = kind_of(step, false) == MARK_DIAMOND ? DIAMOND / 2 : BOX / 2;
	double at = x + branch_offset(l, node);
	double top = y + head + LABEL;
	double bottom = top + extent->height + TURN / 2;

	line(l, x + own, y + head / 2, at, y + head / 2);
	arrow(l, at, y + head / 2, at, top);
	label(l, at + 5, y + head / 2 + 2, flow_branch(l->flow->playbook, step, chain->branch));
	if (step->type == STEP_IF) {
		label(l, x + 5, y + head + 2,
			flow_branch(l->flow->playbook, step, 1 - chain->branch));
	}
	place_chain(l, node->chains, at, top);
	line(l, x, y + head, x, bottom + TURN / 2);
	if (!flow_leads_back(l->flow, node->chains)) {
		return;
	}
	line(l, at, bottom - TURN / 2, at, bottom);
	if (step->type == STEP_WHILE) {
		double right = at + branch_right(l, node) + TURN / 2;

		line(l, at, bottom, right, bottom);
		line(l, right, bottom, right, y - GAP / 2);
		arrow(l, right, y - GAP / 2, x, y - GAP / 2);
	} else {
		arrow(l, at, bottom, x, bottom);
	}
}

/* Where the chains of a node part (top) or meet: one line over all of them. */
static void
cross(struct layout *l, const struct flow_node *node, double from, double to, double y)
{
	bool together = step_of(l, node)->type == STEP_PARALLEL;

	(void)add_mark(l->picture, together ? MARK_BAR : MARK_LINE, from, y, to - from, 0);
}

static void
place_branches(struct layout *l, const struct flow_node *node, double x, double y,
	double height)
{
	double wide = -SIDE, first = 0, last = 0, back_first = x, back_last = x, left;

	for (int i = 0; i < node->chain_count; i++) {
		const struct extent *chain = &l->chains[node->chains + i];

		wide += chain->left + chain->right + SIDE;
	}
	left = x - wide / 2;
	line(l, x, y, x, y + TURN);
	for (int i = 0; i < node->chain_count; i++) {
		int at = node->chains + i;
		const struct extent *chain = &l->chains[at];
		double spine = left + chain->left;
		double top = y + TURN + LABEL;

		first = i == 0 ? spine : first;
		last = spine;
		arrow(l, spine, y + TURN, spine, top);
		label(l, spine + 5, y + TURN + 3, flow_branch(l->flow->playbook,
			step_of(l, node), l->flow->chains[at].branch));
		place_chain(l, at, spine, top);
		if (flow_leads_back(l->flow, at)) {
			line(l, spine, top + chain->height, spine, y + height - TURN);
			back_first = spine < back_first ? spine : back_first;
			back_last = larger(back_last, spine);
		}
		left += chain->left + chain->right + SIDE;
	}
	first = first < x ? first : x;
	last = larger(last, x);
	cross(l, node, first, last, y + TURN);
	cross(l, node, back_first, back_last, y + height - TURN);
	line(l, x, y + height - TURN, x, y + height);
}

static void
place_node(struct layout *l, int at, double x, double y)
{
	const struct flow_node *node = &l->flow->nodes[at];
	struct mark mark = own_mark(l, node);
	struct mark *kept = add_mark(l->picture, mark.kind, x - mark.w / 2, y, mark.w, mark.h);

	kept->text = mark.text;
	kept->under = mark.under;
	kept->strong = mark.strong;
	if (node->chain_count > 0 && beside(l, node)) {
		place_beside(l, node, x, y, mark.h);
	} else if (node->chain_count > 0) {
		place_branches(l, node, x, y + mark.h, l->nodes[at].height - mark.h);
	}
}

static void
place_chain(struct layout *l, int at, double x, double y)
{
	const struct flow_chain *chain = &l->flow->chains[at];

	if (chain->count == 0) {
		line(l, x, y, x, y + GAP);
		y += GAP + GAP;
	}
	for (int i = chain->first; i < chain->first + chain->count; i++) {
		if (i > chain->first) {
			arrow(l, x, y - GAP, x, y);
		}
		place_node(l, i, x, y);
		y += l->nodes[i].height + GAP;
	}
	if (flow_end(l->flow, at) != FLOW_GOES_ON) {
		arrow(l, x, y - GAP, x, y);
		cap(l, x, y, flow_end(l->flow, at) == FLOW_ENDS_PLAN ? _("end")
			: _("end of the branch"));
	}
}

/* A chain with its beginning and its end; the height that it takes. */
static double
place_whole(struct layout *l, int at, double x, double y, const char *head)
{
	double top = y + CAP + GAP;

	cap(l, x, y, head);
	arrow(l, x, y + CAP, x, top);
	place_chain(l, at, x, top);
	return top + l->chains[at].height - y;
}

/* Which plan it is, and what no way leads to; the height that it takes. */
static double
put_text(struct layout *l, enum mark_kind kind, double y, double w, char *text)
{
	double h = painter_height(l->painter, kind, false, text, w);

	add_mark(l->picture, kind, MARGIN, y, w, h)->text = text;
	return h + 6;
}

static double
put_heads(struct layout *l, double y, double w)
{
	const struct playbook *playbook = l->flow->playbook;
	const char *code = playbook_code(playbook);
	const char *name = playbook_text(playbook, "name");
	const char *modified = playbook_text(playbook, "modified");
	const char *status = json_get_text(playbook_ext(playbook), "status_text");

	y += put_text(l, MARK_HEAD, y, w, xasprintf("%s%s%s", code != NULL ? code : "",
		code != NULL ? "  " : "", name != NULL ? name : ""));
	y += put_text(l, MARK_TEXT, y, w, xasprintf(_("edition %.10s%s%s"),
		modified == NULL ? "-" : modified, status == NULL ? "" : "   ",
		status == NULL ? "" : status));
	y += put_text(l, MARK_TEXT, y, w, xasprintf("sha256 %s", playbook_hash(playbook)));
	return y + GAP;
}

static double
put_unreached(struct layout *l, double y, double w)
{
	const struct playbook *playbook = l->flow->playbook;
	struct buf out = { 0 };

	for (int i = 0; i < playbook_step_count(playbook); i++) {
		const struct step *step = playbook_step(playbook, i);

		if (!step->reached && step->type != STEP_END) {
			char *title = flow_title(step);

			buf_addf(&out, "%s%s", out.len > 0 ? "; " : "", title);
			free(title);
		}
	}
	if (out.len > 0) {
		char *text = xasprintf(_("no way leads to: %s"), buf_text(&out));

		y += put_text(l, MARK_TEXT, y + GAP, w, text) + GAP;
	}
	buf_free(&out);
	return y;
}

void
picture_lay(struct picture *out, const struct flow *flow, struct painter *painter)
{
	struct layout l = { .picture = out, .painter = painter, .flow = flow };
	const struct extent *plan, *other;
	double y, wide, bottom;

	*out = (struct picture){ 0 };
	l.chains = xcalloc((size_t)flow->chain_count + 1, sizeof *l.chains);
	l.nodes = xcalloc((size_t)flow->node_count + 1, sizeof *l.nodes);
	l.heads = xcalloc((size_t)flow->node_count + 1, sizeof *l.heads);
	for (int i = flow->chain_count - 1; i >= 0; i--) {
		measure_chain(&l, i);
	}
	plan = &l.chains[0];
	wide = larger(plan->left + plan->right, 420);
	y = put_heads(&l, MARGIN, wide);
	bottom = y + place_whole(&l, 0, MARGIN + plan->left, y, _("begin"));
	if (flow->exception >= 0) {
		other = &l.chains[flow->exception];
		bottom = larger(bottom, y + place_whole(&l, flow->exception,
			MARGIN + wide + 2 * SIDE + other->left, y, _("when the plan fails")));
		wide += 2 * SIDE + other->left + other->right;
	}
	bottom = put_unreached(&l, bottom, wide);
	out->w = wide + 2 * MARGIN;
	out->h = bottom + MARGIN;
	free(l.chains);
	free(l.nodes);
	free(l.heads);
}

void
picture_finish(struct picture *picture)
{
	for (int i = 0; i < picture->count; i++) {
		free(picture->marks[i].text);
		free(picture->marks[i].under);
	}
	free(picture->marks);
	*picture = (struct picture){ 0 };
}
