/* fixture_commands.c adds a plan that wants to know an address before it begins and
 * has commands for machines, with secrets in them and a sequence that would paint the
 * terminal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "playbooks/library.h"
#include "tests/screens/fixtures.h"

#define ID(n) "1f0c4a2e-5b7d-4c3a-9e8f-00000000000" n
#define AGENT "individual--" ID("7")
#define TARGET "linux--" ID("8")

/* base64: "grep 10.9 /var/log/x\n\033[31mecho red\n" */
static const char plan[] = "{\"type\":\"playbook\",\"spec_version\":\"cacao-2.0\","
	"\"id\":\"playbook--" ID("1") "\",\"name\":\"Chặn một địa chỉ\","
	"\"created_by\":\"identity--" ID("2") "\","
	"\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\","
	"\"playbook_variables\":{"
	"\"__dia_chi__\":{\"type\":\"ipv4-addr\",\"external\":true,"
	"\"description\":\"Chặn địa chỉ nào?\"},"
	"\"__khan__\":{\"type\":\"bool\",\"external\":true,\"description\":\"Có khẩn không?\"},"
	"\"__admin_password__\":{\"type\":\"string\",\"value\":\"hunter2\"},"
	"\"__ket_qua__\":{\"type\":\"string\"}},"
	"\"workflow_start\":\"start--" ID("3") "\",\"workflow\":{"
	"\"start--" ID("3") "\":{\"type\":\"start\",\"on_completion\":\"action--" ID("4") "\"},"
	"\"action--" ID("4") "\":{\"type\":\"action\",\"name\":\"Chặn ở tường lửa\","
	"\"description\":\"Chặn __dia_chi__:value rồi thử lại.\","
	"\"on_completion\":\"end--" ID("5") "\",\"agent\":\"" AGENT "\","
	"\"targets\":[\"" TARGET "\"],\"out_args\":[\"__ket_qua__\"],\"commands\":["
	"{\"type\":\"ssh\",\"command\":\"fwctl --password __admin_password__:value"
	" deny __dia_chi__:value\"},"
	"{\"type\":\"http-api\",\"command\":\"POST /block HTTP/1.1\",\"headers\":{"
	"\"Authorization\":[\"Bearer s3cret-token\"],\"Accept\":[\"*/*\"]},"
	"\"content\":\"{\\\"ip\\\":\\\"__dia_chi__:value\\\",\\\"api_key\\\":\\\"k9\\\"}\"},"
	"{\"type\":\"bash\",\"command_b64\":"
	"\"Z3JlcCAxMC45IC92YXIvbG9nL3gKG1szMW1lY2hvIHJlZAo=\"}]},"
	"\"end--" ID("5") "\":{\"type\":\"end\"}},"
	"\"agent_definitions\":{\"" AGENT "\":{\"type\":\"individual\",\"name\":\"Trực mạng\"}},"
	"\"target_definitions\":{\"" TARGET "\":{\"type\":\"linux\",\"name\":\"tuong-lua-01\","
	"\"address\":{\"ipv4\":[\"192.0.2.1\"]}}}}";

/* A plan that was taken back: begun for a reason only. */
static const char revoked[] = "{\"type\":\"playbook\",\"spec_version\":\"cacao-2.0\","
	"\"id\":\"playbook--" ID("a") "\",\"name\":\"Bản đã thu hồi\",\"revoked\":true,"
	"\"created_by\":\"identity--" ID("2") "\","
	"\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\","
	"\"workflow_start\":\"start--" ID("b") "\",\"workflow\":{"
	"\"start--" ID("b") "\":{\"type\":\"start\",\"on_completion\":\"action--" ID("c") "\"},"
	"\"action--" ID("c") "\":{\"type\":\"action\",\"name\":\"Gọi trực mạng\","
	"\"on_completion\":\"end--" ID("d") "\",\"agent\":\"" AGENT "\","
	"\"commands\":[{\"type\":\"manual\",\"command\":\"Gọi\"}]},"
	"\"end--" ID("d") "\":{\"type\":\"end\"}},"
	"\"agent_definitions\":{\"" AGENT "\":{\"type\":\"individual\",\"name\":\"Trực mạng\"}}}";

static void
import(struct desk *desk, const char *text)
{
	struct error err = ERROR_INIT;
	struct findings found = { 0 };
	char hash[HASH_SIZE];

	if (!library_import(desk, text, strlen(text), &found, hash, &err)) {
		fprintf(stderr, "fixture: %s %s\n", err.message, err.cause);
		exit(1);
	}
	findings_finish(&found);
}

void
fixture_commands(struct desk *desk)
{
	import(desk, plan);
	import(desk, revoked);
}
