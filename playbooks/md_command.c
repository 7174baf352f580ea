/* md_command.c writes an action in one paragraph, for players that do not know
 * suco-step; in the form of the shipped plans. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "playbooks/md_build.h"

static const struct {
	const char *vi, *en;
} words[] = {
	{ "Chủ trì", "Lead" }, { "Phối hợp", "Support" }, { "Thời hạn", "Limit" },
	{ "từ lúc bước mở", "from the opening of the step" },
	{ "Phải trả lời", "To be answered" }, { "Minh chứng", "Proof" },
	{ "Người quyết", "Decides" }, { "Không liên lạc được sau", "Not reached after" },
};
enum { W_LEAD, W_WITH, W_LIMIT, W_SINCE, W_ASK, W_PROOF, W_DECIDES, W_UNREACHED };

static const char *
say(const struct md_building *b, int word)
{
	return strcmp(b->language, "en") == 0 ? words[word].en : words[word].vi;
}

/* " text." with a full stop where the text has none. */
static void
sentence(struct buf *out, const char *text)
{
	size_t len = strlen(text);

	buf_addf(out, "%s%s", text, len > 0 && strchr(".?!", text[len - 1]) != NULL ? "" : ".");
}

static void
add_people(struct buf *out, const struct md_building *b, const struct json *step)
{
	const char *lead = json_get_text(step, "lead");
	bool first = true;

	lead = lead != NULL ? lead : json_text_of(b->model, "lead");
	buf_addf(out, " %s: ", say(b, W_LEAD));
	sentence(out, lead);
	for (const struct json *row = json_first(json_get(step, "support")); row != NULL;
			row = json_next(row)) {
		if (first) {
			buf_addf(out, " %s: ", say(b, W_WITH));
		}
		buf_addf(out, "%s%s%s", first ? "" : "; ", json_text(row, ""),
			json_next(row) == NULL ? "." : "");
		first = false;
	}
}

static void
add_ask(struct buf *out, const struct md_building *b, const struct json *row)
{
	char *name = md_ask_name(row);
	const struct json *ask = json_get(b->asks, name);
	const struct json *choices = json_get(ask, "choices");

	buf_addf(out, " %s: ", say(b, W_ASK));
	if (choices == NULL) {
		sentence(out, json_text_of(row, "label"));
	} else {
		buf_addf(out, "%s (", json_text_of(row, "label"));
		for (const struct json *one = json_first(choices); one != NULL;
				one = json_next(one)) {
			buf_addf(out, "%s%s", one == json_first(choices) ? "" : "; ",
				json_text_of(one, "label"));
		}
		buf_adds(out, ").");
	}
	free(name);
}

/* "5 phút; làm gì" is said as "5 phút: làm gì". */
static void
add_decision(struct buf *out, const struct md_building *b, const struct json *step)
{
	const char *by = json_get_text(step, "decides");
	const char *text = json_get_text(step, "fallback");
	const char *cut = text != NULL ? strchr(text, ';') : NULL;

	if (by == NULL || cut == NULL) {
		return;
	}
	buf_addf(out, " %s: ", say(b, W_DECIDES));
	sentence(out, by);
	buf_addf(out, " %s %.*s:", say(b, W_UNREACHED), (int)(cut - text), text);
	sentence(out, cut + 1);
}

char *
md_command(const struct md_building *b, const struct json *step)
{
	const char *proof = json_get_text(step, "proof");
	int64_t limit = json_get_int(step, "limit", 0);
	struct buf out = { 0 };
	int n = 0;

	sentence(&out, json_text_of(step, "title"));
	for (const struct json *row = json_first(json_get(step, "how")); row != NULL;
			row = json_next(row)) {
		buf_addf(&out, " (%d) %s", ++n, json_text(row, ""));
	}
	add_people(&out, b, step);
	if (limit > 0) {
		char *span = md_span(limit, b->language);

		buf_addf(&out, " %s: %s %s.", say(b, W_LIMIT), span, say(b, W_SINCE));
		free(span);
	}
	for (const struct json *row = json_first(json_get(step, "asks")); row != NULL;
			row = json_next(row)) {
		add_ask(&out, b, row);
	}
	add_decision(&out, b, step);
	if (proof != NULL) {
		buf_addf(&out, " %s: ", say(b, W_PROOF));
		sentence(&out, proof);
	}
	return buf_take(&out);
}
