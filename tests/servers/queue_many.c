/* queue_many.c: queue_many DESK LOGIN N [CHANNEL] puts N messages to a member into
 * the outbox of a desk, in one transaction each hundred. */
#include <stdio.h>
#include <stdlib.h>

#include "core/case_open.h"
#include "core/change.h"
#include "core/login.h"
#include "core/member.h"
#include "core/outbox.h"
#include "core/status.h"

static const char *channel; /* NULL: mail */

static bool
queue(struct desk *desk, const char *case_id, const char *to, int n, struct error *err)
{
	struct json *vars = json_object();
	bool ok;

	json_set_text(vars, "number", "2026-0001");
	json_set_text(vars, "title", "Mất điện trạm chính");
	json_set_text(vars, "work", "Đọc ắc quy");
	json_set_int(vars, "n", n);
	ok = outbox_queue(desk, &(struct message_new){ .case_id = case_id,
		.to_kind = "member", .to_id = to, .template = "phan_cong", .vars = vars,
		.cause = NO_CAUSE, .channel = channel }, err);
	json_free(vars);
	return ok;
}

static bool
queue_all(struct desk *desk, const char *login, int count, struct error *err)
{
	char case_id[UUID_SIZE];
	char to[UUID_SIZE];
	bool ok;

	/* Acknowledged as it is opened: the engine calls nobody beside these. */
	ok = member_id(desk, login, to, err) && change_begin(desk, err) &&
		change_end(desk, case_open(desk, &(struct case_new){ .kind = "power",
			.title = "Mất điện trạm chính" }, case_id, err) && status_set(desk, case_id,
			&(struct status_change){ .to = "acknowledged", .verb = "ack" }, err), err);
	for (int n = 0; ok && n < count;) {
		ok = change_begin(desk, err);
		for (int i = 0; ok && i < 100 && n < count; i++) {
			ok = queue(desk, case_id, to, ++n, err);
		}
		ok = change_end(desk, ok, err);
	}
	return ok;
}

int
main(int argc, char **argv)
{
	struct error err = { .code = ERR_NONE };
	struct desk *desk = NULL;
	char *login = NULL;
	bool ok;

	if (argc < 4 || argc > 5) {
		return 2;
	}
	channel = argv[4]; /* NULL where there is none */
	ok = login_name(&login, &err) && desk_open(&desk,
		&(struct desk_options){ .url = argv[1], .login = login }, &err) &&
		queue_all(desk, argv[2], (int)strtol(argv[3], NULL, 10), &err);
	if (!ok) {
		(void)fprintf(stderr, "%s %s\n", err.message, err.cause);
	}
	desk_close(desk);
	free(login);
	return ok ? 0 : 1;
}
