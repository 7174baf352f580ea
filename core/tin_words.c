/* tin_words.c owns the word lists of the report page. */
#include "core/tin_words.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/i18n.h"
#include "core/mem.h"

const struct word tin_channels[] = {
	{ "phone", N_("report|telephone") },
	{ "zalo", N_("Zalo") },
	{ "mail", N_("mail") },
	{ "document", N_("report|document") },
	{ "in_person", N_("in person") },
	{ 0 },
};

const struct word tin_broken[] = {
	{ "counter", N_("one-stop counter") },
	{ "mail", N_("mail") },
	{ "documents", N_("documents") },
	{ "meeting", N_("meeting") },
	{ "website", N_("website") },
	{ "machines", N_("computers") },
	{ 0 },
};

const struct word tin_done_words[] = {
	{ "unplugged", N_("unplugged") },
	{ "switched_off", N_("switched off") },
	{ "restarted", N_("restarted") },
	{ "photographed", N_("photographed") },
	{ "nothing", N_("nothing yet") },
	{ 0 },
};

const struct word tin_secrets[] = {
	{ "unknown", N_("not known") },
	{ "no", N_("no") },
	{ "yes", N_("yes") },
	{ 0 },
};

const struct word tin_states[] = {
	{ "new", N_("report|new") },
	{ "taken", N_("report|taken") },
	{ "joined", N_("in a case") },
	{ "help", N_("help asked for") },
	{ "done", N_("helped") },
	{ "closed", N_("report|closed") },
	{ 0 },
};

static const struct word *
find(const struct word *list, const char *word, size_t len)
{
	for (const struct word *row = list; row->word != NULL; row++) {
		if (strlen(row->word) == len && memcmp(row->word, word, len) == 0) {
			return row;
		}
	}
	return NULL;
}

const char *
tin_label(const struct word *list, const char *word)
{
	const struct word *row = find(list, word, strlen(word));

	return row == NULL ? word : Q_(row->label);
}

char *
tin_labels(const struct word *list, const char *words)
{
	struct buf out = { 0 };

	for (const struct word *row = list; row->word != NULL; row++) {
		for (const char *at = words; *at != '\0';) {
			size_t len = strcspn(at, ",");

			if (find(row, at, len) == row) {
				buf_addf(&out, "%s%s", out.len > 0 ? ", " : "", Q_(row->label));
			}
			at += len + (at[len] == ',');
		}
	}
	return buf_take(&out);
}

bool
tin_accept_words(char **out, const struct word *list, const char *what,
	const char *words, struct error *err)
{
	struct buf all = { 0 };

	for (const char *at = words; *at != '\0';) {
		size_t len = strcspn(at, ", ");

		if (len > 0 && find(list, at, len) == NULL) {
			buf_clear(&all);
			for (const struct word *row = list; row->word != NULL; row++) {
				buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", row->word);
			}
			(void)error_set(err, ERR_BAD_INPUT, _("%s \"%.*s\" is not one of: %s"),
				what, (int)(len < 60 ? len : 60), at, buf_text(&all));
			buf_free(&all);
			return false;
		}
		at += len + (at[len] != '\0');
	}
	for (const struct word *row = list; row->word != NULL; row++) {
		bool there = false;

		for (const char *at = words; *at != '\0' && !there;) {
			size_t len = strcspn(at, ", ");

			there = strlen(row->word) == len && memcmp(at, row->word, len) == 0;
			at += len + (at[len] != '\0');
		}
		if (there) {
			buf_addf(&all, "%s%s", all.len > 0 ? "," : "", row->word);
		}
	}
	*out = buf_take(&all);
	return true;
}
