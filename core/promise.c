/* promise.c owns the arithmetic of promises: next asking, next raise, and what
 * a typed promise means. */
#include "core/promise.h"

#include <stdlib.h>
#include <string.h>

#include "core/desk.h"
#include "core/i18n.h"
#include "core/mem.h"
#include "core/when.h"

#define HOUR_MS 3600000LL

static bool
take_span(struct raising *out, const char *text, size_t len, struct error *err)
{
	char *word = xstrndup(text, len);
	int64_t span = 0;
	bool ok = when_parse_span(&span, word, err);

	if (ok && out->count == RAISE_MOST) {
		ok = error_set(err, ERR_BAD_INPUT, _("at most %d times to raise"), RAISE_MOST);
	}
	if (ok && span <= (out->count == 0 ? 0 : out->spans[out->count - 1])) {
		ok = error_set(err, ERR_BAD_INPUT,
			_("\"%s\": each time to raise must be longer than the one before"), word);
	}
	if (ok) {
		out->spans[out->count++] = span;
	}
	free(word);
	return ok;
}

bool
raising_parse(struct raising *out, const char *text, struct error *err)
{
	*out = (struct raising){ 0 };
	if (strcmp(text, "none") == 0) {
		return true;
	}
	while (text[0] != '\0') {
		size_t blank = strspn(text, " ,");
		size_t len = strcspn(text + blank, " ,");

		if (len > 0 && !take_span(out, text + blank, len, err)) {
			return false;
		}
		text += blank + len;
	}
	return true;
}

static int64_t
base(const struct promise *p)
{
	return p->promised_at != NO_DUE ? p->promised_at : p->created_at;
}

static int64_t
gap(const struct promise *p)
{
	return p->raising.count > 0 ? p->raising.spans[0] : ASK_GAP_MS;
}

int64_t
promise_raise_at(const struct promise *p)
{
	return p->raised < p->raising.count ? base(p) + p->raising.spans[p->raised] : NO_DUE;
}

int64_t
promise_next(const struct promise *p)
{
	int64_t first = p->promised_at != NO_DUE ? p->promised_at
		: p->created_at + gap(p);
	int64_t ask = p->asked_at == 0 || p->asked_at < first ? first
		: p->asked_at + gap(p);
	int64_t raise = promise_raise_at(p);

	/* A raise that was due when they were asked last is due again with the next
	 * asking; it is not forgotten and does not nag. */
	return raise > p->asked_at && raise < ask ? raise : ask;
}

/* "02:00" typed at 02:24 would be tomorrow's: nobody promises that. */
static bool
just_past(const struct promise_typed *what, int64_t base_at, int64_t at)
{
	struct error ignored;
	int64_t past = 0;

	return at > base_at && strchr("+-", what->typed[0]) == NULL &&
		when_parse(&past, what->typed, WHEN_PAST, base_at, what->zone, &ignored) &&
		past < base_at && past >= base_at - 4 * HOUR_MS;
}

bool
promise_time(int64_t *promised_at, int64_t *said_at, const struct promise_typed *what,
	struct error *err)
{
	int64_t at = NO_DUE;

	*said_at = what->now;
	*promised_at = NO_DUE;
	if (what->said_typed != NULL && what->said_typed[0] != '\0' &&
	    !when_parse(said_at, what->said_typed, WHEN_PAST, what->now, what->zone, err)) {
		return false;
	}
	if (what->typed == NULL || what->typed[0] == '\0' ||
	    strcmp(what->typed, "none") == 0) {
		return true;
	}
	/* A span counts from now, a time of day from when they said it. */
	if (!when_parse(&at, what->typed, WHEN_DUE,
		    strchr("+-", what->typed[0]) != NULL ? what->now : *said_at, what->zone,
		    err)) {
		return false;
	}
	if (at <= *said_at || just_past(what, *said_at, at)) {
		(void)error_set(err, ERR_BAD_INPUT, what->asked
			? _("answer by %s: that is past already; if it was asked earlier, say when;"
			    " for tomorrow give the date")
			: _("promised for %s: that is past already; if they said it earlier, say"
			    " when they did; for tomorrow give the date"), what->typed);
		return error_how(err, what->asked ? "--at" : "--said-at");
	}
	*promised_at = at;
	return true;
}

char *
raise_whom(int level, const char *name)
{
	return level <= 1 ? xasprintf(_("shift leader of %s"), name)
		: level == 2 ? xasprintf(_("leader of %s"), name)
		: xasprintf(_("our team's leader speaks with %s"), name);
}
