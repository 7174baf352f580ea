/* flow_text.c owns how the chains of a plan stand on lines of letters: each
 * chain is a block of lines of one width, blocks are put beside or under each
 * other. */
#include "playbooks/flow_text.h"

#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/pages.h"
#include "core/text.h"
#include "playbooks/flow.h"
#include "playbooks/flow_block.h"

#define LEAST 22 /* columns of a box that can be read */
#define MOST 50  /* no box is wider */
#define RAIL 3   /* what a branch under its step is set in by */
#define BESIDE 1 /* between branches side by side */

struct drawing {
	const struct flow *flow;
	bool ascii;
	int *needs;   /* columns that a chain needs with all in it */
	int *later;   /* chains that stand below */
	int later_count;
};

static const struct step *
step_of(const struct drawing *d, const struct flow_node *node)
{
	return playbook_step(d->flow->playbook, node->step);
}

static void
measure(struct drawing *d)
{
	d->needs = xcalloc((size_t)d->flow->chain_count + 1, sizeof *d->needs);
	for (int c = d->flow->chain_count - 1; c >= 0; c--) {
		const struct flow_chain *chain = &d->flow->chains[c];

		d->needs[c] = LEAST;
		for (int i = chain->first; i < chain->first + chain->count; i++) {
			const struct flow_node *node = &d->flow->nodes[i];

			for (int k = 0; k < node->chain_count; k++) {
				int need = d->needs[node->chains + k] + RAIL;

				d->needs[c] = need > d->needs[c] ? need : d->needs[c];
			}
		}
	}
}

static enum block_frame
frame_of(const struct step *step, bool jump)
{
	if (jump) {
		return FRAME_ROUND;
	}
	switch (step->type) {
	case STEP_CALL:
		return FRAME_CALL;
	case STEP_IF: case STEP_WHILE: case STEP_SWITCH:
		return FRAME_DIAMOND;
	case STEP_PARALLEL:
		return FRAME_TOGETHER;
	default:
		return FRAME_BOX;
	}
}

static void
draw_own(struct drawing *d, struct block *out, const struct flow_node *node)
{
	const struct step *step = step_of(d, node);
	char *title = node->jump ? flow_jump(step) : flow_question(step);
	char *under = node->jump ? xstrdup("") : flow_under(d->flow->playbook, step);

	block_box(out, frame_of(step, node->jump), MOST, title, under);
	free(title);
	free(under);
}

static void draw_chain(struct drawing *d, struct block *out, int at);

static char *
branch_label(const struct drawing *d, const struct flow_node *node, int at)
{
	return flow_branch(d->flow->playbook, step_of(d, node), d->flow->chains[at].branch);
}

/* One after the other, on a rail at the left. */
static void
draw_under(struct drawing *d, struct block *out, const struct flow_node *node)
{
	block_rail_out(out);
	for (int i = 0; i < node->chain_count; i++) {
		int at = node->chains + i;
		char *label = branch_label(d, node, at);
		struct block inner;

		if (out->width - RAIL < LEAST) {
			d->later[d->later_count++] = at;
			char *text = xasprintf(_("%s: see (%d) below"), label, d->later_count);

			block_rail_text(out, text);
			free(text);
		} else {
			block_begin(&inner, out->width - RAIL, d->ascii);
			draw_chain(d, &inner, at);
			block_rail(out, label, &inner, flow_leads_back(d->flow, at));
			block_end(&inner);
		}
		free(label);
	}
	block_rail_in(out);
}

/* Columns of all branches side by side, with what is between them. */
static int
needed_beside(const struct drawing *d, const struct flow_node *node)
{
	int sum = (node->chain_count - 1) * BESIDE;

	for (int i = 0; i < node->chain_count; i++) {
		sum += d->needs[node->chains + i];
	}
	return sum;
}

static void
draw_beside(struct drawing *d, struct block *out, const struct flow_node *node)
{
	int spare = out->width - needed_beside(d, node);
	struct block *inner = xcalloc((size_t)node->chain_count, sizeof *inner);
	char **labels = xcalloc((size_t)node->chain_count, sizeof *labels);
	bool *back = xcalloc((size_t)node->chain_count, sizeof *back);

	for (int i = 0; i < node->chain_count; i++) {
		int at = node->chains + i;
		int more = spare / (node->chain_count - i);

		spare -= more;
		block_begin(&inner[i], d->needs[at] + more, d->ascii);
		labels[i] = branch_label(d, node, at);
		back[i] = flow_leads_back(d->flow, at);
		draw_chain(d, &inner[i], at);
	}
	block_beside(out, inner, labels, back, node->chain_count, BESIDE);
	for (int i = 0; i < node->chain_count; i++) {
		block_end(&inner[i]);
		free(labels[i]);
	}
	free(inner);
	free(labels);
	free(back);
}

static void
draw_chain(struct drawing *d, struct block *out, int at)
{
	const struct flow_chain *chain = &d->flow->chains[at];

	if (chain->count == 0) {
		block_spine(out);
	}
	for (int i = chain->first; i < chain->first + chain->count; i++) {
		const struct flow_node *node = &d->flow->nodes[i];

		if (i > chain->first) {
			block_spine(out);
		}
		draw_own(d, out, node);
		if (node->chain_count > 1 && needed_beside(d, node) <= out->width) {
			draw_beside(d, out, node);
		} else if (node->chain_count > 0) {
			draw_under(d, out, node);
		}
	}
	if (flow_end(d->flow, at) != FLOW_GOES_ON) {
		block_spine(out);
		block_cap(out, flow_end(d->flow, at) == FLOW_ENDS_PLAN ? _("end")
			: _("end of the branch"));
	}
}

static void
put_heading(struct buf *out, int cols, const char *text)
{
	for (const char *at = text; *at != '\0'; ) {
		size_t len = pages_piece(at, cols);

		buf_addf(out, "%.*s\n", (int)len, at);
		at += len;
		at += *at == ' ';
	}
}

static void
put_chain(struct drawing *d, struct buf *out, int cols, int at, const char *begin)
{
	struct block block;

	block_begin(&block, cols, d->ascii);
	block_cap(&block, begin);
	block_spine(&block);
	draw_chain(d, &block, at);
	if (flow_leads_back(d->flow, at)) {
		block_spine(&block);
		block_cap(&block, _("back to the plan"));
	}
	for (int i = 0; i < block.count; i++) {
		size_t len = strlen(block.lines[i]);

		while (len > 0 && block.lines[i][len - 1] == ' ') {
			len--;
		}
		buf_addf(out, "%.*s\n", (int)len, block.lines[i]);
	}
	block_end(&block);
}

/* The numbers that were given out while the plan was drawn, and while these are. */
static void
put_later(struct drawing *d, struct buf *out, int cols)
{
	for (int i = 0; i < d->later_count; i++) {
		const struct flow_chain *chain = &d->flow->chains[d->later[i]];
		const struct step *owner = playbook_step(d->flow->playbook, chain->owner);
		char *question = flow_question(owner);
		char *label = flow_branch(d->flow->playbook, owner, chain->branch);
		char *head = xasprintf("(%d) %s %s", i + 1, question, label);

		buf_addc(out, '\n');
		put_heading(out, cols, head);
		put_chain(d, out, cols, d->later[i], label);
		free(head);
		free(label);
		free(question);
	}
}

static void
put_unreached(struct buf *out, const struct playbook *playbook, int cols)
{
	struct buf names = { 0 };

	for (int i = 0; i < playbook_step_count(playbook); i++) {
		const struct step *step = playbook_step(playbook, i);

		if (!step->reached && step->type != STEP_END) {
			char *title = flow_title(step);

			buf_addf(&names, "%s%s", names.len > 0 ? "; " : "", title);
			free(title);
		}
	}
	if (names.len > 0) {
		char *text = xasprintf(_("no way leads to: %s"), buf_text(&names));

		buf_addc(out, '\n');
		put_heading(out, cols, text);
		free(text);
	}
	buf_free(&names);
}

void
flow_text(struct buf *out, const struct playbook *playbook, int cols, bool ascii)
{
	struct drawing d = { .ascii = ascii };
	struct flow flow;

	flow_make(&flow, playbook);
	d.flow = &flow;
	d.later = xcalloc((size_t)flow.chain_count + 1, sizeof *d.later);
	measure(&d);
	cols = cols < FLOW_TEXT_LEAST ? FLOW_TEXT_LEAST : cols;
	put_chain(&d, out, cols, 0, _("begin"));
	if (flow.exception >= 0) {
		buf_addc(out, '\n');
		put_chain(&d, out, cols, flow.exception, _("when the plan fails"));
	}
	put_later(&d, out, cols);
	put_unreached(out, playbook, cols);
	free(d.later);
	free(d.needs);
	flow_finish(&flow);
}
