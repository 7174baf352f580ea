/* Assets: facts with sources, what is missing, what hangs on what. */
#include "tests/core/empty_desk.h"

#include "core/asset.h"

static bool
add(struct desk *desk, const char *code, const char *text, struct error *err)
{
	struct json *given = quoted_json(text);
	bool ok = asset_add(desk, code, given, err);

	json_free(given);
	return ok;
}

static bool
set(struct desk *desk, const char *code, const char *text, struct error *err)
{
	struct json *given = quoted_json(text);
	bool ok = asset_set(desk, code, given, err);

	json_free(given);
	return ok;
}

static struct json *
show(struct desk *desk, const char *code)
{
	struct json *asset = NULL;
	struct error err;

	CHECK_OK(asset_show(desk, code, &asset, &err), err);
	return asset;
}

TEST(what_nobody_said_is_missing_and_counted)
{
	struct desk *desk = empty_desk();
	struct json *asset;
	struct error err;
	int missing = 0;

	CHECK_OK(add(desk, "TTDL", "{'name': 'Trung tâm dữ liệu', 'level': '3',"
		" 'operator': 'TT CĐS', 'rack': '-', 'source': 'QĐ 1091'}", &err), err);
	asset = show(desk, "TTDL");
	CHECK_INT(json_get_int(asset, "level", 0), 3);
	CHECK_STR(json_get_text(asset, "operator"), "TT CĐS");
	CHECK_STR(json_get_text(asset, "source"), "QĐ 1091");
	CHECK(json_is(json_get(asset, "rack"), JSON_NULL));
	CHECK_INT(json_count(json_get(asset, "missing")), 18);
	json_free(asset);
	CHECK_OK(set(desk, "TTDL", "{'standby': 'no', 'level': 'unknown'}", &err), err);
	CHECK_OK(asset_missing(desk, &missing, &err), err);
	CHECK_INT(missing, 18);
	check_whole(desk);
	desk_close(desk);
}

TEST(a_change_of_state_keeps_since_when)
{
	struct desk *desk = empty_desk();
	struct json *asset;
	struct error err;

	CHECK_OK(add(desk, "LGSP", "{'name': 'LGSP', 'level': 'unknown'}", &err), err);
	empty_desk_now += 60000;
	CHECK_OK(set(desk, "LGSP", "{'state': 'no_standby'}", &err), err);
	asset = show(desk, "LGSP");
	CHECK_STR(json_get_text(asset, "state"), "no_standby");
	CHECK_INT(json_get_int(asset, "state_since", 0), empty_desk_now);
	json_free(asset);
	CHECK_ERR(set(desk, "LGSP", "{'state': 'burning'}", &err), err, ERR_BAD_INPUT);
	check_whole(desk);
	desk_close(desk);
}

static struct desk *
small_register(void)
{
	struct desk *desk = empty_desk();
	struct error err;

	CHECK_OK(add(desk, "UPS", "{'name': 'UPS'}", &err), err);
	CHECK_OK(add(desk, "TTDL", "{'name': 'TTDL', 'depends-on': 'UPS:assumed'}", &err),
		err);
	CHECK_OK(add(desk, "LGSP", "{'name': 'LGSP', 'depends_on': 'TTDL',"
		" 'standby': {'value': 'yes', 'text': 'hai máy chủ', 'source': 'S000'}}",
		&err), err);
	CHECK_OK(add(desk, "TTHC",
		"{'name': 'TTHC', 'depends_on': 'TTDL:assumed,LGSP'}", &err), err);
	return desk;
}

TEST(dependants_are_found_through_others_documented_or_assumed)
{
	struct desk *desk = small_register();
	struct json *list = NULL;
	struct error err;

	CHECK_OK(asset_dependants(desk, "TTDL", &list, &err), err);
	CHECK_INT(json_count(list), 2);
	CHECK_STR(json_get_text(json_at(list, 0), "code"), "LGSP");
	CHECK(!json_get_bool(json_at(list, 0), "assumed"));
	CHECK_STR(json_get_text(json_at(list, 0), "standby"), "yes");
	CHECK_STR(json_get_text(json_at(list, 0), "standby_text"), "hai máy chủ");
	/* Documented, since LGSP is on TTDL and TTHC on LGSP. */
	CHECK_STR(json_get_text(json_at(list, 1), "code"), "TTHC");
	CHECK(!json_get_bool(json_at(list, 1), "assumed"));
	CHECK_INT(json_get_int(json_at(list, 1), "depth", 0), 1);
	json_free(list);
	CHECK_OK(asset_dependants(desk, "UPS", &list, &err), err);
	CHECK_INT(json_count(list), 3);
	CHECK(json_get_bool(json_at(list, 2), "assumed"));
	json_free(list);
	CHECK_ERR(asset_dependants(desk, "NIX", &list, &err), err, ERR_NOT_FOUND);
	check_whole(desk);
	desk_close(desk);
}

TEST(a_circle_is_refused_and_named)
{
	struct desk *desk = small_register();
	struct json *asset;
	struct error err;

	CHECK_ERR(set(desk, "UPS", "{'depends_on': 'TTHC', 'note': 'x'}", &err), err,
		ERR_REFUSED);
	CHECK(strstr(err.message, "UPS -> TTHC -> ") != NULL ||
		strstr(err.message, "TTHC") != NULL);
	CHECK_ERR(set(desk, "UPS", "{'depends_on': 'UPS'}", &err), err, ERR_REFUSED);
	asset = show(desk, "UPS");
	CHECK_INT(json_count(json_get(asset, "depends_on")), 0);
	CHECK(json_is(json_get(asset, "note"), JSON_NULL));
	json_free(asset);
	check_whole(desk);
	desk_close(desk);
}

TEST(bad_assets_are_refused)
{
	static const struct {
		const char *given;
		enum error_code code;
	} bad[] = {
		{ "{'level': '3'}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'level': '6'}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'level': 'three'}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'users': '-1'}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'standby': 'perhaps'}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'kind': 'toaster'}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'owner': ['a']}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'owner': {'value': 'a', 'who': 'b'}}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'owner': {'value': 'a', 'contact': 'z'}}", ERR_NOT_FOUND },
		{ "{'name': 'x', 'depends_on': 'NIX'}", ERR_NOT_FOUND },
		{ "{'name': 'x', 'depends_on': 'TTDL:maybe'}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'depends_on': 'TTDL,TTDL'}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'links': 'fast'}", ERR_BAD_INPUT },
		{ "{'name': 'x', 'counts': [{'what': 'y', 'number': -1, 'source': 's'}]}",
		  ERR_BAD_INPUT },
		{ "{'name': 'x', 'colour': 'red'}", ERR_BAD_INPUT },
	};
	struct desk *desk = small_register();
	struct error err;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (add(desk, "X", bad[i].given, &err)) {
			fail_msg("taken: %s", bad[i].given);
		}
		CHECK_INT(err.code, bad[i].code);
	}
	check_whole(desk);
	desk_close(desk);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RUN(what_nobody_said_is_missing_and_counted),
		RUN(a_change_of_state_keeps_since_when),
		RUN(dependants_are_found_through_others_documented_or_assumed),
		RUN(a_circle_is_refused_and_named),
		RUN(bad_assets_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
