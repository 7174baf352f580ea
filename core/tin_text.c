/* tin_text.c fills the texts that the watch reads to a caller: the receipt, and
 * what he should do until somebody comes. */
#include <stdlib.h>
#include <string.h>

#include "core/i18n.h"
#include "core/mem.h"
#include "core/template.h"
#include "core/text.h"
#include "core/thing.h"
#include "core/tin.h"
#include "core/words.h"

/* A text of data/templates in one line: it is read aloud or pasted into a chat. */
static bool
in_one_line(char **out, const struct template_in *in, struct error *err)
{
	char *subject = NULL;
	char *text = NULL;

	if (!template_render(&subject, &text, in, err)) {
		return false;
	}
	*out = text_printable(text, strlen(text));
	for (size_t len = strlen(*out); len > 0 && (*out)[len - 1] == ' '; len--) {
		(*out)[len - 1] = '\0';
	}
	free(subject);
	free(text);
	return true;
}

/* The code is the case's once there is one: later calls name it. */
bool
tin_receipt(char **out, struct desk *desk, const struct tin *tin, struct error *err)
{
	struct json *vars = json_object();
	bool ok;

	json_set_text(vars, "number",
		tin->case_number[0] != '\0' ? tin->case_number : tin->number);
	json_set_int(vars, "detected_at", tin->reported_at);
	if (tin->reply_by != NO_DUE) {
		json_set_int(vars, "next_at", tin->reply_by);
	}
	ok = in_one_line(out, &(struct template_in){ .name = "tin_tiep_nhan",
		.language = "vi", .vars = vars, .zone = desk_zone(desk), .outside = true,
		.drill = tin->drill }, err);
	json_free(vars);
	return ok;
}

bool
tin_advice(char **out, const char *kind, const char *language, struct error *err)
{
	bool known = kind != NULL && kind[0] != '\0' && word_known(WORDS_KIND, kind);
	struct json *vars = json_object();
	char *name = xasprintf("dan_%s", known ? kind : "other");
	bool ok = in_one_line(out, &(struct template_in){ .name = name, .language = language,
		.vars = vars }, err);

	free(name);
	json_free(vars);
	return ok;
}

/* What a case's event about it says beside the row's own words. */
void
search_tin(struct buf *out, const struct json *body)
{
	static const char *const keys[] = {
		"number", "unit_name", "caller", "post", "callback", "what",
	};

	search_thing(out, body);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *text = json_get_text(body, keys[i]);

		buf_addf(out, "%s ", text == NULL ? "" : text);
	}
}
