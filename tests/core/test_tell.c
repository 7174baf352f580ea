/* Who is told: rules, assignments, proposals to contacts, drills. */
#include "tests/test.h"

#include "core/case_open.h"
#include "core/case_set.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/profile.h"
#include "core/tell.h"
#include "core/verify.h"
#include "tests/core/empty_desk.h"

struct found {
	int count;
	struct {
		char role[24], state[16], template[24], name[64];
		int64_t queued_by;
	} rows[40];
};

static bool
keep(const struct message *m, void *arg)
{
	struct found *f = arg;

	if (f->count < 40) {
		(void)snprintf(f->rows[f->count].role, 24, "%s", m->role);
		(void)snprintf(f->rows[f->count].state, 16, "%s", m->state);
		(void)snprintf(f->rows[f->count].template, 24, "%s", m->template);
		(void)snprintf(f->rows[f->count].name, 64, "%s", m->to_name);
		f->rows[f->count++].queued_by = m->queued_by;
	}
	return true;
}

static struct found
messages(struct desk *desk, const char *case_id)
{
	struct found f = { 0 };
	struct error err;

	CHECK_OK(outbox_each(desk, &(struct outbox_filter){ .case_id = case_id }, keep, &f,
		&err), err);
	return f;
}

static int
of_state(const struct found *f, const char *state)
{
	int n = 0;

	for (int i = 0; i < f->count; i++) {
		n += strcmp(f->rows[i].state, state) == 0;
	}
	return n;
}

static struct desk *
province(void)
{
	struct desk *desk = empty_desk();
	struct profile *profile = NULL;
	struct json *report = NULL;
	struct error err;

	CHECK_OK(profile_read(&profile, "quangngai", &err), err);
	CHECK_OK(profile_load(desk, profile, &report, &err), err);
	json_free(report);
	profile_free(profile);
	CHECK_OK(member_add(desk, &(struct member_new){ .login = "minh", .name = "Lê Minh",
		.role = ROLE_COORDINATOR, .mail = "minh@doi.example" }, &err), err);
	CHECK_OK(member_add(desk, &(struct member_new){ .login = "tuan", .name = "Võ Tuấn",
		.role = ROLE_RESPONDER, .mail = "tuan@doi.example" }, &err), err);
	CHECK_OK(member_add(desk, &(struct member_new){ .login = "linh", .name = "Hồ Linh",
		.role = ROLE_RESPONDER }, &err), err);
	return desk;
}

static bool
name_the_body(const struct message *m, void *arg)
{
	struct json *vars = NULL;
	struct error err;

	if (strcmp(m->template, "bao_cao_nhanh") == 0) {
		CHECK_OK(json_parse(&vars, m->vars, strlen(m->vars), NULL, &err), err);
		CHECK(strchr(json_get_text(vars, "body"), ' ') != NULL);
		CHECK(strchr(json_get_text(vars, "body"), '_') == NULL);
		json_free(vars);
		++*(int *)arg;
	}
	return true;
}

/* "Kính gửi UBND tỉnh Quảng Ngãi", never "Kính gửi ubnd_tinh". */
static void
check_addressed(struct desk *desk, const char *case_id)
{
	struct error err;
	int letters = 0;

	CHECK_OK(outbox_each(desk, &(struct outbox_filter){ .case_id = case_id },
		name_the_body, &letters, &err), err);
	CHECK(letters > 0);
}

static void
open_power(struct desk *desk, bool drill, char id[UUID_SIZE])
{
	struct error err;

	CHECK_OK(case_open(desk, &(struct case_new){ .kind = "power", .asset = "TTDL",
		.title = "Mất điện trạm chính TTDL", .drill = drill }, id, &err), err);
}

TEST(a_new_case_tells_the_coordinator_and_proposes_the_electricity_supplier)
{
	struct desk *desk = province();
	struct verify_result result = { 0 };
	struct found f;
	struct error err;
	char id[UUID_SIZE];
	bool dien = false;

	open_power(desk, false, id);
	f = messages(desk, id);
	CHECK_INT(of_state(&f, "queued"), 1);
	CHECK(of_state(&f, "held") >= 4);
	for (int i = 0; i < f.count; i++) {
		dien = dien || (strcmp(f.rows[i].role, "dien") == 0 &&
			strcmp(f.rows[i].state, "held") == 0);
		CHECK(f.rows[i].queued_by > 0);
	}
	CHECK(dien);
	check_addressed(desk, id);
	CHECK_OK(tell_release(desk, id, "dien", &err), err);
	f = messages(desk, id);
	CHECK_INT(of_state(&f, "queued"), 2);
	CHECK_ERR(tell_release(desk, id, "ca_anm", &err), err, ERR_REFUSED);
	CHECK_OK(verify_replay(desk, &result, &err), err);
	CHECK(result.replay_ok);
	desk_close(desk);
}

TEST(who_is_given_a_case_is_told_once_and_never_of_his_own_act)
{
	struct desk *desk = province();
	struct found f;
	struct error err;
	char id[UUID_SIZE];
	int before;

	open_power(desk, false, id);
	before = messages(desk, id).count;
	CHECK_OK(case_assign(desk, id, "tuan", &err), err);
	CHECK_OK(case_assign(desk, id, "tuan", &err), err);
	f = messages(desk, id);
	CHECK_INT(f.count, before + 1);
	CHECK_STR(f.rows[0].template, "phan_cong");
	CHECK_OK(case_assign(desk, id, desk_me(desk)->login, &err), err);
	CHECK_INT(messages(desk, id).count, before + 1);
	desk_close(desk);
}

TEST(a_member_without_an_address_is_a_failed_message_not_silence)
{
	struct desk *desk = province();
	struct found f;
	struct error err;
	char id[UUID_SIZE];

	open_power(desk, false, id);
	CHECK_OK(case_assign(desk, id, "linh", &err), err);
	f = messages(desk, id);
	CHECK_STR(f.rows[0].state, "failed");
	desk_close(desk);
}

TEST(a_drill_reaches_no_contact_and_holds_what_is_for_members)
{
	struct desk *desk = province();
	struct found f;
	char id[UUID_SIZE];

	open_power(desk, true, id);
	f = messages(desk, id);
	CHECK_INT(f.count, 1);
	CHECK_STR(f.rows[0].role, "");
	CHECK_STR(f.rows[0].state, "held");
	desk_close(desk);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(a_new_case_tells_the_coordinator_and_proposes_the_electricity_supplier),
		RUN(who_is_given_a_case_is_told_once_and_never_of_his_own_act),
		RUN(a_member_without_an_address_is_a_failed_message_not_silence),
		RUN(a_drill_reaches_no_contact_and_holds_what_is_for_members),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
