/* flow_block.h - lines of letters of one width, with a line down their middle:
 * what a plan drawn with letters is built of. */
#ifndef PLAYBOOKS_FLOW_BLOCK_H
#define PLAYBOOKS_FLOW_BLOCK_H

#include <stdbool.h>

enum block_frame {
	FRAME_BOX, FRAME_CALL, FRAME_DIAMOND, FRAME_TOGETHER, FRAME_ROUND,
};

struct block {
	char **lines; /* ours; each exactly width columns wide */
	int count;
	int width, spine; /* the column of the line down */
	bool ascii;
};

void block_begin(struct block *block, int width, bool ascii);
void block_end(struct block *block);

/* The line down, one line of it. */
void block_spine(struct block *block);
/* "( begin )" */
void block_cap(struct block *block, const char *text);
/* A box around two texts, at most `most` columns wide; under may be "". */
void block_box(struct block *block, enum block_frame frame, int most, const char *title,
	const char *under);

/* Branches one under the other: the way to the rail at the left, one branch with
 * its label, a line of words on the rail, the way back to the middle.  back: the
 * branch leads back to the rail. */
void block_rail_out(struct block *block);
void block_rail(struct block *block, const char *label, const struct block *branch, bool back);
void block_rail_text(struct block *block, const char *text);
void block_rail_in(struct block *block);

/* Branches side by side, `between` columns apart; together they are as wide as
 * the block. */
void block_beside(struct block *block, const struct block *branches, char *const *labels,
	const bool *back, int count, int between);

#endif
