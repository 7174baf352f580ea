/* deliver_ways.c makes the links and marks of a message that leaves, and of those
 * that it carries: each case in it is answered by itself. */
#include "notify/deliver_ways.h"

#include <stdlib.h>
#include <string.h>

#include "core/answer_mark.h"
#include "core/json.h"

struct carrying {
	struct ways *ways;
	struct deliver *d;
	const struct message *carrier;
};

static void
add_answer(struct carrying *c, const struct message *m, const char *tag)
{
	struct json *vars = NULL;
	struct error ignored;

	if (json_parse(&vars, m->vars, strlen(m->vars), NULL, &ignored)) {
		const char *number = json_text_of(vars, "number");

		if (number[0] != '\0' && strpbrk(number, " \n") == NULL) {
			buf_addf(&c->ways->answers, "%s %s\n", number, tag);
		}
		json_free(vars);
	}
}

/* Only of what this one carries to the same person: a text names any id it likes. */
static char *
link_of(void *arg, const char *message_id)
{
	struct carrying *c = arg;
	struct message m = { 0 };
	struct error ignored;
	char *tag = NULL;
	char *link = NULL;

	if (c->d->ways != NULL && message_find(&m, c->d->desk, message_id, &ignored) &&
	    strcmp(m.bundle, c->carrier->id) == 0 &&
	    strcmp(m.to_id, c->carrier->to_id) == 0) {
		c->d->ways(c->d->ways_arg, &m, &tag, &link);
	}
	if (tag != NULL && m.acts[0] != '\0') {
		add_answer(c, &m, tag);
	}
	message_clear(&m);
	free(tag);
	return link;
}

void
ways_find(struct ways *ways, struct deliver *d, const struct message *m)
{
	struct carrying c = { .ways = ways, .d = d, .carrier = m };

	*ways = (struct ways){ 0 };
	if (d->ways != NULL) {
		d->ways(d->ways_arg, m, &ways->tag, &ways->link);
	}
	ways->text = answer_mark_fill_each(m->text, ways->link, link_of, &c);
}

void
ways_clear(struct ways *ways)
{
	free(ways->tag);
	free(ways->link);
	free(ways->text);
	buf_free(&ways->answers);
}
