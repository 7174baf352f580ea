/* The engine's audit: what it finds is written down, and that it looked. */
#include "tests/test.h"

#include <stdio.h>

#include "core/engine_audit.h"
#include "serve/heartbeat.h"
#include "serve/serve.h"
#include "tests/notify/scene.h"

static const struct serve_module *const table[] = { &module_deliver, NULL };

static void
begin(struct scene *s, struct serve *serve)
{
	scene_begin(s);
	*serve = (struct serve){ .desk = s->f.desk, .deliver = s->deliver, .table = table,
		.config = config_read("none", "", 0) };
}

static void
audit(struct serve *serve)
{
	struct error err;
	int64_t next_at = 0;

	CHECK_OK(module_audit.run(serve, &next_at, &err), err);
	heartbeat_stop(serve);
}

static struct engine_audit
read_back(struct scene *s)
{
	struct engine_audit out;
	struct error err;

	CHECK_OK(engine_audit_read(&out, s->f.desk, &err), err);
	return out;
}

TEST(that_it_looked_is_written_again_after_five_minutes_and_no_sooner)
{
	struct scene s;
	struct serve serve;
	struct engine_audit first;

	begin(&s, &serve);
	CHECK_INT(read_back(&s).at, 0);
	audit(&serve);
	first = read_back(&s);
	CHECK_INT(first.at, s.f.now);
	fixture_later(&s.f, 4 * 60000);
	audit(&serve);
	CHECK_INT(read_back(&s).at, first.at);
	fixture_later(&s.f, 60000);
	audit(&serve);
	CHECK_INT(read_back(&s).at, first.at + 5 * 60000);
	CHECK(!read_back(&s).old);
	fixture_later(&s.f, ENGINE_AUDIT_OLD_MS + 1);
	CHECK(read_back(&s).old);
	config_free(serve.config);
	scene_end(&s);
}

TEST(a_module_that_fails_again_and_again_is_a_problem_with_its_name)
{
	struct scene s;
	struct serve serve;
	struct engine_audit found;

	begin(&s, &serve);
	audit(&serve);
	CHECK(read_back(&s).worst == NULL);
	serve.modules[0].failed = 3;
	fixture_later(&s.f, 60000);
	audit(&serve);
	found = read_back(&s);
	CHECK_INT(found.at, s.f.now);
	CHECK_INT(found.count, 1);
	CHECK_STR(found.worst->word, "module_failing");
	CHECK_STR(found.what, "deliver");
	serve.modules[0].failed = 0;
	serve.calls_failed = 2;
	audit(&serve);
	CHECK_STR(read_back(&s).worst->word, "calls_failed");
	config_free(serve.config);
	scene_end(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(that_it_looked_is_written_again_after_five_minutes_and_no_sooner),
		RUN(a_module_that_fails_again_and_again_is_a_problem_with_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
