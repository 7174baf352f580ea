/* Maybe the same: of the same kind first, then of the same system, then the nearest
 * in time; and the system that serves a caller's unit. */
#include "tests/fixture.h"

#include <stdlib.h>
#include <string.h>

#include "core/alike.h"
#include "core/case_open.h"
#include "core/json.h"
#include "core/profile.h"
#include "core/status.h"
#include "core/tin.h"
#include "core/unit_system.h"

#define MINUTE 60000LL

static struct error err;

static void
opened(struct fixture *f, const char *kind, const char *title, const char *asset,
	int64_t ago)
{
	char id[UUID_SIZE];

	CHECK_OK(case_open(f->desk, &(struct case_new){ .kind = kind, .title = title,
		.asset = asset, .detected_at = f->now - ago }, id, &err), err);
}

struct titles {
	char text[400];
};

static bool
take(const struct ir_case *c, void *arg)
{
	struct titles *t = arg;

	if (t->text[0] != '\0') {
		strncat(t->text, "|", sizeof t->text - strlen(t->text) - 1);
	}
	strncat(t->text, c->title, sizeof t->text - strlen(t->text) - 1);
	return true;
}

static struct titles
alike(struct fixture *f, const char *title, const char *kind, const char *asset)
{
	const struct alike_ask ask = { .title = title, .kind = kind, .asset = asset };
	struct titles t = { "" };

	CHECK_OK(alike_each(f->desk, &ask, take, &t, &err), err);
	return t;
}

static void
profile(struct fixture *f)
{
	struct json *report = NULL;
	struct profile *profile = NULL;

	fixture_file(f);
	CHECK_OK(profile_read(&profile, "quangngai", &err), err);
	CHECK_OK(profile_load(f->desk, profile, &report, &err), err);
	json_free(report);
	profile_free(profile);
}

TEST(the_same_kind_comes_first_then_the_same_system_then_the_nearest_in_time)
{
	struct fixture f;
	struct titles t;

	profile(&f);
	opened(&f, "link", "mất mạng xã xa lâu", NULL, 90 * MINUTE);
	opened(&f, "link", "mất mạng xã gần đây", NULL, 5 * MINUTE);
	opened(&f, "link", "mất mạng đúng hệ thống", "LAN-XA", 80 * MINUTE);
	opened(&f, "power", "mất điện đúng hệ thống", "LAN-XA", 2 * MINUTE);
	opened(&f, "software", "mất mạng nhầm loại", NULL, MINUTE);
	t = alike(&f, "mất mạng", "link", "LAN-XA");
	CHECK_STR(t.text, "mất mạng đúng hệ thống|mất mạng xã gần đây|mất mạng xã xa lâu"
		"|mất điện đúng hệ thống|mất mạng nhầm loại");
	/* Nobody knows the kind yet: the system, then the time. */
	t = alike(&f, "mất mạng", "other", "LAN-XA");
	CHECK(strncmp(t.text, "mất điện đúng hệ thống|mất mạng đúng hệ thống|", 40) == 0);
	fixture_end(&f);
}

TEST(one_outage_in_other_words_is_offered_while_it_is_fresh_and_open)
{
	struct fixture f;
	char id[UUID_SIZE];

	profile(&f);
	opened(&f, "link", "đứt đường truyền khu vực phía tây", NULL, 10 * MINUTE);
	CHECK_STR(alike(&f, "không vào được mạng", "link", "").text,
		"đứt đường truyền khu vực phía tây");
	CHECK_STR(alike(&f, "", "link", "").text, "");
	CHECK_STR(alike(&f, "không vào được mạng", "power", "").text, "");
	fixture_later(&f, 3 * 60 * MINUTE);
	CHECK_STR(alike(&f, "không vào được mạng", "link", "").text, "");
	fixture_case(&f, "mất điện phòng máy", id);
	CHECK_STR(alike(&f, "mất điện", "power", "").text, "mất điện phòng máy");
	CHECK_OK(status_set(f.desk, id, &(struct status_change){ .to = "dismissed",
		.verb = "status", .reason = "báo nhầm" }, &err), err);
	CHECK_STR(alike(&f, "mất điện", "power", "").text, "");
	fixture_end(&f);
}

static const char *
system_of(struct fixture *f, const char *unit_kind, const char *unit, const char *kind)
{
	static char code[64];

	CHECK_OK(unit_system(code, sizeof code, f->desk, &(struct unit_asked){
		.unit_kind = unit_kind, .unit = unit, .kind = kind }, &err), err);
	return code;
}

static const char *
system_said(struct fixture *f, const char *unit, const char *words)
{
	static char code[64];

	CHECK_OK(unit_system(code, sizeof code, f->desk, &(struct unit_asked){
		.unit_kind = "unit", .unit = unit, .kind = "link", .words = words }, &err),
		err);
	return code;
}

TEST(many_communes_without_line_lost_the_network_that_theirs_hang_on)
{
	struct fixture f;

	profile(&f);
	CHECK_STR(system_said(&f, "xa-qn-01", "13 xã mất đường truyền từ 21:40"), "TSLCD");
	CHECK_STR(system_said(&f, "xa-qn-01", "nhiều xã mất mạng"), "TSLCD");
	CHECK_STR(system_said(&f, "xa-qn-01", "4 communes without a line"), "TSLCD");
	CHECK_STR(system_said(&f, "xa-qn-01", "1 xã mất đường truyền"), "LAN-XA");
	CHECK_STR(system_said(&f, "xa-qn-01", "mất mạng từ 21:40, xã còn điện"), "LAN-XA");
	/* No network is known for this one, so none that it would hang on. */
	CHECK_STR(system_said(&f, "so-ngoai-vu", "3 đơn vị mất mạng"), "");
	fixture_end(&f);
}

TEST(a_unit_without_connection_is_offered_the_network_that_the_register_names)
{
	struct fixture f;
	struct tin_said said;
	struct tin tin;
	char id[UUID_SIZE];

	profile(&f);
	CHECK_STR(system_of(&f, "unit", "so-02", "link"), "LAN-SO");
	CHECK_STR(system_of(&f, "body", "so_noi_vu", "link"), "LAN-SO");
	CHECK_STR(system_of(&f, "unit", "xa-qn-01", "link"), "LAN-XA");
	/* Its own network before that of all thirteen. */
	CHECK_STR(system_of(&f, "unit", "so-01", "link"), "LAN-SKHCN");
	/* The fourteenth is not among the thirteen; power is no matter of a network. */
	CHECK_STR(system_of(&f, "unit", "so-ngoai-vu", "link"), "");
	CHECK_STR(system_of(&f, "unit", "so-02", "power"), "");
	CHECK_STR(system_of(&f, "", "", "link"), "");
	CHECK_STR(system_of(&f, "body", "viettel", "link"), "");
	CHECK_OK(tin_add(f.desk, &(struct tin_new){ .what = "mất mạng",
		.unit = "Sở Nội vụ", .caller = "Văn thư" }, id, &said, &err), err);
	CHECK_OK(tin_find(&tin, f.desk, id, &err), err);
	CHECK_STR(tin.kind, "link");
	CHECK_STR(tin.asset, "LAN-SO");
	tin_clear(&tin);
	/* What the words name is named by the caller. */
	CHECK_OK(tin_add(f.desk, &(struct tin_new){ .what = "TSLCD mất kết nối",
		.unit = "Sở Nội vụ", .caller = "Văn thư" }, id, &said, &err), err);
	CHECK_OK(tin_find(&tin, f.desk, id, &err), err);
	CHECK_STR(tin.asset, "TSLCD");
	tin_clear(&tin);
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(the_same_kind_comes_first_then_the_same_system_then_the_nearest_in_time),
		RUN(one_outage_in_other_words_is_offered_while_it_is_fresh_and_open),
		RUN(a_unit_without_connection_is_offered_the_network_that_the_register_names),
		RUN(many_communes_without_line_lost_the_network_that_theirs_hang_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
