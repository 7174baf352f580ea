/* fixtures.c makes the desks of the screen tests. */
#include "tests/screens/fixtures.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/asset.h"
#include "core/case_open.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/json.h"
#include "core/mem.h"
#include "core/member.h"
#include "core/note.h"
#include "core/status.h"
#include "playbooks/player.h"

int64_t screens_now = INT64_C(1795201800000);

int64_t
screens_clock(void *arg)
{
	(void)arg;
	return screens_now;
}

static void
check(bool ok, const struct error *err)
{
	if (!ok) {
		fprintf(stderr, "fixture: %s %s\n", err->message, err->cause);
		exit(1);
	}
}

static void
add_member(struct desk *desk, const char *login, const char *name, enum role role)
{
	struct error err = ERROR_INIT;
	const struct member_new what = { .login = login, .name = name, .role = role,
		.phone = "0900 000 118", .mail = "x@doi.example" };

	check(member_add(desk, &what, &err), &err);
}

static void
add_asset(struct desk *desk, const char *code, const char *json)
{
	struct error err = ERROR_INIT;
	struct json *given = NULL;

	check(json_parse(&given, json, strlen(json), NULL, &err), &err);
	check(asset_add(desk, code, given, &err), &err);
	json_free(given);
}

static void
add_case(struct desk *desk, const char *kind, const char *title, const char *asset,
	const char *owner, char id[UUID_SIZE])
{
	struct error err = ERROR_INIT;
	const struct case_new what = { .kind = kind, .title = title, .asset = asset,
		.owner = owner, .detected_at = screens_now };

	check(case_open(desk, &what, id, &err), &err);
	screens_now += 60000;
}

static void
three(struct desk *desk)
{
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];
	int n;

	add_asset(desk, "TTDL", "{\"name\":\"Trung tâm dữ liệu tỉnh\",\"level\":3}");
	add_asset(desk, "LGSP", "{\"name\":\"Nền tảng tích hợp LGSP\",\"level\":3,"
		"\"depends_on\":\"TTDL\"}");
	add_asset(desk, "WEB-XA", "{\"name\":\"Trang thông tin xã\",\"level\":2,"
		"\"depends_on\":\"TTDL:assumed\"}");
	add_case(desk, "attack", "Trang xã hiện nội dung cờ bạc", "WEB-XA", "tuan", id);
	check(severity_decide(desk, id, 2, "một trang, không lộ dữ liệu", &err), &err);
	add_case(desk, "link", "13 xã mất kết nối TSLCD", NULL, "", id);
	screens_now += 5 * 60000;
	add_case(desk, "power", "Mất điện Trung tâm dữ liệu tỉnh", "TTDL", "ha", id);
	check(status_set(desk, id, &(struct status_change){ .to = "acknowledged",
		.verb = "ack" }, &err), &err);
	check(severity_decide(desk, id, 4, "chạy ắc quy, mọi hệ thống của tỉnh", &err),
		&err);
	check(player_begin(desk, id, "PA-MD", &n, &err), &err);
	check(note_add(desk, id, &(struct note_new){ .text = "gọi Văn phòng UBND: đã nghe" },
		&err), &err);
	screens_now += 4 * 60000;
}

static void
many(struct desk *desk)
{
	struct error err = ERROR_INIT;
	char id[UUID_SIZE];

	check(change_begin(desk, &err), &err);
	for (int i = 1; i <= 500; i++) {
		char title[64];

		snprintf(title, sizeof(title), "Sự cố thử số %d", i);
		add_case(desk, "software", title, NULL, i % 3 == 0 ? "tuan" : "ha", id);
	}
	check(change_end(desk, true, &err), &err);
}

static char *
desk_path(const char *folder)
{
	return xasprintf("%s/desk.db", folder);
}

struct desk *
screens_reopen(const char *folder, const char *login)
{
	struct error err = ERROR_INIT;
	struct desk *desk = NULL;
	char *path = desk_path(folder);
	const struct desk_options options = { .url = path, .login = login,
		.clock = { screens_clock, NULL } };

	check(desk_open(&desk, &options, &err), &err);
	free(path);
	return desk;
}

struct desk *
screens_fixture(const char *name, const char *folder)
{
	struct error err = ERROR_INIT;
	struct desk *desk = NULL;
	char *path = desk_path(folder);
	const struct desk_new what = { .url = path, .name = "Đội ứng cứu thử",
		.zone = "Asia/Ho_Chi_Minh", .login = "ha", .full_name = "Trần Thị Hà",
		.clock = { screens_clock, NULL } };

	check(desk_create(&desk, &what, &err), &err);
	free(path);
	add_member(desk, "tuan", "Nguyễn Anh Tuấn", ROLE_RESPONDER);
	add_member(desk, "linh", "Phạm Mai Linh", ROLE_RESPONDER);
	if (strcmp(name, "three") == 0) {
		three(desk);
	} else if (strcmp(name, "many") == 0) {
		many(desk);
	} else if (strcmp(name, "told") == 0) {
		add_member(desk, "xem", "Đỗ Thị Xem", ROLE_VIEWER);
		three(desk);
		fixture_told(desk);
	} else if (strcmp(name, "register") == 0) {
		add_member(desk, "xem", "Đỗ Thị Xem", ROLE_VIEWER);
		three(desk);
		fixture_register(desk);
	} else if (strcmp(name, "callers") == 0) {
		three(desk);
		fixture_callers(desk);
	} else if (strcmp(name, "commands") == 0) {
		three(desk);
		fixture_commands(desk);
	} else if (strcmp(name, "hand") == 0) {
		three(desk);
		fixture_hand(desk);
	} else if (strcmp(name, "roster") == 0) {
		add_member(desk, "minh", "Lê Quang Minh", ROLE_COORDINATOR);
		three(desk);
		fixture_roster(desk);
	} else if (strcmp(name, "called") == 0) {
		add_member(desk, "minh", "Lê Quang Minh", ROLE_COORDINATOR);
		three(desk);
		fixture_called(desk);
	} else if (strcmp(name, "waits") == 0) {
		three(desk);
		fixture_waits(desk);
	} else if (strcmp(name, "alive") == 0) {
		three(desk);
		fixture_alive(desk);
	} else if (strcmp(name, "clocks") == 0) {
		three(desk);
		fixture_clocks(desk);
	} else if (strcmp(name, "points") == 0) {
		fixture_points(desk);
	} else if (strcmp(name, "shift") == 0) {
		three(desk);
		fixture_shift(desk);
	}
	return desk;
}

void
screens_crash(struct app *app)
{
	/* The drafts' folder is hidden from the last save. */
	app_forget_drafts(app);
	(void)app_free(app, 1000);
}

static void
remove_all(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		char *path = xasprintf("%s/%s", folder, entry->d_name);

		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0
			&& unlink(path) != 0) {
			remove_all(path);
		}
		free(path);
	}
	if (dir != NULL) {
		closedir(dir);
	}
	(void)rmdir(folder);
}

void
screens_clean(const char *folder)
{
	if (strncmp(folder, "/tmp/suco-screens-", 18) == 0) {
		remove_all(folder);
	}
}

void
fixture_put(struct desk *desk, const struct fixture_thing *things, size_t count)
{
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < count; i++) {
		struct json *given = NULL;

		if (!json_parse(&given, things[i].given, strlen(things[i].given), NULL, &err)
			|| !things[i].put(desk, things[i].key, given, &err)) {
			fprintf(stderr, "fixture %s: %s %s\n", things[i].key, err.message,
				err.cause);
			exit(1);
		}
		json_free(given);
	}
}
