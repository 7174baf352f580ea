/* describe_shift.c: the timeline's lines of the shift: log entries, backups of the
 * desk, hand-overs. */
#include "core/describe_line.h"
#include "core/i18n.h"
#include "core/shift_log.h"

void
say_shift_entry(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");

	buf_addf(l->out, _("shift log, %s: %s"), shift_kind_label(line_text(row, "kind")),
		line_text(row, "text"));
}

void
say_backup_made(const struct line *l)
{
	buf_addf(l->out, _("the desk was copied and the copy proved: %s (%lld events)"),
		line_text(json_get(l->body, "row"), "text"),
		(long long)json_get_int(l->body, "events", 0));
}

static void
say_words(const struct line *l, const char *words)
{
	if (words[0] != '\0') {
		buf_addf(l->out, ": %s", words);
	}
}

void
say_handover(const struct line *l)
{
	const struct json *row = json_get(l->body, "row");

	buf_addf(l->out, _("%s hands the shift over to %s (no. %lld)"),
		line_text(row, "giver"), line_text(row, "taker"),
		(long long)json_get_int(row, "n", 0));
	say_words(l, line_text(row, "words"));
}

void
say_handover_taken(const struct line *l)
{
	buf_addf(l->out, _("%s takes the shift over from %s (no. %lld), both have signed"),
		line_text(l->body, "taker"), line_text(l->body, "giver"),
		(long long)json_get_int(l->body, "n", 0));
}

void
say_handover_withdrawn(const struct line *l)
{
	buf_addf(l->out, _("the hand-over from %s to %s (no. %lld) was taken back"),
		line_text(l->body, "giver"), line_text(l->body, "taker"),
		(long long)json_get_int(l->body, "n", 0));
	say_words(l, json_text(json_get(json_get(json_get(l->body, "set"), "reason"), "to"),
		""));
}

void
say_case_copied(const struct line *l)
{
	buf_addf(l->out, _("the case was copied to %s"), line_text(l->body, "file"));
	if (json_get_int(l->body, "left_out", 0) > 0) {
		buf_addf(l->out, _(", without %lld observables that are TLP:RED"),
			(long long)json_get_int(l->body, "left_out", 0));
	}
}
