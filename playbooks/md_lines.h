/* md_lines.h - a text as lines with their marks; for md_*.c only. */
#ifndef PLAYBOOKS_MD_LINES_H
#define PLAYBOOKS_MD_LINES_H

#include "playbooks/md_private.h"

enum md_mark { MD_PLAIN, MD_NUMBERED, MD_BULLET, MD_HEADING };

struct md_line {
	int number;
	int indent;
	enum md_mark mark;
	int level; /* of a heading */
	bool gap;  /* an empty line before */
	char *text;
};

struct md_reader {
	struct md_line *lines;
	int count;
	int at;
	struct md_faults *faults;
	int open_ifs; /* whose Else may still come */
	int depth;
	int vietnamese, english; /* words seen of each */
	char *phase;  /* the heading that waits for its step */
};

/* Without empty lines, comments and rules. */
void md_lines_read(struct md_reader *reader, const char *text, size_t len);
void md_lines_finish(struct md_reader *reader);
const struct md_line *md_next(const struct md_reader *reader); /* NULL at the end */

/* The fields under a step or above the steps, from md_read_fields.c: true where the
 * line at reader->at was one and was taken, with the lines that belong to it. */
bool md_take_field(struct md_reader *reader, struct json *into, unsigned groups);
/* All fields deeper than indent; what is none of them is a fault. */
void md_take_fields(struct md_reader *reader, struct json *step, int indent);
void md_no_field(struct md_reader *reader, const struct md_line *line, unsigned groups);
void md_count_language(struct md_reader *reader, const struct md_word *row,
	const char *text);

/* From md_read_steps.c: the numbered steps deeper than indent; with head also the
 * headings between them. */
void md_take_steps(struct md_reader *reader, struct json *steps, int indent);

#endif
