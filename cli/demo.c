/* demo.c makes the demo: reads the scripts, puts their acts in the order of time
 * and lets each member do theirs.  Messages get an invented fate; nothing here
 * can send anything. */
#include "cli/demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/demo_private.h"
#include "core/change.h"
#include "core/desk_private.h"
#include "core/i18n.h"
#include "core/json.h"
#include "core/contact.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/setting.h"
#include "core/when.h"

#define MINUTE INT64_C(60000)
#define DAY (24 * 60 * MINUTE)

void
demo_clock_set(struct demo_clock *clock, int64_t end)
{
	clock->end = end;
	clock->now = end - 60 * DAY;
}

int64_t
demo_clock_now(void *clock)
{
	/* Each reading is a little later, as at a real desk. */
	return ((struct demo_clock *)clock)->now++;
}

static bool
add_members(struct desk *desk, struct error *err)
{
	static const char *const agents[][2] = {
		{ "agent.truc_ca", "member:tuan" }, { "agent.lanh_dao_doi", "member:ha" },
		{ "agent.thanh_vien", "member:nam" }, { "agent.ky_thuat_ttdl", "member:lan" },
		{ "watch", "tuan" }, { "desk.mail", "THU" }, { "desk.network", "TSLCD" },
	};
	bool ok = true;
	int n = 120;

	for (const struct demo_member *m = demo_members; ok && m->login != NULL; m++) {
		char *mail = xasprintf("%s@doi-ung-cuu.example", m->login);
		char *phone = xasprintf("0255 000 %d", ++n);

		/* Whoever runs init may have this login already. */
		if (strcmp(m->login, desk_actor(desk)->login) != 0) {
			ok = member_add(desk, &(struct member_new){ .login = m->login,
				.name = m->name, .role = role_from(m->role), .unit = m->unit,
				.mail = mail, .phone = phone }, err);
		}
		free(phone);
		free(mail);
	}
	for (size_t i = 0; ok && i < sizeof agents / sizeof *agents; i++) {
		ok = setting_set(desk, agents[i][0], agents[i][1], err);
	}
	return ok;
}

/* Numbers that nobody has, for whom the demo's nights call. */
static bool
add_numbers(struct desk *desk, struct error *err)
{
	static const char *const roles[] = { "dien", "vp_ubnd", "so_khcn", "soc", "ca_anm",
		"vien_thong_vnpt", "tt_cds", "ho_tro_nhanh" };
	bool ok = true;

	for (size_t i = 0; ok && i < sizeof roles / sizeof *roles; i++) {
		struct json *given = json_object();
		char *phone = xasprintf("0255 000 %zu", 131 + i);

		json_set_text(given, "phone", phone);
		ok = contact_set(desk, roles[i], given, err);
		json_free(given);
		free(phone);
	}
	return ok;
}

/* "45d 02:10" at the desk's wall clock, or "95m" before the end. */
static int64_t
begin_of(const struct desk *desk, const struct demo_clock *clock, const char *text)
{
	char *rest;
	long count = strtol(text, &rest, 10);
	struct civil civil;
	int hour = 0;
	int minute = 0;

	if (*rest != 'd') {
		return clock->end - count * MINUTE;
	}
	(void)sscanf(rest, "d %d:%d", &hour, &minute);
	civil = zone_civil(desk_zone(desk), clock->end - count * DAY);
	civil.hour = hour;
	civil.minute = minute;
	civil.second = 7;
	civil.milli = 0;
	return zone_moment(desk_zone(desk), &civil, NULL);
}

static int64_t
delay_of(const char *text)
{
	char *unit;
	long count = strtol(text + 1, &unit, 10);

	return count * (*unit == 'd' ? DAY : *unit == 'h' ? 60 * MINUTE : MINUTE);
}

struct plan {
	struct demo_act *acts;
	int count;
	char **texts; /* the scripts, cut at their blanks */
};

static void
push(struct plan *plan, struct demo_act act)
{
	plan->acts = xrealloc(plan->acts, ((size_t)plan->count + 1) * sizeof act);
	plan->acts[plan->count++] = act;
}

/* Cuts "+5m lan note TEXT" where its blanks are; the script is ours. */
static void
read_script(struct plan *plan, int of, char *script, int64_t at)
{
	char *save = NULL;
	int line = 1;

	for (char *row = strtok_r(script, "\n", &save); row != NULL;
	     row = strtok_r(NULL, "\n", &save), line++) {
		char *inner = NULL;
		const char *delay = strtok_r(row, " ", &inner);
		const char *login = strtok_r(NULL, " ", &inner);
		const char *act = strtok_r(NULL, " ", &inner);

		at += delay_of(delay);
		push(plan, (struct demo_act){ at, of, line, login, act,
			inner == NULL ? "" : inner });
	}
}

static int
by_time(const void *a, const void *b)
{
	const struct demo_act *x = a;
	const struct demo_act *y = b;

	if (x->at != y->at) {
		return x->at < y->at ? -1 : 1;
	}
	return x->of != y->of ? x->of - y->of : x->line - y->line;
}

static void
read_plan(struct plan *plan, const struct desk *desk, const struct demo_clock *clock)
{
	plan->texts = xcalloc((size_t)demo_case_count, sizeof *plan->texts);
	for (int i = 0; i < demo_case_count; i++) {
		int64_t at = begin_of(desk, clock, demo_cases[i].begin);

		push(plan, (struct demo_act){ at, i, 0, demo_cases[i].opener, "open", "" });
		plan->texts[i] = xstrdup(demo_cases[i].script);
		read_script(plan, i, plan->texts[i], at);
	}
	qsort(plan->acts, (size_t)plan->count, sizeof *plan->acts, by_time);
}

/* Messages that an engine would have taken by now. */
struct waiting {
	bool only_expired; /* the rest waits for `suco deliver --once` */
	struct { char id[UUID_SIZE]; } *list;
	int count;
	int64_t now;
};

static bool
take_waiting(const struct message *m, void *arg)
{
	struct waiting *w = arg;
	bool due = !w->only_expired && strcmp(m->state, "queued") == 0 &&
		m->queued_at + MINUTE <= w->now;

	if (due || m->expires_at <= w->now) {
		w->list = xrealloc(w->list, ((size_t)w->count + 1) * sizeof *w->list);
		memcpy(w->list[w->count++].id, m->id, sizeof m->id);
	}
	return true;
}

static bool
decide_fate(struct desk *desk, const struct message *m, const struct demo_clock *clock,
	struct error *err)
{
	if (strcmp(m->state, "queued") != 0 && strcmp(m->state, "held") != 0) {
		return true;
	}
	if (m->expires_at <= clock->now) {
		return outbox_set(desk, m, "expired", N_("nobody released it in time"), "", err);
	}
	if (m->position % 11 == 4) {
		return outbox_set(desk, m, "failed", N_("demo: an invented refusal"),
			"550 5.1.1 no such mailbox", err);
	}
	if (m->expires_at > clock->end && m->position % 3 == 1) {
		return outbox_set(desk, m, "unknown", N_("demo: an invented lost connection"), "",
			err);
	}
	return outbox_set(desk, m, "handed_over", N_("demo: an invented past"), "", err);
}

/* Nothing was ever sent: each of these says so in its reason. */
static bool
settle_messages(struct desk *desk, const struct demo_clock *clock, struct error *err)
{
	struct waiting w = { .now = clock->now,
		.only_expired = clock->now > clock->end - 100 * MINUTE };
	const struct outbox_filter open = { .open_only = true, .limit = 1000 };
	bool ok = outbox_each(desk, &open, take_waiting, &w, err);

	if (ok && w.count > 0) {
		ok = desk_seat(desk, NULL, NULL, err) && change_begin(desk, err);
		if (ok) {
			for (int i = 0; ok && i < w.count; i++) {
				struct message m;

				ok = message_find(&m, desk, w.list[i].id, err) &&
					decide_fate(desk, &m, clock, err);
				message_clear(&m);
			}
			ok = change_end(desk, ok, err);
		}
	}
	free(w.list);
	return ok;
}

static bool
play(struct desk *desk, struct demo_clock *clock, const struct plan *plan,
	struct error *err)
{
	char (*ids)[UUID_SIZE] = xcalloc((size_t)demo_case_count, sizeof *ids);
	bool ok = true;

	for (int i = 0; ok && i < plan->count; i++) {
		const struct demo_act *act = &plan->acts[i];

		if (act->at > clock->now) {
			clock->now = act->at;
		}
		ok = settle_messages(desk, clock, err) &&
			desk_seat(desk, act->login, NULL, err) && demo_do(desk, ids, act, err);
	}
	free(ids);
	return ok;
}

bool
demo_fill(struct desk *desk, struct demo_clock *clock, const char *login,
	struct error *err)
{
	struct plan plan = { 0 };
	bool ok;

	/* A desk that is not there yet has nothing to lose by a power cut. */
	ok = db_script(desk_db(desk), "PRAGMA synchronous = OFF", err) &&
		add_members(desk, err) && add_numbers(desk, err) &&
		demo_roster(desk, clock->end, err);
	read_plan(&plan, desk, clock);
	ok = ok && play(desk, clock, &plan, err) &&
		demo_roster_faults(desk, clock->end, err) && desk_seat(desk, login, NULL, err) &&
		db_script(desk_db(desk), "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint", err);
	for (int i = 0; i < demo_case_count; i++) {
		free(plan.texts[i]);
	}
	free(plan.texts);
	free(plan.acts);
	return ok;
}
