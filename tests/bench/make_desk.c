/* Makes a deterministic desk of realistic Vietnamese cases for the benchmark:
 * make_desk FILE CASES.  5 kinds, 200 assets, 200 members, 5 events a case,
 * 3 % open.  Everything goes through the real acts, so that the chain holds. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/case_open.h"
#include "core/case_set.h"
#include "core/change.h"
#include "core/desk.h"
#include "core/login.h"
#include "core/member.h"
#include "core/note.h"
#include "core/status.h"
#include "core/task.h"

#define MEMBERS 200
#define BATCH 500

static int64_t now_ms = 1700000000000;

static int64_t
injected(void *arg)
{
	(void)arg;
	return now_ms;
}

/* xorshift: the same desk every time. */
static uint64_t seed = 88172645463325252U;

static uint64_t
random_below(uint64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % n;
}

static const char *const kinds[] = { "hardware", "software", "attack", "link", "power" };
static const char *const what[] = {
	"Mất điện", "Mất kết nối đường truyền", "Lỗi ổ cứng máy chủ", "Không đăng nhập được",
	"Trang bị chèn nội dung lạ", "Mã hóa dữ liệu", "Thư giả mạo gửi hàng loạt",
	"Hồ sơ không đồng bộ", "Máy chủ chạy chậm", "Nhiệt độ phòng máy cao",
};
static const char *const where[] = {
	"Trung tâm dữ liệu tỉnh", "trục tích hợp LGSP", "hệ thống một cửa", "thư công vụ",
	"UBND xã", "UBND phường", "Sở Khoa học và Công nghệ", "cổng thông tin điện tử",
	"hội nghị truyền hình", "mạng truyền số liệu chuyên dùng",
};
static const char *const notes[] = {
	"đã gọi kỹ thuật trực, đang kiểm tra tại chỗ, ắc quy còn đủ",
	"doanh nghiệp viễn thông hẹn nối lại trong buổi sáng, số phiếu đã ghi",
	"đã khởi động lại dịch vụ một lần, theo dõi thêm ba mươi phút",
	"người báo xác nhận dịch vụ chạy lại bình thường, không mất hồ sơ",
};

#define PICK(list) (list)[random_below(sizeof(list) / sizeof *(list))]

static void
die(const struct error *err)
{
	(void)fprintf(stderr, "make_desk: %s (%s)\n", err->message, err->cause);
	exit(1);
}

static void
add_members(struct desk *desk)
{
	struct error err;

	for (int i = 0; i < MEMBERS; i++) {
		char login[16];
		char name[64];
		char mail[48];

		(void)snprintf(login, sizeof login, "tv%03d", i);
		(void)snprintf(name, sizeof name, "Nguyễn Văn Mẫu %03d", i);
		(void)snprintf(mail, sizeof mail, "tv%03d@doi.example", i);
		if (!member_add(desk, &(struct member_new){ .login = login, .name = name,
			    .role = ROLE_RESPONDER, .mail = mail }, &err)) {
			die(&err);
		}
	}
}

static void
one_case(struct desk *desk, int number, bool open)
{
	struct error err;
	char title[200];
	char login[16];
	char id[UUID_SIZE];
	bool ok;

	(void)snprintf(title, sizeof title, "%s tại %s số %d", PICK(what), PICK(where),
		number % 1000);
	(void)snprintf(login, sizeof login, "tv%03d", (int)random_below(MEMBERS));
	now_ms += 1 + (int64_t)random_below(600000);
	ok = case_open(desk, &(struct case_new){ .kind = PICK(kinds), .title = title,
		.owner = login }, id, &err) &&
		severity_decide(desk, id, 1 + (int)random_below(4), "theo bảng gợi ý", &err) &&
		note_add(desk, id, &(struct note_new){ .text = PICK(notes) }, &err);
	if (ok && open) {
		int n;

		ok = status_set(desk, id, &(struct status_change){ .to = "acknowledged",
			.verb = "ack" }, &err) &&
			task_add(desk, id, &(struct task_new){ .title = "gọi lại người báo",
				.due_at = now_ms + (int64_t)random_below(864000000) }, &n, &err);
	} else if (ok) {
		ok = reportable_decide(desk, id, "no", "không gián đoạn dịch vụ", &err) &&
			status_set(desk, id, &(struct status_change){ .to = "recovered",
				.verb = "status", .reason = "đã xử lý tại chỗ" }, &err) &&
			status_set(desk, id, &(struct status_change){ .to = "closed",
				.verb = "close", .cause = "thiết bị cũ", .result = "đã khôi phục",
				.lessons = "kiểm tra định kỳ" }, &err);
	}
	if (!ok) {
		die(&err);
	}
}

int
main(int argc, char **argv)
{
	struct error err;
	struct desk *desk = NULL;
	char *login = NULL;
	int cases;

	if (argc != 3) {
		(void)fprintf(stderr, "usage: make_desk FILE CASES\n");
		return 2;
	}
	cases = (int)strtol(argv[2], NULL, 10);
	if (!login_name(&login, &err) ||
	    !desk_create(&desk, &(struct desk_new){ .url = argv[1], .name = "Đo tốc độ",
		    .zone = "Asia/Ho_Chi_Minh", .login = login, .full_name = login,
		    .clock = { .now = injected } }, &err)) {
		die(&err);
	}
	add_members(desk);
	for (int i = 0; i < cases; i++) {
		if (i % BATCH == 0 && !change_begin(desk, &err)) {
			die(&err);
		}
		one_case(desk, i, random_below(100) < 3 || i >= cases - 12);
		if ((i % BATCH == BATCH - 1 || i == cases - 1) && !change_end(desk, true, &err)) {
			die(&err);
		}
	}
	desk_close(desk);
	free(login);
	return 0;
}
