/* verb_duty.c: duty, duty gaps: who is on call, the week, what is wrong with it. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/duty_json.h"
#include "cli/json_out.h"
#include "cli/tables_duty.h"
#include "core/calendar.h"
#include "core/duty_gaps.h"
#include "core/i18n.h"
#include "core/rota.h"
#include "core/text.h"
#include "core/when.h"

#define GAP_DAYS 30
#define DAY_MS INT64_C(86400000)

static const char *const weekdays[] = {
	N_("day|Sun"), N_("day|Mon"), N_("day|Tue"), N_("day|Wed"), N_("day|Thu"),
	N_("day|Fri"), N_("day|Sat"),
};

/* A roster is asked for what comes as for what was. */
static bool
moment(struct cli *cli, int64_t *at, struct error *err)
{
	const char *typed = cli_option(cli, "at");
	int64_t now = desk_now(cli->desk);
	bool back = typed != NULL && (typed[0] == '-' || strcmp(typed, "now") == 0);

	*at = now;
	return typed == NULL || when_parse(at, typed, back ? WHEN_PAST : WHEN_DUE, now,
		desk_zone(cli->desk), err);
}

static void
say_turn(struct cli *cli, struct buf *line, const struct duty_turn *turn, int64_t at)
{
	char until[WHEN_SHORT_SIZE];

	buf_addf(line, "%s%s (%s", line->len > 0 ? ", " : "", turn->name, turn->login);
	if (turn->until != NO_DUE) {
		when_near(until, turn->until, at, desk_zone(cli->desk));
		buf_addf(line, _(", to %s"), until);
	}
	buf_addc(line, ')');
}

static void
say_now(struct cli *cli, const struct duty_layer *layer, const struct duty_list *list,
	int64_t at)
{
	char *name = text_column(duty_layer_name(layer), 16, true, false);
	struct buf line = { 0 };

	for (int i = 0; i < list->count; i++) {
		say_turn(cli, &line, &list->people[i], at);
	}
	cli_say(cli, "%s  %s", name, line.len > 0 ? buf_text(&line)
		: layer->needed > 0 ? _("NOBODY") : "-");
	for (int i = 0; i < list->away_count; i++) {
		cli_say(cli, _("%16s  away: %s, %s"), "", list->away[i].name,
			list->away[i].why);
	}
	buf_free(&line);
	free(name);
}

static bool
show_now(struct cli *cli, const struct duty_layers *layers, int64_t at, struct json *out,
	struct error *err)
{
	for (int i = 0; i < layers->count; i++) {
		struct duty_list list;
		struct json *o;

		if (!duty_who(cli->desk, layers->all[i].code, at, &list, err)) {
			return false;
		}
		if (cli->json || cli->csv) {
			o = duty_layer_json(&layers->all[i]);
			duty_put_list(cli, o, &list);
			json_push(out, o);
		} else {
			say_now(cli, &layers->all[i], &list, at);
		}
		duty_list_clear(&list);
	}
	return true;
}

static void
say_stretch(struct cli *cli, const struct duty_stretch *s)
{
	const struct zone *zone = desk_zone(cli->desk);
	struct civil c = zone_civil(zone, s->from);
	char day[WHEN_SHORT_SIZE], from[WHEN_SHORT_SIZE], until[WHEN_SHORT_SIZE];
	char end[WHEN_SHORT_SIZE];
	struct buf who = { 0 };

	when_day(day, s->from, zone);
	when_day(end, s->until, zone);
	when_clock(from, s->from, zone);
	when_clock(until, s->until, zone);
	for (int i = 0; i < s->who.count; i++) {
		buf_addf(&who, "%s%s", i > 0 ? ", " : "", s->who.people[i].name);
	}
	for (int i = 0; i < s->who.away_count; i++) {
		buf_addf(&who, _("%s%s (AWAY)"), who.len > 0 ? ", " : "", s->who.away[i].name);
	}
	if (who.len == 0) {
		buf_adds(&who, s->needed > 0 || s->past ? _("NOBODY") : "-");
	}
	cli_say(cli, "  %s %s  %s - %s%s%s  %s", Q_(weekdays[c.weekday % 7]), day, from,
		strcmp(day, end) == 0 ? "" : end, strcmp(day, end) == 0 ? "" : " ", until,
		buf_text(&who));
	buf_free(&who);
}

static void
put_stretch(struct cli *cli, struct json *out, const struct duty_layer *layer,
	const struct duty_stretch *s)
{
	struct json *o = json_object();

	json_set_text(o, "layer", layer->code);
	json_set_time(cli, o, "from", s->from);
	json_set_time(cli, o, "until", s->until);
	json_set_bool(o, "past", s->past);
	json_set_int(o, "needed", s->needed);
	duty_put_list(cli, o, &s->who);
	json_push(out, o);
}

static bool
show_week(struct cli *cli, const struct duty_layers *layers, int64_t at, struct json *out,
	struct error *err)
{
	const struct zone *zone = desk_zone(cli->desk);
	int64_t day = calendar_day(zone, at);
	int64_t monday = day - (calendar_weekday(day) + 6) % 7;
	int64_t from = rota_first_of(zone, monday, 0);
	int64_t until = rota_first_of(zone, monday + 7, 0);

	for (int i = 0; i < layers->count; i++) {
		struct duty_stretch *all;
		int count;

		if (!duty_stretches(cli->desk, layers->all[i].code, from, until, &all, &count,
			    err)) {
			return false;
		}
		cli_note(cli, "%s", duty_layer_name(&layers->all[i]));
		for (int s = 0; s < count; s++) {
			if (cli->json || cli->csv) {
				put_stretch(cli, out, &layers->all[i], &all[s]);
			} else {
				say_stretch(cli, &all[s]);
			}
		}
		duty_stretches_clear(all, count);
	}
	return true;
}

bool
verb_duty(struct cli *cli, struct error *err)
{
	struct duty_layers layers;
	struct json *out;
	int64_t at;
	bool ok;

	if (!moment(cli, &at, err) || !duty_layers(cli->desk, &layers, err)) {
		return false;
	}
	out = json_array();
	ok = cli_switch(cli, "week") ? show_week(cli, &layers, at, out, err)
		: show_now(cli, &layers, at, out, err);
	ok = cli_listed(cli, out, ok, layers.count > 0 ? NULL
		: _("there is no roster yet: `suco duty set first --people LOGIN,LOGIN`"));
	duty_layers_clear(&layers);
	return ok;
}

/* ---- gaps ---- */

static struct json *
gap_json(struct cli *cli, const struct duty_gap *gap)
{
	bool minutes = gap->fault == DUTY_WEEK || gap->fault == DUTY_ROW;
	struct json *o = json_object();

	json_set_text(o, "fault", duty_fault_word(gap->fault));
	json_set_or_null(o, "layer", gap->layer);
	json_set_or_null(o, "login", gap->login);
	json_set_time(cli, o, "from", gap->from);
	json_set_time(cli, o, "until", gap->until);
	json_set_int(o, minutes ? "hours" : "is", minutes ? gap->is / 60 : gap->is);
	json_set_int(o, "limit", minutes ? gap->limit / 60 : gap->limit);
	json_set_text(o, "text", gap->text);
	return o;
}

static void
say_gap(struct cli *cli, const struct duty_gap *gap)
{
	const struct zone *zone = desk_zone(cli->desk);
	int64_t now = desk_now(cli->desk);
	char from[WHEN_SHORT_SIZE], until[WHEN_SHORT_SIZE];

	when_near(from, gap->from, now - DAY_MS, zone);
	when_near(until, gap->until, now - DAY_MS, zone);
	cli_say(cli, "%s - %s  %s", from, until, gap->text);
}

bool
verb_duty_gaps(struct cli *cli, struct error *err)
{
	const char *given = cli_option(cli, "days");
	struct json *out = json_array();
	struct duty_gaps gaps;
	int64_t days = GAP_DAYS;

	if ((given != NULL && !cli_number("--days", given, 1, 366, &days, err)) ||
	    !duty_gaps(cli->desk, desk_now(cli->desk), (int)days, &gaps, err)) {
		json_free(out);
		return false;
	}
	for (int i = 0; i < gaps.count; i++) {
		if (cli->json || cli->csv) {
			json_push(out, gap_json(cli, &gaps.all[i]));
		} else {
			say_gap(cli, &gaps.all[i]);
		}
	}
	cli->status = gaps.count > 0 ? error_exit_status(ERR_FAULTS) : 0;
	duty_gaps_clear(&gaps);
	return cli_listed(cli, out, true, cli->status != 0 ? NULL
		: _("nothing is wrong with the roster of these days"));
}
