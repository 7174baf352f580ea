/* modules.c runs the engine's modules: when each is due, what a failure costs it,
 * and that none of them stops another. */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "core/change.h"
#include "core/i18n.h"
#include "notify/ladder.h"
#include "serve/module.h"
#include "serve/serve.h"

#define AT_LEAST_MS 60000 /* a turn of each: nothing rests on one wake-up alone */
#define SLOW_MS 2000

SQL(SCHEMA, "", "SELECT schema_number FROM head");

const struct serve_module *const serve_modules[] = {
	&module_deliver, /* takes the lease: first */
	&module_duty,
	&module_escalate,
#ifdef HAVE_INBOX
	&module_mail_in,
#endif
	&module_telegram_in,
	&module_backup,
	&module_audit, /* looks at what the others did: last */
	NULL,
};

static bool
was_upgraded(struct serve *serve, const struct error *fault)
{
	struct error ignored = ERROR_INIT;
	int64_t schema = DESK_SCHEMA;

	return fault->code == ERR_UNAVAILABLE &&
		db_one_int(desk_db(serve->desk), &SCHEMA, &schema, &ignored, NOARGS) &&
		schema != DESK_SCHEMA;
}

/* A module that forgot to end its change must not hold the desk. */
static void
let_go(struct serve *serve, const struct serve_module *m)
{
	struct error ignored = ERROR_INIT;

	change_fence(serve->desk, NULL);
	if (db_in_transaction(desk_db(serve->desk))) {
		serve_log(_("module %s left a change open: it is rolled back"), m->name);
		(void)change_end(serve->desk, false, &ignored);
		db_rollback(desk_db(serve->desk));
	}
}

static void
note_failure(struct module_state *s, const struct serve_module *m, int64_t now,
	const struct error *fault)
{
	int64_t wait = ladder_wait(s->failed + 1, 60000);

	s->failed++;
	s->failures++;
	wait = wait < m->patience_ms ? wait : m->patience_ms;
	s->next_at = now + wait;
	(void)snprintf(s->why, sizeof s->why, "%s", fault->message);
	serve_log(_("module %s failed, again in %lld s: %s %s"), m->name,
		(long long)(wait / 1000), fault->message, fault->cause);
}

static void
note_success(struct module_state *s, const struct serve_module *m, int64_t now,
	int64_t next_at)
{
	s->next_at = next_at < now + AT_LEAST_MS ? next_at : now + AT_LEAST_MS;
	if (s->failed > 0 && s->asks) {
		return;
	}
	if (s->failed > 0) {
		serve_log(_("module %s works again"), m->name);
	}
	s->failed = 0;
	s->why[0] = '\0';
	s->ok_at = now;
}

static bool
run_one(struct serve *serve, int i, struct error *err)
{
	const struct serve_module *m = serve->table[i];
	struct module_state *s = &serve->modules[i];
	struct error fault = ERROR_INIT;
	int64_t begun = loop_steady();
	int64_t next_at = MODULE_NEVER;
	bool ok;

	s->ready = false;
	s->turns++;
	s->ran_at = desk_now(serve->desk);
	change_fence(serve->desk, m == &module_deliver ? NULL : deliver_lease(serve->deliver));
	serve->asks = false;
	ok = m->run(serve, &next_at, &fault);
	s->asks = ok && serve->asks;
	let_go(serve, m);
	s->took_ms = loop_steady() - begun;
	if (s->took_ms > SLOW_MS) {
		serve_log(_("module %s took %lld ms"), m->name, (long long)s->took_ms);
	}
	if (ok) {
		note_success(s, m, desk_now(serve->desk), next_at);
	} else if (was_upgraded(serve, &fault)) {
		*err = fault;
		return false;
	} else {
		note_failure(s, m, desk_now(serve->desk), &fault);
	}
	return true;
}

/* Does it wait for nothing but the ladder? */
static bool
rests(const struct module_state *s)
{
	return s->failed > 0 && !s->asks;
}

/* Another's clock, set back: what was planned lies too far ahead. */
static bool
clock_went_back(struct serve *serve, int64_t now)
{
	bool back = serve->seen_now > now + 1000;

	serve->seen_now = now;
	return back;
}

static bool
is_due(const struct module_state *s, const struct serve_module *m, int64_t now,
	bool changed)
{
	return now >= s->next_at || (!rests(s) && (s->ready || (changed && m->on_change)));
}

/* Who stands by has only the lease to ask for. */
static bool
may_run(const struct serve *serve, const struct serve_module *m)
{
	return serve->report.leads || m == &module_deliver;
}

bool
modules_lease_due(const struct serve *serve)
{
	return serve->report.leads && serve->modules[0].failed == 0 &&
		deliver_lease_due(serve->deliver);
}

bool
modules_turn(struct serve *serve, bool changed, int64_t *next_at, struct error *err)
{
	bool all = clock_went_back(serve, desk_now(serve->desk));

	if (modules_lease_due(serve)) {
		serve->modules[0].next_at = 0;
	}
	for (int i = 0; serve->table[i] != NULL; i++) {
		struct module_state *s = &serve->modules[i];

		s->next_at = all ? 0 : s->next_at;
		if (!may_run(serve, serve->table[i])) {
			s->ready = false;
		} else if (is_due(s, serve->table[i], desk_now(serve->desk),
				   changed && serve->report.leads) && !run_one(serve, i, err)) {
			return false;
		}
	}
	*next_at = MODULE_NEVER;
	for (int i = 0; serve->table[i] != NULL; i++) {
		if (may_run(serve, serve->table[i]) && serve->modules[i].next_at < *next_at) {
			*next_at = serve->modules[i].next_at;
		}
	}
	return true;
}

void
modules_once(struct serve *serve)
{
	struct error ignored = ERROR_INIT;

	for (int i = 0; serve->table[i] != NULL && serve->report.leads; i++) {
		if (serve->table[i]->once && serve->table[i] != &module_deliver) {
			(void)run_one(serve, i, &ignored);
		}
	}
}

void
modules_stop(struct serve *serve)
{
	for (int i = 0; serve->table[i] != NULL; i++) {
		if (serve->table[i]->stop != NULL) {
			serve->table[i]->stop(serve);
		}
	}
}

int
modules_wait(struct serve *serve, struct pollfd *fds, int extra, int most, int64_t ms)
{
	int from[MODULES_MOST] = { 0 };
	int64_t own[MODULES_MOST];
	int64_t begun = loop_steady();
	int count = extra;

	for (int i = 0; serve->table[i] != NULL; i++) {
		from[i] = count;
		own[i] = INT64_MAX;
		if (serve->table[i]->wait != NULL && !rests(&serve->modules[i])) {
			count += serve->table[i]->wait(serve, fds + count, most - count, &own[i]);
		}
		ms = own[i] < ms ? own[i] : ms;
	}
	(void)poll(fds, (nfds_t)count, (int)(ms < 0 ? 0 : ms));
	for (int i = 0; serve->table[i] != NULL; i++) {
		int to = serve->table[i + 1] == NULL ? count : from[i + 1];

		for (int at = from[i]; at < to; at++) {
			serve->modules[i].ready = serve->modules[i].ready || fds[at].revents != 0;
		}
		serve->modules[i].ready = serve->modules[i].ready ||
			(own[i] != INT64_MAX && loop_steady() - begun >= own[i]);
	}
	return count;
}
