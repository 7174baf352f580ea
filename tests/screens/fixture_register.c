/* fixture_register.c adds a small register to a desk of the screen tests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/json.h"
#include "core/rule.h"
#include "core/setting.h"
#include "tests/screens/fixtures.h"

static const struct fixture_thing things[] = {
	{ asset_set, "TTDL", "{\"owner\":\"Sở KH&CN\",\"operator\":\"Trung tâm CNTT\","
		"\"standby\":\"no\",\"source\":\"Quyết định 12/QĐ, phụ lục 1\"}" },
	{ asset_set, "LGSP", "{\"state\":\"no_standby\",\"standby\":\"yes\","
		"\"supplier\":\"-\",\"source\":\"\\u001b[31mBáo cáo 7/2026\"}" },
	{ contact_add, "dien", "{\"name\":\"Trực điều độ điện lực\",\"class\":\"body\","
		"\"mail\":\"t@d.example\",\"phone\":\"0900 000 222\","
		"\"verified_at\":\"2026-10-01\",\"source\":\"Công văn 5\"}" },
	{ contact_add, "vien-thong", "{\"name\":\"Trực mạng TSLCD\",\"class\":\"body\","
		"\"valid_to\":\"2026-06-30\"}" },
	{ contact_add, "chu-quan", "{\"name\":\"Đầu mối chủ quản\",\"class\":\"body\"}" },
	{ group_add, "luoi-dien", "{\"name\":\"Bên điện\",\"of\":\"contact\","
		"\"members\":[\"dien\",\"vien-thong\"],\"source\":\"Quy chế phối hợp\"}" },
	{ rule_add, "muc-ttdl", "{\"family\":\"severity\",\"order\":10,"
		"\"when\":{\"kind\":\"power\",\"asset\":\"TTDL\"},"
		"\"then\":{\"severity\":4,\"why\":{\"vi\":\"mọi hệ thống của tỉnh\","
		"\"en\":\"every system\"}},"
		"\"source\":\"Kế hoạch ứng phó\"}" },
	{ rule_add, "muc-tan-cong", "{\"family\":\"severity\",\"order\":20,"
		"\"when\":{\"kind\":\"attack\"},"
		"\"then\":{\"severity\":3,\"why\":{\"vi\":\"tấn công\",\"en\":\"attack\"}},"
		"\"source\":\"Kế hoạch ứng phó\"}" },
};

void
fixture_register(struct desk *desk)
{
	struct error err = ERROR_INIT;

	fixture_put(desk, things, sizeof things / sizeof *things);
	if (!setting_set(desk, "watch", "tuan", &err)
		|| !setting_set(desk, "agent.truc-ca", "member:linh", &err)) {
		fprintf(stderr, "fixture: %s\n", err.message);
		exit(1);
	}
}
