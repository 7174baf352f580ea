/* verb_holiday.c: holiday: the table of days that do not count as working days. */
#include <stdlib.h>

#include "cli/verbs_of.h"
#include "core/calendar.h"
#include "core/document.h"
#include "core/holiday.h"
#include "core/i18n.h"
#include "core/text.h"

static const char *const weekdays[] = {
	N_("Sunday"), N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"),
	N_("Friday"), N_("Saturday"),
};

static const char *
kind_label(const char *kind)
{
	return *kind == 'w' ? _("worked") : *kind == 's' ? _("suggested, to be confirmed")
		: _("day off");
}

/* What the table lacks is said on every look. */
static bool
warn_gap(struct cli *cli, struct error *err)
{
	struct holiday_gap gap;

	if (!holiday_gap(cli->desk, &gap, err)) {
		return false;
	}
	if (gap.missing != 0) {
		cli_warn(cli, _("the holiday table has no day of %d: spans in days cannot be"
				" trusted; `suco holiday import FILE` or `add`"), gap.missing);
	}
	if (gap.suggested > 0) {
		cli_warn(cli, _("%d days of %d are suggestions: compare with the Prime"
				" Minister's decision, then `suco holiday confirm %d`"),
			gap.suggested, gap.year, gap.year);
	}
	return true;
}

bool
verb_holiday_list(struct cli *cli, struct error *err)
{
	struct json *list = NULL;
	int64_t year = 0;

	if ((cli_option(cli, "year") != NULL && !cli_number("--year",
		    cli_option(cli, "year"), 1970, 9998, &year, err)) ||
	    !holiday_list(cli->desk, (int)year, &list, err)) {
		return false;
	}
	for (const struct json *day = cli->json || cli->csv ? NULL : json_first(list);
	     day != NULL; day = json_next(day)) {
		char *weekday = text_column(_(weekdays[json_get_int(day, "weekday", 0) % 7]),
			10, true, false);
		char shown[DAY_SIZE];

		document_day_shown(shown, json_get_text(day, "day"));
		cli_say(cli, "%s  %s  %s  (%s)", shown, weekday,
			json_get_text(day, "name"), kind_label(json_get_text(day, "kind")));
		free(weekday);
	}
	return cli_listed(cli, list, true, _("the holiday table is empty"))
		&& warn_gap(cli, err);
}

/* The table as it is now, for scripts. */
static bool
result(struct cli *cli, const char *line, struct error *err)
{
	struct json *o = json_object();
	struct json *list = NULL;

	cli_note(cli, "%s", line);
	if (!holiday_list(cli->desk, 0, &list, err)) {
		json_free(o);
		return false;
	}
	json_set(o, "holidays", list);
	cli_result(cli, o);
	return warn_gap(cli, err);
}

bool
verb_holiday_add(struct cli *cli, struct error *err)
{
	char *name = cli_joined(cli, 1);
	bool ok = holiday_add(cli->desk, cli_word(cli, 0),
		name == NULL || name[0] == '\0' ? NULL : name, cli_switch(cli, "working"), err) &&
		result(cli, _("in the holiday table"), err);

	free(name);
	return ok;
}

bool
verb_holiday_remove(struct cli *cli, struct error *err)
{
	return holiday_remove(cli->desk, cli_word(cli, 0), err) &&
		result(cli, _("taken off the holiday table"), err);
}

bool
verb_holiday_confirm(struct cli *cli, struct error *err)
{
	int64_t year;
	int count = 0;

	if (!cli_number(_("year"), cli_word(cli, 0), 1970, 9998, &year, err) ||
	    !holiday_confirm(cli->desk, (int)year, &count, err)) {
		return false;
	}
	return result(cli, count == 0 ? _("nothing to confirm, it is so already")
		: _("confirmed"), err);
}

bool
verb_holiday_import(struct cli *cli, struct error *err)
{
	struct json *report = NULL;

	if (!holiday_import(cli->desk, cli_word(cli, 0), &report, err)) {
		return false;
	}
	cli_note(cli, _("%lld added, %lld changed, %lld as they were, %lld kept as members"
			" changed them"), (long long)json_get_int(report, "added", 0),
		(long long)json_get_int(report, "changed", 0),
		(long long)json_get_int(report, "same", 0),
		(long long)json_get_int(report, "kept", 0));
	cli_result(cli, report);
	return warn_gap(cli, err);
}
