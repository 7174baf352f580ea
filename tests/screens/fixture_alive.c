/* fixture_alive.c adds a coordination table, and systems that are not well, to a
 * desk of the screen tests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/asset.h"
#include "core/case.h"
#include "core/evidence.h"
#include "core/json.h"
#include "core/rule.h"
#include "tests/screens/fixtures.h"

#define WORDS(vi, en) "{\"vi\":\"" vi "\",\"en\":\"" en "\"}"

static const struct fixture_thing things[] = {
	{ rule_add, "phoi-hop-dien-4", "{\"family\":\"coordination\",\"order\":10,"
		"\"when\":{\"kind\":\"power\",\"severity\":4},\"then\":{"
		"\"lead\":" WORDS("Kỹ thuật trực TTDL", "Data-centre technician") ","
		"\"support\":" WORDS("Trực ca, bên điện, Văn phòng UBND tỉnh",
			"Watch officer, electricity supplier, Office of the PPC") ","
		"\"channel\":" WORDS("Điện thoại (thư có thể ngừng)",
			"Telephone (mail may stop)") ","
		"\"limit\":\"10m\",\"report\":" WORDS("Lãnh đạo Sở ngay; 60 phút một lần",
			"Department head at once; every 60 minutes") "},"
		"\"source\":\"Quy chế phối hợp\"}" },
	{ rule_add, "phoi-hop-mang", "{\"family\":\"coordination\",\"order\":20,"
		"\"when\":{\"kind\":\"link\",\"severity\":{\"min\":1,\"max\":3}},\"then\":{"
		"\"lead\":" WORDS("Phòng BCVT&CĐS", "Post-telecom division") ","
		"\"support\":" WORDS("Doanh nghiệp viễn thông, đầu mối cấp xã",
			"Telecom operator, commune contacts") ","
		"\"limit\":\"2h\"},\"source\":\"Quy chế phối hợp\"}" },
	{ rule_add, "phoi-hop-khac", "{\"family\":\"coordination\",\"order\":90,"
		"\"when\":{},\"then\":{"
		"\"lead\":" WORDS("Trực ca", "Watch officer") ","
		"\"support\":" WORDS("Cơ quan bị sự cố", "The agency hit") "},"
		"\"source\":\"Quy chế phối hợp\"}" },
	{ rule_add, "bao-cao-nam", "{\"family\":\"periodic\",\"order\":10,\"when\":{},"
		"\"then\":{\"title\":" WORDS("Báo cáo năm (Mẫu số 08) gửi chủ quản, trước 20/12",
			"Yearly report (form 08) to the owner, before 20/12") ","
		"\"every\":\"year\",\"due\":\"before 20/12\",\"remind\":\"30d\"},"
		"\"source\":\"NĐ 331/2026/NĐ-CP Đ35\"}" },
	{ rule_add, "sao-luu-lgsp", "{\"family\":\"periodic\",\"order\":20,\"when\":{},"
		"\"then\":{\"title\":" WORDS("Kiểm tra bản sao lưu CSDL LGSP trên NAS",
			"Check the daily backup of the LGSP database") ","
		"\"every\":\"day\",\"remind\":\"12h\"},\"source\":\"S000\"}" },
	{ asset_set, "LGSP", "{\"state\":\"no_standby\"}" },
	{ asset_set, "TTDL", "{\"state\":\"down\"}" },
};

/* A file of a folder of its own: only the name is shown. */
static void
add_evidence(struct desk *desk, const char *name, const char *text)
{
	char folder[] = "/tmp/suco-screens-evidence-XXXXXX";
	struct error err = ERROR_INIT;
	struct ir_case c = { 0 };
	char path[80];
	bool stored;
	FILE *file;
	int n;

	if (mkdtemp(folder) == NULL) {
		exit(1);
	}
	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "we");
	if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0
		|| !case_find(&c, desk, "3", &err)
		|| !evidence_add(desk, c.id, path, "", &n, &stored, &err)) {
		fprintf(stderr, "fixture: evidence: %s\n", err.message);
		exit(1);
	}
	case_clear(&c);
	(void)unlink(path);
	(void)rmdir(folder);
}

void
fixture_alive(struct desk *desk)
{
	fixture_put(desk, things, sizeof things / sizeof *things);
	add_evidence(desk, "nhat-ky.log", "02:14 48 phút\n");
	add_evidence(desk, "anh-man-hinh.png", "PNG\n");
}
