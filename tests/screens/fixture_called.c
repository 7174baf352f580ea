/* fixture_called.c lets the engine call people for the cases of a desk of the screen
 * tests: the first on call does not answer, the backup is called. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/escalate.h"
#include "core/lease.h"
#include "core/member.h"
#include "core/rule.h"
#include "core/sql.h"
#include "tests/screens/fixtures.h"

SQL(NEWEST_MESSAGE, "", "SELECT id FROM message ORDER BY position DESC LIMIT 1");
SQL(LIMITED, "ti",
	"INSERT INTO local_delivery (message_id, tries, next_at, why) VALUES ($1, 0, $2, 'limit')");
SQL(MAIL_WORKS, "i",
	"INSERT INTO local_channel (name, state, since, last_ok_at, tries, next_at, reply)"
	" VALUES ('mail', 'up', $1, $1, 0, 0, '')");

#define MINUTE INT64_C(60000)

static void
must(bool ok, const struct error *err)
{
	if (!ok) {
		fprintf(stderr, "fixture: %s %s\n", err->message, err->cause);
		exit(1);
	}
}

static void
set_rule(struct desk *desk)
{
	static const char rule[] = "{\"family\": \"escalation\", \"order\": 10,"
		" \"source\": \"test\", \"when\": {\"subject\": \"case\"}, \"then\":"
		" {\"steps\": [{\"who\": [\"duty:first\"], \"after\": \"10m\"},"
		" {\"who\": [\"duty:backup\"], \"after\": \"10m\"},"
		" {\"who\": [\"member:linh\", \"role:admin\"], \"after\": \"15m\"}],"
		" \"ack_lasts\": \"30m\", \"ask_again\": \"5m\"}}";
	struct error err = ERROR_INIT;
	struct json *given = NULL;

	must(json_parse(&given, rule, strlen(rule), NULL, &err), &err);
	must(rule_add(desk, "call", given, &err), &err);
	json_free(given);
}

static void
set_mail(struct desk *desk)
{
	static const char mail[] = "{\"mail\": \"ha@team.example\"}";
	struct error err = ERROR_INIT;
	struct json *given = NULL;

	must(json_parse(&given, mail, strlen(mail), NULL, &err), &err);
	must(member_set(desk, "ha", given, &err), &err);
	json_free(given);
}

static void
work(struct desk *engine)
{
	struct escalate_report report = { 0 };
	struct error err = ERROR_INIT;
	int64_t next_at = 0;

	for (int i = 0; i < 20 && next_at <= screens_now; i++) {
		must(escalate_round(engine, &report, &next_at, &err), &err);
		must(report.failed == 0, &report.fault);
	}
}

/* The engine lives on: who reads sees that calling goes on. */
static void
lead(struct desk *engine)
{
	char other[LEASE_HOLDER_SIZE];
	struct lease lease = { .name = LEASE_ENGINE, .holder = "suco-serve" };
	struct error err = ERROR_INIT;
	bool held = false;

	must(lease_take(engine, &lease, 60 * MINUTE, &held, other, &err) && held, &err);
}

/* The last one's address was written to often enough. */
static void
limit_newest(struct desk *engine)
{
	struct error err = ERROR_INIT;
	char *id = NULL;

	must(db_one_text(desk_db(engine), &NEWEST_MESSAGE, &id, &err, NOARGS), &err);
	must(db_run(desk_db(engine), &LIMITED, &err, TXT(id),
		I64(screens_now + 3 * MINUTE)), &err);
	must(db_run(desk_db(engine), &MAIL_WORKS, &err, I64(screens_now)), &err);
	free(id);
}

void
fixture_called(struct desk *desk)
{
	char folder[256];
	const char *url = desk_url(desk), *slash = strrchr(url, '/');
	struct desk *engine;

	fixture_roster(desk);
	set_mail(desk);
	set_rule(desk);
	snprintf(folder, sizeof(folder), "%.*s", (int)(slash - url), url);
	engine = screens_reopen(folder, NULL);
	work(engine);
	screens_now += 11 * MINUTE;
	work(engine);
	lead(engine);
	limit_newest(engine);
	desk_close(engine);
	screens_now += MINUTE;
}
