/* fixture_told.c adds messages in every state to a desk of the screen tests,
 * with the tries that an engine would have left. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/contact.h"
#include "core/json.h"
#include "core/outbox.h"
#include "tests/screens/fixtures.h"

SQL(ATTEMPT, "tiitt",
	"INSERT INTO local_attempt (message_id, n, at, result, reply)"
	" VALUES ($1, $2, $3, $4, $5)");
SQL(DELIVERY, "ti",
	"INSERT INTO local_delivery (message_id, tries, next_at) VALUES ($1, 2, $2)");
SQL(CHANNEL, "ttit",
	"INSERT INTO local_channel (name, state, since, tries, next_at, reply)"
	" VALUES ($1, $2, $3, 0, 0, $4)");
SQL(NEWEST_MESSAGE, "", "SELECT id FROM message ORDER BY position DESC LIMIT 1");
SQL(CASE_ID, "t", "SELECT id FROM cases WHERE number = $1");
SQL(MEMBER_ID, "t", "SELECT id FROM member WHERE login = $1");
SQL(CONTACT_ID, "t", "SELECT id FROM contact WHERE role = $1");

static void
must(bool ok, const struct error *err)
{
	if (!ok) {
		fprintf(stderr, "fixture: %s %s\n", err->message, err->cause);
		exit(1);
	}
}

struct telling {
	const char *to_kind, *to;  /* a login, a contact's role */
	const char *template, *vars;
	const char *hold;
	const char *state, *reason, *reply; /* what became of it; NULL: queued */
	int tries;
};

/* In one change: queued, then what became of it. */
static char *
tell(struct desk *desk, const char *case_id, const struct telling *t)
{
	struct error err = ERROR_INIT;
	struct db *db = desk_db(desk);
	struct json *vars = NULL;
	struct message m;
	char *to = NULL, *id = NULL;

	must(json_parse(&vars, t->vars, strlen(t->vars), NULL, &err), &err);
	must(db_one_text(db, strcmp(t->to_kind, "member") == 0 ? &MEMBER_ID : &CONTACT_ID,
		&to, &err, TXT(t->to)), &err);
	must(change_begin(desk, &err), &err);
	must(outbox_queue(desk, &(struct message_new){ .case_id = case_id,
		.to_kind = t->to_kind, .to_id = to, .template = t->template, .vars = vars,
		.hold = t->hold, .cause = NO_CAUSE }, &err), &err);
	must(change_flush(desk, &err), &err);
	must(db_one_text(db, &NEWEST_MESSAGE, &id, &err, NOARGS), &err);
	if (t->state != NULL) {
		must(message_find(&m, desk, id, &err), &err);
		must(outbox_set(desk, &m, t->state, t->reason, t->reply, &err), &err);
		message_clear(&m);
	}
	must(change_end(desk, true, &err), &err);
	for (int n = 1; n <= t->tries; n++) {
		must(db_run(db, &ATTEMPT, &err, TXT(id), I64(n),
			I64(screens_now - (t->tries - n) * 5 * 60000LL), TXT("temporary"),
			TXT(t->reply)), &err);
	}
	screens_now += 60000;
	json_free(vars);
	free(to);
	return id;
}

#define WORK "{\"number\":\"2026-0003\",\"title\":\"Mất điện\",\"severity\":4," \
	"\"work\":\"Đọc ắc quy\",\"n\":12}"
#define ASKS "{\"number\":\"2026-0003\",\"kind\":\"power\",\"asset\":\"TTDL\"," \
	"\"asset_name\":\"Trung tâm dữ liệu tỉnh\",\"body\":\"Công ty Điện lực\"," \
	"\"request_vi\":\"cho biết giờ có điện lại\",\"detected_at\":1795201800000}"

static const struct telling tellings[] = {
	{ "member", "linh", "phan_cong", WORK, NULL, "failed", NULL,
		"550 no such user", 3 },
	{ "contact", "dien", "de_nghi", ASKS, "proposed by a rule: a member releases it",
		NULL, NULL, NULL, 0 },
	{ "member", "tuan", "su_co_moi", WORK, NULL, "unknown",
		"the connection was lost after the last byte", "", 1 },
	{ "member", "tuan", "phan_cong", WORK, NULL, "answered", NULL, "accepted", 1 },
	{ "member", "tuan", "phan_cong", WORK, NULL, "by_hand", "telephone: on his way",
		NULL, 0 },
	{ "member", "linh", "su_co_moi", WORK, NULL, "handed_over", NULL,
		"250 2.0.0 \x1b[31mqueued", 1 },
	{ "member", "linh", "phan_cong", WORK, NULL, "expired", NULL, NULL, 0 },
};

void
fixture_told(struct desk *desk)
{
	struct error err = ERROR_INIT;
	struct json *given = NULL;
	const char *contact = "{\"name\":\"Trực điều độ điện lực\",\"class\":\"body\","
		"\"mail\":\"t@d.example\"}";
	char *case_id = NULL, *id = NULL;

	must(json_parse(&given, contact, strlen(contact), NULL, &err), &err);
	must(contact_add(desk, "dien", given, &err), &err);
	json_free(given);
	must(db_one_text(desk_db(desk), &CASE_ID, &case_id, &err, TXT("2026-0003")), &err);
	for (size_t i = 0; i < sizeof tellings / sizeof *tellings; i++) {
		free(id);
		id = tell(desk, case_id, &tellings[i]);
		if (i == 2) {
			must(db_run(desk_db(desk), &DELIVERY, &err, TXT(id),
				I64(screens_now + 15 * 60000)), &err);
		}
	}
	must(db_run(desk_db(desk), &CHANNEL, &err, TXT("desktop"), TXT("down"),
		I64(screens_now - 20 * 60000), TXT("no bus")), &err);
	must(db_run(desk_db(desk), &CHANNEL, &err, TXT("mail"), TXT("up"),
		I64(screens_now), TXT("")), &err);
	free(case_id);
	free(id);
}
