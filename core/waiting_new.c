/* waiting_new.c makes a waiting: who, what, until when; and reads what its acts
 * are given. */
#include <stdlib.h>
#include <string.h>

#include "core/case.h"
#include "core/change.h"
#include "core/i18n.h"
#include "core/limits.h"
#include "core/mem.h"
#include "core/person.h"
#include "core/setting.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/waiting_private.h"
#include "core/whom.h"

SQL(WAITING_NEXT_N, "t",
	"SELECT n + 1 FROM waiting WHERE case_id = $1 ORDER BY n DESC LIMIT 1");

/* One line of people's words, "" where none was given; the caller's. */
bool
waiting_line(char **out, const char *text, const char *what, struct error *err)
{
	return text_accept(out, text == NULL ? "" : text, text == NULL ? 0 : strlen(text),
		TEXT_ONE_LINE, limit(LIMIT_TITLE), what, err);
}

bool
waiting_raising(char **out, struct raising *raising, struct desk *desk, const char *given,
	struct error *err)
{
	*out = given != NULL && given[0] != '\0' ? xstrdup(given) : NULL;
	if (*out == NULL && !setting_text(desk, "waiting_raise", out, err)) {
		return false;
	}
	if (!raising_parse(raising, *out == NULL ? "" : *out, err)) {
		free(*out);
		*out = NULL;
		return false;
	}
	return true;
}

bool
waiting_promise(int64_t *promised, int64_t *said, struct desk *desk, const char *typed,
	const char *said_typed, struct error *err)
{
	return promise_time(promised, said, &(struct promise_typed){ .typed = typed,
		.said_typed = said_typed, .now = desk_now(desk), .zone = desk_zone(desk) }, err);
}

struct fresh {
	struct whom whom;
	char *what, *ticket, *raise;
	int64_t promised_at, said_at, n;
	struct raising raising;
};

static void
fresh_clear(struct fresh *f)
{
	whom_clear(&f->whom);
	free(f->what);
	free(f->ticket);
	free(f->raise);
}

static bool
read_fresh(struct fresh *f, struct desk *desk, const char *case_id,
	const struct waiting_new *given, struct error *err)
{
	*f = (struct fresh){ .n = 1 };
	if (!whom_find(&f->whom, desk, given->whom == NULL ? "" : given->whom, err) ||
	    !waiting_line(&f->what, given->what, _("what is waited for"), err) ||
	    !waiting_line(&f->ticket, given->ticket, _("ticket"), err) ||
	    !waiting_promise(&f->promised_at, &f->said_at, desk, given->promised,
		    given->said_at, err) ||
	    !waiting_raising(&f->raise, &f->raising, desk, given->raise, err) ||
	    !db_one_int(desk_db(desk), &WAITING_NEXT_N, &f->n, err, TXT(case_id))) {
		return false;
	}
	if (f->what[0] != '\0') {
		return true;
	}
	(void)error_set(err, ERR_BAD_INPUT, _("say what they are to do"));
	return error_how(err, "--for");
}

static void
put_times(struct json *body, const struct fresh *f)
{
	const struct promise p = { f->said_at, f->promised_at, .raising = f->raising };

	row_int(body, "promised_at", f->promised_at);
	row_int(body, "created_at", f->said_at);
	row_int(body, "next_ask_at", promise_next(&p));
	row_int(body, "raise_at", promise_raise_at(&p));
}

static struct json *
fresh_body(struct desk *desk, const struct fresh *f, const struct waiting_new *given)
{
	char id[UUID_SIZE];
	struct json *body = thing_new(desk, "waiting", id);

	row_int(body, "n", f->n);
	row_text(body, "role", f->whom.role);
	row_text(body, "name", f->whom.name);
	row_text(body, "what", f->what);
	row_text(body, "ticket", f->ticket);
	row_text(body, "typed", given->promised);
	row_text(body, "raise_after", f->raise);
	row_text(body, "state", "open");
	row_text(body, "instance", given->instance);
	row_text(body, "owner_id", desk_me(desk)->id);
	put_times(body, f);
	return body;
}

/* The same words of the same contact, still open. */
struct same {
	const char *case_id, *me;
	const struct fresh *f;
	int n;
	char *owner; /* login of who follows it; NULL: nobody but me */
};

static bool
look_same(const struct waiting *w, void *arg)
{
	struct same *same = arg;

	if (w->ended_at != 0 || strcmp(w->case_id, same->case_id) != 0 ||
	    !whom_same(&same->f->whom, w->role, w->name) ||
	    !whom_same_words(w->what, same->f->what)) {
		return true;
	}
	same->n = w->n;
	if (w->owner[0] != '\0' && strcmp(w->owner, same->me) != 0) {
		same->owner = xstrdup(w->owner);
	}
	return false;
}

/* *n: the one there is already, 0 for none.  A step that waits has its own. */
static bool
waited_already(struct desk *desk, const char *case_id, const struct fresh *f,
	const struct waiting_new *given, int *n, struct error *err)
{
	struct same same = { .case_id = case_id, .me = desk_me(desk)->login, .f = f };
	bool ok;

	*n = 0;
	if (given->instance != NULL && given->instance[0] != '\0') {
		return true;
	}
	ok = waiting_each(desk, case_id, look_same, &same, err);
	if (ok && same.owner != NULL) {
		ok = error_set(err, ERR_CONFLICT,
			_("already waited for as %d, %s follows it: a new promise or call goes"
			  " there"), same.n, PERSON(desk, same.owner));
	}
	*n = same.n;
	free(same.owner);
	return ok;
}

bool
waiting_add(struct desk *desk, const char *case_id, const struct waiting_new *given,
	int *n, struct error *err)
{
	struct ir_case c = { 0 };
	struct fresh f = { 0 };
	bool ok;

	if (!desk_may(desk, ACT_WORK, err) || !change_begin(desk, err)) {
		return false;
	}
	ok = case_load(&c, desk, case_id, err) && case_must_be_open(&c, err) &&
		read_fresh(&f, desk, case_id, given, err) &&
		waited_already(desk, case_id, &f, given, n, err);
	if (ok && *n == 0) {
		*n = (int)f.n;
		change_add(desk, "waiting_added", case_id, fresh_body(desk, &f, given));
	}
	fresh_clear(&f);
	case_clear(&c);
	return change_end(desk, ok, err);
}
