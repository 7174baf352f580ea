/* list.c composes the statements of case lists from constant fragments and
 * reads one page of rows. */
#include "core/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/words.h"

SQL(COUNT_READ, "t", "SELECT value FROM kept_count WHERE name = $1");
SQL(LATE_COUNT, "ii",
	"SELECT COUNT(*) FROM cases WHERE is_open = 1 AND due_at < $1 AND drill = $2");

/* Where a page begins: the sort key of the last row seen. */
struct cursor {
	int64_t first;
	int64_t second;
	char id[UUID_SIZE];
};

/* A cursor is "FIRST.SECOND.ID"; newest: opened_at.0.id, due: due_at.rank.id. */
static bool
parse_cursor(const char *text, struct cursor *out, struct error *err)
{
	char *end;

	out->first = strtoll(text, &end, 10);
	if (*end == '.') {
		out->second = strtoll(end + 1, &end, 10);
		if (*end == '.' && uuid_valid(end + 1)) {
			memcpy(out->id, end + 1, UUID_SIZE);
			return true;
		}
	}
	return error_set(err, ERR_BAD_INPUT, _("\"%.60s\" is no cursor of a list"), text);
}

static void
print_cursor(char *out, size_t size, const struct ir_case *c, enum list_sort sort)
{
	int64_t first = sort == SORT_DUE ? c->due_at : c->opened_at;
	int second = sort == SORT_DUE ? 10 - case_severity(c) : 0;

	(void)snprintf(out, size, "%lld.%d.%s", (long long)first, second, c->id);
}

/* Arguments and text grow together. */
struct composed {
	struct buf text;
	struct buf types;
	struct arg args[24];
	int count;
};

static void
add_arg(struct composed *q, struct arg arg)
{
	buf_addf(&q->text, "$%d", q->count + 1);
	buf_addc(&q->types, arg.type);
	q->args[q->count++] = arg;
}

static void
where_words(struct composed *q, const char *column, enum word_list list,
	unsigned bits)
{
	const struct word *words = words_of(list);
	bool first = true;

	if (bits == 0) {
		return;
	}
	buf_adds(&q->text, " AND ");
	buf_adds(&q->text, column);
	buf_adds(&q->text, " IN (");
	for (int i = 0; words[i].word != NULL; i++) {
		if ((bits & (1U << i)) != 0) {
			buf_adds(&q->text, first ? "" : ", ");
			add_arg(q, TXT(words[i].word));
			first = false;
		}
	}
	buf_adds(&q->text, ")");
}

static void
where_cursor(struct composed *q, const struct cursor *after,
	const struct list_filter *filter)
{
	if (after->id[0] == '\0') {
		return;
	}
	if (filter->sort == SORT_NEWEST) {
		buf_adds(&q->text, filter->backwards ? " AND (c.opened_at, c.id) > ("
			: " AND (c.opened_at, c.id) < (");
		add_arg(q, I64(after->first));
		buf_adds(&q->text, ", ");
		add_arg(q, TXT(after->id));
		buf_adds(&q->text, ")");
		return;
	}
	buf_adds(&q->text, filter->backwards ? " AND (c.due_at, c.rank, c.id) < ("
		: " AND (c.due_at, c.rank, c.id) > (");
	add_arg(q, I64(after->first));
	buf_adds(&q->text, ", ");
	add_arg(q, I64(after->second));
	buf_adds(&q->text, ", ");
	add_arg(q, TXT(after->id));
	buf_adds(&q->text, ")");
}

/* By sort, then backwards. */
static const char *const orders[][2] = {
	[SORT_NEWEST] = { " ORDER BY c.opened_at DESC, c.id DESC LIMIT ",
		" ORDER BY c.opened_at, c.id LIMIT " },
	[SORT_DUE] = { " ORDER BY c.due_at, c.rank, c.id LIMIT ",
		" ORDER BY c.due_at DESC, c.rank DESC, c.id DESC LIMIT " },
};

static void
compose(struct composed *q, struct desk *desk, const struct list_filter *filter,
	const struct cursor *after)
{
	buf_adds(&q->text, "SELECT " CASE_COLUMNS CASE_FROM "WHERE ");
	buf_adds(&q->text, filter->open || filter->overdue ? "c.is_open = 1" : "1 = 1");
	if (filter->drill >= 0) {
		buf_adds(&q->text, " AND c.drill = ");
		add_arg(q, I64(filter->drill));
	}
	if (filter->overdue) {
		buf_adds(&q->text, " AND c.due_at < ");
		add_arg(q, I64(desk_now(desk)));
	}
	if (filter->owner != NULL && filter->owner[0] == '\0') {
		buf_adds(&q->text, " AND c.owner_id IS NULL");
	} else if (filter->owner != NULL) {
		buf_adds(&q->text, " AND c.owner_id = ");
		add_arg(q, TXT(filter->owner));
	}
	where_words(q, "c.status", WORDS_STATUS, filter->statuses);
	where_words(q, "c.kind", WORDS_KIND, filter->kinds);
	where_cursor(q, after, filter);
	buf_adds(&q->text, orders[filter->sort][filter->backwards]);
	add_arg(q, I64(filter->limit <= 0 ? 100 : filter->limit));
	q->args[q->count] = NOARGS;
}

bool
list_each(struct desk *desk, const struct list_filter *filter, list_visit *visit,
	void *arg, struct error *err)
{
	struct composed q = { 0 };
	struct cursor after = { 0 };
	char cursor[96];
	struct stmt *st;
	bool go_on = true;

	if (filter->after != NULL && !parse_cursor(filter->after, &after, err)) {
		return false;
	}
	compose(&q, desk, filter, &after);
	st = db_query_args(desk_db(desk),
		db_intern(desk_db(desk), buf_text(&q.types), buf_text(&q.text)), q.args);
	while (go_on && stmt_row(st)) {
		struct ir_case c;

		case_from_row(&c, st);
		print_cursor(cursor, sizeof cursor, &c, filter->sort);
		go_on = visit(&c, cursor, arg);
		case_clear(&c);
	}
	buf_free(&q.text);
	buf_free(&q.types);
	return stmt_done(st, err);
}

bool
list_open_count(struct desk *desk, bool drill, int64_t *out, struct error *err)
{
	*out = 0;
	return db_one_int(desk_db(desk), &COUNT_READ, out, err,
		TXT(drill ? "cases.open.drill" : "cases.open"));
}

bool
list_late_count(struct desk *desk, bool drill, int64_t *out, struct error *err)
{
	*out = 0;
	return db_one_int(desk_db(desk), &LATE_COUNT, out, err, I64(desk_now(desk)),
		I64(drill));
}
