/* What the engine finds when it looks after itself stands on the screens, with what
 * to do, as long as it is so. */
#include "tests/core/call_scene.h"

#include "core/engine_look.h"
#include "core/lease.h"
#include "core/now.h"
#include "tui/engine_row.h"
#include "tui/model.h"

static struct error err;

/* As serve/audit.c writes it. */
static void
put_fact(struct call_scene *s, const char *value, int64_t at)
{
	char sql[400];

	(void)snprintf(sql, sizeof sql, "INSERT INTO local_fact (name, value, at) VALUES"
		" ('engine.audit', '%s', %lld) ON CONFLICT (name) DO UPDATE SET"
		" value = excluded.value, at = excluded.at", value, (long long)at);
	fixture_sql(s->f.path, sql);
}

static void
lead(struct call_scene *s, int64_t ms)
{
	struct lease lease = { .name = LEASE_ENGINE };
	char other[LEASE_HOLDER_SIZE];
	bool held = false;

	lease_holder(lease.holder, "test");
	CHECK_OK(lease_take(s->f.desk, &lease, ms, &held, other, &err), err);
	CHECK(held);
}

static struct now
look(struct call_scene *s, const char *login)
{
	struct now now;

	fixture_as(&s->f, login);
	CHECK_OK(now_find(&now, s->f.desk, &err), err);
	fixture_as(&s->f, "quan");
	return now;
}

static const char *
row(struct call_scene *s)
{
	static char out[ENGINE_ROW_SIZE];
	struct summary summary;

	CHECK_OK(summary_load(&summary, s->f.desk, &err), err);
	(void)engine_row(out, &summary, s->f.now, true);
	return out;
}

/* One case that nam has and works on; the engine leads and all is well. */
static void
start(struct call_scene *s)
{
	scene_start(s);
	scene_case(s);
	fixture_as(&s->f, "nam");
	fixture_status(&s->f, s->case_id, "acknowledged");
	fixture_decided(&s->f, s->case_id);
	fixture_as(&s->f, "quan");
	scene_round(s);
	lead(s, 50 * MINUTE);
}

static const char *
number(struct call_scene *s)
{
	char sql[160];

	(void)snprintf(sql, sizeof sql, "SELECT number FROM cases WHERE id = '%s'", s->case_id);
	return fixture_ask(s->f.path, sql);
}

static void
put_problem(struct call_scene *s, const char *word, const char *key, const char *what)
{
	char value[200];

	(void)snprintf(value, sizeof value, "[{\"problem\":\"%s\",\"%s\":\"%s\"}]", word, key,
		what);
	put_fact(s, value, s->f.now);
}

TEST(a_case_that_waits_unhandled_is_said_until_somebody_takes_it_on)
{
	struct call_scene s;
	char id[UUID_SIZE];
	struct now now;
	char *text;

	start(&s);
	fixture_case(&s.f, "không ai gọi", id);
	memcpy(s.case_id, id, UUID_SIZE);
	put_problem(&s, "nobody_called", "case", number(&s));
	now = look(&s, "minh");
	CHECK_INT(now.kind, NOW_UNHANDLED);
	CHECK_STR(now.case_id, id);
	text = now_text(&now, s.f.now);
	CHECK(strstr(text, "nobody is called for it") != NULL);
	CHECK(strstr(text, "telephone") != NULL);
	free(text);
	CHECK(strstr(row(&s), "NOBODY IS CALLED") != NULL);
	CHECK(strstr(row(&s), now.number) != NULL);
	/* It is asked of who coordinates; the row says it to all. */
	CHECK(look(&s, "lan").kind != NOW_UNHANDLED);
	/* Between two audits the fact is older than the truth. */
	fixture_as(&s.f, "nam");
	fixture_status(&s.f, id, "acknowledged");
	CHECK(look(&s, "minh").kind != NOW_UNHANDLED);
	CHECK(strstr(row(&s), "NOBODY IS CALLED") == NULL);
	scene_stop(&s);
}

TEST(what_the_engine_itself_cannot_do_is_said_with_where_to_look)
{
	struct call_scene s;
	struct now now;
	char *text;

	start(&s);
	put_problem(&s, "module_failing", "module", "escalate");
	now = look(&s, "minh");
	CHECK_INT(now.kind, NOW_ENGINE_ILL);
	text = now_text(&now, s.f.now);
	CHECK(strstr(text, "escalate") != NULL && strstr(text, "journalctl") != NULL);
	free(text);
	CHECK_STR(row(&s), "ENGINE: escalate FAILS");
	/* A channel that works again is no problem, whatever the last audit said. */
	put_problem(&s, "channel_down", "channel", "mail");
	CHECK(look(&s, "minh").kind != NOW_ENGINE_ILL);
	fixture_sql(s.f.path, "INSERT INTO local_channel (name, state, since, tries, next_at,"
		" reply) VALUES ('mail', 'down', 1, 3, 1, ''), ('sms', 'up', 1, 0, 0, '')");
	CHECK_INT(look(&s, "minh").kind, NOW_ENGINE_ILL);
	CHECK(strstr(row(&s), "CHANNEL Mail DOWN") != NULL ||
		strstr(row(&s), "CHANNEL mail DOWN") != NULL);
	/* Another version's word is no reason to fall. */
	put_problem(&s, "tired", "module", "all");
	CHECK(look(&s, "minh").kind != NOW_ENGINE_ILL);
	put_fact(&s, "no JSON", s.f.now);
	CHECK(look(&s, "minh").kind != NOW_ENGINE_ILL);
	scene_stop(&s);
}

TEST(an_audit_that_is_older_than_it_should_be_is_said)
{
	struct call_scene s;
	struct now now;
	char *text;

	start(&s);
	put_fact(&s, "", s.f.now);
	fixture_later(&s.f, 10 * MINUTE);
	CHECK(look(&s, "minh").kind != NOW_ENGINE_ILL);
	CHECK(strstr(row(&s), "audit") == NULL);
	fixture_later(&s.f, 10 * MINUTE);
	now = look(&s, "minh");
	CHECK_INT(now.kind, NOW_ENGINE_ILL);
	text = now_text(&now, s.f.now);
	CHECK(strstr(text, "20") != NULL && strstr(text, "restart") != NULL);
	free(text);
	CHECK(strstr(row(&s), "ENGINE: no audit since") != NULL);
	scene_stop(&s);
}

/* Nothing is due yet: the next case would find nobody to call for it. */
TEST(an_engine_that_ran_and_stopped_is_missed_before_anything_waits)
{
	struct fixture f;
	struct summary summary;
	char out[ENGINE_ROW_SIZE];
	struct now now;
	char *text;

	fixture_file(&f);
	CHECK_OK(summary_load(&summary, f.desk, &err), err);
	(void)engine_row(out, &summary, f.now, true);
	CHECK_STR(out, "");
	fixture_sql(f.path, "INSERT INTO local_fact (name, value, at)"
		" VALUES ('engine.audit', '', 1)");
	CHECK_OK(summary_load(&summary, f.desk, &err), err);
	(void)engine_row(out, &summary, f.now, true);
	CHECK(strncmp(out, "NO ENGINE since", 15) == 0);
	fixture_as(&f, "minh");
	CHECK_OK(now_find(&now, f.desk, &err), err);
	CHECK_INT(now.kind, NOW_ENGINE_ILL);
	text = now_text(&now, f.now);
	CHECK(strstr(text, "suco serve") != NULL);
	free(text);
	fixture_end(&f);
}

TEST(a_desk_of_an_older_program_says_that_no_rule_calls_anybody)
{
	struct call_scene s;
	struct now now;
	char *text;

	start(&s);
	CHECK(look(&s, "minh").kind != NOW_NO_RULES);
	scene_rule(&s, "s", "{'family': 'severity', 'order': 1, 'source': 'luật', 'when': {},"
		" 'then': {'severity': 2}}");
	CHECK(look(&s, "minh").kind != NOW_NO_RULES);
	fixture_sql(s.f.path, "CREATE TABLE kept AS SELECT * FROM rule;"
		"DELETE FROM rule WHERE family = 'escalation'");
	now = look(&s, "minh");
	CHECK_INT(now.kind, NOW_NO_RULES);
	text = now_text(&now, s.f.now);
	CHECK(strstr(text, "suco rule import escalation") != NULL);
	free(text);
	CHECK(strstr(row(&s), "suco rule import escalation") != NULL);
	CHECK(look(&s, "lan").kind != NOW_NO_RULES);
	fixture_sql(s.f.path, "INSERT INTO rule SELECT * FROM kept WHERE family = 'escalation';"
		"DROP TABLE kept");
	CHECK(look(&s, "minh").kind != NOW_NO_RULES);
	scene_stop(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_case_that_waits_unhandled_is_said_until_somebody_takes_it_on),
		RUN(what_the_engine_itself_cannot_do_is_said_with_where_to_look),
		RUN(an_audit_that_is_older_than_it_should_be_is_said),
		RUN(an_engine_that_ran_and_stopped_is_missed_before_anything_waits),
		RUN(a_desk_of_an_older_program_says_that_no_rule_calls_anybody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
