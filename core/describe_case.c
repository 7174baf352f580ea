/* describe_case.c says what was done to a case, its tasks and its evidence. */
#include <string.h>

#include "core/describe_line.h"
#include "core/evidence_item.h"
#include "core/i18n.h"
#include "core/when.h"
#include "core/words.h"

static void
add_reason(const struct line *l)
{
	const char *reason = line_text(l->body, "reason");

	if (reason[0] != '\0') {
		buf_addf(l->out, ": %s", reason);
	}
}

void
say_opened(const struct line *l)
{
	buf_addf(l->out, _("opened: %s"), line_text(l->body, "title"));
	if (line_text(l->body, "reporter")[0] != '\0') {
		buf_addf(l->out, _(" (reported by %s)"), line_text(l->body, "reporter"));
	}
}

void
say_noted(const struct line *l)
{
	buf_adds(l->out, line_text(l->body, "text"));
}

void
say_status(const struct line *l)
{
	const struct json *change = json_get(json_get(l->body, "set"), "status");

	buf_addf(l->out, "%s -> %s", word_label(WORDS_STATUS, line_text(change, "from")),
		word_label(WORDS_STATUS, line_text(change, "to")));
	add_reason(l);
	if (strcmp(line_text(l->body, "warning"), "reportable_unknown") == 0) {
		buf_addf(l->out, " [%s]",
			_("closed while it was unknown whether it is reportable"));
	}
	say_back_by_met(l);
}

void
say_severity(const struct line *l)
{
	const struct json *change = json_get(json_get(l->body, "set"), "severity");
	int64_t from = json_get_int(change, "from", 0);
	int64_t to = json_get_int(change, "to", 0);

	if (from == 0) {
		buf_addf(l->out, _("severity %lld"), (long long)to);
	} else {
		buf_addf(l->out, _("severity %lld -> %lld"), (long long)from, (long long)to);
	}
	add_reason(l);
}

void
say_reportable(const struct line *l)
{
	const struct json *change = json_get(json_get(l->body, "set"), "reportable");

	buf_addf(l->out, _("reportable: %s"),
		word_label(WORDS_REPORTABLE, line_text(change, "to")));
	add_reason(l);
}

void
say_assigned(const struct line *l)
{
	const char *to = line_text(l->body, "to");

	if (to[0] == '\0') {
		buf_addf(l->out, _("owner: nobody (was %s)"), line_text(l->body, "from"));
	} else {
		buf_addf(l->out, _("owner: %s"), to);
	}
}

/* What people call the columns; words of a list are shown by their labels. */
static const struct column_label {
	const char *column;
	const char *label;
	enum word_list words; /* WORDS_COUNT: none */
} column_labels[] = {
	{ "asset_id", N_("asset"), WORDS_COUNT },
	{ "beyond_capacity_at", N_("beyond own capacity since"), WORDS_COUNT },
	{ "category", N_("category"), WORDS_COUNT },
	{ "detected_at", N_("detected at"), WORDS_COUNT },
	{ "kind", N_("kind"), WORDS_KIND },
	{ "occurred_at", N_("occurred at"), WORDS_COUNT },
	{ "pap", N_("PAP"), WORDS_PAP },
	{ "personal_data", N_("personal data involved"), WORDS_REPORTABLE },
	{ "personal_data_at", N_("personal data known since"), WORDS_COUNT },
	{ "reportable", N_("reportable"), WORDS_REPORTABLE },
	{ "reporter", N_("reported by"), WORDS_COUNT },
	{ "severity_suggested", N_("severity by the rules"), WORDS_COUNT },
	{ "title", N_("title"), WORDS_COUNT },
	{ "tlp", N_("TLP"), WORDS_TLP },
};

static struct column_label
label_of(const char *column)
{
	for (size_t i = 0; i < sizeof column_labels / sizeof *column_labels; i++) {
		if (strcmp(column_labels[i].column, column) == 0) {
			return column_labels[i];
		}
	}
	return (struct column_label){ column, column, WORDS_COUNT };
}

static void
add_value(const struct line *l, const char *column, const struct json *value)
{
	const enum word_list words = label_of(column).words;
	size_t len = strlen(column);

	if (words != WORDS_COUNT) {
		buf_adds(l->out, word_label(words, json_text(value, "-")));
	} else if (json_is(value, JSON_NUMBER) && len > 3 && strcmp(column + len - 3, "_at") == 0) {
		char at[WHEN_SHORT_SIZE];

		when_full(at, json_integer(value, 0), l->zone);
		buf_adds(l->out, at);
	} else if (json_is(value, JSON_NUMBER)) {
		buf_addf(l->out, "%lld", (long long)json_integer(value, 0));
	} else {
		buf_adds(l->out, json_text(value, "-"));
	}
}

/* "title: old -> new, tlp: amber -> red" */
void
say_fields(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");
	bool first = true;

	for (const struct json *change = json_first(set); change != NULL;
	     change = json_next(change)) {
		const char *column = json_key(change);

		/* Follow from what stands beside them. */
		if (strcmp(column, "reportable_asked_at") == 0 ||
		    strcmp(column, "severity_rule") == 0) {
			continue;
		}
		buf_addf(l->out, "%s%s: ", first ? "" : ", ", _(label_of(column).label));
		first = false;
		if (strcmp(column, "asset_id") == 0) {
			buf_adds(l->out, line_text(l->body, "asset_code"));
			continue;
		}
		add_value(l, column, json_get(change, "from"));
		buf_adds(l->out, " -> ");
		add_value(l, column, json_get(change, "to"));
	}
}

void
say_task_added(const struct line *l)
{
	buf_addf(l->out, _("task %lld: %s"), (long long)json_get_int(l->body, "n", 0),
		line_text(l->body, "title"));
	if (line_text(l->body, "assignee_login")[0] != '\0') {
		buf_addf(l->out, " (%s)", line_text(l->body, "assignee_login"));
	}
}

void
say_task_set(const struct line *l)
{
	const struct json *set = json_get(l->body, "set");

	buf_addf(l->out, _("task %lld \"%s\""), (long long)json_get_int(l->body, "n", 0),
		line_text(l->body, "title"));
	if (json_get(set, "state") != NULL) {
		buf_addf(l->out, " %s",
			word_label(WORDS_STEP_STATE, line_text(json_get(set, "state"), "to")));
	}
	if (json_get(set, "assignee_id") != NULL) {
		buf_addf(l->out, " -> %s", line_text(l->body, "to"));
	}
	if (json_get(set, "due_at") != NULL) {
		buf_addf(l->out, _(" due %s"), line_text(l->body, "typed"));
	}
	if (json_get(set, "note") != NULL) {
		buf_addf(l->out, ": %s", line_text(json_get(set, "note"), "to"));
	}
}

void
say_observable(const struct line *l)
{
	buf_addf(l->out, _("observable %s %s"), line_text(l->body, "type"),
		line_text(l->body, "value"));
}

void
say_evidence_added(const struct line *l)
{
	if (evidence_is_item(line_text(l->body, "kept"))) {
		buf_addf(l->out, _("evidence %lld: %s, "),
			(long long)json_get_int(l->body, "n", 0), line_text(l->body, "name"));
		item_words(l->out, line_text(l->body, "place"), line_text(l->body, "note"));
		return;
	}
	buf_addf(l->out, _("evidence %lld: %s, sha256 %.16s..."),
		(long long)json_get_int(l->body, "n", 0), line_text(l->body, "name"),
		line_text(l->body, "hash"));
	if (strcmp(line_text(l->body, "kept"), "elsewhere") == 0) {
		buf_addf(l->out, _(" (too large: kept at %s)"), line_text(l->body, "place"));
	}
}

void
say_evidence_taken(const struct line *l)
{
	buf_addf(l->out, _("evidence %lld taken out: %s"),
		(long long)json_get_int(l->body, "n", 0), line_text(l->body, "name"));
}

void
say_linked(const struct line *l)
{
	buf_addf(l->out, _("linked to %s"), line_text(l->body, "other_number"));
}

void
say_unlinked(const struct line *l)
{
	buf_addf(l->out, _("no longer linked to %s"), line_text(l->body, "other_number"));
}

void
say_merged(const struct line *l)
{
	buf_addf(l->out, _("merged into %s"), line_text(l->body, "into"));
}

void
say_merged_in(const struct line *l)
{
	buf_addf(l->out, _("%s was merged into this case"), line_text(l->body, "merged_number"));
}

void
say_unmerged(const struct line *l)
{
	buf_addf(l->out, _("unmerged from %s"), line_text(l->body, "from"));
}

void
say_unmerged_out(const struct line *l)
{
	buf_addf(l->out, _("%s was unmerged from this case"),
		line_text(l->body, "merged_number"));
}

void
say_desk_made(const struct line *l)
{
	buf_addf(l->out, _("desk \"%s\" made"), line_text(l->body, "name"));
}
