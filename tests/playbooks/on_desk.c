/* on_desk.c owns the desk, the case and the hands that tests of the player
 * use. */
#include "tests/test.h"
#include "tests/playbooks/on_desk.h"

#include "core/case_open.h"
#include "core/member.h"
#include "core/verify.h"

int64_t now_ms;
struct desk *desk;
char case_id[UUID_SIZE];
struct error err;

static int64_t
injected(void *arg)
{
	(void)arg;
	return now_ms;
}

static void
add_member(const char *login)
{
	CHECK_OK(member_add(desk, &(struct member_new){ .login = login,
		.name = "Lê Văn Bình", .role = ROLE_RESPONDER }, &err), err);
}

void
begin_desk(const char *kind)
{
	const struct desk_new what = {
		.url = ":memory:", .name = "Thử", .zone = "Asia/Ho_Chi_Minh",
		.login = "ha", .full_name = "Trần Thị Hà",
		.clock = { .now = injected },
	};

	now_ms = INT64_C(1795198200000); /* 21/11/2026 02:10 +07:00 */
	CHECK_OK(desk_create(&desk, &what, &err), err);
	add_member("binh");
	CHECK_OK(case_open(desk, &(struct case_new){
		.kind = kind, .title = "Mất điện trạm chính TTDL, chạy ắc quy",
	}, case_id, &err), err);
}

void
check_whole(void)
{
	struct verify_result result = { 0 };

	CHECK_OK(verify_chain(desk, NULL, &result, &err), err);
	CHECK_OK(verify_replay(desk, &result, &err), err);
	if (!result.chain_ok || !result.replay_ok) {
		fail_msg("%lld %s %s %s: %s", (long long)result.first.seq,
			result.first.table, result.first.id, result.first.field,
			result.first.text);
	}
}

void
end_desk(void)
{
	check_whole();
	desk_close(desk);
	desk = NULL;
}

bool
try_step(const char *step, enum run_action action, const char *note,
	const char *answers)
{
	struct json *values = NULL;
	struct step_act act = { .action = action, .note = note };

	if (answers != NULL) {
		CHECK_OK(json_parse(&values, answers, strlen(answers), NULL, &err),
			err);
	}
	act.values = values;
	bool ok = player_step(desk, case_id, step, &act, &err);
	json_free(values);
	return ok;
}

void
done(const char *step, const char *answers)
{
	now_ms += 1000;
	CHECK_OK(try_step(step, RUN_DONE, NULL, answers), err);
}

struct ir_case
the_case(void)
{
	struct ir_case c = { 0 };

	CHECK_OK(case_load(&c, desk, case_id, &err), err);
	return c;
}

int
begin(const char *spec)
{
	int n = 0;

	CHECK_OK(player_begin(desk, case_id, spec, &n, &err), err);
	return n;
}

void
first_steps(void)
{
	done("1", "{\"gio_mat_dien\":\"02:05\",\"nguoi_bao\":\"?\"}");
	done("2", "{\"pham_vi\":\"phong_may\",\"phut_con_dien\":\"45\","
		"\"nhiet_do\":\"24\"}");
	done("3", "{\"an_toan\":\"co\"}");
}
