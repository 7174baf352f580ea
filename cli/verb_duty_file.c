/* verb_duty_file.c: duty ics, duty import: the roster as files of others. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/tables_duty.h"
#include "core/buf.h"
#include "core/duty_ics.h"
#include "core/duty_import.h"
#include "core/files.h"
#include "core/i18n.h"
#include "core/member.h"

#define DAY_MS INT64_C(86400000)
#define ICS_DAYS 90
#define BACK_DAYS 7

bool
verb_duty_ics(struct cli *cli, struct error *err)
{
	const char *login = cli_word(cli, 0), *to = cli_option(cli, "output");
	const char *given = cli_option(cli, "days");
	int64_t now = desk_now(cli->desk), days = ICS_DAYS;
	struct buf calendar = { 0 };
	char id[UUID_SIZE];
	bool ok = (given == NULL || cli_number("--days", given, 1, 366, &days, err)) &&
		(login == NULL || member_id(cli->desk, login, id, err)) &&
		duty_ics(cli->desk, login, now - BACK_DAYS * DAY_MS, now + days * DAY_MS,
			&calendar, err);

	if (ok && to != NULL) {
		ok = file_write(to, calendar.data, calendar.len, 0644, err);
		if (ok) {
			cli_note(cli, _("written: %s"), to);
		}
	} else if (ok && !cli->json) {
		buf_add(&cli->out, calendar.data, calendar.len);
	}
	if (ok && cli->json) {
		struct json *o = json_object();

		json_set(o, "file", json_string(to));
		json_set(o, "text", to != NULL ? json_null() : json_string(buf_text(&calendar)));
		cli_json(cli, o);
	}
	buf_free(&calendar);
	return ok;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

bool
verb_duty_import(struct cli *cli, struct error *err)
{
	const char *from = cli_word(cli, 0);
	const char *name = cli_option(cli, "name");
	const struct duty_table table = { .name = name != NULL ? name : base_name(from),
		.layer = cli_option(cli, "layer"), .source = cli_option(cli, "source") };
	struct json *report = NULL;
	char *text = NULL;
	size_t len = 0;
	bool ok;

	if (!cli_slurp(from, &text, &len, err)) {
		return false;
	}
	ok = duty_import(cli->desk, text, len, &table, &report, err);
	free(text);
	for (const struct json *one = json_first(json_get(report, "errors")); one != NULL;
	     one = json_next(one)) {
		cli_warn(cli, _("line %lld: %s"), (long long)json_get_int(one, "line", 0),
			json_text_of(one, "text"));
	}
	if (!ok) {
		json_free(report);
		return false;
	}
	cli_note(cli, _("%lld shifts taken in, %lld lie in the past and were left out"),
		(long long)json_get_int(report, "shifts", 0),
		(long long)json_get_int(report, "past", 0));
	cli_result(cli, report);
	return true;
}
